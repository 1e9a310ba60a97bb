//! Repair teams: three trained people for a conflict, close to none of its parties nor to each
//! other, and those with the least open cases.
//! Never: gives a case to somebody who is close to a party, refused by one, away or full; ranks
//! people by anything but their open cases.
//! See: `desk` for the loads and who is free, `search` for the choice, `why` for reasons.
//!
//! Cases come one at a time and are decided with the loads of that moment. The choice is exact:
//! of all teams the rules allow it has the lowest highest load, and of those the lowest sum.
//!
//! The method is branch and bound (Land and Doig 1960, "An automatic method of solving discrete
//! programming problems", Econometrica 28, pp. 497-520) in order of loads. Cost of a case: the
//! ties of its parties and the trained people once, and then as many pairs as the bound leaves
//! open, at worst the cube of the trained; `bench/rows.py` has instances for both. The proof is
//! the search itself: it ends when no team that is left can be better. Memory is that of members,
//! ties and trained people.

mod desk;
mod search;
#[cfg(test)]
mod tests;
mod why;

use std::fmt;

pub use desk::Desk;
pub use why::{NoTeam, Standing};

/// Everybody a case may touch. Members are numbered from 0 to `groups.len() - 1`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// Per member, their working group; any numbers.
    pub groups: Vec<u32>,
    /// The members trained for this service, ascending.
    pub trained: Vec<u32>,
    /// Per trained member, their open cases now.
    pub load: Vec<u32>,
    /// Per trained member, whether they may lead a team; every team needs one who may.
    pub lead: Vec<bool>,
    /// Per trained member, a bit for each language.
    pub langs: Vec<u64>,
    /// Who has this many open cases takes no more.
    pub max_load: u32,
    /// Pairs of members too close for one to decide about the other, in either order.
    pub ties: Vec<(u32, u32)>,
}

/// One case, naming members. Members named twice, or who are not trained, do no harm.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Case {
    /// Whom it is about.
    pub parties: Vec<u32>,
    /// Whom a party refuses.
    pub veto: Vec<u32>,
    /// Who is not available.
    pub away: Vec<u32>,
    /// The languages that one person of the team must all have; 0 for none.
    pub langs: u64,
}

/// A team, as three members in ascending order.
pub type Team = [u32; 3];

/// What contradicts itself in a problem; entries are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// A list that has an entry per trained member has another length.
    Length {
        /// The list.
        list: &'static str,
        /// Its length.
        len: usize,
        /// How many are trained.
        trained: usize,
    },
    /// An entry names somebody who does not exist.
    Nobody {
        /// The list.
        list: &'static str,
        /// The entry.
        entry: usize,
    },
    /// `trained` does not ascend at this entry.
    Order {
        /// The entry.
        entry: usize,
    },
    /// A tie of somebody with themselves.
    Alone {
        /// The entry.
        entry: usize,
    },
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Broken::Length { list, len, trained } => {
                write!(f, "{list}: {len} entries for {trained} trained members.")
            }
            Broken::Nobody { list, entry } => {
                write!(
                    f,
                    "{list}: entry {entry} names somebody who does not exist."
                )
            }
            Broken::Order { entry } => write!(
                f,
                "trained: entry {entry} is not larger than the one before."
            ),
            Broken::Alone { entry } => write!(f, "ties: entry {entry} names one member twice."),
        }
    }
}

impl std::error::Error for Broken {}

impl Problem {
    /// Find the first contradiction, if there is one.
    ///
    /// # Errors
    /// [`Broken`] names it.
    pub fn check(&self) -> Result<(), Broken> {
        let trained = self.trained.len();
        for (list, len) in [
            ("load", self.load.len()),
            ("lead", self.lead.len()),
            ("langs", self.langs.len()),
        ] {
            if len != trained {
                return Err(Broken::Length { list, len, trained });
            }
        }
        let exists = |member: u32| (member as usize) < self.groups.len();
        if let Some(entry) = self.trained.iter().position(|&member| !exists(member)) {
            let list = "trained";
            return Err(Broken::Nobody { list, entry });
        }
        if let Some(before) = self.trained.windows(2).position(|two| two[0] >= two[1]) {
            return Err(Broken::Order { entry: before + 1 });
        }
        for (entry, &(u, v)) in self.ties.iter().enumerate() {
            if !exists(u) || !exists(v) {
                let list = "ties";
                return Err(Broken::Nobody { list, entry });
            }
            if u == v {
                return Err(Broken::Alone { entry });
            }
        }
        Ok(())
    }
}
