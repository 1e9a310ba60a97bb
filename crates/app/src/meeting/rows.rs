//! Series of meetings, and what was changed or chosen for single ones.

use std::collections::HashMap;

use jiff::civil::{Date, DateTime, Time as Clock, Weekday};
use mend_rules::id::{MovementId, SeriesId};
use mend_rules::meeting::{Cadence, Change, Ends, Nth, Series};
use mend_rules::movement::zone;
use mend_rules::time::Time;
use mend_store::{Row, StoreError, Tx, sql};

use super::{Format, Meetings};

fn odd(what: &str) -> StoreError {
    StoreError::Odd(format!("a series without a {what}"))
}

fn day(text: &str) -> Result<Date, StoreError> {
    text.parse().map_err(|_| odd("day"))
}

fn series(row: &Row) -> Result<Series, StoreError> {
    let weekday = i8::try_from(row.int(2)?).ok();
    let nth = Nth::new(row.int(1)?).ok_or_else(|| odd("place in the month"))?;
    let ends = match (row.maybe_text(12)?, row.maybe_int(13)?) {
        (Some(last), _) => Ends::On(day(&last)?),
        (None, Some(count)) => Ends::After(u32::try_from(count).unwrap_or(1)),
        (None, None) => Ends::Open,
    };
    Ok(Series {
        cadence: Cadence::new(row.int(11)?, nth).ok_or_else(|| odd("cadence"))?,
        weekday: weekday
            .and_then(|day| Weekday::from_monday_one_offset(day).ok())
            .ok_or_else(|| odd("weekday"))?,
        starts: row.text(3)?.parse::<Clock>().map_err(|_| odd("time"))?,
        minutes: row.int(4)?,
        zone: zone(&row.text(5)?).ok_or_else(|| odd("zone"))?,
        first_on: day(&row.text(6)?)?,
        ends,
    })
}

fn meetings(row: &Row) -> Result<(Meetings, Option<SeriesId>), StoreError> {
    let format = Format::read(&row.text(7)?).ok_or_else(|| odd("format"))?;
    let (id, changed) = (SeriesId(row.id(0)?), Time(row.int(10)?));
    let meetings = Meetings {
        place: row.text(8)?,
        link: row.text(14)?,
        dial: row.text(15)?,
        sequence: u32::try_from(row.int(9)?).unwrap_or(0),
        ..Meetings::new(id, series(row)?, format, changed)
    };
    Ok((meetings, row.maybe_id(16)?.map(SeriesId)))
}

/// Every series of a movement, by its id, with those before it.
pub fn all(
    tx: &mut Tx<'_>,
    movement: MovementId,
) -> Result<HashMap<SeriesId, Meetings>, StoreError> {
    let rows = sql!(
        "SELECT id, nth, weekday, starts, minutes, zone, first_on, format, place, sequence,
                changed_at, weeks, ends_on, ends_after, link, dial, follows
           FROM series WHERE movement_id = $1"
    )
    .id(movement)
    .all(tx, meetings)?;
    let follows: HashMap<SeriesId, SeriesId> = rows
        .iter()
        .filter_map(|(one, before)| Some((one.id, (*before)?)))
        .collect();
    let mut all: HashMap<SeriesId, Meetings> =
        rows.into_iter().map(|(one, _)| (one.id, one)).collect();
    for (id, change) in changes(tx, movement)? {
        if let Some(one) = all.get_mut(&id) {
            one.changes.push(change);
        }
    }
    for (id, step) in steps(tx, movement)? {
        if let Some(one) = all.get_mut(&id) {
            one.steps.push(step);
        }
    }
    for (id, day) in inventories(tx, movement)? {
        if let Some(one) = all.get_mut(&id) {
            one.inventories.push(day);
        }
    }
    let alone = all.clone();
    for (id, one) in &mut all {
        let mut before = follows.get(id);
        while let Some(earlier) = before.and_then(|before| alone.get(before)) {
            one.earlier.insert(0, earlier.clone());
            before = follows.get(&earlier.id);
        }
    }
    Ok(all)
}

