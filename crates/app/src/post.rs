//! The outbox: letters that wait for a way to go. There is none yet but paper and a file; a letter
//! holds its kind and what it is about, never the matter.

use mend_rules::id::{InvitationId, MovementId, PersonId};
use mend_rules::time::Time;
use mend_store::{StoreError, Tx};

/// Puts an invitation into the outbox.
pub fn invite(
    tx: &mut Tx<'_>,
    movement: MovementId,
    person: PersonId,
    about: InvitationId,
    now: Time,
) -> Result<(), StoreError> {
    let id = crate::app::fresh();
    rows::add(tx, id, movement, person, about, now)
}

/// Notes that the letter of an invitation went out on paper or in a file.
pub fn went_out(
    tx: &mut Tx<'_>,
    movement: MovementId,
    about: InvitationId,
    now: Time,
) -> Result<(), StoreError> {
    rows::mark_sent(tx, movement, about, now)
}

/// Lets go of the letter of an invitation that has ended.
pub fn withdraw(
    tx: &mut Tx<'_>,
    movement: MovementId,
    about: InvitationId,
) -> Result<(), StoreError> {
    rows::remove(tx, movement, about)
}

mod rows {
    use super::{InvitationId, MovementId, PersonId, StoreError, Time, Tx};
    use mend_store::sql;

    pub fn add(
        tx: &mut Tx<'_>,
        id: [u8; 16],
        movement: MovementId,
        person: PersonId,
        about: InvitationId,
        now: Time,
    ) -> Result<(), StoreError> {
        sql!(
            "INSERT INTO letter (id, movement_id, person_id, kind, about, made_at)
             VALUES ($1, $2, $3, 'invitation', $4, $5)"
        )
        .id(id)
        .id(movement)
        .id(person)
        .id(about)
        .int(now)
        .run(tx)
        .map(|_| ())
    }

    pub fn mark_sent(
        tx: &mut Tx<'_>,
        movement: MovementId,
        about: InvitationId,
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

    pub fn remove(
        tx: &mut Tx<'_>,
        movement: MovementId,
        about: InvitationId,
    ) -> Result<(), StoreError> {
        sql!("DELETE FROM letter WHERE movement_id = $1 AND about = $2")
            .id(movement)
            .id(about)
            .run(tx)
            .map(|_| ())
    }
}
