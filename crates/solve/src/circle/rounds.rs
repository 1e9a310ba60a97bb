//! Several rounds: first one after another, each remembering who met in those before, then all of
//! them together.
//! Never: seats somebody twice in a round.
//! See: `super::seat` for one round, `gather` for all of them.

use std::collections::BTreeMap;

use super::gather::arrange_rounds;
use super::problem::check_sizes;
use super::search::arrange;
use super::{Broken, Cost, Effort, Go, Plan, Problem, Progress};

/// Rounds of circles of the same people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gathering {
    /// Everyone who comes at all, with `met` as before the first round; `sizes` plays no part.
    pub everyone: Problem,
    /// The rounds in their order.
    pub rounds: Vec<Round>,
}

/// Who comes to one round, and how many seats its circles have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// The people who come, ascending, each once.
    pub present: Vec<u32>,
    /// Seats of each circle, each at least 1; together as many as come.
    pub sizes: Vec<u32>,
}

/// Seat the rounds; pairs that sit together in one round have met once more in the next. Plans
/// name people by the numbers of `everyone`.
///
/// The rounds are seated in their order, with `effort` for each but at most [`Effort::usual`].
/// Where arithmetic knows a better schedule, that is taken. Where somebody then still meets
/// again, at most 1024 people come, and no hours or languages are known, all rounds are improved
/// together, with four times `effort` for each. Before that, where up to 64 people come to every
/// round, all circles are of one size and nothing else is asked, a schedule in which nobody meets
/// twice is looked for.
///
/// Once `watch` stops the search, the rounds that are left get [`Effort::quick`], so that there
/// is a plan for each.
///
/// # Errors
/// [`Broken`] names the first contradiction; `present` must be ascending.
pub fn seat_rounds(
    gathering: &Gathering,
    seed: u64,
    effort: Effort,
    watch: &mut dyn FnMut(Progress) -> Go,
) -> Result<Vec<Plan>, Broken> {
    gathering.check()?;
    Ok(arrange_rounds(gathering, seed, effort, watch))
}

/// The rounds one after another; a later one makes the best of what the earlier ones left.
pub(super) fn one_by_one(
    gathering: &Gathering,
    seed: u64,
    effort: Effort,
    watch: &mut dyn FnMut(Progress) -> Go,
) -> Vec<Plan> {
    let mut met = gathering.everyone.met.clone();
    let mut plans = Vec::with_capacity(gathering.rounds.len());
    let mut stopped = false;
    for (at, round) in gathering.rounds.iter().enumerate() {
        let problem = round.problem(&gathering.everyone, &met);
        // Rounds must not be dealt alike, or the same people would meet again.
        let seed = seed ^ (at as u64) << 32;
        let most = if stopped {
            Effort::quick(problem.people())
        } else {
            Effort::usual(problem.people())
        };
        let mut plan = arrange(&problem, seed, effort.min(most), &mut |progress| {
            if stopped {
                return Go::On;
            }
            let round = at as u32;
            let go = watch(Progress { round, ..progress });
            stopped = go == Go::Stop;
            go
        });
        round.rename(&mut plan, &gathering.everyone);
        met.extend(pairs_of(&plan.circles));
        plans.push(plan);
    }
    plans
}

/// The circles in an order in which they have these seats.
pub(super) fn in_order(circles: Vec<Vec<u32>>, sizes: &[u32]) -> Vec<Vec<u32>> {
    // People who walked changed the sizes of circles, never how often each size occurs.
    let mut of_size: BTreeMap<usize, Vec<Vec<u32>>> = BTreeMap::new();
    for members in circles.into_iter().rev() {
        of_size.entry(members.len()).or_default().push(members);
    }
    let circle = |seats: &u32| of_size.get_mut(&(*seats as usize)).and_then(Vec::pop);
    sizes.iter().filter_map(circle).collect()
}

pub(super) fn pairs_of(circles: &[Vec<u32>]) -> impl Iterator<Item = (u32, u32, u32)> {
    circles.iter().flat_map(|members| {
        let before = |(i, &v): (usize, &u32)| members[..i].iter().map(move |&u| (u, v, 1));
        members
            .iter()
            .enumerate()
            .flat_map(before)
            .collect::<Vec<_>>()
    })
}

impl Gathering {
    fn check(&self) -> Result<(), Broken> {
        self.everyone.check_lists()?;
        for round in &self.rounds {
            let disorder = round.present.windows(2).position(|two| two[0] >= two[1]);
            if let Some(before) = disorder {
                return Err(Broken::Order {
                    list: "present",
                    entry: before + 1,
                });
            }
            self.everyone.check_people("present", &round.present)?;
            check_sizes(&round.sizes, round.present.len() as u32)?;
        }
        Ok(())
    }
}

impl Round {
    /// The problem of this round alone, its people renumbered by their place in `present`.
    pub(super) fn problem(&self, everyone: &Problem, met: &[(u32, u32, u32)]) -> Problem {
        let mut place = vec![None; everyone.groups.len()];
        for (at, &person) in self.present.iter().enumerate() {
            place[person as usize] = Some(at as u32);
        }
        let place = |person: u32| place[person as usize];
        let pairs = |list: &[(u32, u32)]| {
            list.iter()
                .filter_map(|&(u, v)| Some((place(u)?, place(v)?)))
                .collect()
        };
        let met = met
            .iter()
            .filter_map(|&(u, v, count)| Some((place(u)?, place(v)?, count)));
        Problem {
            sizes: self.sizes.clone(),
            groups: self.pick(&everyone.groups),
            avoid: pairs(&everyone.avoid),
            apart: pairs(&everyone.apart),
            keepers: everyone
                .keepers
                .iter()
                .filter_map(|&person| place(person))
                .collect(),
            met: met.collect(),
            hours: self.pick(&everyone.hours),
            languages: self.pick(&everyone.languages),
        }
    }

