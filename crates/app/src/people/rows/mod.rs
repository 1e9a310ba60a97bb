//! Accounts, sessions, tries to sign in.

pub mod passkey;

use mend_rules::id::AccountId;
use mend_rules::people::{Handle, PROOF_MINUTES};
use mend_rules::time::Time;
use mend_store::{Row, StoreError, Tx, sql};

use crate::web::visit::Account;

/// What is kept of an account's ways in.
pub struct Ways {
    pub account: AccountId,
    pub salt: Vec<u8>,
    pub iterations: i64,
    pub words: String,
    pub code: String,
}

pub fn signed_in(tx: &mut Tx<'_>, digest: &[u8], now: Time) -> Result<Option<Account>, StoreError> {
    sql!(
        "SELECT a.id, a.handle, s.proved_at FROM session s JOIN account a ON a.id = s.account_id
          WHERE s.digest = $1 AND s.ends_at > $2 AND s.made_at <= $3"
    )
    .bytes(digest)
    .int(now)
    // A session from days ahead would come to life again under a clock that was set back.
    .int(now.days(1))
    .maybe(tx, |row| {
        Ok(Account {
            id: AccountId(row.id(0)?),
            handle: row.text(1)?,
            session: digest.to_vec(),
            proved: Time(row.int(2)?),
        })
    })
}

pub fn ways(tx: &mut Tx<'_>, handle: &Handle) -> Result<Option<Ways>, StoreError> {
    let read = |row: &Row| {
        Ok(Ways {
            account: AccountId(row.id(0)?),
            salt: row.bytes(1)?,
            iterations: row.int(2)?,
            words: row.text(3)?,
            code: row.text(4)?,
        })
    };
    sql!(
        "SELECT id, salt, iterations, words_verifier, code_verifier FROM account WHERE handle = $1"
    )
    .text(handle.as_str())
    .maybe(tx, read)
}

pub fn add_account(
    tx: &mut Tx<'_>,
    handle: &Handle,
    ways: &Ways,
    now: Time,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO account (id, handle, salt, iterations, words_verifier, code_verifier, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)"
    )
    .id(ways.account)
    .text(handle.as_str())
    .bytes(ways.salt.clone())
    .int(ways.iterations)
    .text(ways.words.clone())
    .text(ways.code.clone())
    .int(now)
    .run(tx)
    .map(|_| ())
}

/// An account of the sample movement, which nobody can sign in to with words.
pub fn add_sample(
    tx: &mut Tx<'_>,
    account: AccountId,
    handle: &str,
    now: Time,
) -> Result<(), StoreError> {
    let Ok(handle) = Handle::new(handle) else {
        return Err(StoreError::Odd(format!("{handle} is no handle")));
    };
    let nobody = mend_seal::Verifier::dummy().to_text();
    let ways = Ways {
        account,
        salt: vec![0; 16],
        iterations: i64::from(mend_seal::Iterations::LEAST.get()),
        words: nobody.clone(),
        code: nobody,
    };
    add_account(tx, &handle, &ways, now)
}

pub fn add_session(
    tx: &mut Tx<'_>,
    digest: &[u8],
    account: AccountId,
    now: Time,
    ends: Time,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO session (digest, account_id, made_at, ends_at, proved_at)
         VALUES ($1, $2, $3, $4, $3)"
    )
    .bytes(digest)
    .id(account)
    .int(now)
    .int(ends)
    .run(tx)
    .map(|_| ())
}

pub fn end_session(tx: &mut Tx<'_>, digest: &[u8]) -> Result<(), StoreError> {
    sql!("DELETE FROM session WHERE digest = $1")
        .bytes(digest)
        .run(tx)
        .map(|_| ())
}

/// A session as its owner may see it: when it began and ends, and nothing of what was done in it.
pub struct Session {
    pub digest: Vec<u8>,
    pub began: Time,
    pub ends: Time,
}

pub fn sessions(
    tx: &mut Tx<'_>,
    account: AccountId,
    now: Time,
) -> Result<Vec<Session>, StoreError> {
    sql!(
        "SELECT digest, made_at, ends_at FROM session
          WHERE account_id = $1 AND ends_at > $2 ORDER BY made_at, digest"
    )
    .id(account)
    .int(now)
    .all(tx, |row| {
        Ok(Session {
            digest: row.bytes(0)?,
            began: Time(row.int(1)?),
            ends: Time(row.int(2)?),
        })
    })
}