fn changes(tx: &mut Tx<'_>, movement: MovementId) -> Result<Vec<(SeriesId, Change)>, StoreError> {
    sql!(
        "SELECT series_id, on_day, moved_to, place, cancelled FROM meeting_change
          WHERE movement_id = $1 ORDER BY on_day"
    )
    .id(movement)
    .all(tx, |row| {
        let to = row.maybe_text(2)?;
        let change = Change {
            on: day(&row.text(1)?)?,
            to: to
                .map(|to| to.parse::<DateTime>().map_err(|_| odd("moment")))
                .transpose()?,
            place: row.text(3)?,
            cancelled: row.int(4)? == 1,
        };
        Ok((SeriesId(row.id(0)?), change))
    })
}

type Chosen = (SeriesId, (Date, u32));

fn steps(tx: &mut Tx<'_>, movement: MovementId) -> Result<Vec<Chosen>, StoreError> {
    sql!("SELECT series_id, on_day, step FROM meeting_step WHERE movement_id = $1")
        .id(movement)
        .all(tx, |row| {
            let step = u32::try_from(row.int(2)?).unwrap_or(1);
            Ok((SeriesId(row.id(0)?), (day(&row.text(1)?)?, step)))
        })
}

fn inventories(tx: &mut Tx<'_>, movement: MovementId) -> Result<Vec<(SeriesId, Date)>, StoreError> {
    sql!("SELECT series_id, on_day FROM meeting_inventory WHERE movement_id = $1")
        .id(movement)
        .all(tx, |row| Ok((SeriesId(row.id(0)?), day(&row.text(1)?)?)))
}

/// One series, with those before it.
pub fn get(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: SeriesId,
) -> Result<Option<Meetings>, StoreError> {
    Ok(all(tx, movement)?.remove(&id))
}

/// Adds a series; what was changed of single meetings is not written.
pub fn add(tx: &mut Tx<'_>, movement: MovementId, from: &Meetings) -> Result<(), StoreError> {
    let (nth, ends_on, ends_after) = columns(&from.series);
    sql!(
        "INSERT INTO series (id, movement_id, nth, weekday, starts, minutes, zone, first_on,
                format, place, sequence, changed_at, weeks, ends_on, ends_after, link, dial,
                follows)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)"
    )
    .id(from.id)
    .id(movement)
    .int(nth)
    .int(from.series.weekday.to_monday_one_offset())
    .text(from.series.starts.strftime("%H:%M").to_string())
    .int(from.series.minutes)
    .text(from.series.zone.iana_name().unwrap_or("UTC"))
    .text(from.series.first_on.to_string())
    .text(from.format.word())
    .text(from.place.clone())
    .int(from.sequence)
    .int(from.changed_at)
    .int(from.series.cadence.weeks().unwrap_or(0))
    .maybe_text(ends_on)
    .maybe_int(ends_after)
    .text(from.link.clone())
    .text(from.dial.clone())
    .maybe_id(from.earlier.last().map(|before| before.id))
    .run(tx)
    .map(|_| ())
}

/// Saves a changed series; calendars learn of it by its sequence.
pub fn save(tx: &mut Tx<'_>, movement: MovementId, from: &Meetings) -> Result<(), StoreError> {
    let (nth, ends_on, ends_after) = columns(&from.series);
    sql!(
        "UPDATE series SET nth = $3, weekday = $4, starts = $5, minutes = $6, zone = $7,
                first_on = $8, format = $9, place = $10, sequence = sequence + 1, changed_at = $11,
                weeks = $12, ends_on = $13, ends_after = $14, link = $15, dial = $16
          WHERE movement_id = $1 AND id = $2"
    )
    .id(movement)
    .id(from.id)
    .int(nth)
    .int(from.series.weekday.to_monday_one_offset())
    .text(from.series.starts.strftime("%H:%M").to_string())
    .int(from.series.minutes)
    .text(from.series.zone.iana_name().unwrap_or("UTC"))
    .text(from.series.first_on.to_string())
    .text(from.format.word())
    .text(from.place.clone())
    .int(from.changed_at)
    .int(from.series.cadence.weeks().unwrap_or(0))
    .maybe_text(ends_on)
    .maybe_int(ends_after)
    .text(from.link.clone())
    .text(from.dial.clone())
    .run(tx)
    .map(|_| ())
}

