//! The zones that go out beside the events: once each, and right for every meeting.
#![allow(clippy::unwrap_used)]

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::{begin, entry, feed, lines};

const ZONES: [&str; 9] = [
    "Europe/Lisbon",
    "Africa/Lagos",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Pacific/Chatham",
    "UTC",
];

/// One change of a zone: from when on which offset counts.
struct Change {
    at: Timestamp,
    to: Offset,
}

/// The changes of every zone in a calendar, by its name, in the order they stand there.
fn zones(text: &str) -> Vec<(String, Vec<Change>)> {
    let blocks = text.split("BEGIN:VTIMEZONE\r\n").skip(1);
    let blocks = blocks.map(|rest| rest.split_once("END:VTIMEZONE\r\n").unwrap().0);
    blocks
        .map(|block| {
            let name = block
                .lines()
                .next()
                .unwrap()
                .strip_prefix("TZID:")
                .unwrap()
                .to_owned();
            let changes = block.split("BEGIN:").skip(1).map(change).collect();
            (name, changes)
        })
        .collect()
}

fn change(block: &str) -> Change {
    let value = |name: &str| {
        let line = block.lines().find(|line| line.starts_with(name)).unwrap();
        line.split_once(':').unwrap().1.to_owned()
    };
    let kind = block.lines().next().unwrap();
    assert!(matches!(kind, "STANDARD" | "DAYLIGHT"), "{kind}");
    let wall: DateTime = value("DTSTART").parse().unwrap();
    let (from, to) = (offset(&value("TZOFFSETFROM")), offset(&value("TZOFFSETTO")));
    Change {
        at: from.to_timestamp(wall).unwrap(),
        to,
    }
}

/// "+0530" as RFC 5545 writes it (3.3.14).
fn offset(text: &str) -> Offset {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let (hours, minutes): (i32, i32) = (text[1..3].parse().unwrap(), text[3..5].parse().unwrap());
    assert_eq!(text.len(), 5, "{text}");
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).unwrap()
}

#[test]
fn each_zone_stands_there_once_and_before_the_events() {
    let entries = ["River", "Stones", "Moss"].map(|name| entry(name, "Europe/Lisbon"));
    let text = feed(&[entries.as_slice(), &[entry("Far", "Asia/Kolkata")]].concat_entries());
    let names: Vec<String> = zones(&text).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["Europe/Lisbon", "Asia/Kolkata"]);
    assert!(text.find("VTIMEZONE").unwrap() < text.find("VEVENT").unwrap());
    assert!(zones(&feed(&[])).is_empty());
}

/// Entries are not cloned in the product; here two lists become one.
trait Concat {
    fn concat_entries(self) -> Vec<super::Entry>;
}

impl Concat for [&[super::Entry]; 2] {
    fn concat_entries(self) -> Vec<super::Entry> {
        let copy = |one: &super::Entry| super::Entry {
            name: one.name.clone(),
            meetings: one.meetings.clone(),
            wave: one.wave,
            alarms: one.alarms.clone(),
        };
        self.into_iter().flatten().map(copy).collect()
    }
}

#[test]
fn every_zone_that_an_event_names_is_there() {
    for name in ZONES {
        let text = feed(&[entry("River", name)]);
        assert!(lines(&text).contains(&format!("TZID:{name}")), "{name}");
        assert!(text.contains(&format!("DTSTART;TZID={name}:")), "{name}");
    }
}

/// A program that knows no zones by itself still meets at the right moment, for the coming years.
#[test]
fn the_rules_that_go_out_give_the_right_moment_for_every_meeting() {
    for name in ZONES {
        for year in [1995, 2020, 2026] {
            let mut entry = entry("River", name);
            entry.meetings.series.first_on = jiff::civil::date(year, 3, 1);
            let text = feed(std::slice::from_ref(&entry));
            let (_, changes) = zones(&text).pop().unwrap();
            let until = begin().days(7 * 365).stamp();
            let from = entry
                .meetings
                .series
                .first_on
                .to_zoned(jiff::tz::TimeZone::UTC)
                .unwrap();
            let meetings = entry
                .meetings
                .series
                .from(&from)
                .take_while(|at| at.timestamp() < until);
            let mut count = 0;
            for meeting in meetings {
                let by_rules = moment(&changes, meeting.datetime());
                assert_eq!(by_rules, meeting.timestamp(), "{name}: {meeting}");
                count += 1;
            }
            assert!(count > 80, "{name} from {year}: {count} meetings");
        }
    }
}

/// A wall clock as a moment, by the last change before it.
fn moment(changes: &[Change], wall: DateTime) -> Timestamp {
    let last = changes
        .iter()
        .rfind(|change| change.at <= change.to.to_timestamp(wall).unwrap());
    last.unwrap().to.to_timestamp(wall).unwrap()
}

#[test]
fn a_feed_stays_small_though_a_series_began_long_ago() {
    let mut old = entry("River", "Africa/Casablanca");
    old.meetings.series.first_on = jiff::civil::date(2000, 1, 1);
    let text = feed(&[old]);
    assert!(text.len() < 40_000, "{} bytes", text.len());
}
