//! What is read of members becomes an instance that the reader of pairs takes.
//! Never: tests how two members fit; `crate::pair` does.
//! See: `crate::pair::likeness`.

#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};

use super::*;
use crate::format::pair;
use crate::pair::likeness::together;

fn members() -> Value {
    json!({
        "format": "mend-candidates/1", "n": 4, "cardinality": "max", "same_silo": "avoid",
        "silo": [0, 1, 0, 1], "capacity": [1, 1, 1, 2], "forbidden": [[0, 2]], "recent": [[1, 3]],
        "best": 1, "hours": [7, 7, 6, 1], "languages": [1, 3, 2, 4],
        "topics": [[0, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 4], [0, 1, 2, 3, 4, 4], [0, 0, 0, 0, 0, 0]],
    })
}

fn refuses(key: &str, value: Value, sentence: &str) {
    let mut broken = members();
    broken[key] = value;
    let said = read(&broken.to_string()).map(|_| ()).unwrap_err();
    assert_eq!(said.to_string(), sentence);
}

#[test]
fn members_become_an_instance_of_pairs() {
    let members = read(&members().to_string()).unwrap();
    let best = members.crowd.best(0..members.count(), members.best);
    let candidates = together(vec![best]);
    let ends: Vec<(u32, u32)> = candidates.iter().map(|it| (it.u, it.v)).collect();
    assert_eq!(ends, [(0, 1), (1, 2)]);
    let instance = pair::read(&write(&members, &candidates)).unwrap();
    assert_eq!(instance.problem().candidates, candidates);
    assert_eq!(instance.problem().apart, [(0, 2), (1, 3)]);
    assert_eq!(instance.problem().capacity, [1, 1, 1, 2]);
}

#[test]
fn what_is_wrong_is_named() {
    refuses("best", json!(0), "\"best\": 0 is not between 1 and 1000.");
    refuses(
        "hours",
        json!([1]),
        "\"hours\" has 1 entries and should have 4.",
    );
    refuses(
        "hours",
        json!([1, 1, -1, 1]),
        "\"hours\", entry 2: -1 is not between 0 and 1099511627775.",
    );
    refuses(
        "topics",
        json!([
            [0, 0, 0, 0, 0, 5],
            [0, 0, 0, 0, 0, 0],
            [0, 0, 0, 0, 0, 0],
            [0, 0, 0, 0, 0, 0]
        ]),
        "\"topics\", entry 0: 5 is not between 0 and 4.",
    );
    refuses(
        "languages",
        json!(null),
        "The key \"languages\" is missing.",
    );
    refuses(
        "format",
        json!("mend-pair/1"),
        "The format is \"mend-pair/1\"; this reader knows \"mend-candidates/1\".",
    );
}
