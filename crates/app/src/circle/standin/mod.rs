//! Stand-ins: for one meeting somebody comes in the place of somebody who cannot, when everybody
//! in the circle and the one who would come have said yes.
//! Never: shows who would rather not; keeps after the meeting for whom somebody came.

mod acts;
mod over;
mod paper;
mod shown;
pub mod view;

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use mend_rules::id::{CircleId, MovementId, PersonId};
use mend_rules::meeting::Meeting;
use mend_rules::people::Age;
use mend_rules::standin::{StandIn, asked, is_agreed, lets_in, may_meet};
use mend_rules::time::Time;
use mend_store::{StoreError, Tx};

pub use acts::say;
pub use over::{came, stood, sweep};
pub use shown::{Asked, exported, home, of_meeting};

use super::acts::{self as circles, Circle, Seated};
use super::rows::{self, Standing};
use crate::meeting::feed::Entry;
use crate::meeting::{self, Meetings};
use crate::web::{Me, Problem};
use crate::{movement, post};

const GONE: Problem = Problem::Refused("standin-gone");

fn ids(seated: &[(PersonId, String)]) -> Vec<PersonId> {
    seated.iter().map(|(id, _)| *id).collect()
}

/// Those of one circle that are agreed: everybody has said yes, and those who would be there that
/// day may sit together.
fn agreed_of(
    all: &[Standing],
    seated: &[PersonId],
    minors: &HashSet<PersonId>,
) -> Vec<(Date, StandIn)> {
    let said = all
        .iter()
        .filter(|one| is_agreed(one.pair, seated, &one.yes));
    let said: Vec<_> = said.map(|one| (one.on, one.pair)).collect();
    let age = |id: PersonId| Age::of(minors.contains(&id));
    let meet = |(on, _): &(Date, StandIn)| {
        let that_day = said.iter().filter(|one| one.0 == *on);
        let pairs: Vec<StandIn> = that_day.map(|one| one.1).collect();
        may_meet(&pairs, seated, age)
    };
    said.iter().copied().filter(meet).collect()
}

/// A circle as far as its stand-ins go.
struct Found {
    circle: Circle,
    meetings: Meetings,
    seated: Seated,
    all: Vec<Standing>,
    agreed: Vec<(Date, StandIn)>,
    minors: HashSet<PersonId>,
    names: HashMap<PersonId, String>,
}

impl Found {
    fn name(&self, id: PersonId) -> &str {
        self.names.get(&id).map_or("", String::as_str)
    }

    fn is_agreed(&self, one: &Standing) -> bool {
        self.agreed.contains(&(one.on, one.pair))
    }

    fn of(&self, on: Date, of: PersonId) -> Option<&Standing> {
        let found = |one: &&Standing| one.on == on && one.pair.of == of;
        self.all.iter().find(found)
    }

    /// Those in which somebody is asked or has asked.
    fn about(&self, me: PersonId) -> impl Iterator<Item = &Standing> {
        let ids = ids(&self.seated);
        let about = move |pair: StandIn| pair.of == me || asked(pair, &ids).contains(&me);
        self.all.iter().filter(move |one| about(one.pair))
    }
}

/// Every circle in which somebody is asked for a yes or stands in, or one of them.
fn find(tx: &mut Tx<'_>, me: &Me, only: Option<CircleId>) -> Result<Vec<Found>, StoreError> {
    let mut all = rows::stand_ins(tx, me.movement)?;
    if all.is_empty() && only.is_none() {
        return Ok(Vec::new());
    }
    let mut series = meeting::all(tx, me.movement)?;
    let mut seated = rows::seated(tx, me.movement, None)?;
    let names = circles::names(tx, me.movement)?;
    let minors = movement::minors(tx, me.movement)?;
    let circles = rows::going_on(tx, me.movement)?.into_iter();
    let is_wanted = |one: &Circle| match only {
        Some(id) => one.id == id,
        None => all.contains_key(&one.id),
    };
    let wanted: Vec<Circle> = circles.filter(is_wanted).collect();
    let found = |circle: Circle| {
        let seated = seated.remove(&circle.id).unwrap_or_default();
        let all = all.remove(&circle.id).unwrap_or_default();
        Some(Found {
            meetings: series.remove(&circle.series)?,
            agreed: agreed_of(&all, &ids(&seated), &minors),
            minors: minors.clone(),
            seated,
            all,
            names: names.clone(),
            circle,
        })
    };
    Ok(wanted.into_iter().filter_map(found).collect())
}