    /// The entries of those present; none when the list has none.
    fn pick<T: Clone>(&self, list: &[T]) -> Vec<T> {
        self.present
            .iter()
            .filter_map(|&person| list.get(person as usize).cloned())
            .collect()
    }

    /// Name people as `everyone` does, and count circles without a keeper also when no keeper
    /// came at all, which the round's own problem takes for the absence of a rule.
    fn rename(&self, plan: &mut Plan, everyone: &Problem) {
        for person in plan.circles.iter_mut().flatten() {
            *person = self.present[*person as usize];
        }
        let came = |person: &u32| self.present.binary_search(person).is_ok();
        if !everyone.keepers.is_empty() && !everyone.keepers.iter().any(came) {
            plan.cost = Cost {
                unkept: self.sizes.len() as u64,
                ..plan.cost
            };
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::circle::{cost_of, sizes};

    fn gathering(n: u32, circles: u32, rounds: usize) -> Gathering {
        let everyone = Problem {
            groups: (0..n).map(|person| vec![person % 7]).collect(),
            keepers: (0..n).step_by(3).collect(),
            apart: vec![(0, 1), (2, 9)],
            ..Problem::default()
        };
        let round = |at| {
            let present: Vec<u32> = (0..n).filter(|person| (person + at) % 11 != 0).collect();
            Round {
                sizes: sizes(present.len() as u32, circles),
                present,
            }
        };
        Gathering {
            everyone,
            rounds: (0..rounds as u32).map(round).collect(),
        }
    }

    #[test]
    fn a_later_round_counts_the_meetings_of_the_earlier_ones() {
        let gathering = gathering(30, 5, 4);
        let plans = seat_rounds(&gathering, 3, Effort(20_000), &mut |_| Go::On).unwrap();
        let mut problem = gathering.everyone.clone();
        for (plan, round) in plans.iter().zip(&gathering.rounds) {
            let mut seated = plan.circles.concat();
            seated.sort_unstable();
            assert_eq!(seated, round.present);
            assert_eq!(plan.cost, cost_of(&problem, &plan.circles));
            assert_eq!((plan.cost.apart, plan.cost.unkept), (0, 0));
            problem.met.extend(pairs_of(&plan.circles));
        }
        assert!(plans[3].cost.repeats > 0, "{:?}", plans[3].cost);
    }

    #[test]
    fn where_nothing_else_is_asked_nobody_meets_twice_in_as_many_rounds_as_there_can_be() {
        let round = Round {
            present: (0..28).collect(),
            sizes: sizes(28, 7),
        };
        let gathering = Gathering {
            everyone: Problem {
                groups: vec![vec![]; 28],
                ..Problem::default()
            },
            rounds: vec![round; 9],
        };
        let plans = seat_rounds(&gathering, 1, Effort::usual(28), &mut |_| Go::On).unwrap();
        assert!(plans.iter().all(|plan| plan.cost == Cost::default()));

        let mut asked = 0;
        let plans = seat_rounds(&gathering, 1, Effort::usual(28), &mut |progress| {
            let together = progress.round == 9;
            asked += u32::from(together);
            if together { Go::Stop } else { Go::On }
        });
        assert_eq!((plans.unwrap().len(), asked), (9, 1));
    }

    #[test]
    fn stopping_still_seats_the_rounds_that_are_left() {
        let gathering = gathering(30, 5, 6);
        let mut looks = 0;
        let plans = seat_rounds(&gathering, 3, Effort(1 << 40), &mut |progress| {
            looks += 1;
            if progress.moves > 8192 {
                Go::Stop
            } else {
                Go::On
            }
        });
        let plans = plans.unwrap();
        assert_eq!(plans.len(), 6);
        assert!(looks > 0);
        assert!(
            plans
                .iter()
                .all(|plan| plan.cost.apart + plan.cost.unkept == 0)
        );
    }

    #[test]
    fn a_round_without_any_keeper_is_counted_as_unkept() {
        let mut gathering = gathering(12, 2, 1);
        gathering.everyone.keepers = vec![0];
        let plans = seat_rounds(&gathering, 1, Effort(100), &mut |_| Go::On).unwrap();
        assert_eq!(plans[0].cost.unkept, 2);
    }

    #[test]
    fn a_round_must_name_its_people_in_order_and_seat_them_all() {
        let check = |change: &dyn Fn(&mut Round), text: &str| {
            let mut gathering = gathering(12, 2, 1);
            change(&mut gathering.rounds[0]);
            let broken = seat_rounds(&gathering, 1, Effort(1), &mut |_| Go::On).unwrap_err();
            assert_eq!(broken.to_string(), text);
        };
        check(
            &|round| round.present.swap(0, 1),
            "present: entry 1 is not larger than the one before.",
        );
        check(
            &|round| round.present[9] = 40,
            "present: entry 9 names 40, who does not exist.",
        );
        check(
            &|round| round.sizes = vec![6, 6],
            "The circles have 12 seats for 10 people.",
        );
    }
}
