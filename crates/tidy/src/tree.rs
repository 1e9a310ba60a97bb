//! The files of the project, and how a test tells what it found in them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::source::Source;

/// Folders that are made by tools.
const MADE: [&str; 4] = ["target", "node_modules", "__pycache__", "tmp"];

/// The project that is tested, as cargo tells when it runs the tests: a shared folder of built
/// things may hold a test that was built in another copy.
pub fn root() -> PathBuf {
    let told = std::env::var("CARGO_MANIFEST_DIR");
    Path::new(told.as_deref().unwrap_or(env!("CARGO_MANIFEST_DIR"))).join("../..")
}

/// Files below a folder, as paths from the root, in order. No endings: every file.
pub fn files(under: &str, endings: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    walk(&root().join(under), under, &mut found);
    found.retain(|path| endings.is_empty() || endings.iter().any(|ending| ends(path, ending)));
    found.sort();
    found
}

fn ends(path: &str, ending: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, it)| it == ending)
}

fn walk(folder: &Path, under: &str, found: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if under.is_empty() {
            name.clone()
        } else {
            format!("{under}/{name}")
        };
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let hidden = name.starts_with('.') && name != ".ci";
        if is_folder && !hidden && !MADE.contains(&name.as_str()) {
            walk(&entry.path(), &path, found);
        } else if !is_folder && !hidden {
            found.push(path);
        }
    }
}

/// The text of a file; empty when it is not there or is no text.
pub fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_default()
}

/// Every Rust file below a folder, knowing which of them are tests.
pub fn sources(under: &str) -> Vec<Source> {
    let mut sources: Vec<Source> = files(under, &["rs"])
        .iter()
        .map(|path| Source::new(path, &read(path)))
        .collect();
    let tests: Vec<String> = sources.iter().flat_map(Source::test_modules).collect();
    for source in &mut sources {
        let stem = source.path.trim_end_matches(".rs").trim_end_matches("/mod");
        let within = |test: &String| stem == test || stem.starts_with(&format!("{test}/"));
        let folder = source.path.split('/').nth(2) == Some("tests");
        if folder || tests.iter().any(within) {
            source.is_test();
        }
    }
    sources
}

/// Fails with every finding, one a line, and with what to do about them.
#[track_caller]
pub fn report(mut findings: Vec<String>, to_do: &str) {
    findings.sort();
    findings.dedup();
    let count = findings.len();
    assert!(
        count == 0,
        "{count} found:\n  {}\nWhat to do: {to_do}\n",
        findings.join("\n  ")
    );
}

#[test]
fn there_is_something_to_look_at() {
    let app = sources("crates/app/src");
    assert!(app.iter().any(|source| source.path.ends_with("/main.rs")));
    assert!(app.iter().any(|source| source.in_tests(0)));
    assert!(!files("crates/app/i18n/en", &["ftl"]).is_empty());
}
