//! Maximum-weight matching in any graph, with a proof that it is one.
//! Never: gives up exactness for speed; what was stopped early says how far from the best it may
//! be.
//! See: `fraction` for the first half of the way and `search` for the second, `blossom`, `tree`
//! and `augment` for what the second needs, `dual` for the proof.
//!
//! The method is the primal-dual one of Edmonds 1965 ("Maximum matching and a polyhedron with
//! 0,1-vertices", J. Res. NBS 69B, pp. 125-130; surveyed by Galil 1986, "Efficient algorithms for
//! finding maximum matching in graphs", ACM Computing Surveys 18, pp. 23-38), started from the
//! best fractional matching.
//!
//! Cost: the fractional matching, and one search for each vertex that it leaves alone; each is
//! O(m log n) for n vertices and m edges, but that the edges of a blossom are looked at again when
//! it opens within a search, so that O(n m log n) in all holds where blossoms are not deeply
//! nested; memory O(n + m). Proof: the duals of vertices and
//! odd sets, added up anew from the edges by `dual`; they equal the value unless the work was
//! stopped, and then they say how much may be missing.

mod augment;
mod blossom;
mod dual;
mod fraction;
mod graph;
mod queue;
mod search;
#[cfg(test)]
mod tests;
mod tree;
mod watch;

use std::fmt;

use blossom::{Nodes, Vertex};
pub use dual::{Dual, OddSet};
pub use graph::Edge;
use graph::Graph;
use search::Search;
use watch::Watch;
pub use watch::{Go, Progress};

/// No vertex.
const NONE: u32 = u32::MAX;

/// The heaviest an edge may be, and the lightest with a minus: so much that no sum of a few
/// duals leaves 64 bits.
pub const MOST_WEIGHT: i64 = 1 << 58;

/// Most vertices, so that blossoms can be numbered after them.
pub const MOST_VERTICES: u32 = 1 << 31;

/// The vertices `0..vertices` and the edges between them.
#[derive(Clone, Copy, Debug)]
pub struct Problem<'a> {
    /// How many vertices there are; at most [`MOST_VERTICES`].
    pub vertices: u32,
    /// Edges, in any order; of several between the same two vertices the heaviest counts. Edges
    /// worth nothing or less are never matched.
    pub edges: &'a [Edge],
    /// Where weights have levels, so that no number of small differences makes up for a large
    /// one: the large steps. It changes how long the search takes, and nothing else.
    pub grid: Option<Grid>,
}

/// Weights `base + k * step` for whole numbers `k`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    /// One weight of the grid, at most [`MOST_WEIGHT`].
    pub base: i64,
    /// How far apart they are: 1 to [`MOST_WEIGHT`].
    pub step: i64,
}

/// A matching and how good it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matching {
    /// Per vertex the one it is matched to.
    pub mate: Vec<Option<u32>>,
    /// The sum of the weights of the matched edges.
    pub value: i128,
    /// No matching is worth more; equal to `value` unless the caller stopped the search.
    pub bound: i128,
    /// The proof of the bound: [`Dual::bound`] gives it.
    pub dual: Dual,
}

/// Why a problem cannot be worked on. Edges are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// More than [`MOST_VERTICES`] vertices, or more than 2^31 - 1 edges.
    TooLarge,
    /// An edge leads to a vertex that does not exist, or to the one it comes from.
    Ends {
        /// The edge.
        edge: usize,
    },
    /// An edge weighs more than [`MOST_WEIGHT`], or less than that with a minus.
    Weight {
        /// The edge.
        edge: usize,
    },
    /// The grid has no positive step, or one of its numbers is beyond [`MOST_WEIGHT`].
    Grid,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Broken::TooLarge => write!(f, "The graph is too large."),
            Broken::Ends { edge } => write!(f, "Edge {edge} does not join two vertices."),
            Broken::Weight { edge } => {
                write!(f, "Edge {edge} weighs more than {MOST_WEIGHT} either way.")
            }
            Broken::Grid => write!(f, "The grid has no step from 1 to {MOST_WEIGHT}."),
        }
    }
}

