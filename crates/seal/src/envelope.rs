//! The inside of an envelope: one piece of writing, signed by its writer and filled up. Sealing it with age is the
//! caller's part, so that this crate needs no randomness of its own.
//! Never: knows what the JSON says beyond its signature.
//! See: `envelope.ts` for the browser's half and the fields of the JSON; `keyring.json` for the bytes of both.
//!
//! ```text
//! inside  = "mend 1 " ‖ signature, base64url ‖ "\n" ‖ JSON on one line ‖ "\n" ‖ spaces up to the padded length
//! signed  = Ed25519 (RFC 8032) of "mend envelope 1\n" ‖ the JSON as it stands
//! ```

use crate::pad;
use base64ct::{Base64UrlUnpadded, Encoding};
use core::fmt;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

const HEAD: &str = "mend 1 ";

/// The key by which somebody signs what they write. Wiped from memory when dropped.
pub struct Pen(SigningKey);

/// Why an inside could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It is not laid out as an envelope is.
    Damaged,
    /// It was made by a newer version of this format.
    Newer,
    /// Somebody else signed it, or nobody.
    Foreign,
}

impl Pen {
    /// The key made from a seed of 32 random bytes.
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// The public half as base64url, as it stands in `author`.
    #[must_use]
    pub fn author(&self) -> String {
        Base64UrlUnpadded::encode_string(self.0.verifying_key().as_bytes())
    }

    /// The inside of an envelope. `json` must be on one line.
    #[must_use]
    pub fn write(&self, json: &str) -> Vec<u8> {
        let signature = self.0.sign(&signed(json)).to_bytes();
        let signature = Base64UrlUnpadded::encode_string(&signature);
        pad::fill(format!("{HEAD}{signature}\n{json}\n").as_bytes())
    }
}

/// The JSON of an inside that `author` signed.
///
/// # Errors
/// [`Unread`] for anything else.
pub fn read<'a>(inside: &'a [u8], author: &str) -> Result<&'a str, Unread> {
    let text = core::str::from_utf8(inside).map_err(|_| Unread::Damaged)?;
    let mut lines = text.splitn(3, '\n');
    let (head, json) = lines.next().zip(lines.next()).ok_or(Unread::Damaged)?;
    let blank = lines
        .next()
        .is_some_and(|rest| rest.trim_matches(' ').is_empty());
    if !blank || !head.starts_with("mend ") {
        return Err(Unread::Damaged);
    }
    let signature = head.strip_prefix(HEAD).ok_or(Unread::Newer)?;
    let by = key(author).ok_or(Unread::Foreign)?;
    let signature = bytes::<64>(signature).ok_or(Unread::Damaged)?;
    by.verify_strict(&signed(json), &Signature::from_bytes(&signature))
        .map_err(|_| Unread::Foreign)?;
    Ok(json)
}

fn key(author: &str) -> Option<VerifyingKey> {
    VerifyingKey::from_bytes(&bytes(author)?).ok()
}

fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    Base64UrlUnpadded::decode_vec(text).ok()?.try_into().ok()
}

fn signed(json: &str) -> Vec<u8> {
    format!("mend envelope 1\n{json}").into_bytes()
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Damaged => "it is not whole",
            Self::Newer => "it was made by a newer version",
            Self::Foreign => "somebody else wrote it",
        })
    }
}

impl core::error::Error for Unread {}

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: &str = "{\"v\":1,\"body\":{\"text\":\"é\"}}";

    #[test]
    fn read_as_it_was_written() {
        let pen = Pen::from_seed(&[5; 32]);
        let inside = pen.write(JSON);
        assert_eq!(inside.len(), 512);
        assert_eq!(read(&inside, &pen.author()), Ok(JSON));
    }

    #[test]
    fn what_somebody_else_wrote_is_refused() {
        let (pen, other) = (Pen::from_seed(&[5; 32]), Pen::from_seed(&[6; 32]));
        assert_eq!(
            read(&other.write(JSON), &pen.author()),
            Err(Unread::Foreign)
        );
        assert_eq!(read(&pen.write(JSON), "not a key"), Err(Unread::Foreign));
    }

    #[test]
    fn every_changed_byte_is_refused() {
        let pen = Pen::from_seed(&[5; 32]);
        let inside = pen.write(JSON);
        for at in 0..inside.len() {
            let mut bad = inside.clone();
            bad[at] ^= 1;
            assert!(read(&bad, &pen.author()).is_err(), "byte {at}");
        }
    }

    #[test]
    fn a_newer_version_is_told_apart() {
        let pen = Pen::from_seed(&[5; 32]);
        let newer = String::from_utf8(pen.write(JSON))
            .unwrap()
            .replacen("mend 1", "mend 2", 1);
        assert_eq!(read(newer.as_bytes(), &pen.author()), Err(Unread::Newer));
    }
}
