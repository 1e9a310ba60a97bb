//! `mend-rotate/1`: reading an instance, planning its roles, writing the solution.
//! Never: mends a broken instance; what contradicts itself is refused with the key and entry.
//! See: `crate::rotate` for the planning, `bench/check.py` for the referee.

use serde::{Deserialize, Serialize};

use super::keys::{self, MOST, last, length, number, numbers, there};
use super::{Broken, Wrong};
use crate::rotate::{Cost, Effort, Go, Leeway, Plan, Problem, Progress, plan};

/// The format this module reads.
pub const FORMAT: &str = "mend-rotate/1";
/// The format this module writes.
pub const SOLUTION: &str = "mend-rotate-solution/1";

/// An instance without contradictions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    problem: Problem,
}

impl Instance {
    /// The instance as a problem for [`crate::rotate::plan`].
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// [`Effort::usual`] for all roles in all months.
    pub fn usual_effort(&self) -> Effort {
        Effort::usual(self.problem.roles() as u64 * u64::from(self.problem.months))
    }
}

/// What a caller may add to a written solution.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extra {
    /// Write the prices that prove the bound on the sum of squares.
    pub certificate: bool,
    /// Processor seconds the search took, if the caller measured.
    pub solve_cpu_s: Option<f64>,
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

/// Plan the roles: [`crate::rotate::plan`]. Slots that nobody could be found for count in
/// `cost.unmet`, and the referee will refuse such a solution.
pub fn solve(
    instance: &Instance,
    leeway: Leeway,
    seed: u64,
    effort: Effort,
    watch: &mut dyn FnMut(Progress) -> Go,
) -> Plan {
    plan(&instance.problem, leeway, seed, effort, watch).expect("a read instance has been checked")
}

