//! The reader refuses what contradicts itself, in words; the writer writes what the referee reads.
//! Never: judges the plan; the tests of `crate::rotate` do.
//! See: `bench/check.py` for the referee.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn instance() -> Value {
    json!({
        "format": "mend-rotate/1", "name": "small", "seed": 1,
        "members": 4, "roles": 1, "months": 4, "rules": {"max_term": 2, "cooldown": 2, "max_run": 2},
        "silo": [0, 0, 1, 1], "load": [3], "carry": [0, 3, 0, 3],
        "min_quarter": [0, 0, 0, 0], "max_quarter": [1, 1, 2, 1],
        "previous": [[1], [3], [3]], "eligible": [[[0, 0], [1, 1], [2, 0], [3, 0]]],
        "absent": [[0, 1]], "prefs": [[0, 0, 2], [3, 0, -1]],
    })
}

fn refuses(key: &str, value: Value, sentence: &str) {
    let mut broken = instance();
    broken[key] = value;
    assert_eq!(read(&broken.to_string()).unwrap_err().to_string(), sentence);
}

#[test]
fn the_solution_is_what_the_referee_reads() {
    let instance = read(&instance().to_string()).unwrap();
    let plan = solve(&instance, Leeway::NONE, 1, Effort(50_000), &mut |_| Go::On);
    let extra = Extra {
        certificate: true,
        solve_cpu_s: Some(1.5),
    };
    let written: Value = serde_json::from_str(&write(&plan, extra)).unwrap();
    assert_eq!(written["format"], SOLUTION);
    assert_eq!(written["assign"].as_array().unwrap().len(), 4);
    assert_eq!(written["stats"]["unmet"], 0);
    assert_eq!(written["stats"]["max_hours"], 6);
    assert_eq!(
        written["certificate"]["prices"].as_array().unwrap().len(),
        4
    );
}

#[test]
fn what_contradicts_itself_is_refused_with_its_place() {
    refuses(
        "format",
        json!("x"),
        "The format is \"x\"; this reader knows \"mend-rotate/1\".",
    );
    refuses(
        "load",
        json!([0]),
        "\"load\", entry 0: 0 is not between 1 and 10000.",
    );
    refuses(
        "rules",
        json!({"max_term": 2, "cooldown": 2}),
        "The key \"max_run\" is missing.",
    );
    refuses(
        "previous",
        json!([[1], [3]]),
        "\"previous\" has 2 entries and should have 3.",
    );
    refuses(
        "prefs",
        json!([[0, 0, 3]]),
        "\"prefs\", entry 0: 3 is not between -2 and 2.",
    );
    refuses(
        "eligible",
        json!([[[0, 0], [4, 0]]]),
        "\"eligible\", list 0, entry 1: 4 is not between 0 and 3.",
    );
    refuses(
        "eligible",
        json!([[[0, 0]]]),
        "Nobody who is trained for role 0 is there in month 1.",
    );
}

#[test]
fn an_empty_instance_has_an_empty_plan() {
    let mut empty = instance();
    for key in [
        "silo",
        "load",
        "carry",
        "min_quarter",
        "max_quarter",
        "eligible",
        "absent",
        "prefs",
    ] {
        empty[key] = json!([]);
    }
    empty["previous"] = json!([[], [], []]);
    (empty["members"], empty["roles"]) = (json!(0), json!(0));
    let instance = read(&empty.to_string()).unwrap();
    let plan = solve(&instance, Leeway::NONE, 1, Effort(1000), &mut |_| Go::On);
    assert_eq!(plan.cost, Cost::default());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_change_of_a_byte_makes_reader_or_search_panic(at in 0usize..2000, with: u8) {
        let mut bytes = instance().to_string().into_bytes();
        let at = at % bytes.len();
        bytes[at] = with;
        if let Ok(instance) = read(&String::from_utf8_lossy(&bytes)) {
            solve(&instance, Leeway::NONE, 1, Effort(3000), &mut |_| Go::On);
        }
    }
}
