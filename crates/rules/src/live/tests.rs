//! A circle from its opening to its end, with what goes wrong in between.
#![allow(clippy::unwrap_used)]

mod inventory;
mod laws;

use super::*;

const BEGIN: Time = Time(1_800_000_000_000_000);

fn id(n: u8) -> PersonId {
    PersonId([n; 16])
}

fn seconds(n: i64) -> Time {
    Time(BEGIN.0 + n * 1_000_000)
}

fn setting(seats: u8, hybrid: bool) -> Setting {
    Setting {
        on: None,
        minutes: 60,
        seats: seats.into(),
        hybrid,
        steps: vec![1],
        few: false,
        inventory: false,
    }
}

/// A circle with its clock, for tests that tell a story.
struct Told {
    state: State,
    now: Time,
    count: u128,
}

impl Told {
    fn open(people: u8, hybrid: bool) -> Self {
        let ring = (1..=people).map(id).collect();
        Self {
            state: State::open(ring, [Some(id(1)), None], setting(people, hybrid), BEGIN),
            now: BEGIN,
            count: 0,
        }
    }

    /// So many people came in and it began.
    fn begun(people: u8) -> Self {
        let mut told = Self::open(people, false);
        for n in 1..=people {
            told.enters(n, false);
        }
        told.does(1, Act::Begin { few: false });
        told
    }

    /// The same, in the first round.
    fn in_round(people: u8) -> Self {
        let mut told = Self::begun(people);
        while !told.state.is_round() {
            told.does(1, Act::Next);
        }
        told
    }

    fn enters(&mut self, n: u8, remote: bool) {
        let name = format!("Person {n}");
        self.does(n, Act::Enter { name, remote });
    }

    fn tries(&mut self, by: u8, act: Act, seen: i64) -> Result<(), Refusal> {
        self.count += 1;
        let deed = Deed {
            id: self.count.to_le_bytes(),
            by: id(by),
            seen,
            act,
        };
        self.state = step(&self.state, &deed, self.now)?;
        Ok(())
    }

    fn does(&mut self, by: u8, act: Act) {
        let seen = self.state.version;
        self.tries(by, act.clone(), seen)
            .unwrap_or_else(|why| panic!("{by} {act:?}: {why:?}"));
    }

    fn is_refused(&mut self, by: u8, act: Act, why: Refusal) {
        let (before, seen) = (self.state.clone(), self.state.version);
        assert_eq!(self.tries(by, act, seen), Err(why));
        assert_eq!(self.state, before);
    }

    fn holder(&self) -> Option<u8> {
        self.state.holder.map(|id| id.0[0])
    }

    fn order(&self) -> Vec<u8> {
        self.state.people.iter().map(|one| one.id.0[0]).collect()
    }

    fn next_round(&mut self) {
        self.does(1, Act::Next);
        while !self.state.is_round() {
            self.does(1, Act::Next);
        }
    }
}

#[test]
fn the_hour_is_held_without_its_buffer_and_with_turns_that_can_be_said() {
    let parts = hour(60, 6);
    let turns: Vec<_> = parts.iter().filter_map(|part| part.turn).collect();
    assert_eq!(turns, [60, 180, 90, 45]);
    assert!(parts.iter().all(|part| part.word != "buffer"));
    assert_eq!(parts.last().unwrap().word, "closing");
}

#[test]
fn the_piece_goes_around_in_the_announced_order() {
    let mut told = Told::in_round(6);
    for n in 1..=6 {
        assert_eq!(told.holder(), Some(n));
        told.does(n, Act::Pass);
    }
    assert_eq!(
        told.holder(),
        None,
        "the round is over and the piece lies in the middle"
    );
    told.is_refused(1, Act::Pass, Refusal::NotNow);
}

#[test]
fn each_meeting_begins_one_seat_further_on() {
    let seats: Vec<_> = (1..=6).map(id).collect();
    let first = |meeting| ring_of(&seats, meeting)[0].0[0];
    assert_eq!(
        (0..8).map(first).collect::<Vec<_>>(),
        [1, 2, 3, 4, 5, 6, 1, 2]
    );
    assert_eq!(ring_of(&[], 3), []);
}

