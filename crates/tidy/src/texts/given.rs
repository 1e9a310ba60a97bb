//! What a text wants put in is what the code puts in, wherever both can be read off.

use std::collections::BTreeSet;

use super::used::call;
use super::{Text, english};
use crate::source::{Source, closing, is_word};
use crate::tree::{report, sources};

/// Names in `with![name = …, count = …]` that opens here.
fn names(code: &str, open: usize) -> BTreeSet<String> {
    let end = closing(code, open);
    let (mut depth, mut from, mut parts) = (0, open + 1, Vec::new());
    for (at, byte) in code.bytes().enumerate().take(end).skip(open + 1) {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            b',' if depth == 0 => {
                parts.push(&code[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&code[from..end]);
    let name = |part: &str| {
        part.trim()
            .split(|c: char| !is_word(c as u8))
            .next()
            .unwrap_or("")
            .to_owned()
    };
    parts
        .into_iter()
        .map(name)
        .filter(|name| !name.is_empty())
        .collect()
}

/// What is put into the text whose key ends at `end`: nothing for `.t`, a list for `.tw` with
/// `with!` on the spot, and what cannot be read off for everything else.
fn given(source: &Source, call: &str, end: usize) -> Option<BTreeSet<String>> {
    match call {
        ".t" | ".say" | "Refused" => Some(BTreeSet::new()),
        ".tw" | ".say_with" => {
            let rest = source.code[end..]
                .strip_prefix("\"")?
                .trim_start()
                .strip_prefix(',')?;
            let list = rest.trim_start().strip_prefix("&with![")?;
            Some(names(&source.code, source.code.len() - list.len() - 1))
        }
        _ => None,
    }
}

fn unequal(source: &Source, texts: &[Text]) -> Vec<String> {
    let mut found = Vec::new();
    for literal in source.spoken() {
        let Some(text) = texts.iter().find(|text| text.key == literal.text) else {
            continue;
        };
        let call = call(&source.code, literal.at).unwrap_or("");
        let Some(given) = given(source, call, literal.at + 1 + literal.text.len()) else {
            continue;
        };
        let wants = text.variables();
        if given != wants {
            found.push(format!(
                "{} {} wants {wants:?}, gets {given:?}",
                source.place(literal.at),
                text.key
            ));
        }
    }
    found
}

#[test]
fn texts_get_what_they_want() {
    let texts = english();
    let findings = sources("crates/app/src")
        .iter()
        .flat_map(|source| unequal(source, &texts))
        .collect();
    report(
        findings,
        "make `with![…]` and the `{ $names }` of the text the same.",
    );
}

#[test]
fn this_test_can_fail() {
    let texts = super::parse("a.ftl", "a-b = { $n } of { $m }\nc-d = None.\n");
    let check = |code: &str| unequal(&Source::new("a.rs", code), &texts).len();
    assert_eq!(check("v.tw(\"a-b\", &with![n = f(a, b), m = 2])"), 0);
    assert_eq!(check("v.tw(\"a-b\", &with![n = 1])"), 1);
    assert_eq!(
        check("v.tw(\n    \"a-b\",\n    &with![n = 1, m = 2, o = 3],\n)"),
        1
    );
    assert_eq!(check("v.t(\"a-b\")"), 1);
    assert_eq!(check("v.t(\"c-d\")"), 0);
    assert_eq!(check("v.tw(\"a-b\", &args)"), 0);
}
