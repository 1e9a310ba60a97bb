//! What can be done with asks, commitments and care hours.

use jiff::civil::Date;
use mend_rules::ask::{self, Ask, AskTrouble};
use mend_rules::care::{self, Month};
use mend_rules::commitment::{self, CommitmentTrouble};
use mend_rules::id::{AskId, CircleId, CommitmentId, MovementId, PersonId};
use mend_seal::ColumnKey;
use mend_store::{StoreError, Tx};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::rows;
use crate::app::dice;
use crate::circle;
use crate::web::{Me, Problem};

/// What an ask says, as its column seals it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    pub what: String,
    pub small: String,
}

impl Body {
    pub fn sealed(&self, key: &ColumnKey, id: AskId) -> Vec<u8> {
        let plain = serde_json::to_vec(self).unwrap_or_default();
        key.seal("ask", &id.0, &plain, &mut dice)
    }

    /// A body that does not open says nothing; the key file may be another one.
    fn open(key: &ColumnKey, id: AskId, sealed: &[u8]) -> Self {
        let plain = key.open("ask", &id.0, sealed).unwrap_or_default();
        serde_json::from_slice(&plain).unwrap_or_default()
    }
}

/// One's own ask, and who said yes.
pub struct Mine {
    pub id: AskId,
    pub body: Body,
    pub until: Date,
    pub takers: Vec<String>,
}

/// An ask of somebody else that goes to me.
pub struct ToMe {
    pub id: AskId,
    pub from: String,
    pub body: Body,
    pub until: Date,
    pub yes: bool,
    /// Whether anybody has said yes.
    pub taken: bool,
}

pub fn mine(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    me: &Me,
    today: Date,
) -> Result<Vec<Mine>, StoreError> {
    let takers = rows::takers(tx, me)?;
    let of = |id| {
        takers
            .iter()
            .filter(move |(ask, _)| *ask == id)
            .map(|(_, name)| name.clone())
    };
    let mine = rows::mine(tx, me, today)?.into_iter().map(|kept| Mine {
        body: Body::open(key, kept.id, &kept.sealed),
        takers: of(kept.id).collect(),
        id: kept.id,
        until: kept.until,
    });
    Ok(mine.collect())
}

pub fn to_me(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    me: &Me,
    today: Date,
) -> Result<Vec<ToMe>, StoreError> {
    let asked = rows::asked(tx, me, today)?.into_iter().map(|asked| ToMe {
        body: Body::open(key, asked.kept.id, &asked.kept.sealed),
        id: asked.kept.id,
        until: asked.kept.until,
        from: asked.from,
        yes: asked.yes,
        taken: asked.taken,
    });
    Ok(asked.collect())
}

/// What a form of an ask sends.
pub struct Typed {
    /// Made when the form was shown, so that sending it twice asks once.
    pub id: AskId,
    pub body: Body,
    pub until: Option<Date>,
    pub to: Vec<PersonId>,
}

