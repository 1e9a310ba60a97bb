//! The bytes that the browser and the server must agree on, read from `vectors.json`.
//! `key.test.mjs` checks `key.js` against the same file; a third implementation made it.

#![allow(clippy::unwrap_used)]

use base64ct::{Base64UrlUnpadded, Encoding};
use mend_seal::derive::{self, OutOfRange};
use mend_seal::{Code, Derived, Iterations, Salt, Words, words};
use serde_json::Value;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../vectors.json")).unwrap()
}

fn texts<'a>(of: &'a Value, name: &str) -> impl Iterator<Item = &'a str> {
    of[name]
        .as_array()
        .unwrap()
        .iter()
        .map(|text| text.as_str().unwrap())
}

fn salt(of: &Value) -> Salt {
    Salt::from_text(of["salt"].as_str().unwrap()).unwrap()
}

fn count(of: &Value, name: &str) -> u32 {
    of[name].as_u64().unwrap().try_into().unwrap()
}

fn check_halves(derived: &Derived, of: &Value) {
    assert_eq!(derived.auth.to_text().as_str(), of["auth"]);
    assert_eq!(
        Base64UrlUnpadded::encode_string(derived.wrap.bytes()),
        of["wrap"]
    );
}

#[test]
fn words_typed_in_any_way_have_one_normal_form() {
    for of in vectors()["words"].as_array().unwrap() {
        for typed in texts(of, "typed") {
            let read = Words::read(typed).unwrap();
            assert_eq!(read.text(), of["normal"], "{typed:?}");
        }
    }
}

#[test]
fn words_give_the_bytes_that_the_browser_gives() {
    for of in vectors()["words"].as_array().unwrap() {
        let read = Words::read(of["normal"].as_str().unwrap()).unwrap();
        let turns = Iterations::new(count(of, "iterations")).unwrap();
        check_halves(&derive::from_words(&read, &salt(of), turns), of);
    }
}

#[test]
fn codes_give_the_bytes_that_the_browser_gives() {
    for of in vectors()["codes"].as_array().unwrap() {
        for typed in texts(of, "typed") {
            let code = Code::read(typed).unwrap();
            assert_eq!(code.text().as_str(), of["text"]);
            check_halves(&derive::from_code(&code, &salt(of)), of);
        }
    }
}

#[test]
fn what_is_not_words_or_a_code_is_refused() {
    let all = vectors();
    for typed in texts(&all, "refused_words") {
        assert!(Words::read(typed).is_err(), "{typed:?}");
    }
    for typed in texts(&all, "refused_codes") {
        assert!(Code::read(typed).is_none(), "{typed:?}");
    }
}

#[test]
fn both_sides_pin_the_same_limits() {
    let all = vectors();
    assert_eq!(count(&all, "least_words") as usize, words::LEAST);
    assert_eq!(count(&all, "least_iterations"), Iterations::LEAST.get());
    assert_eq!(count(&all, "most_iterations"), Iterations::MOST.get());
    assert_eq!(
        Iterations::new(count(&all, "least_iterations") - 1),
        Err(OutOfRange)
    );
}
