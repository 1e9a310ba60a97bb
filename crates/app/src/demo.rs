//! The sample movement: everybody in it is invented. It lives in a throwaway folder, is reached
//! from this machine only, and has one-time doors for four people.

pub mod journal;

use std::collections::HashMap;

use jiff::ToSpan;
use jiff::civil::{Time as Clock, Weekday};
use mend_rules::hours::Hours;
use mend_rules::id::{AccountId, CircleId, GroupId, MovementId, PersonId, SeriesId};
use mend_rules::meeting::{Cadence, Ends, Nth, Series};
use mend_rules::movement::{STEWARD_DAYS, Source, zone};
use mend_rules::step::{Number, Text, Wording};
use mend_rules::time::Time;
use mend_seal::Token;
use mend_store::{Scope, Store, StoreError, Tx};
use serde::Deserialize;

use crate::app::{App, Doors, dice, fresh};
use crate::ask::{Body, sample};
use crate::circle::{self, Circle};
use crate::live;
use crate::meeting::{self, Format, Meetings};
use crate::movement::{self, Person};
use crate::people;
use crate::step;
use crate::web::Problem;
use crate::web::visit::Movement;

mod half_year;
#[cfg(test)]
mod tests;

pub use half_year::HalfYear;
use half_year::{Cast, write_inventory};

const WORLD: &str = include_str!("../../../world/climate-justice-collective.toml");

#[derive(Deserialize)]
struct World {
    name: String,
    zone: String,
    source: String,
    help: String,
    groups: Vec<String>,
    person: Vec<Somebody>,
    wish: Vec<Wish>,
    circle: Vec<Sample>,
    wording: Vec<Reworded>,
    commitment: Vec<Promise>,
    ask: Vec<Ask>,
}

#[derive(Deserialize)]
struct Reworded {
    circle: Option<String>,
    step: u8,
    text: String,
    words: String,
}

#[derive(Deserialize)]
struct Promise {
    by: String,
    words: String,
    days: i64,
    circle: Option<String>,
}

#[derive(Deserialize)]
struct Ask {
    by: String,
    what: String,
    small: String,
    days: i64,
    to: Vec<String>,
    yes: Vec<String>,
}

#[derive(Deserialize)]
struct Somebody {
    key: String,
    name: String,
    groups: Vec<String>,
    email: Option<String>,
    #[serde(default)]
    languages: Vec<String>,
    #[serde(default)]
    keeps: bool,
    joined: Option<String>,
    #[serde(default)]
    hours: Vec<String>,
    zone: Option<String>,
    role: Option<String>,
}

#[derive(Deserialize)]
struct Wish {
    of: String,
    not_with: String,
}

#[derive(Deserialize)]
struct Sample {
    name: String,
    keeper: String,
    members: Vec<String>,
    began: String,
    ended: Option<String>,
}

/// A door for the console: whose it is and its secret.
pub struct Door {
    pub who: &'static str,
    pub token: String,
    pub account: AccountId,
}

/// The sample movement as it was filled in.
pub struct Filled {
    pub doors: Doors,
    pub shown: Vec<Door>,
    pub running: Option<Running>,
}

/// A circle that goes on, and everybody in it.
pub struct Running {
    of: (MovementId, CircleId),
    people: Vec<(PersonId, String)>,
}

