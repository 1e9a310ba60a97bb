//! Letters: when one may go out, which of them go in one mail, and when a mail is tried again.
//! A letter that may not go out by mail stays for paper.

use jiff::civil::{Date, Time as Clock};
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};

use crate::time::Time;

/// What a letter is about. What it says beyond that stands on a page and not in the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A seat is offered; it can be answered by a link.
    Invitation,
    /// A meeting is tomorrow.
    Evening,
    /// A meeting begins in two hours.
    Soon,
    /// Something was moved, changed or called off.
    Change,
    /// Somebody asked to be called.
    Call,
}

impl Kind {
    /// All of them, in the order in which a mail tells them.
    pub const ALL: [Self; 5] = [
        Self::Call,
        Self::Invitation,
        Self::Change,
        Self::Soon,
        Self::Evening,
    ];

    /// The word that the store and the texts use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Evening => "evening",
            Self::Soon => "soon",
            Self::Change => "change",
            Self::Call => "call",
        }
    }

    /// Reads that word.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Reminders come at their own hour, and a call is wanted soon: they wait for no daily mail.
    fn waits_for_the_day(self) -> bool {
        matches!(self, Self::Invitation | Self::Change)
    }
}

/// How somebody wants to be reminded of a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// By a letter.
    Mail,
    /// By their own calendar program, from the feed.
    Calendar,
    /// Not at all.
    Nothing,
}

impl Channel {
    /// In the order they are offered.
    pub const ALL: [Self; 3] = [Self::Mail, Self::Calendar, Self::Nothing];

    /// The word that the store and the texts use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Calendar => "calendar",
            Self::Nothing => "nothing",
        }
    }

    /// Reads that word.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// Hours in which nothing comes, on the wall clock of whoever chose them. They may go over
/// midnight; where both ends are the same there are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quiet {
    /// The first quiet moment.
    pub from: Clock,
    /// The first moment that is not quiet any more.
    pub to: Clock,
}

impl Quiet {
    /// Whether a wall clock stands in them.
    pub fn has(&self, clock: Clock) -> bool {
        if self.from <= self.to {
            self.from <= clock && clock < self.to
        } else {
            self.from <= clock || clock < self.to
        }
    }

    /// The first moment from `at` on that is not quiet. Over a change of daylight saving the wall
    /// clock counts: a clock that is turned back into them makes them longer.
    pub fn end(&self, at: Time, zone: &TimeZone) -> Time {
        let local = at.stamp().to_zoned(zone.clone());
        if !self.has(local.time()) {
            return at;
        }
        let end = next(&local, self.to);
        // Turned back at its end, the clock may stand in the quiet hours a second time.
        if self.has(end.time()) {
            return next(&end, self.to).timestamp().into();
        }
        end.timestamp().into()
    }
}

/// The next moment after `from` at which the wall clock of its zone stands at `clock`. One that
/// daylight saving skips moves on by what is skipped; of one that comes twice each counts.
fn next(from: &Zoned, clock: Clock) -> Zoned {
    let zone = from.time_zone();
    let on = |day: Date| {
        let both = zone.to_ambiguous_zoned(day.to_datetime(clock));
        let twice = [both.clone().earlier(), both.later()];
        twice
            .into_iter()
            .flatten()
            .filter(|at| at > from)
            .min_by_key(Zoned::timestamp)
    };
    let days = (0..3).filter_map(|n: i64| from.date().checked_add(n.days()).ok());
    days.filter_map(on).next().unwrap_or_else(|| from.clone())
}

/// What somebody chose for the letters of one movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// No letter at all, without exception.
    pub muted: bool,
    /// The reminder the evening before.
    pub evening: Channel,
    /// The reminder two hours before.
    pub soon: Channel,
    /// Letters when something was moved or called off.
    pub changes: bool,
    /// One mail a day at this hour, instead of one soon after.
    pub daily: Option<Clock>,
    /// When nothing may come.
    pub quiet: Option<Quiet>,
}

