//! The texts in `crates/app/i18n`: every one is used and well said, and every one that is asked
//! for is there.

mod given;
pub mod said;
mod used;

use std::collections::BTreeSet;

use crate::tree::{files, read, report};

/// One text of a language.
#[derive(Debug, Clone)]
pub struct Text {
    pub key: String,
    /// What it says, with `{ $name }` for what is put in.
    pub value: String,
    pub place: String,
}

/// The texts of English, the language that others fall back to.
fn english() -> Vec<Text> {
    files("crates/app/i18n/en", &["ftl"])
        .iter()
        .flat_map(|path| parse(path, &read(path)))
        .collect()
}

fn parse(path: &str, content: &str) -> Vec<Text> {
    let mut texts: Vec<Text> = Vec::new();
    for (at, line) in content.lines().enumerate() {
        let begins = line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-');
        match line.split_once(" =") {
            Some((key, value)) if begins => texts.push(Text {
                key: key.to_owned(),
                value: value.trim().to_owned(),
                place: format!("{path}:{}", at + 1),
            }),
            _ => {
                if let Some(text) = texts.last_mut().filter(|_| !line.starts_with('#')) {
                    text.value += "\n";
                    text.value += line.trim_end();
                }
            }
        }
    }
    texts
}

impl Text {
    /// What has to be put in.
    fn variables(&self) -> BTreeSet<String> {
        let name = |rest: &str| {
            rest.chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                .collect()
        };
        self.value.split('$').skip(1).map(name).collect()
    }

    /// Its sentences, those of each plural form by themselves.
    fn sentences(&self) -> Vec<String> {
        let mut plain = String::new();
        for line in self.value.lines() {
            let line = line.trim();
            let form = line
                .strip_prefix('*')
                .unwrap_or(line)
                .strip_prefix('[')
                .and_then(|form| form.split_once(']'));
            plain += if form.is_some() { "\n" } else { " " };
            plain += form
                .map_or(line, |(_, said)| said)
                .trim_end_matches("->")
                .trim();
        }
        let ends = plain
            .replace(['?', '!', ':', ';'], ".")
            .replace(['“', '”'], " ");
        ends.split(['.', '\n'])
            .map(|sentence| sentence.trim().to_owned())
            .filter(|s| !s.is_empty())
            .collect()
    }
}

#[test]
fn no_key_stands_twice() {
    let mut seen = BTreeSet::new();
    let mut texts = english();
    texts.retain(|text| !seen.insert(text.key.clone()));
    let findings = texts
        .iter()
        .map(|text| format!("{} {}", text.place, text.key))
        .collect();
    report(
        findings,
        "give one of them another key, or use one text for both.",
    );
}

#[test]
fn texts_are_read_with_their_forms() {
    let texts = parse(
        "a.ftl",
        "# Head.\n\na-b = One. Two\nc = { $n ->\n    [one] A thing.\n   *[other] { $n } things. More\n}\n",
    );
    assert_eq!(texts.len(), 2);
    assert_eq!(texts[1].place, "a.ftl:4");
    assert_eq!(texts[0].sentences(), ["One", "Two"]);
    assert_eq!(texts[1].variables().len(), 1);
    assert!(texts[1].sentences().contains(&"A thing".to_owned()));
}
