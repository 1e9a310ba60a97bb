//! The day after a circle: when the question is asked how it left somebody.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use crate::time::Time;

/// The hour from which it is asked about a circle of which no more than its day is known.
const FROM: i8 = 18;

/// Whether it is asked now about a circle that ended then: from one day after it to two.
pub fn is_asked(ended: Time, now: Time) -> bool {
    now.days(-2) < ended && ended <= now.days(-1)
}

/// The same about a circle of which no more than its day is known: from six in the evening of the
/// next day, for a day. `now` is on the clock by which that day was written down.
pub fn is_asked_of_day(day: Date, now: DateTime) -> bool {
    let from = day.saturating_add(1.day()).at(FROM, 0, 0, 0);
    from <= now && now < from.saturating_add(1.day())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_asked_for_one_whole_day_and_begins_a_day_after(minutes in 0i64..5000) {
            let ended = Time(1_800_000_000_000_000);
            let asked = is_asked(ended, ended.minutes(minutes));
            prop_assert_eq!(asked, (1440..2880).contains(&minutes));
        }

        #[test]
        fn where_the_day_alone_is_known_it_is_asked_for_a_day_too(
            ends in 0i64..1440,
            hours in 0i64..120,
        ) {
            let day = date(2026, 12, 30);
            let ended = day.at(0, 0, 0, 0).saturating_add(ends.minutes());
            let asked = is_asked_of_day(day, ended.saturating_add(hours.hours()));
            let since = ends + hours * 60;
            prop_assert_eq!(asked, (42 * 60..66 * 60).contains(&since));
        }
    }

    #[test]
    fn an_evening_circle_is_asked_about_on_the_evening_of_the_next_day() {
        let day = date(2026, 12, 31);
        let asked = |on: Date, hour| is_asked_of_day(day, on.at(hour, 0, 0, 0));
        assert!(!asked(date(2027, 1, 1), 17));
        assert!(asked(date(2027, 1, 1), 18) && asked(date(2027, 1, 2), 17));
        assert!(!asked(date(2027, 1, 2), 18) && !asked(day, 23));
    }
}