/// Where weeks count, the weekday of the month says nothing and is the first.
fn columns(series: &Series) -> (i64, Option<String>, Option<i64>) {
    let nth = match series.cadence {
        Cadence::Monthly(nth) => nth,
        _ => Nth::ALL[0],
    };
    let (ends_on, ends_after) = match series.ends {
        Ends::Open => (None, None),
        Ends::On(last) => (Some(last.to_string()), None),
        Ends::After(count) => (None, Some(i64::from(count))),
    };
    (i64::from(nth.number()), ends_on, ends_after)
}

/// Sets what is changed of one meeting.
pub fn set_change(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: SeriesId,
    change: &Change,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO meeting_change (series_id, on_day, movement_id, moved_to, place, cancelled)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (series_id, on_day) DO UPDATE
            SET moved_to = excluded.moved_to, place = excluded.place,
                cancelled = excluded.cancelled"
    )
    .id(id)
    .text(change.on.to_string())
    .id(movement)
    .maybe_text(change.to.map(|to| to.to_string()))
    .text(change.place.clone())
    .int(change.cancelled)
    .run(tx)
    .map(|_| ())
}

/// Lets one meeting be as its series says.
pub fn drop_change(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: SeriesId,
    on: Date,
) -> Result<(), StoreError> {
    sql!("DELETE FROM meeting_change WHERE movement_id = $1 AND series_id = $2 AND on_day = $3")
        .id(movement)
        .id(id)
        .text(on.to_string())
        .run(tx)
        .map(|_| ())
}

/// Lets go of what was changed or chosen for the meetings from a day on.
pub fn drop_from(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: SeriesId,
    from: Date,
) -> Result<(), StoreError> {
    sql!("DELETE FROM meeting_change WHERE movement_id = $1 AND series_id = $2 AND on_day >= $3")
        .id(movement)
        .id(id)
        .text(from.to_string())
        .run(tx)?;
    sql!(
        "DELETE FROM meeting_inventory WHERE movement_id = $1 AND series_id = $2 AND on_day >= $3"
    )
    .id(movement)
    .id(id)
    .text(from.to_string())
    .run(tx)?;
    sql!("DELETE FROM meeting_step WHERE movement_id = $1 AND series_id = $2 AND on_day >= $3")
        .id(movement)
        .id(id)
        .text(from.to_string())
        .run(tx)
        .map(|_| ())
}

/// Sets the step that the circle chose for one meeting; none lets the circle's way decide again.
pub fn set_step(
    tx: &mut Tx<'_>,
    movement: MovementId,
    (id, on): (SeriesId, Date),
    step: Option<u32>,
) -> Result<(), StoreError> {
    sql!("DELETE FROM meeting_step WHERE movement_id = $1 AND series_id = $2 AND on_day = $3")
        .id(movement)
        .id(id)
        .text(on.to_string())
        .run(tx)?;
    let Some(step) = step else {
        return Ok(());
    };
    sql!("INSERT INTO meeting_step (series_id, on_day, movement_id, step) VALUES ($1, $2, $3, $4)")
        .id(id)
        .text(on.to_string())
        .id(movement)
        .int(step)
        .run(tx)
        .map(|_| ())
}

/// Sets whether the circle chose one meeting for a group inventory.
pub fn set_inventory(
    tx: &mut Tx<'_>,
    movement: MovementId,
    (id, on): (SeriesId, Date),
    chosen: bool,
) -> Result<(), StoreError> {
    sql!("DELETE FROM meeting_inventory WHERE movement_id = $1 AND series_id = $2 AND on_day = $3")
        .id(movement)
        .id(id)
        .text(on.to_string())
        .run(tx)?;
    if !chosen {
        return Ok(());
    }
    sql!("INSERT INTO meeting_inventory (series_id, on_day, movement_id) VALUES ($1, $2, $3)")
        .id(id)
        .text(on.to_string())
        .id(movement)
        .run(tx)
        .map(|_| ())
}
