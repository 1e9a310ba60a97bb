//! People of a movement, what they say of themselves, and whom they would rather not sit with.

use std::collections::HashMap;

use mend_rules::circle::Candidate;
use mend_rules::hours::Hours;
use mend_rules::id::{AccountId, GroupId, MovementId, PersonId};
use mend_rules::time::Time;
use mend_store::{Row, Scope, Sql, StoreError, Tx, sql};

/// A person as the tables keep them; the e-mail address is sealed.
#[derive(Debug, Clone)]
pub struct Person {
    pub id: PersonId,
    pub account: Option<AccountId>,
    pub name: String,
    pub email_sealed: Option<Vec<u8>>,
    pub email_print: Option<Vec<u8>>,
    pub external_id: Option<String>,
    pub zone: Option<String>,
    pub languages: String,
    pub hours: Hours,
    pub keeps: bool,
    pub do_not_contact: bool,
    pub joined_on: Option<String>,
    /// When they were first invited to a circle; before, they are "not asked".
    pub asked_at: Option<Time>,
    pub paused_at: Option<Time>,
}

impl Person {
    pub fn new(id: PersonId, name: &str) -> Self {
        Self {
            id,
            account: None,
            name: name.to_owned(),
            email_sealed: None,
            email_print: None,
            external_id: None,
            zone: None,
            languages: String::new(),
            hours: Hours::default(),
            keeps: false,
            do_not_contact: false,
            joined_on: None,
            asked_at: None,
            paused_at: None,
        }
    }
}

fn person(row: &Row) -> Result<Person, StoreError> {
    Ok(Person {
        id: PersonId(row.id(0)?),
        account: row.maybe_id(1)?.map(AccountId),
        name: row.text(2)?,
        email_sealed: row.maybe_bytes(3)?,
        email_print: row.maybe_bytes(4)?,
        external_id: row.maybe_text(5)?,
        zone: row.maybe_text(6)?,
        languages: row.text(7)?,
        hours: Hours::from_bytes(&row.maybe_bytes(8)?.unwrap_or_default()),
        keeps: row.int(9)? == 1,
        do_not_contact: row.int(10)? == 1,
        joined_on: row.maybe_text(11)?,
        paused_at: row.maybe_int(12)?.map(Time),
        asked_at: row.maybe_int(13)?.map(Time),
    })
}

/// Everybody who has not left, by name.
pub fn list(tx: &mut Tx<'_>, movement: MovementId) -> Result<Vec<Person>, StoreError> {
    sql!(
        "SELECT id, account_id, name, email_sealed, email_print, external_id, zone, languages,
                hours, keeps, do_not_contact, joined_on, paused_at, asked_at
           FROM person WHERE movement_id = $1 AND left_at IS NULL ORDER BY name, id"
    )
    .id(movement)
    .all(tx, person)
}

/// The next people who have not left, by their ids, so that many can be read without holding all.
pub fn after(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: PersonId,
    most: i64,
) -> Result<Vec<Person>, StoreError> {
    sql!(
        "SELECT id, account_id, name, email_sealed, email_print, external_id, zone, languages,
                hours, keeps, do_not_contact, joined_on, paused_at, asked_at
           FROM person WHERE movement_id = $1 AND id > $2 AND left_at IS NULL
          ORDER BY id LIMIT $3"
    )
    .id(movement)
    .id(id)
    .int(most)
    .all(tx, person)
}

pub fn one(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: PersonId,
) -> Result<Option<Person>, StoreError> {
    sql!(
        "SELECT id, account_id, name, email_sealed, email_print, external_id, zone, languages,
                hours, keeps, do_not_contact, joined_on, paused_at, asked_at
           FROM person WHERE movement_id = $1 AND id = $2 AND left_at IS NULL"
    )
    .id(movement)
    .id(id)
    .maybe(tx, person)
}

pub fn name_of(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: PersonId,
) -> Result<Option<String>, StoreError> {
    sql!("SELECT name FROM person WHERE movement_id = $1 AND id = $2 AND left_at IS NULL")
        .id(movement)
        .id(id)
        .maybe(tx, |row| row.text(0))
}

/// Ids and names of everybody who has not left, by name.
pub fn names(tx: &mut Tx<'_>, movement: MovementId) -> Result<Vec<(PersonId, String)>, StoreError> {
    sql!("SELECT id, name FROM person WHERE movement_id = $1 AND left_at IS NULL ORDER BY name, id")
        .id(movement)
        .all(tx, |row| Ok((PersonId(row.id(0)?), row.text(1)?)))
}

pub fn add(
    tx: &mut Tx<'_>,
    movement: MovementId,
    from: &Person,
    now: Time,
) -> Result<(), StoreError> {
    adding(movement, from, now).run(tx).map(|_| ())
}

