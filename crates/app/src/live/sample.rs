//! The circle of the sample movement that is held right now, as if six people had come in.

use mend_rules::id::{CircleId, LiveId, MovementId, PersonId};
use mend_rules::live::{Act, Deed, Setting, State, step};
use mend_rules::time::Time;
use mend_seal::ColumnKey;
use mend_store::{StoreError, Tx};

use super::acts;
use super::held::Held;
use super::rows;
use crate::app::fresh;
use crate::halls::Live;

/// What was done in it so far, each with the minutes that have gone by since. The first of the
/// people keeps it.
const DONE: [(Act, i64); 6] = [
    (Act::Begin { few: false }, 20),
    (Act::Next, 17),
    (Act::Next, 14),
    (Act::Next, 12),
    (Act::Next, 6),
    (Act::Next, 4),
];

/// Opens a circle in which everybody is here, in the middle of the first round.
pub fn hold(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    (movement, circle): (MovementId, CircleId),
    people: &[(PersonId, String)],
    now: Time,
) -> Result<(), StoreError> {
    let Some((keeper, _)) = people.first() else {
        return Ok(());
    };
    let ring: Vec<_> = people.iter().map(|(id, _)| *id).collect();
    let setting = Setting {
        on: None,
        minutes: 60,
        seats: u32::try_from(people.len()).unwrap_or(u32::MAX),
        hybrid: false,
        steps: vec![1],
        few: false,
        inventory: false,
    };
    let enters = people.iter().map(|(id, name)| {
        let (name, remote) = (name.clone(), true);
        (*id, Act::Enter { name, remote }, 24)
    });
    let done = DONE.map(|(act, ago)| (*keeper, act, ago));
    let mut state = State::open(ring, [Some(*keeper), None], setting, now.minutes(-25));
    for (by, act, ago) in enters.chain(done).chain([(*keeper, Act::Pass, 1)]) {
        let (id, seen) = (fresh(), state.version);
        let deed = Deed { id, by, seen, act };
        let odd = |why| StoreError::Odd(format!("the sample circle: {why:?}"));
        state = step(&state, &deed, now.minutes(-ago)).map_err(odd)?;
    }
    let id = LiveId(fresh());
    acts::save(tx, key, movement, &Live { id, circle, state }, now)
}

/// What is kept of one that was held before.
pub fn add_held(tx: &mut Tx<'_>, movement: MovementId, held: &Held) -> Result<(), StoreError> {
    rows::add_held(tx, movement, held)
}
