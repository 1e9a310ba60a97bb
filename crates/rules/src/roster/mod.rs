//! Rosters: somebody's list of people, read row by row and compared with who is here already.
//! Never: writes; invites; drops a person who has no e-mail.

mod columns;
mod plan;

pub use columns::{Column, guess};
pub use plan::{Known, Outcome, Plan, What, plan};

use std::collections::HashMap;

use jiff::civil::Date;

use crate::movement::{NAME_LENGTH, folded, tidy};

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
    let marks = columns::separators(columns, rows);
    let mut roster = Roster::default();
    let mut taken = Taken::default();
    for (line, cells) in rows
        .iter()
        .filter(|row| row.1.iter().any(|cell| !cell.trim().is_empty()))
    {
        let entry = entry(columns, &marks, *line, cells).and_then(|entry| taken.once(entry));
        match entry {
            Ok(entry) => roster.entries.push(entry),
            Err(trouble) => roster.troubles.push((*line, trouble)),
        }
    }
    roster
}

/// Numbers and addresses that an earlier line has.
#[derive(Default)]
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

fn entry(
    columns: &[Column],
    marks: &[char],
    line: usize,
    cells: &[String],
) -> Result<Entry, Trouble> {
    if cells
        .iter()
        .skip(columns.len())
        .any(|cell| !cell.trim().is_empty())
    {
        return Err(Trouble::TooLong);
    }
    let mut entry = Entry {
        line,
        ..Entry::default()
    };
    let (mut given, mut family) = (String::new(), String::new());
    for ((column, mark), cell) in columns.iter().zip(marks).zip(cells) {
        let cell = tidy(cell);
        match column {
            _ if cell.is_empty() => {}
            Column::Name => entry.name = cell,
            Column::GivenName => given = cell,
            Column::FamilyName => family = cell,
            Column::Email => entry.email = Some(email(&cell)?),
            Column::ExternalId => entry.external_id = Some(cell),
            Column::Groups => add_names(&mut entry.groups, &cell, *mark),
            Column::Leads => add_names(&mut entry.leads, &cell, *mark),
            Column::Joined => entry.joined = day(&cell),
            Column::Languages => entry.languages = tags(&cell),
            Column::Zone => entry.zone = crate::movement::zone(&cell).map(|_| cell),
            Column::Keeps => entry.keeps = Some(is_yes(&cell)),
            Column::DoNotContact => entry.do_not_contact |= is_yes(&cell),
            Column::Other => {}
        }
    }
    if entry.name.is_empty() {
        entry.name = tidy(&format!("{given} {family}"));
    }
    named(entry)
}

fn named(mut entry: Entry) -> Result<Entry, Trouble> {
    if entry.name.is_empty() {
        return Err(Trouble::NoName);
    }
    if entry.name.chars().count() > NAME_LENGTH {
        return Err(Trouble::LongName);
    }
    // Whoever leads a group is in it, also where a list names it once only.
    for led in entry.leads.clone() {
        add_names(&mut entry.groups, &led, '\n');
    }
    Ok(entry)
}

fn add_names(names: &mut Vec<String>, cell: &str, mark: char) {
    let short = |name: &str| tidy(name).chars().take(NAME_LENGTH).collect::<String>();
    for name in cell.split(mark).map(short).filter(|name| !name.is_empty()) {
        if !names.iter().any(|known| folded(known) == folded(&name)) {
            names.push(name);
        }
    }
}

/// An address is checked for its shape only; whether it is somebody's, only they can say.
fn email(cell: &str) -> Result<String, Trouble> {
    let address = cell.trim_start_matches("mailto:").to_lowercase();
    let shaped = address.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
    });
    let plain = address.len() <= 254 && !address.contains([' ', ',', ';', '<', '>', '"']);
    if shaped && plain && address.matches('@').count() == 1 {
        Ok(address)
    } else {
        Err(Trouble::Email(cell.chars().take(NAME_LENGTH).collect()))
    }
}

/// A day as lists write it; a date that could be read in two ways is left out.
fn day(cell: &str) -> Option<Date> {
    let date = cell.split(['T', ' ']).next()?;
    date.parse()
        .or_else(|_| Date::strptime("%d.%m.%Y", date))
        .or_else(|_| Date::strptime("%Y/%m/%d", date))
        .ok()
}

/// Language tags as people write them, in order, none twice.
pub fn tags(cell: &str) -> Vec<String> {
    let fits = |tag: &String| {
        (2..=12).contains(&tag.len()) && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let mut tags: Vec<String> = cell
        .split([',', ';', '|', ' ', '/'])
        .map(|tag| tag.trim().to_lowercase())
        .filter(fits)
        .collect();
    tags.sort();
    tags.dedup();
    tags
}

fn is_yes(cell: &str) -> bool {
    matches!(
        cell.to_lowercase().as_str(),
        "1" | "yes" | "y" | "true" | "x" | "ja" | "oui" | "si" | "sí" | "sim"
    )
}

#[cfg(test)]
mod tests;
