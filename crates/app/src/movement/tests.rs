//! Movements, through the front door.

mod help;
mod import;
mod import_formats;
mod import_long;
mod import_mapping;
mod joining;
mod leave;
mod lockdown;
mod place;
mod safeguarding;
mod stewards;