/// The solution as the JSON text the referee reads, with a line break at the end. -1 stands where
/// nobody could be found.
pub fn write(plan: &Plan, extra: Extra) -> String {
    let row = |row: &Vec<Option<u32>>| -> Vec<i64> {
        row.iter().map(|who| who.map_or(-1, i64::from)).collect()
    };
    let Cost {
        unmet,
        most_hours,
        squares,
        crowded,
        unliked,
    } = plan.cost;
    let file = File {
        format: SOLUTION,
        assign: plan.assign.iter().map(row).collect(),
        certificate: extra.certificate.then_some(Certificate {
            scale: 1000,
            prices: &plan.prices,
        }),
        stats: Stats {
            unmet,
            max_hours: most_hours,
            max_hours_bound: plan.bounds.most_hours,
            sum_squares: squares,
            sum_squares_bound: plan.bounds.squares,
            sum_squares_before_leeway: plan.even,
            silo_pairs: crowded,
            minus_preference: unliked,
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
    assign: Vec<Vec<i64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate: Option<Certificate<'a>>,
    stats: Stats,
}

#[derive(Serialize)]
struct Certificate<'a> {
    scale: u32,
    prices: &'a [Vec<i64>],
}

#[derive(Serialize)]
struct Stats {
    unmet: u64,
    max_hours: u64,
    max_hours_bound: u64,
    sum_squares: u64,
    sum_squares_bound: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    sum_squares_before_leeway: Option<u64>,
    silo_pairs: u64,
    minus_preference: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    solve_cpu_s: Option<f64>,
}

/// The file as it stands; see `super::circle` for why its numbers are wide and its keys optional.
#[derive(Deserialize)]
#[serde(expecting = "an object of keys")]
struct Keys {
    members: Option<i64>,
    roles: Option<i64>,
    months: Option<i64>,
    silo: Option<Vec<i64>>,
    load: Option<Vec<i64>>,
    carry: Option<Vec<i64>>,
    eligible: Option<Vec<Vec<[i64; 2]>>>,
    absent: Option<Vec<[i64; 2]>>,
    min_quarter: Option<Vec<i64>>,
    max_quarter: Option<Vec<i64>>,
    previous: Option<Vec<Vec<i64>>>,
    rules: Option<Rules>,
    prefs: Option<Vec<[i64; 3]>>,
}

#[derive(Deserialize)]
#[serde(expecting = "an object of keys")]
struct Rules {
    max_term: Option<i64>,
    cooldown: Option<i64>,
    max_run: Option<i64>,
}

/// Most members, or roles, times months: more than memory should be asked for.
const MOST_SLOTS: i64 = 50_000_000;
/// Most hours a month or carried over, so that no sum of squares overflows.
const MOST_HOURS: i64 = 10_000;
/// Months before the plan.
const PAST: u32 = 3;

impl Keys {
    fn instance(self) -> Result<Instance, Broken> {
        let months = number("months", None, there("months", self.months)?, 0, 1200)?;
        let most = MOST_SLOTS / i64::from(months + PAST);
        let n = number("members", None, there("members", self.members)?, 0, most)?;
        let roles = number("roles", None, there("roles", self.roles)?, 0, most)?;
        let list = |key, found: Option<Vec<i64>>, most, want| {
            let found: Vec<u32> = numbers(key, &there(key, found)?, most)?;
            length(key, found.len(), want)?;
            Ok::<_, Broken>(found)
        };
        let rules = there("rules", self.rules)?;
        let absent = there("absent", self.absent)?.into_iter().enumerate();
        let absent = absent.map(|(entry, [member, month])| {
            let member = number("absent", Some(entry), member, 0, last(n))?;
            Ok((
                member,
                number("absent", Some(entry), month, 0, last(months))?,
            ))
        });
        let problem = Problem {
            months,
            groups: list("silo", self.silo, MOST, n)?,
            carry: list("carry", self.carry, MOST_HOURS, n)?,
            load: loads(there("load", self.load)?, roles)?,
            eligible: eligible(&there("eligible", self.eligible)?, n, roles)?,
            absent: absent.collect::<Result<_, Broken>>()?,
            min_quarter: list("min_quarter", self.min_quarter, MOST, n)?,
            max_quarter: list("max_quarter", self.max_quarter, MOST, n)?,
            previous: previous(&there("previous", self.previous)?, n, roles)?,
            max_term: rule("max_term", rules.max_term)?,
            cooldown: rule("cooldown", rules.cooldown)?,
            max_run: rule("max_run", rules.max_run)?,
            prefs: prefs(&there("prefs", self.prefs)?, n, roles)?,
        };
        problem.check().map_err(Broken::Rota)?;
        Ok(Instance { problem })
    }
}

fn rule(key: &'static str, found: Option<i64>) -> Result<u32, Broken> {
    let least = i64::from(key != "cooldown");
    number(key, None, there(key, found)?, least, MOST / 2)
}

fn loads(found: Vec<i64>, roles: u32) -> Result<Vec<u32>, Broken> {
    length("load", found.len(), roles)?;
    let load = |(entry, found)| number("load", Some(entry), found, 1, MOST_HOURS);
    found.into_iter().enumerate().map(load).collect()
}

fn eligible(found: &[Vec<[i64; 2]>], n: u32, roles: u32) -> Result<Vec<Vec<(u32, u32)>>, Broken> {
    length("eligible", found.len(), roles)?;
    let one = |list: usize, entry: usize, [member, from]: [i64; 2]| {
        let check = |found, most| listed("eligible", list, entry, found, most);
        Ok((check(member, last(n))?, check(from, MOST)?))
    };
    let row = |(list, row): (usize, &Vec<[i64; 2]>)| {
        let entries = row.iter().enumerate();
        entries
            .map(|(entry, &found)| one(list, entry, found))
            .collect()
    };
    found.iter().enumerate().map(row).collect()
}

fn previous(found: &[Vec<i64>], n: u32, roles: u32) -> Result<Vec<Vec<u32>>, Broken> {
    length("previous", found.len(), PAST)?;
    let row = |(list, row): (usize, &Vec<i64>)| {
        length("previous", row.len(), roles)?;
        let entries = row.iter().enumerate();
        let check = |(entry, &found)| listed("previous", list, entry, found, last(n));
        entries.map(check).collect()
    };
    found.iter().enumerate().map(row).collect()
}

fn listed(
    key: &'static str,
    list: usize,
    entry: usize,
    found: i64,
    most: i64,
) -> Result<u32, Broken> {
    let wrong = Wrong::Range {
        found,
        least: 0,
        most,
    };
    let known = u32::try_from(found).ok().filter(|_| found <= most);
    known.ok_or(Broken::Listed {
        key,
        list,
        entry,
        wrong,
    })
}

fn prefs(found: &[[i64; 3]], n: u32, roles: u32) -> Result<Vec<(u32, u32, i32)>, Broken> {
    let one = |(entry, &[member, role, p]): (usize, &[i64; 3])| {
        let member = number("prefs", Some(entry), member, 0, last(n))?;
        let role = number("prefs", Some(entry), role, 0, last(roles))?;
        let (least, most) = (-2, 2);
        if (least..=most).contains(&p) {
            return Ok((member, role, p as i32));
        }
        Err(Broken::Entry {
            key: "prefs",
            entry: Some(entry),
            wrong: Wrong::Range {
                found: p,
                least,
                most,
            },
        })
    };
    found.iter().enumerate().map(one).collect()
}

#[cfg(test)]
mod tests;
