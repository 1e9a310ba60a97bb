//! Blossoms: odd sets of vertices that a search treats as one.
//! Never: looks at a weight; who shrinks and expands what, and when, is said in `search`.
//! See: `augment` for turning a blossom around.
//!
//! A *node* is a vertex, `0..n`, or a blossom, from `n` on. A blossom (Edmonds 1965, "Paths,
//! trees, and flowers", Canadian Journal of Mathematics 17, pp. 449-467) is an odd cycle of
//! nodes; the first of them holds the *base*, the only vertex not matched within.

use super::NONE;
use super::fraction::{Sign, Start};

/// A vertex as a search sees it: half a cache line.
#[derive(Clone, Copy)]
pub(super) struct Vertex {
    /// The dual; of one in the tree as it would be at time 0.
    pub(super) y: i64,
    /// When an edge first reaches this free vertex, as far as is known.
    pub(super) near: i64,
    /// A number that all vertices of one outermost node have in common.
    pub(super) face: u32,
    /// The matched neighbour, or [`NONE`].
    pub(super) mate: u32,
    /// Where the outermost blossom stands in the tree.
    pub(super) sign: Sign,
}

/// An odd cycle of nodes. Edge `i` leads from node `i` to the one after it, last to first.
#[derive(Clone)]
pub(super) struct Blossom {
    /// The nodes in the order of the cycle; the base is in the first.
    pub(super) nodes: Vec<u32>,
    /// The edges of the cycle, each from its end in node `i` to its end in node `i + 1`.
    pub(super) edges: Vec<(u32, u32)>,
    /// The vertex matched outside, or to nobody.
    pub(super) base: u32,
    /// The first and last vertex in [`Nodes::next`], and how many there are.
    pub(super) ends: (u32, u32),
    /// See `ends`.
    pub(super) size: u32,
    /// The dual; of one in the tree as it would be at time 0.
    pub(super) z: i64,
    /// Where it stands in the tree; `Free` for one within another.
    pub(super) sign: Sign,
}

/// All vertices and blossoms.
#[derive(Clone)]
pub(super) struct Nodes {
    /// Every vertex.
    pub(super) vertices: Vec<Vertex>,
    blossoms: Vec<Blossom>,
    unused: Vec<u32>,
    /// The blossom around a node, or [`NONE`].
    pub(super) around: Vec<u32>,
    /// The edge by which an inner node was reached, from the outer end to the inner.
    pub(super) link: Vec<(u32, u32)>,
    /// The outermost node whose vertices have this face.
    outermost: Vec<u32>,
    /// Faces that no node has.
    faces: Vec<u32>,
    /// The vertex after this one in the smallest blossom it does not end.
    next: Vec<u32>,
}

impl Nodes {
    /// No blossoms yet.
    pub(super) fn new(start: Start) -> Nodes {
        let n = start.y.len();
        let vertex = |(face, (y, mate))| Vertex {
            y,
            near: i64::MAX,
            face: face as u32,
            mate,
            sign: Sign::Free,
        };
        let duals = start.y.into_iter().zip(start.mate);
        Nodes {
            vertices: duals.enumerate().map(vertex).collect(),
            blossoms: Vec::new(),
            unused: Vec::new(),
            around: vec![NONE; n],
            link: vec![(NONE, NONE); n],
            outermost: (0..n as u32).collect(),
            faces: Vec::new(),
            next: vec![NONE; n],
        }
    }

    /// A vertex.
    pub(super) fn vertex(&mut self, v: u32) -> &mut Vertex {
        &mut self.vertices[v as usize]
    }

    fn index(&self, node: u32) -> Option<usize> {
        (node as usize).checked_sub(self.vertices.len())
    }

    /// The blossom behind a node; nothing for a vertex.
    pub(super) fn blossom(&self, node: u32) -> Option<&Blossom> {
        self.index(node).map(|at| &self.blossoms[at])
    }

    /// Like [`Nodes::blossom`], to be changed.
    pub(super) fn blossom_mut(&mut self, node: u32) -> Option<&mut Blossom> {
        self.index(node).map(|at| &mut self.blossoms[at])
    }

    /// The outermost node around a vertex.
    pub(super) fn top(&self, v: u32) -> u32 {
        self.outermost[self.vertices[v as usize].face as usize]
    }

    /// The only vertex of a node that is not matched within it.
    pub(super) fn base(&self, node: u32) -> u32 {
        self.blossom(node).map_or(node, |blossom| blossom.base)
    }

    /// Whom the base of a node is matched to, or [`NONE`].
    pub(super) fn mate(&self, node: u32) -> u32 {
        self.vertices[self.base(node) as usize].mate
    }

