//! People as accounts, through the front door.
#![allow(clippy::unwrap_used)]

mod erase;
mod links;
mod proof;
mod session;
mod sign_in;

use base64ct::{Base64UrlUnpadded, Encoding};
use serde_json::{Value, json};

use crate::testing::TestMend;
use crate::testing::client::Reply;

/// A proof made of one byte, as a browser sends it.
fn auth(byte: u8) -> String {
    Base64UrlUnpadded::encode_string(&[byte; 32])
}

/// What a browser sends to make an account whose words prove 1 and whose code proves 2.
fn joining(handle: &str) -> Value {
    json!({
        "handle": handle,
        "name": "Ana Lima",
        "age": "adult",
        "salt": Base64UrlUnpadded::encode_string(&[3; 16]),
        "iterations": 600_000,
        "auth_words": auth(1),
        "auth_code": auth(2),
    })
}

/// What a browser sends to sign in.
fn proof(handle: &str, auth: &str, way: &str) -> Value {
    json!({ "handle": handle, "auth": auth, "way": way })
}

/// A fresh personal link to the place of somebody in the sample movement.
fn claim_link(mend: &TestMend, key: &str) -> String {
    let path = format!("/m/sample/people/{}/claim", mend.id(key));
    let sheet = mend.as_("amara").post(&path, &[]);
    assert_eq!(sheet.code(), 200, "{}", sheet.text());
    let text = sheet.text();
    let (_, link) = text.split_once(&mend.app.base.origin).unwrap();
    link.split_whitespace().next().unwrap().to_owned()
}

/// Somebody of the sample movement makes an account by their personal link.
fn join(mend: &TestMend, key: &str, handle: &str) -> Reply {
    mend.visitor()
        .post_json(&claim_link(mend, key), &joining(handle))
}

/// The sentence in a refusal that a script shows.
fn said(reply: &Reply) -> String {
    reply.json()["say"].as_str().unwrap().to_owned()
}
