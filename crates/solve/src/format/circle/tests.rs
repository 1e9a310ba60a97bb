//! The reader refuses what contradicts itself, in words; the solver's plans keep the format's
//! hard rules; the writer writes what the referee reads.
//! Never: judges quality; the referee in `bench/` does.
//! See: `crate::circle` for the tests of the seating.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn instance() -> Value {
    json!({
        "format": "mend-circle/1", "name": "small", "seed": 1, "extra": {"any": [1, "thing"]},
        "n": 7, "rounds": 2, "circles": [2, 3], "silo": [0, 0, 0, 1, 1, 2, 9],
        "facilitators": [0, 3, 5, 6], "apart": [[0, 3], [1, 2]],
        "absent": [[6, 0], [2, 1]], "met": [[0, 1, 2], [4, 5, 1]],
    })
}

fn solved(value: &Value) -> Solution {
    let instance = read(&value.to_string()).unwrap();
    solve(&instance, 1, Effort(5_000), &mut |_| Go::On)
}

fn refuses(key: &str, value: Value, sentence: &str) {
    let mut broken = instance();
    broken[key] = value;
    assert_eq!(read(&broken.to_string()).unwrap_err().to_string(), sentence);
}

#[test]
fn every_round_seats_those_who_are_there() {
    let solution = solved(&instance());
    let sizes = |round: usize| -> Vec<usize> {
        solution.rounds[round]
            .circles
            .iter()
            .map(Vec::len)
            .collect()
    };
    assert_eq!((sizes(0), sizes(1)), (vec![3, 3], vec![2, 2, 2]));
    let mut seated = solution.rounds[1].circles.concat();
    seated.sort_unstable();
    assert_eq!(seated, [0, 1, 3, 4, 5, 6]);
    let cost = solution.cost();
    assert_eq!((cost.apart, cost.unkept), (0, 0));
    // Round 0 has three of silo 0 for two circles.
    assert_eq!((cost.shared, solution.bound()), (1, 1));
}

#[test]
fn the_solution_says_its_format_and_its_seats() {
    let solution = solved(&instance());
    let written: Value = serde_json::from_str(&write(&solution, &Extra::default())).unwrap();
    assert_eq!(written["format"], "mend-circle-solution/1");
    assert_eq!(written["rounds"][0], json!(solution.rounds[0].circles));
    assert_eq!(written["stats"]["same_silo_pairs"], 1);
}

#[test]
fn an_empty_instance_has_an_empty_solution() {
    let solution = solved(&json!({
        "format": "mend-circle/1", "n": 0, "rounds": 1, "circles": [0], "silo": [],
        "facilitators": [], "apart": [], "absent": [], "met": [],
    }));
    assert_eq!(
        write(&solution, &Extra::default())
            .matches("\"rounds\":[[]]")
            .count(),
        1
    );
}

#[test]
fn a_broken_key_is_named() {
    refuses(
        "format",
        json!("mend-circle/2"),
        "The format is \"mend-circle/2\"; this reader knows \"mend-circle/1\".",
    );
    refuses("format", json!(null), "The key \"format\" is missing.");
    refuses("silo", json!(null), "The key \"silo\" is missing.");
    refuses(
        "silo",
        json!([1, 2]),
        "\"silo\" has 2 entries and should have 7.",
    );
    refuses(
        "circles",
        json!([2]),
        "\"circles\" has 1 entries and should have 2.",
    );
    refuses("n", json!(-1), "\"n\": -1 is not between 0 and 4294967295.");
    refuses(
        "rounds",
        json!(i64::MAX),
        "\"rounds\": 9223372036854775807 is not between 0 and 14285714.",
    );
    refuses(
        "silo",
        json!([0, 0, 0, -4, 1, 2, 9]),
        "\"silo\", entry 3: -4 is not between 0 and 4294967295.",
    );
}

