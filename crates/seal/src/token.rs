//! Tokens: random values that are the right to do something, such as an invitation or a session.
//! Never: stored as they are (store [`Token::digest`]); made from anything but dice; printed by accident.

use crate::{Dice, base32};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// `N` random bytes, at least 16. Wiped from memory when dropped.
pub struct Token<const N: usize>(Zeroizing<[u8; N]>);

/// 128 bits, 26 characters: for what people may type, such as an invitation, and may be tried slowly only.
pub type Short = Token<16>;

/// 256 bits, 52 characters: for what only machines carry, such as a session.
pub type Long = Token<32>;

impl<const N: usize> Token<N> {
    /// Throws a new token.
    #[must_use]
    pub fn make(dice: &mut Dice) -> Self {
        const { assert!(N >= 16, "a token below 128 bits can be guessed") };
        let mut bytes = Zeroizing::new([0; N]);
        dice(bytes.as_mut_slice());
        Self(bytes)
    }

    /// The token for a link or a cookie: base32 characters only, so it needs no escaping and a QR code stays small.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(base32::encode(self.0.as_slice()))
    }

    /// Reads a token as [`base32::decode`] does; nothing if it is not exactly one of this size.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let bytes = base32::decode(text, N)?;
        bytes
            .as_slice()
            .try_into()
            .ok()
            .map(|bytes| Self(Zeroizing::new(bytes)))
    }

    /// SHA-256 of the bytes: what is stored and looked up. Equal work for any token, so a lookup tells nothing.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_slice()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{counting, hex};

    #[test]
    fn text_and_back() {
        let token = Long::make(&mut counting(3));
        let read = Long::from_text(&token.to_text().to_lowercase()).unwrap();
        assert_eq!(token.to_text().len(), 52);
        assert_eq!(read.digest(), token.digest());
    }

    #[test]
    fn the_digest_is_sha_256_of_the_bytes() {
        let digest = hex("be45cb2605bf36bebde684841a28f0fd43c69850a3dce5fedba69928ee3a8991");
        assert_eq!(Short::make(&mut counting(0)).digest().as_slice(), digest);
    }

    #[test]
    fn one_size_is_not_the_other() {
        let long = Long::make(&mut counting(0)).to_text();
        assert!(Short::from_text(&long).is_none());
        assert!(Long::from_text(&long[..26]).is_none());
    }
}
