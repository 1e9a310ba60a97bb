//! Calendars: series as any calendar program reads them. The wall clock and the zone go out, with
//! the zone's rules beside them.
//! See: `circle/feed.rs` for whose they are and where they are found.

use icalendar::{Calendar, Component, Event, EventLike, Property};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};
use mend_rules::time::Time;

use super::{Format, Meetings};

/// A circle as a calendar needs it.
pub struct Entry {
    pub name: String,
    pub meetings: Meetings,
}

/// A calendar of monthly series, with the zones they need in front.
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
    entries.iter().filter_map(event).for_each(|event| {
        calendar.push(event);
    });
    let mut zones: Vec<&TimeZone> = Vec::new();
    let mut rules = String::new();
    for entry in entries {
        let zone = &entry.meetings.series.zone;
        if !zones.contains(&zone) {
            zones.push(zone);
            let years = entries.iter().map(|e| &e.meetings.series);
            let years = years.filter(|s| s.zone == *zone).map(|s| s.first_on.year());
            rules += &zone_rules(zone, years.min().unwrap_or(1970), now);
        }
    }
    // The library has no component for zones; they may stand anywhere before the events.
    calendar
        .to_string()
        .replacen("BEGIN:VEVENT", &format!("{rules}BEGIN:VEVENT"), 1)
}

fn event(entry: &Entry) -> Option<Event> {
    let Meetings { series, id, .. } = &entry.meetings;
    let long_ago = series.first_on.to_zoned(series.zone.clone()).ok()?;
    let first = series.from(&long_ago).next()?;
    let ends = first.checked_add(series.minutes.minutes()).ok()?;
    let changed = entry
        .meetings
        .changed_at
        .stamp()
        .strftime("%Y%m%dT%H%M%SZ")
        .to_string();
    let days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let day = days[series.weekday.to_monday_zero_offset() as usize];
    let mut event = Event::new();
    event
        .uid(&format!("{id}@mend"))
        .summary(&entry.name)
        .append_property(local("DTSTART", &first))
        .append_property(local("DTEND", &ends))
        .add_property(
            "RRULE",
            format!("FREQ=MONTHLY;BYDAY={}{day}", series.nth.number()),
        )
        .add_property("DTSTAMP", changed.clone())
        .add_property("LAST-MODIFIED", changed)
        .add_property("STATUS", "CONFIRMED")
        .sequence(entry.meetings.sequence);
    place(&mut event, &entry.meetings);
    Some(event.done())
}

/// An address on the net is not a place on a map.
fn place(event: &mut Event, meetings: &Meetings) {
    match meetings.format {
        _ if meetings.place.is_empty() => {}
        Format::Online if meetings.place.starts_with("https://") => {
            event.url(&meetings.place);
        }
        _ => {
            event.location(&meetings.place);
        }
    }
}

fn local(key: &str, at: &jiff::Zoned) -> Property {
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
