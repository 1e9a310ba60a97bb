//! Help at hand: whom people can turn to outside, what the law asks, and a list that stands on
//! every page where feelings are asked for.
//! Never: a substitute for the people on it; a record of who looked.

use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use mend_rules::help::{Help, LINES, Reach, read};
use mend_store::{StoreError, Tx};

use super::pages::field;
use super::rows::help::{self as rows, Typed};
use crate::ledger::{self, Deed};
use crate::web::form::Fields;
use crate::web::page::{again, stitch};
use crate::web::{Answer, Visit, page};
use crate::with;

/// The longest text about the law, in characters.
const LAW_LENGTH: usize = 2000;

/// The list as pages show it; empty until a steward has filled it in.
pub fn list(
    tx: &mut Tx<'_>,
    movement: mend_rules::id::MovementId,
) -> Result<Vec<Help>, StoreError> {
    Ok(read(&rows::help(tx, movement)?.help).unwrap_or_default())
}

async fn typed(visit: &Visit) -> Result<Typed, crate::web::Problem> {
    let me = visit.me()?;
    let found = visit
        .app
        .store
        .read(me.scope(), move |tx| rows::help(tx, me.movement));
    Ok(found.await?)
}

/// So long a browser may keep the list, in seconds: then it opens without a line too. Signing out
/// clears it.
const KEPT: &str = "private, max-age=604800";

/// The page of the list.
pub async fn show(visit: Visit) -> Answer {
    let typed = typed(&visit).await?;
    let all = read(&typed.help).unwrap_or_default();
    let steward = visit.me()?.steward;
    let body = html! {
        div class="narrow stack" {
            h1 { (visit.t("help-title")) }
            p class="lead" { (visit.t("help-lead")) }
            @if all.is_empty() { p { (visit.t("help-none")) } } @else { (entries(&all)) }
            @if !typed.law.is_empty() {
                h2 { (visit.t("law-title")) }
                @for line in typed.law.lines().filter(|line| !line.trim().is_empty()) { p { (line) } }
            }
            @if steward { div class="row" { a class="btn" href=(visit.at("/help/edit")) { (visit.t("help-edit")) } } }
            (stitch())
            p class="soft" { (visit.t("help-not-us")) " " (visit.t("help-kept")) }
        }
    };
    let mut response = page(&visit, &visit.t("help-head"), body);
    let kept = HeaderValue::from_static(KEPT);
    response.headers_mut().insert(CACHE_CONTROL, kept);
    Ok(response)
}

fn entries(all: &[Help]) -> Markup {
    html! {
        ul class="plain stack help" {
            @for help in all {
                li class="card" {
                    b { (help.who) }
                    @match &help.reach {
                        Reach::Call(number) => { " " a class="btn" href={ "tel:" (number) } { (number) } }
                        Reach::Open(link) => { " " a href=(link) rel="noopener noreferrer" { (link) } }
                        Reach::Read(text) => { " " span { (text) } }
                    }
                }
            }
        }
    }
}

/// The list as text: who, and how they are reached.
pub fn said(all: &[Help]) -> Vec<(String, String)> {
    let reach = |help: &Help| match &help.reach {
        Reach::Call(how) | Reach::Open(how) | Reach::Read(how) => how.clone(),
    };
    all.iter()
        .map(|help| (help.who.clone(), reach(help)))
        .collect()
}

/// What a steward has not filled in yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    List,
    Law,
}

pub fn missing(
    tx: &mut Tx<'_>,
    movement: mend_rules::id::MovementId,
) -> Result<Option<Missing>, StoreError> {
    let typed = rows::help(tx, movement)?;
    let list = read(&typed.help).unwrap_or_default();
    Ok(match (list.is_empty(), typed.law.trim().is_empty()) {
        (true, _) => Some(Missing::List),
        (false, true) => Some(Missing::Law),
        (false, false) => None,
    })
}

/// The list on another page, where feelings are asked for.
pub fn card(visit: &Visit, all: &[Help]) -> Markup {
    html! {
        section class="card stack" {
            h2 { (visit.t("help-title")) }
            @if all.is_empty() { p { (visit.t("help-none")) } } @else { (entries(all)) }
        }
    }
}

pub async fn edit(visit: Visit) -> Answer {
    let typed = typed(&visit).await?;
    let body = form(&visit, &typed, None);
    Ok(page(&visit, &visit.t("help-edit"), body))
}

fn form(visit: &Visit, typed: &Typed, wrong: Option<usize>) -> Markup {
    html! {
        div class="narrow stack" {
            h1 { (visit.t("help-edit")) }
            p class="lead" { (visit.t("help-edit-lead")) }
            form class="stack" method="post" action=(visit.at("/help/edit")) {
                @if let Some(line) = wrong { p class="note r" role="alert" { (visit.tw("help-wrong", &with![line = line, most = LINES])) } }
                (field(visit, "help", "help-list", &[], &html! {
                    textarea id="help" name="help" rows="8" aria-describedby="help-hint" { (typed.help) }
                }))
                (field(visit, "law", "help-law", &[], &html! {
                    textarea id="law" name="law" rows="5" maxlength=(LAW_LENGTH) aria-describedby="law-hint" { (typed.law) }
                }))
                div class="row" {
                    button class="btn go" { (visit.t("save")) }
                    @if visit.told.as_deref() == Some("begun") { a class="btn quiet" href=(visit.at("")) { (visit.t("help-later")) } }
                    @else { a class="btn quiet" href=(visit.at("/help")) { (visit.t("cancel")) } }
                }
            }
        }
    }
}

pub async fn save(visit: Visit, fields: Fields) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let law: String = fields.text("law").chars().take(LAW_LENGTH).collect();
    let typed = Typed {
        help: fields.text("help"),
        law,
    };
    if let Err(line) = read(&typed.help) {
        let body = form(&visit, &typed, Some(line));
        return Ok(again(page(&visit, &visit.t("help-edit"), body)));
    }
    let done = visit.app.store.write(me.scope(), move |tx| {
        rows::set_help(tx, me.movement, &typed)?;
        ledger::note(tx, &me, Deed::MovementChanged, None, now)
    });
    done.await?;
    Ok(Redirect::to(&visit.at("/help?told=saved")).into_response())
}
