//! Seats: a pool as a problem for the search, and what a steward may see when moving somebody.

use std::collections::{HashMap, HashSet};

use mend_solve::circle as solve;

use super::{Pool, Ring, VEILED_FROM, is_safe, veil};
use crate::hours::Hours;
use crate::id::{GroupId, PersonId};

/// The problem of seating `seated` (places in the pool) in circles of these sizes.
pub(super) fn problem(pool: &Pool, seated: &[usize], sizes: Vec<u32>) -> solve::Problem {
    let place: HashMap<PersonId, u32> = (0..)
        .zip(seated)
        .map(|(at, who)| (pool.at(*who).id, at))
        .collect();
    let pair = |a: &PersonId, b: &PersonId| Some((*place.get(a)?, *place.get(b)?));
    let mut groups: HashMap<GroupId, u32> = HashMap::new();
    let mut tongues: HashMap<&str, u64> = HashMap::new();
    let people = || seated.iter().map(|who| pool.at(*who));
    let mut apart: Vec<(u32, u32)> = pool.apart.iter().filter_map(|(a, b)| pair(a, b)).collect();
    if sizes.len() >= VEILED_FROM as usize {
        apart.extend(veiled(pool, seated));
    }
    solve::Problem {
        apart,
        met: pool
            .met
            .iter()
            .filter_map(|(a, b, n)| pair(a, b).map(|(a, b)| (a, b, *n)))
            .collect(),
        keepers: (0..)
            .zip(people())
            .filter(|(_, p)| p.keeps)
            .map(|(at, _)| at)
            .collect(),
        hours: people()
            .map(|p| p.hours.map(|hours| solve::Hours::new(hours.0)))
            .collect(),
        groups: people()
            .map(|p| {
                let number = |group| {
                    let next = groups.len() as u32;
                    *groups.entry(group).or_insert(next)
                };
                p.groups.iter().copied().map(number).collect()
            })
            .collect(),
        languages: people()
            .map(|p| {
                p.languages
                    .iter()
                    .map(|tag| bit(&mut tongues, tag))
                    .fold(0, |a, b| a | b)
            })
            .collect(),
        avoid: Vec::new(),
        sizes,
    }
}

/// Languages are told apart by their first part, so `pt-BR` and `pt` meet. The 64th and later
/// languages of one pool share a bit: they may be seated together though they cannot talk.
fn bit<'a>(tongues: &mut HashMap<&'a str, u64>, tag: &'a str) -> u64 {
    let next = 1 << tongues.len().min(63);
    *tongues
        .entry(tag.split('-').next().unwrap_or(tag))
        .or_insert(next)
}

fn veiled<'a>(pool: &'a Pool, seated: &'a [usize]) -> impl Iterator<Item = (u32, u32)> + 'a {
    let id = |at: usize| pool.at(seated[at]).id;
    (0..seated.len())
        .flat_map(|one| (one + 1..seated.len()).map(move |other| (one, other)))
        .filter(move |(one, other)| veil(pool.secret, id(*one), id(*other)))
        .map(|(one, other)| (one as u32, other as u32))
}

/// Whoever is in most pairs that had to be kept apart and were not; of several the last.
pub(super) fn most_broken(problem: &solve::Problem, circles: &[Vec<u32>]) -> Option<u32> {
    let apart: HashSet<(u32, u32)> = problem
        .apart
        .iter()
        .flat_map(|(a, b)| [(*a, *b), (*b, *a)])
        .collect();
    let broken = |circle: &Vec<u32>, who: u32| {
        circle
            .iter()
            .filter(|other| apart.contains(&(who, **other)))
            .count()
    };
    circles
        .iter()
        .flat_map(|circle| circle.iter().map(move |who| (broken(circle, *who), *who)))
        .filter(|(count, _)| *count > 0)
        .max()
        .map(|(_, who)| who)
}

/// What a steward may see of a circle: working groups, hours and languages; nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Pairs of one working group.
    pub shared: u64,
    /// How their free hours agree.
    pub hours: Common,
    /// Whether all whose languages are known have one in common.
    pub one_language: bool,
}

