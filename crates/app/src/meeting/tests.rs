//! Calendars, read as a calendar program would read them (RFC 5545), and how days are said.
#![allow(clippy::unwrap_used)]

mod readers;
mod zones;

use jiff::civil::{Date, Time as Clock, Weekday};
use mend_rules::id::SeriesId;
use mend_rules::meeting::{Cadence, Change, Ends, Nth, Series};
use mend_rules::movement::zone;
use mend_rules::time::Time;

use super::feed::{Entry, calendar};
use super::{Format, Meetings};
use crate::testing::begin;

/// A circle that meets on a weekday of the month at seven, online, from December 2026 on.
fn entry(name: &str, zone_name: &str) -> Entry {
    let series = Series {
        cadence: Cadence::Monthly(Nth::ALL[1]),
        weekday: Weekday::Tuesday,
        starts: Clock::constant(19, 0, 0, 0),
        minutes: 60,
        zone: zone(zone_name).unwrap(),
        first_on: Date::constant(2026, 12, 1),
        ends: Ends::Open,
    };
    Entry {
        name: name.to_owned(),
        meetings: Meetings::new(
            SeriesId([name.len() as u8; 16]),
            series,
            Format::Online,
            begin(),
        ),
        wave: None,
        alarms: None,
    }
}

fn at(mut entry: Entry, format: Format, place: &str) -> Entry {
    entry.meetings.format = format;
    entry.meetings.place = place.to_owned();
    entry
}

fn feed(entries: &[Entry]) -> String {
    calendar(entries, begin())
}

/// The lines of a calendar with folded ones joined.
fn lines(text: &str) -> Vec<String> {
    text.replace("\r\n ", "")
        .replace("\r\n\t", "")
        .split_terminator("\r\n")
        .map(str::to_owned)
        .collect()
}

/// The value of a property, whatever its parameters.
fn value(text: &str, name: &str) -> Option<String> {
    let event = text.split("BEGIN:VEVENT").nth(1)?;
    let named = |line: &String| line.split([':', ';']).next() == Some(name);
    let line = lines(event).into_iter().find(named)?;
    line.split_once(':').map(|(_, value)| value.to_owned())
}

/// What a reader makes of an escaped text.
fn plain(text: &str) -> String {
    text.replace("\\n", "\n")
        .replace("\\,", ",")
        .replace("\\;", ";")
        .replace("\\\\", "\\")
}

#[test]
fn a_calendar_begins_and_ends_as_one_and_names_its_version() {
    for text in [feed(&[]), feed(&[entry("River", "Europe/Lisbon")])] {
        let lines = lines(&text);
        assert_eq!(
            (lines[0].as_str(), lines[lines.len() - 1].as_str()),
            ("BEGIN:VCALENDAR", "END:VCALENDAR")
        );
        for once in ["VERSION:2.0", "CALSCALE:GREGORIAN"] {
            assert_eq!(
                lines.iter().filter(|line| *line == once).count(),
                1,
                "{once}"
            );
        }
        assert_eq!(
            lines
                .iter()
                .filter(|line| line.starts_with("PRODID:"))
                .count(),
            1
        );
        assert_eq!(opened(&lines), [""; 0], "everything that begins ends");
    }
}

/// What was begun and not ended.
fn opened(lines: &[String]) -> Vec<String> {
    let mut open = Vec::new();
    for line in lines {
        match line.split_once(':') {
            Some(("BEGIN", what)) => open.push(what.to_owned()),
            Some(("END", what)) => assert_eq!(open.pop().as_deref(), Some(what)),
            _ => {}
        }
    }
    open
}

#[test]
fn an_event_keeps_the_wall_clock_and_the_zone() {
    let text = feed(&[entry("River", "Europe/Lisbon")]);
    for line in [
        "DTSTART;TZID=Europe/Lisbon:20261208T190000",
        "DTEND;TZID=Europe/Lisbon:20261208T200000",
        "RRULE:FREQ=MONTHLY;BYDAY=2TU",
        "SEQUENCE:0",
        "DTSTAMP:20261201T100000Z",
        "LAST-MODIFIED:20261201T100000Z",
        "SUMMARY:River",
        "STATUS:CONFIRMED",
    ] {
        assert!(lines(&text).contains(&line.to_owned()), "{line}: {text}");
    }
}

