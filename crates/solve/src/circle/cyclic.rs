//! Schedules in which nobody meets twice, found by turning people in rings.
//! Never: searches for longer than its work, which is counted and the same on every machine.
//! See: `design` for schedules that need no search, `gather` for when this is tried.
//!
//! Base circles are chosen so that all they turn into have every pair at most once (a family of
//! differences: Bose 1939, "On the construction of balanced incomplete block designs", Annals of
//! Eugenics 9). Those circles are dealt out to rounds in which everybody sits once (a resolution:
//! Bose 1942, "A note on the resolvability of balanced incomplete block designs", Sankhyā 6). That
//! makes three exact covers: of kinds of pairs by bases, of people by circles, of circles by
//! rounds. There are as many rounds as anybody could have; fewer are the first of them.

use std::ops::ControlFlow;

use super::Go;
use super::bases::{TURN, bases};
use super::cover::{Bits, Choice, Work, covers};
use super::turn::{Base, Kinds, Members, PEOPLE, Turn};
use crate::random::Dice;

/// What to look at for one turn: first a little for each, as many need no more.
const WORK: [u64; 3] = [1 << 20, 1 << 24, 1 << 28];
/// What is looked at in all, which takes two to four seconds.
pub(super) const MOST: u64 = 1 << 29;
/// Rounds to choose from for one set of circles. Where there are more, some circles may be in
/// none of those found first, so that set is given up.
const ROUNDS: usize = 4096;

/// All rounds: circles of people.
type Rounds = Vec<Vec<Vec<u32>>>;

/// Circles by their numbers.
type CircleSet = Bits<8>;
/// As many circles as [`CircleSet`] can hold.
const CIRCLES: u32 = 512;

/// `rounds` rounds of `circles` circles of `seats` people each, in which nobody meets twice;
/// `None` if this way leads to none with at most `most` work, or when `watch` stops it. `watch` is
/// told how much was spent.
pub(super) fn schedule(
    (circles, seats): (u32, u32),
    rounds: usize,
    most: u64,
    watch: &dyn Fn(u64) -> Go,
) -> Option<Rounds> {
    let shape = Shape::of(circles, seats)?;
    if rounds > shape.rounds as usize {
        return None;
    }
    let work = Work::new(most, watch);
    let mut turns: Vec<Turn> = Turn::all(shape.people).collect();
    for (pass, granted) in (0..).zip(WORK) {
        let mut unfinished = Vec::new();
        for turn in turns {
            work.grant(granted);
            if let Some(mut plan) = shape.search(&turn, pass, &work) {
                plan.truncate(rounds);
                return Some(plan);
            }
            if work.is_over() {
                return None;
            }
            if work.is_done() {
                unfinished.push(turn);
            }
        }
        turns = unfinished;
    }
    None
}

struct Shape {
    people: u32,
    circles: u32,
    seats: u32,
    /// As many as anybody could have.
    rounds: u32,
}

impl Shape {
    /// `None` if it has too many people or circles for the sets, or nobody could have two rounds:
    /// people of one circle need as many others in the next.
    fn of(circles: u32, seats: u32) -> Option<Shape> {
        let people = circles.checked_mul(seats).filter(|&all| all <= PEOPLE)?;
        let rounds = people.checked_sub(1)?.checked_div(seats - 1)?;
        (seats <= circles && rounds * circles <= CIRCLES).then_some(Shape {
            people,
            circles,
            seats,
            rounds,
        })
    }

    fn search(&self, turn: &Turn, pass: u64, work: &Work<'_>) -> Option<Rounds> {
        let (choices, bases) = self.choices(turn, pass, work)?;
        let kinds = turn.pairs.len() as u32;
        let mut plan = None;
        let _ = covers(kinds, &choices, self.lone(), work, |taken| {
            let family = || taken.iter().filter_map(|&at| bases[at]);
            let circles = family().map(|base| base.circles).sum::<u32>();
            if circles == self.rounds * self.circles {
                work.spend(TURN * u64::from(circles))?;
                let circles = family().flat_map(|base| turn.turned(&base.members));
                plan = self.resolved(&circles.collect::<Vec<_>>(), work);
            }
            stop_if(plan.is_some())
        });
        plan
    }

    /// Every base, and for each kind of pairs the choice that these never meet, in an order that
    /// the pass alone decides.
    fn choices(
        &self,
        turn: &Turn,
        pass: u64,
        work: &Work<'_>,
    ) -> Option<(Vec<Choice<2>>, Vec<Option<Base>>)> {
        let met = bases(turn, self.seats, work)?.into_iter().map(|base| {
            let items = base.kinds;
            (Choice { items, spared: 0 }, Some(base))
        });
        let lone = (0..).zip(&turn.pairs).map(|(kind, &spared)| {
            let items = Kinds::of([kind]);
            (Choice { items, spared }, None)
        });
        let mut all: Vec<_> = met.chain(lone).collect();
        Dice::new(pass).shuffle(&mut all);
        Some(all.into_iter().unzip())
    }

    /// Pairs that never meet.
    fn lone(&self) -> u32 {
        let pairs = |n: u32| n * (n - 1) / 2;
        pairs(self.people) - self.rounds * self.circles * pairs(self.seats)
    }

    /// The circles, dealt out to rounds in which everybody sits once.
    fn resolved(&self, circles: &[Members], work: &Work<'_>) -> Option<Rounds> {
        let choice = |&items: &Members| Choice { items, spared: 0 };
        let choices: Vec<_> = circles.iter().map(choice).collect();
        let mut rounds: Vec<Vec<usize>> = Vec::new();
        let all = covers(self.people, &choices, 0, work, |taken| {
            rounds.push(taken.to_vec());
            stop_if(rounds.len() > ROUNDS)
        });
        if all.is_break() {
            return None;
        }
        let choice = |round: &Vec<usize>| Choice {
            items: CircleSet::of(round.iter().map(|&at| at as u32)),
            spared: 0,
        };
        let choices: Vec<_> = rounds.iter().map(choice).collect();
        let mut plan = None;
        let _ = covers(circles.len() as u32, &choices, 0, work, |taken| {
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
        schedule((circles, seats), rounds, MOST, &|_| Go::On)
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
        let shapes = [
            (4, 3, 5),
            (5, 3, 8),
            (17, 4, 2),
            (1, 1, 2),
            (0, 4, 1),
            (5, 6, 2),
            (1, 2, 1),
        ];
        for (circles, seats, rounds) in shapes {
            assert_eq!(any(circles, seats, rounds), None, "{circles} {seats}");
        }
    }

    #[test]
    fn stopping_ends_the_search() {
        let asked = std::cell::Cell::new(0);
        let found = schedule((8, 4), 10, MOST, &|_| {
            asked.set(asked.get() + 1);
            if asked.get() == 3 { Go::Stop } else { Go::On }
        });
        assert_eq!((found, asked.get()), (None, 3));
    }

    #[test]
    fn with_little_work_it_ends_soon() {
        let spent = std::cell::Cell::new(0);
        let found = schedule((8, 4), 10, 5 << 20, &|so_far| {
            spent.set(so_far);
            Go::On
        });
        assert_eq!((found, spent.get()), (None, 5 << 20));
    }
}
