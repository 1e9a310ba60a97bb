//! Keys in the code and keys in the texts are the same.

use std::collections::BTreeSet;

use super::{Text, english};
use crate::markup::is_attribute;
use crate::source::{Literal, Source, is_word};
use crate::tree::{report, sources};

/// The call that a string is the first argument of, also through `if` and `match`:
/// `.t`, `.say_with`, `Refused`.
pub fn call(code: &str, at: usize) -> Option<&str> {
    let (mut depth, mut later) = (0, false);
    for (at, byte) in code.as_bytes()[..at].iter().enumerate().rev() {
        match byte {
            b')' | b']' | b'}' => depth += 1,
            b'(' | b'[' | b'{' if depth > 0 => depth -= 1,
            b'{' => later = false,
            b'(' if later => return None,
            b'(' => {
                let part = |byte: &u8| is_word(*byte) || *byte == b'.' || *byte == b'!';
                let name = code.as_bytes()[..at]
                    .iter()
                    .rev()
                    .take_while(|byte| part(byte))
                    .count();
                let name = &code[at - name..at];
                return Some(name.rfind('.').map_or(name, |dot| &name[dot..]));
            }
            b'[' => return None,
            b',' if depth == 0 => later = true,
            b';' if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

const TELLING: [&str; 5] = [".t", ".tw", ".say", ".say_with", "Refused"];

/// Calls whose strings only look like keys: fields of a form, purposes of a keyed print.
const OTHER: [&str; 6] = [".text", ".has", ".all", ".parse", ".fingerprint", ".sign"];

fn is_key(text: &str) -> bool {
    text.contains('-')
        && !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// What the code asks for.
#[derive(Default)]
struct Asked {
    /// Keys that a text must have, with their places.
    keys: Vec<(String, String)>,
    /// Beginnings and ends of keys that are made with `format!`.
    made: Vec<(String, String, String)>,
    /// Every string, for keys that travel and for what is put between beginning and end.
    all: BTreeSet<String>,
}

/// The program, and the rules, whose words are put into keys.
fn with_rules() -> Vec<Source> {
    let mut all = sources("crates/app/src");
    all.extend(sources("crates/rules/src"));
    all
}

fn asked(sources: &[Source]) -> Asked {
    let mut asked = Asked::default();
    for source in sources {
        for literal in source.spoken() {
            asked.hear(source, literal);
        }
    }
    asked
}

impl Asked {
    fn hear(&mut self, source: &Source, literal: &Literal) {
        let (text, place) = (literal.text.clone(), source.place(literal.at));
        let call = call(&source.code, literal.at);
        if call == Some("format!") {
            if let Some((begin, end)) = text
                .split_once('{')
                .zip(text.rsplit_once('}'))
                .map(|(b, e)| (b.0, e.1))
            {
                let is_part = |part: &str| part.is_empty() || is_key(part);
                if is_part(begin) && is_part(end) && !(begin.is_empty() && end.is_empty()) {
                    self.made.push((begin.to_owned(), end.to_owned(), place));
                }
            }
        } else if call.is_some_and(|call| TELLING.contains(&call)) {
            self.keys.push((text.clone(), place));
        }
        self.all.insert(text);
    }

    /// Whether a text is asked for, by its key or by a beginning and an end of it.
    fn uses(&self, key: &str) -> bool {
        let whole = self.keys.iter().any(|(asked, _)| asked == key);
        let travels = key.contains('-') && self.all.contains(key);
        whole
            || travels
            || self
                .made
                .iter()
                .any(|(begin, end, _)| self.makes(begin, end, key))
    }

    fn makes(&self, begin: &str, end: &str, key: &str) -> bool {
        let Some(between) = key
            .strip_prefix(begin)
            .and_then(|rest| rest.strip_suffix(end))
        else {
            return false;
        };
        let number = between
            .strip_prefix('-')
            .unwrap_or(between)
            .parse::<u8>()
            .is_ok();
        number || self.all.contains(between)
    }
}

/// Strings that look like the key of a text but are none: all but their last part is a beginning.
fn misspelt(source: &Source, texts: &[Text]) -> Vec<String> {
    let known = |key: &str| texts.iter().any(|text| text.key == key);
    let near = |key: &str| {
        let stem = &key[..=key.rfind('-').unwrap_or(0)];
        texts
            .iter()
            .filter(|text| text.key.starts_with(stem))
            .count()
            > 1
    };
    let wrong = source.spoken().filter(|literal| {
        let key = literal.text.as_str();
        let other = call(&source.code, literal.at).is_some_and(|call| OTHER.contains(&call));
        let is_meant = is_key(key) && !key.ends_with('-') && !other;
        is_meant && !is_attribute(&source.code, literal.at, 0) && !known(key) && near(key)
    });
    wrong
        .map(|literal| format!("{} {}", source.place(literal.at), literal.text))
        .collect()
}

#[test]
fn every_text_that_is_asked_for_is_there() {
    let (texts, sources) = (english(), with_rules());
    let asked = asked(&sources);
    let known = |key: &str| texts.iter().any(|text| text.key == key);
    let missing = asked
        .keys
        .iter()
        .filter(|(key, _)| !known(key))
        .map(|(key, place)| format!("{place} {key}"));
    let made = asked.made.iter().filter(|(begin, end, _)| {
        !begin.is_empty() && !texts.iter().any(|text| asked.makes(begin, end, &text.key))
    });
    let made = made.filter(|(begin, ..)| {
        texts
            .iter()
            .any(|text| text.key.starts_with(begin.as_str()))
    });
    let mut findings: Vec<String> = missing
        .chain(made.map(|(begin, end, place)| format!("{place} {begin}…{end}")))
        .collect();
    let program = sources
        .iter()
        .filter(|source| source.path.starts_with("crates/app/"));
    findings.extend(program.flat_map(|source| misspelt(source, &texts)));
    report(
        findings,
        "write the text in `crates/app/i18n/en`, or correct the key.",
    );
}

#[test]
fn every_text_is_asked_for() {
    let asked = asked(&with_rules());
    let idle = english().into_iter().filter(|text| !asked.uses(&text.key));
    let findings = idle
        .map(|text| format!("{} {}", text.place, text.key))
        .collect();
    report(findings, "take the text out.");
}

#[test]
fn these_tests_can_fail() {
    let code = "fn f() { v.t(\"a-b\"); v.tw(if x { \"a-c\" } else { \"a-d\" }, &args); g(1, \"a-e\"); \
                let k = match x { 1 => \"a-f\", _ => \"a-g\" }; v.t(&format!(\"n-{}\", i)); Problem::Refused(\"save\") }";
    let source = Source::new("a.rs", code);
    let keys: Vec<String> = asked(std::slice::from_ref(&source))
        .keys
        .into_iter()
        .map(|(key, _)| key)
        .collect();
    assert_eq!(keys, ["a-b", "a-c", "a-d", "save"]);
    let asked = asked(std::slice::from_ref(&source));
    assert!(asked.uses("n-7") && asked.uses("a-f") && !asked.uses("n-x") && !asked.uses("a-h"));
    let text = |key: &str| Text {
        key: key.into(),
        value: String::new(),
        place: String::new(),
    };
    assert_eq!(misspelt(&source, &[text("a-x"), text("a-b")]).len(), 5);
}
