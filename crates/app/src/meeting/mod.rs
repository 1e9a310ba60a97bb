//! Meetings: series, the days they fall on, agendas, and calendar feeds.
//! Never: keeps who came to one.
//! See: `mend_rules::meeting`.

pub mod feed;
mod rows;
#[cfg(test)]
mod tests;
mod view;

pub use rows::{Meetings, add, all, get, save};
pub use view::{agenda, cadence, date, when, when_there};

use jiff::tz::TimeZone;
use mend_rules::time::Time;

/// Where people come together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Room,
    Online,
    Hybrid,
}

impl Format {
    pub const ALL: [Self; 3] = [Self::Room, Self::Online, Self::Hybrid];

    pub fn word(self) -> &'static str {
        match self {
            Self::Room => "room",
            Self::Online => "online",
            Self::Hybrid => "hybrid",
        }
    }

    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.word() == word)
    }
}

impl Meetings {
    /// The next meeting from `now` on; one that still lasts counts.
    pub fn next(&self, now: Time) -> Option<jiff::Zoned> {
        self.series
            .from(&now.stamp().to_zoned(TimeZone::UTC))
            .next()
    }
}
