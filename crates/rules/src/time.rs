//! A moment, as microseconds since 1970 in UTC. Rules get it as an argument.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A moment: microseconds since 1970-01-01T00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub i64);

const SECOND: i64 = 1_000_000;

impl Time {
    /// This moment and so many minutes.
    pub fn minutes(self, n: i64) -> Self {
        Self(self.0.saturating_add(n * 60 * SECOND))
    }

    /// This moment and so many times 24 hours.
    pub fn days(self, n: i64) -> Self {
        self.minutes(n * 24 * 60)
    }

    /// The day on the calendar of a zone.
    pub fn day(self, zone: &TimeZone) -> Date {
        self.stamp().to_zoned(zone.clone()).date()
    }

    /// The same moment for the calendar library; far-off values are clamped to its range.
    pub fn stamp(self) -> Timestamp {
        Timestamp::from_microsecond(self.0).unwrap_or(if self.0 < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        })
    }
}

impl From<Time> for i64 {
    fn from(time: Time) -> Self {
        time.0
    }
}

impl From<Timestamp> for Time {
    fn from(stamp: Timestamp) -> Self {
        Self(stamp.as_microsecond())
    }
}
