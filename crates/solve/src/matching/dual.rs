//! A proof that no matching is worth more: dual variables anybody can check in one pass.
//! Never: trusts the search that made them; the bound is computed from the edges again.
//! See: `heaviest` in the module above for where they come from.

use super::graph::Edge;

/// Dual variables of the matching polytope (Edmonds 1965, "Maximum matching and a polyhedron
/// with 0,1-vertices"), all at least 0 and at [`Dual::SCALE`] times the scale of the weights.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dual {
    /// One per vertex.
    pub vertices: Vec<i64>,
    /// One per odd set of vertices. Any two sets are disjoint or one holds the other.
    pub sets: Vec<OddSet>,
}

/// The dual of an odd set of vertices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OddSet {
    /// The dual, more than 0.
    pub dual: i64,
    /// The vertices, ascending.
    pub members: Vec<u32>,
}

impl Dual {
    /// By how much the duals are larger than if they were at the scale of the weights: with
    /// twice the weights they are whole numbers.
    pub const SCALE: i64 = 2;

    /// What no matching of these edges can be worth more than, by weak duality: the duals of the
    /// vertices, those of the sets times half of their size rounded down, and whatever an edge is
    /// worth beyond the duals that cover it. Rounded down to a whole number.
    pub fn bound(&self, edges: &[Edge]) -> i128 {
        let vertices: i128 = self.vertices.iter().map(|&dual| i128::from(dual)).sum();
        let halves = |set: &OddSet| i128::from(set.dual) * (set.members.len() / 2) as i128;
        let sets: i128 = self.sets.iter().map(halves).sum();
        let around = self.sets_around();
        let beyond: i128 = edges.iter().map(|edge| self.beyond(edge, &around)).sum();
        (vertices + sets + beyond).div_euclid(i128::from(Dual::SCALE))
    }

    /// The sets each vertex is in, ascending.
    fn sets_around(&self) -> Vec<Vec<u32>> {
        let mut around = vec![Vec::new(); self.vertices.len()];
        for (at, set) in self.sets.iter().enumerate() {
            for &v in &set.members {
                around[v as usize].push(at as u32);
            }
        }
        around
    }

    fn beyond(&self, edge: &Edge, around: &[Vec<u32>]) -> i128 {
        let of = |v: u32| i128::from(self.vertices[v as usize]);
        let open = i128::from(Dual::SCALE) * i128::from(edge.weight) - of(edge.u) - of(edge.v);
        if open <= 0 {
            return 0;
        }
        let other = &around[edge.v as usize];
        let both = around[edge.u as usize]
            .iter()
            .filter(|set| other.binary_search(set).is_ok());
        let covered: i128 = both
            .map(|&set| i128::from(self.sets[set as usize].dual))
            .sum();
        (open - covered).max(0)
    }
}
