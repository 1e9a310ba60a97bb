//! Plans are the best of all, by the rules of `bench/FORMATS.md`, and their proofs hold.
//! Never: asks the code it tests what is best.
//! See: `bench/check.py` for the referee.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::likeness::{Crowd, Traits, together, weight};
use super::*;

fn paired(problem: &Problem) -> Plan {
    pair(problem, 1, &mut |_| Go::On).unwrap()
}

fn allowed(problem: &Problem, it: &Candidate) -> bool {
    let group = |v: u32| problem.groups[v as usize];
    !problem.apart.contains(&(it.u, it.v))
        && (problem.same_group != SameGroup::Forbid || group(it.u) != group(it.v))
}

/// The first three numbers of the best score, by trying every set of pairs.
fn best(problem: &Problem, left: &[Candidate], room: &mut Vec<u8>) -> (u64, u64, u64) {
    let Some((it, rest)) = left.split_first() else {
        return (0, 0, 0);
    };
    let without = best(problem, rest, room);
    let (u, v) = (it.u as usize, it.v as usize);
    if !allowed(problem, it) || room[u] == 0 || room[v] == 0 {
        return without;
    }
    room[u] -= 1;
    room[v] -= 1;
    let (dyads, across, weight) = best(problem, rest, room);
    room[u] += 1;
    room[v] += 1;
    let is_across =
        problem.same_group == SameGroup::Avoid && problem.groups[u] != problem.groups[v];
    let dyads = dyads + u64::from(problem.aim == Aim::MostPairs);
    let with = (
        dyads,
        across + u64::from(is_across),
        weight + u64::from(it.weight),
    );
    without.max(with)
}

/// Every way to let those who are left join pairs: how many and how well, at best.
fn best_thirds(problem: &Problem, dyads: &[(u32, u32)], left: &[u32], taken: u32) -> (u64, u64) {
    let Some((&person, rest)) = left.split_first() else {
        return (0, 0);
    };
    let mut most = best_thirds(problem, dyads, rest, taken);
    let pair = |a: u32, b: u32| (a.min(b), a.max(b));
    for (at, &(u, v)) in dyads.iter().enumerate() {
        let ends = [pair(person, u), pair(person, v)];
        let is_one = |it: &&Candidate| ends.contains(&(it.u, it.v));
        let weights = problem
            .candidates
            .iter()
            .filter(is_one)
            .map(|it| u64::from(it.weight));
        let weights: Vec<u64> = weights.collect();
        let free = taken & 1 << at == 0 && !ends.iter().any(|end| problem.apart.contains(end));
        if free && !weights.is_empty() {
            let mean = weights.iter().sum::<u64>() / weights.len() as u64;
            let (count, sum) = best_thirds(problem, dyads, rest, taken | 1 << at);
            most = most.max((count + 1, sum + mean));
        }
    }
    most
}

/// Check a plan against the hard rules, and its score against what was tried.
fn check(problem: &Problem, plan: &Plan) {
    let n = problem.groups.len();
    let mut used = vec![0; n];
    let mut dyads = plan.pairs.clone();
    dyads.extend(plan.trios.iter().map(|&(u, v, _)| (u, v)));
    dyads.sort_unstable();
    assert!(dyads.windows(2).all(|two| two[0] != two[1]), "a pair twice");
    for &(u, v) in &dyads {
        let it = problem
            .candidates
            .iter()
            .find(|it| (it.u, it.v) == (u, v))
            .unwrap();
        assert!(allowed(problem, it));
        used[u as usize] += 1;
        used[v as usize] += 1;
    }
    let left = |&v: &u32| used[v as usize] == 0 && problem.capacity[v as usize] > 0;
    let left: Vec<u32> = (0..n as u32).filter(left).collect();
    let thirds = best_thirds(problem, &dyads, &left, 0);
    assert!(plan.trios.iter().all(|(_, _, third)| left.contains(third)));
    assert!((0..n).all(|v| used[v] <= problem.capacity[v]));

    let score = plan.score;
    let found = (score.dyads, score.across, score.weight);
    let mut room = problem.capacity.clone();
    assert_eq!(found, best(problem, &problem.candidates, &mut room));
    assert_eq!((score.trios, score.trio_weight), thirds);
    assert_eq!(plan.missing, Some(0));
    assert_eq!(plan.trios.len() as u64, score.trios);
}

