//! Letters, the mails they go out in, and what people chose for theirs. What went out is forgotten
//! as soon as it is not needed to keep a letter from being written twice.

mod choice;
mod mail;

pub use choice::{choice, choices, mute, set_choice};
pub use mail::{
    Mail, State, Stuck, again_by_hand, bundle, claim, count_waiting, handed_over, let_go,
    mark_handing, mark_later, mark_parked, park_lost, stuck, unbundle,
};

use mend_rules::id::{MovementId, PersonId};
use mend_rules::letter::{Kind, Waiting};
use mend_rules::time::Time;
use mend_store::{Row, StoreError, Tx, sql};

use super::About;

/// A letter as it waits.
#[derive(Debug, Clone, Copy)]
pub struct Letter {
    pub id: [u8; 16],
    pub kind: Kind,
    pub about: [u8; 16],
    pub made: Time,
    /// When that of which it reminds begins.
    pub begins: Option<Time>,
    /// From when on it makes no sense any more.
    pub ends: Option<Time>,
}

impl Letter {
    pub fn waiting(&self) -> Waiting {
        Waiting {
            kind: self.kind,
            made: self.made,
        }
    }
}

/// A letter that is in no mail yet, and whose it is.
#[derive(Debug, Clone, Copy)]
pub struct Open {
    pub person: PersonId,
    pub letter: Letter,
}

fn letter(row: &Row) -> Result<Letter, StoreError> {
    let kind = row.text(1)?;
    Ok(Letter {
        id: row.id(0)?,
        kind: Kind::read(&kind)
            .ok_or_else(|| StoreError::Odd(format!("a letter of a newer program: {kind}")))?,
        about: row.id(2)?,
        made: Time(row.int(3)?),
        begins: row.maybe_int(4)?.map(Time),
        ends: row.maybe_int(5)?.map(Time),
    })
}

pub fn add(
    tx: &mut Tx<'_>,
    id: [u8; 16],
    (movement, person): (MovementId, PersonId),
    about: &About,
    now: Time,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO letter (id, movement_id, person_id, kind, about, made_at, begins_at, ends_at)
         SELECT $1, p.movement_id, p.id, $4, $5, $6, $7, $8 FROM person p
          WHERE p.movement_id = $2 AND p.id = $3 AND p.do_not_contact = 0
         ON CONFLICT (person_id, kind, about) DO NOTHING"
    )
    .id(id)
    .id(movement)
    .id(person)
    .text(about.kind.word())
    .id(about.id)
    .int(now)
    .maybe_int(about.begins)
    .maybe_int(about.ends)
    .run(tx)
    .map(|_| ())
}

/// Every letter that is in no mail and did not go out on paper, in the order they were written.
pub fn all_open(tx: &mut Tx<'_>, movement: MovementId) -> Result<Vec<Open>, StoreError> {
    sql!(
        "SELECT id, kind, about, made_at, begins_at, ends_at, person_id FROM letter
          WHERE movement_id = $1 AND mail_id IS NULL AND sent_at IS NULL
          ORDER BY made_at, id"
    )
    .id(movement)
    .all(tx, |row| {
        Ok(Open {
            letter: letter(row)?,
            person: PersonId(row.id(6)?),
        })
    })
}

/// What letters to somebody that have not gone out are about.
pub fn waiting_for(
    tx: &mut Tx<'_>,
    movement: MovementId,
    person: PersonId,
) -> Result<Vec<String>, StoreError> {
    sql!(
        "SELECT kind FROM letter
          WHERE movement_id = $1 AND person_id = $2 AND sent_at IS NULL ORDER BY made_at, id"
    )
    .id(movement)
    .id(person)
    .all(tx, |row| row.text(0))
}

