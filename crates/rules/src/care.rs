//! Care hours: how much care work was done in a month, as one sum of many people.
//! Never: tells one person's part; counts who wrote some down and who did not.
//!
//! A month is added up once, when nobody can change theirs any more, and the single numbers are let
//! go of then: so no second sum can be subtracted from a first.

use jiff::ToSpan;
use jiff::civil::Date;

/// The fewest people whose hours make a sum that tells nothing of one of them.
pub const FEWEST: usize = 7;
/// The most hours somebody may write down for a month.
pub const MOST_HOURS: u32 = 300;

/// A month, told by its first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(Date);

impl Month {
    /// The month in which a day lies.
    pub fn of(day: Date) -> Self {
        Self(day.first_of_month())
    }

    /// The month before.
    #[must_use]
    pub fn before(self) -> Self {
        Self(self.0.saturating_sub(1.month()))
    }

    /// Its first day.
    pub fn first(self) -> Date {
        self.0
    }

    /// Reads the first day of a month.
    pub fn read(text: &str) -> Option<Self> {
        let day: Date = text.parse().ok()?;
        (day == day.first_of_month()).then_some(Self(day))
    }
}

/// The months for which hours can be written down today: this one and the last.
pub fn open(today: Date) -> [Month; 2] {
    let this = Month::of(today);
    [this, this.before()]
}

/// Whether a month can be added up: nobody can change theirs any more.
pub fn is_over(month: Month, today: Date) -> bool {
    month < Month::of(today).before()
}

/// What somebody typed as their hours of a month, in minutes; quarters of an hour are fine, and a
/// comma is as good as a point.
pub fn typed(hours: &str) -> Option<u32> {
    let hours = hours.trim().replace(',', ".");
    let hours: f64 = if hours.is_empty() {
        0.0
    } else {
        hours.parse().ok()?
    };
    let right = hours >= 0.0 && hours <= f64::from(MOST_HOURS);
    right.then(|| (hours * 60.0).round() as u32)
}

/// The whole hours of everybody together; nothing when they are too few.
pub fn sum(minutes: &[u32]) -> Option<u32> {
    let some: Vec<u32> = minutes.iter().copied().filter(|one| *one > 0).collect();
    let all: u64 = some.iter().map(|one| u64::from(*one)).sum();
    let hours = u32::try_from((all + 30) / 60).unwrap_or(u32::MAX);
    (some.len() >= FEWEST).then_some(hours)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn this_month_and_the_last_can_be_written_down_and_older_ones_are_added_up() {
        let today = date(2027, 1, 31);
        assert_eq!(
            open(today).map(Month::first),
            [date(2027, 1, 1), date(2026, 12, 1)]
        );
        for month in open(today) {
            assert!(!is_over(month, today));
        }
        assert!(is_over(Month::of(date(2026, 11, 30)), today));
    }

    #[test]
    fn hours_are_read_as_people_write_them() {
        for (text, minutes) in [
            ("2", 120),
            ("1.5", 90),
            (" 0,25 ", 15),
            ("", 0),
            ("300", 18_000),
        ] {
            assert_eq!(typed(text), Some(minutes), "{text}");
        }
        for odd in ["-1", "301", "two", "1e9", "NaN", "inf"] {
            assert_eq!(typed(odd), None, "{odd}");
        }
    }

    #[test]
    fn months_read_back_by_their_first_day() {
        assert_eq!(
            Month::read("2026-12-01"),
            Some(Month::of(date(2026, 12, 24)))
        );
        for odd in ["2026-12-02", "2026-12", "x"] {
            assert_eq!(Month::read(odd), None);
        }
    }

    proptest! {
        #[test]
        fn a_sum_needs_seven_people_who_wrote_something_down(minutes in proptest::collection::vec(0..1000_u32, 0..20)) {
            let some = minutes.iter().filter(|one| **one > 0).count();
            prop_assert_eq!(sum(&minutes).is_some(), some >= FEWEST);
            if let Some(hours) = sum(&minutes) {
                let all: u32 = minutes.iter().sum();
                prop_assert!(hours.abs_diff(all / 60) <= 1);
            }
        }
    }
}
