//! The reader refuses what contradicts itself, in words; cases are decided and closed in order.
//! Never: judges the choice; the tests of `crate::team` do.
//! See: `bench/check.py` for the referee.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn instance() -> Value {
    let case = |parties: Value, closes: Value| json!({"id": 0, "parties": parties, "veto": [], "away": [], "langs": 0, "closes": closes});
    json!({
        "format": "mend-repair/1", "name": "small", "seed": 1,
        "n": 7, "silo": [0, 1, 2, 3, 4, 5, 6], "trained": [0, 1, 2, 3],
        "load": [0, 0, 0, 0], "lead": [1, 1, 1, 1], "langs": [1, 1, 1, 1], "max_load": 1, "ties": [[3, 5]],
        "cases": [case(json!([4, 5]), json!([])), case(json!([6]), json!([])), case(json!([5, 6]), json!([0])), case(json!([4]), json!([0, 2]))],
    })
}

fn refuses(key: &str, value: Value, sentence: &str) {
    let mut broken = instance();
    broken[key] = value;
    assert_eq!(read(&broken.to_string()).unwrap_err().to_string(), sentence);
}

#[test]
fn cases_are_decided_and_closed_in_order() {
    let instance = read(&instance().to_string()).unwrap();
    let choices: Vec<Choice> = Docket::new(&instance).collect();
    let few = Err(NoTeam::Few { free: 1 });
    assert_eq!(choices[..3], [Ok([0, 1, 2]), few, Ok([0, 1, 2])]);
    assert!(choices[3].is_ok());
    let extra = Extra {
        micros: vec![1.5, 2.5, 3.5, 0.5],
        solve_cpu_s: None,
    };
    let written: Value = serde_json::from_str(&write(&choices, &extra)).unwrap();
    assert_eq!(written["teams"][1], Value::Null);
    assert_eq!(written["teams"][2], json!([0, 1, 2]));
    assert_eq!(written["micros"], json!([1, 2, 3, 0]));
    assert_eq!(
        written["stats"],
        json!({
            "without_team": [{"case": 1, "why": "only 1 of the trained are free"}],
            "micros_median": 2.5, "micros_p99": 3.5,
        })
    );
}

#[test]
fn what_contradicts_itself_is_refused_with_its_place() {
    refuses("format", json!(null), "The key \"format\" is missing.");
    refuses(
        "trained",
        json!([0, 2, 1, 3]),
        "\"trained\", entry 2: it is smaller than the entry before.",
    );
    refuses(
        "trained",
        json!([0, 1, 1, 3]),
        "\"trained\", entry 2: entry 1 says this already.",
    );
    refuses(
        "lead",
        json!([1, 0, 2, 0]),
        "\"lead\", entry 2: 2 is not between 0 and 1.",
    );
    refuses(
        "load",
        json!([1]),
        "\"load\" has 1 entries and should have 4.",
    );
    refuses(
        "langs",
        json!([1, 1, 1, -1]),
        "\"langs\", entry 3: -1 is not between 0 and 9223372036854775807.",
    );
    refuses(
        "ties",
        json!([[3, 3]]),
        "\"ties\", entry 0: the first number must be the smaller one.",
    );
    let mut broken = instance();
    broken["cases"][2]["closes"] = json!([0, 2]);
    assert_eq!(
        read(&broken.to_string()).unwrap_err().to_string(),
        "\"cases\", entry 2: \"closes\", entry 1: 2 is not between 0 and 1."
    );
    broken["cases"][1] = json!({"langs": 0, "parties": [7]});
    assert_eq!(
        read(&broken.to_string()).unwrap_err().to_string(),
        "\"cases\", entry 1: \"parties\", entry 0: 7 is not between 0 and 6."
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_change_of_a_byte_makes_reader_or_desk_panic(at in 0usize..2000, with: u8) {
        let mut bytes = instance().to_string().into_bytes();
        let at = at % bytes.len();
        bytes[at] = with;
        if let Ok(instance) = read(&String::from_utf8_lossy(&bytes)) {
            Docket::new(&instance).count();
        }
    }
}
