//! Calendars: series as any calendar program reads them. The wall clock and the zone go out, with
//! the zone's rules beside them.
//! See: `circle/feed.rs` for whose they are and where they are found.

use icalendar::{Calendar, Component, Event, EventLike, Property};
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan, Zoned};
use mend_rules::meeting::{Cadence, Change, Ends, Series};
use mend_rules::time::Time;
use mend_rules::wave::Wave;

use super::alarms::{self, Alarms};
use super::{Meetings, moment};

/// A circle as a calendar needs it.
pub struct Entry {
    pub name: String,
    pub meetings: Meetings,
    /// The wave in which meetings are short.
    pub wave: Option<Wave>,
    /// When the calendar program reminds of meetings, where somebody chose that.
    pub alarms: Option<Alarms>,
}

/// One series of a circle on its way into a calendar.
#[derive(Clone, Copy)]
struct Part<'a> {
    entry: &'a Entry,
    series: &'a Meetings,
    now: Time,
}

/// How many days a cancelled meeting still stands in calendars as one that does not take place.
const CANCELLED_DAYS: i64 = 60;

/// A calendar of series, with the zones they need in front.
pub fn calendar(entries: &[Entry], now: Time) -> String {
    let mut calendar = Calendar::empty();
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//Mend//Mend//EN"),
        ("CALSCALE", "GREGORIAN"),
    ] {
        calendar.append_property(Property::new(key, value));
    }
    calendar.name("Mend");
    let of_one = |entry| parts_of(entry, now);
    let parts: Vec<Part<'_>> = entries.iter().flat_map(of_one).collect();
    for part in &parts {
        events(part).into_iter().for_each(|event| {
            calendar.push(event);
        });
    }
    let mut zones: Vec<&TimeZone> = Vec::new();
    let mut rules = String::new();
    for part in &parts {
        let zone = &part.series.series.zone;
        if !zones.contains(&zone) {
            zones.push(zone);
            let series = parts.iter().map(|part| &part.series.series);
            let years = series
                .filter(|s| s.zone == *zone)
                .map(|s| s.first_on.year());
            rules += &zone_rules(zone, years.min().unwrap_or(1970), now);
        }
    }
    // The library has no component for zones; they may stand anywhere before the events.
    alarms::written_out(&calendar.to_string()).replacen(
        "BEGIN:VEVENT",
        &format!("{rules}BEGIN:VEVENT"),
        1,
    )
}

fn parts_of(entry: &Entry, now: Time) -> impl Iterator<Item = Part<'_>> {
    let parts = entry.meetings.parts();
    parts.map(move |series| Part { entry, series, now })
}

/// A series with its rule, and each of its meetings that is not as the rule says.
fn events(part: &Part<'_>) -> Vec<Event> {
    let Some(first) = part.series.series.days().next() else {
        return Vec::new();
    };
    let (mut gone, mut told) = (Vec::new(), short(part));
    let changes = part.series.changes.iter();
    for change in changes.filter(|change| is_there(part.series, change.on)) {
        let zone = &part.series.series.zone;
        let long_ago = change.on < part.now.days(-CANCELLED_DAYS).day(zone);
        if change.cancelled && long_ago {
            gone.push(change.on);
        } else {
            told.push(change.clone());
        }
    }
    let mut events = Vec::new();
    events.extend(master(part, first, &gone));
    events.extend(told.iter().filter_map(|change| single(part, change)));
    events
}

/// The meetings of a wave that are as the rule says but for their length.
fn short(part: &Part<'_>) -> Vec<Change> {
    let Some(wave) = part.entry.wave else {
        return Vec::new();
    };
    let Meetings {
        series, changes, ..
    } = part.series;
    let days = series.days().skip_while(|day| *day < wave.from);
    let days = days.take_while(|day| *day <= wave.until);
    let is_as_usual = |day: &Date| changes.iter().all(|change| change.on != *day);
    let is_short = |day: &Date| Wave::minutes(Some(wave), *day, series.minutes) < series.minutes;
    days.filter(|day| is_as_usual(day) && is_short(day))
        .map(|on| Change {
            on,
            to: None,
            place: String::new(),
            cancelled: false,
        })
        .collect()
}

/// A series without an end is only looked through as far as the day that is asked for.
fn is_there(part: &Meetings, on: Date) -> bool {
    let reached = part.series.days().find(|day| *day >= on);
    reached == Some(on)
}

/// What every event of a series has.
fn event(part: &Part<'_>, begins: &Zoned, minutes: i64, place: &str) -> Option<Event> {
    let ends = begins.checked_add(minutes.minutes()).ok()?;
    let changed = part.series.changed_at.stamp();
    let changed = changed.strftime("%Y%m%dT%H%M%SZ").to_string();
    let mut event = Event::new();
    event
        .uid(&format!("{}@mend", part.series.id))
        .summary(&part.entry.name)
        .append_property(local("DTSTART", begins))
        .append_property(local("DTEND", &ends))
        .add_property("DTSTAMP", changed.clone())
        .add_property("LAST-MODIFIED", changed)
        .sequence(part.series.sequence);
    whereabouts(&mut event, part.series, place);
    Some(event)
}

