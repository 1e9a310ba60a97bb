//! People under 18 in circles: two adults beside them, always.
//! Never: tells anybody that this is why a seat is not possible.

use mend_solve::circle::{Plan, Problem, cost_of};

use super::Pool;
use crate::id::PersonId;
use crate::people::{Age, may_sit};

/// Whether these people may sit together as far as their ages go.
pub fn is_safe(pool: &Pool, members: &[PersonId]) -> bool {
    pool.minors.is_empty() || may_sit(members.iter().map(|who| pool.age(*who)))
}

/// Swaps people of a plan until every circle is safe, without breaking anything that must be kept;
/// whom that leaves over, as places in the pool. The plan's cost is counted anew.
pub(super) fn settle(
    pool: &Pool,
    seated: &[usize],
    problem: &Problem,
    plan: &mut Plan,
) -> Vec<usize> {
    if pool.minors.is_empty() {
        return Vec::new();
    }
    let ages: Vec<Age> = seated.iter().map(|at| pool.age(pool.at(*at).id)).collect();
    while let Some((one, other)) = best_swap(problem, &plan.circles, &ages) {
        plan.circles = swapped(&plan.circles, one, other);
    }
    plan.cost = cost_of(problem, &plan.circles);
    let unsafe_rings = plan.circles.iter().filter(|ring| lone(ring, &ages) > 0);
    let minors = unsafe_rings
        .flatten()
        .filter(|who| ages[**who as usize] == Age::Minor);
    minors.map(|who| seated[*who as usize]).collect()
}

/// A seat: which circle, and where in it.
type Seat = (usize, usize);

fn swapped(circles: &[Vec<u32>], one: Seat, other: Seat) -> Vec<Vec<u32>> {
    let mut after = circles.to_vec();
    after[one.0][one.1] = circles[other.0][other.1];
    after[other.0][other.1] = circles[one.0][one.1];
    after[one.0].sort_unstable();
    after[other.0].sort_unstable();
    after
}

/// The cheapest exchange of an adult and a minor after which fewer minors sit in circles that are
/// not safe, and nobody sits with somebody they must be kept apart from.
fn best_swap(problem: &Problem, circles: &[Vec<u32>], ages: &[Age]) -> Option<(Seat, Seat)> {
    let seats = || (0..circles.len()).flat_map(|ring| seats_of(circles, ring));
    let unsafe_seats = seats().filter(|(ring, _)| lone(&circles[*ring], ages) > 0);
    let age = |(ring, at): Seat| ages[circles[ring][at] as usize];
    unsafe_seats
        .flat_map(|one| seats().map(move |other| (one, other)))
        .filter(|(one, other)| one.0 != other.0 && age(*one) != age(*other))
        .filter_map(|(one, other)| {
            let pair = [circles[one.0].clone(), circles[other.0].clone()];
            let after = swapped(&pair, (0, one.1), (1, other.1));
            let count =
                |rings: &[Vec<u32>]| rings.iter().map(|ring| lone(ring, ages)).sum::<usize>();
            let fewer = count(&after) < count(&pair);
            let cost = fewer.then(|| cost_of(problem, &after))?;
            (cost.apart == 0).then_some((count(&after), cost, (one, other)))
        })
        .min()
        .map(|(_, _, swap)| swap)
}

fn seats_of(circles: &[Vec<u32>], ring: usize) -> impl Iterator<Item = Seat> + use<> {
    (0..circles[ring].len()).map(move |at| (ring, at))
}

/// How many minors sit in a circle that is not safe.
fn lone(ring: &[u32], ages: &[Age]) -> usize {
    let of = || ring.iter().map(|who| ages[*who as usize]);
    match may_sit(of()) {
        true => 0,
        false => of().filter(|age| *age == Age::Minor).count(),
    }
}
