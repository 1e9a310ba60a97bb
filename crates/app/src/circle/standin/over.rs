//! After a meeting to which somebody came for somebody else: for whom is forgotten, and that they
//! came is known until they were asked how it left them.

use std::collections::HashMap;

use jiff::civil::Date;
use mend_rules::after::is_asked;
use mend_rules::id::{CircleId, MovementId, PersonId, SeriesId};
use mend_rules::meeting::Meeting;
use mend_rules::standin::AROUND;
use mend_rules::time::Time;
use mend_rules::wave::Wave;
use mend_store::{StoreError, Tx};

use super::{all_agreed, ids};
use crate::circle::acts::Circle;
use crate::circle::rows;
use crate::meeting::{self, Meetings, moment};
use crate::movement;
use crate::web::Me;

/// The meetings of circles that go on.
struct Calendar {
    circles: Vec<Circle>,
    series: HashMap<SeriesId, Meetings>,
    wave: Option<Wave>,
}

impl Calendar {
    fn load(tx: &mut Tx<'_>, movement: MovementId) -> Result<Self, StoreError> {
        Ok(Self {
            circles: rows::going_on(tx, movement)?,
            series: meeting::all(tx, movement)?,
            wave: movement::wave(tx, movement)?,
        })
    }

    /// The meeting that falls on a day by its series, where it takes place.
    fn on(&self, id: CircleId, day: Date) -> Option<Meeting> {
        let circle = self.circles.iter().find(|circle| circle.id == id)?;
        let one = self.series.get(&circle.series)?.on(day)?;
        (!one.is_cancelled()).then_some(one)
    }

    /// Whether it is asked now how that meeting left somebody.
    fn asks_of(&self, id: CircleId, day: Date, now: Time) -> bool {
        let one = self.on(id, day);
        one.is_some_and(|one| is_asked(meeting::ended(&one, self.wave), now))
    }
}

/// Lets go of stand-ins whose meeting is over or is no more, and of who came where they were asked
/// how it left them.
pub fn sweep(tx: &mut Tx<'_>, movement: MovementId, now: Time) -> Result<(), StoreError> {
    rows::drop_closed_stand_ins(tx, movement, now)?;
    let (standing, came) = (
        rows::stand_ins(tx, movement)?,
        rows::stood_in(tx, movement)?,
    );
    if standing.is_empty() && came.is_empty() {
        return Ok(());
    }
    let calendar = Calendar::load(tx, movement)?;
    for (id, on, _) in came {
        let day_ago = moment(now.days(-1));
        let waits = calendar.on(id, on).is_some_and(|one| one.ends() > day_ago);
        if !waits && !calendar.asks_of(id, on, now) {
            rows::drop_stood_in(tx, movement, id, on)?;
        }
    }
    let agreed = all_agreed(tx, movement)?;
    let over = moment(now.minutes(-AROUND));
    for (id, all) in standing {
        for one in all {
            let meeting = calendar.on(id, one.on);
            let begun = meeting
                .as_ref()
                .is_some_and(|one| one.begins <= moment(now));
            // Who gets or gives up a seat afterwards changes nothing of what was agreed.
            if begun && agreed.contains(&(id, one.on, one.pair)) {
                rows::add_stood_in(tx, movement, id, (one.on, one.pair.who))?;
            }
            if meeting.is_none_or(|one| one.ends() <= over) {
                rows::drop_stand_in(tx, movement, id, (one.on, one.pair.of))?;
            }
        }
    }
    Ok(())
}

/// The circles to which somebody came for somebody else a day ago, and in which they have no seat.
pub fn stood(tx: &mut Tx<'_>, me: &Me, now: Time) -> Result<Vec<Circle>, StoreError> {
    let mut own = rows::stood_in(tx, me.movement)?;
    own.retain(|(.., who)| *who == me.person);
    // Almost always there are none, and Home asks this whenever it is opened.
    if own.is_empty() {
        return Ok(Vec::new());
    }
    let seated = rows::seated(tx, me.movement, None)?;
    let calendar = Calendar::load(tx, me.movement)?;
    let mut asked = calendar.circles.clone();
    asked.retain(|circle| {
        let seats = seated.get(&circle.id).map_or(&[][..], Vec::as_slice);
        let mut days = own.iter().filter(|(id, ..)| *id == circle.id);
        !ids(seats).contains(&me.person) && days.any(|(id, on, _)| calendar.asks_of(*id, *on, now))
    });
    Ok(asked)
}

/// The meetings to which somebody came lately for somebody else, for their own file.
pub fn came(tx: &mut Tx<'_>, me: &Me) -> Result<Vec<String>, StoreError> {
    let circles = rows::going_on(tx, me.movement)?;
    let said = |(id, on, who): (CircleId, Date, PersonId)| {
        let circle = circles.iter().find(|circle| circle.id == id)?;
        (who == me.person).then(|| format!("{}: {on}", circle.name))
    };
    let all = rows::stood_in(tx, me.movement)?.into_iter();
    Ok(all.filter_map(said).collect())
}