/// Asks people of one's circles for something; whoever is in none of them is passed over.
pub fn make(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    me: &Me,
    typed: &Typed,
    today: Date,
) -> Result<Result<(), AskTrouble>, Problem> {
    let open = rows::mine(tx, me, today)?;
    if open.iter().any(|kept| kept.id == typed.id) {
        return Ok(Ok(()));
    }
    let mates = circle::mates(tx, me)?;
    let mut to: Vec<PersonId> = mates.into_iter().map(|(id, _)| id).collect();
    to.retain(|id| typed.to.contains(id));
    let asked = Ask {
        what: &typed.body.what,
        small: &typed.body.small,
        until: typed.until,
        people: to.len(),
        open: open.len(),
    };
    let until = match ask::made(&asked, today) {
        Ok(until) => until,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let kept = rows::Kept {
        id: typed.id,
        sealed: typed.body.sealed(key, typed.id),
        until,
    };
    rows::add(tx, me.movement, me.person, &kept, &to)?;
    Ok(Ok(()))
}

/// Says yes or no to an ask. A no takes it off one's list and leaves nothing behind.
pub fn answer(tx: &mut Tx<'_>, me: &Me, id: AskId, yes: bool, today: Date) -> Result<(), Problem> {
    if !yes {
        return Ok(rows::turn_away(tx, me, id)?);
    }
    let said = rows::set_yes(tx, me.movement, me.person, id, today)?;
    said.then_some(()).ok_or(Problem::Refused("ask-over"))
}

pub fn take_back(tx: &mut Tx<'_>, me: &Me, id: AskId) -> Result<(), StoreError> {
    rows::take_back(tx, me, id)
}

/// The words of a commitment, as their column seals them.
pub fn sealed_words(key: &ColumnKey, id: CommitmentId, words: &str) -> Vec<u8> {
    key.seal("commitment", &id.0, words.as_bytes(), &mut dice)
}

/// One's own commitment.
pub struct Held {
    pub id: CommitmentId,
    pub words: String,
    pub until: Date,
    pub circle: Option<CircleId>,
}

fn held(key: &ColumnKey, kept: rows::commitment::Kept) -> Held {
    let plain = key
        .open("commitment", &kept.id.0, &kept.sealed)
        .unwrap_or_default();
    Held {
        id: kept.id,
        words: String::from_utf8_lossy(&plain).into_owned(),
        until: kept.until,
        circle: kept.circle,
    }
}

pub fn held_by(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    me: &Me,
    today: Date,
) -> Result<Vec<Held>, StoreError> {
    let mine = rows::commitment::mine(tx, me, today)?;
    Ok(mine.into_iter().map(|kept| held(key, kept)).collect())
}

/// What people of a circle show to it.
pub fn shown_in(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    movement: MovementId,
    circle: CircleId,
    today: Date,
) -> Result<Vec<(String, Held)>, StoreError> {
    let all = rows::commitment::shown(tx, movement, circle, today)?;
    Ok(all
        .into_iter()
        .map(|(name, kept)| (name, held(key, kept)))
        .collect())
}

/// What a form of a commitment sends.
pub struct Promised {
    /// Made when the form was shown, so that sending it twice promises once.
    pub id: CommitmentId,
    pub words: String,
    pub until: Option<Date>,
    pub circle: Option<CircleId>,
}

/// A circle of one's own, or none: nothing is shown where one has no seat.
fn own_circle(
    tx: &mut Tx<'_>,
    me: &Me,
    circle: Option<CircleId>,
) -> Result<Option<CircleId>, Problem> {
    let mine = circle::mine(tx, me)?;
    Ok(circle.filter(|id| mine.iter().any(|(own, _)| own == id)))
}

pub fn promise(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    me: &Me,
    typed: &Promised,
    today: Date,
) -> Result<Result<(), CommitmentTrouble>, Problem> {
    let others = rows::commitment::mine(tx, me, today)?;
    if others.iter().any(|kept| kept.id == typed.id) {
        return Ok(Ok(()));
    }
    let until = match commitment::made(&typed.words, typed.until, others.len(), today) {
        Ok(until) => until,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let kept = rows::commitment::Kept {
        id: typed.id,
        sealed: sealed_words(key, typed.id, &typed.words),
        until,
        circle: own_circle(tx, me, typed.circle)?,
    };
    rows::commitment::add(tx, me.movement, me.person, &kept)?;
    Ok(Ok(()))
}

pub fn show(
    tx: &mut Tx<'_>,
    me: &Me,
    id: CommitmentId,
    circle: Option<CircleId>,
) -> Result<(), Problem> {
    let circle = own_circle(tx, me, circle)?;
    Ok(rows::commitment::show(tx, me, id, circle)?)
}

pub fn release(tx: &mut Tx<'_>, me: &Me, id: CommitmentId) -> Result<(), StoreError> {
    rows::commitment::release(tx, me, id)
}

/// What a number of care minutes is bound to: whose it is, and of which month.
fn bound(person: PersonId, month: Month) -> Vec<u8> {
    [&person.0[..], month.first().to_string().as_bytes()].concat()
}

fn minutes(key: &ColumnKey, person: PersonId, month: Month, sealed: &[u8]) -> u32 {
    let plain = key
        .open("care", &bound(person, month), sealed)
        .unwrap_or_default();
    plain.try_into().map_or(0, u32::from_be_bytes)
}

/// What one wrote down for the months that are open.
pub fn care_of(tx: &mut Tx<'_>, key: &ColumnKey, me: &Me) -> Result<Vec<(Month, u32)>, StoreError> {
    let mine = rows::care::mine(tx, me)?.into_iter();
    let open = |(month, sealed): (Month, Vec<u8>)| (month, minutes(key, me.person, month, &sealed));
    Ok(mine.map(open).collect())
}

/// Writes down care minutes of months that are open; others are passed over.
pub fn set_care(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    me: &Me,
    hours: &[(Month, u32)],
    today: Date,
) -> Result<(), StoreError> {
    for (month, minutes) in hours
        .iter()
        .filter(|(month, _)| care::open(today).contains(month))
    {
        let seal = || {
            key.seal(
                "care",
                &bound(me.person, *month),
                &minutes.to_be_bytes(),
                &mut dice,
            )
        };
        rows::care::set(tx, me, *month, (*minutes > 0).then(seal))?;
    }
    Ok(())
}

pub fn care_sums(tx: &mut Tx<'_>, movement: MovementId) -> Result<Vec<(Month, i64)>, StoreError> {
    rows::care::sums(tx, movement)
}

/// Adds up months that nobody can change any more.
fn add_up(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    movement: MovementId,
    today: Date,
) -> Result<(), StoreError> {
    let months = rows::care::months(tx, movement)?;
    for month in months
        .into_iter()
        .filter(|month| care::is_over(*month, today))
    {
        let all = rows::care::of_month(tx, movement, month)?;
        let all: Vec<u32> = all
            .iter()
            .map(|(person, sealed)| minutes(key, *person, month, sealed))
            .collect();
        rows::care::add_up(tx, movement, month, care::sum(&all))?;
    }
    Ok(())
}

/// Lets go of asks and commitments whose day is over, and adds up the months that are.
pub fn sweep(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    movement: MovementId,
    today: Date,
) -> Result<(), StoreError> {
    rows::drop_over(tx, movement, today)?;
    rows::commitment::drop_over(tx, movement, today)?;
    add_up(tx, key, movement, today)
}

/// Lets go of everything here that is somebody's, when they leave.
pub fn let_go_of(tx: &mut Tx<'_>, me: &Me) -> Result<(), StoreError> {
    rows::forget(tx, me)?;
    rows::commitment::forget(tx, me)?;
    rows::care::forget(tx, me)
}

/// What is kept of somebody here, for their own file.
pub fn own_data(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    me: &Me,
    today: Date,
) -> Result<Value, StoreError> {
    let asks = mine(tx, key, me, today)?;
    let asked = to_me(tx, key, me, today)?;
    let held = held_by(tx, key, me, today)?;
    let care = care_of(tx, key, me)?;
    let day = |date: Date| date.to_string();
    Ok(json!({
        "asks": asks.iter().map(|it| json!({ "what": it.body.what, "how small": it.body.small, "until": day(it.until) })).collect::<Vec<_>>(),
        "asks that I said yes to": asked.iter().filter(|it| it.yes).map(|it| json!({ "what": it.body.what, "until": day(it.until) })).collect::<Vec<_>>(),
        "commitments": held.iter().map(|it| json!({ "words": it.words, "until": day(it.until), "shown to a circle": it.circle.is_some() })).collect::<Vec<_>>(),
        "minutes of care by month": care.iter().map(|(month, minutes)| json!([day(month.first()), minutes])).collect::<Vec<_>>(),
    }))
}