/// Many new people, and their working groups with whether they lead them.
pub fn add_all(
    tx: &mut Tx<'_>,
    movement: MovementId,
    all: &[(Person, Vec<(GroupId, bool)>)],
    now: Time,
) -> Result<(), StoreError> {
    let people = all.iter().map(|(person, _)| adding(movement, person, now));
    Sql::run_all(&people.collect::<Vec<_>>(), tx)?;
    let groups = all.iter().flat_map(|(person, groups)| {
        let joins = groups.iter();
        joins.map(|group| joining(movement, person.id, *group))
    });
    Sql::run_all(&groups.collect::<Vec<_>>(), tx).map(|_| ())
}

fn adding(movement: MovementId, from: &Person, now: Time) -> Sql {
    sql!(
        "INSERT INTO person (id, movement_id, account_id, name, email_sealed, email_print,
                external_id, zone, languages, hours, keeps, do_not_contact, joined_on, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
    )
    .id(from.id)
    .id(movement)
    .maybe_id(from.account)
    .text(from.name.clone())
    .maybe_bytes(from.email_sealed.clone())
    .maybe_bytes(from.email_print.clone())
    .maybe_text(from.external_id.clone())
    .maybe_text(from.zone.clone())
    .text(from.languages.clone())
    .maybe_bytes(hours(&from.hours))
    .int(from.keeps)
    .int(from.do_not_contact)
    .maybe_text(from.joined_on.clone())
    .int(now)
}

fn hours(hours: &Hours) -> Option<Vec<u8>> {
    (!hours.is_unknown()).then(|| hours.to_bytes())
}

/// Saves what others may change of a person: what a list or a steward says.
pub fn save(tx: &mut Tx<'_>, movement: MovementId, from: &Person) -> Result<(), StoreError> {
    sql!(
        "UPDATE person SET name = $3, email_sealed = $4, email_print = $5, external_id = $6,
                zone = $7, languages = $8, keeps = $9, do_not_contact = $10, joined_on = $11
          WHERE movement_id = $1 AND id = $2"
    )
    .id(movement)
    .id(from.id)
    .text(from.name.clone())
    .maybe_bytes(from.email_sealed.clone())
    .maybe_bytes(from.email_print.clone())
    .maybe_text(from.external_id.clone())
    .maybe_text(from.zone.clone())
    .text(from.languages.clone())
    .int(from.keeps)
    .int(from.do_not_contact)
    .maybe_text(from.joined_on.clone())
    .run(tx)
    .map(|_| ())
}

/// Saves what a person says of themselves.
pub fn set_own(tx: &mut Tx<'_>, movement: MovementId, from: &Person) -> Result<(), StoreError> {
    sql!(
        "UPDATE person SET name = $3, zone = $4, languages = $5, keeps = $6, hours = $7,
                paused_at = $8
          WHERE movement_id = $1 AND id = $2"
    )
    .id(movement)
    .id(from.id)
    .text(from.name.clone())
    .maybe_text(from.zone.clone())
    .text(from.languages.clone())
    .int(from.keeps)
    .maybe_bytes(hours(&from.hours))
    .maybe_int(from.paused_at)
    .run(tx)
    .map(|_| ())
}

/// Notes that somebody was invited, so that they no longer count as not asked.
pub fn mark_asked(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: PersonId,
    now: Time,
) -> Result<(), StoreError> {
    sql!("UPDATE person SET asked_at = $3 WHERE movement_id = $1 AND id = $2 AND asked_at IS NULL")
        .id(movement)
        .id(id)
        .int(now)
        .run(tx)
        .map(|_| ())
}

/// Takes out a row that nobody has claimed; `false` when somebody has.
pub fn remove_unclaimed(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: PersonId,
) -> Result<bool, StoreError> {
    let removed =
        sql!("DELETE FROM person WHERE movement_id = $1 AND id = $2 AND account_id IS NULL")
            .id(movement)
            .id(id)
            .run(tx)?;
    Ok(removed == 1)
}

/// Gives a place to an account; `false` when somebody was quicker.
pub fn take_place(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: PersonId,
    account: AccountId,
) -> Result<bool, StoreError> {
    let taken = sql!(
        "UPDATE person SET account_id = $3
          WHERE movement_id = $1 AND id = $2 AND account_id IS NULL"
    )
    .id(movement)
    .id(id)
    .id(account)
    .run(tx)?;
    Ok(taken == 1)
}

/// Working groups of everybody: whom, in which group, and whether they lead it.
pub fn memberships(
    tx: &mut Tx<'_>,
    movement: MovementId,
) -> Result<HashMap<PersonId, Vec<(GroupId, bool)>>, StoreError> {
    let all = sql!(
        "SELECT person_id, group_id, leads FROM membership WHERE movement_id = $1
          ORDER BY person_id, group_id"
    )
    .id(movement)
    .all(tx, |row| {
        Ok((
            PersonId(row.id(0)?),
            (GroupId(row.id(1)?), row.int(2)? == 1),
        ))
    })?;
    let mut by_person: HashMap<PersonId, Vec<(GroupId, bool)>> = HashMap::new();
    for (person, group) in all {
        by_person.entry(person).or_default().push(group);
    }
    Ok(by_person)
}

