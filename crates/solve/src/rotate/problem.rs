//! What is asked: roles to fill over months, who may fill them, and what the rules are.
//! Never: changes what was asked.
//! See: `cost` for how a plan is judged.

use std::fmt;

/// Roles to be filled over some months. Members, roles and months are numbered from 0; months are
/// taken three by three as quarters, the last of which may be short.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// How many months the plan has; every role has one place in each.
    pub months: u32,
    /// Per member, their working group; any numbers.
    pub groups: Vec<u32>,
    /// Per member, hours from before the plan that count with those of the plan.
    pub carry: Vec<u32>,
    /// Per role, hours a month.
    pub load: Vec<u32>,
    /// Per role, the members trained for it, each with the month from which they are.
    pub eligible: Vec<Vec<(u32, u32)>>,
    /// Members and the months in which they are away.
    pub absent: Vec<(u32, u32)>,
    /// Per member, the least number of roles in every quarter.
    pub min_quarter: Vec<u32>,
    /// Per member, the highest number of roles in every quarter.
    pub max_quarter: Vec<u32>,
    /// Who held each role in the months before the plan, the last one at the end.
    pub previous: Vec<Vec<u32>>,
    /// How many months on end a member may hold one role.
    pub max_term: u32,
    /// How many months must lie between two terms of a member in one role.
    pub cooldown: u32,
    /// How many months on end a member may hold any roles.
    pub max_run: u32,
    /// Member, role, and how much they would like it: from -2 to 2, 0 where nothing is said.
    pub prefs: Vec<(u32, u32, i32)>,
}

/// Why a problem cannot be worked on; entries are counted from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// A list that has an entry per member, role or month has another length.
    Length {
        /// The list.
        list: &'static str,
        /// Its length.
        len: usize,
        /// The length it should have.
        want: usize,
    },
    /// An entry names a member, role or month that does not exist.
    Nothing {
        /// The list.
        list: &'static str,
        /// The entry.
        entry: usize,
    },
    /// An entry says something about what an earlier entry has settled.
    Twice {
        /// The list.
        list: &'static str,
        /// The entry.
        entry: usize,
    },
    /// A member must serve more often in a quarter than they may, or than they have months.
    Quarter {
        /// The member.
        member: u32,
        /// The least number of roles asked for.
        least: u32,
        /// The highest number that can be.
        most: u32,
    },
    /// Nobody who is trained is there in some month.
    Nobody {
        /// The role.
        role: u32,
        /// The month.
        month: u32,
    },
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Broken::Length { list, len, want } => {
                write!(f, "{list} has {len} entries and should have {want}.")
            }
            Broken::Nothing { list, entry } => {
                write!(
                    f,
                    "{list}, entry {entry}, names something that does not exist."
                )
            }
            Broken::Twice { list, entry } => {
                write!(
                    f,
                    "{list}, entry {entry}: an earlier entry says this already."
                )
            }
            Broken::Quarter {
                member,
                least,
                most,
            } => write!(
                f,
                "Member {member} must take at least {least} roles in a quarter and can take at most {most}."
            ),
            Broken::Nobody { role, month } => write!(
                f,
                "Nobody who is trained for role {role} is there in month {month}."
            ),
        }
    }
}

impl std::error::Error for Broken {}

impl Problem {
    /// How many members there are.
    pub fn members(&self) -> usize {
        self.groups.len()
    }

    /// How many roles there are.
    pub fn roles(&self) -> usize {
        self.load.len()
    }

    /// Find the first contradiction, if there is one. A problem without one may still have no
    /// plan that keeps every rule.
    ///
    /// # Errors
    /// [`Broken`] names it.
    pub fn check(&self) -> Result<(), Broken> {
        self.check_lengths()?;
        self.check_names()?;
        self.check_quarters()?;
        self.check_slots()
    }

    fn check_lengths(&self) -> Result<(), Broken> {
        let (members, roles) = (self.members(), self.roles());
        let mut lists = vec![
            ("carry", self.carry.len(), members),
            ("min_quarter", self.min_quarter.len(), members),
            ("max_quarter", self.max_quarter.len(), members),
            ("eligible", self.eligible.len(), roles),
        ];
        lists.extend(
            self.previous
                .iter()
                .map(|row| ("previous", row.len(), roles)),
        );
        match lists.into_iter().find(|&(_, len, want)| len != want) {
            Some((list, len, want)) => Err(Broken::Length { list, len, want }),
            None => Ok(()),
        }
    }

    fn check_names(&self) -> Result<(), Broken> {
        let member = |member: u32| (member as usize) < self.members();
        for trained in &self.eligible {
            let names: Vec<u32> = trained.iter().map(|&(member, _)| member).collect();
            check_list("eligible", &names, |&one| member(one))?;
        }
        check_list("absent", &self.absent, |&(one, month)| {
            member(one) && month < self.months
        })?;
        let prefs: Vec<(u32, u32)> = self
            .prefs
            .iter()
            .map(|&(one, role, _)| (one, role))
            .collect();
        check_list("prefs", &prefs, |&(one, role)| {
            member(one) && (role as usize) < self.roles()
        })?;
        let strange = |row: &Vec<u32>| row.iter().position(|&one| !member(one));
        match self.previous.iter().find_map(strange) {
            Some(entry) => Err(Broken::Nothing {
                list: "previous",
                entry,
            }),
            None => Ok(()),
        }
    }

    fn check_quarters(&self) -> Result<(), Broken> {
        let mut there = vec![0u32; self.members() * self.quarters()];
        for (at, months) in there.iter_mut().enumerate() {
            let quarter = (at % self.quarters()) as u32;
            *months = (self.months - 3 * quarter).min(3);
        }
        for &(member, month) in &self.absent {
            there[member as usize * self.quarters() + month as usize / 3] -= 1;
        }
        for (at, &months) in there.iter().enumerate() {
            let member = at / self.quarters();
            let (least, most) = (
                self.min_quarter[member],
                self.max_quarter[member].min(months),
            );
            if least > most {
                let member = member as u32;
                return Err(Broken::Quarter {
                    member,
                    least,
                    most,
                });
            }
        }
        Ok(())
    }

    fn check_slots(&self) -> Result<(), Broken> {
        let away: std::collections::BTreeSet<(u32, u32)> = self.absent.iter().copied().collect();
        for (role, trained) in self.eligible.iter().enumerate() {
            for month in 0..self.months {
                let comes = |&(member, from): &(u32, u32)| {
                    from <= month && !away.contains(&(member, month))
                };
                if !trained.iter().any(comes) {
                    let role = role as u32;
                    return Err(Broken::Nobody { role, month });
                }
            }
        }
        Ok(())
    }

    /// How many quarters the plan has.
    pub(super) fn quarters(&self) -> usize {
        (self.months as usize).div_ceil(3)
    }
}

/// Refuse entries that name what does not exist, or say something twice.
fn check_list<T: Ord>(
    list: &'static str,
    entries: &[T],
    exists: impl Fn(&T) -> bool,
) -> Result<(), Broken> {
    if let Some(entry) = entries.iter().position(|entry| !exists(entry)) {
        return Err(Broken::Nothing { list, entry });
    }
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|&entry| &entries[entry]);
    let twice = order
        .windows(2)
        .find(|two| entries[two[0]] == entries[two[1]]);
    match twice {
        Some(two) => Err(Broken::Twice {
            list,
            entry: two[1],
        }),
        None => Ok(()),
    }
}
