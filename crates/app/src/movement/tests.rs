//! Movements, through the front door.

mod import;
mod leave;
mod place;
mod stewards;
