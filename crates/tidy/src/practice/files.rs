//! The keeper's words, the short practices and the private questions have every part.

use std::collections::BTreeSet;

use toml::{Table, Value};

use super::{Page, languages, list, number, page, text};
use crate::tree::report;

const SCRIPTS: [&str; 15] = [
    "opening",
    "turn",
    "passed",
    "advice",
    "time",
    "third-person",
    "court",
    "flooded",
    "care",
    "danger",
    "late",
    "hybrid",
    "no-keeper",
    "few",
    "closing",
];
const AGENDAS: [i64; 5] = [20, 30, 45, 60, 90];
const LOOK: [&str; 9] = [
    "ours-opening",
    "ours-questions",
    "ours-quiet",
    "ours-choosing",
    "ours-round-one",
    "ours-round-two",
    "ours-write",
    "ours-closing",
    "buffer",
];
const LINES: [&str; 4] = ["well", "care", "try", "stop"];
const RESULTS: [&str; 6] = ["refer", "living", "not-now", "letter", "indirect", "direct"];

fn part(table: &Table, key: &str) -> Table {
    table
        .get(key)
        .and_then(Value::as_table)
        .cloned()
        .unwrap_or_default()
}

/// Keys that stand twice in a list.
fn twice(items: &[Value]) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    items
        .iter()
        .map(|item| text(item, "key"))
        .filter(|key| !seen.insert(*key))
        .collect()
}

/// Whether the minutes of the parts are those of the whole.
fn adds_up(whole: &Value) -> bool {
    let parts = whole
        .get("parts")
        .and_then(Value::as_array)
        .map_or(&[][..], Vec::as_slice);
    let sum: i64 = parts.iter().map(|part| number(part, "minutes")).sum();
    sum == number(whole, "minutes")
}

fn circle(page: &Page) -> Vec<String> {
    let mut wrong = Vec::new();
    let scripts: Vec<&str> = list(&page.table, "script")
        .iter()
        .map(|it| text(it, "key"))
        .collect();
    if scripts != SCRIPTS {
        wrong.push(page.wrong("has not the scripts it must have, in their order"));
    }
    if list(&page.table, "agreements").len() != 8 {
        wrong.push(page.wrong("has not eight agreements"));
    }
    let agendas = list(&page.table, "agenda");
    let minutes: Vec<i64> = agendas.iter().map(|it| number(it, "minutes")).collect();
    if minutes != AGENDAS {
        wrong.push(page.wrong("has not the agendas of 20, 30, 45, 60 and 90 minutes"));
    }
    let own = Value::Table(part(&page.table, "group_inventory"));
    let odd = agendas.iter().chain([&own]).filter(|it| !adds_up(it));
    wrong.extend(odd.map(|it| page.wrong(format!("“{}” does not add up", text(it, "title")))));
    wrong.extend(group_inventory(page, &part(&page.table, "group_inventory")));
    wrong
}

fn group_inventory(page: &Page, own: &Table) -> Vec<String> {
    let mut wrong = Vec::new();
    let keys = |of: &str| -> Vec<String> {
        let all = list(own, of).iter();
        all.map(|it| text(it, "key").to_owned()).collect()
    };
    if list(own, "questions").len() != 12 {
        wrong.push(page.wrong("does not ask twelve questions of the group"));
    }
    if keys("parts") != LOOK {
        wrong.push(page.wrong("has not the parts of a group inventory, in their order"));
    }
    if keys("line") != LINES {
        wrong.push(page.wrong("does not ask the group for its four lines"));
    }
    wrong
}

fn feelings(page: &Page) -> Vec<String> {
    let mut wrong = Vec::new();
    let groups = list(&part(&page.table, "feelings"), "group").to_vec();
    let words: Vec<Value> = groups
        .iter()
        .flat_map(|it| list(it.as_table().unwrap_or(&Table::new()), "words").to_vec())
        .collect();
    for key in twice(&groups).into_iter().chain(twice(&words)) {
        wrong.push(page.wrong(format!("has “{key}” twice")));
    }
    if groups.first().map(|it| text(it, "key")) != Some("light") {
        wrong.push(page.wrong("does not begin with pleasant feelings"));
    }
    let grounding = part(&page.table, "grounding");
    if grounding
        .get("from")
        .and_then(Value::as_integer)
        .is_none_or(|from| from > 7)
    {
        wrong.push(page.wrong("offers grounding too late"));
    }
    let texts = grounding.values().filter_map(Value::as_array).flatten();
    let alone = texts.filter(|it| it.is_table() && text(it, "contact").is_empty());
    wrong.extend(
        alone.map(|it| page.wrong(format!("“{}” ends without a person", text(it, "title")))),
    );
    wrong.extend(safety(page, &part(&page.table, "safety")));
    wrong
}

