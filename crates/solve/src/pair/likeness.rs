//! Finding candidates: who fits whom best, out of everybody, with every pair looked at exactly.
//! Never: guesses from a sample; the result is that of comparing each with each.
//! See: `crate::pair` for what becomes of candidates.
//!
//! People are put together by their languages, since nothing else counts without one in common,
//! and packed into 64 bits each, so that hours and topics are compared by counting bits. Topics
//! are written in unary, where the distance of two answers is the number of bits that differ.

use std::collections::BTreeMap;
use std::ops::Range;

use super::problem::Candidate;

/// How many topics each person has an opinion on.
pub const TOPICS: usize = 6;
/// The strongest opinion; the weakest is 0.
pub const MOST_OPINION: u8 = 4;
/// How many different hours there are.
pub const HOURS: u32 = 40;

/// What is known of a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traits {
    /// A bit for each free hour; those from [`HOURS`] on do not count.
    pub hours: u64,
    /// A bit for each language.
    pub languages: u64,
    /// An opinion for each topic; above [`MOST_OPINION`] counts as that.
    pub topics: [u8; TOPICS],
}

const UNARY: u64 = (1 << (TOPICS * MOST_OPINION as usize)) - 1;
/// What an hour in common is worth, and how many count.
const HOUR: (u32, u32) = (40, 8);
/// What a language in common is worth, and how many count.
const LANGUAGE: (u32, u32) = (120, 2);
/// What a step of distance between two opinions costs.
const STEP: u32 = 18;
/// How many people are compared at once.
const CHUNK: usize = 64;

/// How well two people fit: 40 for each hour in common up to 8, 120 for each language in common
/// up to 2, 18 for each step by which their opinions are closer than they could be, and 1.
/// Nothing without an hour and a language in common.
pub fn weight(one: &Traits, two: &Traits) -> Option<u32> {
    let languages = (one.languages & two.languages).count_ones();
    if languages == 0 {
        return None;
    }
    exact(pack(one), pack(two), languages)
}

/// The opinions in unary below, the hours above.
fn pack(traits: &Traits) -> u64 {
    let unary = |&opinion: &u8| (1u64 << opinion.min(MOST_OPINION)) - 1;
    let width = usize::from(MOST_OPINION);
    let topics = traits.topics.iter().enumerate();
    let topics: u64 = topics
        .map(|(at, opinion)| unary(opinion) << (at * width))
        .sum();
    topics | traits.hours << UNARY.count_ones()
}

fn exact(one: u64, two: u64, languages: u32) -> Option<u32> {
    let hours = (one & two & !UNARY).count_ones();
    let near = UNARY.count_ones() - ((one ^ two) & UNARY).count_ones();
    let weight = HOUR.0 * hours.min(HOUR.1) + LANGUAGE.0 * languages.min(LANGUAGE.1);
    (hours > 0).then_some(weight + STEP * near + 1)
}

/// What two people gain by hours and lose by opinions, if all hours counted: never less than what
/// they do. Bits are counted in all bytes at once (Warren 2012, "Hacker's Delight", 2nd edition,
/// section 5-1), with nothing that a compiler could not do for several people together.
fn at_most(one: u64, two: u64) -> i64 {
    let bits = ((one ^ two) & UNARY) | (one & two & !UNARY);
    let bits = bits - ((bits >> 1) & 0x5555_5555_5555_5555);
    let bits = (bits & 0x3333_3333_3333_3333) + ((bits >> 2) & 0x3333_3333_3333_3333);
    let bits = (bits + (bits >> 4)) & 0x0f0f_0f0f_0f0f_0f0f;
    let steps = (bits + (bits >> 8) + (bits >> 16)) & 0xff;
    let hours = (bits >> 24) + (bits >> 32) + (bits >> 40) + (bits >> 48) + (bits >> 56);
    let hours = hours & 0xff;
    (hours << 5) as i64 + (hours << 3) as i64 - (steps << 4) as i64 - (steps << 1) as i64
}