/// The working groups of one person, and whether they lead them.
pub fn groups_of(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: PersonId,
) -> Result<Vec<(GroupId, bool)>, StoreError> {
    sql!(
        "SELECT group_id, leads FROM membership WHERE movement_id = $1 AND person_id = $2
          ORDER BY group_id"
    )
    .id(movement)
    .id(id)
    .all(tx, |row| Ok((GroupId(row.id(0)?), row.int(1)? == 1)))
}

pub fn set_groups(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: PersonId,
    groups: &[(GroupId, bool)],
) -> Result<(), StoreError> {
    sql!("DELETE FROM membership WHERE movement_id = $1 AND person_id = $2")
        .id(movement)
        .id(id)
        .run(tx)?;
    let joins = groups.iter().map(|group| joining(movement, id, *group));
    Sql::run_all(&joins.collect::<Vec<_>>(), tx).map(|_| ())
}

/// Puts somebody into groups they are not in yet.
fn joining(movement: MovementId, id: PersonId, (group, leads): (GroupId, bool)) -> Sql {
    sql!(
        "INSERT INTO membership (person_id, group_id, movement_id, leads)
         VALUES ($1, $2, $3, $4)"
    )
    .id(id)
    .id(group)
    .id(movement)
    .int(leads)
}

/// Everybody whom a proposal may seat, hours on the movement's clock as of `now`; and those it may
/// not, because they pause or asked not to be contacted.
pub fn candidates(
    tx: &mut Tx<'_>,
    movement: MovementId,
    zone: &jiff::tz::TimeZone,
    now: Time,
) -> Result<(Vec<Candidate>, Vec<Candidate>), StoreError> {
    let mut groups = memberships(tx, movement)?;
    let minors = super::safeguarding::minors(tx, movement)?;
    let own = |person: &Person| {
        let own = person.zone.as_deref().and_then(mend_rules::movement::zone);
        own.unwrap_or_else(|| zone.clone())
    };
    let mut people = list(tx, movement)?;
    people.sort_by_key(|person| person.id);
    let mut candidate = |person: Person| Candidate {
        id: person.id,
        groups: groups
            .remove(&person.id)
            .unwrap_or_default()
            .into_iter()
            .map(|(group, _)| group)
            .collect(),
        // A circle is kept by an adult.
        keeps: person.keeps && !minors.contains(&person.id),
        hours: (!person.hours.is_unknown())
            .then(|| person.hours.on_clock(&own(&person), zone, now.stamp())),
        languages: person
            .languages
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
    };
    let (here, away): (Vec<Person>, Vec<Person>) = people
        .into_iter()
        .partition(|person| person.paused_at.is_none() && !person.do_not_contact);
    let here = here.into_iter().map(&mut candidate).collect();
    Ok((here, away.into_iter().map(candidate).collect()))
}

/// Whom a person would rather not sit with; nobody but they may ask.
pub fn wishes(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: PersonId,
) -> Result<Vec<PersonId>, StoreError> {
    sql!("SELECT other_id FROM wish WHERE movement_id = $1 AND person_id = $2 ORDER BY other_id")
        .id(movement)
        .id(id)
        .all(tx, |row| row.id(0).map(PersonId))
}

pub fn add_wish(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: PersonId,
    other: PersonId,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO wish (person_id, other_id, movement_id) VALUES ($1, $2, $3)
         ON CONFLICT (person_id, other_id) DO NOTHING"
    )
    .id(id)
    .id(other)
    .id(movement)
    .run(tx)
    .map(|_| ())
}

pub fn drop_wishes(tx: &mut Tx<'_>, movement: MovementId, id: PersonId) -> Result<(), StoreError> {
    sql!("DELETE FROM wish WHERE movement_id = $1 AND person_id = $2")
        .id(movement)
        .id(id)
        .run(tx)
        .map(|_| ())
}

/// Pairs of whom one would rather not sit with the other, for the search alone.
pub fn wishes_between(
    tx: &mut Tx<'_>,
    movement: MovementId,
) -> Result<Vec<(PersonId, PersonId)>, StoreError> {
    sql!("SELECT person_id, other_id FROM wish WHERE movement_id = $1 ORDER BY person_id, other_id")
        .id(movement)
        .all(tx, |row| Ok((PersonId(row.id(0)?), PersonId(row.id(1)?))))
}

/// The places that an account has, left ones too.
pub fn places(
    tx: &mut Tx<'_>,
    account: AccountId,
) -> Result<Vec<(PersonId, MovementId)>, StoreError> {
    sql!("SELECT id, movement_id FROM person WHERE account_id = $1")
        .id(account)
        .all(tx, |row| Ok((PersonId(row.id(0)?), MovementId(row.id(1)?))))
}

/// Erases every place of an account; what points to a place goes with it.
pub fn let_go_of(tx: &mut Tx<'_>, account: AccountId) -> Result<(), StoreError> {
    for (person, movement) in places(tx, account)? {
        tx.enter(Scope::Movement(movement.0))?;
        super::upload::drop_all(tx, movement)?;
        sql!("DELETE FROM person WHERE movement_id = $1 AND id = $2")
            .id(movement)
            .id(person)
            .run(tx)?;
    }
    Ok(())
}
