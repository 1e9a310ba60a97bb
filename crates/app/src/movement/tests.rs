//! Movements, through the front door.

mod import;
mod place;
mod stewards;
