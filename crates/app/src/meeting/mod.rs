//! Meetings: series, the days they fall on, single meetings that are moved or cancelled, agendas,
//! and calendar feeds.
//! Never: keeps who came to one (that somebody stood in is known in `circle`, for two days).
//! See: `mend_rules::meeting`.

mod acts;
pub mod alarms;
pub mod feed;
mod form;
mod rows;
#[cfg(test)]
mod tests;
mod view;

pub use acts::{Chosen, change, choose, end, move_one, skip_one, undo_one};
pub use form::{Plan, plan, plan_fields, plan_sent};
pub use rows::{add, all, get, set_change};
pub use view::{
    agenda, cadence, date, day, elsewhere, few, part_what, part_word, when, when_said, when_there,
    whereabouts, whereabouts_said,
};

use jiff::Zoned;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use mend_rules::after::is_asked;
use mend_rules::id::SeriesId;
use mend_rules::meeting::{self as rule, Change, Ends, INVENTORY, Meeting, Series};
use mend_rules::time::Time;
use mend_rules::wave::Wave;

/// Where people come together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Room,
    Online,
    Hybrid,
}

impl Format {
    pub const ALL: [Self; 3] = [Self::Room, Self::Online, Self::Hybrid];

    pub fn word(self) -> &'static str {
        match self {
            Self::Room => "room",
            Self::Online => "online",
            Self::Hybrid => "hybrid",
        }
    }

    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.word() == word)
    }

    pub fn has_room(self) -> bool {
        self != Self::Online
    }

    pub fn has_line(self) -> bool {
        self != Self::Room
    }
}

/// The meetings of a circle: the series that goes on, what was changed of its meetings, and the
/// series before it.
#[derive(Debug, Clone)]
pub struct Meetings {
    pub id: SeriesId,
    pub series: Series,
    pub format: Format,
    /// A room, for those who come to one; may be empty.
    pub place: String,
    /// An address on the net; may be empty.
    pub link: String,
    /// A number to dial; may be empty.
    pub dial: String,
    /// How often it was changed, for calendars.
    pub sequence: u32,
    pub changed_at: Time,
    /// What was changed of single meetings.
    pub changes: Vec<Change>,
    /// Steps that the circle chose for single meetings.
    pub steps: Vec<(Date, u32)>,
    /// Meetings that the circle chose for a group inventory.
    pub inventories: Vec<Date>,
    /// The series before it, oldest first.
    pub earlier: Vec<Meetings>,
}

impl Meetings {
    /// A series of which nothing is known but when.
    pub fn new(id: SeriesId, series: Series, format: Format, now: Time) -> Self {
        Self {
            id,
            series,
            format,
            place: String::new(),
            link: String::new(),
            dial: String::new(),
            sequence: 0,
            changed_at: now,
            changes: Vec::new(),
            steps: Vec::new(),
            inventories: Vec::new(),
            earlier: Vec::new(),
        }
    }

    /// Every series, oldest first.
    pub fn parts(&self) -> impl Iterator<Item = &Self> {
        self.earlier.iter().chain([self])
    }

