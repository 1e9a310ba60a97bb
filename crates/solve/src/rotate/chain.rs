//! One move: up to three slots change hands, each to a candidate for it.
//! Never: leaves a rule about a single member broken, or a slot empty that was filled.
//! See: `search` for who decides whether a move is taken.

use super::roster::{NONE, Roster, Totals};
use crate::random::Dice;

/// The longest chain.
const MOST: usize = 3;

/// A slot and who gets it.
#[derive(Clone, Copy, Debug, Default)]
struct Link {
    slot: usize,
    to: u32,
    pref: i64,
    /// Who had it, and what they say of the role.
    from: u32,
    from_pref: i64,
}

/// Slots that change hands together.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Chain {
    links: [Link; MOST],
    len: usize,
}

/// What each part of a cost weighs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weights {
    pub over: i64,
    pub squares: i64,
    pub crowded: i64,
    pub unliked: i64,
}

/// What an unmet need weighs: more than anything else together.
const UNMET: i64 = 1 << 32;

impl Weights {
    pub fn energy(&self, totals: &Totals) -> i64 {
        totals.unmet * UNMET
            + totals.over * self.over
            + totals.squares * self.squares
            + totals.crowded * self.crowded
            + totals.unliked * self.unliked
    }
}

impl Chain {
    /// A random chain: a slot goes to another candidate, who may hand one of theirs on, to the
    /// one who lost the first or to somebody else, who may again hand one on. Where it `settles`, an
    /// exchange may be made even in hours. Every slot of `roster` must be filled.
    pub fn random(roster: &Roster<'_>, dice: &mut Dice, settles: bool) -> Option<Chain> {
        let slot = dice.below(roster.who.len() as u32) as usize;
        Chain::from(roster, dice, slot, settles)
    }

    /// A random chain that begins with a role of `member`.
    pub fn of(roster: &Roster<'_>, dice: &mut Dice, member: u32) -> Option<Chain> {
        let slot = some_slot(roster, dice, member)?;
        Chain::from(roster, dice, slot, false)
    }

    fn from(roster: &Roster<'_>, dice: &mut Dice, slot: usize, settles: bool) -> Option<Chain> {
        let mut chain = Chain::default();
        let loser = roster.who[slot];
        let mut last = chain.give_to_any(roster, dice, slot)?;
        let kind = dice.below(8);
        if kind < 2 {
            return Some(chain);
        }
        for step in 0..2 {
            let Some(slot) = some_slot(roster, dice, last) else {
                return (step == 1 || kind == 2).then_some(chain);
            };
            let close = step == 1 || kind < 6;
            match roster.table.candidate(slot, loser).filter(|_| close) {
                Some(one) => {
                    chain.push(roster, slot, one.member, one.pref)?;
                    if settles && step == 0 && dice.below(2) == 0 {
                        chain.settle(roster, dice, (last, loser));
                    }
                    return Some(chain);
                }
                None if step == 1 => break,
                None => last = chain.give_to_any(roster, dice, slot)?,
            }
            if last == loser {
                break;
            }
        }
        Some(chain)
    }

    /// After two members exchanged a slot: whoever got more hours hands on another slot of just the
    /// difference, if they have one, so that a heavy role goes for two light ones.
    fn settle(&mut self, roster: &Roster<'_>, dice: &mut Dice, (first, second): (u32, u32)) {
        let load = |at: usize| roster.table.load_of(self.links[at].slot);
        let more = load(0) - load(1);
        let (from, to) = if more > 0 {
            (first, second)
        } else {
            (second, first)
        };
        let known = |slot: usize| self.links().iter().any(|link| link.slot == slot);
        let even = |slot: usize| roster.table.load_of(slot) == more.abs() && !known(slot);
        if more == 0 {
            return;
        }
        let Some(slot) = slot_where(roster, dice, from, even) else {
            return;
        };
        if let Some(one) = roster.table.candidate(slot, to) {
            self.push(roster, slot, one.member, one.pref);
        }
    }

