//! Whether a movement is locked, and since when.

use mend_rules::id::{AccountId, MovementId, PersonId};
use mend_rules::lockdown::Lock;
use mend_rules::time::Time;
use mend_store::{StoreError, Tx, sql};

/// The lock of a movement, also one that has opened a short while ago. A word for opening counts
/// only while whoever gave it serves as a steward.
pub fn lock(tx: &mut Tx<'_>, movement: MovementId, now: Time) -> Result<Option<Lock>, StoreError> {
    sql!(
        "SELECT l.by_id, l.begun_at, l.counted_at, l.rest, l.confirmed,
                CASE WHEN s.until > $2 THEN l.opening_id END
           FROM lockdown l LEFT JOIN steward s ON s.person_id = l.opening_id
          WHERE l.movement_id = $1"
    )
    .id(movement)
    .int(now)
    .maybe(tx, |row| {
        Ok(Lock {
            by: row.maybe_id(0)?.map(PersonId),
            begun: Time(row.int(1)?),
            counted: Time(row.int(2)?),
            rest: row.int(3)?,
            confirmed: row.int(4)? == 1,
            opening: row.maybe_id(5)?.map(PersonId),
        })
    })
}

pub fn set_lock(tx: &mut Tx<'_>, movement: MovementId, lock: &Lock) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO lockdown (movement_id, by_id, begun_at, counted_at, rest, confirmed, opening_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (movement_id) DO UPDATE
            SET by_id = excluded.by_id, begun_at = excluded.begun_at,
                counted_at = excluded.counted_at, rest = excluded.rest,
                confirmed = excluded.confirmed, opening_id = excluded.opening_id"
    )
    .id(movement)
    .maybe_id(lock.by)
    .int(lock.begun)
    .int(lock.counted)
    .int(lock.rest)
    .int(lock.confirmed)
    .maybe_id(lock.opening)
    .run(tx)
    .map(|_| ())
}

pub fn drop_lock(tx: &mut Tx<'_>, movement: MovementId) -> Result<(), StoreError> {
    sql!("DELETE FROM lockdown WHERE movement_id = $1")
        .id(movement)
        .run(tx)
        .map(|_| ())
}

/// The accounts of everybody with a place.
pub fn accounts(tx: &mut Tx<'_>, movement: MovementId) -> Result<Vec<AccountId>, StoreError> {
    sql!(
        "SELECT account_id FROM person
          WHERE movement_id = $1 AND account_id IS NOT NULL AND left_at IS NULL"
    )
    .id(movement)
    .all(tx, |row| row.id(0).map(AccountId))
}