fn safety(page: &Page, safety: &Table) -> Vec<String> {
    let lists = |wanted: &str| {
        safety
            .iter()
            .find(|(key, _)| key.starts_with(wanted))
            .map(|(_, it)| it)
    };
    let all = |wanted: &str| {
        lists(wanted)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let (questions, results) = (all("question"), all("result"));
    let mut wrong = Vec::new();
    if questions.len() != 9 {
        wrong.push(page.wrong(format!("asks {} questions about safety", questions.len())));
    }
    let keys: Vec<&str> = results.iter().map(|it| text(it, "key")).collect();
    if keys != RESULTS {
        wrong.push(page.wrong("has not the results of the safety questions, from careful to open"));
    }
    let open = |it: &&Value| !RESULTS[..5].contains(&text(it, "otherwise"));
    wrong.extend(
        questions
            .iter()
            .filter(open)
            .map(|it| page.wrong(format!("“{}” leads nowhere careful", text(it, "question")))),
    );
    wrong
}

const PRACTICE: [&str; 8] = [
    "key", "title", "minutes", "with", "why", "how", "moving", "cautions",
];

fn practices(page: &Page) -> Vec<String> {
    let all = list(&page.table, "practice");
    let mut wrong: Vec<String> = twice(all)
        .into_iter()
        .map(|key| page.wrong(format!("has “{key}” twice")))
        .collect();
    if !(10..=20).contains(&all.len()) {
        wrong.push(page.wrong(format!("has {} practices", all.len())));
    }
    for it in all {
        let table = it.as_table().cloned().unwrap_or_default();
        let lines = |key| list(&table, key).len();
        let right = (1..=10).contains(&number(it, "minutes"))
            && ["alone", "together"].contains(&text(it, "with"))
            && (3..=6).contains(&lines("how"))
            && lines("cautions") >= 1
            && ["key", "title", "why", "moving"]
                .iter()
                .all(|key| !text(it, key).is_empty())
            && table.keys().all(|key| PRACTICE.contains(&key.as_str()));
        if !right || closes_eyes(it) {
            wrong.push(page.wrong(format!("“{}” is not as it must be", text(it, "key"))));
        }
    }
    wrong
}

/// Whether a practice asks for what can bring up too much.
fn closes_eyes(practice: &Value) -> bool {
    let how = practice
        .get("how")
        .and_then(Value::as_array)
        .map_or(&[][..], Vec::as_slice);
    let said = how
        .iter()
        .filter_map(Value::as_str)
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase();
    [
        "close your eyes",
        "eyes closed",
        "hold your breath",
        "scan your body",
    ]
    .iter()
    .any(|it| said.contains(it))
}

#[test]
fn the_other_files_have_every_part() {
    let mut findings = Vec::new();
    for language in languages() {
        findings.extend(circle(&page(&language, "circle")));
        findings.extend(feelings(&page(&language, "feelings")));
        findings.extend(practices(&page(&language, "practices")));
    }
    report(
        findings,
        "bring the file back to what `practice/README.md` says under 4 to 6.",
    );
}

#[test]
fn this_test_can_fail() {
    let empty = |name: &str| Page {
        path: format!("practice/en/{name}.toml"),
        table: Table::new(),
    };
    assert!(circle(&empty("circle")).len() > 2);
    assert_eq!(group_inventory(&empty("circle"), &Table::new()).len(), 3);
    assert!(feelings(&empty("feelings")).len() > 2);
    assert_eq!(practices(&empty("practices")).len(), 1);
    let odd: Value = Value::Table("how = [\"Close your eyes.\"]".parse().expect("a table"));
    assert!(closes_eyes(&odd));
}