#[test]
fn a_change_raises_the_sequence_and_keeps_the_name_of_the_event() {
    let mut changed = entry("River", "Europe/Lisbon");
    changed.meetings.sequence = 7;
    changed.meetings.changed_at = Time(begin().0 + 60_000_000);
    let (old, new) = (feed(&[entry("River", "Europe/Lisbon")]), feed(&[changed]));
    assert_eq!(value(&new, "SEQUENCE").as_deref(), Some("7"));
    assert_eq!(
        value(&new, "LAST-MODIFIED").as_deref(),
        Some("20261201T100100Z")
    );
    assert_eq!(value(&new, "UID"), value(&old, "UID"));
}

#[test]
fn every_line_ends_as_the_standard_says_and_is_folded_between_letters() {
    let long = "Círculo da manhã, com café — 円 ".repeat(20);
    let place = "Rua do Século 79; 2.º andar, à esquerda ".repeat(10);
    let entry = at(
        entry(&long, "America/Argentina/Buenos_Aires"),
        Format::Room,
        &place,
    );
    let text = feed(&[entry]);
    assert!(text.ends_with("\r\n"));
    for line in text.split_terminator("\r\n") {
        assert!(line.len() <= 75, "{} bytes: {line}", line.len());
        assert!(!line.contains(['\r', '\n']), "{line:?}");
        assert!(!line.is_empty());
    }
    assert_eq!(plain(&value(&text, "SUMMARY").unwrap()), long);
    assert_eq!(plain(&value(&text, "LOCATION").unwrap()), place);
}

#[test]
fn commas_semicolons_and_line_ends_in_a_name_stay_in_the_name() {
    let name = "Back\\slash, comma; semicolon:\nEND:VEVENT\nATTENDEE:mailto:x@example.org";
    let text = feed(&[at(entry(name, "UTC"), Format::Room, name)]);
    for property in ["SUMMARY", "LOCATION"] {
        let value = value(&text, property).unwrap();
        assert!(
            value.starts_with("Back\\\\slash\\, comma\\; semicolon:\\nEND:VEVENT\\n"),
            "{value}"
        );
        assert_eq!(plain(&value), name);
    }
    let lines = lines(&text);
    assert!(!lines.iter().any(|line| line.starts_with("ATTENDEE")));
    assert_eq!(lines.iter().filter(|line| *line == "END:VEVENT").count(), 1);
}

#[test]
fn an_address_on_the_net_and_a_number_are_no_place_on_a_map() {
    let meet = "https://meet.example/a,b;c?d=1";
    let mut online = entry("River", "UTC");
    (online.meetings.link, online.meetings.dial) = (meet.into(), "+351 210 000 000".into());
    let text = feed(&[online]);
    assert_eq!(value(&text, "LOCATION"), None);
    assert_eq!(value(&text, "URL").as_deref(), Some(meet));
    let conferences: Vec<String> = lines(&text)
        .into_iter()
        .filter(|line| line.starts_with("CONFERENCE"))
        .collect();
    assert_eq!(conferences.len(), 2, "{conferences:?}");
    assert!(
        conferences[1].ends_with(":tel:+351210000000"),
        "{conferences:?}"
    );
    assert_eq!(
        plain(&value(&text, "DESCRIPTION").unwrap()),
        format!("{meet}\n+351 210 000 000")
    );
    let room = feed(&[at(entry("River", "UTC"), Format::Room, "Cellar")]);
    assert_eq!(value(&room, "LOCATION").as_deref(), Some("Cellar"));
    let nowhere = feed(&[entry("River", "UTC")]);
    assert_eq!(
        (
            value(&nowhere, "URL"),
            value(&nowhere, "LOCATION"),
            value(&nowhere, "DESCRIPTION")
        ),
        (None, None, None)
    );
}

fn changed(on: Date, to: Option<Date>) -> Change {
    Change {
        on,
        to: to.map(|to| to.at(20, 15, 0, 0)),
        place: String::new(),
        cancelled: to.is_none(),
    }
}

#[test]
fn a_moved_and_a_cancelled_meeting_stand_beside_the_series() {
    let mut river = entry("River", "Europe/Lisbon");
    river.meetings.sequence = 3;
    river.meetings.changes = vec![
        changed(
            Date::constant(2026, 12, 8),
            Some(Date::constant(2026, 12, 10)),
        ),
        changed(Date::constant(2027, 1, 12), None),
        changed(Date::constant(2027, 1, 13), None),
    ];
    let text = feed(&[river]);
    assert_eq!(
        text.matches("BEGIN:VEVENT").count(),
        3,
        "no meeting is on the 13th: {text}"
    );
    assert_eq!(text.matches("SEQUENCE:3\r\n").count(), 3);
    for line in [
        "RECURRENCE-ID;TZID=Europe/Lisbon:20261208T190000",
        "DTSTART;TZID=Europe/Lisbon:20261210T201500",
        "RECURRENCE-ID;TZID=Europe/Lisbon:20270112T190000",
        "STATUS:CANCELLED",
    ] {
        assert!(lines(&text).contains(&line.to_owned()), "{line}: {text}");
    }
}

