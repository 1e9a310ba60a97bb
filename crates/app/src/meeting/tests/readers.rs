//! The calendar as two independent programs read it, over three years. They are asked where the
//! test command has installed them and says so by `MEND_TEST_READERS`, the python to ask them by.
#![allow(clippy::unwrap_used)]

use std::io::Write;
use std::process::{Command, Stdio};

use jiff::ToSpan;
use jiff::civil::{Date, Time as Clock, Weekday};
use jiff::tz::TimeZone;
use mend_rules::id::SeriesId;
use mend_rules::meeting::{Cadence, Change, Ends, Nth, check_move, turn};
use serde_json::{Value, json};

use super::{begin, calendar, entry};
use crate::meeting::feed::Entry;
use crate::meeting::{Meetings, moment};

const FROM: Date = Date::constant(2027, 1, 1);
const TO: Date = Date::constant(2030, 1, 1);

/// Both hemispheres, a zone that changes by half an hour, one that changes at midnight, one whose
/// winter is written as its summer, and one that never changes.
const ZONES: [&str; 7] = [
    "Europe/Lisbon",
    "America/New_York",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Europe/Dublin",
    "Asia/Kolkata",
];

fn rhythms() -> Vec<(Cadence, Ends)> {
    let monthly = Nth::ALL.map(|nth| (Cadence::Monthly(nth), Ends::Open));
    let weeks = [Cadence::Weekly, Cadence::Fortnightly, Cadence::FourWeekly];
    let mut all = monthly.to_vec();
    all.extend(weeks.map(|cadence| (cadence, Ends::Open)));
    all.push((Cadence::Weekly, Ends::After(8)));
    all.push((Cadence::Fortnightly, Ends::On(Date::constant(2028, 3, 26))));
    all.push((
        Cadence::Monthly(Nth::ALL[4]),
        Ends::On(Date::constant(2028, 10, 29)),
    ));
    all
}

/// Circles of every rhythm in every zone, at hours that go over midnight in UTC.
fn entries() -> Vec<Entry> {
    let mut entries = Vec::new();
    for (zone, (cadence, ends)) in ZONES
        .iter()
        .flat_map(|z| rhythms().into_iter().map(move |r| (z, r)))
    {
        let number = entries.len();
        let mut one = entry(&format!("Circle {number}"), zone);
        one.meetings.id = SeriesId([number as u8; 16]);
        let series = &mut one.meetings.series;
        (series.cadence, series.ends) = (cadence, ends);
        series.weekday = Weekday::from_monday_zero_offset((number % 7) as i8).unwrap();
        series.starts = Clock::constant([19, 9, 22][number % 3], [0, 30, 15][number % 3], 0, 0);
        one.meetings = changed(one.meetings);
        if number.is_multiple_of(5) {
            one.meetings = turned(one.meetings);
        }
        entries.push(one);
    }
    entries
}

/// Every fourth meeting is moved, by some days and hours, and every seventh is cancelled.
fn changed(mut meetings: Meetings) -> Meetings {
    let days: Vec<Date> = meetings.series.days().take_while(|day| *day < TO).collect();
    for (at, on) in days.into_iter().enumerate() {
        let usual = meetings.series.begins(on).unwrap();
        let to = usual.saturating_add((if at % 8 == 0 { 46 } else { -26 }).hours());
        let may = check_move(meetings.every(), on, &to, &moment(begin())).is_ok();
        let (is_moved, cancelled) = (at % 4 == 0 && may, at % 7 == 3);
        if is_moved || cancelled {
            meetings.changes.push(Change {
                on,
                to: is_moved.then(|| to.datetime()),
                place: String::new(),
                cancelled,
            });
        }
    }
    meetings
}

/// The same, and from the summer of 2028 on fortnightly and earlier in the day.
fn turned(meetings: Meetings) -> Meetings {
    let mut next = meetings.series.clone();
    (next.cadence, next.ends) = (Cadence::Fortnightly, Ends::Open);
    next.starts = Clock::constant(8, 45, 0, 0);
    let from = Date::constant(2028, 7, 5);
    let turned = turn(&meetings.series, &meetings.changes, from, &next);
    let mut old = meetings.clone();
    old.series = turned.old.unwrap();
    old.changes.retain(|change| change.on < from);
    let id = SeriesId([meetings.id.0[0] ^ 0x80; 16]);
    let mut new = Meetings::new(id, turned.new, meetings.format, begin());
    new.earlier.push(old);
    new
}

fn ours(entries: &[Entry]) -> Vec<Value> {
    let (from, to) = [FROM, TO]
        .map(|day| day.to_zoned(TimeZone::UTC).unwrap())
        .into();
    let mut list = Vec::new();
    for entry in entries {
        let all = entry.meetings.every().skip_while(|one| one.begins < from);
        for one in all.take_while(|one| one.begins < to) {
            let utc = |at: &jiff::Zoned| {
                at.with_time_zone(TimeZone::UTC)
                    .strftime("%Y-%m-%dT%H:%M")
                    .to_string()
            };
            list.push(json!([
                entry.name,
                utc(&one.begins),
                utc(&one.ends()),
                one.is_cancelled()
            ]));
        }
    }
    list
}

#[test]
fn two_independent_readers_find_exactly_our_meetings() {
    let Ok(python) = std::env::var("MEND_TEST_READERS") else {
        return;
    };
    let entries = entries();
    let list = ours(&entries);
    assert!(list.len() > 3000 && list.iter().any(|one| one[3] == json!(true)));
    // The slower reader gets every rhythm once, by turns in the north and in the south.
    let rhythms = rhythms().len();
    let few: Vec<&str> = (0..rhythms)
        .map(|rhythm| [0, 2][rhythm % 2] * rhythms + rhythm)
        .map(|at| entries[at].name.as_str())
        .collect();
    let asked = json!({
        "feed": calendar(&entries, begin()),
        "from": FROM.to_string(),
        "to": TO.to_string(),
        "list": list,
        "few": few,
    });
    let told = ask(&python, &asked);
    for reader in ["recurring-ical-events", "khal"] {
        let one = &told[reader];
        println!("{reader} found {} of {}", one["found"], one["wanted"]);
        assert!(
            one["wanted"].as_u64() > Some(400),
            "{reader} was asked for too few"
        );
        assert_eq!(
            (&one["missing"], &one["odd"]),
            (&json!([]), &json!([])),
            "{reader}"
        );
    }
}

fn ask(python: &str, asked: &Value) -> Value {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../e2e/judge_feed.py");
    let mut reader = Command::new(python)
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = reader.stdin.take().unwrap();
    input.write_all(asked.to_string().as_bytes()).unwrap();
    drop(input);
    let told = reader.wait_with_output().unwrap();
    assert!(told.status.success(), "{told:?}");
    serde_json::from_slice(&told.stdout).unwrap()
}
