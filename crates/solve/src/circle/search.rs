//! The search for a good seating: descent, simulated annealing, descent.
//! Never: counts time; keeps a worse plan than it has seen.
//! See: `room` for what a move changes, `bound` for when to stop.
//!
//! A worse plan is taken by the rule of Metropolis and others 1953, "Equation of State Calculations
//! by Fast Computing Machines", Journal of Chemical Physics 21. A move takes the time of two
//! circles; it counts one, whether it is taken or not.

use super::bound::bound;
use super::deal::deal;
use super::index::Index;
use super::room::{HARD, MEETING, Move, REPEATS, Room, SHARED, Score, TIGHT, floor};
use super::rounds::in_order;
use super::{Cost, Effort, Go, Plan, Problem, Progress};
use crate::random::Dice;

/// Moves between two looks at the watcher.
const LOOK: u64 = 4096;
/// How much the heat falls from one plateau of the annealing to the next.
const COOLING: f64 = 0.8;

/// Seat the people of a problem that has been checked.
pub(super) fn arrange(
    problem: &Problem,
    seed: u64,
    effort: Effort,
    watch: &mut dyn FnMut(Progress) -> Go,
) -> Plan {
    let index = Index::new(problem);
    let bound = bound(problem);
    let mut dice = Dice::new(seed);
    let room = Room::new(&index, deal(problem, &mut dice));
    let mut search = Search {
        best: room.seating().cloned().collect(),
        best_cost: room.cost(),
        unsaved: false,
        floor: floor(problem, bound),
        moves: 0,
        next_look: 0,
        of: effort.0,
        stopped: false,
        room,
        dice,
        watch,
    };
    search.run(&index);
    search.into_plan(problem)
}

struct Search<'a> {
    room: Room<'a>,
    dice: Dice,
    watch: &'a mut dyn FnMut(Progress) -> Go,
    best: Vec<Vec<u32>>,
    best_cost: Cost,
    /// The room is at the best cost, and `best` has not been written yet.
    unsaved: bool,
    floor: Cost,
    moves: u64,
    next_look: u64,
    of: u64,
    stopped: bool,
}

impl<'a> Search<'a> {
    fn run(&mut self, index: &'a Index) {
        let part = self.of / 16;
        self.descend_while_it_helps(part);
        let end = self.of - part;
        let middle = self.moves + end.saturating_sub(self.moves) * 3 / 5;
        self.anneal(self.trouble(), middle);
        // A valley between two hard rules is only left in great heat.
        let great = if index.has_hard_rules() { HARD } else { SHARED };
        self.anneal(great, end);
        self.save();
        self.room = Room::new(index, self.best.clone());
        self.descend(self.of);
        self.save();
    }

    fn into_plan(mut self, problem: &Problem) -> Plan {
        let sort = |mut members: Vec<u32>| {
            members.sort_unstable();
            members
        };
        let circles = self.best.drain(..).map(sort).collect();
        Plan {
            circles: in_order(circles, &problem.sizes),
            cost: self.best_cost,
            bound: self.floor.shared,
            proved: self.best_cost.hard() == self.floor.hard(),
        }
    }

    /// Descend in stages of `part` moves, up to half of all moves, as long as a stage helps.
    fn descend_while_it_helps(&mut self, part: u64) {
        let mut before = None;
        while before != Some(self.best_cost) && self.moves < self.of / 2 {
            before = Some(self.best_cost);
            self.descend(self.moves + part.max(1));
            if self.is_over() {
                return;
            }
        }
    }

    /// Take every move that makes nothing worse, until `until` moves have been tried.
    fn descend(&mut self, until: u64) {
        while self.goes_on(until) {
            self.step(None);
        }
    }

