//! Rotas: roles that pass from one member to another over months, so that nobody carries too much.
//! Never: hides a rule that could not be kept (`unmet` and [`faults`] say so); lets a later aim
//! spoil an earlier one by more than the [`Leeway`] asked for; reads a clock (the caller's watcher
//! may say how much time has gone).
//! See: `problem` for what is asked, `cost` for what is counted, `fill` for ejection,
//! `search` for the stages, `bound` for what nobody can beat, `why` for reasons.
//!
//! Method: simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983, "Optimization by Simulated
//! Annealing", Science 220) by the acceptance rule of Metropolis and others (1953, "Equation of
//! State Calculations by Fast Computing Machines", Journal of Chemical Physics 21), aim by aim; for
//! the first plan, and for hours that moves do not bring under a cap, ejection (`fill`).
//! Cost: the moves that are asked for, each in the time of a few members' months, and before them
//! the rounds of two bounds (`bound`), which take a second or a tenth of the time that is given.
//! Memory is that of who may fill which slot, and of a number for each member and month.
//! Bounds: the least cap on hours that prices cannot refute, and for the squares the Lagrangian
//! bound of [`Plan::prices`]; crowding and wishes have none here (`bench/crowding.py` has one for
//! crowding). A plan is called the best only where it meets its bound.

mod bound;
mod chain;
mod cost;
mod fill;
mod problem;
mod roster;
mod search;
mod table;
#[cfg(test)]
mod tests;
mod why;

pub use cost::{Cost, Fault, cost_of, faults};
pub use problem::{Broken, Problem};
pub use roster::Obstacle;
pub use why::{Placing, placing};

/// How long to search, counted in moves tried, so that the same seed gives the same plan
/// everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Effort(pub u64);

impl Effort {
    /// A good plan in a few seconds for `slots` role-months, more for many.
    pub fn usual(slots: u64) -> Effort {
        Effort(2_000_000 + 20_000 * slots)
    }
}

/// How much less even than the best found the hours may be, where that puts fewer people of one
/// working group into the same month or meets wishes better: in ten-thousandths of
/// [`Cost::squares`]. The highest hours stay as low as they can be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leeway(pub u32);

impl Leeway {
    /// The aims in their order: nothing counts but between plans that are equally even.
    pub const NONE: Leeway = Leeway(0);

    /// The most that the squares may be if the best are `squares`.
    fn above(self, squares: i64) -> i64 {
        squares + (i128::from(squares) * i128::from(self.0) / 10_000) as i64
    }
}

/// What no plan can go below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// For [`Cost::most_hours`].
    pub most_hours: u64,
    /// For [`Cost::squares`] of plans whose highest hours are no higher than this plan's; proved by
    /// [`Plan::prices`].
    pub squares: u64,
}

/// How far a search has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Moves tried so far.
    pub moves: u64,
    /// Moves allowed.
    pub of: u64,
    /// The best plan so far.
    pub best: Cost,
    /// What is known of the best there can be.
    pub bounds: Bounds,
}

/// What the watcher wants next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Go {
    /// Keep searching; moves tell how far it is to the end.
    On,
    /// Keep searching; this part of the time, from 0 to 1, has gone, and moves do not count.
    Spent(f64),
    /// Stop now and hand over the best plan so far.
    Stop,
}

/// Who holds which role when, and how good that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Per month, who holds each role; `None` where nobody could be found.
    pub assign: Vec<Vec<Option<u32>>>,
    /// What the plan costs by [`cost_of`].
    pub cost: Cost,
    /// What no valid plan can go below.
    pub bounds: Bounds,
    /// The squares that leeway was measured from; `None` without leeway, or where there was no time
    /// for it.
    pub even: Option<u64>,
    /// Per month and role a price in thousandths of a squared hour. With any prices, the sum of
    /// all of them and, over members, of the least that "hours squared less the prices of the
    /// roles held" can be within the highest hours of the plan, bounds [`Cost::squares`] from below.
    pub prices: Vec<Vec<i64>>,
}

/// Plan the roles.
///
/// Rules about single members are always kept; slots that nobody could be found for stay empty
/// and count in `cost.unmet`. The same problem, leeway, seed and effort give the same plan, unless the
/// watcher answers with [`Go::Spent`]. `watch` is called every few thousand moves.
///
/// First a plan by greedy choice and ejection; then replacements, exchanges and chains of up to
/// three slots, tried hot and cold: for the highest hours alone, again and again from other plans;
/// for their evenness, each time from the best plan; and at last for crowding and wishes, where
/// leaving evenness for a while has a price that adapts. `leeway` says how much of the evenness
/// that was found may be given up again for that.
///
/// # Errors
/// [`Broken`] names the first thing in `problem` that contradicts itself.
pub fn plan(
    problem: &Problem,
    leeway: Leeway,
    seed: u64,
    effort: Effort,
    watch: &mut dyn FnMut(Progress) -> Go,
) -> Result<Plan, Broken> {
    problem.check()?;
    Ok(search::arrange(problem, leeway, seed, effort, watch))
}
