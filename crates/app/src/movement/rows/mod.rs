//! Movements, working groups, stewards, links that begin something, uploads that wait.

pub mod help;
pub mod joining;
pub mod lockdown;
pub mod own;
pub mod person;
pub mod safeguarding;
pub mod upload;

use mend_rules::id::{AccountId, GroupId, MovementId, PersonId};
use mend_rules::movement::{NEWCOMER_DAYS, RETURN_DAYS, Source, folded, zone};
use mend_rules::time::Time;
use mend_rules::wave::Wave;
use mend_store::{Row, StoreError, Tx, sql};

use crate::web::Me;
use crate::web::visit::Movement;

fn movement(row: &Row) -> Result<Movement, StoreError> {
    let (name, stored) = (row.text(2)?, row.text(3)?);
    Ok(Movement {
        id: MovementId(row.id(0)?),
        address: row.text(1)?,
        name,
        zone: zone(&stored).ok_or_else(|| StoreError::Odd(format!("no zone {stored}")))?,
        source: Source::read(&row.text(4)?).unwrap_or(Source::Plain),
        circle_size: u32::try_from(row.int(5)?).unwrap_or(6),
    })
}

/// The movement at an address.
pub fn at(tx: &mut Tx<'_>, address: &str) -> Result<Option<Movement>, StoreError> {
    sql!("SELECT id, address, name, zone, source, circle_size FROM movement WHERE address = $1")
        .text(address)
        .maybe(tx, movement)
}

/// Every movement of the instance, for jobs and the console.
pub fn every(tx: &mut Tx<'_>) -> Result<Vec<Movement>, StoreError> {
    sql!("SELECT id, address, name, zone, source, circle_size FROM movement ORDER BY made_at")
        .all(tx, movement)
}

/// One's own place in a movement, for as long as one has not left.
pub fn me(
    tx: &mut Tx<'_>,
    movement: MovementId,
    account: AccountId,
    now: Time,
) -> Result<Option<Me>, StoreError> {
    sql!(
        "SELECT p.id, p.name, p.zone, p.joined_on,
                CASE WHEN s.until > $3 THEN 1 ELSE 0 END
           FROM person p LEFT JOIN steward s ON s.person_id = p.id
          WHERE p.movement_id = $1 AND p.account_id = $2 AND p.left_at IS NULL"
    )
    .id(movement)
    .id(account)
    .int(now)
    .maybe(tx, |row| {
        let joined = row.maybe_text(3)?.and_then(|day| day.parse().ok());
        let since = now.days(-NEWCOMER_DAYS).day(&jiff::tz::TimeZone::UTC);
        Ok(Me {
            person: PersonId(row.id(0)?),
            movement,
            account,
            name: row.text(1)?,
            zone: row.maybe_text(2)?,
            steward: row.int(4)? == 1,
            newcomer: joined.is_some_and(|day: jiff::civil::Date| day > since),
        })
    })
}

/// The addresses and names of the movements in which an account has a place.
pub fn of_account(
    tx: &mut Tx<'_>,
    account: AccountId,
) -> Result<Vec<(String, String)>, StoreError> {
    sql!(
        "SELECT m.address, m.name FROM movement m JOIN person p ON p.movement_id = m.id
          WHERE p.account_id = $1 AND p.left_at IS NULL ORDER BY m.name"
    )
    .id(account)
    .all(tx, |row| Ok((row.text(0)?, row.text(1)?)))
}

pub fn add(tx: &mut Tx<'_>, movement: &Movement, now: Time) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO movement (id, address, name, zone, source, circle_size, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)"
    )
    .id(movement.id)
    .text(movement.address.clone())
    .text(movement.name.clone())
    .text(movement.zone.iana_name().unwrap_or("UTC"))
    .text(movement.source.word())
    .int(movement.circle_size)
    .int(now)
    .run(tx)
    .map(|_| ())
}

pub fn save(tx: &mut Tx<'_>, movement: &Movement) -> Result<(), StoreError> {
    sql!("UPDATE movement SET name = $2, zone = $3, source = $4, circle_size = $5 WHERE id = $1")
        .id(movement.id)
        .text(movement.name.clone())
        .text(movement.zone.iana_name().unwrap_or("UTC"))
        .text(movement.source.word())
        .int(movement.circle_size)
        .run(tx)
        .map(|_| ())
}

/// A working group as it is listed: how many people are in it.
#[derive(Debug, Clone)]
pub struct Group {
    pub id: GroupId,
    pub name: String,
    pub people: i64,
    /// Whether its people's circles are reminded to keep legal cases out.
    pub law: bool,
}