/// The letters of a mail that did not go out otherwise meanwhile.
pub fn letters_of(
    tx: &mut Tx<'_>,
    movement: MovementId,
    mail: [u8; 16],
) -> Result<Vec<Letter>, StoreError> {
    sql!(
        "SELECT id, kind, about, made_at, begins_at, ends_at FROM letter
          WHERE movement_id = $1 AND mail_id = $2 AND sent_at IS NULL ORDER BY made_at, id"
    )
    .id(movement)
    .id(mail)
    .all(tx, letter)
}

pub fn mark_sent(
    tx: &mut Tx<'_>,
    movement: MovementId,
    about: [u8; 16],
    now: Time,
) -> Result<(), StoreError> {
    sql!(
        "UPDATE letter SET sent_at = $3
          WHERE movement_id = $1 AND about = $2 AND sent_at IS NULL"
    )
    .id(movement)
    .id(about)
    .int(now)
    .run(tx)
    .map(|_| ())
}

pub fn remove(tx: &mut Tx<'_>, movement: MovementId, about: [u8; 16]) -> Result<(), StoreError> {
    sql!("DELETE FROM letter WHERE movement_id = $1 AND about = $2")
        .id(movement)
        .id(about)
        .run(tx)
        .map(|_| ())
}

/// Takes out one letter that makes no sense any more.
pub fn remove_letter(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: [u8; 16],
) -> Result<(), StoreError> {
    sql!("DELETE FROM letter WHERE movement_id = $1 AND id = $2")
        .id(movement)
        .id(id)
        .run(tx)
        .map(|_| ())
}

/// Takes out what has not gone out to somebody.
pub fn remove_unsent(
    tx: &mut Tx<'_>,
    movement: MovementId,
    person: PersonId,
) -> Result<(), StoreError> {
    sql!("DELETE FROM letter WHERE movement_id = $1 AND person_id = $2 AND sent_at IS NULL")
        .id(movement)
        .id(person)
        .run(tx)?;
    drop_mails(tx, movement, person)
}

fn drop_mails(tx: &mut Tx<'_>, movement: MovementId, person: PersonId) -> Result<(), StoreError> {
    sql!("DELETE FROM mail WHERE movement_id = $1 AND person_id = $2")
        .id(movement)
        .id(person)
        .run(tx)
        .map(|_| ())
}

/// Takes out all letters of somebody, what they chose for them, and their mails.
pub fn drop_person(
    tx: &mut Tx<'_>,
    movement: MovementId,
    person: PersonId,
) -> Result<(), StoreError> {
    sql!("DELETE FROM letter WHERE movement_id = $1 AND person_id = $2")
        .id(movement)
        .id(person)
        .run(tx)?;
    drop_mails(tx, movement, person)?;
    sql!("DELETE FROM letter_choice WHERE movement_id = $1 AND person_id = $2")
        .id(movement)
        .id(person)
        .run(tx)
        .map(|_| ())
}

/// Lets go of letters whose time is over, of those that went out, but for invitations, which go
/// with what they are about, and reminders, which would be written again, and of old ones that
/// never found a way out: news of long ago helps nobody.
pub fn forget(tx: &mut Tx<'_>, movement: MovementId, now: Time) -> Result<(), StoreError> {
    sql!("DELETE FROM letter WHERE movement_id = $1 AND begins_at <= $2")
        .id(movement)
        .int(now)
        .run(tx)?;
    sql!(
        "DELETE FROM letter
          WHERE movement_id = $1 AND begins_at IS NULL AND sent_at IS NOT NULL
            AND kind <> 'invitation'"
    )
    .id(movement)
    .run(tx)?;
    sql!(
        "DELETE FROM letter
          WHERE movement_id = $1 AND mail_id IS NULL AND sent_at IS NULL AND made_at <= $2
            AND kind <> 'invitation'"
    )
    .id(movement)
    .int(now.days(-PARKED_DAYS))
    .run(tx)?;
    mail::forget_parked(tx, movement, now.days(-PARKED_DAYS))
}

/// For so many days stewards can look at what did not go out, and news is worth sending.
const PARKED_DAYS: i64 = 30;
