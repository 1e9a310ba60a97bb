//! What Mend does when nobody is looking: every job is a row, claimed by one worker at a time.
//! Never: does harm when a job runs twice.

use std::time::Duration;

use mend_rules::backup::EVERY_MINUTES;
use mend_rules::time::Time;
use mend_store::{Scope, StoreError, Tx};

use crate::app::App;
use crate::{backup, circle, movement, people};

/// Everything that Mend does by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// Lets go of sessions, tries, links, uploads and invitations whose time is over.
    Sweep,
    /// Makes a backup, where the host asked for one every hour.
    Backup,
    /// Looks through the whole database for damage.
    Check,
}

impl Job {
    const ALL: [Self; 3] = [Self::Sweep, Self::Backup, Self::Check];

    fn word(self) -> &'static str {
        match self {
            Self::Sweep => "sweep",
            Self::Backup => "backup",
            Self::Check => "check",
        }
    }

    fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|job| job.word() == word)
    }

    /// Minutes until it is due again; jobs without one are done once.
    fn again(self) -> Option<i64> {
        match self {
            Self::Sweep => Some(10),
            Self::Backup => Some(EVERY_MINUTES),
            Self::Check => Some(24 * 60),
        }
    }
}

/// How long a worker may keep a job before another one takes it, in minutes.
const CLAIM: i64 = 5;
/// After so many tries a job is parked for the host to look at.
const TRIES: i64 = 10;
/// No job is put off for so many days. One that seems to be was put off by a clock that went wrong,
/// so it is due.
const FAR: i64 = 3;
/// How often a worker looks.
const PAUSE: Duration = Duration::from_secs(20);

/// A job that was claimed.
#[derive(Debug, Clone)]
pub struct Claimed {
    id: [u8; 16],
    job: Option<Job>,
    tries: i64,
}

/// Puts a job into the table; one of its kind at a time, and never for later than [`FAR`].
pub fn later(tx: &mut Tx<'_>, job: Job, due: Time) -> Result<(), StoreError> {
    let id = crate::app::fresh();
    rows::add(tx, id, job.word(), due)
}

/// Works until the program ends.
pub async fn work(app: App) {
    let now = app.now();
    let begun = app
        .store
        .write(Scope::Instance, move |tx| {
            Job::ALL.into_iter().try_for_each(|job| later(tx, job, now))
        })
        .await;
    if let Err(error) = begun {
        tracing::error!(%error, "jobs could not be put into the table");
    }
    loop {
        match once(&app).await {
            Ok(true) => {}
            Ok(false) => tokio::time::sleep(PAUSE).await,
            Err(error) => {
                tracing::error!(%error, "a job could not be claimed");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// Does one job that is due; `false` when there is none.
pub async fn once(app: &App) -> Result<bool, StoreError> {
    let now = app.now();
    let claimed = app
        .store
        .write(Scope::Instance, move |tx| {
            rows::claim(tx, now, now.minutes(CLAIM), now.days(FAR))
        })
        .await?;
    let Some(claimed) = claimed else {
        return Ok(false);
    };
    let done = match claimed.job {
        Some(Job::Sweep) => sweep(app, now).await,
        Some(Job::Backup) => backup::carry_out(app, now).await,
        Some(Job::Check) => check(app).await,
        None => Err(StoreError::Odd("a job of a newer program".into())),
    };
    if let Err(error) = &done {
        tracing::error!(%error, tries = claimed.tries, "a job failed and is tried again");
    }
    app.store
        .write(Scope::Instance, move |tx| match &done {
            Ok(()) => match claimed.job.and_then(Job::again) {
                Some(minutes) => rows::again(tx, claimed.id, now.minutes(minutes), 0),
                None => rows::done(tx, claimed.id),
            },
            Err(why) if claimed.tries >= TRIES && claimed.job.and_then(Job::again).is_none() => {
                rows::park(tx, claimed.id, &why.to_string())
            }
            Err(_) => {
                // What comes again anyway is never put off for longer than that.
                let often = claimed.job.and_then(Job::again).unwrap_or(i64::MAX);
                let pause = (1 << claimed.tries.min(9)).min(often);
                rows::again(tx, claimed.id, now.minutes(pause), claimed.tries)
            }
        })
        .await?;
    Ok(true)
}

async fn sweep(app: &App, now: Time) -> Result<(), StoreError> {
    if !app.clock.is_believed() {
        return Ok(());
    }
    let movements = app
        .store
        .write(Scope::Instance, move |tx| {
            people::sweep(tx, now, now.minutes(-60))?;
            movement::every(tx)
        })
        .await?;
    for place in movements {
        app.store
            .write(Scope::Movement(place.id.0), move |tx| {
                movement::sweep(tx, place.id, now, now.minutes(-60))?;
                circle::sweep(tx, place.id, now)
            })
            .await?;
    }
    // What was let go of must not be readable in the log of the database either.
    app.store.settle().await
}

/// A damaged file is said to the log by the store, which then stops all writing.
async fn check(app: &App) -> Result<(), StoreError> {
    let store = app.store.clone();
    let checked = tokio::task::spawn_blocking(move || store.check_now()).await;
    checked.unwrap_or_else(|stopped| Err(StoreError::Odd(stopped.to_string())))
}

mod rows {
    use super::{Claimed, Job, StoreError, Time, Tx};
    use mend_store::sql;

    pub fn add(tx: &mut Tx<'_>, id: [u8; 16], kind: &str, due: Time) -> Result<(), StoreError> {
        sql!(
            "INSERT INTO job (id, kind, about, due_at, tries) VALUES ($1, $2, '', $3, 0)
             ON CONFLICT (kind, about) DO NOTHING"
        )
        .id(id)
        .text(kind)
        .int(due)
        .run(tx)
        .map(|_| ())
    }

    pub fn claim(
        tx: &mut Tx<'_>,
        now: Time,
        until: Time,
        far: Time,
    ) -> Result<Option<Claimed>, StoreError> {
        sql!(
            "UPDATE job SET claimed_until = $2, tries = tries + 1
              WHERE parked IS NULL
                AND (claimed_until IS NULL OR claimed_until <= $1 OR claimed_until > $3)
                AND id = (SELECT id FROM job
                           WHERE (due_at <= $1 OR due_at > $3) AND parked IS NULL
                             AND (claimed_until IS NULL OR claimed_until <= $1 OR claimed_until > $3)
                           ORDER BY due_at LIMIT 1)
             RETURNING id, kind, tries"
        )
        .int(now)
        .int(until)
        .int(far)
        .maybe(tx, |row| {
            Ok(Claimed {
                id: row.id(0)?,
                job: Job::read(&row.text(1)?),
                tries: row.int(2)?,
            })
        })
    }

    pub fn again(tx: &mut Tx<'_>, id: [u8; 16], due: Time, tries: i64) -> Result<(), StoreError> {
        sql!("UPDATE job SET due_at = $2, tries = $3, claimed_until = NULL WHERE id = $1")
            .id(id)
            .int(due)
            .int(tries)
            .run(tx)
            .map(|_| ())
    }

    pub fn done(tx: &mut Tx<'_>, id: [u8; 16]) -> Result<(), StoreError> {
        sql!("DELETE FROM job WHERE id = $1")
            .id(id)
            .run(tx)
            .map(|_| ())
    }

    pub fn park(tx: &mut Tx<'_>, id: [u8; 16], why: &str) -> Result<(), StoreError> {
        sql!("UPDATE job SET parked = $2, claimed_until = NULL WHERE id = $1")
            .id(id)
            .text(why)
            .run(tx)
            .map(|_| ())
    }
}
