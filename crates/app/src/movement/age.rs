//! "Are you 18?": the one question at every way in, and what somebody under 18 says later.
//! Never: keeps a birth date; shows who is under 18 to anybody but stewards, the lead and
//! themselves.

use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use mend_rules::id::{MovementId, PersonId};
use mend_rules::people::{Age, asks_age};
use mend_rules::safeguarding::{Care, may_join};
use mend_rules::time::Time;
use mend_store::Tx;

use super::rows::safeguarding as rows;
use super::safeguarding::care;
use crate::web::form::Fields;
use crate::web::{Answer, Problem, Visit};

/// The question, as a part of a form: one tick where everybody is an adult, a choice elsewhere.
pub fn question(visit: &Visit, care: Care) -> Markup {
    html! {
        @if care == Care::On {
            fieldset class="options" {
                legend { (visit.t("age-title")) }
                p class="hint" { (visit.t("age-hint")) }
                label class="option" { input type="radio" name="age" value="adult" required; span { (visit.t("age-adult")) } }
                label class="option" { input type="radio" name="age" value="minor"; span { (visit.t("age-minor")) } }
            }
        } @else {
            label class="check" { input type="checkbox" name="age" value="adult" required; span { (visit.t("age-adult")) } }
        }
    }
}

/// What somebody answered.
///
/// # Errors
/// Nothing, or that they are under 18 where nobody under 18 may join.
pub fn answered(text: &str, care: Care) -> Result<Age, Problem> {
    let age = match text {
        "adult" => Age::Adult,
        "minor" => Age::Minor,
        _ => return Err(Problem::Refused("age-unsaid")),
    };
    match may_join(age, care) {
        true => Ok(age),
        false => Err(Problem::Refused("age-adults-only")),
    }
}

/// Notes what somebody answered who takes their place; nothing is kept of an adult.
pub fn note(
    tx: &mut Tx<'_>,
    movement: MovementId,
    person: PersonId,
    age: Age,
    now: Time,
) -> Result<(), Problem> {
    let said = (age == Age::Minor).then_some(now);
    Ok(rows::set_minor_at(tx, movement, person, said)?)
}

/// The part of somebody's own page, and of their Home once a year, if they are under 18.
pub fn card(visit: &Visit, said: Option<Time>, yearly: bool) -> Markup {
    let asked = said.filter(|said| !yearly || asks_age(*said, visit.now));
    html! {
        @if asked.is_some() {
            form class="card stack" method="post" action=(visit.at("/me/age")) {
                h2 { (visit.t("age-own")) }
                p class="soft" { (visit.t("age-own-what")) }
                div class="row" {
                    button class="btn" name="age" value="adult" { (visit.t("age-grown")) }
                    @if yearly { button class="btn quiet" name="age" value="minor" { (visit.t("age-not-yet")) } }
                }
            }
        }
    }
}

/// Somebody under 18 says that they are 18 by now, or not yet. Nobody becomes a minor here.
pub async fn save(visit: Visit, fields: Fields) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let said = match fields.text("age").as_str() {
        "adult" => None,
        _ => Some(now),
    };
    let done = visit.app.store.write(me.scope(), move |tx| {
        if rows::minor_at(tx, me.movement, me.person)?.is_some() {
            rows::set_minor_at(tx, me.movement, me.person, said)?;
        }
        Ok::<_, Problem>(())
    });
    done.await?;
    Ok(Redirect::to(&visit.at("/me?told=saved")).into_response())
}

/// How safeguarding stands, for a page that asks the question.
pub async fn asked_with(visit: &Visit) -> Result<Care, Problem> {
    let movement = visit.movement()?.id;
    let scope = mend_store::Scope::Movement(movement.0);
    let found = visit.app.store.read(scope, move |tx| care(tx, movement));
    Ok(found.await?)
}
