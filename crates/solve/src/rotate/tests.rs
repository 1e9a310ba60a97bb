//! Plans keep the rules, cost what they say, and are the best there is where all can be tried.
//! Never: measures time.
//! See: `crate::format::rotate` for the tests of the files.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::random::Dice;

type Assign = Vec<Vec<Option<u32>>>;

/// Up to four members, two roles and three months; it may have no plan at all.
fn tiny_problem(seed: u64) -> Problem {
    let mut dice = Dice::new(seed);
    let (members, roles, months) = (2 + dice.below(3), 1 + dice.below(2), 1 + dice.below(3));
    let mut some =
        |count: u32, most: u32| -> Vec<u32> { (0..count).map(|_| dice.below(most)).collect() };
    let mut problem = Problem {
        months,
        groups: some(members, 2),
        carry: some(members, 4),
        load: some(roles, 4).into_iter().map(|hours| hours + 1).collect(),
        min_quarter: some(members, 5).into_iter().map(|one| one / 4).collect(),
        max_quarter: some(members, 3).into_iter().map(|one| one + 1).collect(),
        previous: (0..2).map(|_| some(roles, members)).collect(),
        max_term: 1 + some(1, 2)[0],
        cooldown: some(1, 3)[0],
        max_run: 1 + some(1, 3)[0],
        ..Problem::default()
    };
    let pairs = |dice: &mut Dice, others: u32, one_in: u32| -> Vec<(u32, u32)> {
        let all = (0..members).flat_map(|member| (0..others).map(move |other| (member, other)));
        all.filter(|_| dice.below(one_in) == 0).collect()
    };
    problem.absent = pairs(&mut dice, months, 8);
    let liked = pairs(&mut dice, roles, 2);
    problem.prefs = liked
        .into_iter()
        .map(|(m, r)| (m, r, dice.below(5) as i32 - 2))
        .collect();
    let mut row = || -> Vec<(u32, u32)> {
        let all = (0..members).map(|member| (member, dice.below(2) * dice.below(2)));
        all.collect()
    };
    problem.eligible = (0..roles).map(|_| row()).collect();
    problem
}

/// The best valid plan, by trying all.
fn best_by_hand(problem: &Problem) -> Option<Cost> {
    let slots = problem.roles() * problem.months as usize;
    let members = problem.members();
    let all = (0..members.pow(slots as u32)).map(|mut code| -> Assign {
        let mut who = || {
            let member = code % members;
            code /= members;
            Some(member as u32)
        };
        (0..problem.months)
            .map(|_| (0..problem.roles()).map(|_| who()).collect())
            .collect()
    });
    let valid = all.filter(|assign| faults(problem, assign).is_empty());
    valid.map(|assign| cost_of(problem, &assign)).min()
}

fn planned(problem: &Problem, seed: u64, moves: u64) -> Plan {
    plan(problem, Leeway::NONE, seed, Effort(moves), &mut |_| Go::On).unwrap()
}

/// What a plan says of itself is so, and no rule is broken but by empty places.
fn is_sound(problem: &Problem, plan: &Plan) -> Result<(), TestCaseError> {
    prop_assert_eq!(plan.cost, cost_of(problem, &plan.assign));
    let faults = faults(problem, &plan.assign);
    prop_assert_eq!(faults.is_empty(), plan.cost.unmet == 0, "{:?}", faults);
    let open = |fault: &Fault| matches!(fault, Fault::Vacant { .. } | Fault::Quarter { .. });
    prop_assert!(faults.iter().all(open), "{:?}", faults);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_plan_is_what_it_says_and_no_bound_is_too_high(seed: u64, leeway in 0..3000u32) {
        let problem = tiny_problem(seed);
        let leeway = Leeway(leeway);
        let Ok(plan) = plan(&problem, leeway, seed, Effort(10_000), &mut |_| Go::On) else {
            return Ok(());
        };
        is_sound(&problem, &plan)?;
        if let Some(even) = plan.even {
            prop_assert!(plan.cost.squares as i64 <= leeway.above(even as i64));
        }
        if let Some(best) = best_by_hand(&problem) {
            prop_assert!(plan.bounds.most_hours <= best.most_hours);
            prop_assert!(plan.bounds.squares <= best.squares);
        } else {
            prop_assert!(plan.cost.unmet > 0);
        }
    }
}

