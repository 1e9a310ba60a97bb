//! Invitations: whom, to which circle, until when, and what they answered while it lasts.

use mend_rules::id::{CircleId, InvitationId, MovementId, PersonId};
use mend_rules::time::Time;
use mend_store::{Row, StoreError, Tx, sql};

use super::circle;
use crate::circle::acts::Circle;
use crate::web::Me;

/// People who have a seat in a circle that goes on, or an invitation that can still be answered,
/// whatever they answered: whoever declined looks like whoever has not answered.
pub fn taken(
    tx: &mut Tx<'_>,
    movement: MovementId,
    now: Time,
) -> Result<Vec<PersonId>, StoreError> {
    sql!(
        "SELECT s.person_id FROM seat s JOIN circle c ON c.id = s.circle_id
          WHERE s.movement_id = $1 AND c.ended_at IS NULL
         UNION
         SELECT i.person_id FROM invitation i JOIN circle c ON c.id = i.circle_id
          WHERE i.movement_id = $1 AND i.ends_at > $2 AND c.ended_at IS NULL"
    )
    .id(movement)
    .int(now)
    .all(tx, |row| row.id(0).map(PersonId))
}

/// An invitation to a seat.
#[derive(Debug, Clone)]
pub struct Invitation {
    pub id: InvitationId,
    pub circle: Circle,
    pub person: PersonId,
    pub name: String,
    pub email_sealed: Option<Vec<u8>>,
    pub do_not_contact: bool,
    pub answer: Option<String>,
    pub ends_at: Time,
    /// Whether it is to a circle that went on already, from whoever keeps it.
    pub offered: bool,
}

fn invitation(row: &Row) -> Result<Invitation, StoreError> {
    Ok(Invitation {
        circle: circle(row)?,
        id: InvitationId(row.id(5)?),
        person: PersonId(row.id(6)?),
        name: row.text(7)?,
        email_sealed: row.maybe_bytes(8)?,
        do_not_contact: row.int(9)? == 1,
        answer: row.maybe_text(10)?,
        ends_at: Time(row.int(11)?),
        offered: row.int(12)? == 1,
    })
}

pub fn add_invitation(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: InvitationId,
    circle: CircleId,
    person: PersonId,
    now: Time,
    ends: Time,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO invitation (id, circle_id, person_id, movement_id, made_at, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6)"
    )
    .id(id)
    .id(circle)
    .id(person)
    .id(movement)
    .int(now)
    .int(ends)
    .run(tx)
    .map(|_| ())
}

/// An invitation that can still be answered.
pub fn open_invitation(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: InvitationId,
    now: Time,
) -> Result<Option<Invitation>, StoreError> {
    sql!(
        "SELECT c.id, c.name, c.seats, k.person_id, c.series_id, i.id, p.id, p.name,
                p.email_sealed, p.do_not_contact, i.answer, i.ends_at, i.offered
           FROM invitation i JOIN circle c ON c.id = i.circle_id JOIN person p ON p.id = i.person_id
           LEFT JOIN seat k ON k.circle_id = c.id AND k.person_id = c.keeper_id
          WHERE i.movement_id = $1 AND i.id = $2 AND i.ends_at > $3 AND i.taken_back = 0
            AND c.ended_at IS NULL AND p.left_at IS NULL"
    )
    .id(movement)
    .id(id)
    .int(now)
    .maybe(tx, invitation)
}

/// One's own invitations that can still be answered.
pub fn my_invitations(tx: &mut Tx<'_>, me: &Me, now: Time) -> Result<Vec<Invitation>, StoreError> {
    sql!(
        "SELECT c.id, c.name, c.seats, k.person_id, c.series_id, i.id, p.id, p.name,
                p.email_sealed, p.do_not_contact, i.answer, i.ends_at, i.offered
           FROM invitation i JOIN circle c ON c.id = i.circle_id JOIN person p ON p.id = i.person_id
           LEFT JOIN seat k ON k.circle_id = c.id AND k.person_id = c.keeper_id
          WHERE i.movement_id = $1 AND i.person_id = $2 AND i.ends_at > $3 AND i.taken_back = 0
            AND c.ended_at IS NULL
          ORDER BY c.name"
    )
    .id(me.movement)
    .id(me.person)
    .int(now)
    .all(tx, invitation)
}

