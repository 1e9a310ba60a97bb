//! A circle while it is held: who is here, who has the talking piece, which part of the hour it is.
//! One value; [`step`] makes the next one from it.
//!
//! Never: keeps what was said, who passed once a round is over, or for how long anybody spoke; asks
//! a device for its clock.
//! See: `order` for who speaks after whom, `deed` for what can be done.

mod deed;
mod order;
mod round;
#[cfg(test)]
mod tests;

pub use deed::{Act, Deed, Refusal, step};
pub use order::{announced, ring_of};
pub use round::Round;

use jiff::civil::Date;

use crate::id::PersonId;
use crate::meeting;
use crate::time::Time;

/// The most people around one talking piece.
pub const MOST_SEATS: usize = 20;
/// No circle goes on for longer, in minutes.
pub const HARD_STOP: i64 = 90;
/// So many minutes before the meeting its keeper may open the circle.
pub const EARLY: i64 = 15;
/// A circle that was opened and never begun closes by itself after so many minutes.
pub const UNBEGUN: i64 = 120;
/// How often in a circle a turn may have a minute more.
pub const EXTRAS: u8 = 2;
/// A minute more, in seconds.
pub const EXTRA: i64 = 60;
/// So long after the end of a turn, in seconds, anybody may hand the piece on: whoever holds it has
/// lost their line.
pub const PATIENCE: i64 = 60;

/// One part of the hour as it is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The word that the texts use.
    pub word: String,
    /// How long it is meant to take.
    pub seconds: i64,
    /// How long a turn is meant to take, where the piece goes around.
    pub turn: Option<i64>,
}

/// What is settled of a meeting before anybody is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The day it falls on by its series; none for one that is held outside of it.
    pub on: Option<Date>,
    /// How long it is meant to be, in minutes.
    pub minutes: u32,
    /// How many seats the circle has, free ones too.
    pub seats: u32,
    /// Some are in the room and some on the line.
    pub hybrid: bool,
    /// The steps it holds; none where the circle chooses, and where only a few have come.
    pub steps: Vec<u32>,
    /// Only a few have come, and it is the twenty-minute check-in without a step.
    pub few: bool,
    /// It is a group inventory, which has an agenda of its own and no step.
    pub inventory: bool,
}

/// Somebody who is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Somebody {
    /// Who it is.
    pub id: PersonId,
    /// The name that the others see.
    pub name: String,
    /// On the line, and not in the room.
    pub remote: bool,
    /// Has a screen of their own; for the others the keeper hands on.
    pub device: bool,
    /// Takes a break.
    pub resting: bool,
    /// The first round in which they have a turn, counted from 0; later for those who come late.
    pub from_round: usize,
}

/// A call: somebody asks that a person stays with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Who asks.
    pub who: PersonId,
    /// Whether it was answered.
    pub heard: bool,
}

/// When something last moved, so that a deed done to what one saw before is known as such.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moved {
    /// The version that moved the piece.
    pub piece: i64,
    /// The version that moved on to another part.
    pub part: i64,
    /// The version that changed who keeps.
    pub keeper: i64,
}

/// A circle while it is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Goes up by one with every deed.
    pub version: i64,
    /// What was settled before.
    pub setting: Setting,
    /// Everybody with a seat, from the one whose turn it is to begin today.
    pub ring: Vec<PersonId>,
    /// Who is here; from the beginning on, in the order that was announced.
    pub people: Vec<Somebody>,
    /// When the doors opened.
    pub opened_at: Time,
    /// When the first part began.
    pub began_at: Option<Time>,
    /// When it was over.
    pub ended_at: Option<Time>,
    /// Since when all of it rests.
    pub paused_at: Option<Time>,
    /// The hour; empty before the beginning.
    pub parts: Vec<Part>,
    /// Which part it is.
    pub at: usize,
    /// Since when.
    pub part_since: Time,
    /// Who has the talking piece; where nobody has, it lies in the middle.
    pub holder: Option<PersonId>,
    /// Since when.
    pub turn_since: Time,
    /// What this turn has more, in seconds.
    pub extra: i64,
    /// How often a turn may still have more.
    pub extras_left: u8,
    /// Who is still to come in this round.
    pub round: Round,
    /// Which of the questions it is, counted on and on.
    pub question: usize,
    /// Who keeps.
    pub keeper: Option<PersonId>,
    /// Who keeps beside them.
    pub co_keeper: Option<PersonId>,
    /// Who looks after those who ask for somebody; the keeper where nobody is named.
    pub carer: Option<PersonId>,
    /// Who asks for somebody.
    pub calls: Vec<Call>,
    /// Whether anybody has asked for somebody, be it over or not.
    pub cared: bool,
    /// How many were here at once, at most.
    pub most: usize,
    /// When what last moved.
    pub moved: Moved,
    /// The latest deeds, so that none is done twice.
    pub done: Vec<[u8; 16]>,
}

