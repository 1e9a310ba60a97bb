//! The reader refuses what contradicts itself, in words, and never panics; the writer writes what
//! the referee reads.
//! Never: judges quality; the tests of the pairing and the referee in `bench/` do.
//! See: `crate::pair` for those tests.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn instance() -> Value {
    json!({
        "format": "mend-pair/1", "name": "small", "seed": 1, "extra": {"any": [1, "thing"]},
        "n": 7, "cardinality": "max", "same_silo": "avoid", "silo": [0, 0, 0, 1, 1, 2, 9],
        "capacity": [1, 1, 1, 1, 1, 1, 0], "forbidden": [[0, 3]], "recent": [[1, 2], [0, 6]],
        "edges": [[0, 1, 9], [0, 3, 900], [0, 4, 5], [1, 3, 70], [2, 4, 60], [2, 5, 50], [5, 6, 8]],
    })
}

fn with(key: &str, value: Value) -> Value {
    let mut changed = instance();
    changed[key] = value;
    changed
}

fn refuses(key: &str, value: Value, sentence: &str) {
    let broken = with(key, value).to_string();
    assert_eq!(read(&broken).unwrap_err().to_string(), sentence);
}

fn solved(value: &Value, certificate: bool) -> Value {
    let instance = read(&value.to_string()).unwrap();
    let plan = solve(&instance, 1, &mut |_| Go::On);
    let extra = Extra {
        certificate,
        solve_cpu_s: None,
    };
    serde_json::from_str(&write(&plan, extra)).unwrap()
}

#[test]
fn the_solution_says_its_format_and_its_pairs() {
    let solution = solved(&instance(), false);
    assert_eq!(solution["format"], "mend-pair-solution/1");
    assert_eq!(solution["pairs"], json!([[0, 4], [1, 3], [2, 5]]));
    assert_eq!(solution["trios"], json!([]));
    assert_eq!(solution["stats"]["weight"], 125);
    assert_eq!(solution["stats"]["weight_missing_at_most"], 0);
    assert_eq!(solution.get("certificate"), None);
}

#[test]
fn somebody_left_over_becomes_a_third() {
    let odd = with("capacity", json!([1, 1, 1, 1, 0, 0, 0]));
    let odd = json!({"edges": [[0, 1, 9], [0, 2, 8], [1, 3, 7]], "format": "mend-pair/1",
        "n": 7, "cardinality": "max", "same_silo": "ignore", "silo": odd["silo"],
        "capacity": [1, 1, 1, 0, 0, 0, 0], "forbidden": [], "recent": []});
    let solution = solved(&odd, false);
    assert_eq!(
        (&solution["pairs"], &solution["trios"]),
        (&json!([]), &json!([[0, 1, 2]]))
    );
    assert_eq!(solution["stats"]["trio_weight"], 8);
}

#[test]
fn a_certificate_holds_a_number_per_member() {
    let certificate = &solved(&instance(), true)["certificate"];
    assert_eq!(certificate["y"].as_array().unwrap().len(), 7);
    assert_eq!(certificate["scale"], 2);
}

#[test]
fn nobody_at_all_is_no_trouble() {
    let nobody = json!({"format": "mend-pair/1", "n": 0, "cardinality": "free",
        "same_silo": "ignore", "silo": [], "capacity": [], "forbidden": [], "recent": [],
        "edges": []});
    assert_eq!(solved(&nobody, true)["pairs"], json!([]));
}

#[test]
fn a_broken_key_is_named() {
    refuses(
        "format",
        json!("mend-pair/2"),
        "The format is \"mend-pair/2\"; this reader knows \"mend-pair/1\".",
    );
    refuses("edges", json!(null), "The key \"edges\" is missing.");
    refuses(
        "silo",
        json!([1]),
        "\"silo\" has 1 entries and should have 7.",
    );
    refuses(
        "capacity",
        json!([1, 1, 1, 1, 3, 1, 1]),
        "\"capacity\", entry 4: 3 is not between 0 and 2.",
    );
    refuses("n", json!(-1), "\"n\": -1 is not between 0 and 15000000.");
    refuses(
        "cardinality",
        json!("most"),
        "\"cardinality\" is \"most\" and should be \"max\" or \"free\".",
    );
    refuses(
        "same_silo",
        json!("hide"),
        "\"same_silo\" is \"hide\" and should be \"avoid\", \"forbid\" or \"ignore\".",
    );
    refuses(
        "cardinality",
        json!("free"),
        "\"same_silo\" cannot be \"avoid\" when \"cardinality\" is \"free\".",
    );
}

#[test]
fn a_broken_entry_is_named() {
    refuses(
        "edges",
        json!([[0, 1, 5], [2, 2, 5]]),
        "\"edges\", entry 1: the first number must be the smaller one.",
    );
    refuses(
        "edges",
        json!([[1, 2, 5], [0, 1, 5], [1, 2, 6]]),
        "\"edges\", entry 2: entry 0 says this already.",
    );
    refuses(
        "edges",
        json!([[0, 7, 5]]),
        "\"edges\", entry 0: 7 is not between 0 and 6.",
    );
    refuses(
        "edges",
        json!([[0, 1, 0]]),
        "\"edges\", entry 0: 0 is not between 1 and 1000.",
    );
    refuses(
        "recent",
        json!([[4, 1]]),
        "\"recent\", entry 0: the first number must be the smaller one.",
    );
    let text = instance().to_string().replace("\"n\":7", "\"n\":7,,");
    assert!(
        read(&text)
            .unwrap_err()
            .to_string()
            .starts_with("Line 1, column ")
    );
    let other = json!({"format": "mend-circle/1", "silo": "a text"}).to_string();
    assert_eq!(
        read(&other).unwrap_err().to_string(),
        "The format is \"mend-circle/1\"; this reader knows \"mend-pair/1\".",
    );
}

proptest! {
    #[test]
    fn random_bytes_are_refused_in_words(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let said = read(&String::from_utf8_lossy(&bytes)).unwrap_err().to_string();
        prop_assert!(said.ends_with('.'));
    }

    /// A few bytes of a good instance are replaced; whatever is read after all can be solved.
    #[test]
    fn mutated_instances_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(b"0123456789,[]{}:-\"e. ".to_vec())), 1..6),
    ) {
        let mut bytes = instance().to_string().into_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        match read(&String::from_utf8_lossy(&bytes)) {
            Ok(instance) if instance.problem.groups.len() < 1000 => {
                solve(&instance, 1, &mut |_| Go::On);
            }
            Ok(_) => {}
            Err(broken) => prop_assert!(broken.to_string().ends_with('.')),
        }
    }

    #[test]
    fn a_number_out_of_place_never_panics(
        key in prop::sample::select(vec!["n", "silo", "capacity", "forbidden", "recent", "edges"]),
        number in any::<i64>(),
    ) {
        for value in [json!(number), json!([number]), json!([[0, number]]), json!([[0, 1, number]])] {
            if let Err(broken) = read(&with(key, value).to_string()) {
                prop_assert!(broken.to_string().ends_with('.'));
            }
        }
    }
}
