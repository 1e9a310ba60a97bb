//! Alarms: how long before a meeting somebody's calendar program reminds of it.

use icalendar::{Component, Event};
use jiff::Zoned;
use jiff::tz::TimeZone;
use mend_rules::letter::{Kind, reminder};
use mend_rules::time::Time;

/// The reminders that somebody wants from their calendar.
#[derive(Debug, Clone)]
pub struct Alarms {
    pub kinds: Vec<Kind>,
    /// The zone of their own clock.
    pub zone: TimeZone,
}

/// Where an event carries its alarms until they are written out.
const CARRIED: &str = "X-MEND-ALARMS";

/// Gives an event its alarms, counted back from a meeting.
pub(super) fn put(event: &mut Event, alarms: Option<&Alarms>, begins: &Zoned) {
    let Some(alarms) = alarms else {
        return;
    };
    let begins = Time::from(begins.timestamp());
    let before = |kind: &Kind| {
        let (at, _) = reminder(*kind, begins, &alarms.zone)?;
        Some(((begins.0 - at.0) / 60_000_000).to_string())
    };
    let minutes: Vec<String> = alarms.kinds.iter().filter_map(before).collect();
    if !minutes.is_empty() {
        event.add_property(CARRIED, minutes.join(" "));
    }
}

/// The library makes alarms only with a second library for time, so they are written out here.
pub(super) fn written_out(text: &str) -> String {
    let parts = text.split_inclusive("END:VEVENT\r\n");
    parts.map(with_alarms).collect()
}

fn with_alarms(event: &str) -> String {
    let Some((before, rest)) = event.split_once(&format!("{CARRIED}:")) else {
        return event.to_owned();
    };
    let (minutes, after) = rest.split_once("\r\n").unwrap_or((rest, ""));
    let alarms: String = minutes.split(' ').map(alarm).collect();
    format!("{before}{after}").replacen("END:VEVENT", &format!("{alarms}END:VEVENT"), 1)
}

fn alarm(minutes: &str) -> String {
    format!(
        "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Mend\r\nTRIGGER:-PT{minutes}M\r\nEND:VALARM\r\n"
    )
}
