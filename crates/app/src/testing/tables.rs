//! Every table as it stands, and where in it something can be found.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use mend_store::{Scope, Sql, StoreError, Tx, Value, sql};

use super::TestMend;
use crate::movement;

/// The rows of every table, each row as its values.
pub type Dump = BTreeMap<String, BTreeSet<Vec<String>>>;

/// Everything in the database.
pub fn dump(mend: &TestMend) -> Dump {
    let names = names(mend);
    let mut all = Dump::new();
    for scope in scopes(mend) {
        for name in &names {
            let rows = mend.read(scope, |tx| rows(tx, name));
            all.entry(name.clone()).or_default().extend(rows);
        }
    }
    all
}

/// Everything but some tables.
pub fn dump_but(mend: &TestMend, but: &[&str]) -> Dump {
    let mut all = dump(mend);
    all.retain(|name, _| !but.contains(&name.as_str()));
    all
}

/// How many rows a table has.
pub fn count(mend: &TestMend, table: &str) -> usize {
    dump(mend)[table].len()
}

/// Row-level security hides the rows of other movements, so every one of them is entered.
fn scopes(mend: &TestMend) -> Vec<Scope> {
    if !mend.is_postgres() {
        return vec![Scope::Instance];
    }
    let movements = mend.read(Scope::Instance, movement::every);
    let each = movements
        .into_iter()
        .map(|movement| Scope::Movement(movement.id.0));
    [Scope::Instance].into_iter().chain(each).collect()
}

/// The names of all tables, from the engine's own catalogue.
pub fn names(mend: &TestMend) -> Vec<String> {
    mend.read(Scope::Instance, |tx| {
        if mend.is_postgres() {
            sql!(
                "SELECT table_name::text FROM information_schema.tables
                  WHERE table_schema = current_schema() ORDER BY 1"
            )
            .all(tx, |row| row.text(0))
        } else {
            sql!(
                "SELECT name FROM pragma_table_list
                  WHERE schema IN ('main', 'fleeting') AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1"
            )
            .all(tx, |row| row.text(0))
        }
    })
}

fn rows(tx: &mut Tx<'_>, table: &str) -> Result<Vec<Vec<String>>, StoreError> {
    // Statements live as long as the program; a test may leak the few it makes up.
    let statement: &'static str = Box::leak(format!("SELECT * FROM {table}").into_boxed_str());
    Sql::new(statement).all(tx, |row| Ok(row.values().iter().map(shown).collect()))
}

/// A value in one spelling for both engines: bytes and ids as hexadecimal digits.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "-".into(),
        Value::Int(n) => n.to_string(),
        Value::Text(text) => text.clone(),
        Value::Bytes(bytes) => hex(bytes),
        Value::Id(id) => hex(id),
    }
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The tables in which a text is found, whatever its case; also as the bytes of a column.
pub fn tables_with(dump: &Dump, what: &str) -> Vec<String> {
    let wanted = [what.to_lowercase(), hex(what.as_bytes())];
    let has = |cell: &String| {
        wanted
            .iter()
            .any(|wanted| cell.to_lowercase().contains(wanted))
    };
    let hit = |rows: &BTreeSet<Vec<String>>| rows.iter().flatten().any(has);
    dump.iter()
        .filter(|(_, rows)| hit(rows))
        .map(|(name, _)| name.clone())
        .collect()
}
