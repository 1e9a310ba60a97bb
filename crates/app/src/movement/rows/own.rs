//! What somebody says of themselves to few, and how they leave and come back.

use std::collections::HashMap;

use mend_rules::id::{AccountId, MovementId, PersonId};
use mend_rules::time::Time;
use mend_store::{StoreError, Tx, sql};

/// How somebody is spoken of, for those in their circles, and what they need, sealed, for keepers.
#[derive(Debug, Clone, Default)]
pub struct More {
    pub pronouns: String,
    pub needs_sealed: Option<Vec<u8>>,
}

/// What people say beside their names, for those who said something.
pub fn more(tx: &mut Tx<'_>, movement: MovementId) -> Result<HashMap<PersonId, More>, StoreError> {
    let all = sql!(
        "SELECT id, pronouns, needs_sealed FROM person
          WHERE movement_id = $1 AND left_at IS NULL
            AND (pronouns <> '' OR needs_sealed IS NOT NULL)"
    )
    .id(movement)
    .all(tx, |row| {
        let more = More {
            pronouns: row.text(1)?,
            needs_sealed: row.maybe_bytes(2)?,
        };
        Ok((PersonId(row.id(0)?), more))
    })?;
    Ok(all.into_iter().collect())
}

pub fn own_more(tx: &mut Tx<'_>, movement: MovementId, id: PersonId) -> Result<More, StoreError> {
    Ok(more(tx, movement)?.remove(&id).unwrap_or_default())
}

pub fn set_more(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: PersonId,
    more: &More,
) -> Result<(), StoreError> {
    sql!("UPDATE person SET pronouns = $3, needs_sealed = $4 WHERE movement_id = $1 AND id = $2")
        .id(movement)
        .id(id)
        .text(more.pronouns.clone())
        .maybe_bytes(more.needs_sealed.clone())
        .run(tx)
        .map(|_| ())
}

/// Keeps a keyed print of somebody's address, so that no list brings them in again.
pub fn remember_not(tx: &mut Tx<'_>, movement: MovementId, id: PersonId) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO farewell (movement_id, print)
         SELECT movement_id, email_print FROM person
          WHERE movement_id = $1 AND id = $2 AND email_print IS NOT NULL
         ON CONFLICT DO NOTHING"
    )
    .id(movement)
    .id(id)
    .run(tx)
    .map(|_| ())
}

/// The prints of those who asked that no list brings them in again.
pub fn not_again(tx: &mut Tx<'_>, movement: MovementId) -> Result<Vec<Vec<u8>>, StoreError> {
    sql!("SELECT print FROM farewell WHERE movement_id = $1")
        .id(movement)
        .all(tx, |row| row.bytes(0))
}

/// Marks that somebody left. Of their row only the name stays, seen by nobody, so that they can
/// come back to it.
pub fn leave(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: PersonId,
    now: Time,
) -> Result<(), StoreError> {
    sql!(
        "UPDATE person SET left_at = $3, email_sealed = NULL, email_print = NULL,
                external_id = NULL, hours = NULL, languages = '', pronouns = '',
                needs_sealed = NULL, keeps = 0, paused_at = NULL
          WHERE movement_id = $1 AND id = $2"
    )
    .id(movement)
    .id(id)
    .int(now)
    .run(tx)?;
    sql!("DELETE FROM membership WHERE movement_id = $1 AND person_id = $2")
        .id(movement)
        .id(id)
        .run(tx)?;
    sql!("DELETE FROM wish WHERE movement_id = $1 AND person_id = $2")
        .id(movement)
        .id(id)
        .run(tx)?;
    step_back(tx, movement, id)
}

/// Ends somebody's term as a steward.
pub fn step_back(tx: &mut Tx<'_>, movement: MovementId, id: PersonId) -> Result<(), StoreError> {
    sql!("DELETE FROM steward WHERE movement_id = $1 AND person_id = $2")
        .id(movement)
        .id(id)
        .run(tx)?;
    sql!("UPDATE person SET keeps = 0 WHERE movement_id = $1 AND id = $2")
        .id(movement)
        .id(id)
        .run(tx)
        .map(|_| ())
}

/// Gives somebody who left their place again; `false` when there is none to come back to.
pub fn come_back(
    tx: &mut Tx<'_>,
    movement: MovementId,
    account: AccountId,
) -> Result<bool, StoreError> {
    let back = sql!(
        "UPDATE person SET left_at = NULL
          WHERE movement_id = $1 AND account_id = $2 AND left_at IS NOT NULL"
    )
    .id(movement)
    .id(account)
    .run(tx)?;
    Ok(back == 1)
}

/// The addresses and names of movements that an account has left.
pub fn left_by(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<(String, String)>, StoreError> {
    sql!(
        "SELECT m.address, m.name FROM movement m JOIN person p ON p.movement_id = m.id
          WHERE p.account_id = $1 AND p.left_at IS NOT NULL ORDER BY m.name"
    )
    .id(account)
    .all(tx, |row| Ok((row.text(0)?, row.text(1)?)))
}

/// Lets go of those who left so long ago.
pub fn forget_left(tx: &mut Tx<'_>, movement: MovementId, before: Time) -> Result<(), StoreError> {
    sql!("DELETE FROM person WHERE movement_id = $1 AND left_at <= $2")
        .id(movement)
        .int(before)
        .run(tx)
        .map(|_| ())
}
