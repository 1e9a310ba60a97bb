//! The stages of the search: fill, then evenness, then crowding and wishes.
//! Never: counts time; keeps a worse plan than it has seen.
//! See: `chain` for the moves, `roster` for what they change, `bound` for when a cap is hopeless.

use super::bound::{self, Prices};
use super::chain::{Chain, Weights};
use super::fill::{fill, refill};
use super::roster::{NONE, Roster, Totals};
use super::table::Table;
use super::{Bounds, Cost, Effort, Go, Leeway, Plan, Problem, Progress};
use crate::random::Dice;

/// Moves between two looks at the watcher.
const LOOK: u64 = 2048;
/// The part of the time that highest hours and the evenness of hours get to themselves.
const EVENNESS: f64 = 0.5;
/// The part of what is left of it that one cap may take.
const ONE_CAP: f64 = 0.3;
/// Moves per slot in one try to keep within a cap.
const TRY: u64 = 1_400;
/// Moves per slot from heating a plan until it is cold again.
const REHEAT: u64 = 3_000;
/// The part of the time that each of the two bounds may take, where time is what ends the search.
const PROOF: f64 = 0.1;
/// So cold that squares hardly ever grow.
const COLD: f64 = 0.4;
/// Moves per slot in one cycle of the last stage.
const CYCLE: u64 = 25_000;
/// Below so many slots there is always time for several cycles.
const SMALL: u64 = 100;

/// Plan a problem that has been checked.
pub(super) fn arrange(
    problem: &Problem,
    leeway: Leeway,
    seed: u64,
    effort: Effort,
    watch: &mut dyn FnMut(Progress) -> Go,
) -> Plan {
    let table = Table::new(problem);
    let cap = bound::simple_cap(&table);
    let roster = Roster::new(&table, problem, cap);
    let mut search = Search {
        best: roster.who.clone(),
        best_totals: roster.totals,
        best_hours: roster.most_hours(),
        best_squares: roster.squares(),
        leeway,
        over: Vec::new(),
        unsaved: false,
        bounds: Bounds {
            most_hours: cap as u64,
            squares: 0,
        },
        roster,
        dice: Dice::new(seed),
        watch,
        moves: 0,
        of: effort.0.max(1),
        spent: 0.0,
        stopped: false,
    };
    search.run()
}

/// From which heat to which, and when that ends: after so many moves, at a time (from 0 to 1) at
/// the latest, or, if it is only about the cap, as soon as everybody is within it.
#[derive(Clone, Copy, Debug)]
struct Cooling {
    hot: f64,
    cold: f64,
    moves: u64,
    to: f64,
    at_cap: bool,
}

struct Search<'a> {
    roster: Roster<'a>,
    dice: Dice,
    watch: &'a mut dyn FnMut(Progress) -> Go,
    best: Vec<u32>,
    best_totals: Totals,
    best_hours: i64,
    best_squares: i64,
    leeway: Leeway,
    /// Members who had more hours than the cap at the last look.
    over: Vec<u32>,
    /// The roster is at the best totals, and `best` has not been written yet.
    unsaved: bool,
    bounds: Bounds,
    moves: u64,
    of: u64,
    /// From 0 to 1, how much of the time has gone.
    spent: f64,
    stopped: bool,
}