impl State {
    /// Opens the doors. `ring` holds everybody with a seat, from the one who begins today (see
    /// [`ring_of`]); `keepers` are those who keep this meeting, whether they are here yet or not.
    pub fn open(
        ring: Vec<PersonId>,
        keepers: [Option<PersonId>; 2],
        setting: Setting,
        now: Time,
    ) -> Self {
        let [keeper, co_keeper] = keepers;
        Self {
            version: 1,
            setting,
            ring,
            people: Vec::new(),
            opened_at: now,
            began_at: None,
            ended_at: None,
            paused_at: None,
            parts: Vec::new(),
            at: 0,
            part_since: now,
            holder: None,
            turn_since: now,
            extra: 0,
            extras_left: EXTRAS,
            round: Round::default(),
            question: 0,
            keeper,
            co_keeper,
            carer: None,
            calls: Vec::new(),
            cared: false,
            most: 0,
            moved: Moved::default(),
            done: Vec::new(),
        }
    }

    /// Somebody who is here.
    pub fn somebody(&self, id: PersonId) -> Option<&Somebody> {
        self.people.iter().find(|one| one.id == id)
    }

    /// The name of somebody who is here.
    pub fn name(&self, id: PersonId) -> Option<&str> {
        self.somebody(id).map(|one| one.name.as_str())
    }

    /// Whether fewer are here than the circle needs to meet as planned.
    pub fn is_few(&self) -> bool {
        self.people.len() < meeting::quorum(self.setting.seats) as usize
    }

    /// How the meeting would be held by so many people.
    pub fn planned(&self, people: usize) -> Vec<Part> {
        match self.setting.inventory {
            true => held(meeting::inventory, people),
            false => hour(self.setting.minutes, people),
        }
    }

    /// The part that it is, once the circle has begun.
    pub fn part(&self) -> Option<&Part> {
        self.began_at.and_then(|_| self.parts.get(self.at))
    }

    /// Whether the piece goes around now.
    pub fn is_round(&self) -> bool {
        self.part().is_some_and(|part| part.turn.is_some())
    }

    /// Which round it is or comes next, counted from 0.
    pub fn round_number(&self) -> usize {
        let before = self.parts.iter().take(self.at);
        before.filter(|part| part.turn.is_some()).count()
    }

    /// Whether somebody leads: keeps, or keeps beside. Where nobody keeps, everybody here does.
    pub fn leads(&self, id: PersonId) -> bool {
        let here = self.somebody(id).is_some();
        let kept = [self.keeper, self.co_keeper].into_iter().flatten();
        let mut kept = kept.filter(|one| self.somebody(*one).is_some()).peekable();
        here && (kept.peek().is_none() || kept.any(|one| one == id))
    }

    /// Seconds that are left of the turn; below 0 when it lasts longer.
    pub fn turn_left(&self, now: Time) -> Option<i64> {
        self.holder?;
        let turn = self.part()?.turn?;
        Some(turn + self.extra - self.seconds_since(self.turn_since, now))
    }

    /// Whole minutes since the beginning.
    pub fn minutes(&self, now: Time) -> i64 {
        let until = self.ended_at.unwrap_or(now);
        self.began_at
            .map_or(0, |began| (until.0 - began.0).max(0) / 60_000_000)
    }

    fn seconds_since(&self, since: Time, now: Time) -> i64 {
        let until = self.paused_at.unwrap_or(now);
        (until.0 - since.0).max(0) / 1_000_000
    }