/// What the proof says no plan can beat, by the formula of `bench/FORMATS.md`, and what the plan
/// reaches.
fn bound(problem: &Problem, plan: &Plan) -> (i128, i128) {
    let half: i128 = problem
        .capacity
        .iter()
        .map(|&it| i128::from(it))
        .sum::<i128>()
        / 2;
    let b = if problem.same_group == SameGroup::Avoid {
        1 + 1000 * half
    } else {
        0
    };
    let c = if problem.aim == Aim::MostPairs {
        (b + 1000) * (half + 1)
    } else {
        0
    };
    let Proof {
        scale,
        people,
        sets,
    } = &plan.proof;
    let duals = people.iter().zip(&problem.capacity);
    let mut sum: i128 = duals
        .map(|(&y, &cap)| i128::from(y) * i128::from(cap))
        .sum();
    for (z, members) in sets {
        let places: i128 = members
            .iter()
            .map(|&v| i128::from(problem.capacity[v as usize]))
            .sum();
        sum += i128::from(*z) * (places / 2);
    }
    for it in problem.candidates.iter().filter(|it| allowed(problem, it)) {
        let (u, v) = (it.u as usize, it.v as usize);
        if problem.capacity[u] == 0 || problem.capacity[v] == 0 {
            continue;
        }
        let across = i128::from(problem.groups[u] != problem.groups[v]);
        let around = sets
            .iter()
            .filter(|(_, set)| set.contains(&it.u) && set.contains(&it.v));
        let covered: i128 = around.map(|(z, _)| i128::from(*z)).sum();
        let worth = i128::from(*scale) * (c + b * across + i128::from(it.weight));
        sum += (worth - i128::from(people[u]) - i128::from(people[v]) - covered).max(0);
    }
    let score = plan.score;
    let value = c * i128::from(score.dyads) + b * i128::from(score.across);
    (
        sum.div_euclid(i128::from(*scale)),
        value + i128::from(score.weight),
    )
}

