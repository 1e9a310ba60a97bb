//! The room during the search: who sits where, what each circle costs, and what a move would
//! change, looking only at the two circles it touches.
//! Never: decides whether a move is a good one; `search` does.
//! See: `cost` for the definition this must agree with.

use super::cost::Times;
use super::index::{Index, PairSum};
use super::{Cost, Problem};

/// A cost with the hint that belongs to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Score {
    pub cost: Cost,
    /// See [`Times::short`].
    pub short: u64,
}

impl Score {
    /// One number that falls when any part improves. Each part outweighs what a single exchange
    /// usually does to the parts after it; that the order is kept strictly in the end is seen to
    /// by the descents and by keeping the best by [`Cost`]'s own order.
    pub fn energy(&self) -> i64 {
        let Cost {
            apart,
            unkept,
            unmeetable,
            shared,
            repeats,
            tight,
        } = self.cost;
        let hard = (apart + unkept) * HARD + (2 * unmeetable + self.short) * MEETING;
        (hard + shared * SHARED + repeats * REPEATS + tight * TIGHT) as i64
    }

    /// The parts in the order that counts, the hint standing beside what it hints at.
    pub fn rank(&self) -> [u64; 7] {
        let Cost {
            apart,
            unkept,
            unmeetable,
            shared,
            repeats,
            tight,
        } = self.cost;
        [
            apart, unkept, unmeetable, self.short, shared, repeats, tight,
        ]
    }

    pub fn add(&mut self, other: &Score) {
        self.cost += other.cost;
        self.short += other.short;
    }

    fn subtract(&mut self, other: &Score) {
        let (cost, less) = (&mut self.cost, &other.cost);
        cost.apart -= less.apart;
        cost.unkept -= less.unkept;
        cost.unmeetable -= less.unmeetable;
        cost.shared -= less.shared;
        cost.repeats -= less.repeats;
        cost.tight -= less.tight;
        self.short -= other.short;
    }
}

/// The energy of one broken hard rule, of one person who keeps a circle from meeting, of one pair
/// in `shared`, of one earlier meeting, and of one missing hour.
pub(super) const HARD: u64 = 4096;
pub(super) const MEETING: u64 = 512;
pub(super) const SHARED: u64 = 128;
pub(super) const REPEATS: u64 = 4;
pub(super) const TIGHT: u64 = 1;

/// Seat `i` of circle `a` and seat `j` of circle `b` change people. When `j` is one past the
/// last seat of `b`, the person in `a` walks over and `a` shrinks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Move {
    pub a: usize,
    pub i: usize,
    pub b: usize,
    pub j: usize,
}

/// What the two circles of a move would be afterwards.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trial {
    a: After,
    b: After,
}

impl Trial {
    /// The score of both circles together.
    pub fn score(&self) -> Score {
        let mut score = self.a.score;
        score.add(&self.b.score);
        score
    }
}

#[derive(Clone, Copy, Debug)]
struct After {
    score: Score,
    keepers: u64,
}

#[derive(Clone, Debug)]
struct Circle {
    members: Vec<u32>,
    keepers: u64,
    score: Score,
}

/// Everybody seated.
#[derive(Debug)]
pub(super) struct Room<'a> {
    index: &'a Index,
    has_times: bool,
    circles: Vec<Circle>,
    total: Score,
    /// The circles with any cost, in no order, and each circle's place there.
    troubled: Vec<usize>,
    trouble_at: Vec<Option<usize>>,
}

