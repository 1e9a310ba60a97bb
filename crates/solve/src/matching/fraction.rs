//! The first half of the way: the best fractional matching, in which an edge may count half.
//! Never: shrinks a blossom; an odd cycle of half edges is left as it is and broken up at the end.
//! See: `search` for the second half, which starts from the duals found here.
//!
//! This is the fractional jump start of Derigs and Metz 1986, "On the use of optimal fractional
//! matchings for solving the (integer) matching problem", Computing 36, pp. 263-270: the duals
//! are feasible, every matched edge is tight, and only one vertex of each odd cycle and vertices
//! whose dual is zero stay alone.
//!
//! Cost: at most one search from each vertex, each O(m log n) for m edges; memory O(n + m). On a
//! [`Grid`] it runs twice, first with coarse values. Its duals are what the proof of `super` begins
//! with.

use super::graph::Graph;
use super::queue::Queue;
use super::watch::Watch;
use super::{Grid, NONE};

/// Where a vertex stands in the tree of the running search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// Not in the tree.
    Free,
    /// At even distance from the root; its dual falls with time.
    Outer,
    /// At odd distance from the root; its dual rises with time.
    Inner,
}

/// Duals and mates of a matching.
#[derive(Clone, Debug)]
pub(super) struct Start {
    /// The dual of every vertex, at twice the scale of the caller's weights.
    pub(super) y: Vec<i64>,
    /// The mate of every vertex, or [`NONE`].
    pub(super) mate: Vec<u32>,
}

/// A vertex. The dual of one in the tree is kept as it would be at time 0.
#[derive(Clone, Copy)]
struct Spot {
    y: i64,
    near: i64,
    before: u32,
    mate: u32,
    sign: Sign,
    /// The last odd cycle whose ways came by here.
    cycle: u32,
    /// Whether the vertex lies on a cycle of half edges; `mate` is then the next one on it.
    half: bool,
}

/// How the running search is going to end.
#[derive(Clone, Copy)]
enum End {
    /// The dual of this outer vertex reaches zero, so it may stay alone.
    Zero(u32),
    /// An edge reaches a vertex that is alone or on a half cycle.
    Reach(u32, u32),
    /// An edge closes an odd cycle.
    Cycle(u32, u32),
}

/// The search for a fractional matching of the weights as `round` gives them.
struct Half<'a, F> {
    graph: &'a Graph,
    round: F,
    spots: Vec<Spot>,
    queue: Queue,
    /// Vertices that were in the tree, or that it came near.
    touched: Vec<u32>,
    /// Outer vertices whose edges were not looked at yet.
    fresh: Vec<u32>,
    /// When the search ends, as far as is known, and how.
    end: i64,
    how: End,
    cycles: u32,
}

/// The best fractional matching of `graph`, its odd cycles broken up. With a grid, the weights
/// rounded down to it are settled first, so that duals which have to move far do it in few steps
/// (scaling, as in Gabow and Tarjan 1991, "Faster scaling algorithms for general graph-matching
/// problems", J. ACM 38, pp. 815-853, with two scales).
pub(super) fn start(graph: &Graph, grid: Option<Grid>, watch: &mut Watch) -> Start {
    let mut y = vec![0; graph.len()];
    if let Some(grid) = grid {
        let round = |weight: i64| weight - (weight - 2 * grid.base).rem_euclid(2 * grid.step);
        let mut half = Half::new(graph, &y, round);
        // Nothing is missing at a fine edge but what rounding took away, on either end half.
        half.run(watch, graph.len() as i128 * i128::from(grid.step));
        y = half.spots.iter().map(|spot| spot.y).collect();
    }
    let mut half = Half::new(graph, &y, |weight| weight);
    half.run(watch, 0);
    for v in 0..graph.len() as u32 {
        if half.spots[v as usize].half {
            half.break_up(v);
            half.spots[v as usize].mate = NONE;
        }
    }
    Start {
        y: half.spots.iter().map(|spot| spot.y).collect(),
        mate: half.spots.iter().map(|spot| spot.mate).collect(),
    }
}

