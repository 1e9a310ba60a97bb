//! The rules of Mend: plain functions on plain values, one file per word of the field.
//!
//! Never: reads a clock, rolls dice, touches a file, a network or a database; time and dice are
//! arguments. Nothing here is serialised: what crosses an edge has its own type there.
//! See: `docs/words.md` for the words.

pub mod after;
pub mod ask;
pub mod backup;
pub mod care;
pub mod circle;
pub mod commitment;
pub mod help;
pub mod hours;
pub mod id;
pub mod inventory;
pub mod joining;
pub mod keeping;
pub mod letter;
pub mod live;
pub mod lockdown;
pub mod meeting;
pub mod movement;
pub mod people;
pub mod prompt;
pub mod roster;
pub mod safeguarding;
pub mod standin;
pub mod step;
pub mod time;
pub mod wave;