impl std::error::Error for Broken {}

impl Problem<'_> {
    fn check(&self) -> Result<(), Broken> {
        if self.vertices > MOST_VERTICES || self.edges.len() >= MOST_VERTICES as usize {
            return Err(Broken::TooLarge);
        }
        let fits = |weight: i64| (-MOST_WEIGHT..=MOST_WEIGHT).contains(&weight);
        for (at, edge) in self.edges.iter().enumerate() {
            if edge.u == edge.v || edge.u.max(edge.v) >= self.vertices {
                return Err(Broken::Ends { edge: at });
            }
            if !fits(edge.weight) {
                return Err(Broken::Weight { edge: at });
            }
        }
        let grid_fits = |grid: Grid| fits(grid.base) && grid.step > 0 && fits(grid.step);
        if self.grid.is_none_or(grid_fits) {
            Ok(())
        } else {
            Err(Broken::Grid)
        }
    }
}

/// A matching of the largest sum of weights, with duals that prove it. `ask` hears between
/// searches how far the work is, and may stop it; then the matching and the bound are what was
/// found so far. The same problem gives the same matching everywhere.
///
/// # Errors
/// [`Broken`] names the first thing in `problem` that cannot be.
pub fn heaviest(problem: Problem, ask: &mut dyn FnMut(Progress) -> Go) -> Result<Matching, Broken> {
    problem.check()?;
    let worth = problem.edges.iter().filter(|edge| edge.weight > 0);
    let graph = Graph::new(problem.vertices as usize, worth.copied());
    let mut watch = Watch::new(ask);
    let start = fraction::start(&graph, problem.grid, &mut watch);
    let mut search = Search::new(&graph, Nodes::new(start));
    everybody(&mut search, &mut watch);

    let nodes = search.nodes;
    let dual = duals(&nodes);
    Ok(Matching {
        mate: nodes.vertices.iter().map(mate).collect(),
        value: value(&graph, &nodes),
        bound: dual.bound(problem.edges),
        dual,
    })
}

/// Search from everybody who is alone and whose dual is not zero.
fn everybody(search: &mut Search, watch: &mut Watch) {
    let alone: Vec<u32> = (0..search.graph.len() as u32)
        .filter(|&v| search.nodes.vertices[v as usize].mate == NONE)
        .collect();
    let dual_of = |search: &Search, v: u32| i128::from(search.nodes.vertices[v as usize].y);
    let mut left: i128 = alone.iter().map(|&v| dual_of(search, v)).sum();
    for v in alone {
        let own = dual_of(search, v);
        if own > 0 && search.nodes.vertices[v as usize].mate == NONE && watch.goes_on(Some(left)) {
            let (fallen, other) = search.from(v);
            watch.lower_bound(fallen);
            left -= own + i128::from(other);
        }
    }
}

fn duals(nodes: &Nodes) -> Dual {
    let dual_of = |node: u32| nodes.blossom(node).map_or(0, |blossom| blossom.z);
    let set = |node: u32| {
        let mut members: Vec<u32> = nodes.members(node).collect();
        members.sort_unstable();
        OddSet {
            dual: dual_of(node),
            members,
        }
    };
    let sets = nodes.all().filter(|&node| dual_of(node) > 0).map(set);
    Dual {
        sets: sets.collect(),
        vertices: nodes.vertices.iter().map(|vertex| vertex.y).collect(),
    }
}

fn mate(vertex: &Vertex) -> Option<u32> {
    (vertex.mate != NONE).then_some(vertex.mate)
}

/// What the matching is worth; of parallel edges the heaviest is the matched one.
fn value(graph: &Graph, nodes: &Nodes) -> i128 {
    let of = |v: u32| {
        let mate = nodes.vertices[v as usize].mate;
        let between = graph.arcs(v).filter(|&(u, _)| u == mate && v < u);
        between.map(|(_, weight)| weight / 2).max().unwrap_or(0)
    };
    (0..graph.len() as u32).map(|v| i128::from(of(v))).sum()
}
