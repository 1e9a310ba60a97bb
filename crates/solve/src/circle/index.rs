//! The same problem, laid out for quick questions about two people.
//! Never: needs more memory than people, set memberships and listed pairs ask for, except for a
//! table of all pairs when the people are few.
//! See: `room` for who asks.

use super::{Hours, Problem};

/// Up to this many people a table of all pairs (4 bytes each) is worth its memory: 4 MiB.
pub(super) const FEW: usize = 1024;

/// A pair with the smaller number first.
pub(super) fn pair_key(u: u32, v: u32) -> (u32, u32) {
    (u.min(v), u.max(v))
}

/// What is known of two people, in 32 bits: `apart`, `shared`, and how often they met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pair(u32);

impl Pair {
    const APART: u32 = 1 << 31;
    const SHARED: u32 = 1 << 30;
    const MET: u32 = Pair::SHARED - 1;

    fn join(&mut self, other: Pair) {
        let flags = (self.0 | other.0) & !Pair::MET;
        let met = ((self.0 & Pair::MET) + (other.0 & Pair::MET)).min(Pair::MET);
        self.0 = flags | met;
    }
}

/// What the pairs of one person with several others, or all pairs of a circle, add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct PairSum {
    pub apart: u64,
    pub shared: u64,
    pub met: u64,
}

impl PairSum {
    fn count(&mut self, pair: Pair) {
        self.apart += u64::from(pair.0 >> 31);
        self.shared += u64::from(pair.0 >> 30 & 1);
        self.met += u64::from(pair.0 & Pair::MET);
    }
}

/// One list per person, all in one piece of memory.
#[derive(Debug, Default)]
struct PerPerson<T> {
    starts: Vec<usize>,
    items: Vec<T>,
}

impl<T> PerPerson<T> {
    /// From `(person, item)` in ascending order of people `0..people`.
    fn new(people: usize, sorted: impl Iterator<Item = (u32, T)>) -> PerPerson<T> {
        let mut lists = PerPerson {
            starts: vec![0],
            items: Vec::new(),
        };
        for (person, item) in sorted {
            while lists.starts.len() <= person as usize {
                lists.starts.push(lists.items.len());
            }
            lists.items.push(item);
        }
        lists.starts.resize(people + 1, lists.items.len());
        lists
    }

    fn of(&self, person: u32) -> &[T] {
        let person = person as usize;
        &self.items[self.starts[person]..self.starts[person + 1]]
    }
}

/// A problem laid out for the search.
#[derive(Debug)]
pub(super) struct Index {
    people: usize,
    /// Sets of each person, ascending.
    groups: PerPerson<u32>,
    /// Listed partners of each person, ascending.
    links: PerPerson<(u32, Pair)>,
    /// All pairs, row by row; empty when the people are many.
    table: Vec<Pair>,
    /// Whether each person would keep a circle; empty when there is no such rule.
    keepers: Vec<bool>,
    hours: Vec<Option<Hours>>,
    languages: Vec<u64>,
}

impl Index {
    pub fn new(problem: &Problem) -> Index {
        let people = problem.groups.len();
        let mut index = Index {
            people,
            groups: groups(problem),
            links: links(problem),
            table: Vec::new(),
            keepers: keepers(problem),
            hours: problem.hours.clone(),
            languages: problem.languages.clone(),
        };
        if people <= FEW {
            index.table = index.all_pairs();
        }
        index
    }

    pub fn people(&self) -> usize {
        self.people
    }

    pub fn has_keepers(&self) -> bool {
        !self.keepers.is_empty()
    }

    /// Whether anything but `shared`, `repeats` and `tight` can cost.
    pub fn has_hard_rules(&self) -> bool {
        let apart = |(_, pair): &(u32, Pair)| pair.0 & Pair::APART != 0;
        self.has_keepers() || self.has_times() || self.links.items.iter().any(apart)
    }

    pub fn keeps(&self, person: u32) -> bool {
        self.keepers.get(person as usize).copied().unwrap_or(false)
    }

    /// Whether anybody's hours or languages are known.
    pub fn has_times(&self) -> bool {
        self.hours.iter().any(Option::is_some) || self.languages.iter().any(|&mask| mask != 0)
    }

