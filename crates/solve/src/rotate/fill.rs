//! A first plan: every slot filled, month by month, then by ejection where that got stuck. And a
//! plan whose hours are within the cap, by ejection alone.
//! Never: looks at hours or wishes more than it must; the search does that.
//! See: `search` for what comes next.
//!
//! What could not be met waits in a pool. Each need takes what it wants from others, whose needs
//! then join the pool; it takes from those that have waited least often (an ejection pool with
//! counters: Nagata and Bräysy 2009, "A powerful route minimization heuristic for the vehicle
//! routing problem with time windows", Operations Research Letters 37, section 3).
//!
//! Cost: the candidates of every slot once, and of one slot or one member's quarter per ejection.

use super::roster::{NONE, Obstacle, Roster};
use crate::random::Dice;

/// What is not met: a slot is empty, or a member lacks a role in a quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    Slot(usize),
    Member { member: u32, quarter: usize },
}

/// Fill every slot of an empty roster, giving each to whoever has the fewest hours, then put
/// right what is unmet, with at most `tries` ejections. `go_on` is asked now and then.
pub(super) fn fill(
    roster: &mut Roster<'_>,
    dice: &mut Dice,
    tries: u64,
    go_on: &mut dyn FnMut() -> bool,
) {
    let table = roster.table;
    for month in 0..table.months {
        let mut slots: Vec<usize> = (month * table.roles..(month + 1) * table.roles).collect();
        dice.shuffle(&mut slots);
        slots.sort_by_key(|&slot| table.candidates(slot).len());
        for slot in slots {
            take_least(roster, slot);
        }
    }
    Pool::new(roster).empty(roster, dice, tries, go_on);
}

/// Empty about half of all slots and fill them anew by chance, then put right what is unmet with
/// at most `tries` ejections: a plan far from the last one, where moves may not lead.
pub(super) fn refill(roster: &mut Roster<'_>, dice: &mut Dice, tries: u64) {
    let mut slots: Vec<usize> = (0..roster.who.len())
        .filter(|_| dice.below(2) == 0)
        .collect();
    for &slot in &slots {
        roster.lift(slot);
    }
    dice.shuffle(&mut slots);
    for slot in slots {
        let candidates = roster.table.candidates(slot);
        let one = candidates[dice.below(candidates.len() as u32) as usize];
        if roster.obstacle(slot, one.member).is_none() {
            roster.put(slot, one.member, one.pref);
        }
    }
    Pool::new(roster).empty(roster, dice, tries, &mut || true);
}

/// Take slots from those who are above the cap and find others for these, with at most `tries`
/// ejections and nobody brought above it. Where that fails, slots are left empty.
pub(super) fn press(
    roster: &mut Roster<'_>,
    dice: &mut Dice,
    tries: u64,
    go_on: &mut dyn FnMut() -> bool,
) {
    roster.set_limit(Some(roster.cap()));
    for member in roster.members_over() {
        while let over @ 1.. = roster.hours_of(member) - roster.cap()
            && let Some(slot) = slot_of(roster, member, over)
        {
            roster.lift(slot);
        }
    }
    Pool::new(roster).empty(roster, dice, tries, go_on);
    roster.set_limit(None);
}

/// Of the slots of `member`, the lightest one of at least `enough` hours; the heaviest one if none
/// has as many.
fn slot_of(roster: &Roster<'_>, member: u32, enough: i64) -> Option<usize> {
    let table = roster.table;
    let months = table.past..table.past + table.months;
    let slots = months.filter_map(|month| roster.slot_in(member, month));
    slots.min_by_key(|&slot| {
        let load = table.load_of(slot);
        (load < enough, if load < enough { -load } else { load })
    })
}

fn take_least(roster: &mut Roster<'_>, slot: usize) {
    let candidates = roster.table.candidates(slot).iter();
    let free = candidates.filter(|one| roster.obstacle(slot, one.member).is_none());
    let least = free.min_by_key(|one| {
        let lack = roster.lack(slot, one.member);
        (roster.hours_of(one.member) - 4 * i64::from(lack), -one.pref)
    });
    if let Some(&one) = least {
        roster.put(slot, one.member, one.pref);
    }
}

struct Pool {
    needs: Vec<Need>,
    /// Per slot, then per member and quarter: how often it had to wait.
    waited: Vec<u64>,
    slots: usize,
    quarters: usize,
}

