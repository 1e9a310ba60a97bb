//! Wishes to be called after a circle. Who wishes it is sealed; a keyed print finds one's own.

use mend_rules::id::{CircleId, MovementId, PersonId};
use mend_rules::time::Time;
use mend_store::{Row, StoreError, Tx, sql};

/// A wish as its row tells.
#[derive(Debug, Clone)]
pub struct CallRow {
    pub id: [u8; 16],
    pub circle: CircleId,
    pub name: String,
    pub body_sealed: Vec<u8>,
}

fn read(row: &Row) -> Result<CallRow, StoreError> {
    Ok(CallRow {
        id: row.id(0)?,
        circle: CircleId(row.id(1)?),
        name: row.text(2)?,
        body_sealed: row.bytes(3)?,
    })
}

/// A wish to be kept.
pub struct NewCall<'a> {
    pub id: [u8; 16],
    pub circle: CircleId,
    pub to: PersonId,
    pub print: &'a [u8],
    pub sealed: Vec<u8>,
    pub ends: Time,
}

pub fn add_call(
    tx: &mut Tx<'_>,
    movement: MovementId,
    call: &NewCall<'_>,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO call_wish (id, movement_id, circle_id, to_id, asker_print, body_sealed, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)"
    )
    .id(call.id)
    .id(movement)
    .id(call.circle)
    .id(call.to)
    .bytes(call.print)
    .bytes(call.sealed.clone())
    .int(call.ends)
    .run(tx)
    .map(|_| ())
}

/// The wishes that reach somebody, as long as they have a seat in that circle.
pub fn calls_to(
    tx: &mut Tx<'_>,
    movement: MovementId,
    to: PersonId,
    now: Time,
) -> Result<Vec<CallRow>, StoreError> {
    sql!(
        "SELECT w.id, c.id, c.name, w.body_sealed FROM call_wish w
           JOIN circle c ON c.id = w.circle_id
           JOIN seat s ON s.circle_id = w.circle_id AND s.person_id = w.to_id
          WHERE w.movement_id = $1 AND w.to_id = $2 AND w.ends_at > $3 ORDER BY w.ends_at, w.id"
    )
    .id(movement)
    .id(to)
    .int(now)
    .all(tx, read)
}

/// One's own wishes, by their print, as long as they reach somebody.
pub fn calls_of(
    tx: &mut Tx<'_>,
    movement: MovementId,
    print: &[u8],
    now: Time,
) -> Result<Vec<CallRow>, StoreError> {
    sql!(
        "SELECT w.id, c.id, c.name, w.body_sealed FROM call_wish w
           JOIN circle c ON c.id = w.circle_id
           JOIN seat s ON s.circle_id = w.circle_id AND s.person_id = w.to_id
          WHERE w.movement_id = $1 AND w.asker_print = $2 AND w.ends_at > $3
          ORDER BY w.ends_at, w.id"
    )
    .id(movement)
    .bytes(print)
    .int(now)
    .all(tx, read)
}

/// Takes out a wish that reached somebody; `false` when it is not there.
pub fn end_call(
    tx: &mut Tx<'_>,
    movement: MovementId,
    (id, to): ([u8; 16], PersonId),
) -> Result<bool, StoreError> {
    let gone = sql!("DELETE FROM call_wish WHERE movement_id = $1 AND id = $2 AND to_id = $3")
        .id(movement)
        .id(id)
        .id(to)
        .run(tx)?;
    Ok(gone == 1)
}

/// Takes out one's own wishes, of one circle or of all, and says which.
pub fn drop_calls_of(
    tx: &mut Tx<'_>,
    movement: MovementId,
    (print, circle): (&[u8], Option<CircleId>),
) -> Result<Vec<[u8; 16]>, StoreError> {
    sql!(
        "DELETE FROM call_wish
          WHERE movement_id = $1 AND asker_print = $2 AND (circle_id = $3 OR $3 IS NULL)
         RETURNING id"
    )
    .id(movement)
    .bytes(print)
    .maybe_id(circle)
    .all(tx, |row| row.id(0))
}

/// Takes out wishes whose time is over, and says which.
pub fn drop_old_calls(
    tx: &mut Tx<'_>,
    movement: MovementId,
    now: Time,
) -> Result<Vec<[u8; 16]>, StoreError> {
    sql!("DELETE FROM call_wish WHERE movement_id = $1 AND ends_at <= $2 RETURNING id")
        .id(movement)
        .int(now)
        .all(tx, |row| row.id(0))
}
