//! Commitments, sealed; shown to a circle only while their owner has a seat in it.

use jiff::civil::Date;
use mend_rules::id::{CircleId, CommitmentId, MovementId, PersonId};
use mend_store::{StoreError, Tx, sql};

use super::day;
use crate::web::Me;

/// A commitment as its row tells.
pub struct Kept {
    pub id: CommitmentId,
    pub sealed: Vec<u8>,
    pub until: Date,
    pub circle: Option<CircleId>,
}

pub fn add(
    tx: &mut Tx<'_>,
    movement: MovementId,
    by: PersonId,
    new: &Kept,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO commitment (id, movement_id, person_id, circle_id, words_sealed, ends_on)
         VALUES ($1, $2, $3, $4, $5, $6)"
    )
    .id(new.id)
    .id(movement)
    .id(by)
    .maybe_id(new.circle)
    .bytes(new.sealed.clone())
    .text(new.until.to_string())
    .run(tx)
    .map(|_| ())
}

/// One's own that hold today.
pub fn mine(tx: &mut Tx<'_>, me: &Me, today: Date) -> Result<Vec<Kept>, StoreError> {
    sql!(
        "SELECT id, words_sealed, ends_on, circle_id FROM commitment
          WHERE movement_id = $1 AND person_id = $2 AND ends_on >= $3 ORDER BY ends_on, id"
    )
    .id(me.movement)
    .id(me.person)
    .text(today.to_string())
    .all(tx, |row| {
        Ok(Kept {
            id: CommitmentId(row.id(0)?),
            sealed: row.bytes(1)?,
            until: day(row, 2)?,
            circle: row.maybe_id(3)?.map(CircleId),
        })
    })
}

/// What people of a circle chose to show to it: name, commitment.
pub fn shown(
    tx: &mut Tx<'_>,
    movement: MovementId,
    circle: CircleId,
    today: Date,
) -> Result<Vec<(String, Kept)>, StoreError> {
    sql!(
        "SELECT c.id, c.words_sealed, c.ends_on, c.circle_id, p.name FROM commitment c
           JOIN person p ON p.id = c.person_id
           JOIN seat s ON s.circle_id = c.circle_id AND s.person_id = c.person_id
          WHERE c.movement_id = $1 AND c.circle_id = $2 AND c.ends_on >= $3
            AND p.left_at IS NULL
          ORDER BY p.name, c.id"
    )
    .id(movement)
    .id(circle)
    .text(today.to_string())
    .all(tx, |row| {
        let kept = Kept {
            id: CommitmentId(row.id(0)?),
            sealed: row.bytes(1)?,
            until: day(row, 2)?,
            circle: row.maybe_id(3)?.map(CircleId),
        };
        Ok((row.text(4)?, kept))
    })
}

/// Shows one's own to a circle, or to nobody.
pub fn show(
    tx: &mut Tx<'_>,
    me: &Me,
    id: CommitmentId,
    circle: Option<CircleId>,
) -> Result<(), StoreError> {
    sql!(
        "UPDATE commitment SET circle_id = $4 WHERE movement_id = $1 AND person_id = $2 AND id = $3"
    )
    .id(me.movement)
    .id(me.person)
    .id(id)
    .maybe_id(circle)
    .run(tx)
    .map(|_| ())
}

pub fn release(tx: &mut Tx<'_>, me: &Me, id: CommitmentId) -> Result<(), StoreError> {
    sql!("DELETE FROM commitment WHERE movement_id = $1 AND person_id = $2 AND id = $3")
        .id(me.movement)
        .id(me.person)
        .id(id)
        .run(tx)
        .map(|_| ())
}

pub fn forget(tx: &mut Tx<'_>, me: &Me) -> Result<(), StoreError> {
    sql!("DELETE FROM commitment WHERE movement_id = $1 AND person_id = $2")
        .id(me.movement)
        .id(me.person)
        .run(tx)
        .map(|_| ())
}

/// Lets go of those whose last day is over.
pub fn drop_over(tx: &mut Tx<'_>, movement: MovementId, today: Date) -> Result<(), StoreError> {
    sql!("DELETE FROM commitment WHERE movement_id = $1 AND ends_on < $2")
        .id(movement)
        .text(today.to_string())
        .run(tx)
        .map(|_| ())
}
