//! The first seating: people are dealt to the circles like cards, one set after another.
//! Never: looks at keepers, earlier meetings, hours or languages; the search mends those.
//! See: `bound` for why this is already the best for `shared` when everyone is in one set.

use super::Problem;
use crate::random::Dice;

/// Seat everyone. Each person is dealt with the largest set they are in, the order within a set
/// is left to the dice, and the larger circles come first in turn.
///
/// A set of `k` people takes consecutive turns, so over circles whose sizes differ by at most
/// one it is split as evenly as can be.
pub(super) fn deal(problem: &Problem, dice: &mut Dice) -> Vec<Vec<u32>> {
    let mut turns: Vec<usize> = (0..problem.sizes.len()).collect();
    turns.sort_by_key(|&circle| std::cmp::Reverse(problem.sizes[circle]));
    let mut circles: Vec<Vec<u32>> = vec![Vec::new(); turns.len()];
    let mut turn = 0;
    for person in order(problem, dice) {
        while is_full(problem, &circles, turns[turn]) {
            turn = (turn + 1) % turns.len();
        }
        circles[turns[turn]].push(person);
        turn = (turn + 1) % turns.len();
    }
    circles
}

fn is_full(problem: &Problem, circles: &[Vec<u32>], circle: usize) -> bool {
    circles[circle].len() >= problem.sizes[circle] as usize
}

/// Everyone once: set by set, largest first, then those without a set.
fn order(problem: &Problem, dice: &mut Dice) -> Vec<u32> {
    let mut dealt = vec![false; problem.groups.len()];
    let mut order = Vec::with_capacity(dealt.len());
    let everyone: Vec<u32> = (0..problem.people()).collect();
    for people in problem.sets().iter().chain([&everyone]) {
        let from = order.len();
        for &person in people {
            if !std::mem::replace(&mut dealt[person as usize], true) {
                order.push(person);
            }
        }
        dice.shuffle(&mut order[from..]);
    }
    order
}