/// A search proves nothing, so the seeds are fixed ones.
#[test]
fn tiny_rotas_are_the_best_there_is() {
    let mut compared = 0;
    for seed in 0..120 {
        let problem = tiny_problem(seed);
        let plan = plan(&problem, Leeway::NONE, seed, Effort(60_000), &mut |_| {
            Go::On
        });
        if let Some((plan, best)) = plan.ok().zip(best_by_hand(&problem)) {
            assert_eq!(plan.cost, best, "seed {seed}");
            compared += 1;
        }
    }
    assert!(compared > 20, "{compared}");
}

/// Twelve members in four groups, three roles, everybody trained for two of them.
fn small() -> Problem {
    let trained = |role: u32| {
        (0..12)
            .filter(move |member| member % 3 != role)
            .map(|m| (m, 0))
    };
    Problem {
        months: 7,
        groups: (0..12).map(|member| member % 4).collect(),
        carry: (0..12).map(|member| member % 5).collect(),
        load: vec![2, 3, 5],
        eligible: (0..3).map(|role| trained(role).collect()).collect(),
        absent: vec![(1, 0), (4, 3)],
        min_quarter: vec![0; 12],
        max_quarter: vec![2; 12],
        previous: vec![vec![1, 2, 3], vec![1, 2, 3]],
        max_term: 2,
        cooldown: 2,
        max_run: 2,
        prefs: vec![(1, 2, 2), (5, 0, -2)],
    }
}

#[test]
fn a_seed_gives_one_plan_that_keeps_every_rule() {
    let problem = small();
    let plan = planned(&problem, 3, 200_000);
    assert_eq!(plan, planned(&problem, 3, 200_000));
    assert_eq!(faults(&problem, &plan.assign), []);
    assert_eq!(plan.cost, cost_of(&problem, &plan.assign));
    assert_eq!(plan.cost.crowded, 0);
    assert!(plan.bounds.squares <= plan.cost.squares);
    assert!(plan.bounds.squares * 100 >= plan.cost.squares * 97);
}

/// Two roles of 3 hours in two months; four of the first group, four of the second who carry an
/// hour more, and one who carries most and is trained for nothing.
fn uneven() -> Problem {
    Problem {
        months: 2,
        groups: vec![0, 0, 0, 0, 1, 1, 1, 1, 2],
        carry: vec![4, 4, 4, 4, 5, 5, 5, 5, 9],
        load: vec![3, 3],
        eligible: vec![(0..8).map(|member| (member, 0)).collect(); 2],
        min_quarter: vec![0; 9],
        max_quarter: vec![1; 9],
        max_term: 1,
        max_run: 1,
        ..Problem::default()
    }
}

#[test]
fn leeway_buys_less_crowding_and_no_more_than_it_allows() {
    let problem = uneven();
    let with = |leeway| {
        let plan = plan(&problem, Leeway(leeway), 1, Effort(50_000), &mut |_| Go::On).unwrap();
        assert_eq!(plan.cost, cost_of(&problem, &plan.assign));
        assert_eq!(plan.cost.most_hours, 9);
        (plan.cost.squares, plan.cost.crowded)
    };
    assert_eq!(with(0), (377, 2));
    assert_eq!(with(159), (377, 2));
    assert_eq!(with(160), (383, 1));
    assert_eq!(with(320), (389, 0));
}

#[test]
fn leeway_that_buys_nothing_is_not_taken() {
    let mut problem = uneven();
    problem.groups = (0..9).collect();
    let plan = plan(&problem, Leeway(2000), 1, Effort(50_000), &mut |_| Go::On).unwrap();
    assert_eq!((plan.cost.squares, plan.even), (377, Some(377)));
}

/// Four members, of whom the first can do what nobody else can: a cap that spreads all hours
/// evenly cannot be kept, and prices do not see it, for they know nothing of terms.
fn lonely() -> Problem {
    Problem {
        months: 6,
        groups: vec![0; 4],
        carry: vec![0; 4],
        load: vec![100, 300],
        eligible: vec![vec![(0, 0), (1, 0)], vec![(0, 0), (1, 0), (2, 0), (3, 0)]],
        min_quarter: vec![0; 4],
        max_quarter: vec![3; 4],
        max_term: 1,
        cooldown: 1,
        max_run: 6,
        ..Problem::default()
    }
}