    fn give_to_any(&mut self, roster: &Roster<'_>, dice: &mut Dice, slot: usize) -> Option<u32> {
        let candidates = roster.table.candidates(slot);
        let one = candidates[dice.below(candidates.len() as u32) as usize];
        self.push(roster, slot, one.member, one.pref)?;
        Some(one.member)
    }

    fn push(&mut self, roster: &Roster<'_>, slot: usize, to: u32, pref: i64) -> Option<()> {
        let known = self.links[..self.len].iter().any(|link| link.slot == slot);
        if known || roster.who[slot] == to {
            return None;
        }
        self.links[self.len] = Link {
            slot,
            to,
            pref,
            from: roster.who[slot],
            from_pref: 0,
        };
        self.len += 1;
        Some(())
    }

    fn links(&self) -> &[Link] {
        &self.links[..self.len]
    }

    /// A number that the change in energy cannot be below: hours exactly, the rest at its best.
    pub fn at_least(&self, roster: &Roster<'_>, weights: &Weights) -> i64 {
        let mut best = 0;
        let mut change = [(NONE, 0i64); 2 * MOST];
        for link in self.links() {
            let load = roster.table.load_of(link.slot);
            add(&mut change, link.from, -load);
            add(&mut change, link.to, load);
            best -= weights.crowded * (roster.crowd_at(link.slot, link.from) - 1);
            best -= weights.unliked * (link.pref + 2);
        }
        let known = change.iter().take_while(|(member, _)| *member != NONE);
        let (over, squares) = roster.change(&change[..known.count()]);
        best + weights.over * over + weights.squares * squares
    }

    /// Make the move; back to where it was and `false` if a rule forbids it.
    pub fn apply(&mut self, roster: &mut Roster<'_>) -> bool {
        for link in &mut self.links[..self.len] {
            (link.from, link.from_pref) = roster.lift(link.slot);
        }
        for at in 0..self.len {
            let link = self.links[at];
            if roster.obstacle(link.slot, link.to).is_some() {
                self.take_back(roster, at);
                return false;
            }
            roster.put(link.slot, link.to, link.pref);
        }
        if self
            .links()
            .iter()
            .any(|link| roster.is_cut(link.slot, link.from))
        {
            self.undo(roster);
            return false;
        }
        true
    }

    /// Take back a move that was made.
    pub fn undo(&self, roster: &mut Roster<'_>) {
        self.take_back(roster, self.len);
    }

    /// Make a move once more after it was taken back.
    pub fn redo(&self, roster: &mut Roster<'_>) {
        for link in self.links() {
            roster.lift(link.slot);
        }
        for link in self.links() {
            roster.put(link.slot, link.to, link.pref);
        }
    }

    fn take_back(&self, roster: &mut Roster<'_>, put: usize) {
        for link in &self.links[..put] {
            roster.lift(link.slot);
        }
        for link in self.links() {
            roster.put(link.slot, link.from, link.from_pref);
        }
    }
}

fn add(change: &mut [(u32, i64)], member: u32, more: i64) {
    let known = |entry: &&mut (u32, i64)| entry.0 == member || entry.0 == NONE;
    if let Some(entry) = change.iter_mut().find(known) {
        *entry = (member, entry.1 + more);
    }
}

/// A random slot that `member` fills.
fn some_slot(roster: &Roster<'_>, dice: &mut Dice, member: u32) -> Option<usize> {
    slot_where(roster, dice, member, |_| true)
}

/// A random slot that `member` fills and that is wanted.
fn slot_where(
    roster: &Roster<'_>,
    dice: &mut Dice,
    member: u32,
    wanted: impl Fn(usize) -> bool,
) -> Option<usize> {
    let (past, months) = (roster.table.past, roster.table.months);
    let from = dice.below(months as u32) as usize;
    let order = (from..months).chain(0..from);
    order
        .map(|month| past + month)
        .filter_map(|month| roster.slot_in(member, month))
        .find(|slot| wanted(*slot))
}
