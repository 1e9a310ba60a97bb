//! Schedules in which nobody meets twice, found by turning people in rings.
//! Never: searches for longer than its work, which is counted and the same on every machine.
//! See: `design` for schedules that need no search, `gather` for when this is tried.
//!
//! Base circles are chosen so that all they turn into have every pair at most once (a family of
//! differences: Bose 1939, "On the construction of balanced incomplete block designs", Annals of
//! Eugenics 9). Those circles are dealt out to rounds in which everybody sits once (a resolution:
//! Ray-Chaudhuri and Wilson 1971, "Solution of Kirkman's schoolgirl problem", Proceedings of
//! Symposia in Pure Mathematics 19). All three are exact covers. There are as many rounds as
//! anybody could have; fewer are the first of them.

use std::ops::ControlFlow;

use super::Go;
use super::bases::bases;
use super::cover::{Bits, Choice, Work, covers};
use super::turn::{Kinds, Members, PEOPLE, Turn};
use crate::random::Dice;

/// What to look at for one turn, first a little for each, as many need no more; and for all.
const WORK: [u64; 3] = [1_000_000, 8_000_000, 64_000_000];
const ALL: u64 = 200_000_000;
/// Rounds to choose from for one set of circles.
const ROUNDS: usize = 4096;

/// Seats of all rounds: circles of people.
type Rounds = Vec<Vec<Vec<u32>>>;

/// Circles of all rounds, by their numbers.
type Circles = Bits<8>;
const CIRCLES: u32 = 512;

/// `rounds` rounds of `circles` circles of `seats` people each, in which nobody meets twice;
/// `None` if this way leads to none with `most` work for a turn, or when `watch` stops it.
/// `watch` is asked before each turn and told the work that came before.
pub(super) fn schedule(
    (circles, seats): (u32, u32),
    rounds: usize,
    most: u64,
    watch: &mut dyn FnMut(u64) -> Go,
) -> Option<Rounds> {
    let shape = Shape::of(circles, seats)?;
    if rounds > shape.rounds as usize {
        return None;
    }
    let mut turns: Vec<Turn> = Turn::all(shape.people).collect();
    let mut spent = 0;
    for work in WORK.map(|work| work.min(most)) {
        let mut unfinished = Vec::new();
        for turn in turns {
            if spent > ALL || watch(spent) == Go::Stop {
                return None;
            }
            let work_left = Work::new(work);
            if let Some(mut plan) = shape.turned(&turn, &work_left) {
                plan.truncate(rounds);
                return Some(plan);
            }
            spent += work - work_left.left();
            if work_left.left() == 0 {
                unfinished.push(turn);
            }
        }
        turns = unfinished;
    }
    None
}

/// Choices that cover kinds of pairs, and the base circle of each that is one.
type Families = (Vec<Choice<2>>, Vec<Option<Members>>);

struct Shape {
    people: u32,
    circles: u32,
    seats: u32,
    /// As many as anybody could have.
    rounds: u32,
}

impl Shape {
    fn of(circles: u32, seats: u32) -> Option<Shape> {
        let people = circles.checked_mul(seats).filter(|&all| all <= PEOPLE)?;
        let rounds = people.checked_sub(1)?.checked_div(seats - 1)?;
        (rounds * circles <= CIRCLES).then_some(Shape {
            people,
            circles,
            seats,
            rounds,
        })
    }

    fn turned(&self, turn: &Turn, work: &Work) -> Option<Rounds> {
        let (choices, members) = self.families(turn, work)?;
        let kinds = turn.pairs.len() as u32;
        let mut plan = None;
        let _ = covers(kinds, &choices, self.lone(), work, |taken| {
            let bases = taken.iter().filter_map(|&at| members[at]);
            let circles: Vec<Members> = bases.flat_map(|base| turn.turned(&base)).collect();
            plan = self.resolved(&circles, work);
            stop_if(plan.is_some())
        });
        plan
    }

