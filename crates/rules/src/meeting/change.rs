//! Single meetings that are moved or cancelled, and series that change from a day on.

use jiff::civil::{Date, DateTime};
use jiff::{ToSpan, Zoned};

use super::cadence::{Ends, Series};

/// How one meeting differs from its series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The day on which it falls by its series. It stays its name, wherever it is moved.
    pub on: Date,
    /// Where on the wall clock of the series it was moved to.
    pub to: Option<DateTime>,
    /// Another place for this one meeting; empty is the usual one.
    pub place: String,
    /// Whether it does not take place.
    pub cancelled: bool,
}

/// One meeting of a circle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// The day on which it falls by its series.
    pub on: Date,
    /// When it begins, or would have begun.
    pub begins: Zoned,
    /// How long it lasts, in minutes.
    pub minutes: i64,
    /// Which of the circle's meetings it is, from 1; none while it is cancelled.
    pub number: Option<u32>,
    /// Whether it was moved to another time.
    pub moved: bool,
    /// Another place for this one meeting; empty is the usual one.
    pub place: String,
}

impl Meeting {
    /// Whether it does not take place.
    pub fn is_cancelled(&self) -> bool {
        self.number.is_none()
    }

    /// When it ends.
    pub fn ends(&self) -> Zoned {
        self.begins.clone().saturating_add(self.minutes.minutes())
    }
}

/// All meetings of a circle in order, cancelled ones too: one series after the other, each with
/// what was changed of its meetings. Only meetings that take place are numbered.
pub fn meetings<'a>(
    series: impl IntoIterator<Item = (&'a Series, &'a [Change])> + 'a,
) -> impl Iterator<Item = Meeting> + 'a {
    let all = series
        .into_iter()
        .flat_map(|(series, changes)| series.days().filter_map(move |on| one(series, changes, on)));
    let mut number = 0;
    all.map(move |(mut meeting, cancelled)| {
        number += u32::from(!cancelled);
        meeting.number = (!cancelled).then_some(number);
        meeting
    })
}

fn one(series: &Series, changes: &[Change], on: Date) -> Option<(Meeting, bool)> {
    let change = changes.iter().find(|change| change.on == on);
    let to = change.and_then(|change| change.to);
    let begins = match to {
        Some(to) => to.to_zoned(series.zone.clone()).ok()?,
        None => series.begins(on)?,
    };
    let meeting = Meeting {
        on,
        begins,
        minutes: series.minutes,
        number: None,
        moved: to.is_some(),
        place: change
            .map(|change| change.place.clone())
            .unwrap_or_default(),
    };
    Some((meeting, change.is_some_and(|change| change.cancelled)))
}

/// Why a meeting stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeTrouble {
    /// There is no such meeting.
    NotThere,
    /// It has begun, or would begin in the past.
    Past,
    /// It would come before the meeting before it, or after the one after it.
    Order,
}

/// Whether the meeting of a day may be moved to a moment: it has not begun, and it stays between
/// the meetings before and after it, so that their numbers and steps stay in order.
///
/// # Errors
/// Why not. Cancelled meetings keep their place in the order, so that they can be taken back.
pub fn check_move(
    all: impl Iterator<Item = Meeting>,
    on: Date,
    to: &Zoned,
    now: &Zoned,
) -> Result<(), ChangeTrouble> {
    let (mut before, mut found) = (None, None);
    for meeting in all {
        if meeting.on == on {
            found = Some(meeting);
        } else if found.is_some() {
            return fits(before, found, Some(meeting), to, now);
        } else if meeting.on > on {
            break;
        } else {
            before = Some(meeting);
        }
    }
    fits(before, found, None, to, now)
}

fn fits(
    before: Option<Meeting>,
    found: Option<Meeting>,
    after: Option<Meeting>,
    to: &Zoned,
    now: &Zoned,
) -> Result<(), ChangeTrouble> {
    let found = found.ok_or(ChangeTrouble::NotThere)?;
    if to <= now || found.begins <= *now && !found.is_cancelled() {
        return Err(ChangeTrouble::Past);
    }
    let early = before.is_some_and(|before| *to <= before.begins);
    let late = after.is_some_and(|after| *to >= after.begins);
    if early || late {
        return Err(ChangeTrouble::Order);
    }
    Ok(())
}

/// Whether a meeting may go back to what its series says: the same as moving it there.
///
/// # Errors
/// Why not.
pub fn check_undo(
    all: impl Iterator<Item = Meeting>,
    series: &Series,
    on: Date,
    now: &Zoned,
) -> Result<(), ChangeTrouble> {
    let back = series.begins(on).ok_or(ChangeTrouble::NotThere)?;
    check_move(all, on, &back, now)
}

/// A series that changes from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The old series with its end; none where no meeting of it was before that day.
    pub old: Option<Series>,
    /// The series from that day on.
    pub new: Series,
}

/// Changes a series from a day on (this and all following): the old one ends before that day, and
/// the new one begins there, though never before a moved meeting of the old one.
pub fn turn(series: &Series, changes: &[Change], from: Date, next: &Series) -> Turn {
    let eve = from.saturating_sub(1.day());
    let old = Series {
        ends: Ends::On(match series.ends {
            Ends::On(day) => day.min(eve),
            Ends::Open | Ends::After(_) => last_before(series, from).unwrap_or(eve),
        }),
        ..series.clone()
    };
    let last = meetings([(&old, changes)]).last();
    let after = last
        .as_ref()
        .map(|last| last.begins.date().saturating_add(1.day()));
    let mut new = Series {
        first_on: after.map_or(from, |after| after.max(from)),
        ..next.clone()
    };
    // In a zone further east a later day may begin before the last meeting did.
    let first = meetings([(&new, &[][..])]).next();
    if let (Some(last), Some(first)) = (&last, first)
        && first.begins <= last.begins
    {
        new.first_on = first.on.saturating_add(1.day());
    }
    Turn {
        old: last.map(|_| old),
        new,
    }
}

fn last_before(series: &Series, from: Date) -> Option<Date> {
    series.days().take_while(|day| *day < from).last()
}
