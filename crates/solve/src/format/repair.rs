//! `mend-repair/1`: reading an instance, finding a team for each of its cases, writing the solution.
//! Never: looks at a later case before an earlier one is decided.
//! See: `crate::team` for the choice, `bench/check.py` for the referee.

use serde::{Deserialize, Serialize};

use super::keys::{self, MOST, last, length, number, numbers, once, pairs, there};
use super::{Broken, Wrong};
use crate::team::{Case, Desk, NoTeam, Problem, Team};

/// The format this module reads.
pub const FORMAT: &str = "mend-repair/1";
/// The format this module writes.
pub const SOLUTION: &str = "mend-repair-solution/1";

/// An instance without contradictions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    problem: Problem,
    cases: Vec<Case>,
    /// Per case, the earlier cases that are closed just before it.
    closes: Vec<Vec<u32>>,
}

impl Instance {
    /// Everybody the cases may touch.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The cases in order of arrival.
    pub fn cases(&self) -> &[Case] {
        &self.cases
    }
}

/// What was decided for a case.
pub type Choice = Result<Team, NoTeam>;

/// The cases of an instance, decided one after another. Iterating yields the choice for the next
/// case; nothing is allocated on the way.
#[derive(Clone, Debug)]
pub struct Docket<'a> {
    instance: &'a Instance,
    desk: Desk,
    /// The teams of cases that are open.
    open: Vec<Option<Team>>,
    next: usize,
}

impl<'a> Docket<'a> {
    /// Before the first case of `instance`.
    pub fn new(instance: &'a Instance) -> Docket<'a> {
        Docket {
            desk: Desk::new(&instance.problem).expect("a read instance has been checked"),
            open: vec![None; instance.cases.len()],
            next: 0,
            instance,
        }
    }
}

impl Iterator for Docket<'_> {
    type Item = Choice;

