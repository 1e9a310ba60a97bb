//! The salt of a person's derivation: 16 bytes, not secret, told to whoever asks for a handle.
//! Never: tells whether a handle exists (see [`dummy_salt`]).

use crate::{ColumnKey, Dice};
use base64ct::{Base64UrlUnpadded, Encoding};

/// 16 bytes that make one person's derivation differ from another's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Salt([u8; 16]);

impl Salt {
    /// Throws a new salt.
    #[must_use]
    pub fn make(dice: &mut Dice) -> Self {
        let mut bytes = [0; 16];
        dice(&mut bytes);
        Self(bytes)
    }

    /// Reads the 22 characters of base64url without padding (RFC 4648 section 5); nothing for any other text.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let mut bytes = [0; 16];
        let read = Base64UrlUnpadded::decode(text, &mut bytes).ok()?.len();
        (read == bytes.len()).then_some(Self(bytes))
    }

    /// The salt as 22 characters of base64url without padding, as it travels in JSON.
    #[must_use]
    pub fn to_text(&self) -> String {
        Base64UrlUnpadded::encode_string(&self.0)
    }

    /// The salt that was stored as these bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The 16 bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

/// The salt told for a handle that nobody has: always the same for the same handle, and like any other to look at.
///
/// `handle` must already be in the form in which handles are compared, or two spellings would answer differently.
#[must_use]
pub fn dummy_salt(key: &ColumnKey, handle: &str) -> Salt {
    let long = key.mac("salt", "", handle.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&long[..16]);
    Salt(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::counting;

    #[test]
    fn text_and_back() {
        let salt = Salt::make(&mut counting(250));
        assert_eq!(salt.to_text(), "-vv8_f7_AAECAwQFBgcICQ");
        assert_eq!(Salt::from_text(&salt.to_text()), Some(salt));
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "AA",
            "AAAAAAAAAAAAAAAAAAAAAA==",
            "AAAAAAAAAAAAAAAAAAAAAB",
            "AAAAAAAAAAAAAAAAAAAAAAAA",
        ] {
            assert_eq!(Salt::from_text(text), None, "{text:?}");
        }
    }

    #[test]
    fn an_unknown_handle_keeps_its_salt() {
        let key = ColumnKey::make(&mut counting(0));
        let other = ColumnKey::make(&mut counting(1));
        // From another implementation: a change here would tell which handles exist.
        assert_eq!(dummy_salt(&key, "ana").to_text(), "gCiTL1fwgqkjbdTx1jciDw");
        assert_ne!(dummy_salt(&key, "ana"), dummy_salt(&key, "bo"));
        assert_ne!(dummy_salt(&key, "ana"), dummy_salt(&other, "ana"));
    }
}
