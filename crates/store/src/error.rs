//! What can go wrong with a database, by what a caller can do about it.

use std::fmt;

/// Why a statement or a transaction did not happen. Nothing of it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreError {
    /// Something with this unique value is there already.
    Taken,
    /// A row that this one points to is not there, or still pointed to.
    Dangling,
    /// A `CHECK` or `NOT NULL` of the table refused the row.
    Refused(String),
    /// The disk or the quota is full. Reading goes on.
    Full,
    /// The database can only be read.
    ReadOnly,
    /// The file is damaged, or the disk did not keep what it was given. Writing has stopped.
    Damaged(String),
    /// The row is not what the reader expected.
    Odd(String),
    /// Two deeds stood in each other's way more often than we try.
    Busy,
    /// The database is gone or answers with something else.
    Lost(String),
}

impl StoreError {
    /// A deed that panicked, or whose writer is gone.
    pub(crate) fn half_way() -> Self {
        Self::Lost("the deed stopped half way; nothing of it was kept".into())
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Taken => f.write_str("there is one like it already"),
            Self::Dangling => f.write_str("it points to something that is not there"),
            Self::Refused(why) => write!(f, "the table refused it: {why}"),
            Self::Full => f.write_str("the disk is full; nothing was changed"),
            Self::ReadOnly => f.write_str("the database can only be read; nothing was changed"),
            Self::Damaged(why) => write!(f, "the database file is damaged: {why}"),
            Self::Odd(why) => f.write_str(why),
            Self::Busy => f.write_str("too many changes at once; please try again"),
            Self::Lost(why) => write!(f, "the database does not answer: {why}"),
        }
    }
}

impl std::error::Error for StoreError {}

/// Why a database could not be opened. Each is one sentence with a way on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenError {
    /// The address is neither a file nor `postgres://…`, or nobody answers there.
    Address(String),
    /// The file or folder cannot be written.
    Unwritable(String),
    /// The data was written by a newer program (its migration, ours).
    Newer {
        /// The newest migration the data has seen.
        data: i64,
        /// The newest migration this program knows.
        program: i64,
    },
    /// A file is damaged.
    Damaged {
        /// Which one.
        file: String,
        /// What is broken in it.
        why: String,
    },
    /// A migration that ran long ago is not the one in this program.
    Altered(String),
    /// The PostgreSQL role may pass over row-level security.
    TooMighty(String),
    /// A step failed in the database itself.
    Failed(String),
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(why) => write!(
                f,
                "The database address does not work: {why}. Check the part after --database."
            ),
            Self::Unwritable(why) => write!(
                f,
                "The data folder cannot be written: {why}. Give the folder to the account that runs Mend, or name another one with --data."
            ),
            Self::Newer { data, program } => write!(
                f,
                "This data was last used by a newer Mend (its step {data}, this program knows {program}). Start the newer program, or restore a backup made with this one."
            ),
            Self::Damaged { file, why } => write!(
                f,
                "{file} is not a Mend database, or it is damaged ({why}). Nothing was changed. Keep the folder as it is and restore the newest good backup into an empty one: docs/run/keep.md says how."
            ),
            Self::Altered(name) => write!(
                f,
                "Migration {name} in this program is not the one that made this data. Use an unchanged release."
            ),
            Self::TooMighty(role) => write!(
                f,
                "The PostgreSQL role {role} is a superuser or may bypass row security, so one movement could read another. Make a plain role that owns the database and use that one."
            ),
            Self::Failed(why) => write!(f, "The database could not be prepared: {why}."),
        }
    }
}

impl std::error::Error for OpenError {}
