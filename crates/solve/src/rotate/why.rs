//! Why somebody holds, could hold or cannot hold a role in a month of a plan.
//! Never: says that somebody should.
//! See: `roster` for the obstacles, which the search goes by as well.

use super::roster::{Obstacle, Roster};
use super::table::Table;
use super::{Plan, Problem};

/// How a member stands to a role in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placing {
    /// Holds it.
    Holds {
        /// The member's hours in the plan, those carried over included.
        hours: u64,
    },
    /// Is not trained for it, or not by then.
    Untrained,
    /// Is away.
    Away,
    /// A rule keeps them from it, as long as the rest of the plan stands.
    Kept(Obstacle),
    /// Could take it over as the plan stands.
    Free {
        /// The member's hours in the plan, those carried over included.
        hours: u64,
        /// What they would be.
        would_be: u64,
    },
}

/// How `member` stands to `role` in `month` of a plan for `problem`; all three must exist. Time
/// grows with the size of the plan.
pub fn placing(problem: &Problem, plan: &Plan, member: u32, role: u32, month: u32) -> Placing {
    let trained = problem.eligible[role as usize].iter();
    if !trained
        .clone()
        .any(|&(one, from)| one == member && from <= month)
    {
        return Placing::Untrained;
    }
    if problem.absent.contains(&(member, month)) {
        return Placing::Away;
    }
    let table = Table::new(problem);
    let mut roster = Roster::new(&table, problem, 0);
    let holders = plan.assign.iter().flatten().enumerate();
    for (slot, holder) in holders.filter_map(|(slot, holder)| Some((slot, (*holder)?))) {
        roster.put(slot, holder, 0);
    }
    let slot = month as usize * table.roles + role as usize;
    let hours = roster.hours_of(member) as u64;
    if roster.who[slot] == member {
        return Placing::Holds { hours };
    }
    let would_be = hours + u64::from(problem.load[role as usize]);
    match roster.obstacle(slot, member) {
        Some(obstacle) => Placing::Kept(obstacle),
        None => Placing::Free { hours, would_be },
    }
}