    /// Whether somebody may hand the piece on: whoever has it, whoever leads, and everybody here
    /// once the turn is long over.
    pub fn may_pass(&self, id: PersonId, now: Time) -> bool {
        let Some(holder) = self.holder else {
            return false;
        };
        let late = self.turn_left(now).is_some_and(|left| left <= -PATIENCE);
        holder == id || self.leads(id) || late && self.somebody(id).is_some()
    }

    /// Who has the piece after this one, as far as can be told.
    pub fn next(&self) -> Option<PersonId> {
        let awake = |id: &&PersonId| self.somebody(**id).is_some_and(|one| !one.resting);
        self.round.to_come().find(awake).copied()
    }

    /// Who hears that somebody asks for a person: the one named for it, else who keeps, else who
    /// keeps beside them. Nobody hears their own call.
    pub fn carer_for(&self, who: PersonId) -> Option<PersonId> {
        let asked = [self.carer, self.keeper, self.co_keeper];
        let here = |id: &PersonId| *id != who && self.somebody(*id).is_some();
        asked.into_iter().flatten().find(here)
    }

    /// The calls that somebody hears; everybody else is shown none.
    pub fn calls_for(&self, id: PersonId) -> impl Iterator<Item = &Call> {
        let theirs = move |call: &&Call| self.carer_for(call.who) == Some(id);
        self.calls.iter().filter(theirs)
    }

    /// Whether it has to end now: [`HARD_STOP`] after the beginning, [`UNBEGUN`] after the opening
    /// of one that never began.
    pub fn is_over(&self, now: Time) -> bool {
        let end = match self.began_at {
            Some(began) => began.minutes(HARD_STOP),
            None => self.opened_at.minutes(UNBEGUN),
        };
        self.ended_at.is_some() || now >= end
    }

    /// The same circle without a trace of somebody who is erased or has left the movement.
    #[must_use]
    pub fn without(&self, who: PersonId, now: Time) -> Self {
        let mut next = self.clone();
        next.goes(who, now);
        next.ring.retain(|id| *id != who);
        next.calls.retain(|call| call.who != who);
        next.round.forget(who);
        next.version += 1;
        next
    }
}

/// What an agenda keeps free, and a circle therefore never enters.
const BUFFER: &str = "buffer";
/// The length of the check-in when only a few have come, in minutes.
pub const SHORT: u32 = 20;

/// A meeting of so many minutes as it is held by so many people.
pub fn hour(minutes: u32, people: usize) -> Vec<Part> {
    held(|seats| meeting::agenda(minutes, seats), people)
}

fn held(agenda: impl Fn(u32) -> Vec<meeting::Part>, people: usize) -> Vec<Part> {
    let people = people.clamp(1, MOST_SEATS);
    let agenda = agenda(u32::try_from(people).unwrap_or(1));
    let held = agenda.iter().filter(|part| part.word != BUFFER);
    held.map(|part| Part {
        word: part.word.to_owned(),
        seconds: i64::from(part.to - part.from) * 60,
        turn: turn(part),
    })
    .collect()
}

/// How long a turn is meant to take in a part of an agenda, in seconds that can be said aloud.
pub fn turn(part: &meeting::Part) -> Option<i64> {
    part.turn.map(|turn| plain(turn.into()))
}

/// A length that can be said aloud: full quarters of a minute, or five seconds where it is short.
fn plain(seconds: i64) -> i64 {
    let step = if seconds < 45 { 5 } else { 15 };
    (seconds / step * step).max(10)
}

/// Whether somebody may open the doors: the keeper from [`EARLY`] minutes before the meeting on,
/// everybody else with a seat from its beginning; until it would be over. At other hours only the
/// keeper, who has to say that it is meant.
pub fn may_open(begins: Option<Time>, minutes: i64, keeps: bool, meant: bool, now: Time) -> bool {
    let from = |begins: Time| {
        if keeps {
            begins.minutes(-EARLY)
        } else {
            begins
        }
    };
    let due =
        begins.is_some_and(|begins| now >= from(begins) && now < begins.minutes(minutes.max(1)));
    due || keeps && meant
}