/// Everybody, ready to be compared.
#[derive(Clone, Debug)]
pub struct Crowd {
    /// Per person: traits packed, and languages.
    people: Vec<(u64, u64)>,
    /// The people of the same languages, ascending, with their traits.
    tongues: Vec<Tongue>,
}

#[derive(Clone, Debug, Default)]
struct Tongue {
    languages: u64,
    people: Vec<u32>,
    packed: Vec<u64>,
}

/// The best others found so far, best first; of equals the lower number first.
struct Best {
    most: usize,
    found: Vec<(u32, u32)>,
}

impl Best {
    /// What another has to reach to be among them.
    fn least(&self) -> u32 {
        match self.found.last() {
            Some(&(weight, _)) if self.found.len() == self.most => weight,
            _ => 0,
        }
    }

    fn add(&mut self, weight: u32, person: u32) {
        let before = |&(other, number): &(u32, u32)| (other, person) > (weight, number);
        let at = self.found.partition_point(before);
        if at < self.most {
            self.found.truncate(self.most - 1);
            self.found.insert(at, (weight, person));
        }
    }
}

impl Crowd {
    /// Sort people by their languages. At most 2^32 - 1 people.
    pub fn new(traits: &[Traits]) -> Crowd {
        let people = traits.iter().map(|it| (pack(it), it.languages));
        let people: Vec<(u64, u64)> = people.collect();
        let mut tongues: BTreeMap<u64, Tongue> = BTreeMap::new();
        for (person, &(packed, languages)) in people.iter().enumerate() {
            let tongue = tongues.entry(languages).or_default();
            tongue.languages = languages;
            tongue.people.push(person as u32);
            tongue.packed.push(packed);
        }
        Crowd {
            people,
            tongues: tongues.into_values().collect(),
        }
    }

    /// For each of these people the `most` others who fit best, of equals those with the lower
    /// numbers. The parts of a range may be asked for apart, in any order.
    pub fn best(&self, range: Range<u32>, most: usize) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        for person in range {
            for (weight, other) in self.best_of(person, most) {
                candidates.push(Candidate {
                    u: person.min(other),
                    v: person.max(other),
                    weight,
                });
            }
        }
        candidates
    }

    fn best_of(&self, person: u32, most: usize) -> Vec<(u32, u32)> {
        let languages = self.people[person as usize].1;
        let mut best = Best {
            most,
            found: Vec::with_capacity(most + 1),
        };
        if most == 0 {
            return best.found;
        }
        for both in [true, false] {
            for tongue in &self.tongues {
                let common = (languages & tongue.languages).count_ones();
                // Those with more in common first, so that few of the others come in question.
                if common > 0 && (common >= LANGUAGE.1) == both {
                    self.compare(person, tongue, common, &mut best);
                }
            }
        }
        best.found
    }

    fn compare(&self, person: u32, tongue: &Tongue, common: u32, best: &mut Best) {
        let own = self.people[person as usize].0;
        let sure = LANGUAGE.0 * common.min(LANGUAGE.1) + STEP * UNARY.count_ones() + 1;
        let mut worth = [0i64; CHUNK];
        for (chunk, packed) in tongue.packed.chunks(CHUNK).enumerate() {
            for (worth, &other) in worth.iter_mut().zip(packed) {
                *worth = at_most(own, other);
            }
            for (at, &other) in packed.iter().enumerate() {
                if worth[at] + i64::from(sure) < i64::from(best.least()) {
                    continue;
                }
                let number = tongue.people[chunk * CHUNK + at];
                let weight = exact(own, other, common).filter(|_| number != person);
                if let Some(weight) = weight {
                    best.add(weight, number);
                }
            }
        }
    }
}

/// Put lists of candidates together: each pair once, ascending.
pub fn together(lists: Vec<Vec<Candidate>>) -> Vec<Candidate> {
    let mut all = lists.concat();
    all.sort_unstable_by_key(|it| (it.u, it.v));
    all.dedup();
    all
}
