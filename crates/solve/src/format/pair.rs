//! `mend-pair/1`: reading an instance, pairing its members, writing the solution.
//! Never: mends a broken instance; what contradicts itself is refused with the key and entry.
//! See: `crate::pair` for the pairing, `bench/check.py` for the referee.

use serde::{Deserialize, Serialize};

use super::keys::{MOST, format_is, is_known, last, length, number, numbers, pairs, there};
use super::{Broken, Wrong};
use crate::pair::likeness::TOPICS;
use crate::pair::{
    Aim, Candidate, Go, MOST_PLACES, MOST_WEIGHT, Plan, Problem, Progress, SameGroup, pair,
};

/// The format this module reads.
pub const FORMAT: &str = "mend-pair/1";
/// The format this module writes.
pub const SOLUTION: &str = "mend-pair-solution/1";

/// An instance without contradictions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    problem: Problem,
}

impl Instance {
    /// The members as a problem for [`crate::pair::pair`].
    pub fn problem(&self) -> &Problem {
        &self.problem
    }
}

/// What a solution file may hold besides the pairs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Extra {
    /// Whether to write the proof.
    pub certificate: bool,
    /// Seconds of processor time the pairing took, where the caller knows.
    pub solve_cpu_s: Option<f64>,
}

/// Read an instance.
///
/// # Errors
/// [`Broken`], whose text is one sentence naming the key and entry, or the line where the text
/// is no JSON of the right kind. Never panics, whatever the text.
pub fn read(text: &str) -> Result<Instance, Broken> {
    let mut keys = Keys::read(text, FORMAT)?;
    let mut problem = keys.problem()?;
    let edges = there("edges", keys.edges)?;
    problem.candidates = candidates(&edges, problem.groups.len() as u32)?;
    Ok(Instance { problem })
}

/// Pair the members; `seed` decides between equally good plans. `watch` hears how far the work
/// is and may stop it. The same instance and seed give the same solution.
pub fn solve(instance: &Instance, seed: u64, watch: &mut dyn FnMut(Progress) -> Go) -> Plan {
    pair(&instance.problem, seed, watch).expect("the reader refused contradictions")
}

/// The solution as the JSON text the referee reads, with a line break at the end.
pub fn write(plan: &Plan, extra: Extra) -> String {
    let proof = &plan.proof;
    let file = File {
        format: SOLUTION,
        pairs: &plan.pairs,
        trios: &plan.trios,
        certificate: extra.certificate.then_some(Certificate {
            y: &proof.people,
            z: &proof.sets,
            scale: proof.scale,
        }),
        stats: Stats {
            dyads: plan.pairs.len() + plan.trios.len(),
            weight: plan.score.weight,
            trios: plan.score.trios,
            trio_weight: plan.score.trio_weight,
            weight_missing_at_most: plan.missing,
            solve_cpu_s: extra.solve_cpu_s,
        },
    };
    let mut text = serde_json::to_string(&file).expect("numbers and lists are always JSON");
    text.push('\n');
    text
}

#[derive(Serialize)]
struct File<'a> {
    format: &'static str,
    pairs: &'a [(u32, u32)],
    trios: &'a [(u32, u32, u32)],
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate: Option<Certificate<'a>>,
    stats: Stats,
}

#[derive(Serialize)]
struct Certificate<'a> {
    y: &'a [i64],
    z: &'a [(i64, Vec<u32>)],
    scale: i64,
}

#[derive(Serialize)]
struct Stats {
    dyads: usize,
    weight: u64,
    trios: u64,
    trio_weight: u64,
    weight_missing_at_most: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    solve_cpu_s: Option<f64>,
}

/// The file as it stands, of this format or of [`super::candidates`], which has other keys where
/// this has `edges`. Numbers are wide and keys optional so that this module can say what is wrong
/// with them in its own words.
#[derive(Deserialize)]
#[serde(expecting = "an object of keys")]
pub(super) struct Keys {
    format: Option<String>,
    n: Option<i64>,
    cardinality: Option<String>,
    same_silo: Option<String>,
    silo: Option<Vec<i64>>,
    capacity: Option<Vec<i64>>,
    forbidden: Option<Vec<[i64; 2]>>,
    recent: Option<Vec<[i64; 2]>>,
    edges: Option<Vec<[i64; 3]>>,
    pub(super) best: Option<i64>,
    pub(super) hours: Option<Vec<i64>>,
    pub(super) languages: Option<Vec<i64>>,
    pub(super) topics: Option<Vec<[i64; TOPICS]>>,
}

