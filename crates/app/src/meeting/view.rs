//! Days, times and agendas as people read them.

use jiff::Zoned;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use mend_rules::meeting::{Cadence, Ends, Part, Series, agenda as parts, quorum};

use super::Meetings;
use crate::practice;
use crate::tongue::Tongue;
use crate::web::Visit;
use crate::with;

/// A moment in the reader's own zone, and in the meeting's where they differ at that moment.
pub fn when(visit: &Visit, at: &Zoned) -> String {
    let own = at.with_time_zone(visit.zone());
    let mut text = when_there(visit, &own);
    if own.offset() != at.offset() {
        let there = with![time = clock(at), zone = zone_name(at.time_zone())];
        text = format!("{text} {}", visit.tw("when-there", &there));
    }
    text
}

/// The meeting's own clock, where it differs from that of the one looking.
pub fn elsewhere(visit: &Visit, at: &Zoned) -> Option<String> {
    let there = with![time = clock(at), zone = zone_name(at.time_zone())];
    let differs = at.with_time_zone(visit.zone()).offset() != at.offset();
    differs.then(|| visit.tw("when-elsewhere", &there))
}

/// A moment in the meeting's own zone, for paper and files.
pub fn when_there(visit: &Visit, at: &Zoned) -> String {
    when_said(&visit.app.tongue, at)
}

/// A moment in its zone, where nobody is on a visit: in letters.
pub fn when_said(tongue: &Tongue, at: &Zoned) -> String {
    let day = with![
        day = tongue.long_day(at.date()),
        time = clock(at),
        zone = zone_name(at.time_zone()),
    ];
    tongue.say_with("when", &day)
}

/// A day of somebody's own calendar, and its time.
pub fn day(visit: &Visit, at: &Zoned) -> String {
    visit.long_day(at.with_time_zone(visit.zone()).date())
}

/// A day and its time for the edge of a card.
pub fn date(visit: &Visit, at: &Zoned) -> Markup {
    let own = at.with_time_zone(visit.zone());
    let weekday = own.weekday().to_monday_one_offset();
    html! {
        time datetime=(at.timestamp()) {
            small { (visit.t(&format!("weekday-short-{weekday}"))) }
            b { (own.day()) }
            small { (visit.t(&format!("month-short-{}", own.month()))) }
            small { (clock(&own)) }
        }
    }
}

fn clock(at: &Zoned) -> String {
    at.strftime("%H:%M").to_string()
}

fn zone_name(zone: &TimeZone) -> String {
    zone.iana_name().unwrap_or("UTC").replace('_', " ")
}

/// "Every second Tuesday of the month at 19:00, Europe/Lisbon", and its end if it has one.
pub fn cadence(visit: &Visit, series: &Series) -> String {
    let weekday = visit.t(&format!(
        "weekday-{}",
        series.weekday.to_monday_one_offset()
    ));
    let time = series.starts.strftime("%H:%M").to_string();
    let zone = zone_name(&series.zone);
    let often = match series.cadence {
        Cadence::Monthly(nth) => {
            let nth = visit.t(&format!("nth-{}", nth.number()));
            visit.tw(
                "cadence",
                &with![nth = nth, weekday = weekday, time = time, zone = zone],
            )
        }
        Cadence::Weekly => visit.tw(
            "cadence-weekly",
            &with![weekday = weekday, time = time, zone = zone],
        ),
        Cadence::Fortnightly => visit.tw(
            "cadence-fortnightly",
            &with![weekday = weekday, time = time, zone = zone],
        ),
        Cadence::FourWeekly => visit.tw(
            "cadence-four-weekly",
            &with![weekday = weekday, time = time, zone = zone],
        ),
    };
    match series.ends {
        Ends::Open => often,
        _ => match series.days().last() {
            Some(last) => visit.tw(
                "cadence-until",
                &with![often = often, day = visit.long_day(last)],
            ),
            None => visit.t("cadence-none"),
        },
    }
}

/// Where people come together, with its room, address and number; another room for one meeting.
pub fn whereabouts(visit: &Visit, meetings: &Meetings, room: &str) -> Markup {
    let room = if room.is_empty() {
        meetings.place.as_str()
    } else {
        room
    };
    let number: String = meetings
        .dial
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    html! {
        (visit.t(&format!("format-{}", meetings.format.word())))
        @if !room.is_empty() { br; (room) }
        @if !meetings.link.is_empty() { br; @if meetings.link.starts_with("https://") { a href=(meetings.link) rel="noopener noreferrer" { (meetings.link) } } @else { (meetings.link) } }
        @if !meetings.dial.is_empty() { br; a href={ "tel:" (number) } { (visit.tw("dial", &with![number = meetings.dial.as_str()])) } }
    }
}

/// What a part of an agenda is called. Those of a group inventory stand in the practice.
pub fn part_word(visit: &Visit, word: &str) -> String {
    let own = practice::words().inventory_part(word);
    own.map_or_else(|| visit.t(&format!("part-{word}")), |own| own.title.clone())
}

/// What is done in it.
pub fn part_what(visit: &Visit, word: &str) -> String {
    let own = practice::words().inventory_part(word);
    own.map_or_else(
        || visit.t(&format!("part-{word}-what")),
        |own| own.what.clone(),
    )
}

/// The same as text, a line each.
pub fn whereabouts_said(visit: &Visit, meetings: &Meetings, room: &str) -> String {
    let room = if room.is_empty() {
        meetings.place.as_str()
    } else {
        room
    };
    let dial = match meetings.dial.as_str() {
        "" => String::new(),
        number => visit.tw("dial", &with![number = number]),
    };
    let format = visit.t(&format!("format-{}", meetings.format.word()));
    let lines = [format.as_str(), room, &meetings.link, &dial];
    lines
        .into_iter()
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The agenda, part by part.
pub fn agenda(visit: &Visit, parts: &[Part]) -> Markup {
    html! {
        ol class="agenda" {
            @for part in parts {
                li {
                    span class="minutes" { b { (part.to - part.from) } " " small { (visit.t("minutes-short")) } }
                    div {
                        h3 { (part_word(visit, part.word)) }
                        p class="soft" { (part_what(visit, part.word)) }
                    }
                    small class="from" { (visit.tw("part-from", &with![minute = part.from])) }
                }
            }
        }
    }
}

/// What a circle does when too few come: the twenty-minute check-in.
pub fn few(visit: &Visit, seats: u32) -> Markup {
    let quorum = quorum(seats);
    html! {
        details class="few" {
            summary { (visit.tw("few-title", &with![quorum = quorum])) }
            p { (visit.t("few-what")) }
            (agenda(visit, &parts(20, quorum.saturating_sub(1).max(2))))
        }
    }
}
