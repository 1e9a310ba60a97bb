//! Why a seeker got the sponsor they got, or none.
//! Never: tells one seeker about another; places on a list are numbers.
//! See: `super::Matching::last_taken`, on which the answers rest.

use super::{Matching, Problem};

/// What became of one entry on a seeker's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// This is the seeker's sponsor.
    Taken,
    /// The sponsor can take nobody at all.
    NoPlace,
    /// The sponsor does not accept this seeker.
    NotListed,
    /// Every place went to somebody the sponsor prefers.
    Full {
        /// The seeker's place on the sponsor's list, from 0.
        own: u32,
        /// The place of the last seeker the sponsor took; smaller than `own`.
        last: u32,
    },
}

/// What the sponsors on the list of `seeker` answered, in the seeker's order, down to the sponsor
/// who took them; to the end of the list if none did. `matching` must be the one that
/// [`super::seeker_optimal`] found for `problem`, and `seeker` one of its seekers.
pub fn answers(problem: &Problem, matching: &Matching, seeker: usize) -> Vec<(u32, Answer)> {
    let mut all = Vec::new();
    for &sponsor in problem.seekers.of(seeker) {
        let answer = answer(problem, matching, seeker, sponsor);
        all.push((sponsor, answer));
        if answer == Answer::Taken {
            break;
        }
    }
    all
}

fn answer(problem: &Problem, matching: &Matching, seeker: usize, sponsor: u32) -> Answer {
    if matching.sponsor_of[seeker] == Some(sponsor) {
        return Answer::Taken;
    }
    let list = problem.sponsors.of(sponsor as usize);
    let own = list.iter().position(|&listed| listed as usize == seeker);
    match (own, matching.last_taken[sponsor as usize]) {
        (None, _) => Answer::NotListed,
        (Some(own), Some(last)) => Answer::Full {
            own: own as u32,
            last,
        },
        (Some(_), None) => Answer::NoPlace,
    }
}
