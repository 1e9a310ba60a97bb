//! Laws of seating: the bound is below the best, the search finds the best of small problems,
//! the quick count agrees with the plain one.
//! Never: leans on how long anything takes.
//! See: `rounds` and `crate::format::circle` for tests of several rounds.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use super::index::Index;
use super::room::{Move, Room};
use super::*;
use crate::random::Dice;

fn seat_calmly(problem: &Problem, seed: u64, moves: u64) -> Plan {
    seat(problem, seed, Effort(moves), &mut |_| Go::On).unwrap()
}

fn in_groups(sizes: &[u32], groups: &[usize]) -> Problem {
    let groups = groups.iter().enumerate();
    Problem {
        sizes: sizes.to_vec(),
        groups: groups
            .flat_map(|(set, &people)| vec![vec![set as u32]; people])
            .collect(),
        ..Problem::default()
    }
}

/// Everybody seated once, sizes as asked, the cost as defined, the bound below it.
fn is_sound(problem: &Problem, plan: &Plan) -> Result<(), TestCaseError> {
    let mut seated: Vec<u32> = plan.circles.concat();
    seated.sort_unstable();
    prop_assert_eq!(seated, (0..problem.people()).collect::<Vec<_>>());
    let sizes: Vec<u32> = plan
        .circles
        .iter()
        .map(|circle| circle.len() as u32)
        .collect();
    prop_assert_eq!(&sizes, &problem.sizes);
    prop_assert_eq!(plan.cost, cost_of(problem, &plan.circles));
    prop_assert!(plan.bound <= plan.cost.shared);
    prop_assert_eq!(plan.bound, bound(problem));
    Ok(())
}

/// The cost from its definition, with nothing in common with the code under test.
fn by_hand(problem: &Problem, circles: &[Vec<u32>]) -> Cost {
    let listed = |list: &[(u32, u32)], u, v| list.iter().any(|&p| p == (u, v) || p == (v, u));
    let mut cost = Cost::default();
    for circle in circles {
        for &u in circle {
            for &v in circle.iter().filter(|&&v| v > u) {
                let mine: BTreeSet<_> = problem.groups[u as usize].iter().collect();
                let grouped = problem.groups[v as usize]
                    .iter()
                    .any(|set| mine.contains(set));
                cost.apart += u64::from(listed(&problem.apart, u, v));
                cost.shared += u64::from(grouped || listed(&problem.avoid, u, v));
                let met = problem
                    .met
                    .iter()
                    .filter(|&&(a, b, _)| listed(&[(a, b)], u, v));
                cost.repeats += met.map(|&(_, _, count)| u64::from(count)).sum::<u64>();
            }
        }
        let kept = circle.iter().any(|person| problem.keepers.contains(person));
        cost.unkept += u64::from(!problem.keepers.is_empty() && !kept);
        let known = |p: &u32| problem.hours.get(*p as usize).copied().flatten();
        let hours: Vec<Hours> = circle.iter().filter_map(known).collect();
        let common = (0..168)
            .filter(|&hour| hours.iter().all(|free| free.has(hour)))
            .count();
        cost.unmeetable += u64::from(!hours.is_empty() && common == 0);
        cost.tight += if hours.len() < 2 {
            0
        } else {
            4 - common.min(4) as u64
        };
        let mask = |p: &u32| {
            problem
                .languages
                .get(*p as usize)
                .copied()
                .filter(|&m| m != 0)
        };
        let spoken = circle.iter().filter_map(mask).reduce(|a, b| a & b);
        cost.unmeetable += u64::from(spoken == Some(0));
    }
    cost
}

/// All ways to split `people` into circles of these sizes.
pub(super) fn all_seatings(people: &[u32], sizes: &[u32]) -> Vec<Vec<Vec<u32>>> {
    let Some((&seats, later)) = sizes.split_first() else {
        return vec![Vec::new()];
    };
    let mut found = Vec::new();
    for chosen in (0..1u32 << people.len()).filter(|chosen| chosen.count_ones() == seats) {
        let (circle, rest): (Vec<_>, Vec<_>) = people
            .iter()
            .enumerate()
            .partition(|&(i, _)| chosen >> i & 1 == 1);
        let strip = |people: Vec<(usize, &u32)>| people.into_iter().map(|(_, &p)| p).collect();
        let (circle, rest): (Vec<u32>, Vec<u32>) = (strip(circle), strip(rest));
        for mut others in all_seatings(&rest, later) {
            others.push(circle.clone());
            found.push(others);
        }
    }
    found
}

