//! Whether an SQLite file is whole, and a copy of it that is.
//! Never: puts anything right; writes into the file that it looks at.

use std::fs::{File, OpenOptions};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, OpenFlags};

use crate::sqlite::{WAIT, not_whole, store_error};
use crate::{OpenError, StoreError, migrate};

/// How closely a file is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// Every page and every row; at each start, so it has to be quick.
    Quick,
    /// Besides, every index against its table.
    Thorough,
}

/// What was found broken while the store was open. Once something is, nothing is written any more.
#[derive(Debug, Default)]
pub(crate) struct Health(Mutex<Option<String>>);

impl Health {
    /// Passes an error on, and remembers it if it means that the file cannot be trusted.
    pub(crate) fn heed(&self, error: &rusqlite::Error) -> StoreError {
        let error = store_error(error);
        if let StoreError::Damaged(why) = &error {
            self.stop(why);
        }
        error
    }

    /// No more writing.
    pub(crate) fn stop(&self, why: &str) {
        let mut found = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if found.is_none() {
            tracing::error!(
                why,
                "the database file is damaged; nothing is written any more"
            );
            *found = Some(why.to_owned());
        }
    }

    /// Whether writing may go on.
    pub(crate) fn may_write(&self) -> Result<(), StoreError> {
        let found = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*found {
            None => Ok(()),
            Some(why) => Err(StoreError::Damaged(why.clone())),
        }
    }
}

/// Looks through a database; the error names the first thing that is broken.
pub(crate) fn check(connection: &Connection, look: Look) -> Result<(), StoreError> {
    let asked = match look {
        Look::Quick => "PRAGMA quick_check(1)",
        Look::Thorough => "PRAGMA integrity_check(1)",
    };
    let said: String = connection
        .query_row(asked, [], |row| row.get(0))
        .map_err(|e| store_error(&e))?;
    match said.as_str() {
        "ok" => Ok(()),
        broken => Err(StoreError::Damaged(broken.replace('\n', " "))),
    }
}

/// Looks thoroughly through a file by a connection of its own.
pub(crate) fn check_file(file: &Path) -> Result<(), StoreError> {
    let connection = reader(file).map_err(|e| store_error(&e))?;
    check(&connection, Look::Thorough)
}

/// Writes a copy of an SQLite database, as it is now, to a file that is not there yet, while
/// others read and write it. The copy is whole and on the disk when this returns.
///
/// # Errors
/// [`StoreError::Full`], [`StoreError::Damaged`], or what else kept the copy from being made.
pub fn copy(from: &Path, to: &Path) -> Result<(), StoreError> {
    let lost = |e: std::io::Error| match e.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => StoreError::Full,
        _ => StoreError::Lost(format!("{}: {e}", to.display())),
    };
    let name = to
        .to_str()
        .ok_or_else(|| StoreError::Odd(format!("{} is not a plain name", to.display())))?;
    // SQLite would let others read what it makes; it takes an empty file that is there already.
    make_own(to).map_err(lost)?;
    let connection = reader(from).map_err(|e| store_error(&e))?;
    connection
        .execute("VACUUM INTO $1", [name])
        .map_err(|e| store_error(&e))?;
    File::open(to).and_then(|it| it.sync_all()).map_err(lost)?;
    check_file(to)
}

fn make_own(file: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(|_| ())
}

/// Looks at a copy that no program has open: whether it is whole, and its newest migration.
///
/// # Errors
/// What is wrong with it, or that a newer program made it.
pub fn look_at(file: &Path) -> Result<i64, OpenError> {
    let damaged = |e: StoreError| not_whole(file, &e);
    let connection = reader(file).map_err(|e| damaged(store_error(&e)))?;
    check(&connection, Look::Thorough).map_err(damaged)?;
    let data: i64 = connection
        .query_row(migrate::NEWEST, [], |row| row.get(0))
        .map_err(|_| OpenError::Failed(format!("{} holds no data of Mend", file.display())))?;
    let program = migrate::newest();
    if data > program {
        return Err(OpenError::Newer { data, program });
    }
    Ok(data)
}

fn reader(file: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.busy_timeout(WAIT)?;
    connection.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;")?;
    Ok(connection)
}
