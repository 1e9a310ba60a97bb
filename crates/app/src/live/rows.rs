//! Live circles, what is kept of those that were held, and practical asks.

use mend_rules::id::{CircleId, KeptAskId, LiveId, MovementId, PersonId};
use mend_rules::time::Time;
use mend_store::{Row, StoreError, Tx, sql};

use super::held::{Ask, Held};
use crate::meeting::Format;

/// A live circle as it is kept: its id and its sealed state.
pub fn live(
    tx: &mut Tx<'_>,
    movement: MovementId,
    circle: CircleId,
) -> Result<Option<(LiveId, Vec<u8>)>, StoreError> {
    sql!("SELECT id, body_sealed FROM live WHERE movement_id = $1 AND circle_id = $2")
        .id(movement)
        .id(circle)
        .maybe(tx, |row| Ok((LiveId(row.id(0)?), row.bytes(1)?)))
}

/// Every live circle of a movement.
pub fn all_live(tx: &mut Tx<'_>, movement: MovementId) -> Result<Vec<CircleId>, StoreError> {
    sql!("SELECT circle_id FROM live WHERE movement_id = $1")
        .id(movement)
        .all(tx, |row| row.id(0).map(CircleId))
}

pub fn save_live(
    tx: &mut Tx<'_>,
    movement: MovementId,
    (circle, id): (CircleId, LiveId),
    (version, sealed): (i64, Vec<u8>),
    now: Time,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO live (circle_id, id, movement_id, version, body_sealed, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (circle_id) DO UPDATE
            SET id = excluded.id, version = excluded.version, body_sealed = excluded.body_sealed,
                changed_at = excluded.changed_at"
    )
    .id(circle)
    .id(id)
    .id(movement)
    .int(version)
    .bytes(sealed)
    .int(now)
    .run(tx)
    .map(|_| ())
}

pub fn drop_live(
    tx: &mut Tx<'_>,
    movement: MovementId,
    circle: CircleId,
) -> Result<(), StoreError> {
    sql!("DELETE FROM live WHERE movement_id = $1 AND circle_id = $2")
        .id(movement)
        .id(circle)
        .run(tx)
        .map(|_| ())
}

/// What is kept of a circle that was held. Kept once, even when it is ended twice.
pub fn add_held(tx: &mut Tx<'_>, movement: MovementId, held: &Held) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO held (id, movement_id, circle_id, held_on, minutes, head_count, step, format,
                care)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (id) DO NOTHING"
    )
    .id(held.id)
    .id(movement)
    .id(held.circle)
    .text(held.on.clone())
    .int(held.minutes)
    .int(held.count)
    .maybe_int(held.step)
    .text(held.format.word())
    .int(held.care)
    .run(tx)
    .map(|_| ())
}

/// How many circles were held here before.
pub fn how_many_held(
    tx: &mut Tx<'_>,
    movement: MovementId,
    circle: CircleId,
) -> Result<usize, StoreError> {
    sql!("SELECT COUNT(*) FROM held WHERE movement_id = $1 AND circle_id = $2")
        .id(movement)
        .id(circle)
        .one(tx, |row| Ok(row.int(0)? as usize))
}

fn held(row: &Row) -> Result<Held, StoreError> {
    let odd = || StoreError::Odd("a circle held in no known way".into());
    Ok(Held {
        id: LiveId(row.id(0)?),
        circle: CircleId(row.id(1)?),
        on: row.text(2)?,
        minutes: row.int(3)?,
        count: row.int(4)?,
        step: row.maybe_int(5)?,
        format: Format::read(&row.text(6)?).ok_or_else(odd)?,
        care: row.int(7)? == 1,
    })
}

/// What is kept of the latest one on a day.
pub fn held_on(
    tx: &mut Tx<'_>,
    movement: MovementId,
    circle: CircleId,
    day: &str,
) -> Result<Option<Held>, StoreError> {
    sql!(
        "SELECT id, circle_id, held_on, minutes, head_count, step, format, care
           FROM held WHERE movement_id = $1 AND circle_id = $2 AND held_on = $3 ORDER BY id"
    )
    .id(movement)
    .id(circle)
    .text(day)
    .maybe(tx, held)
}

/// The days on which circles were held, from a day on.
pub fn held_since(
    tx: &mut Tx<'_>,
    movement: MovementId,
    day: &str,
) -> Result<Vec<(CircleId, String)>, StoreError> {
    sql!("SELECT circle_id, held_on FROM held WHERE movement_id = $1 AND held_on >= $2")
        .id(movement)
        .text(day)
        .all(tx, |row| Ok((CircleId(row.id(0)?), row.text(1)?)))
}

