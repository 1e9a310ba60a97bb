//! Lists that wait or are being brought in, in sealed parts; and what columns were taken for.

use mend_rules::id::MovementId;
use mend_rules::time::Time;
use mend_store::{Row, StoreError, Tx, sql};

/// A list that somebody sent, without its parts.
#[derive(Debug, Clone)]
pub struct Upload {
    /// All of it has come, and it can be read.
    pub whole: bool,
    /// The worksheet that was chosen.
    pub tab: Option<usize>,
    /// What its columns were chosen to hold.
    pub meanings: Option<String>,
    pub confirmed: bool,
    /// How many rows it has.
    pub todo: usize,
    /// How many of them are done.
    pub done: usize,
    pub ended: bool,
}

fn upload(row: &Row) -> Result<Upload, StoreError> {
    let count = |n: i64| usize::try_from(n).unwrap_or(0);
    Ok(Upload {
        whole: row.maybe_int(0)?.is_some(),
        tab: row.maybe_int(1)?.map(count),
        meanings: row.maybe_text(2)?,
        confirmed: row.maybe_int(3)?.is_some(),
        todo: count(row.int(4)?),
        done: count(row.int(5)?),
        ended: row.maybe_int(6)?.is_some(),
    })
}

pub fn one(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: [u8; 16],
) -> Result<Option<Upload>, StoreError> {
    sql!(
        "SELECT whole_at, tab, meanings, confirmed_at, todo, done, ended_at
           FROM upload WHERE id = $1 AND movement_id = $2"
    )
    .id(id)
    .id(movement)
    .maybe(tx, upload)
}

pub fn add(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: [u8; 16],
    now: Time,
) -> Result<(), StoreError> {
    sql!("INSERT INTO upload (id, movement_id, made_at) VALUES ($1, $2, $3)")
        .id(id)
        .id(movement)
        .int(now)
        .run(tx)
        .map(|_| ())
}

pub fn add_part(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: [u8; 16],
    nth: i64,
    sealed: Vec<u8>,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO upload_part (upload_id, nth, movement_id, body_sealed)
         VALUES ($1, $2, $3, $4)"
    )
    .id(id)
    .int(nth)
    .id(movement)
    .bytes(sealed)
    .run(tx)
    .map(|_| ())
}

pub fn part(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: [u8; 16],
    nth: i64,
) -> Result<Option<Vec<u8>>, StoreError> {
    sql!(
        "SELECT body_sealed FROM upload_part
          WHERE upload_id = $1 AND nth = $2 AND movement_id = $3"
    )
    .id(id)
    .int(nth)
    .id(movement)
    .maybe(tx, |row| row.bytes(0))
}

/// Marks that all of it has come, and how many rows it has.
pub fn set_whole(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: [u8; 16],
    rows: usize,
    now: Time,
) -> Result<(), StoreError> {
    sql!("UPDATE upload SET whole_at = $3, todo = $4 WHERE id = $1 AND movement_id = $2")
        .id(id)
        .id(movement)
        .int(now)
        .int(rows as i64)
        .run(tx)
        .map(|_| ())
}

/// What somebody chose for it, for as long as it waits.
pub fn choose(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: [u8; 16],
    tab: usize,
    meanings: Option<&str>,
) -> Result<(), StoreError> {
    sql!(
        "UPDATE upload SET tab = $3, meanings = $4
          WHERE id = $1 AND movement_id = $2 AND confirmed_at IS NULL"
    )
    .id(id)
    .id(movement)
    .int(tab as i64)
    .maybe_text(meanings)
    .run(tx)
    .map(|_| ())
}

pub fn confirm(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: [u8; 16],
    now: Time,
) -> Result<(), StoreError> {
    sql!("UPDATE upload SET confirmed_at = $3 WHERE id = $1 AND movement_id = $2")
        .id(id)
        .id(movement)
        .int(now)
        .run(tx)
        .map(|_| ())
}

/// Takes on a list that was confirmed and is not done; whoever had it before loses it. `false`
/// when there is none.
pub fn take(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: [u8; 16],
    run: [u8; 16],
) -> Result<bool, StoreError> {
    let taken = sql!(
        "UPDATE upload SET run = $3
          WHERE id = $1 AND movement_id = $2 AND confirmed_at IS NOT NULL AND ended_at IS NULL"
    )
    .id(id)
    .id(movement)
    .id(run)
    .run(tx)?;
    Ok(taken == 1)
}

