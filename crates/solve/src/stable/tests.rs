//! The matching is stable and the best for seekers, against every matching there is.
//! Never: measures time.
//! See: `crate::format::sponsor` for the tests of the files.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::random::Dice;

/// A problem of a few people; lists in random order, of random length.
fn small_problem() -> impl Strategy<Value = Problem> {
    (0usize..6, 0usize..4, any::<u64>()).prop_map(|(seekers, sponsors, seed)| {
        let mut dice = Dice::new(seed);
        let lists = |owners: usize, others: usize, dice: &mut Dice| -> Lists {
            let mut list = || {
                let mut all: Vec<u32> = (0..others as u32).collect();
                dice.shuffle(&mut all);
                all.truncate(dice.below(others as u32 + 2) as usize);
                all
            };
            (0..owners).map(|_| list()).collect()
        };
        Problem {
            seekers: lists(seekers, sponsors, &mut dice),
            sponsors: lists(sponsors, seekers, &mut dice),
            capacity: (0..sponsors).map(|_| dice.below(4)).collect(),
        }
    })
}

fn place(lists: &Lists, owner: usize, other: usize) -> Option<usize> {
    lists
        .of(owner)
        .iter()
        .position(|&one| one as usize == other)
}

/// Whether a matching keeps to lists and capacities and has no blocking pair, by definition.
fn is_stable(problem: &Problem, sponsor_of: &[Option<u32>]) -> bool {
    let held = |sponsor: usize| -> Vec<usize> {
        let of = |seeker: &usize| sponsor_of[*seeker] == Some(sponsor as u32);
        (0..sponsor_of.len()).filter(of).collect()
    };
    let mutual = |seeker, sponsor| {
        place(&problem.seekers, seeker, sponsor).zip(place(&problem.sponsors, sponsor, seeker))
    };
    let fits = |sponsor: usize| {
        let held = held(sponsor);
        held.len() <= problem.capacity[sponsor] as usize
            && held.iter().all(|&seeker| mutual(seeker, sponsor).is_some())
    };
    let blocks = |seeker: usize, sponsor: usize| {
        let Some((mine, theirs)) = mutual(seeker, sponsor) else {
            return false;
        };
        let now = sponsor_of[seeker].map(|own| place(&problem.seekers, seeker, own as usize));
        let wants = now.is_none_or(|now| now.is_none_or(|now| mine < now));
        let held = held(sponsor);
        let free = held.len() < problem.capacity[sponsor] as usize;
        let worse = |&other: &usize| place(&problem.sponsors, sponsor, other) > Some(theirs);
        wants && (free || held.iter().any(worse))
    };
    let sponsors = 0..problem.capacity.len();
    sponsors.clone().all(fits)
        && (0..sponsor_of.len())
            .all(|seeker| sponsors.clone().all(|sponsor| !blocks(seeker, sponsor)))
}

/// Every way to give each seeker a sponsor or none.
fn all_matchings(seekers: usize, sponsors: u32) -> Vec<Vec<Option<u32>>> {
    let mut all = vec![Vec::new()];
    for _ in 0..seekers {
        let choices = (0..sponsors).map(Some).chain([None]);
        let longer = |start: Vec<Option<u32>>| {
            let choices = choices.clone();
            choices.map(move |choice| [start.clone(), vec![choice]].concat())
        };
        all = all.into_iter().flat_map(longer).collect();
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_stable_matching_is_better_for_any_seeker(problem in small_problem()) {
        problem.check().unwrap();
        let found = seeker_optimal(&problem);
        prop_assert!(is_stable(&problem, &found.sponsor_of));
        let all = all_matchings(problem.seekers.len(), problem.capacity.len() as u32);
        for other in all.iter().filter(|other| is_stable(&problem, other)) {
            for (seeker, &theirs) in other.iter().enumerate() {
                let rank = |sponsor: Option<u32>| sponsor.map_or(usize::MAX, |sponsor| {
                    place(&problem.seekers, seeker, sponsor as usize).unwrap()
                });
                prop_assert!(rank(found.sponsor_of[seeker]) <= rank(theirs));
            }
        }
    }

    #[test]
    fn the_reasons_hold(problem in small_problem()) {
        let found = seeker_optimal(&problem);
        for seeker in 0..problem.seekers.len() {
            let answers = answers(&problem, &found, seeker);
            let taken: Vec<u32> = answers.iter().filter(|one| one.1 == Answer::Taken).map(|one| one.0).collect();
            prop_assert_eq!(taken.first().copied(), found.sponsor_of[seeker]);
            for (sponsor, answer) in answers {
                let own = place(&problem.sponsors, sponsor as usize, seeker);
                match answer {
                    Answer::Taken => prop_assert!(own.is_some()),
                    Answer::NotListed => prop_assert!(own.is_none()),
                    Answer::NoPlace => prop_assert_eq!(problem.capacity[sponsor as usize], 0),
                    Answer::Full { own, last } => prop_assert!(last < own),
                }
            }
        }
    }

    #[test]
    fn the_order_of_the_seekers_decides_nothing(problem in small_problem()) {
        let seekers = problem.seekers.len();
        let turned = Problem {
            seekers: (0..seekers).rev().map(|seeker| problem.seekers.of(seeker).to_vec()).collect(),
            sponsors: (0..problem.sponsors.len())
                .map(|sponsor| problem.sponsors.of(sponsor).iter().map(|&one| seekers as u32 - 1 - one).collect::<Vec<_>>())
                .collect(),
            capacity: problem.capacity.clone(),
        };
        let mut back = seeker_optimal(&turned).sponsor_of;
        back.reverse();
        prop_assert_eq!(back, seeker_optimal(&problem).sponsor_of);
    }
}

#[test]
fn a_long_chain_of_refusals_ends_where_it_must() {
    // Everybody wants sponsor 0, 1, 2, ... in this order; sponsors prefer the highest number.
    let n = 300u32;
    let problem = Problem {
        seekers: (0..n).map(|_| (0..n / 3).collect::<Vec<_>>()).collect(),
        sponsors: (0..n / 3)
            .map(|_| (0..n).rev().collect::<Vec<_>>())
            .collect(),
        capacity: vec![3; n as usize / 3],
    };
    let found = seeker_optimal(&problem);
    let expected: Vec<Option<u32>> = (0..n).rev().map(|place| Some(place / 3)).collect();
    assert_eq!(found.sponsor_of, expected);
    assert!(found.last_taken.iter().all(Option::is_some));
}

#[test]
fn what_contradicts_itself_is_refused_with_its_place() {
    let problem = |seekers: &[&[u32]], sponsors: &[&[u32]], capacity: &[u32]| Problem {
        seekers: seekers.iter().collect(),
        sponsors: sponsors.iter().collect(),
        capacity: capacity.to_vec(),
    };
    let says = |problem: Problem, text: &str| {
        assert_eq!(problem.check().unwrap_err().to_string(), text);
    };
    says(
        problem(&[], &[&[]], &[]),
        "There are 0 capacities for 1 sponsors.",
    );
    says(
        problem(&[&[0], &[1, 2]], &[&[], &[]], &[1, 1]),
        "The list of seeker 1, entry 1, names 2, who does not exist.",
    );
    says(
        problem(&[&[0], &[0]], &[&[1, 0, 1]], &[1]),
        "The list of sponsor 0, entry 2, names somebody a second time.",
    );
}
