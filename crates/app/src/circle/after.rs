//! A day or two after a circle: a private question that sends nothing, and one button that reaches
//! one person.
//! Never: keeps an answer, or that the question was opened; tells anybody but the keeper who wishes
//! to be called.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use mend_rules::id::{CircleId, MovementId, PersonId};
use mend_rules::movement::tidy;
use mend_rules::time::Time;
use mend_seal::ColumnKey;
use mend_store::{StoreError, Tx};

use super::pages::Shown;
use super::rows::{self, NewCall};
use crate::app::{dice, fresh};
use crate::meeting::moment;
use crate::post;
use crate::web::form::Fields;
use crate::web::{Answer, Me, Problem, Visit};
use crate::with;

/// Days after which a wish to be called is over.
const CALL_DAYS: i64 = 7;
/// The longest note about how to be reached, in characters.
const HOW_LENGTH: usize = 200;

/// A wish to be called, opened.
#[derive(Debug, Clone)]
pub struct Call {
    pub id: [u8; 16],
    pub circle: CircleId,
    pub circle_name: String,
    /// Who wishes it.
    pub name: String,
    pub how: String,
}

fn print(key: &ColumnKey, movement: MovementId, person: PersonId) -> Vec<u8> {
    key.fingerprint("call", &format!("{movement}|{person}"))
        .to_vec()
}

fn opened(key: &ColumnKey, rows: Vec<rows::CallRow>) -> Vec<Call> {
    let open = |row: rows::CallRow| {
        let plain = key.open("call", &row.id, &row.body_sealed).ok()?;
        let text = String::from_utf8(plain).ok()?;
        let (name, how) = text.split_once('\n')?;
        Some(Call {
            id: row.id,
            circle: row.circle,
            circle_name: row.name,
            name: name.to_owned(),
            how: how.to_owned(),
        })
    };
    rows.into_iter().filter_map(open).collect()
}

/// Wishes that reach somebody, and their own.
#[derive(Debug, Default)]
pub struct Calls {
    pub to_me: Vec<Call>,
    pub mine: Vec<Call>,
}

pub fn calls(tx: &mut Tx<'_>, key: &ColumnKey, me: &Me, now: Time) -> Result<Calls, StoreError> {
    let own = print(key, me.movement, me.person);
    let to_me = rows::calls_to(tx, me.movement, me.person, now)?;
    let mine = rows::calls_of(tx, me.movement, &own, now)?;
    Ok(Calls {
        to_me: opened(key, to_me),
        mine: opened(key, mine),
    })
}

/// Takes out the wishes of somebody who gives back their seat, leaves or is erased: those of one
/// circle, or all.
pub fn forget_calls(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    (movement, circle): (MovementId, Option<CircleId>),
    person: PersonId,
) -> Result<(), StoreError> {
    let own = print(key, movement, person);
    for gone in rows::drop_calls_of(tx, movement, (&own, circle))? {
        post::withdraw_call(tx, movement, gone)?;
    }
    Ok(())
}

/// Lets go of wishes whose time is over.
pub fn sweep_calls(tx: &mut Tx<'_>, movement: MovementId, now: Time) -> Result<(), StoreError> {
    for gone in rows::drop_old_calls(tx, movement, now)? {
        post::withdraw_call(tx, movement, gone)?;
    }
    Ok(())
}

/// Asks the keeper of one's circle to call, or takes that back.
pub async fn ask(visit: Visit, Path((_, id)): Path<(String, String)>, fields: Fields) -> Answer {
    let (me, now, app) = (visit.me()?, visit.now, visit.app.clone());
    let id: CircleId = id.parse().map_err(|_| Problem::NotFound)?;
    let (back, how) = (fields.has("back"), tidy(&fields.text("how")));
    if how.chars().count() > HOW_LENGTH {
        return Err(Problem::Refused("call-long"));
    }
    let done = visit.app.store.write(me.scope(), move |tx| {
        let own = print(&app.key.0, me.movement, me.person);
        let shown = super::shown_to(tx, &me, id)?;
        for gone in rows::drop_calls_of(tx, me.movement, (&own, Some(id)))? {
            post::withdraw_call(tx, me.movement, gone)?;
        }
        match back {
            true => Ok(()),
            false => wish(tx, &app.key.0, &me, (&shown, &how), now),
        }
    });
    done.await?;
    let told = if back { "taken-back" } else { "called" };
    Ok(Redirect::to(&visit.at(&format!("?told={told}"))).into_response())
}

/// Whom a wish reaches: whoever kept the last meeting, else whoever keeps the circle; never oneself.
fn hears(shown: &Shown, me: &Me, now: Time) -> Option<PersonId> {
    let over = shown.meetings.every();
    let over = over.take_while(|one| one.begins <= moment(now));
    let last = over.filter(|one| !one.is_cancelled()).last();
    let kept = last.map_or([None; 2], |one| shown.keepers(Some(one.on)));
    let mut all = kept.into_iter().chain([shown.circle.keeper]).flatten();
    all.find(|id| *id != me.person && shown.name(Some(*id)).is_some())
}

