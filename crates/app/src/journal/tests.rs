//! Sealed writing, through the front door: who may do what with ciphertext.
#![allow(clippy::unwrap_used)]

mod erase;
mod pieces;
mod ways;

use serde_json::{Value, json};

use crate::testing::TestMend;
use crate::testing::client::{Client, Reply};
use crate::testing::vault::{begin, bytes, piece};

/// Somebody with an account whose words prove 1 and whose code proves 2, signed in.
fn writer<'a>(mend: &'a TestMend, handle: &str) -> Client<'a> {
    let account = mend.account(handle);
    let verifier = |byte: u8| {
        let auth = mend_seal::Auth::from_text(&bytes(byte)).unwrap();
        mend_seal::Verifier::make(&auth, &mut |out: &mut [u8]| out.fill(9))
            .to_text()
            .to_string()
    };
    let (words, code) = (verifier(1), verifier(2));
    mend.write(mend_store::Scope::Instance, move |tx| {
        crate::people::set_sample_ways(tx, account, &[3; 16], &words, &code)
    });
    mend.signed_in(account)
}

/// The same, with a keyring.
fn with_keyring<'a>(mend: &'a TestMend, handle: &str) -> Client<'a> {
    let client = writer(mend, handle);
    assert_eq!(client.post_json("/api/vault/begin", &begin()).code(), 200);
    client
}

fn save(client: &Client<'_>, pieces: &[Value]) -> Reply {
    let sent = json!({ "guard": bytes(3), "pieces": pieces });
    client.post_json("/api/vault/pieces", &sent)
}

fn index(client: &Client<'_>) -> Value {
    client.get("/api/vault/pieces").json()
}

fn word(reply: &Reply) -> String {
    reply.json()["word"].as_str().unwrap_or_default().to_owned()
}

const ONE: &str = "01010101010101010101010101010101";
const TWO: &str = "02020202020202020202020202020202";

fn keep(client: &Client<'_>, id: &str, base: i64, body: &str) -> Value {
    let reply = save(client, &[piece(id, base, body)]);
    assert_eq!(reply.code(), 200, "{}", reply.body());
    reply.json()["kept"][0].clone()
}
