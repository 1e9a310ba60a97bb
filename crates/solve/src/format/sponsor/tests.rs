//! The reader refuses what contradicts itself, in words; the writer writes what the referee reads.
//! Never: judges the matching; the tests of `crate::stable` do.
//! See: `bench/check.py` for the referee.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn instance() -> Value {
    json!({
        "format": "mend-sponsor/1", "name": "small", "seed": 1, "extra": {"any": [1, "thing"]},
        "seekers": 3, "sponsors": 2, "capacity": [1, 2],
        "seeker_prefs": [[0, 1], [0], [0, 1]], "sponsor_prefs": [[1, 2], [0, 2, 1]],
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
    let matching = solve(&instance);
    let extra = Extra {
        certificate: true,
        solve_cpu_s: Some(0.5),
    };
    let written: Value = serde_json::from_str(&write(&instance, &matching, extra)).unwrap();
    assert_eq!(
        written,
        json!({
            "format": "mend-sponsor-solution/1", "match": [1, 0, 1],
            "certificate": {"last_taken": [0, 1]},
            "stats": {"matched": 3, "rank_sum": 2, "solve_cpu_s": 0.5},
        })
    );
    let plain = write(&instance, &matching, Extra::default());
    assert!(plain.ends_with("}}\n") && !plain.contains("certificate"));
}

#[test]
fn what_contradicts_itself_is_refused_with_its_place() {
    refuses(
        "format",
        json!("mend-pair/1"),
        "The format is \"mend-pair/1\"; this reader knows \"mend-sponsor/1\".",
    );
    refuses(
        "seekers",
        json!(4),
        "\"seeker_prefs\" has 3 entries and should have 4.",
    );
    refuses(
        "capacity",
        json!([1]),
        "\"capacity\" has 1 entries and should have 2.",
    );
    refuses(
        "capacity",
        json!([1, -1]),
        "\"capacity\", entry 1: -1 is not between 0 and 4294967295.",
    );
    refuses(
        "seeker_prefs",
        json!([[0, 1], [], [0, 2]]),
        "\"seeker_prefs\", list 2, entry 1: 2 is not between 0 and 1.",
    );
    refuses(
        "sponsor_prefs",
        json!([[1, 2], [0, -7]]),
        "\"sponsor_prefs\", list 1, entry 1: -7 is not between 0 and 2.",
    );
    refuses(
        "sponsor_prefs",
        json!([[1, 2, 1], [0]]),
        "\"sponsor_prefs\", list 0, entry 2: entry 0 says this already.",
    );
    let text = "{\"format\": \"mend-sponsor/1\",\n\"seeker_prefs\": [[\"a\"]]}";
    assert!(
        read(text)
            .unwrap_err()
            .to_string()
            .starts_with("Line 2, column ")
    );
    let text = "{\"format\": \"mend-rotate/1\", \"seeker_prefs\": 3}";
    assert!(
        read(text)
            .unwrap_err()
            .to_string()
            .starts_with("The format is")
    );
    let text = json!({"format": FORMAT}).to_string();
    assert_eq!(
        read(&text).unwrap_err().to_string(),
        "The key \"seekers\" is missing."
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_reader_panic(at in 0usize..200, with: u8, cut in 0usize..260) {
        let mut bytes = instance().to_string().into_bytes();
        let at = at % bytes.len();
        bytes[at] = with;
        bytes.truncate(cut);
        if let Ok(instance) = read(&String::from_utf8_lossy(&bytes)) {
            solve(&instance);
        }
    }

    #[test]
    fn no_numbers_make_the_reader_panic(
        seekers in -1i64..4, capacity in prop::collection::vec(-1i64..9, 0..4),
        prefs in prop::collection::vec(prop::collection::vec(-1i64..4, 0..4), 0..4),
        others in prop::collection::vec(prop::collection::vec(any::<i64>(), 0..2), 0..4),
    ) {
        let mut value = instance();
        value["seekers"] = json!(seekers);
        value["sponsors"] = json!(capacity.len());
        value["capacity"] = json!(capacity);
        value["seeker_prefs"] = json!(prefs);
        value["sponsor_prefs"] = json!(others);
        if let Ok(instance) = read(&value.to_string()) {
            solve(&instance);
        }
    }
}
