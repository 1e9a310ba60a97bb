//! Cadences, single meetings, steps and agendas, by cases and by laws.
#![allow(clippy::unwrap_used)]
use super::*;
use jiff::civil::{Date, Time as Clock, Weekday, date, time};
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};
use proptest::prelude::*;

fn monthly(zone: &str, nth: i64, weekday: Weekday, at: Clock) -> Series {
    Series {
        cadence: Cadence::Monthly(Nth::new(nth).unwrap()),
        weekday,
        starts: at,
        minutes: 60,
        zone: TimeZone::get(zone).unwrap(),
        first_on: date(2026, 9, 1),
        ends: Ends::Open,
    }
}

fn first(series: &Series, after: &str, count: usize) -> Vec<String> {
    let after: Zoned = after.parse().unwrap();
    let show = |z: Zoned| z.strftime("%Y-%m-%d %H:%M %:z").to_string();
    series.from(&after).take(count).map(show).collect()
}

fn on_days(series: &Series, changes: &[Change]) -> Vec<String> {
    let show = |meeting: Meeting| {
        let number = meeting.number.map_or("-".into(), |n| n.to_string());
        format!("{number} {}", meeting.begins.strftime("%m-%d"))
    };
    meetings([(series, changes)]).take(5).map(show).collect()
}

#[test]
fn the_second_tuesday_stays_at_seven_over_daylight_saving() {
    let series = monthly(
        "Europe/Lisbon",
        2,
        Weekday::Tuesday,
        Clock::constant(19, 0, 0, 0),
    );
    assert_eq!(
        first(&series, "2026-10-01T00:00[UTC]", 2),
        ["2026-10-13 19:00 +01:00", "2026-11-10 19:00 +00:00"]
    );
}

#[test]
fn the_southern_hemisphere_turns_its_clock_the_other_way() {
    let series = monthly(
        "America/Santiago",
        -1,
        Weekday::Sunday,
        Clock::constant(10, 0, 0, 0),
    );
    assert_eq!(
        first(&series, "2027-03-01T00:00[UTC]", 2),
        ["2027-03-28 10:00 -03:00", "2027-04-25 10:00 -04:00"]
    );
}

#[test]
fn a_time_that_daylight_saving_skips_moves_on() {
    let series = monthly(
        "Europe/Berlin",
        -1,
        Weekday::Sunday,
        Clock::constant(2, 30, 0, 0),
    );
    assert_eq!(
        first(&series, "2027-03-27T00:00[UTC]", 1),
        ["2027-03-28 03:30 +02:00"]
    );
}

#[test]
fn a_meeting_that_still_lasts_is_the_next_one_and_none_is_before_the_first_day() {
    let series = monthly("UTC", 1, Weekday::Monday, Clock::constant(19, 0, 0, 0));
    assert_eq!(
        first(&series, "2020-01-01T00:00[UTC]", 1),
        ["2026-09-07 19:00 +00:00"]
    );
    assert_eq!(
        first(&series, "2026-09-07T19:59[UTC]", 1),
        ["2026-09-07 19:00 +00:00"]
    );
    assert_eq!(
        first(&series, "2026-09-07T20:00[UTC]", 1),
        ["2026-10-05 19:00 +00:00"]
    );
}

/// Tuesdays at 19:00 in Lisbon from September 2026 on.
fn tuesdays(cadence: Cadence, ends: Ends) -> Series {
    let series = monthly(
        "Europe/Lisbon",
        1,
        Weekday::Tuesday,
        Clock::constant(19, 0, 0, 0),
    );
    Series {
        cadence,
        ends,
        ..series
    }
}

#[test]
fn weeks_are_counted_from_the_first_meeting() {
    let days = |cadence| -> Vec<String> {
        let series = tuesdays(cadence, Ends::Open);
        series.days().take(3).map(|day| day.to_string()).collect()
    };
    assert_eq!(
        days(Cadence::Weekly),
        ["2026-09-01", "2026-09-08", "2026-09-15"]
    );
    assert_eq!(
        days(Cadence::Fortnightly),
        ["2026-09-01", "2026-09-15", "2026-09-29"]
    );
    assert_eq!(
        days(Cadence::FourWeekly),
        ["2026-09-01", "2026-09-29", "2026-10-27"]
    );
}

