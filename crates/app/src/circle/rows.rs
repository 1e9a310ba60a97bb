//! Drafts, circles, seats and invitations.

use std::collections::{BTreeMap, HashMap};

use mend_rules::circle::{Proposal, Ring};
use mend_rules::id::{CircleId, DraftId, InvitationId, MovementId, PersonId, SeriesId};
use mend_rules::time::Time;
use mend_store::{Row, StoreError, Tx, sql};

use super::acts::Circle;
use crate::meeting::{self, feed::Entry};
use crate::web::Me;

/// A draft as it stands now.
#[derive(Debug, Clone)]
pub struct Draft {
    pub id: DraftId,
    pub seed: i64,
    pub size: u32,
    pub bound: u64,
    pub reached: u64,
    pub rings: Vec<Ring>,
    /// People without a seat in it.
    pub unmet: Vec<PersonId>,
}

pub fn add_draft(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: DraftId,
    size: u32,
    from: &Proposal,
    now: Time,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO draft (id, movement_id, seed, size, bound, reached, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)"
    )
    .id(id)
    .id(movement)
    .int(from.seed as i64)
    .int(size)
    .int(from.bound as i64)
    .int(from.reached as i64)
    .int(now)
    .run(tx)?;
    for (at, ring) in from.rings.iter().enumerate() {
        for member in &ring.members {
            let keeps = ring.keeper == Some(*member);
            add_draft_seat(tx, movement, id, *member, Some(at as i64), keeps)?;
        }
    }
    for person in &from.unmet {
        add_draft_seat(tx, movement, id, *person, None, false)?;
    }
    Ok(())
}

fn add_draft_seat(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: DraftId,
    person: PersonId,
    ring: Option<i64>,
    keeps: bool,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO draft_seat (draft_id, person_id, movement_id, ring, keeps)
         VALUES ($1, $2, $3, $4, $5)"
    )
    .id(id)
    .id(person)
    .id(movement)
    .maybe_int(ring)
    .int(keeps)
    .run(tx)
    .map(|_| ())
}

pub fn draft(tx: &mut Tx<'_>, me: &Me, id: DraftId) -> Result<Option<Draft>, StoreError> {
    let Some(mut draft) =
        sql!("SELECT id, seed, size, bound, reached FROM draft WHERE movement_id = $1 AND id = $2")
            .id(me.movement)
            .id(id)
            .maybe(tx, |row| {
                Ok(Draft {
                    id: DraftId(row.id(0)?),
                    seed: row.int(1)?,
                    size: row.int(2)? as u32,
                    bound: row.int(3)? as u64,
                    reached: row.int(4)? as u64,
                    rings: Vec::new(),
                    unmet: Vec::new(),
                })
            })?
    else {
        return Ok(None);
    };
    let seats = sql!(
        "SELECT s.person_id, s.ring, s.keeps FROM draft_seat s JOIN person p ON p.id = s.person_id
          WHERE s.movement_id = $1 AND s.draft_id = $2 AND p.left_at IS NULL
          ORDER BY s.ring, s.person_id"
    )
    .id(me.movement)
    .id(id)
    .all(tx, |row| Ok((PersonId(row.id(0)?), row.maybe_int(1)?, row.int(2)? == 1)))?;
    let mut rings: BTreeMap<i64, Ring> = BTreeMap::new();
    for (person, ring, keeps) in seats {
        let Some(ring) = ring else {
            draft.unmet.push(person);
            continue;
        };
        let ring = rings.entry(ring).or_insert_with(|| Ring {
            members: Vec::new(),
            keeper: None,
        });
        ring.members.push(person);
        if keeps {
            ring.keeper = Some(person);
        }
    }
    // Rings are numbered by where they stand, so one that was emptied must still stand there.
    let last = rings.keys().next_back().map_or(0, |last| last + 1);
    let empty = || Ring {
        members: Vec::new(),
        keeper: None,
    };
    draft.rings = (0..last).map(|at| rings.remove(&at).unwrap_or_else(empty)).collect();
    Ok(Some(draft))
}

