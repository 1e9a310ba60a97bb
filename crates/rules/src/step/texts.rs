//! The texts of a step by name: what each is called in an address and in the tables, and how long
//! a group may make it.

use std::fmt;
use std::str::FromStr;

use crate::movement::Source;

/// Which of the twelve steps, from 1 to 12.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(u8);

impl Number {
    /// The first step.
    pub const FIRST: Self = Self(1);

    /// All twelve, in their order.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..=12).map(Self)
    }

    /// The step with this number, if there is one.
    pub fn new(number: u8) -> Option<Self> {
        (1..=12).contains(&number).then_some(Self(number))
    }

    /// The number, 1 to 12.
    pub fn get(self) -> u8 {
        self.0
    }

    /// Its letter in the order A to L.
    pub fn letter(self) -> char {
        char::from(b'A' + self.0 - 1)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Number {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let plain = !text.starts_with(['0', '+']);
        let number = text.parse().ok().filter(|_| plain);
        number.and_then(Self::new).ok_or(())
    }
}

/// What a prompt is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Use {
    /// Asked once around a circle.
    Circle,
    /// Between two companions.
    Companion,
    /// For writing that nobody else reads.
    Journal,
}

impl Use {
    /// All of them, in the order in which pages show them.
    pub const ALL: [Self; 3] = [Self::Circle, Self::Companion, Self::Journal];

    /// How many prompts a step has for it.
    pub fn prompts(self) -> u8 {
        match self {
            Self::Circle | Self::Journal => 4,
            Self::Companion => 3,
        }
    }

    /// The word that files, tables and texts use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Circle => "circle",
            Self::Companion => "companion",
            Self::Journal => "journal",
        }
    }
}

/// For whom a caution is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reader {
    /// Everybody who opens the step.
    Everybody,
    /// Whoever keeps a circle with it.
    Keeper,
    /// The two who walk it together.
    Companion,
}

impl Reader {
    /// All of them, in the order in which pages show them.
    pub const ALL: [Self; 3] = [Self::Everybody, Self::Keeper, Self::Companion];

    /// The word that files, tables and texts use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Everybody => "everybody",
            Self::Keeper => "keeper",
            Self::Companion => "companion",
        }
    }
}

/// One text of a step. Prompts and cautions are counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Text {
    /// The word on the path.
    Short,
    /// Its name.
    Title,
    /// What it means, plainly.
    Meaning,
    /// What it was derived from.
    From,
    /// The line that opens it, steered by a source.
    Opening(Source),
    /// A question or half a line.
    Prompt(Use, u8),
    /// Where to be careful.
    Caution(Reader, u8),
}

impl Text {
    /// Its name in addresses and tables, such as `prompt.circle.1`.
    pub fn key(self) -> String {
        match self {
            Self::Short => "short".into(),
            Self::Title => "title".into(),
            Self::Meaning => "meaning".into(),
            Self::From => "from".into(),
            Self::Opening(source) => format!("opening.{}", source.word()),
            Self::Prompt(of, at) => format!("prompt.{}.{at}", of.word()),
            Self::Caution(of, at) => format!("caution.{}.{at}", of.word()),
        }
    }

    /// Reads that name.
    pub fn read(key: &str) -> Option<Self> {
        let mut parts = key.split('.');
        let text = match (parts.next()?, parts.next(), parts.next()) {
            ("short", None, _) => Self::Short,
            ("title", None, _) => Self::Title,
            ("meaning", None, _) => Self::Meaning,
            ("from", None, _) => Self::From,
            ("opening", Some(source), None) => Self::Opening(Source::read(source)?),
            ("prompt", Some(of), Some(at)) => {
                let of = Use::ALL.into_iter().find(|it| it.word() == of)?;
                Self::Prompt(of, at.parse().ok()?)
            }
            ("caution", Some(of), Some(at)) => {
                let of = Reader::ALL.into_iter().find(|it| it.word() == of)?;
                Self::Caution(of, at.parse().ok()?)
            }
            _ => return None,
        };
        (text.key() == key).then_some(text)
    }

    /// The most characters a group's words may have.
    pub fn length(self) -> usize {
        match self {
            Self::Short => 12,
            Self::Title => 80,
            _ => 500,
        }
    }
}
