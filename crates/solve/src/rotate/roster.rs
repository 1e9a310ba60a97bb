//! The plan during the search: who fills which slot, every member's months, and running totals.
//! Never: lets anybody take a slot against a rule about single members; decides what is good.
//! See: `cost` for the definitions this must agree with, `fill` and `search` for who moves people.

use super::Problem;
use super::table::Table;

/// Nobody, or no role.
pub(super) const NONE: u32 = u32::MAX;

/// What a plan adds up to, in the order that counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Totals {
    /// Empty slots, and roles that members lack to their least number in a quarter.
    pub unmet: i64,
    /// Hours above the cap, over all members.
    pub over: i64,
    /// The sum of squared hours, or what is even enough if that is more.
    pub squares: i64,
    pub crowded: i64,
    pub unliked: i64,
    /// The sum of squared hours itself: of two plans that are even enough, the more even one.
    pub exact: i64,
}

#[derive(Debug)]
pub(super) struct Roster<'a> {
    pub table: &'a Table,
    /// Per slot, who fills it.
    pub who: Vec<u32>,
    prefs: Vec<i64>,
    /// Per member and month, those before the plan first: the role they hold.
    line: Vec<u32>,
    hours: Vec<i64>,
    served: Vec<u32>,
    /// Per month and group, how many serve.
    crowd: Vec<i64>,
    cap: i64,
    /// Nobody may take a slot that brings them above this.
    limit: i64,
    even_enough: i64,
    pub totals: Totals,
}