fn problems(most_places: u8) -> impl Strategy<Value = Problem> {
    let way = prop::sample::select(vec![
        (Aim::MostPairs, SameGroup::Avoid),
        (Aim::MostPairs, SameGroup::Forbid),
        (Aim::MostPairs, SameGroup::Ignore),
        (Aim::Weight, SameGroup::Forbid),
        (Aim::Weight, SameGroup::Ignore),
    ]);
    (2..=9u32, way, prop::sample::select(vec![2u32, 1000])).prop_flat_map(
        move |(n, (aim, same_group), heaviest)| {
            let edge = ((0..n, 1..n), 1..=heaviest);
            let edges = prop::collection::vec(edge, 0..15);
            let apart = prop::collection::vec((0..n, 1..n), 0..4);
            let groups = prop::collection::vec(0..3u32, n as usize);
            let capacity = prop::collection::vec(0..=most_places, n as usize);
            (edges, apart, groups, capacity).prop_map(move |(edges, apart, groups, capacity)| {
                let pair = |(u, step): (u32, u32)| {
                    let v = (u + step) % n;
                    (u.min(v), u.max(v))
                };
                let edges: BTreeMap<_, _> = edges.into_iter().map(|(e, w)| (pair(e), w)).collect();
                let candidate = |((u, v), weight)| Candidate { u, v, weight };
                Problem {
                    aim,
                    same_group,
                    groups,
                    capacity,
                    apart: apart.into_iter().map(pair).collect(),
                    candidates: edges.into_iter().map(candidate).collect(),
                }
            })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn no_plan_is_better_and_the_proof_says_so(problem in problems(1)) {
        let plan = paired(&problem);
        check(&problem, &plan);
        let (bound, value) = bound(&problem, &plan);
        prop_assert_eq!(bound, value);
    }

    #[test]
    fn people_in_two_pairs_are_paired_best_too(problem in problems(2)) {
        let plan = paired(&problem);
        check(&problem, &plan);
        let (bound, value) = bound(&problem, &plan);
        prop_assert!(bound >= value);
    }

    #[test]
    fn chance_decides_among_equals_and_nothing_else(problem in problems(2), seed in any::<u64>()) {
        let plan = pair(&problem, seed, &mut |_| Go::On).unwrap();
        prop_assert_eq!(&plan, &pair(&problem, seed, &mut |_| Go::On).unwrap());
        check(&problem, &plan);
    }

    #[test]
    fn the_best_candidates_are_found_out_of_everybody(
        people in prop::collection::vec((0..1u64 << 8, 0..8u64, prop::array::uniform6(0..5u8)), 0..200),
        most in 0..9usize,
    ) {
        let traits = |(hours, languages, topics)| Traits { hours, languages, topics };
        let people: Vec<Traits> = people.into_iter().map(traits).collect();
        let crowd = Crowd::new(&people);
        let n = people.len() as u32;
        let halves = vec![crowd.best(n / 2..n, most), crowd.best(0..n / 2, most)];
        let mut expected = Vec::new();
        for u in 0..n {
            let fit = |v: u32| Some((weight(&people[u as usize], &people[v as usize])?, v));
            let mut all: Vec<(u32, u32)> = (0..n).filter(|&v| v != u).filter_map(fit).collect();
            all.sort_by_key(|&(weight, v)| (std::cmp::Reverse(weight), v));
            let one = |&(weight, v): &(u32, u32)| Candidate { u: u.min(v), v: u.max(v), weight };
            expected.push(all.iter().take(most).map(one).collect());
        }
        prop_assert_eq!(together(halves), together(expected));
    }
}

#[test]
fn how_two_people_fit_is_what_the_formula_says() {
    let one = Traits {
        hours: 0b1011,
        languages: 0b11,
        topics: [0, 1, 2, 3, 4, 0],
    };
    let two = Traits {
        hours: 0b0110,
        languages: 0b01,
        topics: [4, 1, 2, 3, 0, 1],
    };
    assert_eq!(weight(&one, &two), Some(40 + 120 + (24 - 9) * 18 + 1));
    let all = Traits {
        hours: (1 << 40) - 1,
        languages: 7,
        topics: [2; 6],
    };
    assert_eq!(weight(&all, &all), Some(8 * 40 + 2 * 120 + 24 * 18 + 1));
    assert_eq!(weight(&all, &Traits { hours: 0, ..all }), None);
    assert_eq!(
        weight(
            &all,
            &Traits {
                languages: 8,
                ..all
            }
        ),
        None
    );
}

#[test]
fn a_contradiction_is_named() {
    let good = Problem {
        aim: Aim::MostPairs,
        same_group: SameGroup::Avoid,
        groups: vec![0, 0, 1],
        capacity: vec![1, 1, 2],
        apart: vec![(0, 1)],
        candidates: vec![Candidate {
            u: 0,
            v: 2,
            weight: 5,
        }],
    };
    let said = |problem: Problem| pair(&problem, 1, &mut |_| Go::On).unwrap_err().to_string();
    assert_eq!(
        said(Problem {
            capacity: vec![1],
            ..good.clone()
        }),
        "capacity: 1 entries for 3 people."
    );
    assert_eq!(
        said(Problem {
            capacity: vec![1, 3, 0],
            ..good.clone()
        }),
        "capacity: person 1 has more than 2 places."
    );
    assert_eq!(
        said(Problem {
            apart: vec![(1, 0)],
            ..good.clone()
        }),
        "apart: entry 0 is no pair of people, smaller first."
    );
    assert_eq!(
        said(Problem {
            candidates: vec![Candidate {
                u: 0,
                v: 2,
                weight: 0
            }],
            ..good.clone()
        }),
        "candidates: entry 0 does not weigh from 1 to 1000."
    );
    assert_eq!(
        said(Problem {
            aim: Aim::Weight,
            ..good
        }),
        "Pairs across groups can come first only after the number of pairs."
    );
}
