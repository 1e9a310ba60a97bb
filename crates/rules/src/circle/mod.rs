//! Circles: how many, who sits with whom, who keeps, and what a steward may see of a seat.
//! Never: tells why a seat is not possible, to anybody; counts what somebody declined.
//! See: `mend_solve::circle` for the search and its lower bound.

mod minors;
mod seats;

pub use minors::is_safe;
pub use seats::{Common, Look, Move, is_torn, look, moves, reached};

use std::collections::HashMap;

use mend_solve::circle::{Effort, Go, Progress, seat, sizes};
use mend_solve::random::Dice;

use crate::hours::Hours;
use crate::id::{GroupId, PersonId};
use crate::people::Age;

/// The fewest and the most people of a circle whose wished size is `size`.
pub fn range(size: u32) -> std::ops::RangeInclusive<u32> {
    size.saturating_sub(1).max(2)..=size + 1
}

/// Somebody whom a proposal may seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub id: PersonId,
    /// Their working groups, any number.
    pub groups: Vec<GroupId>,
    /// Whether they are willing to keep a circle.
    pub keeps: bool,
    /// Their free hours, everybody's on the same clock; `None` is unknown.
    pub hours: Option<Hours>,
    /// Language tags; none is unknown.
    pub languages: Vec<String>,
}

/// Everybody whom a proposal may seat, and what it has to respect.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pool {
    /// In any order that is the same each time: the proposal depends on it.
    pub people: Vec<Candidate>,
    /// Others of the movement, who cannot be seated now. Where they sit already they are looked at
    /// like everybody else, so that nobody can read from a look who pauses.
    pub others: Vec<Candidate>,
    /// Pairs of whom one asked not to sit with the other. Nobody sees them.
    pub apart: Vec<(PersonId, PersonId)>,
    /// How often two sat in a circle together before.
    pub met: Vec<(PersonId, PersonId, u32)>,
    /// Who is under 18: no circle with one of them has fewer than two adults.
    pub minors: Vec<PersonId>,
    /// Closes a few pairs at random; see [`veil`]. Zero closes none.
    pub secret: u64,
}

impl Pool {
    /// How old somebody is.
    pub fn age(&self, who: PersonId) -> Age {
        Age::of(self.minors.contains(&who))
    }

    /// Somebody by their place: first those who may be seated, then the others.
    fn at(&self, place: usize) -> &Candidate {
        let others = || &self.others[place - self.people.len()];
        self.people.get(place).unwrap_or_else(others)
    }
}

/// People around one talking piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ring {
    /// Who sits in it.
    pub members: Vec<PersonId>,
    /// Who of them keeps it, if anybody is willing.
    pub keeper: Option<PersonId>,
}

/// Circles as they might be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The circles.
    pub rings: Vec<Ring>,
    /// Whom no seat was possible for.
    pub unmet: Vec<PersonId>,
    /// No seating whatever has fewer pairs of one working group together.
    pub bound: u64,
    /// Pairs of one working group who do sit together.
    pub reached: u64,
    /// Pairs who sat together before and do again, each counted as often as they met.
    pub repeats: u64,
    /// The seed: the same pool, size and seed give the same proposal.
    pub seed: u64,
}

/// How many circles of about `size` make `people` people sit in all: the rounded quotient, moved
/// only as far as keeps every circle in [`range`]. Where no number does, the one that strays
/// least; of two such, the smaller number. 0 for nobody.
pub fn how_many(people: u32, size: u32) -> u32 {
    if people == 0 {
        return 0;
    }
    let size = size.max(1);
    let rounded = ((2 * people + size) / (2 * size)).max(1);
    let range = range(size);
    let strays = |circles: u32| {
        let (least, most) = (people / circles, people.div_ceil(circles));
        let below = range.start().saturating_sub(least);
        (
            below + most.saturating_sub(*range.end()),
            circles.abs_diff(rounded),
            circles,
        )
    };
    (1..=people.min(2 * rounded + 1))
        .min_by_key(|circles| strays(*circles))
        .unwrap_or(1)
}

