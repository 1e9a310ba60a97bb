//! Where a roster begins, what its columns are called, and which program it comes from.

use super::columns::{Column, guess};
use crate::movement::tidy;

/// How far down a header is looked for: lists have titles above it.
const TITLES: usize = 20;

/// Which program a roster comes from, told by its headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A report of Action Network.
    ActionNetwork,
    /// An export of CiviCRM.
    CiviCrm,
    /// A list of Zetkin.
    Zetkin,
    /// The memberships in an export of a Loomio group.
    Loomio,
    /// Names without a header.
    Names,
    /// Addresses without a header.
    Addresses,
    /// A table as anybody keeps it.
    Other,
}

impl Origin {
    /// Every origin.
    pub const ALL: [Self; 7] = [
        Self::ActionNetwork,
        Self::CiviCrm,
        Self::Zetkin,
        Self::Loomio,
        Self::Names,
        Self::Addresses,
        Self::Other,
    ];

    /// The word by which it is kept.
    pub fn word(self) -> &'static str {
        match self {
            Self::ActionNetwork => "action-network",
            Self::CiviCrm => "civicrm",
            Self::Zetkin => "zetkin",
            Self::Loomio => "loomio",
            Self::Names => "names",
            Self::Addresses => "addresses",
            Self::Other => "other",
        }
    }

    /// The origin of a word; `None` when it is no word of ours.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|origin| origin.word() == word)
    }

    /// A number of another program as it is kept. Two programs give the same number to different
    /// people, so it says whose number it is.
    pub(super) fn own_id(self, id: &str) -> String {
        match self {
            Self::Names | Self::Addresses | Self::Other => id.to_owned(),
            program => format!("{}:{id}", program.word()),
        }
    }

    fn of(headers: &[String]) -> Self {
        let plain: Vec<String> = headers.iter().map(|one| tidy(one).to_lowercase()).collect();
        let has = |name: &str| plain.iter().any(|one| one == name);
        let civi = [
            "contact id",
            "contact type",
            "sort name",
            "do not email",
            "do not phone",
            "do not mail",
            "do not sms",
            "do not trade",
            "no bulk emails (user opt out)",
        ];
        if plain.iter().any(|one| one.starts_with("can2_")) {
            Self::ActionNetwork
        } else if civi.iter().filter(|name| has(name)).count() >= 2 {
            Self::CiviCrm
        } else if headers.first().is_some_and(|one| one == "ID")
            && has("first name")
            && has("last name")
        {
            Self::Zetkin
        } else {
            Self::Other
        }
    }
}

/// What stands above the rows of a roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Which program it comes from.
    pub origin: Origin,
    /// What its columns are called; letters where it does not say.
    pub headers: Vec<String>,
    /// What they seem to hold.
    pub columns: Vec<Column>,
    /// Whether its columns are called something.
    pub headed: bool,
    /// The line of the first row that may be a person.
    from: usize,
}

/// Where a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Above the people.
    Above,
    /// It may be a person.
    Among,
    /// After the people; nothing below it is read.
    Below,
}

impl Head {
    /// Looks for the head among the first rows, each with its line. `None` when there is no row.
    pub fn find(rows: &[(usize, Vec<String>)]) -> Option<Self> {
        loomio(rows).or_else(|| headed(rows)).or_else(|| bare(rows))
    }

    /// Where a row stands, by its line and its cells.
    pub fn standing(&self, line: usize, cells: &[String]) -> Standing {
        if line < self.from {
            Standing::Above
        } else if self.origin == Origin::Loomio && section(cells).is_some() {
            Standing::Below
        } else {
            Standing::Among
        }
    }

    /// Whether some column can call people by name, or by the address that stands for it.
    pub fn names(columns: &[Column]) -> bool {
        let naming = [
            Column::Name,
            Column::GivenName,
            Column::FamilyName,
            Column::Email,
        ];
        columns.iter().any(|column| naming.contains(column))
    }
}

/// The name of a section in a row such as `Memberships (12)`.
fn section(cells: &[String]) -> Option<&str> {
    let (first, others) = cells.split_first()?;
    let (name, count) = first.trim().strip_suffix(')')?.rsplit_once(" (")?;
    let number = !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit());
    (number && others.iter().all(|cell| cell.trim().is_empty())).then_some(name)
}

