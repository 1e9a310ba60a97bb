//! What an import would change: matched by the other list's number, then by e-mail address, and
//! by name only where neither side has one of them.

use std::collections::{HashMap, HashSet};

use super::{Column, Entry, Roster, Trouble};
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    /// What the roster says of somebody who changes, to be merged once more when it is written.
    pub said: Option<Box<Entry>>,
    /// What changes of them.
    pub differs: Vec<Difference>,
}

/// One thing that changes of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What it is.
    pub what: Column,
    /// What is kept now; empty when nothing is.
    pub from: String,
    /// What would be kept.
    pub to: String,
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
                said: None,
                differs: Vec::new(),
            }),
            Ok(Some(known)) => plan.outcomes.push(merge(known, entry)),
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
            (None, Some(other)) if both_numbered(&entry.external_id, &other.entry.external_id) => {
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

/// Whether two numbers are of the same program, so that different ones are different people.
fn both_numbered(one: &Option<String>, other: &Option<String>) -> bool {
    let program = |id: &str| id.split_once(':').map(|(program, _)| program.to_owned());
    match (one, other) {
        (Some(one), Some(other)) => program(one) == program(other),
        _ => false,
    }
}

fn is_bare(entry: &Entry) -> bool {
    entry.external_id.is_none() && entry.email.is_none()
}

/// Somebody who is here, with what a roster says of them. Empty cells take nothing away.
pub fn merge(known: &Known, from: Entry) -> Outcome {
    let kept = &known.entry;
    let said = Box::new(from.clone());
    let own = known.claimed;
    let foreign =
        kept.external_id.is_some() && !both_numbered(&from.external_id, &kept.external_id);
    let entry = Entry {
        line: from.line,
        name: theirs(own, &kept.name, from.name),
        email: theirs(from.email.is_none(), &kept.email, from.email),
        external_id: theirs(
            foreign || from.external_id.is_none(),
            &kept.external_id,
            from.external_id,
        ),
        groups: theirs(from.groups.is_empty(), &kept.groups, from.groups),
        leads: theirs(from.leads.is_empty(), &kept.leads, from.leads),
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
    let differs = differences(kept, &entry);
    if differs.is_empty() {
        Outcome {
            what: What::Unchanged(known.id),
            entry,
            said: None,
            differs,
        }
    } else {
        Outcome {
            what: What::Changed(known.id),
            entry,
            said: Some(said),
            differs,
        }
    }
}

fn theirs<T: Clone>(keep: bool, kept: &T, from: T) -> T {
    if keep { kept.clone() } else { from }
}

/// What differs between what is kept and what would be, in words that need no tongue.
fn differences(kept: &Entry, new: &Entry) -> Vec<Difference> {
    let names = |names: &[String]| names.join(", ");
    let flag = |flag: bool| if flag { "✓" } else { "" }.to_owned();
    let or_none = |text: &Option<String>| text.clone().unwrap_or_default();
    let day = |entry: &Entry| entry.joined.map(|day| day.to_string()).unwrap_or_default();
    let set = |names: &[String]| names.iter().map(|n| folded(n)).collect::<HashSet<_>>();
    let told = |entry: &Entry| {
        [
            (Column::Name, entry.name.clone()),
            (Column::Email, or_none(&entry.email)),
            (Column::ExternalId, or_none(&entry.external_id)),
            (Column::Groups, names(&entry.groups)),
            (Column::Leads, names(&entry.leads)),
            (Column::Joined, day(entry)),
            (Column::Languages, names(&entry.languages)),
            (Column::Zone, or_none(&entry.zone)),
            (Column::Keeps, flag(entry.keeps.unwrap_or(false))),
            (Column::DoNotContact, flag(entry.do_not_contact)),
        ]
    };
    // Groups in another order or in other letters are the same groups.
    let same_set = |what: Column| match what {
        Column::Groups => set(&kept.groups) == set(&new.groups),
        Column::Leads => set(&kept.leads) == set(&new.leads),
        _ => false,
    };
    let pairs = told(kept).into_iter().zip(told(new));
    pairs
        .filter(|((what, from), (_, to))| from != to && !same_set(*what))
        .map(|((what, from), (_, to))| Difference { what, from, to })
        .collect()
}
