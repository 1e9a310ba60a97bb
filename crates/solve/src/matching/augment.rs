//! Matching along an alternating path, through blossoms, so that one more vertex is content.
//! Never: changes a dual.
//! See: `search` for how the path was found.

use super::NONE;
use super::blossom::Nodes;

impl Nodes {
    /// Make `v` the base of the node it is in, matching the rest of the node within itself.
    pub(super) fn turn(&mut self, node: u32, v: u32) {
        let mut todo = vec![(node, v)];
        while let Some((node, v)) = todo.pop() {
            let mut nest = vec![v];
            while nest.last() != Some(&node) {
                let inside = nest[nest.len() - 1];
                nest.push(self.around[inside as usize]);
            }
            for two in nest.windows(2).rev() {
                let (part, blossom) = (two[0], two[1]);
                if self.base(blossom) == v {
                    break;
                }
                self.turn_one(blossom, part, v, &mut todo);
            }
        }
    }

    /// Turn one cycle, making the part that holds `v` its first; what has to turn within its
    /// other parts comes to `todo`.
    fn turn_one(&mut self, node: u32, part: u32, v: u32, todo: &mut Vec<(u32, u32)>) {
        let blossom = self.blossom_mut(node).expect("only blossoms are turned");
        blossom.base = v;
        let at = blossom.nodes.iter().position(|&it| it == part);
        let at = at.expect("a node stands in the cycle around it");
        let len = blossom.nodes.len();
        // From the new base back to the old one on the side where the number of edges is even.
        let new: Vec<usize> = match at % 2 {
            0 => (0..at).step_by(2).collect(),
            _ => (at + 1..len).step_by(2).collect(),
        };
        let mut matched = Vec::with_capacity(new.len());
        for edge in new {
            let (a, b) = blossom.edges[edge];
            todo.push((blossom.nodes[edge], a));
            todo.push((blossom.nodes[(edge + 1) % len], b));
            matched.push((a, b));
        }
        blossom.nodes.rotate_left(at);
        blossom.edges.rotate_left(at);
        for (a, b) in matched {
            self.vertex(a).mate = b;
            self.vertex(b).mate = a;
        }
    }

    /// Match the outer vertex `v` to `with` (to nobody, if [`NONE`]) and everybody on its way to
    /// the root of the tree anew.
    pub(super) fn flip(&mut self, mut v: u32, mut with: u32) {
        loop {
            let node = self.top(v);
            let inner = self.mate(node);
            self.turn(node, v);
            self.vertex(v).mate = with;
            if inner == NONE {
                return;
            }
            let node = self.top(inner);
            let (outer, entry) = self.link[node as usize];
            self.turn(node, entry);
            self.vertex(entry).mate = outer;
            (v, with) = (outer, entry);
        }
    }
}
