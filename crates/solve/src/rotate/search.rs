//! The stages of the search: fill, then evenness, then crowding and wishes.
//! Never: counts time; keeps a worse plan than it has seen.
//! See: `even` for hours, `anneal` for how a stage searches, `roster` for what moves change, `bound`
//! for when a cap is hopeless.

mod anneal;
mod even;

use anneal::Cooling;

use super::bound::{self, GoOn, Prices};
use super::chain::Weights;
use super::fill::{fill, refill};
use super::roster::{NONE, Roster, Totals};
use super::table::Table;
use super::{Bounds, Cost, Effort, Go, Leeway, Plan, Problem, Progress};
use crate::random::Dice;

/// The part of the time that each of the two bounds may take, where time is what ends the search.
const PROOF: f64 = 0.1;
/// Moves per slot in one cycle of the last stage.
const CYCLE: u64 = 25_000;
/// What an hour above the cap weighs at most: more than all crowding.
const OVER: i64 = 1 << 24;
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
        even: None,
        aside: None,
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

struct Search<'a> {
    roster: Roster<'a>,
    dice: Dice,
    watch: &'a mut dyn FnMut(Progress) -> Go,
    best: Vec<u32>,
    best_totals: Totals,
    best_hours: i64,
    /// The squares that leeway was measured from.
    even: Option<i64>,
    /// What the best plan costs while `best` holds another one for a while.
    aside: Option<Cost>,
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
        let cap = self.roster.cap();
        self.even_out_again();
        if self.roster.cap() < cap && !self.stopped {
            self.bounds.squares = self.bound_squares(&mut prices);
        }
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
        let best = Cost {
            unmet: self.best_totals.unmet as u64,
            ..Cost::default()
        };
        let tries = self.of / 8 + 1000;
        self.eject(best, 1.0, |roster, dice, go_on| {
            fill(roster, dice, tries, go_on)
        });
        self.start_from_here();
    }

    /// Let `change` change the roster by ejections until the time is `to`; `best` is shown
    /// meanwhile.
    fn eject(
        &mut self,
        best: Cost,
        to: f64,
        change: impl FnOnce(&mut Roster<'_>, &mut Dice, GoOn<'_>),
    ) {
        let (moves, of, bounds) = (self.moves, self.of, self.bounds);
        let watch = &mut *self.watch;
        let (spent, stopped) = (&mut self.spent, &mut self.stopped);
        let mut go_on = || {
            match watch(Progress {
                moves,
                of,
                best,
                bounds,
            }) {
                Go::On => (),
                Go::Spent(part) => *spent = spent.max(part),
                Go::Stop => *stopped = true,
            }
            *stopped |= *spent >= 1.0;
            !*stopped && *spent < to
        };
        change(&mut self.roster, &mut self.dice, &mut go_on);
    }

    /// Take the roster as it stands for the best so far.
    fn start_from_here(&mut self) {
        self.best_totals = self.roster.totals;
        self.best.copy_from_slice(&self.roster.who);
        self.best_hours = self.roster.most_hours();
        self.unsaved = false;
    }

    /// From now on hours may be somewhat less even than the best.
    fn give_leeway(&mut self) {
        if self.leeway > Leeway::NONE && !self.stopped {
            let squares = self.best_totals.exact;
            self.even = Some(squares);
            self.roster.set_even_enough(self.leeway.above(squares));
            self.start_from_here();
        }
    }

    /// Leave for a plan far away; if it has empty slots, return.
    fn go_far(&mut self) {
        self.save();
        let tries = 200 + self.roster.who.len() as u64;
        refill(&mut self.roster, &mut self.dice, tries);
        if self.roster.totals.unmet > 0 {
            self.return_to_best();
        }
    }

    /// Cycles of annealing for crowding and wishes. The first and the last keep to plans that
    /// are even enough; those between may leave them, at a price that adapts, from the best plan and
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
                over: OVER,
                squares: if strict { 1 << 12 } else { price },
                crowded: 32,
                unliked: 1,
            };
            let hot = if warm {
                48.0
            } else {
                (price * self.heaviest()) as f64
            };
            let best = self.best_totals.squares;
            self.anneal(&weights, Cooling::until(to, hot, 0.3));
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

    fn look(&mut self) {
        self.save();
        let progress = Progress {
            moves: self.moves,
            of: self.of,
            best: self.aside.unwrap_or_else(|| self.best_cost()),
            bounds: self.bounds,
        };
        match (self.watch)(progress) {
            Go::On => self.spent = self.moves as f64 / self.of as f64,
            Go::Spent(part) => self.spent = self.spent.max(part),
            Go::Stop => self.stopped = true,
        }
        self.stopped |= self.spent >= 1.0;
    }

    fn save(&mut self) {
        if self.unsaved {
            self.best.copy_from_slice(&self.roster.who);
            self.best_hours = self.roster.most_hours();
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
        Cost {
            unmet: totals.unmet as u64,
            most_hours: self.best_hours as u64,
            squares: totals.exact as u64,
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
            even: self.even.map(|squares| squares as u64),
            prices: (0..table.months)
                .map(|month| prices.all()[row(month)].to_vec())
                .collect(),
        }
    }
}
