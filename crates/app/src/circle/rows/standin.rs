//! Stand-ins, and who has said yes to them.

use std::collections::HashMap;

use jiff::civil::Date;
use mend_rules::id::{CircleId, MovementId, PersonId};
use mend_rules::standin::StandIn;
use mend_rules::time::Time;
use mend_store::{StoreError, Tx, sql};

/// Somebody who would come to one meeting for somebody else.
#[derive(Debug, Clone)]
pub struct Standing {
    pub on: Date,
    pub pair: StandIn,
    pub yes: Vec<PersonId>,
}

/// Those of every circle, in the order of the days.
pub fn stand_ins(
    tx: &mut Tx<'_>,
    movement: MovementId,
) -> Result<HashMap<CircleId, Vec<Standing>>, StoreError> {
    let rows = sql!(
        "SELECT s.circle_id, s.on_day, s.for_id, s.person_id, y.person_id FROM stand_in s
           LEFT JOIN stand_in_yes y
             ON y.circle_id = s.circle_id AND y.on_day = s.on_day AND y.for_id = s.for_id
          WHERE s.movement_id = $1 ORDER BY s.circle_id, s.on_day, s.for_id"
    )
    .id(movement)
    .all(tx, |row| {
        let odd = || StoreError::Odd("a stand-in without a day".into());
        let pair = StandIn {
            of: PersonId(row.id(2)?),
            who: PersonId(row.id(3)?),
        };
        let on: Date = row.text(1)?.parse().map_err(|_| odd())?;
        Ok((
            CircleId(row.id(0)?),
            on,
            pair,
            row.maybe_id(4)?.map(PersonId),
        ))
    })?;
    let mut all: HashMap<CircleId, Vec<Standing>> = HashMap::new();
    for (circle, on, pair, yes) in rows {
        let of_circle = all.entry(circle).or_default();
        match of_circle
            .last_mut()
            .filter(|last| (last.on, last.pair) == (on, pair))
        {
            Some(last) => last.yes.extend(yes),
            None => of_circle.push(Standing {
                on,
                pair,
                yes: yes.into_iter().collect(),
            }),
        }
    }
    Ok(all)
}

/// Whether anybody is asked for in a circle.
pub fn has_stand_ins(
    tx: &mut Tx<'_>,
    movement: MovementId,
    circle: CircleId,
) -> Result<bool, StoreError> {
    sql!("SELECT COUNT(*) FROM stand_in WHERE movement_id = $1 AND circle_id = $2")
        .id(movement)
        .id(circle)
        .one(tx, |row| Ok(row.int(0)? > 0))
}

/// Asks for somebody to come; one at a time for each seat and meeting.
pub fn add_stand_in(
    tx: &mut Tx<'_>,
    movement: MovementId,
    circle: CircleId,
    (on, pair): (Date, StandIn),
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO stand_in (circle_id, on_day, for_id, movement_id, person_id)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (circle_id, on_day, for_id) DO NOTHING"
    )
    .id(circle)
    .text(on.to_string())
    .id(pair.of)
    .id(movement)
    .id(pair.who)
    .run(tx)
    .map(|_| ())
}

pub fn set_stand_in_yes(
    tx: &mut Tx<'_>,
    movement: MovementId,
    circle: CircleId,
    (on, of): (Date, PersonId),
    by: PersonId,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO stand_in_yes (circle_id, on_day, for_id, person_id, movement_id)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (circle_id, on_day, for_id, person_id) DO NOTHING"
    )
    .id(circle)
    .text(on.to_string())
    .id(of)
    .id(by)
    .id(movement)
    .run(tx)
    .map(|_| ())
}

pub fn drop_stand_in(
    tx: &mut Tx<'_>,
    movement: MovementId,
    circle: CircleId,
    (on, of): (Date, PersonId),
) -> Result<(), StoreError> {
    sql!(
        "DELETE FROM stand_in
          WHERE movement_id = $1 AND circle_id = $2 AND on_day = $3 AND for_id = $4"
    )
    .id(movement)
    .id(circle)
    .text(on.to_string())
    .id(of)
    .run(tx)
    .map(|_| ())
}

/// How many questions of somebody are open, in all circles.
pub fn count_stand_ins_for(
    tx: &mut Tx<'_>,
    movement: MovementId,
    of: PersonId,
) -> Result<i64, StoreError> {
    sql!("SELECT COUNT(*) FROM stand_in WHERE movement_id = $1 AND for_id = $2")
        .id(movement)
        .id(of)
        .one(tx, |row| row.int(0))
}

