//! Every team is the best there is, against all teams of three.
//! Never: measures time.
//! See: `crate::format::repair` for the tests of the files.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::random::Dice;

fn random_problem(dice: &mut Dice) -> Problem {
    let n = 3 + dice.below(22);
    let groups = 2 + dice.below(6);
    let trained: Vec<u32> = (0..n).filter(|_| dice.below(3) > 0).collect();
    let mut per = |most: u32| -> Vec<u32> { trained.iter().map(|_| dice.below(most)).collect() };
    let (load, lead, langs) = (per(4), per(3), per(8));
    let ties = (0..dice.below(n * 2)).filter_map(|_| {
        let (u, v) = (dice.below(n), dice.below(n));
        (u != v).then_some((u, v))
    });
    Problem {
        ties: ties.collect(),
        groups: (0..n).map(|_| dice.below(groups) * 7).collect(),
        load,
        lead: lead.into_iter().map(|one| one == 0).collect(),
        langs: langs.into_iter().map(u64::from).collect(),
        max_load: 3 + dice.below(3),
        trained,
    }
}

fn random_case(problem: &Problem, dice: &mut Dice) -> Case {
    let n = problem.groups.len() as u32;
    let mut some =
        |most: u32| -> Vec<u32> { (0..dice.below(most)).map(|_| dice.below(n)).collect() };
    let (parties, veto, away) = (some(3), some(3), some(5));
    Case {
        parties,
        veto,
        away,
        langs: [0, 0, 1, 2, 3][dice.below(5) as usize],
    }
}

/// The best value of a team by definition, with nothing in common with the code under test.
fn best_by_hand(problem: &Problem, load: &[u32], case: &Case) -> Option<(u32, u32)> {
    let tied = |u: u32, v: u32| {
        problem
            .ties
            .iter()
            .any(|&tie| tie == (u, v) || tie == (v, u))
    };
    let group = |member: u32| problem.groups[member as usize];
    let may = |at: &usize| {
        let member = problem.trained[*at];
        load[*at] < problem.max_load
            && !case.parties.contains(&member)
            && !case.veto.contains(&member)
            && !case.away.contains(&member)
            && case
                .parties
                .iter()
                .all(|&party| !tied(party, member) && group(party) != group(member))
    };
    let free: Vec<usize> = (0..problem.trained.len()).filter(may).collect();
    let apart = |a: usize, b: usize| {
        let (u, v) = (problem.trained[a], problem.trained[b]);
        group(u) != group(v) && !tied(u, v)
    };
    let mut best = None;
    for &a in &free {
        for &b in free.iter().filter(|&&b| b > a && apart(a, b)) {
            for &c in free
                .iter()
                .filter(|&&c| c > b && apart(a, c) && apart(b, c))
            {
                let team = [a, b, c];
                let leads = team.iter().any(|&one| problem.lead[one]);
                let speaks = team
                    .iter()
                    .any(|&one| problem.langs[one] & case.langs == case.langs);
                if leads && speaks {
                    let loads = team.map(|one| load[one]);
                    let value = (*loads.iter().max().unwrap(), loads.iter().sum());
                    best = Some(best.map_or(value, |best: (u32, u32)| best.min(value)));
                }
            }
        }
    }
    best
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_case_gets_the_best_team_there_is(seed: u64) {
        let mut dice = Dice::new(seed);
        let problem = random_problem(&mut dice);
        let mut desk = Desk::new(&problem).unwrap();
        let mut load = problem.load.clone();
        let mut open: Vec<Team> = Vec::new();
        for _ in 0..12 {
            let case = random_case(&problem, &mut dice);
            let best = best_by_hand(&problem, &load, &case);
            let chosen = desk.choose(&case);
            prop_assert_eq!(chosen.is_ok(), best.is_some());
            if let Ok(team) = chosen {
                let places = team.map(|member| problem.trained.binary_search(&member).unwrap());
                let loads = places.map(|at| load[at]);
                prop_assert_eq!(Some((*loads.iter().max().unwrap(), loads.iter().sum())), best);
                for (member, load) in team.into_iter().zip(loads) {
                    prop_assert_eq!(desk.standing(&case, member), Standing::Free { load });
                }
                places.iter().for_each(|&at| load[at] += 1);
                desk.open(team);
                open.push(team);
            }
            if dice.below(2) == 0 && !open.is_empty() {
                let team = open.swap_remove(dice.below(open.len() as u32) as usize);
                desk.close(team);
                for member in team {
                    load[problem.trained.binary_search(&member).unwrap()] -= 1;
                }
            }
            for (at, &member) in problem.trained.iter().enumerate() {
                prop_assert_eq!(desk.load_of(member), Some(load[at]));
            }
        }
    }
}

/// Six trained people in six groups, a member 6 in a group of their own.
fn small() -> Problem {
    Problem {
        groups: (0..7).collect(),
        trained: (0..6).collect(),
        load: vec![0, 1, 2, 3, 4, 5],
        lead: vec![false, false, false, true, true, true],
        langs: vec![1, 1, 1, 1, 1, 2],
        max_load: 9,
        ties: Vec::new(),
    }
}

#[test]
fn a_case_without_a_team_says_why() {
    let none = |change: &dyn Fn(&mut Problem, &mut Case), text: &str| {
        let (mut problem, mut case) = (small(), Case::default());
        case.parties = vec![6];
        change(&mut problem, &mut case);
        let none = Desk::new(&problem).unwrap().choose(&case).unwrap_err();
        assert_eq!(none.to_string(), text);
    };
    none(
        &|_, c| c.away = vec![0, 1, 2, 3],
        "only 2 of the trained are free",
    );
    none(
        &|_, c| c.veto = vec![3, 4, 5],
        "nobody who is free may lead",
    );
    none(&|_, c| c.langs = 4, "nobody who is free has the languages");
    none(
        &|p, _| p.groups = vec![1, 1, 1, 2, 2, 2, 3],
        "those who are free are of only 2 groups",
    );
    none(
        &|p, _| {
            p.ties = vec![
                (3, 0),
                (3, 1),
                (3, 2),
                (4, 0),
                (4, 1),
                (4, 2),
                (5, 0),
                (5, 1),
                (5, 2),
                (3, 4),
                (4, 5),
                (3, 5),
            ]
        },
        "the 6 who are free are too close to each other",
    );
}

#[test]
fn how_somebody_stands_to_a_case_is_told() {
    let mut problem = small();
    problem.ties = vec![(6, 0)];
    problem.groups[1] = 6;
    problem.load[2] = 9;
    let desk = Desk::new(&problem).unwrap();
    let case = Case {
        parties: vec![5, 6],
        veto: vec![3],
        away: vec![4],
        langs: 0,
    };
    let found: Vec<Standing> = (0..7).map(|member| desk.standing(&case, member)).collect();
    assert_eq!(
        found,
        [
            Standing::Close { party: 6 },
            Standing::SameGroup { party: 6 },
            Standing::Full { load: 9 },
            Standing::Refused,
            Standing::Away,
            Standing::Party,
            Standing::Untrained,
        ]
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
        &|p| p.load.push(1),
        "load: 7 entries for 6 trained members.",
    );
    says(
        &|p| p.trained[5] = 7,
        "trained: entry 5 names somebody who does not exist.",
    );
    says(
        &|p| p.trained[1] = 0,
        "trained: entry 1 is not larger than the one before.",
    );
    says(
        &|p| p.ties = vec![(0, 9)],
        "ties: entry 0 names somebody who does not exist.",
    );
    says(
        &|p| p.ties = vec![(0, 1), (2, 2)],
        "ties: entry 1 names one member twice.",
    );
}
