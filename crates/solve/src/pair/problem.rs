//! What is asked of a pairing, and what is wrong with it if it contradicts itself.
//! Never: changes what was asked.
//! See: `levels` for how a plan is judged.

use std::fmt;

/// The most that a candidate pair may weigh.
pub const MOST_WEIGHT: u32 = 1000;

/// The most places that all people may have together: with more, the weights leave 64 bits.
pub const MOST_PLACES: u64 = 30_000_000;

/// What comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// As many pairs as possible; the weight decides between plans with equally many. It makes
    /// weaker pairs so that nobody who could be in one is left alone.
    MostPairs,
    /// The weight alone: somebody may stay alone where that makes the others' pairs better.
    Weight,
}

/// What to do about pairs within one group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameGroup {
    /// As few as possible, before the weight counts. Only with [`Aim::MostPairs`].
    Avoid,
    /// None.
    Forbid,
    /// Groups play no part.
    Ignore,
}

/// Two people who could be a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The smaller number.
    pub u: u32,
    /// The larger number.
    pub v: u32,
    /// How well they fit, 1 to [`MOST_WEIGHT`].
    pub weight: u32,
}

/// Whom to pair. People are the numbers `0..n`, where `n` is the length of `groups`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What comes first.
    pub aim: Aim,
    /// What to do about pairs within one group.
    pub same_group: SameGroup,
    /// Per person their group.
    pub groups: Vec<u32>,
    /// Per person in how many pairs they can be, 0 to 2.
    pub capacity: Vec<u8>,
    /// Pairs `u < v` that may be together in no pair and no trio, candidates or not.
    pub apart: Vec<(u32, u32)>,
    /// Pairs that can be made, none of them listed twice.
    pub candidates: Vec<Candidate>,
}

/// Why a problem cannot be worked on. The text names the list and the entry, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// More than [`MOST_PLACES`] places.
    TooMany,
    /// `capacity` has another length than `groups`.
    Length {
        /// Its length.
        len: usize,
        /// The number of people.
        people: usize,
    },
    /// Somebody can be in more than two pairs.
    Capacity {
        /// The person.
        person: usize,
    },
    /// An entry is no pair of existing people, smaller number first.
    Pair {
        /// The list.
        list: &'static str,
        /// The entry.
        entry: usize,
    },
    /// A candidate's weight is not from 1 to [`MOST_WEIGHT`].
    Weight {
        /// The entry of `candidates`.
        entry: usize,
    },
    /// [`Aim::Weight`] together with [`SameGroup::Avoid`].
    Aim,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Broken::TooMany => write!(f, "There are more than {MOST_PLACES} places in pairs."),
            Broken::Length { len, people } => {
                write!(f, "capacity: {len} entries for {people} people.")
            }
            Broken::Capacity { person } => {
                write!(f, "capacity: person {person} has more than 2 places.")
            }
            Broken::Pair { list, entry } => {
                write!(
                    f,
                    "{list}: entry {entry} is no pair of people, smaller first."
                )
            }
            Broken::Weight { entry } => {
                write!(
                    f,
                    "candidates: entry {entry} does not weigh from 1 to {MOST_WEIGHT}."
                )
            }
            Broken::Aim => write!(
                f,
                "Pairs across groups can come first only after the number of pairs."
            ),
        }
    }
}

impl std::error::Error for Broken {}

impl Problem {
    /// In how many pairs people can be, all together.
    pub(super) fn places(&self) -> u64 {
        self.capacity.iter().map(|&places| u64::from(places)).sum()
    }

    /// Find the first contradiction, if there is one.
    pub(super) fn check(&self) -> Result<(), Broken> {
        let (people, len) = (self.groups.len(), self.capacity.len());
        if len != people {
            return Err(Broken::Length { len, people });
        }
        if people as u64 > MOST_PLACES || self.places() > MOST_PLACES {
            return Err(Broken::TooMany);
        }
        if let Some(person) = self.capacity.iter().position(|&places| places > 2) {
            return Err(Broken::Capacity { person });
        }
        let is_pair = |u: u32, v: u32| u < v && (v as usize) < people;
        if let Some(entry) = self.apart.iter().position(|&(u, v)| !is_pair(u, v)) {
            let list = "apart";
            return Err(Broken::Pair { list, entry });
        }
        for (entry, it) in self.candidates.iter().enumerate() {
            if !is_pair(it.u, it.v) {
                let list = "candidates";
                return Err(Broken::Pair { list, entry });
            }
            if !(1..=MOST_WEIGHT).contains(&it.weight) {
                return Err(Broken::Weight { entry });
            }
        }
        match (self.aim, self.same_group) {
            (Aim::Weight, SameGroup::Avoid) => Err(Broken::Aim),
            _ => Ok(()),
        }
    }
}
