//! Changing a circle that goes on: its name, when and where it meets, its ways and seats, and its end.

use jiff::civil::Date;
use mend_rules::id::CircleId;
use mend_rules::live::MOST_SEATS;
use mend_rules::time::Time;
use mend_store::Tx;

use super::pages::Shown;
use super::ways::Ways;
use super::{coming, open, rows};
use crate::ledger::{self, Deed};
use crate::meeting::{self, Plan};
use crate::post;
use crate::web::{Me, Problem};

/// Changes a circle's name and when and where it meets, from a day on or from now.
pub fn change(
    tx: &mut Tx<'_>,
    me: &Me,
    id: CircleId,
    (name, plan, from, (ways, seats)): (&str, &Plan, Option<Date>, (Ways, Option<u32>)),
    now: Time,
) -> Result<(), Problem> {
    let circle = rows::kept_by(tx, me, id)?.ok_or(Problem::NotFound)?;
    let old = meeting::get(tx, me.movement, circle.series)?.ok_or(Problem::NotFound)?;
    rows::rename(tx, me.movement, id, name)?;
    let series = meeting::change(tx, me.movement, &old, (plan, from), now)?;
    rows::set_series(tx, me.movement, id, series)?;
    let shown = Shown::one(tx, me, circle.clone())?;
    let ways = match shown.says_who_comes_in(me) {
        true => ways,
        false => Ways {
            walk: ways.walk,
            ..shown.ways
        },
    };
    rows::set_ways(tx, me.movement, id, ways)?;
    if let Some(seats) = seats.filter(|seats| *seats != circle.seats) {
        set_seats(tx, me, (&shown, seats), now)?;
    }
    coming::tell_of_change(tx, me, (&circle, &old), now)?;
    ledger::note(tx, me, Deed::CircleChanged, Some(id.0), now)?;
    Ok(())
}

/// Gives a circle more seats or fewer. More let in new people, so that is for those who say who
/// comes in; and nobody loses a seat that they have or are offered.
fn set_seats(
    tx: &mut Tx<'_>,
    me: &Me,
    (shown, seats): (&Shown, u32),
    now: Time,
) -> Result<(), Problem> {
    let says = shown.says_who_comes_in(me) || me.steward && shown.waits;
    let asked = open::asked(tx, me.movement, now)?;
    let fewest = shown.beside(&asked).len().max(shown.fewest_seats());
    let fits = (fewest..=MOST_SEATS).contains(&(seats as usize));
    if !fits || (seats > shown.circle.seats && !says) {
        return Err(Problem::Refused("seats-wrong"));
    }
    Ok(rows::set_seats(tx, me.movement, shown.circle.id, seats)?)
}

/// Ends a circle: its invitations close, and it leaves everybody's list and calendar.
pub fn end(tx: &mut Tx<'_>, me: &Me, id: CircleId, now: Time) -> Result<(), Problem> {
    let circle = rows::kept_by(tx, me, id)?.ok_or(Problem::NotFound)?;
    coming::tell_of_end(tx, me, &circle, now)?;
    rows::end(tx, me.movement, id, now)?;
    rows::drop_inventories(tx, me.movement, id, None)?;
    rows::drop_kept_ways(tx, me.movement, id)?;
    for ended in rows::drop_invitations(tx, me.movement, id)? {
        post::withdraw(tx, me.movement, ended)?;
    }
    ledger::note(tx, me, Deed::CircleEnded, Some(id.0), now)?;
    Ok(())
}
