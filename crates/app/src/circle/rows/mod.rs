//! Circles, seats and calendar addresses; drafts and invitations stand beside.

mod call;
mod draft;
mod inventory;
mod invitation;
mod keeping;
mod standin;

pub use call::*;
pub use draft::*;
pub use inventory::*;
pub use invitation::*;
pub use keeping::*;
pub use standin::*;

use std::collections::{BTreeMap, HashMap};

use mend_rules::id::{CircleId, MovementId, PersonId, SeriesId};
use mend_rules::time::Time;
use mend_store::{Row, StoreError, Tx, sql};

use super::acts::Circle;
use crate::meeting::{self, feed::Entry};
use crate::movement;
use crate::web::Me;

/// Members of every circle there was, for knowing who sat together before.
pub fn all_seats(tx: &mut Tx<'_>, movement: MovementId) -> Result<Vec<Vec<PersonId>>, StoreError> {
    let seats = sql!(
        "SELECT circle_id, person_id FROM seat WHERE movement_id = $1 ORDER BY circle_id, person_id"
    )
    .id(movement)
    .all(tx, |row| Ok((CircleId(row.id(0)?), PersonId(row.id(1)?))))?;
    let mut circles: BTreeMap<CircleId, Vec<PersonId>> = BTreeMap::new();
    for (circle, person) in seats {
        circles.entry(circle).or_default().push(person);
    }
    Ok(circles.into_values().collect())
}

pub fn add_circle(
    tx: &mut Tx<'_>,
    movement: MovementId,
    circle: &Circle,
    now: Time,
    ended: Option<Time>,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO circle (id, movement_id, name, seats, keeper_id, series_id, made_at, ended_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    )
    .id(circle.id)
    .id(movement)
    .text(circle.name.clone())
    .int(circle.seats)
    .maybe_id(circle.keeper)
    .id(circle.series)
    .int(now)
    .maybe_int(ended)
    .run(tx)
    .map(|_| ())
}

fn circle(row: &Row) -> Result<Circle, StoreError> {
    Ok(Circle {
        id: CircleId(row.id(0)?),
        name: row.text(1)?,
        seats: row.int(2)? as u32,
        keeper: row.maybe_id(3)?.map(PersonId),
        series: SeriesId(row.id(4)?),
    })
}

/// A circle that goes on and that the one asking may see: with a seat in it or as a steward.
/// Somebody keeps it only while they have a seat, before the answer nobody can tell; and not when
/// they say at the way in, after they were drawn, that they are under 18.
pub fn seen_by(tx: &mut Tx<'_>, me: &Me, id: CircleId) -> Result<Option<Circle>, StoreError> {
    sql!(
        "SELECT c.id, c.name, c.seats, k.person_id, c.series_id FROM circle c
           LEFT JOIN seat k ON k.circle_id = c.id AND k.person_id = c.keeper_id
                AND NOT EXISTS
                    (SELECT 1 FROM person p WHERE p.id = k.person_id AND p.minor_at IS NOT NULL)
          WHERE c.movement_id = $1 AND c.id = $2 AND c.ended_at IS NULL
            AND ($3 = 1
                 OR EXISTS (SELECT 1 FROM seat s WHERE s.circle_id = c.id AND s.person_id = $4))"
    )
    .id(me.movement)
    .id(id)
    .int(me.steward)
    .id(me.person)
    .maybe(tx, circle)
}

/// A circle that the one asking keeps or stewards.
pub fn kept_by(tx: &mut Tx<'_>, me: &Me, id: CircleId) -> Result<Option<Circle>, StoreError> {
    let circle = seen_by(tx, me, id)?;
    Ok(circle.filter(|circle| me.steward || circle.keeper == Some(me.person)))
}

/// Circles that go on: all for a steward, else those with a seat of one's own or that one keeps.
pub fn circles_of(tx: &mut Tx<'_>, me: &Me, all: bool) -> Result<Vec<Circle>, StoreError> {
    sql!(
        "SELECT c.id, c.name, c.seats, k.person_id, c.series_id FROM circle c
           LEFT JOIN seat k ON k.circle_id = c.id AND k.person_id = c.keeper_id
                AND NOT EXISTS
                    (SELECT 1 FROM person p WHERE p.id = k.person_id AND p.minor_at IS NOT NULL)
          WHERE c.movement_id = $1 AND c.ended_at IS NULL
            AND ($2 = 1
                 OR EXISTS (SELECT 1 FROM seat s WHERE s.circle_id = c.id AND s.person_id = $3))
          ORDER BY c.name"
    )
    .id(me.movement)
    .int(all && me.steward)
    .id(me.person)
    .all(tx, circle)
}