impl Default for Choice {
    /// What holds for whoever chose nothing: few letters, and none at night.
    fn default() -> Self {
        Self {
            muted: false,
            evening: Channel::Mail,
            soon: Channel::Nothing,
            changes: true,
            daily: None,
            quiet: Some(Quiet {
                from: Clock::constant(21, 0, 0, 0),
                to: Clock::constant(8, 0, 0, 0),
            }),
        }
    }
}

impl Choice {
    /// Whether somebody wants letters of this kind.
    pub fn wants(&self, kind: Kind) -> bool {
        !self.muted
            && match kind {
                Kind::Evening => self.evening == Channel::Mail,
                Kind::Soon => self.soon == Channel::Mail,
                Kind::Change => self.changes,
                Kind::Invitation | Kind::Call => true,
            }
    }
}

/// Minutes in which several letters become one mail.
pub const TOGETHER: i64 = 5;

/// A letter that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// What it is about.
    pub kind: Kind,
    /// When it was written.
    pub made: Time,
}

/// When a letter may go out to somebody with this choice in this zone; `None` when it never may.
pub fn goes(letter: Waiting, choice: &Choice, zone: &TimeZone) -> Option<Time> {
    if !choice.wants(letter.kind) {
        return None;
    }
    let at = match (letter.kind, choice.daily) {
        (Kind::Evening | Kind::Soon, _) => letter.made,
        (kind, Some(hour)) if kind.waits_for_the_day() => {
            let made = letter.made.stamp().to_zoned(zone.clone());
            next(&made, hour).timestamp().into()
        }
        _ => letter.made.minutes(TOGETHER),
    };
    Some(not_in_quiet(at, choice, zone))
}

/// The first moment from `at` on that is not in somebody's quiet hours.
pub fn not_in_quiet(at: Time, choice: &Choice, zone: &TimeZone) -> Time {
    choice.quiet.map_or(at, |quiet| quiet.end(at, zone))
}

/// Which of somebody's letters go out in one mail now: none before one of them is due; then those
/// that are due, and with them whatever only waits for company. By their places in `waiting`.
pub fn in_one_mail(waiting: &[Waiting], choice: &Choice, zone: &TimeZone, now: Time) -> Vec<usize> {
    let due = |letter: &Waiting| goes(*letter, choice, zone).is_some_and(|at| at <= now);
    if !waiting.iter().any(due) {
        return Vec::new();
    }
    let along = |letter: &Waiting| {
        goes(*letter, choice, zone).is_some_and(|at| at <= now.minutes(TOGETHER))
    };
    let all = waiting.iter().enumerate();
    all.filter(|(_, letter)| along(letter))
        .map(|(at, _)| at)
        .collect()
}

/// The hour at which the evening before is, on the wall clock of whoever is reminded.
const EVENING: Clock = Clock::constant(18, 0, 0, 0);

/// When a reminder of a meeting is written, and until when it makes sense. The one the evening
/// before comes at six, and is over when the one two hours before would come.
pub fn reminder(kind: Kind, begins: Time, zone: &TimeZone) -> Option<(Time, Time)> {
    let soon = begins.minutes(-120);
    match kind {
        Kind::Evening => {
            let before = begins.day(zone).yesterday().ok()?;
            let evening = before.to_datetime(EVENING).to_zoned(zone.clone()).ok()?;
            Some((evening.timestamp().into(), soon))
        }
        Kind::Soon => Some((soon, begins)),
        _ => None,
    }
}

/// After so many minutes a mail that could not be handed over is tried again; `None` when it was
/// tried often enough. That is after about two days.
pub fn again(tries: i64) -> Option<i64> {
    const PAUSES: [i64; 11] = [1, 2, 5, 15, 30, 60, 180, 360, 720, 720, 720];
    let at = usize::try_from(tries.saturating_sub(1)).ok()?;
    PAUSES.get(at).copied()
}

#[cfg(test)]
mod tests;