/// Ends sessions of an account: one, all but one, or all.
pub fn end_own(tx: &mut Tx<'_>, account: AccountId, which: &Which) -> Result<(), StoreError> {
    match which {
        Which::One(digest) => sql!("DELETE FROM session WHERE account_id = $1 AND digest = $2")
            .id(account)
            .bytes(digest.clone())
            .run(tx),
        Which::AllBut(digest) => sql!("DELETE FROM session WHERE account_id = $1 AND digest <> $2")
            .id(account)
            .bytes(digest.clone())
            .run(tx),
        Which::All => sql!("DELETE FROM session WHERE account_id = $1")
            .id(account)
            .run(tx),
    }
    .map(|_| ())
}

/// Ends one session of an account.
pub fn end_one(tx: &mut Tx<'_>, account: AccountId, digest: Vec<u8>) -> Result<(), StoreError> {
    end_own(tx, account, &Which::One(digest))
}

/// Sessions to end.
#[derive(Debug, Clone)]
pub enum Which {
    One(Vec<u8>),
    AllBut(Vec<u8>),
    All,
}

/// Notes that it was proved again who is there.
pub fn set_proved(tx: &mut Tx<'_>, digest: &[u8], now: Time) -> Result<(), StoreError> {
    sql!("UPDATE session SET proved_at = $2 WHERE digest = $1")
        .bytes(digest)
        .int(now)
        .run(tx)
        .map(|_| ())
}

/// Replaces both ways in of an account.
pub fn set_ways(tx: &mut Tx<'_>, ways: &Ways) -> Result<(), StoreError> {
    sql!(
        "UPDATE account SET salt = $2, iterations = $3, words_verifier = $4, code_verifier = $5
          WHERE id = $1"
    )
    .id(ways.account)
    .bytes(ways.salt.clone())
    .int(ways.iterations)
    .text(ways.words.clone())
    .text(ways.code.clone())
    .run(tx)
    .map(|_| ())
}

pub fn tries(tx: &mut Tx<'_>, about: &[u8]) -> Result<Vec<Time>, StoreError> {
    sql!("SELECT made_at FROM sign_in_try WHERE about = $1")
        .bytes(about)
        .all(tx, |row| row.int(0).map(Time))
}

pub fn add_try(tx: &mut Tx<'_>, id: [u8; 16], about: &[u8], now: Time) -> Result<(), StoreError> {
    sql!("INSERT INTO sign_in_try (id, about, made_at) VALUES ($1, $2, $3)")
        .id(id)
        .bytes(about)
        .int(now)
        .run(tx)
        .map(|_| ())
}

pub fn forget_tries(tx: &mut Tx<'_>, about: &[u8]) -> Result<(), StoreError> {
    sql!("DELETE FROM sign_in_try WHERE about = $1")
        .bytes(about)
        .run(tx)
        .map(|_| ())
}

/// Gives an account of the sample movement words and a code that are printed for everybody to try.
pub fn set_sample_ways(
    tx: &mut Tx<'_>,
    account: AccountId,
    salt: &[u8; 16],
    words: &str,
    code: &str,
) -> Result<(), StoreError> {
    set_ways(
        tx,
        &Ways {
            account,
            salt: salt.to_vec(),
            iterations: i64::from(mend_seal::Iterations::LEAST.get()),
            words: words.to_owned(),
            code: code.to_owned(),
        },
    )
}

/// Everything that points to the account goes with it, by the tables' own keys.
pub fn erase(tx: &mut Tx<'_>, account: AccountId) -> Result<(), StoreError> {
    sql!("DELETE FROM account WHERE id = $1")
        .id(account)
        .run(tx)
        .map(|_| ())
}

/// Ends all sessions of the instance.
pub fn end_every_session(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    sql!("DELETE FROM session").run(tx).map(|_| ())
}

/// Lets go of sessions that ended and of old tries.
pub fn sweep(tx: &mut Tx<'_>, now: Time, tries_before: Time) -> Result<(), StoreError> {
    sql!("DELETE FROM session WHERE ends_at <= $1")
        .int(now)
        .run(tx)?;
    // A proof that is old proves nothing any more, and would only tell when somebody was here.
    sql!("UPDATE session SET proved_at = made_at WHERE proved_at > made_at AND proved_at <= $1")
        .int(now.minutes(-PROOF_MINUTES))
        .run(tx)?;
    sql!("DELETE FROM sign_in_try WHERE made_at <= $1")
        .int(tries_before)
        .run(tx)
        .map(|_| ())
}