/// The newest draft of a movement, if one waits.
pub fn waiting_draft(tx: &mut Tx<'_>, me: &Me) -> Result<Option<DraftId>, StoreError> {
    sql!("SELECT id FROM draft WHERE movement_id = $1 ORDER BY made_at DESC LIMIT 1")
        .id(me.movement)
        .maybe(tx, |row| row.id(0).map(DraftId))
}

/// Sets where somebody sits and who keeps which ring.
pub fn set_draft_seat(
    tx: &mut Tx<'_>,
    me: &Me,
    id: DraftId,
    person: PersonId,
    ring: i64,
    keeps: bool,
) -> Result<(), StoreError> {
    sql!(
        "UPDATE draft_seat SET ring = $4, keeps = $5
          WHERE movement_id = $1 AND draft_id = $2 AND person_id = $3"
    )
    .id(me.movement)
    .id(id)
    .id(person)
    .int(ring)
    .int(keeps)
    .run(tx)
    .map(|_| ())
}

pub fn set_draft_reached(
    tx: &mut Tx<'_>,
    me: &Me,
    id: DraftId,
    reached: u64,
) -> Result<(), StoreError> {
    sql!("UPDATE draft SET reached = $3 WHERE movement_id = $1 AND id = $2")
        .id(me.movement)
        .id(id)
        .int(reached as i64)
        .run(tx)
        .map(|_| ())
}

/// Lets go of every draft: there is one at a time.
pub fn drop_drafts(tx: &mut Tx<'_>, movement: MovementId) -> Result<(), StoreError> {
    sql!("DELETE FROM draft WHERE movement_id = $1")
        .id(movement)
        .run(tx)
        .map(|_| ())
}

/// Members of every circle there was, for knowing who sat together before.
pub fn all_seats(
    tx: &mut Tx<'_>,
    movement: MovementId,
) -> Result<Vec<Vec<PersonId>>, StoreError> {
    let seats = sql!(
        "SELECT circle_id, person_id FROM seat WHERE movement_id = $1 ORDER BY circle_id, person_id"
    )
    .id(movement)
    .all(tx, |row| Ok((CircleId(row.id(0)?), PersonId(row.id(1)?))))?;
    let mut circles: BTreeMap<CircleId, Vec<PersonId>> = BTreeMap::new();
    for (circle, person) in seats {
        circles.entry(circle).or_default().push(person);
    }
    Ok(circles.into_values().collect())
}

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
         SELECT i.person_id FROM invitation i WHERE i.movement_id = $1 AND i.ends_at > $2"
    )
    .id(movement)
    .int(now)
    .all(tx, |row| row.id(0).map(PersonId))
}

pub fn add_circle(
    tx: &mut Tx<'_>,
    movement: MovementId,
    circle: &Circle,
    now: Time,
    ended: Option<Time>,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO circle (id, movement_id, name, seats, keeper_id, series_id, made_at, ended_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    )
    .id(circle.id)
    .id(movement)
    .text(circle.name.clone())
    .int(circle.seats)
    .maybe_id(circle.keeper)
    .id(circle.series)
    .int(now)
    .maybe_int(ended)
    .run(tx)
    .map(|_| ())
}

fn circle(row: &Row) -> Result<Circle, StoreError> {
    Ok(Circle {
        id: CircleId(row.id(0)?),
        name: row.text(1)?,
        seats: row.int(2)? as u32,
        keeper: row.maybe_id(3)?.map(PersonId),
        series: SeriesId(row.id(4)?),
    })
}

