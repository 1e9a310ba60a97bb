//! What can be done with meetings. Whether somebody may, the circle's room has decided.

use jiff::civil::{Date, DateTime};
use jiff::{ToSpan, Zoned};
use mend_rules::id::{MovementId, SeriesId};
use mend_rules::meeting::{self as rule, Change, ChangeTrouble, Ends, Series};
use mend_rules::time::Time;
use mend_store::Tx;

use super::form::Plan;
use super::{Meetings, moment, rows};
use crate::app::fresh;
use crate::web::Problem;

impl From<ChangeTrouble> for Problem {
    fn from(trouble: ChangeTrouble) -> Self {
        match trouble {
            ChangeTrouble::NotThere => Self::NotFound,
            ChangeTrouble::Past => Self::Refused("meeting-past"),
            ChangeTrouble::Order => Self::Refused("meeting-order"),
        }
    }
}

/// Saves the series of a meeting again, so that calendars learn that something of it changed.
fn touch(tx: &mut Tx<'_>, movement: MovementId, part: &Meetings, now: Time) -> Result<(), Problem> {
    let changed = Meetings {
        changed_at: now,
        ..part.clone()
    };
    Ok(rows::save(tx, movement, &changed)?)
}

fn set_change(
    tx: &mut Tx<'_>,
    movement: MovementId,
    part: &Meetings,
    change: &Change,
    now: Time,
) -> Result<(), Problem> {
    rows::set_change(tx, movement, part.id, change)?;
    touch(tx, movement, part, now)
}

fn found(meetings: &Meetings, on: Date, now: Time) -> Result<rule::Meeting, Problem> {
    let found = meetings.on(on).ok_or(Problem::NotFound)?;
    if found.begins <= moment(now) {
        return Err(Problem::Refused("meeting-past"));
    }
    Ok(found)
}

/// Moves one meeting to another time on the clock of its series, and to another place if one is
/// named.
pub fn move_one(
    tx: &mut Tx<'_>,
    movement: MovementId,
    meetings: &Meetings,
    (on, to, place): (Date, DateTime, &str),
    now: Time,
) -> Result<(), Problem> {
    let part = meetings.part(on);
    let there = to.to_zoned(part.series.zone.clone());
    let there = there.map_err(|_| Problem::Refused("meeting-wrong"))?;
    rule::check_move(meetings.every(), on, &there, &moment(now))?;

    let usual = part.series.begins(on);
    let change = Change {
        on,
        to: (usual != Some(there)).then_some(to),
        place: place.to_owned(),
        cancelled: false,
    };
    set_change(tx, movement, part, &change, now)
}

/// Cancels one meeting; it stays where it is, as one that does not take place.
pub fn skip_one(
    tx: &mut Tx<'_>,
    movement: MovementId,
    meetings: &Meetings,
    on: Date,
    now: Time,
) -> Result<(), Problem> {
    found(meetings, on, now)?;
    let part = meetings.part(on);
    let before = part.changes.iter().find(|change| change.on == on);
    let change = Change {
        on,
        to: before.and_then(|change| change.to),
        place: before
            .map(|change| change.place.clone())
            .unwrap_or_default(),
        cancelled: true,
    };
    set_change(tx, movement, part, &change, now)
}

/// Lets a meeting that was moved or cancelled be as its series says.
pub fn undo_one(
    tx: &mut Tx<'_>,
    movement: MovementId,
    meetings: &Meetings,
    on: Date,
    now: Time,
) -> Result<(), Problem> {
    let part = meetings.part(on);
    rule::check_undo(meetings.every(), &part.series, on, &moment(now))?;
    rows::drop_change(tx, movement, part.id, on)?;
    touch(tx, movement, part, now)
}

/// What a circle chooses for one meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// What its own way says.
    Way,
    Step(u32),
    /// A group inventory, and no step.
    Inventory,
}

/// Chooses what one meeting is for.
pub fn choose(
    tx: &mut Tx<'_>,
    movement: MovementId,
    meetings: &Meetings,
    (on, chosen): (Date, Chosen),
) -> Result<(), Problem> {
    let meeting = meetings.on(on).ok_or(Problem::NotFound)?;
    let number = meeting.number.unwrap_or(1);
    let step = match chosen {
        Chosen::Step(step) if !(1..=12).contains(&step) || rule::fits_from(step) > number => {
            return Err(Problem::Refused("step-too-early"));
        }
        Chosen::Inventory if meeting.minutes < rule::INVENTORY.into() => {
            return Err(Problem::Refused("inventory-no-time"));
        }
        Chosen::Step(step) => Some(step),
        Chosen::Way | Chosen::Inventory => None,
    };
    let of = (meetings.part(on).id, on);
    rows::set_step(tx, movement, of, step)?;
    Ok(rows::set_inventory(
        tx,
        movement,
        of,
        chosen == Chosen::Inventory,
    )?)
}

