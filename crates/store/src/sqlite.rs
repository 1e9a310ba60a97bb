//! SQLite: one writer thread that commits waiting deeds as a group, a few read-only readers.
//! Never: answers a deed before its commit is on the disk (`synchronous=FULL`).

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, ToSql, params_from_iter};

use crate::fleeting;
use crate::migrate::{self, Migration, Schema};
use crate::tx::Inner;
use crate::whole::{self, Health, Look};
use crate::{OpenError, Row, Sql, StoreError, Tx, Value};

/// Every commit waits for the disk.
pub(crate) const SYNCHRONOUS: &str = "FULL";
const READERS: usize = 4;
const GROUP: usize = 256;
pub(crate) const WAIT: Duration = Duration::from_secs(5);

/// What a deed leaves behind: whether to keep its changes, and whom to tell after the commit.
pub(crate) struct Finish {
    pub(crate) keep: bool,
    pub(crate) tell: Box<dyn FnOnce(Result<(), StoreError>) + Send>,
}

/// What to run, or the reason why nothing can be run now.
pub(crate) type Deed = Box<dyn FnOnce(Result<&mut Tx<'_>, StoreError>) -> Finish + Send>;

/// What the writer is asked for.
enum Ask {
    Deed(Deed),
    /// Move everything out of the write-ahead log and empty it; the answer is whether it went.
    Settle(Sender<Result<(), StoreError>>),
}

pub(crate) struct Lite {
    writer: Sender<Ask>,
    readers: Mutex<Vec<Connection>>,
    freed: Condvar,
    health: Arc<Health>,
    file: PathBuf,
}

impl Lite {
    pub(crate) fn open(file: &Path, synchronous: &str) -> Result<Self, OpenError> {
        let mut writer = connect(file, synchronous).map_err(|e| unopened(file, &e))?;
        whole::check(&writer, Look::Quick).map_err(|e| not_whole(file, &e))?;
        migrate::run(&mut writer, migrate::SQLITE)?;
        fleeting::prepare(&writer, file)?;
        let reader = || {
            let connection = connect(file, synchronous)?;
            fleeting::attach(&connection, file)?;
            reading_only(connection)
        };
        let readers = (0..READERS)
            .map(|_| reader())
            .collect::<Result<Vec<_>, _>>()
            .map_err(|e| unopened(file, &e))?;
        let (sender, asked) = channel();
        let health = Arc::new(Health::default());
        let heeded = Arc::clone(&health);
        std::thread::Builder::new()
            .name("mend-writer".into())
            .spawn(move || write_all(&writer, &heeded, &asked))
            .map_err(|e| OpenError::Failed(e.to_string()))?;
        Ok(Self {
            writer: sender,
            readers: Mutex::new(readers),
            freed: Condvar::new(),
            health,
            file: file.to_owned(),
        })
    }

    pub(crate) fn send(&self, deed: Deed) {
        // A writer that is gone drops the deed, and whoever waits for its answer is told so.
        let _ = self.writer.send(Ask::Deed(deed));
    }

    /// Looks thoroughly through the file; if it is damaged, nothing is written any more.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        let checked = whole::check_file(&self.file);
        if let Err(StoreError::Damaged(why)) = &checked {
            self.health.stop(why);
        }
        checked
    }

    /// Empties the write-ahead log, where deleted rows could still be read.
    pub(crate) fn settle(&self) -> Result<(), StoreError> {
        let (answer, told) = channel();
        let _ = self.writer.send(Ask::Settle(answer));
        told.recv().unwrap_or_else(|_| Err(StoreError::half_way()))
    }

    pub(crate) fn read<T, E: From<StoreError>>(
        &self,
        mut act: impl FnMut(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let connection = self.borrow();
        let result = connection
            .execute_batch("BEGIN")
            .map_err(|e| E::from(self.health.heed(&e)))
            .and_then(|()| {
                let mut tx = Tx(Inner::Lite(LiteTx(&connection, &self.health)));
                catch_unwind(AssertUnwindSafe(|| act(&mut tx)))
                    .unwrap_or_else(|_| Err(E::from(StoreError::half_way())))
            });
        let _ = connection.execute_batch("ROLLBACK");
        self.give_back(connection);
        result
    }

    fn borrow(&self) -> Connection {
        let mut free = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match free.pop() {
                Some(connection) => return connection,
                None => {
                    free = self
                        .freed
                        .wait(free)
                        .unwrap_or_else(PoisonError::into_inner)
                }
            }
        }
    }

    fn give_back(&self, connection: Connection) {
        self.readers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(connection);
        self.freed.notify_one();
    }
}