/// A circle that goes on and that the one asking may see: with a seat in it, keeping it, or as a
/// steward.
pub fn seen_by(tx: &mut Tx<'_>, me: &Me, id: CircleId) -> Result<Option<Circle>, StoreError> {
    sql!(
        "SELECT c.id, c.name, c.seats, c.keeper_id, c.series_id FROM circle c
          WHERE c.movement_id = $1 AND c.id = $2 AND c.ended_at IS NULL
            AND ($3 = 1 OR c.keeper_id = $4
                 OR EXISTS (SELECT 1 FROM seat s WHERE s.circle_id = c.id AND s.person_id = $4))"
    )
    .id(me.movement)
    .id(id)
    .int(me.steward)
    .id(me.person)
    .maybe(tx, circle)
}

/// A circle that the one asking keeps or stewards.
pub fn kept_by(tx: &mut Tx<'_>, me: &Me, id: CircleId) -> Result<Option<Circle>, StoreError> {
    let circle = seen_by(tx, me, id)?;
    Ok(circle.filter(|circle| me.steward || circle.keeper == Some(me.person)))
}

/// Circles that go on: all for a steward, else those with a seat of one's own or that one keeps.
pub fn circles_of(tx: &mut Tx<'_>, me: &Me, all: bool) -> Result<Vec<Circle>, StoreError> {
    sql!(
        "SELECT c.id, c.name, c.seats, c.keeper_id, c.series_id FROM circle c
          WHERE c.movement_id = $1 AND c.ended_at IS NULL
            AND ($2 = 1 OR c.keeper_id = $3
                 OR EXISTS (SELECT 1 FROM seat s WHERE s.circle_id = c.id AND s.person_id = $3))
          ORDER BY c.name"
    )
    .id(me.movement)
    .int(all && me.steward)
    .id(me.person)
    .all(tx, circle)
}

/// The names of all circles there were, so that a new one gets another.
pub fn circle_names(tx: &mut Tx<'_>, movement: MovementId) -> Result<Vec<String>, StoreError> {
    sql!("SELECT name FROM circle WHERE movement_id = $1")
        .id(movement)
        .all(tx, |row| row.text(0))
}

/// Who has taken a seat, by circle: id and name, in the order they took it. Of one circle, or of
/// all of them.
pub fn seated(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: Option<CircleId>,
) -> Result<HashMap<CircleId, Vec<(PersonId, String)>>, StoreError> {
    let seats = sql!(
        "SELECT s.circle_id, p.id, p.name FROM seat s JOIN person p ON p.id = s.person_id
          WHERE s.movement_id = $1 AND (s.circle_id = $2 OR $2 IS NULL) AND p.left_at IS NULL
          ORDER BY s.taken_at, p.id"
    )
    .id(movement)
    .maybe_id(id)
    .all(tx, |row| {
        Ok((CircleId(row.id(0)?), (PersonId(row.id(1)?), row.text(2)?)))
    })?;
    let mut circles: HashMap<CircleId, Vec<_>> = HashMap::new();
    for (circle, person) in seats {
        circles.entry(circle).or_default().push(person);
    }
    Ok(circles)
}

/// How many invitations to each circle can still be answered and were not.
pub fn unanswered(
    tx: &mut Tx<'_>,
    movement: MovementId,
    now: Time,
) -> Result<HashMap<CircleId, u32>, StoreError> {
    let counts = sql!(
        "SELECT circle_id, COUNT(*) FROM invitation
          WHERE movement_id = $1 AND answer IS NULL AND ends_at > $2 GROUP BY circle_id"
    )
    .id(movement)
    .int(now)
    .all(tx, |row| Ok((CircleId(row.id(0)?), row.int(1)? as u32)))?;
    Ok(counts.into_iter().collect())
}

pub fn add_seat(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: CircleId,
    person: PersonId,
    now: Time,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO seat (circle_id, person_id, movement_id, taken_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (circle_id, person_id) DO NOTHING"
    )
    .id(id)
    .id(person)
    .id(movement)
    .int(now)
    .run(tx)
    .map(|_| ())
}

