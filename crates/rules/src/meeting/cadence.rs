//! The rhythm of a series, and the days and moments that follow from it.

use jiff::civil::{Date, Time as Clock, Weekday};
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};

/// Which of a month's weekdays: the first to the fourth, or the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nth(i8);

impl Nth {
    /// In the order they are offered.
    pub const ALL: [Self; 5] = [Self(1), Self(2), Self(3), Self(4), Self(-1)];

    /// 1 to 4, or -1 for the last.
    pub fn new(n: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|nth| i64::from(nth.0) == n)
    }

    /// 1 to 4, or -1 for the last.
    pub fn number(self) -> i8 {
        self.0
    }

    /// Which of its weekday a day is in its month; a fifth is the last.
    pub fn of(day: Date) -> Self {
        let nth = (day.day() - 1) / 7 + 1;
        Self(if nth > 4 { -1 } else { nth })
    }
}

/// How often a series meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cadence {
    /// Every week.
    Weekly,
    /// Every other week.
    Fortnightly,
    /// Every four weeks, thirteen times a year.
    FourWeekly,
    /// On one of the month's weekdays.
    Monthly(Nth),
}

impl Cadence {
    /// Weeks from one meeting to the next; none where months count.
    pub fn weeks(self) -> Option<i64> {
        match self {
            Self::Weekly => Some(1),
            Self::Fortnightly => Some(2),
            Self::FourWeekly => Some(4),
            Self::Monthly(_) => None,
        }
    }

    /// The cadence of so many weeks; 0 is monthly, and then `nth` says on which weekday.
    pub fn new(weeks: i64, nth: Nth) -> Option<Self> {
        match weeks {
            0 => Some(Self::Monthly(nth)),
            1 => Some(Self::Weekly),
            2 => Some(Self::Fortnightly),
            4 => Some(Self::FourWeekly),
            _ => None,
        }
    }
}

/// Whether and when a series comes to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// It goes on.
    Open,
    /// No meeting falls on a later day.
    On(Date),
    /// After so many meetings; those that are cancelled count.
    After(u32),
}

/// A series of meetings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// How often.
    pub cadence: Cadence,
    /// The weekday.
    pub weekday: Weekday,
    /// When it begins, on the wall clock of the zone.
    pub starts: Clock,
    /// How long it lasts, in minutes.
    pub minutes: i64,
    /// An IANA zone with a name.
    pub zone: TimeZone,
    /// No meeting is before this day.
    pub first_on: Date,
    /// Its end.
    pub ends: Ends,
}

impl Series {
    /// The days of its meetings in order, from the first on.
    pub fn days(&self) -> Box<dyn Iterator<Item = Date> + '_> {
        let all = self.without_end();
        match self.ends {
            Ends::Open => all,
            Ends::On(last) => Box::new(all.take_while(move |day| *day <= last)),
            Ends::After(count) => Box::new(all.take(count as usize)),
        }
    }

    fn without_end(&self) -> Box<dyn Iterator<Item = Date> + '_> {
        let first = self.first_on;
        match self.cadence {
            Cadence::Monthly(nth) => {
                let months = (0..)
                    .map_while(move |n: i64| first.first_of_month().checked_add(n.months()).ok());
                let days = months.filter_map(move |month| {
                    month.nth_weekday_of_month(nth.number(), self.weekday).ok()
                });
                Box::new(days.filter(move |day| *day >= first))
            }
            cadence => {
                let apart = 7 * cadence.weeks().unwrap_or(1);
                let wait = i64::from(first.weekday().until(self.weekday));
                Box::new(
                    (0..)
                        .map_while(move |n: i64| first.checked_add((wait + n * apart).days()).ok()),
                )
            }
        }
    }

    /// When the meeting of a day begins. A wall-clock time that daylight saving skips moves on by
    /// the skipped time, and one that comes twice is the first (RFC 5545, 3.3.5).
    pub fn begins(&self, on: Date) -> Option<Zoned> {
        on.to_datetime(self.starts).to_zoned(self.zone.clone()).ok()
    }

    /// The beginnings of its meetings from `after` on (meetings that still last count), in order,
    /// as if none of them had been changed.
    pub fn from(&self, after: &Zoned) -> impl Iterator<Item = Zoned> + '_ {
        let ended = after.clone().saturating_sub(self.minutes.minutes());
        self.days()
            .filter_map(|day| self.begins(day))
            .filter(move |begins| *begins > ended)
    }
}
