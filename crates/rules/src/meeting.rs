//! Meetings: a monthly series by weekday in a real zone, and the agenda of an hour.
//! What is kept is the wall clock and the zone, never the instant, so that 19:00 stays 19:00.

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
}

/// A monthly series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Which of the month's weekdays.
    pub nth: Nth,
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
}

impl Series {
    /// The beginnings of its meetings from `after` on (meetings that still last count), in order,
    /// without an end. A wall-clock time that daylight saving skips moves on by the skipped time,
    /// and one that comes twice is the first (RFC 5545, 3.3.5).
    pub fn from(&self, after: &Zoned) -> impl Iterator<Item = Zoned> + '_ {
        let start = after.with_time_zone(self.zone.clone());
        let first = self.first_on.max(start.date().saturating_sub(1.month()));
        let ended = after.clone().saturating_sub(self.minutes.minutes());
        (0..)
            .map_while(move |n: i64| first.first_of_month().checked_add(n.months()).ok())
            .filter_map(|month| self.day_in(month))
            .filter(|day| *day >= self.first_on)
            .filter_map(|day| {
                day.to_datetime(self.starts)
                    .to_zoned(self.zone.clone())
                    .ok()
            })
            .filter(move |begins| *begins > ended)
    }

    fn day_in(&self, month: Date) -> Option<Date> {
        month.nth_weekday_of_month(self.nth.0, self.weekday).ok()
    }
}

/// One part of an agenda: its name in the texts, when it begins and ends, in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The word that the texts use.
    pub word: &'static str,
    /// Minutes from the beginning of the meeting.
    pub from: u32,
    /// Minutes from the beginning of the meeting.
    pub to: u32,
}

/// The parts of an hour, in order; the shares of a seat in seconds where everybody has a turn.
const PARTS: [(&str, u32, u32); 11] = [
    ("arrive", 180, 0),
    ("opening", 180, 0),
    ("agreements", 120, 0),
    ("check-in", 0, 60),
    ("step-text", 120, 0),
    ("round-one", 0, 180),
    ("quiet", 60, 0),
    ("round-two", 0, 90),
    ("asks", 240, 0),
    ("closing-round", 0, 45),
    ("closing", 120, 0),
];

/// The agenda for so many seats. For six it fills an hour with a buffer of five minutes; with
/// more seats the turns get shorter, so that an hour stays an hour.
pub fn agenda(seats: u32) -> Vec<Part> {
    let fixed: u32 = PARTS.iter().map(|part| part.1).sum();
    let turns: u32 = PARTS.iter().map(|part| part.2).sum::<u32>() * seats;
    let room = 55 * 60 - fixed;
    let mut parts = Vec::with_capacity(PARTS.len() + 1);
    let (mut seconds, mut from) = (0, 0);
    for (word, fixed, turn) in PARTS {
        let wanted = turn * seats;
        seconds += fixed
            + if turns > room {
                wanted * room / turns
            } else {
                wanted
            };
        let to = (seconds + 30) / 60;
        parts.push(Part { word, from, to });
        from = to;
    }
    parts.push(Part {
        word: "buffer",
        from,
        to: 60,
    });
    parts
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use jiff::civil::date;

    fn series(zone: &str, nth: i64, weekday: Weekday, at: Clock) -> Series {
        Series {
            nth: Nth::new(nth).unwrap(),
            weekday,
            starts: at,
            minutes: 60,
            zone: TimeZone::get(zone).unwrap(),
            first_on: date(2026, 9, 1),
        }
    }

    fn first(series: &Series, after: &str, count: usize) -> Vec<String> {
        let after: Zoned = after.parse().unwrap();
        let show = |z: Zoned| z.strftime("%Y-%m-%d %H:%M %:z").to_string();
        series.from(&after).take(count).map(show).collect()
    }

    #[test]
    fn the_second_tuesday_stays_at_seven_over_daylight_saving() {
        let series = series(
            "Europe/Lisbon",
            2,
            Weekday::Tuesday,
            Clock::constant(19, 0, 0, 0),
        );
        assert_eq!(
            first(&series, "2026-10-01T00:00[UTC]", 2),
            ["2026-10-13 19:00 +01:00", "2026-11-10 19:00 +00:00"]
        );
    }

    #[test]
    fn the_southern_hemisphere_turns_its_clock_the_other_way() {
        let series = series(
            "America/Santiago",
            -1,
            Weekday::Sunday,
            Clock::constant(10, 0, 0, 0),
        );
        assert_eq!(
            first(&series, "2027-03-01T00:00[UTC]", 2),
            ["2027-03-28 10:00 -03:00", "2027-04-25 10:00 -04:00"]
        );
    }

    #[test]
    fn a_time_that_daylight_saving_skips_moves_on() {
        let series = series(
            "Europe/Berlin",
            -1,
            Weekday::Sunday,
            Clock::constant(2, 30, 0, 0),
        );
        assert_eq!(
            first(&series, "2027-03-27T00:00[UTC]", 1),
            ["2027-03-28 03:30 +02:00"]
        );
    }

    #[test]
    fn a_meeting_that_still_lasts_is_the_next_one_and_none_is_before_the_first_day() {
        let series = series("UTC", 1, Weekday::Monday, Clock::constant(19, 0, 0, 0));
        assert_eq!(
            first(&series, "2020-01-01T00:00[UTC]", 1),
            ["2026-09-07 19:00 +00:00"]
        );
        assert_eq!(
            first(&series, "2026-09-07T19:59[UTC]", 1),
            ["2026-09-07 19:00 +00:00"]
        );
        assert_eq!(
            first(&series, "2026-09-07T20:00[UTC]", 1),
            ["2026-10-05 19:00 +00:00"]
        );
    }

    #[test]
    fn the_hour_for_six_is_the_one_of_the_handbook() {
        let ends: Vec<u32> = agenda(6).iter().map(|part| part.to).collect();
        assert_eq!(ends, [3, 6, 8, 14, 16, 34, 35, 44, 48, 53, 55, 60]);
    }

    #[test]
    fn an_hour_stays_an_hour_for_any_circle() {
        for seats in 1..=20 {
            let parts = agenda(seats);
            assert_eq!(parts.last().unwrap().to, 60);
            assert!(parts.windows(2).all(|two| two[0].to == two[1].from));
            assert!(parts.iter().all(|part| part.from <= part.to));
        }
    }
}
