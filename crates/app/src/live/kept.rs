//! A live circle as it is kept for its hour: written down, and sealed.

use mend_rules::id::{CircleId, PersonId};
use mend_rules::live::{Call, Moved, Part, Round, Setting, Somebody, State};
use mend_rules::time::Time;
use mend_seal::ColumnKey;
use mend_store::StoreError;
use serde::{Deserialize, Serialize};

use crate::app::dice;

type Id = [u8; 16];

#[derive(Serialize, Deserialize)]
struct Written {
    version: i64,
    setting: WrittenSetting,
    ring: Vec<Id>,
    people: Vec<WrittenSomebody>,
    times: [i64; 3],
    began: Option<i64>,
    ended: Option<i64>,
    paused: Option<i64>,
    parts: Vec<(String, i64, Option<i64>)>,
    at: usize,
    holder: Option<Id>,
    extra: i64,
    extras_left: u8,
    round: [Vec<Id>; 3],
    offering: bool,
    question: usize,
    keepers: [Option<Id>; 3],
    calls: Vec<(Id, bool)>,
    #[serde(default)]
    cared: bool,
    most: usize,
    moved: [i64; 3],
    done: Vec<Id>,
}

#[derive(Serialize, Deserialize)]
struct WrittenSetting {
    on: Option<String>,
    minutes: u32,
    seats: u32,
    hybrid: bool,
    steps: Vec<u32>,
    few: bool,
    #[serde(default)]
    inventory: bool,
}

#[derive(Serialize, Deserialize)]
struct WrittenSomebody {
    id: Id,
    name: String,
    remote: bool,
    device: bool,
    resting: bool,
    from_round: usize,
}

fn raw(ids: &[PersonId]) -> Vec<Id> {
    ids.iter().map(|id| id.0).collect()
}

fn people(ids: Vec<Id>) -> Vec<PersonId> {
    ids.into_iter().map(PersonId).collect()
}

fn settled(setting: &Setting) -> WrittenSetting {
    WrittenSetting {
        on: setting.on.map(|on| on.to_string()),
        minutes: setting.minutes,
        seats: setting.seats,
        hybrid: setting.hybrid,
        steps: setting.steps.clone(),
        few: setting.few,
        inventory: setting.inventory,
    }
}

fn setting(from: WrittenSetting) -> Setting {
    Setting {
        on: from.on.and_then(|on| on.parse().ok()),
        minutes: from.minutes,
        seats: from.seats,
        hybrid: from.hybrid,
        steps: from.steps,
        few: from.few,
        inventory: from.inventory,
    }
}

fn written(state: &State) -> Written {
    let time = |at: Option<Time>| at.map(|at| at.0);
    let id = |id: Option<PersonId>| id.map(|id| id.0);
    let part = |part: &Part| (part.word.clone(), part.seconds, part.turn);
    let somebody = |one: &Somebody| WrittenSomebody {
        id: one.id.0,
        name: one.name.clone(),
        remote: one.remote,
        device: one.device,
        resting: one.resting,
        from_round: one.from_round,
    };
    Written {
        version: state.version,
        setting: settled(&state.setting),
        ring: raw(&state.ring),
        people: state.people.iter().map(somebody).collect(),
        times: [state.opened_at.0, state.part_since.0, state.turn_since.0],
        began: time(state.began_at),
        ended: time(state.ended_at),
        paused: time(state.paused_at),
        parts: state.parts.iter().map(part).collect(),
        at: state.at,
        holder: id(state.holder),
        extra: state.extra,
        extras_left: state.extras_left,
        round: [&state.round.queue, &state.round.once_more, &state.round.had].map(|ids| raw(ids)),
        offering: state.round.offering,
        question: state.question,
        keepers: [state.keeper, state.co_keeper, state.carer].map(id),
        calls: state
            .calls
            .iter()
            .map(|call| (call.who.0, call.heard))
            .collect(),
        cared: state.cared,
        most: state.most,
        moved: [state.moved.piece, state.moved.part, state.moved.keeper],
        done: state.done.clone(),
    }
}

