//! The prompts ask gently: the same rule that tells a group what could hurt in its own words.

use std::collections::HashMap;

use mend_rules::prompt::{Concern, concerns};
use mend_rules::step::Use;
use toml::Value;

use super::{Page, list, page, pages};
use crate::tree::{read, report};

const README: &str = "practice/README.md";

/// The lists of prompts of a file: the name of a list and its lines.
fn prompts(page: &Page) -> Vec<(String, Vec<String>)> {
    let lines = |of: Use| {
        let lines = list(&page.table, of.word())
            .iter()
            .filter_map(Value::as_str);
        (of.word().to_owned(), lines.map(str::to_owned).collect())
    };
    Use::ALL
        .map(lines)
        .into_iter()
        .filter(|(_, lines): &(_, Vec<_>)| !lines.is_empty())
        .collect()
}

fn unkind(line: &str) -> Vec<String> {
    let found = concerns(line).into_iter();
    found
        .map(|(concern, word)| format!("“{line}” {} (“{word}”)", concern.word()))
        .collect()
}

/// Words with which more than two of a list begin.
fn alike(lines: &[String]) -> Vec<String> {
    let mut firsts: HashMap<&str, usize> = HashMap::new();
    for line in lines {
        *firsts
            .entry(line.split(' ').next().unwrap_or_default())
            .or_default() += 1;
    }
    let often = firsts.into_iter().filter(|(_, times)| *times > 2);
    often
        .map(|(word, times)| format!("{times} begin with “{word}”"))
        .collect()
}

#[test]
fn no_prompt_names_people_asks_for_a_wound_or_demands() {
    let mut findings = Vec::new();
    for page in pages("en") {
        for (of, lines) in prompts(&page) {
            let wrong = lines
                .iter()
                .flat_map(|line| unkind(line))
                .chain(alike(&lines));
            findings.extend(wrong.map(|wrong| page.wrong(format!("{of}: {wrong}"))));
        }
    }
    report(
        findings,
        "ask about now, needs, limits and small next acts; see `practice/README.md` under 8.",
    );
}

#[test]
fn the_questions_of_a_groups_own_look_name_nobody() {
    let circle = page("en", "circle");
    let own = circle
        .table
        .get("group_inventory")
        .and_then(Value::as_table)
        .cloned();
    let questions = own
        .map(|table| list(&table, "questions").to_vec())
        .unwrap_or_default();
    assert_eq!(questions.len(), 12);
    let wrong = |line: &Value| {
        concerns(line.as_str().unwrap_or_default())
            .iter()
            .any(|(it, _)| *it == Concern::Names)
    };
    let findings = questions
        .iter()
        .filter(|line| wrong(line))
        .map(|line| circle.wrong(line.as_str().unwrap_or_default()));
    report(
        findings.collect(),
        "ask how the group does things, and of nobody by name.",
    );
}

/// The words that the guide for editors lists, line by line.
fn listed(text: &str) -> Vec<String> {
    let block = text.split("```").nth(1).unwrap_or_default();
    let words = block.lines().flat_map(|line| line.split('·'));
    let words = words
        .map(|words| words.trim().to_owned())
        .filter(|words| !words.is_empty());
    // The first line lists single words beside each other.
    let mut all: Vec<String> = words
        .flat_map(|words| match words.as_str() {
            "who whom whose" => words.split(' ').map(str::to_owned).collect(),
            _ => vec![words],
        })
        .collect();
    all.sort();
    all
}

#[test]
fn the_guide_for_editors_lists_the_words_that_the_rule_knows() {
    let mut known: Vec<String> = Concern::ALL
        .iter()
        .flat_map(|it| it.words())
        .map(|word| (*word).to_owned())
        .collect();
    known.sort();
    let told = listed(&read(README));
    let alone = |these: &[String], those: &[String], whose: &str| {
        let these = these.iter().filter(|word| !those.contains(word));
        these
            .map(|word| format!("{README} {word} is known to {whose} alone"))
            .collect::<Vec<_>>()
    };
    let mut findings = alone(&told, &known, "the guide");
    findings.extend(alone(&known, &told, "the rule"));
    report(
        findings,
        "name the word in the guide and in `crates/rules/src/prompt.rs`.",
    );
}

#[test]
fn these_tests_can_fail() {
    assert_eq!(unkind("Who hurt you, and why did they?").len(), 2);
    let lines = ["What a?", "What b?", "What c?", "Where d?"].map(str::to_owned);
    assert_eq!(alike(&lines), ["3 begin with “What”"]);
    assert_eq!(
        listed("x\n```\nwho whom whose · name the\nb*\n```\n"),
        ["b*", "name the", "who", "whom", "whose"]
    );
}
