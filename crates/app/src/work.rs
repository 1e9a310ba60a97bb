//! What Mend does when nobody is looking: every job is a row, claimed by one worker at a time.
//! Never: does harm when a job runs twice.

use std::time::Duration;

use mend_rules::backup::EVERY_MINUTES;
use mend_rules::time::Time;
use mend_store::{Scope, StoreError, Tx};

use crate::app::App;
use crate::{ask, backup, circle, journal, letters, live, movement, people, post};

/// Everything that Mend does by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// Lets go of sessions, tries, links, uploads and invitations whose time is over.
    Sweep,
    /// Makes a backup, where the host asked for one every hour.
    Backup,
    /// Looks through the whole database for damage.
    Check,
    /// Brings in a long list of people.
    BringIn,
    /// Writes reminders that come due, and puts letters together into mails.
    Letters,
}

impl Job {
    const ALL: [Self; 5] = [
        Self::Sweep,
        Self::Backup,
        Self::Check,
        Self::BringIn,
        Self::Letters,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Sweep => "sweep",
            Self::Backup => "backup",
            Self::Check => "check",
            Self::BringIn => "bring in",
            Self::Letters => "letters",
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
            Self::BringIn => None,
            Self::Letters => Some(1),
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
    about: String,
    tries: i64,
}

/// Puts a job into the table; one of its kind at a time, and never for later than [`FAR`].
pub fn later(tx: &mut Tx<'_>, job: Job, due: Time) -> Result<(), StoreError> {
    later_about(tx, job, "", due)
}

/// Puts a job about one thing into the table; one of its kind for each thing.
pub fn later_about(tx: &mut Tx<'_>, job: Job, about: &str, due: Time) -> Result<(), StoreError> {
    let id = crate::app::fresh();
    rows::add(tx, id, job.word(), about, due)
}

/// Works until the program ends.
pub async fn work(app: App) {
    let now = app.now();
    let begun = app
        .store
        .write(Scope::Instance, move |tx| {
            // Whoever had claimed something was killed, or does it too; both may be.
            rows::release(tx)?;
            let by_itself = Job::ALL.into_iter().filter(|job| job.again().is_some());
            by_itself
                .into_iter()
                .try_for_each(|job| later(tx, job, now))
        })
        .await;
    if let Err(error) = begun {
        tracing::error!(%error, "jobs could not be put into the table");
    }
    loop {
        match once(&app).await {
            Ok(true) => {}
            Ok(false) => pause(&app).await,
            Err(error) => {
                tracing::error!(%error, "a job could not be claimed");
                pause(&app).await;
            }
        }
    }
}

/// Until it is time to look again, or somebody waits for a job.
async fn pause(app: &App) {
    let _ = tokio::time::timeout(PAUSE, app.wake.notified()).await;
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
        Some(Job::BringIn) => movement::import::work::carry_on(app, &claimed.about).await,
        Some(Job::Letters) => letters::tick::tick(app, now).await,
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

/// A lock is counted down, not ended at a time, so that no jump of the clock decides about it.
async fn count_locks(app: &App, now: Time) -> Result<(), StoreError> {
    let movements = app.store.read(Scope::Instance, movement::every).await?;
    for place in movements {
        app.store
            .write(Scope::Movement(place.id.0), move |tx| {
                movement::lockdown::count(tx, place.id, now)
            })
            .await?;
    }
    Ok(())
}

async fn sweep(app: &App, now: Time) -> Result<(), StoreError> {
    count_locks(app, now).await?;
    if !app.clock.is_believed() {
        return Ok(());
    }
    let movements = app
        .store
        .write(Scope::Instance, move |tx| {
            people::sweep(tx, now, now.minutes(-60))?;
            journal::sweep(tx, now)?;
            movement::every(tx)
        })
        .await?;
    for place in movements {
        let (app, today) = (app.clone(), now.day(&place.zone));
        let store = app.store.clone();
        store
            .write(Scope::Movement(place.id.0), move |tx| {
                movement::sweep(tx, place.id, now, now.minutes(-60))?;
                circle::sweep(tx, place.id, now)?;
                post::forget(tx, place.id, now)?;
                live::sweep(tx, place.id, now)?;
                ask::sweep(tx, &app.key.0, place.id, today)
            })
            .await?;
    }
    live::sweep_over(app, now).await?;
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

    pub fn add(
        tx: &mut Tx<'_>,
        id: [u8; 16],
        kind: &str,
        about: &str,
        due: Time,
    ) -> Result<(), StoreError> {
        sql!(
            "INSERT INTO job (id, kind, about, due_at, tries) VALUES ($1, $2, $3, $4, 0)
             ON CONFLICT (kind, about) DO NOTHING"
        )
        .id(id)
        .text(kind)
        .text(about)
        .int(due)
        .run(tx)
        .map(|_| ())
    }

    /// Lets every job be claimed again.
    pub fn release(tx: &mut Tx<'_>) -> Result<(), StoreError> {
        sql!("UPDATE job SET claimed_until = NULL WHERE claimed_until IS NOT NULL")
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
             RETURNING id, kind, tries, about"
        )
        .int(now)
        .int(until)
        .int(far)
        .maybe(tx, |row| {
            Ok(Claimed {
                id: row.id(0)?,
                job: Job::read(&row.text(1)?),
                tries: row.int(2)?,
                about: row.text(3)?,
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