    fn ends(&self, node: u32) -> (u32, u32) {
        self.blossom(node)
            .map_or((node, node), |blossom| blossom.ends)
    }

    fn size(&self, node: u32) -> u32 {
        self.blossom(node).map_or(1, |blossom| blossom.size)
    }

    /// A walk over the vertices of a node; see [`Nodes::step`].
    pub(super) fn walk(&self, node: u32) -> Walk {
        let (first, last) = self.ends(node);
        Walk {
            at: Some(first),
            last,
        }
    }

    /// The next vertex of a walk.
    pub(super) fn step(&self, walk: &mut Walk) -> Option<u32> {
        let at = walk.at?;
        walk.at = (at != walk.last).then(|| self.next[at as usize]);
        Some(at)
    }

    /// The vertices of a node.
    pub(super) fn members(&self, node: u32) -> impl Iterator<Item = u32> + '_ {
        let mut walk = self.walk(node);
        std::iter::from_fn(move || self.step(&mut walk))
    }

    /// The outermost blossoms and those within them.
    pub(super) fn all(&self) -> impl Iterator<Item = u32> + '_ {
        let n = self.vertices.len();
        (n..n + self.blossoms.len())
            .map(|node| node as u32)
            .filter(|&node| self.blossom(node).is_some_and(|it| !it.nodes.is_empty()))
    }

    fn face(&self, node: u32) -> u32 {
        self.vertices[self.base(node) as usize].face
    }

    /// The first of the nodes that have the most vertices.
    fn largest(&self, nodes: &[u32]) -> u32 {
        let size = |&&node: &&u32| (self.size(node), std::cmp::Reverse(node));
        *nodes.iter().max_by_key(size).expect("a cycle has nodes")
    }

    /// Make one outermost node of several on an odd cycle. The effort is that of the vertices in
    /// all of them but the largest.
    pub(super) fn shrink(&mut self, nodes: Vec<u32>, edges: Vec<(u32, u32)>) -> u32 {
        let largest = self.largest(&nodes);
        let face = self.face(largest);
        for &node in nodes.iter().filter(|&&node| node != largest) {
            self.faces.push(self.face(node));
            self.show(node, face);
        }
        for two in nodes.windows(2) {
            let (last, first) = (self.ends(two[0]).1, self.ends(two[1]).0);
            self.next[last as usize] = first;
        }
        let last = *nodes.last().expect("a cycle has nodes");
        let blossom = Blossom {
            base: self.base(nodes[0]),
            ends: (self.ends(nodes[0]).0, self.ends(last).1),
            size: nodes.iter().map(|&node| self.size(node)).sum(),
            z: 0,
            sign: Sign::Free,
            nodes,
            edges,
        };
        let id = self.keep(blossom);
        self.outermost[face as usize] = id;
        id
    }

    fn keep(&mut self, blossom: Blossom) -> u32 {
        let id = self.unused.pop().unwrap_or_else(|| {
            let id = (self.vertices.len() + self.blossoms.len()) as u32;
            self.around.push(NONE);
            self.link.push((NONE, NONE));
            id
        });
        for &node in &blossom.nodes {
            self.around[node as usize] = id;
        }
        match self.index(id) {
            Some(at) if at < self.blossoms.len() => self.blossoms[at] = blossom,
            _ => self.blossoms.push(blossom),
        }
        id
    }

    /// Let `face` stand for what is around the vertices of `node`.
    fn show(&mut self, node: u32, face: u32) {
        let mut walk = self.walk(node);
        while let Some(v) = self.step(&mut walk) {
            self.vertices[v as usize].face = face;
        }
    }

    /// Take an outermost blossom apart; its nodes become outermost. The effort is as for
    /// [`Nodes::shrink`].
    pub(super) fn take_apart(&mut self, node: u32) -> Blossom {
        let at = self.index(node).expect("only blossoms are taken apart");
        let empty = Blossom {
            nodes: Vec::new(),
            edges: Vec::new(),
            base: NONE,
            ends: (NONE, NONE),
            size: 0,
            z: 0,
            sign: Sign::Free,
        };
        let blossom = std::mem::replace(&mut self.blossoms[at], empty);
        let largest = self.largest(&blossom.nodes);
        let kept = self.face(largest);
        self.outermost[kept as usize] = largest;
        for &part in &blossom.nodes {
            self.around[part as usize] = NONE;
            if part != largest {
                let face = self.faces.pop().expect("shrinking gave back as many");
                self.outermost[face as usize] = part;
                self.show(part, face);
            }
        }
        self.unused.push(node);
        blossom
    }
}

/// Where a walk over the vertices of a node is; it borrows nothing.
#[derive(Clone, Copy)]
pub(super) struct Walk {
    at: Option<u32>,
    last: u32,
}
