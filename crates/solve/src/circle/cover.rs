//! Exact cover: choices of which each covers some items, taken so that every item is covered once.
//! Never: looks at more choices than it has work for; throws dice.
//! See: `cyclic` for what is covered.
//!
//! Backtracking on the item that has the fewest choices left (Golomb and Baumert 1965, "Backtrack
//! Programming", Journal of the ACM 12), which is Algorithm X of Knuth 2000, "Dancing Links", over
//! lists instead of links. Time grows exponentially at worst and ends with the work; memory is
//! that of the choices, for each depth.

use std::cell::Cell;
use std::iter::successors;
use std::ops::ControlFlow;

use super::Go;

/// A set of numbers below `64 * W`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Bits<const W: usize>([u64; W]);

impl<const W: usize> Bits<W> {
    pub const NONE: Bits<W> = Bits([0; W]);

    pub fn of(numbers: impl IntoIterator<Item = u32>) -> Bits<W> {
        let mut bits = Bits::NONE;
        for number in numbers {
            bits.0[number as usize / 64] |= 1 << (number % 64);
        }
        bits
    }

    pub fn has(&self, number: u32) -> bool {
        self.0[number as usize / 64] >> (number % 64) & 1 == 1
    }

    pub fn meets(&self, other: &Bits<W>) -> bool {
        let both = self.0.iter().zip(&other.0).map(|(a, b)| a & b);
        both.fold(0, |all, word| all | word) != 0
    }

    pub fn with(&self, other: &Bits<W>) -> Bits<W> {
        Bits(std::array::from_fn(|at| self.0[at] | other.0[at]))
    }

    pub fn without(&self, other: &Bits<W>) -> Bits<W> {
        Bits(std::array::from_fn(|at| self.0[at] & !other.0[at]))
    }

    pub fn count(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// The numbers in it, ascending.
    pub fn numbers(&self) -> impl Iterator<Item = u32> {
        let some = |word: u64| (word > 0).then_some(word);
        let of = move |(base, &word): (u32, &u64)| {
            let rests = successors(some(word), move |rest| some(rest & (rest - 1)));
            rests.map(move |rest| base + rest.trailing_zeros())
        };
        (0..).step_by(64).zip(&self.0).flat_map(of)
    }
}

/// How much may be looked at, by all who share it, until somebody wants it to stop.
pub(super) struct Work<'a> {
    most: u64,
    spent: Cell<u64>,
    /// Left of what was granted last.
    left: Cell<u64>,
    stopped: Cell<bool>,
    watch: &'a dyn Fn(u64) -> Go,
}

/// Work between two looks at the watcher.
const LOOK: u64 = 1 << 20;

impl Work<'_> {
    /// At most `most` in all, nothing granted so far; `watch` is told what was spent.
    pub fn new(most: u64, watch: &dyn Fn(u64) -> Go) -> Work<'_> {
        Work {
            most,
            spent: Cell::new(0),
            left: Cell::new(0),
            stopped: Cell::new(false),
            watch,
        }
    }

    /// Instead of what was granted before, and no more than there is.
    pub fn grant(&self, work: u64) {
        self.left.set(work.min(self.most - self.spent.get()));
    }

    /// Whether nothing is left of what was granted.
    pub fn is_done(&self) -> bool {
        self.left.get() == 0
    }

    /// Whether nothing can be granted any more.
    pub fn is_over(&self) -> bool {
        self.stopped.get() || self.spent.get() == self.most
    }

    /// Breaks once nothing is left.
    pub fn spend(&self, work: u64) -> ControlFlow<()> {
        let before = self.spent.get();
        let work = work.min(self.left.get());
        self.left.set(self.left.get() - work);
        self.spent.set(before + work);
        if (before + work) / LOOK > before / LOOK && (self.watch)(before + work) == Go::Stop {
            self.stopped.set(true);
            self.left.set(0);
        }
        if self.is_done() {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }
}

/// The items it covers, and how much it takes of what may be spared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice<const W: usize> {
    pub items: Bits<W>,
    pub spared: u32,
}

/// Hands every exact cover of the first `items` numbers that spares at most `spare` to `found`, as
/// places in `choices`, until that breaks or the work is done.
pub(super) fn covers<const W: usize>(
    items: u32,
    choices: &[Choice<W>],
    spare: u32,
    work: &Work<'_>,
    found: impl FnMut(&[usize]) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut walk = Walk {
        choices,
        work,
        found,
        taken: Vec::new(),
    };
    let fits = |&at: &usize| choices[at].spared <= spare;
    let live: Vec<usize> = (0..choices.len()).filter(fits).collect();
    walk.on(Bits::of(0..items), &live, spare)
}

struct Walk<'a, const W: usize, F> {
    choices: &'a [Choice<W>],
    work: &'a Work<'a>,
    found: F,
    taken: Vec<usize>,
}

