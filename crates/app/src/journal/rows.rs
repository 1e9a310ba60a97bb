//! Keyrings, the ways that open them, where they are open, and sealed writing. All of it is
//! ciphertext but for numbers of versions, days on which things go, and random ids.

use mend_rules::id::AccountId;
use mend_store::{StoreError, Tx, sql};

/// A sealed keyring as it is kept.
#[derive(Debug, Clone)]
pub struct Keyring {
    pub turn: i64,
    /// SHA-256 of what only an opened keyring yields.
    pub guard: Vec<u8>,
    pub body: Vec<u8>,
}

/// One way that opens a keyring.
#[derive(Debug, Clone)]
pub struct Way {
    pub kind: String,
    pub credential: Option<Vec<u8>>,
    pub body: Vec<u8>,
}

/// A piece as lists name it: its id, its version, and the day on which it destroys itself.
pub type Line = ([u8; 16], i64, Option<String>);

/// One piece of sealed writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub id: [u8; 16],
    pub version: i64,
    /// The day on which it goes, as ISO 8601 has it.
    pub until: Option<String>,
    pub body: Vec<u8>,
}

/// A session in which the keyring was opened.
#[derive(Debug, Clone)]
pub struct Door {
    pub digest: Vec<u8>,
    pub day: String,
}

pub fn keyring(tx: &mut Tx<'_>, account: AccountId) -> Result<Option<Keyring>, StoreError> {
    sql!("SELECT turn, guard, body FROM keyring WHERE account_id = $1")
        .id(account)
        .maybe(tx, |row| {
            Ok(Keyring {
                turn: row.int(0)?,
                guard: row.bytes(1)?,
                body: row.bytes(2)?,
            })
        })
}

pub fn add_keyring(
    tx: &mut Tx<'_>,
    account: AccountId,
    keyring: &Keyring,
) -> Result<(), StoreError> {
    sql!("INSERT INTO keyring (account_id, turn, guard, body) VALUES ($1, $2, $3, $4)")
        .id(account)
        .int(keyring.turn)
        .bytes(keyring.guard.clone())
        .bytes(keyring.body.clone())
        .run(tx)
        .map(|_| ())
}

pub fn set_keyring(
    tx: &mut Tx<'_>,
    account: AccountId,
    keyring: &Keyring,
) -> Result<(), StoreError> {
    sql!("UPDATE keyring SET turn = $2, guard = $3, body = $4 WHERE account_id = $1")
        .id(account)
        .int(keyring.turn)
        .bytes(keyring.guard.clone())
        .bytes(keyring.body.clone())
        .run(tx)
        .map(|_| ())
}

/// Takes a keyring away; by the tables' own keys, everything that it opened goes with it.
pub fn drop_keyring(tx: &mut Tx<'_>, account: AccountId) -> Result<(), StoreError> {
    sql!("DELETE FROM keyring WHERE account_id = $1")
        .id(account)
        .run(tx)
        .map(|_| ())
}

pub fn ways(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<Way>, StoreError> {
    sql!("SELECT kind, credential, body FROM keyring_way WHERE account_id = $1 ORDER BY kind, id")
        .id(account)
        .all(tx, |row| {
            Ok(Way {
                kind: row.text(0)?,
                credential: row.maybe_bytes(1)?,
                body: row.bytes(2)?,
            })
        })
}

pub fn add_way(
    tx: &mut Tx<'_>,
    account: AccountId,
    id: [u8; 16],
    way: &Way,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO keyring_way (id, account_id, kind, credential, body) VALUES ($1, $2, $3, $4, $5)"
    )
    .id(id)
    .id(account)
    .text(way.kind.clone())
    .maybe_bytes(way.credential.clone())
    .bytes(way.body.clone())
    .run(tx)
    .map(|_| ())
}

/// Takes one passkey's way away.
pub fn drop_way(tx: &mut Tx<'_>, account: AccountId, credential: &[u8]) -> Result<(), StoreError> {
    sql!("DELETE FROM keyring_way WHERE account_id = $1 AND credential = $2")
        .id(account)
        .bytes(credential)
        .run(tx)
        .map(|_| ())
}

pub fn drop_ways(tx: &mut Tx<'_>, account: AccountId) -> Result<(), StoreError> {
    sql!("DELETE FROM keyring_way WHERE account_id = $1")
        .id(account)
        .run(tx)
        .map(|_| ())
}

/// Whether a passkey belongs to the account.
pub fn has_passkey(
    tx: &mut Tx<'_>,
    account: AccountId,
    credential: &[u8],
) -> Result<bool, StoreError> {
    sql!("SELECT COUNT(*) FROM passkey WHERE account_id = $1 AND credential = $2")
        .id(account)
        .bytes(credential)
        .one(tx, |row| Ok(row.int(0)? == 1))
}

pub fn passkeys(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<Vec<u8>>, StoreError> {
    sql!("SELECT credential FROM passkey WHERE account_id = $1 ORDER BY made_at, id")
        .id(account)
        .all(tx, |row| row.bytes(0))
}

/// Notes that the keyring is open in a session.
pub fn set_door(
    tx: &mut Tx<'_>,
    account: AccountId,
    digest: &[u8],
    day: &str,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO keyring_door (digest, account_id, day) VALUES ($1, $2, $3)
         ON CONFLICT (digest) DO NOTHING"
    )
    .bytes(digest)
    .id(account)
    .text(day)
    .run(tx)
    .map(|_| ())
}

