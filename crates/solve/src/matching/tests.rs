//! The matching is as good as the best of all, and its proof holds for a checker of its own.
//! Never: trusts the bound that comes with a matching.
//! See: `bench/` for large graphs and other people's solvers.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

fn edge(u: u32, v: u32, weight: i64) -> Edge {
    Edge { u, v, weight }
}

fn solved(vertices: u32, edges: &[Edge], grid: Option<Grid>) -> Matching {
    let problem = Problem {
        vertices,
        edges,
        grid,
    };
    heaviest(problem, &mut |_| Go::On).unwrap()
}

/// The most that edges without a vertex in common are worth, by trying all.
fn best(edges: &[Edge], used: u32) -> i64 {
    let Some((edge, rest)) = edges.split_first() else {
        return 0;
    };
    let ends = 1 << edge.u | 1 << edge.v;
    let without = best(rest, used);
    if used & ends == 0 {
        without.max(edge.weight + best(rest, used | ends))
    } else {
        without
    }
}

/// Check mates, value and proof without any code of the matching.
fn check(vertices: u32, edges: &[Edge], matching: &Matching) {
    let mut value = 0;
    for (v, &mate) in matching.mate.iter().enumerate() {
        let Some(mate) = mate else { continue };
        assert_eq!(matching.mate[mate as usize], Some(v as u32));
        let ends = (mate.min(v as u32), mate.max(v as u32));
        let between = edges
            .iter()
            .filter(|e| (e.u.min(e.v), e.u.max(e.v)) == ends);
        let weight = between.map(|edge| edge.weight).max().unwrap();
        assert!(weight > 0);
        value += i128::from(weight);
    }
    assert_eq!(value % 2, 0);
    assert_eq!(value / 2, matching.value);
    assert_eq!(matching.mate.len(), vertices as usize);

    let dual = &matching.dual;
    assert!(dual.vertices.iter().all(|&y| y >= 0));
    for edge in edges {
        let both = |set: &&OddSet| set.members.contains(&edge.u) && set.members.contains(&edge.v);
        let sets: i64 = dual.sets.iter().filter(both).map(|set| set.dual).sum();
        let covered = dual.vertices[edge.u as usize] + dual.vertices[edge.v as usize] + sets;
        assert!(covered >= 2 * edge.weight, "{edge:?} is not covered");
    }
    let sets = dual.sets.iter().map(|set| {
        assert!(set.dual > 0 && set.members.len() % 2 == 1);
        i128::from(set.dual) * (set.members.len() / 2) as i128
    });
    let sum = dual.vertices.iter().map(|&y| i128::from(y)).sum::<i128>() + sets.sum::<i128>();
    assert_eq!(sum, 2 * matching.value, "the duals prove the value");
    assert_eq!(matching.bound, matching.value);
}

