//! The door, from outside: every route in every role, every header, every refusal.

mod crawl;
mod foreign;
mod headers;
mod locked;
mod matrix;
pub mod routes;
