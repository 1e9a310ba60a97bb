//! The twelve steps: the path, each step in the words in force, a group's own wordings, one's own
//! way through, and short practices.
//! Never: tells anybody where somebody stands on the path; blocks what a group wants to ask.
//! See: `mend_rules::step` and `mend_rules::prompt` for the rules, `practice/` for the texts.

mod acts;
pub mod pages;
pub mod ready;
mod rows;
pub mod short;
#[cfg(test)]
mod tests;
pub mod view;
pub mod wording;

pub use acts::{Group, Said, let_go_of, own_data, path, said, set_circle_source};
pub use rows::{Kept, add_wording};
