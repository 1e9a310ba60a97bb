//! Pairs: who meets whom in twos, with a third where somebody would be left over.
//! Never: settles for less than the best without saying how much better another plan might be.
//! See: `levels` for what comes before what, `graph` for how the question becomes one of
//! matching, `trios` for those left over, `likeness` for finding candidates.
//!
//! Method: maximum-weight matching (Edmonds 1965, see `crate::matching`), with two vertices for
//! whoever has two places (Tutte 1954, see `graph`). Cost: that of two matchings, the first of the
//! places and the second of those left over; memory that of places and candidates, with two more
//! vertices for a pair whose both sides have two places. Proof: the duals of the first, which
//! anybody can add up ([`Proof`]); the thirds are the best for these pairs, and have no proof of
//! their own. Finding candidates compares each with each, O(n²) for n people, and keeps a short
//! list for everybody; nothing is left out, so nothing needs a bound.

mod apart;
mod graph;
mod levels;
pub mod likeness;
mod problem;
#[cfg(test)]
mod tests;
mod trios;

use apart::Apart;
use levels::Levels;
pub use levels::Score;
pub use problem::{Aim, Broken, Candidate, MOST_PLACES, MOST_WEIGHT, Problem, SameGroup};

pub use crate::matching::Go;
use crate::matching::heaviest;

/// How far the work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What the pairs are worth if the work stops now; not known in the first half.
    pub score: Option<Score>,
    /// By how much their weight may at most be below the best; not known while there might be
    /// more pairs, or more across groups.
    pub missing: Option<u64>,
}

/// Who meets whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Pairs without a third person, each with the smaller number first, ascending.
    pub pairs: Vec<(u32, u32)>,
    /// Pairs with a third person, who comes last; ascending.
    pub trios: Vec<(u32, u32, u32)>,
    /// What the plan is worth.
    pub score: Score,
    /// By how much the weight of the pairs may at most be below the best: 0 when no better plan
    /// exists. Not known when the work was stopped before the number of pairs was certain.
    pub missing: Option<u64>,
    /// Numbers with which anybody can check that no plan is better.
    pub proof: Proof,
}

/// Duals of the people and of sets of people, as `bench/FORMATS.md` describes a certificate. With
/// people who can be in two pairs the proof may fall short of the plan, though it is the best:
/// sets that hold only one of somebody's two places cannot be written down in this form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// By how much the numbers are larger than at the scale of the weights.
    pub scale: i64,
    /// The dual of each person, at least 0.
    pub people: Vec<i64>,
    /// The dual of each set, above 0, and who is in it, ascending.
    pub sets: Vec<(i64, Vec<u32>)>,
}

/// Pair people as `problem` asks: first the best pairs, then as many of those who are left as
/// can join a pair as its third. `seed` decides between plans that are equally good. `ask` hears
/// how far the work is and may stop it. The same problem and seed give the same plan everywhere.
///
/// # Errors
/// [`Broken`] names the first thing in `problem` that contradicts itself.
pub fn pair(
    problem: &Problem,
    seed: u64,
    ask: &mut dyn FnMut(Progress) -> Go,
) -> Result<Plan, Broken> {
    problem.check()?;
    let levels = Levels::new(problem);
    let apart = Apart::new(problem);
    let graph = graph::Places::new(problem, &levels, &apart, seed);
    let extra = graph.extra();
    let mut hear = |told: crate::matching::Progress| {
        let value = told.value.map(|value| value - extra);
        ask(Progress {
            score: value.map(|value| levels.score(value)),
            missing: value.and_then(|value| levels.missing(value, told.bound - extra)),
        })
    };
    let matching = heaviest(graph.question(&levels), &mut hear);
    let matching = matching.expect("the numbers were checked, and edges join two places");
    let dyads = graph.dyads(&matching);
    let thirds = trios::thirds(problem, &apart, &dyads);

    let mut score = levels.score(matching.value - extra);
    score.trios = thirds.iter().flatten().count() as u64;
    score.trio_weight = thirds.iter().flatten().map(|third| third.weight).sum();
    let missing = levels.missing(matching.value - extra, matching.bound - extra);
    let both = || dyads.iter().zip(&thirds);
    let pairs = both().filter(|(_, third)| third.is_none());
    let with_third = |(&(u, v), third): (&(u32, u32), &Option<trios::Third>)| {
        third.as_ref().map(|third| (u, v, third.person))
    };
    Ok(Plan {
        pairs: pairs.map(|(&pair, _)| pair).collect(),
        trios: both().filter_map(with_third).collect(),
        score,
        missing,
        proof: graph.proof(&matching.dual),
    })
}
