//! What a crate never knows: rules no world, the store no field, the program no database driver.

use crate::source::Source;
use crate::tree::{files, read, report, sources};

const PURE: [&str; 5] = ["rules", "solve", "seal", "list", "paper"];

/// The clock, chance, files, the network.
const WORLD: [&str; 14] = [
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "fs::",
    "SystemTime",
    "Instant",
    "Timestamp::now",
    "Zoned::now",
    "getrandom",
    "rand::rng",
    "thread_rng",
    "OsRng",
];

/// What crosses an edge has its own type there.
const EDGES: [&str; 10] = [
    "tokio",
    "axum",
    "hyper",
    "tower",
    "serde",
    "serde_json",
    "rusqlite",
    "postgres",
    "r2d2",
    "maud",
];

const DRIVERS: [&str; 7] = [
    "rusqlite",
    "postgres",
    "tokio-postgres",
    "r2d2",
    "libsqlite3-sys",
    "sqlx",
    "diesel",
];

/// Words of the field that stand in tables and rooms, and so never in the store.
const FIELD: [&str; 26] = [
    "person",
    "people",
    "member",
    "account",
    "session",
    "movement",
    "circle",
    "seat",
    "keeper",
    "steward",
    "wish",
    "invitation",
    "meeting",
    "series",
    "feed",
    "claim",
    "group",
    "pact",
    "pair",
    "journal",
    "retreat",
    "repair",
    "training",
    "role",
    "onboarding",
    "evaluation",
];

/// Where such a word is needed: row security is by movement and account, migrations are named
/// after rooms, and a database has roles, groups of commits and a journal of its own.
const NEEDED: [(&str, &[&str]); 6] = [
    ("tx.rs", &["movement", "account", "session"]),
    ("postgres.rs", &["movement", "account", "role", "person"]),
    ("sqlite.rs", &["group", "journal"]),
    ("fleeting.rs", &["journal"]),
    ("migrate.rs", &FIELD),
    ("error.rs", &["movement", "account", "role"]),
];

/// Names in a Cargo.toml, by line, below its tables of dependencies.
fn dependencies(path: &str) -> Vec<(String, String)> {
    let mut within = false;
    let mut found = Vec::new();
    for (at, line) in read(path).lines().enumerate() {
        if line.starts_with('[') {
            within = line.contains("dependencies");
        } else if let Some((name, _)) = line.split_once(['.', '=', ' ']).filter(|_| within) {
            found.push((name.trim().to_owned(), format!("{path}:{} {name}", at + 1)));
        }
    }
    found
}

fn naming(source: &Source, names: &[&str]) -> Vec<String> {
    let found = names
        .iter()
        .flat_map(|name| source.says(name).map(move |at| (at, name)));
    found
        .map(|(at, name)| format!("{} {name}", source.place(at)))
        .collect()
}

#[test]
fn rules_know_no_edge() {
    let mut findings: Vec<String> = sources("crates/rules/src")
        .iter()
        .flat_map(|source| naming(source, &EDGES))
        .collect();
    let named = dependencies("crates/rules/Cargo.toml").into_iter();
    findings.extend(
        named
            .filter(|(name, _)| EDGES.contains(&name.as_str()))
            .map(|(_, place)| place),
    );
    report(
        findings,
        "give the edge a type of its own in `app`, and let the rule take plain values.",
    );
}

#[test]
fn pure_crates_do_not_touch_the_world() {
    let of_crate = |name: &str| -> Vec<String> {
        let code = sources(&format!("crates/{name}/src"));
        code.iter()
            .flat_map(|source| naming(source, &WORLD))
            .collect()
    };
    let findings = PURE.into_iter().flat_map(of_crate).collect();
    report(
        findings,
        "time, dice and bytes are arguments; the caller in `app` reads the world.",
    );
}

#[test]
fn only_the_store_names_a_driver() {
    let others = files("crates", &["toml"])
        .into_iter()
        .filter(|path| !path.starts_with("crates/store/"));
    let named = others.flat_map(|path| dependencies(&path));
    let findings = named
        .filter(|(name, _)| DRIVERS.contains(&name.as_str()))
        .map(|(_, place)| place)
        .collect();
    report(
        findings,
        "go through `mend-store`; what is missing there is added there.",
    );
}

/// Words of the field in a file of the store, in code, strings and comments.
fn of_the_field(source: &Source) -> Vec<String> {
    let file = source.path.rsplit('/').next().unwrap_or("");
    let needed = NEEDED
        .iter()
        .find(|(name, _)| *name == file)
        .map_or(&[][..], |(_, words)| words);
    let mut found = Vec::new();
    for (at, line) in source.text.lines().enumerate() {
        // An example in a comment may be about people.
        let line = line.split('`').step_by(2).collect::<String>();
        for word in line
            .split(|c: char| !c.is_ascii_alphabetic())
            .flat_map(humps)
        {
            let word = word.to_lowercase();
            let one = word.strip_suffix('s').unwrap_or(&word);
            let is_known = |list: &[&str]| list.contains(&one) || list.contains(&word.as_str());
            if is_known(&FIELD) && !is_known(needed) {
                found.push(format!("{}:{} {word}", source.path, at + 1));
            }
        }
    }
    found
}

/// `Circle` and `Id` of `CircleId`.
pub fn humps(word: &str) -> Vec<&str> {
    let starts = word
        .char_indices()
        .filter(|(at, c)| *at > 0 && c.is_ascii_uppercase())
        .map(|(at, _)| at);
    let mut cuts: Vec<usize> = starts.collect();
    cuts.push(word.len());
    let mut from = 0;
    let mut parts = Vec::new();
    for cut in cuts {
        parts.push(&word[from..cut]);
        from = cut;
    }
    parts
}

#[test]
fn the_store_knows_no_word_of_the_field() {
    let findings = sources("crates/store/src")
        .iter()
        .flat_map(of_the_field)
        .collect();
    report(
        findings,
        "say it without the field; what is about people belongs to a room.",
    );
}

#[test]
fn these_tests_can_fail() {
    let bad = Source::new(
        "crates/store/src/door.rs",
        "struct CircleRow;\n/// `person` is fine.\n",
    );
    assert_eq!(of_the_field(&bad), ["crates/store/src/door.rs:1 circle"]);
    let bad = Source::new(
        "crates/rules/src/a.rs",
        "use std::time::Instant;\nfn f() { Timestamp::now() }",
    );
    assert_eq!(naming(&bad, &WORLD).len(), 2);
}
