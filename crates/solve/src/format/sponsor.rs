//! `mend-sponsor/1`: reading an instance, matching its seekers, writing the solution.
//! Never: copies a list twice; a file of a million seekers goes straight into flat arrays.
//! See: `crate::stable` for the matching, `bench/check.py` for the referee.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::keys::{self, MOST, length, number, numbers, there};
use super::{Broken, Wrong};
use crate::stable::{self, Lists, Matching, Problem, Side, seeker_optimal};

/// The format this module reads.
pub const FORMAT: &str = "mend-sponsor/1";
/// The format this module writes.
pub const SOLUTION: &str = "mend-sponsor-solution/1";

/// An instance without contradictions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    problem: Problem,
}

impl Instance {
    /// The preferences, for [`crate::stable`].
    pub fn problem(&self) -> &Problem {
        &self.problem
    }
}

/// What a caller may add to a written solution.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extra {
    /// Write for each sponsor whom they took last, which shows that the matching is stable.
    pub certificate: bool,
    /// Processor seconds the matching took, if the caller measured.
    pub solve_cpu_s: Option<f64>,
}

/// Read an instance.
///
/// # Errors
/// [`Broken`], whose text is one sentence naming the key, list and entry, or the line where the
/// text is no JSON of the right kind. Never panics, whatever the text.
pub fn read(text: &str) -> Result<Instance, Broken> {
    let keys: Keys = match serde_json::from_str(text) {
        Ok(keys) => keys,
        Err(error) => {
            keys::format_is(text, FORMAT)?;
            return Err(error.into());
        }
    };
    keys.instance()
}

/// Match the seekers: [`seeker_optimal`].
pub fn solve(instance: &Instance) -> Matching {
    seeker_optimal(&instance.problem)
}

/// The sum over matched seekers of their sponsor's place on their list, from 0; `matching` must
/// be one for `instance`.
pub fn rank_sum(instance: &Instance, matching: &Matching) -> u64 {
    let rank = |(seeker, sponsor): (usize, &Option<u32>)| {
        let list = instance.problem.seekers.of(seeker);
        let place = list.iter().position(|&listed| Some(listed) == *sponsor);
        place.unwrap_or(0) as u64
    };
    matching.sponsor_of.iter().enumerate().map(rank).sum()
}

/// The solution as the JSON text the referee reads, with a line break at the end.
pub fn write(instance: &Instance, matching: &Matching, extra: Extra) -> String {
    let file = File {
        format: SOLUTION,
        matching: signed(&matching.sponsor_of),
        certificate: extra.certificate.then(|| Certificate {
            last_taken: signed(&matching.last_taken),
        }),
        stats: Stats {
            matched: matching.sponsor_of.iter().flatten().count(),
            rank_sum: rank_sum(instance, matching),
            solve_cpu_s: extra.solve_cpu_s,
        },
    };
    let mut text = serde_json::to_string(&file).expect("numbers and lists are always JSON");
    text.push('\n');
    text
}

fn signed(list: &[Option<u32>]) -> Vec<i64> {
    list.iter().map(|one| one.map_or(-1, i64::from)).collect()
}

#[derive(Serialize)]
struct File {
    format: &'static str,
    #[serde(rename = "match")]
    matching: Vec<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate: Option<Certificate>,
    stats: Stats,
}

#[derive(Serialize)]
struct Certificate {
    last_taken: Vec<i64>,
}

#[derive(Serialize)]
struct Stats {
    matched: usize,
    rank_sum: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    solve_cpu_s: Option<f64>,
}

/// The file as it stands; see `super::circle` for why its numbers are wide and its keys optional.
#[derive(Deserialize)]
#[serde(expecting = "an object of keys")]
struct Keys {
    format: Option<String>,
    seekers: Option<i64>,
    sponsors: Option<i64>,
    capacity: Option<Vec<i64>>,
    seeker_prefs: Option<Rows>,
    sponsor_prefs: Option<Rows>,
}

