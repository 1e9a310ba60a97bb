//! Pages: no style, script or sentence of their own inside `html!`.

use crate::source::{Source, closing, enclosing, words};
use crate::tree::{report, sources};

/// Where `html! { … }` begins and ends.
fn pages(source: &Source) -> Vec<(usize, usize)> {
    let begins = source.says("html!").filter_map(|at| {
        let open = at + source.code[at..].find('{')?;
        Some((open, closing(&source.code, open)))
    });
    begins.collect()
}

fn within(source: &Source, at: usize) -> bool {
    pages(source)
        .iter()
        .any(|(open, end)| (*open..*end).contains(&at))
}

/// `style=…`, `onclick=…` and their like, and scripts without a file.
fn inline(source: &Source) -> Vec<String> {
    let code = &source.code;
    let name_before = |at: usize| {
        let name = code[..at]
            .rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .next()
            .unwrap_or("");
        name == "style" || name.starts_with("on")
    };
    let set = code.match_indices('=').map(|(at, _)| at).filter(|at| {
        let value = code[at + 1..].chars().next();
        matches!(value, Some('"' | '(' | '{' | '[')) && name_before(*at)
    });
    let blocks = ["script {", "style {"]
        .into_iter()
        .flat_map(|tag| words(code, tag));
    let found = set
        .chain(blocks)
        .filter(|at| !source.in_tests(*at) && within(source, *at));
    found.map(|at| source.place(at)).collect()
}

#[test]
fn pages_have_no_inline_style_or_script() {
    let findings = sources("crates/app/src").iter().flat_map(inline).collect();
    report(
        findings,
        "the policy forbids it: a class in `mend.css`, or `data-mend` and a script of its own.",
    );
}

/// Two words beside each other: somebody is meant to read this.
fn is_said(text: &str) -> bool {
    let word = |part: &str| part.chars().filter(|c| c.is_alphabetic()).count() > 1;
    text.split_whitespace().filter(|part| word(part)).count() > 1
}

/// Whether a string is the value of an attribute, also inside of brackets.
pub fn is_attribute(code: &str, at: usize, page: usize) -> bool {
    let mut at = at;
    loop {
        if code[..at].ends_with('=') {
            return true;
        }
        match enclosing(code, at) {
            Some(open) if open > page => at = open,
            _ => return false,
        }
    }
}

fn hard_coded(source: &Source) -> Vec<String> {
    let pages = pages(source);
    let said = source.spoken().filter(|literal| {
        let page = pages
            .iter()
            .filter(|(open, end)| (*open..*end).contains(&literal.at))
            .map(|(open, _)| *open)
            .min();
        page.is_some_and(|page| {
            is_said(&literal.text) && !is_attribute(&source.code, literal.at, page)
        })
    });
    said.map(|literal| format!("{} “{}”", source.place(literal.at), literal.text))
        .collect()
}

#[test]
fn pages_take_their_sentences_from_the_texts() {
    let findings = sources("crates/app/src")
        .iter()
        .flat_map(hard_coded)
        .collect();
    report(
        findings,
        "write it in `crates/app/i18n/en`, so that it can be translated.",
    );
}

#[test]
fn these_tests_can_fail() {
    let bad = "fn f() { html! { p style=\"a\" onclick={ \"x\" } class=(if a { \"two words\" } else { \"b\" }) { \"Two words\" } } }";
    let bad = Source::new("a.rs", bad);
    assert_eq!(inline(&bad).len(), 2);
    assert_eq!(hard_coded(&bad), ["a.rs:1 “Two words”"]);
}