pub fn free_seat(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: CircleId,
    person: PersonId,
) -> Result<(), StoreError> {
    sql!("DELETE FROM seat WHERE movement_id = $1 AND circle_id = $2 AND person_id = $3")
        .id(movement)
        .id(id)
        .id(person)
        .run(tx)
        .map(|_| ())
}

pub fn rename(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: CircleId,
    name: &str,
) -> Result<(), StoreError> {
    sql!("UPDATE circle SET name = $3 WHERE movement_id = $1 AND id = $2")
        .id(movement)
        .id(id)
        .text(name)
        .run(tx)
        .map(|_| ())
}

/// A circle that has come to its end. Its seats stay, so that who sat together is known.
pub fn end(tx: &mut Tx<'_>, movement: MovementId, id: CircleId, now: Time) -> Result<(), StoreError> {
    sql!("UPDATE circle SET ended_at = $3 WHERE movement_id = $1 AND id = $2")
        .id(movement)
        .id(id)
        .int(now)
        .run(tx)
        .map(|_| ())
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
        "SELECT c.id, c.name, c.seats, c.keeper_id, c.series_id, i.id, p.id, p.name,
                p.email_sealed, p.do_not_contact, i.answer, i.ends_at
           FROM invitation i JOIN circle c ON c.id = i.circle_id JOIN person p ON p.id = i.person_id
          WHERE i.movement_id = $1 AND i.id = $2 AND i.ends_at > $3
            AND c.ended_at IS NULL AND p.left_at IS NULL"
    )
    .id(movement)
    .id(id)
    .int(now)
    .maybe(tx, invitation)
}

/// One's own invitations that can still be answered.
pub fn my_invitations(
    tx: &mut Tx<'_>,
    me: &Me,
    now: Time,
) -> Result<Vec<Invitation>, StoreError> {
    sql!(
        "SELECT c.id, c.name, c.seats, c.keeper_id, c.series_id, i.id, p.id, p.name,
                p.email_sealed, p.do_not_contact, i.answer, i.ends_at
           FROM invitation i JOIN circle c ON c.id = i.circle_id JOIN person p ON p.id = i.person_id
          WHERE i.movement_id = $1 AND i.person_id = $2 AND i.ends_at > $3 AND c.ended_at IS NULL
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
        "SELECT c.id, c.name, c.seats, c.keeper_id, c.series_id, i.id, p.id, p.name,
                p.email_sealed, p.do_not_contact, i.answer, i.ends_at
           FROM invitation i JOIN circle c ON c.id = i.circle_id JOIN person p ON p.id = i.person_id
          WHERE i.movement_id = $1 AND i.ends_at > $2 AND c.ended_at IS NULL AND p.left_at IS NULL
          ORDER BY c.name, p.name, p.id"
    )
    .id(movement)
    .int(now)
    .all(tx, invitation)
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

/// The circles in a person's calendar.
pub fn feed_entries(
    tx: &mut Tx<'_>,
    movement: MovementId,
    person: PersonId,
) -> Result<Vec<Entry>, StoreError> {
    let circles = sql!(
        "SELECT c.name, c.series_id FROM circle c JOIN seat s ON s.circle_id = c.id
          WHERE c.movement_id = $1 AND s.person_id = $2 AND c.ended_at IS NULL ORDER BY c.name"
    )
    .id(movement)
    .id(person)
    .all(tx, |row| Ok((row.text(0)?, SeriesId(row.id(1)?))))?;
    let mut entries = Vec::with_capacity(circles.len());
    for (name, series) in circles {
        if let Some(meetings) = meeting::get(tx, movement, series)? {
            entries.push(Entry { name, meetings });
        }
    }
    Ok(entries)
}

/// Lets go of invitations whose time is over: nobody can read from them who declined.
pub fn sweep(tx: &mut Tx<'_>, movement: MovementId, now: Time) -> Result<(), StoreError> {
    sql!("DELETE FROM invitation WHERE movement_id = $1 AND ends_at <= $2")
        .id(movement)
        .int(now)
        .run(tx)
        .map(|_| ())
}
