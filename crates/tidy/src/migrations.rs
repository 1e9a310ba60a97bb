//! Migrations: two folders that say the same, steps that are never edited, and columns that watch
//! nobody. `migrations.lock` holds what has landed; `MEND_TIDY_UPDATE=1` writes it anew.

use std::fs;

use crate::sql::foreign;
use crate::tree::{files, read, report, root};

const FOLDER: &str = "crates/store/migrations";
const LOCK: &str = "crates/tidy/migrations.lock";

/// A table as a migration makes it.
pub struct Table {
    pub name: String,
    pub columns: Vec<(String, String)>,
}

/// Every table in the folders for SQLite, with its columns and where they stand.
pub fn tables() -> Vec<Table> {
    ["sqlite", "fleeting"]
        .iter()
        .flat_map(|folder| files(&format!("{FOLDER}/{folder}"), &["sql"]))
        .collect::<Vec<_>>()
        .iter()
        .flat_map(|path| tables_of(path, &read(path)))
        .collect()
}

fn tables_of(path: &str, text: &str) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    let mut within = false;
    for (at, line) in text.lines().enumerate() {
        let words: Vec<&str> = line
            .split([' ', '('])
            .filter(|word| !word.is_empty())
            .collect();
        let place = || format!("{path}:{}", at + 1);
        match words[..] {
            ["CREATE", "TABLE", name, ..] => {
                within = true;
                tables.push(Table {
                    name: name.trim_start_matches("fleeting.").to_owned(),
                    columns: Vec::new(),
                });
            }
            ["ALTER", "TABLE", name, "ADD", "COLUMN", column, ..] => tables.push(Table {
                name: name.to_owned(),
                columns: vec![(column.to_owned(), place())],
            }),
            [first, ..] if first.starts_with(')') => within = false,
            [column, ..] if within && column.starts_with(|c: char| c.is_ascii_lowercase()) => {
                if let Some(table) = tables.last_mut() {
                    table.columns.push((column.to_owned(), place()));
                }
            }
            _ => {}
        }
    }
    tables
}

fn names(engine: &str) -> Vec<String> {
    let folder = format!("{FOLDER}/{engine}/");
    files(folder.trim_end_matches('/'), &[])
        .iter()
        .map(|path| path.replace(&folder, ""))
        .collect()
}

#[test]
fn both_folders_have_the_same_steps() {
    let (sqlite, postgres) = (names("sqlite"), names("postgres"));
    let alone = sqlite
        .iter()
        .chain(&postgres)
        .filter(|name| !(sqlite.contains(name) && postgres.contains(name)));
    report(
        alone.cloned().collect(),
        "write the step for the other engine too.",
    );
}

#[test]
fn steps_are_numbered_without_gaps_and_are_in_the_program() {
    let list = read("crates/store/src/migrate.rs");
    let wrong = |(at, name): (usize, &String)| {
        let numbered = name.starts_with(&format!("{:04}_", at + 1));
        let listed = list.contains(&format!("{} \"{}\"", at + 1, name.trim_end_matches(".sql")));
        (!numbered || !listed).then(|| name.clone())
    };
    let findings = names("sqlite")
        .iter()
        .enumerate()
        .filter_map(wrong)
        .collect();
    report(
        findings,
        "give it the next number, and a line in `crates/store/src/migrate.rs`.",
    );
}

#[test]
fn migrations_keep_to_the_common_tongue() {
    let in_file = |path: &String| -> Vec<String> {
        let text = read(path);
        let lines = text.lines().enumerate();
        lines
            .flat_map(|(at, line)| {
                foreign(line)
                    .into_iter()
                    .map(move |word| format!("{path}:{} {word}", at + 1))
            })
            .collect()
    };
    let findings = files(FOLDER, &["sql"]).iter().flat_map(in_file).collect();
    report(
        findings,
        "flags and times are whole numbers, and the time is an argument.",
    );
}

/// Parts of a column's name that would tell what somebody did or how they did.
fn watches(column: &str) -> bool {
    let parts = [
        "seen", "last", "score", "scores", "rank", "ranking", "streak", "mood", "passed", "absent",
    ];
    column
        .split('_')
        .any(|part| parts.contains(&part) || part.starts_with("attend"))
}

#[test]
fn no_column_watches_people() {
    let columns = tables().into_iter().flat_map(|table| table.columns);
    let findings = columns
        .filter(|(name, _)| watches(name))
        .map(|(name, place)| format!("{place} {name}"))
        .collect();
    report(
        findings,
        "do not keep it. If it must be kept, it is about a thing: name it after that.",
    );
}

/// FNV-1a, 64 bits, as the store itself keeps it for the steps that ran.
fn print(text: &str) -> String {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", text.bytes().fold(0xcbf2_9ce4_8422_2325, mix))
}

fn lock() -> String {
    let line = |path: &String| {
        let text = read(path);
        format!(
            "{} {} {}\n",
            path.replace(&format!("{FOLDER}/"), ""),
            text.len(),
            print(&text)
        )
    };
    let head = "# Steps that have landed: file, bytes, FNV-1a. A migration is never edited; add the next.\n";
    format!(
        "{head}{}",
        files(FOLDER, &["sql"]).iter().map(line).collect::<String>()
    )
}

#[test]
fn a_landed_migration_is_never_edited() {
    let (now, kept) = (lock(), read(LOCK));
    if std::env::var_os("MEND_TIDY_UPDATE").is_some() {
        fs::write(root().join(LOCK), now).expect("the lock can be written");
        return;
    }
    let differs =
        |line: &str, other: &str| (!other.lines().any(|it| it == line)).then(|| line.to_owned());
    let changed = now
        .lines()
        .filter_map(|line| differs(line, &kept).map(|line| format!("now  {line}")));
    let gone = kept
        .lines()
        .filter_map(|line| differs(line, &now).map(|line| format!("lock {line}")));
    report(
        changed.chain(gone).collect(),
        "a migration is never edited once it has landed; add the next. For a new step: MEND_TIDY_UPDATE=1 cargo test -p mend-tidy migration.",
    );
}

#[test]
fn these_tests_can_fail() {
    let text = "CREATE TABLE a (\n    id BLOB PRIMARY KEY,\n    last_seen INTEGER,\n    UNIQUE (id)\n) STRICT;\nALTER TABLE a ADD COLUMN attended INTEGER;\n";
    let columns: Vec<_> = tables_of("m.sql", text)
        .into_iter()
        .flat_map(|table| table.columns)
        .collect();
    assert_eq!(columns.len(), 3);
    assert_eq!(columns.iter().filter(|(name, _)| watches(name)).count(), 2);
    assert_eq!(print(""), "cbf29ce484222325");
}