pub fn groups(tx: &mut Tx<'_>, movement: MovementId) -> Result<Vec<Group>, StoreError> {
    sql!(
        "SELECT g.id, g.name, COUNT(p.id), g.law
           FROM working_group g
           LEFT JOIN membership m ON m.group_id = g.id
           LEFT JOIN person p ON p.id = m.person_id AND p.left_at IS NULL
          WHERE g.movement_id = $1 GROUP BY g.id, g.name, g.law ORDER BY g.name"
    )
    .id(movement)
    .all(tx, |row| {
        Ok(Group {
            id: GroupId(row.id(0)?),
            name: row.text(1)?,
            people: row.int(2)?,
            law: row.int(3)? == 1,
        })
    })
}

/// Names of working groups by their ids.
pub fn group_names(
    tx: &mut Tx<'_>,
    movement: MovementId,
) -> Result<std::collections::HashMap<GroupId, String>, StoreError> {
    sql!("SELECT id, name FROM working_group WHERE movement_id = $1")
        .id(movement)
        .all(tx, |row| Ok((GroupId(row.id(0)?), row.text(1)?)))
        .map(|pairs| pairs.into_iter().collect())
}

/// The group with this name; made when it is not there yet.
pub fn group_named(
    tx: &mut Tx<'_>,
    movement: MovementId,
    name: &str,
    fresh: GroupId,
) -> Result<GroupId, StoreError> {
    sql!(
        "INSERT INTO working_group (id, movement_id, name, folded) VALUES ($1, $2, $3, $4)
         ON CONFLICT (movement_id, folded) DO NOTHING"
    )
    .id(fresh)
    .id(movement)
    .text(name)
    .text(folded(name))
    .run(tx)?;
    sql!("SELECT id FROM working_group WHERE movement_id = $1 AND folded = $2")
        .id(movement)
        .text(folded(name))
        .one(tx, |row| row.id(0).map(GroupId))
}

pub fn rename_group(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: GroupId,
    name: &str,
) -> Result<(), StoreError> {
    sql!("UPDATE working_group SET name = $3, folded = $4 WHERE movement_id = $1 AND id = $2")
        .id(movement)
        .id(id)
        .text(name)
        .text(folded(name))
        .run(tx)
        .map(|_| ())
}

/// People who were in it stay; only the group goes.
pub fn remove_group(tx: &mut Tx<'_>, movement: MovementId, id: GroupId) -> Result<(), StoreError> {
    sql!("DELETE FROM working_group WHERE movement_id = $1 AND id = $2")
        .id(movement)
        .id(id)
        .run(tx)
        .map(|_| ())
}

/// Stewards who serve now: person, name, until when.
pub fn stewards(
    tx: &mut Tx<'_>,
    movement: MovementId,
    now: Time,
) -> Result<Vec<(PersonId, String, Time)>, StoreError> {
    sql!(
        "SELECT p.id, p.name, s.until FROM steward s JOIN person p ON p.id = s.person_id
          WHERE s.movement_id = $1 AND s.until > $2 AND p.left_at IS NULL ORDER BY p.name"
    )
    .id(movement)
    .int(now)
    .all(tx, |row| {
        Ok((PersonId(row.id(0)?), row.text(1)?, Time(row.int(2)?)))
    })
}

pub fn set_steward(
    tx: &mut Tx<'_>,
    movement: MovementId,
    person: PersonId,
    now: Time,
    until: Time,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO steward (person_id, movement_id, since, until) VALUES ($1, $2, $3, $4)
         ON CONFLICT (person_id) DO UPDATE SET until = excluded.until"
    )
    .id(person)
    .id(movement)
    .int(now)
    .int(until)
    .run(tx)
    .map(|_| ())
}

/// A link that begins an instance (`None`) or makes somebody a steward; replaces the one before.
pub fn set_open_link(
    tx: &mut Tx<'_>,
    digest: &[u8],
    movement: Option<MovementId>,
    now: Time,
    ends: Time,
) -> Result<(), StoreError> {
    if movement.is_none() {
        sql!("DELETE FROM open_link WHERE movement_id IS NULL").run(tx)?;
    }
    sql!("INSERT INTO open_link (digest, movement_id, made_at, ends_at) VALUES ($1, $2, $3, $4)")
        .bytes(digest)
        .maybe_id(movement)
        .int(now)
        .int(ends)
        .run(tx)
        .map(|_| ())
}

