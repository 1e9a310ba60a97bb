//! A commitment: one small promise with a last day, made freely and let go of freely.
//! Never: asks what became of it.

use jiff::ToSpan;
use jiff::civil::Date;

/// The longest commitment, in characters: it is small.
pub const LENGTH: usize = 200;
/// The most days it holds.
pub const DAYS: i64 = 90;
/// The most that somebody holds at once.
pub const HELD: usize = 5;

/// Why a commitment cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommitmentTrouble {
    /// It says nothing, or is too long to be small.
    Words,
    /// Its last day is over, or too far away.
    Day,
    /// Enough others are held.
    Held,
}

/// The last day of a commitment, if it can be made today; `held` counts the others.
///
/// # Errors
/// The first [`CommitmentTrouble`].
pub fn made(
    words: &str,
    until: Option<Date>,
    held: usize,
    today: Date,
) -> Result<Date, CommitmentTrouble> {
    if !(1..=LENGTH).contains(&words.chars().count()) {
        return Err(CommitmentTrouble::Words);
    }
    if held >= HELD {
        return Err(CommitmentTrouble::Held);
    }
    let right = |day: &Date| (today..=furthest(today)).contains(day);
    until.filter(right).ok_or(CommitmentTrouble::Day)
}

/// The furthest last day of a commitment that is made today.
pub fn furthest(today: Date) -> Date {
    today.saturating_add(DAYS.days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 12, 1);

    #[test]
    fn a_commitment_has_a_last_day_within_ninety_days() {
        for day in [TODAY, date(2027, 3, 1)] {
            assert_eq!(
                made("One hour off on Sundays.", Some(day), 0, TODAY),
                Ok(day)
            );
        }
        for day in [None, Some(date(2026, 11, 30)), Some(date(2027, 3, 2))] {
            assert_eq!(made("Rest.", day, 0, TODAY), Err(CommitmentTrouble::Day));
        }
    }

    #[test]
    fn a_commitment_is_small_and_there_are_few() {
        assert_eq!(
            made("", Some(TODAY), 0, TODAY),
            Err(CommitmentTrouble::Words)
        );
        let long = "x".repeat(LENGTH + 1);
        assert_eq!(
            made(&long, Some(TODAY), 0, TODAY),
            Err(CommitmentTrouble::Words)
        );
        assert_eq!(
            made("Rest.", Some(TODAY), HELD, TODAY),
            Err(CommitmentTrouble::Held)
        );
    }
}
