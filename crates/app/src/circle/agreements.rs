//! What a circle agrees on: eight sentences to begin with, changed as the circle likes, and asked
//! of everybody again after each change.
//! Never: shows who has not agreed.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use mend_rules::id::{CircleId, PersonId};
use mend_rules::movement::tidy;

use super::pages::{self, Shown};
use super::rows;
use crate::practice;
use crate::web::form::Fields;
use crate::web::page::{crumbs, stitch};
use crate::web::{Answer, Problem, Visit, page};

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
    let (me, shown) = (visit.me()?, pages::load(&visit, &id, false).await?);
    let own = visit.at(&format!("/circles/{}", shown.circle.id));
    let seated = shown.seated.iter().any(|(one, _)| *one == me.person);
    let mine = shown.agreed.by.contains(&me.person);
    let body = html! {
        div class="narrow stack" {
            (crumbs(&visit, &own, &shown.circle.name))
            h1 { (visit.t("agreements-title")) }
            p class="lead" { (standing(&visit, &shown)) }
            ul { @for line in &shown.agreed.lines { li { (line) } } }
            p class="soft" { (practice::words().privacy.line) " " (practice::words().privacy.law) }
            @if seated {
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
            @if shown.is_kept_by(&me) {
                (stitch())
                form class="stack" method="post" action={ (own) "/agreements" } {
                    div class="field" {
                        label for="lines" { (visit.t("agreed-change")) }
                        p class="hint" id="lines-hint" { (visit.t("agreed-change-what")) }
                        textarea id="lines" name="lines" rows="10" aria-describedby="lines-hint" { (shown.agreed.lines.join("\n")) }
                    }
                    div class="row" { button class="btn" { (visit.t("save")) } }
                }
            }
        }
    };
    Ok(page(&visit, &visit.t("agreements-title"), body))
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
        let found = rows::seen_by(tx, &me, circle)?.ok_or(Problem::NotFound)?;
        let shown = Shown::load(tx, &me, vec![found])?
            .pop()
            .ok_or(Problem::NotFound)?;
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

/// Changes the agreements; everybody is asked again.
pub async fn save(visit: Visit, Path((_, id)): Path<(String, String)>, fields: Fields) -> Answer {
    let me = visit.me()?;
    let circle: CircleId = id.parse().map_err(|_| Problem::NotFound)?;
    let text = fields.text("lines");
    let lines: Vec<String> = text
        .lines()
        .map(|line| tidy(line).chars().take(200).collect::<String>())
        .filter(|line| !line.is_empty())
        .take(MOST)
        .collect();
    let done = visit.app.store.write(me.scope(), move |tx| {
        let found = rows::kept_by(tx, &me, circle)?.ok_or(Problem::NotFound)?;
        if lines.is_empty() {
            return Err(Problem::Refused("agreed-empty"));
        }
        let shown = Shown::load(tx, &me, vec![found])?
            .pop()
            .ok_or(Problem::NotFound)?;
        if shown.agreed.lines == lines {
            return Ok(());
        }
        let next = (shown.agreed.version + 1, &lines[..]);
        Ok(rows::set_agreements(tx, me.movement, circle, next)?)
    });
    done.await?;
    Ok(Redirect::to(&visit.at(&format!("/circles/{id}/agreements?told=saved"))).into_response())
}