/// Any problem of at most eight people in circles of any sizes.
fn small_problem() -> impl Strategy<Value = Problem> {
    prop::collection::vec(1u32..=4, 1..=3).prop_flat_map(|mut sizes| {
        while sizes.iter().sum::<u32>() > 8 {
            sizes.pop();
        }
        problem_of(sizes)
    })
}

fn problem_of(sizes: Vec<u32>) -> impl Strategy<Value = Problem> {
    let n = sizes.iter().sum::<u32>();
    let people = n as usize;
    let pairs = |most| {
        let pair = (0..n, 1..n.max(2)).prop_map(move |(u, step)| (u, (u + step) % n));
        prop::collection::vec(pair.prop_filter("two people", |(u, v)| u != v), 0..=most)
    };
    let pairs = move |most| if n < 2 { pairs(0) } else { pairs(most) };
    let counted = move |most| (pairs(most), 1u32..4);
    let hours = prop::option::weighted(0.4, prop::collection::vec(0u32..10, 0..6));
    (
        prop::collection::vec(prop::collection::vec(0u32..4, 0..3), people),
        pairs(4),
        pairs(3),
        prop::collection::vec(0..n, 0..3),
        counted(5),
        prop_oneof![
            Just(Vec::new()).boxed(),
            prop::collection::vec(hours, people).boxed()
        ],
        prop_oneof![
            Just(Vec::new()).boxed(),
            prop::collection::vec(0u64..4, people).boxed()
        ],
    )
        .prop_map(
            move |(groups, avoid, apart, keepers, (met, count), hours, languages)| Problem {
                sizes: sizes.clone(),
                groups,
                avoid,
                apart,
                keepers,
                met: met.into_iter().map(|(u, v)| (u, v, count)).collect(),
                hours: hours.into_iter().map(free).collect(),
                languages,
            },
        )
}

