//! The keyring: what opens a person's sealed writing, itself sealed with a ring key that each way in opens by itself.
//! Never: runs on the server for a person (their browser does it); knows what the keys in it are for.
//! See: `keyring.ts` for the browser's half; `keyring.json` for the bytes that both must open.
//!
//! ```text
//! way      = 1 ‖ nonce, 12 bytes ‖ AES-256-GCM(key of the way, ring key), bound to account, kind and credential
//! key      words and code: their [`Wrap`]; a passkey: HKDF-SHA-256(PRF output, no salt, "mend passkey way 1")
//! keyring  = 1 ‖ nonce, 12 bytes ‖ AES-256-GCM(HKDF(ring key, "mend keyring 1"), padded JSON), bound to account and turn
//! guard    = HKDF(ring key, "mend guard 1")
//! ```
//! AES-256-GCM is NIST SP 800-38D; it is what browsers have. A ring key seals few texts, so its random nonces never meet.

use crate::{Dice, Wrap, mac, pad};
use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use core::fmt;
use zeroize::Zeroizing;

const VERSION: u8 = 1;
const NONCE: usize = 12;

/// The key that seals one keyring. Wiped from memory when dropped; has no `Debug` and no `Display`.
pub struct RingKey(Zeroizing<[u8; 32]>);

/// Why something sealed did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// Another key, account, kind, credential or turn, or damaged bytes. Which one cannot be told.
    Wrong,
    /// It was made by a newer version of this format.
    Newer,
    /// It is too short, or what is inside is not what it should be.
    Damaged,
}

/// What a way in belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way<'a> {
    /// The account, as 32 lower-case hexadecimal digits.
    pub account: &'a str,
    /// `words`, `code` or `passkey`.
    pub kind: &'a str,
    /// The passkey's credential as base64url; empty for words and code.
    pub credential: &'a str,
}

impl Way<'_> {
    fn bound(&self) -> String {
        format!(
            "mend way 1\n{}\n{}\n{}",
            self.account, self.kind, self.credential
        )
    }
}

impl RingKey {
    /// Throws a new ring key.
    #[must_use]
    pub fn make(dice: &mut Dice) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        dice(bytes.as_mut_slice());
        Self(bytes)
    }

    /// Seals the ring key for one way in.
    #[must_use]
    pub fn for_way(&self, wrap: &Wrap, way: Way<'_>, dice: &mut Dice) -> Vec<u8> {
        shut(wrap.bytes(), &way.bound(), self.0.as_slice(), dice)
    }

    /// Opens a ring key by one way in.
    ///
    /// # Errors
    /// [`Closed`] if it was made for another way, or is no ring key.
    pub fn from_way(wrap: &Wrap, way: Way<'_>, sealed: &[u8]) -> Result<Self, Closed> {
        let plain = unshut(wrap.bytes(), &way.bound(), sealed)?;
        let bytes = plain.as_slice().try_into().map_err(|_| Closed::Damaged)?;
        Ok(Self(Zeroizing::new(bytes)))
    }

    /// The 32 bytes that show the server that a change comes from whoever opened the keyring.
    #[must_use]
    pub fn guard(&self) -> Zeroizing<[u8; 32]> {
        mac::hkdf(self.0.as_slice(), b"", b"mend guard 1")
    }

    /// Seals a keyring's JSON, filled up so that its size says little.
    #[must_use]
    pub fn seal(&self, account: &str, turn: u64, json: &str, dice: &mut Dice) -> Vec<u8> {
        shut(
            &self.own_key(),
            &bound(account, turn),
            &pad::fill(json.as_bytes()),
            dice,
        )
    }

    /// Opens a keyring's JSON; the spaces at its end mean nothing to JSON and stay.
    ///
    /// # Errors
    /// [`Closed`] for another account, turn or ring key, or damaged bytes.
    pub fn open(
        &self,
        account: &str,
        turn: u64,
        sealed: &[u8],
    ) -> Result<Zeroizing<String>, Closed> {
        let plain = unshut(&self.own_key(), &bound(account, turn), sealed)?;
        let text = core::str::from_utf8(&plain).map_err(|_| Closed::Damaged)?;
        Ok(Zeroizing::new(text.to_owned()))
    }

    fn own_key(&self) -> Zeroizing<[u8; 32]> {
        mac::hkdf(self.0.as_slice(), b"", b"mend keyring 1")
    }
}

