//! All rounds as one: arithmetic where it helps, then a search over every round.
//! Never: gives out a plan that costs more than the rounds one by one.
//! See: `rounds` for the gathering and for one round after another, `design` for the arithmetic,
//! `cyclic` for schedules that take some search, `together` for the search over every round.
//!
//! Cost: `effort` moves for each round one by one, about three times that time to turn people in rings,
//! and four times as many moves for all together, unless a plan at the bound is found before.

use std::cell::{Cell, RefCell};

use super::index::{FEW, Index};
use super::room::floor;
use super::rounds::{Gathering, Round, in_order, one_by_one, pairs_of};
use super::tables::{Tables, Worth};
use super::together::Together;
use super::{Cost, Effort, Go, Plan, Progress, bound, cost_of, cyclic, design};

/// What is looked at to turn people in rings in the time of about three moves.
const LOOKS: u64 = 64;

/// As [`seat_rounds`], for a gathering that is known to be in order.
pub(crate) fn arrange_rounds(
    gathering: &Gathering,
    seed: u64,
    effort: Effort,
    watch: &mut dyn FnMut(Progress) -> Go,
) -> Vec<Plan> {
    let designed = gathering.designed();
    if let Some(plans) = designed.as_ref().filter(|plans| !may_be_better(plans)) {
        return plans.clone();
    }
    let stopped = Cell::new(false);
    let mut watch = |progress| {
        let go = watch(progress);
        stopped.set(stopped.get() || go == Go::Stop);
        go
    };
    let mut plans = one_by_one(gathering, seed, effort, &mut watch);
    take_better(&mut plans, designed);
    let ended = |plans: &[Plan]| stopped.get() || !may_be_better(plans) || !gathering.is_small();
    if !ended(&plans) {
        let cyclic = gathering.cyclic(&plans, effort, &mut watch);
        take_better(&mut plans, cyclic);
    }
    if ended(&plans) {
        return plans;
    }
    gathering.improved(&plans, seed, effort, &mut watch)
}

fn take_better(plans: &mut Vec<Plan>, others: Option<Vec<Plan>>) {
    if let Some(others) = others.filter(|others| total(others) < total(plans)) {
        *plans = others;
    }
}

fn total(plans: &[Plan]) -> Cost {
    plans.iter().map(|plan| plan.cost).sum()
}

/// Whether anything the search over all rounds looks at is above what is known to be the least.
fn may_be_better(plans: &[Plan]) -> bool {
    plans
        .iter()
        .any(|plan| plan.cost.repeats > 0 || !plan.proved)
}

impl Gathering {
    /// Whether the search over all rounds can look at everything that counts here.
    fn is_small(&self) -> bool {
        let everyone = &self.everyone;
        let few = everyone.groups.len() <= FEW;
        let timeless = everyone.hours.iter().all(Option::is_none)
            && everyone.languages.iter().all(|&mask| mask == 0);
        few && timeless
    }

    fn improved(
        &self,
        plans: &[Plan],
        seed: u64,
        effort: Effort,
        watch: &mut dyn FnMut(Progress) -> Go,
    ) -> Vec<Plan> {
        let index = Index::new(&self.everyone);
        let seated = plans.iter().map(|plan| plan.circles.clone()).collect();
        let tables = Tables::new(&index, seated);
        let of = effort.0.saturating_mul(4 * plans.len() as u64);
        let bound = plans.iter().map(|plan| plan.bound).sum();
        let search = Together::new(tables, seed, of);
        let rounds = search.search(self.floor(), |best, moves| {
            watch(Progress {
                round: plans.len() as u32,
                moves,
                of,
                best: best.cost(),
                bound,
            })
        });
        self.plans(rounds)
    }

    /// A schedule by arithmetic. People of one group stand together in columns, which meet last.
    fn designed(&self) -> Option<Vec<Plan>> {
        let (circles, seats) = self.shape()?;
        let mut people = self.rounds.first()?.present.clone();
        let groups = &self.everyone.groups;
        people.sort_by_key(|&person| groups[person as usize].first());
        let rounds = design::schedule(circles, seats, self.rounds.len())?;
        Some(self.named(rounds, &people))
    }

    /// A schedule in which nobody meets twice, where that is all there is to ask.
    fn cyclic(
        &self,
        plans: &[Plan],
        effort: Effort,
        watch: &mut dyn FnMut(Progress) -> Go,
    ) -> Option<Vec<Plan>> {
        if !self.everyone.is_plain() {
            return None;
        }
        let (rounds, best) = (plans.len(), total(plans));
        let most = effort
            .0
            .saturating_mul(LOOKS * rounds as u64)
            .min(cyclic::MOST);
        let watch = RefCell::new(watch);
        let found = cyclic::schedule(self.shape()?, rounds, most, &|spent| {
            watch.borrow_mut()(Progress {
                round: rounds as u32,
                moves: spent / LOOKS,
                of: most / LOOKS,
                best,
                bound: 0,
            })
        });
        Some(self.named(found?, &self.rounds.first()?.present))
    }

    /// How many circles and of how many seats, if everybody comes to every round and all circles
    /// are of one size.
    fn shape(&self) -> Option<(u32, u32)> {
        let first = self.rounds.first()?;
        let seats = *first.sizes.first()?;
        let same = |round: &Round| round == first && round.sizes.iter().all(|&one| one == seats);
        let uniform = self.rounds.len() > 1 && self.rounds.iter().all(same);
        uniform.then_some((first.sizes.len() as u32, seats))
    }

    /// The plans of a schedule whose numbers stand for these people.
    fn named(&self, rounds: Vec<Vec<Vec<u32>>>, people: &[u32]) -> Vec<Plan> {
        let named = |members: Vec<u32>| members.iter().map(|&one| people[one as usize]).collect();
        let round = |circles: Vec<Vec<u32>>| circles.into_iter().map(named).collect();
        self.plans(rounds.into_iter().map(round).collect())
    }

    /// What all rounds together cannot go below.
    fn floor(&self) -> Worth {
        let all = self.rounds.iter().map(|round| {
            let problem = round.problem(&self.everyone, &[]);
            Worth::of(&floor(&problem, bound(&problem)))
        });
        all.fold(Worth::default(), |sum, one| sum + one)
    }

    /// The plans of these circles.
    fn plans(&self, rounds: Vec<Vec<Vec<u32>>>) -> Vec<Plan> {
        let mut before = self.everyone.clone();
        let mut plans = Vec::with_capacity(rounds.len());
        for (round, mut circles) in self.rounds.iter().zip(rounds) {
            let problem = round.problem(&self.everyone, &[]);
            let floor = floor(&problem, bound(&problem));
            circles
                .iter_mut()
                .for_each(|members| members.sort_unstable());
            let circles = in_order(circles, &round.sizes);
            let cost = cost_of(&before, &circles);
            before.met.extend(pairs_of(&circles));
            plans.push(Plan {
                proved: cost.hard() == floor.hard(),
                bound: floor.shared,
                circles,
                cost,
            });
        }
        plans
    }
}