    /// Every meeting there was and will be, cancelled ones too, in order.
    pub fn every(&self) -> impl Iterator<Item = Meeting> + '_ {
        rule::meetings(self.parts().map(|part| (&part.series, &part.changes[..])))
    }

    /// The meetings from `now` on, cancelled ones too; one that still lasts counts.
    pub fn coming(&self, now: Time) -> impl Iterator<Item = Meeting> + '_ {
        let now = moment(now);
        self.every()
            .skip_while(move |meeting| meeting.ends() <= now)
    }

    /// The next meeting that takes place.
    pub fn next_meeting(&self, now: Time) -> Option<Meeting> {
        self.coming(now).find(|meeting| !meeting.is_cancelled())
    }

    /// When the next meeting begins.
    pub fn next(&self, now: Time) -> Option<Zoned> {
        self.next_meeting(now).map(|meeting| meeting.begins)
    }

    /// Whether a meeting ended a day ago, and no more than two, that began after `since`.
    pub fn is_a_day_over(&self, now: Time, wave: Option<Wave>, since: Time) -> bool {
        // Two days and the longest meeting there is ago.
        let from = moment(since.max(now.minutes(-(48 * 60 + LONGEST))));
        let to = moment(now);
        let lately = self.every().skip_while(|one| one.begins < from);
        let lately = lately.take_while(|one| one.begins <= to);
        let mut held = lately.filter(|one| !one.is_cancelled());
        held.any(|one| is_asked(ended(&one, wave), now))
    }

    /// Whether a meeting begins on a day, and takes place.
    pub fn has_on(&self, day: Date) -> bool {
        let all = self.every().skip_while(|one| one.begins.date() < day);
        let mut that_day = all.take_while(|one| one.begins.date() == day);
        that_day.any(|one| !one.is_cancelled())
    }

    /// The meeting that falls on a day by its series.
    pub fn on(&self, day: Date) -> Option<Meeting> {
        let mut all = self.every().skip_while(|meeting| meeting.on < day);
        all.next().filter(|meeting| meeting.on == day)
    }

    /// One meeting alone, as a series of its own.
    pub fn only(&self, on: Date) -> Self {
        let part = self.part(on);
        let mut id = part.id.0;
        for (byte, other) in id.iter_mut().zip(on.to_string().bytes()) {
            *byte ^= other;
        }
        let changes = part.changes.iter().filter(|change| change.on == on);
        Self {
            id: SeriesId(id),
            series: Series {
                first_on: on,
                ends: Ends::After(1),
                ..part.series.clone()
            },
            changes: changes.cloned().collect(),
            earlier: Vec::new(),
            ..part.clone()
        }
    }

    /// The series that a meeting belongs to.
    pub fn part(&self, on: Date) -> &Self {
        let begun = |part: &&Self| part.series.first_on <= on;
        self.earlier
            .iter()
            .chain([self])
            .rev()
            .find(begun)
            .unwrap_or(self)
    }

    /// The step that the circle chose for a meeting.
    pub fn chosen_step(&self, on: Date) -> Option<u32> {
        let steps = &self.part(on).steps;
        steps
            .iter()
            .find(|(day, _)| *day == on)
            .map(|(_, step)| *step)
    }

    /// Whether the circle chose a meeting for a group inventory, and there is time for one.
    pub fn is_inventory(&self, meeting: &Meeting, wave: Option<Wave>) -> bool {
        let chosen = self.part(meeting.on).inventories.contains(&meeting.on);
        chosen && minutes_of(meeting, wave) >= INVENTORY.into()
    }
}

/// When a meeting is over: in a wave no later than the wave lets it.
pub fn ended(meeting: &Meeting, wave: Option<Wave>) -> Time {
    let begins = Time::from(meeting.begins.timestamp());
    begins.minutes(minutes_of(meeting, wave))
}

/// No meeting lasts longer, in minutes.
const LONGEST: i64 = 240;

/// How long a meeting lasts, in minutes: in a wave no longer than the wave lets it.
pub fn minutes_of(meeting: &Meeting, wave: Option<Wave>) -> i64 {
    Wave::minutes(wave, meeting.begins.date(), meeting.minutes)
}

/// Whether a meeting is shorter than usual, because of a wave.
pub fn is_short(meeting: &Meeting, wave: Option<Wave>) -> bool {
    minutes_of(meeting, wave) < meeting.minutes
}

/// So many coming meetings are compared, which is more than two years of a weekly circle.
const COMPARED: usize = 120;

/// Whether somebody who only knows what was said before would come at a wrong hour, to a wrong
/// place, or for nothing.
pub fn is_elsewhere(before: &Meetings, after: &Meetings, now: Time) -> bool {
    let said = |meetings: &Meetings| -> Vec<_> {
        let coming = meetings.coming(now).filter(|one| !one.is_cancelled());
        let coming = coming.take(COMPARED);
        coming.map(|one| where_and_when(meetings, one)).collect()
    };
    said(before) != said(after)
}

type WhereAndWhen = (Zoned, i64, Format, [String; 3]);

/// All that somebody has to know to come to a meeting.
pub fn where_and_when(meetings: &Meetings, one: Meeting) -> WhereAndWhen {
    let part = meetings.part(one.on);
    let room = match one.place.is_empty() {
        true => part.place.clone(),
        false => one.place,
    };
    let whereabouts = [room, part.link.clone(), part.dial.clone()];
    (one.begins, one.minutes, part.format, whereabouts)
}

/// A moment for comparing with meetings.
pub fn moment(now: Time) -> Zoned {
    now.stamp().to_zoned(TimeZone::UTC)
}
