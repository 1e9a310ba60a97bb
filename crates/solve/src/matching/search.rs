//! The second half of the way: from a vertex that is alone, grow one alternating tree until it
//! can be matched or somebody else may stay alone in its place.
//! Never: leaves a violated edge or a matched edge that is not tight.
//! See: `tree` for shrinking and expanding, `augment` for the matching along the path.
//!
//! Edmonds 1965, "Maximum matching and a polyhedron with 0,1-vertices", J. Res. NBS 69B,
//! pp. 125-130, with the duals of the tree kept as functions of time, so that a search costs what
//! it looks at and not the whole graph (Galil, Micali and Gabow 1986, "An O(EV log V) algorithm
//! for finding a maximal weighted matching in general graphs", SIAM J. Comput. 15, pp. 120-130).
//! One tree at a time from good duals is the variant with the least bookkeeping of those
//! compared by Mehlhorn and Schäfer 2002, "Implementation of O(nm log n) weighted matchings in
//! general graphs", ACM JEA 7, article 4.

use super::NONE;
use super::blossom::{Nodes, Vertex};
use super::fraction::Sign;
use super::graph::Graph;
use super::queue::Queue;

/// How the running search is going to end.
#[derive(Clone, Copy)]
enum End {
    /// The dual of this outer vertex reaches zero, so it may stay alone.
    Zero(u32),
    /// An edge from an outer vertex reaches one whose node is alone.
    Reach(u32, u32),
}

/// A matching on the way to the best, with its duals.
pub(super) struct Search<'a> {
    pub(super) graph: &'a Graph,
    pub(super) nodes: Nodes,
    pub(super) queue: Queue,
    /// Outer vertices whose edges were not looked at yet.
    fresh: Vec<u32>,
    /// Vertices that were in the tree, or that it came near.
    touched: Vec<u32>,
    /// Blossoms that were in the tree.
    labelled: Vec<u32>,
    /// When the search ends, as far as is known, and how.
    end: i64,
    how: End,
    /// For each node the last meeting of two ways that passed it.
    pub(super) passed: Vec<u32>,
    pub(super) meetings: u32,
}

