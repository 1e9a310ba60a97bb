//! The sample movement: everybody in it is invented. It lives in a throwaway folder, is reached
//! from this machine only, and has one-time doors for four people.

use std::collections::HashMap;

use jiff::civil::{Time as Clock, Weekday};
use mend_rules::hours::Hours;
use mend_rules::id::{AccountId, CircleId, GroupId, PersonId, SeriesId};
use mend_rules::meeting::{Nth, Series};
use mend_rules::movement::{STEWARD_DAYS, Source, zone};
use mend_rules::time::Time;
use mend_seal::Token;
use mend_store::{Scope, Store, StoreError, Tx};
use serde::Deserialize;

use crate::app::{Doors, dice, fresh};
use crate::circle::{self, Circle};
use crate::meeting::{self, Format, Meetings};
use crate::movement::{self, Person};
use crate::people;
use crate::web::visit::Movement;

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
}

/// Fills an empty store with the sample movement and opens its doors.
pub fn fill(
    store: &Store,
    key: &mend_seal::ColumnKey,
    now: Time,
) -> Result<(Doors, Vec<Door>), String> {
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
        now,
    };
    let seal = |email: &str, of: &Movement| movement::sealed_email(key, of.id, email);
    let place = sample.movement.clone();
    let mails: HashMap<String, movement::SealedEmail> = world
        .person
        .iter()
        .filter_map(|person| Some((person.key.clone(), seal(person.email.as_deref()?, &place))))
        .collect();
    let accounts = store
        .write_now(Scope::Movement(place.id.0), move |tx| {
            sample.people.clear();
            sample.all(tx, &world, &mails)
        })
        .map_err(|e| e.to_string())?;
    Ok(doors(accounts))
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
        });
    }
    (Doors::new(by_digest), shown)
}

const ROLES: [&str; 4] = ["steward", "keeper", "member", "newcomer"];

struct Filling {
    movement: Movement,
    people: HashMap<String, PersonId>,
    now: Time,
}

impl Filling {
    fn all(
        &mut self,
        tx: &mut Tx<'_>,
        world: &World,
        mails: &HashMap<String, movement::SealedEmail>,
    ) -> Result<HashMap<&'static str, AccountId>, StoreError> {
        movement::add(tx, &self.movement, self.now)?;
        movement::set_help(tx, self.movement.id, &world.help)?;
        let mut groups = HashMap::new();
        for name in &world.groups {
            let id = movement::group_named(tx, self.movement.id, name, GroupId(fresh()))?;
            groups.insert(name.as_str(), id);
        }
        for person in &world.person {
            self.person(tx, person, &groups, mails.get(&person.key))?;
        }
        for wish in &world.wish {
            let (of, other) = (self.people[&wish.of], self.people[&wish.not_with]);
            movement::add_wish(tx, self.movement.id, of, other)?;
        }
        for sample in &world.circle {
            self.circle(tx, sample)?;
        }
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
    fn circle(&self, tx: &mut Tx<'_>, sample: &Sample) -> Result<(), StoreError> {
        let place = self.movement.id;
        let series = Meetings {
            id: SeriesId(fresh()),
            series: Series {
                nth: Nth::ALL[1],
                weekday: Weekday::Tuesday,
                starts: Clock::constant(19, 0, 0, 0),
                minutes: 60,
                zone: self.movement.zone.clone(),
                first_on: sample
                    .began
                    .parse()
                    .unwrap_or_else(|_| self.now.day(&self.movement.zone)),
            },
            format: Format::Online,
            place: String::new(),
            sequence: 0,
            changed_at: self.now,
        };
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
        Ok(())
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
