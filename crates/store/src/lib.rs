//! One door to the database: SQLite in a file or PostgreSQL, with one SQL text for both.
//!
//! A deed is a plain function that gets a [`Tx`]; the only waiting is at the door
//! ([`Store::write`], [`Store::read`]). Every statement is declared with [`sql!`], which also
//! registers it, so that a test can prepare all of them on both engines.
//!
//! Never: knows a word of the field; hands out a connection; runs SQL that is not a literal.
//! See: `docs/decisions/0002-one-store-two-engines.md`.

mod door;
mod error;
mod fleeting;
mod migrate;
mod postgres;
mod sql;
mod sqlite;
#[cfg(feature = "testing")]
pub mod testing;
mod tx;
mod value;
mod whole;

pub use door::{Heard, Place, Store};
pub use error::{OpenError, StoreError};
pub use inventory;
pub use migrate::{Migration, newest};
pub use sql::{Declared, Sql};
pub use tx::{Scope, Tx};
pub use value::{Row, Value};
pub use whole::{copy, look_at};
