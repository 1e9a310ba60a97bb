//! What can be done with a live circle: open it, do something in it, end it.

use mend_rules::id::{CircleId, LiveId, MovementId, PersonId};
use mend_rules::keeping::may_keep;
use mend_rules::live::{Act, Deed, HARD_STOP, Refusal, Setting, State, may_open, ring_of, step};
use mend_rules::meeting::Meeting;
use mend_rules::people::Age;
use mend_rules::time::Time;
use mend_seal::ColumnKey;
use mend_store::{StoreError, Tx};

use super::held::{self, Held};
use super::{beyond, kept, rows, words};
use crate::app::fresh;
use crate::circle::{self, Shown};
use crate::halls::Live;
use crate::meeting::{self, Format};
use crate::movement;
use crate::web::{Me, Problem};

/// How a deed ended.
#[derive(Debug, Clone)]
pub enum Outcome {
    Held(Live),
    Refused(Live, Refusal),
    /// It is over, and nothing is held here.
    Over(Option<LiveId>),
}

/// How somebody comes in.
#[derive(Debug, Clone, Copy)]
pub struct Coming {
    pub remote: bool,
    /// That it is meant to be at this hour, outside of the circle's meetings.
    pub meant: bool,
}

/// A circle while it is held, if it is.
pub fn load(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    movement: MovementId,
    circle: CircleId,
) -> Result<Option<Live>, StoreError> {
    let Some((id, sealed)) = rows::live(tx, movement, circle)? else {
        return Ok(None);
    };
    // What another key sealed, or another program wrote, begins anew; it would be gone in an hour.
    match kept::open(key, circle, &sealed) {
        Ok(state) => Ok(Some(Live { id, circle, state })),
        Err(error) => {
            tracing::warn!(%error, "a live circle begins anew");
            Ok(None)
        }
    }
}

/// Those of some circles that are being held now.
pub fn held_of(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    movement: MovementId,
    circles: &[Shown],
    now: Time,
) -> Result<Vec<CircleId>, StoreError> {
    let mut held = Vec::new();
    for circle in circles.iter().map(|shown| shown.circle.id) {
        let live = load(tx, key, movement, circle)?;
        if live.is_some_and(|live| !live.state.is_over(now)) {
            held.push(circle);
        }
    }
    Ok(held)
}

/// Keeps how a circle stands, and says to other programs that it moved.
pub fn save(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    movement: MovementId,
    live: &Live,
    now: Time,
) -> Result<(), StoreError> {
    let sealed = kept::seal(key, live.circle, &live.state)?;
    let whole = (live.state.version, sealed);
    rows::save_live(tx, movement, (live.circle, live.id), whole, now)?;
    tx.say(&beyond::note(movement, live.circle))
}

/// Whether somebody may open a circle now, and the meeting that it then holds; none where it comes
/// together at another hour, which has to be meant.
pub fn opens(shown: &Shown, me: &Me, meant: bool, now: Time) -> Option<Option<Meeting>> {
    let next = shown.meetings.next_meeting(now);
    let keepers = shown.keepers(next.as_ref().map(|next| next.on));
    let nobody = keepers[0].is_none() && shown.circle.keeper.is_none();
    let keeps =
        nobody || keepers.contains(&Some(me.person)) || shown.circle.keeper == Some(me.person);
    let begins = next
        .as_ref()
        .map(|next| Time::from(next.begins.timestamp()));
    let may = |meant| may_open(begins, shown.meetings.series.minutes, keeps, meant, now);
    match (may(false), may(meant)) {
        (true, _) => Some(next),
        (false, true) => Some(None),
        (false, false) => None,
    }
}

/// What is settled of a circle that is opened now, and those who keep it.
fn opened(
    tx: &mut Tx<'_>,
    (movement, shown): (MovementId, &Shown),
    meeting: Option<&Meeting>,
    now: Time,
) -> Result<State, StoreError> {
    let next = shown.meetings.next_meeting(now);
    let whole = meeting.or(next.as_ref()).filter(|one| !shown.is_short(one));
    let steps = whole.and_then(|one| shown.steps(one));
    let inventory = whole.is_some_and(|one| shown.is_inventory(one));
    let setting = Setting {
        on: meeting.map(|one| one.on),
        minutes: shown.length(now),
        seats: shown.circle.seats,
        hybrid: shown.meetings.format == Format::Hybrid,
        steps: steps.map(Iterator::collect).unwrap_or_default(),
        few: false,
        inventory,
    };
    let seats: Vec<_> = shown.seated.iter().map(|(who, _)| *who).collect();
    let mut ring = ring_of(&seats, rows::how_many_held(tx, movement, shown.circle.id)?);
    ring.extend(shown.guests.iter().map(|(who, _)| *who));
    let keepers = shown.keepers(setting.on);
    Ok(State::open(ring, keepers, setting, now))
}

