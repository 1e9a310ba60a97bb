//! When letters may go out: over midnight, over changes of the clock, alone and together.
#![allow(clippy::unwrap_used)]

use super::*;
use proptest::prelude::*;

const ZONES: [&str; 6] = [
    "Europe/Lisbon",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/New_York",
    "Pacific/Chatham",
];

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn at(text: &str) -> Time {
    let zoned: Zoned = text.parse().unwrap();
    zoned.timestamp().into()
}

fn said(time: Time, name: &str) -> String {
    let local = time.stamp().to_zoned(zone(name));
    local.strftime("%Y-%m-%d %H:%M %:z").to_string()
}

fn clock(text: &str) -> Clock {
    text.parse().unwrap()
}

fn quiet(from: &str, to: &str) -> Choice {
    let quiet = Quiet {
        from: clock(from),
        to: clock(to),
    };
    Choice {
        quiet: Some(quiet),
        ..Choice::default()
    }
}

fn loud() -> Choice {
    Choice {
        quiet: None,
        ..Choice::default()
    }
}

fn letter(kind: Kind, made: Time) -> Waiting {
    Waiting { kind, made }
}

fn goes_in(made: &str, choice: &Choice, name: &str) -> String {
    let letter = letter(Kind::Change, at(made));
    said(goes(letter, choice, &zone(name)).unwrap(), name)
}

#[test]
fn quiet_hours_wrap_over_midnight() {
    let choice = quiet("21:00", "08:00");
    let lisbon = "Europe/Lisbon";
    for (made, goes) in [
        ("2026-12-01T20:50[Europe/Lisbon]", "2026-12-01 20:55 +00:00"),
        ("2026-12-01T20:55[Europe/Lisbon]", "2026-12-02 08:00 +00:00"),
        ("2026-12-01T23:59[Europe/Lisbon]", "2026-12-02 08:00 +00:00"),
        ("2026-12-02T00:00[Europe/Lisbon]", "2026-12-02 08:00 +00:00"),
        ("2026-12-02T07:54[Europe/Lisbon]", "2026-12-02 08:00 +00:00"),
        ("2026-12-02T07:55[Europe/Lisbon]", "2026-12-02 08:00 +00:00"),
        ("2026-12-02T07:56[Europe/Lisbon]", "2026-12-02 08:01 +00:00"),
    ] {
        assert_eq!(goes_in(made, &choice, lisbon), goes, "made {made}");
    }
}

#[test]
fn quiet_hours_within_a_day_do_not_wrap() {
    let choice = quiet("13:00", "15:00");
    let made = "2026-12-01T13:10[Europe/Lisbon]";
    assert_eq!(
        goes_in(made, &choice, "Europe/Lisbon"),
        "2026-12-01 15:00 +00:00"
    );
    let night = "2026-12-01T03:00[Europe/Lisbon]";
    assert_eq!(
        goes_in(night, &choice, "Europe/Lisbon"),
        "2026-12-01 03:05 +00:00"
    );
}

#[test]
fn an_end_that_daylight_saving_skips_moves_on() {
    let choice = quiet("22:00", "02:30");
    let made = "2027-03-27T23:00[Europe/Berlin]";
    assert_eq!(
        goes_in(made, &choice, "Europe/Berlin"),
        "2027-03-28 03:30 +02:00"
    );
}

#[test]
fn an_hour_that_comes_twice_is_quiet_twice() {
    let choice = quiet("22:00", "02:30");
    let first = "2026-10-25T01:00+02:00[Europe/Berlin]";
    assert_eq!(
        goes_in(first, &choice, "Europe/Berlin"),
        "2026-10-25 02:30 +02:00"
    );
    let second = "2026-10-25T02:10+01:00[Europe/Berlin]";
    assert_eq!(
        goes_in(second, &choice, "Europe/Berlin"),
        "2026-10-25 02:30 +01:00"
    );
}

#[test]
fn one_mail_a_day_comes_at_the_hour_on_ones_own_clock_and_reminders_do_not_wait_for_it() {
    let choice = Choice {
        daily: Some(clock("18:00")),
        soon: Channel::Mail,
        ..loud()
    };
    let made = "2026-10-24T19:00[Europe/Lisbon]";
    assert_eq!(
        goes_in(made, &choice, "Europe/Lisbon"),
        "2026-10-25 18:00 +00:00",
        "the clock was turned back in between"
    );
    let soon = letter(Kind::Soon, at(made));
    assert_eq!(goes(soon, &choice, &zone("UTC")), Some(at(made)));
}

#[test]
fn letters_within_five_minutes_go_in_one_mail_and_later_ones_in_the_next() {
    let begin = at("2026-12-01T10:00[UTC]");
    let all = [0, 4, 9, 11].map(|minute| letter(Kind::Change, begin.minutes(minute)));
    let now = |minute| in_one_mail(&all, &loud(), &TimeZone::UTC, begin.minutes(minute));
    assert!(now(4).is_empty());
    assert_eq!(now(5), [0, 1]);
    let rest = in_one_mail(&all[2..], &loud(), &TimeZone::UTC, begin.minutes(14));
    assert_eq!(rest, [0, 1]);
}

