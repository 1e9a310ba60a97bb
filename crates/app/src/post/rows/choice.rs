//! What people chose for their letters. Whoever chose nothing has no row.

use std::collections::HashMap;

use jiff::civil::Time as Clock;
use mend_rules::id::{MovementId, PersonId};
use mend_rules::letter::{Channel, Choice, Quiet};
use mend_store::{Row, StoreError, Tx, sql};

fn read(row: &Row) -> Result<(PersonId, Choice), StoreError> {
    let odd = || StoreError::Odd("a choice that this program does not know".into());
    let clock = |at: Option<String>| match at {
        None => Ok(None),
        Some(text) => text.parse::<Clock>().map(Some).map_err(|_| odd()),
    };
    let quiet = match (clock(row.maybe_text(6)?)?, clock(row.maybe_text(7)?)?) {
        (Some(from), Some(to)) => Some(Quiet { from, to }),
        _ => None,
    };
    let choice = Choice {
        muted: row.int(1)? == 1,
        evening: Channel::read(&row.text(2)?).ok_or_else(odd)?,
        soon: Channel::read(&row.text(3)?).ok_or_else(odd)?,
        changes: row.int(4)? == 1,
        daily: clock(row.maybe_text(5)?)?,
        quiet,
    };
    Ok((PersonId(row.id(0)?), choice))
}

/// What everybody chose who chose something.
pub fn choices(
    tx: &mut Tx<'_>,
    movement: MovementId,
) -> Result<HashMap<PersonId, Choice>, StoreError> {
    let all = sql!(
        "SELECT person_id, muted, evening, soon, changes, daily, quiet_from, quiet_to
           FROM letter_choice WHERE movement_id = $1"
    )
    .id(movement)
    .all(tx, read)?;
    Ok(all.into_iter().collect())
}

/// What somebody chose, or what holds for whoever chose nothing.
pub fn choice(
    tx: &mut Tx<'_>,
    movement: MovementId,
    person: PersonId,
) -> Result<Choice, StoreError> {
    let found = sql!(
        "SELECT person_id, muted, evening, soon, changes, daily, quiet_from, quiet_to
           FROM letter_choice WHERE movement_id = $1 AND person_id = $2"
    )
    .id(movement)
    .id(person)
    .maybe(tx, read)?;
    Ok(found.map(|(_, choice)| choice).unwrap_or_default())
}

pub fn set_choice(
    tx: &mut Tx<'_>,
    movement: MovementId,
    person: PersonId,
    choice: &Choice,
) -> Result<(), StoreError> {
    let clock = |at: Clock| at.strftime("%H:%M").to_string();
    sql!(
        "INSERT INTO letter_choice (person_id, movement_id, muted, evening, soon, changes, daily,
                quiet_from, quiet_to)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (person_id) DO UPDATE SET muted = excluded.muted,
                evening = excluded.evening, soon = excluded.soon, changes = excluded.changes,
                daily = excluded.daily, quiet_from = excluded.quiet_from,
                quiet_to = excluded.quiet_to"
    )
    .id(person)
    .id(movement)
    .int(choice.muted)
    .text(choice.evening.word())
    .text(choice.soon.word())
    .int(choice.changes)
    .maybe_text(choice.daily.map(clock))
    .maybe_text(choice.quiet.map(|quiet| clock(quiet.from)))
    .maybe_text(choice.quiet.map(|quiet| clock(quiet.to)))
    .run(tx)
    .map(|_| ())
}

/// Stops every letter to somebody; the rest of what they chose stays.
pub fn mute(tx: &mut Tx<'_>, movement: MovementId, person: PersonId) -> Result<(), StoreError> {
    let choice = Choice {
        muted: true,
        ..choice(tx, movement, person)?
    };
    set_choice(tx, movement, person, &choice)
}
