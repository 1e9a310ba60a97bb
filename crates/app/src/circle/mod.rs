//! Circles: proposing them, inviting people to a seat, and the circle itself.
//! Never: tells why a seat is not possible; shows a decline to anybody but as a free seat.
//! See: `mend_rules::circle` for the rule, `mend_solve::circle` for the search.

mod acts;
pub mod after;
pub mod agreements;
mod change;
mod coming;
pub mod draft;
mod draft_view;
pub mod exported;
pub mod feed;
pub mod inventory;
pub mod invitation;
pub mod keeping;
pub mod meetings;
pub mod offer;
pub mod open;
pub mod pages;
mod rows;
mod sample;
pub mod seats;
pub mod standin;
pub mod start;
#[cfg(test)]
pub mod tests;
mod view;
mod ways;
pub mod words;

pub use acts::{Circle, give_up_keeping, let_go_of, sat_in, sweep};
pub use coming::{Coming, coming};
pub use invitation::answer_link;
pub use keeping::hand_over;
pub use pages::Shown;
pub use rows::{
    Planned, add_circle, add_seat, drop_notes_of, seen_by, series_of, set_agreements, set_consent,
    set_inventory, set_planned, set_ways,
};
pub use sample::move_meetings;
pub use view::{home_cards, short_name};
pub use ways::{Ways, step_text};

use std::collections::HashMap;

use mend_rules::id::{CircleId, PersonId};
use mend_rules::time::Time;
use mend_store::Tx;

use crate::meeting::{self, Meetings};
use crate::web::{Me, Problem};

/// What circles ask of somebody.
pub struct Home {
    pub invited: Vec<(rows::Invitation, Meetings)>,
    pub mine: Vec<pages::Shown>,
    /// Since when one has a seat in them.
    pub since: HashMap<CircleId, Time>,
    /// What is asked about stand-ins, and where one stands in.
    pub stand_ins: Vec<standin::Asked>,
    /// Those to which one came for somebody a day ago.
    pub stood: Vec<pages::Shown>,
    /// Who wishes to be called.
    pub calls: after::Calls,
}

/// Invitations that were not answered, and one's circles with their next meetings.
pub fn home(
    tx: &mut Tx<'_>,
    key: &mend_seal::ColumnKey,
    me: &Me,
    now: Time,
) -> Result<Home, Problem> {
    let series = meeting::all(tx, me.movement)?;
    let mut open = Vec::new();
    for invitation in rows::my_invitations(tx, me, now)? {
        if invitation.answer.is_none() && offer::is_open(tx, me.movement, &invitation)? {
            open.push(invitation);
        }
    }
    let invited: Vec<_> = open
        .into_iter()
        .filter_map(|invitation| {
            let meetings = series.get(&invitation.circle.series)?.clone();
            meetings.next(now)?;
            Some((invitation, meetings))
        })
        .collect();
    let mut circles = rows::circles_of(tx, me, false)?;
    circles.retain(|circle| invited.iter().all(|(open, _)| open.circle.id != circle.id));
    let mine = pages::Shown::load(tx, me, circles)?;
    let stood = standin::stood(tx, me, now)?;
    Ok(Home {
        invited,
        mine,
        since: rows::seats_since(tx, me)?,
        stood: pages::Shown::load(tx, me, stood)?,
        stand_ins: standin::home(tx, me, now)?,
        calls: after::calls(tx, key, me, now)?,
    })
}

/// One's own circles that go on: id and name.
pub fn mine(tx: &mut Tx<'_>, me: &Me) -> Result<Vec<(CircleId, String)>, Problem> {
    let circles = rows::circles_of(tx, me, false)?.into_iter();
    Ok(circles.map(|circle| (circle.id, circle.name)).collect())
}

/// Everybody who has a seat in a circle of one's own, by name, but oneself.
pub fn mates(tx: &mut Tx<'_>, me: &Me) -> Result<Vec<(PersonId, String)>, Problem> {
    let mut mates = Vec::new();
    for (circle, _) in mine(tx, me)? {
        let seated = rows::seated(tx, me.movement, Some(circle))?;
        mates.extend(seated.into_values().flatten());
    }
    mates.retain(|(id, _)| *id != me.person);
    mates.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
    mates.dedup();
    Ok(mates)
}

/// A circle in which the one asking has a seat, with everything that pages show of it.
pub fn shown_to_seated(
    tx: &mut Tx<'_>,
    me: &Me,
    id: CircleId,
    now: Time,
) -> Result<Shown, Problem> {
    let (circle, all) = sat_in(tx, me, id, now)?.ok_or(Problem::NotFound)?;
    let mut shown = Shown::one(tx, me, circle)?;
    let seated: Vec<_> = shown.seated.iter().map(|(who, _)| *who).collect();
    let guests = all.into_iter().filter(|(who, _)| !seated.contains(who));
    shown.guests = guests.collect();
    Ok(shown)
}

/// A circle in which the one asking has a seat of their own; not for whoever only stands in.
pub fn shown_to_seat(tx: &mut Tx<'_>, me: &Me, id: CircleId) -> Result<Shown, Problem> {
    let shown = shown_to(tx, me, id)?;
    let sits = shown.seated.iter().any(|(who, _)| *who == me.person);
    sits.then_some(shown).ok_or(Problem::NotFound)
}

/// A circle that the one asking may see, with everything that pages show of it.
pub fn shown_to(tx: &mut Tx<'_>, me: &Me, id: CircleId) -> Result<Shown, Problem> {
    let circle = rows::seen_by(tx, me, id)?.ok_or(Problem::NotFound)?;
    Shown::one(tx, me, circle)
}

/// A circle that the one asking keeps or stewards, with everything that pages show of it.
pub fn shown_to_keeper(tx: &mut Tx<'_>, me: &Me, id: CircleId) -> Result<Shown, Problem> {
    let circle = rows::kept_by(tx, me, id)?.ok_or(Problem::NotFound)?;
    Shown::one(tx, me, circle)
}

/// How many circles go on.
pub fn count(tx: &mut Tx<'_>, me: &Me) -> Result<usize, Problem> {
    Ok(rows::circles_of(tx, me, true)?.len())
}
