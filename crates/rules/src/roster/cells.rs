//! What single cells of a roster say: addresses, days, languages, yes and no.

use jiff::civil::Date;

use super::Trouble;
use crate::movement::{NAME_LENGTH, folded, tidy};

/// An address, and the name that stands before it where it is written `Ana Lima <ana@example.org>`.
/// It is checked for its shape only; whether it is somebody's, only they can say.
pub(super) fn email(cell: &str) -> Result<(String, String), Trouble> {
    let (name, address) = match cell
        .strip_suffix('>')
        .and_then(|cell| cell.rsplit_once('<'))
    {
        Some((name, address)) => (tidy(name.trim_matches([' ', '"', '\''])), address.trim()),
        None => (String::new(), cell),
    };
    let address = address.trim_start_matches("mailto:").to_lowercase();
    let shaped = address.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
    });
    let plain = address.len() <= 254 && !address.contains([' ', ',', ';', '<', '>', '"']);
    if shaped && plain && address.matches('@').count() == 1 {
        Ok((name, address))
    } else {
        Err(Trouble::Email(cell.chars().take(NAME_LENGTH).collect()))
    }
}

/// Adds the names in a cell to those that are there, none twice.
pub(super) fn add_names(names: &mut Vec<String>, cell: &str, mark: char) {
    let short = |name: &str| tidy(name).chars().take(NAME_LENGTH).collect::<String>();
    for name in cell.split(mark).map(short).filter(|name| !name.is_empty()) {
        if !names.iter().any(|known| folded(known) == folded(&name)) {
            names.push(name);
        }
    }
}

/// A day as lists write it; a date that could be read in two ways is left out.
pub(super) fn day(cell: &str) -> Option<Date> {
    let date = cell.split(['T', ' ']).next()?;
    date.parse()
        .or_else(|_| Date::strptime("%d.%m.%Y", date))
        .or_else(|_| Date::strptime("%Y/%m/%d", date))
        .ok()
}

/// Language tags as people write them, in order, none twice.
pub fn tags(cell: &str) -> Vec<String> {
    let fits = |tag: &String| {
        (2..=12).contains(&tag.len()) && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let mut tags: Vec<String> = cell
        .split([',', ';', '|', ' ', '/'])
        .map(|tag| tag.trim().to_lowercase().replace('_', "-"))
        .filter(fits)
        .collect();
    tags.sort();
    tags.dedup();
    tags
}

/// Whether a cell says yes.
pub(super) fn is_yes(cell: &str) -> bool {
    matches!(
        cell.to_lowercase().as_str(),
        "1" | "yes" | "y" | "true" | "x" | "ja" | "oui" | "si" | "sí" | "sim"
    )
}

/// Whether a cell says no. What says neither is a yes where somebody asked to be left alone.
pub(super) fn is_no(cell: &str) -> bool {
    matches!(
        cell.to_lowercase().as_str(),
        "0" | "no" | "n" | "false" | "-" | "nein" | "nej" | "nee" | "non" | "não" | "off" | "none"
    )
}

/// Whether a state of a subscription lets people be written to. Whatever is not said to be well,
/// such as bouncing or a complaint, is not.
pub(super) fn is_subscribed(cell: &str) -> bool {
    is_yes(cell)
        || matches!(
            cell.to_lowercase().as_str(),
            "subscribed" | "active" | "opted in"
        )
}
