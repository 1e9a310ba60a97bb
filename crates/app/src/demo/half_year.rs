//! What happened in the sample movement in the half year until today, from a file of its own.

use std::collections::HashMap;

use jiff::ToSpan;
use jiff::civil::{Date, Time as Clock, Weekday};
use mend_rules::care::Month;
use mend_rules::id::{AccountId, AskingId, CircleId, LiveId, MovementId, PersonId, SeriesId};
use mend_rules::inventory::Quarter;
use mend_rules::joining::{ASKING_DAYS, LINK_DAYS};
use mend_rules::meeting::{Cadence, Change, Ends, Meeting, Series, Walk, steps};
use mend_rules::time::Time;
use mend_seal::ColumnKey;
use mend_store::{Scope, Store, StoreError, Tx};
use serde::Deserialize;

use crate::app::fresh;
use crate::ask::sample;
use crate::circle::inventory::{Typed, sample as sample_of};
use crate::circle::{self, Circle, Planned, Ways};
use crate::ledger::{self, Deed};
use crate::live::{self, Held};
use crate::meeting::{self, Format, Meetings};
use crate::movement::{self, Asking, Link};
use crate::people;
use crate::web::visit::Movement;

const HALF_YEAR: &str = include_str!("../../../../world/half-year.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HalfYear {
    deed: Vec<Done>,
    circle: Vec<Sample>,
    change: Vec<Changed>,
    keeping: Vec<Keeping>,
    held: Vec<Kept>,
    agreement: Vec<Agreement>,
    inventory: Looked,
    care: Vec<Care>,
    pause: Vec<Pause>,
    joining: Joining,
    asking: Vec<Asks>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Done {
    ago: i64,
    by: String,
    what: Deed,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sample {
    name: String,
    keeper: String,
    members: Vec<String>,
    ago: i64,
    weekday: String,
    starts: String,
    format: String,
    place: String,
    walk: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Changed {
    circle: String,
    meeting: usize,
    #[serde(default)]
    out: bool,
    #[serde(default)]
    days: i64,
    #[serde(default)]
    place: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Keeping {
    circle: String,
    meeting: usize,
    keeper: String,
    second: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    circle: String,
    meeting: usize,
    count: i64,
    minutes: i64,
    #[serde(default)]
    care: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Agreement {
    circle: String,
    lines: Vec<String>,
    yes: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct Looked {
    again: i64,
    #[serde(flatten)]
    lines: HashMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Care {
    months: usize,
    hours: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pause {
    who: String,
    ago: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Joining {
    ago: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asks {
    key: String,
    name: String,
    pronouns: String,
    languages: String,
    ago: i64,
}

impl HalfYear {
    pub fn read() -> Result<Self, String> {
        toml::from_str(HALF_YEAR).map_err(|e| e.to_string())
    }

    /// What the circle that goes on wrote down in the quarter before today's.
    pub fn inventory(&self, today: Date) -> (Quarter, Typed) {
        let quarter = Quarter::of(today).before();
        let again = quarter.last().saturating_add(self.inventory.again.days());
        (quarter, Typed::sample(&self.inventory.lines, again))
    }

    /// Writes it, once the people and their accounts are there.
    pub fn fill(
        &self,
        tx: &mut Tx<'_>,
        cast: &Cast<'_>,
        accounts: &HashMap<&'static str, AccountId>,
    ) -> Result<(), StoreError> {
        let mut circles = HashMap::new();
        for from in &self.circle {
            circles.insert(from.name.as_str(), self.circle(tx, cast, from)?);
        }
        for from in &self.agreement {
            let (circle, _) = found(&circles, &from.circle)?;
            circle::set_agreements(tx, cast.movement.id, *circle, (1, &from.lines))?;
            for key in &from.yes {
                let who = (*circle, cast.people[key]);
                circle::set_consent(tx, cast.movement.id, who, Some(1))?;
            }
        }
        for from in &self.keeping {
            let (circle, meetings) = found(&circles, &from.circle)?;
            let planned = Planned {
                on: nth(meetings, from.meeting)?.on,
                keeper: Some(cast.people[&from.keeper]),
                second: from.second.as_ref().map(|key| cast.people[key]),
                ..Planned::default()
            };
            circle::set_planned(tx, cast.movement.id, *circle, &planned)?;
        }
        for from in &self.held {
            let (circle, meetings) = found(&circles, &from.circle)?;
            let one = nth(meetings, from.meeting)?;
            let step = one.number.and_then(|number| steps(Walk::Sequence, number));
            let held = Held {
                id: LiveId(fresh()),
                circle: *circle,
                on: one.begins.date().to_string(),
                minutes: from.minutes,
                count: from.count,
                step: step.map(|steps| i64::from(*steps.start())),
                format: meetings.format,
                care: from.care,
            };
            live::sample::add_held(tx, cast.movement.id, &held)?;
        }
        self.people(tx, cast)?;
        for done in &self.deed {
            if let Some(by) = accounts.get(done.by.as_str()) {
                let then = cast.now.days(-done.ago);
                ledger::note_by(tx, cast.movement.id, *by, done.what, None, then)?;
            }
        }
        Ok(())
    }

    fn circle(
        &self,
        tx: &mut Tx<'_>,
        cast: &Cast<'_>,
        from: &Sample,
    ) -> Result<(CircleId, Meetings), StoreError> {
        let (place, began) = (cast.movement.id, cast.now.days(-from.ago));
        let meetings = self.meetings(cast, from, began)?;
        meeting::add(tx, place, &meetings)?;
        for change in &meetings.changes {
            meeting::set_change(tx, place, meetings.id, change)?;
        }
        let row = Circle {
            id: CircleId(fresh()),
            name: from.name.clone(),
            seats: from.members.len() as u32,
            keeper: Some(cast.people[&from.keeper]),
            series: meetings.id,
        };
        circle::add_circle(tx, place, &row, began, None)?;
        for (at, member) in (0..).zip(&from.members) {
            let person = cast.people[member];
            circle::add_seat(tx, place, row.id, person, Time(began.0 + at))?;
            movement::mark_asked(tx, place, person, began)?;
        }
        let ways = Ways {
            walk: Walk::read(&from.walk).ok_or_else(|| odd(&from.walk))?,
            ..Ways::default()
        };
        circle::set_ways(tx, place, row.id, ways)?;
        Ok((row.id, meetings))
    }

    fn meetings(
        &self,
        cast: &Cast<'_>,
        from: &Sample,
        began: Time,
    ) -> Result<Meetings, StoreError> {
        let starts: Clock = from.starts.parse().map_err(|_| odd(&from.starts))?;
        let format = Format::read(&from.format).ok_or_else(|| odd(&from.format))?;
        let series = Series {
            cadence: Cadence::FourWeekly,
            weekday: weekday(&from.weekday)?,
            starts,
            minutes: 60,
            zone: cast.movement.zone.clone(),
            first_on: began.day(&cast.movement.zone),
            ends: Ends::Open,
        };
        let mut meetings = Meetings {
            place: from.place.clone(),
            ..Meetings::new(SeriesId(fresh()), series, format, began)
        };
        for change in self.change.iter().filter(|one| one.circle == from.name) {
            let one = nth(&meetings, change.meeting)?;
            let moved = (change.days != 0).then(|| one.on.saturating_add(change.days.days()));
            meetings.changes.push(Change {
                on: one.on,
                to: moved.map(|day: Date| day.to_datetime(starts)),
                place: change.place.clone(),
                cancelled: change.out,
            });
        }
        Ok(meetings)
    }

    /// What the movement knows of single people, and of those who would like to join it.
    fn people(&self, tx: &mut Tx<'_>, cast: &Cast<'_>) -> Result<(), StoreError> {
        let (place, now) = (cast.movement.id, cast.now);
        for from in &self.pause {
            let id = cast.people[&from.who];
            let Some(person) = movement::person(tx, place, id)? else {
                continue;
            };
            let paused_at = Some(now.days(-from.ago));
            movement::set_own(
                tx,
                place,
                &movement::Person {
                    paused_at,
                    ..person
                },
            )?;
        }
        for care in &self.care {
            let today = Month::of(now.day(&cast.movement.zone));
            let month = (0..care.months).fold(today, |month, _| month.before());
            sample::add_care(tx, place, month, care.hours)?;
        }
        let link = Link {
            mark: fresh(),
            ends: now.days(LINK_DAYS - self.joining.ago),
        };
        movement::set_link(tx, place, link)?;
        for from in &self.asking {
            let (then, account) = (now.days(-from.ago), AccountId(fresh()));
            people::add_sample(tx, account, &from.key, then)?;
            let asking = Asking {
                id: AskingId(fresh()),
                account,
                name: from.name.clone(),
                knows_sealed: None,
                pronouns: from.pronouns.clone(),
                languages: from.languages.clone(),
                minor: false,
                first: None,
            };
            movement::add_asking(tx, place, &asking, then, then.days(ASKING_DAYS))?;
        }
        Ok(())
    }
}

/// Writes what a circle wrote down; it is sealed before anything is written.
pub fn write_inventory(
    store: &Store,
    key: &ColumnKey,
    (movement, circle): (MovementId, CircleId),
    (quarter, lines): &(Quarter, Typed),
) -> Result<(), StoreError> {
    let row = sample_of(key, (circle, *quarter), lines)?;
    store.write_now(Scope::Movement(movement.0), move |tx| {
        circle::set_inventory(tx, movement, circle, &row)
    })
}

/// Who is there when the half year is told.
pub struct Cast<'a> {
    pub movement: &'a Movement,
    pub people: &'a HashMap<String, PersonId>,
    pub now: Time,
}

fn odd(word: &str) -> StoreError {
    StoreError::Odd(format!("the half year does not know {word}"))
}

fn found<'a, T>(all: &'a HashMap<&str, T>, name: &str) -> Result<&'a T, StoreError> {
    all.get(name).ok_or_else(|| odd(name))
}

fn nth(meetings: &Meetings, number: usize) -> Result<Meeting, StoreError> {
    let at = number.checked_sub(1).ok_or_else(|| odd("meeting 0"))?;
    meetings.every().nth(at).ok_or_else(|| odd("that meeting"))
}

fn weekday(name: &str) -> Result<Weekday, StoreError> {
    let days = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let at = (0..).zip(days).find(|(_, day)| *day == name);
    at.and_then(|(at, _)| Weekday::from_monday_zero_offset(at).ok())
        .ok_or_else(|| odd(name))
}