impl<'a, F: Fn(i64) -> i64> Half<'a, F> {
    /// Nobody matched, and each dual raised by half of what is missing at its most violated edge.
    fn new(graph: &'a Graph, y: &[i64], round: F) -> Half<'a, F> {
        let spot = |v: u32| {
            let own = y[v as usize];
            let missing = graph
                .arcs(v)
                .map(|(u, weight)| round(weight) - y[u as usize] - own);
            Spot {
                y: own + (missing.max().unwrap_or(0).max(0) + 1) / 2,
                near: i64::MAX,
                before: NONE,
                mate: NONE,
                sign: Sign::Free,
                cycle: 0,
                half: false,
            }
        };
        Half {
            graph,
            spots: (0..graph.len() as u32).map(spot).collect(),
            round,
            queue: Queue::default(),
            touched: Vec::new(),
            fresh: Vec::new(),
            end: 0,
            how: End::Zero(0),
            cycles: 0,
        }
    }

    /// Find the best fractional matching. The duals are at most `above` from feasible ones for
    /// the weights without rounding, all together.
    fn run(&mut self, watch: &mut Watch, above: i128) {
        self.greedy();
        let sum: i128 = self.spots.iter().map(|spot| i128::from(spot.y)).sum();
        watch.set_bound(sum + above);
        for v in 0..self.graph.len() as u32 {
            let spot = self.spots[v as usize];
            if spot.mate == NONE && spot.y > 0 && watch.goes_on(None) {
                self.search(v);
                watch.lower_bound(self.end);
            }
        }
    }

    /// Lower one dual after the other as far as it goes, and match whoever that leads to.
    fn greedy(&mut self) {
        for v in 0..self.graph.len() as u32 {
            if self.spots[v as usize].mate != NONE {
                continue;
            }
            let (mut least, mut with) = (0, NONE);
            for (u, weight) in self.graph.arcs(v) {
                let other = &self.spots[u as usize];
                let room = (self.round)(weight) - other.y;
                let alone = other.mate == NONE;
                if room > least || (alone && room == least && room > 0) {
                    least = room;
                    with = if alone { u } else { NONE };
                }
            }
            self.spots[v as usize].y = least;
            if with != NONE {
                self.spots[v as usize].mate = with;
                self.spots[with as usize].mate = v;
            }
        }
    }

    /// Grow an alternating tree from `root` by shortest paths until its root can be matched, or
    /// some outer vertex may stay alone.
    fn search(&mut self, root: u32) {
        self.queue.clear();
        self.end = i64::MAX;
        self.outer(root);
        loop {
            while let Some(u) = self.fresh.pop() {
                self.scan(u);
            }
            let Some((v, before)) = self.queue.pop(self.end) else {
                break;
            };
            if self.spots[v as usize].sign == Sign::Free {
                self.inner(v, before);
            }
        }

        self.settle();
        match self.how {
            End::Zero(v) => self.flip(v, NONE, root),
            End::Reach(u, v) => self.reach(u, v, root),
            End::Cycle(u, v) => self.cycle(u, v, root),
        }
    }

    fn outer(&mut self, v: u32) {
        let spot = &mut self.spots[v as usize];
        spot.y += self.queue.time();
        spot.sign = Sign::Outer;
        if spot.y < self.end {
            (self.end, self.how) = (spot.y, End::Zero(v));
        }
        self.touched.push(v);
        self.fresh.push(v);
    }

    fn inner(&mut self, v: u32, before: u32) {
        let spot = &mut self.spots[v as usize];
        spot.y -= self.queue.time();
        spot.sign = Sign::Inner;
        spot.before = before;
        let mate = spot.mate;
        self.outer(mate);
    }

    fn scan(&mut self, u: u32) {
        let y = self.spots[u as usize].y;
        for (v, weight) in self.graph.arcs(u) {
            let spot = &mut self.spots[v as usize];
            let slack = y + spot.y - (self.round)(weight);
            match spot.sign {
                Sign::Inner => {}
                Sign::Outer => {
                    if slack / 2 < self.end {
                        (self.end, self.how) = (slack / 2, End::Cycle(u, v));
                    }
                }
                Sign::Free if slack >= self.end => {}
                Sign::Free if spot.half || spot.mate == NONE => {
                    (self.end, self.how) = (slack, End::Reach(u, v));
                }
                Sign::Free => {
                    if slack < spot.near {
                        if spot.near == i64::MAX {
                            self.touched.push(v);
                        }
                        spot.near = slack;
                        self.queue.push(slack, v, u);
                    }
                }
            }
        }
    }

    /// Bring the duals of the tree up to the end of the search, and forget the tree.
    fn settle(&mut self) {
        for v in self.touched.drain(..) {
            let spot = &mut self.spots[v as usize];
            match spot.sign {
                Sign::Free => {}
                Sign::Outer => spot.y -= self.end,
                Sign::Inner => spot.y += self.end,
            }
            spot.sign = Sign::Free;
            spot.near = i64::MAX;
        }
        self.fresh.clear();
    }

    /// Match the outer vertex `v` to `with`, and everybody on the way to the root anew.
    fn flip(&mut self, mut v: u32, mut with: u32, root: u32) {
        loop {
            let inner = std::mem::replace(&mut self.spots[v as usize].mate, with);
            if v == root {
                return;
            }
            let before = self.spots[inner as usize].before;
            self.spots[inner as usize].mate = before;
            (v, with) = (before, inner);
        }
    }

    fn reach(&mut self, u: u32, v: u32, root: u32) {
        if self.spots[v as usize].half {
            self.break_up(v);
        }
        self.spots[v as usize].mate = u;
        self.flip(u, v, root);
    }

    /// Match a half cycle two by two, leaving out `v`, whose mate the caller sets.
    fn break_up(&mut self, v: u32) {
        self.spots[v as usize].half = false;
        let mut one = self.spots[v as usize].mate;
        while one != v {
            let two = self.spots[one as usize].mate;
            let next = self.spots[two as usize].mate;
            for (this, mate) in [(one, two), (two, one)] {
                self.spots[this as usize].mate = mate;
                self.spots[this as usize].half = false;
            }
            one = next;
        }
    }

    /// Make the odd cycle that the edge between outer vertices closes a half cycle, and match
    /// those between it and the root.
    fn cycle(&mut self, u: u32, v: u32, root: u32) {
        let (mut one, two) = self.two_ways(u, v, root);
        let top = one.pop().expect("a way ends where the two meet");
        if top != root {
            let inner = self.spots[top as usize].mate;
            let before = self.spots[inner as usize].before;
            self.spots[inner as usize].mate = before;
            self.flip(before, inner, root);
        }
        let way = std::iter::once(top).chain(one.into_iter().rev());
        let way: Vec<u32> = way.chain(two).collect();
        for (at, &this) in way.iter().enumerate() {
            self.spots[this as usize].mate = way[(at + 1) % way.len()];
            self.spots[this as usize].half = true;
        }
    }

    /// The ways from `u` and from `v` up to where they meet; only the first includes that vertex.
    /// Both climb in turn, so that the effort is that of the cycle and not of the tree.
    fn two_ways(&mut self, u: u32, v: u32, root: u32) -> (Vec<u32>, Vec<u32>) {
        self.cycles += 1;
        let mut ways = [vec![u], vec![v]];
        let mut side = 0;
        loop {
            let last = *ways[side].last().expect("a way has a first vertex");
            let spot = &mut self.spots[last as usize];
            if spot.cycle == self.cycles {
                break;
            }
            spot.cycle = self.cycles;
            if last != root {
                let inner = spot.mate;
                ways[side].extend([inner, self.spots[inner as usize].before]);
            }
            let done = |way: &Vec<u32>| way.last() == Some(&root);
            side = usize::from((side == 0 && !done(&ways[1])) || done(&ways[0]));
        }
        let meet = ways[side].pop().expect("the vertex where they meet");
        let [mut one, mut two] = ways;
        let other = if side == 0 { &mut two } else { &mut one };
        let keep = other.iter().position(|&it| it == meet);
        other.truncate(keep.expect("it was marked from the other side"));
        one.push(meet);
        (one, two)
    }
}
