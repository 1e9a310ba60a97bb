//! The help-request card of step 7: one small thing, by one day, to a few whom one chooses.
//! Never: lists who was asked and said nothing, so that nobody can read a no from it.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use maud::{Markup, html};
use mend_rules::ask::{AskTrouble, DAYS, LENGTH, PEOPLE, SMALL_LENGTH, furthest};
use mend_rules::id::{AskId, PersonId};
use mend_rules::movement::tidy;

use super::acts::{self, Body, Mine, ToMe, Typed};
use crate::circle;
use crate::web::form::Fields;
use crate::web::page::{again, crumbs, stitch};
use crate::web::{Answer, Problem, Visit, page};
use crate::with;

/// Today on the movement's clock: asks and commitments end on its days.
pub fn today(visit: &Visit) -> Result<Date, Problem> {
    Ok(visit.now.day(&visit.movement()?.zone))
}

struct Shown {
    mine: Vec<Mine>,
    to_me: Vec<ToMe>,
    mates: Vec<(PersonId, String)>,
}

async fn load(visit: &Visit) -> Result<Shown, Problem> {
    let (me, app, today) = (visit.me()?, visit.app.clone(), today(visit)?);
    let load = visit.app.store.read(me.scope(), move |tx| {
        Ok::<_, Problem>(Shown {
            mine: acts::mine(tx, &app.key.0, &me, today)?,
            to_me: acts::to_me(tx, &app.key.0, &me, today)?,
            mates: circle::mates(tx, &me)?,
        })
    });
    load.await
}

pub async fn show(visit: Visit) -> Answer {
    let shown = load(&visit).await?;
    let body = body(&visit, &shown, &Fields::default(), None)?;
    Ok(page(&visit, &visit.t("asks-title"), body))
}

fn body(
    visit: &Visit,
    shown: &Shown,
    typed: &Fields,
    trouble: Option<AskTrouble>,
) -> Result<Markup, Problem> {
    let form = form(visit, shown, typed, trouble)?;
    Ok(html! {
        div class="stack" {
            (crumbs(visit, &visit.at("/steps"), &visit.t("path-title")))
            h1 { (visit.t("asks-title")) }
            p class="lead" { (visit.t("asks-lead")) }
        }
        div class="split" {
            section class="stack" {
                h2 { (visit.t("asks-to-me")) }
                @if shown.to_me.is_empty() { p class="soft" { (visit.t("asks-to-me-none")) } }
                ul class="asks" { @for ask in &shown.to_me { (asked(visit, ask)) } }
                h2 { (visit.t("asks-mine")) }
                @if shown.mine.is_empty() { p class="soft" { (visit.t("asks-mine-none")) } }
                ul class="asks" { @for ask in &shown.mine { (own(visit, ask)) } }
            }
            section class="stack" { (form) }
        }
        (stitch())
        p class="soft" { (visit.t("asks-end")) }
    })
}

/// The day of an ask or a commitment, at its left.
pub fn day(visit: &Visit, day: Date) -> Markup {
    let short = visit.t(&format!(
        "weekday-short-{}",
        day.weekday().to_monday_one_offset()
    ));
    html! {
        time datetime=(day.to_string()) {
            small { (short) } b { (day.day()) } small { (visit.t(&format!("month-short-{}", day.month()))) }
        }
    }
}

fn asked(visit: &Visit, ask: &ToMe) -> Markup {
    let path = visit.at(&format!("/asks/{}/answer", ask.id));
    html! {
        li {
            (day(visit, ask.until))
            div {
                h3 { (visit.tw("ask-from", &with![name = ask.from.as_str()])) }
                p { (ask.body.what) }
                @if !ask.body.small.is_empty() { p class="soft" { (ask.body.small) } }
                @if ask.yes { p { span class="tag m" { (visit.t("ask-you-said-yes")) } } }
                @else if ask.taken { p class="soft" { (visit.t("ask-taken")) } }
            }
            form class="row" method="post" action=(path) {
                @if !ask.yes { button class="btn go" name="answer" value="yes" { (visit.t("ask-yes")) } }
                button class="btn quiet" name="answer" value="no" { (visit.t(if ask.yes { "ask-after-all" } else { "ask-no" })) }
            }
        }
    }
}

fn own(visit: &Visit, ask: &Mine) -> Markup {
    html! {
        li {
            (day(visit, ask.until))
            div {
                h3 { (ask.body.what) }
                @if !ask.body.small.is_empty() { p class="soft" { (ask.body.small) } }
                @if ask.takers.is_empty() { p class="soft" { (visit.t("ask-not-taken")) } }
                @else { p { span class="tag m" { (visit.t("ask-takers")) } " " (ask.takers.join(", ")) } }
            }
            form method="post" action=(visit.at(&format!("/asks/{}/end", ask.id))) {
                button class="btn" aria-label={ (visit.t("ask-end")) ": " (ask.body.what) } { (visit.t("ask-end")) }
            }
        }
    }
}

