//! Signing in: with words, with the code, with neither; and how often one may try.
#![allow(clippy::unwrap_used)]

use std::net::{IpAddr, Ipv6Addr};

use mend_seal::{Code, Iterations, Salt, Words, derive};
use serde_json::{Value, json};

use super::{auth, join, proof, said};
use crate::testing::client::{Ask, Client, JSON, Reply};
use crate::testing::{PORT, TestMend, from, on_both};
use crate::web::Base;
use crate::with;

const TYPED: &str = "Abacus violin CINEMA stitch-mosaic oxygen zoom";

fn start(client: &Client<'_>, handle: &str) -> Value {
    let reply = client.post_json("/sign-in/start", &json!({ "handle": handle }));
    assert_eq!(reply.code(), 200);
    reply.json()
}

fn shape(start: &Value) -> (Vec<String>, usize, u64) {
    let keys = start.as_object().unwrap().keys().cloned().collect();
    let salt = start["salt"].as_str().unwrap();
    (keys, salt.len(), start["iterations"].as_u64().unwrap())
}

#[test]
fn a_handle_that_nobody_has_is_answered_like_one_that_somebody_has() {
    on_both(|mend| {
        join(mend, "tomas", "tomas.f");
        let visitor = mend.visitor();
        let (known, unknown) = (start(&visitor, "tomas.f"), start(&visitor, "nobody.here"));
        assert_eq!(shape(&known), shape(&unknown));
        for odd in ["", "x", "a@b", &"long".repeat(50), "Ünïcödé", "\u{202e}abc"] {
            assert_eq!(shape(&start(&visitor, odd)), shape(&known), "{odd}");
        }
    });
}

#[test]
fn the_salt_of_a_handle_stays_the_same_however_it_is_spelt() {
    on_both(|mend| {
        join(mend, "tomas", "tomas.f");
        let visitor = mend.visitor();
        for handle in ["tomas.f", "nobody.here"] {
            let first = start(&visitor, handle);
            assert_eq!(start(&visitor, handle), first);
            assert_eq!(
                start(&visitor, &format!(" {} ", handle.to_uppercase())),
                first
            );
            mend.days(400);
            assert_eq!(start(&visitor.clone().at(from(9)), handle), first);
        }
        assert_ne!(
            start(&visitor, "nobody.here"),
            start(&visitor, "nobody.there")
        );
    });
}

/// The whole way once, as the browser goes it: derive, enrol, ask for the salt, derive, sign in.
#[test]
fn what_the_browser_derives_from_words_and_from_the_code_signs_in() {
    let salt = Salt::from_bytes([9; 16]);
    let words = derive::from_words(&Words::read(TYPED).unwrap(), &salt, Iterations::LEAST);
    let code = Code::make(&mut |bytes: &mut [u8]| bytes.fill(5));
    let code = derive::from_code(&Code::read(&code.text().to_lowercase()).unwrap(), &salt);
    let enrolment = json!({
        "handle": "Tomas.F", "age": "adult", "salt": salt.to_text(), "iterations": 600_000,
        "auth_words": *words.auth.to_text(), "auth_code": *code.auth.to_text(),
    });
    on_both(|mend| {
        let link = super::claim_link(mend, "tomas");
        assert_eq!(mend.visitor().post_json(&link, &enrolment).code(), 200);
        assert_eq!(start(&mend.visitor(), "tomas.f")["salt"], salt.to_text());
        for (auth, way) in [(&words.auth, "words"), (&code.auth, "code")] {
            let reply = sign_in(&mend.visitor(), "tomas.F", &auth.to_text(), way);
            assert_eq!(
                (reply.code(), reply.json()),
                (200, json!({ "next": "/m/sample" })),
                "{way}"
            );
            let home = mend.visitor().with_session_of(&reply).get("/m/sample");
            assert!(home.says("tomas.f"), "{}", home.text());
        }
        // One way's proof does not open the other.
        let crossed = sign_in(&mend.visitor(), "tomas.f", &code.auth.to_text(), "words");
        assert_eq!(crossed.code(), 422);
    });
}

fn sign_in(client: &Client<'_>, handle: &str, auth: &str, way: &str) -> Reply {
    client.post_json("/sign-in?next=/m/sample", &proof(handle, auth, way))
}

#[test]
fn a_wrong_proof_and_an_unknown_handle_get_the_same_answer() {
    on_both(|mend| {
        join(mend, "tomas", "tomas.f");
        let visitor = mend.visitor();
        let wrong = sign_in(&visitor, "tomas.f", &auth(7), "words");
        assert_eq!((wrong.code(), said(&wrong)), (422, mend.t("sign-in-wrong")));
        assert_eq!(wrong.session(), None);
        for (handle, auth, way) in [
            ("nobody.here", auth(1), "words"),
            ("tomas.f", auth(7), "code"),
            ("tomas.f", "not a proof".into(), "words"),
            ("a@b", auth(1), "words"),
            ("", String::new(), ""),
        ] {
            let other = sign_in(&visitor, handle, &auth, way);
            assert_eq!((other.code(), &other.body), (422, &wrong.body), "{handle}");
        }
    });
}

/// The sample's accounts have no words at all.
#[test]
fn nobody_signs_in_to_an_account_without_words() {
    on_both(|mend| {
        for byte in [0, 1, 255] {
            assert_eq!(
                sign_in(&mend.visitor(), "amara", &auth(byte), "words").code(),
                422
            );
        }
    });
}

fn tries(client: &Client<'_>, handle: &str, times: usize) -> Vec<u16> {
    (0..times)
        .map(|_| sign_in(client, handle, &auth(7), "words").code())
        .collect()
}

