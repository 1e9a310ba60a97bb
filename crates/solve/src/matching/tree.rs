//! Shrinking and expanding blossoms while a tree grows.
//! Never: goes over a node that did not change its place in the tree, but to rename the smaller
//! ones of those that are shrunk.
//! See: `search` for when either is due.

use super::NONE;
use super::fraction::Sign;
use super::search::{Search, drift};

/// A way through the tree: nodes, and the edge from each to the next.
type Way = (Vec<u32>, Vec<(u32, u32)>);

impl Search<'_> {
    /// Shrink the odd cycle that the edge between outer vertices `u` and `v` closes.
    pub(super) fn shrink(&mut self, u: u32, v: u32) {
        let (nodes, edges) = self.cycle(u, v);
        let time = self.queue.time();
        for &node in &nodes {
            if let Some(blossom) = self.nodes.blossom_mut(node) {
                blossom.z += 2 * drift(blossom.sign, time);
                blossom.sign = Sign::Free;
            }
            if self.sign(node) == Sign::Inner {
                self.outer_vertices(node);
            }
        }
        let node = self.nodes.shrink(nodes, edges);
        self.outer_blossom(node);
    }

    fn sign(&self, node: u32) -> Sign {
        self.nodes.vertices[self.nodes.base(node) as usize].sign
    }

    /// The cycle over `u`, `v` and the way of each up to the node where they meet, which is first.
    fn cycle(&mut self, u: u32, v: u32) -> Way {
        let (one, two, meet) = self.two_ways(u, v);
        let (mut nodes, edges) = one;
        nodes.push(meet);
        nodes.reverse();
        let mut edges: Vec<_> = edges.into_iter().rev().map(|(a, b)| (b, a)).collect();
        edges.push((u, v));
        nodes.extend(two.0);
        edges.extend(two.1);
        (nodes, edges)
    }

    /// The ways from `u` and from `v`, without the node where they meet. Both climb in turn, so
    /// that the effort is that of the cycle and not of the tree.
    fn two_ways(&mut self, u: u32, v: u32) -> (Way, Way, u32) {
        self.meetings += 1;
        self.passed.resize(self.nodes.around.len(), 0);
        let mut ways: [Way; 2] = Default::default();
        let mut at = [self.nodes.top(u), self.nodes.top(v)];
        let mut side = 0;
        let meet = loop {
            let here = at[side];
            let passed = &mut self.passed[here as usize];
            if *passed == self.meetings {
                break here;
            }
            *passed = self.meetings;
            if let Some(next) = self.climb(here, &mut ways[side]) {
                at[side] = next;
                side = 1 - side;
            } else {
                // The root: go on with the other side alone, which has to come by.
                side = 1 - side;
                break self.climb_to(at[side], &mut ways[side]);
            }
        };
        for (nodes, edges) in &mut ways {
            if let Some(keep) = nodes.iter().position(|&node| node == meet) {
                nodes.truncate(keep);
                edges.truncate(keep);
            }
        }
        let [one, two] = ways;
        (one, two, meet)
    }

    fn climb_to(&mut self, mut node: u32, way: &mut Way) -> u32 {
        while self.passed[node as usize] != self.meetings {
            node = self
                .climb(node, way)
                .expect("two ways in one tree meet at its root at the latest");
        }
        node
    }

    /// From an outer node to the next one above; nothing at the root.
    fn climb(&self, node: u32, (nodes, edges): &mut Way) -> Option<u32> {
        let base = self.nodes.base(node);
        let mate = self.nodes.vertices[base as usize].mate;
        if mate == NONE {
            return None;
        }
        let inner = self.nodes.top(mate);
        let (outer, entry) = self.nodes.link[inner as usize];
        nodes.extend([node, inner]);
        edges.extend([(base, mate), (entry, outer)]);
        Some(self.nodes.top(outer))
    }

    /// Take an inner blossom apart whose dual is zero: the part of its cycle that the way to the
    /// root passes stays in the tree, the rest of it becomes free.
    pub(super) fn expand(&mut self, node: u32) {
        let link = self.nodes.link[node as usize];
        let blossom = self.nodes.take_apart(node);
        let part = self.nodes.top(link.1);
        let at = blossom.nodes.iter().position(|&it| it == part);
        let at = at.expect("the entry is in one of the parts");
        let len = blossom.nodes.len();
        // Places on the side where the number of edges from the entry to the base is even.
        let (on, off): (Vec<usize>, Vec<usize>) = match at % 2 {
            0 => ((0..=at).rev().collect(), (at + 1..len).collect()),
            _ => ((at..=len).collect(), (1..at).collect()),
        };
        let mut entry = link;
        for (step, &place) in on.iter().enumerate() {
            let part = blossom.nodes[place % len];
            if step % 2 == 0 {
                self.inner_blossom(part, entry);
            } else {
                self.make_outer(part);
                // The edge from here on to the next inner part.
                entry = match at % 2 {
                    0 => swap(blossom.edges[place - 1]),
                    _ => blossom.edges[place],
                };
            }
        }
        let freed: Vec<u32> = off
            .iter()
            .flat_map(|&place| self.nodes.members(blossom.nodes[place]))
            .collect();
        for &v in &freed {
            self.make_free(v);
        }
        for &v in &freed {
            self.scan_free(v);
        }
    }
}

fn swap((a, b): (u32, u32)) -> (u32, u32) {
    (b, a)
}