/// Fills an empty store with the sample movement and opens its doors; with or without what
/// happened in it in the last half year.
pub fn fill(
    store: &Store,
    key: &mend_seal::ColumnKey,
    half_year: Option<HalfYear>,
    now: Time,
) -> Result<Filled, String> {
    let world: World = toml::from_str(WORLD).map_err(|e| e.to_string())?;
    let zone = zone(&world.zone).ok_or("the sample movement has no zone")?;
    let mut sample = Filling {
        movement: Movement {
            id: fresh().into(),
            address: "sample".into(),
            name: world.name.clone(),
            zone,
            source: Source::read(&world.source).unwrap_or(Source::Wisdom),
            circle_size: 6,
        },
        people: HashMap::new(),
        circles: HashMap::new(),
        now,
    };
    let place = sample.movement.clone();
    let today = now.day(&place.zone);
    let wrote = half_year.as_ref().map(|half| half.inventory(today));
    let sealed = Sealed::new(key, &world, &place, now);
    let filled = store.write_now(Scope::Movement(place.id.0), move |tx| {
        sample.people.clear();
        let accounts = sample.all(tx, &world, &sealed)?;
        let cast = Cast {
            movement: &sample.movement,
            people: &sample.people,
            now,
        };
        if let Some(half_year) = &half_year {
            half_year.fill(tx, &cast, &accounts)?;
        }
        Ok::<_, StoreError>((accounts, sample.running(&world)))
    });
    let (accounts, running) = filled.map_err(|e| e.to_string())?;
    if let (Some(running), Some(wrote)) = (&running, wrote) {
        write_inventory(store, key, running.of, &wrote).map_err(|e| e.to_string())?;
    }
    let (doors, shown) = doors(accounts);
    Ok(Filled {
        doors,
        shown,
        running,
    })
}

/// Lets the circle that goes on be held right now, in the middle of its first round.
pub async fn hold(app: &App, running: Option<Running>, now: Time) -> Result<(), String> {
    let Some(Running { of, people }) = running else {
        return Ok(());
    };
    let sealing = app.clone();
    let done = app.store.write(Scope::Movement(of.0.0), move |tx| {
        live::sample::hold(tx, &sealing.key.0, of, &people, now)
    });
    done.await.map_err(|e: StoreError| e.to_string())
}

/// What letters tell of, where the host named a folder for them.
pub fn write_letters(store: &Store, now: Time) -> Result<(), String> {
    let every = store.write_now(Scope::Instance, movement::every);
    for place in every.map_err(|e| e.to_string())? {
        let scope = Scope::Movement(place.id.0);
        store
            .write_now(scope, move |tx| circle::move_meetings(tx, place.id, now))
            .map_err(|problem: Problem| format!("The sample letters failed: {problem:?}."))?;
    }
    Ok(())
}

fn doors(accounts: HashMap<&'static str, AccountId>) -> (Doors, Vec<Door>) {
    let mut by_digest = HashMap::new();
    let mut shown = Vec::new();
    for who in ROLES {
        let Some(account) = accounts.get(who) else {
            continue;
        };
        let token = Token::<16>::make(&mut dice);
        by_digest.insert(token.digest(), (*account, "/m/sample".to_owned()));
        shown.push(Door {
            who,
            token: token.to_text().to_string(),
            account: *account,
        });
    }
    (Doors::new(by_digest), shown)
}

const ROLES: [&str; 4] = ["steward", "keeper", "member", "newcomer"];

/// What is sealed before anything is written.
struct Sealed {
    mails: HashMap<String, movement::SealedEmail>,
    commitments: Vec<sample::SealedCommitment>,
    asks: Vec<sample::SealedAsk>,
}

impl Sealed {
    fn new(key: &mend_seal::ColumnKey, world: &World, place: &Movement, now: Time) -> Self {
        let in_days = |days: i64| now.day(&place.zone).saturating_add(days.days());
        let mail = |person: &Somebody| {
            let email = person.email.as_deref()?;
            Some((
                person.key.clone(),
                movement::sealed_email(key, place.id, email),
            ))
        };
        let promise = |from: &Promise| {
            sample::commitment(key, fresh().into(), &from.words, in_days(from.days))
        };
        let ask = |from: &Ask| {
            let (what, small) = (from.what.clone(), from.small.clone());
            sample::ask(
                key,
                fresh().into(),
                &Body { what, small },
                in_days(from.days),
            )
        };
        Self {
            mails: world.person.iter().filter_map(mail).collect(),
            commitments: world.commitment.iter().map(promise).collect(),
            asks: world.ask.iter().map(ask).collect(),
        }
    }
}

