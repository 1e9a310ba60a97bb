//! Sponsors: a stable matching of seekers with sponsors who can each take several.
//! Never: leaves a seeker and a sponsor who would both rather have each other; lets chance or the
//! order of the seekers decide anything.
//! See: `propose` for the method, `why` for the reasons behind it, `lists` for how orders of
//! preference lie in memory.
//!
//! The method is deferred acceptance, the seekers proposing (Gale and Shapley 1962, "College
//! Admissions and the Stability of Marriage", American Mathematical Monthly 69, section 3). What
//! is known of its outcome (Roth and Sotomayor 1990, "Two-Sided Matching", chapters 2 and 5):
//!
//! - it is the one stable matching that every seeker likes at least as much as any other
//!   (theorem 2.12), so it depends on the preferences alone;
//! - no seeker can gain by naming other preferences than their own (theorem 5.16; Dubins and
//!   Freedman 1981, Roth 1982). Sponsors can, in rare cases;
//! - whoever stays without a sponsor does so in every stable matching (theorem 2.22, the rural
//!   hospitals theorem).
//!
//! Cost: every entry of every list is looked at a fixed number of times, a seeker is found in a
//! sponsor's list in O(log of its length) and a full sponsor finds their last in O(log of the
//! places); memory is that of the lists. Proof:
//! [`Matching::last_taken`], from which anybody sees that nobody is left who would rather.

mod lists;
mod propose;
#[cfg(test)]
mod tests;
mod why;

use std::fmt;

pub use lists::Lists;
pub use propose::seeker_optimal;
pub use why::{Answer, answers};

/// Who would have whom. Seekers and sponsors are numbered from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// Per sponsor, how many seekers they can take; may be 0.
    pub capacity: Vec<u32>,
    /// Per seeker, the sponsors they would accept, the best first, none twice.
    pub seekers: Lists,
    /// Per sponsor, the seekers they would accept, the best first, none twice. Two may be matched
    /// only if each is on the other's list.
    pub sponsors: Lists,
}

/// A stable matching.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matching {
    /// Per seeker, their sponsor.
    pub sponsor_of: Vec<Option<u32>>,
    /// Per sponsor without a free place, the place on their list (from 0) of the last seeker they
    /// took. Everybody gets the first sponsor of their list who has a free place or places them
    /// no later than this, so these numbers alone show that the matching is stable (Azevedo and
    /// Leshno 2016, "A Supply and Demand Framework for Two-Sided Matching Markets", lemma 1).
    /// `None`: there is a free place, or the sponsor takes nobody.
    pub last_taken: Vec<Option<u32>>,
}

/// Which of the two sides a list belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// A seeker's list of sponsors.
    Seeker,
    /// A sponsor's list of seekers.
    Sponsor,
}

/// What contradicts itself in a problem; owners and entries are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The number of capacities is not the number of sponsors' lists.
    Sponsors {
        /// How many capacities there are.
        capacities: usize,
        /// How many lists there are.
        lists: usize,
    },
    /// A list names somebody who does not exist.
    Nobody {
        /// The side of the list.
        side: Side,
        /// Whose list it is.
        owner: usize,
        /// The entry.
        entry: usize,
        /// The number it names.
        named: u32,
    },
    /// A list names somebody a second time.
    Twice {
        /// The side of the list.
        side: Side,
        /// Whose list it is.
        owner: usize,
        /// The second entry.
        entry: usize,
    },
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Side::Seeker => write!(f, "seeker"),
            Side::Sponsor => write!(f, "sponsor"),
        }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Broken::Sponsors { capacities, lists } => {
                write!(f, "There are {capacities} capacities for {lists} sponsors.")
            }
            Broken::Nobody {
                side,
                owner,
                entry,
                named,
            } => write!(
                f,
                "The list of {side} {owner}, entry {entry}, names {named}, who does not exist."
            ),
            Broken::Twice { side, owner, entry } => write!(
                f,
                "The list of {side} {owner}, entry {entry}, names somebody a second time."
            ),
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
        let (capacities, lists) = (self.capacity.len(), self.sponsors.len());
        if capacities != lists {
            return Err(Broken::Sponsors { capacities, lists });
        }
        check_side(&self.seekers, lists, Side::Seeker)?;
        check_side(&self.sponsors, self.seekers.len(), Side::Sponsor)
    }
}

fn check_side(lists: &Lists, others: usize, side: Side) -> Result<(), Broken> {
    // The last owner who named each of the others, counted from 1.
    let mut named_by = vec![0; others];
    for owner in 0..lists.len() {
        for (entry, &named) in lists.of(owner).iter().enumerate() {
            let Some(last) = named_by.get_mut(named as usize) else {
                return Err(Broken::Nobody {
                    side,
                    owner,
                    entry,
                    named,
                });
            };
            if std::mem::replace(last, owner as u32 + 1) == owner as u32 + 1 {
                return Err(Broken::Twice { side, owner, entry });
            }
        }
    }
    Ok(())
}
