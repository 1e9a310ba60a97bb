//! The first stage: the least highest hours, then hours as even as they can be.
//! Never: looks at crowding or wishes.
//! See: `super` for the stages, `anneal` for what heat does.

use super::anneal::Cooling;
use super::{OVER, Search};
use crate::rotate::chain::Weights;
use crate::rotate::fill::press;

/// The time, from 0 to 1, at which crowding and wishes begin to count.
const EVENNESS: f64 = 0.5;
/// The part of what is left until then that one cap may take.
const ONE_CAP: f64 = 0.3;
/// So late, as a part of that, that no cap is tried hour by hour any more.
const LATE: f64 = 0.7;
/// Moves per slot in one try to keep within a cap.
const TRY: u64 = 1_400;
/// Ejections per slot in one try to press hours under a cap where moves did not lead there.
const PRESS: u64 = 20;
/// Moves per slot from heating a plan until it is cold again.
const REHEAT: u64 = 3_000;
/// So cold that squares hardly ever grow.
const COLD: f64 = 0.4;

impl Search<'_> {
    /// Lower the highest hours to the least cap that can be reached.
    pub(super) fn keep_hours_down(&mut self) {
        loop {
            self.try_cap();
            if self.best_totals.over == 0 || self.stopped {
                break;
            }
            // Where the bound is far off, take what there is: lower caps are tried again later.
            let next = if self.spent < LATE * EVENNESS {
                self.roster.cap() + 1
            } else {
                self.best_hours
            };
            self.roster.set_cap(next);
            self.start_from_here();
        }
        self.pin_cap();
    }

    /// Back to the best plan, whose highest hours are the cap from now on.
    fn pin_cap(&mut self) {
        self.return_to_best();
        self.roster.set_cap(self.best_hours);
        self.best_totals = self.roster.totals;
    }

    /// Try to keep everybody within the cap, again and again from further away.
    fn try_cap(&mut self) {
        let to = self.spent + (EVENNESS - self.spent).max(0.02) * ONE_CAP;
        while self.best_totals.over > 0 && !self.stopped && self.spent < to {
            self.cool_for_cap(to);
            self.press(to);
            if self.best_totals.over > 0 {
                self.go_far();
            }
        }
        self.return_to_best();
    }

    fn cool_for_cap(&mut self, to: f64) {
        let hot = self.unit();
        self.anneal_hours(Cooling {
            moves: self.moves_for(TRY),
            at_cap: true,
            ..Cooling::until(to, hot, hot / 6.0)
        });
    }

    /// From the best plan, find others for what is above the cap, however many that moves.
    fn press(&mut self, to: f64) {
        if self.best_totals.over == 0 || self.stopped || self.spent >= to {
            return;
        }
        self.return_to_best();
        let tries = self.moves_for(PRESS);
        let best = self.aside.unwrap_or_else(|| self.best_cost());
        self.eject(best, to, |roster, dice, go_on| {
            press(roster, dice, tries, go_on)
        });
        self.moves += tries;
        if self.roster.totals < self.best_totals {
            self.start_from_here();
        } else {
            self.return_to_best();
        }
    }

    /// The first cooling for the squares, from great heat.
    pub(super) fn even_out(&mut self) {
        let to = self.spent + (EVENNESS - self.spent).max(0.02) * 0.5;
        let cooling = Cooling::until(to, self.unit(), COLD);
        self.anneal_hours(cooling);
        self.pin_cap();
    }

    /// Until time is up or nothing can be better: heat the best plan a little and let it cool for
    /// the squares, and by turns look once more for a plan within a lower cap.
    pub(super) fn even_out_again(&mut self) {
        for again in 0u64.. {
            let lowest = self.roster.cap() as u64 == self.bounds.most_hours;
            let even = self.best_totals.squares as u64 == self.bounds.squares;
            if self.stopped || self.spent >= EVENNESS || lowest && even {
                return;
            }
            if even || !lowest && again % 2 == 1 {
                self.try_lower_cap();
            } else {
                let hot = self.heaviest() as f64;
                self.anneal_hours(Cooling {
                    moves: self.moves_for(REHEAT),
                    ..Cooling::until(EVENNESS, hot, COLD)
                });
                self.pin_cap();
            }
        }
    }

    /// Try to lower the cap by one from a plan far away; back to the best if that fails.
    fn try_lower_cap(&mut self) {
        let cap = self.roster.cap();
        self.go_far();
        let kept = self.best.clone();
        self.aside = Some(self.best_cost());
        self.roster.set_cap(cap - 1);
        self.start_from_here();
        self.cool_for_cap(EVENNESS);
        self.press(EVENNESS);
        self.return_to_best();
        self.aside = None;
        if self.best_totals.over == 0 {
            self.pin_cap();
            self.even_out();
        } else {
            self.best = kept;
            self.roster.set_cap(cap);
            self.return_to_best();
            self.start_from_here();
        }
    }

    /// The hours of the heaviest role.
    pub(super) fn heaviest(&self) -> i64 {
        self.roster.table.load.iter().copied().max().unwrap_or(1)
    }

    /// About what squares change by in a move.
    fn unit(&self) -> f64 {
        let load = self.heaviest() as f64;
        load * load
    }

    fn moves_for(&self, each: u64) -> u64 {
        each * self.roster.who.len() as u64
    }

    fn anneal_hours(&mut self, cooling: Cooling) {
        let weights = Weights {
            over: (6 * self.unit() as i64).min(OVER),
            squares: 1,
            crowded: 0,
            unliked: 0,
        };
        self.anneal(&weights, cooling);
    }
}
