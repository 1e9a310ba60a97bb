//! The twelve steps have every part, and come in their order.

use mend_rules::movement::Source;
use mend_rules::step::{Number, Reader, Step, Text, Use};
use toml::{Table, Value};

use super::{Page, languages, list, pages, text};
use crate::tree::report;

const KEYS: [&str; 13] = [
    "version",
    "letter",
    "number",
    "short",
    "from_meeting",
    "title",
    "meaning",
    "from",
    "circle",
    "companion",
    "journal",
    "opening",
    "cautions",
];

/// The words of a list, counted from 1.
fn counted(table: &Table, key: &str) -> Vec<(u8, String)> {
    let words = list(table, key)
        .iter()
        .map(|it| it.as_str().unwrap_or_default().to_owned());
    (1..).zip(words).collect()
}

/// A step as the rules know it.
pub fn step(page: &Page) -> Step {
    let all = Value::Table(page.table.clone());
    let mut texts = vec![
        (Text::Short, text(&all, "short").to_owned()),
        (Text::Title, text(&all, "title").to_owned()),
        (Text::Meaning, text(&all, "meaning").to_owned()),
        (Text::From, text(&all, "from").to_owned()),
    ];
    let opening = page
        .table
        .get("opening")
        .cloned()
        .unwrap_or(Value::Boolean(false));
    texts
        .extend(Source::ALL.map(|one| (Text::Opening(one), text(&opening, one.word()).to_owned())));
    for of in Use::ALL {
        let words = counted(&page.table, of.word()).into_iter();
        texts.extend(words.map(|(at, words)| (Text::Prompt(of, at), words)));
    }
    let cautions = page
        .table
        .get("cautions")
        .and_then(Value::as_table)
        .cloned()
        .unwrap_or_default();
    for of in Reader::ALL {
        let words = counted(&cautions, of.word()).into_iter();
        texts.extend(words.map(|(at, words)| (Text::Caution(of, at), words)));
    }
    let whole = |key: &str| page.table.get(key).and_then(Value::as_integer).unwrap_or(0);
    let number = u8::try_from(whole("number")).ok().and_then(Number::new);
    let count = |key: &str| u32::try_from(whole(key)).unwrap_or(0);
    Step::new(
        number.unwrap_or(Number::FIRST),
        count("version"),
        count("from_meeting"),
        texts,
    )
}

fn sentences(text: &str) -> usize {
    text.split(['.', '?'])
        .filter(|part| !part.trim().is_empty())
        .count()
}

fn wrong(page: &Page, at: u8) -> Vec<String> {
    let step = step(page);
    let mut wrong: Vec<String> = step
        .missing()
        .iter()
        .map(|it| page.wrong(format!("lacks {it}")))
        .collect();
    let letter = page
        .table
        .get("letter")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if step.number.get() != at || letter != step.number.letter().to_string() {
        wrong.push(page.wrong("is not numbered and lettered by its place"));
    }
    if !page.name().starts_with(&format!("{at:02}-")) {
        wrong.push(page.wrong("is not named by its number"));
    }
    let odd = page
        .table
        .keys()
        .filter(|key| !KEYS.contains(&key.as_str()));
    wrong.extend(odd.map(|key| page.wrong(format!("has a key “{key}” that nobody reads"))));
    for (what, most) in [(Text::Meaning, 3), (Text::From, 2)] {
        if sentences(step.text(what)) > most {
            wrong.push(page.wrong(format!("{} has more than {most} sentences", what.key())));
        }
    }
    let long = step
        .texts()
        .filter(|(text, words)| words.chars().count() > text.length());
    wrong.extend(long.map(|(text, _)| page.wrong(format!("{} is too long", text.key()))));
    wrong
}

#[test]
fn there_are_twelve_steps_with_every_part_in_order() {
    let mut findings = Vec::new();
    for language in languages() {
        let mut steps = pages(&language);
        steps.retain(Page::is_step);
        if steps.len() != 12 {
            findings.push(format!("practice/{language} has {} steps", steps.len()));
        }
        findings.extend((1..).zip(&steps).flat_map(|(at, page)| wrong(page, at)));
    }
    report(
        findings,
        "bring the step back to what `practice/README.md` says under 1 to 3.",
    );
}

#[test]
fn this_test_can_fail() {
    let page = Page {
        path: "practice/en/02-b.toml".into(),
        table: "number = 2\nletter = \"C\"\nmeaning = \"A. B. C. D.\"\nodd = 1"
            .parse()
            .expect("a table"),
    };
    let wrong = wrong(&page, 2).join("\n");
    for part in [
        "lettered",
        "“odd”",
        "more than 3 sentences",
        "lacks prompt.circle.1",
    ] {
        assert!(wrong.contains(part), "{part}: {wrong}");
    }
}
