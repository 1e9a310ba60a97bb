//! The same problem, laid out for quick questions.
//! Never: changes during a search.
//! See: `roster` for who asks.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Problem;

/// Somebody who may fill a slot, as far as training and absence go.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub member: u32,
    /// What they say of the role.
    pub pref: i64,
}

/// A problem laid out for the search. A slot is a role in a month, numbered month by month.
#[derive(Debug)]
pub(super) struct Table {
    pub members: usize,
    pub roles: usize,
    pub months: usize,
    /// Months before the plan.
    pub past: usize,
    /// Per month before the plan and role, who held it.
    pub previous: Vec<u32>,
    pub quarters: usize,
    pub groups: usize,
    pub group: Vec<u32>,
    pub carry: Vec<i64>,
    pub load: Vec<i64>,
    pub least: Vec<u32>,
    pub most: Vec<u32>,
    pub max_term: usize,
    pub cooldown: usize,
    pub max_run: usize,
    candidates: Vec<Candidate>,
    /// Where the candidates of each slot end.
    ends: Vec<usize>,
    /// Per member, the slots they are a candidate for: where the list ends, then the lists.
    slot_ends: Vec<usize>,
    slots_of: Vec<u32>,
}

impl Table {
    pub fn new(problem: &Problem) -> Table {
        let (group, groups) = renumbered(&problem.groups);
        let mut table = Table {
            members: problem.members(),
            roles: problem.roles(),
            months: problem.months as usize,
            past: problem.previous.len(),
            previous: problem.previous.concat(),
            quarters: problem.quarters(),
            groups,
            group,
            carry: problem
                .carry
                .iter()
                .map(|&hours| i64::from(hours))
                .collect(),
            load: problem.load.iter().map(|&hours| i64::from(hours)).collect(),
            least: problem.min_quarter.clone(),
            most: problem.max_quarter.clone(),
            max_term: problem.max_term as usize,
            cooldown: problem.cooldown as usize,
            max_run: problem.max_run as usize,
            candidates: Vec::new(),
            ends: Vec::new(),
            slot_ends: Vec::new(),
            slots_of: Vec::new(),
        };
        table.list_candidates(problem);
        table.list_slots();
        table
    }

    fn list_candidates(&mut self, problem: &Problem) {
        let mut away = vec![false; self.members * self.months];
        for &(member, month) in &problem.absent {
            away[member as usize * self.months + month as usize] = true;
        }
        let prefs: BTreeMap<(u32, u32), i32> = problem
            .prefs
            .iter()
            .map(|&(member, role, p)| ((member, role), p))
            .collect();
        let of_role = |(role, trained): (u32, &Vec<(u32, u32)>)| {
            let mut trained: Vec<(u32, u32, i64)> = trained
                .iter()
                .map(|&(member, from)| {
                    let pref = prefs.get(&(member, role)).copied().unwrap_or(0);
                    (member, from, i64::from(pref))
                })
                .collect();
            trained.sort_unstable();
            trained
        };
        let trained: Vec<_> = (0..).zip(&problem.eligible).map(of_role).collect();
        for month in 0..self.months {
            for trained in &trained {
                for &(member, from, pref) in trained {
                    if from as usize <= month && !away[member as usize * self.months + month] {
                        self.candidates.push(Candidate { member, pref });
                    }
                }
                self.ends.push(self.candidates.len());
            }
        }
    }

    fn list_slots(&mut self) {
        let mut lists = vec![Vec::new(); self.members];
        for slot in 0..self.slots() {
            for candidate in self.candidates(slot) {
                lists[candidate.member as usize].push(slot as u32);
            }
        }
        for list in lists {
            self.slots_of.extend(list);
            self.slot_ends.push(self.slots_of.len());
        }
    }

    pub fn slots(&self) -> usize {
        self.ends.len()
    }

    pub fn month(&self, slot: usize) -> usize {
        slot / self.roles
    }

    pub fn role(&self, slot: usize) -> usize {
        slot % self.roles
    }

    pub fn load_of(&self, slot: usize) -> i64 {
        self.load[self.role(slot)]
    }

    /// Who may fill `slot`, in ascending order of their numbers.
    pub fn candidates(&self, slot: usize) -> &[Candidate] {
        &self.candidates[range(&self.ends, slot)]
    }

    /// `member` as a candidate for `slot`.
    pub fn candidate(&self, slot: usize, member: u32) -> Option<Candidate> {
        let all = self.candidates(slot);
        let at = all.binary_search_by_key(&member, |one| one.member);
        at.ok().map(|at| all[at])
    }

    /// The slots `member` is a candidate for, ascending.
    pub fn slots_of(&self, member: usize) -> &[u32] {
        &self.slots_of[range(&self.slot_ends, member)]
    }
}

fn range(ends: &[usize], at: usize) -> Range<usize> {
    at.checked_sub(1).map_or(0, |before| ends[before])..ends[at]
}

/// The same groups with numbers from 0 without gaps, and how many there are.
fn renumbered(groups: &[u32]) -> (Vec<u32>, usize) {
    let mut known = BTreeMap::new();
    let mut number = |group: &u32| {
        let next = known.len() as u32;
        *known.entry(*group).or_insert(next)
    };
    let group_of = groups.iter().map(&mut number).collect();
    (group_of, known.len())
}
