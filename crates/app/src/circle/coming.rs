//! Whose next meeting is when, for reminders, and telling people of a circle that they would come
//! at a wrong hour or to a wrong place.

use jiff::civil::Date;
use mend_rules::id::{CircleId, MovementId, PersonId, SeriesId};
use mend_rules::standin::StandIn;
use mend_rules::time::Time;
use mend_store::{StoreError, Tx};

use super::acts::Circle;
use super::{rows, standin};
use crate::meeting::{self, Meetings, moment};
use crate::post;
use crate::web::Me;

/// A meeting that comes for somebody with a seat.
#[derive(Debug, Clone, Copy)]
pub struct Coming {
    pub person: PersonId,
    pub series: SeriesId,
    pub begins: Time,
}

/// Meetings further away than so many days are nothing to be reminded of yet.
const DAYS: i64 = 3;

/// The next meetings of everybody who has a seat in a circle that goes on: as they were moved, and
/// without those that do not take place or at which somebody stands in for them.
pub fn coming(tx: &mut Tx<'_>, movement: MovementId, now: Time) -> Result<Vec<Coming>, StoreError> {
    let series = meeting::all(tx, movement)?;
    let mut seated = rows::seated(tx, movement, None)?;
    let agreed = standin::all_agreed(tx, movement)?;
    let mut all = Vec::new();
    for circle in rows::going_on(tx, movement)? {
        let Some(meetings) = series.get(&circle.series) else {
            continue;
        };
        let next = next(meetings, now);
        let seated = seated.remove(&circle.id).unwrap_or_default();
        for (series, on, begins) in next {
            let here = |(id, day, _): &&(CircleId, Date, StandIn)| (*id, *day) == (circle.id, on);
            let pairs: Vec<_> = agreed.iter().filter(here).collect();
            let people = seated.iter().map(|(person, _)| *person);
            let stay = people.filter(|id| pairs.iter().all(|(.., pair)| pair.of != *id));
            let come = pairs.iter().map(|(.., pair)| pair.who);
            all.extend(stay.chain(come).map(|person| Coming {
                person,
                series,
                begins,
            }));
        }
    }
    Ok(all)
}

/// The meetings of the next days. A meeting keeps the series it belongs to when another follows.
fn next(meetings: &Meetings, now: Time) -> Vec<(SeriesId, Date, Time)> {
    let far = moment(now.days(DAYS));
    let coming = meetings.coming(now).take_while(|one| one.begins < far);
    coming
        .filter(|one| !one.is_cancelled())
        .map(|one| {
            let series = meetings.part(one.on).id;
            (series, one.on, one.begins.timestamp().into())
        })
        .collect()
}

/// Writes to those who have a seat when meetings to come are at another hour or place than before,
/// or are no more. Nothing else is worth a letter.
pub fn tell_of_change(
    tx: &mut Tx<'_>,
    me: &Me,
    (circle, before): (&Circle, &Meetings),
    now: Time,
) -> Result<(), StoreError> {
    let series = rows::kept_by(tx, me, circle.id)?.map_or(circle.series, |kept| kept.series);
    let after = meeting::get(tx, me.movement, series)?;
    if let Some(after) = &after {
        standin::let_go_of_moved(tx, me, circle.id, (before, after), now)?;
        if meeting::is_elsewhere(before, after, now) {
            tell(tx, me, circle.id, now)?;
        }
    }
    Ok(())
}

/// Writes to those who have a seat that a circle ends, if they would come to it.
pub fn tell_of_end(tx: &mut Tx<'_>, me: &Me, circle: &Circle, now: Time) -> Result<(), StoreError> {
    let meetings = meeting::get(tx, me.movement, circle.series)?;
    let comes = meetings.is_some_and(|meetings| meetings.next(now).is_some());
    if comes {
        tell(tx, me, circle.id, now)?;
        standin::tell_of_end(tx, me, circle.id, now)?;
    }
    Ok(())
}

/// Writes to everybody with a seat but to whoever does the deed, who knows.
fn tell(tx: &mut Tx<'_>, me: &Me, id: CircleId, now: Time) -> Result<(), StoreError> {
    let seated = rows::seated(tx, me.movement, Some(id))?;
    let seated = seated.get(&id).map_or(&[][..], Vec::as_slice);
    for (person, _) in seated.iter().filter(|(person, _)| *person != me.person) {
        post::changed(tx, me.movement, *person, now)?;
    }
    Ok(())
}