#[test]
fn a_broken_entry_is_named() {
    refuses(
        "facilitators",
        json!([0, 7]),
        "\"facilitators\", entry 1: 7 is not between 0 and 6.",
    );
    refuses(
        "facilitators",
        json!([5, 0, 5]),
        "\"facilitators\", entry 2: entry 0 says this already.",
    );
    refuses(
        "apart",
        json!([[0, 1], [3, 3]]),
        "\"apart\", entry 1: the first number must be the smaller one.",
    );
    refuses(
        "apart",
        json!([[0, 1], [2, 1]]),
        "\"apart\", entry 1: the first number must be the smaller one.",
    );
    refuses(
        "apart",
        json!([[0, 9]]),
        "\"apart\", entry 0: 9 is not between 0 and 6.",
    );
    refuses(
        "met",
        json!([[0, 1, 1], [2, 3, 1], [0, 1, 5]]),
        "\"met\", entry 2: entry 0 says this already.",
    );
    refuses(
        "met",
        json!([[0, 1, 0]]),
        "\"met\", entry 0: 0 is not between 1 and 1000000.",
    );
    refuses(
        "absent",
        json!([[0, 2]]),
        "\"absent\", entry 0: 2 is not between 0 and 1.",
    );
    refuses(
        "absent",
        json!([[0, 1], [0, 1]]),
        "\"absent\", entry 1: entry 0 says this already.",
    );
}

#[test]
fn a_round_that_cannot_be_is_named() {
    refuses(
        "circles",
        json!([2, 7]),
        "Round 1 has 7 circles for 6 present members.",
    );
    refuses(
        "circles",
        json!([0, 2]),
        "Round 0 has 0 circles for 6 present members.",
    );
    refuses(
        "circles",
        json!([2, 5]),
        "Round 1 has 5 circles for 4 present facilitators.",
    );
}

#[test]
fn text_that_is_no_instance_is_told_by_its_line() {
    let check = |text: &str, sentence: &str| {
        assert_eq!(read(text).unwrap_err().to_string(), sentence);
    };
    check("", "Line 1, column 0: EOF while parsing a value.");
    check(
        "{\n \"format\": \"mend-circle/1\",\n \"n\" 7}",
        "Line 3, column 6: expected `:`.",
    );
    check(
        "{\"format\": \"mend-circle/1\",\n\"silo\": [1, \"two\"]}",
        "Line 2, column 17: invalid type: string \"two\", expected i64.",
    );
    check(
        "[]",
        "Line 1, column 2: invalid length 0, expected an object with the key \"format\".",
    );
}

#[test]
fn unknown_keys_are_ignored_and_order_does_not_matter() {
    let text = instance().to_string();
    let mut shorter = instance();
    shorter.as_object_mut().unwrap().remove("extra");
    assert_eq!(read(&text).unwrap(), read(&shorter.to_string()).unwrap());
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 256, failure_persistence: None, ..ProptestConfig::default()
    })]

    #[test]
    fn no_text_makes_the_reader_panic(text in ".{0,200}") {
        let _ = read(&text);
    }

    #[test]
    fn no_change_of_a_byte_makes_reader_or_solver_panic(
        changes in prop::collection::vec((0usize..400, any::<u8>()), 1..4),
    ) {
        let mut bytes = instance().to_string().into_bytes();
        for (at, byte) in changes {
            let len = bytes.len();
            bytes[at % len] = byte;
        }
        if let Ok(instance) = read(&String::from_utf8_lossy(&bytes)) {
            solve(&instance, 1, Effort(50), &mut |_| Go::On);
        }
    }

    #[test]
    fn no_change_of_a_value_makes_reader_or_solver_panic(
        key in 0usize..9, at in 0usize..8, inner in 0usize..3, number in -2i64..12,
    ) {
        let keys = ["n", "rounds", "circles", "silo", "facilitators", "apart", "absent", "met"];
        let mut value = instance();
        if let Some(&key) = keys.get(key) {
            let mut place = &mut value[key];
            if place.get(at).is_some() {
                place = &mut place[at];
            }
            if place.get(inner).is_some() {
                place = &mut place[inner];
            }
            *place = json!(number);
        }
        if let Ok(instance) = read(&value.to_string()) {
            let solution = solve(&instance, 1, Effort(50), &mut |_| Go::On);
            prop_assert_eq!(solution.rounds.len(), instance.gathering().rounds.len());
        }
    }
}
