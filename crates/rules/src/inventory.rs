//! The group inventory: an honest look of a circle at how the group does things, four times a year,
//! and the few lines that it writes down.
//! Never: knows who said or wrote a line; weighs what is written.

use jiff::ToSpan;
use jiff::civil::Date;

/// The longest line, in characters.
pub const LENGTH: usize = 600;
/// For so many months after its quarter a circle may keep what it wrote.
pub const KEEP: [i64; 3] = [6, 12, 24];
/// For so many, if it chooses nothing else.
pub const KEEP_USUAL: i64 = 12;

/// Three months, told by the first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter(Date);

impl Quarter {
    /// The quarter in which a day lies.
    pub fn of(day: Date) -> Self {
        let past = i64::from((day.month() - 1) % 3);
        Self(day.first_of_month().saturating_sub(past.months()))
    }

    /// The quarter before.
    #[must_use]
    pub fn before(self) -> Self {
        Self(self.0.saturating_sub(3.months()))
    }

    /// Its first day.
    pub fn first(self) -> Date {
        self.0
    }

    /// Its last day.
    pub fn last(self) -> Date {
        self.0.saturating_add(2.months()).last_of_month()
    }

    /// Reads the first day of a quarter.
    pub fn read(text: &str) -> Option<Self> {
        let day: Date = text.parse().ok()?;
        (day == Self::of(day).0).then_some(Self(day))
    }
}

/// The quarters for which lines can be begun today: this one and the last.
pub fn open(today: Date) -> [Quarter; 2] {
    let this = Quarter::of(today);
    [this, this.before()]
}

/// What a circle wrote down of a quarter.
#[derive(Debug, Clone, Copy)]
pub struct Lines<'a> {
    /// The lines, in the order in which they are asked for; any may be empty.
    pub texts: &'a [&'a str],
    /// The day on which it looks again, if it named one.
    pub again: Option<Date>,
    /// For how many months after the quarter it is kept.
    pub months: i64,
}

/// Why lines are not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InventoryTrouble {
    /// Nothing is written.
    Empty,
    /// A line is longer than [`LENGTH`].
    Long,
    /// The day of looking again is before the quarter, or more than a year after it.
    Day,
    /// For so many months nothing is kept.
    Months,
}

/// The last day on which lines are there, if they can be kept.
///
/// # Errors
/// The first [`InventoryTrouble`].
pub fn written(quarter: Quarter, lines: &Lines<'_>) -> Result<Date, InventoryTrouble> {
    if lines.texts.iter().all(|text| text.is_empty()) {
        return Err(InventoryTrouble::Empty);
    }
    if lines.texts.iter().any(|text| text.chars().count() > LENGTH) {
        return Err(InventoryTrouble::Long);
    }
    let days = quarter.first()..=quarter.last().saturating_add(1.year());
    if lines.again.is_some_and(|day| !days.contains(&day)) {
        return Err(InventoryTrouble::Day);
    }
    if !KEEP.contains(&lines.months) {
        return Err(InventoryTrouble::Months);
    }
    Ok(quarter.last().saturating_add(lines.months.months()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn lines<'a>(texts: &'a [&'a str]) -> Lines<'a> {
        Lines {
            texts,
            again: None,
            months: KEEP_USUAL,
        }
    }

    #[test]
    fn a_year_has_four_quarters_and_each_reads_back_by_its_first_day() {
        let of = |month, day| Quarter::of(date(2026, month, day));
        assert_eq!(of(10, 1), of(12, 31));
        assert_ne!(of(9, 30), of(10, 1));
        assert_eq!(of(1, 15).before(), Quarter::of(date(2025, 10, 1)));
        assert_eq!(of(2, 3).last(), date(2026, 3, 31));
        assert_eq!(Quarter::read("2026-10-01"), Some(of(11, 11)));
        for odd in ["2026-11-01", "2026-10-02", "2026-10", "x"] {
            assert_eq!(Quarter::read(odd), None, "{odd}");
        }
        let open = open(date(2027, 1, 2)).map(Quarter::first);
        assert_eq!(open, [date(2027, 1, 1), date(2026, 10, 1)]);
    }

    #[test]
    fn lines_are_there_until_the_day_that_the_circle_chose() {
        let quarter = Quarter::of(date(2026, 11, 11));
        let one = lines(&["", "We eat together.", "", ""]);
        assert_eq!(written(quarter, &one), Ok(date(2027, 12, 31)));
        let half = Lines { months: 6, ..one };
        assert_eq!(written(quarter, &half), Ok(date(2027, 6, 30)));
        for months in [0, -6, 7, 25] {
            let odd = Lines { months, ..one };
            assert_eq!(written(quarter, &odd), Err(InventoryTrouble::Months));
        }
    }

    #[test]
    fn nothing_at_all_and_too_much_are_not_kept() {
        let quarter = Quarter::of(date(2026, 11, 11));
        let empty = lines(&["", ""]);
        assert_eq!(written(quarter, &empty), Err(InventoryTrouble::Empty));
        let (most, more) = ("ä".repeat(LENGTH), "ä".repeat(LENGTH + 1));
        assert!(written(quarter, &lines(&[&most])).is_ok());
        let long = written(quarter, &lines(&["a", &more]));
        assert_eq!(long, Err(InventoryTrouble::Long));
    }

    #[test]
    fn looking_again_is_from_the_quarter_to_a_year_after_it() {
        let quarter = Quarter::of(date(2026, 11, 11));
        let on = |day| {
            written(
                quarter,
                &Lines {
                    again: Some(day),
                    ..lines(&["a"])
                },
            )
        };
        assert!(on(date(2026, 10, 1)).is_ok());
        assert!(on(date(2027, 12, 31)).is_ok());
        assert_eq!(on(date(2026, 9, 30)), Err(InventoryTrouble::Day));
        assert_eq!(on(date(2028, 1, 1)), Err(InventoryTrouble::Day));
    }

    proptest! {
        #[test]
        fn every_day_lies_in_its_quarter_and_no_two_quarters_meet(day in 0..40_000_i64) {
            let day = date(1970, 1, 1).saturating_add(day.days());
            let quarter = Quarter::of(day);
            prop_assert!((quarter.first()..=quarter.last()).contains(&day));
            prop_assert_eq!(quarter.before().last().saturating_add(1.day()), quarter.first());
            prop_assert_eq!(Quarter::read(&quarter.first().to_string()), Some(quarter));
        }
    }
}
