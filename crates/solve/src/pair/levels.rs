//! What comes before what: the number of pairs, then pairs across groups, then their weight, all
//! in one whole number.
//! Never: lets any amount of a lower level make up for one step of a higher.
//! See: section P of `bench/FORMATS.md` for the same constants.

use super::problem::{Aim, Candidate, MOST_WEIGHT, Problem, SameGroup};
use crate::matching::Grid;

/// What a plan is worth: the first number that differs decides, from the top.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score {
    /// Pairs, those with a third person too. With [`Aim::Weight`] it is not counted and 0.
    pub dyads: u64,
    /// Those across groups. Counted only with [`SameGroup::Avoid`], otherwise 0.
    pub across: u64,
    /// The sum of their weights.
    pub weight: u64,
    /// Pairs that have a third person.
    pub trios: u64,
    /// For each of them the mean weight of the third's candidate pairs with the two, rounded down.
    pub trio_weight: u64,
}

/// The worth of a pair and of a step on each level.
pub(super) struct Levels {
    pair: i64,
    across: i64,
    /// More than all weights together.
    beyond: i64,
}

impl Levels {
    pub(super) fn new(problem: &Problem) -> Levels {
        let half = (problem.places() / 2) as i64;
        let most = i64::from(MOST_WEIGHT);
        let across = match problem.same_group {
            SameGroup::Avoid => 1 + most * half,
            SameGroup::Forbid | SameGroup::Ignore => 0,
        };
        let pair = match problem.aim {
            Aim::MostPairs => (across + most) * (half + 1),
            Aim::Weight => 0,
        };
        Levels {
            pair,
            across,
            beyond: 1 + most * half,
        }
    }

    /// What a candidate pair is worth.
    pub(super) fn worth(&self, candidate: Candidate, across: bool) -> i64 {
        let across = if across { self.across } else { 0 };
        self.pair + across + i64::from(candidate.weight)
    }

    /// The steps of the levels above the weight, where there are any.
    pub(super) fn grid(&self) -> Option<Grid> {
        let step = self.across.max(1 + i64::from(MOST_WEIGHT));
        (self.pair > 0).then_some(Grid {
            base: self.pair,
            step,
        })
    }

    /// What pairs are worth whose worth adds up to `value`.
    pub(super) fn score(&self, value: i128) -> Score {
        let part = |of: i128, unit: i64| match unit {
            0 => (0, of),
            _ => (of / i128::from(unit), of % i128::from(unit)),
        };
        let (dyads, rest) = part(value, self.pair);
        let (across, weight) = part(rest, self.across);
        Score {
            dyads: dyads as u64,
            across: across as u64,
            weight: weight as u64,
            ..Score::default()
        }
    }

    /// How much weight may be missing when no pairs are worth more than `bound`; nothing if it
    /// might be more than weight.
    pub(super) fn missing(&self, value: i128, bound: i128) -> Option<u64> {
        let missing = bound - value;
        (missing < i128::from(self.beyond)).then_some(missing as u64)
    }
}
