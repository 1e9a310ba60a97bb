//! What the vault sends, with bytes in place of ciphertext: the server cannot tell the difference.
#![allow(clippy::unwrap_used)]

use base64ct::{Base64UrlUnpadded, Encoding};
use serde_json::{Value, json};

/// Thirty-two bytes as they travel.
pub fn bytes(byte: u8) -> String {
    Base64UrlUnpadded::encode_string(&[byte; 32])
}

/// A first keyring, of somebody whose words prove 1 and whose code proves 2. Its guard is 3.
pub fn begin() -> Value {
    json!({
        "auth_words": bytes(1), "auth_code": bytes(2), "guard": bytes(3),
        "keyring": bytes(4), "words": bytes(5), "code": bytes(6),
    })
}

/// The next keyring.
pub fn keyring() -> Value {
    json!({ "guard": bytes(3), "turn": 2, "keyring": bytes(14) })
}

/// New words, which prove 21, and a new code, which proves 22, proved by the old words.
pub fn words() -> Value {
    json!({
        "auth": bytes(1), "way": "words", "guard": bytes(3), "turn": 2, "new_guard": bytes(23),
        "keyring": bytes(24), "words": bytes(25), "code": bytes(26),
        "new": {
            "salt": Base64UrlUnpadded::encode_string(&[8; 16]), "iterations": 600_000,
            "auth_words": bytes(21), "auth_code": bytes(22),
        },
    })
}

/// One piece to keep.
pub fn piece(id: &str, base: i64, body: &str) -> Value {
    json!({ "id": id, "base": base, "until": null, "body": Base64UrlUnpadded::encode_string(body.as_bytes()) })
}
