//! Letters from their writing to their arrival: reminders that come due, what becomes one mail, the
//! words in it, and the pages on which people choose theirs and stewards see how mail fares.
//! It knows all rooms, so it stands outside of them.
//!
//! Never: says in a letter what it is about, beyond an hour and a link; sends one to whoever muted
//! them or is not to be contacted; names to stewards what a letter was about.
//! See: `post/` for the outbox and the ways out, `mend_rules::letter` for when.

pub mod by_hand;
pub mod choose;
pub mod mute;
pub mod send;
pub mod status;
#[cfg(test)]
mod tests;
pub mod tick;
mod words;