/// Circles that go on and that members may join by themselves.
pub fn open_circles(tx: &mut Tx<'_>, movement: MovementId) -> Result<Vec<Circle>, StoreError> {
    sql!(
        "SELECT c.id, c.name, c.seats, k.person_id, c.series_id FROM circle c
           LEFT JOIN seat k ON k.circle_id = c.id AND k.person_id = c.keeper_id
                AND NOT EXISTS
                    (SELECT 1 FROM person p WHERE p.id = k.person_id AND p.minor_at IS NOT NULL)
          WHERE c.movement_id = $1 AND c.ended_at IS NULL AND c.is_open = 1
          ORDER BY c.name"
    )
    .id(movement)
    .all(tx, circle)
}

/// Every circle of a movement that goes on.
pub fn going_on(tx: &mut Tx<'_>, movement: MovementId) -> Result<Vec<Circle>, StoreError> {
    sql!(
        "SELECT c.id, c.name, c.seats, k.person_id, c.series_id FROM circle c
           LEFT JOIN seat k ON k.circle_id = c.id AND k.person_id = c.keeper_id
                AND NOT EXISTS
                    (SELECT 1 FROM person p WHERE p.id = k.person_id AND p.minor_at IS NOT NULL)
          WHERE c.movement_id = $1 AND c.ended_at IS NULL ORDER BY c.name"
    )
    .id(movement)
    .all(tx, circle)
}

/// A circle that goes on, whoever asks.
pub fn going_on_one(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: CircleId,
) -> Result<Option<Circle>, StoreError> {
    sql!(
        "SELECT c.id, c.name, c.seats, k.person_id, c.series_id FROM circle c
           LEFT JOIN seat k ON k.circle_id = c.id AND k.person_id = c.keeper_id
                AND NOT EXISTS
                    (SELECT 1 FROM person p WHERE p.id = k.person_id AND p.minor_at IS NOT NULL)
          WHERE c.movement_id = $1 AND c.id = $2 AND c.ended_at IS NULL"
    )
    .id(movement)
    .id(id)
    .maybe(tx, circle)
}

/// The names of all circles there were, so that a new one gets another.
pub fn circle_names(tx: &mut Tx<'_>, movement: MovementId) -> Result<Vec<String>, StoreError> {
    sql!("SELECT name FROM circle WHERE movement_id = $1")
        .id(movement)
        .all(tx, |row| row.text(0))
}

/// Who has taken a seat, by circle: id and name, in the order they took it. Of one circle, or of
/// all of them.
pub fn seated(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: Option<CircleId>,
) -> Result<HashMap<CircleId, Vec<(PersonId, String)>>, StoreError> {
    let seats = sql!(
        "SELECT s.circle_id, p.id, p.name FROM seat s JOIN person p ON p.id = s.person_id
          WHERE s.movement_id = $1 AND (s.circle_id = $2 OR $2 IS NULL) AND p.left_at IS NULL
          ORDER BY s.taken_at, p.id"
    )
    .id(movement)
    .maybe_id(id)
    .all(tx, |row| {
        Ok((CircleId(row.id(0)?), (PersonId(row.id(1)?), row.text(2)?)))
    })?;
    let mut circles: HashMap<CircleId, Vec<_>> = HashMap::new();
    for (circle, person) in seats {
        circles.entry(circle).or_default().push(person);
    }
    Ok(circles)
}

pub fn add_seat(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: CircleId,
    person: PersonId,
    now: Time,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO seat (circle_id, person_id, movement_id, taken_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (circle_id, person_id) DO NOTHING"
    )
    .id(id)
    .id(person)
    .id(movement)
    .int(now)
    .run(tx)
    .map(|_| ())
}

/// Since when somebody has a seat in which circle.
pub fn seats_since(tx: &mut Tx<'_>, me: &Me) -> Result<HashMap<CircleId, Time>, StoreError> {
    let all =
        sql!("SELECT circle_id, taken_at FROM seat WHERE movement_id = $1 AND person_id = $2")
            .id(me.movement)
            .id(me.person)
            .all(tx, |row| Ok((CircleId(row.id(0)?), Time(row.int(1)?))))?;
    Ok(all.into_iter().collect())
}

/// Frees somebody's seat, and lets go of what they were to do with it.
pub fn free_seat(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: CircleId,
    person: PersonId,
) -> Result<(), StoreError> {
    set_consent(tx, movement, (id, person), None)?;
    drop_stand_ins_for(tx, movement, id, person)?;
    drop_notes_of(tx, movement, (Some(id), person))?;
    drop_planned_of(tx, movement, (Some(id), person))?;
    sql!("DELETE FROM seat WHERE movement_id = $1 AND circle_id = $2 AND person_id = $3")
        .id(movement)
        .id(id)
        .id(person)
        .run(tx)
        .map(|_| ())
}

pub fn rename(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: CircleId,
    name: &str,
) -> Result<(), StoreError> {
    sql!("UPDATE circle SET name = $3 WHERE movement_id = $1 AND id = $2")
        .id(movement)
        .id(id)
        .text(name)
        .run(tx)
        .map(|_| ())
}

/// How many seats a circle has from now on, free ones too.
pub fn set_seats(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: CircleId,
    seats: u32,
) -> Result<(), StoreError> {
    sql!("UPDATE circle SET seats = $3 WHERE movement_id = $1 AND id = $2")
        .id(movement)
        .id(id)
        .int(seats)
        .run(tx)
        .map(|_| ())
}