#[test]
fn with_a_line_and_a_room_the_line_speaks_first_and_last() {
    let mut told = Told::open(6, true);
    for (n, remote) in [
        (4, true),
        (1, false),
        (2, true),
        (3, false),
        (5, true),
        (6, false),
    ] {
        told.enters(n, remote);
    }
    told.does(1, Act::Begin { few: false });
    assert_eq!(told.order(), [2, 4, 1, 3, 6, 5]);
}

#[test]
fn whoever_passes_is_offered_the_piece_once_more_and_then_no_more() {
    let mut told = Told::in_round(4);
    told.does(1, Act::Pass);
    told.does(2, Act::Skip);
    told.does(3, Act::Skip);
    told.does(4, Act::Pass);
    assert_eq!(told.holder(), Some(2));
    told.does(2, Act::Skip);
    assert_eq!(told.holder(), Some(3));
    told.does(3, Act::Pass);
    assert_eq!(told.holder(), None);
}

#[test]
fn when_everybody_passes_the_round_is_over_after_the_offer() {
    let mut told = Told::in_round(3);
    for n in [1, 2, 3, 1, 2, 3] {
        assert_eq!(told.holder(), Some(n));
        told.does(n, Act::Skip);
    }
    assert_eq!(told.holder(), None);
    told.next_round();
    assert_eq!(told.holder(), Some(1), "the next round knows nothing of it");
    assert_eq!(told.state.round.once_more, []);
    assert_eq!(told.state.round.had, []);
}

#[test]
fn one_person_alone_can_hold_it() {
    let mut told = Told::in_round(1);
    told.does(1, Act::Pass);
    assert_eq!(told.holder(), None);
    told.is_refused(1, Act::Call, Refusal::NotNow);
    told.does(1, Act::End);
    assert_eq!(told.state.most, 1);
}

#[test]
fn of_two_who_take_the_piece_at_once_one_has_it_and_the_other_is_told() {
    let mut told = Told::begun(3);
    let seen = told.state.version;
    told.tries(2, Act::Take, seen).unwrap();
    assert_eq!(told.tries(3, Act::Take, seen), Err(Refusal::Stale));
    assert_eq!(told.holder(), Some(2));
}

#[test]
fn keeper_and_holder_who_hand_on_at_once_move_it_by_one() {
    let mut told = Told::in_round(4);
    let seen = told.state.version;
    told.tries(1, Act::Pass, seen).unwrap();
    assert_eq!(told.holder(), Some(2));
    assert_eq!(told.tries(1, Act::Pass, seen), Err(Refusal::Stale));
    assert_eq!(told.holder(), Some(2));
}

#[test]
fn what_does_not_move_the_piece_does_not_make_a_pass_stale() {
    let mut told = Told::in_round(4);
    let seen = told.state.version;
    told.does(3, Act::Rest);
    told.does(2, Act::Call);
    told.tries(1, Act::Pass, seen).unwrap();
    assert_eq!(told.holder(), Some(2));
}

#[test]
fn the_same_deed_twice_is_done_once() {
    let told = Told::in_round(4);
    let deed = Deed {
        id: [9; 16],
        by: id(1),
        seen: told.state.version,
        act: Act::Pass,
    };
    let once = step(&told.state, &deed, BEGIN).unwrap();
    assert_eq!(step(&once, &deed, BEGIN).unwrap(), once);
}

#[test]
fn a_turn_has_a_minute_more_twice_in_a_circle() {
    let mut told = Told::in_round(4);
    told.is_refused(2, Act::Extend, Refusal::NotYours);
    let turn = told.state.turn_left(told.now).unwrap();
    told.does(1, Act::Extend);
    assert_eq!(told.state.turn_left(told.now), Some(turn + EXTRA));
    told.does(1, Act::Pass);
    assert_eq!(told.state.turn_left(told.now), Some(turn));
    told.does(1, Act::Extend);
    told.is_refused(1, Act::Extend, Refusal::NotNow);
}

#[test]
fn only_holder_and_keepers_hand_on_until_the_turn_is_long_over() {
    let mut told = Told::in_round(4);
    told.does(1, Act::Pass);
    told.is_refused(3, Act::Pass, Refusal::NotYours);
    let left = told.state.turn_left(told.now).unwrap();
    told.now = seconds(left + PATIENCE - 1);
    told.is_refused(3, Act::Pass, Refusal::NotYours);
    told.now = seconds(left + PATIENCE);
    told.does(3, Act::Pass);
    assert_eq!(told.holder(), Some(3));
}