/// Runs waiting deeds one after another, each in its own savepoint, and commits them together.
fn write_all(connection: &Connection, health: &Health, asked: &Receiver<Ask>) {
    while let Ok(first) = asked.recv() {
        let mut group = Vec::new();
        let mut settling = Vec::new();
        for ask in std::iter::once(first).chain(asked.try_iter().take(GROUP - 1)) {
            match ask {
                Ask::Deed(deed) => group.push(deed),
                Ask::Settle(answer) => settling.push(answer),
            }
        }
        if !group.is_empty() {
            let (tells, outcome) = write_group(connection, health, group);
            for tell in tells {
                tell(outcome.clone());
            }
        }
        if !settling.is_empty() {
            let settled = empty_log(connection, health);
            for answer in settling {
                let _ = answer.send(settled.clone());
            }
        }
    }
}

fn empty_log(connection: &Connection, health: &Health) -> Result<(), StoreError> {
    health.may_write()?;
    let busy: i64 = connection
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
        .map_err(|e| health.heed(&e))?;
    match busy {
        0 => Ok(()),
        _ => Err(StoreError::Busy),
    }
}

type Tell = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

fn write_group(
    connection: &Connection,
    health: &Health,
    group: Vec<Deed>,
) -> (Vec<Tell>, Result<(), StoreError>) {
    let run = |sql| connection.execute_batch(sql).map_err(|e| health.heed(&e));
    let mut outcome = health.may_write().and_then(|()| run("BEGIN IMMEDIATE"));
    let mut tells = Vec::with_capacity(group.len());
    for deed in group {
        if let Err(why) = &outcome {
            tells.push(deed(Err(why.clone())).tell);
            continue;
        }
        tells.extend(write_one(connection, health, deed).map(|finish| finish.tell));
        // A full disk may undo the whole transaction under the hands of one deed.
        if connection.is_autocommit() {
            outcome = Err(StoreError::half_way());
        }
        // What stands on a page that turned out broken is not kept either.
        outcome = outcome.and_then(|()| health.may_write());
    }
    if outcome.is_ok() {
        outcome = run("COMMIT");
    }
    if outcome.is_err() && !connection.is_autocommit() {
        let _ = connection.execute_batch("ROLLBACK");
    }
    (tells, outcome)
}

fn write_one(connection: &Connection, health: &Health, deed: Deed) -> Option<Finish> {
    let _ = connection.execute_batch("SAVEPOINT deed");
    let mut tx = Tx(Inner::Lite(LiteTx(connection, health)));
    let finish = catch_unwind(AssertUnwindSafe(|| deed(Ok(&mut tx)))).ok();
    let keep = finish.as_ref().is_some_and(|finish| finish.keep);
    if !keep {
        let _ = connection.execute_batch("ROLLBACK TO deed");
    }
    let _ = connection.execute_batch("RELEASE deed");
    finish
}

pub(crate) struct LiteTx<'a>(&'a Connection, &'a Health);

impl LiteTx<'_> {
    pub(crate) fn run(&mut self, sql: &Sql) -> Result<u64, StoreError> {
        let mut statement = self
            .0
            .prepare_cached(sql.text)
            .map_err(|e| self.1.heed(&e))?;
        bind(&mut statement, &sql.values)?;
        let touched = statement.raw_execute().map_err(|e| self.1.heed(&e))?;
        Ok(touched as u64)
    }

    pub(crate) fn rows(&mut self, sql: &Sql) -> Result<Vec<Row>, StoreError> {
        let mut statement = self
            .0
            .prepare_cached(sql.text)
            .map_err(|e| self.1.heed(&e))?;
        bind(&mut statement, &sql.values)?;
        let width = statement.column_count();
        let mut rows = statement.raw_query();
        let mut all = Vec::new();
        while let Some(row) = rows.next().map_err(|e| self.1.heed(&e))? {
            let values = (0..width).map(|at| row.get_ref(at).map_err(|e| self.1.heed(&e)));
            all.push(Row(values
                .map(|value| value.and_then(owned))
                .collect::<Result<_, _>>()?));
        }
        Ok(all)
    }

    pub(crate) fn prepare(&mut self, text: &str) -> Result<(), StoreError> {
        self.0
            .prepare(text)
            .map(|_| ())
            .map_err(|e| self.1.heed(&e))
    }
}

