//! What an account does with its sealed writing: keep the keyring, keep pieces, let them go.

use mend_rules::id::AccountId;
use mend_rules::time::Time;
use mend_store::{StoreError, Tx};
use sha2::{Digest, Sha256};

use super::rows::{self, Door, Keyring, Piece, Way};
use crate::app::fresh;
use crate::web::Problem;
use crate::web::visit::Account;

/// The largest piece, in bytes: a very long letter.
const PIECE: usize = 512 * 1024;
/// The largest keyring.
const KEYRING: usize = 256 * 1024;
/// The most of one account: pieces, and bytes in all.
const MOST: (i64, i64) = (20_000, 64 * 1024 * 1024);
/// How long an id is remembered after its piece was destroyed, so that no device brings it back.
const REMEMBERED_DAYS: i64 = 400;

/// Everything that is kept of an account's sealed writing, for its own export.
pub struct Sealed {
    pub keyring: Option<Vec<u8>>,
    pub pieces: Vec<Piece>,
}

/// A keyring as the browser sends it, with the secret by which it is guarded.
pub struct Sent {
    pub turn: i64,
    pub guard: Vec<u8>,
    pub body: Vec<u8>,
}

impl Sent {
    fn kept(self) -> Result<Keyring, Problem> {
        if self.guard.len() != 32 || self.body.len() > KEYRING {
            return Err(Problem::Refused("vault-odd"));
        }
        Ok(Keyring {
            turn: self.turn,
            guard: Sha256::digest(&self.guard).to_vec(),
            body: self.body,
        })
    }
}

/// What became of a piece that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// It is kept, in this version.
    As(i64),
    /// Another device was there first; this is what it wrote.
    Clash(Piece),
    /// It was destroyed meanwhile.
    Gone,
}

/// The first keyring of an account.
pub fn set_up(
    tx: &mut Tx<'_>,
    account: &Account,
    sent: Sent,
    ways: [(&str, Vec<u8>); 2],
    now: Time,
) -> Result<(), Problem> {
    if rows::keyring(tx, account.id)?.is_some() {
        return Err(Problem::Refused("vault-there"));
    }
    rows::add_keyring(tx, account.id, &sent.kept()?)?;
    add_ways(tx, account.id, ways)?;
    rows::set_door(tx, account.id, &account.session, &day(now))?;
    Ok(())
}

/// The same for an account of the sample movement.
pub fn set_up_sample(
    tx: &mut Tx<'_>,
    account: AccountId,
    (guard, body): (Vec<u8>, Vec<u8>),
    ways: [(&str, Vec<u8>); 2],
    pieces: &[([u8; 16], Vec<u8>)],
) -> Result<(), StoreError> {
    let keyring = Keyring {
        turn: 1,
        guard: Sha256::digest(&guard).to_vec(),
        body,
    };
    rows::add_keyring(tx, account, &keyring)?;
    add_ways(tx, account, ways)?;
    for (id, body) in pieces {
        let piece = Piece {
            id: *id,
            version: 1,
            until: None,
            body: body.clone(),
        };
        rows::add_piece(tx, account, &piece)?;
    }
    Ok(())
}

fn add_ways(
    tx: &mut Tx<'_>,
    account: AccountId,
    ways: [(&str, Vec<u8>); 2],
) -> Result<(), StoreError> {
    ways.into_iter().try_for_each(|(kind, body)| {
        let way = Way {
            kind: kind.to_owned(),
            credential: None,
            body,
        };
        rows::add_way(tx, account, fresh(), &way)
    })
}

/// The keyring, for whoever has opened it: a session alone can neither change nor destroy anything.
fn held(tx: &mut Tx<'_>, account: AccountId, guard: &[u8]) -> Result<Keyring, Problem> {
    let keyring = rows::keyring(tx, account)?.ok_or(Problem::Refused("vault-none"))?;
    if keyring.guard != Sha256::digest(guard).as_slice() {
        return Err(Problem::Refused("vault-stale"));
    }
    Ok(keyring)
}

/// Keeps a newer keyring, sealed with the same ring key.
pub fn save_keyring(
    tx: &mut Tx<'_>,
    account: AccountId,
    turn: i64,
    guard: &[u8],
    body: Vec<u8>,
) -> Result<(), Problem> {
    let before = held(tx, account, guard)?;
    if before.body == body && before.turn == turn {
        return Ok(());
    }
    if turn != before.turn + 1 || body.len() > KEYRING {
        return Err(Problem::Refused("vault-stale"));
    }
    let newer = Keyring {
        turn,
        body,
        ..before
    };
    Ok(rows::set_keyring(tx, account, &newer)?)
}

/// Puts a new ring key in force: a new keyring, and words and code as the only ways to it.
pub fn renew(
    tx: &mut Tx<'_>,
    account: &Account,
    guard: &[u8],
    sent: Sent,
    ways: [(&str, Vec<u8>); 2],
) -> Result<(), Problem> {
    let before = held(tx, account.id, guard)?;
    if sent.turn != before.turn + 1 {
        return Err(Problem::Refused("vault-stale"));
    }
    rows::set_keyring(tx, account.id, &sent.kept()?)?;
    rows::drop_ways(tx, account.id)?;
    add_ways(tx, account.id, ways)?;
    rows::drop_other_doors(tx, account.id, &account.session)?;
    Ok(())
}