/// Notes how many rows are done, for whoever has it; `false` when it was let go of or lost.
pub fn advance(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: [u8; 16],
    run: [u8; 16],
    done: usize,
) -> Result<bool, StoreError> {
    let kept = sql!(
        "UPDATE upload SET done = $4
          WHERE id = $1 AND movement_id = $2 AND run = $3 AND ended_at IS NULL"
    )
    .id(id)
    .id(movement)
    .id(run)
    .int(done as i64)
    .run(tx)?;
    Ok(kept == 1)
}

/// What was used is emptied at once; the row tells a second click that it was.
pub fn end(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: [u8; 16],
    now: Time,
) -> Result<(), StoreError> {
    sql!("UPDATE upload SET ended_at = $3 WHERE id = $1 AND movement_id = $2")
        .id(id)
        .id(movement)
        .int(now)
        .run(tx)?;
    sql!("DELETE FROM upload_part WHERE upload_id = $1 AND movement_id = $2")
        .id(id)
        .id(movement)
        .run(tx)
        .map(|_| ())
}

/// Lets go of one list.
pub fn drop_one(tx: &mut Tx<'_>, movement: MovementId, id: [u8; 16]) -> Result<(), StoreError> {
    sql!("DELETE FROM upload WHERE id = $1 AND movement_id = $2")
        .id(id)
        .id(movement)
        .run(tx)
        .map(|_| ())
}

/// Lets go of lists that wait or are done; what is under way goes on.
pub fn drop_idle(tx: &mut Tx<'_>, movement: MovementId) -> Result<(), StoreError> {
    sql!(
        "DELETE FROM upload
          WHERE movement_id = $1 AND (confirmed_at IS NULL OR ended_at IS NOT NULL)"
    )
    .id(movement)
    .run(tx)
    .map(|_| ())
}

/// A list holds names, so it goes when anybody erases themselves, even half way.
pub fn drop_all(tx: &mut Tx<'_>, movement: MovementId) -> Result<(), StoreError> {
    sql!("DELETE FROM upload WHERE movement_id = $1")
        .id(movement)
        .run(tx)
        .map(|_| ())
}

/// Lets go of lists that have waited long enough, and of those under way that never came to an
/// end.
pub fn sweep(
    tx: &mut Tx<'_>,
    movement: MovementId,
    before: Time,
    under_way_before: Time,
) -> Result<(), StoreError> {
    sql!(
        "DELETE FROM upload
          WHERE movement_id = $1 AND made_at <= $2
            AND (confirmed_at IS NULL OR ended_at IS NOT NULL OR confirmed_at <= $3)"
    )
    .id(movement)
    .int(before)
    .int(under_way_before)
    .run(tx)
    .map(|_| ())
}

/// What the columns of lists with one shape were taken for.
#[derive(Debug, Clone)]
pub struct Mapping {
    pub id: [u8; 16],
    /// The word of the program they come from.
    pub origin: String,
    /// The words of the columns' meanings.
    pub meanings: String,
}

pub fn mappings(tx: &mut Tx<'_>, movement: MovementId) -> Result<Vec<Mapping>, StoreError> {
    sql!("SELECT id, origin, meanings FROM mapping WHERE movement_id = $1 ORDER BY made_at, id")
        .id(movement)
        .all(tx, |row| {
            Ok(Mapping {
                id: row.id(0)?,
                origin: row.text(1)?,
                meanings: row.text(2)?,
            })
        })
}

/// What was chosen for lists of a shape before.
pub fn remembered(
    tx: &mut Tx<'_>,
    movement: MovementId,
    shape: &[u8],
) -> Result<Option<String>, StoreError> {
    sql!("SELECT meanings FROM mapping WHERE movement_id = $1 AND shape = $2")
        .id(movement)
        .bytes(shape)
        .maybe(tx, |row| row.text(0))
}

/// Remembers a choice for lists of a shape, instead of the one before.
pub fn remember(
    tx: &mut Tx<'_>,
    movement: MovementId,
    shape: &[u8],
    mapping: &Mapping,
    now: Time,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO mapping (id, movement_id, shape, origin, meanings, made_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (movement_id, shape)
         DO UPDATE SET meanings = excluded.meanings, origin = excluded.origin"
    )
    .id(mapping.id)
    .id(movement)
    .bytes(shape)
    .text(mapping.origin.clone())
    .text(mapping.meanings.clone())
    .int(now)
    .run(tx)
    .map(|_| ())
}

pub fn forget(tx: &mut Tx<'_>, movement: MovementId, id: [u8; 16]) -> Result<(), StoreError> {
    sql!("DELETE FROM mapping WHERE movement_id = $1 AND id = $2")
        .id(movement)
        .id(id)
        .run(tx)
        .map(|_| ())
}