impl<'a> Search<'a> {
    pub(super) fn new(graph: &'a Graph, nodes: Nodes) -> Search<'a> {
        Search {
            graph,
            nodes,
            queue: Queue::default(),
            fresh: Vec::new(),
            touched: Vec::new(),
            labelled: Vec::new(),
            end: 0,
            how: End::Zero(0),
            passed: Vec::new(),
            meetings: 0,
        }
    }

    /// Search from `root`, a vertex that is alone. Returns by how much the sum of all duals has
    /// fallen (those of blossoms times half of their size, rounded down), and the dual that
    /// another vertex had which is no longer alone.
    pub(super) fn from(&mut self, root: u32) -> (i64, i64) {
        self.queue.clear();
        self.end = i64::MAX;
        let top = self.nodes.top(root);
        self.make_outer(top);
        loop {
            while let Some(v) = self.fresh.pop() {
                self.scan(v);
            }
            match self.queue.pop(self.end) {
                None => break,
                Some((NONE, blossom)) => self.maybe_expand(blossom),
                Some((v, arc)) => self.meet(v, arc as usize),
            }
        }
        self.settle();
        (self.end, self.augment())
    }

    /// Match along the path that was found; the dual of the one at its other end, if that one
    /// was alone.
    fn augment(&mut self) -> i64 {
        match self.how {
            End::Zero(v) => {
                self.nodes.flip(v, NONE);
                0
            }
            End::Reach(u, v) => {
                let node = self.nodes.top(v);
                let base = self.nodes.base(node);
                let dual = self.nodes.vertex(base).y;
                self.nodes.turn(node, v);
                self.nodes.vertex(v).mate = u;
                self.nodes.flip(u, v);
                dual
            }
        }
    }

    /// Put a node into the tree at even distance from the root.
    pub(super) fn make_outer(&mut self, node: u32) {
        self.outer_vertices(node);
        self.outer_blossom(node);
    }

    pub(super) fn outer_vertices(&mut self, node: u32) {
        let time = self.queue.time();
        let mut walk = self.nodes.walk(node);
        while let Some(v) = self.nodes.step(&mut walk) {
            let vertex = self.nodes.vertex(v);
            vertex.y += time - drift(vertex.sign, time);
            vertex.sign = Sign::Outer;
            if vertex.y < self.end {
                (self.end, self.how) = (vertex.y, End::Zero(v));
            }
            self.touched.push(v);
            self.fresh.push(v);
        }
    }

    pub(super) fn outer_blossom(&mut self, node: u32) {
        let time = self.queue.time();
        if let Some(blossom) = self.nodes.blossom_mut(node) {
            blossom.z -= 2 * time;
            blossom.sign = Sign::Outer;
            self.labelled.push(node);
        }
    }

    /// Put a node into the tree at odd distance from the root, reached over `link`.
    fn make_inner(&mut self, node: u32, link: (u32, u32)) {
        let time = self.queue.time();
        let mut walk = self.nodes.walk(node);
        while let Some(v) = self.nodes.step(&mut walk) {
            let vertex = self.nodes.vertex(v);
            vertex.y -= time;
            vertex.sign = Sign::Inner;
            self.touched.push(v);
        }
        self.inner_blossom(node, link);
    }

    pub(super) fn inner_blossom(&mut self, node: u32, link: (u32, u32)) {
        let time = self.queue.time();
        self.nodes.link[node as usize] = link;
        if let Some(blossom) = self.nodes.blossom_mut(node) {
            blossom.z += 2 * time;
            blossom.sign = Sign::Inner;
            self.labelled.push(node);
            if blossom.z / 2 < self.end {
                self.queue.push(blossom.z / 2, NONE, node);
            }
        }
    }

    /// Take a vertex out of the tree when the inner blossom around it is taken apart.
    pub(super) fn make_free(&mut self, v: u32) {
        let time = self.queue.time();
        let vertex = self.nodes.vertex(v);
        vertex.y += time;
        vertex.sign = Sign::Free;
        vertex.near = i64::MAX;
    }

    /// Note when the edges of an outer vertex are going to be tight.
    fn scan(&mut self, u: u32) {
        let Vertex { y, face, .. } = *self.nodes.vertex(u);
        for at in self.graph.row(u) {
            let (v, weight) = self.graph.arc(at);
            let vertex = &mut self.nodes.vertices[v as usize];
            let slack = y + vertex.y - weight;
            match vertex.sign {
                Sign::Outer if vertex.face != face && slack / 2 < self.end => {
                    self.queue.push(slack / 2, u, at as u32);
                }
                Sign::Free if slack < self.end && slack < vertex.near => {
                    if vertex.near == i64::MAX {
                        self.touched.push(v);
                    }
                    vertex.near = slack;
                    self.near(slack, u, at, v);
                }
                _ => {}
            }
        }
    }

    fn near(&mut self, time: i64, u: u32, at: usize, v: u32) {
        if self.nodes.mate(self.nodes.top(v)) == NONE {
            (self.end, self.how) = (time, End::Reach(u, v));
        } else {
            self.queue.push(time, u, at as u32);
        }
    }

    /// Note when the edges from outer vertices to a free one are going to be tight.
    pub(super) fn scan_free(&mut self, v: u32) {
        let y = self.nodes.vertex(v).y;
        for at in self.graph.row(v) {
            let (u, weight) = self.graph.arc(at);
            let vertex = self.nodes.vertices[u as usize];
            let slack = y + vertex.y - weight;
            let near = &mut self.nodes.vertices[v as usize].near;
            if vertex.sign == Sign::Outer && slack < self.end && slack < *near {
                *near = slack;
                self.queue.push(slack, v, at as u32);
            }
        }
    }

    /// An edge was said to be tight now. If it is, it makes the tree grow, or closes a cycle.
    fn meet(&mut self, u: u32, at: usize) {
        let (v, weight) = self.graph.arc(at);
        let (one, two) = (*self.nodes.vertex(u), *self.nodes.vertex(v));
        let sum = one.y + two.y - weight;
        let time = self.queue.time();
        match (one.sign, two.sign) {
            (Sign::Outer, Sign::Outer) if one.face != two.face && sum == 2 * time => {
                self.shrink(u, v);
            }
            (Sign::Outer, Sign::Free) if sum == time => self.grow(u, v),
            (Sign::Free, Sign::Outer) if sum == time => self.grow(v, u),
            _ => {}
        }
    }

    fn grow(&mut self, u: u32, v: u32) {
        let node = self.nodes.top(v);
        let mate = self.nodes.mate(node);
        self.make_inner(node, (u, v));
        self.make_outer(self.nodes.top(mate));
    }

    fn maybe_expand(&mut self, node: u32) {
        let time = self.queue.time();
        let due = self
            .nodes
            .blossom(node)
            .is_some_and(|it| it.sign == Sign::Inner && it.z == 2 * time);
        if due {
            self.expand(node);
        }
    }

    /// Bring the duals of the tree up to the end of the search, and forget the tree.
    fn settle(&mut self) {
        let end = self.end;
        for node in self.labelled.drain(..) {
            if let Some(blossom) = self.nodes.blossom_mut(node) {
                blossom.z += 2 * drift(blossom.sign, end);
                blossom.sign = Sign::Free;
            }
        }
        for v in self.touched.drain(..) {
            let vertex = self.nodes.vertex(v);
            vertex.y -= drift(vertex.sign, end);
            vertex.sign = Sign::Free;
            vertex.near = i64::MAX;
        }
        self.fresh.clear();
    }
}

/// By how much an outer dual has fallen at `time` since 0, or an inner one has risen.
pub(super) fn drift(sign: Sign, time: i64) -> i64 {
    match sign {
        Sign::Free => 0,
        Sign::Outer => time,
        Sign::Inner => -time,
    }
}