/// How free hours agree, no finer than is needed to arrange a meeting, and only where at least
/// [`KNOWN_FROM`] people's hours are known: else one person's could be read out by trying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Common {
    /// Too few people have told their hours.
    Unknown,
    /// No hour in common.
    None,
    /// One to three hours of the week.
    Few,
    /// Four or more.
    Enough,
}

/// So many people's known hours make a common number.
pub const KNOWN_FROM: usize = 3;

/// Looks at some people as if they sat together. Ids that are not in the pool are passed over.
pub fn look(pool: &Pool, members: &[PersonId]) -> Look {
    let seated = places(pool, members);
    let problem = problem(pool, &seated, vec![seated.len().max(1) as u32]);
    let all: Vec<u32> = (0..seated.len() as u32).collect();
    let known: Vec<Hours> = seated.iter().filter_map(|at| pool.at(*at).hours).collect();
    let spoken = problem.languages.iter().filter(|mask| **mask != 0);
    Look {
        shared: solve::circle_cost(&problem, &all).shared,
        hours: agreed(&known),
        one_language: spoken.copied().reduce(|a, b| a & b) != Some(0),
    }
}

fn agreed(known: &[Hours]) -> Common {
    let common = known.iter().copied().reduce(|a, b| a.and(&b));
    match common.filter(|_| known.len() >= KNOWN_FROM) {
        None => Common::Unknown,
        Some(hours) => match hours.count() {
            0 => Common::None,
            1..=3 => Common::Few,
            _ => Common::Enough,
        },
    }
}

/// Whether somebody among these people would rather not sit with another of them.
pub fn is_torn(pool: &Pool, members: &[PersonId]) -> bool {
    pool.apart
        .iter()
        .any(|(one, other)| members.contains(one) && members.contains(other))
}

fn places(pool: &Pool, members: &[PersonId]) -> Vec<usize> {
    let wanted: HashSet<&PersonId> = members.iter().collect();
    (0..pool.people.len() + pool.others.len())
        .filter(|at| wanted.contains(&pool.at(*at).id))
        .collect()
}

/// A seat that somebody could be moved to, as a steward sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// This is where they sit now.
    Here,
    /// The circle as it would look with them in it.
    Possible(Look),
    /// One answer for a wish, an absence, a full circle, two adults who are needed, and chance.
    NotPossible,
}

/// For every circle, whether `who` may be moved to it, and what a steward sees of that.
pub fn moves(pool: &Pool, rings: &[Ring], who: PersonId, most: u32) -> Vec<Move> {
    let absent = !pool.people.iter().any(|person| person.id == who);
    let closed = |other: PersonId| {
        pool.apart.contains(&(who, other))
            || pool.apart.contains(&(other, who))
            || veil(pool.secret, who, other)
    };
    rings
        .iter()
        .map(|ring| {
            if ring.members.contains(&who) {
                return Move::Here;
            }
            let full = ring.members.len() >= most as usize;
            let left = rings.iter().find(|ring| ring.members.contains(&who));
            let mut members = ring.members.clone();
            members.push(who);
            let safe =
                is_safe(pool, &members) && left.is_none_or(|left| stays_safe(pool, left, who));
            if absent || full || !safe || ring.members.iter().any(|other| closed(*other)) {
                return Move::NotPossible;
            }
            Move::Possible(look(pool, &members))
        })
        .collect()
}

/// Whether a circle that somebody leaves is as safe without them.
fn stays_safe(pool: &Pool, left: &Ring, who: PersonId) -> bool {
    let rest: Vec<PersonId> = left
        .members
        .iter()
        .copied()
        .filter(|one| *one != who)
        .collect();
    is_safe(pool, &rest)
}

/// Pairs of one working group who sit together in these circles.
pub fn reached(pool: &Pool, rings: &[Ring]) -> u64 {
    rings
        .iter()
        .map(|ring| look(pool, &ring.members).shared)
        .sum::<u64>()
}
