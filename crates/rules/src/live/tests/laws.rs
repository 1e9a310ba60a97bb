//! What holds whatever is done in a circle, in any order.
#![allow(clippy::unwrap_used)]

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;

fn act() -> impl Strategy<Value = Act> {
    let who = (1..=8_u8).prop_map(id);
    prop_oneof![
        4 => any::<bool>().prop_map(|remote| Act::Enter { name: "x".into(), remote }),
        1 => who.clone().prop_map(|who| Act::Seat { who, name: "x".into() }),
        1 => who.clone().prop_map(Act::Unseat),
        1 => Just(Act::Leave),
        2 => any::<bool>().prop_map(|few| Act::Begin { few }),
        1 => (0..=13_u32).prop_map(Act::Step),
        3 => Just(Act::Next),
        1 => Just(Act::Previous),
        8 => Just(Act::Pass),
        4 => Just(Act::Skip),
        2 => Just(Act::Take),
        1 => Just(Act::Extend),
        2 => Just(Act::Rest),
        2 => Just(Act::Return),
        1 => Just(Act::Pause),
        1 => Just(Act::Resume),
        1 => Just(Act::Call),
        1 => Just(Act::Recall),
        1 => who.clone().prop_map(Act::Hear),
        1 => Just(Act::Keep),
        1 => who.clone().prop_map(Act::CoKeep),
        1 => who.prop_map(Act::Carer),
    ]
}

/// What holds in every state that can be reached.
fn is_sound(state: &State) -> Result<(), TestCaseError> {
    let here: HashSet<_> = state.people.iter().map(|one| one.id).collect();
    prop_assert_eq!(here.len(), state.people.len());
    prop_assert!(state.people.len() <= MOST_SEATS && state.extras_left <= EXTRAS);
    let waiting: Vec<_> = state.round.to_come().copied().collect();
    let once: HashSet<_> = waiting.iter().copied().collect();
    prop_assert_eq!(once.len(), waiting.len(), "nobody waits twice");
    prop_assert!(once.is_subset(&here));
    for one in state
        .holder
        .iter()
        .chain(&state.keeper)
        .chain(&state.co_keeper)
    {
        prop_assert!(here.contains(one) || state.people.is_empty() || state.holder != Some(*one));
    }
    if let Some(holder) = state.holder {
        prop_assert!(!once.contains(&holder));
    }
    for call in &state.calls {
        prop_assert_ne!(state.carer_for(call.who), Some(call.who));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn whatever_is_done_the_circle_stays_whole(
        deeds in prop::collection::vec((1..=8_u8, act(), 0..3_i64, 0..90_i64), 1..200),
        hybrid: bool,
    ) {
        let mut told = Told::open(8, hybrid);
        told.enters(1, false);
        let mut turns: Vec<PersonId> = Vec::new();
        for (by, act, back, later) in deeds {
            let before = told.state.clone();
            told.now = Time(told.now.0 + later * 1_000_000);
            let seen = before.version - back;
            match told.tries(by, act.clone(), seen) {
                Ok(()) => prop_assert_eq!(told.state.version, before.version + 1),
                Err(_) => {
                    prop_assert_eq!(&told.state, &before);
                    continue;
                }
            }
            is_sound(&told.state)?;
            let state = &told.state;
            if state.moved.part != before.moved.part {
                turns.clear();
            } else if let (true, Some(held)) = (before.is_round(), before.holder) {
                let moved = state.moved.piece != before.moved.piece;
                let put_off = matches!(act, Act::Skip | Act::Rest) && !before.round.offering;
                if moved && !put_off {
                    turns.push(held);
                }
            }
            if let (true, Some(holds)) = (state.is_round(), state.holder) {
                prop_assert!(!turns.contains(&holds), "{:?} has a second turn", holds);
            }
        }
    }

    #[test]
    fn the_announced_order_is_everybody_once(
        people in prop::collection::hash_map(1..=40_u8, any::<bool>(), 0..20),
        meeting in 0..100_usize,
        hybrid: bool,
    ) {
        let seats: Vec<_> = (1..=30).map(id).collect();
        let here: Vec<_> = people.iter().map(|(n, remote)| (id(*n), *remote)).collect();
        let order = announced(&ring_of(&seats, meeting), &here, hybrid);
        let as_set: HashSet<_> = order.iter().copied().collect();
        prop_assert_eq!(as_set, people.keys().map(|n| id(*n)).collect());
        prop_assert_eq!(order.len(), here.len());
        let line: Vec<bool> = order.iter().map(|who| people[&who.0[0]]).collect();
        let lines = line.iter().filter(|remote| **remote).count();
        if hybrid && lines > 0 && lines < line.len() {
            prop_assert!(line[0], "somebody on the line begins");
            prop_assert!(lines < 2 || line[line.len() - 1], "and somebody on the line is last");
        }
    }
}
