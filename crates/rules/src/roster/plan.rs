//! What an import would change: matched by the other list's number, then by e-mail address, and
//! by name only where neither side has one of them.

use std::collections::{HashMap, HashSet};

use super::{Entry, Roster, Trouble};
use crate::id::PersonId;
use crate::movement::folded;

/// A person who is here already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Who.
    pub id: PersonId,
    /// What is kept of them, in the shape of an entry (its line says nothing).
    pub entry: Entry,
    /// They have made the place their own: name, languages, zone and willingness are theirs.
    pub claimed: bool,
}

/// What becomes of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A person who is not here yet.
    New,
    /// A person who is here and changes.
    Changed(PersonId),
    /// A person who is here and stays as they are.
    Unchanged(PersonId),
}

/// An entry as it would be kept, and what that does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// New, changed or unchanged.
    pub what: What,
    /// What is kept afterwards.
    pub entry: Entry,
}

/// What an import would change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// In the order of the file.
    pub outcomes: Vec<Outcome>,
    /// Rows that are left out: line and trouble.
    pub troubles: Vec<(usize, Trouble)>,
}

impl Plan {
    /// How many people are new, changed and unchanged.
    pub fn counts(&self) -> (usize, usize, usize) {
        self.outcomes
            .iter()
            .fold((0, 0, 0), |(new, changed, same), outcome| {
                match outcome.what {
                    What::New => (new + 1, changed, same),
                    What::Changed(_) => (new, changed + 1, same),
                    What::Unchanged(_) => (new, changed, same + 1),
                }
            })
    }
}

/// Compares a roster with who is here. The roster wins in the columns it has, but for what a
/// person who has claimed their place says of themselves. A wish not to be contacted stays.
pub fn plan(roster: Roster, known: &[Known]) -> Plan {
    let mut index = Index::new(known);
    let mut plan = Plan {
        troubles: roster.troubles,
        ..Plan::default()
    };
    for entry in roster.entries {
        let line = entry.line;
        match index.find(&entry) {
            Err(trouble) => plan.troubles.push((line, trouble)),
            Ok(None) => plan.outcomes.push(Outcome {
                what: What::New,
                entry,
            }),
            Ok(Some(known)) => plan.outcomes.push(merged(known, entry)),
        }
    }
    plan.troubles.sort_by_key(|(line, _)| *line);
    plan
}

struct Index<'a> {
    by_id: HashMap<&'a str, &'a Known>,
    by_email: HashMap<&'a str, &'a Known>,
    by_name: HashMap<String, Vec<&'a Known>>,
    taken: HashSet<PersonId>,
}

impl<'a> Index<'a> {
    fn new(known: &'a [Known]) -> Self {
        let mut by_name: HashMap<String, Vec<&Known>> = HashMap::new();
        for person in known.iter().rev().filter(|p| is_bare(&p.entry)) {
            by_name
                .entry(folded(&person.entry.name))
                .or_default()
                .push(person);
        }
        let keyed = |field: fn(&Entry) -> &Option<String>| {
            known
                .iter()
                .filter_map(move |p| Some((field(&p.entry).as_deref()?, p)))
                .collect()
        };
        Self {
            by_id: keyed(|e| &e.external_id),
            by_email: keyed(|e| &e.email),
            by_name,
            taken: HashSet::new(),
        }
    }

    fn find(&mut self, entry: &Entry) -> Result<Option<&'a Known>, Trouble> {
        let by_id = entry
            .external_id
            .as_deref()
            .and_then(|id| self.by_id.get(id).copied());
        let by_email = entry
            .email
            .as_deref()
            .and_then(|mail| self.by_email.get(mail).copied());
        let found = match (by_id, by_email) {
            (Some(one), Some(other)) if one.id != other.id => return Err(Trouble::TwoPeople),
            // Whoever has this address has another number, so it is somebody else's row.
            (None, Some(other))
                if entry.external_id.is_some() && other.entry.external_id.is_some() =>
            {
                return Err(Trouble::TwoPeople);
            }
            (one, other) => one.or(other),
        };
        let found = found.or_else(|| {
            let same = self.by_name.get_mut(&folded(&entry.name))?;
            if is_bare(entry) { same.pop() } else { None }
        });
        match found {
            Some(known) if !self.taken.insert(known.id) => Err(Trouble::TwoPeople),
            other => Ok(other),
        }
    }
}

fn is_bare(entry: &Entry) -> bool {
    entry.external_id.is_none() && entry.email.is_none()
}

fn merged(known: &Known, from: Entry) -> Outcome {
    let kept = &known.entry;
    let own = known.claimed;
    let entry = Entry {
        line: from.line,
        name: if own { kept.name.clone() } else { from.name },
        email: from.email.or_else(|| kept.email.clone()),
        external_id: from.external_id.or_else(|| kept.external_id.clone()),
        groups: if from.groups.is_empty() {
            kept.groups.clone()
        } else {
            from.groups
        },
        leads: if from.leads.is_empty() {
            kept.leads.clone()
        } else {
            from.leads
        },
        joined: from.joined.or(kept.joined),
        languages: theirs(
            own || from.languages.is_empty(),
            &kept.languages,
            from.languages,
        ),
        zone: theirs(own || from.zone.is_none(), &kept.zone, from.zone),
        keeps: theirs(own || from.keeps.is_none(), &kept.keeps, from.keeps),
        do_not_contact: kept.do_not_contact || from.do_not_contact,
    };
    let what = if same(&entry, kept) {
        What::Unchanged(known.id)
    } else {
        What::Changed(known.id)
    };
    Outcome { what, entry }
}

fn theirs<T: Clone>(keep: bool, kept: &T, from: T) -> T {
    if keep { kept.clone() } else { from }
}

fn same(one: &Entry, other: &Entry) -> bool {
    let set = |names: &[String]| names.iter().map(|n| folded(n)).collect::<HashSet<_>>();
    let plain = |e: &Entry| {
        (
            e.name.clone(),
            e.email.clone(),
            e.external_id.clone(),
            e.joined,
            e.zone.clone(),
        )
    };
    plain(one) == plain(other)
        && set(&one.groups) == set(&other.groups)
        && set(&one.leads) == set(&other.leads)
        && one.languages == other.languages
        && one.keeps.unwrap_or(false) == other.keeps.unwrap_or(false)
        && one.do_not_contact == other.do_not_contact
}
