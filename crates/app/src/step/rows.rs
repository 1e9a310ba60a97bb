//! Wordings of groups, the source that a circle chose, and one's own way on the path, sealed.

use mend_rules::id::{CircleId, MovementId, PersonId};
use mend_rules::movement::Source;
use mend_rules::step::{Number, Text, Wording};
use mend_rules::time::Time;
use mend_store::{Row, StoreError, Tx, sql};

/// A wording and whose it is: a circle's, or the movement's.
#[derive(Debug, Clone)]
pub struct Kept {
    pub circle: Option<CircleId>,
    pub step: Number,
    pub wording: Wording,
}

/// A text that is no part of any step is passed over: files of the practice may lose one.
fn kept(row: &Row) -> Result<Option<Kept>, StoreError> {
    let step = u8::try_from(row.int(1)?).ok().and_then(Number::new);
    let (Some(step), Some(text)) = (step, Text::read(&row.text(2)?)) else {
        return Ok(None);
    };
    let wording = Wording {
        text,
        words: row.text(3)?,
        version: u32::try_from(row.int(4)?).unwrap_or(0),
        since: Time(row.int(5)?),
    };
    Ok(Some(Kept {
        circle: row.maybe_id(0)?.map(CircleId),
        step,
        wording,
    }))
}

/// Every wording that holds for a circle, those of its movement first; without one, the movement's.
pub fn wordings(
    tx: &mut Tx<'_>,
    movement: MovementId,
    circle: Option<CircleId>,
) -> Result<Vec<Kept>, StoreError> {
    let all = sql!(
        "SELECT circle_id, step, part, words, from_version, made_at FROM wording
          WHERE movement_id = $1 AND (circle_id IS NULL OR circle_id = $2)
          ORDER BY CASE WHEN circle_id IS NULL THEN 0 ELSE 1 END, step, part"
    )
    .id(movement)
    .maybe_id(circle)
    .all(tx, kept)?;
    Ok(all.into_iter().flatten().collect())
}

pub fn add_wording(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: [u8; 16],
    new: &Kept,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO wording (id, movement_id, circle_id, step, part, words, from_version, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    )
    .id(id)
    .id(movement)
    .maybe_id(new.circle)
    .int(new.step.get())
    .text(new.wording.text.key())
    .text(new.wording.words.clone())
    .int(new.wording.version)
    .int(new.wording.since)
    .run(tx)
    .map(|_| ())
}

/// Lets go of one wording of a group, or of all that it made of a step.
pub fn drop_wordings(
    tx: &mut Tx<'_>,
    movement: MovementId,
    circle: Option<CircleId>,
    step: Number,
    text: Option<Text>,
) -> Result<(), StoreError> {
    sql!(
        "DELETE FROM wording WHERE movement_id = $1 AND step = $3
            AND (circle_id = $2 OR ($2 IS NULL AND circle_id IS NULL))
            AND (part = $4 OR $4 IS NULL)"
    )
    .id(movement)
    .maybe_id(circle)
    .int(step.get())
    .maybe_text(text.map(Text::key))
    .run(tx)
    .map(|_| ())
}

pub fn source_of(
    tx: &mut Tx<'_>,
    movement: MovementId,
    circle: CircleId,
) -> Result<Option<Source>, StoreError> {
    let word = sql!("SELECT source FROM circle_source WHERE movement_id = $1 AND circle_id = $2")
        .id(movement)
        .id(circle)
        .maybe(tx, |row| row.text(0))?;
    Ok(word.and_then(|word| Source::read(&word)))
}

pub fn set_source_of(
    tx: &mut Tx<'_>,
    movement: MovementId,
    circle: CircleId,
    source: Option<Source>,
) -> Result<(), StoreError> {
    sql!("DELETE FROM circle_source WHERE movement_id = $1 AND circle_id = $2")
        .id(movement)
        .id(circle)
        .run(tx)?;
    let Some(source) = source else { return Ok(()) };
    sql!("INSERT INTO circle_source (circle_id, movement_id, source) VALUES ($1, $2, $3)")
        .id(circle)
        .id(movement)
        .text(source.word())
        .run(tx)
        .map(|_| ())
}

pub fn own(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: PersonId,
) -> Result<Option<Vec<u8>>, StoreError> {
    sql!("SELECT body_sealed FROM own_path WHERE movement_id = $1 AND person_id = $2")
        .id(movement)
        .id(id)
        .maybe(tx, |row| row.bytes(0))
}

pub fn set_own(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: PersonId,
    sealed: Option<Vec<u8>>,
) -> Result<(), StoreError> {
    sql!("DELETE FROM own_path WHERE movement_id = $1 AND person_id = $2")
        .id(movement)
        .id(id)
        .run(tx)?;
    let Some(sealed) = sealed else { return Ok(()) };
    sql!("INSERT INTO own_path (person_id, movement_id, body_sealed) VALUES ($1, $2, $3)")
        .id(id)
        .id(movement)
        .bytes(sealed)
        .run(tx)
        .map(|_| ())
}
