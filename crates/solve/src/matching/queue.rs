//! What is going to happen in a search, by the time at which it happens.
//! Never: knows what an event means; whoever takes one out looks whether it still holds.
//! See: `search` for the events.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Events `(time, one, other)`, earliest first; equal times in the order of the two numbers, but
/// for those of this very moment, which come before all others and last in first out.
#[derive(Clone, Debug, Default)]
pub(super) struct Queue {
    later: BinaryHeap<Reverse<(i64, u32, u32)>>,
    now: Vec<(u32, u32)>,
    time: i64,
}

impl Queue {
    /// Forget all events and set the clock to 0.
    pub(super) fn clear(&mut self) {
        self.later.clear();
        self.now.clear();
        self.time = 0;
    }

    /// The time of the event that was taken out last.
    pub(super) fn time(&self) -> i64 {
        self.time
    }

    /// Add an event; none may lie in the past.
    pub(super) fn push(&mut self, time: i64, one: u32, other: u32) {
        if time <= self.time {
            self.now.push((one, other));
        } else {
            self.later.push(Reverse((time, one, other)));
        }
    }

    /// Take out the next event before `end`, moving the clock to its time.
    pub(super) fn pop(&mut self, end: i64) -> Option<(u32, u32)> {
        if self.time >= end {
            return None;
        }
        if let Some(event) = self.now.pop() {
            return Some(event);
        }
        let Reverse((time, one, other)) = self.later.pop()?;
        if time >= end {
            return None;
        }
        self.time = time;
        Some((one, other))
    }
}
