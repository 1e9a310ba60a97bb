//! Promises: every one in `docs/security.md` names something that fails when it is broken.

use crate::tree::{files, read, report};

const PAPER: &str = "docs/security.md";

/// The rows of the table of promises: line, promise, and what proves it.
fn promises(text: &str) -> Vec<(usize, &str, &str)> {
    let lines = (1..).zip(text.lines());
    let rows = lines
        .skip_while(|(_, line)| !line.starts_with("| Promise |"))
        .skip(2)
        .take_while(|(_, line)| line.starts_with('|'));
    rows.map(|(at, line)| {
        let row = line.trim_matches('|');
        let (promise, proof) = row.split_once(" | ").unwrap_or((row, ""));
        (at, promise.trim(), proof.trim())
    })
    .collect()
}

/// Whether a file has a test in it.
fn tests(path: &str) -> bool {
    let text = read(path);
    if path.ends_with(".mjs") {
        return path.ends_with(".test.mjs") && text.contains("test(");
    }
    text.contains("#[test]") || text.contains("proptest! {")
}

/// Whether what stands between backticks is a test, or a folder or a room's `tests.rs` with some.
fn proves(name: &str) -> bool {
    let inside = name.trim_end_matches(".rs").trim_end_matches('/');
    let within = || files(inside, &["rs", "mjs"]).iter().any(|path| tests(path));
    name == "./test" || tests(name) || within()
}

/// What a row names that is a test.
fn proofs(row: &str) -> Vec<&str> {
    let named = row.split('`').skip(1).step_by(2);
    named.filter(|name| proves(name)).collect()
}

#[test]
fn every_promise_names_a_test() {
    let text = read(PAPER);
    let all = promises(&text);
    assert!(all.len() > 60, "the table can be read");
    let bare = all.iter().filter(|(_, _, proof)| proofs(proof).is_empty());
    report(
        bare.map(|(at, promise, _)| format!("{PAPER}:{at} {promise}"))
            .collect(),
        "name the test that fails when the promise is broken; without one, do not promise it.",
    );
}

#[test]
fn these_tests_can_fail() {
    let text = "x\n| Promise | Proved by |\n| --- | --- |\n| One. | `e2e/vault.test.mjs` |\n| Two. | nothing |\n\nafter\n";
    let all = promises(text);
    assert_eq!(all.len(), 2);
    assert_eq!(all[1], (5, "Two.", "nothing"));
    assert_eq!(proofs(all[0].2), ["e2e/vault.test.mjs"]);
    for name in ["e2e/none.test.mjs", "docs/words.md", "e2e/lib.mjs"] {
        assert!(!proves(name), "{name}");
    }
    assert!(proves("crates/seal") && proves("crates/app/src/web/tests.rs"));
}