/// `$1` is a *name* to SQLite, so values are bound by it and not by where it stands.
fn bind(statement: &mut rusqlite::Statement<'_>, values: &[Value]) -> Result<(), StoreError> {
    for (at, value) in values.iter().enumerate() {
        let index = statement
            .parameter_index(&format!("${}", at + 1))
            .map_err(|e| store_error(&e))?
            .ok_or_else(|| StoreError::Odd(format!("the statement has no ${}", at + 1)))?;
        statement
            .raw_bind_parameter(index, value)
            .map_err(|e| store_error(&e))?;
    }
    Ok(())
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        Ok(rusqlite::types::ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(n) => ValueRef::Integer(*n),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Bytes(bytes) => ValueRef::Blob(bytes),
            Value::Id(id) => ValueRef::Blob(id),
        }))
    }
}

fn owned(value: ValueRef<'_>) -> Result<Value, StoreError> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => Value::Int(n),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
        ValueRef::Real(_) => return Err(StoreError::Odd("a column holds a fraction".into())),
    })
}

impl Schema for Connection {
    fn applied(&mut self) -> Result<Vec<(i64, String)>, StoreError> {
        let listed = |connection: &Connection| -> rusqlite::Result<Vec<(i64, String)>> {
            connection.execute_batch(migrate::TABLE)?;
            connection
                .prepare(migrate::APPLIED)?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        };
        listed(self).map_err(|e| store_error(&e))
    }

    fn apply(&mut self, step: &Migration, mark: &[Value]) -> Result<(), StoreError> {
        let applied = |connection: &mut Connection| -> rusqlite::Result<()> {
            let tx =
                connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            tx.execute_batch(step.text)?;
            tx.execute(migrate::MARK, params_from_iter(mark))?;
            tx.commit()
        };
        applied(self).map_err(|e| store_error(&e))
    }
}

pub(crate) fn connect(file: &Path, synchronous: &str) -> rusqlite::Result<Connection> {
    let connection = Connection::open(file)?;
    connection.busy_timeout(WAIT)?;
    connection.set_prepared_statement_cache_capacity(256);
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;
         PRAGMA cache_size = -1024;",
    )?;
    connection.pragma_update(None, "synchronous", synchronous)?;
    Ok(connection)
}

fn reading_only(connection: Connection) -> rusqlite::Result<Connection> {
    connection.execute_batch("PRAGMA query_only = ON")?;
    Ok(connection)
}

fn unopened(file: &Path, error: &rusqlite::Error) -> OpenError {
    let name = file.display();
    match store_error(error) {
        damaged @ StoreError::Damaged(_) => not_whole(file, &damaged),
        StoreError::Full => OpenError::Unwritable(format!("the disk that holds {name} is full")),
        _ => OpenError::Unwritable(format!("{name}: {error}")),
    }
}

pub(crate) fn not_whole(file: &Path, error: &StoreError) -> OpenError {
    let why = match error {
        StoreError::Damaged(why) => why.clone(),
        other => other.to_string(),
    };
    OpenError::Damaged {
        file: file.display().to_string(),
        why,
    }
}

pub(crate) fn store_error(error: &rusqlite::Error) -> StoreError {
    let rusqlite::Error::SqliteFailure(cause, message) = error else {
        return StoreError::Odd(error.to_string());
    };
    let said = || message.clone().unwrap_or_else(|| cause.to_string());
    match (cause.code, cause.extended_code) {
        (
            _,
            rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE | rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY,
        ) => StoreError::Taken,
        (_, rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY) => StoreError::Dangling,
        (ErrorCode::ConstraintViolation, _) => StoreError::Refused(said()),
        // A limit on the size of files is told as a write that failed, not as a full disk.
        (ErrorCode::DiskFull, _) | (_, rusqlite::ffi::SQLITE_IOERR_WRITE) => StoreError::Full,
        (ErrorCode::ReadOnly, _) => StoreError::ReadOnly,
        (ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase, _) => StoreError::Damaged(said()),
        // After a failed sync nobody knows which pages are on the disk, and asking again lies.
        (_, rusqlite::ffi::SQLITE_IOERR_FSYNC | rusqlite::ffi::SQLITE_IOERR_DIR_FSYNC) => {
            StoreError::Damaged(format!(
                "the disk did not keep what was written: {}",
                said()
            ))
        }
        (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => StoreError::Busy,
        _ => StoreError::Lost(said()),
    }
}

#[cfg(test)]
mod tests;