/// Lets a passkey open the keyring too.
pub fn add_passkey(
    tx: &mut Tx<'_>,
    account: AccountId,
    guard: &[u8],
    credential: Vec<u8>,
    body: Vec<u8>,
) -> Result<(), Problem> {
    held(tx, account, guard)?;
    if !rows::has_passkey(tx, account, &credential)? || body.len() > 1024 {
        return Err(Problem::Refused("vault-odd"));
    }
    rows::drop_way(tx, account, &credential)?;
    let way = Way {
        kind: "passkey".into(),
        credential: Some(credential),
        body,
    };
    Ok(rows::add_way(tx, account, fresh(), &way)?)
}

/// Takes a passkey's way away.
pub fn drop_passkey(
    tx: &mut Tx<'_>,
    account: AccountId,
    guard: &[u8],
    credential: &[u8],
) -> Result<(), Problem> {
    held(tx, account, guard)?;
    Ok(rows::drop_way(tx, account, credential)?)
}

/// Keeps pieces; each is one that `base` names the version of that its writer saw, 0 for a new one.
pub fn save(
    tx: &mut Tx<'_>,
    account: AccountId,
    guard: &[u8],
    pieces: Vec<(i64, Piece)>,
) -> Result<Vec<Kept>, Problem> {
    held(tx, account, guard)?;
    let kept: Result<Vec<Kept>, Problem> = pieces
        .into_iter()
        .map(|(base, piece)| save_one(tx, account, base, piece))
        .collect();
    let (count, bytes) = rows::size(tx, account)?;
    if count > MOST.0 || bytes > MOST.1 {
        return Err(Problem::Refused("vault-full"));
    }
    kept
}

fn save_one(tx: &mut Tx<'_>, account: AccountId, base: i64, sent: Piece) -> Result<Kept, Problem> {
    if sent.body.len() > PIECE || sent.until.as_deref().is_some_and(|day| !is_day(day)) {
        return Err(Problem::Refused("vault-odd"));
    }
    if rows::is_gone(tx, account, sent.id)? {
        return Ok(Kept::Gone);
    }
    let piece = Piece {
        version: base + 1,
        ..sent
    };
    match rows::piece(tx, account, piece.id)? {
        None => rows::add_piece(tx, account, &piece)?,
        // Sent twice, because the first answer got lost.
        Some(there) if there.body == piece.body => return Ok(Kept::As(there.version)),
        Some(there) if there.version == base => rows::set_piece(tx, account, &piece)?,
        Some(there) => return Ok(Kept::Clash(there)),
    }
    Ok(Kept::As(piece.version))
}

/// Destroys pieces, and with `keyring` the keys that they were sealed with.
pub fn destroy(
    tx: &mut Tx<'_>,
    account: AccountId,
    guard: &[u8],
    ids: &[[u8; 16]],
    keyring: Option<(i64, Vec<u8>)>,
    now: Time,
) -> Result<(), Problem> {
    held(tx, account, guard)?;
    if let Some((turn, body)) = keyring {
        save_keyring(tx, account, turn, guard, body)?;
    }
    let day = day(now);
    Ok(ids
        .iter()
        .try_for_each(|id| rows::destroy(tx, account, *id, &day))?)
}

/// Destroys everything: writing, keyring and ways.
pub fn end(tx: &mut Tx<'_>, account: AccountId, guard: &[u8]) -> Result<(), Problem> {
    held(tx, account, guard)?;
    Ok(rows::drop_keyring(tx, account)?)
}

/// Where the keyring is open, and which of them is the one asking.
pub fn doors(tx: &mut Tx<'_>, account: &Account) -> Result<Vec<(Door, bool)>, StoreError> {
    let doors = rows::doors(tx, account.id)?;
    let own = |door: &Door| door.digest == account.session;
    Ok(doors
        .into_iter()
        .map(|door| (own(&door), door))
        .map(|(own, door)| (door, own))
        .collect())
}

/// What is kept of somebody's sealed writing, for them alone.
pub fn kept(tx: &mut Tx<'_>, account: AccountId) -> Result<Sealed, StoreError> {
    let mut pieces = Vec::new();
    for (id, _, _) in rows::index(tx, account)? {
        pieces.extend(rows::piece(tx, account, id)?);
    }
    Ok(Sealed {
        keyring: rows::keyring(tx, account)?.map(|keyring| keyring.body),
        pieces,
    })
}

/// Destroys what was to be kept until a day that is over.
pub fn sweep(tx: &mut Tx<'_>, now: Time) -> Result<(), StoreError> {
    rows::sweep(tx, &day(now), &day(now.days(-REMEMBERED_DAYS)))
}

/// The day of a moment, as ISO 8601 has it.
pub fn day(now: Time) -> String {
    now.day(&jiff::tz::TimeZone::UTC).to_string()
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}