    /// Cool down in plateaus of equal length, from a heat at which parts of the energy `first`
    /// are given and taken freely to one at which the least of all is not.
    fn anneal(&mut self, first: u64, until: u64) {
        let least = if self.best_cost.tight > 0 {
            TIGHT
        } else {
            REPEATS
        };
        let (mut heat, coldest) = (first as f64 * 0.4, least as f64 * 0.2);
        let mut plateaus = 1;
        let mut reached = heat;
        while reached > coldest {
            reached *= COOLING;
            plateaus += 1;
        }
        let each = until.saturating_sub(self.moves) / plateaus;
        for _ in 0..plateaus {
            let end = self.moves + each;
            while self.goes_on(end) {
                self.step(Some(heat));
            }
            heat *= COOLING;
        }
    }

    /// The energy of the worst trouble there is.
    fn trouble(&self) -> u64 {
        let (now, floor) = (&self.best_cost, &self.floor);
        if now.apart + now.unkept + now.unmeetable > floor.unkept {
            MEETING
        } else if now.shared > floor.shared {
            SHARED
        } else {
            SHARED / 4
        }
    }

    fn goes_on(&mut self, until: u64) -> bool {
        if self.moves >= self.next_look {
            self.next_look = self.moves + LOOK;
            let progress = Progress {
                round: 0,
                moves: self.moves,
                of: self.of,
                best: self.best_cost,
                bound: self.floor.shared,
            };
            self.stopped |= (self.watch)(progress) == Go::Stop;
        }
        self.moves < until && !self.is_over()
    }

    /// Nothing is left to gain, or nobody wants to wait.
    fn is_over(&self) -> bool {
        self.stopped || self.best_cost == self.floor || self.room.len() < 2
    }

    /// Try one move. With a heat, a worse one is taken with the probability of Metropolis
    /// et al. 1953, exp(-worse / heat); without, a move is taken when no earlier part of the
    /// cost gets worse for the sake of a later one.
    fn step(&mut self, heat: Option<f64>) {
        self.moves += 1;
        let step = self.pick();
        let trial = self.room.try_out(step);
        let mut before = *self.room.score_of(step.a);
        before.add(self.room.score_of(step.b));
        if self.accepts(&before, &trial.score(), heat) {
            self.leave(&before, &trial.score());
            self.room.take(step, &trial);
            self.arrive();
        }
    }

    fn accepts(&mut self, before: &Score, after: &Score, heat: Option<f64>) -> bool {
        let Some(heat) = heat else {
            return after.rank() <= before.rank();
        };
        let worse = after.energy() - before.energy();
        worse <= 0 || (worse as f64) < heat * self.dice.exponential()
    }

    /// Somebody, of a circle in trouble rather than of any, and a seat in another circle.
    fn pick(&mut self) -> Move {
        let troubled = self.room.troubled();
        let any = troubled.is_empty() || self.dice.below(4) == 0;
        let a = if any {
            self.dice.below(self.room.len() as u32) as usize
        } else {
            troubled[self.dice.below(troubled.len() as u32) as usize]
        };
        let b = self.dice.below(self.room.len() as u32 - 1) as usize;
        let b = b + usize::from(b >= a);
        let (seats_a, seats_b) = (self.room.seats(a), self.room.seats(b));
        let walks = usize::from(seats_a == seats_b + 1);
        let i = self.dice.below(seats_a as u32) as usize;
        let j = self.dice.below((seats_b + walks) as u32) as usize;
        Move { a, i, b, j }
    }

    /// Before the room leaves its best seating, write that down.
    fn leave(&mut self, before: &Score, after: &Score) {
        if self.unsaved && after.cost > before.cost {
            self.save();
        }
    }

    fn arrive(&mut self) {
        if self.room.cost() < self.best_cost {
            self.best_cost = self.room.cost();
            self.unsaved = true;
        }
    }

    fn save(&mut self) {
        if self.unsaved {
            for (kept, members) in self.best.iter_mut().zip(self.room.seating()) {
                kept.clone_from(members);
            }
            self.unsaved = false;
        }
    }
}