/// Graphs of up to 9 vertices with weights from a narrow or a wide range, some of them not
/// positive, and some edges parallel.
fn graphs() -> impl Strategy<Value = (u32, Vec<Edge>)> {
    let range = prop_oneof![Just(-1..=3i64), Just(1..=2), Just(-50..=1000)];
    (2..=9u32, range).prop_flat_map(|(n, range)| {
        let one = (0..n, 1..n, range);
        let one = one.prop_map(move |(u, step, weight)| edge(u, (u + step) % n, weight));
        (Just(n), prop::collection::vec(one, 0..22))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_matching_is_heavier((n, edges) in graphs(), step in 0..40i64) {
        let grid = (step > 0).then_some(Grid { base: 7, step });
        let matching = solved(n, &edges, grid);
        check(n, &edges, &matching);
        prop_assert_eq!(matching.value, i128::from(best(&edges, 0)));
    }

    /// With a large constant on every edge the number of matched edges comes first.
    #[test]
    fn a_large_constant_matches_as_many_as_possible((n, mut edges) in graphs()) {
        let count: Vec<Edge> = edges.iter().map(|&e| Edge { weight: 1, ..e }).collect();
        edges.iter_mut().for_each(|edge| edge.weight += 10_000);
        let grid = Some(Grid { base: 10_000, step: 5_000 });
        let matching = solved(n, &edges, grid);
        check(n, &edges, &matching);
        let matched = matching.mate.iter().flatten().count() / 2;
        prop_assert_eq!(matched as i64, best(&count, 0));
        prop_assert_eq!(matching.value, i128::from(best(&edges, 0)));
    }

    /// Sparse graphs of close weights are where blossoms nest, are entered and taken apart.
    #[test]
    fn larger_graphs_are_proved_too(
        n in 20..120u32,
        most in 1..30i64,
        picks in prop::collection::vec((any::<u32>(), any::<u32>(), any::<u32>()), 20..400),
    ) {
        let pick = |(u, v, w): (u32, u32, u32)| {
            let (u, v) = (u % n, v % n);
            edge(u, if u == v { (u + 1) % n } else { v }, 1 + i64::from(w) % most)
        };
        let edges: Vec<Edge> = picks.into_iter().map(pick).collect();
        check(n, &edges, &solved(n, &edges, None));
    }

    /// Triangles hung together: every third vertex of a ring of cliques is a way in.
    #[test]
    fn chains_of_odd_cliques_are_proved(
        sizes in prop::collection::vec(prop::sample::select(vec![3u32, 5, 7]), 2..12),
        weights in prop::collection::vec(1..60i64, 300),
        bridges in prop::collection::vec((any::<u32>(), any::<u32>(), 1..40i64), 0..30),
    ) {
        let n: u32 = sizes.iter().sum();
        let mut edges = Vec::new();
        let mut from = 0;
        let mut weights = weights.into_iter().cycle();
        for size in sizes {
            for u in from..from + size {
                edges.extend((from..u).map(|v| edge(u, v, weights.next().unwrap())));
            }
            from += size;
        }
        let ends = bridges.into_iter().map(|(u, v, w)| (u % n, v % n, w));
        edges.extend(ends.filter(|(u, v, _)| u != v).map(|(u, v, w)| edge(u, v, w)));
        check(n, &edges, &solved(n, &edges, None));
    }
}

#[test]
fn nothing_to_match_is_matched() {
    assert_eq!(solved(0, &[], None).mate, []);
    assert_eq!(solved(2, &[], None).mate, [None, None]);
    let worthless = [edge(0, 1, 0), edge(1, 2, -4)];
    assert_eq!(solved(3, &worthless, None).mate, [None, None, None]);
}

#[test]
fn the_heaviest_and_the_lightest_weights_fit() {
    let edges = [
        edge(0, 1, MOST_WEIGHT),
        edge(1, 2, MOST_WEIGHT),
        edge(2, 0, MOST_WEIGHT - 1),
        edge(2, 3, 1),
        edge(3, 4, -MOST_WEIGHT),
    ];
    check(5, &edges, &solved(5, &edges, None));
}

#[test]
fn what_cannot_be_is_refused() {
    let ask = |vertices, edges: &[Edge], grid| {
        let problem = Problem {
            vertices,
            edges,
            grid,
        };
        heaviest(problem, &mut |_| Go::On).unwrap_err().to_string()
    };
    let good = edge(0, 1, 1);
    assert_eq!(
        ask(2, &[good, edge(1, 1, 1)], None),
        "Edge 1 does not join two vertices."
    );
    assert_eq!(
        ask(2, &[edge(0, 2, 1)], None),
        "Edge 0 does not join two vertices."
    );
    assert_eq!(
        ask(2, &[edge(0, 1, MOST_WEIGHT + 1)], None),
        "Edge 0 weighs more than 288230376151711744 either way."
    );
    let none = Some(Grid { base: 0, step: 0 });
    assert_eq!(
        ask(2, &[good], none),
        "The grid has no step from 1 to 288230376151711744."
    );
    assert_eq!(ask(u32::MAX, &[], None), "The graph is too large.");
}

/// A ring of odd cycles, each with an edge to the next.
fn ring(cycles: u32) -> Vec<Edge> {
    let n = 5 * cycles;
    let cycle = |c: u32| (0..5).map(move |i| edge(5 * c + i, 5 * c + (i + 1) % 5, 100));
    let bridge = |c: u32| edge(5 * c, (5 * c + 7) % n, 20 + i64::from(c % 7));
    (0..cycles)
        .flat_map(|c| cycle(c).chain([bridge(c)]))
        .collect()
}

#[test]
fn a_search_that_is_stopped_says_how_far_it_may_be_from_the_best() {
    let edges = ring(200);
    let problem = Problem {
        vertices: 1000,
        edges: &edges,
        grid: None,
    };
    let all = heaviest(problem, &mut |_| Go::On).unwrap();
    check(1000, &edges, &all);
    let mut told = Vec::new();
    let stopped = heaviest(problem, &mut |progress| {
        told.push(progress);
        if told.len() < 20 { Go::On } else { Go::Stop }
    });
    let stopped = stopped.unwrap();
    assert_eq!(told.len(), 20);
    let last = told[19];
    assert_eq!(last.value, Some(stopped.value));
    assert_eq!(last.bound, stopped.bound);
    assert!(stopped.value < all.value && all.value <= stopped.bound);
    assert!(told.windows(2).all(|two| two[0].bound >= two[1].bound));
    let first = heaviest(problem, &mut |_| Go::Stop).unwrap();
    assert!(first.value <= all.value && all.value <= first.bound);
}
