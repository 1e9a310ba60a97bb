//! Why somebody cannot take a case, and why nobody can.
//! Never: says more about a party than that there is a tie.
//! See: `super::Desk::choose`.

use std::fmt;

use super::{Case, Desk};

/// How a member stands to a case. Of several reasons the first in this order is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not trained for this service.
    Untrained,
    /// Is a party.
    Party,
    /// Was refused by a party.
    Refused,
    /// Is away.
    Away,
    /// Has a tie to this party.
    Close {
        /// The party.
        party: u32,
    },
    /// Is of the same group as this party.
    SameGroup {
        /// The party.
        party: u32,
    },
    /// Has as many open cases as anybody may have.
    Full {
        /// How many.
        load: u32,
    },
    /// Could take it.
    Free {
        /// Open cases so far.
        load: u32,
    },
}

/// Why no team can be found. Of several reasons the first in this order is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoTeam {
    /// Fewer than three are free.
    Few {
        /// How many are.
        free: u32,
    },
    /// Nobody who is free may lead.
    NoLead,
    /// Nobody who is free has the languages.
    NoLanguage,
    /// Those who are free belong to fewer than three groups.
    Groups {
        /// To how many.
        groups: u32,
    },
    /// Ties and groups among those who are free leave no three that the rules allow.
    Close {
        /// How many are free.
        free: u32,
    },
}

impl fmt::Display for NoTeam {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoTeam::Few { free } => write!(f, "only {free} of the trained are free"),
            NoTeam::NoLead => write!(f, "nobody who is free may lead"),
            NoTeam::NoLanguage => write!(f, "nobody who is free has the languages"),
            NoTeam::Groups { groups } => {
                write!(f, "those who are free are of only {groups} groups")
            }
            NoTeam::Close { free } => {
                write!(f, "the {free} who are free are too close to each other")
            }
        }
    }
}

impl Desk {
    /// How `member` stands to `case` with the loads of now.
    pub fn standing(&self, case: &Case, member: u32) -> Standing {
        let Some(one) = self.find(member) else {
            return Standing::Untrained;
        };
        if case.parties.contains(&member) {
            return Standing::Party;
        }
        if case.veto.contains(&member) {
            return Standing::Refused;
        }
        if case.away.contains(&member) {
            return Standing::Away;
        }
        let close = |party: &&u32| self.ties_of(**party).contains(&one);
        if let Some(&party) = case.parties.iter().find(close) {
            return Standing::Close { party };
        }
        let group = self.people[one as usize].group;
        let same = |party: &&u32| self.group_of[**party as usize] == group;
        if let Some(&party) = case.parties.iter().find(same) {
            return Standing::SameGroup { party };
        }
        let load = self.load[one as usize];
        if load < self.max_load {
            Standing::Free { load }
        } else {
            Standing::Full { load }
        }
    }

    /// Why the search for the marked case found nobody.
    pub(super) fn why_none(&mut self, langs: u64) -> NoTeam {
        let (mut free, mut groups, mut leads, mut speaks) = (0, 0, false, false);
        self.done[0].clear();
        for one in 0..self.people.len() as u32 {
            if !self.is_free(one) {
                continue;
            }
            let person = self.people[one as usize];
            free += 1;
            leads |= person.lead;
            speaks |= person.langs & langs == langs;
            if !self.done[0].has(person.group) {
                self.done[0].set(person.group);
                groups += 1;
            }
        }
        match (free, leads, speaks, groups) {
            (0..3, ..) => NoTeam::Few { free },
            (_, false, ..) => NoTeam::NoLead,
            (_, _, false, _) => NoTeam::NoLanguage,
            (_, _, _, 0..3) => NoTeam::Groups { groups },
            _ => NoTeam::Close { free },
        }
    }
}