#[test]
fn a_series_of_eight_weeks_has_eight_meetings_and_one_with_a_last_day_none_after_it() {
    let eight = tuesdays(Cadence::Weekly, Ends::After(8));
    assert_eq!(eight.days().count(), 8);
    assert_eq!(eight.days().last(), Some(date(2026, 10, 20)));
    let until = tuesdays(Cadence::Weekly, Ends::On(date(2026, 9, 15)));
    assert_eq!(until.days().last(), Some(date(2026, 9, 15)));
    assert_eq!(
        tuesdays(Cadence::Weekly, Ends::On(date(2026, 8, 1)))
            .days()
            .count(),
        0
    );
}

#[test]
fn a_day_says_which_of_its_weekday_it_is() {
    let nth = |day| Nth::of(date(2026, 9, day)).number();
    assert_eq!(
        [nth(1), nth(7), nth(8), nth(22), nth(28), nth(29)],
        [1, 1, 2, 4, 4, -1]
    );
}

fn moved(on: Date, to: Date) -> Change {
    Change {
        on,
        to: Some(to.at(20, 0, 0, 0)),
        place: String::new(),
        cancelled: false,
    }
}

fn cancelled(on: Date) -> Change {
    Change {
        on,
        to: None,
        place: String::new(),
        cancelled: true,
    }
}

#[test]
fn a_cancelled_meeting_stays_and_the_next_one_takes_its_number() {
    let series = tuesdays(Cadence::Weekly, Ends::After(4));
    let changes = [
        cancelled(date(2026, 9, 8)),
        moved(date(2026, 9, 15), date(2026, 9, 17)),
    ];
    assert_eq!(
        on_days(&series, &changes),
        ["1 09-01", "- 09-08", "2 09-17", "3 09-22"]
    );
}

fn check(to: (i8, i8), now: &str) -> Result<(), ChangeTrouble> {
    let series = tuesdays(Cadence::Weekly, Ends::Open);
    let changes = [cancelled(date(2026, 9, 15))];
    let to = date(2026, to.0, to.1).at(19, 0, 0, 0);
    let to = to.to_zoned(series.zone.clone()).unwrap();
    let all = meetings([(&series, &changes[..])]);
    check_move(all, date(2026, 9, 8), &to, &now.parse().unwrap())
}

#[test]
fn a_meeting_moves_between_its_neighbours_and_never_into_the_past() {
    let early = "2026-08-20T00:00[UTC]";
    assert_eq!(check((9, 10), early), Ok(()));
    assert_eq!(check((9, 2), early), Ok(()));
    assert_eq!(check((9, 1), early), Err(ChangeTrouble::Order));
    assert_eq!(
        check((9, 15), early),
        Err(ChangeTrouble::Order),
        "it may be taken back"
    );
    assert_eq!(
        check((9, 7), "2026-09-08T00:00[UTC]"),
        Err(ChangeTrouble::Past)
    );
    assert_eq!(
        check((9, 10), "2026-09-08T18:00[UTC]"),
        Err(ChangeTrouble::Past),
        "it has begun"
    );
    let series = tuesdays(Cadence::Weekly, Ends::Open);
    let now: Zoned = early.parse().unwrap();
    let odd = check_undo(
        meetings([(&series, &[][..])]),
        &series,
        date(2026, 9, 9),
        &now,
    );
    assert_eq!(odd, Err(ChangeTrouble::NotThere));
}

#[test]
fn the_steps_of_a_new_circle_are_one_two_three_and_none_comes_before_its_time() {
    let sequence: Vec<u32> = (1..=14)
        .map(|n| *steps(Walk::Sequence, n).unwrap().start())
        .collect();
    assert_eq!(sequence, [1, 2, 3, 11, 4, 5, 6, 7, 8, 9, 10, 12, 1, 2]);
    let blocks: Vec<_> = (1..=6).map(|n| steps(Walk::Blocks, n)).collect();
    assert_eq!(
        blocks,
        [
            Some(1..=3),
            Some(10..=11),
            Some(12..=12),
            None,
            Some(4..=9),
            Some(1..=3)
        ]
    );
    assert_eq!(steps(Walk::Chosen, 3), None);
}