/// Comes in, and opens the doors where nobody has yet.
///
/// # Errors
/// That the doors are not open at this hour.
pub fn come(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    me: &Me,
    (id, coming): (CircleId, Coming),
    now: Time,
) -> Result<Outcome, Problem> {
    circle::sat_in(tx, me, id, now)?.ok_or(Problem::NotFound)?;
    let open = still(tx, key, me.movement, id, now)?;
    let live = match open {
        Some(live) => live,
        None => {
            let shown = circle::shown_to_seated(tx, me, id, now)?;
            let early = Problem::Refused("live-too-early");
            let meeting = opens(&shown, me, coming.meant, now).ok_or(early)?;
            if shown.waits {
                return Err(Problem::Refused("live-waits"));
            }
            Live {
                id: LiveId(fresh()),
                circle: id,
                state: opened(tx, (me.movement, &shown), meeting.as_ref(), now)?,
            }
        }
    };
    let deed = Deed {
        id: fresh(),
        by: me.person,
        seen: live.state.version,
        act: Act::Enter {
            name: me.name.clone(),
            remote: coming.remote,
        },
    };
    done(tx, key, me, (live, &deed), now)
}

/// A live circle that still goes on; one whose time is over is closed.
fn still(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    movement: MovementId,
    id: CircleId,
    now: Time,
) -> Result<Option<Live>, StoreError> {
    let Some(live) = load(tx, key, movement, id)? else {
        return Ok(None);
    };
    if live.state.is_over(now) {
        close(tx, movement, &live, now)?;
        return Ok(None);
    }
    Ok(Some(live))
}

/// Does something in a live circle. What is refused changes nothing, and the answer is how it
/// stands now.
pub fn carry_out(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    me: &Me,
    (id, asked): (CircleId, &Asked),
    now: Time,
) -> Result<Outcome, Problem> {
    let (_, seated) = circle::sat_in(tx, me, id, now)?.ok_or(Problem::NotFound)?;
    let Some(mut live) = still(tx, key, me.movement, id, now)? else {
        return Ok(Outcome::Over(None));
    };
    // Whoever gave their seat back meanwhile is not here any more.
    let here = |who: PersonId| seated.iter().any(|(one, _)| *one == who);
    let gone: Vec<_> = live
        .state
        .people
        .iter()
        .map(|one| one.id)
        .filter(|who| !here(*who))
        .collect();
    for who in gone {
        live.state = live.state.without(who, now);
    }
    let act = asked.act(me, &seated).ok_or(Problem::NotFound)?;
    if let Some(who) = act.makes_keeper(me.person) {
        let age = Age::of(movement::minors(tx, me.movement)?.contains(&who));
        if !may_keep(age) {
            return Ok(Outcome::Refused(live, Refusal::NotAnAdult));
        }
    }
    let deed = Deed {
        id: asked.id,
        by: me.person,
        seen: asked.seen,
        act,
    };
    done(tx, key, me, (live, &deed), now)
}

fn done(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    me: &Me,
    (live, deed): (Live, &Deed),
    now: Time,
) -> Result<Outcome, Problem> {
    let state = match step(&live.state, deed, now) {
        Ok(state) => state,
        Err(why) => return Ok(Outcome::Refused(live, why)),
    };
    let live = Live { state, ..live };
    if live.state.ended_at.is_some() {
        close(tx, me.movement, &live, now)?;
        asks_next(tx, me, &live, now)?;
        return Ok(Outcome::Over(Some(live.id)));
    }
    save(tx, key, me.movement, &live, now)?;
    Ok(Outcome::Held(live))
}