/// Keeps a wish, and writes to whom it reaches.
///
/// # Errors
/// That there is nobody whom it could reach.
fn wish(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    me: &Me,
    (shown, how): (&Shown, &str),
    now: Time,
) -> Result<(), Problem> {
    let has_seat = shown.name(Some(me.person)).is_some();
    let to = hears(shown, me, now).filter(|_| has_seat);
    let to = to.ok_or(Problem::Refused("call-nobody"))?;
    let id = fresh();
    let text = format!("{}\n{how}", me.name);
    let call = NewCall {
        id,
        circle: shown.circle.id,
        to,
        print: &print(key, me.movement, me.person),
        sealed: key.seal("call", &id, text.as_bytes(), &mut dice),
        ends: now.days(CALL_DAYS),
    };
    rows::add_call(tx, me.movement, &call)?;
    Ok(post::call(tx, me.movement, to, id, now)?)
}

/// The keeper has called, or says that they will not; the card goes.
pub async fn done(visit: Visit, fields: Fields) -> Answer {
    let me = visit.me()?;
    let id: PersonId = fields.parse("call").ok_or(Problem::Refused("call-gone"))?;
    let done = visit.app.store.write(me.scope(), move |tx| {
        if !rows::end_call(tx, me.movement, (id.0, me.person))? {
            return Err(Problem::Refused("call-gone"));
        }
        Ok(post::withdraw_call(tx, me.movement, id.0)?)
    });
    done.await?;
    Ok(Redirect::to(&visit.at("?told=call-done")).into_response())
}

/// What reaches a keeper.
pub fn asked_of_me(visit: &Visit, calls: &Calls) -> Markup {
    html! {
        @for call in &calls.to_me {
            section class="card stack" {
                h2 class="as-h3" { (visit.tw("call-asked", &with![name = call.name.as_str()])) }
                p { (visit.tw("call-asked-what", &with![circle = call.circle_name.as_str()])) }
                @if !call.how.is_empty() { p { (visit.t("call-how-said")) " " b { (call.how) } } }
                p class="soft" { (visit.t("call-careful")) }
                form method="post" action=(visit.at("/calls/done")) {
                    button class="btn" name="call" value=(PersonId(call.id)) { (visit.t("call-done")) }
                }
                p class="readers" { (visit.t("call-asked-readers")) }
            }
        }
    }
}

/// The question after a circle. Opening an answer opens it on this device and nowhere else.
pub fn question(visit: &Visit, me: &Me, (shown, calls): (&Shown, &Calls)) -> Markup {
    let over = shown.meetings.is_a_day_over(visit.now, shown.wave);
    let mut mine = calls.mine.iter();
    let asked = mine.any(|call| call.circle == shown.circle.id);
    let keeper = shown.name(hears(shown, me, visit.now));
    html! {
        @if over || asked {
            section class="card stack" {
                h2 class="as-h3" { (visit.tw("after-title", &with![circle = shown.circle.name.as_str()])) }
                @if over {
                    p { (visit.t("after-question")) }
                    @for answer in ["lighter", "same", "heavier"] {
                        details name={ "after-" (shown.circle.id) } {
                            summary { (visit.t(&format!("after-{answer}"))) }
                            p { (visit.t(&format!("after-{answer}-then"))) }
                        }
                    }
                    p class="readers" { (visit.t("after-readers")) }
                }
                (ask_form(visit, shown, (keeper, asked)))
                @if !shown.help.is_empty() { p { a href=(visit.at("/help")) { (visit.t("after-help")) } } }
            }
        }
    }
}

fn ask_form(visit: &Visit, shown: &Shown, (keeper, asked): (Option<&str>, bool)) -> Markup {
    let to = visit.at(&format!("/circles/{}/call", shown.circle.id));
    let how = format!("how-{}", shown.circle.id);
    html! {
        @match keeper {
            _ if asked => {
                p { (visit.t("call-mine")) }
                form method="post" action=(to) { button class="btn quiet" name="back" value="1" { (visit.t("call-take-back")) } }
            }
            Some(keeper) => {
                details {
                    summary { (visit.t("call-offer")) }
                    form class="stack" method="post" action=(to) {
                        div class="field" {
                            label for=(how) { (visit.t("call-how")) }
                            input id=(how) name="how" maxlength=(HOW_LENGTH) autocomplete="off";
                        }
                        p class="readers" { (visit.tw("call-readers", &with![keeper = keeper])) }
                        div class="row" { button class="btn" { (visit.t("call-go")) } }
                    }
                }
            }
            None => {}
        }
    }
}

/// One's own wishes to be called, for the file of one's own data.
pub fn exported(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    me: &Me,
    now: Time,
) -> Result<Vec<String>, StoreError> {
    let mine = calls(tx, key, me, now)?.mine.into_iter();
    Ok(mine
        .map(|call| format!("{}: {}", call.circle_name, call.how))
        .collect())
}