pub fn doors(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<Door>, StoreError> {
    sql!("SELECT digest, day FROM keyring_door WHERE account_id = $1 ORDER BY day, digest")
        .id(account)
        .all(tx, |row| {
            Ok(Door {
                digest: row.bytes(0)?,
                day: row.text(1)?,
            })
        })
}

pub fn drop_door(tx: &mut Tx<'_>, account: AccountId, digest: &[u8]) -> Result<(), StoreError> {
    sql!("DELETE FROM keyring_door WHERE account_id = $1 AND digest = $2")
        .id(account)
        .bytes(digest)
        .run(tx)
        .map(|_| ())
}

/// Notes that the keyring is open nowhere but perhaps in one session.
pub fn drop_other_doors(
    tx: &mut Tx<'_>,
    account: AccountId,
    digest: &[u8],
) -> Result<(), StoreError> {
    sql!("DELETE FROM keyring_door WHERE account_id = $1 AND digest <> $2")
        .id(account)
        .bytes(digest)
        .run(tx)
        .map(|_| ())
}

/// Ids and versions of everything that an account has written.
pub fn index(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<Line>, StoreError> {
    sql!("SELECT id, version, until FROM writing WHERE account_id = $1 ORDER BY id")
        .id(account)
        .all(tx, |row| Ok((row.id(0)?, row.int(1)?, row.maybe_text(2)?)))
}

pub fn piece(
    tx: &mut Tx<'_>,
    account: AccountId,
    id: [u8; 16],
) -> Result<Option<Piece>, StoreError> {
    sql!("SELECT id, version, until, body FROM writing WHERE account_id = $1 AND id = $2")
        .id(account)
        .id(id)
        .maybe(tx, |row| {
            Ok(Piece {
                id: row.id(0)?,
                version: row.int(1)?,
                until: row.maybe_text(2)?,
                body: row.bytes(3)?,
            })
        })
}

pub fn add_piece(tx: &mut Tx<'_>, account: AccountId, piece: &Piece) -> Result<(), StoreError> {
    sql!("INSERT INTO writing (account_id, id, version, until, body) VALUES ($1, $2, $3, $4, $5)")
        .id(account)
        .id(piece.id)
        .int(piece.version)
        .maybe_text(piece.until.clone())
        .bytes(piece.body.clone())
        .run(tx)
        .map(|_| ())
}

pub fn set_piece(tx: &mut Tx<'_>, account: AccountId, piece: &Piece) -> Result<(), StoreError> {
    sql!("UPDATE writing SET version = $3, until = $4, body = $5 WHERE account_id = $1 AND id = $2")
        .id(account)
        .id(piece.id)
        .int(piece.version)
        .maybe_text(piece.until.clone())
        .bytes(piece.body.clone())
        .run(tx)
        .map(|_| ())
}

/// How many pieces an account has, and their bytes in all.
pub fn size(tx: &mut Tx<'_>, account: AccountId) -> Result<(i64, i64), StoreError> {
    sql!(
        "SELECT COUNT(*), CAST(COALESCE(SUM(LENGTH(body)), 0) AS BIGINT)
           FROM writing WHERE account_id = $1"
    )
    .id(account)
    .one(tx, |row| Ok((row.int(0)?, row.int(1)?)))
}

/// Destroys one piece, and remembers its random id so that no other device brings it back.
pub fn destroy(
    tx: &mut Tx<'_>,
    account: AccountId,
    id: [u8; 16],
    day: &str,
) -> Result<(), StoreError> {
    sql!("DELETE FROM writing WHERE account_id = $1 AND id = $2")
        .id(account)
        .id(id)
        .run(tx)?;
    sql!(
        "INSERT INTO writing_gone (account_id, id, day) VALUES ($1, $2, $3)
         ON CONFLICT (account_id, id) DO NOTHING"
    )
    .id(account)
    .id(id)
    .text(day)
    .run(tx)
    .map(|_| ())
}

pub fn is_gone(tx: &mut Tx<'_>, account: AccountId, id: [u8; 16]) -> Result<bool, StoreError> {
    sql!("SELECT COUNT(*) FROM writing_gone WHERE account_id = $1 AND id = $2")
        .id(account)
        .id(id)
        .one(tx, |row| Ok(row.int(0)? == 1))
}

pub fn gone(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<[u8; 16]>, StoreError> {
    sql!("SELECT id FROM writing_gone WHERE account_id = $1 ORDER BY id")
        .id(account)
        .all(tx, |row| row.id(0))
}

/// Destroys all writing whose day has come; forgets ids that no device can still hold.
pub fn sweep(tx: &mut Tx<'_>, today: &str, forget_before: &str) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO writing_gone (account_id, id, day)
         SELECT account_id, id, until FROM writing WHERE until IS NOT NULL AND until < $1
         ON CONFLICT (account_id, id) DO NOTHING"
    )
    .text(today)
    .run(tx)?;
    sql!("DELETE FROM writing WHERE until IS NOT NULL AND until < $1")
        .text(today)
        .run(tx)?;
    sql!("DELETE FROM writing_gone WHERE day < $1")
        .text(forget_before)
        .run(tx)
        .map(|_| ())
}
