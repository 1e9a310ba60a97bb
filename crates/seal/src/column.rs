//! The column key: seals single columns of a database, makes fingerprints to look them up by, and signs links.
//! Never: reads or writes its own file; prints its bytes except by [`ColumnKey::to_text`]; opens what a person sealed.
//!
//! ```text
//! sealed      = 1 (version, one byte) ‖ nonce, 24 bytes ‖ XChaCha20-Poly1305 of the text, 16 bytes longer than it
//! associated  = version ‖ what the caller binds it to
//! subkey      = HKDF-SHA-256(secret = key, salt = none, info = "mend column 1 " ‖ kind ‖ " " ‖ purpose)
//! ```
//! XChaCha20-Poly1305 is draft-irtf-cfrg-xchacha-03; its long nonce may be random for any number of texts.
//! A purpose is a fixed name such as `person.mail`; each one has its own subkey for each kind of use.

use crate::{Dice, base32, mac};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use core::fmt;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

const VERSION: u8 = 1;
const NONCE: usize = 24;
const PREFIX: &str = "mend-column-key-1 ";
const CHECK: usize = 4;

/// A 256-bit key from the key file. Wiped from memory when dropped; has no `Debug` and no `Display`.
pub struct ColumnKey(Zeroizing<[u8; 32]>);

/// A sealed column did not open: another key, purpose or binding, or damaged bytes. Which one cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

/// Why a text is not a column key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAKey {
    /// The line does not begin with `mend-column-key-1 `.
    Other,
    /// It begins as a key does, but characters are missing or wrong.
    Damaged,
}

impl ColumnKey {
    /// Throws a new key.
    #[must_use]
    pub fn make(dice: &mut Dice) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        dice(bytes.as_mut_slice());
        Self(bytes)
    }

    /// The line for the key file: `mend-column-key-1 ` and 58 base32 characters, of which the last carry a check value.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new([0; 32 + CHECK]);
        bytes[..32].copy_from_slice(self.0.as_slice());
        bytes[32..].copy_from_slice(&self.check_value());
        let signs = Zeroizing::new(base32::encode(bytes.as_slice()));
        let mut line = Zeroizing::new(String::with_capacity(PREFIX.len() + signs.len()));
        line.push_str(PREFIX);
        line.push_str(&signs);
        line
    }

    /// Reads the line of a key file; white space around and between its characters does not matter.
    ///
    /// # Errors
    /// [`NotAKey`] if it is another kind of line or was damaged in copying.
    pub fn from_text(line: &str) -> Result<Self, NotAKey> {
        let signs = line.trim().strip_prefix(PREFIX).ok_or(NotAKey::Other)?;
        let bytes = base32::decode(signs, 32 + CHECK).ok_or(NotAKey::Damaged)?;
        let mut key = Self(Zeroizing::new([0; 32]));
        key.0.copy_from_slice(&bytes[..32]);
        let whole: bool = key.check_value().ct_eq(&bytes[32..]).into();
        whole.then_some(key).ok_or(NotAKey::Damaged)
    }

    /// Seals one text for one purpose, bound to `aad` (the row it belongs to, say), which is not stored with it.
    ///
    /// The result is 41 bytes longer than `plain`, so it tells the length of the text.
    #[must_use]
    pub fn seal(&self, purpose: &str, aad: &[u8], plain: &[u8], dice: &mut Dice) -> Vec<u8> {
        let mut nonce = [0; NONCE];
        dice(&mut nonce);
        let aad = &bound(aad);
        let sealed = self
            .cipher(purpose)
            .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad })
            .expect("a text that fits in memory is below the cipher's limit of 256 GiB");
        [&[VERSION], nonce.as_slice(), &sealed].concat()
    }

    /// Opens what [`Self::seal`] made with the same purpose and binding.
    ///
    /// # Errors
    /// [`Unreadable`] for anything else.
    pub fn open(&self, purpose: &str, aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Unreadable> {
        let (version, rest) = sealed.split_first().ok_or(Unreadable)?;
        let (nonce, msg) = rest.split_first_chunk::<NONCE>().ok_or(Unreadable)?;
        if *version != VERSION {
            return Err(Unreadable);
        }
        let aad = &bound(aad);
        self.cipher(purpose)
            .decrypt(&XNonce::from(*nonce), Payload { msg, aad })
            .map_err(|_| Unreadable)
    }

    /// HMAC-SHA-256 of a text, to find a sealed column by: equal texts have equal fingerprints within a purpose.
    ///
    /// The text must already be in the form in which it is compared (an address in lower case, say).
    #[must_use]
    pub fn fingerprint(&self, purpose: &str, text: &str) -> [u8; 32] {
        self.mac("fingerprint", purpose, text.as_bytes())
    }

    /// Signs a message for a link: the first 16 bytes of its HMAC-SHA-256 (RFC 2104 section 5).
    ///
    /// Several fields must be joined so that they cannot be cut differently, with a separator that none can hold.
    #[must_use]
    pub fn sign(&self, purpose: &str, message: &[u8]) -> [u8; 16] {
        let long = self.mac("sign", purpose, message);
        let mut tag = [0; 16];
        tag.copy_from_slice(&long[..16]);
        tag
    }

    /// Whether `tag` is what [`Self::sign`] gives, compared in constant time.
    #[must_use]
    pub fn check(&self, purpose: &str, message: &[u8], tag: &[u8]) -> bool {
        self.sign(purpose, message).ct_eq(tag).into()
    }

    pub(crate) fn mac(&self, kind: &str, purpose: &str, message: &[u8]) -> [u8; 32] {
        mac::hmac(&self.subkey(kind, purpose), message)
    }

    fn cipher(&self, purpose: &str) -> XChaCha20Poly1305 {
        let key: &[u8; 32] = &self.subkey("seal", purpose);
        XChaCha20Poly1305::new(key.into())
    }

    fn subkey(&self, kind: &str, purpose: &str) -> Zeroizing<[u8; 32]> {
        let info = format!("mend column 1 {kind} {purpose}");
        mac::hkdf(self.0.as_slice(), b"", info.as_bytes())
    }

    fn check_value(&self) -> [u8; CHECK] {
        let digest = Sha256::new_with_prefix(PREFIX)
            .chain_update(self.0.as_slice())
            .finalize();
        let mut value = [0; CHECK];
        value.copy_from_slice(&digest[..CHECK]);
        value
    }
}

fn bound(aad: &[u8]) -> Vec<u8> {
    [&[VERSION], aad].concat()
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sealed column cannot be opened with this key")
    }
}

impl core::error::Error for Unreadable {}

impl fmt::Display for NotAKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Other => "the line is not a column key: it does not begin with mend-column-key-1",
            Self::Damaged => "the column key is damaged: a character is missing or wrong",
        })
    }
}

impl core::error::Error for NotAKey {}
