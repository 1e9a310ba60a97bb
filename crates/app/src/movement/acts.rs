//! What can be done with a movement: begin it, change it, add people, appoint stewards.

use mend_rules::id::{AccountId, GroupId, MovementId, PersonId};
use mend_rules::movement::{NAME_LENGTH, STEWARD_DAYS, Source, tidy, zone};
use mend_rules::time::Time;
use mend_seal::{ColumnKey, Token};
use mend_store::{StoreError, Tx};

use super::rows::{self, person::Person};
use crate::app::{App, dice, fresh};
use crate::ledger::{self, Deed};
use crate::post;
use crate::web::form::Fields;
use crate::web::visit::Movement;
use crate::web::{Me, Problem};

/// What is needed to begin a movement.
#[derive(Debug, Clone)]
pub struct Begin {
    /// Made when the form was shown, so that sending it twice begins one movement.
    pub id: MovementId,
    pub name: String,
    pub zone: jiff::tz::TimeZone,
    pub source: Source,
    pub circle_size: u32,
    pub groups: Vec<String>,
    /// The name of whoever begins it, their first steward.
    pub by: String,
}

impl Begin {
    /// Reads a form; the keys of the texts that say what is not right, with the field's name.
    pub fn read(fields: &Fields) -> Result<Self, Vec<(&'static str, &'static str)>> {
        let (name, by) = (tidy(&fields.text("name")), tidy(&fields.text("by")));
        let zone = zone(&fields.text("zone")).filter(|zone| zone.iana_name().is_some());
        let source = Source::read(&fields.text("source")).unwrap_or(Source::Wisdom);
        let circle_size = fields.parse("size").unwrap_or(6);
        let groups = fields.text("groups");
        let groups: Vec<String> = groups.lines().map(tidy).filter(|g| !g.is_empty()).collect();
        let fits = |name: &str| !name.is_empty() && name.chars().count() <= NAME_LENGTH;
        let checks = [
            (fits(&name), ("name", "begin-name-wrong")),
            (fits(&by), ("by", "begin-by-wrong")),
            (zone.is_some(), ("zone", "begin-zone-wrong")),
            (
                (3..=12).contains(&circle_size),
                ("size", "begin-size-wrong"),
            ),
            (
                groups.iter().all(|g| fits(g)),
                ("groups", "begin-groups-wrong"),
            ),
            (fields.text("age") == "adult", ("age", "age-unsaid")),
        ];
        let wrong = checks
            .into_iter()
            .filter(|(right, _)| !right)
            .map(|(_, wrong)| wrong);
        match (zone, wrong.collect::<Vec<_>>()) {
            (Some(zone), wrong) if wrong.is_empty() => Ok(Self {
                id: fields.parse("fresh").unwrap_or(MovementId(fresh())),
                name,
                zone,
                source,
                circle_size,
                groups,
                by,
            }),
            (_, wrong) => Err(wrong),
        }
    }
}

/// Begins a movement, with whoever begins it as its first steward.
///
/// # Errors
/// [`Problem::Gone`] when the form was sent before.
pub fn begin(
    tx: &mut Tx<'_>,
    begin: &Begin,
    account: AccountId,
    now: Time,
) -> Result<(Movement, PersonId), Problem> {
    let movement = Movement {
        id: begin.id,
        address: address(),
        name: begin.name.clone(),
        zone: begin.zone.clone(),
        source: begin.source,
        circle_size: begin.circle_size,
    };
    tx.enter(mend_store::Scope::Movement(movement.id.0))?;
    match rows::add(tx, &movement, now) {
        Err(StoreError::Taken) => return Err(Problem::Gone("begin-twice")),
        other => other?,
    }
    for group in &begin.groups {
        rows::group_named(tx, movement.id, group, GroupId(fresh()))?;
    }
    let steward = Person {
        account: Some(account),
        ..Person::new(PersonId(fresh()), &begin.by)
    };
    rows::person::add(tx, movement.id, &steward, now)?;
    rows::set_steward(tx, movement.id, steward.id, now, now.days(STEWARD_DAYS))?;
    ledger::note_by(tx, movement.id, account, Deed::MovementBegun, None, now)?;
    Ok((movement, steward.id))
}

/// Ten letters and digits without a meaning: an address stands in browsers' histories.
fn address() -> String {
    let id = MovementId(fresh()).to_string();
    id[..10].to_owned()
}

pub fn save(tx: &mut Tx<'_>, me: &Me, movement: &Movement, now: Time) -> Result<(), Problem> {
    rows::save(tx, movement)?;
    ledger::note(tx, me, Deed::MovementChanged, None, now)?;
    Ok(())
}

/// What a steward may say of a person.
#[derive(Debug, Clone, Default)]
pub struct Told {
    pub name: String,
    pub email: Option<String>,
    pub groups: Vec<(GroupId, bool)>,
    pub keeps: bool,
    pub do_not_contact: bool,
    pub languages: String,
}

/// Whom a steward's form is about.
#[derive(Debug, Clone, Copy)]
pub enum Whom {
    /// Nobody yet; the id was made when the form was shown, so that sending it twice adds one.
    New(PersonId),
    Known(PersonId),
}