/// Asks whoever is next to keep the meeting after this one, where nobody was asked yet. They may
/// decline without a trace, and the circle may name somebody else.
fn asks_next(tx: &mut Tx<'_>, me: &Me, live: &Live, now: Time) -> Result<(), Problem> {
    let on = live.state.setting.on;
    let shown = circle::shown_to_seated(tx, me, live.circle, now)?;
    let held = words::real_day(&shown, on);
    let Some(next) = words::next_after(&shown, held, now) else {
        return Ok(());
    };
    if shown.planned.iter().any(|one| one.on == next.on) {
        return Ok(());
    }
    let keeper = shown.next_keeper(tx, me.movement, (on, next.on), now)?;
    if keeper.is_some() && live.state.began_at.is_some() {
        circle::hand_over(tx, me, &shown, (next.on, keeper))?;
    }
    Ok(())
}

/// A deed as a page sends it.
#[derive(Debug, Clone)]
pub struct Asked {
    pub id: [u8; 16],
    pub seen: i64,
    pub word: String,
    pub who: Option<PersonId>,
    pub remote: bool,
    pub step: Option<u32>,
}

impl Asked {
    fn act(&self, me: &Me, seated: &[(PersonId, String)]) -> Option<Act> {
        let named = |who: PersonId| {
            let found = seated.iter().find(|(one, _)| *one == who);
            found.map(|(_, name)| name.clone())
        };
        Some(match self.word.as_str() {
            "enter" => Act::Enter {
                name: me.name.clone(),
                remote: self.remote,
            },
            "seat" => Act::Seat {
                who: self.who?,
                name: named(self.who?)?,
            },
            "unseat" => Act::Unseat(self.who?),
            "leave" => Act::Leave,
            "begin" => Act::Begin { few: false },
            "few" => Act::Begin { few: true },
            "step" => Act::Step(self.step?),
            "next" => Act::Next,
            "previous" => Act::Previous,
            "pass" => Act::Pass,
            "skip" => Act::Skip,
            "take" => Act::Take,
            "extend" => Act::Extend,
            "rest" => Act::Rest,
            "return" => Act::Return,
            "pause" => Act::Pause,
            "resume" => Act::Resume,
            "another" => Act::Another,
            "call" => Act::Call,
            "recall" => Act::Recall,
            "hear" => Act::Hear(self.who?),
            "keep" => Act::Keep,
            "co-keep" => Act::CoKeep(self.who?),
            "carer" => Act::Carer(self.who?),
            "end" => Act::End,
            _ => return None,
        })
    }
}

/// Keeps what may be kept of a circle, and lets go of all the rest.
pub fn close(
    tx: &mut Tx<'_>,
    movement: MovementId,
    live: &Live,
    now: Time,
) -> Result<(), StoreError> {
    let meetings = match circle::series_of(tx, movement, live.circle)? {
        Some(series) => meeting::get(tx, movement, series)?,
        None => None,
    };
    if let (Some(meetings), Some(began)) = (meetings, live.state.began_at) {
        let held = Held {
            id: live.id,
            circle: live.circle,
            on: began.day(&meetings.series.zone).to_string(),
            minutes: live.state.minutes(now).min(HARD_STOP),
            count: live.state.most as i64,
            step: live.state.setting.steps.first().copied().map(i64::from),
            format: meetings.format,
            care: live.state.cared,
        };
        held::keep(tx, movement, held)?;
    }
    rows::drop_live(tx, movement, live.circle)?;
    tx.say(&beyond::note(movement, live.circle))
}

/// Ends every live circle of a movement whose time is over; those that it ended.
pub fn close_over(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    movement: MovementId,
    now: Time,
) -> Result<Vec<(CircleId, LiveId)>, StoreError> {
    let mut closed = Vec::new();
    for id in rows::all_live(tx, movement)? {
        match load(tx, key, movement, id)? {
            Some(live) if live.state.is_over(now) => {
                close(tx, movement, &live, now)?;
                closed.push((id, live.id));
            }
            Some(_) => {}
            None => rows::drop_live(tx, movement, id)?,
        }
    }
    Ok(closed)
}

/// Takes every trace of somebody out of the live circles of a movement and out of what is kept;
/// the circles that changed.
pub fn forget(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    (movement, person): (MovementId, PersonId),
    now: Time,
) -> Result<Vec<Live>, StoreError> {
    rows::drop_asks_of(tx, movement, person)?;
    let mut changed = Vec::new();
    for id in rows::all_live(tx, movement)? {
        let Some(mut live) = load(tx, key, movement, id)? else {
            continue;
        };
        live.state = live.state.without(person, now);
        save(tx, key, movement, &live, now)?;
        changed.push(live);
    }
    Ok(changed)
}
