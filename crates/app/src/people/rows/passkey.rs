//! Passkeys of accounts: the public half, which opens nothing.

use mend_rules::id::AccountId;
use mend_rules::time::Time;
use mend_store::{StoreError, Tx, sql};

/// A passkey as it is listed.
pub struct Row {
    pub id: [u8; 16],
    pub made: Time,
}

pub fn add(
    tx: &mut Tx<'_>,
    id: [u8; 16],
    account: AccountId,
    credential: &[u8],
    body: &str,
    now: Time,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO passkey (id, account_id, credential, body, made_at)
         VALUES ($1, $2, $3, $4, $5)"
    )
    .id(id)
    .id(account)
    .bytes(credential)
    .text(body)
    .int(now)
    .run(tx)
    .map(|_| ())
}

pub fn of(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<(Row, String)>, StoreError> {
    sql!("SELECT id, made_at, body FROM passkey WHERE account_id = $1 ORDER BY made_at, id")
        .id(account)
        .all(tx, |row| {
            let listed = Row {
                id: row.id(0)?,
                made: Time(row.int(1)?),
            };
            Ok((listed, row.text(2)?))
        })
}

/// Whose key this is, and what is kept of it.
pub fn by_credential(
    tx: &mut Tx<'_>,
    credential: &[u8],
) -> Result<Option<([u8; 16], AccountId, String)>, StoreError> {
    sql!("SELECT id, account_id, body FROM passkey WHERE credential = $1")
        .bytes(credential)
        .maybe(tx, |row| {
            Ok((row.id(0)?, AccountId(row.id(1)?), row.text(2)?))
        })
}

pub fn save(tx: &mut Tx<'_>, id: [u8; 16], body: &str) -> Result<(), StoreError> {
    sql!("UPDATE passkey SET body = $2 WHERE id = $1")
        .id(id)
        .text(body)
        .run(tx)
        .map(|_| ())
}

pub fn remove(tx: &mut Tx<'_>, account: AccountId, id: [u8; 16]) -> Result<(), StoreError> {
    sql!("DELETE FROM passkey WHERE account_id = $1 AND id = $2")
        .id(account)
        .id(id)
        .run(tx)
        .map(|_| ())
}