/// Those who stand in at a meeting that is near enough to be let in, for one circle.
pub fn let_in(tx: &mut Tx<'_>, me: &Me, id: CircleId, now: Time) -> Result<Seated, StoreError> {
    // Almost always nobody stands in, and a live circle asks this with every deed.
    if !rows::has_stand_ins(tx, me.movement, id)? {
        return Ok(Seated::new());
    }
    let Some(found) = find(tx, me, Some(id))?.pop() else {
        return Ok(Seated::new());
    };
    let is_near = |on| {
        let one: Option<Meeting> = found.meetings.on(on);
        one.filter(|one| !one.is_cancelled()).is_some_and(|one| {
            let begins = Time::from(one.begins.timestamp());
            lets_in(begins, found.meetings.part(on).series.minutes, now)
        })
    };
    let come = found
        .all
        .iter()
        .filter(|one| found.is_agreed(one) && is_near(one.on));
    Ok(come
        .map(|one| (one.pair.who, found.name(one.pair.who).to_owned()))
        .collect())
}

/// What is agreed: who comes for whom to which circle and on which day.
pub fn all_agreed(
    tx: &mut Tx<'_>,
    place: MovementId,
) -> Result<Vec<(CircleId, Date, StandIn)>, StoreError> {
    let seated = rows::seated(tx, place, None)?;
    let minors = movement::minors(tx, place)?;
    let mut found = Vec::new();
    for (circle, all) in rows::stand_ins(tx, place)? {
        let seats = seated.get(&circle).map_or(&[][..], Vec::as_slice);
        let agreed = agreed_of(&all, &ids(seats), &minors).into_iter();
        found.extend(agreed.map(|(on, pair)| (circle, on, pair)));
    }
    Ok(found)
}

/// Lets go of those whose meeting is at another hour or place than before, or is left out: what was
/// agreed was agreed for that hour. Whoever would have come, and for whom, are told.
pub fn let_go_of_moved(
    tx: &mut Tx<'_>,
    me: &Me,
    id: CircleId,
    (before, after): (&Meetings, &Meetings),
    now: Time,
) -> Result<(), StoreError> {
    let where_and_when = |meetings: &Meetings, on| {
        let one = meetings.on(on).filter(|one| !one.is_cancelled())?;
        Some(meeting::where_and_when(meetings, one))
    };
    for one in rows::stand_ins(tx, me.movement)?
        .remove(&id)
        .unwrap_or_default()
    {
        if where_and_when(before, one.on) != where_and_when(after, one.on) {
            rows::drop_stand_in(tx, me.movement, id, (one.on, one.pair.of))?;
            tell(tx, me, &[one.pair.of, one.pair.who], now)?;
        }
    }
    Ok(())
}

/// Tells whoever would have come that the circle ends.
pub fn tell_of_end(tx: &mut Tx<'_>, me: &Me, id: CircleId, now: Time) -> Result<(), StoreError> {
    let all = rows::stand_ins(tx, me.movement)?
        .remove(&id)
        .unwrap_or_default();
    let who: Vec<_> = all.iter().map(|one| one.pair.who).collect();
    tell(tx, me, &who, now)
}

/// The meetings at which somebody stands in, for their calendar.
pub fn entries(
    tx: &mut Tx<'_>,
    movement: MovementId,
    person: PersonId,
) -> Result<Vec<Entry>, StoreError> {
    let (series, wave) = (meeting::all(tx, movement)?, movement::wave(tx, movement)?);
    let circles = rows::going_on(tx, movement)?;
    let entry = |(id, on, pair): (CircleId, Date, StandIn)| {
        let circle = circles
            .iter()
            .find(|circle| circle.id == id && pair.who == person)?;
        Some(Entry {
            name: circle.name.clone(),
            meetings: series.get(&circle.series)?.only(on),
            wave,
            alarms: None,
        })
    };
    Ok(all_agreed(tx, movement)?
        .into_iter()
        .filter_map(entry)
        .collect())
}

fn tell(tx: &mut Tx<'_>, me: &Me, all: &[PersonId], now: Time) -> Result<(), StoreError> {
    for person in all.iter().filter(|id| **id != me.person) {
        post::changed(tx, me.movement, *person, now)?;
    }
    Ok(())
}
