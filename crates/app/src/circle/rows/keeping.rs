//! Who keeps which meeting, what a circle has agreed on, and which circles are open.

use std::collections::HashMap;

use jiff::civil::Date;
use mend_rules::id::{CircleId, MovementId, PersonId};
use mend_rules::meeting::Walk;
use mend_store::{Row, StoreError, Tx, sql};

use crate::circle::ways::Ways;

/// What is planned for the keeping of one meeting.
#[derive(Debug, Clone, Default)]
pub struct Planned {
    pub on: Date,
    /// Nobody until somebody takes it.
    pub keeper: Option<PersonId>,
    pub second: Option<PersonId>,
    /// The day for which the keeper would like to swap.
    pub swap_with: Option<Date>,
    /// What the next keeper needs to know.
    pub note_sealed: Option<Vec<u8>>,
}

fn day(text: &str) -> Result<Date, StoreError> {
    text.parse()
        .map_err(|_| StoreError::Odd("a keeping without a day".into()))
}

/// What is planned, by circle, in the order of the days. Whoever said at the way in, after it was
/// planned, that they are under 18 keeps nothing.
pub fn planned(
    tx: &mut Tx<'_>,
    movement: MovementId,
) -> Result<HashMap<CircleId, Vec<Planned>>, StoreError> {
    let rows = sql!(
        "SELECT k.circle_id, k.on_day, one.id, two.id, k.swap_with, k.note_sealed FROM keeping k
           LEFT JOIN person one ON one.id = k.keeper_id AND one.minor_at IS NULL
           LEFT JOIN person two ON two.id = k.second_id AND two.minor_at IS NULL
          WHERE k.movement_id = $1 ORDER BY k.on_day"
    )
    .id(movement)
    .all(tx, |row| {
        let planned = Planned {
            on: day(&row.text(1)?)?,
            keeper: row.maybe_id(2)?.map(PersonId),
            second: row.maybe_id(3)?.map(PersonId),
            swap_with: row.maybe_text(4)?.map(|text| day(&text)).transpose()?,
            note_sealed: row.maybe_bytes(5)?,
        };
        Ok((CircleId(row.id(0)?), planned))
    })?;
    let mut all: HashMap<CircleId, Vec<Planned>> = HashMap::new();
    for (circle, planned) in rows {
        all.entry(circle).or_default().push(planned);
    }
    Ok(all)
}

pub fn set_planned(
    tx: &mut Tx<'_>,
    movement: MovementId,
    circle: CircleId,
    planned: &Planned,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO keeping (circle_id, on_day, movement_id, keeper_id, second_id, swap_with,
                note_sealed)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (circle_id, on_day) DO UPDATE
            SET keeper_id = excluded.keeper_id, second_id = excluded.second_id,
                swap_with = excluded.swap_with, note_sealed = excluded.note_sealed"
    )
    .id(circle)
    .text(planned.on.to_string())
    .id(movement)
    .maybe_id(planned.keeper)
    .maybe_id(planned.second)
    .maybe_text(planned.swap_with.map(|day| day.to_string()))
    .maybe_bytes(planned.note_sealed.clone())
    .run(tx)
    .map(|_| ())
}

/// Lets go of what somebody was planned to keep, of one circle or of all, so that it can be planned
/// in turn again. Where something is handed over, the day stays for that, and nobody keeps it.
pub fn drop_planned_of(
    tx: &mut Tx<'_>,
    movement: MovementId,
    (circle, person): (Option<CircleId>, PersonId),
) -> Result<(), StoreError> {
    sql!(
        "DELETE FROM keeping
          WHERE movement_id = $1 AND keeper_id = $2 AND (circle_id = $3 OR $3 IS NULL)
            AND note_sealed IS NULL"
    )
    .id(movement)
    .id(person)
    .maybe_id(circle)
    .run(tx)?;
    sql!(
        "UPDATE keeping SET keeper_id = NULL, swap_with = NULL
          WHERE movement_id = $1 AND keeper_id = $2 AND (circle_id = $3 OR $3 IS NULL)"
    )
    .id(movement)
    .id(person)
    .maybe_id(circle)
    .run(tx)?;
    sql!(
        "UPDATE keeping SET second_id = NULL
          WHERE movement_id = $1 AND second_id = $2 AND (circle_id = $3 OR $3 IS NULL)"
    )
    .id(movement)
    .id(person)
    .maybe_id(circle)
    .run(tx)
    .map(|_| ())
}

/// What somebody wrote for whoever keeps next goes with them, in one circle or in all.
pub fn drop_notes_of(
    tx: &mut Tx<'_>,
    movement: MovementId,
    (circle, person): (Option<CircleId>, PersonId),
) -> Result<(), StoreError> {
    sql!(
        "UPDATE keeping SET note_sealed = NULL
          WHERE movement_id = $1 AND keeper_id = $2 AND (circle_id = $3 OR $3 IS NULL)"
    )
    .id(movement)
    .id(person)
    .maybe_id(circle)
    .run(tx)
    .map(|_| ())
}

/// Lets go of what was handed over for meetings before a day.
pub fn drop_notes(tx: &mut Tx<'_>, movement: MovementId, before: Date) -> Result<(), StoreError> {
    sql!(
        "UPDATE keeping SET note_sealed = NULL
          WHERE movement_id = $1 AND on_day < $2 AND note_sealed IS NOT NULL"
    )
    .id(movement)
    .text(before.to_string())
    .run(tx)
    .map(|_| ())
}

