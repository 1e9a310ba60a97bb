//! The live circle: a circle while it is held, followed on every screen of those who are in it, and
//! the hour on paper.
//! Never: keeps what was said, who passed, for how long anybody spoke or who was not there; shows a
//! call to anybody but the one person it is for; outlives the circle, or goes into a backup.
//! See: `mend_rules::live` for the rule, `halls.rs` for how a change reaches every screen.

mod acts;
pub mod after;
pub mod before;
mod beyond;
mod door;
pub mod follow;
mod held;
mod kept;
pub mod pack;
pub mod pages;
mod ring;
mod rows;
pub mod sample;
#[cfg(test)]
pub mod testing;
#[cfg(test)]
mod tests;
mod told;
mod view;
mod words;

pub use acts::{forget, held_of};
pub use beyond::{listen, sweep_over, tell};
pub use held::{Held, asks_of, held_lately, sweep};
pub use view::home_card;