fn master(part: &Part<'_>, first: Date, gone: &[Date]) -> Option<Event> {
    let series = &part.series.series;
    let begins = series.begins(first)?;
    let mut event = event(part, &begins, series.minutes, "")?;
    event
        .add_property("RRULE", rule(series))
        .add_property("STATUS", "CONFIRMED");
    for day in gone.iter().filter_map(|day| series.begins(*day)) {
        event.append_multi_property(local("EXDATE", &day));
    }
    if let Some(next) = series.from(&moment(part.now)).next() {
        alarms::put(&mut event, part.entry.alarms.as_ref(), &next);
    }
    Some(event.done())
}

/// The rule of a series (RFC 5545, 3.3.10). Its last moment is written in UTC, as the zone of the
/// first is named.
fn rule(series: &Series) -> String {
    let days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let day = days[series.weekday.to_monday_zero_offset() as usize];
    let often = match series.cadence {
        Cadence::Weekly => "FREQ=WEEKLY".to_owned(),
        Cadence::Fortnightly => "FREQ=WEEKLY;INTERVAL=2".to_owned(),
        Cadence::FourWeekly => "FREQ=WEEKLY;INTERVAL=4".to_owned(),
        Cadence::Monthly(nth) => format!("FREQ=MONTHLY;BYDAY={}{day}", nth.number()),
    };
    match series.ends {
        Ends::Open => often,
        Ends::After(count) => format!("{often};COUNT={count}"),
        // A day later than it has to be: some programs misread the moment by an hour in summer,
        // and the next meeting would be a week away at least.
        Ends::On(_) => match series
            .days()
            .last()
            .and_then(|last| series.begins(last.tomorrow().ok()?))
        {
            Some(last) => format!(
                "{often};UNTIL={}",
                last.timestamp().strftime("%Y%m%dT%H%M%SZ")
            ),
            None => often,
        },
    }
}

/// One meeting that was moved, does not take place, or is shorter than the others.
fn single(part: &Part<'_>, change: &Change) -> Option<Event> {
    let series = &part.series.series;
    let usual = series.begins(change.on)?;
    let begins = match change.to {
        Some(to) => to.to_zoned(series.zone.clone()).ok()?,
        None => usual.clone(),
    };
    let minutes = Wave::minutes(part.entry.wave, begins.date(), series.minutes);
    let mut event = event(part, &begins, minutes, &change.place)?;
    event.append_property(local("RECURRENCE-ID", &usual));
    if change.cancelled {
        event.add_property("STATUS", "CANCELLED");
    } else {
        event.add_property("STATUS", "CONFIRMED");
        alarms::put(&mut event, part.entry.alarms.as_ref(), &begins);
    }
    Some(event.done())
}

/// Only a room is a place on a map. An address on the net and a number to dial stand where
/// programs look for them (RFC 7986, 5.11), and in the text for those that do not.
fn whereabouts(event: &mut Event, part: &Meetings, place: &str) {
    let room = if place.is_empty() { &part.place } else { place };
    if !room.is_empty() {
        event.location(room);
    }
    let lines = [part.link.as_str(), part.dial.as_str()];
    let lines: Vec<&str> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    if !lines.is_empty() {
        event.description(&lines.join("\n"));
    }
    if !part.link.is_empty() {
        event.url(&part.link);
        event.append_multi_property(conference("VIDEO", &part.link));
    }
    let number: String = part
        .dial
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    if !number.is_empty() {
        event.append_multi_property(conference("PHONE", &format!("tel:{number}")));
    }
}

fn conference(feature: &str, uri: &str) -> Property {
    let mut property = Property::new("CONFERENCE", uri);
    property.add_parameter("VALUE", "URI");
    property.add_parameter("FEATURE", feature);
    property.done()
}

fn local(key: &str, at: &Zoned) -> Property {
    let zone = at.time_zone().iana_name().unwrap_or("UTC");
    let mut property = Property::new(key, at.strftime("%Y%m%dT%H%M%S").to_string());
    property.add_parameter("TZID", zone);
    property.done()
}

/// How many years of a zone's coming changes go out with a feed.
const YEARS: i64 = 8;

/// The zone's changes of offset, each spelled out (RFC 5545, 3.6.5).
fn zone_rules(zone: &TimeZone, year: i16, now: Time) -> String {
    let name = zone.iana_name().unwrap_or("UTC");
    let begin = jiff::civil::date(year.max(1971) - 1, 1, 1)
        .to_zoned(TimeZone::UTC)
        .map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp());
    let end = now.days(YEARS * 366).stamp();
    let mut before = zone.to_offset(begin);
    let mut rules = format!("BEGIN:VTIMEZONE\r\nTZID:{name}\r\n");
    rules += &change(zone, begin, before, before);
    for transition in zone.following(begin).take_while(|t| t.timestamp() < end) {
        rules += &change(zone, transition.timestamp(), before, transition.offset());
        before = transition.offset();
    }
    rules + "END:VTIMEZONE\r\n"
}

fn change(zone: &TimeZone, at: Timestamp, from: Offset, to: Offset) -> String {
    let summer = zone.to_offset_info(at).dst().is_dst();
    let kind = if summer { "DAYLIGHT" } else { "STANDARD" };
    let wall = from.to_datetime(at).strftime("%Y%m%dT%H%M%S");
    let (from, to) = (offset(from), offset(to));
    format!(
        "BEGIN:{kind}\r\nDTSTART:{wall}\r\nTZOFFSETFROM:{from}\r\nTZOFFSETTO:{to}\r\nEND:{kind}\r\n"
    )
}

fn offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("{sign}{:02}{:02}", minutes / 60, minutes % 60)
}