    pub fn hours(&self, person: u32) -> Option<Hours> {
        self.hours.get(person as usize).copied().flatten()
    }

    pub fn languages(&self, person: u32) -> Option<u64> {
        self.languages
            .get(person as usize)
            .copied()
            .filter(|&mask| mask != 0)
    }

    /// The pairs of `person` with everyone in `others`, leaving out the person and `without`.
    pub fn row(&self, person: u32, others: &[u32], without: u32) -> PairSum {
        let mut sum = PairSum::default();
        if self.table.is_empty() {
            for &other in others
                .iter()
                .filter(|&&other| other != without && other != person)
            {
                sum.count(self.pair(person, other));
            }
        } else {
            let start = person as usize * self.people;
            let row = &self.table[start..start + self.people];
            for &other in others.iter().filter(|&&other| other != without) {
                sum.count(row[other as usize]);
            }
        }
        sum
    }

    /// The pairs within `members`.
    pub fn within(&self, members: &[u32]) -> PairSum {
        let mut sum = PairSum::default();
        for (i, &person) in members.iter().enumerate() {
            let row = self.row(person, &members[..i], person);
            sum.apart += row.apart;
            sum.shared += row.shared;
            sum.met += row.met;
        }
        sum
    }

    fn pair(&self, u: u32, v: u32) -> Pair {
        let links = self.links.of(u);
        let mut pair = match links.binary_search_by_key(&v, |&(other, _)| other) {
            Ok(at) => links[at].1,
            Err(_) => Pair::default(),
        };
        if pair.0 & Pair::SHARED == 0 && meet(self.groups.of(u), self.groups.of(v)) {
            pair.0 |= Pair::SHARED;
        }
        pair
    }

    fn all_pairs(&self) -> Vec<Pair> {
        let mut table = vec![Pair::default(); self.people * self.people];
        for u in 0..self.people {
            for v in 0..u {
                let pair = self.pair(u as u32, v as u32);
                table[u * self.people + v] = pair;
                table[v * self.people + u] = pair;
            }
        }
        table
    }
}

/// Whether two ascending lists have an item in common.
fn meet(mut a: &[u32], mut b: &[u32]) -> bool {
    while let (Some(&x), Some(&y)) = (a.first(), b.first()) {
        match x.cmp(&y) {
            std::cmp::Ordering::Less => a = &a[1..],
            std::cmp::Ordering::Greater => b = &b[1..],
            std::cmp::Ordering::Equal => return true,
        }
    }
    false
}

fn groups(problem: &Problem) -> PerPerson<u32> {
    let sets = problem
        .groups
        .iter()
        .enumerate()
        .flat_map(|(person, sets)| {
            let mut sets = sets.clone();
            sets.sort_unstable();
            sets.into_iter().map(move |set| (person as u32, set))
        });
    PerPerson::new(problem.groups.len(), sets)
}

fn keepers(problem: &Problem) -> Vec<bool> {
    if problem.keepers.is_empty() {
        return Vec::new();
    }
    let mut keeps = vec![false; problem.groups.len()];
    for &person in &problem.keepers {
        keeps[person as usize] = true;
    }
    keeps
}

/// Everyone's listed partners, one entry per partner.
fn links(problem: &Problem) -> PerPerson<(u32, Pair)> {
    let apart = problem
        .apart
        .iter()
        .map(|&(u, v)| (u, v, Pair(Pair::APART)));
    let avoid = problem
        .avoid
        .iter()
        .map(|&(u, v)| (u, v, Pair(Pair::SHARED)));
    let met = problem.met.iter().map(|&(u, v, count)| (u, v, Pair(count)));
    let mut all: Vec<(u32, u32, Pair)> = apart
        .chain(avoid)
        .chain(met)
        .flat_map(|(u, v, pair)| [(u, v, pair), (v, u, pair)])
        .collect();
    all.sort_unstable_by_key(|&(u, v, _)| (u, v));
    all.dedup_by(|next, kept| {
        let same = (next.0, next.1) == (kept.0, kept.1);
        if same {
            kept.2.join(next.2);
        }
        same
    });
    let sorted = all.into_iter().map(|(u, v, pair)| (u, (v, pair)));
    PerPerson::new(problem.groups.len(), sorted)
}
