//! Every file: its size, its head, its name, and what has no place in it.

use crate::source::Source;
use crate::tree::{files, report, sources};

const WALL: usize = 500;

#[test]
fn no_file_is_longer_than_500_lines() {
    let long = |source: &Source| {
        let lines = source.text.lines().count();
        (lines > WALL).then(|| format!("{}:{WALL} goes on to line {lines}", source.path))
    };
    let findings = sources("crates").iter().filter_map(long).collect();
    report(
        findings,
        "split the file by a word of the field; 80 to 300 lines read well.",
    );
}

#[test]
fn every_module_opens_with_what_it_is() {
    let bare =
        |source: &Source| (!source.text.starts_with("//! ")).then(|| format!("{}:1", source.path));
    let findings = sources("crates").iter().filter_map(bare).collect();
    report(
        findings,
        "begin the file with `//!`: what it is, what it never does, where to look.",
    );
}

#[test]
fn nothing_is_called_util() {
    let names = [
        "util", "utils", "common", "helper", "helpers", "manager", "managers", "misc",
    ];
    let named = |path: &String| {
        path.split('/')
            .any(|part| names.contains(&part.split('.').next().unwrap_or("")))
    };
    let findings = files("", &["rs", "js", "mjs", "py"])
        .into_iter()
        .filter(named)
        .collect();
    report(findings, "name the file after what it holds.");
}

#[test]
fn nothing_unwraps_outside_of_tests() {
    let findings = sources("crates")
        .iter()
        .flat_map(|source| source.says(".unwrap()").map(|at| source.place(at)))
        .collect();
    report(
        findings,
        "return the error, or say with `expect` why it cannot be.",
    );
}

/// Marks of unfinished work, in code and in comments.
fn unfinished(source: &Source) -> Vec<String> {
    let macros = ["dbg!", "todo!", "unimplemented!"];
    let code = macros
        .iter()
        .flat_map(|word| source.says(word).map(|at| source.place(at)));
    let notes = source.comments.iter().filter(|comment| {
        let text = &source.text[comment.start..comment.end];
        ["TODO", "FIXME", "XXX", "HACK"]
            .iter()
            .any(|mark| text.contains(mark))
    });
    code.chain(notes.map(|comment| source.place(comment.start)))
        .collect()
}

#[test]
fn nothing_is_left_unfinished() {
    let findings = sources("crates").iter().flat_map(unfinished).collect();
    report(findings, "finish it, or take it out and open an issue.");
}

/// Comments that were code once.
fn commented_out(source: &Source) -> Vec<String> {
    let is_code = |text: &str| text.starts_with("// ") && text.trim_end().ends_with([';', '{']);
    let dead = source
        .comments
        .iter()
        .filter(|at| is_code(&source.text[at.start..at.end]));
    dead.map(|at| source.place(at.start)).collect()
}

#[test]
fn no_code_is_commented_out() {
    let findings = sources("crates").iter().flat_map(commented_out).collect();
    report(
        findings,
        "delete it; git remembers. A comment is a sentence and ends like one.",
    );
}

/// Lints that are switched off without a word why.
fn silenced(source: &Source) -> Vec<String> {
    let lines: Vec<&str> = source.text.lines().collect();
    let switched = ["#[allow(", "#![allow(", "#[expect(", "#![expect("];
    let found = switched.iter().flat_map(|mark| source.says(mark));
    found
        .filter(|at| {
            let line = source.line(*at) - 1;
            let above = line
                .checked_sub(1)
                .map_or("", |above| lines[above].trim_start());
            let said = |text: &str| text.starts_with("// ");
            !(said(above)
                || lines[line].contains("// ")
                || source.text[*at..]
                    .lines()
                    .take(4)
                    .any(|l| l.contains("reason =")))
        })
        .map(|at| source.place(at))
        .collect()
}

#[test]
fn no_lint_is_switched_off_without_a_reason() {
    let findings = sources("crates").iter().flat_map(silenced).collect();
    report(findings, "do what the lint asks, or say beside it why not.");
}

#[test]
fn these_tests_can_fail() {
    let bad = Source::new(
        "a.rs",
        "fn f() {\n    dbg!(1);\n    // let a = 1;\n    // TODO: more\n}\n#[allow(dead_code)]\nfn g() {}\n",
    );
    assert_eq!(unfinished(&bad), ["a.rs:2", "a.rs:4"]);
    assert_eq!(commented_out(&bad), ["a.rs:3"]);
    assert_eq!(silenced(&bad), ["a.rs:6"]);
    let good = Source::new(
        "a.rs",
        "// The lint is wrong here.\n#[allow(dead_code)]\nfn g() {}\n",
    );
    assert!(silenced(&good).is_empty());
}
