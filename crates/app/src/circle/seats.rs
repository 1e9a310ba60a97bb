//! Seats that change hands while a circle goes on: giving one's own back, taking or handing over
//! the keeping, and freeing the seat of somebody who told the keeper.
//! Never: asks why; notes who went.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use mend_rules::id::{CircleId, PersonId};
use mend_rules::time::Time;
use mend_seal::ColumnKey;
use mend_store::Tx;

use super::acts::Circle;
use super::pages::Shown;
use super::{after, keeping, rows};
use crate::ledger::{self, Deed};
use crate::web::form::Fields;
use crate::web::{Answer, Me, Problem, Visit};
use crate::with;

/// Frees somebody's seat, and closes an invitation of theirs that is still open.
fn free(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    me: &Me,
    (circle, who): (&Circle, PersonId),
) -> Result<(), Problem> {
    rows::free_seat(tx, me.movement, circle.id, who)?;
    after::forget_calls(tx, key, (me.movement, Some(circle.id)), who)?;
    rows::set_answer_of(tx, me.movement, circle.id, who, "no")?;
    Ok(())
}

/// Makes somebody who may keep it the keeper.
///
/// # Errors
/// That it is not up to whoever asks: a keeper hands it over, and where nobody keeps, everybody
/// with a seat may take it. Then that they cannot.
fn keep(
    tx: &mut Tx<'_>,
    me: &Me,
    (circle, who): (&Circle, PersonId),
    now: Time,
) -> Result<(), Problem> {
    let takes = circle.keeper.is_none() && who == me.person;
    if !takes && !me.steward && circle.keeper != Some(me.person) {
        return Err(Problem::Refused("keeping-not-yours"));
    }
    let seated = rows::seated(tx, me.movement, Some(circle.id))?;
    let seated = seated.get(&circle.id).map_or(&[][..], Vec::as_slice);
    keeping::can_keep(tx, me.movement, (seated, who))?;
    rows::set_keeper(tx, me.movement, circle.id, who)?;
    ledger::note(tx, me, Deed::CircleChanged, Some(circle.id.0), now)?;
    Ok(())
}

/// Gives back one's own seat.
pub async fn leave(visit: Visit, Path((_, id)): Path<(String, String)>, fields: Fields) -> Answer {
    let (me, app) = (visit.me()?, visit.app.clone());
    let id: CircleId = id.parse().map_err(|_| Problem::NotFound)?;
    if !fields.has("sure") {
        return Err(Problem::Refused("seat-back-unsure"));
    }
    let done = visit.app.store.write(me.scope(), move |tx| {
        let circle = rows::seen_by(tx, &me, id)?.ok_or(Problem::NotFound)?;
        free(tx, &app.key.0, &me, (&circle, me.person))
    });
    done.await?;
    Ok(Redirect::to(&visit.at("/circles?told=seat-back")).into_response())
}

/// Takes the keeping, or hands it to the person in the form.
pub async fn take_keeping(
    visit: Visit,
    Path((_, id)): Path<(String, String)>,
    fields: Fields,
) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let circle: CircleId = id.parse().map_err(|_| Problem::NotFound)?;
    let who = fields.parse("person").unwrap_or(me.person);
    let done = visit.app.store.write(me.scope(), move |tx| {
        let found = rows::seen_by(tx, &me, circle)?.ok_or(Problem::NotFound)?;
        keep(tx, &me, (&found, who), now)
    });
    done.await?;
    Ok(Redirect::to(&visit.at(&format!("/circles/{id}?told=keeper"))).into_response())
}

/// Frees the seat of somebody who told the keeper that they stop.
pub async fn free_one(
    visit: Visit,
    Path((_, id)): Path<(String, String)>,
    fields: Fields,
) -> Answer {
    let (me, app) = (visit.me()?, visit.app.clone());
    let circle: CircleId = id.parse().map_err(|_| Problem::NotFound)?;
    let who: PersonId = fields.parse("person").ok_or(Problem::NotFound)?;
    let done = visit.app.store.write(me.scope(), move |tx| {
        let found = rows::kept_by(tx, &me, circle)?.ok_or(Problem::NotFound)?;
        free(tx, &app.key.0, &me, (&found, who))
    });
    done.await?;
    Ok(Redirect::to(&visit.at(&format!("/circles/{id}/edit?told=freed"))).into_response())
}

/// What somebody with a seat can do with it.
pub fn own_seat(visit: &Visit, shown: &Shown, me: &Me) -> Markup {
    let own = visit.at(&format!("/circles/{}", shown.circle.id));
    let has_seat = shown.seated.iter().any(|(id, _)| *id == me.person);
    html! {
        @if has_seat && shown.may_keep && shown.circle.keeper.is_none() {
            form class="card stack" method="post" action={ (own) "/keep" } {
                h2 { (visit.t("keeping-title")) }
                p { (visit.t("keeping-what")) }
                div class="row" { button class="btn" { (visit.t("keeping-take")) } }
            }
        }
        @if has_seat {
            details {
                summary { (visit.t("seat-back-title")) }
                form class="stack" method="post" action={ (own) "/leave" } {
                    p { (visit.t("seat-back-what")) }
                    label class="check" { input type="checkbox" name="sure" required; span { (visit.t("seat-back-sure")) } }
                    div class="row" { button class="btn" { (visit.t("seat-back-go")) } }
                }
            }
        }
    }
}

/// What a keeper can do with the seats of the circle.
pub fn all_seats(visit: &Visit, shown: &Shown) -> Markup {
    let own = visit.at(&format!("/circles/{}", shown.circle.id));
    html! {
        div class="row" { a class="btn" href={ (own) "/offers" } { (visit.t("offer-title")) } }
        @if !shown.seated.is_empty() {
            section class="stack" {
                h2 { (visit.t("seats-title")) }
                form class="row end" method="post" action={ (own) "/keep" } {
                    div class="field" {
                        label for="keeper" { (visit.t("keeping-who")) }
                        select id="keeper" name="person" required {
                            @if shown.circle.keeper.is_none() { option value="" selected { (visit.t("keeping-choose")) } }
                            @for (id, name) in &shown.seated { option value=(id) selected[shown.circle.keeper == Some(*id)] { (name) } }
                        }
                    }
                    button class="btn" { (visit.t("keeping-go")) }
                }
                p class="soft" { (visit.t("seats-free-what")) }
                ul class="plain" {
                    @for (id, name) in &shown.seated {
                        li {
                            form class="row" method="post" action={ (own) "/free" } {
                                input type="hidden" name="person" value=(id);
                                span { (name) }
                                button class="btn quiet" aria-label=(visit.tw("seats-free-label", &with![name = name.as_str()])) { (visit.t("seats-free")) }
                            }
                        }
                    }
                }
            }
            (crate::web::page::stitch())
        }
    }
}
