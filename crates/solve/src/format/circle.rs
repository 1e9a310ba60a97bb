//! `mend-circle/1`: reading an instance, seating its rounds, writing the solution.
//! Never: mends a broken instance; what contradicts itself is refused with the key and entry.
//! See: `crate::circle` for the seating, `bench/check.py` for the referee.

use serde::{Deserialize, Serialize};

use super::Broken;
use super::keys::{self, MOST, last, length, number, numbers, once, pairs, there};
use crate::circle::{
    Cost, Effort, Gathering, Go, MOST_MET, Plan, Problem, Progress, Round, arrange_rounds, sizes,
};

/// The format this module reads.
pub const FORMAT: &str = "mend-circle/1";
/// The format this module writes.
pub const SOLUTION: &str = "mend-circle-solution/1";

/// An instance without contradictions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    gathering: Gathering,
}

impl Instance {
    /// The rounds as a problem for [`crate::circle::seat_rounds`].
    pub fn gathering(&self) -> &Gathering {
        &self.gathering
    }

    /// [`Effort::usual`] for the most people any round has.
    pub fn usual_effort(&self) -> Effort {
        let people = self
            .gathering
            .rounds
            .iter()
            .map(|round| round.present.len())
            .max();
        Effort::usual(people.unwrap_or(0) as u32)
    }
}

/// A seating of every round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Solution {
    /// One plan per round, naming members as the instance does.
    pub rounds: Vec<Plan>,
}

impl Solution {
    /// The cost of all rounds together. `apart` or `unkept` above 0 means that a hard rule of
    /// the format is broken and the referee will refuse the solution.
    pub fn cost(&self) -> Cost {
        self.rounds.iter().map(|plan| plan.cost).sum()
    }

    /// No solution has fewer same-silo pairs than this.
    pub fn bound(&self) -> u64 {
        self.rounds.iter().map(|plan| plan.bound).sum()
    }
}

/// Read an instance.
///
/// # Errors
/// [`Broken`], whose text is one sentence naming the key and entry, or the line where the text
/// is no JSON of the right kind. Never panics, whatever the text.
pub fn read(text: &str) -> Result<Instance, Broken> {
    keys::format_is(text, FORMAT)?;
    serde_json::from_str::<Keys>(text)?.instance()
}

/// Seat all rounds: by arithmetic where that helps, otherwise one after another with at most
/// `effort` moves for each, and then all together. The same instance, seed and effort give the same
/// solution. When `watch` says stop, the rounds that are left are seated
/// quickly. A hard rule that could not be kept shows in [`Solution::cost`].
pub fn solve(
    instance: &Instance,
    seed: u64,
    effort: Effort,
    watch: &mut dyn FnMut(Progress) -> Go,
) -> Solution {
    Solution {
        rounds: arrange_rounds(&instance.gathering, seed, effort, watch),
    }
}

/// What a solution file says besides its circles.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Extra {
    /// Processor seconds of the search, if the caller has counted them.
    pub solve_cpu_s: Option<f64>,
}

/// The solution as the JSON text the referee reads, with a line break at the end.
pub fn write(solution: &Solution, extra: &Extra) -> String {
    let cost = solution.cost();
    let rounds: Vec<_> = solution.rounds.iter().map(|plan| &plan.circles).collect();
    let stats = Stats {
        apart: cost.apart,
        without_facilitator: cost.unkept,
        same_silo_pairs: cost.shared,
        same_silo_bound: solution.bound(),
        repeats: cost.repeats,
        solve_cpu_s: extra.solve_cpu_s,
    };
    let file = File {
        format: SOLUTION,
        rounds,
        stats,
    };
    let mut text = serde_json::to_string(&file).expect("numbers and lists are always JSON");
    text.push('\n');
    text
}

#[derive(Serialize)]
struct File<'a> {
    format: &'static str,
    rounds: Vec<&'a Vec<Vec<u32>>>,
    stats: Stats,
}

#[derive(Serialize)]
struct Stats {
    apart: u64,
    without_facilitator: u64,
    same_silo_pairs: u64,
    same_silo_bound: u64,
    repeats: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    solve_cpu_s: Option<f64>,
}

