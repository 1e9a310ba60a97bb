//! A day or two after a circle: a private question that sends nothing, and one button that reaches
//! one person.
//! Never: keeps an answer, or that the question was opened; tells anybody but the keeper who wishes
//! to be called.

mod view;

pub use view::{asked_of_me, questions};

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use mend_rules::id::{CircleId, MovementId, PersonId};
use mend_rules::movement::tidy;
use mend_rules::time::Time;
use mend_seal::ColumnKey;
use mend_store::{StoreError, Tx};

use super::pages::Shown;
use super::rows::{self, NewCall};
use super::standin;
use crate::app::{dice, fresh};
use crate::meeting::moment;
use crate::post;
use crate::web::form::Fields;
use crate::web::{Answer, Me, Problem, Visit};

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
    let named: Option<PersonId> = fields.parse("to");
    if how.chars().count() > HOW_LENGTH {
        return Err(Problem::Refused("call-long"));
    }
    let done = visit.app.store.write(me.scope(), move |tx| {
        let shown = match back {
            true => None,
            false => Some(asked_after(tx, &me, id, now)?),
        };
        let key = &app.key.0;
        forget_calls(tx, key, (me.movement, Some(id)), me.person)?;
        match shown {
            Some(shown) if named.is_some() && named != hears(&shown, &me, now) => {
                Err(Problem::Refused("call-other"))
            }
            Some(shown) => wish(tx, key, &me, (&shown, &how), now),
            None => Ok(()),
        }
    });
    done.await?;
    let told = if back { "taken-back" } else { "called" };
    Ok(Redirect::to(&visit.at(&format!("?told={told}"))).into_response())
}

/// A circle after which somebody may ask to be called: they see it, or came to it for somebody.
fn asked_after(tx: &mut Tx<'_>, me: &Me, id: CircleId, now: Time) -> Result<Shown, Problem> {
    let mut stood = standin::stood(tx, me, now)?.into_iter();
    if let Some(circle) = stood.find(|one| one.id == id) {
        return Shown::one(tx, me, circle);
    }
    let shown = super::shown_to(tx, me, id)?;
    let has_seat = shown.name(Some(me.person)).is_some();
    has_seat
        .then_some(shown)
        .ok_or(Problem::Refused("call-nobody"))
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
    let to = hears(shown, me, now).ok_or(Problem::Refused("call-nobody"))?;
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