impl<const W: usize, F: FnMut(&[usize]) -> ControlFlow<()>> Walk<'_, W, F> {
    /// `open` are the items still to be covered, `live` the choices that cover nothing else.
    fn on(&mut self, open: Bits<W>, live: &[usize], spare: u32) -> ControlFlow<()> {
        let Some(item) = self.narrowest(&open, live)? else {
            return (self.found)(&self.taken);
        };
        let has = |&&at: &&usize| self.choices[at].items.has(item);
        let covering: Vec<usize> = live.iter().filter(has).copied().collect();
        for at in covering {
            self.work.spend(live.len() as u64)?;
            let choice = self.choices[at];
            let spare = spare - choice.spared;
            let fits = |&at: &usize| {
                let other = &self.choices[at];
                other.spared <= spare && !other.items.meets(&choice.items)
            };
            let live: Vec<usize> = live.iter().copied().filter(fits).collect();
            self.taken.push(at);
            self.on(open.without(&choice.items), &live, spare)?;
            self.taken.pop();
        }
        ControlFlow::Continue(())
    }

    /// The open item that the fewest choices cover, if one is open.
    fn narrowest(&self, open: &Bits<W>, live: &[usize]) -> ControlFlow<(), Option<u32>> {
        let mut often = vec![0u32; 64 * W];
        for &at in live {
            for item in self.choices[at].items.numbers() {
                often[item as usize] += 1;
            }
        }
        let looked = often.iter().sum::<u32>() as usize + often.len() / 4;
        self.work.spend(looked as u64)?;
        ControlFlow::Continue(open.numbers().min_by_key(|&item| often[item as usize]))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every exact cover, by trying all sets of choices.
    fn tried(items: u32, choices: &[Choice<1>], spare: u32) -> Vec<Vec<usize>> {
        let exact = |set: &Vec<usize>| {
            let taken = || set.iter().map(|&at| choices[at]);
            let apart = taken().map(|one| one.items.count()).sum::<u32>() == items;
            let all = taken().fold(Bits::NONE, |all, one| all.with(&one.items));
            let spared: u32 = taken().map(|one| one.spared).sum();
            apart && all == Bits::of(0..items) && spared <= spare
        };
        let set = |bits: u32| (0..choices.len()).filter(move |at| bits >> at & 1 == 1);
        let sets = (0..1u32 << choices.len()).map(|bits| set(bits).collect());
        sets.filter(exact).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_exact_cover_is_found_once(
            some in prop::collection::vec((1u64..32, 0u32..3), 0..11),
            spare in 0u32..4,
        ) {
            let choice = |(items, spared)| Choice { items: Bits([items]), spared };
            let choices: Vec<Choice<1>> = some.into_iter().map(choice).collect();
            let mut found = Vec::new();
            let work = Work::new(u64::MAX, &|_| Go::On);
            work.grant(u64::MAX);
            let _ = covers(5, &choices, spare, &work, |taken| {
                let mut taken = taken.to_vec();
                taken.sort_unstable();
                found.push(taken);
                ControlFlow::Continue(())
            });
            found.sort();
            let mut tried = tried(5, &choices, spare);
            tried.sort();
            prop_assert_eq!(found, tried);
        }
    }

    fn threes() -> [Choice<1>; 5] {
        [1, 2, 4, 3, 6].map(|items| Choice {
            items: Bits([items]),
            spared: 0,
        })
    }

    #[test]
    fn a_search_ends_with_what_it_was_granted() {
        let work = Work::new(1_000, &|_| Go::On);
        let search = |granted| {
            work.grant(granted);
            let mut found = 0;
            let ended = covers(3, &threes(), 0, &work, |_| {
                found += 1;
                ControlFlow::Continue(())
            });
            (ended.is_break(), work.is_done(), work.is_over(), found)
        };
        assert_eq!(search(20), (true, true, false, 0));
        assert_eq!(search(500), (false, false, false, 3));
    }

    #[test]
    fn work_is_over_when_all_is_spent_or_somebody_stops_it() {
        let all = Work::new(10, &|_| Go::On);
        all.grant(100);
        assert!(all.spend(10).is_break() && all.is_over());
        let stopped = Work::new(u64::MAX, &|_| Go::Stop);
        stopped.grant(3 * LOOK);
        assert!(stopped.spend(LOOK - 1).is_continue());
        assert!(stopped.spend(1).is_break() && stopped.is_over());
    }

    #[test]
    fn numbers_come_back_in_their_order() {
        let numbers = [0, 5, 63, 64, 100, 127];
        let bits = Bits::<2>::of(numbers);
        assert_eq!(bits.numbers().collect::<Vec<_>>(), numbers);
        assert_eq!(bits.count(), 6);
    }
}
