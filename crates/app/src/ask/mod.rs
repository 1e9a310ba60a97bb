//! Asks and commitments: one small thing asked of a few, one small promise with a last day, and the
//! hours of care as a sum.
//! Never: shows a no; asks what became of a promise; tells one person's hours.
//! See: `mend_rules::ask`, `mend_rules::commitment`, `mend_rules::care`.

mod acts;
pub mod asks;
pub mod care;
pub mod commitments;
mod rows;
pub mod sample;
#[cfg(test)]
mod tests;

pub use acts::{Body, ToMe, let_go_of, own_data, sweep, to_me};
pub use asks::home_card;
