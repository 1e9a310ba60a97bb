//! Series of meetings.

use std::collections::HashMap;

use jiff::civil::{Time as Clock, Weekday};
use mend_rules::id::{MovementId, SeriesId};
use mend_rules::meeting::{Nth, Series};
use mend_rules::movement::zone;
use mend_rules::time::Time;
use mend_store::{Row, StoreError, Tx, sql};

use super::Format;

/// A series as it is kept: when, and where people come together.
#[derive(Debug, Clone)]
pub struct Meetings {
    pub id: SeriesId,
    pub series: Series,
    pub format: Format,
    /// A room, an address on the net or a number to dial; may be empty.
    pub place: String,
    /// How often it was changed, for calendars.
    pub sequence: u32,
    pub changed_at: Time,
}

fn meetings(row: &Row) -> Result<Meetings, StoreError> {
    let odd = |what: &str| StoreError::Odd(format!("a series without a {what}"));
    let weekday = i8::try_from(row.int(2)?).ok();
    Ok(Meetings {
        id: SeriesId(row.id(0)?),
        series: Series {
            nth: Nth::new(row.int(1)?).ok_or_else(|| odd("place in the month"))?,
            weekday: weekday
                .and_then(|day| Weekday::from_monday_one_offset(day).ok())
                .ok_or_else(|| odd("weekday"))?,
            starts: row.text(3)?.parse::<Clock>().map_err(|_| odd("time"))?,
            minutes: row.int(4)?,
            zone: zone(&row.text(5)?).ok_or_else(|| odd("zone"))?,
            first_on: row.text(6)?.parse().map_err(|_| odd("first day"))?,
        },
        format: Format::read(&row.text(7)?).ok_or_else(|| odd("format"))?,
        place: row.text(8)?,
        sequence: u32::try_from(row.int(9)?).unwrap_or(0),
        changed_at: Time(row.int(10)?),
    })
}

pub fn get(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: SeriesId,
) -> Result<Option<Meetings>, StoreError> {
    sql!(
        "SELECT id, nth, weekday, starts, minutes, zone, first_on, format, place, sequence,
                changed_at
           FROM series WHERE movement_id = $1 AND id = $2"
    )
    .id(movement)
    .id(id)
    .maybe(tx, meetings)
}

/// Every series of a movement, by its id, for pages that list many circles.
pub fn all(
    tx: &mut Tx<'_>,
    movement: MovementId,
) -> Result<HashMap<SeriesId, Meetings>, StoreError> {
    let all = sql!(
        "SELECT id, nth, weekday, starts, minutes, zone, first_on, format, place, sequence,
                changed_at
           FROM series WHERE movement_id = $1"
    )
    .id(movement)
    .all(tx, meetings)?;
    Ok(all
        .into_iter()
        .map(|meetings| (meetings.id, meetings))
        .collect())
}

pub fn add(tx: &mut Tx<'_>, movement: MovementId, from: &Meetings) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO series (id, movement_id, nth, weekday, starts, minutes, zone, first_on,
                format, place, sequence, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
    )
    .id(from.id)
    .id(movement)
    .int(from.series.nth.number())
    .int(from.series.weekday.to_monday_one_offset())
    .text(from.series.starts.strftime("%H:%M").to_string())
    .int(from.series.minutes)
    .text(from.series.zone.iana_name().unwrap_or("UTC"))
    .text(from.series.first_on.to_string())
    .text(from.format.word())
    .text(from.place.clone())
    .int(from.sequence)
    .int(from.changed_at)
    .run(tx)
    .map(|_| ())
}

/// Saves a changed series; calendars learn of it by its sequence.
pub fn save(tx: &mut Tx<'_>, movement: MovementId, from: &Meetings) -> Result<(), StoreError> {
    sql!(
        "UPDATE series SET nth = $3, weekday = $4, starts = $5, zone = $6, first_on = $7,
                format = $8, place = $9, sequence = sequence + 1, changed_at = $10
          WHERE movement_id = $1 AND id = $2"
    )
    .id(movement)
    .id(from.id)
    .int(from.series.nth.number())
    .int(from.series.weekday.to_monday_one_offset())
    .text(from.series.starts.strftime("%H:%M").to_string())
    .text(from.series.zone.iana_name().unwrap_or("UTC"))
    .text(from.series.first_on.to_string())
    .text(from.format.word())
    .text(from.place.clone())
    .int(from.changed_at)
    .run(tx)
    .map(|_| ())
}