#[test]
fn new_people_come_in_at_the_first_meeting_and_every_third_after_it() {
    let points: Vec<u32> = (1..=9).filter(|n| is_set_point(*n, 3)).collect();
    assert_eq!(points, [1, 4, 7]);
    assert!((1..=9).all(|n| is_set_point(n, 1)));
}

#[test]
fn the_hour_for_six_is_the_one_of_the_handbook() {
    let ends: Vec<u32> = agenda(60, 6).iter().map(|part| part.to).collect();
    assert_eq!(ends, [3, 6, 8, 14, 16, 34, 35, 44, 48, 53, 55, 60]);
}

#[test]
fn a_group_inventory_ends_on_time_for_any_circle() {
    let ends: Vec<u32> = inventory(6).iter().map(|part| part.to).collect();
    assert_eq!(ends, [3, 6, 8, 11, 20, 29, 37, 42, 45]);
    for seats in 2..=20 {
        let parts = inventory(seats);
        assert_eq!(parts.last().unwrap().to, INVENTORY, "{seats} seats");
        assert!(parts.windows(2).all(|two| two[0].to == two[1].from));
        assert!(
            parts.iter().all(|part| part.from < part.to),
            "{seats} seats"
        );
        let word = |part: &&Part| part.word == "ours-write";
        let write = parts.iter().find(word).unwrap();
        assert!((7..=9).contains(&(write.to - write.from)), "{seats} seats");
    }
}

#[test]
fn four_of_six_are_enough_and_no_circle_waits_for_more_than_it_has() {
    let quorums: Vec<u32> = (1..=9).map(quorum).collect();
    assert_eq!(quorums, [1, 2, 3, 3, 4, 4, 5, 6, 6]);
}

#[test]
fn every_length_ends_on_time_for_any_circle() {
    for (minutes, seats) in LENGTHS
        .into_iter()
        .flat_map(|l| (1..=20).map(move |s| (l, s)))
    {
        let parts = agenda(minutes, seats);
        assert_eq!(parts.last().unwrap().to, minutes);
        assert!(parts.windows(2).all(|two| two[0].to == two[1].from));
        assert!(parts.iter().all(|part| part.from <= part.to));
    }
    assert_eq!([length(10), length(50), length(240)], [20, 45, 90]);
}

fn any_series() -> impl Strategy<Value = Series> {
    let zones = [
        "Europe/Lisbon",
        "America/Santiago",
        "Australia/Lord_Howe",
        "Asia/Kolkata",
    ];
    let cadences = [
        Cadence::Weekly,
        Cadence::Fortnightly,
        Cadence::FourWeekly,
        Cadence::Monthly(Nth::ALL[0]),
        Cadence::Monthly(Nth::ALL[4]),
    ];
    let parts = (
        0..5_usize,
        0..4_usize,
        1..=7_i8,
        0..24_i8,
        0..400_i64,
        0..30_u32,
    );
    parts.prop_map(move |(cadence, zone, weekday, hour, wait, count)| Series {
        cadence: cadences[cadence],
        weekday: Weekday::from_monday_one_offset(weekday).unwrap(),
        starts: Clock::constant(hour, 30, 0, 0),
        minutes: 60,
        zone: TimeZone::get(zones[zone]).unwrap(),
        first_on: date(2026, 1, 1).saturating_add(wait.days()),
        ends: if count < 3 {
            Ends::Open
        } else {
            Ends::After(count)
        },
    })
}

