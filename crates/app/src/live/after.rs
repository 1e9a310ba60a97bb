//! After a circle: closing words, the next day, help; what is written down of it, and practical asks
//! that their owners want kept.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use mend_rules::id::{CircleId, KeptAskId, PersonId};
use mend_rules::live::{EARLY, MOST_SEATS};
use mend_rules::movement::tidy;

use super::held::{self, Held, ToldAsk};
use super::{door, pages, rows, words};
use crate::circle::{self, Shown, inventory};
use crate::meeting;
use crate::movement;
use crate::practice;
use crate::web::form::Fields;
use crate::web::page::{crumbs, stitch};
use crate::web::{Answer, Problem, Visit};

/// The longest ask, in characters.
const LENGTH: usize = 200;

/// The page after a circle that was held today, if one was.
pub async fn body(visit: &Visit, shown: &Shown) -> Result<Option<Markup>, Problem> {
    let (me, now, app) = (visit.me()?, visit.now, visit.app.clone());
    let (circle, meetings, of) = (
        shown.circle.id,
        shown.meetings.clone(),
        shown.seated.clone(),
    );
    let found = visit.app.store.read(me.scope(), move |tx| {
        let held = held::held_today(tx, me.movement, (circle, &meetings), now)?;
        let asks = held::asks_told(tx, &app.key.0, &me, (circle, &of))?;
        Ok::<_, Problem>((held, asks))
    });
    let (held, asks) = found.await?;
    let again = door::opening(visit, shown, &visit.me()?);
    // Whoever stood in has no share in what the circle keeps for itself.
    let sits = shown.name(Some(visit.me()?.person)).is_some();
    let own = sits.then_some(&asks[..]);
    Ok(held.map(|held| over(visit, shown, (&held, own), again)))
}

fn over(
    visit: &Visit,
    shown: &Shown,
    (held, asks): (&Held, Option<&[ToldAsk]>),
    again: Option<Markup>,
) -> Markup {
    let own = visit.at(&format!("/circles/{}", shown.circle.id));
    let closing = practice::words()
        .script("closing")
        .map_or("", |script| script.text.as_str());
    let next = words::next_after(shown, held.on.parse().ok(), visit.now);
    let [keeps, _] = shown.keepers(next.as_ref().map(|next| next.on));
    html! {
        div class="split" {
            section class="stack" {
                (crumbs(visit, &own, &shown.circle.name))
                h1 { (visit.t("live-over")) }
                p class="lead" { (closing) }
                @if let Some(next) = &next {
                    dl class="facts" {
                        dt { (visit.t("fact-next")) } dd { (meeting::when(visit, &next.begins)) }
                        @if let Some(name) = shown.name(keeps) { dt { (visit.t("live-keeps-next")) } dd { (name) } }
                    }
                }
                @if asks.is_some() && was_inventory(visit, shown, held) { div class="row" { a class="btn go" href=(visit.at(&inventory::this_quarter(shown, visit.now))) { (visit.t("inventory-write")) } } }
                (stitch())
                @if let Some(asks) = asks { (asks_kept(visit, &own, asks)) }
                @if let Some(form) = again {
                    details { summary { (visit.t("live-again")) } div class="stack" { p { (visit.t("live-again-what")) } (form) } }
                }
            }
            aside class="stack" {
                (movement::help::card(visit, &shown.help))
                @if asks.is_some() { (record(visit, shown, (held, keeps), &own)) }
            }
        }
    }
}

/// Whether the meeting that was held today was a group inventory.
fn was_inventory(visit: &Visit, shown: &Shown, held: &Held) -> bool {
    let now = meeting::moment(visit.now.minutes(EARLY));
    let all = shown.meetings.every();
    let last = all.take_while(|one| one.begins <= now).last();
    last.is_some_and(|one| one.begins.date().to_string() == held.on && shown.is_inventory(&one))
}

fn asks_kept(visit: &Visit, own: &str, asks: &[ToldAsk]) -> Markup {
    html! {
        section class="stack" {
            h2 { (visit.t("live-asks")) }
            p class="soft" { (visit.t("live-asks-what")) }
            (list(visit, own, asks))
            form class="stack" method="post" action={ (own) "/live/asks" } {
                div class="field" {
                    label for="ask" { (visit.t("live-ask")) }
                    input id="ask" name="ask" maxlength=(LENGTH) required autocomplete="off";
                }
                div class="row" { button class="btn" { (visit.t("live-ask-keep")) } }
                p class="readers" { (visit.t("live-ask-who")) }
            }
        }
    }
}

