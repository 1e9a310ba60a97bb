//! Rosters: somebody's list of people, read row by row and compared with who is here already.
//! Never: writes; invites; drops a person who has no e-mail.

mod cells;
mod columns;
mod head;
mod plan;

pub use cells::tags;
pub use columns::{Column, Marks, guess, shape};
pub use head::{Head, Origin, Standing, one_a_line};
pub use plan::{Difference, Known, Outcome, Plan, What, merge, plan};

use std::collections::HashMap;

use jiff::civil::Date;

use crate::movement::{NAME_LENGTH, tidy};
use cells::{add_names, day, email, is_no, is_subscribed, is_yes};

/// A person as a row of a roster tells of them. Empty means that the roster does not say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// The line in the file, counted from 1 with the header.
    pub line: usize,
    /// One free field.
    pub name: String,
    /// In small letters.
    pub email: Option<String>,
    /// The number or code that the other list uses.
    pub external_id: Option<String>,
    /// Names of working groups, in the order of the row, none twice.
    pub groups: Vec<String>,
    /// Those of the groups that the person leads.
    pub leads: Vec<String>,
    /// The day they joined.
    pub joined: Option<Date>,
    /// Language tags such as `en` or `pt-BR`.
    pub languages: Vec<String>,
    /// An IANA zone, if it names one.
    pub zone: Option<String>,
    /// Whether they are willing to keep a circle, if the roster says.
    pub keeps: Option<bool>,
    /// They asked not to be written to.
    pub do_not_contact: bool,
}

/// What is wrong with a row. The row is left out; the others go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// There is no name in it.
    NoName,
    /// The name is longer than [`NAME_LENGTH`].
    LongName,
    /// The e-mail address is not one.
    Email(String),
    /// The same e-mail address stands in this earlier line.
    SameEmail(usize),
    /// The same number stands in this earlier line.
    SameId(usize),
    /// The number belongs to one person here and the e-mail address to another.
    TwoPeople,
    /// It has more cells than the header.
    TooLong,
    /// They asked that no list brings them in again.
    NotAgain,
}

/// What a roster says: people, and rows with a problem, each in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roster {
    /// The rows that could be read.
    pub entries: Vec<Entry>,
    /// Line and trouble of the others.
    pub troubles: Vec<(usize, Trouble)>,
}

/// Reads the rows below a header. `rows` are line numbers with the cells of each row; rows
/// without any text are passed over.
pub fn read(columns: &[Column], rows: &[(usize, Vec<String>)]) -> Roster {
    let mut marks = Marks::default();
    rows.iter().for_each(|(_, cells)| marks.see(cells));
    let mut reading = Reading::new(columns, &marks, Origin::Other);
    for (line, cells) in rows {
        reading.row(*line, cells);
    }
    reading.finish()
}

/// Going through the rows of a roster, one after the other, so that nobody has to hold them all.
#[derive(Debug)]
pub struct Reading {
    columns: Vec<Column>,
    marks: Vec<char>,
    origin: Origin,
    taken: Taken,
    roster: Roster,
}

impl Reading {
    /// Begins to read rows whose columns are known. `marks` has seen the same rows.
    pub fn new(columns: &[Column], marks: &Marks, origin: Origin) -> Self {
        Self {
            columns: columns.to_vec(),
            marks: marks.chosen(columns.len()),
            origin,
            taken: Taken::default(),
            roster: Roster::default(),
        }
    }

    /// Reads the next row; `line` is its number in the file.
    pub fn row(&mut self, line: usize, cells: &[String]) {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        let entry = self
            .entry(line, cells)
            .and_then(|entry| self.taken.once(entry));
        match entry {
            Ok(entry) => self.roster.entries.push(entry),
            Err(trouble) => self.roster.troubles.push((line, trouble)),
        }
    }

    /// What the rows said.
    pub fn finish(self) -> Roster {
        self.roster
    }

    fn entry(&self, line: usize, cells: &[String]) -> Result<Entry, Trouble> {
        let beyond = cells.iter().skip(self.columns.len());
        if beyond.into_iter().any(|cell| !cell.trim().is_empty()) {
            return Err(Trouble::TooLong);
        }
        let mut said = Said::new(line);
        for ((column, mark), cell) in self.columns.iter().zip(&self.marks).zip(cells) {
            let cell = tidy(cell);
            if !cell.is_empty() {
                said.cell(*column, *mark, cell, self.origin)?;
            }
        }
        let is_name = |column: &Column| {
            matches!(
                column,
                Column::Name | Column::GivenName | Column::FamilyName
            )
        };
        said.entry(self.columns.iter().any(is_name))
    }
}