impl Search<'_> {
    fn run(&mut self) -> Plan {
        self.fill();
        let table = self.roster.table;
        if self.best_totals.unmet > 0 || table.slots() == 0 {
            return self.written(&Prices::first(table, self.roster.cap()));
        }
        let until = self.spent + PROOF;
        let cap = bound::least_cap(table, &mut || self.has_time(until));
        self.bounds.most_hours = cap as u64;
        self.roster.set_cap(cap);
        self.start_from_here();
        self.keep_hours_down();
        self.even_out();
        let mut prices = Prices::first(table, self.roster.cap());
        self.bounds.squares = self.bound_squares(&mut prices);
        self.even_out_again();
        self.give_leeway();
        self.improve();
        self.save();
        self.written(&prices)
    }

    fn has_time(&mut self, until: f64) -> bool {
        if !self.stopped {
            self.look();
        }
        !self.stopped && self.spent < until
    }

    fn fill(&mut self) {
        let (moves, of) = (self.moves, self.of);
        let bounds = self.bounds;
        let unmet = self.best_totals.unmet as u64;
        let watch = &mut *self.watch;
        let stopped = &mut self.stopped;
        let mut go_on = || {
            let best = Cost {
                unmet,
                ..Cost::default()
            };
            let go = watch(Progress {
                moves,
                of,
                best,
                bounds,
            });
            *stopped = go == Go::Stop || matches!(go, Go::Spent(spent) if spent >= 1.0);
            !*stopped
        };
        let tries = self.of / 8 + 1000;
        fill(&mut self.roster, &mut self.dice, tries, &mut go_on);
        self.start_from_here();
    }

    /// Take the roster as it stands for the best so far.
    fn start_from_here(&mut self) {
        self.best_totals = self.roster.totals;
        self.best.copy_from_slice(&self.roster.who);
        self.best_hours = self.roster.most_hours();
        self.best_squares = self.roster.squares();
        self.unsaved = false;
    }

    /// Lower the highest hours to the least cap that can be reached.
    fn keep_hours_down(&mut self) {
        loop {
            self.try_cap();
            if self.best_totals.over == 0 || self.stopped {
                break;
            }
            let next = (self.roster.cap() + 1).min(self.roster.most_hours());
            self.roster.set_cap(next);
            self.start_from_here();
        }
        let cap = self.roster.cap().max(self.best_hours);
        self.roster.set_cap(cap);
        self.best_totals = self.roster.totals;
    }

    /// Try to keep everybody within the cap, again and again from further away.
    fn try_cap(&mut self) {
        let to = self.spent + (EVENNESS - self.spent).max(0.02) * ONE_CAP;
        while self.best_totals.over > 0 && !self.stopped && self.spent < to {
            self.cool_for_cap(to);
            if self.best_totals.over > 0 {
                self.go_far();
            }
        }
        self.return_to_best();
    }

    fn cool_for_cap(&mut self, to: f64) {
        self.anneal_hours(Cooling {
            hot: self.unit(),
            cold: self.unit() / 6.0,
            moves: self.moves_for(TRY),
            to,
            at_cap: true,
        });
    }

    /// The first cooling for the squares, from great heat.
    fn even_out(&mut self) {
        let to = self.spent + (EVENNESS - self.spent).max(0.02) * 0.5;
        self.anneal_hours(Cooling {
            hot: self.unit(),
            cold: COLD,
            moves: u64::MAX,
            to,
            at_cap: false,
        });
        self.return_to_best();
    }

    /// Until time is up or nothing can be better: heat the best plan a little and let it cool for
    /// the squares, and by turns look once more for a plan within a lower cap.
    fn even_out_again(&mut self) {
        for again in 0u64.. {
            let lowest = self.roster.cap() as u64 == self.bounds.most_hours;
            let even = self.best_totals.squares as u64 == self.bounds.squares;
            if self.stopped || self.spent >= EVENNESS || lowest && even {
                return;
            }
            if even || !lowest && again % 2 == 1 {
                self.try_lower_cap();
            } else {
                self.anneal_hours(Cooling {
                    hot: self.unit().sqrt(),
                    cold: COLD,
                    moves: self.moves_for(REHEAT),
                    to: EVENNESS,
                    at_cap: false,
                });
                self.return_to_best();
            }
        }
    }

    /// Try to lower the cap by one from a plan far away; back to the best if that fails.
    fn try_lower_cap(&mut self) {
        let cap = self.roster.cap();
        self.go_far();
        let kept = self.best.clone();
        self.roster.set_cap(cap - 1);
        self.start_from_here();
        self.cool_for_cap(EVENNESS);
        self.return_to_best();
        if self.best_totals.over > 0 {
            self.best = kept;
            self.roster.set_cap(cap);
            self.return_to_best();
            self.start_from_here();
        }
    }

    /// From now on hours may be somewhat less even than the best.
    fn give_leeway(&mut self) {
        if self.leeway > Leeway::NONE && !self.stopped {
            let squares = self.leeway.above(self.best_squares);
            self.roster.set_even_enough(squares);
            self.start_from_here();
        }
    }

    /// The heaviest role's hours squared: about what squares change by in a move.
    fn unit(&self) -> f64 {
        let load = self.roster.table.load.iter().copied().max().unwrap_or(1);
        (load * load) as f64
    }

    fn moves_for(&self, each: u64) -> u64 {
        each * self.roster.who.len() as u64
    }

    /// Leave for a plan far away; if it has empty slots, return.
    fn go_far(&mut self) {
        self.save();
        refill(&mut self.roster, &mut self.dice, 200);
        if self.roster.totals.unmet > 0 {
            self.return_to_best();
        }
    }

    fn anneal_hours(&mut self, cooling: Cooling) {
        let weights = Weights {
            over: 6 * self.unit() as i64,
            squares: 1,
            crowded: 0,
            unliked: 0,
        };
        self.anneal(&weights, cooling);
    }

    /// Cycles of annealing for crowding and wishes. The first and the last keep to plans as even
    /// as the best; those between may leave them, at a price that adapts, from the best plan and
    /// from great heat by turns.
    fn improve(&mut self) {
        let mut price = 64;
        for cycle in 0u64.. {
            let from = self.spent;
            if self.stopped || from >= 1.0 {
                return;
            }
            let to = self.end_of_cycle();
            let strict = cycle == 0 || to >= 1.0;
            let warm = strict || cycle % 2 == 1;
            if warm {
                self.return_to_best();
            } else {
                self.go_far();
            }
            let weights = Weights {
                over: 1 << 24,
                squares: if strict { 1 << 12 } else { price },
                crowded: 32,
                unliked: 1,
            };
            let load = self.roster.table.load.iter().copied().max().unwrap_or(1);
            let hot = if warm { 48.0 } else { (price * load) as f64 };
            let best = self.best_totals.squares;
            self.anneal(
                &weights,
                Cooling {
                    hot,
                    cold: 0.3,
                    moves: u64::MAX,
                    to,
                    at_cap: false,
                },
            );
            if !strict && self.roster.totals.squares > best {
                price = (price * 3 / 2).min(512);
            } else if !strict {
                price = (price * 7 / 8).max(24);
            }
        }
    }

    /// When a cycle that begins now should end: as many are planned as there is time for.
    fn end_of_cycle(&self) -> f64 {
        let left = 1.0 - self.spent;
        let total = self.moves as f64 / self.spent.max(1e-6);
        let slots = self.roster.who.len() as u64;
        let length = ((CYCLE * slots) as f64 / total).min(if slots < SMALL { 0.06 } else { 1.0 });
        let cycles = (left / length.max(1e-9)).floor();
        if cycles < 2.0 {
            1.0
        } else {
            self.spent + left / cycles
        }
    }

    fn anneal(&mut self, weights: &Weights, cooling: Cooling) {
        let steps = steps(cooling.hot, cooling.cold);
        let (from, first) = (self.spent, self.moves);
        let mut part: f64 = 0.0;
        while !self.stopped && part < 1.0 && !(cooling.at_cap && self.best_totals.over == 0) {
            let heat = steps[(part * (steps.len() - 1) as f64) as usize];
            self.over = self.roster.members_over();
            for _ in 0..LOOK {
                self.step(weights, heat);
            }
            self.moves += LOOK;
            self.look();
            let moved = (self.moves - first) as f64 / cooling.moves as f64;
            part = moved.max((self.spent - from) / (cooling.to - from).max(1e-9));
        }
    }

    fn look(&mut self) {
        let progress = Progress {
            moves: self.moves,
            of: self.of,
            best: self.best_cost(),
            bounds: self.bounds,
        };
        match (self.watch)(progress) {
            Go::On => self.spent = self.moves as f64 / self.of as f64,
            Go::Spent(part) => self.spent = self.spent.max(part),
            Go::Stop => self.stopped = true,
        }
        self.stopped |= self.spent >= 1.0;
    }

    /// Try one move; a worse one is taken with the probability of Metropolis et al. 1953.
    fn step(&mut self, weights: &Weights, heat: f64) {
        let Some(mut chain) = self.some_chain(weights.crowded > 0) else {
            return;
        };
        let most = (heat * self.dice.exponential()) as i64;
        if chain.at_least(&self.roster, weights) > most {
            return;
        }
        let before = self.roster.totals;
        if !chain.apply(&mut self.roster) {
            return;
        }
        let after = self.roster.totals;
        if weights.energy(&after) - weights.energy(&before) > most {
            chain.undo(&mut self.roster);
            return;
        }
        if after < self.best_totals {
            self.best_totals = after;
            self.unsaved = true;
        } else if self.unsaved && after > self.best_totals {
            chain.undo(&mut self.roster);
            self.save();
            chain.redo(&mut self.roster);
        }
    }

    /// A chain to try: one in four begins with somebody who has too many hours, as long as there is
    /// anybody. Where only one of hundreds is left, chance alone hardly ever meets them. While hours
    /// alone count, nothing `settles`.
    fn some_chain(&mut self, settles: bool) -> Option<Chain> {
        let (roster, dice) = (&self.roster, &mut self.dice);
        if !self.over.is_empty() && dice.below(4) == 0 {
            let member = self.over[dice.below(self.over.len() as u32) as usize];
            if roster.hours_of(member) > roster.cap() {
                return Chain::of(roster, dice, member);
            }
        }
        Chain::random(roster, dice, settles)
    }

    fn save(&mut self) {
        if self.unsaved {
            self.best.copy_from_slice(&self.roster.who);
            self.best_hours = self.roster.most_hours();
            self.best_squares = self.roster.squares();
            self.unsaved = false;
        }
    }

    fn return_to_best(&mut self) {
        self.save();
        let table = self.roster.table;
        for slot in 0..table.slots() {
            if self.roster.who[slot] != self.best[slot] && self.roster.who[slot] != NONE {
                self.roster.lift(slot);
            }
        }
        for slot in 0..table.slots() {
            let member = self.best[slot];
            if self.roster.who[slot] != member {
                let one = table.candidate(slot, member);
                self.roster.put(slot, member, one.map_or(0, |one| one.pref));
            }
        }
    }

    fn bound_squares(&mut self, prices: &mut Prices) -> u64 {
        let (table, cap, best) = (self.roster.table, self.roster.cap(), self.best_totals);
        let until = self.spent + PROOF;
        let found = prices.raise(table, cap, &best, &mut || self.has_time(until));
        found.max(0) as u64
    }

    fn best_cost(&self) -> Cost {
        let totals = &self.best_totals;
        let (most_hours, squares) = if self.unsaved {
            (self.roster.cap(), totals.squares)
        } else {
            (self.best_hours, self.best_squares)
        };
        Cost {
            unmet: totals.unmet as u64,
            most_hours: most_hours as u64,
            squares: squares as u64,
            crowded: totals.crowded as u64,
            unliked: totals.unliked,
        }
    }

    fn written(&self, prices: &Prices) -> Plan {
        let table = self.roster.table;
        let row = |month: usize| month * table.roles..(month + 1) * table.roles;
        let held = |&who: &u32| (who != NONE).then_some(who);
        Plan {
            assign: (0..table.months)
                .map(|month| self.best[row(month)].iter().map(held).collect())
                .collect(),
            cost: self.best_cost(),
            bounds: self.bounds,
            prices: (0..table.months)
                .map(|month| prices.all()[row(month)].to_vec())
                .collect(),
        }
    }
}

/// Heats from `hot` down to `cold`, each a fixed part of the one before.
fn steps(hot: f64, cold: f64) -> Vec<f64> {
    let mut heats = vec![hot];
    let mut heat = hot;
    while heat > cold {
        heat *= 0.97;
        heats.push(heat);
    }
    heats
}
