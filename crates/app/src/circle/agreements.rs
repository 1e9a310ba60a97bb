//! What a circle agrees on: eight sentences to begin with, changed as the circle likes, and asked
//! of everybody again after each change.
//! Never: shows who has not agreed.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use mend_rules::id::{CircleId, PersonId};
use mend_rules::movement::tidy;

use super::pages::{self, Shown};
use super::{rows, shown_to, shown_to_keeper};
use crate::practice;
use crate::web::form::Fields;
use crate::web::page::{again, crumbs, stitch};
use crate::web::{Answer, Me, Problem, Visit, page};

/// At most so many agreements, so that they fit on a card.
const MOST: usize = 16;

/// What a circle agrees on, and who of it has said yes to that.
#[derive(Debug, Clone)]
pub struct Agreed {
    pub version: i64,
    pub lines: Vec<String>,
    pub by: Vec<PersonId>,
}

impl Agreed {
    /// The agreements of a circle: those it wrote down, or the eight.
    pub fn new(own: Option<&(i64, Vec<String>)>, said: &[(PersonId, i64)]) -> Self {
        let (version, lines) = own
            .cloned()
            .unwrap_or_else(|| (1, practice::words().agreements.clone()));
        let yes = said.iter().filter(|(_, to)| *to == version);
        Self {
            version,
            by: yes.map(|(id, _)| *id).collect(),
            lines,
        }
    }

    /// Whether everybody with a seat has said yes.
    fn is_everybodys(&self, shown: &Shown) -> bool {
        let mut seated = shown.seated.iter();
        !shown.seated.is_empty() && seated.all(|(id, _)| self.by.contains(id))
    }
}

/// The agreements on the circle's page and on paper.
pub fn card(visit: &Visit, shown: &Shown) -> Markup {
    html! {
        ul { @for line in &shown.agreed.lines { li { (line) } } }
        p class="soft" { (practice::words().privacy.line) " " (practice::words().privacy.law) }
        p class="no-print" { (standing(visit, shown)) " " a href=(visit.at(&format!("/circles/{}/agreements", shown.circle.id))) { (visit.t("agreed-open")) } }
    }
}

fn standing(visit: &Visit, shown: &Shown) -> String {
    visit.t(if shown.agreed.is_everybodys(shown) {
        "agreed-all"
    } else {
        "agreed-not-yet"
    })
}

pub async fn show(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let shown = pages::load(&visit, &id, false).await?;
    as_page(&visit, &shown, None)
}

/// The agreements, and for whoever keeps the circle a form with them, or with what was `typed` while
/// somebody else saved others.
fn as_page(visit: &Visit, shown: &Shown, typed: Option<&str>) -> Answer {
    let me = visit.me()?;
    let own = visit.at(&format!("/circles/{}", shown.circle.id));
    let body = html! {
        div class="narrow stack" {
            (crumbs(visit, &own, &shown.circle.name))
            h1 { (visit.t("agreements-title")) }
            @if typed.is_some() { p class="note r" role="alert" { (visit.t("agreed-meanwhile")) " " a href="#lines" { (visit.t("agreed-typed")) } } }
            p class="lead" { (standing(visit, shown)) }
            ul { @for line in &shown.agreed.lines { li { (line) } } }
            p class="soft" { (practice::words().privacy.line) " " (practice::words().privacy.law) }
            @if typed.is_none() && shown.name(Some(me.person)).is_some() { (consent_form(visit, shown, &me, &own)) }
            @if shown.is_kept_by(&me) { (stitch()) (change_form(visit, shown, typed, &own)) }
        }
    };
    Ok(page(visit, &visit.t("agreements-title"), body))
}

fn consent_form(visit: &Visit, shown: &Shown, me: &Me, own: &str) -> Markup {
    let mine = shown.agreed.by.contains(&me.person);
    html! {
        form class="card stack" method="post" action={ (own) "/agreements/consent" } {
            p { (visit.t(if mine { "agreed-mine" } else { "agreed-ask" })) }
            input type="hidden" name="version" value=(shown.agreed.version);
            div class="row" {
                @if mine { button class="btn quiet" name="say" value="no" { (visit.t("agreed-back")) } }
                @else { button class="btn go" name="say" value="yes" { (visit.t("agreed-yes")) } }
            }
            p class="readers" { (visit.t("agreed-who")) }
        }
    }
}

fn change_form(visit: &Visit, shown: &Shown, typed: Option<&str>, own: &str) -> Markup {
    let kept = shown.agreed.lines.join("\n");
    html! {
        form class="stack" method="post" action={ (own) "/agreements" } {
            input type="hidden" name="version" value=(shown.agreed.version);
            div class="field" {
                label for="lines" { (visit.t("agreed-change")) }
                p class="hint" id="lines-hint" { (visit.t("agreed-change-what")) }
                textarea id="lines" name="lines" rows="10" aria-describedby="lines-hint" { (typed.unwrap_or(&kept)) }
            }
            div class="row" { button class=(if typed.is_some() { "btn go" } else { "btn" }) { (visit.t("save")) } }
        }
    }
}

/// Says yes to the agreements as they stood on the page, or takes that back.
pub async fn consent(
    visit: Visit,
    Path((_, id)): Path<(String, String)>,
    fields: Fields,
) -> Answer {
    let me = visit.me()?;
    let circle: CircleId = id.parse().map_err(|_| Problem::NotFound)?;
    let (yes, version) = (fields.text("say") == "yes", fields.parse::<i64>("version"));
    let done = visit.app.store.write(me.scope(), move |tx| {
        let shown = shown_to(tx, &me, circle)?;
        if !shown.seated.iter().any(|(one, _)| *one == me.person) {
            return Err(Problem::Refused("agreed-no-seat"));
        }
        if yes && version != Some(shown.agreed.version) {
            return Err(Problem::Refused("agreed-changed"));
        }
        let said = yes.then_some(shown.agreed.version);
        Ok(rows::set_consent(
            tx,
            me.movement,
            (circle, me.person),
            said,
        )?)
    });
    done.await?;
    Ok(Redirect::to(&visit.at(&format!("/circles/{id}/agreements?told=saved"))).into_response())
}

/// Changes the agreements that were on the page; everybody is asked again. Where somebody saved
/// others meanwhile, those are shown beside what was typed.
pub async fn save(visit: Visit, Path((_, id)): Path<(String, String)>, fields: Fields) -> Answer {
    let me = visit.me()?;
    let circle: CircleId = id.parse().map_err(|_| Problem::NotFound)?;
    let (text, seen) = (fields.text("lines"), fields.parse::<i64>("version"));
    let lines = lines(&text);
    let done = visit.app.store.write(me.scope(), move |tx| {
        let shown = shown_to_keeper(tx, &me, circle)?;
        if lines.is_empty() {
            return Err(Problem::Refused("agreed-empty"));
        }
        if shown.agreed.lines == lines {
            return Ok(None);
        }
        if seen != Some(shown.agreed.version) {
            return Ok(Some(shown));
        }
        let next = (shown.agreed.version + 1, &lines[..]);
        rows::set_agreements(tx, me.movement, circle, next)?;
        Ok(None)
    });
    if let Some(shown) = done.await? {
        return Ok(again(as_page(&visit, &shown, Some(&text))?));
    }
    Ok(Redirect::to(&visit.at(&format!("/circles/{id}/agreements?told=saved"))).into_response())
}

/// Agreements as they were typed, one on a line.
fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(|line| tidy(line).chars().take(200).collect::<String>())
        .filter(|line| !line.is_empty())
        .take(MOST)
        .collect()
}