fn form(
    visit: &Visit,
    shown: &Shown,
    typed: &Fields,
    trouble: Option<AskTrouble>,
) -> Result<Markup, Problem> {
    let (today, wrong) = (today(visit)?, |it| (trouble == Some(it)).then_some("true"));
    let chosen: Vec<&str> = typed.all("person").collect();
    Ok(html! {
        form class="card stack" method="post" action=(visit.at("/asks")) {
            h2 { (visit.t("ask-new")) }
            @if let Some(trouble) = trouble { p class="note r" role="alert" { (visit.tw(said(trouble), &with![days = DAYS, most = PEOPLE])) } }
            @if shown.mates.is_empty() { p { (visit.t("ask-no-circle")) } }
            @else {
                input type="hidden" name="fresh" value=(visit.app.new_id::<AskId>());
                div class="field" {
                    label for="what" { (visit.t("ask-what")) }
                    p class="hint" id="what-hint" { (visit.t("ask-what-hint")) }
                    textarea id="what" name="what" rows="3" required maxlength=(LENGTH) aria-describedby="what-hint" aria-invalid=[wrong(AskTrouble::Words)] { (typed.text("what")) }
                }
                div class="field" {
                    label for="small" { (visit.t("ask-small")) }
                    input id="small" name="small" value=(typed.text("small")) maxlength=(SMALL_LENGTH) placeholder=(visit.t("ask-small-hint")) autocomplete="off";
                }
                div class="field half" {
                    label for="until" { (visit.t("ask-until")) }
                    input id="until" name="until" type="date" required value=(typed.text("until")) min=(today.to_string()) max=(furthest(today).to_string()) aria-invalid=[wrong(AskTrouble::Day)];
                }
                fieldset class="options" {
                    legend { (visit.t("ask-to")) }
                    div class="boxes" {
                        @for (id, name) in &shown.mates {
                            label class="check" { input type="checkbox" name="person" value=(id) checked[chosen.contains(&id.to_string().as_str())]; span { (name) } }
                        }
                    }
                }
                button class="btn go" { (visit.t("ask-go")) }
                p class="readers" { (visit.t("ask-who")) }
            }
        }
    })
}

fn said(trouble: AskTrouble) -> &'static str {
    match trouble {
        AskTrouble::Words => "ask-wrong-words",
        AskTrouble::Day => "ask-wrong-day",
        AskTrouble::People => "ask-wrong-people",
        AskTrouble::Open => "ask-wrong-open",
    }
}

pub async fn make(visit: Visit, fields: Fields) -> Answer {
    let (me, app, today) = (visit.me()?, visit.app.clone(), today(&visit)?);
    let typed = Typed {
        id: fields.parse("fresh").unwrap_or(visit.app.new_id()),
        body: Body {
            what: tidy(&fields.text("what")),
            small: tidy(&fields.text("small")),
        },
        until: fields.parse("until"),
        to: fields
            .all("person")
            .filter_map(|id| id.parse().ok())
            .collect(),
    };
    let made = visit.app.store.write(me.scope(), move |tx| {
        acts::make(tx, &app.key.0, &me, &typed, today)
    });
    match made.await? {
        Ok(()) => Ok(Redirect::to(&visit.at("/asks?told=asked")).into_response()),
        Err(trouble) => {
            let shown = load(&visit).await?;
            let body = body(&visit, &shown, &fields, Some(trouble))?;
            Ok(again(page(&visit, &visit.t("asks-title"), body)))
        }
    }
}

pub async fn answer(visit: Visit, Path((_, id)): Path<(String, String)>, fields: Fields) -> Answer {
    let (me, today) = (visit.me()?, today(&visit)?);
    let id: AskId = id.parse().map_err(|_| Problem::Refused("ask-over"))?;
    let yes = match fields.text("answer").as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(Problem::Refused("answer-which")),
    };
    let done = visit
        .app
        .store
        .write(me.scope(), move |tx| acts::answer(tx, &me, id, yes, today));
    done.await?;
    let told = if yes { "ask-yes" } else { "ask-no" };
    Ok(Redirect::to(&visit.at(&format!("/asks?told={told}"))).into_response())
}

pub async fn end(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let me = visit.me()?;
    if let Ok(id) = id.parse::<AskId>() {
        let done = visit
            .app
            .store
            .write(me.scope(), move |tx| acts::take_back(tx, &me, id));
        done.await?;
    }
    Ok(Redirect::to(&visit.at("/asks?told=ask-ended")).into_response())
}

/// An ask on Home, among what is asked of me.
pub fn home_card(visit: &Visit, ask: &ToMe) -> Markup {
    asked(visit, ask)
}
