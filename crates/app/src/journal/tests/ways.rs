//! The ways to a keyring: proved before it begins, given out against a proof, changed together
//! with what signs in.

use serde_json::json;

use super::{ONE, keep, with_keyring, word, writer};
use crate::testing::on_both;
use crate::testing::tables::dump_but;
use crate::testing::vault::{begin, bytes, keyring, words};

#[test]
fn a_keyring_begins_only_when_words_and_code_were_both_typed_right() {
    on_both(|mend| {
        let ana = writer(mend, "ana");
        for (field, wanted) in [("auth_words", "wrong-words"), ("auth_code", "wrong-code")] {
            let mut wrong = begin();
            wrong[field] = bytes(9).into();
            let reply = ana.post_json("/api/vault/begin", &wrong);
            assert_eq!((reply.code(), word(&reply).as_str()), (422, wanted));
        }
        assert_eq!(ana.get("/api/vault").json()["keyring"], json!(null));
        assert_eq!(ana.post_json("/api/vault/begin", &begin()).code(), 200);
        let again = ana.post_json("/api/vault/begin", &begin());
        assert_eq!((again.code(), word(&again).as_str()), (409, "there"));
    });
}

#[test]
fn a_way_is_given_out_only_against_its_proof() {
    on_both(|mend| {
        let ana = with_keyring(mend, "ana");
        let state = ana.get("/api/vault").body().to_owned();
        assert!(
            !state.contains(&bytes(5)) && !state.contains(&bytes(6)),
            "{state}"
        );
        for (byte, way, body) in [(1, "words", 5), (2, "code", 6)] {
            let open = |byte| json!({ "auth": bytes(byte), "way": way });
            let wrong = ana.post_json("/api/vault/open", &open(9));
            assert_eq!(
                (wrong.code(), wrong.body().contains(&bytes(body))),
                (422, false)
            );
            let right = ana.post_json("/api/vault/open", &open(byte)).json();
            assert_eq!(right["way"], bytes(body));
            assert_eq!(right["body"], bytes(4));
        }
    });
}

#[test]
fn guesses_are_limited_from_one_place_and_never_lock_the_owner_out() {
    on_both(|mend| {
        let ana = with_keyring(mend, "ana");
        let thief = ana.clone().at(crate::testing::from(66));
        let open = |byte| json!({ "auth": bytes(byte), "way": "words" });
        let codes: Vec<u16> = (0..14)
            .map(|_| thief.post_json("/api/vault/open", &open(9)).code())
            .collect();
        assert_eq!(codes.first(), Some(&422));
        assert_eq!(codes.last(), Some(&429), "{codes:?}");
        assert_eq!(thief.post_json("/api/vault/open", &open(1)).code(), 429);
        assert_eq!(ana.post_json("/api/vault/open", &open(1)).code(), 200);
    });
}

#[test]
fn new_words_open_writing_and_sign_in_from_the_same_moment() {
    on_both(|mend| {
        let ana = with_keyring(mend, "ana");
        keep(&ana, ONE, 0, "stays");
        let phone = mend.as_account("ana");
        let mut wrong = words();
        wrong["auth"] = bytes(9).into();
        let before = dump_but(mend, &["sign_in_try"]);
        assert_eq!(ana.post_json("/api/vault/words", &wrong).code(), 422);
        assert_eq!(dump_but(mend, &["sign_in_try"]), before);

        let reply = ana.post_json("/api/vault/words", &words());
        assert_eq!(reply.code(), 200, "{}", reply.body());
        let open = |byte, way| json!({ "auth": bytes(byte), "way": way });
        assert_eq!(
            ana.post_json("/api/vault/open", &open(1, "words")).code(),
            422
        );
        let opened = ana.post_json("/api/vault/open", &open(21, "words")).json();
        assert_eq!(
            (&opened["way"], &opened["body"]),
            (&json!(bytes(25)), &json!(bytes(24)))
        );
        let opened = ana.post_json("/api/vault/open", &open(22, "code")).json();
        assert_eq!(opened["way"], bytes(26));
        assert_eq!(
            phone.get("/api/vault").code(),
            303,
            "sessions elsewhere are over"
        );
        let stale = ana.post_json("/api/vault/keyring", &keyring());
        assert_eq!(
            word(&stale),
            "stale",
            "the old guard changes nothing any more"
        );
    });
}

#[test]
fn words_that_open_writing_are_not_changed_past_it() {
    on_both(|mend| {
        let ana = with_keyring(mend, "ana");
        ana.get("/account/words").goes_to("/vault#/ways");
        let sent = words()["new"].clone();
        let reply = ana.post_json("/account/words", &sent);
        assert_eq!(
            (reply.code(), &reply.json()["say"]),
            (422, &json!(mend.t("words-in-vault")))
        );
        let bo = writer(mend, "bola");
        assert_eq!(bo.get("/account/words").code(), 200);
        assert_eq!(bo.post_json("/account/words", &sent).code(), 200);
    });
}

#[test]
fn a_keyring_is_replaced_only_by_the_next_one() {
    on_both(|mend| {
        let ana = with_keyring(mend, "ana");
        let mut far = keyring();
        far["turn"] = 3.into();
        assert_eq!(word(&ana.post_json("/api/vault/keyring", &far)), "stale");
        for _ in 0..2 {
            let same = ana.post_json("/api/vault/keyring", &keyring());
            assert_eq!(same.code(), 200, "sent twice, kept once");
        }
        let mut other = keyring();
        other["keyring"] = bytes(99).into();
        assert_eq!(
            word(&ana.post_json("/api/vault/keyring", &other)),
            "stale",
            "of two devices one is told"
        );
    });
}

#[test]
fn only_a_passkey_of_the_account_may_open_its_writing() {
    on_both(|mend| {
        let ana = with_keyring(mend, "ana");
        let sent = json!({ "guard": bytes(3), "credential": bytes(1), "body": bytes(2) });
        assert_eq!(word(&ana.post_json("/api/vault/passkeys", &sent)), "odd");
    });
}

#[test]
fn every_door_is_listed_and_the_others_can_be_closed() {
    on_both(|mend| {
        let ana = with_keyring(mend, "ana");
        let phone = mend.as_account("ana");
        let open = json!({ "auth": bytes(1), "way": "words" });
        assert_eq!(phone.post_json("/api/vault/open", &open).code(), 200);
        let doors = |state: serde_json::Value| state["doors"].as_array().map(Vec::len);
        assert_eq!(doors(ana.get("/api/vault").json()), Some(2));
        assert_eq!(
            ana.post_json("/api/vault/lock", &json!({ "which": "others" }))
                .code(),
            200
        );
        assert_eq!(phone.get("/api/vault").code(), 303, "it is signed out");
        assert_eq!(doors(ana.get("/api/vault").json()), Some(1));
        assert_eq!(
            ana.post_json("/api/vault/lock", &json!({ "which": "own" }))
                .code(),
            200
        );
        assert_eq!(doors(ana.get("/api/vault").json()), Some(0));
    });
}