/// Whether chance closes the seats of two people beside each other, though neither asked for it.
///
/// A steward who tries seats by hand learns where one is not possible. If only wishes closed
/// seats, every closed seat would give one away; so one pair in a hundred is closed by chance, the
/// same pairs for as long as the movement's `secret` stays, in proposals as by hand. A closed pair
/// is then about as likely to be chance as a wish, and trying again teaches nothing.
/// The mixing is SplitMix64 (Steele, Lea and Flood 2014).
pub fn veil(secret: u64, one: PersonId, other: PersonId) -> bool {
    let (low, high) = if one < other {
        (one, other)
    } else {
        (other, one)
    };
    let halves = low.0.chunks(8).chain(high.0.chunks(8));
    let mixed = halves.fold(secret, |state, half| {
        let half = half
            .iter()
            .fold(0, |word, byte| word << 8 | u64::from(*byte));
        mix(state ^ half)
    });
    secret != 0 && mixed % 100 == 0
}

fn mix(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Circles fewer than this have no seats closed by chance: it could leave somebody without one.
pub const VEILED_FROM: u32 = 3;

/// Proposes circles of about `size` people. Wishes, chance ([`veil`]) and the two adults beside
/// whoever is under 18 are never broken: whom they leave without a seat is in `unmet`. `watch` may stop the search early.
pub fn propose(
    pool: &Pool,
    size: u32,
    seed: u64,
    watch: &mut dyn FnMut(Progress) -> Go,
) -> Proposal {
    let mut seated: Vec<usize> = (0..pool.people.len()).collect();
    let mut unmet = Vec::new();
    loop {
        let people = u32::try_from(seated.len()).unwrap_or(u32::MAX);
        let circles = how_many(people, size);
        let problem = seats::problem(pool, &seated, sizes(people, circles));
        let effort = Effort::usual(people);
        let mut plan = seat(&problem, seed, effort, watch)
            .unwrap_or_else(|broken| unreachable!("a pool makes a sound problem: {broken}"));
        if let Some(who) = seats::most_broken(&problem, &plan.circles) {
            unmet.push(pool.people[seated.remove(who as usize)].id);
            continue;
        }
        let lone = minors::settle(pool, &seated, &problem, &mut plan);
        if lone.is_empty() {
            return finished(pool, &seated, plan, unmet, seed);
        }
        unmet.extend(lone.iter().map(|at| pool.people[*at].id));
        seated.retain(|at| !lone.contains(at));
    }
}

fn finished(
    pool: &Pool,
    seated: &[usize],
    plan: mend_solve::circle::Plan,
    unmet: Vec<PersonId>,
    seed: u64,
) -> Proposal {
    let mut dice = Dice::new(seed);
    let rings = plan
        .circles
        .iter()
        .map(|circle| {
            ring(
                pool,
                circle.iter().map(|at| seated[*at as usize]),
                &mut dice,
            )
        })
        .collect();
    Proposal {
        rings,
        unmet,
        bound: plan.bound,
        reached: plan.cost.shared,
        repeats: plan.cost.repeats,
        seed,
    }
}

/// Of several who are willing, lots are drawn.
fn ring(pool: &Pool, members: impl Iterator<Item = usize>, dice: &mut Dice) -> Ring {
    let members: Vec<usize> = members.collect();
    let willing: Vec<PersonId> = members
        .iter()
        .map(|at| &pool.people[*at])
        .filter(|person| person.keeps)
        .map(|person| person.id)
        .collect();
    let drawn = match u32::try_from(willing.len()) {
        Ok(n) if n > 0 => Some(willing[dice.below(n) as usize]),
        _ => None,
    };
    Ring {
        members: members.into_iter().map(|at| pool.people[at].id).collect(),
        keeper: drawn,
    }
}

/// How often two people sat together before, counted from the members of earlier circles.
pub fn met(earlier: &[Vec<PersonId>]) -> Vec<(PersonId, PersonId, u32)> {
    let mut counts: HashMap<(PersonId, PersonId), u32> = HashMap::new();
    for members in earlier {
        for (at, one) in members.iter().enumerate() {
            for other in &members[at + 1..] {
                let pair = if one < other {
                    (*one, *other)
                } else {
                    (*other, *one)
                };
                *counts.entry(pair).or_default() += 1;
            }
        }
    }
    let mut met: Vec<_> = counts.into_iter().map(|((a, b), n)| (a, b, n)).collect();
    met.sort_unstable();
    met
}

/// Days within which an invitation can be answered.
pub const ANSWER_DAYS: i64 = 14;

#[cfg(test)]
mod tests;
