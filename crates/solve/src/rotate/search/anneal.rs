//! Simulated annealing: a plan changes move by move, freely while it is hot, only for the better
//! when it is cold.
//! Never: forgets a plan that was better than all before; knows the aims of a stage.
//! See: `super` and `even` for who heats what, `chain` for the moves.
//!
//! The method is that of Kirkpatrick, Gelatt and Vecchi 1983 (see `crate::rotate`). A move takes the
//! time of its members' months; between two looks at the watcher there are a fixed number of them.

use super::Search;
use crate::rotate::chain::{Chain, Weights};

/// Moves between two looks at the watcher.
const LOOK: u64 = 2048;

/// From which heat to which, and when that ends: after so many moves, at a time (from 0 to 1) at
/// the latest, or, if it is only about the cap, as soon as everybody is within it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cooling {
    pub hot: f64,
    pub cold: f64,
    pub moves: u64,
    pub to: f64,
    pub at_cap: bool,
}

impl Cooling {
    /// From `hot` to `cold` until the time is `to`, whatever that brings.
    pub fn until(to: f64, hot: f64, cold: f64) -> Cooling {
        Cooling {
            hot,
            cold,
            moves: u64::MAX,
            to,
            at_cap: false,
        }
    }
}

impl Search<'_> {
    /// Let the plan cool; what is best meanwhile is kept.
    pub(super) fn anneal(&mut self, weights: &Weights, cooling: Cooling) {
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

    /// Try one move; a worse one is taken with the probability of Metropolis and others
    /// 1953 (see `crate::rotate`).
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