impl Pool {
    fn new(roster: &Roster<'_>) -> Pool {
        let table = roster.table;
        let mut pool = Pool {
            needs: Vec::new(),
            waited: vec![1; table.slots() + table.members * table.quarters],
            slots: table.slots(),
            quarters: table.quarters,
        };
        let empty = (0..table.slots()).filter(|&slot| roster.who[slot] == NONE);
        pool.needs.extend(empty.map(Need::Slot));
        for member in 0..table.members as u32 {
            for quarter in 0..table.quarters {
                if roster.lack(3 * quarter * table.roles, member) > 0 {
                    pool.needs.push(Need::Member { member, quarter });
                }
            }
        }
        pool
    }

    fn empty(
        &mut self,
        roster: &mut Roster<'_>,
        dice: &mut Dice,
        tries: u64,
        go_on: &mut dyn FnMut() -> bool,
    ) {
        for round in 0..tries {
            if self.needs.is_empty() || (round % 256 == 255 && !go_on()) {
                return;
            }
            let at = dice.below(self.needs.len() as u32) as usize;
            let need = self.needs.swap_remove(at);
            let index = self.index(need);
            self.waited[index] += 1;
            if self.is_open(roster, need) {
                self.meet(roster, dice, need);
            }
        }
    }

    fn index(&self, need: Need) -> usize {
        match need {
            Need::Slot(slot) => slot,
            Need::Member { member, quarter } => {
                self.slots + member as usize * self.quarters + quarter
            }
        }
    }

    fn is_open(&self, roster: &Roster<'_>, need: Need) -> bool {
        match need {
            Need::Slot(slot) => roster.who[slot] == NONE,
            Need::Member { member, quarter } => {
                roster.lack(3 * quarter * roster.table.roles, member) > 0
            }
        }
    }

    /// Give `need` what costs the others least.
    fn meet(&mut self, roster: &mut Roster<'_>, dice: &mut Dice, need: Need) {
        let options: Vec<(usize, u32)> = match need {
            Need::Slot(slot) => {
                let all = roster.table.candidates(slot).iter();
                all.map(|one| (slot, one.member)).collect()
            }
            Need::Member { member, quarter } => {
                let all = roster.table.slots_of(member as usize).iter();
                let within = |&&slot: &&u32| roster.table.month(slot as usize) / 3 == quarter;
                all.filter(within)
                    .map(|&slot| (slot as usize, member))
                    .collect()
            }
        };
        let mut best: Option<(u64, usize, u32)> = None;
        for (slot, member) in options {
            let mut thrown = Vec::new();
            let fits = clear_for(roster, slot, member, &mut thrown);
            let price: u64 = thrown
                .iter()
                .map(|&(slot, who, _)| self.price(roster, slot, who))
                .sum();
            put_back(roster, &thrown);
            let price = price * 16 + u64::from(dice.below(16));
            if fits && best.is_none_or(|(least, ..)| price < least) {
                best = Some((price, slot, member));
            }
        }
        let Some((_, slot, member)) = best else {
            self.needs.push(need);
            return;
        };
        self.carry_out(roster, slot, member);
        if self.is_open(roster, need) {
            self.needs.push(need);
        }
    }

    fn price(&self, roster: &Roster<'_>, slot: usize, who: u32) -> u64 {
        let quarter = roster.table.month(slot) / 3;
        let lacks = roster.lack(slot, who) > 0;
        let lack = self.index(Need::Member {
            member: who,
            quarter,
        });
        self.waited[slot] + if lacks { self.waited[lack] } else { 0 }
    }

    fn carry_out(&mut self, roster: &mut Roster<'_>, slot: usize, member: u32) {
        let mut thrown = Vec::new();
        clear_for(roster, slot, member, &mut thrown);
        if let Some(one) = roster.table.candidate(slot, member) {
            roster.put(slot, member, one.pref);
        }
        for (other, who, _) in thrown {
            let quarter = roster.table.month(other) / 3;
            let lack = Need::Member {
                member: who,
                quarter,
            };
            for need in [Need::Slot(other), lack] {
                if self.is_open(roster, need) && !self.needs.contains(&need) {
                    self.needs.push(need);
                }
            }
        }
    }
}