/// Remembers by a keyed print that something is not asked again before a day.
pub fn close_stand_in(
    tx: &mut Tx<'_>,
    movement: MovementId,
    print: &[u8],
    ends: Time,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO stand_in_closed (print, movement_id, ends_at) VALUES ($1, $2, $3)
         ON CONFLICT (print) DO NOTHING"
    )
    .bytes(print)
    .id(movement)
    .int(ends)
    .run(tx)
    .map(|_| ())
}

pub fn is_closed_stand_in(
    tx: &mut Tx<'_>,
    movement: MovementId,
    print: &[u8],
) -> Result<bool, StoreError> {
    sql!("SELECT COUNT(*) FROM stand_in_closed WHERE movement_id = $1 AND print = $2")
        .id(movement)
        .bytes(print)
        .one(tx, |row| Ok(row.int(0)? > 0))
}

pub fn drop_closed_stand_ins(
    tx: &mut Tx<'_>,
    movement: MovementId,
    now: Time,
) -> Result<(), StoreError> {
    sql!("DELETE FROM stand_in_closed WHERE movement_id = $1 AND ends_at <= $2")
        .id(movement)
        .int(now)
        .run(tx)
        .map(|_| ())
}

/// Notes that somebody came to a meeting, and not for whom.
pub fn add_stood_in(
    tx: &mut Tx<'_>,
    movement: MovementId,
    circle: CircleId,
    (on, who): (Date, PersonId),
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO stood_in (circle_id, on_day, person_id, movement_id) VALUES ($1, $2, $3, $4)
         ON CONFLICT (circle_id, on_day, person_id) DO NOTHING"
    )
    .id(circle)
    .text(on.to_string())
    .id(who)
    .id(movement)
    .run(tx)
    .map(|_| ())
}

/// Who came lately to which meetings for somebody else.
pub fn stood_in(
    tx: &mut Tx<'_>,
    movement: MovementId,
) -> Result<Vec<(CircleId, Date, PersonId)>, StoreError> {
    let odd = || StoreError::Odd("a stand-in without a day".into());
    sql!(
        "SELECT circle_id, on_day, person_id FROM stood_in
          WHERE movement_id = $1 ORDER BY on_day, circle_id"
    )
    .id(movement)
    .all(tx, |row| {
        let on: Date = row.text(1)?.parse().map_err(|_| odd())?;
        Ok((CircleId(row.id(0)?), on, PersonId(row.id(2)?)))
    })
}

/// Forgets who came to one meeting for somebody else.
pub fn drop_stood_in(
    tx: &mut Tx<'_>,
    movement: MovementId,
    circle: CircleId,
    on: Date,
) -> Result<(), StoreError> {
    sql!("DELETE FROM stood_in WHERE movement_id = $1 AND circle_id = $2 AND on_day = $3")
        .id(movement)
        .id(circle)
        .text(on.to_string())
        .run(tx)
        .map(|_| ())
}

/// Somebody who gives their seat back needs nobody to come for them.
pub fn drop_stand_ins_for(
    tx: &mut Tx<'_>,
    movement: MovementId,
    circle: CircleId,
    of: PersonId,
) -> Result<(), StoreError> {
    sql!("DELETE FROM stand_in WHERE movement_id = $1 AND circle_id = $2 AND for_id = $3")
        .id(movement)
        .id(circle)
        .id(of)
        .run(tx)
        .map(|_| ())
}

/// Somebody who leaves stands in for nobody, and nobody for them.
pub fn drop_stand_ins_of(
    tx: &mut Tx<'_>,
    movement: MovementId,
    person: PersonId,
) -> Result<(), StoreError> {
    sql!("DELETE FROM stand_in WHERE movement_id = $1 AND (for_id = $2 OR person_id = $2)")
        .id(movement)
        .id(person)
        .run(tx)?;
    sql!("DELETE FROM stood_in WHERE movement_id = $1 AND person_id = $2")
        .id(movement)
        .id(person)
        .run(tx)?;
    sql!("DELETE FROM stand_in_yes WHERE movement_id = $1 AND person_id = $2")
        .id(movement)
        .id(person)
        .run(tx)
        .map(|_| ())
}