#[test]
fn what_was_cancelled_long_ago_is_left_out_of_the_series() {
    let mut river = entry("River", "Europe/Lisbon");
    river.meetings.changes = vec![changed(Date::constant(2026, 12, 8), None)];
    let soon = calendar(std::slice::from_ref(&river), begin().days(66));
    assert!(soon.contains("STATUS:CANCELLED") && !soon.contains("EXDATE"));
    let later = calendar(&[river], begin().days(69));
    assert!(
        later.contains("EXDATE;TZID=Europe/Lisbon:20261208T190000\r\n"),
        "{later}"
    );
    assert!(!later.contains("STATUS:CANCELLED"));
}

#[test]
fn every_cadence_and_end_has_its_rule() {
    let rule = |cadence, ends| {
        let mut river = entry("River", "Europe/Lisbon");
        (river.meetings.series.cadence, river.meetings.series.ends) = (cadence, ends);
        value(&feed(&[river]), "RRULE").unwrap()
    };
    let last = Date::constant(2027, 6, 8);
    assert_eq!(rule(Cadence::Weekly, Ends::After(8)), "FREQ=WEEKLY;COUNT=8");
    assert_eq!(
        rule(Cadence::Fortnightly, Ends::On(last)),
        "FREQ=WEEKLY;INTERVAL=2;UNTIL=20270602T180000Z"
    );
    assert_eq!(
        rule(Cadence::FourWeekly, Ends::Open),
        "FREQ=WEEKLY;INTERVAL=4"
    );
    assert_eq!(
        rule(Cadence::Monthly(Nth::ALL[4]), Ends::Open),
        "FREQ=MONTHLY;BYDAY=-1TU"
    );
}

#[test]
fn every_event_has_a_name_of_its_own() {
    let text = feed(&[
        entry("River", "UTC"),
        entry("Stones", "UTC"),
        entry("Fern", "UTC"),
    ]);
    let mut names: Vec<_> = lines(&text)
        .into_iter()
        .filter(|line| line.starts_with("UID:"))
        .collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 3);
    assert_eq!(text.matches("BEGIN:VEVENT\r\n").count(), 3);
}

/// The days that a program finds by the rule, against those that the pages say.
#[test]
fn calendars_and_pages_fall_on_the_same_days() {
    for nth in Nth::ALL {
        for weekday in [Weekday::Monday, Weekday::Friday, Weekday::Sunday] {
            let mut entry = entry("River", "Europe/Lisbon");
            entry.meetings.series.cadence = Cadence::Monthly(nth);
            entry.meetings.series.weekday = weekday;
            let text = feed(std::slice::from_ref(&entry));
            let start: jiff::civil::DateTime = value(&text, "DTSTART").unwrap().parse().unwrap();
            let by_rule = by_day(start.date(), &value(&text, "RRULE").unwrap());
            let after = begin().stamp().to_zoned(jiff::tz::TimeZone::UTC);
            let by_page: Vec<Date> = entry
                .meetings
                .series
                .from(&after)
                .take(36)
                .map(|at| at.date())
                .collect();
            assert_eq!(by_rule, by_page, "{nth:?} {weekday:?}");
        }
    }
}

/// Three years of `FREQ=MONTHLY;BYDAY=…`, counted day by day.
fn by_day(first: Date, rule: &str) -> Vec<Date> {
    let by = rule.strip_prefix("FREQ=MONTHLY;BYDAY=").unwrap();
    let (nth, day) = by.split_at(by.len() - 2);
    let nth: i64 = nth.parse().unwrap();
    let weekday = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
        .iter()
        .position(|one| *one == day)
        .unwrap();
    let weekday = Weekday::from_monday_zero_offset(weekday as i8).unwrap();
    let mut days = Vec::new();
    let mut month = first.first_of_month();
    while days.len() < 36 {
        let all: Vec<Date> = month
            .series(jiff::Span::new().days(1))
            .take(month.days_in_month() as usize)
            .collect();
        let fitting: Vec<&Date> = all
            .iter()
            .filter(|date| date.weekday() == weekday)
            .collect();
        let at = if nth < 0 {
            fitting.len() - 1
        } else {
            nth as usize - 1
        };
        days.extend(
            fitting
                .get(at)
                .filter(|date| ***date >= first)
                .map(|date| **date),
        );
        month = month.last_of_month().tomorrow().unwrap();
    }
    days
}