fn read(from: Written) -> State {
    let [opened_at, part_since, turn_since] = from.times.map(Time);
    let [queue, once_more, had] = from.round.map(people);
    let [keeper, co_keeper, carer] = from.keepers.map(|id| id.map(PersonId));
    let [piece, part, keeping] = from.moved;
    let somebody = |one: WrittenSomebody| Somebody {
        id: PersonId(one.id),
        name: one.name,
        remote: one.remote,
        device: one.device,
        resting: one.resting,
        from_round: one.from_round,
    };
    let as_part = |(word, seconds, turn)| Part {
        word,
        seconds,
        turn,
    };
    let call = |(who, heard)| Call {
        who: PersonId(who),
        heard,
    };
    State {
        version: from.version,
        setting: setting(from.setting),
        ring: people(from.ring),
        people: from.people.into_iter().map(somebody).collect(),
        opened_at,
        began_at: from.began.map(Time),
        ended_at: from.ended.map(Time),
        paused_at: from.paused.map(Time),
        parts: from.parts.into_iter().map(as_part).collect(),
        at: from.at,
        part_since,
        holder: from.holder.map(PersonId),
        turn_since,
        extra: from.extra,
        extras_left: from.extras_left,
        round: Round {
            queue,
            once_more,
            had,
            offering: from.offering,
        },
        question: from.question,
        keeper,
        co_keeper,
        carer,
        calls: from.calls.into_iter().map(call).collect(),
        cared: from.cared,
        most: from.most,
        moved: Moved {
            piece,
            part,
            keeper: keeping,
        },
        done: from.done,
    }
}

/// Seals a state, bound to its circle.
pub fn seal(key: &ColumnKey, circle: CircleId, state: &State) -> Result<Vec<u8>, StoreError> {
    let plain = serde_json::to_vec(&written(state)).map_err(|e| StoreError::Odd(e.to_string()))?;
    Ok(key.seal("live", &circle.0, &plain, &mut dice))
}

/// Opens a sealed state.
pub fn open(key: &ColumnKey, circle: CircleId, sealed: &[u8]) -> Result<State, StoreError> {
    let odd = || StoreError::Odd("a live circle cannot be read with this key".into());
    let plain = key.open("live", &circle.0, sealed).map_err(|_| odd())?;
    serde_json::from_slice(&plain).map(read).map_err(|_| odd())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use mend_rules::live::{Act, Deed, step};

    #[test]
    fn what_is_kept_reads_back_as_it_was_and_only_for_its_circle() {
        let (key, now) = (crate::testing::key(), Time(1_800_000_000_000_000));
        let id = |n: u8| PersonId([n; 16]);
        let settled = Setting {
            on: Some(jiff::civil::date(2026, 12, 8)),
            minutes: 90,
            few: true,
            inventory: true,
            hybrid: true,
            ..crate::live::testing::setting()
        };
        let mut state = State::open(
            (1..5).map(id).collect(),
            [Some(id(1)), Some(id(2))],
            settled,
            now,
        );
        let enter = |name: &str| Act::Enter {
            name: name.into(),
            remote: true,
        };
        let acts = [
            (1, enter("Amara")),
            (2, enter("Bram")),
            (1, Act::Begin { few: false }),
            (1, Act::Next),
            (2, Act::Call),
            (1, Act::Take),
            (1, Act::Pause),
        ];
        for (at, (by, act)) in (0..).zip(acts) {
            let deed = Deed {
                id: [at; 16],
                by: id(by),
                seen: state.version,
                act,
            };
            state = step(&state, &deed, now.minutes(at.into())).unwrap();
        }
        let circle = CircleId([7; 16]);
        let sealed = seal(&key, circle, &state).unwrap();
        assert_eq!(open(&key, circle, &sealed).unwrap(), state);
        assert!(open(&key, CircleId([8; 16]), &sealed).is_err());
    }
}