#[test]
fn the_eleventh_try_from_one_place_waits_and_another_place_still_gets_in() {
    on_both(|mend| {
        join(mend, "tomas", "tomas.f");
        let here = mend.visitor().at(from(1));
        assert_eq!(tries(&here, "tomas.f", 10), [422; 10]);
        let waits = sign_in(&here, "tomas.f", &auth(1), "words");
        assert_eq!(waits.code(), 429, "even the right words wait");
        assert_eq!(said(&waits), mend.tw("sign-in-wait", &with![minutes = 16]));
        let elsewhere = mend.visitor().at(from(2));
        assert_eq!(
            sign_in(&elsewhere, "tomas.f", &auth(1), "words").code(),
            200
        );
        assert_eq!(
            tries(&here, "somebody.else", 1),
            [422],
            "another handle is not locked"
        );
        mend.minutes(16);
        assert_eq!(sign_in(&here, "tomas.f", &auth(1), "words").code(), 200);
    });
}

#[test]
fn another_spelling_of_a_handle_is_not_another_ten_tries() {
    on_both(|mend| {
        let here = mend.visitor();
        for handle in ["Amara", " amara", "AMARA", "amara ", "aMARA"] {
            tries(&here, handle, 2);
        }
        assert_eq!(tries(&here, "amara", 1), [429]);
    });
}

#[test]
fn an_unknown_handle_waits_like_a_known_one() {
    on_both(|mend| {
        assert_eq!(tries(&mend.visitor(), "nobody.here", 10), [422; 10]);
        assert_eq!(tries(&mend.visitor(), "nobody.here", 1), [429]);
    });
}

#[test]
fn a_household_that_has_a_whole_network_is_one_place() {
    on_both(|mend| {
        let address = |last| IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 1, 2, 0, 0, 0, last));
        tries(&mend.visitor().at(address(1)), "amara", 10);
        assert_eq!(tries(&mend.visitor().at(address(2)), "amara", 1), [429]);
        let next_door = IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 1, 3, 0, 0, 0, 1));
        assert_eq!(tries(&mend.visitor().at(next_door), "amara", 1), [422]);
    });
}

/// A client behind the proxy, saying that it comes from somewhere else.
fn claiming<'a>(client: Client<'a>, forwarded: &str) -> Client<'a> {
    client.saying(&[
        ("sec-fetch-site", "same-origin"),
        ("x-forwarded-for", forwarded),
    ])
}

#[test]
fn without_a_proxy_nobody_may_say_that_they_come_from_elsewhere() {
    on_both(|mend| {
        for at in 0..10 {
            tries(
                &claiming(mend.visitor(), &format!("198.51.100.{at}")),
                "amara",
                1,
            );
        }
        assert_eq!(tries(&mend.visitor(), "amara", 1), [429]);
    });
}

#[test]
fn behind_a_proxy_only_its_own_word_counts() {
    let base = Base {
        proxies: 1,
        ..Base::local(PORT)
    };
    let mend = TestMend::at("sqlite", base);
    for at in 0..10 {
        let made_up = format!("198.51.100.{at}, 203.0.113.7");
        tries(&claiming(mend.visitor(), &made_up), "amara", 1);
    }
    let codes = |forwarded: &str| tries(&claiming(mend.visitor(), forwarded), "amara", 1);
    assert_eq!(codes("203.0.113.7"), [429]);
    assert_eq!(
        codes("203.0.113.8"),
        [422],
        "another client of the same proxy"
    );
    // A word of the proxy that is no address must not let the client's own word count.
    for at in 0..12 {
        codes(&format!("198.51.100.{at}, unknown"));
    }
    assert_eq!(codes("198.51.100.99, unknown"), [429]);
}

#[test]
fn only_a_path_of_our_own_is_where_somebody_goes_next() {
    on_both(|mend| {
        join(mend, "tomas", "tomas.f");
        for next in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "/m?x=//y",
            "m",
            "",
        ] {
            let asked: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
            let path = format!("/sign-in?next={asked}");
            let reply = mend
                .visitor()
                .post_json(&path, &proof("tomas.f", &auth(1), "words"));
            assert_eq!(reply.json()["next"], "/movements", "{next}");
        }
    });
}

#[test]
fn odd_bodies_are_refused_and_nothing_breaks() {
    on_both(|mend| {
        let link = super::claim_link(mend, "tomas");
        let deep = "[".repeat(100_000);
        let bodies: [&[u8]; 13] = [
            b"",
            b"{}",
            b"[]",
            b"null",
            b"1",
            b"\"handle\"",
            b"{\"handle\":null}",
            b"{\"handle\":[1]}",
            b"{\"handle\":{},\"auth\":{}}",
            b"\xff\xfe",
            b"{\"handle\":\"\\ud800\"}",
            b"{\"handle\":\"a\"} {",
            deep.as_bytes(),
        ];
        for path in ["/sign-in", "/sign-in/start", &link] {
            for body in bodies {
                let reply = mend.visitor().ask(Ask::raw(path, JSON, body.to_vec()));
                let told = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
                assert!(
                    (400..500).contains(&reply.code()),
                    "{path} {told}: {}",
                    reply.code()
                );
                let reply = mend
                    .visitor()
                    .ask(Ask::raw(path, "text/plain", body.to_vec()));
                assert_eq!(reply.code(), 415, "{path} {told}");
            }
            let big = Ask::raw(path, JSON, vec![b' '; 1_100_000]);
            assert_eq!(mend.visitor().ask(big).code(), 413, "{path}");
        }
    });
}