/// Lets go of wishes to swap a meeting that is over.
pub fn drop_past_swaps(
    tx: &mut Tx<'_>,
    movement: MovementId,
    today: Date,
) -> Result<(), StoreError> {
    sql!(
        "UPDATE keeping SET swap_with = NULL
          WHERE movement_id = $1 AND on_day < $2 AND swap_with IS NOT NULL"
    )
    .id(movement)
    .text(today.to_string())
    .run(tx)
    .map(|_| ())
}

/// Lets go of who kept before a day.
pub fn drop_old_keeping(
    tx: &mut Tx<'_>,
    movement: MovementId,
    before: Date,
) -> Result<(), StoreError> {
    sql!("DELETE FROM keeping WHERE movement_id = $1 AND on_day < $2")
        .id(movement)
        .text(before.to_string())
        .run(tx)
        .map(|_| ())
}

/// Lets go of who kept a circle that ends, and of who agreed to its agreements.
pub fn drop_kept_ways(
    tx: &mut Tx<'_>,
    movement: MovementId,
    circle: CircleId,
) -> Result<(), StoreError> {
    sql!("DELETE FROM keeping WHERE movement_id = $1 AND circle_id = $2")
        .id(movement)
        .id(circle)
        .run(tx)?;
    sql!("DELETE FROM consent WHERE movement_id = $1 AND circle_id = $2")
        .id(movement)
        .id(circle)
        .run(tx)
        .map(|_| ())
}

/// What circles have written down as their agreements, with how often they were changed.
pub fn agreements(
    tx: &mut Tx<'_>,
    movement: MovementId,
) -> Result<HashMap<CircleId, (i64, Vec<String>)>, StoreError> {
    let all = sql!("SELECT circle_id, version, lines FROM agreement WHERE movement_id = $1")
        .id(movement)
        .all(tx, |row| {
            let lines = row.text(2)?.lines().map(str::to_owned).collect();
            Ok((CircleId(row.id(0)?), (row.int(1)?, lines)))
        })?;
    Ok(all.into_iter().collect())
}

pub fn set_agreements(
    tx: &mut Tx<'_>,
    movement: MovementId,
    circle: CircleId,
    (version, lines): (i64, &[String]),
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO agreement (circle_id, movement_id, version, lines) VALUES ($1, $2, $3, $4)
         ON CONFLICT (circle_id) DO UPDATE SET version = excluded.version, lines = excluded.lines"
    )
    .id(circle)
    .id(movement)
    .int(version)
    .text(lines.join("\n"))
    .run(tx)
    .map(|_| ())
}

/// In which circle who has said yes to which version.
type Consent = (CircleId, (PersonId, i64));

fn consent(row: &Row) -> Result<Consent, StoreError> {
    Ok((CircleId(row.id(0)?), (PersonId(row.id(1)?), row.int(2)?)))
}

/// To which version of its agreements everybody in a circle has said yes.
pub fn consents(tx: &mut Tx<'_>, movement: MovementId) -> Result<Vec<Consent>, StoreError> {
    sql!("SELECT circle_id, person_id, version FROM consent WHERE movement_id = $1")
        .id(movement)
        .all(tx, consent)
}

pub fn set_consent(
    tx: &mut Tx<'_>,
    movement: MovementId,
    (circle, person): (CircleId, PersonId),
    version: Option<i64>,
) -> Result<(), StoreError> {
    sql!("DELETE FROM consent WHERE movement_id = $1 AND circle_id = $2 AND person_id = $3")
        .id(movement)
        .id(circle)
        .id(person)
        .run(tx)?;
    let Some(version) = version else {
        return Ok(());
    };
    sql!("INSERT INTO consent (circle_id, person_id, movement_id, version) VALUES ($1, $2, $3, $4)")
        .id(circle)
        .id(person)
        .id(movement)
        .int(version)
        .run(tx)
        .map(|_| ())
}

pub fn drop_consents_of(
    tx: &mut Tx<'_>,
    movement: MovementId,
    person: PersonId,
) -> Result<(), StoreError> {
    sql!("DELETE FROM consent WHERE movement_id = $1 AND person_id = $2")
        .id(movement)
        .id(person)
        .run(tx)
        .map(|_| ())
}

/// What the circles of a movement have settled for themselves.
pub fn ways(tx: &mut Tx<'_>, movement: MovementId) -> Result<HashMap<CircleId, Ways>, StoreError> {
    let all = sql!(
        "SELECT id, walk, is_open, join_every FROM circle
          WHERE movement_id = $1 AND ended_at IS NULL"
    )
    .id(movement)
    .all(tx, |row| {
        let ways = Ways {
            walk: Walk::read(&row.text(1)?).unwrap_or(Walk::Sequence),
            open: row.int(2)? == 1,
            join_every: u32::try_from(row.int(3)?).unwrap_or(3),
        };
        Ok((CircleId(row.id(0)?), ways))
    })?;
    Ok(all.into_iter().collect())
}

pub fn set_ways(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: CircleId,
    ways: Ways,
) -> Result<(), StoreError> {
    sql!(
        "UPDATE circle SET walk = $3, is_open = $4, join_every = $5
          WHERE movement_id = $1 AND id = $2"
    )
    .id(movement)
    .id(id)
    .text(ways.walk.word())
    .int(ways.open)
    .int(ways.join_every)
    .run(tx)
    .map(|_| ())
}