/// The file as it stands. Numbers are wide and keys optional so that this module can say what
/// is wrong with them in its own words.
#[derive(Deserialize)]
#[serde(expecting = "an object of keys")]
struct Keys {
    n: Option<i64>,
    rounds: Option<i64>,
    circles: Option<Vec<i64>>,
    silo: Option<Vec<i64>>,
    facilitators: Option<Vec<i64>>,
    apart: Option<Vec<[i64; 2]>>,
    absent: Option<Vec<[i64; 2]>>,
    met: Option<Vec<[i64; 3]>>,
}

/// Most members times rounds: more seats than memory should be asked for.
const MOST_SEATS: i64 = 100_000_000;

impl Keys {
    fn instance(self) -> Result<Instance, Broken> {
        let n = number("n", None, there("n", self.n)?, 0, MOST)?;
        let silo = numbers("silo", &there("silo", self.silo)?, MOST)?;
        length("silo", silo.len(), n)?;
        let most_rounds = MOST_SEATS / i64::from(n).max(1);
        let rounds = number(
            "rounds",
            None,
            there("rounds", self.rounds)?,
            0,
            most_rounds,
        )?;
        let circles = numbers("circles", &there("circles", self.circles)?, MOST)?;
        length("circles", circles.len(), rounds)?;

        let keepers = numbers(
            "facilitators",
            &there("facilitators", self.facilitators)?,
            last(n),
        )?;
        once("facilitators", &keepers)?;
        let absent = absences(&there("absent", self.absent)?, n, rounds)?;
        let everyone = Problem {
            groups: silo.into_iter().map(|silo| vec![silo]).collect(),
            apart: pairs("apart", there("apart", self.apart)?.into_iter(), n)?,
            met: meetings(&there("met", self.met)?, n)?,
            keepers,
            ..Problem::default()
        };
        let rounds = rounds_of(&everyone, &circles, &absent)?;
        Ok(Instance {
            gathering: Gathering { everyone, rounds },
        })
    }
}

fn meetings(found: &[[i64; 3]], n: u32) -> Result<Vec<(u32, u32, u32)>, Broken> {
    let pairs = pairs("met", found.iter().map(|&[u, v, _]| [u, v]), n)?;
    let count = |(entry, ((u, v), &[_, _, c])): (usize, ((u32, u32), &[i64; 3]))| {
        Ok((u, v, number("met", Some(entry), c, 1, i64::from(MOST_MET))?))
    };
    pairs
        .into_iter()
        .zip(found)
        .enumerate()
        .map(count)
        .collect()
}

/// `(round, member)` of each absence.
fn absences(found: &[[i64; 2]], n: u32, rounds: u32) -> Result<Vec<(u32, u32)>, Broken> {
    let check = |(entry, &[member, round]): (usize, &[i64; 2])| {
        let member = number("absent", Some(entry), member, 0, last(n))?;
        let round = number("absent", Some(entry), round, 0, last(rounds))?;
        Ok((round, member))
    };
    let absences: Vec<(u32, u32)> = found
        .iter()
        .enumerate()
        .map(check)
        .collect::<Result<_, Broken>>()?;
    once("absent", &absences)?;
    Ok(absences)
}

fn rounds_of(
    everyone: &Problem,
    circles: &[u32],
    absent: &[(u32, u32)],
) -> Result<Vec<Round>, Broken> {
    let mut away = vec![Vec::new(); circles.len()];
    for &(round, member) in absent {
        away[round as usize].push(member);
    }
    let round = |(round, (&circles, mut away)): (usize, (&u32, Vec<u32>))| {
        away.sort_unstable();
        let comes = |member: &u32| away.binary_search(member).is_err();
        let present: Vec<u32> = (0..everyone.people()).filter(comes).collect();
        let keepers = everyone
            .keepers
            .iter()
            .filter(|&member| comes(member))
            .count();
        contradictions(
            round,
            circles,
            present.len() as u32,
            keepers as u32,
            everyone,
        )?;
        Ok(Round {
            sizes: sizes(present.len() as u32, circles),
            present,
        })
    };
    circles.iter().zip(away).enumerate().map(round).collect()
}

fn contradictions(
    round: usize,
    circles: u32,
    present: u32,
    keepers: u32,
    everyone: &Problem,
) -> Result<(), Broken> {
    if circles > present || (circles == 0 && present > 0) {
        let who = "members";
        return Err(Broken::Round {
            round,
            circles,
            present,
            who,
        });
    }
    if !everyone.keepers.is_empty() && keepers < circles {
        let (present, who) = (keepers, "facilitators");
        return Err(Broken::Round {
            round,
            circles,
            present,
            who,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
