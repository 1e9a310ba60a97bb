//! What a proposal promises.
#![allow(clippy::unwrap_used)]

use super::*;

fn id(n: usize) -> PersonId {
    let mut bytes = [7; 16];
    bytes[..8].copy_from_slice(&(n as u64).to_be_bytes());
    PersonId(bytes)
}

fn group(n: usize) -> GroupId {
    GroupId([n as u8; 16])
}

/// People 0, 1, 2 … with their groups; everybody speaks what they speak and has no known hours.
fn pool(groups: impl IntoIterator<Item = Vec<usize>>) -> Pool {
    let person = |(at, groups): (usize, Vec<usize>)| Candidate {
        id: id(at),
        groups: groups.into_iter().map(group).collect(),
        keeps: at % 5 == 0,
        hours: None,
        languages: Vec::new(),
    };
    Pool {
        people: groups.into_iter().enumerate().map(person).collect(),
        ..Pool::default()
    }
}

fn go(pool: &Pool, seed: u64) -> Proposal {
    propose(pool, 6, seed, &mut |_| Go::On)
}

#[test]
fn the_number_of_circles_is_rounded_and_moved_only_to_keep_the_range() {
    let cases = [
        (0, 0),
        (1, 1),
        (3, 1),
        (7, 1),
        (8, 1),
        (9, 2),
        (10, 2),
        (14, 2),
        (15, 3),
        (48, 8),
        (311, 52),
    ];
    for (people, circles) in cases {
        assert_eq!(how_many(people, 6), circles, "{people} people");
    }
    for people in 15..2_000 {
        let circles = how_many(people, 6);
        let (least, most) = (people / circles, people.div_ceil(circles));
        assert!(
            range(6).contains(&least) && range(6).contains(&most),
            "{people} people"
        );
    }
}

#[test]
fn three_even_groups_give_two_of_each_in_every_circle() {
    let pool = pool((0..48).map(|at| vec![at % 3]));
    let proposal = go(&pool, 1);
    assert_eq!((proposal.bound, proposal.reached), (24, 24));
    for ring in &proposal.rings {
        let mut counts = [0; 3];
        ring.members
            .iter()
            .for_each(|who| counts[who.0[7] as usize % 3] += 1);
        assert_eq!(counts, [2, 2, 2]);
    }
}

#[test]
fn every_circle_has_a_keeper_where_enough_are_willing() {
    let pool = pool((0..48).map(|at| vec![at % 9]));
    let proposal = go(&pool, 3);
    assert!(proposal.rings.iter().all(|ring| ring.keeper.is_some()));
    let keeps = |who: &PersonId| who.0[7].is_multiple_of(5);
    assert!(
        proposal
            .rings
            .iter()
            .all(|r| r.keeper.iter().all(|k| keeps(k) && r.members.contains(k)))
    );
}

#[test]
fn the_same_seed_gives_the_same_proposal() {
    let pool = pool((0..60).map(|at| vec![at % 7, 7 + at % 4]));
    assert_eq!(go(&pool, 5), go(&pool, 5));
}

#[test]
fn wishes_are_kept_and_somebody_without_a_seat_is_named_only_when_there_is_no_other_way() {
    let mut pool = pool((0..12).map(|at| vec![at]));
    pool.apart = vec![(id(0), id(1))];
    let proposal = go(&pool, 1);
    assert!(proposal.unmet.is_empty());
    assert!(
        !proposal
            .rings
            .iter()
            .any(|r| r.members.contains(&id(0)) && r.members.contains(&id(1)))
    );
    pool.people.truncate(4);
    let alone = go(&pool, 1);
    assert_eq!(alone.unmet.len(), 1);
    assert_eq!(alone.rings.len(), 1);
}

#[test]
fn odd_movements_get_an_answer() {
    assert!(go(&Pool::default(), 1).rings.is_empty());
    assert_eq!(go(&pool([vec![]]), 1).rings.len(), 1);
    assert_eq!(go(&pool((0..3).map(|_| vec![0])), 1).reached, 3);
}

#[test]
fn a_wish_an_absence_and_a_full_circle_look_the_same() {
    let mut pool = pool((0..24).map(|at| vec![at]));
    pool.apart = vec![(id(0), id(6))];
    let ring = |from: usize, to: usize| Ring {
        members: (from..to).map(id).collect(),
        keeper: None,
    };
    let rings = [ring(0, 5), ring(6, 10), ring(10, 17), ring(17, 20)];
    let seen = moves(&pool, &rings, id(0), 7);
    assert_eq!(seen[0], Move::Here);
    assert_eq!(seen[1], Move::NotPossible);
    assert_eq!(seen[2], Move::NotPossible);
    assert!(matches!(seen[3], Move::Possible(_)));
    assert!(
        moves(&pool, &rings, id(99), 7)
            .iter()
            .all(|m| *m == Move::NotPossible)
    );
}