impl<'a> Roster<'a> {
    /// Nobody fills anything yet.
    pub fn new(table: &'a Table, problem: &Problem, cap: i64) -> Roster<'a> {
        let width = table.past + table.months;
        let squares = table.carry.iter().map(|hours| hours * hours).sum();
        let mut roster = Roster {
            who: vec![NONE; table.slots()],
            prefs: vec![0; table.slots()],
            line: vec![NONE; table.members * width],
            hours: table.carry.clone(),
            served: vec![0; table.members * table.quarters],
            crowd: vec![0; table.months * table.groups],
            cap: i64::MAX,
            limit: i64::MAX,
            even_enough: 0,
            totals: Totals {
                unmet: table.slots() as i64,
                squares,
                exact: squares,
                ..Totals::default()
            },
            table,
        };
        let least: u32 = table.least.iter().sum();
        roster.totals.unmet += i64::from(least) * table.quarters as i64;
        for (month, row) in problem.previous.iter().enumerate() {
            for (role, &member) in (0..).zip(row) {
                roster.line[member as usize * width + month] = role;
            }
        }
        roster.set_cap(cap);
        roster
    }

    /// From now on hours above `cap` are counted.
    pub fn set_cap(&mut self, cap: i64) {
        self.cap = cap;
        self.totals.over = self.hours.iter().map(|&hours| (hours - cap).max(0)).sum();
    }

    /// From now on nobody may take a slot that brings them above `limit` hours, if there is one.
    pub fn set_limit(&mut self, limit: Option<i64>) {
        self.limit = limit.unwrap_or(i64::MAX);
    }

    /// By how much `member` would be above the limit with the hours of `slot`.
    pub fn excess(&self, slot: usize, member: u32) -> i64 {
        self.hours_of(member) + self.table.load_of(slot) - self.limit
    }

    /// From now on it makes no difference how far the squares are below `squares`.
    pub fn set_even_enough(&mut self, squares: i64) {
        self.even_enough = squares;
        self.totals.squares = self.totals.exact.max(squares);
    }

    /// What hours above the cap and [`Totals::squares`] would change by if these members got so
    /// many hours more.
    pub fn change(&self, members: &[(u32, i64)]) -> (i64, i64) {
        let (mut over, mut exact) = (0, self.totals.exact);
        for &(member, more) in members {
            let (above, squared) = self.added(self.hours_of(member), more);
            over += above;
            exact += squared;
        }
        (over, exact.max(self.even_enough) - self.totals.squares)
    }

    /// By how much hours above the cap and squared hours grow from `hours` to `more` of them.
    fn added(&self, hours: i64, more: i64) -> (i64, i64) {
        let above = (hours + more - self.cap).max(0) - (hours - self.cap).max(0);
        (above, more * (2 * hours + more))
    }

    pub fn cap(&self) -> i64 {
        self.cap
    }

    pub fn hours_of(&self, member: u32) -> i64 {
        self.hours[member as usize]
    }

    /// Who has more hours than the cap.
    pub fn members_over(&self) -> Vec<u32> {
        let all = (0..).zip(&self.hours);
        match self.totals.over {
            0 => Vec::new(),
            _ => all
                .filter(|(_, hours)| **hours > self.cap)
                .map(|(member, _)| member)
                .collect(),
        }
    }

    pub fn most_hours(&self) -> i64 {
        self.hours.iter().copied().max().unwrap_or(0)
    }

    /// How many of the group of `member` serve in the month of `slot`.
    pub fn crowd_at(&self, slot: usize, member: u32) -> i64 {
        self.crowd[self.crowd_index(slot, member)]
    }

    /// How many roles `member` lacks in the quarter of `slot`.
    pub fn lack(&self, slot: usize, member: u32) -> u32 {
        let least = self.table.least[member as usize];
        least.saturating_sub(self.served[self.served_index(slot, member)])
    }

    fn crowd_index(&self, slot: usize, member: u32) -> usize {
        let group = self.table.group[member as usize] as usize;
        self.table.month(slot) * self.table.groups + group
    }

    fn served_index(&self, slot: usize, member: u32) -> usize {
        member as usize * self.table.quarters + self.table.month(slot) / 3
    }

    /// The months of `member`, those before the plan first.
    pub fn months(&self, member: u32) -> &[u32] {
        let width = self.table.past + self.table.months;
        &self.line[member as usize * width..][..width]
    }

    /// Fill an empty slot. Whether the member may take it is for the caller to ask.
    pub fn put(&mut self, slot: usize, member: u32, pref: i64) {
        self.who[slot] = member;
        self.prefs[slot] = pref;
        self.set_month(slot, member, self.table.role(slot) as u32);
        self.add_hours(member, self.table.load_of(slot));
        let at = self.crowd_index(slot, member);
        self.totals.crowded += self.crowd[at];
        self.crowd[at] += 1;
        self.totals.unliked -= pref;
        let lack = i64::from(self.lack(slot, member).min(1));
        self.totals.unmet -= 1 + lack;
        let at = self.served_index(slot, member);
        self.served[at] += 1;
    }

    /// Empty a slot; who filled it, and what they say of the role.
    pub fn lift(&mut self, slot: usize) -> (u32, i64) {
        let (member, pref) = (self.who[slot], self.prefs[slot]);
        self.who[slot] = NONE;
        self.set_month(slot, member, NONE);
        self.add_hours(member, -self.table.load_of(slot));
        let at = self.crowd_index(slot, member);
        self.crowd[at] -= 1;
        self.totals.crowded -= self.crowd[at];
        self.totals.unliked += pref;
        let at = self.served_index(slot, member);
        self.served[at] -= 1;
        let lack = i64::from(self.lack(slot, member).min(1));
        self.totals.unmet += 1 + lack;
        (member, pref)
    }

    fn set_month(&mut self, slot: usize, member: u32, role: u32) {
        let width = self.table.past + self.table.months;
        let month = self.table.past + self.table.month(slot);
        self.line[member as usize * width + month] = role;
    }

    fn add_hours(&mut self, member: u32, more: i64) {
        let (above, squared) = self.added(self.hours_of(member), more);
        self.hours[member as usize] += more;
        self.totals.over += above;
        self.totals.exact += squared;
        self.totals.squares = self.totals.exact.max(self.even_enough);
    }

    /// What keeps `member`, who is a candidate, from taking the empty `slot`.
    pub fn obstacle(&self, slot: usize, member: u32) -> Option<Obstacle> {
        let line = self.months(member);
        let at = self.table.past + self.table.month(slot);
        let role = self.table.role(slot) as u32;
        if line[at] != NONE {
            return Some(Obstacle::Busy);
        }
        let served = self.served[self.served_index(slot, member)];
        if served >= self.table.most[member as usize] {
            return Some(Obstacle::Quarter);
        }
        if self.excess(slot, member) > 0 {
            return Some(Obstacle::Hours);
        }
        let (begin, end) = stretch(line.len(), at, |month| line[month] != NONE);
        if end - begin > self.table.max_run {
            return Some(Obstacle::Run);
        }
        let (begin, end) = stretch(line.len(), at, |month| self.holds(member, role, month));
        if end - begin > self.table.max_term {
            return Some(Obstacle::Term);
        }
        let early = begin.saturating_sub(self.table.cooldown);
        let late = (end + self.table.cooldown).min(line.len());
        let mut near = (early..begin).chain(end..late);
        if near.any(|month| self.holds(member, role, month)) {
            return Some(Obstacle::Cooldown);
        }
        None
    }

    /// Whether `member` holds `role` in `month`, those before the plan counted; there somebody
    /// may have held two.
    fn holds(&self, member: u32, role: u32, month: usize) -> bool {
        if month < self.table.past {
            self.table.previous[month * self.table.roles + role as usize] == member
        } else {
            self.months(member)[month] == role
        }
    }

    /// Whether taking `member` out of `slot`, as was done, has cut a term in two that lie too
    /// close.
    pub fn is_cut(&self, slot: usize, member: u32) -> bool {
        let line = self.months(member);
        let at = self.table.past + self.table.month(slot);
        let role = self.table.role(slot) as u32;
        let cut = at > 0 && self.holds(member, role, at - 1) && line.get(at + 1) == Some(&role);
        cut && line[at] != role && self.table.cooldown > 1
    }

    /// The slot `member` fills in `month`, those before the plan counted.
    pub fn slot_in(&self, member: u32, month: usize) -> Option<usize> {
        let role = self.months(member)[month];
        let month = month.checked_sub(self.table.past)?;
        (role != NONE).then(|| month * self.table.roles + role as usize)
    }
}

/// The stretch of months around `at`, itself included, of which `belongs` holds for all others.
fn stretch(months: usize, at: usize, belongs: impl Fn(usize) -> bool) -> (usize, usize) {
    let mut begin = at;
    while begin > 0 && belongs(begin - 1) {
        begin -= 1;
    }
    let mut end = at + 1;
    while end < months && belongs(end) {
        end += 1;
    }
    (begin, end)
}

/// What keeps somebody who is trained and there from taking a role in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Holds a role in that month.
    Busy,
    /// Would have more roles in the quarter than they may.
    Quarter,
    /// Would have more hours than the limit.
    Hours,
    /// Would serve too many months on end.
    Run,
    /// Would hold the role too many months on end.
    Term,
    /// Had the role too short a time ago, or will have it too soon.
    Cooldown,
}
