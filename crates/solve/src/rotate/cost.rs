//! What a plan costs and which rules it breaks, straight from the definitions.
//! Never: is fast; the search counts in steps of its own (`roster`) and must agree with this.
//! See: `super::Plan`.

use std::collections::{BTreeMap, BTreeSet};

use super::Problem;

/// How good a plan is: the first part that differs decides. Less is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost {
    /// Places nobody fills, and roles that members lack to the least number of a quarter.
    pub unmet: u64,
    /// The highest hours of any member, those carried over included.
    pub most_hours: u64,
    /// The sum over members of their hours squared: the lower, the more even.
    pub squares: u64,
    /// Pairs of one working group that serve in the same month.
    pub crowded: u64,
    /// The sum of what members said about the roles they hold, with the sign turned.
    pub unliked: i64,
}

/// A rule that a plan breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nobody, or nobody who exists, holds the role.
    Vacant {
        /// The role.
        role: u32,
        /// The month.
        month: u32,
    },
    /// The member is not trained for the role by then, or is away.
    Unfit {
        /// The role.
        role: u32,
        /// The month.
        month: u32,
    },
    /// The member holds two roles in a month.
    Double {
        /// The member.
        member: u32,
        /// The month.
        month: u32,
    },
    /// A term has become too long in this month.
    Term {
        /// The role.
        role: u32,
        /// The month.
        month: u32,
    },
    /// A term begins too early after the last one.
    Cooldown {
        /// The role.
        role: u32,
        /// The month.
        month: u32,
    },
    /// The member has served too many months on end by this one.
    Run {
        /// The member.
        member: u32,
        /// The month.
        month: u32,
    },
    /// Too few or too many roles in a quarter.
    Quarter {
        /// The member.
        member: u32,
        /// The quarter.
        quarter: u32,
    },
}

/// What `assign` costs: per month, who holds each role; `None` for nobody.
pub fn cost_of(problem: &Problem, assign: &[Vec<Option<u32>>]) -> Cost {
    let prefs: BTreeMap<(u32, u32), i32> = problem
        .prefs
        .iter()
        .map(|&(member, role, p)| ((member, role), p))
        .collect();
    let mut hours: Vec<u64> = problem
        .carry
        .iter()
        .map(|&hours| u64::from(hours))
        .collect();
    let mut quarters = vec![0; problem.members() * problem.quarters()];
    let mut cost = Cost::default();
    for (month, row) in assign.iter().enumerate() {
        let mut crowd: BTreeMap<u32, u64> = BTreeMap::new();
        for (role, holder) in row.iter().enumerate() {
            let Some(member) = *holder else {
                cost.unmet += 1;
                continue;
            };
            hours[member as usize] += u64::from(problem.load[role]);
            quarters[member as usize * problem.quarters() + month / 3] += 1;
            let others = crowd.entry(problem.groups[member as usize]).or_default();
            cost.crowded += *others;
            *others += 1;
            cost.unliked -= i64::from(prefs.get(&(member, role as u32)).copied().unwrap_or(0));
        }
    }
    for (at, &served) in quarters.iter().enumerate() {
        let least = problem.min_quarter[at / problem.quarters()];
        cost.unmet += u64::from(least.saturating_sub(served));
    }
    cost.most_hours = hours.iter().copied().max().unwrap_or(0);
    cost.squares = hours.iter().map(|hours| hours * hours).sum();
    cost
}

/// Every rule that `assign` breaks; empty for a valid plan.
pub fn faults(problem: &Problem, assign: &[Vec<Option<u32>>]) -> Vec<Fault> {
    let mut found = Vec::new();
    unfit(problem, assign, &mut found);
    let before = problem
        .previous
        .iter()
        .map(|row| row.iter().copied().map(Some).collect());
    let all: Vec<Vec<Option<u32>>> = before.chain(assign.iter().cloned()).collect();
    for role in 0..problem.roles() as u32 {
        terms(problem, &all, role, &mut found);
    }
    runs(problem, &all, &mut found);
    quarters(problem, assign, &mut found);
    found
}

fn unfit(problem: &Problem, assign: &[Vec<Option<u32>>], found: &mut Vec<Fault>) {
    let away: BTreeSet<(u32, u32)> = problem.absent.iter().copied().collect();
    for (month, row) in (0..).zip(assign) {
        let mut seen = BTreeSet::new();
        for (role, holder) in (0..).zip(row) {
            let Some(member) = *holder else {
                found.push(Fault::Vacant { role, month });
                continue;
            };
            let trained = problem.eligible[role as usize]
                .iter()
                .any(|&(one, from)| one == member && from <= month);
            if !trained || away.contains(&(member, month)) {
                found.push(Fault::Unfit { role, month });
            }
            if !seen.insert(member) {
                found.push(Fault::Double { member, month });
            }
        }
    }
}

fn terms(problem: &Problem, all: &[Vec<Option<u32>>], role: u32, found: &mut Vec<Fault>) {
    let past = problem.previous.len();
    // Per member, when their last term in the role began and what its last month was.
    let mut last: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for (at, row) in all.iter().enumerate() {
        let Some(member) = row[role as usize] else {
            continue;
        };
        let month = at.saturating_sub(past) as u32;
        let begin = match last.get(&member) {
            Some(&(begin, end)) if end + 1 == at => begin,
            Some(&(_, end)) if at >= past && at - end - 1 < problem.cooldown as usize => {
                found.push(Fault::Cooldown { role, month });
                at
            }
            _ => at,
        };
        if at >= past && at - begin + 1 > problem.max_term as usize {
            found.push(Fault::Term { role, month });
        }
        last.insert(member, (begin, at));
    }
}

fn runs(problem: &Problem, all: &[Vec<Option<u32>>], found: &mut Vec<Fault>) {
    let past = problem.previous.len();
    let mut run: BTreeMap<u32, u32> = BTreeMap::new();
    for (at, row) in all.iter().enumerate() {
        let serving: BTreeSet<u32> = row.iter().copied().flatten().collect();
        run.retain(|member, _| serving.contains(member));
        for member in serving {
            let length = run.entry(member).or_insert(0);
            *length += 1;
            if at >= past && *length > problem.max_run {
                let month = (at - past) as u32;
                found.push(Fault::Run { member, month });
            }
        }
    }
}

fn quarters(problem: &Problem, assign: &[Vec<Option<u32>>], found: &mut Vec<Fault>) {
    for (quarter, rows) in (0..).zip(assign.chunks(3)) {
        let mut served = vec![0; problem.members()];
        for member in rows.iter().flatten().copied().flatten() {
            served[member as usize] += 1;
        }
        for (member, served) in (0..).zip(served) {
            let at = member as usize;
            if served < problem.min_quarter[at] || served > problem.max_quarter[at] {
                found.push(Fault::Quarter { member, quarter });
            }
        }
    }
}