/// An export of a Loomio group has several tables, one below the other.
fn loomio(rows: &[(usize, Vec<String>)]) -> Option<Head> {
    let members = |(_, cells): &(usize, Vec<String>)| {
        section(cells).is_some_and(|name| name.eq_ignore_ascii_case("memberships"))
    };
    let at = rows.iter().position(members)? + 1;
    let (line, headers) = rows.get(at)?;
    let mut columns = guess(headers);
    for (header, column) in headers.iter().zip(&mut columns) {
        // These two hold numbers; the group is the one that everybody here is in.
        match tidy(header).to_lowercase().as_str() {
            "group" => *column = Column::Other,
            "user" => *column = Column::ExternalId,
            _ => {}
        }
    }
    Head::names(&columns).then(|| Head {
        origin: Origin::Loomio,
        headers: headers.clone(),
        columns,
        headed: true,
        from: line + 1,
    })
}

fn headed(rows: &[(usize, Vec<String>)]) -> Option<Head> {
    let known = |(_, cells): &&(usize, Vec<String>)| Head::names(&guess(cells));
    let (line, headers) = rows.iter().take(TITLES).find(known)?;
    Some(Head {
        origin: Origin::of(headers),
        headers: headers.clone(),
        columns: guess(headers),
        headed: true,
        from: line + 1,
    })
}

/// A roster whose columns are called nothing that is known here.
fn bare(rows: &[(usize, Vec<String>)]) -> Option<Head> {
    let (line, first) = rows.first()?;
    let is_address = |cell: &String| cell.contains('@');
    let full = |cell: &String| !cell.trim().is_empty();
    let width = rows
        .iter()
        .map(|(_, cells)| cells.iter().rposition(full).map_or(0, |at| at + 1))
        .max()?;
    if width > 1 && !first.iter().any(is_address) {
        return Some(Head {
            origin: Origin::Other,
            headers: first.clone(),
            columns: guess(first),
            headed: true,
            from: line + 1,
        });
    }
    let mut columns = vec![Column::Other; width];
    let addresses = |at: usize| {
        let of_column = rows.iter().filter_map(|(_, cells)| cells.get(at));
        of_column.filter(|cell| is_address(cell)).count()
    };
    let mail = (0..width).find(|at| addresses(*at) * 2 >= rows.len());
    let name = (0..width).find(|at| Some(*at) != mail);
    let origin = match (mail, name) {
        (Some(_), None) => Origin::Addresses,
        (None, Some(_)) if width == 1 => Origin::Names,
        _ => Origin::Other,
    };
    mail.into_iter().for_each(|at| columns[at] = Column::Email);
    name.into_iter().for_each(|at| columns[at] = Column::Name);
    Some(Head {
        origin,
        headers: (0..width).map(letter).collect(),
        columns,
        headed: false,
        from: *line,
    })
}

/// What a spreadsheet calls its columns: A to Z, then AA.
fn letter(at: usize) -> String {
    let sign = |at: usize| char::from(b'A' + (at % 26) as u8);
    match at / 26 {
        0 => sign(at).to_string(),
        more => format!("{}{}", sign(more - 1), sign(at)),
    }
}

/// Text that somebody pasted as a list of one column: each name or address in a line of its own,
/// also where a mail program wrote them behind each other. A table stays as it is.
pub fn one_a_line(text: &str) -> String {
    let first = text.lines().next().unwrap_or_default();
    let cells: Vec<String> = first.split([',', ';']).map(str::to_owned).collect();
    if text.contains('\t') || cells.len() > 1 && Head::names(&guess(&cells)) {
        return text.to_owned();
    }
    let people = text.lines().flat_map(people_in);
    let quoted = people.map(|one| format!("\"{}\"\n", one.replace('"', "\"\"")));
    quoted.collect()
}

/// The people in a line. `Okoro, Cy <cy@example.org>` is one, so a piece without an address
/// belongs to the next.
fn people_in(line: &str) -> Vec<String> {
    if line.matches('@').count() < 2 {
        return vec![line.trim().to_owned()];
    }
    let (mut people, mut begun) = (Vec::new(), String::new());
    for piece in line.split([',', ';']) {
        let more = if begun.is_empty() { "" } else { ", " };
        begun = format!("{begun}{more}{}", piece.trim());
        if piece.contains('@') {
            people.push(std::mem::take(&mut begun));
        }
    }
    people.push(begun);
    people.retain(|one| !one.is_empty());
    people
}