#[test]
fn a_reminder_takes_nothing_along_that_waits_for_the_daily_mail() {
    let begin = at("2026-12-01T10:00[UTC]");
    let choice = Choice {
        daily: Some(clock("20:00")),
        ..loud()
    };
    let all = [letter(Kind::Change, begin), letter(Kind::Evening, begin)];
    assert_eq!(in_one_mail(&all, &choice, &TimeZone::UTC, begin), [1]);
}

#[test]
fn whoever_muted_gets_nothing_of_any_kind() {
    let choice = Choice {
        muted: true,
        ..loud()
    };
    for kind in Kind::ALL {
        let letter = letter(kind, Time(0));
        assert_eq!(goes(letter, &choice, &TimeZone::UTC), None, "{kind:?}");
    }
}

#[test]
fn a_reminder_comes_the_evening_before_and_two_hours_before() {
    let begins = at("2026-12-08T09:00[Europe/Lisbon]");
    let (made, ends) = reminder(Kind::Evening, begins, &zone("Asia/Kathmandu")).unwrap();
    assert_eq!(said(made, "Asia/Kathmandu"), "2026-12-07 18:00 +05:45");
    let (soon, over) = reminder(Kind::Soon, begins, &TimeZone::UTC).unwrap();
    assert_eq!((ends, over), (soon, begins));
    assert_eq!(soon, begins.minutes(-120));
    assert_eq!(reminder(Kind::Change, begins, &TimeZone::UTC), None);
}

#[test]
fn a_mail_is_tried_for_about_two_days_and_then_no_more() {
    let pauses: Vec<i64> = (1..).map_while(again).collect();
    assert!(pauses.windows(2).all(|two| two[0] <= two[1]));
    let hours = pauses.iter().sum::<i64>() / 60;
    assert!((40..=60).contains(&hours), "{hours}");
    assert_eq!(again(0), None);
    assert_eq!(again(i64::MAX), None);
}

prop_compose! {
    fn choices()(
        from in 0i8..24, to in 0i8..24, half in any::<bool>(), hour in proptest::option::of(0i8..24),
    ) -> Choice {
        Choice {
            quiet: Some(Quiet {
                from: Clock::constant(from, 0, 0, 0),
                to: Clock::constant(to, if half { 30 } else { 0 }, 0, 0),
            }),
            daily: hour.map(|hour| Clock::constant(hour, 0, 0, 0)),
            ..Choice::default()
        }
    }
}

/// Every quarter of an hour of some years, so that every change of the clock is met.
fn moments() -> impl Strategy<Value = Time> {
    let begin = at("2026-01-01T00:00[UTC]");
    (0i64..4 * 24 * 365 * 4).prop_map(move |n| begin.minutes(15 * n))
}

/// Moments around the changes of daylight saving, where mistakes live.
fn changes() -> impl Strategy<Value = Time> {
    (0..ZONES.len(), 0usize..8, -20i64..20).prop_map(|(name, nth, quarter)| {
        let begin = at("2026-01-01T00:00[UTC]").stamp();
        let zone = zone(ZONES[name]);
        let change = zone.following(begin).nth(nth);
        let change = change.map_or(begin, |change| change.timestamp());
        Time::from(change).minutes(15 * quarter)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn nothing_comes_in_quiet_hours_too_early_or_days_late(
        made in prop_oneof![moments(), changes()], choice in choices(),
        name in 0..ZONES.len(), kind in 0..Kind::ALL.len(),
    ) {
        let zone = zone(ZONES[name]);
        let kind = Kind::ALL[kind];
        let letter = letter(kind, made);
        if let Some(at) = goes(letter, &choice, &zone) {
            let clock = at.stamp().to_zoned(zone.clone()).time();
            prop_assert!(!choice.quiet.unwrap().has(clock), "{clock} is quiet");
            prop_assert!(at >= made);
            prop_assert!(at <= made.minutes(50 * 60), "{} waits too long", said(at, ZONES[name]));
            prop_assert_eq!(not_in_quiet(at, &choice, &zone), at);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_letter_goes_out_once_and_none_before_its_time_but_in_company(
        gaps in proptest::collection::vec(0i64..20, 1..12), choice in choices(),
        begin in moments(), name in 0..ZONES.len(),
    ) {
        let zone = zone(ZONES[name]);
        let mut made = begin;
        let mut waiting: Vec<Waiting> = gaps.iter().enumerate().map(|(at, gap)| {
            made = made.minutes(*gap);
            letter(Kind::ALL[at % 3], made)
        }).collect();
        let all = waiting.len();
        let (mut now, mut mails, mut sent) = (begin, 0, 0);
        while !waiting.is_empty() && now < begin.days(4) {
            let written: Vec<Waiting> =
                waiting.iter().copied().take_while(|letter| letter.made <= now).collect();
            let go = in_one_mail(&written, &choice, &zone, now);
            for at in &go {
                let due = goes(written[*at], &choice, &zone).unwrap();
                prop_assert!(due <= now.minutes(TOGETHER));
            }
            mails += usize::from(!go.is_empty());
            sent += go.len();
            for at in go.into_iter().rev() {
                waiting.remove(at);
            }
            now = now.minutes(1);
        }
        prop_assert_eq!(sent, all, "{} letters never went", waiting.len());
        prop_assert!(mails <= all);
    }
}