/// What is kept of all that were held in a circle, the latest first.
pub fn all_held(
    tx: &mut Tx<'_>,
    movement: MovementId,
    circle: CircleId,
) -> Result<Vec<Held>, StoreError> {
    sql!(
        "SELECT id, circle_id, held_on, minutes, head_count, step, format, care
           FROM held WHERE movement_id = $1 AND circle_id = $2 ORDER BY held_on DESC, id"
    )
    .id(movement)
    .id(circle)
    .all(tx, held)
}

/// Adds to what is kept of a circle that was opened once more.
pub fn lengthen_held(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: LiveId,
    (minutes, count, care): (i64, i64, bool),
) -> Result<(), StoreError> {
    sql!(
        "UPDATE held SET minutes = $3, head_count = $4, care = $5
          WHERE movement_id = $1 AND id = $2"
    )
    .id(movement)
    .id(id)
    .int(minutes)
    .int(count)
    .int(care)
    .run(tx)
    .map(|_| ())
}

/// Puts right how many came.
pub fn correct_held(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: LiveId,
    count: i64,
) -> Result<(), StoreError> {
    sql!("UPDATE held SET head_count = $3 WHERE movement_id = $1 AND id = $2")
        .id(movement)
        .id(id)
        .int(count)
        .run(tx)
        .map(|_| ())
}

pub fn add_ask(
    tx: &mut Tx<'_>,
    movement: MovementId,
    ask: &Ask,
    held: LiveId,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO kept_ask (id, movement_id, held_id, person_id, text_sealed, made_at)
         VALUES ($1, $2, $3, $4, $5, $6)"
    )
    .id(ask.id)
    .id(movement)
    .id(held)
    .id(ask.person)
    .bytes(ask.sealed.clone())
    .int(ask.made)
    .run(tx)
    .map(|_| ())
}

fn ask(row: &Row) -> Result<Ask, StoreError> {
    Ok(Ask {
        id: KeptAskId(row.id(0)?),
        person: PersonId(row.id(1)?),
        sealed: row.bytes(2)?,
        made: Time(row.int(3)?),
    })
}

/// The practical asks of a circle that somebody wanted kept.
pub fn asks_in(
    tx: &mut Tx<'_>,
    movement: MovementId,
    circle: CircleId,
) -> Result<Vec<Ask>, StoreError> {
    sql!(
        "SELECT a.id, a.person_id, a.text_sealed, a.made_at FROM kept_ask a
           JOIN held h ON h.id = a.held_id
          WHERE a.movement_id = $1 AND h.circle_id = $2 ORDER BY a.made_at, a.id"
    )
    .id(movement)
    .id(circle)
    .all(tx, ask)
}

/// Those of one person, in every circle.
pub fn asks_by(
    tx: &mut Tx<'_>,
    movement: MovementId,
    person: PersonId,
) -> Result<Vec<Ask>, StoreError> {
    sql!(
        "SELECT id, person_id, text_sealed, made_at FROM kept_ask
          WHERE movement_id = $1 AND person_id = $2 ORDER BY made_at, id"
    )
    .id(movement)
    .id(person)
    .all(tx, ask)
}

pub fn drop_ask(
    tx: &mut Tx<'_>,
    movement: MovementId,
    person: PersonId,
    id: KeptAskId,
) -> Result<(), StoreError> {
    sql!("DELETE FROM kept_ask WHERE movement_id = $1 AND person_id = $2 AND id = $3")
        .id(movement)
        .id(person)
        .id(id)
        .run(tx)
        .map(|_| ())
}

pub fn drop_asks_of(
    tx: &mut Tx<'_>,
    movement: MovementId,
    person: PersonId,
) -> Result<(), StoreError> {
    sql!("DELETE FROM kept_ask WHERE movement_id = $1 AND person_id = $2")
        .id(movement)
        .id(person)
        .run(tx)
        .map(|_| ())
}

/// Lets go of asks of those who have no seat in that circle any more, and of circles that ended.
pub fn drop_asks_left_behind(tx: &mut Tx<'_>, movement: MovementId) -> Result<(), StoreError> {
    sql!(
        "DELETE FROM kept_ask WHERE movement_id = $1 AND NOT EXISTS (
             SELECT 1 FROM held h JOIN circle c ON c.id = h.circle_id
               JOIN seat s ON s.circle_id = c.id AND s.person_id = kept_ask.person_id
              WHERE h.id = kept_ask.held_id AND c.ended_at IS NULL)"
    )
    .id(movement)
    .run(tx)
    .map(|_| ())
}

pub fn drop_old_asks(
    tx: &mut Tx<'_>,
    movement: MovementId,
    before: Time,
) -> Result<(), StoreError> {
    sql!("DELETE FROM kept_ask WHERE movement_id = $1 AND made_at < $2")
        .id(movement)
        .int(before)
        .run(tx)
        .map(|_| ())
}
