//! The order of the rooms: a room uses those to its left, and no other.

use crate::source::{Source, closing, is_word, words};
use crate::tree::{report, sources};

/// From left to right; those that are not built yet have their place already.
pub const ORDER: [&str; 17] = [
    "people",
    "movement",
    "step",
    "meeting",
    "training",
    "role",
    "circle",
    "live",
    "ask",
    "pact",
    "pair",
    "journal",
    "retreat",
    "repair",
    "onboarding",
    "evaluation",
    "rollout",
];

/// Those that know every room, and that no room knows.
const DOORS: [&str; 13] = [
    "backup",
    "main",
    "home",
    "demo",
    "cli",
    "serve",
    "solve",
    "erase",
    "leave",
    "letters",
    "work",
    "web/router",
    "web/guard",
];

/// The part of the program that a file belongs to: a folder, or a file of its own.
pub fn room(path: &str) -> &str {
    let inside = path.strip_prefix("crates/app/src/").unwrap_or(path);
    let part = if inside.starts_with("web/") {
        inside
    } else {
        inside.split('/').next().unwrap_or(inside)
    };
    part.trim_end_matches(".rs")
}

pub fn place(room: &str) -> Option<usize> {
    ORDER.iter().position(|it| *it == room)
}

/// What a file names of the program, outside of tests: `crate::circle`, `crate::{post, qr}`.
fn used(source: &Source) -> Vec<(String, usize)> {
    source
        .says("crate::")
        .flat_map(|at| branches(&source.code, at + "crate::".len()))
        .collect()
}

fn branches(code: &str, from: usize) -> Vec<(String, usize)> {
    if !code[from..].starts_with('{') {
        return vec![(path(&code[from..]), from)];
    }
    let end = closing(code, from);
    let mut depth = 0;
    let mut found = Vec::new();
    for (at, c) in code[from..end].char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 1 && matches!(c, '{' | ',') {
            let name = path(code[from + at + 1..end].trim_start());
            found.push((name, from + at + 1));
        }
    }
    found.retain(|(name, _)| !name.is_empty());
    found
}

/// `web::router` of `web::router::router(..)`; one name where it is not in `web`.
fn path(code: &str) -> String {
    let mut names = code.split("::").map(|name| {
        let end = name
            .bytes()
            .position(|byte| !is_word(byte))
            .unwrap_or(name.len());
        &name[..end]
    });
    match (names.next(), names.next()) {
        (Some("web"), Some(inner)) if !inner.is_empty() => format!("web/{inner}"),
        (first, _) => first.unwrap_or("").to_owned(),
    }
}

/// What a file may not know, with its place.
fn out_of_order(source: &Source) -> Vec<String> {
    let own = room(&source.path);
    if DOORS.contains(&own) {
        return Vec::new();
    }
    let may_not = |used: &str| match (place(own), place(used)) {
        (Some(own), Some(used)) => used > own,
        (None, Some(_)) => true,
        (Some(_), None) => DOORS.contains(&used) && used != "work",
        (None, None) => false,
    };
    let wrong = used(source).into_iter().filter(|(used, _)| may_not(used));
    wrong
        .map(|(used, at)| format!("{} {own} uses {used}", source.place(at)))
        .collect()
}

#[test]
fn a_room_uses_only_rooms_to_its_left() {
    let findings = sources("crates/app/src")
        .iter()
        .flat_map(out_of_order)
        .collect();
    report(
        findings,
        "let the caller pass the fact in, put a job into the table (`work.rs`), or move the line to the room on the right. Only doors and the router know all rooms.",
    );
}

#[test]
fn no_room_reaches_around_the_order() {
    let around = |source: &Source| -> Vec<String> {
        let found = words(&source.code, "super::super").filter(|at| !source.in_tests(*at));
        found
            .filter(|_| place(room(&source.path)).is_some())
            .map(|at| source.place(at))
            .collect()
    };
    let findings = sources("crates/app/src").iter().flat_map(around).collect();
    report(findings, "name the room: `use crate::people`.");
}

#[test]
fn this_test_can_fail() {
    let left = "crates/app/src/meeting/feed.rs";
    let bad = "use crate::{circle::{self, acts}, post};\nfn f() { crate::web::router::router(); crate::people::a(); }";
    let found = out_of_order(&Source::new(left, bad));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        out_of_order(&Source::new(
            "crates/app/src/circle/acts.rs",
            "use crate::meeting;"
        ))
        .is_empty()
    );
    assert_eq!(
        out_of_order(&Source::new(
            "crates/app/src/web/page.rs",
            "use crate::people;"
        ))
        .len(),
        1
    );
}
