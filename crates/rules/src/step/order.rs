//! From which meeting of a circle on each step fits.
//! See: `meeting` for the order in which a circle takes them.

use super::Number;

/// From which meeting of a circle on each step fits, at the earliest: those that look at harm need
/// people who have met for a while.
pub const FROM_MEETING: [u32; 12] = [1, 1, 1, 5, 5, 3, 3, 5, 5, 2, 1, 3];

/// Whether a step fits a circle's meeting, counted from 1.
pub fn fits(step: Number, meeting: u32) -> bool {
    FROM_MEETING[usize::from(step.get()) - 1] <= meeting
}