#[test]
fn chance_closes_about_one_pair_in_a_hundred_and_always_the_same() {
    let pairs = || (0..200).flat_map(|a| (a + 1..200).map(move |b| (id(a), id(b))));
    let closed: Vec<_> = pairs().filter(|(a, b)| veil(42, *a, *b)).collect();
    let share = closed.len() as f64 / pairs().count() as f64;
    assert!((0.007..0.013).contains(&share), "{share}");
    assert!(closed.iter().all(|(a, b)| veil(42, *b, *a)));
    assert!(!pairs().any(|(a, b)| veil(0, a, b)));
}

#[test]
fn a_proposal_never_seats_a_pair_that_is_closed_by_hand() {
    let mut pool = pool((0..60).map(|at| vec![at % 6]));
    pool.secret = 9;
    for ring in go(&pool, 2).rings {
        for (at, one) in ring.members.iter().enumerate() {
            assert!(
                ring.members[at + 1..]
                    .iter()
                    .all(|other| !veil(9, *one, *other))
            );
        }
    }
}

#[test]
fn people_whose_hours_do_not_meet_do_not_sit_together_if_it_can_be_helped() {
    let mut pool = pool((0..12).map(|at| vec![at]));
    for (at, person) in pool.people.iter_mut().enumerate() {
        let evening = if at % 2 == 0 { 19 } else { 43 };
        let mut hours = Hours::default();
        (0..5).for_each(|h| hours.set(evening + h));
        person.hours = Some(hours);
    }
    for ring in go(&pool, 1).rings {
        assert_eq!(look(&pool, &ring.members).hours, Common::Enough);
    }
}

#[test]
fn people_without_a_common_language_do_not_sit_together_if_it_can_be_helped() {
    let mut pool = pool((0..12).map(|at| vec![at]));
    for (at, person) in pool.people.iter_mut().enumerate() {
        person.languages = vec![if at % 2 == 0 { "pt-br" } else { "en" }.into()];
    }
    pool.people[0].languages = vec!["pt".into()];
    assert!(
        go(&pool, 1)
            .rings
            .iter()
            .all(|ring| look(&pool, &ring.members).one_language)
    );
}

#[test]
fn who_sat_together_before_is_counted_from_earlier_circles() {
    let earlier = [vec![id(0), id(1), id(2)], vec![id(1), id(0)]];
    let counted = met(&earlier);
    assert_eq!(
        counted,
        [(id(0), id(1), 2), (id(0), id(2), 1), (id(1), id(2), 1)]
    );
}

/// Whether every circle with somebody under 18 has two adults.
fn is_safe_everywhere(pool: &Pool, proposal: &Proposal) -> bool {
    let rings = &proposal.rings;
    rings.iter().all(|ring| is_safe(pool, &ring.members))
}

#[test]
fn no_circle_with_somebody_under_18_has_fewer_than_two_adults() {
    for (people, minors) in [(2, 1), (3, 2), (6, 5), (7, 1), (24, 8), (24, 20), (48, 30)] {
        for seed in 1..6 {
            let mut pool = pool((0..people).map(|at| vec![at % 4]));
            pool.minors = (0..minors).map(|at| id(at * 7 % people)).collect();
            let proposal = go(&pool, seed);
            assert!(is_safe_everywhere(&pool, &proposal), "{minors} of {people}");
            let seats: usize = proposal.rings.iter().map(|ring| ring.members.len()).sum();
            assert_eq!(seats + proposal.unmet.len(), people, "nobody is lost");
            let adult = proposal.unmet.iter().any(|who| !pool.minors.contains(who));
            assert!(!adult, "only somebody under 18 can be left over");
        }
    }
}

#[test]
fn where_adults_are_enough_everybody_under_18_has_a_seat() {
    for seed in 1..10 {
        let mut pool = pool((0..48).map(|at| vec![at % 3]));
        pool.minors = (0..16).map(|at| id(at * 3)).collect();
        let proposal = go(&pool, seed);
        assert!(proposal.unmet.is_empty(), "{:?}", proposal.unmet);
        assert!(is_safe_everywhere(&pool, &proposal));
        assert_eq!(proposal.reached, reached(&pool, &proposal.rings));
    }
}

#[test]
fn by_hand_nobody_leaves_or_joins_a_circle_that_would_not_be_safe() {
    let mut pool = pool((0..12).map(|at| vec![at]));
    pool.minors = vec![id(0), id(6)];
    let ring = |members: &[usize]| Ring {
        members: members.iter().copied().map(id).collect(),
        keeper: None,
    };
    let rings = [ring(&[0, 1, 2]), ring(&[3]), ring(&[4, 5, 6, 7])];
    let seen = |who: usize| moves(&pool, &rings, id(who), 7);
    assert_eq!(seen(0)[1], Move::NotPossible, "alone with one adult");
    assert!(matches!(seen(0)[2], Move::Possible(_)));
    assert_eq!(seen(1)[2], Move::NotPossible, "one adult would be left");
    assert!(matches!(seen(4)[1], Move::Possible(_)), "two stay behind");
}
