//! What is asked: one round of circles, and what is wrong with it if it contradicts itself.
//! Never: changes what was asked.
//! See: `cost` for how a seating is judged.

use std::collections::BTreeMap;
use std::fmt;

use super::Hours;

/// The highest count of earlier meetings a single entry of [`Problem::met`] may carry.
pub const MOST_MET: u32 = 1_000_000;

/// One round. People are the numbers `0..n`, where `n` is the length of `groups`.
///
/// Pairs may be given in either order. A pair listed twice counts once in `avoid` and `apart`;
/// in `met` its counts are added up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// Seats of each circle, each at least 1; together exactly `n`.
    pub sizes: Vec<u32>,
    /// Per person: the sets they are in, any numbers, in any order. Two people who share a set
    /// are better not together.
    pub groups: Vec<Vec<u32>>,
    /// Further pairs that are better not together; a pair that also shares a set counts once.
    pub avoid: Vec<(u32, u32)>,
    /// Pairs that may never sit together.
    pub apart: Vec<(u32, u32)>,
    /// People willing to keep a circle; every circle should have one. Empty: no such rule.
    pub keepers: Vec<u32>,
    /// How often two people sat together before: at most [`MOST_MET`] per entry.
    pub met: Vec<(u32, u32, u32)>,
    /// Per person the free hours of a week; `None` is unknown and never restricts. May be left
    /// empty when nobody's are known.
    pub hours: Vec<Option<Hours>>,
    /// Per person a bit for each language; 0 is unknown and never restricts. May be left empty
    /// when nobody's are known.
    pub languages: Vec<u64>,
}

/// Why a problem cannot be worked on. The text names the list and the entry, counted from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// More people than fit a 32-bit number.
    TooMany,
    /// `seats` in all for `people` people.
    Seats {
        /// The sum of `sizes`.
        seats: u64,
        /// The number of people.
        people: u32,
    },
    /// A circle without a seat.
    NoSeat {
        /// Its place in `sizes`.
        circle: usize,
    },
    /// A list that has an entry per person has another length.
    Length {
        /// The list.
        list: &'static str,
        /// Its length.
        len: usize,
        /// The number of people.
        people: u32,
    },
    /// An entry names somebody who does not exist.
    Nobody {
        /// The list.
        list: &'static str,
        /// The entry.
        entry: usize,
        /// The number it names.
        person: u32,
    },
    /// A pair of one person with themselves.
    Alone {
        /// The list.
        list: &'static str,
        /// The entry.
        entry: usize,
    },
    /// A list that must ascend does not.
    Order {
        /// The list.
        list: &'static str,
        /// The first entry that is not larger than the one before.
        entry: usize,
    },
    /// More than [`MOST_MET`] earlier meetings.
    Met {
        /// The entry of `met`.
        entry: usize,
    },
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Broken::TooMany => write!(f, "There are more than {} people.", u32::MAX),
            Broken::Seats { seats, people } => {
                write!(f, "The circles have {seats} seats for {people} people.")
            }
            Broken::NoSeat { circle } => write!(f, "sizes: circle {circle} has no seat."),
            Broken::Length { list, len, people } => {
                write!(f, "{list}: {len} entries for {people} people.")
            }
            Broken::Nobody {
                list,
                entry,
                person,
            } => {
                write!(
                    f,
                    "{list}: entry {entry} names {person}, who does not exist."
                )
            }
            Broken::Alone { list, entry } => {
                write!(f, "{list}: entry {entry} names one person twice.")
            }
            Broken::Order { list, entry } => {
                write!(
                    f,
                    "{list}: entry {entry} is not larger than the one before."
                )
            }
            Broken::Met { entry } => {
                write!(
                    f,
                    "met: entry {entry} counts more than {MOST_MET} meetings."
                )
            }
        }
    }
}

impl std::error::Error for Broken {}

