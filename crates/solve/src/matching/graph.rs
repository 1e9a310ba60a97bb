//! The graph of a matching problem: the neighbours of every vertex one after another in flat lists.
//! Never: changes once it is built.
//! See: `super` for who gives the edges, `search` for who walks along them.

/// An edge that may be matched, as the caller gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// One end.
    pub u: u32,
    /// The other end, another vertex.
    pub v: u32,
    /// What the edge is worth; edges worth nothing or less are never matched.
    pub weight: i64,
}

/// Neighbours in compressed rows: those of `v` stand at `start[v]..start[v + 1]`. Weights are
/// doubled, so that every dual variable of the search is a whole number.
#[derive(Clone, Debug)]
pub(super) struct Graph {
    start: Vec<u32>,
    to: Vec<u32>,
    weight: Vec<i64>,
}

impl Graph {
    /// The graph on the vertices `0..n` with these edges; every edge stands in two rows.
    pub(super) fn new(n: usize, edges: impl Iterator<Item = Edge> + Clone) -> Graph {
        let mut start = vec![0u32; n + 2];
        for edge in edges.clone() {
            start[edge.u as usize + 2] += 1;
            start[edge.v as usize + 2] += 1;
        }
        for row in 2..start.len() {
            start[row] += start[row - 1];
        }
        let arcs = start[n + 1] as usize;
        let mut graph = Graph {
            start,
            to: vec![0; arcs],
            weight: vec![0; arcs],
        };
        for edge in edges {
            graph.put(edge.u, edge.v, edge.weight);
            graph.put(edge.v, edge.u, edge.weight);
        }
        graph.start.pop();
        graph
    }

    /// While rows are filled, `start[v + 1]` is the next free place in the row of `v`.
    fn put(&mut self, from: u32, to: u32, weight: i64) {
        let next = &mut self.start[from as usize + 1];
        self.to[*next as usize] = to;
        self.weight[*next as usize] = 2 * weight;
        *next += 1;
    }

    /// How many vertices there are.
    pub(super) fn len(&self) -> usize {
        self.start.len() - 1
    }

    /// The places of `v`'s row, for [`Graph::arc`].
    pub(super) fn row(&self, v: u32) -> std::ops::Range<usize> {
        self.start[v as usize] as usize..self.start[v as usize + 1] as usize
    }

    /// The neighbour and the doubled weight at a place.
    pub(super) fn arc(&self, at: usize) -> (u32, i64) {
        (self.to[at], self.weight[at])
    }

    /// The neighbours of `v` with doubled weights.
    pub(super) fn arcs(&self, v: u32) -> impl Iterator<Item = (u32, i64)> + '_ {
        let row = self.row(v);
        let to = self.to[row.clone()].iter().copied();
        to.zip(self.weight[row].iter().copied())
    }
}