/// Ends a series before a day; the circle goes on without a date.
pub fn end(
    tx: &mut Tx<'_>,
    movement: MovementId,
    meetings: &Meetings,
    from: Date,
    now: Time,
) -> Result<(), Problem> {
    found(meetings, from, now)?;
    let part = meetings.part(from);
    let last = part.series.days().take_while(|day| *day < from).last();
    let eve = from.saturating_sub(1.day());
    let ended = Meetings {
        series: Series {
            ends: Ends::On(last.unwrap_or(eve)),
            ..part.series.clone()
        },
        changed_at: now,
        ..part.clone()
    };
    rows::drop_from(tx, movement, part.id, from)?;
    Ok(rows::save(tx, movement, &ended)?)
}

/// Changes when and where a circle meets, from a day on or from now. Where the rhythm changes and
/// meetings of the old one have been, the old series ends and another begins: what was stays as it
/// was. Gives the series that goes on.
pub fn change(
    tx: &mut Tx<'_>,
    movement: MovementId,
    meetings: &Meetings,
    (plan, from): (&Plan, Option<Date>),
    now: Time,
) -> Result<SeriesId, Problem> {
    let next = plan.series(&meetings.series.zone, meetings.series.first_on);
    let changed = Meetings {
        format: plan.format,
        place: plan.place.clone(),
        link: plan.link.clone(),
        dial: plan.dial.clone(),
        changed_at: now,
        ..meetings.clone()
    };
    let goes_on = meetings.coming(now).next().is_some();
    if !goes_on || !is_rhythm(&next, &meetings.series) {
        return turn(tx, movement, changed, (&next, from), now);
    }
    let series = Series {
        ends: still(meetings, next.ends, now),
        ..meetings.series.clone()
    };
    rows::save(tx, movement, &Meetings { series, ..changed })?;
    Ok(meetings.id)
}

/// An end as a series of which meetings have been keeps it: what was stays, and a number counts
/// those to come.
fn still(meetings: &Meetings, ends: Ends, now: Time) -> Ends {
    let moment = moment(now);
    let own = rule::meetings([(&meetings.series, &meetings.changes[..])]);
    let begun = own.take_while(|one| one.begins <= moment).count();
    match ends {
        Ends::Open => Ends::Open,
        Ends::After(count) => Ends::After(count + u32::try_from(begun).unwrap_or(0)),
        Ends::On(last) => Ends::On(last.max(free_from(meetings, now).saturating_sub(1.day()))),
    }
}

/// Whether two series meet at the same times but for their end.
fn is_rhythm(one: &Series, other: &Series) -> bool {
    let bare = |series: &Series| {
        (
            series.cadence,
            series.weekday,
            series.starts,
            series.minutes,
        )
    };
    bare(one) == bare(other)
}

fn turn(
    tx: &mut Tx<'_>,
    movement: MovementId,
    changed: Meetings,
    (next, from): (&Series, Option<Date>),
    now: Time,
) -> Result<SeriesId, Problem> {
    let soon = free_from(&changed, now);
    let from = from
        .map_or(soon, |from| from.max(soon))
        .max(changed.series.first_on);
    let turned = rule::turn(&changed.series, &changed.changes, from, next);
    rows::drop_from(tx, movement, changed.id, from)?;
    let Some(old) = turned.old else {
        let series = turned.new;
        rows::save(
            tx,
            movement,
            &Meetings {
                series,
                ..changed.clone()
            },
        )?;
        return Ok(changed.id);
    };
    let ended = Meetings {
        series: old,
        ..changed.clone()
    };
    let id = SeriesId(fresh());
    rows::save(tx, movement, &ended)?;
    let mut earlier = changed.earlier.clone();
    earlier.push(ended);
    let new = Meetings {
        id,
        series: turned.new,
        sequence: 0,
        earlier,
        ..changed
    };
    rows::add(tx, movement, &new)?;
    Ok(id)
}

/// The first day on which something new may begin: today, or the day after a meeting of today that
/// has begun.
fn free_from(meetings: &Meetings, now: Time) -> Date {
    let today = now.day(&meetings.series.zone);
    let moment = moment(now);
    let begun = |at: &Zoned| *at <= moment;
    let last = meetings.every().take_while(|one| begun(&one.begins)).last();
    let after = last.map(|last| last.on.max(last.begins.date()).saturating_add(1.day()));
    after.map_or(today, |after| after.max(today))
}
