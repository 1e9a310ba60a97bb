//! Halls: whoever looks at a circle while it is held waits here for its next state. One for each
//! circle that somebody looks at, in memory alone.
//! Never: decides anything; tells an older state after a newer one; remembers who looked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use mend_rules::id::{CircleId, LiveId, MovementId};
use mend_rules::live::State;
use tokio::sync::watch::{Receiver, Sender, channel};

/// A circle while it is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Live {
    pub id: LiveId,
    pub circle: CircleId,
    pub state: State,
}

/// What is told of a circle.
#[derive(Debug, Clone, Default)]
pub enum Latest {
    /// Nothing yet.
    #[default]
    Unknown,
    /// It is held, and this is how it stands.
    Held(Arc<Live>),
    /// It is over.
    Over(LiveId),
}

impl Latest {
    /// Whether this is told after that.
    fn follows(&self, old: &Self) -> bool {
        match (old, self) {
            (Self::Unknown, _) => true,
            (Self::Held(old), Self::Held(new)) => {
                old.id != new.id || new.state.version > old.state.version
            }
            (Self::Held(old), Self::Over(id)) => old.id == *id,
            (Self::Over(id), Self::Held(new)) => new.id != *id,
            (_, Self::Unknown) | (Self::Over(_), Self::Over(_)) => false,
        }
    }
}

#[derive(Debug)]
struct Hall {
    movement: MovementId,
    sender: Sender<Latest>,
}

/// All of them.
#[derive(Debug, Default)]
pub struct Halls(Mutex<Doors>);

#[derive(Debug, Default)]
struct Doors {
    open: HashMap<CircleId, Hall>,
    closed: bool,
}

impl Halls {
    fn doors(&self) -> MutexGuard<'_, Doors> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for what is told of a circle from now on; `None` when the program is about to end.
    pub fn enter(&self, circle: CircleId, movement: MovementId) -> Option<Receiver<Latest>> {
        let mut doors = self.doors();
        if doors.closed {
            return None;
        }
        doors
            .open
            .retain(|_, hall| hall.sender.receiver_count() > 0);
        let hall = doors.open.entry(circle).or_insert_with(|| Hall {
            movement,
            sender: channel(Latest::default()).0,
        });
        Some(hall.sender.subscribe())
    }

    /// Tells everybody who waits, unless they know something newer.
    pub fn tell(&self, circle: CircleId, latest: &Latest) {
        if let Some(hall) = self.doors().open.get(&circle) {
            hall.sender.send_if_modified(|known| {
                let newer = latest.follows(known);
                if newer {
                    known.clone_from(latest);
                }
                newer
            });
        }
    }

    /// How a circle stood last, as far as somebody here waits for it.
    pub fn known(&self, circle: CircleId) -> Option<(MovementId, Latest)> {
        let doors = self.doors();
        let hall = doors.open.get(&circle)?;
        Some((hall.movement, hall.sender.borrow().clone()))
    }

    /// Every circle that somebody here waits for.
    pub fn all(&self) -> Vec<(CircleId, MovementId)> {
        let doors = self.doors();
        let waited = doors
            .open
            .iter()
            .filter(|(_, hall)| hall.sender.receiver_count() > 0);
        waited
            .map(|(circle, hall)| (*circle, hall.movement))
            .collect()
    }

    /// Lets everybody of a movement go. Whoever still may comes back by themselves.
    pub fn empty(&self, movement: MovementId) {
        let mut doors = self.doors();
        doors.open.retain(|_, hall| hall.movement != movement);
    }

    /// Lets everybody go, because the program ends; nobody comes in any more.
    pub fn close(&self) {
        let mut doors = self.doors();
        doors.closed = true;
        doors.open.clear();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use mend_rules::time::Time;

    const CIRCLE: CircleId = CircleId([1; 16]);

    fn held(id: u8, version: i64) -> Latest {
        let mut state = State::open(
            Vec::new(),
            [None; 2],
            crate::live::testing::setting(),
            Time(0),
        );
        state.version = version;
        let id = LiveId([id; 16]);
        Latest::Held(Arc::new(Live {
            id,
            circle: CIRCLE,
            state,
        }))
    }

    #[test]
    fn nothing_older_is_told_after_something_newer() {
        let halls = Halls::default();
        let mut waits = halls.enter(CIRCLE, MovementId([2; 16])).unwrap();
        let mut hears = |latest: &Latest| {
            halls.tell(CIRCLE, latest);
            let heard = waits.has_changed().unwrap();
            waits.mark_unchanged();
            heard
        };
        assert!(hears(&held(1, 2)));
        assert!(!hears(&held(1, 2)) && !hears(&held(1, 1)));
        assert!(!hears(&Latest::Over(LiveId([9; 16]))));
        assert!(hears(&Latest::Over(LiveId([1; 16]))));
        assert!(!hears(&held(1, 3)), "what is over does not come back");
        assert!(hears(&held(2, 1)), "the next one does");
    }

    #[test]
    fn a_movement_that_is_locked_lets_its_own_go_and_nobody_else() {
        let halls = Halls::default();
        let own = halls.enter(CIRCLE, MovementId([2; 16])).unwrap();
        let others = halls.enter(CircleId([3; 16]), MovementId([4; 16])).unwrap();
        halls.empty(MovementId([2; 16]));
        assert!(own.has_changed().is_err());
        assert!(others.has_changed().is_ok());
    }

    #[test]
    fn a_program_that_ends_lets_everybody_go() {
        let halls = Halls::default();
        let waits = halls.enter(CIRCLE, MovementId([2; 16])).unwrap();
        halls.close();
        assert!(waits.has_changed().is_err());
        assert!(halls.enter(CIRCLE, MovementId([2; 16])).is_none());
    }
}
