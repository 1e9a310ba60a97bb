//! The two keyed primitives that the other modules are made of: HMAC-SHA-256 (RFC 2104) and HKDF-SHA-256 (RFC 5869).
//! Never: keeps a key; chooses a purpose.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// HMAC-SHA-256 of one message.
pub fn hmac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(message);
    mac.finalize().into_bytes().into()
}

/// 32 bytes of HKDF-SHA-256. An empty salt means 32 zero bytes, as RFC 5869 section 2.2 says.
pub fn hkdf(secret: &[u8], salt: &[u8], info: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut out = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(Some(salt), secret)
        .expand(info, out.as_mut_slice())
        .expect("32 bytes are within HKDF's limit of 8160");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::hex;

    #[test]
    fn hkdf_of_rfc_5869_test_case_1() {
        let out = hkdf(
            &[0x0b; 22],
            &hex("000102030405060708090a0b0c"),
            &hex("f0f1f2f3f4f5f6f7f8f9"),
        );
        assert_eq!(
            out.as_slice(),
            hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf")
        );
    }

    #[test]
    fn hkdf_of_rfc_5869_test_case_3_without_salt_or_info() {
        let out = hkdf(&[0x0b; 22], b"", b"");
        assert_eq!(
            out.as_slice(),
            hex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d")
        );
    }

    #[test]
    fn hmac_of_rfc_4231_test_case_2() {
        let mut key = [0; 32];
        // The RFC's key has four bytes; HMAC pads it with zeros, so the padded key is the same key.
        key[..4].copy_from_slice(b"Jefe");
        assert_eq!(
            hmac(&key, b"what do ya want for nothing?").as_slice(),
            hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        );
    }
}