impl<'a> Room<'a> {
    pub fn new(index: &'a Index, seating: Vec<Vec<u32>>) -> Room<'a> {
        let mut room = Room {
            index,
            has_times: index.has_times(),
            total: Score::default(),
            troubled: Vec::new(),
            trouble_at: vec![None; seating.len()],
            circles: Vec::new(),
        };
        for (at, members) in seating.into_iter().enumerate() {
            let keepers = members
                .iter()
                .filter(|&&person| index.keeps(person))
                .count() as u64;
            let times = room.times(&members, None, None);
            let score = room.score(index.within(&members), keepers, times);
            room.circles.push(Circle {
                members,
                keepers,
                score,
            });
            room.total.add(&score);
            room.watch_trouble(at);
        }
        room
    }

    pub fn cost(&self) -> Cost {
        self.total.cost
    }

    pub fn score_of(&self, circle: usize) -> &Score {
        &self.circles[circle].score
    }

    pub fn len(&self) -> usize {
        self.circles.len()
    }

    pub fn seats(&self, circle: usize) -> usize {
        self.circles[circle].members.len()
    }

    pub fn troubled(&self) -> &[usize] {
        &self.troubled
    }

    pub fn seating(&self) -> impl Iterator<Item = &Vec<u32>> {
        self.circles.iter().map(|circle| &circle.members)
    }

    /// What `step` would lead to.
    pub fn try_out(&self, step: Move) -> Trial {
        let (a, b) = (&self.circles[step.a], &self.circles[step.b]);
        let u = a.members[step.i];
        let v = b.members.get(step.j).copied();
        Trial {
            a: self.exchange(a, Some(u), v),
            b: self.exchange(b, v, Some(u)),
        }
    }

    /// Make `step`, whose outcome is `trial`.
    pub fn take(&mut self, step: Move, trial: &Trial) {
        let u = self.circles[step.a].members[step.i];
        if let Some(seat) = self.circles[step.b].members.get_mut(step.j) {
            let v = std::mem::replace(seat, u);
            self.circles[step.a].members[step.i] = v;
        } else {
            self.circles[step.a].members.swap_remove(step.i);
            self.circles[step.b].members.push(u);
        }
        self.settle(step.a, &trial.a);
        self.settle(step.b, &trial.b);
    }

    fn settle(&mut self, at: usize, after: &After) {
        let circle = &mut self.circles[at];
        self.total.subtract(&circle.score);
        self.total.add(&after.score);
        circle.score = after.score;
        circle.keepers = after.keepers;
        self.watch_trouble(at);
    }

    fn watch_trouble(&mut self, at: usize) {
        let troubled = self.circles[at].score != Score::default();
        match (self.trouble_at[at], troubled) {
            (None, true) => {
                self.trouble_at[at] = Some(self.troubled.len());
                self.troubled.push(at);
            }
            (Some(place), false) => {
                self.trouble_at[at] = None;
                self.troubled.swap_remove(place);
                if let Some(&moved) = self.troubled.get(place) {
                    self.trouble_at[moved] = Some(place);
                }
            }
            _ => {}
        }
    }

    fn exchange(&self, circle: &Circle, goes: Option<u32>, comes: Option<u32>) -> After {
        let nobody = u32::MAX;
        let less = goes
            .map(|u| self.index.row(u, &circle.members, nobody))
            .unwrap_or_default();
        let without = goes.unwrap_or(nobody);
        let more = comes
            .map(|v| self.index.row(v, &circle.members, without))
            .unwrap_or_default();
        let old = &circle.score.cost;
        let pairs = PairSum {
            apart: old.apart + more.apart - less.apart,
            shared: old.shared + more.shared - less.shared,
            met: old.repeats + more.met - less.met,
        };
        let keeps = |person: Option<u32>| u64::from(person.is_some_and(|p| self.index.keeps(p)));
        let keepers = circle.keepers + keeps(comes) - keeps(goes);
        let times = self.times(&circle.members, goes, comes);
        After {
            score: self.score(pairs, keepers, times),
            keepers,
        }
    }

    fn score(&self, pairs: PairSum, keepers: u64, times: Times) -> Score {
        let cost = Cost {
            apart: pairs.apart,
            unkept: u64::from(keepers == 0 && self.index.has_keepers()),
            unmeetable: times.unmeetable,
            shared: pairs.shared,
            repeats: pairs.met,
            tight: times.tight,
        };
        Score {
            cost,
            short: times.short,
        }
    }

    fn times(&self, members: &[u32], goes: Option<u32>, comes: Option<u32>) -> Times {
        if !self.has_times {
            return Times::default();
        }
        let stay = members
            .iter()
            .copied()
            .filter(move |&person| Some(person) != goes);
        let people = stay.chain(comes);
        let hours = people.clone().filter_map(|person| self.index.hours(person));
        let languages = people.filter_map(|person| self.index.languages(person));
        Times::of(hours, languages)
    }
}

/// What no seating of `problem` can go below, part by part.
pub(super) fn floor(problem: &Problem, bound: u64) -> Cost {
    let mut keepers = problem.keepers.clone();
    keepers.sort_unstable();
    keepers.dedup();
    let circles = problem.sizes.len();
    let unkept = if keepers.is_empty() {
        0
    } else {
        circles.saturating_sub(keepers.len())
    };
    Cost {
        unkept: unkept as u64,
        shared: bound,
        ..Cost::default()
    }
}
