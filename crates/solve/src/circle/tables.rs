//! All rounds during the search over all of them: who sits where, and how often each two people
//! sit together.
//! Never: decides whether a move is a good one; counts hours or languages.
//! See: `together` for who moves people, `cost` for the definition this must agree with.

use std::ops::Add;

use super::Cost;
use super::index::Index;
use crate::random::Dice;

/// What all rounds cost together, the most important first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Worth {
    /// Pairs that must be apart and sit together, and circles without a keeper.
    pub broken: i64,
    pub shared: i64,
    pub repeats: i64,
}

impl Worth {
    pub fn of(cost: &Cost) -> Worth {
        Worth {
            broken: (cost.apart + cost.unkept) as i64,
            shared: cost.shared as i64,
            repeats: cost.repeats as i64,
        }
    }

    /// As a cost; what is broken counts as pairs that must be apart.
    pub fn cost(self) -> Cost {
        Cost {
            apart: self.broken as u64,
            shared: self.shared as u64,
            repeats: self.repeats as u64,
            ..Cost::default()
        }
    }
}

/// A difference of two such.
pub(super) type Change = Worth;

impl Add for Worth {
    type Output = Worth;

    fn add(self, other: Worth) -> Worth {
        Worth {
            broken: self.broken + other.broken,
            shared: self.shared + other.shared,
            repeats: self.repeats + other.repeats,
        }
    }
}

/// Seat `i` of circle `a` and seat `j` of circle `b` of a round change people. When `j` is one
/// past the last seat of `b`, the person in `a` walks over.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub round: usize,
    pub a: usize,
    pub i: usize,
    pub b: usize,
    pub j: usize,
}

/// A pair's entry: how often they met, earlier rounds and these, in the low bits; above them one
/// bit if they are better not together and one if they must be apart. Entries of several pairs
/// can be added up without running into each other.
const SHARED: u64 = 1 << 32;
const APART: u64 = 1 << 48;
/// Meetings beyond this are not told apart.
const MOST: u64 = 1 << 20;

/// Everybody seated in every round.
#[derive(Debug)]
pub(super) struct Tables<'a> {
    index: &'a Index,
    people: usize,
    pairs: Vec<u64>,
    rounds: Vec<Vec<Vec<u32>>>,
    keepers: Vec<Vec<i64>>,
    worth: Worth,
    seats: usize,
}