fn bound(account: &str, turn: u64) -> String {
    format!("mend keyring 1\n{account}\n{turn}")
}

fn shut(key: &[u8; 32], bound: &str, msg: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut nonce = [0; NONCE];
    dice(&mut nonce);
    let payload = Payload {
        msg,
        aad: bound.as_bytes(),
    };
    let sealed = Aes256Gcm::new(key.into())
        .encrypt(&Nonce::from(nonce), payload)
        .expect("a text that fits in memory is below the cipher's limit of 64 GiB");
    [&[VERSION], nonce.as_slice(), &sealed].concat()
}

fn unshut(key: &[u8; 32], bound: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Closed> {
    let (version, rest) = sealed.split_first().ok_or(Closed::Damaged)?;
    if *version > VERSION {
        return Err(Closed::Newer);
    }
    let (nonce, msg) = rest.split_first_chunk::<NONCE>().ok_or(Closed::Damaged)?;
    if *version != VERSION {
        return Err(Closed::Damaged);
    }
    let payload = Payload {
        msg,
        aad: bound.as_bytes(),
    };
    let opened = Aes256Gcm::new(key.into()).decrypt(&Nonce::from(*nonce), payload);
    opened.map(Zeroizing::new).map_err(|_| Closed::Wrong)
}

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Wrong => "it was sealed for something else, or it is damaged",
            Self::Newer => "it was made by a newer version",
            Self::Damaged => "it is not whole",
        })
    }
}

impl core::error::Error for Closed {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::counting;
    use crate::{Code, Salt, derive};

    const ACCOUNT: &str = "000102030405060708090a0b0c0d0e0f";

    fn wrap(first: u8) -> Wrap {
        let code = Code::make(&mut counting(first));
        derive::from_code(&code, &Salt::from_bytes([7; 16])).wrap
    }

    fn way(kind: &str) -> Way<'_> {
        Way {
            account: ACCOUNT,
            kind,
            credential: "",
        }
    }

    #[test]
    fn each_way_opens_the_same_keyring_and_no_other_does() {
        let ring = RingKey::make(&mut counting(1));
        let sealed = ring.seal(ACCOUNT, 1, "{\"v\":1}", &mut counting(9));
        for (kind, first) in [("words", 3), ("code", 4)] {
            let by = ring.for_way(&wrap(first), way(kind), &mut counting(5));
            let opened = RingKey::from_way(&wrap(first), way(kind), &by).unwrap();
            assert_eq!(
                opened.open(ACCOUNT, 1, &sealed).unwrap().trim_end(),
                "{\"v\":1}"
            );
            assert_eq!(*opened.guard(), *ring.guard());
            assert_eq!(
                RingKey::from_way(&wrap(99), way(kind), &by).err(),
                Some(Closed::Wrong)
            );
            assert_eq!(
                RingKey::from_way(&wrap(first), way("passkey"), &by).err(),
                Some(Closed::Wrong)
            );
        }
    }

    #[test]
    fn a_keyring_of_another_account_or_turn_does_not_open() {
        let ring = RingKey::make(&mut counting(1));
        let sealed = ring.seal(ACCOUNT, 2, "{}", &mut counting(9));
        assert!(ring.open(ACCOUNT, 2, &sealed).is_ok());
        assert_eq!(ring.open(ACCOUNT, 1, &sealed).err(), Some(Closed::Wrong));
        assert_eq!(ring.open("ff", 2, &sealed).err(), Some(Closed::Wrong));
    }

    #[test]
    fn every_flipped_bit_and_every_missing_byte_is_refused() {
        let ring = RingKey::make(&mut counting(1));
        let sealed = ring.seal(ACCOUNT, 1, "{}", &mut counting(9));
        for bit in 0..sealed.len() * 8 {
            let mut bad = sealed.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            assert!(ring.open(ACCOUNT, 1, &bad).is_err(), "bit {bit}");
        }
        for end in 0..sealed.len() {
            assert!(
                ring.open(ACCOUNT, 1, &sealed[..end]).is_err(),
                "{end} bytes"
            );
        }
    }

    #[test]
    fn a_newer_version_is_told_apart() {
        let ring = RingKey::make(&mut counting(1));
        let mut sealed = ring.seal(ACCOUNT, 1, "{}", &mut counting(9));
        sealed[0] = 2;
        assert_eq!(ring.open(ACCOUNT, 1, &sealed).err(), Some(Closed::Newer));
    }
}
