//! What is kept of a circle that was held, and practical asks that their owners wanted kept.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use mend_rules::id::{CircleId, KeptAskId, LiveId, MovementId, PersonId};
use mend_rules::time::Time;
use mend_seal::ColumnKey;
use mend_store::{StoreError, Tx};

use super::rows;
use crate::app::{dice, fresh};
use crate::meeting::{Format, Meetings};
use crate::web::{Me, Visit};

/// Days after which a practical ask goes by itself.
const ASK_DAYS: i64 = 60;

/// What is kept of a circle that was held.
#[derive(Debug, Clone)]
pub struct Held {
    pub id: LiveId,
    pub circle: CircleId,
    /// The day, on the circle's own calendar.
    pub on: String,
    pub minutes: i64,
    /// How many were there at once, at most.
    pub count: i64,
    pub step: Option<i64>,
    pub format: Format,
    /// Whether somebody asked for care; never who.
    pub care: bool,
}

/// A practical ask that its owner wanted kept.
#[derive(Debug, Clone)]
pub struct Ask {
    pub id: KeptAskId,
    pub person: PersonId,
    pub sealed: Vec<u8>,
    pub made: Time,
}

impl Held {
    /// The day as people read it.
    pub fn day(&self, visit: &Visit) -> String {
        let day = self.on.parse().map(|day| visit.long_day(day));
        day.unwrap_or_else(|_| self.on.clone())
    }
}

/// An ask as it is shown: its text, whose it is, and whether it is one's own.
pub struct ToldAsk {
    pub id: KeptAskId,
    pub name: String,
    pub text: String,
    pub own: bool,
}

/// Keeps what is kept. A circle that was opened once more on the same day is still one circle.
pub fn keep(tx: &mut Tx<'_>, movement: MovementId, held: Held) -> Result<(), StoreError> {
    match rows::held_on(tx, movement, held.circle, &held.on)? {
        Some(before) if before.id != held.id => {
            let minutes = before.minutes + held.minutes;
            let count = before.count.max(held.count);
            let care = before.care || held.care;
            rows::lengthen_held(tx, movement, before.id, (minutes, count, care))
        }
        _ => rows::add_held(tx, movement, &held),
    }
}

/// What was kept of a circle today, on its own calendar.
pub fn held_today(
    tx: &mut Tx<'_>,
    movement: MovementId,
    (circle, meetings): (CircleId, &Meetings),
    now: Time,
) -> Result<Option<Held>, StoreError> {
    let day = now.day(&meetings.series.zone).to_string();
    rows::held_on(tx, movement, circle, &day)
}

/// Days for which a circle was held lately, wherever its calendar is.
const LATELY: i64 = 4;

/// The circles that were held lately, each with its day on its own calendar.
pub fn held_lately(
    tx: &mut Tx<'_>,
    movement: MovementId,
    now: Time,
) -> Result<Vec<(CircleId, Date)>, StoreError> {
    let from = now.days(-LATELY).day(&TimeZone::UTC).to_string();
    let all = rows::held_since(tx, movement, &from)?.into_iter();
    Ok(all
        .filter_map(|(circle, day)| Some((circle, day.parse().ok()?)))
        .collect())
}

/// Keeps a practical ask of one's own, for the people of the circle.
pub fn keep_ask(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    me: &Me,
    (held, text): (LiveId, &str),
    now: Time,
) -> Result<(), StoreError> {
    let id = fresh();
    let ask = Ask {
        id: KeptAskId(id),
        person: me.person,
        sealed: key.seal("kept-ask", &id, text.as_bytes(), &mut dice),
        made: now,
    };
    rows::add_ask(tx, me.movement, &ask, held)
}

/// The text of an ask.
pub fn open_ask(key: &ColumnKey, ask: &Ask) -> Option<String> {
    let plain = key.open("kept-ask", &ask.id.0, &ask.sealed).ok()?;
    String::from_utf8(plain).ok()
}

/// The practical asks of a circle, with the names of those who have a seat in it; none for whoever
/// only stands in.
pub fn asks_told(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    me: &Me,
    (circle, seated): (CircleId, &[(PersonId, String)]),
) -> Result<Vec<ToldAsk>, StoreError> {
    if !seated.iter().any(|(who, _)| *who == me.person) {
        return Ok(Vec::new());
    }
    let told = |ask: Ask| {
        let (_, name) = seated.iter().find(|(id, _)| *id == ask.person)?;
        Some(ToldAsk {
            id: ask.id,
            name: name.clone(),
            text: open_ask(key, &ask)?,
            own: ask.person == me.person,
        })
    };
    let asks = rows::asks_in(tx, me.movement, circle)?.into_iter();
    Ok(asks.filter_map(told).collect())
}

/// The practical asks that somebody wanted kept, for their own file.
pub fn asks_of(tx: &mut Tx<'_>, key: &ColumnKey, me: &Me) -> Result<Vec<String>, StoreError> {
    let asks = rows::asks_by(tx, me.movement, me.person)?;
    let open = |ask: &Ask| open_ask(key, ask);
    Ok(asks.iter().filter_map(open).collect())
}

/// Lets go of asks that are old, or whose owner cannot take them away any more.
pub fn sweep(tx: &mut Tx<'_>, movement: MovementId, now: Time) -> Result<(), StoreError> {
    rows::drop_asks_left_behind(tx, movement)?;
    rows::drop_old_asks(tx, movement, now.days(-ASK_DAYS))
}
