//! Asks and to whom they go. A no is the absence of a row.

pub mod care;
pub mod commitment;

use jiff::civil::Date;
use mend_rules::id::{AskId, MovementId, PersonId};
use mend_store::{Row, StoreError, Tx, sql};

use crate::web::Me;

/// Reads a day as the tables write it.
fn day(row: &Row, at: usize) -> Result<Date, StoreError> {
    let text = row.text(at)?;
    text.parse()
        .map_err(|_| StoreError::Odd(format!("no day: {text}")))
}

/// An ask as its row tells.
pub struct Kept {
    pub id: AskId,
    pub sealed: Vec<u8>,
    pub until: Date,
}

fn kept(row: &Row) -> Result<Kept, StoreError> {
    Ok(Kept {
        id: AskId(row.id(0)?),
        sealed: row.bytes(1)?,
        until: day(row, 2)?,
    })
}

pub fn add(
    tx: &mut Tx<'_>,
    movement: MovementId,
    by: PersonId,
    new: &Kept,
    to: &[PersonId],
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO ask (id, movement_id, person_id, body_sealed, ends_on)
         VALUES ($1, $2, $3, $4, $5)"
    )
    .id(new.id)
    .id(movement)
    .id(by)
    .bytes(new.sealed.clone())
    .text(new.until.to_string())
    .run(tx)?;
    for person in to {
        sql!("INSERT INTO ask_to (ask_id, person_id, movement_id, yes) VALUES ($1, $2, $3, 0)")
            .id(new.id)
            .id(*person)
            .id(movement)
            .run(tx)?;
    }
    Ok(())
}

/// One's own asks that are not over, the next day first.
pub fn mine(tx: &mut Tx<'_>, me: &Me, today: Date) -> Result<Vec<Kept>, StoreError> {
    sql!(
        "SELECT id, body_sealed, ends_on FROM ask
          WHERE movement_id = $1 AND person_id = $2 AND ends_on >= $3 ORDER BY ends_on, id"
    )
    .id(me.movement)
    .id(me.person)
    .text(today.to_string())
    .all(tx, kept)
}

/// Who said yes to one's own asks.
pub fn takers(tx: &mut Tx<'_>, me: &Me) -> Result<Vec<(AskId, String)>, StoreError> {
    sql!(
        "SELECT a.id, p.name FROM ask a JOIN ask_to t ON t.ask_id = a.id
           JOIN person p ON p.id = t.person_id
          WHERE a.movement_id = $1 AND a.person_id = $2 AND t.yes = 1 AND p.left_at IS NULL
          ORDER BY p.name"
    )
    .id(me.movement)
    .id(me.person)
    .all(tx, |row| Ok((AskId(row.id(0)?), row.text(1)?)))
}

/// An ask that goes to somebody: whose it is, whether they said yes, whether anybody did.
pub struct Asked {
    pub kept: Kept,
    pub from: String,
    pub yes: bool,
    pub taken: bool,
}

pub fn asked(tx: &mut Tx<'_>, me: &Me, today: Date) -> Result<Vec<Asked>, StoreError> {
    sql!(
        "SELECT a.id, a.body_sealed, a.ends_on, p.name, t.yes,
                (SELECT COUNT(*) FROM ask_to o WHERE o.ask_id = a.id AND o.yes = 1)
           FROM ask_to t JOIN ask a ON a.id = t.ask_id JOIN person p ON p.id = a.person_id
          WHERE t.movement_id = $1 AND t.person_id = $2 AND a.ends_on >= $3
            AND p.left_at IS NULL
          ORDER BY a.ends_on, a.id"
    )
    .id(me.movement)
    .id(me.person)
    .text(today.to_string())
    .all(tx, |row| {
        Ok(Asked {
            kept: kept(row)?,
            from: row.text(3)?,
            yes: row.int(4)? == 1,
            taken: row.int(5)? > 0,
        })
    })
}

/// Notes a yes; `false` when the ask is over or does not go to whoever says it.
pub fn set_yes(
    tx: &mut Tx<'_>,
    movement: MovementId,
    by: PersonId,
    id: AskId,
    today: Date,
) -> Result<bool, StoreError> {
    let said = sql!(
        "UPDATE ask_to SET yes = 1 WHERE movement_id = $1 AND person_id = $2
            AND ask_id = (SELECT a.id FROM ask a WHERE a.id = $3 AND a.ends_on >= $4)"
    )
    .id(movement)
    .id(by)
    .id(id)
    .text(today.to_string())
    .run(tx)?;
    Ok(said == 1)
}

/// Takes an ask from whoever does not want it, whatever they said before.
pub fn turn_away(tx: &mut Tx<'_>, me: &Me, id: AskId) -> Result<(), StoreError> {
    sql!("DELETE FROM ask_to WHERE movement_id = $1 AND person_id = $2 AND ask_id = $3")
        .id(me.movement)
        .id(me.person)
        .id(id)
        .run(tx)
        .map(|_| ())
}

/// Takes one's own ask back.
pub fn take_back(tx: &mut Tx<'_>, me: &Me, id: AskId) -> Result<(), StoreError> {
    sql!("DELETE FROM ask WHERE movement_id = $1 AND person_id = $2 AND id = $3")
        .id(me.movement)
        .id(me.person)
        .id(id)
        .run(tx)
        .map(|_| ())
}

/// Everything that somebody asked for or was asked.
pub fn forget(tx: &mut Tx<'_>, me: &Me) -> Result<(), StoreError> {
    sql!("DELETE FROM ask WHERE movement_id = $1 AND person_id = $2")
        .id(me.movement)
        .id(me.person)
        .run(tx)?;
    sql!("DELETE FROM ask_to WHERE movement_id = $1 AND person_id = $2")
        .id(me.movement)
        .id(me.person)
        .run(tx)
        .map(|_| ())
}

/// Lets go of asks whose day is over.
pub fn drop_over(tx: &mut Tx<'_>, movement: MovementId, today: Date) -> Result<(), StoreError> {
    sql!("DELETE FROM ask WHERE movement_id = $1 AND ends_on < $2")
        .id(movement)
        .text(today.to_string())
        .run(tx)
        .map(|_| ())
}
