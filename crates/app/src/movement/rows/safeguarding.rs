//! The safeguarding text, its lead, and who is under 18.

use std::collections::HashSet;

use mend_rules::id::{MovementId, PersonId};
use mend_rules::time::Time;
use mend_store::{StoreError, Tx, sql};

/// How safeguarding was set up.
#[derive(Debug, Clone)]
pub struct Written {
    pub text: String,
    /// The lead, as long as they have a place here, with their name.
    pub lead: Option<(PersonId, String)>,
    pub agreed: bool,
}

pub fn written(tx: &mut Tx<'_>, movement: MovementId) -> Result<Option<Written>, StoreError> {
    sql!(
        "SELECT g.text, g.agreed_at, p.id, p.name
           FROM safeguarding g
           LEFT JOIN person p ON p.id = g.lead_id AND p.left_at IS NULL AND p.minor_at IS NULL
          WHERE g.movement_id = $1"
    )
    .id(movement)
    .maybe(tx, |row| {
        let lead = row.maybe_id(2)?.map(PersonId);
        Ok(Written {
            text: row.text(0)?,
            agreed: row.maybe_int(1)?.is_some(),
            lead: match lead {
                Some(lead) => Some((lead, row.text(3)?)),
                None => None,
            },
        })
    })
}

/// Writes it down; whoever is the lead has to agree anew.
pub fn write(
    tx: &mut Tx<'_>,
    movement: MovementId,
    text: &str,
    lead: PersonId,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO safeguarding (movement_id, text, lead_id, agreed_at) VALUES ($1, $2, $3, NULL)
         ON CONFLICT (movement_id) DO UPDATE
            SET text = excluded.text, lead_id = excluded.lead_id, agreed_at = NULL"
    )
    .id(movement)
    .text(text)
    .id(lead)
    .run(tx)
    .map(|_| ())
}

pub fn agree(tx: &mut Tx<'_>, movement: MovementId, now: Time) -> Result<(), StoreError> {
    sql!("UPDATE safeguarding SET agreed_at = $2 WHERE movement_id = $1")
        .id(movement)
        .int(now)
        .run(tx)
        .map(|_| ())
}

/// The lead lays it down, or does not take it up.
pub fn lay_down(tx: &mut Tx<'_>, movement: MovementId, lead: PersonId) -> Result<(), StoreError> {
    sql!(
        "UPDATE safeguarding SET lead_id = NULL, agreed_at = NULL
          WHERE movement_id = $1 AND lead_id = $2"
    )
    .id(movement)
    .id(lead)
    .run(tx)
    .map(|_| ())
}

pub fn drop(tx: &mut Tx<'_>, movement: MovementId) -> Result<(), StoreError> {
    sql!("DELETE FROM safeguarding WHERE movement_id = $1")
        .id(movement)
        .run(tx)
        .map(|_| ())
}

/// Who is under 18, also those who left and may come back.
pub fn minors(tx: &mut Tx<'_>, movement: MovementId) -> Result<HashSet<PersonId>, StoreError> {
    let all = sql!("SELECT id FROM person WHERE movement_id = $1 AND minor_at IS NOT NULL")
        .id(movement)
        .all(tx, |row| row.id(0).map(PersonId))?;
    Ok(all.into_iter().collect())
}

/// When somebody said for the last time that they are under 18.
pub fn minor_at(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: PersonId,
) -> Result<Option<Time>, StoreError> {
    let found = sql!("SELECT minor_at FROM person WHERE movement_id = $1 AND id = $2")
        .id(movement)
        .id(id)
        .maybe(tx, |row| Ok(row.maybe_int(0)?.map(Time)))?;
    Ok(found.flatten())
}

pub fn set_minor_at(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: PersonId,
    said: Option<Time>,
) -> Result<(), StoreError> {
    sql!("UPDATE person SET minor_at = $3 WHERE movement_id = $1 AND id = $2")
        .id(movement)
        .id(id)
        .maybe_int(said)
        .run(tx)
        .map(|_| ())
}

/// Whether an account left the movement as somebody under 18.
pub fn left_as_minor(
    tx: &mut Tx<'_>,
    movement: MovementId,
    account: mend_rules::id::AccountId,
) -> Result<bool, StoreError> {
    sql!(
        "SELECT COUNT(*) FROM person
          WHERE movement_id = $1 AND account_id = $2 AND left_at IS NOT NULL
            AND minor_at IS NOT NULL"
    )
    .id(movement)
    .id(account)
    .one(tx, |row| Ok(row.int(0)? > 0))
}
