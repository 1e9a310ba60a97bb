//! A group inventory while it is held.
#![allow(clippy::unwrap_used)]

use super::*;

fn inventory(people: u8) -> Told {
    let mut told = Told::open(people, false);
    told.state.setting.inventory = true;
    told.state.setting.steps.clear();
    for n in 1..=people {
        told.enters(n, false);
    }
    told
}

#[test]
fn it_has_parts_of_its_own_and_four_rounds() {
    let mut told = inventory(6);
    told.does(1, Act::Begin { few: false });
    let words: Vec<_> = told.state.parts.iter().map(|part| &part.word[..]).collect();
    assert_eq!(words.first(), Some(&"ours-opening"));
    assert_eq!(words.last(), Some(&"ours-closing"));
    let turns = told.state.parts.iter().filter_map(|part| part.turn);
    assert_eq!(turns.collect::<Vec<_>>(), [30, 90, 90, 45]);
    told.next_round();
    assert_eq!(told.state.part().unwrap().word, "ours-choosing");
}

#[test]
fn no_step_comes_into_it_and_a_few_hold_the_short_check_in_instead() {
    let mut told = inventory(4);
    told.is_refused(1, Act::Step(2), Refusal::NotNow);
    told.does(1, Act::Begin { few: false });
    told.is_refused(1, Act::Step(2), Refusal::NotNow);
    let mut few = inventory(3);
    few.does(1, Act::Begin { few: true });
    assert_eq!(few.state.parts.last().unwrap().word, "closing");
    assert!(!few.state.setting.inventory);
}
