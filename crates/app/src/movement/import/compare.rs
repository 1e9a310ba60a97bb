//! What bringing in a list would change: the list beside who is here.

use std::collections::{HashMap, HashSet};

use mend_rules::id::{GroupId, MovementId, PersonId};
use mend_rules::roster::{Column, Entry, Known, Outcome, Plan, Roster, Trouble, What, plan, shape};
use mend_seal::ColumnKey;
use mend_store::{StoreError, Tx};

use super::file::File;
use crate::movement::acts::{email_print, open_email};
use crate::movement::rows::upload::{self, Upload};
use crate::movement::rows::{self, person::Person};

/// How many people are read at once.
const MANY: i64 = 2_000;

/// What the columns of a list are taken for.
#[derive(Debug)]
pub struct Chosen {
    pub columns: Vec<Column>,
    /// It was chosen for an earlier list of the same shape.
    pub remembered: bool,
}

/// What was chosen for a list, or for an earlier one of the same shape, or what it seems to be.
pub fn columns(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    movement: MovementId,
    file: &File<'_>,
    waiting: &Upload,
) -> Result<Chosen, StoreError> {
    let guessed = &file.head.columns;
    let fits = |columns: &Vec<Column>| columns.len() == guessed.len();
    if let Some(columns) = waiting.meanings.as_deref().map(read).filter(fits) {
        return Ok(Chosen {
            columns,
            remembered: false,
        });
    }
    let remembered = match shape_of(key, movement, file) {
        Some(shape) => upload::remembered(tx, movement, &shape)?,
        None => None,
    };
    let remembered = remembered.as_deref().map(read).filter(fits);
    Ok(Chosen {
        remembered: remembered.is_some(),
        columns: remembered.unwrap_or_else(|| guessed.clone()),
    })
}

/// Meanings as they are kept, in words.
pub fn written(columns: &[Column]) -> String {
    let words: Vec<&str> = columns.iter().map(|column| column.word()).collect();
    words.join(" ")
}

/// Meanings that were kept; a word of another program is left out.
pub fn read(words: &str) -> Vec<Column> {
    let column = |word: &str| Column::read(word).unwrap_or(Column::Other);
    words.split_whitespace().map(column).collect()
}

/// What lists with the same headers are found by again. A list without headers has no shape.
pub fn shape_of(key: &ColumnKey, movement: MovementId, file: &File<'_>) -> Option<Vec<u8>> {
    let shape = || format!("{movement}|{}", shape(&file.head.headers));
    let print = || key.fingerprint("mapping", &shape()).to_vec();
    file.head.headed.then(print)
}

/// What bringing in a roster would change.
pub fn compare(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    movement: MovementId,
    roster: Roster,
) -> Result<Plan, StoreError> {
    let known = everybody(tx, key, movement)?;
    let mut plan = plan(roster, &known);
    drop(known);
    let not_again = not_again(tx, movement)?;
    leave_out(&mut plan, key, movement, &not_again);
    Ok(plan)
}

/// The prints of those who asked that no list brings them in again.
pub fn not_again(tx: &mut Tx<'_>, movement: MovementId) -> Result<HashSet<Vec<u8>>, StoreError> {
    let prints = rows::own::not_again(tx, movement)?;
    Ok(prints.into_iter().collect())
}

/// Nobody is brought in again who asked not to be.
fn leave_out(plan: &mut Plan, key: &ColumnKey, movement: MovementId, not_again: &HashSet<Vec<u8>>) {
    if not_again.is_empty() {
        return;
    }
    let asked = |outcome: &Outcome| {
        let print = |mail| email_print(key, movement, mail);
        let print = outcome.entry.email.as_deref().map(print);
        outcome.what == What::New && print.is_some_and(|print| not_again.contains(&print))
    };
    let (out, kept) = plan.outcomes.drain(..).partition(asked);
    plan.outcomes = kept;
    let lines = out
        .into_iter()
        .map(|one: Outcome| (one.entry.line, Trouble::NotAgain));
    plan.troubles.extend(lines);
    plan.troubles.sort_by_key(|(line, _)| *line);
}

fn everybody(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    movement: MovementId,
) -> Result<Vec<Known>, StoreError> {
    let groups = rows::group_names(tx, movement)?;
    let mut memberships = rows::person::memberships(tx, movement)?;
    let (mut all, mut after) = (Vec::new(), PersonId([0; 16]));
    loop {
        let some = rows::person::after(tx, movement, after, MANY)?;
        let Some(last) = some.last() else {
            break;
        };
        after = last.id;
        all.extend(some.iter().map(|person| {
            let of = memberships.remove(&person.id).unwrap_or_default();
            known(key, movement, person, &of, &groups)
        }));
    }
    // People of one name are told apart by nothing else, so their order must not change.
    all.sort_by(|one, other| (&one.entry.name, one.id).cmp(&(&other.entry.name, other.id)));
    Ok(all)
}

/// Somebody who is here, as the rule wants to know them.
pub fn known(
    key: &ColumnKey,
    movement: MovementId,
    person: &Person,
    of: &[(GroupId, bool)],
    names: &HashMap<GroupId, String>,
) -> Known {
    let named = |leading: bool| {
        let wanted = of.iter().filter(move |(_, leads)| *leads || !leading);
        wanted
            .filter_map(|(id, _)| names.get(id).cloned())
            .collect()
    };
    let sealed = person.email_sealed.as_deref();
    let languages = person.languages.split_whitespace();
    Known {
        id: person.id,
        claimed: person.account.is_some(),
        entry: Entry {
            line: 0,
            name: person.name.clone(),
            email: sealed.and_then(|sealed| open_email(key, movement, sealed)),
            external_id: person.external_id.clone(),
            groups: named(false),
            leads: named(true),
            joined: person.joined_on.as_deref().and_then(|day| day.parse().ok()),
            languages: languages.map(str::to_owned).collect(),
            zone: person.zone.clone(),
            keeps: Some(person.keeps),
            do_not_contact: person.do_not_contact,
        },
    }
}
