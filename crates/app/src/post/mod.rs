//! The outbox: letters that were written, the mails they go out in, and the ways out: a mail
//! server, a folder, or paper.
//! Never: keeps what a letter is about beyond its kind; sends a mail twice.
//! See: `mend_rules::letter` for when; `letters/` for the words and the pages.
//!
//! A mail is claimed, then marked as being handed over, then handed over, then marked as sent. What
//! stops half way is tried again only from before the mark; after it, nobody knows, and a steward
//! decides.

mod folder;
pub mod message;
mod rows;
pub mod smtp;
pub mod trouble;
pub mod way;

pub use rows::{
    Letter, Mail, Open, State, Stuck, again_by_hand, all_open, bundle, choice, choices, claim,
    count_waiting, drop_person, forget, handed_over, let_go, letters_of, mark_handing, mark_later,
    mark_parked, mute, park_lost, remove_letter, set_choice, stuck, unbundle, waiting_for,
};
pub use trouble::Trouble;
pub use way::Way;

use mend_rules::id::{InvitationId, MovementId, PersonId};
use mend_rules::letter::Kind;
use mend_rules::time::Time;
use mend_store::{StoreError, Tx};

/// Puts an invitation into the outbox; none for whoever asked not to be contacted.
pub fn invite(
    tx: &mut Tx<'_>,
    movement: MovementId,
    person: PersonId,
    about: InvitationId,
    now: Time,
) -> Result<(), StoreError> {
    write(
        tx,
        movement,
        person,
        &about_one(Kind::Invitation, about.0),
        now,
    )
}

/// Puts a word into the outbox that something was moved, changed or called off.
pub fn changed(
    tx: &mut Tx<'_>,
    movement: MovementId,
    person: PersonId,
    now: Time,
) -> Result<(), StoreError> {
    let about = about_one(Kind::Change, crate::app::fresh());
    write(tx, movement, person, &about, now)
}

/// Puts a word into the outbox that somebody asks to be called.
pub fn call(
    tx: &mut Tx<'_>,
    movement: MovementId,
    person: PersonId,
    about: [u8; 16],
    now: Time,
) -> Result<(), StoreError> {
    write(tx, movement, person, &about_one(Kind::Call, about), now)
}

/// What a letter is about, for nobody but the program.
#[derive(Debug, Clone, Copy)]
pub struct About {
    pub kind: Kind,
    pub id: [u8; 16],
    /// When that of which it reminds begins.
    pub begins: Option<Time>,
    /// From when on the letter makes no sense any more.
    pub ends: Option<Time>,
}

fn about_one(kind: Kind, id: [u8; 16]) -> About {
    About {
        kind,
        id,
        begins: None,
        ends: None,
    }
}

/// Puts a letter into the outbox; one for each person, kind and thing, and none for whoever asked
/// not to be contacted.
pub fn write(
    tx: &mut Tx<'_>,
    movement: MovementId,
    person: PersonId,
    about: &About,
    now: Time,
) -> Result<(), StoreError> {
    let id = crate::app::fresh();
    rows::add(tx, id, (movement, person), about, now)
}

/// Notes that the letter of an invitation went out on paper or in a file.
pub fn went_out(
    tx: &mut Tx<'_>,
    movement: MovementId,
    about: InvitationId,
    now: Time,
) -> Result<(), StoreError> {
    rows::mark_sent(tx, movement, about.0, now)
}

/// Lets go of every letter to somebody that has not gone out, because they asked not to be
/// contacted.
pub fn hush(tx: &mut Tx<'_>, movement: MovementId, person: PersonId) -> Result<(), StoreError> {
    rows::remove_unsent(tx, movement, person)
}

/// Lets go of the letters about a thing that has ended.
pub fn withdraw(
    tx: &mut Tx<'_>,
    movement: MovementId,
    about: InvitationId,
) -> Result<(), StoreError> {
    rows::remove(tx, movement, about.0)
}

/// Lets go of the letters that ask for a call which is over.
pub fn withdraw_call(
    tx: &mut Tx<'_>,
    movement: MovementId,
    about: [u8; 16],
) -> Result<(), StoreError> {
    rows::remove(tx, movement, about)
}
