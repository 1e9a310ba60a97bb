//! Migrations: two folders with the same numbers, each step in a transaction of its own.
//! Never: edits a step that has landed; runs a step twice; opens data of a newer program.

use crate::{OpenError, StoreError, Value};

/// One step of the schema, embedded in the program.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// 1, 2, 3 … without gaps, the same in both folders.
    pub number: i64,
    /// The room and what it adds.
    pub name: &'static str,
    /// The statements, separated by semicolons.
    pub text: &'static str,
}

macro_rules! steps {
    ($folder:literal: $($number:literal $name:literal),* $(,)?) => {
        &[$(Migration {
            number: $number,
            name: $name,
            text: include_str!(concat!("../migrations/", $folder, "/", $name, ".sql")),
        }),*]
    };
}

macro_rules! both {
    ($($step:tt)*) => {
        pub(crate) const SQLITE: &[Migration] = steps!("sqlite": $($step)*);
        pub(crate) const POSTGRES: &[Migration] = steps!("postgres": $($step)*);
    };
}

both! {
    1 "0001_people",
    2 "0002_movement",
    3 "0003_circle",
    4 "0004_work",
    5 "0005_draft",
    6 "0006_account",
    7 "0007_help",
    8 "0008_passkey",
    9 "0009_lockdown",
    10 "0010_joining",
    11 "0011_safeguarding",
    12 "0012_step",
    13 "0013_ask",
    14 "0014_import",
    15 "0015_series",
    16 "0016_keeping",
    17 "0017_letter",
    18 "0018_live",
    19 "0019_journal",
    20 "0020_standin",
    21 "0021_inventory",
    22 "0022_stood_in",
    23 "0023_offer",
}

/// The number of the newest step that this program knows.
pub fn newest() -> i64 {
    SQLITE.last().map_or(0, |step| step.number)
}

/// What an engine must do so that [`run`] can bring its schema up to date.
pub(crate) trait Schema {
    fn applied(&mut self) -> Result<Vec<(i64, String)>, StoreError>;
    fn apply(&mut self, step: &Migration, mark: &[Value]) -> Result<(), StoreError>;
}

/// Brings a schema up to date, or says why it must not be touched.
pub(crate) fn run(schema: &mut dyn Schema, steps: &[Migration]) -> Result<(), OpenError> {
    let failed = |error: StoreError| match error {
        StoreError::ReadOnly => OpenError::Unwritable("it can only be read".into()),
        other => OpenError::Failed(other.to_string()),
    };
    let applied = schema.applied().map_err(failed)?;
    let data = applied.iter().map(|(number, _)| *number).max().unwrap_or(0);
    let program = steps.last().map_or(0, |step| step.number);
    if data > program {
        return Err(OpenError::Newer { data, program });
    }
    for step in steps {
        match applied.iter().find(|(number, _)| *number == step.number) {
            Some((_, print)) if *print == fingerprint(step.text) => {}
            Some(_) => return Err(OpenError::Altered(step.name.into())),
            None => {
                let mark = [
                    Value::Int(step.number),
                    Value::Text(step.name.into()),
                    Value::Text(fingerprint(step.text)),
                ];
                schema.apply(step, &mark).map_err(failed)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;

/// FNV-1a (Fowler, Noll, Vo), 64 bits: tells an edited step from the one that ran.
pub(crate) fn fingerprint(text: &str) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}

pub(crate) const TABLE: &str = "CREATE TABLE IF NOT EXISTS migration (
    number BIGINT PRIMARY KEY, name TEXT NOT NULL, print TEXT NOT NULL)";
pub(crate) const APPLIED: &str = "SELECT number, print FROM migration ORDER BY number";
pub(crate) const NEWEST: &str = "SELECT COALESCE(MAX(number), 0) FROM migration";
pub(crate) const MARK: &str = "INSERT INTO migration (number, name, print) VALUES ($1, $2, $3)";
