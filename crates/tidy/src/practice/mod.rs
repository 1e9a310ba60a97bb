//! The files in `practice/`: that every one has every part, in every language, and that its prompts
//! ask gently. `practice/README.md` says what must hold, for people; here it is held.

mod files;
mod prompts;
mod steps;

use std::collections::BTreeSet;

use toml::{Table, Value};

use crate::texts::said::{LONG, unsaid};
use crate::tree::{self, read, report};

/// A file of the practice with what stands in it.
struct Page {
    path: String,
    table: Table,
}

impl Page {
    fn read(path: &str) -> Self {
        let table = read(path).parse();
        let table = table.unwrap_or_else(|error| panic!("{path} is no TOML any more: {error}"));
        Self {
            path: path.to_owned(),
            table,
        }
    }

    /// The name of the file, without folder and ending.
    fn name(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.trim_end_matches(".toml")
    }

    fn is_step(&self) -> bool {
        self.name().starts_with(|c: char| c.is_ascii_digit())
    }

    /// A finding about this file.
    fn wrong(&self, what: impl std::fmt::Display) -> String {
        format!("{} {what}", self.path)
    }
}

/// The languages there are, by their folders.
fn languages() -> BTreeSet<String> {
    let paths = tree::files("practice", &["toml"]);
    let language = |path: &String| path.split('/').nth(1).map(str::to_owned);
    paths.iter().filter_map(language).collect()
}

/// Every file of a language, in order.
fn pages(language: &str) -> Vec<Page> {
    let paths = tree::files(&format!("practice/{language}"), &["toml"]);
    paths.iter().map(|path| Page::read(path)).collect()
}

fn all_pages() -> Vec<Page> {
    languages().iter().flat_map(|one| pages(one)).collect()
}

fn page(language: &str, name: &str) -> Page {
    Page::read(&format!("practice/{language}/{name}.toml"))
}

/// Every text below a value, with the way to it.
fn texts(at: &str, value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => found.push((at.to_owned(), text.clone())),
        Value::Array(all) => (1..)
            .zip(all)
            .for_each(|(n, it)| texts(&format!("{at}.{n}"), it, found)),
        Value::Table(all) => all
            .iter()
            .for_each(|(key, it)| texts(&format!("{at}.{key}"), it, found)),
        _ => {}
    }
}

fn all_texts(page: &Page) -> Vec<(String, String)> {
    let mut found = Vec::new();
    texts("", &Value::Table(page.table.clone()), &mut found);
    found
}

/// The lists of a value; empty for whatever is none.
fn list<'a>(table: &'a Table, key: &str) -> &'a [Value] {
    table
        .get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn number(value: &Value, key: &str) -> i64 {
    value.get(key).and_then(Value::as_integer).unwrap_or(-1)
}

fn longest(text: &str) -> usize {
    let ends = text
        .replace(['?', ':', ';', '…'], ".")
        .replace(['“', '”'], " ");
    let words = ends
        .split('.')
        .map(|sentence| sentence.split_whitespace().count());
    words.max().unwrap_or(0)
}

/// What is wrong with how a text speaks.
fn loud(text: &str) -> Vec<String> {
    let mut wrong: Vec<String> = unsaid(text)
        .iter()
        .map(|word| format!("says “{word}”"))
        .collect();
    if text.contains('!') {
        wrong.push("raises its voice".into());
    }
    if text.trim().is_empty() {
        wrong.push("is empty".into());
    }
    let words = longest(text);
    if words > LONG {
        wrong.push(format!("has {words} words in a sentence"));
    }
    wrong
}

#[test]
fn every_text_speaks_as_our_pages_do() {
    let mut findings = Vec::new();
    for page in all_pages() {
        for (at, text) in all_texts(&page) {
            findings.extend(
                loud(&text)
                    .iter()
                    .map(|wrong| page.wrong(format!("{at} {wrong}"))),
            );
        }
    }
    report(
        findings,
        "say it more quietly, in shorter sentences and in words of `docs/words.md`.",
    );
}

/// The keys of a file, and how long its lists are.
fn shape(page: &Page) -> Vec<String> {
    let mut found = Vec::new();
    let ways = all_texts(page).into_iter().map(|(at, _)| at);
    found.extend(ways);
    found
}

#[test]
fn every_language_has_the_same_files_keys_and_counts() {
    let english = pages("en");
    assert!(english.len() > 14, "the English files can be read");
    let mut findings = Vec::new();
    for language in languages() {
        let theirs = pages(&language);
        for wanted in &english {
            match theirs.iter().find(|page| page.name() == wanted.name()) {
                None => findings.push(format!("practice/{language} has no {}.toml", wanted.name())),
                Some(page) if shape(page) != shape(wanted) => {
                    findings.push(page.wrong(format!("has not the parts of {}", wanted.path)));
                }
                Some(_) => {}
            }
        }
        let more = theirs
            .iter()
            .filter(|page| english.iter().all(|it| it.name() != page.name()));
        findings.extend(more.map(|page| page.wrong("is in no other language")));
    }
    report(
        findings,
        "translate what is missing, and leave keys and counts as they are.",
    );
}

#[test]
fn every_file_has_a_version() {
    let none = |page: &Page| {
        let version = page.table.get("version").and_then(Value::as_integer);
        version
            .is_none_or(|version| version < 1)
            .then(|| page.wrong("has no version"))
    };
    report(
        all_pages().iter().filter_map(none).collect(),
        "begin with `version = 1`.",
    );
}

#[test]
fn these_tests_can_fail() {
    assert_eq!(loud("Dear user!").len(), 2);
    assert_eq!(loud(&"word ".repeat(46)).len(), 1);
    assert!(loud(&"word. ".repeat(46)).is_empty());
    let page = Page {
        path: "practice/en/a.toml".into(),
        table: "a = [\"b\", { c = \"d\" }]".parse().expect("a table"),
    };
    assert_eq!(shape(&page), [".a.1", ".a.2.c"]);
}
