//! A round: the piece goes around once, and whoever passed is offered it once more at the end.

use crate::id::PersonId;

/// Who is still to come in a round. It is forgotten when the next part begins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Round {
    /// Still to come, in order.
    pub queue: Vec<PersonId>,
    /// Passed, or had a break, and is offered the piece once more.
    pub once_more: Vec<PersonId>,
    /// Had the piece and handed it on.
    pub had: Vec<PersonId>,
    /// The offer at the end is being made.
    pub offering: bool,
}

impl Round {
    /// A round of these people.
    pub fn new(queue: Vec<PersonId>) -> Self {
        Self {
            queue,
            ..Self::default()
        }
    }

    /// Who comes, in order, as far as can be told now.
    pub fn to_come(&self) -> impl Iterator<Item = &PersonId> {
        self.queue.iter().chain(&self.once_more)
    }

    /// Whether somebody had their turn or will have it.
    pub fn knows(&self, who: PersonId) -> bool {
        self.had.contains(&who) || self.to_come().any(|id| *id == who)
    }

    /// Somebody does not take their turn now. At the end of the round they are asked once more.
    pub fn puts_off(&mut self, who: PersonId) {
        if self.offering {
            self.had.push(who);
        } else {
            self.once_more.push(who);
        }
    }

    /// Who has the piece next; those who rest are asked later. `None` when the round is over.
    pub fn take(&mut self, rests: impl Fn(PersonId) -> bool) -> Option<PersonId> {
        loop {
            if self.queue.is_empty() {
                if self.offering || self.once_more.is_empty() {
                    return None;
                }
                self.offering = true;
                self.queue = std::mem::take(&mut self.once_more);
            }
            let next = self.queue.remove(0);
            if !rests(next) {
                return Some(next);
            }
            self.puts_off(next);
        }
    }

    /// Somebody is not here any more.
    pub fn drop_out(&mut self, who: PersonId) {
        self.queue.retain(|id| *id != who);
        self.once_more.retain(|id| *id != who);
    }

    /// Nothing of somebody is left.
    pub fn forget(&mut self, who: PersonId) {
        self.drop_out(who);
        self.had.retain(|id| *id != who);
    }
}