impl Keys {
    fn instance(self) -> Result<Instance, Broken> {
        keys::is_known(self.format, FORMAT)?;
        let seekers = number("seekers", None, there("seekers", self.seekers)?, 0, MOST)?;
        let sponsors = number("sponsors", None, there("sponsors", self.sponsors)?, 0, MOST)?;
        let capacity = numbers("capacity", &there("capacity", self.capacity)?, MOST)?;
        length("capacity", capacity.len(), sponsors)?;
        let rows = there("seeker_prefs", self.seeker_prefs)?;
        let of_seekers = rows.lists("seeker_prefs", seekers, sponsors)?;
        let rows = there("sponsor_prefs", self.sponsor_prefs)?;
        let of_sponsors = rows.lists("sponsor_prefs", sponsors, seekers)?;
        let problem = Problem {
            capacity,
            seekers: of_seekers,
            sponsors: of_sponsors,
        };
        problem.check().map_err(|broken| said(&problem, broken))?;
        Ok(Instance { problem })
    }
}

/// The sentence of the file for what the matching calls broken.
fn said(problem: &Problem, broken: stable::Broken) -> Broken {
    let (side, list, entry) = match broken {
        stable::Broken::Nobody {
            side, owner, entry, ..
        }
        | stable::Broken::Twice { side, owner, entry } => (side, owner, entry),
        stable::Broken::Sponsors { capacities, lists } => {
            return Broken::Length {
                key: "capacity",
                len: capacities,
                want: lists,
            };
        }
    };
    let (key, lists, others) = match side {
        Side::Seeker => ("seeker_prefs", &problem.seekers, problem.sponsors.len()),
        Side::Sponsor => ("sponsor_prefs", &problem.sponsors, problem.seekers.len()),
    };
    let named = lists.of(list)[entry];
    let first = lists.of(list).iter().position(|&one| one == named);
    let wrong = match (broken, first) {
        (stable::Broken::Twice { .. }, Some(first)) => Wrong::Twice { first },
        _ => outside(i64::from(named), others as i64),
    };
    Broken::Listed {
        key,
        list,
        entry,
        wrong,
    }
}

fn outside(found: i64, others: i64) -> Wrong {
    Wrong::Range {
        found,
        least: 0,
        most: others - 1,
    }
}

/// Lists of numbers as they stand, and the first number that is none of anybody.
#[derive(Default)]
struct Rows {
    lists: Lists,
    wild: Option<(usize, usize, i64)>,
}

impl Rows {
    fn lists(self, key: &'static str, owners: u32, others: u32) -> Result<Lists, Broken> {
        length(key, self.lists.len(), owners)?;
        match self.wild {
            Some((list, entry, found)) => Err(Broken::Listed {
                key,
                list,
                entry,
                wrong: outside(found, i64::from(others)),
            }),
            None => Ok(self.lists),
        }
    }

    fn push(&mut self, entry: usize, found: i64) {
        let number = u32::try_from(found).unwrap_or(u32::MAX);
        if i64::from(number) != found && self.wild.is_none() {
            self.wild = Some((self.lists.len(), entry, found));
        }
        self.lists.push(number);
    }
}

impl<'de> Deserialize<'de> for Rows {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Rows, D::Error> {
        deserializer.deserialize_seq(AllRows)
    }
}

struct AllRows;

impl<'de> Visitor<'de> for AllRows {
    type Value = Rows;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list of lists of numbers")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Rows, A::Error> {
        let mut rows = Rows::default();
        while seq.next_element_seed(OneRow(&mut rows))?.is_some() {
            rows.lists.close();
        }
        Ok(rows)
    }
}

struct OneRow<'a>(&'a mut Rows);

impl<'de> DeserializeSeed<'de> for OneRow<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for OneRow<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list of numbers")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let mut entry = 0;
        while let Some(found) = seq.next_element()? {
            self.0.push(entry, found);
            entry += 1;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
