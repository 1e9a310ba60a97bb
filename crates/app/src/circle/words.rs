//! A circle's own words for the steps, and the source it steers by: shown to those in it, changed
//! by whoever keeps it.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use mend_rules::id::CircleId;
use mend_rules::movement::Source;
use mend_rules::step::Number;
use mend_store::Tx;

use super::rows;
use crate::step::pages::{Shown, number, show_with};
use crate::step::wording::{self, Whose};
use crate::step::{self, Group, view};
use crate::web::form::Fields;
use crate::web::{Answer, Problem, Visit};

type Two = Path<(String, String)>;
type Three = Path<(String, String, String)>;
type Four = Path<(String, String, String, String)>;

fn read(id: &str) -> Result<CircleId, Problem> {
    id.parse().map_err(|_| Problem::NotFound)
}

/// The circle as a group; whoever keeps it, or stewards, may change its words.
fn whose(id: &str) -> Result<Whose, Problem> {
    Ok(Whose {
        group: Group::Circle(read(id)?),
        may: |tx, me, group| {
            let id = group.circle().ok_or(Problem::NotFound)?;
            rows::kept_by(tx, me, id)?
                .map(|_| ())
                .ok_or(Problem::NotFound)
        },
    })
}

/// A step in the words of a circle.
pub async fn show(visit: Visit, Path((_, id, step)): Three) -> Answer {
    let (me, id, step, asking) = (visit.me()?, read(&id)?, number(&step)?, visit.clone());
    let scope = me.scope();
    let load = move |tx: &mut Tx<'_>| {
        rows::seen_by(tx, &me, id)?.ok_or(Problem::NotFound)?;
        let keeps = rows::kept_by(tx, &me, id)?.is_some();
        Ok::<_, Problem>((
            Shown::load(tx, &asking, &me, Group::Circle(id), step)?,
            keeps,
        ))
    };
    let (shown, keeps) = visit.app.store.read(scope, load).await?;
    let inside = if keeps {
        keeping(&visit, id, step, shown.said.circles)
    } else {
        html! {}
    };
    show_with(&visit, &shown, &inside)
}

/// What a keeper can do with a step, folded away so that it does not stand between the prompts.
fn keeping(visit: &Visit, id: CircleId, step: Number, chosen: Option<Source>) -> Markup {
    html! {
        details class="no-print" {
            summary { (visit.t("step-keeping")) }
            div class="stack" {
                (view::words_card(visit, Group::Circle(id), step))
                form class="card stack" method="post" action=(visit.at(&format!("/circles/{id}/source"))) {
                    h2 class="as-h3" { (visit.t("circle-source-title")) }
                    input type="hidden" name="at" value=(step);
                    div class="field" {
                        label for="circle-source" { (visit.t("circle-source-label")) }
                        select id="circle-source" name="source" {
                            option value="movement" { (visit.t("circle-source-movement")) }
                            @for source in Source::ALL { option value=(source.word()) selected[chosen == Some(source)] { (visit.t(&format!("source-{}", source.word()))) } }
                        }
                    }
                    button class="btn" { (visit.t("save")) }
                    p class="readers" { (visit.t("circle-source-who")) }
                }
            }
        }
    }
}

/// By which source the circle steers; each of them may still read by another.
pub async fn save_source(visit: Visit, Path((_, id)): Two, fields: Fields) -> Answer {
    let (me, id) = (visit.me()?, read(&id)?);
    let source = Source::read(&fields.text("source"));
    let at = fields.parse::<Number>("at").unwrap_or(Number::FIRST);
    let done = visit.app.store.write(me.scope(), move |tx| {
        rows::kept_by(tx, &me, id)?.ok_or(Problem::NotFound)?;
        Ok::<_, Problem>(step::set_circle_source(tx, me.movement, id, source)?)
    });
    done.await?;
    let there = format!(
        "{}?told=saved",
        view::address(&visit, Group::Circle(id), at)
    );
    Ok(Redirect::to(&there).into_response())
}

pub async fn list(visit: Visit, Path((_, id, step)): Three) -> Answer {
    wording::show_list(&visit, whose(&id)?, number(&step)?).await
}

pub async fn form(visit: Visit, Path((_, id, step, key)): Four) -> Answer {
    wording::show_form(&visit, whose(&id)?, number(&step)?, &key).await
}

pub async fn save(visit: Visit, Path((_, id, step, key)): Four, fields: Fields) -> Answer {
    wording::save(&visit, whose(&id)?, number(&step)?, &key, &fields).await
}

pub async fn go_back(visit: Visit, Path((_, id, step, key)): Four) -> Answer {
    wording::go_back(
        &visit,
        whose(&id)?,
        number(&step)?,
        Some(wording::text(&key)?),
    )
    .await
}

pub async fn restart(visit: Visit, Path((_, id, step)): Three, fields: Fields) -> Answer {
    wording::start_again(&visit, whose(&id)?, number(&step)?, &fields).await
}