#[test]
fn the_circle_goes_on_when_its_keeper_leaves() {
    let mut told = Told::in_round(4);
    told.does(1, Act::CoKeep(id(3)));
    told.does(1, Act::Leave);
    assert_eq!(told.state.keeper, Some(id(3)));
    assert_eq!(told.holder(), Some(2));
    told.does(3, Act::Leave);
    assert_eq!(told.state.keeper, None);
    told.does(4, Act::Next);
    told.does(4, Act::Keep);
    told.is_refused(2, Act::Next, Refusal::NotYours);
}

#[test]
fn anybody_here_takes_over_when_the_keepers_device_fails_but_one_of_them_only() {
    let mut told = Told::in_round(4);
    let seen = told.state.version;
    told.tries(2, Act::Keep, seen).unwrap();
    assert_eq!(told.tries(3, Act::Keep, seen), Err(Refusal::Stale));
    assert_eq!(told.state.keeper, Some(id(2)));
    told.does(2, Act::Next);
}

#[test]
fn whoever_comes_late_is_at_the_end_and_listens_after_the_first_round() {
    let mut told = Told::in_round(3);
    told.enters(9, false);
    assert_eq!(told.order(), [1, 2, 3, 9]);
    assert_eq!(told.state.round.queue, [id(2), id(3), id(9)]);
    told.next_round();
    told.enters(8, false);
    assert_eq!(told.state.round.queue, [id(2), id(3), id(9)]);
    told.next_round();
    assert_eq!(told.state.round.queue, [id(2), id(3), id(9), id(8)]);
}

#[test]
fn nobody_has_a_second_turn_by_going_and_coming_back() {
    let mut told = Told::in_round(3);
    told.does(1, Act::Pass);
    told.does(1, Act::Leave);
    told.enters(1, false);
    assert_eq!(told.state.round.queue, [id(3)]);
}

#[test]
fn whoever_rests_is_asked_at_the_end_of_the_round() {
    let mut told = Told::in_round(3);
    told.does(2, Act::Rest);
    assert_eq!(told.state.next(), Some(id(3)));
    told.does(1, Act::Pass);
    assert_eq!(told.holder(), Some(3));
    told.does(2, Act::Return);
    told.does(3, Act::Pass);
    assert_eq!(told.holder(), Some(2));
    told.does(2, Act::Rest);
    assert_eq!(told.holder(), None);
}

#[test]
fn a_pause_takes_nothing_from_a_turn() {
    let mut told = Told::in_round(3);
    let left = told.state.turn_left(told.now);
    told.does(1, Act::Pause);
    told.now = seconds(300);
    assert_eq!(told.state.turn_left(told.now), left);
    told.does(1, Act::Pass);
    told.now = seconds(400);
    told.does(1, Act::Resume);
    assert_eq!(told.state.turn_left(told.now), left);
}

#[test]
fn a_call_reaches_one_person_alone() {
    let mut told = Told::begun(4);
    told.does(2, Act::Call);
    let heard_by = |told: &Told| -> Vec<u8> {
        let hears = |n: &u8| told.state.calls_for(id(*n)).next().is_some();
        (1..=4).filter(hears).collect()
    };
    assert_eq!(heard_by(&told), [1], "the keeper, where nobody is named");
    told.does(1, Act::Carer(id(3)));
    assert_eq!(heard_by(&told), [3]);
    told.is_refused(4, Act::Hear(id(2)), Refusal::NotYours);
    told.does(3, Act::Hear(id(2)));
    told.does(3, Act::Leave);
    assert_eq!(heard_by(&told), [1], "a call does not get lost");
    told.does(2, Act::Recall);
    assert!(heard_by(&told).is_empty());
    assert!(heard_by(&told).is_empty());
    told.is_refused(1, Act::Call, Refusal::NotNow);
}