/// Asks, each with a button for its owner.
pub(super) fn list(visit: &Visit, own: &str, asks: &[ToldAsk]) -> Markup {
    html! {
        @if !asks.is_empty() {
            ul class="plain stack tight" {
                @for ask in asks {
                    li class="card" {
                        p { b { (ask.name) ": " } (ask.text) }
                        @if ask.own {
                            form method="post" action={ (own) "/live/asks" } {
                                button class="btn quiet" name="drop" value=(ask.id) { (visit.t("live-ask-drop")) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What is written down, to be looked at and put right.
fn record(
    visit: &Visit,
    shown: &Shown,
    (held, keeps): (&Held, Option<PersonId>),
    own: &str,
) -> Markup {
    html! {
        section class="card stack" {
            h2 { (practice::words().record.title) }
            dl class="facts" {
                dt { (visit.t("live-record-day")) } dd { (held.day(visit)) }
                dt { (visit.t("live-record-minutes")) } dd { (held.minutes) }
                @if let Some(step) = held.step { dt { (visit.t("live-record-step")) } dd { (step) } }
                dt { (visit.t("plan-format")) } dd { (visit.t(&format!("format-{}", held.format.word()))) }
                dt { (visit.t("live-record-care")) } dd { (visit.t(if held.care { "live-yes" } else { "live-no" })) }
            }
            form class="stack" method="post" action={ (own) "/live/kept" } {
                @if let Some(keeps) = keeps { input type="hidden" name="was" value=(keeps); }
                div class="field short" {
                    label for="count" { (visit.t("live-record-count")) }
                    input id="count" name="count" type="number" min="1" max=(MOST_SEATS) value=(held.count) required;
                }
                div class="field" {
                    label for="next" { (visit.t("live-keeps-next")) }
                    select id="next" name="next" {
                        option value="" { (visit.t("live-nobody-yet")) }
                        @for (id, name) in &shown.seated { option value=(id) selected[keeps == Some(*id)] { (name) } }
                    }
                }
                div class="row" { button class="btn" { (visit.t("save")) } }
                p class="readers" { (visit.t("live-record-who")) }
            }
        }
    }
}

/// Puts right how many came, and names who keeps next; on the day itself.
pub async fn keep(visit: Visit, Path((_, id)): Path<(String, String)>, fields: Fields) -> Answer {
    let (circle, me, now) = (pages::read(&id)?, visit.me()?, visit.now);
    let count = fields.parse::<i64>("count").unwrap_or(0);
    let [was, next] = ["was", "next"].map(|name| fields.parse::<PersonId>(name));
    let most = i64::try_from(MOST_SEATS).unwrap_or(i64::MAX);
    let done = visit.app.store.write(me.scope(), move |tx| {
        let shown = circle::shown_to_seat(tx, &me, circle)?;
        let held = today(tx, &me, &shown, now)?;
        if !(1..=most).contains(&count) {
            return Err(Problem::Refused("live-record-wrong"));
        }
        let next = next.filter(|who| shown.seated.iter().any(|(id, _)| id == who));
        rows::correct_held(tx, me.movement, held.id, count)?;
        let held_on = held.on.parse().ok();
        // Whoever only puts the number right leaves the keeping as it is by now.
        let coming = words::next_after(&shown, held_on, now).filter(|_| next != was);
        if let Some(coming) = coming {
            circle::hand_over(tx, &me, &shown, (coming.on, next))?;
        }
        Ok(())
    });
    done.await?;
    back(&visit, circle, ("live", "saved"))
}

fn today(
    tx: &mut mend_store::Tx<'_>,
    me: &crate::web::Me,
    shown: &Shown,
    now: mend_rules::time::Time,
) -> Result<Held, Problem> {
    let of = (shown.circle.id, &shown.meetings);
    held::held_today(tx, me.movement, of, now)?.ok_or(Problem::Refused("live-record-late"))
}

fn back(visit: &Visit, circle: CircleId, (page, told): (&str, &str)) -> Answer {
    let to = visit.at(&format!("/circles/{circle}/{page}?told={told}"));
    Ok(Redirect::to(&to).into_response())
}

/// Keeps a practical ask of one's own, or lets go of it.
pub async fn ask(visit: Visit, Path((_, id)): Path<(String, String)>, fields: Fields) -> Answer {
    let (circle, me, now) = (pages::read(&id)?, visit.me()?, visit.now);
    let app = visit.app.clone();
    let text: String = tidy(&fields.text("ask")).chars().take(LENGTH).collect();
    let drop: Option<KeptAskId> = fields.parse("drop");
    let done = visit.app.store.write(me.scope(), move |tx| {
        let shown = circle::shown_to_seat(tx, &me, circle)?;
        if let Some(drop) = drop {
            rows::drop_ask(tx, me.movement, me.person, drop)?;
            let of = (circle, &shown.meetings);
            let today = held::held_today(tx, me.movement, of, now)?.is_some();
            let page = if today { "live" } else { "held" };
            return Ok((page, "removed"));
        }
        let held = today(tx, &me, &shown, now)?;
        if text.is_empty() {
            return Err(Problem::Refused("live-ask-empty"));
        }
        held::keep_ask(tx, &app.key.0, &me, (held.id, &text), now)?;
        Ok(("live", "saved"))
    });
    back(&visit, circle, done.await?)
}