    fn next(&mut self) -> Option<Choice> {
        let case = self.instance.cases.get(self.next)?;
        for &closed in &self.instance.closes[self.next] {
            if let Some(team) = self.open[closed as usize].take() {
                self.desk.close(team);
            }
        }
        let choice = self.desk.choose(case);
        if let Ok(team) = choice {
            self.desk.open(team);
            self.open[self.next] = Some(team);
        }
        self.next += 1;
        Some(choice)
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

/// What a caller may add to a written solution, if it measured.
#[derive(Clone, Debug, Default)]
pub struct Extra {
    /// Per case, the microseconds its choice took.
    pub micros: Vec<f64>,
    /// Processor seconds of all choices.
    pub solve_cpu_s: Option<f64>,
}

/// The solution as the JSON text the referee reads, with a line break at the end.
pub fn write(choices: &[Choice], extra: &Extra) -> String {
    let without = |(case, choice): (usize, &Choice)| {
        let why = choice.as_ref().err()?.to_string();
        Some(Without { case, why })
    };
    let mut sorted = extra.micros.clone();
    sorted.sort_by(f64::total_cmp);
    let file = File {
        format: SOLUTION,
        teams: choices.iter().map(|choice| choice.ok()).collect(),
        micros: extra.micros.iter().map(|&micros| micros as u64).collect(),
        stats: Stats {
            without_team: choices.iter().enumerate().filter_map(without).collect(),
            micros_median: sorted.get(sorted.len() / 2).copied(),
            micros_p99: sorted.get(sorted.len() * 99 / 100).copied(),
            solve_cpu_s: extra.solve_cpu_s,
        },
    };
    let mut text = serde_json::to_string(&file).expect("numbers and lists are always JSON");
    text.push('\n');
    text
}

#[derive(Serialize)]
struct File {
    format: &'static str,
    teams: Vec<Option<Team>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    micros: Vec<u64>,
    stats: Stats,
}

#[derive(Serialize)]
struct Stats {
    without_team: Vec<Without>,
    #[serde(skip_serializing_if = "Option::is_none")]
    micros_median: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    micros_p99: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    solve_cpu_s: Option<f64>,
}

#[derive(Serialize)]
struct Without {
    case: usize,
    why: String,
}

/// The file as it stands; see `super::circle` for why its numbers are wide and its keys optional.
#[derive(Deserialize)]
#[serde(expecting = "an object of keys")]
struct Keys {
    n: Option<i64>,
    silo: Option<Vec<i64>>,
    trained: Option<Vec<i64>>,
    load: Option<Vec<i64>>,
    lead: Option<Vec<i64>>,
    langs: Option<Vec<i64>>,
    max_load: Option<i64>,
    ties: Option<Vec<[i64; 2]>>,
    cases: Option<Vec<CaseKeys>>,
}

#[derive(Deserialize)]
#[serde(expecting = "a case: an object of keys")]
struct CaseKeys {
    parties: Option<Vec<i64>>,
    veto: Option<Vec<i64>>,
    away: Option<Vec<i64>>,
    langs: Option<i64>,
    closes: Option<Vec<i64>>,
}

impl Keys {
    fn instance(self) -> Result<Instance, Broken> {
        let n = number("n", None, there("n", self.n)?, 0, MOST)?;
        let groups = numbers("silo", &there("silo", self.silo)?, MOST)?;
        length("silo", groups.len(), n)?;
        let trained = trained(&there("trained", self.trained)?, n)?;
        let of_trained = |key, list: Option<Vec<i64>>, most| -> Result<Vec<u32>, Broken> {
            let list = numbers(key, &there(key, list)?, most)?;
            length(key, list.len(), trained.len() as u32)?;
            Ok(list)
        };
        let load = of_trained("load", self.load, MOST)?;
        let lead = of_trained("lead", self.lead, 1)?;
        let langs = masks(&there("langs", self.langs)?, trained.len())?;
        let max_load = number("max_load", None, there("max_load", self.max_load)?, 0, MOST)?;
        let ties = pairs("ties", there("ties", self.ties)?.into_iter(), n)?;
        let mut cases = Vec::new();
        let mut closes = Vec::new();
        for (at, keys) in there("cases", self.cases)?.into_iter().enumerate() {
            let (case, closed) = keys.case(at, n)?;
            cases.push(case);
            closes.push(closed);
        }
        let problem = Problem {
            groups,
            trained,
            load,
            lead: lead.into_iter().map(|one| one == 1).collect(),
            langs,
            max_load,
            ties,
        };
        Ok(Instance {
            problem,
            cases,
            closes,
        })
    }
}

impl CaseKeys {
    /// The case at place `at`, and which earlier ones are closed before it.
    fn case(self, at: usize, n: u32) -> Result<(Case, Vec<u32>), Broken> {
        let wrong = |inner: Broken| Broken::Inside {
            list: "cases",
            entry: at,
            inner: Box::new(inner),
        };
        let members = |key, list: Option<Vec<i64>>| {
            there(key, list)
                .and_then(|list| numbers(key, &list, last(n)))
                .map_err(wrong)
        };
        let langs = there("langs", self.langs).map_err(wrong)?;
        let langs = mask("langs", None, langs).map_err(wrong)?;
        let case = Case {
            parties: members("parties", self.parties)?,
            veto: members("veto", self.veto)?,
            away: members("away", self.away)?,
            langs,
        };
        let closes = there("closes", self.closes).map_err(wrong)?;
        let closes = numbers("closes", &closes, at as i64 - 1).map_err(wrong)?;
        Ok((case, closes))
    }
}

fn trained(found: &[i64], n: u32) -> Result<Vec<u32>, Broken> {
    let trained = numbers("trained", found, last(n))?;
    once("trained", &trained)?;
    match trained.windows(2).position(|two| two[0] > two[1]) {
        Some(before) => Err(Broken::Entry {
            key: "trained",
            entry: Some(before + 1),
            wrong: Wrong::Descends,
        }),
        None => Ok(trained),
    }
}

fn masks(found: &[i64], trained: usize) -> Result<Vec<u64>, Broken> {
    length("langs", found.len(), trained as u32)?;
    let check = |(entry, &found)| mask("langs", Some(entry), found);
    found.iter().enumerate().map(check).collect()
}

/// Languages as bits; all but the highest bit of 64 may be used.
fn mask(key: &'static str, entry: Option<usize>, found: i64) -> Result<u64, Broken> {
    let (least, most) = (0, i64::MAX);
    let wrong = Wrong::Range { found, least, most };
    u64::try_from(found).map_err(|_| Broken::Entry { key, entry, wrong })
}

#[cfg(test)]
mod tests;