/// Lift whoever fills `slot`, and whatever keeps `member` from taking it, into `thrown`; whether
/// that is possible.
fn clear_for(
    roster: &mut Roster<'_>,
    slot: usize,
    member: u32,
    thrown: &mut Vec<(usize, u32, i64)>,
) -> bool {
    if roster.who[slot] == member {
        return false;
    }
    if roster.who[slot] != NONE {
        lift(roster, slot, thrown);
    }
    while let Some(obstacle) = roster.obstacle(slot, member) {
        let Some(other) = in_the_way(roster, slot, member, obstacle) else {
            return false;
        };
        lift(roster, other, thrown);
    }
    !thrown
        .iter()
        .any(|&(slot, who, _)| roster.is_cut(slot, who))
}

fn lift(roster: &mut Roster<'_>, slot: usize, thrown: &mut Vec<(usize, u32, i64)>) {
    let (who, pref) = roster.lift(slot);
    thrown.push((slot, who, pref));
}

fn put_back(roster: &mut Roster<'_>, thrown: &[(usize, u32, i64)]) {
    for &(slot, who, pref) in thrown.iter().rev() {
        roster.put(slot, who, pref);
    }
}

/// A slot of `member` that makes up an obstacle and lies within the plan.
fn in_the_way(roster: &Roster<'_>, slot: usize, member: u32, obstacle: Obstacle) -> Option<usize> {
    let table = roster.table;
    let at = table.past + table.month(slot);
    let width = table.past + table.months;
    let role = table.role(slot);
    let in_role = |slot: &usize| table.role(*slot) == role;
    let near = |from: usize, to: usize| {
        let months = from.max(table.past)..to.min(width);
        months.filter_map(|month| roster.slot_in(member, month))
    };
    match obstacle {
        Obstacle::Busy => roster.slot_in(member, at),
        Obstacle::Quarter => {
            let first = table.past + table.month(slot) / 3 * 3;
            near(first, first + 3).next()
        }
        Obstacle::Hours => slot_of(roster, member, roster.excess(slot, member)),
        Obstacle::Run | Obstacle::Term => {
            let before = near(at.saturating_sub(1), at).next();
            near(at + 1, at + 2).next().or(before)
        }
        Obstacle::Cooldown => {
            let reach = table.cooldown + table.max_term;
            near(at.saturating_sub(reach), at + reach + 1).find(in_role)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Problem;
    use super::super::table::Table;
    use super::*;

    /// Six months of one role. Whoever has the number of a month can serve in it and the one
    /// before; number 0 can in the last month alone.
    fn narrow() -> Problem {
        let there = |member: u32, month: u32| match member {
            0 => month == 5,
            _ => month == member || month + 1 == member,
        };
        let all = (0..6).flat_map(|member| (0..6).map(move |month| (member, month)));
        Problem {
            months: 6,
            groups: vec![0; 6],
            carry: vec![0; 6],
            load: vec![3],
            eligible: vec![(0..6).map(|member| (member, 0)).collect()],
            absent: all
                .filter(|&(member, month)| !there(member, month))
                .collect(),
            min_quarter: vec![0; 6],
            max_quarter: vec![3; 6],
            previous: vec![],
            max_term: 6,
            cooldown: 0,
            max_run: 6,
            prefs: vec![],
        }
    }

    #[test]
    fn pressing_passes_a_role_on_from_one_to_the_next_until_nobody_has_two() {
        let problem = narrow();
        let table = Table::new(&problem);
        let mut roster = Roster::new(&table, &problem, 3);
        for (month, member) in [1, 1, 2, 3, 4, 5].into_iter().enumerate() {
            roster.put(month, member, 0);
        }
        assert_eq!((roster.totals.unmet, roster.totals.over), (0, 3));
        press(&mut roster, &mut Dice::new(1), 1_000, &mut || true);
        assert_eq!((roster.totals.unmet, roster.totals.over), (0, 0));
        assert_eq!(roster.who, [1, 2, 3, 4, 5, 0]);
    }

    #[test]
    fn what_cannot_be_pressed_leaves_slots_empty_and_nobody_above() {
        let problem = Problem {
            absent: vec![(0, 5)],
            ..narrow()
        };
        let table = Table::new(&problem);
        let mut roster = Roster::new(&table, &problem, 2);
        for (month, member) in [1, 2, 3, 4, 5, 5].into_iter().enumerate() {
            roster.put(month, member, 0);
        }
        press(&mut roster, &mut Dice::new(1), 100, &mut || true);
        assert_eq!((roster.totals.unmet, roster.totals.over), (6, 0));
    }
}
