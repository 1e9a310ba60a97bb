//! Handing mails over, one after the other, apart from all other jobs: a mail server may take its
//! time. What cannot be handed over waits, longer each time; what may have arrived is never sent
//! again by itself.

use std::time::Duration;

use lettre::address::Address;
use mend_rules::letter::again;
use mend_rules::time::Time;
use mend_store::{Scope, StoreError};

use super::words::{Prepared, prepare};
use crate::app::App;
use crate::movement;
use crate::post::message::{Content, build};
use crate::post::smtp::{Failed, PATIENT, Patience};
use crate::post::{self, Mail, State, Trouble, Way};
use crate::web::visit::Movement;

/// For so many minutes a mail is in the hands of whoever claimed it: longer than all patience with
/// a server together.
const CLAIM: i64 = 15;
/// As in `work.rs`: nothing is put off for so many days.
const FAR: i64 = 3;
/// How often the outbox is looked at, and how seldom after a server failed again and again.
const PAUSE: Duration = Duration::from_secs(10);
const LONGEST_PAUSE: Duration = Duration::from_secs(10 * 60);

/// Sends until the program ends; nothing where there is no way out.
pub async fn work(app: App) {
    if !app.writes() {
        return;
    }
    let mut pause = PAUSE;
    loop {
        pause = match round(&app, PATIENT).await {
            Ok(Round::Done(_)) => PAUSE,
            Ok(Round::Failed) => LONGEST_PAUSE.min(pause * 2),
            Err(error) => {
                tracing::error!(%error, "the outbox cannot be looked at");
                LONGEST_PAUSE.min(pause * 2)
            }
        };
        tokio::time::sleep(pause).await;
    }
}

/// How a look at the outbox ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Round {
    /// Everything that was due was tried; so many mails.
    Done(usize),
    /// The way out is closed for now, so the others wait.
    Failed,
}

/// Hands over what is due, in every movement.
pub async fn round(app: &App, patience: Patience) -> Result<Round, StoreError> {
    let Some(way) = app.post.get() else {
        return Ok(Round::Done(0));
    };
    let mut tried = 0;
    for place in app.store.read(Scope::Instance, movement::every).await? {
        while let Some(mail) = claim(app, &place).await? {
            tried += 1;
            if !one(app, (way, patience), &place, mail).await? {
                return Ok(Round::Failed);
            }
        }
    }
    Ok(Round::Done(tried))
}

async fn claim(app: &App, place: &Movement) -> Result<Option<Mail>, StoreError> {
    let (id, now) = (place.id, app.now());
    let times = (now, now.minutes(CLAIM), now.days(FAR));
    app.store
        .write(Scope::Movement(id.0), move |tx| post::claim(tx, id, times))
        .await
}

/// What becomes of a claimed mail; `false` when the others would fare no better.
async fn one(
    app: &App,
    ways: (&Way, Patience),
    place: &Movement,
    mail: Mail,
) -> Result<bool, StoreError> {
    let now = app.now();
    let (there, movement) = (app.clone(), place.clone());
    let prepared = app
        .store
        .read(Scope::Movement(place.id.0), move |tx| {
            prepare(tx, &there, (&movement, &mail), now)
        })
        .await?;
    match prepared {
        Prepared::Goes(to, content) => {
            match hand(app, ways, (place, &mail), (&to, &content)).await? {
                Some(handed) => ended(app, place, mail, handed).await,
                None => Ok(true),
            }
        }
        Prepared::Waits(until) => {
            let tries = mail.tries - 1;
            keep(app, place, move |tx, id| {
                post::mark_later(tx, id, &mail, (until, tries, None))
            })
            .await?;
            Ok(true)
        }
        Prepared::Apart => {
            keep(app, place, move |tx, id| post::unbundle(tx, id, mail.id)).await?;
            Ok(true)
        }
    }
}

/// Hands a mail over; nothing where somebody else has it by now, and then the server got nothing
/// from us.
async fn hand(
    app: &App,
    (way, patience): (&Way, Patience),
    (place, mail): (&Movement, &Mail),
    (to, content): (&str, &Content),
) -> Result<Option<Result<(), Failed>>, StoreError> {
    let Ok(to) = to.parse::<Address>() else {
        return Ok(Some(Err(Trouble::Address.into())));
    };
    let Ok(bytes) = build(&way.from, &to, content) else {
        return Ok(Some(Err(Trouble::Address.into())));
    };
    let opened = match way.open(&to, patience).await {
        Ok(opened) => opened,
        Err(failed) => return Ok(Some(Err(failed))),
    };
    let (until, mine) = (app.now().minutes(CLAIM), *mail);
    let marked = keep(app, place, move |tx, id| {
        post::mark_handing(tx, id, &mine, until)
    });
    if !marked.await? {
        return Ok(None);
    }
    let name = mend_rules::id::PersonId(content.id).to_string();
    Ok(Some(opened.hand(name, bytes).await))
}

async fn ended(
    app: &App,
    place: &Movement,
    mail: Mail,
    handed: Result<(), Failed>,
) -> Result<bool, StoreError> {
    let now = app.now();
    let Err(Failed { trouble, .. }) = handed else {
        keep(app, place, move |tx, id| {
            post::handed_over(tx, id, &mail, now)
        })
        .await?;
        return Ok(true);
    };
    tracing::warn!(trouble = trouble.word(), "a letter did not go out");
    keep(app, place, move |tx, id| {
        match fate(trouble, mail.tries, now) {
            Fate::Later(next) => post::mark_later(tx, id, &mail, (next, mail.tries, Some(trouble))),
            Fate::Parked(state) => post::mark_parked(tx, id, &mail, (state, trouble)),
        }
    })
    .await?;
    Ok(!trouble.is_of_the_server())
}

enum Fate {
    Later(Time),
    Parked(State),
}

fn fate(trouble: Trouble, tries: i64, now: Time) -> Fate {
    match again(tries) {
        _ if trouble == Trouble::Unknown => Fate::Parked(State::Perhaps),
        Some(minutes) if !trouble.is_final() => Fate::Later(now.minutes(minutes)),
        _ => Fate::Parked(State::Dead),
    }
}

async fn keep<T: Send + 'static>(
    app: &App,
    place: &Movement,
    mut act: impl FnMut(&mut mend_store::Tx<'_>, mend_rules::id::MovementId) -> Result<T, StoreError>
    + Send
    + 'static,
) -> Result<T, StoreError> {
    let id = place.id;
    app.store
        .write(Scope::Movement(id.0), move |tx| act(tx, id))
        .await
}
