//! Documents: what they name is there, and every word of the rules is explained.

use std::collections::BTreeSet;

use crate::purity::humps;
use crate::source::{Source, is_word, words};
use crate::tree::{files, read, report, root, sources};

/// What people who look into the project read first.
fn documents() -> Vec<String> {
    let mut found = files("", &["md"]);
    found.retain(|path| !path.contains('/') || path.starts_with("docs/"));
    found
}

/// Words between backticks outside of blocks of code, and targets of links, by line.
fn named(text: &str) -> Vec<(usize, String, bool)> {
    let mut found = Vec::new();
    let mut block = false;
    for (at, line) in text.lines().enumerate() {
        block ^= line.trim_start().starts_with("```");
        if block || line.trim_start().starts_with("```") {
            continue;
        }
        let ticked = line.split('`').skip(1).step_by(2);
        found.extend(ticked.map(|name| (at + 1, name.to_owned(), false)));
        let linked = line
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split_once(')'));
        found.extend(linked.map(|(target, _)| (at + 1, target.to_owned(), true)));
    }
    found
}

const ENDINGS: [&str; 15] = [
    "rs", "md", "toml", "ftl", "css", "js", "mjs", "json", "sql", "txt", "py", "sh", "png", "svg",
    "woff2",
];

/// Whether a name is meant as a path in this project.
fn is_path(name: &str) -> bool {
    let plain = !name.contains(|c: char| c.is_whitespace() || "*<>{}…$=()".contains(c));
    let ending = name
        .rsplit_once('.')
        .is_some_and(|(stem, it)| !stem.is_empty() && ENDINGS.contains(&it));
    let first = name.split('/').next().unwrap_or("");
    let folder =
        name.contains('/') && ["crates", "docs", "world", "bench", "e2e", ".ci"].contains(&first);
    plain && !name.starts_with(['/', '-']) && (ending || folder)
}

/// Whether a path, or the end of one, is there; `acts.rs::sign_in` also wants the function.
fn is_there(all: &[String], name: &str) -> bool {
    let (path, function) = name.split_once("::").unwrap_or((name, ""));
    let path = path.trim_end_matches('/');
    let end = format!("/{path}");
    let mut found = all
        .iter()
        .filter(|file| *file == path || file.ends_with(&end));
    if function.is_empty() {
        return found.next().is_some()
            || root().join(path).exists()
            || root().join("crates").join(path).exists();
    }
    found.any(|file| read(file).contains(&format!("fn {function}")))
}

#[test]
fn what_documents_name_is_there() {
    let all = files("", &[]);
    let mut findings = Vec::new();
    for document in documents() {
        let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (line, name, is_link) in named(&read(&document)) {
            let path = name
                .split_once("::")
                .map_or(name.as_str(), |(path, _)| path);
            let missing = if is_link {
                let target = path.split('#').next().unwrap_or("");
                !target.contains(':') && !root().join(folder).join(target).exists()
            } else {
                is_path(path) && !is_there(&all, &name)
            };
            if missing {
                findings.push(format!("{document}:{line} {name}"));
            }
        }
    }
    report(findings, "correct the document, or write what it promises.");
}

/// Whether `rules::circle::propose` is there: a function or a type below something called `circle`.
fn is_made(all: &[Source], name: &str) -> bool {
    let mut parts = name.rsplit("::");
    let (last, home) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    let made = |source: &Source| {
        let kinds = ["fn", "struct", "enum", "trait", "const"];
        kinds.iter().any(|kind| {
            words(&source.code, &format!("{kind} {last}"))
                .next()
                .is_some()
        })
    };
    all.iter()
        .any(|source| source.path.contains(home) && made(source))
}

#[test]
fn what_the_map_calls_is_there() {
    let (all, map) = (sources("crates"), "ARCHITECTURE.md");
    let plain = |name: &str| name.bytes().all(|byte| is_word(byte) || byte == b':');
    let calls = named(&read(map))
        .into_iter()
        .filter(|(_, name, _)| name.contains("::") && plain(name));
    let missing = calls.filter(|(_, name, _)| !is_made(&all, name));
    report(
        missing
            .map(|(line, name, _)| format!("{map}:{line} {name}"))
            .collect(),
        "correct the map.",
    );
}

/// Types of the rules, split into words: `HandleTrouble` is "handle trouble".
fn types(source: &Source) -> Vec<(String, String)> {
    let kinds = ["pub struct ", "pub enum "];
    let found = kinds
        .iter()
        .flat_map(|kind| source.says(kind).map(move |at| (at, at + kind.len())));
    found
        .map(|(at, from)| {
            let name: String = source.code[from..]
                .chars()
                .take_while(char::is_ascii_alphanumeric)
                .collect();
            (humps(&name).join(" ").to_lowercase(), source.place(at))
        })
        .filter(|(name, _)| !name.is_empty())
        .collect()
}

#[test]
fn every_type_of_the_rules_has_its_word() {
    let words = read("docs/words.md").to_lowercase();
    let terms = words
        .lines()
        .filter_map(|line| line.strip_prefix('|')?.split('|').next());
    let terms: BTreeSet<&str> = terms.flat_map(str::split_whitespace).collect();
    let known = |word: &str| terms.contains(word) || terms.contains(word.trim_end_matches('s'));
    let all = sources("crates/rules/src");
    let missing = all
        .iter()
        .flat_map(types)
        .filter(|(name, _)| !name.split(' ').all(known));
    report(
        missing
            .map(|(name, place)| format!("{place} {name}"))
            .collect(),
        "explain the word in the first column of a table in `docs/words.md`, or call the type by one that is there.",
    );
}

#[test]
fn these_tests_can_fail() {
    assert!(is_path("crates/rules/src") && is_path("home.rs"));
    assert!(!is_path("/sign-in") && !is_path("crates/*"));
    let all = files("crates/tidy", &[]);
    assert!(is_there(&all, "tidy/src/docs.rs::is_there"));
    assert!(!is_there(&all, "tidy/src/docs.rs::is_nowhere"));
    let made = Source::new("crates/rules/src/circle/mod.rs", "pub fn propose() {}");
    assert!(is_made(
        std::slice::from_ref(&made),
        "rules::circle::propose"
    ));
    assert!(!is_made(&[made], "rules::circle::prop"));
    let named = types(&Source::new("a.rs", "pub enum HandleTrouble {}"));
    assert_eq!(named[0].0, "handle trouble");
}
