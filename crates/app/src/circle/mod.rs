//! Circles: proposing them, inviting people to a seat, and the circle itself.
//! Never: tells why a seat is not possible; shows a decline to anybody but as a free seat.
//! See: `mend_rules::circle` for the rule, `mend_solve::circle` for the search.

mod acts;
pub mod draft;
mod draft_view;
pub mod feed;
pub mod invitation;
pub mod pages;
mod rows;
pub mod seats;
#[cfg(test)]
mod tests;
mod view;

pub use acts::{Circle, give_up_keeping, let_go_of, names_of_mine, sweep};
pub use rows::{add_circle, add_seat};
pub use view::home_cards;

use mend_rules::time::Time;
use mend_store::Tx;

use crate::meeting::{self, Meetings};
use crate::web::{Me, Problem};

/// What circles ask of somebody.
pub struct Home {
    pub invited: Vec<(rows::Invitation, Meetings)>,
    pub mine: Vec<pages::Shown>,
}

/// Invitations that were not answered, and one's circles with their next meetings.
pub fn home(tx: &mut Tx<'_>, me: &Me, now: Time) -> Result<Home, Problem> {
    let series = meeting::all(tx, me.movement)?;
    let open = rows::my_invitations(tx, me, now)?
        .into_iter()
        .filter(|invitation| invitation.answer.is_none());
    let invited: Vec<_> = open
        .filter_map(|invitation| {
            let meetings = series.get(&invitation.circle.series)?.clone();
            Some((invitation, meetings))
        })
        .collect();
    let mut circles = rows::circles_of(tx, me, false)?;
    circles.retain(|circle| invited.iter().all(|(open, _)| open.circle.id != circle.id));
    let mine = pages::Shown::load(tx, me, circles)?;
    Ok(Home { invited, mine })
}

/// How many circles go on.
pub fn count(tx: &mut Tx<'_>, me: &Me) -> Result<usize, Problem> {
    Ok(rows::circles_of(tx, me, true)?.len())
}
