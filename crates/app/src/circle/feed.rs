//! Calendar feeds: one address a person, secret and renewable, that any calendar program reads.

use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use mend_rules::id::{MovementId, PersonId};
use mend_rules::letter::{Channel, Choice, Kind};
use mend_store::Scope;

use super::{rows, standin};
use crate::app::App;
use crate::meeting::alarms::Alarms;
use crate::meeting::feed::calendar;
use crate::movement;
use crate::post;
use crate::web::page::{crumbs, page_with};
use crate::web::{Answer, Problem, Visit};

/// The secret part of a person's calendar address.
fn token(app: &App, movement: MovementId, person: PersonId, turn: i64) -> String {
    let tag = app
        .key
        .0
        .sign("feed", format!("{movement}|{person}|{turn}").as_bytes());
    format!("{person}{}", PersonId(tag))
}

fn person_of(token: &str) -> Option<PersonId> {
    token.get(..32)?.parse().ok()
}

/// The feed itself; whoever has the address needs no account.
pub async fn show(visit: Visit, Path((_, token)): Path<(String, String)>) -> Answer {
    let asked = token.strip_suffix(".ics").unwrap_or(&token).to_owned();
    let person = person_of(&asked).ok_or(Problem::NotFound)?;
    let (id, app) = (visit.movement()?.id, visit.app.clone());
    let of_movement = visit.movement()?.zone.clone();
    let entries = visit
        .app
        .store
        .read(Scope::Movement(id.0), move |tx| {
            let turn = rows::feed_turn(tx, id, person)?;
            let own = movement::person(tx, id, person)?.ok_or(Problem::NotFound)?;
            let zone = own.zone.as_deref().and_then(mend_rules::movement::zone);
            let zone = zone.unwrap_or_else(|| of_movement.clone());
            if !same(&self::token(&app, id, person, turn), &asked) {
                return Err(Problem::NotFound);
            }
            let mut entries = rows::feed_entries(tx, id, person)?;
            entries.extend(standin::entries(tx, id, person)?);
            let choice = post::choice(tx, id, person)?;
            let kinds = alarms(&choice);
            for entry in &mut entries {
                let (kinds, zone) = (kinds.clone(), zone.clone());
                entry.alarms = Some(Alarms { kinds, zone });
            }
            Ok(entries)
        })
        .await?;
    Ok(calendar_response(calendar(&entries, visit.now)))
}

/// The reminders that somebody wants from their calendar program.
fn alarms(choice: &Choice) -> Vec<Kind> {
    let both = [(Kind::Evening, choice.evening), (Kind::Soon, choice.soon)];
    let wanted = both.iter().filter(|one| one.1 == Channel::Calendar);
    wanted.map(|one| one.0).collect()
}

/// Compares without telling how much of it was right.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len()
        && one
            .bytes()
            .zip(other.bytes())
            .fold(0, |d, (a, b)| d | (a ^ b))
            == 0
}

fn calendar_response(calendar: String) -> Response {
    let headers = [
        (CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (CONTENT_DISPOSITION, "inline; filename=\"calendar.ics\""),
    ];
    (headers, calendar).into_response()
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
    let url = format!(
        "{}{}",
        visit.app.base.origin,
        visit.at(&format!("/feed/{secret}.ics"))
    );
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
    Ok(page_with(
        &visit,
        &visit.t("feed-title"),
        body,
        &["sign.js"],
    ))
}

/// The old address stops at once.
pub async fn renew(visit: Visit) -> Answer {
    let me = visit.me()?;
    visit
        .app
        .store
        .write(me.scope(), move |tx| {
            rows::renew_feed(tx, me.movement, me.person)
        })
        .await?;
    Ok(Redirect::to(&visit.at("/me/calendar?told=renewed")).into_response())
}