#[test]
fn a_plan_that_was_the_best_is_never_given_up() {
    for (problem, seed) in [lonely(), small(), uneven()].into_iter().zip(1..) {
        for looks in 1..80 {
            let mut seen = Vec::new();
            let plan = plan(
                &problem,
                Leeway(50),
                seed,
                Effort(400_000),
                &mut |progress| {
                    seen.push(progress.best);
                    if seen.len() < looks { Go::On } else { Go::Stop }
                },
            );
            let plan = plan.unwrap();
            let whole = seen.iter().filter(|cost| cost.unmet == 0);
            let hours = |cost: &&Cost| cost.most_hours;
            let least = whole.clone().map(|cost| hours(&cost)).min();
            assert!(
                least.is_none_or(|least| plan.cost.most_hours <= least),
                "{looks}"
            );
            assert_eq!(plan.cost, cost_of(&problem, &plan.assign));
            if plan.even.is_none() {
                let best = whole.map(|cost| (cost.most_hours, cost.squares)).min();
                let got = (plan.cost.most_hours, plan.cost.squares);
                assert!(best.is_none_or(|best| got <= best), "{looks}");
            }
        }
    }
}

#[test]
fn prices_prove_their_bound() {
    // Nobody here may serve twice, so what a member makes of the prices is plain.
    let mut problem = small();
    problem.months = 1;
    problem.absent.truncate(1);
    problem.max_quarter = vec![1; 12];
    let plan = planned(&problem, 1, 50_000);
    let all: i64 = plan.prices.concat().iter().sum();
    let least = |member: u32| {
        let carry = i64::from(problem.carry[member as usize]);
        let take = |role: usize| {
            let hours = carry + i64::from(problem.load[role]);
            1000 * hours * hours - plan.prices[0][role]
        };
        let may = |&role: &usize| {
            problem.eligible[role].contains(&(member, 0)) && !problem.absent.contains(&(member, 0))
        };
        (0..3)
            .filter(may)
            .map(take)
            .chain([1000 * carry * carry])
            .min()
            .unwrap()
    };
    let value = all + (0..12).map(least).sum::<i64>();
    assert!(value > 1000 * (plan.bounds.squares as i64 - 2), "{value}");
    assert_eq!(plan.bounds.squares, plan.cost.squares);
}

#[test]
fn a_watcher_sees_the_plan_improve_and_can_stop() {
    let mut seen = Vec::new();
    let plan = plan(
        &small(),
        Leeway::NONE,
        1,
        Effort(u64::MAX),
        &mut |progress| {
            seen.push(progress);
            if seen.len() < 9 {
                Go::Spent(seen.len() as f64 / 20.0)
            } else {
                Go::Stop
            }
        },
    );
    assert_eq!(seen.len(), 9);
    assert_eq!(faults(&small(), &plan.unwrap().assign), []);
}

#[test]
fn who_could_take_a_role_is_told() {
    let problem = small();
    let plan = planned(&problem, 1, 50_000);
    for month in 0..7 {
        let holder = plan.assign[month as usize][0].unwrap();
        assert!(matches!(
            placing(&problem, &plan, holder, 0, month),
            Placing::Holds { .. }
        ));
        let other = plan.assign[month as usize][1].unwrap();
        let stands = placing(&problem, &plan, other, 0, month);
        assert!([Placing::Kept(Obstacle::Busy), Placing::Untrained].contains(&stands));
    }
    assert_eq!(placing(&problem, &plan, 0, 0, 0), Placing::Untrained);
    assert_eq!(placing(&problem, &plan, 1, 0, 0), Placing::Away);
    let everyone = (0..12).map(|member| placing(&problem, &plan, member, 2, 3));
    assert!(
        everyone
            .into_iter()
            .any(|one| matches!(one, Placing::Free { .. }))
    );
}

#[test]
fn what_contradicts_itself_is_refused_with_its_place() {
    let says = |change: &dyn Fn(&mut Problem), text: &str| {
        let mut problem = small();
        change(&mut problem);
        assert_eq!(problem.check().unwrap_err().to_string(), text);
    };
    says(
        &|p| p.carry = vec![0],
        "carry has 1 entries and should have 12.",
    );
    says(
        &|p| p.absent.push((0, 7)),
        "absent, entry 2, names something that does not exist.",
    );
    says(
        &|p| p.absent.push((1, 0)),
        "absent, entry 2: an earlier entry says this already.",
    );
    says(
        &|p| p.min_quarter[4] = 3,
        "Member 4 must take at least 3 roles in a quarter and can take at most 2.",
    );
    says(
        &|p| p.eligible[1] = vec![(0, 2)],
        "Nobody who is trained for role 1 is there in month 0.",
    );
}
