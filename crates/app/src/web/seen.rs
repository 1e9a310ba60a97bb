//! What a form was filled in beside: a yes to one text is no yes to the one that took its place.

use maud::{Markup, html};
use sha2::{Digest, Sha256};

use super::form::Fields;

fn print(text: &str) -> String {
    let digest = Sha256::digest(text);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The mark of a text, for the form that stands beside it.
pub fn mark(text: &str) -> Markup {
    html! { input type="hidden" name="seen" value=(print(text)); }
}

/// Whether a form was filled in beside this text.
pub fn is(fields: &Fields, text: &str) -> bool {
    fields.text("seen") == print(text)
}
