//! All rounds at once: people change places within a round, and what every other round makes of
//! it counts too.
//! Never: looks at hours or languages (rounds with those stay as they were seated one by one);
//! keeps a worse plan than it has seen.
//! See: `rounds` for where it begins, `tables` for what a move changes.
//!
//! Simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983, "Optimization by Simulated
//! Annealing", Science 220) in cycles of growing length, each from the best plan so far. A move
//! looks at two circles: time grows with their seats, memory with the square of the people.

use super::Go;
use super::tables::{Change, Tables, Worth};
use crate::random::Dice;

/// Moves between two looks at the watcher.
const LOOK: u64 = 4096;
/// Moves per seat in the first cycle.
const CYCLE: u64 = 4_000;
/// After so many cycles of one length they get twice as long.
const SAME: u32 = 4;
/// Heats of a cycle, and how much each falls short of the one before.
const PLATEAUS: u32 = 60;
const COOLING: f64 = 0.94;

/// What one more meeting of a pair costs while the search goes on, and what one pair in `shared`
/// does in turn: a cycle that keeps to the fewest, and two that may leave them. A broken rule
/// costs twice as much.
const REPEAT: i64 = 16;
const SHARED: [i64; 3] = [1 << 20, 64, 32];

/// A search over all rounds, from the seating it is given.
pub(super) struct Together<'a> {
    tables: Tables<'a>,
    dice: Dice,
    best: Vec<Vec<Vec<u32>>>,
    best_worth: Worth,
    /// The tables are at the best, and `best` has not been written yet.
    unsaved: bool,
    moves: u64,
    of: u64,
    stopped: bool,
}

impl<'a> Together<'a> {
    pub fn new(tables: Tables<'a>, seed: u64, of: u64) -> Together<'a> {
        Together {
            best: tables.seating(),
            best_worth: tables.worth(),
            unsaved: false,
            tables,
            dice: Dice::new(seed),
            moves: 0,
            of,
            stopped: false,
        }
    }

    /// The best plan of at most `of` moves, its circles by rounds. `floor` is what nobody can go
    /// below.
    pub fn search(
        mut self,
        floor: Worth,
        mut watch: impl FnMut(Worth, u64) -> Go,
    ) -> Vec<Vec<Vec<u32>>> {
        let mut cycle = 0;
        while self.goes_on(&floor) {
            let doubled = (cycle / SAME).min(24);
            let length = (CYCLE * self.tables.seats() as u64) << doubled;
            let shared = SHARED[cycle as usize % SHARED.len()];
            self.anneal(length, shared, &floor, &mut watch);
            self.save();
            self.tables.set(&self.best);
            cycle += 1;
        }
        self.best
    }

    fn goes_on(&self, floor: &Worth) -> bool {
        !self.stopped && self.moves < self.of && self.best_worth > *floor
    }

    /// Cool down over `length` moves from a heat at which a few meetings come and go freely.
    fn anneal(
        &mut self,
        length: u64,
        shared: i64,
        floor: &Worth,
        watch: &mut impl FnMut(Worth, u64) -> Go,
    ) {
        let mut heat = REPEAT as f64 * 1.2;
        for _ in 0..PLATEAUS {
            let end = self.moves + length / u64::from(PLATEAUS);
            while self.moves < end {
                if !self.goes_on(floor) {
                    return;
                }
                for _ in 0..LOOK.min(end - self.moves) {
                    self.step(heat, shared);
                }
                self.moves += LOOK.min(end - self.moves);
                self.stopped |= watch(self.best_worth, self.moves.min(self.of)) == Go::Stop;
            }
            heat *= COOLING;
        }
    }

    /// Try one move; a worse one is taken with the probability of Metropolis et al. 1953.
    fn step(&mut self, heat: f64, shared: i64) {
        let Some(step) = self.tables.pick(&mut self.dice) else {
            return;
        };
        let change = self.tables.try_out(&step);
        if !self.accepts(&change, heat, shared) {
            return;
        }
        let after = self.tables.worth() + change;
        if self.unsaved && after > self.best_worth {
            self.save();
        }
        self.tables.take(&step, change);
        if after < self.best_worth {
            self.best_worth = after;
            self.unsaved = true;
        }
    }

    fn accepts(&mut self, change: &Change, heat: f64, shared: i64) -> bool {
        let firm = change.broken * 2 + change.shared;
        let worse = firm * shared + change.repeats * REPEAT;
        worse <= 0 || (worse as f64) < heat * self.dice.exponential()
    }

    fn save(&mut self) {
        if self.unsaved {
            self.best = self.tables.seating();
            self.unsaved = false;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::super::tests::all_seatings;
    use super::super::{Cost, Effort, Gathering, Problem, Round, cost_of, seat_rounds, sizes};
    use super::*;

    /// Six people, sometimes five, in two circles over up to three rounds.
    fn tiny(seed: u64) -> Gathering {
        let mut dice = Dice::new(seed);
        let people = 5 + dice.below(2);
        let met = (1..people).map(|u| (0, u, 1 + dice.below(2)));
        let everyone = Problem {
            met: met.collect(),
            groups: (0..people).map(|_| vec![dice.below(4)]).collect(),
            apart: vec![(1, 2)],
            keepers: if dice.below(2) == 0 {
                vec![]
            } else {
                vec![0, 1, 4]
            },
            ..Problem::default()
        };
        let rounds = (0..1 + dice.below(3)).map(|_| {
            let away = dice.below(12);
            let present: Vec<u32> = (0..people).filter(|&one| one != away).collect();
            Round {
                sizes: sizes(present.len() as u32, 2),
                present,
            }
        });
        Gathering {
            rounds: rounds.collect(),
            everyone,
        }
    }

    /// The least that all rounds from `at` on can cost, by trying all.
    fn best(gathering: &Gathering, at: usize, before: &Problem) -> Worth {
        let Some(round) = gathering.rounds.get(at) else {
            return Worth::default();
        };
        let all = all_seatings(&round.present, &round.sizes);
        let worth = |circles: &Vec<Vec<u32>>| {
            let mut later = before.clone();
            for members in circles {
                for (i, &u) in members.iter().enumerate() {
                    later.met.extend(members[..i].iter().map(|&v| (u, v, 1)));
                }
            }
            Worth::of(&cost_of(before, circles)) + best(gathering, at + 1, &later)
        };
        all.iter().map(worth).min().unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_rounds_are_better_together(seed: u64) {
            let gathering = tiny(seed);
            let plans = seat_rounds(&gathering, seed, Effort(40_000), &mut |_| Go::On).unwrap();
            let total: Cost = plans.iter().map(|plan| plan.cost).sum();
            prop_assert_eq!(Worth::of(&total), best(&gathering, 0, &gathering.everyone));
        }
    }

    #[test]
    fn fifteen_walk_out_in_threes_on_seven_days_and_no_two_twice() {
        let everyone = Problem {
            groups: (0..15).map(|person| vec![person]).collect(),
            ..Problem::default()
        };
        let round = Round {
            present: (0..15).collect(),
            sizes: sizes(15, 5),
        };
        let gathering = Gathering {
            everyone,
            rounds: vec![round; 7],
        };
        let plans = seat_rounds(&gathering, 1, Effort::usual(15), &mut |_| Go::On).unwrap();
        assert!(plans.iter().all(|plan| plan.cost == Cost::default()));
    }
}
