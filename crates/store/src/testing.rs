//! Fresh stores for tests: an SQLite file of its own and, where `MEND_TEST_DB` names a
//! PostgreSQL database, a schema of its own. Both go when the value is dropped.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::{OpenError, Place, Store};

/// A store that nobody else uses.
#[derive(Debug)]
pub struct Fresh {
    /// Where it is, to open it a second time.
    pub place: Place,
    /// The open store.
    pub store: Store,
    _kept: Kept,
}

#[derive(Debug)]
enum Kept {
    Folder { _folder: tempfile::TempDir },
    Schema { base: String, name: String },
}

/// The engines that tests run on here: SQLite, and PostgreSQL where one is named.
pub fn engines() -> Vec<&'static str> {
    match std::env::var("MEND_TEST_DB") {
        Ok(_) => vec!["sqlite", "postgres"],
        Err(_) => vec!["sqlite"],
    }
}

/// Runs a test on every engine, each time with a fresh store.
pub fn on_both(test: impl Fn(&Fresh)) {
    for engine in engines() {
        test(&fresh(engine));
    }
}

/// Opens an SQLite file with another setting of `synchronous`, for measurements that show what it
/// costs and what it saves.
///
/// # Errors
/// As [`Store::open`].
pub fn open_with(file: &Path, synchronous: &str) -> Result<Store, OpenError> {
    let kept = SETTINGS.iter().find(|set| **set == synchronous);
    let kept = kept.ok_or_else(|| OpenError::Failed(format!("{synchronous} is no setting")))?;
    Store::open_file(file, kept)
}

/// The settings of `synchronous` that can be asked for.
const SETTINGS: [&str; 3] = ["FULL", "NORMAL", "OFF"];

/// A fresh store on the engine with this name.
///
/// # Panics
/// When the store cannot be made: then no test could say anything.
pub fn fresh(engine: &str) -> Fresh {
    let (place, kept) = if engine == "sqlite" {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let place = Place::File(folder.path().join("mend.db"));
        (place, Kept::Folder { _folder: folder })
    } else {
        let base = std::env::var("MEND_TEST_DB").expect("MEND_TEST_DB names a database");
        let name = schema_name();
        plain(&base, &format!("CREATE SCHEMA {name}"));
        let join = if base.contains('?') { '&' } else { '?' };
        let place = Place::Postgres(format!("{base}{join}options=-csearch_path%3D{name}"));
        (place, Kept::Schema { base, name })
    };
    let store = Store::open(&place).expect("a fresh store opens");
    Fresh {
        place,
        store,
        _kept: kept,
    }
}

fn schema_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("t_{}_{count}", std::process::id())
}

/// Runs one statement outside the store, as another client of the database would.
///
/// # Panics
/// When the database does not answer.
pub fn plain(address: &str, statement: &str) {
    postgres::Client::connect(address, postgres::NoTls)
        .and_then(|mut client| client.batch_execute(statement))
        .expect("the test database answers");
}

impl Drop for Kept {
    fn drop(&mut self) {
        if let Self::Schema { base, name } = self {
            plain(base, &format!("DROP SCHEMA {name} CASCADE"));
        }
    }
}
