//! Keys, sealed columns and the sign-in derivation: everything cryptographic that runs on the server's side.
//! Never: reads a clock, a file or the machine's randomness; knows a room of the product; opens private writing for the
//! server (only the sample movement and the tests do that).
//! See: [`words`] and [`code`] for what a person keeps, [`mod@derive`] for what the browser makes of it,
//! [`mod@keyring`] and [`mod@envelope`] for what the browser seals with it, [`verifier`] for what the server stores,
//! [`mod@column`] for data at rest, [`token`] for links and sessions.
//!
//! Randomness is an argument: every maker takes [`Dice`], so a test can pin each byte.
//! The browser's half of [`mod@derive`] is `key.js`; `vectors.json` beside this crate holds both to the same bytes.

#![warn(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod base32;
pub mod code;
pub mod column;
pub mod derive;
pub mod envelope;
pub mod keyring;
mod mac;
pub mod pad;
pub mod salt;
pub mod token;
pub mod verifier;
pub mod words;

pub use code::Code;
pub use column::ColumnKey;
pub use derive::{Auth, Derived, Iterations, Wrap};
pub use envelope::Pen;
pub use keyring::RingKey;
pub use salt::Salt;
pub use token::Token;
pub use verifier::Verifier;
pub use words::Words;

/// A source of random bytes: fills the whole slice it is given, and cannot fail.
///
/// In the running program it is the operating system's generator; in a test it is whatever the test needs.
pub type Dice<'a> = dyn FnMut(&mut [u8]) + 'a;

#[cfg(test)]
mod testing {
    /// Bytes from lower-case hexadecimal, as the RFCs print them.
    pub fn hex(text: &str) -> Vec<u8> {
        let pair = |at| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
        (0..text.len()).step_by(2).map(pair).collect()
    }

    /// Dice that count upwards from `first`: different on every throw, the same in every run.
    pub fn counting(first: u8) -> impl FnMut(&mut [u8]) {
        let mut next = first;
        move |bytes| {
            for byte in bytes {
                *byte = next;
                next = next.wrapping_add(1);
            }
        }
    }
}
