//! The printed code: 128 random bits on paper, the second way in when the words are lost.
//! Never: is stored; is printed by accident (no `Debug`, no `Display`).
//! See: [`crate::base32`] for its alphabet, [`crate::derive::from_code`] for what is made of it.

use crate::{Dice, base32};
use zeroize::Zeroizing;

/// Where the 26 characters are parted when shown: 5-5-5-5-6.
const GROUPS: [usize; 5] = [5, 5, 5, 5, 6];

/// A printed code. Wiped from memory when dropped.
pub struct Code(Zeroizing<[u8; 16]>);

impl Code {
    /// Throws a new code of 128 bits.
    #[must_use]
    pub fn make(dice: &mut Dice) -> Self {
        let mut bytes = Zeroizing::new([0; 16]);
        dice(bytes.as_mut_slice());
        Self(bytes)
    }

    /// Reads a typed code as [`base32::decode`] does; nothing if it is not exactly one code.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let bytes = base32::decode(text, 16)?;
        bytes
            .as_slice()
            .try_into()
            .ok()
            .map(|bytes| Self(Zeroizing::new(bytes)))
    }

    /// The code as shown and printed: five groups of characters with `-` between.
    #[must_use]
    pub fn text(&self) -> Zeroizing<String> {
        let plain = Zeroizing::new(base32::encode(self.bytes()));
        let mut shown = Zeroizing::new(String::with_capacity(plain.len() + GROUPS.len()));
        let mut rest = plain.as_str();
        for size in GROUPS {
            let (group, after) = rest.split_at(size);
            if !shown.is_empty() {
                shown.push('-');
            }
            shown.push_str(group);
            rest = after;
        }
        shown
    }

    pub(crate) fn bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::counting;

    #[test]
    fn shown_in_five_groups() {
        let shown = Code::make(&mut counting(0)).text();
        assert_eq!(shown.split('-').map(str::len).collect::<Vec<_>>(), GROUPS);
    }

    #[test]
    fn read_back_as_made() {
        let code = Code::make(&mut counting(7));
        let read = Code::read(&code.text().to_lowercase().replace('-', " ")).unwrap();
        assert_eq!(read.bytes(), code.bytes());
    }

    #[test]
    fn a_lost_or_doubled_character_is_refused() {
        let text = Code::make(&mut counting(7)).text();
        assert!(Code::read(&text[1..]).is_none());
        assert!(Code::read(&format!("{}0", *text)).is_none());
    }
}
