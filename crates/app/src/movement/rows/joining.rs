//! The joining link, and those who ask for a place.

use mend_rules::id::{AccountId, AskingId, MovementId, PersonId};
use mend_rules::joining::Before;
use mend_rules::time::Time;
use mend_store::{Row, StoreError, Tx, sql};

/// A joining link: what its address is made of, and until when it is good.
#[derive(Debug, Clone, Copy)]
pub struct Link {
    pub mark: [u8; 16],
    pub ends: Time,
}

/// The link that is good now.
pub fn link(tx: &mut Tx<'_>, movement: MovementId, now: Time) -> Result<Option<Link>, StoreError> {
    sql!("SELECT mark, ends_at FROM joining_link WHERE movement_id = $1 AND ends_at > $2")
        .id(movement)
        .int(now)
        .maybe(tx, |row| {
            Ok(Link {
                mark: row.id(0)?,
                ends: Time(row.int(1)?),
            })
        })
}

pub fn set_link(tx: &mut Tx<'_>, movement: MovementId, link: Link) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO joining_link (movement_id, mark, ends_at) VALUES ($1, $2, $3)
         ON CONFLICT (movement_id) DO UPDATE
            SET mark = excluded.mark, ends_at = excluded.ends_at"
    )
    .id(movement)
    .id(link.mark)
    .int(link.ends)
    .run(tx)
    .map(|_| ())
}

pub fn drop_link(tx: &mut Tx<'_>, movement: MovementId) -> Result<(), StoreError> {
    sql!("DELETE FROM joining_link WHERE movement_id = $1")
        .id(movement)
        .run(tx)
        .map(|_| ())
}

/// Somebody who asks for a place.
#[derive(Debug, Clone)]
pub struct Asking {
    pub id: AskingId,
    pub account: AccountId,
    pub name: String,
    pub knows_sealed: Option<Vec<u8>>,
    pub pronouns: String,
    pub languages: String,
    pub minor: bool,
    /// The steward who said yes first, as long as they serve.
    pub first: Option<PersonId>,
}

pub fn add(
    tx: &mut Tx<'_>,
    movement: MovementId,
    from: &Asking,
    now: Time,
    ends: Time,
) -> Result<(), StoreError> {
    sql!("DELETE FROM asking WHERE movement_id = $1 AND account_id = $2")
        .id(movement)
        .id(from.account)
        .run(tx)?;
    sql!(
        "INSERT INTO asking (id, movement_id, account_id, name, knows_sealed, pronouns, languages,
                minor, made_at, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    )
    .id(from.id)
    .id(movement)
    .id(from.account)
    .text(from.name.clone())
    .maybe_bytes(from.knows_sealed.clone())
    .text(from.pronouns.clone())
    .text(from.languages.clone())
    .int(from.minor)
    .int(now)
    .int(ends)
    .run(tx)
    .map(|_| ())
}

fn asking(row: &Row) -> Result<Asking, StoreError> {
    Ok(Asking {
        id: AskingId(row.id(0)?),
        account: AccountId(row.id(1)?),
        name: row.text(2)?,
        knows_sealed: row.maybe_bytes(3)?,
        pronouns: row.text(4)?,
        languages: row.text(5)?,
        minor: row.int(6)? == 1,
        first: row.maybe_id(7)?.map(PersonId),
    })
}

/// Everybody who waits, the longest first.
pub fn waiting(
    tx: &mut Tx<'_>,
    movement: MovementId,
    now: Time,
) -> Result<Vec<Asking>, StoreError> {
    sql!(
        "SELECT a.id, a.account_id, a.name, a.knows_sealed, a.pronouns, a.languages, a.minor,
                CASE WHEN s.until > $2 THEN a.first_id END
           FROM asking a LEFT JOIN steward s ON s.person_id = a.first_id
          WHERE a.movement_id = $1 AND a.not_now_at IS NULL AND a.ends_at > $2
          ORDER BY a.made_at, a.id"
    )
    .id(movement)
    .int(now)
    .all(tx, asking)
}

