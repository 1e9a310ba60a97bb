//! What stands in a mail: for each kind of letter one line and one link, whatever the matter is.

use mend_rules::letter::{Choice, Kind, not_in_quiet};
use mend_rules::time::Time;
use mend_store::{StoreError, Tx};

use super::mute;
use super::tick::{may_be_written_to, zone};
use crate::app::App;
use crate::circle;
use crate::movement::{self, Person};
use crate::post::message::Content;
use crate::post::{self, Letter, Mail};
use crate::web::visit::Movement;
use crate::with;

/// What becomes of a mail that is due.
pub enum Prepared {
    /// It goes out to this address.
    Goes(String, Content),
    /// It is quiet where it goes; it waits until then.
    Waits(Time),
    /// Nobody may be written to any more; its letters stay for paper.
    Apart,
}

/// Looks once more whether a mail may go out, and writes it.
pub fn prepare(
    tx: &mut Tx<'_>,
    app: &App,
    (place, mail): (&Movement, &Mail),
    now: Time,
) -> Result<Prepared, StoreError> {
    let person = movement::person(tx, place.id, mail.person)?.filter(may_be_written_to);
    let choice = post::choice(tx, place.id, mail.person)?;
    let letters = sensible(tx, place, mail, &choice, now)?;
    let Some(person) = person.filter(|_| !letters.is_empty()) else {
        return Ok(Prepared::Apart);
    };
    let waits = not_in_quiet(now, &choice, &zone(&person, place));
    if waits > now {
        return Ok(Prepared::Waits(waits));
    }
    let sealed = person.email_sealed.as_deref().unwrap_or_default();
    let Some(to) = movement::email(&app.key.0, place.id, sealed) else {
        return Ok(Prepared::Apart);
    };
    Ok(Prepared::Goes(
        to,
        content(app, place, mail, (&person, &letters)),
    ))
}

/// The letters of a mail that still make sense and are still wanted.
fn sensible(
    tx: &mut Tx<'_>,
    place: &Movement,
    mail: &Mail,
    choice: &Choice,
    now: Time,
) -> Result<Vec<Letter>, StoreError> {
    let mut letters = post::letters_of(tx, place.id, mail.id)?;
    letters.retain(|letter| choice.wants(letter.kind));
    letters.retain(|letter| letter.ends.is_none_or(|ends| now < ends));
    if letters.iter().any(|letter| letter.begins.is_some()) {
        let coming = circle::coming(tx, place.id, now)?;
        let stands = |begins: Time| {
            let mut own = coming.iter().filter(|one| one.person == mail.person);
            own.any(|one| one.begins == begins)
        };
        letters.retain(|letter| letter.begins.is_none_or(stands));
    }
    Ok(letters)
}

fn content(
    app: &App,
    place: &Movement,
    mail: &Mail,
    (person, letters): (&Person, &[Letter]),
) -> Content {
    let say = |key: &str| app.tongue.say(key);
    let home = format!("{}/m/{}", app.base.origin, place.address);
    let stop = mute::link(app, place, mail.person);
    let mut lines = vec![say("letter-hello")];
    for kind in Kind::ALL {
        for line in lines_of(app, place, kind, (person, letters)) {
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    let foot = with![choose = format!("{home}/me/letters"), stop = stop.as_str()];
    lines.push(app.tongue.say_with("letter-foot", &foot));
    Content {
        id: mail.id,
        made: mail.made,
        subject: say("letter-subject"),
        text: lines.join("\n\n") + "\n",
        stop: Some(stop),
    }
}

fn lines_of(
    app: &App,
    place: &Movement,
    kind: Kind,
    (person, letters): (&Person, &[Letter]),
) -> Vec<String> {
    let home = format!("{}/m/{}", app.base.origin, place.address);
    let line = |letter: &Letter| {
        let key = format!("letter-{}", kind.word());
        match (kind, letter.begins) {
            (Kind::Invitation, _) => {
                let link = circle::answer_link(app, place, letter.about);
                app.tongue.say_with(&key, &with![link = link])
            }
            (_, Some(begins)) => {
                let when = when(app, begins, person, place);
                app.tongue
                    .say_with(&key, &with![when = when, link = home.as_str()])
            }
            _ => app.tongue.say_with(&key, &with![link = home.as_str()]),
        }
    };
    let of_kind = letters.iter().filter(|letter| letter.kind == kind);
    of_kind.map(line).collect()
}

/// "Tuesday, 8 December 2026, 19:00 (Europe/Lisbon)", on the clock of whoever reads it.
fn when(app: &App, begins: Time, person: &Person, place: &Movement) -> String {
    let own = begins.stamp().to_zoned(zone(person, place));
    crate::meeting::when_said(&app.tongue, &own)
}
