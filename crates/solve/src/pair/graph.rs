//! The question as one of matching: a vertex for every place somebody has in a pair.
//! Never: lets two people be a pair twice.
//! See: `crate::matching` for the answer.
//!
//! Somebody with two places has two vertices with the same edges. Where both sides have two, the
//! pair is an edge between two vertices of its own, each joined to both places of one side: the
//! pair is made when both are matched to people, and otherwise the edge is, which is worth as
//! much as one of those (Tutte 1954, "A short proof of the factor theorem for finite graphs",
//! Canadian Journal of Mathematics 6, pp. 347-352, for the idea; Schrijver 2003, "Combinatorial
//! Optimization", section 31.1, for b-matchings).

use super::Proof;
use super::apart::Apart;
use super::levels::Levels;
use super::problem::{Problem, SameGroup};
use crate::matching::{Dual, Edge, Matching, Problem as Question};
use crate::random::Dice;

/// Vertices for places, and edges for candidate pairs.
pub(super) struct Places {
    /// Per vertex whose place it is; for the others the number of people.
    owner: Vec<u32>,
    /// Per person their first vertex and how many they have.
    places: Vec<(u32, u8)>,
    edges: Vec<Edge>,
    /// Pairs of people with two places: the two vertices of their own, and what they are worth.
    doubles: Vec<Double>,
}

struct Double {
    vertices: (u32, u32),
    worth: i64,
}

impl Places {
    /// Places in an order that `seed` draws, so that chance decides among equals.
    pub(super) fn new(problem: &Problem, levels: &Levels, apart: &Apart, seed: u64) -> Places {
        let mut order: Vec<u32> = (0..problem.groups.len() as u32).collect();
        Dice::new(seed).shuffle(&mut order);
        let mut graph = Places {
            owner: Vec::new(),
            places: vec![(0, 0); order.len()],
            edges: Vec::with_capacity(problem.candidates.len()),
            doubles: Vec::new(),
        };
        for person in order {
            let count = problem.capacity[person as usize];
            graph.places[person as usize] = (graph.owner.len() as u32, count);
            for _ in 0..count {
                graph.owner.push(person);
            }
        }
        for &candidate in &problem.candidates {
            let (u, v) = (candidate.u, candidate.v);
            let group = |person: u32| problem.groups[person as usize];
            let across = group(u) != group(v);
            let allowed = across || problem.same_group != SameGroup::Forbid;
            if allowed && !apart.are(u, v) {
                graph.join(u, v, levels.worth(candidate, across));
            }
        }
        graph
    }

    fn places_of(&self, person: u32) -> std::ops::Range<u32> {
        let (first, count) = self.places[person as usize];
        first..first + u32::from(count)
    }

    /// Add the edges of a pair; none if either has no place.
    fn join(&mut self, u: u32, v: u32, weight: i64) {
        let (us, vs) = (self.places_of(u), self.places_of(v));
        if us.len() < 2 || vs.len() < 2 {
            let every = us.flat_map(|u| vs.clone().map(move |v| Edge { u, v, weight }));
            self.edges.extend(every);
            return;
        }
        let nobody = self.places.len() as u32;
        let (a, b) = (self.owner.len() as u32, self.owner.len() as u32 + 1);
        self.owner.extend([nobody, nobody]);
        self.edges.extend(us.map(|u| Edge { u, v: a, weight }));
        self.edges.push(Edge { u: a, v: b, weight });
        self.edges.extend(vs.map(|v| Edge { u: b, v, weight }));
        self.doubles.push(Double {
            vertices: (a, b),
            worth: weight,
        });
    }

    /// What a matching is worth beyond the pairs it stands for.
    pub(super) fn extra(&self) -> i128 {
        let worth = self.doubles.iter().map(|double| i128::from(double.worth));
        worth.sum()
    }

    /// The question to ask.
    pub(super) fn question(&self, levels: &Levels) -> Question<'_> {
        Question {
            vertices: self.owner.len() as u32,
            edges: &self.edges,
            grid: levels.grid(),
        }
    }

    /// Whose place a vertex is matched to.
    fn met(&self, matching: &Matching, vertex: u32) -> Option<u32> {
        let mate = matching.mate[vertex as usize]?;
        let owner = self.owner[mate as usize];
        ((owner as usize) < self.places.len()).then_some(owner)
    }

    /// The pairs a matching stands for, each with the smaller number first, ascending.
    pub(super) fn dyads(&self, matching: &Matching) -> Vec<(u32, u32)> {
        let mut dyads = Vec::new();
        for (vertex, &person) in self.owner.iter().enumerate() {
            let is_place = (person as usize) < self.places.len();
            let met = self.met(matching, vertex as u32).filter(|_| is_place);
            dyads.extend(
                met.filter(|&other| person < other)
                    .map(|other| (person, other)),
            );
        }
        for double in &self.doubles {
            let (a, b) = double.vertices;
            if let (Some(u), Some(v)) = (self.met(matching, a), self.met(matching, b)) {
                dyads.push((u.min(v), u.max(v)));
            }
        }
        dyads.sort_unstable();
        dyads
    }

    /// The duals by person: of two places the lower dual, which covers every edge where no set
    /// parts the two; sets that do are left out.
    pub(super) fn proof(&self, dual: &Dual) -> Proof {
        let lowest = |person: u32| {
            let places = self.places_of(person);
            places.map(|at| dual.vertices[at as usize]).min()
        };
        let people = 0..self.places.len() as u32;
        let sets = dual.sets.iter();
        let whole = sets.filter_map(|set| Some((set.dual, self.people_of(&set.members)?)));
        Proof {
            scale: Dual::SCALE,
            people: people.map(|person| lowest(person).unwrap_or(0)).collect(),
            sets: whole.collect(),
        }
    }

    /// The people whose places these vertices are; nothing if somebody's other place is missing.
    fn people_of(&self, vertices: &[u32]) -> Option<Vec<u32>> {
        let is_place = |&&v: &&u32| (self.owner[v as usize] as usize) < self.places.len();
        let owners = vertices.iter().filter(is_place);
        let mut people: Vec<u32> = owners.map(|&v| self.owner[v as usize]).collect();
        let places = people.len();
        people.sort_unstable();
        people.dedup();
        let all: usize = people.iter().map(|&it| self.places_of(it).len()).sum();
        (all == places).then_some(people)
    }
}
