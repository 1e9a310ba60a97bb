//! Movements, through the front door.

mod help;
mod import;
mod leave;
mod place;
mod stewards;