impl Keys {
    /// Read the keys of a file of the format `known`.
    pub(super) fn read(text: &str, known: &'static str) -> Result<Keys, Broken> {
        let mut keys: Keys = match serde_json::from_str(text) {
            Ok(keys) => keys,
            Err(error) => {
                // A file of another format is called that and not a broken one.
                format_is(text, known)?;
                return Err(error.into());
            }
        };
        is_known(keys.format.take(), known)?;
        Ok(keys)
    }

    /// A problem that has no candidates yet.
    pub(super) fn problem(&mut self) -> Result<Problem, Broken> {
        let most = MOST_PLACES as i64 / 2;
        let n = number("n", None, there("n", self.n)?, 0, most)?;
        let groups = numbers("silo", &there("silo", self.silo.take())?, MOST)?;
        length("silo", groups.len(), n)?;
        let capacity = there("capacity", self.capacity.take())?;
        length("capacity", capacity.len(), n)?;
        let capacity = numbers("capacity", &capacity, 2)?;

        let forbidden = there("forbidden", self.forbidden.take())?;
        let mut apart = pairs("forbidden", forbidden.into_iter(), n)?;
        let recent = there("recent", self.recent.take())?;
        apart.extend(pairs("recent", recent.into_iter(), n)?);
        let problem = Problem {
            aim: aim(&there("cardinality", self.cardinality.take())?)?,
            same_group: same_group(&there("same_silo", self.same_silo.take())?)?,
            groups,
            capacity: capacity.into_iter().map(|places| places as u8).collect(),
            apart,
            candidates: Vec::new(),
        };
        match (problem.aim, problem.same_group) {
            (Aim::Weight, SameGroup::Avoid) => Err(Broken::Against {
                key: "same_silo",
                value: "avoid",
                other: "cardinality",
                other_value: "free",
            }),
            _ => Ok(problem),
        }
    }
}

fn aim(found: &str) -> Result<Aim, Broken> {
    match found {
        "max" => Ok(Aim::MostPairs),
        "free" => Ok(Aim::Weight),
        _ => Err(Broken::Word {
            key: "cardinality",
            found: found.to_owned(),
            known: "\"max\" or \"free\"",
        }),
    }
}

fn same_group(found: &str) -> Result<SameGroup, Broken> {
    match found {
        "avoid" => Ok(SameGroup::Avoid),
        "forbid" => Ok(SameGroup::Forbid),
        "ignore" => Ok(SameGroup::Ignore),
        _ => Err(Broken::Word {
            key: "same_silo",
            found: found.to_owned(),
            known: "\"avoid\", \"forbid\" or \"ignore\"",
        }),
    }
}

fn candidates(found: &[[i64; 3]], n: u32) -> Result<Vec<Candidate>, Broken> {
    let most = i64::from(MOST_WEIGHT);
    let one = |(entry, &[u, v, w]): (usize, &[i64; 3])| {
        let (u, v) = (
            number("edges", Some(entry), u, 0, last(n))?,
            number("edges", Some(entry), v, 0, last(n))?,
        );
        if u >= v {
            return Err(Broken::Entry {
                key: "edges",
                entry: Some(entry),
                wrong: Wrong::Order,
            });
        }
        let weight = number("edges", Some(entry), w, 1, most)?;
        Ok(Candidate { u, v, weight })
    };
    let found: Vec<Candidate> = found
        .iter()
        .enumerate()
        .map(one)
        .collect::<Result<_, Broken>>()?;
    listed_once(&found)?;
    Ok(found)
}

/// Refuse a pair of members that is listed twice. Lists in order, as most are, cost one look.
fn listed_once(found: &[Candidate]) -> Result<(), Broken> {
    let ends = |at: usize| (found[at].u, found[at].v);
    if (1..found.len()).all(|at| ends(at - 1) < ends(at)) {
        return Ok(());
    }
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|&at| ends(at));
    match order.windows(2).find(|two| ends(two[0]) == ends(two[1])) {
        Some(two) => Err(Broken::Entry {
            key: "edges",
            entry: Some(two[1]),
            wrong: Wrong::Twice { first: two[0] },
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
