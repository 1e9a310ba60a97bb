//! SQL: where it stands, what it may say, and which room writes a table.

use std::collections::{BTreeMap, BTreeSet};

use crate::migrations::tables;
use crate::rooms::{place, room};
use crate::source::{Source, closing, words};
use crate::tree::{report, sources};

/// One statement and where it stands.
pub struct Statement {
    pub text: String,
    pub room: String,
    pub place: String,
}

fn statements() -> Vec<Statement> {
    sources("crates/app/src").iter().flat_map(of).collect()
}

fn of(source: &Source) -> Vec<Statement> {
    let begins = |at: usize| source.code[..at].trim_end().ends_with("sql!(");
    let literals = source.spoken().filter(|literal| begins(literal.at));
    let statement = |literal: &crate::source::Literal| Statement {
        text: literal.text.clone(),
        room: room(&source.path).to_owned(),
        place: source.place(literal.at),
    };
    literals.map(statement).collect()
}

/// Whether a place in a file is one for rows: `rows.rs`, a file in `rows`, or an inner `mod rows`.
fn among_rows(source: &Source, at: usize) -> bool {
    let inner = words(&source.code, "mod rows").any(|from| {
        let open = from + "mod rows".len();
        source.code[open..].trim_start().starts_with('{')
            && (from..closing(
                &source.code,
                source.code[open..].find('{').map_or(open, |n| open + n),
            ))
                .contains(&at)
    });
    inner || source.path.ends_with("/rows.rs") || source.path.contains("/rows/")
}

fn strays(source: &Source) -> Vec<String> {
    let verbs = [
        "SELECT ",
        "INSERT INTO ",
        "UPDATE ",
        "DELETE FROM ",
        "WITH ",
    ];
    let is_sql = |text: &str| verbs.iter().any(|verb| text.trim_start().starts_with(verb));
    let declared = source.says("sql!(").filter(|at| !among_rows(source, *at));
    let loose = source.spoken().filter(|literal| {
        is_sql(&literal.text) && !source.code[..literal.at].trim_end().ends_with("sql!(")
    });
    declared
        .chain(loose.map(|literal| literal.at))
        .map(|at| source.place(at))
        .collect()
}

#[test]
fn sql_stands_only_among_rows_and_in_the_macro() {
    let findings = sources("crates/app/src").iter().flat_map(strays).collect();
    report(
        findings,
        "declare it with `sql!` in the room's `rows`, or in an inner `mod rows`.",
    );
}

/// Tables that a statement names after these words.
fn named(text: &str, after: &[&str]) -> Vec<String> {
    let words: Vec<&str> = text
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .filter(|w| !w.is_empty())
        .collect();
    let mut found = Vec::new();
    for phrase in after {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        for at in 0..words.len().saturating_sub(phrase.len()) {
            if words[at..at + phrase.len()] == phrase[..] {
                found.push(words[at + phrase.len()].to_owned());
            }
        }
    }
    found
}

fn written(text: &str) -> Vec<String> {
    let mut tables = named(text, &["INSERT INTO", "UPDATE", "DELETE FROM"]);
    tables.retain(|table| table != "SET");
    tables
}

/// Which rooms write a table, and where.
fn writers(all: &[Statement]) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut by_table: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for statement in all {
        for table in written(&statement.text) {
            let rooms = by_table.entry(table).or_default();
            rooms
                .entry(statement.room.clone())
                .or_insert_with(|| statement.place.clone());
        }
    }
    by_table
}

#[test]
fn a_table_is_written_by_one_room() {
    let shared = writers(&statements())
        .into_iter()
        .filter(|(_, rooms)| rooms.len() > 1);
    let findings = shared
        .map(|(table, rooms)| format!("{table}: {rooms:?}"))
        .collect();
    report(
        findings,
        "let one room write the table, and the others call it.",
    );
}

#[test]
fn a_room_reads_only_tables_to_its_left() {
    let all = statements();
    let writers = writers(&all);
    let owner = |table: &String| {
        writers
            .get(table)
            .and_then(|rooms| rooms.keys().find_map(|room| place(room)))
    };
    let wrong = |statement: &Statement| -> Vec<String> {
        let read = named(&statement.text, &["FROM", "JOIN"]).into_iter();
        let right = read.filter(|table| matches!((place(&statement.room), owner(table)), (Some(own), Some(theirs)) if theirs > own));
        right
            .map(|table| format!("{} {} reads {table}", statement.place, statement.room))
            .collect()
    };
    report(
        all.iter().flat_map(wrong).collect(),
        "let the room on the right read it, and pass the fact in.",
    );
}

#[test]
fn every_table_is_made_by_a_migration_and_used() {
    let made: BTreeSet<String> = tables().into_iter().map(|table| table.name).collect();
    let all = statements();
    let used: BTreeSet<String> = all
        .iter()
        .flat_map(|statement| {
            named(
                &statement.text,
                &["FROM", "JOIN", "INSERT INTO", "UPDATE", "DELETE FROM"],
            )
        })
        .filter(|table| table != "SET")
        .collect();
    let findings = made.symmetric_difference(&used).cloned().collect();
    report(
        findings,
        "make the table in a migration, or take it out in the next one.",
    );
}

/// What one engine does not know or does otherwise.
pub fn foreign(text: &str) -> Vec<&'static str> {
    let text = text.to_uppercase();
    let not = [
        "BOOLEAN",
        "NUMERIC",
        "DECIMAL",
        "SERIAL",
        "AUTOINCREMENT",
        "NOW",
        "CURRENT_DATE",
        "CURRENT_TIME",
        "CURRENT_TIMESTAMP",
        "DATETIME",
        "STRFTIME",
        "ILIKE",
        "GLOB",
        "ROWID",
    ];
    not.into_iter()
        .filter(|word| words(&text, word).next().is_some())
        .collect()
}

#[test]
fn statements_keep_to_the_common_tongue() {
    let all = statements();
    let findings = all
        .iter()
        .flat_map(|one| {
            foreign(&one.text)
                .into_iter()
                .map(|word| format!("{} {word}", one.place))
        })
        .collect();
    report(
        findings,
        "flags and times are whole numbers, and the time is an argument.",
    );
}

#[test]
fn these_tests_can_fail() {
    let bad = Source::new(
        "crates/app/src/circle/pages.rs",
        "fn f() { sql!(\"DELETE FROM seat\"); run(\"SELECT 1\") }",
    );
    assert_eq!(strays(&bad).len(), 2);
    let good = Source::new(
        "crates/app/src/post.rs",
        "mod rows { fn f() { sql!(\"DELETE FROM seat\") } }",
    );
    assert!(strays(&good).is_empty());
    let text = "INSERT INTO a (b) VALUES ($1) ON CONFLICT (b) DO UPDATE SET b = a.b";
    assert_eq!(written(text), ["a"]);
    assert_eq!(foreign("SELECT now(), current_setting('x')"), ["NOW"]);
}