/// Which series a circle meets by from now on.
pub fn set_series(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: CircleId,
    series: SeriesId,
) -> Result<(), StoreError> {
    sql!("UPDATE circle SET series_id = $3 WHERE movement_id = $1 AND id = $2")
        .id(movement)
        .id(id)
        .id(series)
        .run(tx)
        .map(|_| ())
}

/// Who keeps a circle from now on.
pub fn set_keeper(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: CircleId,
    keeper: PersonId,
) -> Result<(), StoreError> {
    sql!("UPDATE circle SET keeper_id = $3 WHERE movement_id = $1 AND id = $2")
        .id(movement)
        .id(id)
        .id(keeper)
        .run(tx)
        .map(|_| ())
}

/// Nobody keeps, from now on, what somebody kept.
pub fn drop_keeper(
    tx: &mut Tx<'_>,
    movement: MovementId,
    keeper: PersonId,
) -> Result<(), StoreError> {
    sql!("UPDATE circle SET keeper_id = NULL WHERE movement_id = $1 AND keeper_id = $2")
        .id(movement)
        .id(keeper)
        .run(tx)
        .map(|_| ())
}

/// Frees every seat somebody has in circles that go on, and ends their calendar address.
pub fn free_all(tx: &mut Tx<'_>, movement: MovementId, person: PersonId) -> Result<(), StoreError> {
    sql!(
        "DELETE FROM seat WHERE movement_id = $1 AND person_id = $2
            AND circle_id IN (SELECT id FROM circle WHERE movement_id = $1 AND ended_at IS NULL)"
    )
    .id(movement)
    .id(person)
    .run(tx)?;
    // Not taken out but renewed: an address that was stopped stays stopped for whoever comes back.
    renew_feed(tx, movement, person)
}

/// A circle that has come to its end. Its seats stay, so that who sat together is known.
pub fn end(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: CircleId,
    now: Time,
) -> Result<(), StoreError> {
    sql!("UPDATE circle SET ended_at = $3 WHERE movement_id = $1 AND id = $2")
        .id(movement)
        .id(id)
        .int(now)
        .run(tx)
        .map(|_| ())
}

/// The names of circles that ended while somebody had a seat in them.
pub fn ended_of(tx: &mut Tx<'_>, me: &Me) -> Result<Vec<String>, StoreError> {
    sql!(
        "SELECT c.name FROM seat s JOIN circle c ON c.id = s.circle_id
          WHERE s.movement_id = $1 AND s.person_id = $2 AND c.ended_at IS NOT NULL
          ORDER BY c.ended_at, c.id"
    )
    .id(me.movement)
    .id(me.person)
    .all(tx, |row| row.text(0))
}

/// The circles in a person's calendar.
pub fn feed_entries(
    tx: &mut Tx<'_>,
    movement: MovementId,
    person: PersonId,
) -> Result<Vec<Entry>, StoreError> {
    let circles = sql!(
        "SELECT c.name, c.series_id FROM circle c JOIN seat s ON s.circle_id = c.id
          WHERE c.movement_id = $1 AND s.person_id = $2 AND c.ended_at IS NULL ORDER BY c.name"
    )
    .id(movement)
    .id(person)
    .all(tx, |row| Ok((row.text(0)?, SeriesId(row.id(1)?))))?;
    let wave = movement::wave(tx, movement)?;
    let mut series = meeting::all(tx, movement)?;
    let entry = |(name, id)| {
        let meetings = series.remove(&id)?;
        Some(Entry {
            name,
            meetings,
            wave,
            alarms: None,
        })
    };
    Ok(circles.into_iter().filter_map(entry).collect())
}

/// How often somebody's calendar address was renewed; 0 before the first time.
pub fn feed_turn(
    tx: &mut Tx<'_>,
    movement: MovementId,
    person: PersonId,
) -> Result<i64, StoreError> {
    sql!("SELECT turn FROM feed WHERE movement_id = $1 AND person_id = $2")
        .id(movement)
        .id(person)
        .maybe(tx, |row| row.int(0))
        .map(|turn| turn.unwrap_or(0))
}

pub fn renew_feed(
    tx: &mut Tx<'_>,
    movement: MovementId,
    person: PersonId,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO feed (person_id, movement_id, turn) VALUES ($1, $2, 1)
         ON CONFLICT (person_id) DO UPDATE SET turn = feed.turn + 1"
    )
    .id(person)
    .id(movement)
    .run(tx)
    .map(|_| ())
}

/// The series of a circle, whether it goes on or not.
pub fn series_of(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: CircleId,
) -> Result<Option<SeriesId>, StoreError> {
    sql!("SELECT series_id FROM circle WHERE movement_id = $1 AND id = $2")
        .id(movement)
        .id(id)
        .maybe(tx, |row| row.id(0).map(SeriesId))
}
