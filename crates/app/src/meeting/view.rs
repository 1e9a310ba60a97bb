//! Days, times and agendas as people read them.

use jiff::Zoned;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use mend_rules::meeting::{Series, agenda as parts};

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

/// A moment in the meeting's own zone, for paper and files.
pub fn when_there(visit: &Visit, at: &Zoned) -> String {
    visit.tw(
        "when",
        &with![
            day = visit.long_day(at.date()),
            time = clock(at),
            zone = zone_name(at.time_zone()),
        ],
    )
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

/// "every second Tuesday of the month at 19:00, Europe/Lisbon".
pub fn cadence(visit: &Visit, series: &Series) -> String {
    visit.tw(
        "cadence",
        &with![
            nth = visit.t(&format!("nth-{}", series.nth.number())),
            weekday = visit.t(&format!(
                "weekday-{}",
                series.weekday.to_monday_one_offset()
            )),
            time = series.starts.strftime("%H:%M").to_string(),
            zone = zone_name(&series.zone),
        ],
    )
}

/// The hour, part by part.
pub fn agenda(visit: &Visit, seats: u32) -> Markup {
    html! {
        ol class="agenda" {
            @for part in parts(seats) {
                li {
                    span class="minutes" { b { (part.to - part.from) } " " small { (visit.t("minutes-short")) } }
                    div {
                        h3 { (visit.t(&format!("part-{}", part.word))) }
                        p class="soft" { (visit.t(&format!("part-{}-what", part.word))) }
                    }
                    small class="from" { (visit.tw("part-from", &with![minute = part.from])) }
                }
            }
        }
    }
}