/// The movement that a link is for, if the link is still good: `Some(None)` begins an instance.
pub fn open_link(
    tx: &mut Tx<'_>,
    digest: &[u8],
    now: Time,
) -> Result<Option<Option<MovementId>>, StoreError> {
    sql!("SELECT movement_id FROM open_link WHERE digest = $1 AND ends_at > $2")
        .bytes(digest)
        .int(now)
        .maybe(tx, |row| Ok(row.maybe_id(0)?.map(MovementId)))
}

pub fn use_open_link(tx: &mut Tx<'_>, digest: &[u8]) -> Result<bool, StoreError> {
    let used = sql!("DELETE FROM open_link WHERE digest = $1")
        .bytes(digest)
        .run(tx)?;
    Ok(used == 1)
}

/// Whether nobody has begun a movement on this instance yet.
pub fn is_empty(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
    sql!("SELECT COUNT(*) FROM movement").one(tx, |row| Ok(row.int(0)? == 0))
}

pub fn add_claim(
    tx: &mut Tx<'_>,
    digest: &[u8],
    movement: MovementId,
    person: PersonId,
    now: Time,
    ends: Time,
) -> Result<(), StoreError> {
    sql!("DELETE FROM claim WHERE person_id = $1")
        .id(person)
        .run(tx)?;
    sql!(
        "INSERT INTO claim (digest, movement_id, person_id, made_at, ends_at)
         VALUES ($1, $2, $3, $4, $5)"
    )
    .bytes(digest)
    .id(movement)
    .id(person)
    .int(now)
    .int(ends)
    .run(tx)
    .map(|_| ())
}

/// Whose place a claim link is for, if it is still good and nobody has claimed it.
pub fn claim(
    tx: &mut Tx<'_>,
    movement: MovementId,
    digest: &[u8],
    now: Time,
) -> Result<Option<(PersonId, String)>, StoreError> {
    sql!(
        "SELECT p.id, p.name FROM claim c JOIN person p ON p.id = c.person_id
          WHERE c.digest = $1 AND c.movement_id = $2 AND c.ends_at > $3
            AND p.account_id IS NULL AND p.left_at IS NULL"
    )
    .bytes(digest)
    .id(movement)
    .int(now)
    .maybe(tx, |row| Ok((PersonId(row.id(0)?), row.text(1)?)))
}

pub fn use_claim(tx: &mut Tx<'_>, digest: &[u8]) -> Result<bool, StoreError> {
    let used = sql!("DELETE FROM claim WHERE digest = $1")
        .bytes(digest)
        .run(tx)?;
    Ok(used == 1)
}

/// Lets go of links and uploads of a movement whose time is over.
pub fn sweep(
    tx: &mut Tx<'_>,
    movement: MovementId,
    now: Time,
    uploads_before: Time,
) -> Result<(), StoreError> {
    sql!("DELETE FROM open_link WHERE ends_at <= $1")
        .int(now)
        .run(tx)?;
    sql!("DELETE FROM claim WHERE movement_id = $1 AND ends_at <= $2")
        .id(movement)
        .int(now)
        .run(tx)?;
    joining::sweep(tx, movement, now)?;
    own::forget_left(tx, movement, now.days(-RETURN_DAYS))?;
    upload::sweep(tx, movement, uploads_before, now.days(-1))
}

/// The wave that a movement has declared, be it over or not.
pub fn wave(tx: &mut Tx<'_>, movement: MovementId) -> Result<Option<Wave>, StoreError> {
    sql!("SELECT wave_from, wave_until FROM movement WHERE id = $1")
        .id(movement)
        .maybe(tx, |row| {
            let day = |at: Option<String>| at.and_then(|day| day.parse().ok());
            let days = day(row.maybe_text(0)?).zip(day(row.maybe_text(1)?));
            Ok(days.map(|(from, until)| Wave { from, until }))
        })
        .map(Option::flatten)
}

/// Declares a wave, or ends it.
pub fn set_wave(
    tx: &mut Tx<'_>,
    movement: MovementId,
    wave: Option<Wave>,
) -> Result<(), StoreError> {
    sql!("UPDATE movement SET wave_from = $2, wave_until = $3 WHERE id = $1")
        .id(movement)
        .maybe_text(wave.map(|wave| wave.from.to_string()))
        .maybe_text(wave.map(|wave| wave.until.to_string()))
        .run(tx)
        .map(|_| ())
}
