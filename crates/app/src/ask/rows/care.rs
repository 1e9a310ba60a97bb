//! Care hours: sealed numbers of the months that are open, and sums of those that are over.

use mend_rules::care::Month;
use mend_rules::id::{MovementId, PersonId};
use mend_store::{StoreError, Tx, sql};

use crate::web::Me;

fn word(month: Month) -> String {
    month.first().to_string()
}

/// What one wrote down, by month.
pub fn mine(tx: &mut Tx<'_>, me: &Me) -> Result<Vec<(Month, Vec<u8>)>, StoreError> {
    let all = sql!(
        "SELECT month, minutes_sealed FROM care_hours
          WHERE movement_id = $1 AND person_id = $2 ORDER BY month DESC"
    )
    .id(me.movement)
    .id(me.person)
    .all(tx, |row| Ok((Month::read(&row.text(0)?), row.bytes(1)?)))?;
    let whole = all
        .into_iter()
        .filter_map(|(month, sealed)| Some((month?, sealed)));
    Ok(whole.collect())
}

/// Writes down one month anew, or nothing for it.
pub fn set(
    tx: &mut Tx<'_>,
    me: &Me,
    month: Month,
    sealed: Option<Vec<u8>>,
) -> Result<(), StoreError> {
    sql!("DELETE FROM care_hours WHERE movement_id = $1 AND person_id = $2 AND month = $3")
        .id(me.movement)
        .id(me.person)
        .text(word(month))
        .run(tx)?;
    let Some(sealed) = sealed else { return Ok(()) };
    sql!(
        "INSERT INTO care_hours (person_id, movement_id, month, minutes_sealed)
         VALUES ($1, $2, $3, $4)"
    )
    .id(me.person)
    .id(me.movement)
    .text(word(month))
    .bytes(sealed)
    .run(tx)
    .map(|_| ())
}

pub fn forget(tx: &mut Tx<'_>, me: &Me) -> Result<(), StoreError> {
    sql!("DELETE FROM care_hours WHERE movement_id = $1 AND person_id = $2")
        .id(me.movement)
        .id(me.person)
        .run(tx)
        .map(|_| ())
}

/// The months that people wrote something down for.
pub fn months(tx: &mut Tx<'_>, movement: MovementId) -> Result<Vec<Month>, StoreError> {
    let all = sql!("SELECT DISTINCT month FROM care_hours WHERE movement_id = $1 ORDER BY month")
        .id(movement)
        .all(tx, |row| Ok(Month::read(&row.text(0)?)))?;
    Ok(all.into_iter().flatten().collect())
}

pub fn of_month(
    tx: &mut Tx<'_>,
    movement: MovementId,
    month: Month,
) -> Result<Vec<(PersonId, Vec<u8>)>, StoreError> {
    sql!(
        "SELECT person_id, minutes_sealed FROM care_hours
          WHERE movement_id = $1 AND month = $2 ORDER BY person_id"
    )
    .id(movement)
    .text(word(month))
    .all(tx, |row| Ok((PersonId(row.id(0)?), row.bytes(1)?)))
}

/// Keeps the sum of a month, and lets go of what it was made from.
pub fn add_up(
    tx: &mut Tx<'_>,
    movement: MovementId,
    month: Month,
    hours: Option<u32>,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO care_sum (movement_id, month, hours) VALUES ($1, $2, $3)
         ON CONFLICT (movement_id, month) DO NOTHING"
    )
    .id(movement)
    .text(word(month))
    .maybe_int(hours)
    .run(tx)?;
    sql!("DELETE FROM care_hours WHERE movement_id = $1 AND month = $2")
        .id(movement)
        .text(word(month))
        .run(tx)
        .map(|_| ())
}

/// The sums of months that are over, where enough people were in them.
pub fn sums(tx: &mut Tx<'_>, movement: MovementId) -> Result<Vec<(Month, i64)>, StoreError> {
    let all = sql!(
        "SELECT month, hours FROM care_sum WHERE movement_id = $1 AND hours IS NOT NULL
          ORDER BY month DESC"
    )
    .id(movement)
    .all(tx, |row| Ok((Month::read(&row.text(0)?), row.int(1)?)))?;
    Ok(all
        .into_iter()
        .filter_map(|(month, hours)| Some((month?, hours)))
        .collect())
}
