//! `mend-candidates/1`: what is known of members, read, and turned into a `mend-pair/1` instance
//! whose edges are the best ones for each of them.
//! Never: leaves out a pair because it would be long to look at all.
//! See: `crate::pair::likeness` for how two members fit.

use serde::Serialize;

use super::keys::{length, number, there};
use super::pair::{FORMAT as PAIR, Keys};
use super::{Broken, Wrong};
use crate::pair::likeness::{Crowd, HOURS, MOST_OPINION, TOPICS, Traits};
use crate::pair::{Aim, Candidate, Problem, SameGroup};

/// The format this module reads.
pub const FORMAT: &str = "mend-candidates/1";
/// The most edges each member may ask for.
pub const MOST_BEST: i64 = 1000;

/// Members without contradictions.
#[derive(Clone, Debug)]
pub struct Members {
    rules: Problem,
    /// Everybody, to be compared.
    pub crowd: Crowd,
    /// How many others each member wants as candidates.
    pub best: usize,
}

impl Members {
    /// How many there are.
    pub fn count(&self) -> u32 {
        self.rules.groups.len() as u32
    }
}

/// Read what is known of members.
///
/// # Errors
/// [`Broken`], whose text is one sentence naming the key and entry, or the line where the text
/// is no JSON of the right kind. Never panics, whatever the text.
pub fn read(text: &str) -> Result<Members, Broken> {
    let mut keys = Keys::read(text, FORMAT)?;
    let rules = keys.problem()?;
    let n = rules.groups.len() as u32;
    let best = number("best", None, there("best", keys.best)?, 1, MOST_BEST)?;
    let (hours, languages) = (
        there("hours", keys.hours)?,
        there("languages", keys.languages)?,
    );
    let topics = there("topics", keys.topics)?;
    length("hours", hours.len(), n)?;
    length("languages", languages.len(), n)?;
    length("topics", topics.len(), n)?;
    let traits = (0..n as usize).map(|at| {
        Ok(Traits {
            hours: bits("hours", at, hours[at], (1 << HOURS) - 1)?,
            languages: bits("languages", at, languages[at], i64::MAX)?,
            topics: opinions(at, topics[at])?,
        })
    });
    let traits: Vec<Traits> = traits.collect::<Result<_, Broken>>()?;
    Ok(Members {
        rules,
        crowd: Crowd::new(&traits),
        best: best as usize,
    })
}

/// The instance with these candidates, which are listed once each, as the JSON text that
/// [`super::pair::read`] reads.
pub fn write(members: &Members, candidates: &[Candidate]) -> String {
    let rules = &members.rules;
    let file = File {
        format: PAIR,
        n: members.count(),
        cardinality: match rules.aim {
            Aim::MostPairs => "max",
            Aim::Weight => "free",
        },
        same_silo: match rules.same_group {
            SameGroup::Avoid => "avoid",
            SameGroup::Forbid => "forbid",
            SameGroup::Ignore => "ignore",
        },
        silo: &rules.groups,
        capacity: &rules.capacity,
        forbidden: &rules.apart,
        recent: [],
        edges: candidates
            .iter()
            .map(|it| (it.u, it.v, it.weight))
            .collect(),
    };
    let mut text = serde_json::to_string(&file).expect("numbers and lists are always JSON");
    text.push('\n');
    text
}

#[derive(Serialize)]
struct File<'a> {
    format: &'static str,
    n: u32,
    cardinality: &'static str,
    same_silo: &'static str,
    silo: &'a [u32],
    capacity: &'a [u8],
    forbidden: &'a [(u32, u32)],
    recent: [(u32, u32); 0],
    edges: Vec<(u32, u32, u32)>,
}

fn bits(key: &'static str, at: usize, found: i64, most: i64) -> Result<u64, Broken> {
    let wrong = Wrong::Range {
        found,
        least: 0,
        most,
    };
    let entry = Some(at);
    let outside = Broken::Entry { key, entry, wrong };
    let bits = u64::try_from(found).ok().filter(|_| found <= most);
    bits.ok_or(outside)
}

fn opinions(at: usize, found: [i64; TOPICS]) -> Result<[u8; TOPICS], Broken> {
    let mut opinions = [0; TOPICS];
    for (opinion, found) in opinions.iter_mut().zip(found) {
        *opinion = number("topics", Some(at), found, 0, i64::from(MOST_OPINION))? as u8;
    }
    Ok(opinions)
}

#[cfg(test)]
mod tests;
