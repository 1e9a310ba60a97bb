//! The practice: the texts of `practice/`, read once at start, and the picture of the path. What a
//! group made of them lies in the room `step`.
//! Never: changes while the program runs.

mod circle;
mod picture;
mod read;
mod writing;

pub use circle::words;
pub use picture::path;
pub use read::{Practice, Short, With};
