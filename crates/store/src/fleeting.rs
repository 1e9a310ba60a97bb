//! Rows that pass: what lasts an hour and must not outlive it. On SQLite they lie in a file of their
//! own beside the database, on PostgreSQL in tables that are not logged; no backup takes them along.
//! They survive a program that is killed, and need not survive a machine that loses its power.
//!
//! Never: keeps such rows from an older program whose tables were others; stops a start because
//! this file is damaged.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::migrate::fingerprint;
use crate::sqlite::store_error;
use crate::{OpenError, StoreError};

/// The file, beside the database.
const NAME: &str = "live.db";
/// Its tables.
const TABLES: &str = include_str!("../migrations/fleeting/live.sql");

fn file(beside: &Path) -> PathBuf {
    beside.with_file_name(NAME)
}

/// Opens the file beside a database on the same connection, so that a deed reaches both.
pub(crate) fn attach(connection: &Connection, database: &Path) -> rusqlite::Result<()> {
    let name = file(database);
    connection.execute(
        "ATTACH DATABASE $1 AS fleeting",
        [name.to_string_lossy().as_ref()],
    )?;
    connection.execute_batch(
        "PRAGMA fleeting.journal_mode = WAL;
         PRAGMA fleeting.secure_delete = ON;
         PRAGMA fleeting.cache_size = -512;
         PRAGMA fleeting.synchronous = NORMAL;",
    )
}

/// Opens the file on the connection that writes, and sees to its tables. A file that is damaged is
/// made anew: it holds nothing that lasts.
pub(crate) fn prepare(connection: &Connection, database: &Path) -> Result<(), OpenError> {
    let opened = || attach(connection, database).and_then(|()| make(connection));
    if let Err(error) = opened() {
        if !matches!(store_error(&error), StoreError::Damaged(_)) {
            return Err(OpenError::Failed(error.to_string()));
        }
        tracing::warn!(%error, "{NAME} was damaged and is made anew");
        let _ = connection.execute_batch("DETACH DATABASE fleeting");
        for end in ["", "-wal", "-shm"] {
            let mut name = file(database).into_os_string();
            name.push(end);
            let _ = std::fs::remove_file(name);
        }
        opened().map_err(|e| OpenError::Failed(e.to_string()))?;
    }
    Ok(())
}

/// Makes the tables, unless those that are there are the same.
fn make(connection: &Connection) -> rusqlite::Result<()> {
    let print = fingerprint(TABLES);
    // The engine keeps 31 bits for us.
    let wanted = i64::from_str_radix(&print[..7], 16).unwrap_or(1);
    let there: i64 = connection.query_row("PRAGMA fleeting.user_version", [], |row| row.get(0))?;
    let whole: String = connection.query_row("PRAGMA fleeting.quick_check(1)", [], |r| r.get(0))?;
    if whole != "ok" {
        let cause = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT);
        return Err(rusqlite::Error::SqliteFailure(cause, Some(whole)));
    }
    if there == wanted {
        return Ok(());
    }
    let old: Vec<String> = connection
        .prepare("SELECT name FROM fleeting.sqlite_schema WHERE type = 'table'")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let drops: String = old
        .iter()
        .map(|name| format!("DROP TABLE fleeting.\"{name}\";"))
        .collect();
    connection.execute_batch(&format!(
        "BEGIN IMMEDIATE; {drops} {TABLES} PRAGMA fleeting.user_version = {wanted}; COMMIT;"
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)] // A failed step is a failed test.
    use super::*;
    use crate::sqlite::{Lite, SYNCHRONOUS};

    fn rows(lite: &Lite) -> i64 {
        lite.read(|tx| crate::Sql::new("SELECT COUNT(*) FROM live").one(tx, |row| row.int(0)))
            .unwrap_or_else(|why: StoreError| panic!("{why}"))
    }

    #[test]
    fn a_damaged_file_of_passing_rows_is_made_anew_and_stops_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("mend.db");
        drop(Lite::open(&database, SYNCHRONOUS).unwrap());
        std::fs::write(
            file(&database),
            b"not a database at all, but long enough to look",
        )
        .unwrap();
        assert_eq!(rows(&Lite::open(&database, SYNCHRONOUS).unwrap()), 0);
    }

    #[test]
    fn tables_of_another_program_make_room_for_ours() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("mend.db");
        let other = Connection::open(file(&database)).unwrap();
        other
            .execute_batch("CREATE TABLE live (old TEXT); CREATE TABLE older (a TEXT); PRAGMA user_version = 7;")
            .unwrap();
        drop(other);
        assert_eq!(rows(&Lite::open(&database, SYNCHRONOUS).unwrap()), 0);
    }
}
