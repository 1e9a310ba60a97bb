//! Those who are left over join a pair as its third, as many as can, and where they fit best.
//! Never: puts two thirds into a pair, or takes a pair apart to place somebody.
//! See: `crate::matching`, which places them: people on one side, pairs on the other.
//!
//! Cost: that matching, with an edge for each pair that has a candidate of somebody left over;
//! memory is that of those edges. The matching is the best there is for the pairs as they are.

use std::collections::BTreeMap;

use super::apart::Apart;
use super::problem::{Candidate, MOST_WEIGHT, Problem};
use crate::matching::{Edge, Go, Grid, Problem as Question, heaviest};

/// Somebody who joins a pair.
pub(super) struct Third {
    /// Who.
    pub(super) person: u32,
    /// The mean weight of their candidate pairs with the two, rounded down.
    pub(super) weight: u64,
}

/// No number.
const NONE: u32 = u32::MAX;

/// The third person of each of the pairs, where there is one.
pub(super) fn thirds(problem: &Problem, apart: &Apart, dyads: &[(u32, u32)]) -> Vec<Option<Third>> {
    let pairs_of = pairs_of(problem, dyads);
    let is_left = |&v: &u32| problem.capacity[v as usize] > 0 && pairs_of[v as usize][0] == NONE;
    let left: Vec<u32> = (0..problem.groups.len() as u32).filter(is_left).collect();
    let mut place = vec![NONE; problem.groups.len()];
    for (at, &person) in left.iter().enumerate() {
        place[person as usize] = at as u32;
    }
    let ways = ways(problem, apart, dyads, &pairs_of, &place);

    // One more person placed counts for more than all weights together.
    let step = i64::from(MOST_WEIGHT) + 1;
    let base = step * (left.len() as i64 + 1);
    let edge = |(&(at, pair), &weight): (&(u32, u32), &i64)| Edge {
        u: at,
        v: left.len() as u32 + pair,
        weight: base + weight,
    };
    let edges: Vec<Edge> = ways.iter().map(edge).collect();
    let question = Question {
        vertices: (left.len() + dyads.len()) as u32,
        edges: &edges,
        grid: Some(Grid { base, step }),
    };
    let placed = heaviest(question, &mut |_| Go::On);
    let placed = placed.expect("a few people and pairs always make a graph");
    let third = |pair: usize| {
        let at = placed.mate[left.len() + pair]?;
        let weight = ways[&(at, pair as u32)] as u64;
        let person = left[at as usize];
        Some(Third { person, weight })
    };
    (0..dyads.len()).map(third).collect()
}

/// Per person the pairs they are in, first ones first.
fn pairs_of(problem: &Problem, dyads: &[(u32, u32)]) -> Vec<[u32; 2]> {
    let mut pairs_of = vec![[NONE; 2]; problem.groups.len()];
    for (at, &(u, v)) in dyads.iter().enumerate() {
        for person in [u, v] {
            let [first, second] = &mut pairs_of[person as usize];
            let free = if *first == NONE { first } else { second };
            *free = at as u32;
        }
    }
    pairs_of
}

/// For each of those left, by place, and each pair they could join: the mean weight.
fn ways(
    problem: &Problem,
    apart: &Apart,
    dyads: &[(u32, u32)],
    pairs_of: &[[u32; 2]],
    place: &[u32],
) -> BTreeMap<(u32, u32), i64> {
    let mut found: BTreeMap<(u32, u32), (i64, i64)> = BTreeMap::new();
    let mut join = |person: u32, with: u32, weight: u32| {
        if place[person as usize] == NONE {
            return;
        }
        for &pair in pairs_of[with as usize].iter().filter(|&&pair| pair != NONE) {
            let (u, v) = dyads[pair as usize];
            if !apart.are(person, u) && !apart.are(person, v) {
                let (sum, count) = found.entry((place[person as usize], pair)).or_default();
                *sum += i64::from(weight);
                *count += 1;
            }
        }
    };
    for &Candidate { u, v, weight } in &problem.candidates {
        join(u, v, weight);
        join(v, u, weight);
    }
    found
        .into_iter()
        .map(|(way, (sum, count))| (way, sum / count))
        .collect()
}
