//! Sealed writing: the keyring, the ways that open it, and pieces that only their writer can read.
//! Never: opens anything; knows a kind, a title or a word of what is written; tells anybody that
//! somebody writes. What runs in the browser is in `vault/`, built into `assets/vault.js`.
//! See: `mend_seal::keyring` and `mend_seal::envelope` for the format, `docs/security.md`.

mod acts;
mod api;
mod rows;
mod shelf;
#[cfg(test)]
mod tests;
mod ways;

pub use acts::{Sealed, kept, set_up_sample, sweep};
pub use api::text as signs;
pub use api::{LARGEST, begin, destroy, end, index, lock, open, read, save, save_keyring, state};
pub use rows::Piece;
pub use shelf::{page, worker};
pub use ways::{add, change, remove, save_words, words};