/// What an account asked before.
pub fn before(
    tx: &mut Tx<'_>,
    movement: MovementId,
    account: AccountId,
    now: Time,
) -> Result<Option<Before>, StoreError> {
    sql!(
        "SELECT not_now_at FROM asking
          WHERE movement_id = $1 AND account_id = $2 AND ends_at > $3"
    )
    .id(movement)
    .id(account)
    .int(now)
    .maybe(tx, |row| {
        let said = row.maybe_int(0)?;
        Ok(said.map_or(Before::Waits, |then| Before::NotNow(Time(then))))
    })
}

pub fn set_first(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: AskingId,
    first: PersonId,
) -> Result<(), StoreError> {
    sql!("UPDATE asking SET first_id = $3 WHERE movement_id = $1 AND id = $2")
        .id(movement)
        .id(id)
        .id(first)
        .run(tx)
        .map(|_| ())
}

/// Says "not now" to one who waits. Of what they wrote nothing stays.
pub fn not_now(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: AskingId,
    now: Time,
) -> Result<(), StoreError> {
    sql!(
        "UPDATE asking SET not_now_at = $3, name = '', knows_sealed = NULL, pronouns = '',
                languages = '', minor = 0, first_id = NULL
          WHERE movement_id = $1 AND id = $2 AND not_now_at IS NULL"
    )
    .id(movement)
    .id(id)
    .int(now)
    .run(tx)
    .map(|_| ())
}

pub fn drop(tx: &mut Tx<'_>, movement: MovementId, account: AccountId) -> Result<(), StoreError> {
    sql!("DELETE FROM asking WHERE movement_id = $1 AND account_id = $2")
        .id(movement)
        .id(account)
        .run(tx)
        .map(|_| ())
}

/// What somebody asked for, as they see it themselves.
#[derive(Debug, Clone)]
pub struct Own {
    pub address: String,
    pub movement: String,
    pub name: String,
    pub pronouns: String,
    pub languages: String,
    pub not_now: Option<Time>,
    pub ends: Time,
}

pub fn own(tx: &mut Tx<'_>, account: AccountId, now: Time) -> Result<Vec<Own>, StoreError> {
    sql!(
        "SELECT m.address, m.name, a.name, a.pronouns, a.languages, a.not_now_at, a.ends_at
           FROM asking a JOIN movement m ON m.id = a.movement_id
          WHERE a.account_id = $1 AND a.ends_at > $2 ORDER BY m.name"
    )
    .id(account)
    .int(now)
    .all(tx, |row| {
        Ok(Own {
            address: row.text(0)?,
            movement: row.text(1)?,
            name: row.text(2)?,
            pronouns: row.text(3)?,
            languages: row.text(4)?,
            not_now: row.maybe_int(5)?.map(Time),
            ends: Time(row.int(6)?),
        })
    })
}

/// Whether an account has a place here, or left one to which it can come back.
pub fn has_row(
    tx: &mut Tx<'_>,
    movement: MovementId,
    account: AccountId,
) -> Result<bool, StoreError> {
    sql!("SELECT COUNT(*) FROM person WHERE movement_id = $1 AND account_id = $2")
        .id(movement)
        .id(account)
        .one(tx, |row| Ok(row.int(0)? > 0))
}

/// Lets go of what is over.
pub fn sweep(tx: &mut Tx<'_>, movement: MovementId, now: Time) -> Result<(), StoreError> {
    sql!("DELETE FROM joining_link WHERE movement_id = $1 AND ends_at <= $2")
        .id(movement)
        .int(now)
        .run(tx)?;
    sql!("DELETE FROM asking WHERE movement_id = $1 AND ends_at <= $2")
        .id(movement)
        .int(now)
        .run(tx)
        .map(|_| ())
}
