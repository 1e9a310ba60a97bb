//! An ask: one small thing by one day, to a few people whom one chooses.
//! Never: holds anybody to it; a no needs no reason and leaves no trace.

use jiff::ToSpan;
use jiff::civil::Date;

/// The longest ask, in characters.
pub const LENGTH: usize = 200;
/// The longest line about how small it is, in characters.
pub const SMALL_LENGTH: usize = 80;
/// The most days an ask waits.
pub const DAYS: i64 = 30;
/// The most people one ask goes to.
pub const PEOPLE: usize = 12;
/// The most asks that somebody has open at once: a few that are answered, not many that tire.
pub const OPEN: usize = 5;

/// Why an ask cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskTrouble {
    /// It says nothing, or is too long to be small.
    Words,
    /// Its day is over, or too far away.
    Day,
    /// It goes to nobody, or to too many.
    People,
    /// Enough others are open.
    Open,
}

/// What somebody typed.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The one thing that is asked for.
    pub what: &'a str,
    /// How small it is, in own words; may be empty.
    pub small: &'a str,
    /// The day by which it is needed.
    pub until: Option<Date>,
    /// How many people were chosen.
    pub people: usize,
    /// How many others of the same person are open.
    pub open: usize,
}

/// The day on which an ask ends, if it can be made today.
///
/// # Errors
/// The first [`AskTrouble`].
pub fn made(ask: &Ask<'_>, today: Date) -> Result<Date, AskTrouble> {
    let length = ask.what.chars().count();
    if !(1..=LENGTH).contains(&length) || ask.small.chars().count() > SMALL_LENGTH {
        return Err(AskTrouble::Words);
    }
    let until = ask
        .until
        .filter(|day| (today..=furthest(today)).contains(day));
    let until = until.ok_or(AskTrouble::Day)?;
    if !(1..=PEOPLE).contains(&ask.people) {
        return Err(AskTrouble::People);
    }
    if ask.open >= OPEN {
        return Err(AskTrouble::Open);
    }
    Ok(until)
}

/// The furthest day of an ask that is made today.
pub fn furthest(today: Date) -> Date {
    today.saturating_add(DAYS.days())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 12, 1);

    fn ask<'a>() -> Ask<'a> {
        Ask {
            what: "Could you carry two tables on Friday?",
            small: "",
            until: Some(date(2026, 12, 4)),
            people: 2,
            open: 0,
        }
    }

    #[test]
    fn a_small_ask_with_a_day_and_people_is_made_and_ends_on_its_day() {
        assert_eq!(made(&ask(), TODAY), Ok(date(2026, 12, 4)));
        for day in [TODAY, furthest(TODAY)] {
            assert_eq!(
                made(
                    &Ask {
                        until: Some(day),
                        ..ask()
                    },
                    TODAY
                ),
                Ok(day)
            );
        }
    }

    #[test]
    fn what_is_missing_or_too_much_is_said() {
        let long = "x".repeat(LENGTH + 1);
        let wrong = |ask| made(&ask, TODAY).unwrap_err();
        assert_eq!(wrong(Ask { what: "", ..ask() }), AskTrouble::Words);
        assert_eq!(
            wrong(Ask {
                what: &long,
                ..ask()
            }),
            AskTrouble::Words
        );
        assert_eq!(
            wrong(Ask {
                small: &long,
                ..ask()
            }),
            AskTrouble::Words
        );
        for day in [None, Some(date(2026, 11, 30)), Some(date(2027, 1, 1))] {
            assert_eq!(
                wrong(Ask {
                    until: day,
                    ..ask()
                }),
                AskTrouble::Day
            );
        }
        for people in [0, PEOPLE + 1] {
            assert_eq!(wrong(Ask { people, ..ask() }), AskTrouble::People);
        }
        assert_eq!(
            wrong(Ask {
                open: OPEN,
                ..ask()
            }),
            AskTrouble::Open
        );
    }
}
