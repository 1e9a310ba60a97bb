//! People in rings of one length who all move on by one place: which pairs and which circles
//! this turns into one another.
//! Never: knows what is looked for.
//! See: `bases` for the circles one needs to look at, `cyclic` for what is made of them.

use std::collections::BTreeSet;

use super::cover::Bits;
use super::rounds::pairs_of;

/// The people of a circle.
pub(super) type Members = Bits<1>;
/// Pairs that turn into one another are of one kind.
pub(super) type Kinds = Bits<2>;

/// As many people as [`Members`] can hold.
pub(super) const PEOPLE: u32 = 64;
/// As many kinds as [`Kinds`] can hold.
const KINDS: usize = 128;

/// Rings of `length` people each; at most one person stands beside them and stays.
#[derive(Debug)]
pub(super) struct Turn {
    people: u32,
    length: u32,
    /// The kind of each two people, row by row.
    kinds: Vec<u32>,
    /// How many pairs there are of each kind.
    pub pairs: Vec<u32>,
}

/// A circle that never turns into one with which it shares a pair.
#[derive(Clone, Copy, Debug)]
pub(super) struct Base {
    pub members: Members,
    /// The kinds of its pairs; it and those it turns into have all pairs of these.
    pub kinds: Kinds,
    /// How many circles that are, itself included.
    pub circles: u32,
}

impl Turn {
    /// Every turn of at least three and at most [`PEOPLE`] people that leaves few enough kinds of
    /// pairs, longest rings first, without and then with somebody who stays.
    pub fn all(people: u32) -> impl Iterator<Item = Turn> {
        let of = move |turning: u32| {
            let lengths = (3..=turning).rev();
            let fitting = lengths.filter(move |&length| turning.is_multiple_of(length));
            fitting.map(move |length| Turn::of(people, length))
        };
        let all = of(people).chain(of(people - 1));
        all.filter(|turn| turn.pairs.len() <= KINDS)
    }

    fn of(people: u32, length: u32) -> Turn {
        let none = u32::MAX;
        let mut turn = Turn {
            people,
            length,
            kinds: vec![none; (people * people) as usize],
            pairs: Vec::new(),
        };
        for (u, v) in (0..people).flat_map(|v| (0..v).map(move |u| (u, v))) {
            if turn.kind(u, v) != none {
                continue;
            }
            let pair = Members::of([u, v]);
            let kind = turn.pairs.len() as u32;
            let alike = turn.turned(&pair);
            for two in &alike {
                let both: Vec<u32> = two.numbers().collect();
                turn.kinds[(both[0] * people + both[1]) as usize] = kind;
            }
            turn.pairs.push(alike.len() as u32);
        }
        turn
    }

    /// The circle and all it turns into.
    pub fn turned(&self, members: &Members) -> BTreeSet<Members> {
        let moved = |by| Members::of(members.numbers().map(|one| self.moved(one, by)));
        (0..self.length).map(moved).collect()
    }

    /// The circle as a base, unless a pair occurs twice in the `circles` that it turns into.
    pub fn base(&self, members: Members, circles: u32) -> Option<Base> {
        let mut often = vec![0; self.pairs.len()];
        for (u, v, _) in pairs_of(&[members.numbers().collect()]) {
            often[self.kind(u, v) as usize] += 1;
        }
        let mut each = often.iter().zip(&self.pairs);
        let once = each.all(|(&often, &pairs)| often == 0 || often * circles == pairs);
        let kinds = (0..self.pairs.len() as u32).filter(|&kind| often[kind as usize] > 0);
        once.then(|| Base {
            members,
            kinds: Kinds::of(kinds),
            circles,
        })
    }

    /// In how many steps a circle of so many people can come back to itself before everybody is
    /// where they were: divisors of the length, 1 for not at all.
    pub fn returns(&self, seats: u32) -> impl Iterator<Item = u32> {
        (1..=seats).filter(|&often| self.length.is_multiple_of(often))
    }

    /// People who turn into one another by every `length / often` places.
    pub fn lumps(&self, often: u32) -> BTreeSet<Members> {
        let step = self.length / often;
        let lump = |person| Members::of((0..often).map(|by| self.moved(person, by * step)));
        (0..self.people).map(lump).collect()
    }

    /// Whether somebody is the first of a ring.
    pub fn begins(&self, person: u32) -> bool {
        person.is_multiple_of(self.length) && !self.stays(person)
    }

    /// The kind of two people.
    pub fn kind(&self, u: u32, v: u32) -> u32 {
        self.kinds[(u.min(v) * self.people + u.max(v)) as usize]
    }

    fn stays(&self, person: u32) -> bool {
        person >= self.people - self.people % self.length
    }

    fn moved(&self, person: u32, by: u32) -> u32 {
        if self.stays(person) {
            return person;
        }
        let place = person % self.length;
        person - place + (place + by) % self.length
    }
}
