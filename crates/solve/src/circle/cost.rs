//! What a seating costs, by the plain definition.
//! Never: takes a short cut; `room` does, and is held to this one by a test.
//! See: `problem` for the lists, `search` for who makes the cost small.

use std::ops::{Add, AddAssign};

use super::hours::{Agreement, agreement};
use super::index::pair_key;
use super::{Hours, Problem};

/// Common hours from which on a circle is free to choose.
const EASY_HOURS: u64 = 4;

/// What a seating costs. The order is lexicographic: a smaller `apart` always wins, `unkept`
/// counts between equals, and so on in the order of the fields. Zero is perfect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cost {
    /// Pairs that may not sit together and do.
    pub apart: u64,
    /// Circles without a keeper; 0 when nobody is named as a keeper.
    pub unkept: u64,
    /// Circles whose known hours have no hour in common, plus circles whose known languages have
    /// no language in common.
    pub unmeetable: u64,
    /// Pairs that are better not together and sit together; each pair counts once.
    pub shared: u64,
    /// Over all pairs sitting together, how often they sat together before.
    pub repeats: u64,
    /// Over circles with at least two people whose hours are known: the number of common hours
    /// missing to four.
    pub tight: u64,
}

impl Cost {
    /// The parts that have lower bounds.
    pub(super) fn hard(&self) -> [u64; 4] {
        [self.apart, self.unkept, self.unmeetable, self.shared]
    }
}

impl Add for Cost {
    type Output = Cost;

    fn add(self, other: Cost) -> Cost {
        Cost {
            apart: self.apart + other.apart,
            unkept: self.unkept + other.unkept,
            unmeetable: self.unmeetable + other.unmeetable,
            shared: self.shared + other.shared,
            repeats: self.repeats + other.repeats,
            tight: self.tight + other.tight,
        }
    }
}

impl AddAssign for Cost {
    fn add_assign(&mut self, other: Cost) {
        *self = *self + other;
    }
}

impl std::iter::Sum for Cost {
    fn sum<I: Iterator<Item = Cost>>(costs: I) -> Cost {
        costs.fold(Cost::default(), Add::add)
    }
}

/// The cost of a seating, whoever made it. `circles` need not seat everybody and may have other
/// sizes than `problem.sizes`: what is there is counted.
///
/// # Panics
/// When `circles` names a person the problem does not have.
pub fn cost_of(problem: &Problem, circles: &[Vec<u32>]) -> Cost {
    let lists = Lists::of(problem);
    circles
        .iter()
        .map(|members| lists.cost(problem, members))
        .sum()
}

/// The cost of one circle; [`cost_of`] is the sum of these.
///
/// # Panics
/// When `members` names a person the problem does not have.
pub fn circle_cost(problem: &Problem, members: &[u32]) -> Cost {
    Lists::of(problem).cost(problem, members)
}

/// The lists of a problem in an order one can search.
struct Lists {
    apart: Vec<(u32, u32)>,
    avoid: Vec<(u32, u32)>,
    met: Vec<((u32, u32), u32)>,
    keepers: Vec<u32>,
}

impl Lists {
    fn of(problem: &Problem) -> Lists {
        let pairs = |list: &[(u32, u32)]| sorted(list.iter().map(|&(u, v)| pair_key(u, v)));
        Lists {
            apart: pairs(&problem.apart),
            avoid: pairs(&problem.avoid),
            met: sorted(
                problem
                    .met
                    .iter()
                    .map(|&(u, v, count)| (pair_key(u, v), count)),
            ),
            keepers: sorted(problem.keepers.iter().copied()),
        }
    }

    fn cost(&self, problem: &Problem, members: &[u32]) -> Cost {
        let hours = members
            .iter()
            .filter_map(|&p| problem.hours.get(p as usize).copied()?);
        let spoken = members
            .iter()
            .filter_map(|&p| problem.languages.get(p as usize).copied());
        let times = Times::of(hours, spoken.filter(|&mask| mask != 0));
        let kept = members
            .iter()
            .any(|person| self.keepers.binary_search(person).is_ok());
        let mut cost = Cost {
            unkept: u64::from(!kept && !self.keepers.is_empty()),
            unmeetable: times.unmeetable,
            tight: times.tight,
            ..Cost::default()
        };
        for (i, &u) in members.iter().enumerate() {
            for &v in &members[..i] {
                cost += self.pair(problem, u, v);
            }
        }
        cost
    }

    fn pair(&self, problem: &Problem, u: u32, v: u32) -> Cost {
        let key = pair_key(u, v);
        let (mine, theirs) = (&problem.groups[u as usize], &problem.groups[v as usize]);
        let grouped = mine.iter().any(|set| theirs.contains(set));
        let avoided = self.avoid.binary_search(&key).is_ok();
        let from = self.met.partition_point(|&(pair, _)| pair < key);
        let entries = self.met[from..]
            .iter()
            .take_while(|&&(pair, _)| pair == key);
        Cost {
            apart: u64::from(self.apart.binary_search(&key).is_ok()),
            shared: u64::from(grouped || avoided),
            repeats: entries.map(|&(_, count)| u64::from(count)).sum(),
            ..Cost::default()
        }
    }
}

fn sorted<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort_unstable();
    items
}

/// What hours and languages contribute to the cost of one circle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Times {
    pub unmeetable: u64,
    pub tight: u64,
    /// People who would have to stay away so that the rest could meet and talk: no part of the
    /// cost, but it tells the search which of two impossible circles is nearer to a possible one.
    pub short: u64,
}

impl Times {
    /// From the known hours and the known languages of one circle's people.
    pub fn of(
        hours: impl Iterator<Item = Hours> + Clone,
        languages: impl Iterator<Item = u64> + Clone,
    ) -> Times {
        let free = agreement(hours.map(Hours::bits));
        let spoken = agreement(languages.map(|mask| [mask]));
        let disagree = |found: &Agreement| u64::from(found.sets > 0 && found.common == 0);
        Times {
            unmeetable: disagree(&free) + disagree(&spoken),
            tight: if free.sets < 2 {
                0
            } else {
                EASY_HOURS.saturating_sub(free.common)
            },
            short: free.short + spoken.short,
        }
    }
}
