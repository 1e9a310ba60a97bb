//! Calendar feeds: one address a person, secret and renewable, that any calendar program reads.
//! The wall clock and the zone go out, with the zone's rules beside them.

use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use icalendar::{Calendar, Component, Event, EventLike, Property};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};
use maud::html;
use mend_rules::id::{MovementId, PersonId};
use mend_rules::time::Time;
use mend_store::Scope;

use super::rows;
use super::{Format, Meetings};
use crate::app::App;
use crate::circle;
use crate::web::page::crumbs;
use crate::web::{Answer, Problem, Visit};

/// A circle as a calendar needs it.
pub struct Entry {
    pub name: String,
    pub meetings: Meetings,
}

/// The secret part of a person's calendar address.
fn token(app: &App, movement: MovementId, person: PersonId, turn: i64) -> String {
    let tag = app.key.0.sign("feed", format!("{movement}|{person}|{turn}").as_bytes());
    format!("{person}{}", PersonId(tag))
}

fn person_of(token: &str) -> Option<PersonId> {
    token.get(..32)?.parse().ok()
}

/// The feed itself; whoever has the address needs no account.
pub async fn show(visit: Visit, Path((_, token)): Path<(String, String)>) -> Answer {
    let asked = token.strip_suffix(".ics").unwrap_or(&token).to_owned();
    let person = person_of(&asked).ok_or(Problem::NotFound)?;
    let movement = visit.movement()?.clone();
    let (id, app) = (movement.id, visit.app.clone());
    let entries = visit
        .app
        .store
        .read(Scope::Movement(id.0), move |tx| {
            let turn = rows::feed_turn(tx, id, person)?;
            if !same(&self::token(&app, id, person, turn), &asked) {
                return Err(Problem::NotFound);
            }
            Ok(circle::feed_entries(tx, id, person)?)
        })
        .await?;
    Ok(calendar_response(calendar(&entries, visit.now)))
}

/// Compares without telling how much of it was right.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |d, (a, b)| d | (a ^ b)) == 0
}

fn calendar_response(calendar: String) -> Response {
    let headers = [
        (CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (CONTENT_DISPOSITION, "inline; filename=\"calendar.ics\""),
    ];
    (headers, calendar).into_response()
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
            rules += &zone_rules(zone, entry.meetings.series.first_on.year(), now);
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
    let changed = entry.meetings.changed_at.stamp().strftime("%Y%m%dT%H%M%SZ").to_string();
    let days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let day = days[series.weekday.to_monday_zero_offset() as usize];
    let mut event = Event::new();
    event
        .uid(&format!("{id}@mend"))
        .summary(&entry.name)
        .append_property(local("DTSTART", &first))
        .append_property(local("DTEND", &ends))
        .add_property("RRULE", format!("FREQ=MONTHLY;BYDAY={}{day}", series.nth.number()))
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

/// One's own calendar address.
pub async fn mine(visit: Visit) -> Answer {
    let me = visit.me()?;
    let (scope, movement, person) = (me.scope(), me.movement, me.person);
    let turn = visit
        .app
        .store
        .read(scope, move |tx| rows::feed_turn(tx, movement, person))
        .await?;
    let secret = token(&visit.app, movement, person, turn);
    let url = format!("{}{}", visit.app.base.origin, visit.at(&format!("/feed/{secret}.ics")));
    let body = html! {
        div class="narrow stack" {
            (crumbs(&visit, &visit.at("/me"), &visit.t("me-title")))
            h1 { (visit.t("feed-title")) }
            p class="lead" { (visit.t("feed-lead")) }
            p class="link" id="feed-link" { (url) }
            div class="row" {
                button type="button" class="btn go" data-mend="copy" data-of="feed-link" data-done=(visit.t("copied")) hidden { (visit.t("copy")) }
                a class="btn" href=(url) { (visit.t("feed-open")) }
            }
            @if !visit.app.base.secure { p class="note o" { (visit.t("feed-local")) } }
            p class="soft" { (visit.t("feed-who-reads")) }
            form class="stack" method="post" action=(visit.at("/me/calendar")) {
                p { (visit.t("feed-renew-why")) }
                button class="btn" { (visit.t("feed-renew")) }
            }
        }
    };
    Ok(crate::web::page::page_with(&visit, &visit.t("feed-title"), body, &["sign.js"]))
}

/// The old address stops at once.
pub async fn renew(visit: Visit) -> Answer {
    let me = visit.me()?;
    visit
        .app
        .store
        .write(me.scope(), move |tx| rows::renew_feed(tx, me.movement, me.person))
        .await?;
    Ok(Redirect::to(&visit.at("/me/calendar?told=renewed")).into_response())
}