/// Changes as somebody would make them who tries a lot: some are refused.
fn tried(series: &Series, tries: &[(usize, i64, bool)]) -> Vec<Change> {
    let now: Zoned = "2025-12-01T00:00[UTC]".parse().unwrap();
    let mut changes: Vec<Change> = Vec::new();
    for (at, hours, cancel) in tries {
        let Some(on) = series.days().nth(*at) else {
            continue;
        };
        let to = series.begins(on).unwrap().saturating_add(hours.hours());
        let possible = check_move(meetings([(series, &changes[..])]), on, &to, &now).is_ok();
        if *cancel || possible {
            // A meeting that is left out stays where it was moved to, as the program does it.
            let before = changes.iter().find(|change| change.on == on);
            let before = before.and_then(|change| change.to);
            changes.retain(|change| change.on != on);
            changes.push(Change {
                on,
                to: if possible {
                    Some(to.datetime())
                } else {
                    before
                },
                place: String::new(),
                cancelled: *cancel,
            });
        }
    }
    changes
}

#[test]
fn a_change_to_a_zone_further_east_does_not_meet_before_the_last_meeting() {
    let weekly = |weekday, starts, zone: &str| Series {
        cadence: Cadence::Weekly,
        weekday,
        starts,
        minutes: 60,
        zone: TimeZone::get(zone).unwrap(),
        first_on: date(2026, 4, 4),
        ends: Ends::Open,
    };
    let old = weekly(Weekday::Thursday, time(14, 30, 0, 0), "America/Santiago");
    let next = weekly(Weekday::Friday, time(0, 30, 0, 0), "Australia/Lord_Howe");
    let turned = turn(&old, &[], date(2026, 7, 3), &next);
    let last = meetings([(&turned.old.unwrap(), &[][..])]).last().unwrap();
    let first = meetings([(&turned.new, &[][..])]).next().unwrap();
    assert_eq!((last.on, first.on), (date(2026, 7, 2), date(2026, 7, 10)));
}

proptest! {
    #[test]
    fn meetings_stay_in_order_and_on_their_weekday(
        series in any_series(),
        tries in proptest::collection::vec((0..12_usize, -900..900_i64, any::<bool>()), 0..12),
    ) {
        let changes = tried(&series, &tries);
        let all: Vec<Meeting> = meetings([(&series, &changes[..])]).take(14).collect();
        for two in all.windows(2) {
            prop_assert!(two[0].begins < two[1].begins, "{two:?}");
            prop_assert!(two[0].on < two[1].on);
        }
        prop_assert!(all.iter().all(|one| one.on.weekday() == series.weekday));
        let numbers: Vec<u32> = all.iter().filter_map(|one| one.number).collect();
        prop_assert!(numbers.iter().copied().eq(1..=numbers.len() as u32));
    }

    #[test]
    fn a_change_from_a_day_on_keeps_what_was_before_and_nothing_meets_twice(
        series in any_series(),
        next in any_series(),
        tries in proptest::collection::vec((0..12_usize, -900..900_i64, any::<bool>()), 0..8),
        days in 0..300_i64,
    ) {
        let changes = tried(&series, &tries);
        let from = series.first_on.saturating_add(days.days());
        let turned = turn(&series, &changes, from, &next);
        let before: Vec<Meeting> =
            meetings([(&series, &changes[..])]).take_while(|one| one.on < from).collect();
        let old: Vec<Meeting> = match &turned.old {
            Some(old) => meetings([(old, &changes[..])]).collect(),
            None => Vec::new(),
        };
        prop_assert_eq!(&old, &before);
        let first = meetings([(&turned.new, &[][..])]).next();
        if let (Some(last), Some(first)) = (old.last(), first) {
            prop_assert!(last.begins < first.begins);
            prop_assert!(first.on >= from);
        }
    }

    #[test]
    fn every_step_comes_once_in_twelve_meetings_and_fits(number in 0..20_u32) {
        let walked: Vec<u32> = (1..=12)
            .map(|n| *steps(Walk::Sequence, 12 * number + n).unwrap().start())
            .collect();
        let mut sorted = walked.clone();
        sorted.sort_unstable();
        prop_assert!(sorted.into_iter().eq(1..=12));
        prop_assert!(walked.iter().zip(1..).all(|(step, n)| fits_from(*step) <= 12 * number + n));
    }
}
