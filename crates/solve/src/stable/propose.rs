//! Deferred acceptance, the seekers proposing.
//! Never: asks for a rank twice; looks at an entry of a list more often than a fixed number of times.
//! See: `super` for what is known of the outcome.

use super::{Lists, Matching, Problem};

/// A sponsor and the place the seeker has on that sponsor's list.
type Choice = (u32, u32);

/// The seeker-optimal stable matching of a problem that [`Problem::check`] accepts; on another it
/// may panic.
///
/// Time and memory grow with the total length of the lists. Only the preferences decide: every
/// order of proposing leads to the same matching (Gale and Shapley 1962, theorem 2).
pub fn seeker_optimal(problem: &Problem) -> Matching {
    let choices = Choices::of(problem);
    let mut places = Places::of(problem);
    let mut next = choices.starts();
    for first in 0..next.len() {
        let mut seeker = first as u32;
        while let Some(turned_out) = propose(seeker, &choices, &mut next, &mut places) {
            seeker = turned_out;
        }
    }
    places.matching(next.len())
}

/// Let `seeker` ask the sponsors they have not asked yet, until one accepts; whom that one sends
/// away for it.
fn propose(seeker: u32, choices: &Choices, next: &mut [usize], places: &mut Places) -> Option<u32> {
    let at = &mut next[seeker as usize];
    let left = &choices.all[*at..choices.ends[seeker as usize]];
    for &(sponsor, rank) in left {
        *at += 1;
        if rank < places.limit[sponsor as usize] {
            return places.take(sponsor as usize, (rank, seeker));
        }
    }
    None
}

/// Per seeker, the sponsors who would accept them, best first, with the seeker's rank there.
struct Choices {
    all: Vec<Choice>,
    ends: Vec<usize>,
    begins: Vec<usize>,
}

impl Choices {
    /// Turn the sponsors' lists around, so that every seeker has them at hand, then keep of each
    /// seeker's own list what is mutual.
    fn of(problem: &Problem) -> Choices {
        let begins = begins(&problem.sponsors, problem.seekers.len());
        let (mut all, mut ends) = turned(&problem.sponsors, &begins);
        let mut mutual: Vec<Choice> = Vec::new();
        for (seeker, end) in ends.iter_mut().enumerate() {
            let begin = begins[seeker];
            let willing = &all[begin..*end];
            mutual.clear();
            mutual.extend(
                problem
                    .seekers
                    .of(seeker)
                    .iter()
                    .filter_map(|&sponsor| found(willing, sponsor)),
            );
            *end = begin + mutual.len();
            all[begin..*end].copy_from_slice(&mutual);
        }
        Choices { all, ends, begins }
    }

    fn starts(&self) -> Vec<usize> {
        self.begins.clone()
    }
}

/// Where each seeker's part begins when the entries of the sponsors' lists are laid out by seeker.
fn begins(sponsors: &Lists, seekers: usize) -> Vec<usize> {
    let mut begins = vec![0; seekers];
    for &seeker in sponsors.items() {
        begins[seeker as usize] += 1;
    }
    let mut sum = 0;
    for begin in &mut begins {
        sum += std::mem::replace(begin, sum);
    }
    begins
}

/// The entries of the sponsors' lists by seeker, sponsors ascending, and where each part ends.
fn turned(sponsors: &Lists, begins: &[usize]) -> (Vec<Choice>, Vec<usize>) {
    let mut all = vec![(0, 0); sponsors.entries()];
    let mut ends = begins.to_vec();
    for sponsor in 0..sponsors.len() {
        for (rank, &seeker) in sponsors.of(sponsor).iter().enumerate() {
            let end = &mut ends[seeker as usize];
            all[*end] = (sponsor as u32, rank as u32);
            *end += 1;
        }
    }
    (all, ends)
}

/// Up to this length looking through a list is faster than halving it.
const SHORT: usize = 24;

/// The entry of `sponsor` among ascending `willing` ones.
fn found(willing: &[Choice], sponsor: u32) -> Option<Choice> {
    if willing.len() <= SHORT {
        return willing.iter().find(|choice| choice.0 == sponsor).copied();
    }
    let at = willing.binary_search_by_key(&sponsor, |choice| choice.0);
    at.ok().map(|at| willing[at])
}

/// The places of all sponsors: a heap for each, the seeker taken last on top.
struct Places {
    held: Vec<(u32, u32)>,
    /// Where each sponsor's places begin; one more entry for the end.
    begins: Vec<usize>,
    taken: Vec<u32>,
    /// Per sponsor, a rank must be lower than this to be taken: any while a place is free, none
    /// without places, else that of the one taken last.
    limit: Vec<u32>,
}

impl Places {
    fn of(problem: &Problem) -> Places {
        let mut begins = vec![0];
        let mut sum = 0;
        let mut limit = Vec::with_capacity(problem.capacity.len());
        for (sponsor, &capacity) in problem.capacity.iter().enumerate() {
            sum += (capacity as usize).min(problem.sponsors.of(sponsor).len());
            begins.push(sum);
            limit.push(if capacity == 0 { 0 } else { u32::MAX });
        }
        Places {
            held: vec![(0, 0); sum],
            begins,
            taken: vec![0; limit.len()],
            limit,
        }
    }

    /// Give `sponsor` a seeker they accept; whom they send away for it.
    fn take(&mut self, sponsor: usize, one: (u32, u32)) -> Option<u32> {
        let places = &mut self.held[self.begins[sponsor]..self.begins[sponsor + 1]];
        let taken = self.taken[sponsor] as usize;
        let sent = if taken < places.len() {
            places[taken] = one;
            rise(places, taken);
            self.taken[sponsor] += 1;
            None
        } else {
            let sent = std::mem::replace(&mut places[0], one);
            sink(places);
            Some(sent.1)
        };
        if self.taken[sponsor] as usize == places.len() {
            self.limit[sponsor] = places[0].0;
        }
        sent
    }

    fn matching(self, seekers: usize) -> Matching {
        let mut sponsor_of = vec![None; seekers];
        for sponsor in 0..self.taken.len() {
            let begin = self.begins[sponsor];
            for &(_, seeker) in &self.held[begin..begin + self.taken[sponsor] as usize] {
                sponsor_of[seeker as usize] = Some(sponsor as u32);
            }
        }
        let full = |(limit, taken): (u32, u32)| (taken > 0 && limit < u32::MAX).then_some(limit);
        Matching {
            sponsor_of,
            last_taken: self.limit.into_iter().zip(self.taken).map(full).collect(),
        }
    }
}

/// Move the entry at `at` up until none above it is smaller (Williams 1964, "Heapsort").
fn rise(heap: &mut [(u32, u32)], mut at: usize) {
    while at > 0 && heap[(at - 1) / 2] < heap[at] {
        heap.swap(at, (at - 1) / 2);
        at = (at - 1) / 2;
    }
}

/// Move the top entry down until none below it is larger.
fn sink(heap: &mut [(u32, u32)]) {
    let mut at = 0;
    loop {
        let (left, right) = (2 * at + 1, 2 * at + 2);
        let mut largest = at;
        for child in [left, right] {
            if child < heap.len() && heap[child] > heap[largest] {
                largest = child;
            }
        }
        if largest == at {
            return;
        }
        heap.swap(at, largest);
        at = largest;
    }
}
