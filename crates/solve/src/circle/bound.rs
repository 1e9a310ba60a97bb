//! A lower bound on `shared`: how many better-not-together pairs no seating can avoid.
//! Never: claims more than it proves; the true least may be higher when sets overlap.
//! See: `search`, which stops as soon as it gets there.
//!
//! Cost: for one set per person, the sum of the sets' sizes; where sets overlap, some hundred ways
//! to cut them into parts without anybody in common, up to a fixed number of steps.

use super::Problem;
use crate::random::Dice;

/// How many sets are looked at, the largest first; leaving sets out only lowers the bound.
const MOST_SETS: usize = 256;
/// Roughly how many memberships are handled while looking for the best order of the sets.
const WORK: usize = 4_000_000;

/// A number that `shared` of no seating can go below.
///
/// *One set.* In a circle, the members of one set that sit there cost 0, 1, 2, ... pairs in
/// the order they come: `c` of them cost `0 + 1 + ... + (c-1) = c(c-1)/2`. Level `l` of this
/// ladder exists in a circle only if it has more than `l` seats. A set of `k` people takes `k`
/// rungs in all, so it costs at least the `k` cheapest rungs of all circles together, and
/// filling the rungs from below does cost just that: this is the exact least for a single set,
/// whatever the sizes. (When sizes differ by at most one it is the even split:
/// with `q = k / g` and `e = k % g` over `g` circles, `e(q+1)q/2 + (g-e)q(q-1)/2`.)
///
/// *Several sets.* Take any part of each set such that two parts have at most one person in
/// common. Then no pair of people lies in two parts, so what the parts must cost adds up. With
/// everyone in one set the parts are the sets and the bound is exact, as the deal in `deal`
/// reaches it. With overlaps, parts are taken set by set, and a local search over the order of
/// the sets looks for the largest sum. `avoid` is left out, which is safe.
pub fn bound(problem: &Problem) -> u64 {
    let least = least_pairs(&problem.sizes);
    let worth = |part: usize| least.get(part).or(least.last()).copied().unwrap_or(0);
    let mut sets = problem.sets();
    sets.retain(|people| worth(people.len()) > 0);
    sets.truncate(MOST_SETS);

    let mut parts = Parts::new(problem.groups.len(), sets.len());
    let mut best = parts.total(&sets, &worth);
    let all: u64 = sets.iter().map(|people| worth(people.len())).sum();
    let memberships: usize = sets.iter().map(Vec::len).sum();
    let mut dice = Dice::new(0);
    for _ in 0..WORK.checked_div(memberships).unwrap_or(0).min(500) {
        if best == all {
            break;
        }
        let (i, j) = two_of(sets.len(), &mut dice);
        sets.swap(i, j);
        let total = parts.total(&sets, &worth);
        if total < best {
            sets.swap(i, j);
        }
        best = best.max(total);
    }
    best
}

fn two_of(len: usize, dice: &mut Dice) -> (usize, usize) {
    (
        dice.below(len as u32) as usize,
        dice.below(len as u32) as usize,
    )
}

/// Entry `k`: the least number of pairs that `k` people of one set form, for `k` from 0 to the
/// number of seats.
fn least_pairs(sizes: &[u32]) -> Vec<u64> {
    let highest = sizes.iter().copied().max().unwrap_or(0) as usize;
    let mut ending = vec![0usize; highest + 1];
    for &seats in sizes {
        ending[seats as usize] += 1;
    }
    let mut least = vec![0];
    let mut sum = 0;
    let mut open = sizes.len();
    for (level, ended) in ending.into_iter().enumerate() {
        open -= ended;
        for _ in 0..open {
            sum += level as u64;
            least.push(sum);
        }
    }
    least
}

/// Parts of sets, any two with at most one person in common.
struct Parts {
    /// Per person the parts they are in.
    of: Vec<Vec<u16>>,
    /// Whether two parts have their common person already, row by row.
    joined: Vec<bool>,
    sets: usize,
}

impl Parts {
    fn new(people: usize, sets: usize) -> Parts {
        Parts {
            of: vec![Vec::new(); people],
            joined: vec![false; sets * sets],
            sets,
        }
    }

    /// Take as much of each set as the parts before it leave, and add up what the parts are
    /// worth.
    fn total(&mut self, sets: &[Vec<u32>], worth: &dyn Fn(usize) -> u64) -> u64 {
        self.of.iter_mut().for_each(Vec::clear);
        self.joined.fill(false);
        let part = |(set, people): (usize, &Vec<u32>)| {
            people
                .iter()
                .filter(|&&person| self.take(set, person))
                .count()
        };
        sets.iter().enumerate().map(part).map(worth).sum()
    }

    fn take(&mut self, set: usize, person: u32) -> bool {
        let row = set * self.sets;
        let others = &mut self.of[person as usize];
        let free = !others
            .iter()
            .any(|&other| self.joined[row + usize::from(other)]);
        if free {
            for &other in others.iter() {
                self.joined[row + usize::from(other)] = true;
            }
            others.push(set as u16);
        }
        free
    }
}
