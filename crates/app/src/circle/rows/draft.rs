//! Drafts: one at a time in a movement, and where everybody sits in it.

use std::collections::BTreeMap;

use mend_rules::circle::{Proposal, Ring};
use mend_rules::id::{DraftId, MovementId, PersonId};
use mend_rules::time::Time;
use mend_store::{StoreError, Tx, sql};

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
    /// Whether somebody moved a seat in it by hand.
    pub moved: bool,
}

impl Draft {
    /// The rings in which somebody sits, each with the number it stands under, from 0.
    pub fn filled(&self) -> impl Iterator<Item = (usize, &Ring)> {
        let all = self.rings.iter().enumerate();
        all.filter(|(_, ring)| !ring.members.is_empty())
    }

    /// Whether somebody is in it, with a seat or without one.
    pub fn has(&self, who: PersonId) -> bool {
        let mut seated = self.rings.iter().flat_map(|ring| &ring.members);
        seated.any(|id| *id == who) || self.unmet.contains(&who)
    }
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
        "INSERT INTO draft (id, movement_id, seed, size, bound, reached, made_at, rings, moved)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)"
    )
    .id(id)
    .id(movement)
    .int(from.seed as i64)
    .int(size)
    .int(from.bound as i64)
    .int(from.reached as i64)
    .int(now)
    .int(from.rings.len() as i64)
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
    let found = sql!(
        "SELECT id, seed, size, bound, reached, rings, moved FROM draft
          WHERE movement_id = $1 AND id = $2"
    )
    .id(me.movement)
    .id(id)
    .maybe(tx, |row| {
        let draft = Draft {
            id: DraftId(row.id(0)?),
            seed: row.int(1)?,
            size: row.int(2)? as u32,
            bound: row.int(3)? as u64,
            reached: row.int(4)? as u64,
            rings: Vec::new(),
            unmet: Vec::new(),
            moved: row.int(6)? == 1,
        };
        Ok((draft, row.int(5)?))
    })?;
    let Some((mut draft, proposed)) = found else {
        return Ok(None);
    };
    let seats = sql!(
        "SELECT s.person_id, s.ring, s.keeps FROM draft_seat s JOIN person p ON p.id = s.person_id
          WHERE s.movement_id = $1 AND s.draft_id = $2 AND p.left_at IS NULL
          ORDER BY s.ring, s.person_id"
    )
    .id(me.movement)
    .id(id)
    .all(tx, |row| {
        Ok((PersonId(row.id(0)?), row.maybe_int(1)?, row.int(2)? == 1))
    })?;
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
    let last = last.max(proposed);
    let empty = || Ring {
        members: Vec::new(),
        keeper: None,
    };
    draft.rings = (0..last)
        .map(|at| rings.remove(&at).unwrap_or_else(empty))
        .collect();
    Ok(Some(draft))
}

/// The draft of a movement, if one waits, and whether somebody moved a seat in it by hand.
pub fn waiting_draft(tx: &mut Tx<'_>, me: &Me) -> Result<Option<(DraftId, bool)>, StoreError> {
    sql!("SELECT id, moved FROM draft WHERE movement_id = $1 ORDER BY made_at DESC LIMIT 1")
        .id(me.movement)
        .maybe(tx, |row| Ok((DraftId(row.id(0)?), row.int(1)? == 1)))
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

/// What is reached after a seat was moved by hand.
pub fn set_draft_reached(
    tx: &mut Tx<'_>,
    me: &Me,
    id: DraftId,
    reached: u64,
) -> Result<(), StoreError> {
    sql!("UPDATE draft SET reached = $3, moved = 1 WHERE movement_id = $1 AND id = $2")
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