struct Filling {
    movement: Movement,
    people: HashMap<String, PersonId>,
    circles: HashMap<String, CircleId>,
    now: Time,
}

impl Filling {
    fn all(
        &mut self,
        tx: &mut Tx<'_>,
        world: &World,
        sealed: &Sealed,
    ) -> Result<HashMap<&'static str, AccountId>, StoreError> {
        movement::add(tx, &self.movement, self.now)?;
        movement::set_help(tx, self.movement.id, &world.help)?;
        let mut groups = HashMap::new();
        for name in &world.groups {
            let id = movement::group_named(tx, self.movement.id, name, GroupId(fresh()))?;
            groups.insert(name.as_str(), id);
        }
        for person in &world.person {
            self.person(tx, person, &groups, sealed.mails.get(&person.key))?;
        }
        for wish in &world.wish {
            let (of, other) = (self.people[&wish.of], self.people[&wish.not_with]);
            movement::add_wish(tx, self.movement.id, of, other)?;
        }
        for sample in &world.circle {
            let id = self.circle(tx, sample)?;
            self.circles.insert(sample.name.clone(), id);
        }
        self.beside_the_path(tx, world, sealed)?;
        self.accounts(tx, world)
    }

    fn person(
        &mut self,
        tx: &mut Tx<'_>,
        from: &Somebody,
        groups: &HashMap<&str, GroupId>,
        mail: Option<&movement::SealedEmail>,
    ) -> Result<(), StoreError> {
        let id = PersonId(fresh());
        let person = Person {
            email_sealed: mail.map(|mail| mail.sealed.clone()),
            email_print: mail.map(|mail| mail.print.clone()),
            zone: from.zone.clone(),
            languages: from.languages.join(" "),
            hours: hours(&from.hours),
            keeps: from.keeps,
            joined_on: from.joined.clone(),
            ..Person::new(id, &from.name)
        };
        movement::add_row(tx, self.movement.id, &person, self.now)?;
        let of: Vec<(GroupId, bool)> = from
            .groups
            .iter()
            .filter_map(|g| groups.get(g.as_str()))
            .map(|g| (*g, false))
            .collect();
        movement::set_groups(tx, self.movement.id, id, &of)?;
        self.people.insert(from.key.clone(), id);
        Ok(())
    }

    /// The circles began and ended as if the sample movement had lived until today.
    fn circle(&self, tx: &mut Tx<'_>, sample: &Sample) -> Result<CircleId, StoreError> {
        let place = self.movement.id;
        let series = Meetings::new(
            SeriesId(fresh()),
            Series {
                cadence: Cadence::Monthly(Nth::ALL[1]),
                weekday: Weekday::Tuesday,
                starts: Clock::constant(19, 0, 0, 0),
                minutes: 60,
                zone: self.movement.zone.clone(),
                first_on: sample
                    .began
                    .parse()
                    .unwrap_or_else(|_| self.now.day(&self.movement.zone)),
                ends: Ends::Open,
            },
            Format::Online,
            self.now,
        );
        meeting::add(tx, place, &series)?;
        let row = Circle {
            id: CircleId(fresh()),
            name: sample.name.clone(),
            seats: sample.members.len() as u32,
            keeper: self.people.get(&sample.keeper).copied(),
            series: series.id,
        };
        let ended = sample.ended.as_ref().map(|_| self.now.days(-1));
        circle::add_circle(tx, place, &row, self.now, ended)?;
        for (at, member) in (0..).zip(&sample.members) {
            let taken = Time(self.now.0 + at);
            circle::add_seat(tx, place, row.id, self.people[member], taken)?;
            movement::mark_asked(tx, place, self.people[member], self.now)?;
        }
        Ok(row.id)
    }

    /// The circle that goes on, and everybody in it; whoever keeps it comes first.
    fn running(&self, world: &World) -> Option<Running> {
        let from = world.circle.iter().find(|circle| circle.ended.is_none())?;
        let named = |key: &String| {
            let person = world.person.iter().find(|person| person.key == *key)?;
            Some((self.people[key], person.name.clone()))
        };
        Some(Running {
            of: (self.movement.id, self.circles[&from.name]),
            people: from.members.iter().filter_map(named).collect(),
        })
    }

    /// What people made of the steps, promised and asked for.
    fn beside_the_path(
        &self,
        tx: &mut Tx<'_>,
        world: &World,
        sealed: &Sealed,
    ) -> Result<(), StoreError> {
        let person = |key: &String| self.people[key];
        let circle = |name: &Option<String>| Some(*self.circles.get(name.as_ref()?)?);
        for from in &world.wording {
            self.wording(tx, from, circle(&from.circle))?;
        }
        for (from, kept) in world.commitment.iter().zip(&sealed.commitments) {
            let by = (self.movement.id, person(&from.by));
            sample::add_commitment(tx, by, kept, circle(&from.circle))?;
        }
        for (from, kept) in world.ask.iter().zip(&sealed.asks) {
            let to: Vec<PersonId> = from.to.iter().map(person).collect();
            let yes: Vec<PersonId> = from.yes.iter().map(person).collect();
            sample::add_ask(tx, (self.movement.id, person(&from.by)), kept, &to, &yes)?;
        }
        Ok(())
    }

    fn wording(
        &self,
        tx: &mut Tx<'_>,
        from: &Reworded,
        circle: Option<CircleId>,
    ) -> Result<(), StoreError> {
        let (Some(step), Some(text)) = (Number::new(from.step), Text::read(&from.text)) else {
            return Err(StoreError::Odd(format!("no text {}", from.text)));
        };
        let wording = Wording {
            text,
            words: from.words.clone(),
            version: 1,
            since: self.now,
        };
        let kept = step::Kept {
            circle,
            step,
            wording,
        };
        step::add_wording(tx, self.movement.id, fresh(), &kept)
    }

    fn accounts(
        &self,
        tx: &mut Tx<'_>,
        world: &World,
    ) -> Result<HashMap<&'static str, AccountId>, StoreError> {
        let with_role = |role: &str| {
            world
                .person
                .iter()
                .find(|person| person.role.as_deref() == Some(role))
                .map(|p| &p.key)
        };
        let running = world.circle.iter().find(|circle| circle.ended.is_none());
        let keeper = running.map(|circle| &circle.keeper);
        let member = running.and_then(|c| c.members.iter().find(|m| **m != c.keeper));
        let who = [
            ("steward", with_role("steward")),
            ("keeper", keeper),
            ("member", member),
            ("newcomer", with_role("newcomer")),
        ];
        let mut accounts = HashMap::new();
        for (role, key) in who.into_iter().filter_map(|(role, key)| Some((role, key?))) {
            let account = AccountId(fresh());
            people::add_sample(tx, account, key, self.now)?;
            movement::take_place(tx, self.movement.id, self.people[key], account)?;
            accounts.insert(role, account);
        }
        for person in world
            .person
            .iter()
            .filter(|p| p.role.as_deref() == Some("steward"))
        {
            let until = self.now.days(STEWARD_DAYS);
            let id = self.people[&person.key];
            movement::set_steward(tx, self.movement.id, id, self.now, until)?;
        }
        Ok(accounts)
    }
}

/// "tue 18-22" on somebody's own clock.
fn hours(lines: &[String]) -> Hours {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let mut hours = Hours::default();
    for line in lines {
        let Some((day, (from, to))) = line
            .split_once(' ')
            .and_then(|(day, span)| Some((day, span.split_once('-')?)))
        else {
            continue;
        };
        let day = days.iter().position(|name| *name == day);
        if let (Some(day), Ok(from), Ok(to)) = (day, from.parse::<usize>(), to.parse::<usize>()) {
            (from..to).for_each(|hour| hours.set(day * 24 + hour));
        }
    }
    hours
}
