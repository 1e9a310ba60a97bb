//! Algorithms that decide who sits, walks and serves with whom, as plain functions on plain numbers.
//! Never: reads a clock, a file, a database or the network; rolls dice of its own (seeds are
//! arguments); knows a word of the field beyond those of its modules.
//! See: `circle` for seating, `pair` for pairs and `matching` for the method behind them, `stable`
//! for sponsors, `team` for repair teams, `rotate` for rotas, `format` for the instance files of
//! `bench/FORMATS.md`.
//!
//! The same input, seed and effort give the same answer on every machine: work is counted in
//! moves, never in seconds, and of the platform's mathematics nothing is called that may differ.

pub mod circle;
pub mod format;
pub mod matching;
pub mod pair;
pub mod random;
pub mod rotate;
pub mod stable;
pub mod team;