    /// Every base, and for each kind of pairs the choice that these never meet, in the same order
    /// on every machine.
    fn families(&self, turn: &Turn, work: &Work) -> Option<Families> {
        let met = bases(turn, self.seats, work)?.into_iter().map(|base| {
            let items = base.kinds;
            (Choice { items, spared: 0 }, Some(base.members))
        });
        let lone = (0..).zip(&turn.pairs).map(|(kind, &spared)| {
            let items = Kinds::of([kind]);
            (Choice { items, spared }, None)
        });
        let mut all: Vec<_> = met.chain(lone).collect();
        Dice::new(0).shuffle(&mut all);
        Some(all.into_iter().unzip())
    }

    /// Pairs that never meet.
    fn lone(&self) -> u32 {
        let pairs = |n: u32| n * (n - 1) / 2;
        pairs(self.people) - self.rounds * self.circles * pairs(self.seats)
    }

    /// The circles, dealt out to rounds in which everybody sits once.
    fn resolved(&self, circles: &[Members], work: &Work) -> Option<Rounds> {
        if circles.len() as u32 != self.rounds * self.circles {
            return None;
        }
        let spared = 0;
        let seats: Vec<_> = circles
            .iter()
            .map(|&items| Choice { items, spared })
            .collect();
        let mut rounds: Vec<Vec<usize>> = Vec::new();
        let _ = covers(self.people, &seats, 0, work, |taken| {
            rounds.push(taken.to_vec());
            stop_if(rounds.len() == ROUNDS)
        });
        let items = |round: &Vec<usize>| Circles::of(round.iter().map(|&at| at as u32));
        let all = rounds.iter().map(items);
        let all: Vec<_> = all.map(|items| Choice { items, spared }).collect();
        let mut plan = None;
        let _ = covers(circles.len() as u32, &all, 0, work, |taken| {
            plan = Some(taken.to_vec());
            ControlFlow::Break(())
        });
        let people = |&at: &usize| circles[at].numbers().collect();
        let round = |&at: &usize| rounds[at].iter().map(people).collect();
        Some(plan?.iter().map(round).collect())
    }
}

fn stop_if(done: bool) -> ControlFlow<()> {
    if done {
        return ControlFlow::Break(());
    }
    ControlFlow::Continue(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::design::tests::is_perfect;
    use super::*;

    fn any(circles: u32, seats: u32, rounds: usize) -> Option<Rounds> {
        schedule((circles, seats), rounds, u64::MAX, &mut |_| Go::On)
    }

    #[test]
    fn nobody_meets_twice_in_any_of_these() {
        let shapes = [
            (5, 2, 9),
            (5, 3, 7),
            (6, 3, 8),
            (7, 3, 10),
            (6, 4, 7),
            (7, 4, 9),
            (8, 4, 10),
            (10, 4, 13),
            (5, 5, 6),
            (6, 4, 3),
        ];
        for (circles, seats, rounds) in shapes {
            let plan = any(circles, seats, rounds).unwrap_or_else(|| panic!("{circles} {seats}"));
            assert_eq!(plan.len(), rounds);
            is_perfect(circles, seats, &plan);
        }
    }

    #[test]
    fn where_there_is_none_or_too_many_people_it_says_so() {
        // Twelve in threes cannot have five such rounds (Kotzig and Rosa 1974, "Nearly Kirkman
        // systems").
        for (circles, seats, rounds) in [(4, 3, 5), (5, 3, 8), (17, 4, 2), (1, 1, 2), (0, 4, 1)] {
            assert_eq!(any(circles, seats, rounds), None, "{circles} {seats}");
        }
    }

    #[test]
    fn stopping_ends_the_search() {
        let mut asked = 0;
        let found = schedule((8, 4), 10, u64::MAX, &mut |_| {
            asked += 1;
            if asked == 3 { Go::Stop } else { Go::On }
        });
        assert_eq!((found, asked), (None, 3));
    }
}
