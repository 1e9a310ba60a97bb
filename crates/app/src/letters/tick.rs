//! Once a minute: reminders that come due are written, letters become mails, and what was being
//! handed over when the program stopped is laid before a steward. No line to anywhere is opened.

use std::collections::{BTreeMap, HashMap};

use jiff::tz::TimeZone;
use mend_rules::id::{PersonId, SeriesId};
use mend_rules::letter::{Choice, Kind, in_one_mail, reminder};
use mend_rules::time::Time;
use mend_seal::ColumnKey;
use mend_store::{Scope, StoreError, Tx};

use crate::app::App;
use crate::circle::{self, Coming};
use crate::movement::{self, Person};
use crate::post::{self, About, Letter, Open};
use crate::web::visit::Movement;

/// Does all of it, for every movement.
pub async fn tick(app: &App, now: Time) -> Result<(), StoreError> {
    let all = app.store.read(Scope::Instance, movement::every).await?;
    for place in all {
        let app_there = app.clone();
        let scope = Scope::Movement(place.id.0);
        app.store
            .write(scope, move |tx| {
                post::park_lost(tx, place.id, now)?;
                // Without a way out letters stay for paper, and reminders are not written.
                if !app_there.writes() {
                    return Ok(());
                }
                let coming = circle::coming(tx, place.id, now)?;
                remind(tx, &app_there.key.0, (&place, &coming), now)?;
                bundle(tx, (&place, &coming), now)
            })
            .await?;
    }
    Ok(())
}

/// The name of one meeting in the outbox, which tells nothing of it.
pub fn meeting_name(key: &ColumnKey, series: SeriesId, begins: Time) -> [u8; 16] {
    key.sign("meeting", format!("{series}|{}", begins.0).as_bytes())
}

fn remind(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    (place, coming): (&Movement, &[Coming]),
    now: Time,
) -> Result<(), StoreError> {
    let choices = post::choices(tx, place.id)?;
    let people = by_id(tx, place)?;
    for coming in coming {
        let Some(person) = people.get(&coming.person) else {
            continue;
        };
        let choice = choices.get(&coming.person).copied().unwrap_or_default();
        for kind in [Kind::Evening, Kind::Soon] {
            let when = reminder(kind, coming.begins, &zone(person, place));
            let Some((from, ends)) = when.filter(|_| choice.wants(kind)) else {
                continue;
            };
            if from <= now && now < ends {
                let about = About {
                    kind,
                    id: meeting_name(key, coming.series, coming.begins),
                    begins: Some(coming.begins),
                    ends: Some(ends),
                };
                post::write(tx, place.id, coming.person, &about, now)?;
            }
        }
    }
    Ok(())
}

fn bundle(
    tx: &mut Tx<'_>,
    (place, coming): (&Movement, &[Coming]),
    now: Time,
) -> Result<(), StoreError> {
    let stands = |open: &Open, begins: Time| {
        let mut own = coming.iter().filter(|one| one.person == open.person);
        own.any(|one| one.begins == begins)
    };
    let mut waiting: BTreeMap<PersonId, Vec<Letter>> = BTreeMap::new();
    for open in post::all_open(tx, place.id)? {
        if open
            .letter
            .begins
            .is_some_and(|begins| !stands(&open, begins))
        {
            // The meeting was moved; the new one has a reminder of its own.
            post::remove_letter(tx, place.id, open.letter.id)?;
            continue;
        }
        if open.letter.ends.is_some_and(|ends| ends <= now) {
            // Its row stays until the meeting, so that it is not written again.
            continue;
        }
        waiting.entry(open.person).or_default().push(open.letter);
    }
    if waiting.is_empty() {
        return Ok(());
    }
    let (people, choices) = (by_id(tx, place)?, post::choices(tx, place.id)?);
    for (id, letters) in waiting {
        let Some(person) = people.get(&id).filter(|person| may_be_written_to(person)) else {
            continue;
        };
        let choice = choices.get(&id).copied().unwrap_or_default();
        let go = due(&letters, &choice, &zone(person, place), now);
        if !go.is_empty() {
            post::bundle(tx, (place.id, id), &go, now)?;
        }
    }
    Ok(())
}

fn due(letters: &[Letter], choice: &Choice, zone: &TimeZone, now: Time) -> Vec<[u8; 16]> {
    let waiting: Vec<_> = letters.iter().map(Letter::waiting).collect();
    let go = in_one_mail(&waiting, choice, zone, now);
    go.into_iter()
        .filter_map(|at| letters.get(at))
        .map(|letter| letter.id)
        .collect()
}

fn by_id(tx: &mut Tx<'_>, place: &Movement) -> Result<HashMap<PersonId, Person>, StoreError> {
    let all = movement::everybody(tx, place.id)?;
    Ok(all.into_iter().map(|person| (person.id, person)).collect())
}

/// Whether mail may go to somebody at all, whatever they chose.
pub fn may_be_written_to(person: &Person) -> bool {
    person.email_sealed.is_some() && !person.do_not_contact && person.paused_at.is_none()
}

/// The zone of somebody's own clock.
pub fn zone(person: &Person, place: &Movement) -> TimeZone {
    let own = person.zone.as_deref().and_then(mend_rules::movement::zone);
    own.unwrap_or_else(|| place.zone.clone())
}
