//! A movement: its name, its working groups, its guiding source, and how long stewards serve.

use jiff::tz::TimeZone;

/// What steers the wording of steps 2, 3, 7 and 11. None of them names a god.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// Together we see more than any one of us.
    Wisdom,
    /// We steer by values we have written down.
    Justice,
    /// Every person here has worth that mistakes cannot remove.
    Care,
    /// Wording with no source.
    Plain,
}

impl Source {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::Wisdom, Self::Justice, Self::Care, Self::Plain];

    /// The word that the store and the texts use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Wisdom => "wisdom",
            Self::Justice => "justice",
            Self::Care => "care",
            Self::Plain => "plain",
        }
    }

    /// Reads that word.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.word() == word)
    }
}

/// Days that a steward serves before it is asked again.
pub const STEWARD_DAYS: i64 = 365;

/// Days for which a person counts as a newcomer.
pub const NEWCOMER_DAYS: i64 = 90;

/// Days for which whoever left can come back to their place.
pub const RETURN_DAYS: i64 = 90;

/// The longest that somebody says of their needs, in characters.
pub const NEEDS_LENGTH: usize = 500;

/// Days for which a claim link on a sheet is good.
pub const CLAIM_DAYS: i64 = 7;

/// How a name is compared: without capitals, without space around and doubled inside.
pub fn folded(name: &str) -> String {
    tidy(name).to_lowercase()
}

/// A name as it is kept: without space around and doubled inside, without control characters.
pub fn tidy(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .filter(|c| !is_direction(*c))
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Marks that turn the direction of text could make one name look like another.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The longest name of a person, a group or a movement, in characters.
pub const NAME_LENGTH: usize = 80;

/// Reads an IANA zone such as `Europe/Lisbon`.
pub fn zone(name: &str) -> Option<TimeZone> {
    TimeZone::get(name.trim()).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn names_are_tidied_and_compared_without_capitals() {
        assert_eq!(tidy("  Lena \t\n  Park "), "Lena Park");
        assert_eq!(folded("Youth  Mobilisation"), folded("youth mobilisation "));
        assert_eq!(tidy("ab\u{202e}cd"), "abcd");
    }

    #[test]
    fn sources_read_back() {
        assert!(
            Source::ALL
                .iter()
                .all(|s| Source::read(s.word()) == Some(*s))
        );
        assert_eq!(Source::read("spirit"), None);
    }
}
