//! Calendar feeds: one address a person, secret and renewable, that any calendar program reads.

use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use mend_rules::id::{MovementId, PersonId};
use mend_rules::letter::{Channel, Choice, Kind};
use mend_store::Scope;

use super::{rows, standin};
use crate::meeting::alarms::Alarms;
use crate::meeting::feed::calendar;
use crate::movement;
use crate::post;
use crate::web::page::{crumbs, page_with};
use crate::web::{Answer, Problem, Visit, link};

const PURPOSE: &str = "feed";

/// What a calendar address is bound to: another turn makes an older address stop.
fn bound(movement: MovementId, person: PersonId, turn: i64) -> Vec<u8> {
    format!("{movement}|{person}|{turn}").into_bytes()
}

/// The feed itself; whoever has the address needs no account.
pub async fn show(visit: Visit, Path((_, token)): Path<(String, String)>) -> Answer {
    let asked = token.strip_suffix(".ics").unwrap_or(&token).to_owned();
    let person = PersonId(link::about(&asked).ok_or(Problem::NotFound)?);
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
            if !link::is_signed(&app.key.0, PURPOSE, &asked, &bound(id, person, turn)) {
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
    let bound = bound(movement, person, turn);
    let secret = link::token(&visit.app.key.0, PURPOSE, person.0, &bound);
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
