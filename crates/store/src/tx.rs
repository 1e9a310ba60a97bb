//! A transaction as a deed sees it.

use crate::postgres::PgTx;
use crate::sqlite::LiteTx;
use crate::{Declared, Row, Sql, StoreError};

/// Whose rows a transaction may see. PostgreSQL enforces it by row-level security, as a second
/// lock behind the `WHERE` of every statement; on SQLite only the statements do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Only what belongs to the whole instance: accounts, sessions, jobs.
    Instance,
    /// Besides, the places that one account has in movements.
    Account([u8; 16]),
    /// Besides, everything of one movement.
    Movement([u8; 16]),
}

/// An open transaction. It is committed when the deed returns `Ok` and undone otherwise.
pub struct Tx<'a>(pub(crate) Inner<'a>);

pub(crate) enum Inner<'a> {
    Lite(LiteTx<'a>),
    Pg(PgTx<'a>),
}

impl std::fmt::Debug for Tx<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tx")
    }
}

impl Tx<'_> {
    /// Goes on in another scope, within the same transaction.
    pub fn enter(&mut self, scope: Scope) -> Result<(), StoreError> {
        match &mut self.0 {
            Inner::Lite(_) => Ok(()),
            Inner::Pg(tx) => tx.enter(scope),
        }
    }

    /// Says something to every program on the same database once this is committed; see
    /// [`Store::listen`](crate::Store::listen). On SQLite there is nobody else to hear it.
    pub fn say(&mut self, what: &str) -> Result<(), StoreError> {
        match &mut self.0 {
            Inner::Lite(_) => Ok(()),
            Inner::Pg(tx) => tx.say(what),
        }
    }

    pub(crate) fn run(&mut self, sql: &Sql) -> Result<u64, StoreError> {
        match &mut self.0 {
            Inner::Lite(tx) => tx.run(sql),
            Inner::Pg(tx) => tx.run(sql),
        }
    }

    pub(crate) fn run_all(&mut self, all: &[Sql]) -> Result<u64, StoreError> {
        match &mut self.0 {
            Inner::Lite(tx) => all.iter().map(|sql| tx.run(sql)).sum(),
            Inner::Pg(tx) => tx.run_all(all),
        }
    }

    pub(crate) fn rows(&mut self, sql: &Sql) -> Result<Vec<Row>, StoreError> {
        match &mut self.0 {
            Inner::Lite(tx) => tx.rows(sql),
            Inner::Pg(tx) => tx.rows(sql),
        }
    }

    /// Prepares a statement without running it, for the test that tries all of them.
    pub fn prepare(&mut self, declared: &Declared) -> Result<(), StoreError> {
        match &mut self.0 {
            Inner::Lite(tx) => tx.prepare(declared.text),
            Inner::Pg(tx) => tx.prepare(declared.text),
        }
    }
}
