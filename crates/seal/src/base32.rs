//! Crockford base32: bytes as letters and digits that survive being printed, read aloud and typed.
//! Never: checks what the bytes mean; guesses a missing character.
//! See: <https://www.crockford.com/base32.html>; without its optional check symbol.

use zeroize::Zeroizing;

const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// How many characters `len` bytes take: five bits each, the last one filled up with zero bits.
#[must_use]
pub const fn chars_for(len: usize) -> usize {
    (len * 8).div_ceil(5)
}

/// Writes bytes as upper-case characters without separators, first bit first.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(chars_for(bytes.len()));
    let (mut held, mut bits) = (0u16, 0u32);
    for byte in bytes {
        held = (held << 8) | u16::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(sign(held >> bits));
            held &= (1 << bits) - 1;
        }
    }
    if bits > 0 {
        text.push(sign(held << (5 - bits)));
    }
    text
}

/// Reads exactly `len` bytes, forgiving what people and printers change.
///
/// Upper and lower case are one; `O` is read as `0`, `I` and `L` as `1`; white space and `-` are skipped.
/// Gives nothing for any other character, for a wrong count, or when the filling bits at the end are not zero.
#[must_use]
pub fn decode(text: &str, len: usize) -> Option<Zeroizing<Vec<u8>>> {
    // Reserved at once: a vector that grows would leave unwiped copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(len));
    let (mut held, mut bits, mut count) = (0u16, 0u32, 0usize);
    for character in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
        count += 1;
        if count > chars_for(len) {
            return None;
        }
        held = (held << 5) | value(character)?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits).ok()?);
            held &= (1 << bits) - 1;
        }
    }
    (bytes.len() == len && count == chars_for(len) && held == 0).then_some(bytes)
}

fn sign(five_bits: u16) -> char {
    char::from(SIGNS[usize::from(five_bits & 31)])
}

fn value(character: char) -> Option<u16> {
    let plain = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let place = SIGNS.iter().position(|sign| char::from(*sign) == plain)?;
    u16::try_from(place).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_texts() {
        assert_eq!(encode(b""), "");
        assert_eq!(encode(b"\0"), "00");
        assert_eq!(encode(b"foobar"), "CSQPYRK1E8");
        assert_eq!(encode(&[0xff; 16]), "ZZZZZZZZZZZZZZZZZZZZZZZZZW");
    }

    #[test]
    fn tolerant_where_eyes_are() {
        assert_eq!(decode("csqp-yrki e8", 6).unwrap().as_slice(), b"foobar");
        assert_eq!(decode(" oO\n", 1).unwrap().as_slice(), b"\0");
    }

    #[test]
    fn refused_where_meaning_is_lost() {
        for text in ["", "0", "000", "0U", "0*", "01", "0é"] {
            assert!(decode(text, 1).is_none(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn read_of_written_is_the_same(bytes: Vec<u8>) {
            let text = encode(&bytes);
            prop_assert_eq!(text.len(), chars_for(bytes.len()));
            let read = decode(&text.to_lowercase(), bytes.len()).unwrap();
            prop_assert_eq!(read.as_slice(), bytes.as_slice());
        }

        #[test]
        fn one_text_per_value(text in "[0-9A-HJKMNP-TV-Z]{26}") {
            if let Some(bytes) = decode(&text, 16) {
                prop_assert_eq!(encode(&bytes), text);
            }
        }
    }
}
