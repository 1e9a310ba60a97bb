//! PostgreSQL: a pool of connections, each with its own prepared statements; row-level security
//! as a second lock. Writing is `SERIALIZABLE` and tried again when two deeds collide, so a deed
//! may rely on what it read, as on SQLite.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use postgres::error::SqlState;
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::{FromSql, IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use postgres::{Client, Config, NoTls, Statement, Transaction};

use crate::migrate::{self, Migration, Schema};
use crate::tx::Inner;
use crate::{OpenError, Row, Scope, Sql, StoreError, Tx, Value};

mod many_rows;

const CONNECTIONS: u32 = 8;
const TRIES: usize = 20;
/// How many rows go into the database with one statement. PostgreSQL takes 65,535 values at most.
const ROWS: usize = 250;
/// How often a deed is tried again whose row clashed with another one.
const CLASHES: usize = 2;

pub(crate) struct Pg {
    /// Always there until the drop takes it.
    pool: Option<r2d2::Pool<Manager>>,
    config: Box<Config>,
}

/// Its client ends a connection by waiting for it, which an async thread must not do. So the
/// connections end on a thread of their own, whoever drops the store.
impl Drop for Pg {
    fn drop(&mut self) {
        let pool = self.pool.take();
        let _ = std::thread::spawn(move || drop(pool)).join();
    }
}

/// A connection with the statements it has prepared.
pub(crate) struct Link {
    client: Client,
    prepared: HashMap<String, Statement>,
}

struct Manager(Config);

impl r2d2::ManageConnection for Manager {
    type Connection = Link;
    type Error = postgres::Error;

    fn connect(&self) -> Result<Link, postgres::Error> {
        Ok(Link {
            client: self.0.connect(NoTls)?,
            prepared: HashMap::new(),
        })
    }

    fn is_valid(&self, link: &mut Link) -> Result<(), postgres::Error> {
        link.client.is_valid(WAIT)
    }

    fn has_broken(&self, link: &mut Link) -> bool {
        link.client.is_closed()
    }
}

const WAIT: Duration = Duration::from_secs(5);

impl Pg {
    pub(crate) fn open(address: &str) -> Result<Self, OpenError> {
        let mut config: Config = address.parse().map_err(|e| no_address(&e))?;
        config.connect_timeout(WAIT).application_name("mend");
        let mut client = config.connect(NoTls).map_err(|e| no_address(&e))?;
        refuse_mighty(&mut client)?;
        client
            .batch_execute("SELECT pg_advisory_lock(7236520)")
            .map_err(|e| OpenError::Failed(e.to_string()))?;
        migrate::run(&mut client, migrate::POSTGRES)?;
        drop(client);
        let pool = r2d2::Pool::builder()
            .max_size(CONNECTIONS)
            .min_idle(Some(1))
            .test_on_check_out(false)
            .connection_timeout(WAIT)
            .error_handler(Box::new(Quiet))
            .build(Manager(config.clone()))
            .map_err(|e| OpenError::Address(e.to_string()))?;
        Ok(Self {
            pool: Some(pool),
            config: Box::new(config),
        })
    }

    pub(crate) fn write<T, E: From<StoreError>>(
        &self,
        scope: Scope,
        mut act: impl FnMut(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut clashes = 0;
        for _ in 0..TRIES {
            let mut link = self.link()?;
            let (result, why) = attempt(&mut link, scope, SERIALIZABLE, &mut act);
            match why {
                Some(Again::Collided | Again::Gone) => {}
                Some(Again::Clashed) if clashes < CLASHES => clashes += 1,
                _ => return result,
            }
        }
        Err(E::from(StoreError::Busy))
    }

    pub(crate) fn read<T, E: From<StoreError>>(
        &self,
        scope: Scope,
        mut act: impl FnMut(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        for _ in 0..TRIES {
            let mut link = self.link()?;
            let (result, again) = attempt(&mut link, scope, READING, &mut act);
            if again != Some(Again::Gone) {
                return result;
            }
        }
        Err(E::from(StoreError::Busy))
    }

    /// What it takes to hear what others say.
    pub(crate) fn ears(&self) -> Ears {
        Ears((*self.config).clone())
    }

    /// Takes deleted rows out of the tables that are not logged, which lie in no backup.
    pub(crate) fn settle(&self) -> Result<(), StoreError> {
        let mut link = self.link()?;
        let tables = link.client.query(UNLOGGED, &[]);
        for row in tables.map_err(|e| store_error(&e))? {
            let name: String = row.get(0);
            let cleared = link.client.batch_execute(&format!("VACUUM {name}"));
            cleared.map_err(|e| store_error(&e))?;
        }
        Ok(())
    }

    fn link(&self) -> Result<r2d2::PooledConnection<Manager>, StoreError> {
        let pool = self.pool.as_ref().ok_or_else(StoreError::half_way)?;
        pool.get().map_err(|e| StoreError::Lost(e.to_string()))
    }
}

const UNLOGGED: &str = "SELECT quote_ident(relname) FROM pg_class
      WHERE relpersistence = 'u' AND relkind = 'r' AND relnamespace = current_schema()::regnamespace";
/// Where programs on the same database speak to each other.
const CHANNEL: &str = "mend";

/// Hears what other programs on the same database say.
pub(crate) struct Ears(Config);

impl Ears {
    /// Listens on a connection of its own until it is lost or `hear` has had enough. `hear` is told
    /// `None` when listening begins and every now and then.
    pub(crate) fn listen(
        &self,
        hear: &mut dyn FnMut(Option<&str>, bool) -> bool,
    ) -> Result<(), StoreError> {
        let lost = |e: &postgres::Error| store_error(e);
        let mut client = self.0.connect(NoTls).map_err(|e| lost(&e))?;
        let listened = client.batch_execute(&format!("LISTEN {CHANNEL}"));
        listened.map_err(|e| lost(&e))?;
        let mut on = hear(None, true);
        while on {
            {
                let mut notes = client.notifications();
                let mut heard = notes.timeout_iter(BREATH);
                while let Some(note) = heard.next().map_err(|e| lost(&e))? {
                    on = on && hear(Some(note.payload()), false);
                }
            }
            on = on && hear(None, false) && !client.is_closed();
        }
        Ok(())
    }
}

/// How long an ear waits before it asks whether anybody still wants to hear.
const BREATH: Duration = Duration::from_secs(1);

const SERIALIZABLE: &str = "BEGIN ISOLATION LEVEL SERIALIZABLE";
const READING: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// Why a deed may be tried again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Again {
    /// The database has closed this connection meanwhile: another one may do.
    Gone,
    /// The database says that it collided with another one.
    Collided,
    /// A row clashed with one that is there, or points to one that is not. Another deed may have
    /// put it there or taken it away after this one looked: then it sees so the next time.
    Clashed,
}

/// Runs one transaction; the second answer says whether it may be tried again.
fn attempt<T, E: From<StoreError>>(
    link: &mut Link,
    scope: Scope,
    begin: &str,
    act: &mut impl FnMut(&mut Tx<'_>) -> Result<T, E>,
) -> (Result<T, E>, Option<Again>) {
    let Link { client, prepared } = link;
    let opened = client.batch_execute(&format!("{begin}; {}", enter(scope)));
    if let Err(error) = opened {
        let _ = client.batch_execute("ROLLBACK");
        let gone = client.is_closed().then_some(Again::Gone);
        return (Err(E::from(store_error(&error))), gone);
    }
    let mut tx = Tx(Inner::Pg(PgTx {
        client,
        prepared,
        again: None,
        failed: false,
    }));
    let result = catch_unwind(AssertUnwindSafe(|| act(&mut tx)))
        .unwrap_or_else(|_| Err(E::from(StoreError::half_way())));
    let Tx(Inner::Pg(PgTx {
        client,
        again,
        failed,
        ..
    })) = tx
    else {
        return (Err(E::from(StoreError::Odd("another engine".into()))), None);
    };
    // PostgreSQL turns the commit after a failed statement into a rollback, without a word.
    let passed_over = || E::from(StoreError::Odd("a failed statement was passed over".into()));
    let result = result.and_then(|value| {
        if failed {
            Err(passed_over())
        } else {
            Ok(value)
        }
    });
    finish(client, result, again)
}

fn finish<T, E: From<StoreError>>(
    client: &mut Client,
    result: Result<T, E>,
    again: Option<Again>,
) -> (Result<T, E>, Option<Again>) {
    if result.is_err() || again == Some(Again::Collided) {
        let _ = client.batch_execute("ROLLBACK");
        return (result, again);
    }
    match client.batch_execute("COMMIT") {
        Ok(()) => (result, None),
        Err(error) => {
            let _ = client.batch_execute("ROLLBACK");
            (Err(E::from(store_error(&error))), may_go_again(&error))
        }
    }
}

pub(crate) struct PgTx<'a> {
    client: &'a mut Client,
    prepared: &'a mut HashMap<String, Statement>,
    again: Option<Again>,
    failed: bool,
}

impl PgTx<'_> {
    pub(crate) fn enter(&mut self, scope: Scope) -> Result<(), StoreError> {
        let entered = self.client.batch_execute(&enter(scope));
        self.seen(entered)
    }

    pub(crate) fn say(&mut self, what: &str) -> Result<(), StoreError> {
        let said = self
            .client
            .execute("SELECT pg_notify($1, $2)", &[&CHANNEL, &what]);
        self.seen(said).map(|_| ())
    }

    pub(crate) fn run(&mut self, sql: &Sql) -> Result<u64, StoreError> {
        let statement = self.statement(sql.text)?;
        let touched = self.client.execute(&statement, &borrowed(&sql.values));
        self.seen(touched)
    }

    /// Whole pieces share a prepared statement; what is left over goes row by row.
    pub(crate) fn run_all(&mut self, all: &[Sql]) -> Result<u64, StoreError> {
        let mut touched = 0;
        for piece in all.chunks(ROWS) {
            if piece.len() < ROWS {
                touched += piece
                    .iter()
                    .map(|sql| self.run(sql))
                    .sum::<Result<u64, _>>()?;
                continue;
            }
            let statement = self.statement(&many_rows::text(&piece[0], ROWS))?;
            let values: Vec<_> = piece.iter().flat_map(|sql| borrowed(&sql.values)).collect();
            let result = self.client.execute(&statement, &values);
            touched += self.seen(result)?;
        }
        Ok(touched)
    }

    pub(crate) fn rows(&mut self, sql: &Sql) -> Result<Vec<Row>, StoreError> {
        let statement = self.statement(sql.text)?;
        let rows = self.client.query(&statement, &borrowed(&sql.values));
        self.seen(rows)?.iter().map(read_row).collect()
    }

    pub(crate) fn prepare(&mut self, text: &str) -> Result<(), StoreError> {
        let prepared = self.client.prepare(text).map(|_| ());
        self.seen(prepared)
    }

    fn statement(&mut self, text: &str) -> Result<Statement, StoreError> {
        if let Some(statement) = self.prepared.get(text) {
            return Ok(statement.clone());
        }
        let prepared = self.client.prepare(text);
        let statement = self.seen(prepared)?;
        self.prepared.insert(text.to_owned(), statement.clone());
        Ok(statement)
    }

    fn seen<T>(&mut self, result: Result<T, postgres::Error>) -> Result<T, StoreError> {
        result.map_err(|error| {
            // The first error counts: those after it only say that there was one.
            self.again = self.again.or(may_go_again(&error));
            self.failed = true;
            store_error(&error)
        })
    }
}

fn borrowed(values: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    values.iter().map(|value| value as _).collect()
}

/// Ids are written as hexadecimal digits only, so nothing in this text comes from a person.
fn enter(scope: Scope) -> String {
    let hex = |id: [u8; 16]| id.iter().map(|b| format!("{b:02x}")).collect::<String>();
    let (account, movement) = match scope {
        Scope::Instance => (String::new(), String::new()),
        Scope::Account(id) => (hex(id), String::new()),
        Scope::Movement(id) => (String::new(), hex(id)),
    };
    format!(
        "SELECT set_config('mend.account', '{account}', TRUE), \
         set_config('mend.movement', '{movement}', TRUE)"
    )
}

fn read_row(row: &postgres::Row) -> Result<Row, StoreError> {
    (0..row.len())
        .map(|at| {
            row.try_get::<_, Option<Value>>(at)
                .map(|value| value.unwrap_or(Value::Null))
                .map_err(|e| StoreError::Odd(e.to_string()))
        })
        .collect::<Result<_, _>>()
        .map(Row)
}

type Boxed = Box<dyn std::error::Error + Sync + Send>;

impl<'a> FromSql<'a> for Value {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Self, Boxed> {
        Ok(match *kind {
            Type::INT8 => Value::Int(i64::from_sql(kind, raw)?),
            Type::INT4 => Value::Int(i32::from_sql(kind, raw)?.into()),
            Type::BYTEA => Value::Bytes(raw.to_vec()),
            Type::UUID => Value::Id(raw.try_into()?),
            _ => Value::Text(String::from_sql(kind, raw)?),
        })
    }

    fn accepts(kind: &Type) -> bool {
        matches!(*kind, Type::INT8 | Type::INT4 | Type::BYTEA | Type::UUID)
            || <String as FromSql>::accepts(kind)
    }
}

impl ToSql for Value {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Boxed> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(n) if *kind == Type::INT4 => i32::try_from(*n)?.to_sql(kind, out),
            Value::Int(n) => n.to_sql(kind, out),
            Value::Text(text) => text.to_sql(kind, out),
            Value::Bytes(bytes) => bytes.to_sql(kind, out),
            Value::Id(id) => {
                out.extend_from_slice(id);
                Ok(IsNull::No)
            }
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl Schema for Client {
    fn applied(&mut self) -> Result<Vec<(i64, String)>, StoreError> {
        self.batch_execute(migrate::TABLE)
            .map_err(|e| store_error(&e))?;
        let rows = self
            .query(migrate::APPLIED, &[])
            .map_err(|e| store_error(&e))?;
        Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
    }

    fn apply(&mut self, step: &Migration, mark: &[Value]) -> Result<(), StoreError> {
        let applied = |tx: &mut Transaction<'_>| -> Result<(), postgres::Error> {
            tx.batch_execute(step.text)?;
            tx.execute(migrate::MARK, &borrowed(mark)).map(|_| ())
        };
        let mut tx = self.transaction().map_err(|e| store_error(&e))?;
        applied(&mut tx).map_err(|e| store_error(&e))?;
        tx.commit().map_err(|e| store_error(&e))
    }
}

fn refuse_mighty(client: &mut Client) -> Result<(), OpenError> {
    let row = client
        .query_one(
            "SELECT current_user::text, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user",
            &[],
        )
        .map_err(|e| OpenError::Failed(e.to_string()))?;
    if row.get::<_, bool>(1) {
        return Err(OpenError::TooMighty(row.get(0)));
    }
    Ok(())
}

fn no_address(error: &postgres::Error) -> OpenError {
    let cause = std::error::Error::source(error).map(|c| c.to_string());
    OpenError::Address(cause.map_or(error.to_string(), |cause| format!("{error}: {cause}")))
}

/// The pool tells whoever asks for a connection; a second report would only repeat it.
#[derive(Debug)]
struct Quiet;

impl r2d2::HandleError<postgres::Error> for Quiet {
    fn handle_error(&self, _: postgres::Error) {}
}

fn may_go_again(error: &postgres::Error) -> Option<Again> {
    match error.code() {
        Some(&SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED) => {
            Some(Again::Collided)
        }
        Some(&SqlState::UNIQUE_VIOLATION | &SqlState::FOREIGN_KEY_VIOLATION) => {
            Some(Again::Clashed)
        }
        _ => None,
    }
}

fn store_error(error: &postgres::Error) -> StoreError {
    let Some(cause) = error.as_db_error() else {
        return StoreError::Lost(error.to_string());
    };
    match cause.code() {
        &SqlState::UNIQUE_VIOLATION => StoreError::Taken,
        &SqlState::FOREIGN_KEY_VIOLATION => StoreError::Dangling,
        &SqlState::CHECK_VIOLATION | &SqlState::NOT_NULL_VIOLATION => {
            StoreError::Refused(cause.message().into())
        }
        &SqlState::INSUFFICIENT_PRIVILEGE => StoreError::Refused(cause.message().into()),
        &SqlState::DISK_FULL => StoreError::Full,
        &SqlState::READ_ONLY_SQL_TRANSACTION => StoreError::ReadOnly,
        &SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED => StoreError::Busy,
        &SqlState::DATA_CORRUPTED | &SqlState::INDEX_CORRUPTED => {
            StoreError::Damaged(cause.message().into())
        }
        _ => StoreError::Odd(cause.message().into()),
    }
}
