//! A wave: a busy time of action, declared by stewards with its last day. Meetings shrink to twenty
//! minutes and do not stop; the wave ends by itself.

use jiff::ToSpan;
use jiff::civil::Date;

/// The longest that a wave may last, in days.
pub const LONGEST: i64 = 56;

/// How long a meeting lasts in a wave, in minutes.
pub const MINUTES: i64 = 20;

/// The days of a wave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wave {
    /// The day on which it was declared.
    pub from: Date,
    /// Its last day.
    pub until: Date,
}

impl Wave {
    /// A wave from today on.
    ///
    /// # Errors
    /// Nothing, when its last day has passed or is more than eight weeks away.
    pub fn new(today: Date, until: Date) -> Option<Self> {
        let longest = today.checked_add(LONGEST.days()).ok()?;
        (today <= until && until <= longest).then_some(Self { from: today, until })
    }

    /// Whether a day is in it.
    pub fn has(&self, day: Date) -> bool {
        (self.from..=self.until).contains(&day)
    }

    /// How long a meeting on a day lasts that would last so many minutes: never longer than usual.
    pub fn minutes(wave: Option<Self>, day: Date, usual: i64) -> i64 {
        match wave {
            Some(wave) if wave.has(day) => usual.min(MINUTES),
            _ => usual,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_wave_lasts_a_day_to_eight_weeks_and_ends_by_itself() {
        let today = date(2026, 12, 1);
        assert_eq!(Wave::new(today, date(2026, 11, 30)), None);
        assert_eq!(Wave::new(today, date(2027, 1, 27)), None);
        let wave = Wave::new(today, date(2027, 1, 26)).unwrap();
        assert!(wave.has(today) && wave.has(date(2027, 1, 26)));
        assert!(!wave.has(date(2027, 1, 27)) && !wave.has(date(2026, 11, 30)));
        assert!(Wave::new(today, today).unwrap().has(today));
    }

    #[test]
    fn meetings_in_a_wave_are_short_and_the_others_as_they_were() {
        let wave = Wave::new(date(2026, 12, 1), date(2026, 12, 8));
        assert_eq!(Wave::minutes(wave, date(2026, 12, 8), 60), 20);
        assert_eq!(Wave::minutes(wave, date(2026, 12, 9), 60), 60);
        assert_eq!(Wave::minutes(wave, date(2026, 12, 8), 15), 15);
        assert_eq!(Wave::minutes(None, date(2026, 12, 8), 60), 60);
    }
}
