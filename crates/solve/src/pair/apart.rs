//! Who may not be together.
//! Never: asks why.
//! See: `graph` and `trios` for who asks.

use super::problem::Problem;

/// Pairs kept apart, those of a smaller number in one row, ascending.
pub(super) struct Apart {
    start: Vec<u32>,
    others: Vec<u32>,
}

impl Apart {
    pub(super) fn new(problem: &Problem) -> Apart {
        let mut pairs = problem.apart.clone();
        pairs.sort_unstable();
        let mut start = vec![0; problem.groups.len() + 1];
        for &(u, _) in &pairs {
            start[u as usize + 1] += 1;
        }
        for row in 1..start.len() {
            start[row] += start[row - 1];
        }
        Apart {
            start,
            others: pairs.into_iter().map(|(_, v)| v).collect(),
        }
    }

    /// Whether these two are kept apart, in either order.
    pub(super) fn are(&self, one: u32, two: u32) -> bool {
        let (u, v) = (one.min(two) as usize, one.max(two));
        let row = self.start[u] as usize..self.start[u + 1] as usize;
        self.others[row].binary_search(&v).is_ok()
    }
}