fn free(hours: Option<Vec<u32>>) -> Option<Hours> {
    let hours = hours?;
    Some(
        hours
            .into_iter()
            .fold(Hours::default(), |free, hour| free.with(hour * 17)),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn small_problems_are_solved_to_the_best_there_is(problem in small_problem(), seed: u64) {
        let people: Vec<u32> = (0..problem.people()).collect();
        let mut sizes = problem.sizes.clone();
        sizes.reverse();
        let seatings = all_seatings(&people, &sizes);
        let best = seatings.iter().map(|circles| cost_of(&problem, circles)).min().unwrap();
        let least = seatings.iter().map(|circles| cost_of(&problem, circles).shared).min().unwrap();
        prop_assert!(bound(&problem) <= least);

        let plan = seat_calmly(&problem, seed, 20_000);
        is_sound(&problem, &plan)?;
        prop_assert_eq!(plan.cost, best);
        if plan.proved {
            prop_assert_eq!(plan.cost.shared, least);
        }
    }

    #[test]
    fn the_cost_is_what_its_definition_says(problem in small_problem(), seed: u64) {
        let circles = seat_calmly(&problem, seed, 3).circles;
        prop_assert_eq!(cost_of(&problem, &circles), by_hand(&problem, &circles));
        let sum: Cost = circles.iter().map(|circle| circle_cost(&problem, circle)).sum();
        prop_assert_eq!(cost_of(&problem, &circles), sum);
    }

    #[test]
    fn the_room_counts_as_the_definition_does(problem in small_problem(), seed: u64) {
        let index = Index::new(&problem);
        let mut room = Room::new(&index, seat_calmly(&problem, seed, 0).circles);
        let mut dice = Dice::new(seed);
        for _ in 0..40 {
            let Some(step) = any_move(&room, &mut dice) else { break };
            let trial = room.try_out(step);
            room.take(step, &trial);
            let circles: Vec<Vec<u32>> = room.seating().cloned().collect();
            prop_assert_eq!(room.cost(), cost_of(&problem, &circles));
            let costly = |circle: &&Vec<u32>| circle_cost(&problem, circle) != Cost::default();
            prop_assert!(room.troubled().len() >= circles.iter().filter(costly).count());
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_plan(problem in small_problem(), seed: u64) {
        prop_assert_eq!(seat_calmly(&problem, seed, 2_000), seat_calmly(&problem, seed, 2_000));
    }

    #[test]
    fn one_set_for_everyone_meets_the_bound_at_once(
        n in 1u32..80, circles in 1u32..12, sets in 1u32..9, seed: u64,
    ) {
        let mut dice = Dice::new(seed);
        let problem = Problem {
            sizes: sizes(n, circles.min(n)),
            groups: (0..n).map(|_| vec![dice.below(sets)]).collect(),
            ..Problem::default()
        };
        let plan = seat_calmly(&problem, seed, 0);
        is_sound(&problem, &plan)?;
        prop_assert!(plan.proved && plan.cost.shared == even_split(&problem));
    }
}

/// The referee's bound: each set split evenly.
fn even_split(problem: &Problem) -> u64 {
    let circles = problem.sizes.len() as u64;
    let split = |people: Vec<u32>| {
        let (q, e) = (people.len() as u64 / circles, people.len() as u64 % circles);
        e * (q + 1) * q / 2 + (circles - e) * q * q.saturating_sub(1) / 2
    };
    problem.sets().into_iter().map(split).sum()
}

fn any_move(room: &Room, dice: &mut Dice) -> Option<Move> {
    let a = dice.below(room.len() as u32) as usize;
    let b = (0..room.len())
        .cycle()
        .skip(a + 1)
        .take(room.len() - 1)
        .next()?;
    let walks = usize::from(room.seats(a) == room.seats(b) + 1);
    let i = dice.below(room.seats(a) as u32) as usize;
    let j = dice.below((room.seats(b) + walks) as u32) as usize;
    Some(Move { a, i, b, j })
}

#[test]
fn three_groups_of_sixteen_sit_two_and_two_and_two() {
    let mut problem = in_groups(&sizes(48, 8), &[16, 16, 16]);
    problem.keepers = (0..48).step_by(5).collect();
    let plan = seat_calmly(&problem, 1, 100_000);
    assert_eq!((plan.cost.shared, plan.bound, plan.proved), (24, 24, true));
    for circle in &plan.circles {
        let of = |group| {
            circle
                .iter()
                .filter(|&&person| person / 16 == group)
                .count()
        };
        assert_eq!([of(0), of(1), of(2)], [2, 2, 2], "{circle:?}");
        assert!(circle.iter().any(|person| person % 5 == 0), "{circle:?}");
    }
}

#[test]
fn overlapping_sets_add_up_where_they_share_one_person() {
    let mut problem = in_groups(&[3, 3], &[4, 2]);
    problem.groups[3] = vec![0, 7];
    problem.groups[4] = vec![7];
    problem.groups[5] = vec![7];
    // Four in two circles cost two pairs, three in two circles one more.
    assert_eq!(bound(&problem), 3);
    assert_eq!(seat_calmly(&problem, 1, 1_000).cost.shared, 3);
}

#[test]
fn uneven_circles_have_a_bound_that_fits_them() {
    // Five of a set over circles of five seats and one seat: at best four and one.
    let mut problem = in_groups(&[5, 1], &[5, 1]);
    assert_eq!(bound(&problem), 6);
    assert_eq!(seat_calmly(&problem, 4, 1_000).cost.shared, 6);
    problem.sizes = vec![1, 5];
    assert_eq!(seat_calmly(&problem, 4, 1_000).circles[0].len(), 1);
}

#[test]
fn rules_that_cannot_be_kept_are_counted_and_not_hidden() {
    let mut problem = in_groups(&[2, 2, 2], &[1, 1, 1, 1, 1, 1]);
    problem.keepers = vec![4];
    problem.apart = (1..6).map(|other| (other, 0)).collect();
    let plan = seat_calmly(&problem, 1, 5_000);
    assert_eq!((plan.cost.apart, plan.cost.unkept), (1, 2));
    assert!(!plan.proved);
}

#[test]
fn people_with_the_same_free_evenings_find_each_other() {
    let n = 48;
    let mut problem = in_groups(&sizes(n, 8), &[1; 48]);
    let evening =
        |day: u32| (18..22).fold(Hours::default(), |free, hour| free.with(24 * day + hour));
    problem.hours = (0..n).map(|person| Some(evening(person % 4))).collect();
    problem.languages = (0..n).map(|person| 1 << (person / 24)).collect();
    let plan = seat_calmly(&problem, 1, 200_000);
    assert_eq!(plan.cost, Cost::default());
}

#[test]
fn a_watcher_sees_the_cost_fall_and_can_stop() {
    let mut problem = in_groups(&sizes(60, 10), &[1; 60]);
    problem.met = (0..60)
        .flat_map(|v| (0..v).map(move |u| (u, v, u * v % 7)))
        .collect();
    let mut seen = Vec::new();
    let plan = seat(&problem, 1, Effort(100_000), &mut |progress| {
        seen.push(progress);
        if seen.len() < 5 { Go::On } else { Go::Stop }
    });
    let plan = plan.unwrap();
    assert_eq!(seen.len(), 5);
    assert!(
        seen.windows(2)
            .all(|two| two[1].best <= two[0].best && two[1].moves > two[0].moves)
    );
    assert!(plan.cost <= seen[4].best && plan.cost < seen[0].best);
}

#[test]
fn nobody_and_one_circle_are_plans_too() {
    assert_eq!(
        seat_calmly(&Problem::default(), 1, 100).circles,
        Vec::<Vec<u32>>::new()
    );
    let plan = seat_calmly(&in_groups(&[3], &[3]), 1, 100);
    assert_eq!((plan.circles, plan.bound), (vec![vec![0, 1, 2]], 3));
}

#[test]
fn what_contradicts_itself_is_refused_with_its_place() {
    let check = |change: &dyn Fn(&mut Problem), text: &str| {
        let mut problem = in_groups(&[2, 2], &[2, 2]);
        change(&mut problem);
        let broken = seat(&problem, 1, Effort(1), &mut |_| Go::On).unwrap_err();
        assert_eq!(broken.to_string(), text);
    };
    check(
        &|p| p.sizes = vec![2, 1],
        "The circles have 3 seats for 4 people.",
    );
    check(&|p| p.sizes = vec![4, 0], "sizes: circle 1 has no seat.");
    check(&|p| p.hours = vec![None], "hours: 1 entries for 4 people.");
    check(
        &|p| p.languages = vec![0; 5],
        "languages: 5 entries for 4 people.",
    );
    check(
        &|p| p.keepers = vec![0, 4],
        "keepers: entry 1 names 4, who does not exist.",
    );
    check(
        &|p| p.avoid = vec![(0, 9)],
        "avoid: entry 0 names 9, who does not exist.",
    );
    check(
        &|p| p.apart = vec![(0, 1), (2, 2)],
        "apart: entry 1 names one person twice.",
    );
    check(
        &|p| p.met = vec![(0, 1, MOST_MET + 1)],
        "met: entry 0 counts more than 1000000 meetings.",
    );
}

#[test]
fn circles_are_as_equal_as_can_be() {
    assert_eq!(sizes(14, 4), [4, 4, 3, 3]);
    assert_eq!(sizes(2, 3), [1, 1, 0]);
    assert_eq!(sizes(5, 0), Vec::<u32>::new());
}

#[test]
fn a_table_of_pairs_is_only_a_short_cut() {
    let people = 1100;
    let mut problem = in_groups(&sizes(people, 200), &[400, 300, 300, 100]);
    problem
        .groups
        .iter_mut()
        .step_by(3)
        .for_each(|sets| sets.insert(0, 9));
    problem.avoid = (0..500).map(|u| (u, u + 500)).collect();
    problem.met = (1..900).map(|u| (u + 100, u, 2)).collect();
    let plan = seat_calmly(&problem, 1, 30_000);
    assert_eq!(plan.cost, cost_of(&problem, &plan.circles));
}
