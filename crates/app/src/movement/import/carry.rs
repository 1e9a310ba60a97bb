//! Writing what a list changes. It may be done twice, and a second time changes nothing.

use std::collections::HashMap;

use mend_rules::id::{GroupId, MovementId, PersonId};
use mend_rules::movement::folded;
use mend_rules::roster::{Entry, Outcome, What, merge};
use mend_rules::time::Time;
use mend_seal::ColumnKey;
use mend_store::{StoreError, Tx};

use super::compare::{known, not_again};
use crate::app::fresh;
use crate::movement::acts::{email_print, seal_email};
use crate::movement::rows::{self, person::Person};
use crate::post;

/// Writes some outcomes, in the transaction it is called in. Whoever has changed since they were
/// compared is compared once more; whoever has left since stays away.
pub fn carry_out(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    movement: MovementId,
    outcomes: &[Outcome],
    now: Time,
) -> Result<(), StoreError> {
    let mut groups = Groups::load(tx, movement)?;
    let not_again = not_again(tx, movement)?;
    let mut arriving = Vec::new();
    for outcome in outcomes {
        match (outcome.what, outcome.said.as_deref()) {
            (What::New, _) => {
                let new = Person::new(PersonId(fresh()), "");
                let person = filled(key, movement, new, &outcome.entry);
                let print = person.email_print.as_ref();
                if print.is_some_and(|print| not_again.contains(print)) {
                    continue;
                }
                let of = groups.ids(tx, &outcome.entry)?;
                arriving.push((person, of));
            }
            (What::Changed(id), Some(said)) => change(tx, key, &mut groups, id, said)?,
            _ => {}
        }
    }
    rows::person::add_all(tx, movement, &arriving, now)
}

fn change(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    groups: &mut Groups,
    id: PersonId,
    said: &Entry,
) -> Result<(), StoreError> {
    let movement = groups.movement;
    let Some(found) = rows::person::one(tx, movement, id)? else {
        return Ok(());
    };
    let of = rows::person::groups_of(tx, movement, id)?;
    let now = merge(
        &known(key, movement, &found, &of, &groups.names),
        said.clone(),
    );
    if now.said.is_some() {
        let person = filled(key, movement, found, &now.entry);
        rows::person::save(tx, movement, &person)?;
        let of = groups.ids(tx, &now.entry)?;
        rows::person::set_groups(tx, movement, id, &of)?;
        if person.do_not_contact {
            post::hush(tx, movement, id)?;
        }
    }
    Ok(())
}

fn filled(key: &ColumnKey, movement: MovementId, person: Person, entry: &Entry) -> Person {
    let mail = entry.email.as_deref();
    Person {
        name: entry.name.clone(),
        email_sealed: mail.map(|mail| seal_email(key, movement, mail)),
        email_print: mail.map(|mail| email_print(key, movement, mail)),
        external_id: entry.external_id.clone(),
        zone: entry.zone.clone(),
        languages: entry.languages.join(" "),
        keeps: entry.keeps.unwrap_or(false),
        do_not_contact: entry.do_not_contact,
        joined_on: entry.joined.map(|day| day.to_string()),
        ..person
    }
}

/// The working groups of a movement by their names, and by their ids.
struct Groups {
    movement: MovementId,
    by_name: HashMap<String, GroupId>,
    names: HashMap<GroupId, String>,
}

impl Groups {
    fn load(tx: &mut Tx<'_>, movement: MovementId) -> Result<Self, StoreError> {
        let names = rows::group_names(tx, movement)?;
        let by_name = names.iter().map(|(id, name)| (folded(name), *id)).collect();
        Ok(Self {
            movement,
            by_name,
            names,
        })
    }

    /// The groups of an entry, with whether they are led; those that are not there are made.
    fn ids(&mut self, tx: &mut Tx<'_>, entry: &Entry) -> Result<Vec<(GroupId, bool)>, StoreError> {
        let leads: Vec<String> = entry.leads.iter().map(|name| folded(name)).collect();
        let mut ids = Vec::with_capacity(entry.groups.len());
        for name in &entry.groups {
            let folded = folded(name);
            let id = match self.by_name.get(&folded) {
                Some(id) => *id,
                None => rows::group_named(tx, self.movement, name, GroupId(fresh()))?,
            };
            ids.push((id, leads.contains(&folded)));
            self.names.entry(id).or_insert_with(|| name.clone());
            self.by_name.insert(folded, id);
        }
        Ok(ids)
    }
}
