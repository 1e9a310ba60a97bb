//! The desk where cases arrive: the trained people in order of their open cases, and who of them
//! is free for the case at hand.
//! Never: asks for memory once it is set up; forgets a load.
//! See: `search` for the choice.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Broken, Case, NoTeam, Problem, Team};

/// A number per entry that counts as set only if it is the newest mark, so that all are cleared
/// at once.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    marks: Vec<u64>,
    newest: u64,
}

impl Marks {
    fn new(len: usize) -> Marks {
        Marks {
            marks: vec![0; len],
            newest: 0,
        }
    }

    pub fn clear(&mut self) {
        self.newest += 1;
    }

    pub fn set(&mut self, at: u32) {
        self.marks[at as usize] = self.newest;
    }

    pub fn has(&self, at: u32) -> bool {
        self.marks[at as usize] == self.newest
    }
}

/// One trained person.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trained {
    pub member: u32,
    /// Their group, numbered from 0 without gaps.
    pub group: u32,
    pub langs: u64,
    pub lead: bool,
    /// Has no tie to any trained person.
    pub lone: bool,
}

/// The trained people and their open cases. People are known here by their place in
/// [`Problem::trained`]; the functions for callers name members.
#[derive(Clone, Debug)]
pub struct Desk {
    pub(super) people: Vec<Trained>,
    pub(super) load: Vec<u32>,
    pub(super) max_load: u32,
    /// People by load, the least first, and where each of them stands there.
    pub(super) order: Vec<u32>,
    place: Vec<u32>,
    /// Per member, the trained people they have a tie to: where the list ends, then the lists.
    tie_ends: Vec<usize>,
    pub(super) ties: Vec<u32>,
    pub(super) group_of: Vec<u32>,
    /// Not for this case.
    pub(super) out: Marks,
    /// Groups of the parties of this case.
    pub(super) barred: Marks,
    /// Tied to the first or second of the team in the making.
    pub(super) near: [Marks; 2],
    /// Groups that have nothing better to offer for the first or second of the team.
    pub(super) done: [Marks; 2],
    /// The places in `order` of those who may lead, where the search needs them apart.
    pub(super) leads: Vec<usize>,
}

impl Desk {
    /// Set up for `problem`.
    ///
    /// # Errors
    /// [`Broken`] names the first contradiction.
    pub fn new(problem: &Problem) -> Result<Desk, Broken> {
        problem.check()?;
        let (group_of, groups) = renumbered(&problem.groups);
        let (tie_ends, ties) = trained_ties(problem);
        let k = problem.trained.len();
        let mut desk = Desk {
            people: Vec::with_capacity(k),
            load: problem.load.clone(),
            max_load: problem.max_load,
            order: (0..k as u32).collect(),
            place: vec![0; k],
            tie_ends,
            ties,
            group_of,
            out: Marks::new(k),
            barred: Marks::new(groups),
            near: [Marks::new(k), Marks::new(k)],
            done: [Marks::new(groups), Marks::new(groups)],
            leads: Vec::with_capacity(k),
        };
        for (at, &member) in problem.trained.iter().enumerate() {
            desk.people.push(Trained {
                member,
                group: desk.group_of[member as usize],
                langs: problem.langs[at],
                lead: problem.lead[at],
                lone: desk.ties_of(member).is_empty(),
            });
        }
        desk.order.sort_by_key(|&one| problem.load[one as usize]);
        for (at, &one) in desk.order.iter().enumerate() {
            desk.place[one as usize] = at as u32;
        }
        Ok(desk)
    }

    /// The best team for `case`, or why there is none. Loads stay as they are until
    /// [`Desk::open`]. Members a case names must exist.
    ///
    /// # Errors
    /// [`NoTeam`], when the rules allow no team at all.
    pub fn choose(&mut self, case: &Case) -> Result<Team, NoTeam> {
        self.mark(case);
        match self.search(case.langs) {
            Some(mut team) => {
                team = team.map(|one| self.people[one as usize].member);
                team.sort_unstable();
                Ok(team)
            }
            None => Err(self.why_none(case.langs)),
        }
    }

    /// Everybody of `team` has one open case more. Who is not trained is left out.
    pub fn open(&mut self, team: Team) {
        for one in team.map(|member| self.find(member)).into_iter().flatten() {
            let load = self.load[one as usize];
            let last = self
                .order
                .partition_point(|&other| self.load[other as usize] <= load)
                - 1;
            self.stand(one, last);
            self.load[one as usize] = load.saturating_add(1);
        }
    }

    /// Everybody of `team` has one open case less, where there is one.
    pub fn close(&mut self, team: Team) {
        for one in team.map(|member| self.find(member)).into_iter().flatten() {
            let load = self.load[one as usize];
            let first = self
                .order
                .partition_point(|&other| self.load[other as usize] < load);
            self.stand(one, first);
            self.load[one as usize] = load.saturating_sub(1);
        }
    }

    /// How many open cases a trained member has.
    pub fn load_of(&self, member: u32) -> Option<u32> {
        self.find(member).map(|one| self.load[one as usize])
    }

    pub(super) fn find(&self, member: u32) -> Option<u32> {
        let at = self.people.binary_search_by_key(&member, |one| one.member);
        at.ok().map(|at| at as u32)
    }

    /// The trained people with a tie to `member`.
    pub(super) fn ties_of(&self, member: u32) -> &[u32] {
        &self.ties[self.tie_range(member)]
    }

    /// Where they stand in `ties`.
    pub(super) fn tie_range(&self, member: u32) -> Range<usize> {
        let member = member as usize;
        let before = member.checked_sub(1);
        before.map_or(0, |before| self.tie_ends[before])..self.tie_ends[member]
    }

    /// Change places with whoever stands at `at`.
    fn stand(&mut self, one: u32, at: usize) {
        let here = self.place[one as usize] as usize;
        let other = self.order[at];
        self.order.swap(here, at);
        self.place[one as usize] = at as u32;
        self.place[other as usize] = here as u32;
    }

    /// Mark who is out of the question for `case`.
    pub(super) fn mark(&mut self, case: &Case) {
        self.out.clear();
        self.barred.clear();
        for &member in case.parties.iter().chain(&case.veto).chain(&case.away) {
            if let Some(one) = self.find(member) {
                self.out.set(one);
            }
        }
        for &party in &case.parties {
            self.barred.set(self.group_of[party as usize]);
            for at in self.tie_range(party) {
                self.out.set(self.ties[at]);
            }
        }
    }

    /// Whether somebody may take the case that was marked.
    pub(super) fn is_free(&self, one: u32) -> bool {
        !self.out.has(one)
            && !self.barred.has(self.people[one as usize].group)
            && self.load[one as usize] < self.max_load
    }
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

/// Per member, the trained people they have a tie to, each once: where the lists end, the lists.
fn trained_ties(problem: &Problem) -> (Vec<usize>, Vec<u32>) {
    let mut pairs = Vec::new();
    let place = |member: u32| problem.trained.binary_search(&member).ok();
    for &(u, v) in &problem.ties {
        pairs.extend(place(v).map(|at| (u, at as u32)));
        pairs.extend(place(u).map(|at| (v, at as u32)));
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut ends = vec![0; problem.groups.len()];
    for &(member, _) in &pairs {
        ends[member as usize] += 1;
    }
    let mut sum = 0;
    for end in &mut ends {
        sum += *end;
        *end = sum;
    }
    (ends, pairs.into_iter().map(|(_, one)| one).collect())
}
