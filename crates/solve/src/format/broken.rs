//! What can be wrong with an instance file, each in one plain sentence.
//! Never: guesses what was meant.
//! See: the readers beside it for who says so.

use std::fmt;

/// Why an instance cannot be used. Entries, members and rounds are counted from 0, lines and
/// columns from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The text is not JSON, or a key holds something of another kind.
    Json {
        /// The line it was noticed on.
        line: usize,
        /// The column in that line.
        column: usize,
        /// What was found and what was expected.
        what: String,
    },
    /// A key is not there.
    Missing {
        /// The key.
        key: &'static str,
    },
    /// `format` names something else.
    Format {
        /// What it names.
        found: String,
        /// What this reader knows.
        known: &'static str,
    },
    /// A list has another length than it should.
    Length {
        /// The key.
        key: &'static str,
        /// Its length.
        len: usize,
        /// The length it should have.
        want: usize,
    },
    /// Something about one number or one entry of a list.
    Entry {
        /// The key.
        key: &'static str,
        /// The entry, where the key holds a list.
        entry: Option<usize>,
        /// What is wrong with it.
        wrong: Wrong,
    },
    /// Something about one entry of a list within a list.
    Listed {
        /// The key.
        key: &'static str,
        /// The list.
        list: usize,
        /// The entry of that list.
        entry: usize,
        /// What is wrong with it.
        wrong: Wrong,
    },
    /// Something about an object in a list.
    Inside {
        /// The key of the list.
        list: &'static str,
        /// The object's place in it.
        entry: usize,
        /// What is wrong with the object.
        inner: Box<Broken>,
    },
    /// A rota that contradicts itself.
    Rota(crate::rotate::Broken),
    /// A word is none of those that may stand here.
    Word {
        /// The key.
        key: &'static str,
        /// The word.
        found: String,
        /// The words that may, as they are said to people.
        known: &'static str,
    },
    /// Two keys hold words that do not go together.
    Against {
        /// One key.
        key: &'static str,
        /// Its word.
        value: &'static str,
        /// The other key.
        other: &'static str,
        /// Its word.
        other_value: &'static str,
    },
    /// A round whose circles cannot all be filled, or that has people and no circle.
    Round {
        /// The round.
        round: usize,
        /// Its circles.
        circles: u32,
        /// How many come of those it takes.
        present: u32,
        /// Those it takes: every circle needs a member, and a facilitator if there are any.
        who: &'static str,
    },
}

/// What is wrong with a number or an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// A number is not in its range.
    Range {
        /// The number.
        found: i64,
        /// The least it may be.
        least: i64,
        /// The most it may be.
        most: i64,
    },
    /// The first number of a pair is not the smaller one.
    Order,
    /// The entries must ascend, and this one is smaller than the one before.
    Descends,
    /// An earlier entry says the same.
    Twice {
        /// The earlier entry.
        first: usize,
    },
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Broken::Json { line, column, what } => {
                write!(f, "Line {line}, column {column}: {what}.")
            }
            Broken::Missing { key } => write!(f, "The key \"{key}\" is missing."),
            Broken::Format { found, known } => {
                write!(
                    f,
                    "The format is \"{found}\"; this reader knows \"{known}\"."
                )
            }
            Broken::Length { key, len, want } => {
                write!(f, "\"{key}\" has {len} entries and should have {want}.")
            }
            Broken::Entry { key, entry, wrong } => {
                let entry = entry
                    .map(|entry| format!(", entry {entry}"))
                    .unwrap_or_default();
                write!(f, "\"{key}\"{entry}: {wrong}.")
            }
            Broken::Listed {
                key,
                list,
                entry,
                wrong,
            } => write!(f, "\"{key}\", list {list}, entry {entry}: {wrong}."),
            Broken::Inside { list, entry, inner } => {
                write!(f, "\"{list}\", entry {entry}: {inner}")
            }
            Broken::Rota(broken) => broken.fmt(f),
            Broken::Word { key, found, known } => {
                write!(f, "\"{key}\" is \"{found}\" and should be {known}.")
            }
            Broken::Against {
                key,
                value,
                other,
                other_value,
            } => write!(
                f,
                "\"{key}\" cannot be \"{value}\" when \"{other}\" is \"{other_value}\"."
            ),
            Broken::Round {
                round,
                circles,
                present,
                who,
            } => {
                write!(
                    f,
                    "Round {round} has {circles} circles for {present} present {who}."
                )
            }
        }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Wrong::Range { found, least, most } => {
                write!(f, "{found} is not between {least} and {most}")
            }
            Wrong::Order => write!(f, "the first number must be the smaller one"),
            Wrong::Descends => write!(f, "it is smaller than the entry before"),
            Wrong::Twice { first } => write!(f, "entry {first} says this already"),
        }
    }
}

impl std::error::Error for Broken {}

impl From<serde_json::Error> for Broken {
    fn from(error: serde_json::Error) -> Broken {
        let (line, column) = (error.line(), error.column());
        let text = error.to_string();
        let place = format!(" at line {line} column {column}");
        let what = text.strip_suffix(&place).unwrap_or(&text).to_owned();
        Broken::Json { line, column, what }
    }
}
