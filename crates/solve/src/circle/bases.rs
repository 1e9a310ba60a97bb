//! Every circle that can be turned without a pair occurring twice, one for all it turns into.
//! Never: lists two of which one turns into the other.
//! See: `turn` for turning, `cyclic` for what is made of them.
//!
//! People are added one by one as long as all pairs are of different kinds. Circles that come back
//! to themselves before everybody is where they were consist of whole lumps, and are made of those.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::cover::Work;
use super::turn::{Base, Kinds, Members, Turn};

/// What turning one circle by one place costs, in people looked at.
pub(super) const TURN: u64 = 32;

/// All bases of `seats` people; `None` if there is not enough work for that.
pub(super) fn bases(turn: &Turn, seats: u32, work: &Work<'_>) -> Option<Vec<Base>> {
    let mut bases = Vec::new();
    let mut known = BTreeSet::new();
    for often in turn.returns(seats) {
        let mut growth = Growth {
            turn,
            seats,
            work,
            lumps: turn.lumps(often).into_iter().collect(),
            single: often == 1,
            known: &mut known,
            bases: &mut bases,
        };
        if growth.begin().is_break() {
            return None;
        }
    }
    Some(bases)
}

struct Growth<'a> {
    turn: &'a Turn,
    seats: u32,
    work: &'a Work<'a>,
    /// What is added as a whole, and whether that is one person each.
    lumps: Vec<Members>,
    single: bool,
    known: &'a mut BTreeSet<Members>,
    bases: &'a mut Vec<Base>,
}

impl Growth<'_> {
    /// Every circle can be turned until it has the first of a ring and nobody of the rings before:
    /// lumps stand in the order of their rings.
    fn begin(&mut self) -> ControlFlow<()> {
        for at in 0..self.lumps.len() {
            let lump = self.lumps[at];
            if lump.numbers().any(|one| self.turn.begins(one)) {
                self.grow(lump, Kinds::NONE, at + 1)?;
            }
        }
        ControlFlow::Continue(())
    }

    fn grow(&mut self, members: Members, kinds: Kinds, from: usize) -> ControlFlow<()> {
        if members.count() == self.seats {
            return self.keep(members);
        }
        for at in from..self.lumps.len() {
            self.work.spend(1)?;
            let lump = self.lumps[at];
            let grown = members.with(&lump);
            if grown.count() > self.seats {
                continue;
            }
            if let Some(kinds) = self.kinds(&members, &lump, kinds) {
                self.grow(grown, kinds, at + 1)?;
            }
        }
        ControlFlow::Continue(())
    }

    /// The kinds with those of the pairs that somebody new makes, if all of them differ. Whole
    /// lumps have equal ones, so they are looked at in the end.
    fn kinds(&self, members: &Members, lump: &Members, kinds: Kinds) -> Option<Kinds> {
        if !self.single {
            return Some(kinds);
        }
        let new = lump.numbers().next()?;
        members.numbers().try_fold(kinds, |kinds, one| {
            let kind = self.turn.kind(one, new);
            (!kinds.has(kind)).then(|| kinds.with(&Kinds::of([kind])))
        })
    }

    fn keep(&mut self, members: Members) -> ControlFlow<()> {
        let turned = self.turn.turned(&members);
        self.work.spend(TURN * turned.len() as u64)?;
        if let Some(base) = self.turn.base(members, turned.len() as u32)
            && turned
                .first()
                .is_some_and(|&first| self.known.insert(first))
        {
            self.bases.push(base);
        }
        ControlFlow::Continue(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::Go;
    use super::*;

    /// Whether no two of what the circle turns into share two people.
    fn once(turn: &Turn, members: Members) -> bool {
        let turned: Vec<Members> = turn.turned(&members).into_iter().collect();
        let shared = |a: &Members, b: &Members| a.numbers().filter(|&one| b.has(one)).count();
        let pairs = turned.iter().enumerate();
        pairs
            .flat_map(|(i, a)| turned[..i].iter().map(move |b| shared(a, b)))
            .all(|shared| shared < 2)
    }

    #[test]
    fn there_is_one_base_for_all_that_turn_into_one_another() {
        for (people, seats) in [(8, 3), (9, 3), (9, 4), (12, 4), (13, 4), (12, 2), (6, 6)] {
            for turn in Turn::all(people) {
                let all = (0..1u32 << people).filter(|bits| bits.count_ones() == seats);
                let all =
                    all.map(|bits| Members::of((0..people).filter(|one| bits >> one & 1 == 1)));
                let first = |members: Members| turn.turned(&members).pop_first().unwrap();
                let wanted: BTreeSet<_> = all.filter(|&one| once(&turn, one)).map(first).collect();
                let work = Work::new(u64::MAX, &|_| Go::On);
                work.grant(u64::MAX);
                let bases = bases(&turn, seats, &work).unwrap();
                let found: BTreeSet<_> = bases.iter().map(|base| first(base.members)).collect();
                assert_eq!(found, wanted, "{people} {seats} {turn:?}");
                assert_eq!(bases.len(), wanted.len());
            }
        }
    }

    #[test]
    fn without_work_there_are_none() {
        let turn = Turn::all(12).next().unwrap();
        assert!(bases(&turn, 4, &Work::new(10, &|_| Go::On)).is_none());
    }
}
