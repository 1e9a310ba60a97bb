//! Circles: seat people in circles so that few sit with their own group or with people they met.
//! Never: hides that a rule could not be kept (the cost says so); lets time decide the outcome.
//! See: `problem` for what is asked, `cost` for what is counted, `bound` for what nobody can
//! beat, `search` for the method of one round, `rounds`, `gather` and `together` for several.
//!
//! Method: simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983, "Optimization by Simulated
//! Annealing", Science 220), for several rounds also arithmetic (`design`) and symmetry (`cyclic`).
//! Cost: the moves that are asked for, each in the time of two circles; of several rounds, those
//! for each round and four times as many for all of them together, with the time of about three for each
//! where symmetry is tried. Memory is that of the lists,
//! and up to 1024 people that of two tables of all pairs. Bound: for `shared` the sum over sets
//! that have nobody in common of what splitting each evenly costs, exact when everybody is in one
//! set, and for wishes that cannot all be kept (`room`); the rest has no bound but 0.

mod bases;
mod bound;
mod cost;
mod cover;
mod cyclic;
mod deal;
mod design;
mod gather;
mod hours;
mod index;
mod problem;
mod room;
mod rounds;
mod search;
mod tables;
#[cfg(test)]
mod tests;
mod together;
mod turn;

pub use bound::bound;
pub use cost::{Cost, circle_cost, cost_of};
pub(crate) use gather::arrange_rounds;
pub use hours::Hours;
pub use problem::{Broken, MOST_MET, Problem};
pub use rounds::{Gathering, Round, seat_rounds};

/// How long to search, counted in moves tried: an exchange of two people, or one person's walk
/// to another circle. Never in seconds, so that the same seed gives the same plan everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Effort(pub u64);

impl Effort {
    /// A good plan for `people` people in one round, usually in a fraction of a second.
    pub fn usual(people: u32) -> Effort {
        Effort(500_000 + 100 * u64::from(people))
    }

    /// A quick look for `people` people in one round: enough to put the hard rules right.
    pub fn quick(people: u32) -> Effort {
        Effort(5_000 + 20 * u64::from(people))
    }
}

/// How far a search has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The round being seated, from 0; as many as there are rounds while all of them are looked at
    /// together, first for symmetry and then to improve them. Always 0 for [`seat`].
    pub round: u32,
    /// Moves tried so far in this round, or in all.
    pub moves: u64,
    /// Moves allowed; the search may end earlier.
    pub of: u64,
    /// The best cost found so far.
    pub best: Cost,
    /// What `shared` cannot go below.
    pub bound: u64,
}

/// What the watcher wants next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Go {
    /// Keep searching.
    On,
    /// Stop now and hand over the best plan so far.
    Stop,
}

/// Who sits where, and how good that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The people of each circle, ascending; circle `i` has `sizes[i]` of them.
    pub circles: Vec<Vec<u32>>,
    /// What the plan costs by [`cost_of`].
    pub cost: Cost,
    /// No plan whatever has fewer `shared` than this.
    pub bound: u64,
    /// Provably no plan is better in any of `apart`, `unkept`, `unmeetable` and `shared`:
    /// each of them stands at its lower bound. (`repeats` and `tight` may still leave room.)
    pub proved: bool,
}

/// Seat one round.
///
/// The best plan found is returned even where a rule could not be kept; `cost.apart`,
/// `cost.unkept` and `cost.unmeetable` tell. The same problem, seed and effort give the same
/// plan. `watch` is called every few thousand moves and may stop the search.
///
/// Method: people are dealt to the circles set by set, which already meets the lower bound when
/// everybody is in one set; then descent, simulated annealing (Kirkpatrick, Gelatt and Vecchi
/// 1983, "Optimization by Simulated Annealing", Science 220, pp. 671-680) and descent again over
/// exchanges of two people.
///
/// # Errors
/// [`Broken`] names the first thing in `problem` that contradicts itself.
pub fn seat(
    problem: &Problem,
    seed: u64,
    effort: Effort,
    watch: &mut dyn FnMut(Progress) -> Go,
) -> Result<Plan, Broken> {
    problem.check()?;
    Ok(search::arrange(problem, seed, effort, watch))
}

/// The sizes of `circles` circles for `n` people, as equal as can be, larger ones first: each is
/// `n / circles` rounded down or up. Empty when `circles` is 0; zeros when there are more circles
/// than people.
pub fn sizes(n: u32, circles: u32) -> Vec<u32> {
    let Some(small) = n.checked_div(circles) else {
        return Vec::new();
    };
    let larger = n % circles;
    (0..circles)
        .map(|i| small + u32::from(i < larger))
        .collect()
}