#[test]
fn a_shared_phone_hands_on_for_those_without_a_device() {
    let mut told = Told::open(3, false);
    told.enters(1, false);
    for n in [2, 3] {
        let seat = Act::Seat {
            who: id(n),
            name: format!("Person {n}"),
        };
        told.does(1, seat);
    }
    told.does(1, Act::Begin { few: false });
    told.next_round();
    told.does(1, Act::Pass);
    told.does(1, Act::Skip);
    assert_eq!(told.holder(), Some(3));
    told.does(1, Act::Unseat(id(3)));
    assert_eq!(told.holder(), Some(2));
    told.enters(2, false);
    told.is_refused(1, Act::Unseat(id(2)), Refusal::NotYours);
}

#[test]
fn no_circle_is_longer_than_ninety_minutes() {
    let mut told = Told::in_round(3);
    told.now = BEGIN.minutes(HARD_STOP);
    told.is_refused(1, Act::Pass, Refusal::Over);
    told.does(3, Act::End);
    assert_eq!(told.state.minutes(BEGIN.minutes(200)), HARD_STOP);
    told.is_refused(1, Act::Next, Refusal::Over);
}

#[test]
fn it_is_over_when_the_last_one_has_gone() {
    let mut told = Told::begun(2);
    told.does(1, Act::Leave);
    told.does(2, Act::Leave);
    assert!(told.state.ended_at.is_some());
    assert_eq!(told.state.most, 2);
}

#[test]
fn the_twenty_first_finds_no_seat() {
    let mut told = Told::open(21, false);
    for n in 1..=20 {
        told.enters(n, false);
    }
    let name = "One more".to_owned();
    told.is_refused(
        21,
        Act::Enter {
            name,
            remote: false,
        },
        Refusal::Full,
    );
}

#[test]
fn nothing_is_left_of_somebody_who_is_erased_in_the_middle() {
    let mut told = Told::in_round(4);
    told.does(2, Act::Call);
    told.does(1, Act::Skip);
    told.does(1, Act::CoKeep(id(2)));
    told.does(1, Act::Carer(id(2)));
    let without = told.state.without(id(2), told.now);
    assert!(
        !format!("{without:?}").contains("PersonId([2, 2"),
        "{without:?}"
    );
    assert_eq!(without.holder, Some(id(3)));
}

#[test]
fn doors_open_for_the_keeper_early_and_for_the_others_on_time() {
    let begins = Some(BEGIN);
    let opens = |keeps, minute: i64| may_open(begins, 60, keeps, false, BEGIN.minutes(minute));
    assert!(!opens(true, -16) && opens(true, -15) && !opens(false, -1));
    assert!(opens(false, 0) && opens(false, 59) && !opens(false, 60) && !opens(true, 60));
    let meant = |keeps| may_open(None, 60, keeps, true, BEGIN);
    assert!(meant(true) && !meant(false));
}

#[test]
fn a_few_hold_the_short_check_in_without_a_step() {
    let mut told = Told::open(6, false);
    for n in 1..=3 {
        told.enters(n, false);
        assert!(told.state.is_few());
    }
    told.does(1, Act::Begin { few: true });
    let words: Vec<_> = told.state.parts.iter().map(|part| &part.word[..]).collect();
    assert_eq!(
        words,
        ["opening", "check-in", "round", "closing-round", "closing"]
    );
    assert!(told.state.setting.steps.is_empty());
    told.is_refused(1, Act::Step(2), Refusal::NotNow);
    told.enters(4, false);
    assert!(!told.state.is_few());
}

#[test]
fn who_keeps_this_meeting_keeps_it_as_soon_as_they_are_here() {
    let mut told = Told::open(4, false);
    told.state.keeper = Some(id(3));
    told.enters(1, false);
    told.enters(2, false);
    assert!(told.state.leads(id(1)) && told.state.leads(id(2)));
    told.enters(3, false);
    assert!(told.state.leads(id(3)) && !told.state.leads(id(1)));
}

#[test]
fn the_circle_settles_its_step_and_the_questions_begin_anew() {
    let mut told = Told::begun(4);
    told.does(1, Act::Another);
    told.is_refused(2, Act::Step(3), Refusal::NotYours);
    told.is_refused(1, Act::Step(13), Refusal::NotNow);
    told.does(1, Act::Step(3));
    assert_eq!(
        (told.state.setting.steps, told.state.question),
        (vec![3], 0)
    );
}
