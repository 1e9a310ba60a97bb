//! The instance and solution files of the benchmark, one module per job.
//! Never: opens a file; callers hand over text and get text back.
//! See: `bench/FORMATS.md` for the keys and their meaning.

mod broken;
pub mod candidates;
pub mod circle;
mod keys;
pub mod pair;
pub mod repair;
pub mod rotate;
pub mod sponsor;

pub use broken::{Broken, Wrong};