/// Adds a person, or changes one.
pub fn add_person(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    me: &Me,
    whom: Whom,
    told: &Told,
    now: Time,
) -> Result<PersonId, Problem> {
    let found = match whom {
        Whom::Known(id) => rows::person::one(tx, me.movement, id)?.ok_or(Problem::NotFound)?,
        Whom::New(id) if rows::person::one(tx, me.movement, id)?.is_some() => return Ok(id),
        Whom::New(id) => Person::new(id, ""),
    };
    let own = found.account.is_some();
    let person = Person {
        name: if own {
            found.name.clone()
        } else {
            told.name.clone()
        },
        keeps: if own { found.keeps } else { told.keeps },
        languages: if own {
            found.languages.clone()
        } else {
            told.languages.clone()
        },
        email_sealed: told
            .email
            .as_ref()
            .map(|email| seal_email(key, me.movement, email)),
        email_print: told
            .email
            .as_ref()
            .map(|email| email_print(key, me.movement, email)),
        do_not_contact: told.do_not_contact,
        ..found
    };
    let saved = match whom {
        Whom::Known(_) => rows::person::save(tx, me.movement, &person),
        Whom::New(_) => rows::person::add(tx, me.movement, &person, now),
    };
    match saved {
        Err(StoreError::Taken) => return Err(Problem::Refused("person-email-taken")),
        other => other?,
    }
    rows::person::set_groups(tx, me.movement, person.id, &told.groups)?;
    if person.do_not_contact {
        post::hush(tx, me.movement, person.id)?;
    }
    Ok(person.id)
}

/// An e-mail address as it is kept.
#[derive(Debug, Clone)]
pub struct SealedEmail {
    pub sealed: Vec<u8>,
    pub print: Vec<u8>,
}

/// Seals an address to its movement, with the print it is found by.
pub fn sealed_email(key: &ColumnKey, movement: MovementId, email: &str) -> SealedEmail {
    SealedEmail {
        sealed: seal_email(key, movement, email),
        print: email_print(key, movement, email),
    }
}

/// E-mail addresses are sealed at rest, each to its movement.
pub(super) fn seal_email(key: &ColumnKey, movement: MovementId, email: &str) -> Vec<u8> {
    key.seal("email", &movement.0, email.as_bytes(), &mut dice)
}

/// The address in a sealed column, if this key sealed it for this movement.
pub fn open_email(key: &ColumnKey, movement: MovementId, sealed: &[u8]) -> Option<String> {
    let plain = key.open("email", &movement.0, sealed).ok()?;
    String::from_utf8(plain).ok()
}

/// What somebody needs, as its column keeps it; nothing for nothing.
pub(super) fn seal_needs(key: &ColumnKey, movement: MovementId, needs: &str) -> Option<Vec<u8>> {
    let sealed = || key.seal("needs", &movement.0, needs.as_bytes(), &mut dice);
    (!needs.is_empty()).then(sealed)
}

/// What somebody needs, for themselves and the keepers of their circles.
pub fn needs(key: &ColumnKey, movement: MovementId, sealed: Option<&[u8]>) -> Option<String> {
    let plain = key.open("needs", &movement.0, sealed?).ok()?;
    String::from_utf8(plain).ok()
}

/// A keyed print by which the same address is found again.
pub(super) fn email_print(key: &ColumnKey, movement: MovementId, email: &str) -> Vec<u8> {
    key.fingerprint("email", &format!("{movement}|{email}"))
        .to_vec()
}

/// A link that begins an instance, or makes whoever opens it a steward; good for an hour.
pub fn open_link(
    tx: &mut Tx<'_>,
    movement: Option<MovementId>,
    now: Time,
) -> Result<Token<16>, StoreError> {
    let token = Token::make(&mut dice);
    rows::set_open_link(tx, &token.digest(), movement, now, now.minutes(60))?;
    Ok(token)
}

/// Lets another person serve as a steward, or one serve for another year.
pub fn appoint(tx: &mut Tx<'_>, me: &Me, person: PersonId, now: Time) -> Result<(), Problem> {
    let found = rows::person::one(tx, me.movement, person)?.ok_or(Problem::NotFound)?;
    if found.account.is_none() {
        return Err(Problem::Refused("steward-unclaimed"));
    }
    if rows::safeguarding::minor_at(tx, me.movement, person)?.is_some() {
        return Err(Problem::Refused("steward-minor"));
    }
    rows::set_steward(tx, me.movement, person, now, now.days(STEWARD_DAYS))?;
    ledger::note(tx, me, Deed::StewardAppointed, None, now)?;
    Ok(())
}

/// What somebody says of themselves on their own page.
pub fn save_own(tx: &mut Tx<'_>, me: &Me, change: impl FnOnce(&mut Person)) -> Result<(), Problem> {
    let mut person = rows::person::one(tx, me.movement, me.person)?.ok_or(Problem::NotFound)?;
    change(&mut person);
    rows::person::set_own(tx, me.movement, &person)?;
    Ok(())
}

/// Everything that people of a movement wish for, replaced at once.
pub fn save_wishes(tx: &mut Tx<'_>, me: &Me, others: &[PersonId]) -> Result<(), Problem> {
    rows::person::drop_wishes(tx, me.movement, me.person)?;
    for other in others.iter().filter(|other| **other != me.person) {
        if rows::person::name_of(tx, me.movement, *other)?.is_some() {
            rows::person::add_wish(tx, me.movement, me.person, *other)?;
        }
    }
    Ok(())
}

impl App {
    pub(super) fn claim_url(&self, movement: &Movement, token: &Token<16>) -> String {
        format!(
            "{}/m/{}/claim/{}",
            self.base.origin,
            movement.address,
            *token.to_text()
        )
    }
}
