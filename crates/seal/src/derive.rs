//! The sign-in derivation: from words or a printed code to what the server may know and what it never may.
//! Never: runs on the server for a person (their browser does it); accepts an iteration count below the pinned one.
//! See: `key.js` for the browser's half; `vectors.json` for the bytes that both must give.
//!
//! ```text
//! words   m    = PBKDF2-HMAC-SHA-256(normal form, salt, iterations), 32 bytes     RFC 8018 section 5.2
//!         auth = HKDF-SHA-256(secret = m, salt = none, info = "auth"), 32 bytes   RFC 5869
//!         wrap = HKDF-SHA-256(secret = m, salt = none, info = "wrap"), 32 bytes
//! code    auth = HKDF-SHA-256(secret = 16 bytes, salt = salt, info = "auth"), 32 bytes; wrap likewise
//! ```
//! `auth` goes to the server; `wrap` stays in the browser and opens private writing. One says nothing about the other.
//! The code needs no stretching: 128 random bits cannot be guessed.

use crate::{Code, Salt, Words, mac};
use base64ct::{Base64UrlUnpadded, Encoding};
use core::fmt;
use hmac::Hmac;
use sha2::Sha256;
use zeroize::Zeroizing;

/// How often PBKDF2 turns. Both ends of the range are pinned here and in `key.js`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Iterations(u32);

/// The count lies outside [`Iterations::LEAST`] to [`Iterations::MOST`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfRange;

/// What signs a person in. Wiped when dropped; cannot be printed by accident.
pub struct Auth(Zeroizing<[u8; 32]>);

/// What opens a person's private writing. Never sent anywhere. Wiped when dropped.
pub struct Wrap(Zeroizing<[u8; 32]>);

/// Both halves of one derivation.
pub struct Derived {
    /// The half for the server.
    pub auth: Auth,
    /// The half that stays.
    pub wrap: Wrap,
}

/// Derives both halves from words, as the browser does. Slow on purpose: about a tenth of a second when optimised.
#[must_use]
pub fn from_words(words: &Words, salt: &Salt, iterations: Iterations) -> Derived {
    let stretched = stretch(words.text().as_bytes(), salt.bytes(), iterations.0);
    halves(stretched.as_slice(), b"")
}

/// Derives both halves from a printed code, as the browser does.
#[must_use]
pub fn from_code(code: &Code, salt: &Salt) -> Derived {
    halves(code.bytes(), salt.bytes())
}

fn halves(secret: &[u8], salt: &[u8]) -> Derived {
    Derived {
        auth: Auth(mac::hkdf(secret, salt, b"auth")),
        wrap: Wrap(mac::hkdf(secret, salt, b"wrap")),
    }
}

fn stretch(words: &[u8], salt: &[u8], iterations: u32) -> Zeroizing<[u8; 32]> {
    let mut out = Zeroizing::new([0; 32]);
    pbkdf2::pbkdf2::<Hmac<Sha256>>(words, salt, iterations, out.as_mut_slice())
        .expect("HMAC takes a key of any length");
    out
}

impl Iterations {
    /// The fewest turns anybody may be given: 600 000.
    pub const LEAST: Self = Self(600_000);
    /// The most: 10 000 000, so that a wrong number cannot hang a phone for an hour.
    pub const MOST: Self = Self(10_000_000);

    /// Takes a count as it came from a request or a row.
    ///
    /// # Errors
    /// [`OutOfRange`] below [`Self::LEAST`] or above [`Self::MOST`].
    pub fn new(count: u32) -> Result<Self, OutOfRange> {
        let within = (Self::LEAST.0..=Self::MOST.0).contains(&count);
        within.then_some(Self(count)).ok_or(OutOfRange)
    }

    /// The count, in turns.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }
}

impl Auth {
    /// Reads the 43 characters of base64url without padding that the browser sends; nothing for any other text.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let mut bytes = Zeroizing::new([0; 32]);
        let read = Base64UrlUnpadded::decode(text, bytes.as_mut_slice())
            .ok()?
            .len();
        (read == 32).then_some(Self(bytes))
    }

    /// The 43 characters that a client sends.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(Base64UrlUnpadded::encode_string(self.bytes()))
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl Wrap {
    /// The 32 bytes, for a cipher to use at once.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (least, most) = (Iterations::LEAST.0, Iterations::MOST.0);
        write!(f, "the iteration count is not between {least} and {most}")
    }
}

impl core::error::Error for OutOfRange {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::hex;

    #[test]
    fn too_few_turns_are_refused() {
        for count in [0, 1, 599_999, 10_000_001, u32::MAX] {
            assert_eq!(Iterations::new(count), Err(OutOfRange), "{count}");
        }
        assert_eq!(Iterations::new(600_000), Ok(Iterations::LEAST));
    }

    #[test]
    fn pbkdf2_of_rfc_7914_section_11() {
        // The RFC prints 64 bytes; the first 32 are PBKDF2's first block.
        let once = hex("55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc");
        let often = hex("4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56");
        assert_eq!(stretch(b"passwd", b"salt", 1).as_slice(), once);
        assert_eq!(stretch(b"Password", b"NaCl", 80_000).as_slice(), often);
    }

    #[test]
    fn auth_travels_as_43_characters() {
        let text = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
        let auth = Auth::from_text(text).unwrap();
        assert_eq!(auth.bytes()[31], 31);
        assert_eq!(auth.to_text().as_str(), text);
        assert!(Auth::from_text(&text[1..]).is_none());
        assert!(Auth::from_text(&format!("{text}=")).is_none());
    }
}