/// What the cells of a row have said so far.
struct Said {
    entry: Entry,
    given: String,
    family: String,
    before_address: String,
}

impl Said {
    fn new(line: usize) -> Self {
        let entry = Entry {
            line,
            ..Entry::default()
        };
        Self {
            entry,
            given: String::new(),
            family: String::new(),
            before_address: String::new(),
        }
    }

    /// Takes a cell that has something in it. Where several columns mean the same, the first that
    /// says something counts; groups, languages and wishes to be left alone add up.
    fn cell(
        &mut self,
        column: Column,
        mark: char,
        cell: String,
        origin: Origin,
    ) -> Result<(), Trouble> {
        let entry = &mut self.entry;
        match column {
            Column::Name if entry.name.is_empty() => entry.name = cell,
            Column::GivenName if self.given.is_empty() => self.given = cell,
            Column::FamilyName if self.family.is_empty() => self.family = cell,
            Column::Email if entry.email.is_none() => {
                let (name, address) = email(&cell)?;
                self.before_address = name;
                entry.email = Some(address);
            }
            Column::ExternalId if entry.external_id.is_none() => {
                let short: String = cell.chars().take(NAME_LENGTH).collect();
                entry.external_id = Some(origin.own_id(&short));
            }
            Column::Groups => add_names(&mut entry.groups, &cell, mark),
            Column::Leads => add_names(&mut entry.leads, &cell, mark),
            Column::Joined => entry.joined = entry.joined.or_else(|| day(&cell)),
            Column::Languages => entry.languages.extend(tags(&cell)),
            Column::Zone if entry.zone.is_none() => {
                entry.zone = crate::movement::zone(&cell).map(|_| cell);
            }
            Column::Keeps => entry.keeps = entry.keeps.or(Some(is_yes(&cell))),
            Column::DoNotContact => entry.do_not_contact |= !is_no(&cell),
            Column::Subscribed => entry.do_not_contact |= !is_subscribed(&cell),
            _ => {}
        }
        Ok(())
    }

    /// `named` when the roster has a column for names. Where it has none, people are called as
    /// their address calls them, until they say their name themselves.
    fn entry(self, named: bool) -> Result<Entry, Trouble> {
        let mut entry = self.entry;
        let parts = tidy(&format!("{} {}", self.given, self.family));
        let by_address = entry
            .email
            .as_deref()
            .and_then(|mail| mail.split('@').next());
        let by_address = by_address.filter(|_| !named).unwrap_or_default().to_owned();
        for name in [parts, self.before_address, by_address] {
            if entry.name.is_empty() {
                entry.name = name;
            }
        }
        if entry.name.is_empty() {
            return Err(Trouble::NoName);
        }
        if entry.name.chars().count() > NAME_LENGTH {
            return Err(Trouble::LongName);
        }
        entry.languages.sort();
        entry.languages.dedup();
        // Whoever leads a group is in it, also where a list names it once only.
        for led in entry.leads.clone() {
            add_names(&mut entry.groups, &led, '\n');
        }
        Ok(entry)
    }
}

/// Numbers and addresses that an earlier line has.
#[derive(Debug, Default)]
struct Taken {
    ids: HashMap<String, usize>,
    emails: HashMap<String, usize>,
}

impl Taken {
    fn once(&mut self, entry: Entry) -> Result<Entry, Trouble> {
        let line_of = |taken: &HashMap<String, usize>, key: &Option<String>| {
            key.as_ref().and_then(|key| taken.get(key).copied())
        };
        if let Some(line) = line_of(&self.ids, &entry.external_id) {
            return Err(Trouble::SameId(line));
        }
        if let Some(line) = line_of(&self.emails, &entry.email) {
            return Err(Trouble::SameEmail(line));
        }
        let note = |taken: &mut HashMap<String, usize>, key: &Option<String>| {
            key.iter().for_each(|key| {
                taken.insert(key.clone(), entry.line);
            });
        };
        note(&mut self.ids, &entry.external_id);
        note(&mut self.emails, &entry.email);
        Ok(entry)
    }
}

#[cfg(test)]
mod tests;
