//! Both halves of the format: what this side seals and what the browser sealed opens here.
#![allow(clippy::unwrap_used)]

use std::io::Read;
use std::path::PathBuf;

use mend_seal::envelope;

use super::*;
use crate::testing::{TestMend, begin};

/// The vectors of both sides: made anew with `MEND_VECTORS_UPDATE=1`, here and by
/// `node vault/test/vectors.mjs`.
fn vectors() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../seal/keyring.json")
}

const WORDS: &str = "abacus violin cinema stitch mosaic oxygen zoom";

fn made_here() -> Value {
    let account = AccountId([7; 16]);
    let mut hand = Hand::new(account);
    let written = Written {
        kind: "journal".into(),
        days_ago: 0,
        text: Some("Written on this side: é, 雨, \"quotes\"\nand a second line.".into()),
        feelings: vec!["relief".into()],
        answers: toml::Table::new(),
    };
    let (id, envelope) = hand.write(&written, begin()).unwrap();
    let (salt, code) = (Salt::from_bytes([3; 16]), Code::make(&mut dice));
    let by_words = derive::from_words(&Words::read(WORDS).unwrap(), &salt, Iterations::LEAST);
    let by_code = derive::from_code(&code, &salt);
    json!({
        "account": account.to_string(), "words": WORDS, "code": code.text().to_string(),
        "salt": salt.to_text(), "iterations": 600_000, "turn": 1,
        "by_words": journal::signs(&hand.way(&by_words.wrap, "words")),
        "by_code": journal::signs(&hand.way(&by_code.wrap, "code")),
        "keyring": journal::signs(&hand.sealed()),
        "guard": journal::signs(hand.ring.guard().as_slice()),
        "object": AccountId(id).to_string(), "seq": 1, "envelope": journal::signs(&envelope),
        "text": written.text,
    })
}

fn read() -> Value {
    serde_json::from_slice(&std::fs::read(vectors()).unwrap()).unwrap()
}

#[test]
fn vectors_are_made_anew_when_asked_for() {
    if std::env::var_os("MEND_VECTORS_UPDATE").is_none() {
        return;
    }
    let mut all = std::fs::read(vectors()).map_or(json!({}), |_| read());
    all["note"] = "Sealed writing as each side makes it. Both sides must open both.".into();
    all["rust"] = made_here();
    std::fs::write(
        vectors(),
        serde_json::to_string_pretty(&all).unwrap() + "\n",
    )
    .unwrap();
}

fn bytes(value: &Value) -> Vec<u8> {
    use base64ct::{Base64UrlUnpadded, Encoding};
    Base64UrlUnpadded::decode_vec(value.as_str().unwrap()).unwrap()
}

/// Opens one side's vector by words and by code, as a person would.
fn opens(vector: &Value) {
    let text = |name: &str| vector[name].as_str().unwrap().to_owned();
    let salt = Salt::from_text(&text("salt")).unwrap();
    let by_words = derive::from_words(
        &Words::read(&text("words")).unwrap(),
        &salt,
        Iterations::LEAST,
    );
    let by_code = derive::from_code(&Code::read(&text("code")).unwrap(), &salt);
    let account = text("account");
    for (kind, wrap) in [("words", &by_words.wrap), ("code", &by_code.wrap)] {
        let way = Way {
            account: &account,
            kind,
            credential: "",
        };
        let ring = RingKey::from_way(wrap, way, &bytes(&vector[format!("by_{kind}")])).unwrap();
        assert_eq!(ring.guard().as_slice(), bytes(&vector["guard"]));
        let turn = vector["turn"].as_u64().unwrap();
        let keys = ring
            .open(&account, turn, &bytes(&vector["keyring"]))
            .unwrap();
        let keys: Value = serde_json::from_str(&keys).unwrap();
        let piece = piece(&keys, &bytes(&vector["envelope"]));
        assert_eq!(piece["object"], vector["object"]);
        assert_eq!(piece["seq"], vector["seq"]);
        assert_eq!(piece["body"]["text"], vector["text"]);
    }
}

/// One piece of somebody's keyring, its signature checked.
fn piece(keys: &Value, envelope: &[u8]) -> Value {
    let identities = keys["journals"].as_object().unwrap().values();
    let identities: Vec<sealed::Identity> = identities
        .map(|identity| identity.as_str().unwrap().parse().unwrap())
        .collect();
    let mut inside = Vec::new();
    sealed::open(envelope, &identities)
        .unwrap()
        .read_to_end(&mut inside)
        .unwrap();
    let pen = Pen::from_seed(&bytes(&keys["sign"]).try_into().unwrap());
    let json = envelope::read(&inside, &pen.author()).unwrap();
    assert_eq!(inside.len(), mend_seal::pad::padded(inside.len()));
    serde_json::from_str(json).unwrap()
}

#[test]
fn what_each_side_sealed_opens_on_this_one() {
    let all = read();
    for side in ["rust", "browser"] {
        opens(&all[side]);
    }
}

#[test]
fn the_sample_movement_has_writing_that_its_printed_words_and_code_open() {
    let mend = TestMend::new("sqlite");
    let account = mend.account_of("mina");
    let opened = fill(&mend.app.store, account, begin()).unwrap();
    let handle = json!({ "handle": "mina" });
    let start = mend.visitor().post_json("/sign-in/start", &handle).json();
    let salt = Salt::from_text(start["salt"].as_str().unwrap()).unwrap();
    let derived = derive::from_words(
        &Words::read(&opened.words).unwrap(),
        &salt,
        Iterations::LEAST,
    );
    let proof = json!({ "auth": derived.auth.to_text().as_str(), "way": "words" });
    let mina = mend.as_("mina");
    let answer = mina.post_json("/api/vault/open", &proof).json();
    let account = account.to_string();
    let way = Way {
        account: &account,
        kind: "words",
        credential: "",
    };
    let ring = RingKey::from_way(&derived.wrap, way, &bytes(&answer["way"])).unwrap();
    let keys = ring.open(&account, 1, &bytes(&answer["body"])).unwrap();
    let keys: Value = serde_json::from_str(&keys).unwrap();
    let index = mina.get("/api/vault/pieces").json();
    let ids: Vec<&Value> = index["pieces"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one[0])
        .collect();
    let read = mina
        .post_json("/api/vault/pieces/read", &json!({ "ids": ids }))
        .json();
    let pieces = read["pieces"].as_array().unwrap();
    assert!(pieces.len() >= 6, "{}", pieces.len());
    for one in pieces {
        let piece = piece(&keys, &bytes(&one["body"]));
        assert_eq!(piece["object"], one["id"]);
    }
    assert_eq!(opened.code.len(), 30);
}
