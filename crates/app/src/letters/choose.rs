//! Which letters somebody wants, and when: a page of their own. Nobody else sees what was chosen.

use axum::response::{IntoResponse, Redirect};
use jiff::civil::Time as Clock;
use maud::{Markup, html};
use mend_rules::letter::{Channel, Choice, Kind, Quiet};
use serde_json::{Value, json};

use crate::post;
use crate::web::form::Fields;
use crate::web::page::{again, crumbs};
use crate::web::{Answer, Visit, page};
use crate::with;

/// What somebody chose, for the file of their own data.
pub fn exported(choice: &Choice) -> Value {
    let clock = |at: Clock| at.strftime("%H:%M").to_string();
    json!({
        "none at all": choice.muted,
        "reminder the evening before": choice.evening.word(),
        "reminder two hours before": choice.soon.word(),
        "when something changed": choice.changes,
        "one mail a day at": choice.daily.map(clock),
        "quiet from": choice.quiet.map(|quiet| clock(quiet.from)),
        "quiet until": choice.quiet.map(|quiet| clock(quiet.to)),
    })
}

pub async fn show(visit: Visit) -> Answer {
    let me = visit.me()?;
    let read = visit.app.store.read(me.scope(), move |tx| {
        post::choice(tx, me.movement, me.person)
    });
    let choice = read.await?;
    Ok(page(
        &visit,
        &visit.t("letters-head"),
        body(&visit, &choice, false),
    ))
}

pub async fn save(visit: Visit, fields: Fields) -> Answer {
    let me = visit.me()?;
    let Some(choice) = read(&fields) else {
        let body = body(&visit, &Choice::default(), true);
        return Ok(again(page(&visit, &visit.t("letters-head"), body)));
    };
    let done = visit.app.store.write(me.scope(), move |tx| {
        post::set_choice(tx, me.movement, me.person, &choice)
    });
    done.await?;
    Ok(Redirect::to(&visit.at("/me/letters?told=saved")).into_response())
}

/// What a form says; nothing when it says something that no page offers.
fn read(fields: &Fields) -> Option<Choice> {
    let clock = |name: &str| match fields.text(name).as_str() {
        "" => Some(None),
        text => text.parse::<Clock>().ok().map(Some),
    };
    let quiet = match (clock("quiet-from")?, clock("quiet-to")?) {
        (Some(from), Some(to)) => Some(Quiet { from, to }),
        (None, None) => None,
        _ => return None,
    };
    let daily = match fields.text("rhythm").as_str() {
        "daily" => Some(clock("daily")??),
        _ => None,
    };
    Some(Choice {
        muted: fields.has("muted"),
        evening: Channel::read(&fields.text("evening"))?,
        soon: Channel::read(&fields.text("soon"))?,
        changes: fields.has("changes"),
        daily,
        quiet: quiet.filter(|quiet| quiet.from != quiet.to),
    })
}

fn body(visit: &Visit, choice: &Choice, wrong: bool) -> Markup {
    let zone = visit.zone();
    let zone = zone.iana_name().unwrap_or("UTC");
    html! {
        div class="narrow stack" {
            (crumbs(visit, &visit.at("/me"), &visit.t("me-title")))
            h1 { (visit.t("letters-title")) }
            p class="lead" { (visit.t("letters-lead")) }
            @if !visit.app.writes() { p class="note i" { (visit.t("letters-paper")) } }
            @if wrong { p class="note r" role="alert" { (visit.t("letters-wrong")) } }
            form class="stack" method="post" action=(visit.at("/me/letters")) {
                label class="option" { input type="checkbox" name="muted" checked[choice.muted]; span { b { (visit.t("letters-muted")) } " " span class="soft" { (visit.t("letters-muted-what")) } } }
                (channels(visit, Kind::Evening, choice.evening))
                (channels(visit, Kind::Soon, choice.soon))
                fieldset class="options" {
                    legend { (visit.t("letters-others")) }
                    label class="option" { input type="checkbox" name="changes" checked[choice.changes]; span { (visit.t("letters-changes")) } }
                    p class="hint" { (visit.t("letters-always")) }
                }
                (rhythm(visit, choice))
                (quiet(visit, choice, zone))
                div class="row" { button class="btn go" { (visit.t("save")) } a class="btn quiet" href=(visit.at("/me")) { (visit.t("cancel")) } }
                p class="readers" { (visit.t("letters-who-reads")) }
            }
        }
    }
}

fn channels(visit: &Visit, kind: Kind, chosen: Channel) -> Markup {
    let name = kind.word();
    html! {
        fieldset class="options" {
            legend { (visit.t(&format!("letters-{name}"))) }
            @for channel in Channel::ALL {
                label class="option" {
                    input type="radio" name=(name) value=(channel.word()) checked[channel == chosen];
                    span { (visit.t(&format!("channel-{}", channel.word()))) }
                }
            }
        }
    }
}

fn rhythm(visit: &Visit, choice: &Choice) -> Markup {
    let daily = choice.daily.unwrap_or(Clock::constant(18, 0, 0, 0));
    html! {
        fieldset class="options" {
            legend { (visit.t("letters-rhythm")) }
            label class="option" { input type="radio" name="rhythm" value="soon" checked[choice.daily.is_none()]; span { (visit.t("rhythm-soon")) } }
            label class="option" { input type="radio" name="rhythm" value="daily" checked[choice.daily.is_some()]; span { (visit.t("rhythm-daily")) } }
            div class="field" {
                label for="daily" { (visit.t("rhythm-hour")) }
                input id="daily" type="time" name="daily" value=(daily.strftime("%H:%M").to_string());
            }
            p class="hint" { (visit.t("rhythm-hint")) }
        }
    }
}

fn quiet(visit: &Visit, choice: &Choice, zone: &str) -> Markup {
    let clock = |at: Option<Clock>| at.map(|at| at.strftime("%H:%M").to_string());
    html! {
        fieldset class="options" {
            legend { (visit.t("quiet-title")) }
            p class="hint" { (visit.tw("quiet-hint", &with![zone = zone])) }
            div class="row" {
                div class="field" {
                    label for="quiet-from" { (visit.t("quiet-from")) }
                    input id="quiet-from" type="time" name="quiet-from" value=[clock(choice.quiet.map(|quiet| quiet.from))];
                }
                div class="field" {
                    label for="quiet-to" { (visit.t("quiet-to")) }
                    input id="quiet-to" type="time" name="quiet-to" value=[clock(choice.quiet.map(|quiet| quiet.to))];
                }
            }
        }
    }
}
