//! The rules of Mend: plain functions on plain values, one file per word of the field.
//!
//! Never: reads a clock, rolls dice, touches a file, a network or a database; time and dice are
//! arguments. Nothing here is serialised: what crosses an edge has its own type there.
//! See: `docs/words.md` for the words.

pub mod backup;
pub mod circle;
pub mod help;
pub mod hours;
pub mod id;
pub mod meeting;
pub mod movement;
pub mod people;
pub mod roster;
pub mod time;