/// Every invitation that can still be answered, whatever was answered, by circle and name: a
/// sheet that was missing would tell.
pub fn invitations(
    tx: &mut Tx<'_>,
    movement: MovementId,
    now: Time,
) -> Result<Vec<Invitation>, StoreError> {
    sql!(
        "SELECT c.id, c.name, c.seats, k.person_id, c.series_id, i.id, p.id, p.name,
                p.email_sealed, p.do_not_contact, i.answer, i.ends_at, i.offered
           FROM invitation i JOIN circle c ON c.id = i.circle_id JOIN person p ON p.id = i.person_id
           LEFT JOIN seat k ON k.circle_id = c.id AND k.person_id = c.keeper_id
          WHERE i.movement_id = $1 AND i.ends_at > $2 AND i.taken_back = 0
            AND c.ended_at IS NULL AND p.left_at IS NULL
          ORDER BY c.name, p.name, p.id"
    )
    .id(movement)
    .int(now)
    .all(tx, invitation)
}

/// That an invitation is to a circle that went on already.
pub fn set_offered(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: InvitationId,
) -> Result<(), StoreError> {
    sql!("UPDATE invitation SET offered = 1 WHERE movement_id = $1 AND id = $2")
        .id(movement)
        .id(id)
        .run(tx)
        .map(|_| ())
}

pub fn set_answer(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: InvitationId,
    answer: &str,
) -> Result<(), StoreError> {
    sql!("UPDATE invitation SET answer = $3 WHERE movement_id = $1 AND id = $2")
        .id(movement)
        .id(id)
        .text(answer)
        .run(tx)
        .map(|_| ())
}

/// Answers an open invitation of somebody to one circle, if there is one.
pub fn set_answer_of(
    tx: &mut Tx<'_>,
    movement: MovementId,
    circle: CircleId,
    person: PersonId,
    answer: &str,
) -> Result<(), StoreError> {
    sql!(
        "UPDATE invitation SET answer = $4
          WHERE movement_id = $1 AND circle_id = $2 AND person_id = $3"
    )
    .id(movement)
    .id(circle)
    .id(person)
    .text(answer)
    .run(tx)
    .map(|_| ())
}

/// Deletes invitations whose time is over, and says which.
pub fn drop_ended(
    tx: &mut Tx<'_>,
    movement: MovementId,
    now: Time,
) -> Result<Vec<InvitationId>, StoreError> {
    sql!("DELETE FROM invitation WHERE movement_id = $1 AND ends_at <= $2 RETURNING id")
        .id(movement)
        .int(now)
        .all(tx, |row| row.id(0).map(InvitationId))
}

/// Takes an invitation back. Its row stays until it ends, so that nobody is asked again at once.
pub fn take_back(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: InvitationId,
) -> Result<(), StoreError> {
    sql!("UPDATE invitation SET taken_back = 1 WHERE movement_id = $1 AND id = $2")
        .id(movement)
        .id(id)
        .run(tx)
        .map(|_| ())
}

/// Deletes the invitations of one person, and says which.
pub fn drop_invitations_of(
    tx: &mut Tx<'_>,
    movement: MovementId,
    person: PersonId,
) -> Result<Vec<InvitationId>, StoreError> {
    sql!("DELETE FROM invitation WHERE movement_id = $1 AND person_id = $2 RETURNING id")
        .id(movement)
        .id(person)
        .all(tx, |row| row.id(0).map(InvitationId))
}

/// Deletes the invitations to one circle, and says which.
pub fn drop_invitations(
    tx: &mut Tx<'_>,
    movement: MovementId,
    circle: CircleId,
) -> Result<Vec<InvitationId>, StoreError> {
    sql!("DELETE FROM invitation WHERE movement_id = $1 AND circle_id = $2 RETURNING id")
        .id(movement)
        .id(circle)
        .all(tx, |row| row.id(0).map(InvitationId))
}