impl<'a> Tables<'a> {
    /// With `index` of everyone who comes to any of the rounds.
    pub fn new(index: &'a Index, rounds: Vec<Vec<Vec<u32>>>) -> Tables<'a> {
        let people = index.people();
        let mut pairs = vec![0; people * people];
        for u in 0..people as u32 {
            for v in (0..people as u32).filter(|&v| v != u) {
                let known = index.row(u, &[v], u);
                pairs[u as usize * people + v as usize] =
                    known.met.min(MOST) + known.shared * SHARED + known.apart * APART;
            }
        }
        let mut tables = Tables {
            index,
            people,
            pairs,
            keepers: Vec::new(),
            worth: Worth::default(),
            seats: rounds.iter().flatten().map(Vec::len).sum(),
            rounds: Vec::new(),
        };
        tables.seat(rounds);
        tables
    }

    /// Seat everybody as in `rounds` instead.
    pub fn set(&mut self, rounds: &[Vec<Vec<u32>>]) {
        for circles in std::mem::take(&mut self.rounds) {
            for members in circles {
                self.count(&members, -1);
            }
        }
        self.worth = Worth::default();
        self.keepers.clear();
        self.seat(rounds.to_vec());
    }

    fn seat(&mut self, rounds: Vec<Vec<Vec<u32>>>) {
        for circles in &rounds {
            let keepers: Vec<i64> = circles.iter().map(|one| self.keepers_in(one)).collect();
            let unkept = keepers.iter().filter(|&&all| all == 0).count() as i64;
            self.worth.broken += unkept * i64::from(self.index.has_keepers());
            self.keepers.push(keepers);
            for members in circles {
                let cost = self.count(members, 1);
                self.worth = self.worth + cost;
            }
        }
        self.rounds = rounds;
    }

    fn keepers_in(&self, members: &[u32]) -> i64 {
        members.iter().filter(|&&one| self.index.keeps(one)).count() as i64
    }

    /// Count one meeting more or less of every pair of a circle; what the pairs cost before.
    fn count(&mut self, members: &[u32], more: i64) -> Worth {
        let mut before = Worth::default();
        for (i, &u) in members.iter().enumerate() {
            before = before + split(self.row(u, &members[..i]));
            for &v in &members[..i] {
                self.meet(u, v, more);
            }
        }
        before
    }

    fn meet(&mut self, u: u32, v: u32, more: i64) {
        let (u, v) = (u as usize, v as usize);
        for at in [u * self.people + v, v * self.people + u] {
            self.pairs[at] = self.pairs[at].wrapping_add_signed(more);
        }
    }

    pub fn worth(&self) -> Worth {
        self.worth
    }

    pub fn seats(&self) -> usize {
        self.seats
    }

    pub fn seating(&self) -> Vec<Vec<Vec<u32>>> {
        self.rounds.clone()
    }

    /// Somebody in some round, and a seat in another circle of it.
    pub fn pick(&self, dice: &mut Dice) -> Option<Step> {
        let round = dice.below(self.rounds.len() as u32) as usize;
        let circles = &self.rounds[round];
        let others = (circles.len() as u32).checked_sub(1).filter(|&n| n > 0)?;
        let a = dice.below(circles.len() as u32) as usize;
        let b = dice.below(others) as usize;
        let b = b + usize::from(b >= a);
        let walks = usize::from(circles[a].len() == circles[b].len() + 1);
        let i = dice.below(circles[a].len() as u32) as usize;
        let j = dice.below((circles[b].len() + walks) as u32) as usize;
        Some(Step { round, a, i, b, j })
    }

    /// What `step` would change.
    pub fn try_out(&self, step: &Step) -> Change {
        let (a, b) = (
            &self.rounds[step.round][step.a],
            &self.rounds[step.round][step.b],
        );
        let u = a[step.i];
        let mut comes = self.row(u, b);
        let mut goes = self.row(u, a);
        // Pairs that sit together now have met once less when they do not.
        let mut apart_now = a.len() as i64 - 1;
        let keeps = |person: u32| i64::from(self.index.keeps(person));
        let mut walk = -keeps(u);
        if let Some(&v) = b.get(step.j) {
            let between = self.pairs[u as usize * self.people + v as usize];
            comes = comes + self.row(v, a) - 2 * between;
            goes += self.row(v, b);
            apart_now += b.len() as i64 - 1;
            walk += keeps(v);
        }
        let (comes, goes) = (split(comes), split(goes));
        Worth {
            broken: comes.broken - goes.broken + self.unkept(step, walk),
            shared: comes.shared - goes.shared,
            repeats: comes.repeats - goes.repeats + apart_now,
        }
    }

    /// The change in circles without a keeper when circle `a` gets `walk` keepers more.
    fn unkept(&self, step: &Step, walk: i64) -> i64 {
        if walk == 0 {
            return 0;
        }
        let keepers = &self.keepers[step.round];
        let none = |keepers: i64| i64::from(keepers == 0);
        let (a, b) = (keepers[step.a], keepers[step.b]);
        none(a + walk) + none(b - walk) - none(a) - none(b)
    }

    /// The entries of `person` with everybody in `others` together; nothing with themselves.
    fn row(&self, person: u32, others: &[u32]) -> u64 {
        let row = &self.pairs[person as usize * self.people..][..self.people];
        others.iter().map(|&other| row[other as usize]).sum()
    }

    /// Make `step`, which changes the cost by `change`.
    pub fn take(&mut self, step: &Step, change: Change) {
        self.worth = self.worth + change;
        let circles = &mut self.rounds[step.round];
        let (a, b) = (
            std::mem::take(&mut circles[step.a]),
            std::mem::take(&mut circles[step.b]),
        );
        let (a, b) = self.exchange(step, a, b);
        let circles = &mut self.rounds[step.round];
        (circles[step.a], circles[step.b]) = (a, b);
    }

    fn exchange(&mut self, step: &Step, mut a: Vec<u32>, mut b: Vec<u32>) -> (Vec<u32>, Vec<u32>) {
        let u = a.swap_remove(step.i);
        let v = (step.j < b.len()).then(|| b.swap_remove(step.j));
        let keeps = |person: u32| i64::from(self.index.keeps(person));
        let walk = v.map_or(0, keeps) - keeps(u);
        self.keepers[step.round][step.a] += walk;
        self.keepers[step.round][step.b] -= walk;
        for &other in &a {
            self.meet(u, other, -1);
        }
        for &other in &b {
            self.meet(u, other, 1);
        }
        if let Some(v) = v {
            for &other in &b {
                self.meet(v, other, -1);
            }
            for &other in &a {
                self.meet(v, other, 1);
            }
            a.push(v);
        }
        b.push(u);
        (a, b)
    }
}

/// What entries that were added up say.
fn split(sum: u64) -> Worth {
    Worth {
        broken: (sum / APART) as i64,
        shared: (sum % APART / SHARED) as i64,
        repeats: (sum % SHARED) as i64,
    }
}