impl Problem {
    /// How many people there are.
    pub fn people(&self) -> u32 {
        self.groups.len() as u32
    }

    /// The people of each set, ascending; the largest set first, equals by their number.
    pub(super) fn sets(&self) -> Vec<Vec<u32>> {
        let mut by_set: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (person, sets) in self.groups.iter().enumerate() {
            for &set in sets {
                by_set.entry(set).or_default().push(person as u32);
            }
        }
        let mut sets: Vec<Vec<u32>> = by_set.into_values().collect();
        sets.iter_mut().for_each(Vec::dedup);
        sets.sort_by_key(|people| std::cmp::Reverse(people.len()));
        sets
    }

    /// Whether nothing is asked but what hours and languages ask: no two people share a set, and
    /// no pair or keeper is named.
    pub(super) fn is_plain(&self) -> bool {
        let Problem {
            sizes: _,
            groups: _,
            avoid,
            apart,
            keepers,
            met,
            hours: _,
            languages: _,
        } = self;
        let unnamed = avoid.is_empty() && apart.is_empty() && met.is_empty();
        let unshared = self.sets().iter().all(|people| people.len() < 2);
        unnamed && unshared && keepers.is_empty()
    }

    /// Find the first contradiction, if there is one.
    pub(super) fn check(&self) -> Result<(), Broken> {
        self.check_lists()?;
        check_sizes(&self.sizes, self.people())
    }

    /// Like [`Problem::check`], leaving out `sizes`.
    pub(super) fn check_lists(&self) -> Result<(), Broken> {
        if u32::try_from(self.groups.len()).is_err() {
            return Err(Broken::TooMany);
        }
        self.check_length("hours", self.hours.len())?;
        self.check_length("languages", self.languages.len())?;
        self.check_pairs("avoid", self.avoid.iter().copied())?;
        self.check_pairs("apart", self.apart.iter().copied())?;
        self.check_pairs("met", self.met.iter().map(|&(u, v, _)| (u, v)))?;
        self.check_people("keepers", &self.keepers)?;
        match self.met.iter().position(|&(_, _, count)| count > MOST_MET) {
            Some(entry) => Err(Broken::Met { entry }),
            None => Ok(()),
        }
    }

    /// Whether everyone in `list` exists.
    pub(super) fn check_people(&self, list: &'static str, people: &[u32]) -> Result<(), Broken> {
        let mut people = people.iter().enumerate();
        people.try_for_each(|(entry, &person)| self.check_person(list, entry, person))
    }

    fn check_length(&self, list: &'static str, len: usize) -> Result<(), Broken> {
        let people = self.people();
        let fits = len == 0 || len == people as usize;
        if fits {
            Ok(())
        } else {
            Err(Broken::Length { list, len, people })
        }
    }

    fn check_pairs(
        &self,
        list: &'static str,
        pairs: impl Iterator<Item = (u32, u32)>,
    ) -> Result<(), Broken> {
        for (entry, (u, v)) in pairs.enumerate() {
            self.check_person(list, entry, u)?;
            self.check_person(list, entry, v)?;
            if u == v {
                return Err(Broken::Alone { list, entry });
            }
        }
        Ok(())
    }

    fn check_person(&self, list: &'static str, entry: usize, person: u32) -> Result<(), Broken> {
        let known = person < self.people();
        if known {
            Ok(())
        } else {
            Err(Broken::Nobody {
                list,
                entry,
                person,
            })
        }
    }
}

/// Whether circles of these sizes seat exactly `people`.
pub(super) fn check_sizes(sizes: &[u32], people: u32) -> Result<(), Broken> {
    if let Some(circle) = sizes.iter().position(|&seats| seats == 0) {
        return Err(Broken::NoSeat { circle });
    }
    let seats: u64 = sizes.iter().map(|&seats| u64::from(seats)).sum();
    if seats == u64::from(people) {
        Ok(())
    } else {
        Err(Broken::Seats { seats, people })
    }
}
