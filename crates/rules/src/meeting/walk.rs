//! Which step a meeting holds, and at which meetings new people come in.

use std::ops::RangeInclusive;

use crate::step::FROM_MEETING;

/// How a circle goes along the path of twelve steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Walk {
    /// One step a meeting, in order.
    Sequence,
    /// One block of steps a meeting, from which the circle takes what it needs.
    Blocks,
    /// The circle chooses each time.
    Chosen,
}

impl Walk {
    /// In the order they are offered.
    pub const ALL: [Self; 3] = [Self::Sequence, Self::Blocks, Self::Chosen];

    /// The word in texts and tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sequence => "sequence",
            Self::Blocks => "blocks",
            Self::Chosen => "chosen",
        }
    }

    /// What [`Walk::word`] wrote.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|walk| walk.word() == word)
    }
}

/// The blocks in which twelve-step groups go through the steps in four meetings.
const BLOCKS: [RangeInclusive<u32>; 4] = [1..=3, 4..=9, 10..=11, 12..=12];

/// From which meeting on a step (1 to 12) fits.
pub fn fits_from(step: u32) -> u32 {
    let at = (step.max(1) - 1) as usize;
    FROM_MEETING.get(at).copied().unwrap_or(u32::MAX)
}

/// The steps that the meeting of this number (from 1) holds; none where the circle chooses.
///
/// They come in order. Where the next one does not fit yet, the one of the rest that fits earliest
/// comes first, so that a circle goes through all twelve and none comes before its time.
pub fn steps(walk: Walk, number: u32) -> Option<RangeInclusive<u32>> {
    let parts: Vec<RangeInclusive<u32>> = match walk {
        Walk::Sequence => (1..=12).map(|step| step..=step).collect(),
        Walk::Blocks => BLOCKS.to_vec(),
        Walk::Chosen => return None,
    };
    let mut rest = parts.clone();
    let mut taken = None;
    for meeting in 1..=number {
        if rest.is_empty() {
            rest.clone_from(&parts);
        }
        taken = next(&rest, meeting).map(|at| rest.remove(at));
    }
    taken
}

/// Where in the rest the part stands that a meeting takes.
fn next(rest: &[RangeInclusive<u32>], meeting: u32) -> Option<usize> {
    let from = |part: &RangeInclusive<u32>| part.clone().map(fits_from).max().unwrap_or(1);
    if from(rest.first()?) <= meeting {
        return Some(0);
    }
    let fitting = rest
        .iter()
        .enumerate()
        .filter(|(_, part)| from(part) <= meeting);
    fitting
        .min_by_key(|(at, part)| (from(part), *at))
        .map(|(at, _)| at)
}

/// Whether new people come in at the meeting of this number: at the first, and then at every
/// `every`-th after it.
pub fn is_set_point(number: u32, every: u32) -> bool {
    every <= 1 || number % every == 1
}
