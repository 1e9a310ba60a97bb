//! Backups: a whole copy of the data, sealed to people who keep their keys elsewhere, and the way
//! back. By hand (`mend backup`, `mend restore`) and every hour (`work.rs`).
//!
//! Never: writes over data; leaves an unsealed copy where the sealed ones lie; holds a key that
//! opens what it sealed.
//! See: `docs/run/keep.md` for the people who do it.

pub mod command;
mod make;
mod restore;
pub mod sealed;
mod shelf;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};

use mend_rules::backup as rule;
use mend_rules::time::Time;
use mend_store::StoreError;

use crate::app::App;
use make::Asked;

/// What the program backs up by itself, and where to.
#[derive(Debug)]
pub struct Plan {
    /// The database.
    data: PathBuf,
    /// Where the backups go.
    folder: PathBuf,
    recipients: Vec<sealed::Recipient>,
    begun: Time,
    /// When the last one was made; 0 for never.
    last: AtomicI64,
}

impl Plan {
    /// Reads what was made before; the folder must be there.
    pub fn new(
        data: &Path,
        folder: &Path,
        recipients: Vec<sealed::Recipient>,
        now: Time,
    ) -> Result<Self, String> {
        let nearest = |all: Vec<Time>| all.into_iter().min_by_key(|made| made.0.abs_diff(now.0));
        let last = nearest(shelf::made(folder)?).map_or(0, |time| time.0);
        Ok(Self {
            data: data.to_owned(),
            folder: folder.to_owned(),
            recipients,
            begun: now,
            last: AtomicI64::new(last),
        })
    }

    /// Whether stewards should know that a backup is missing.
    pub fn is_late(&self, now: Time) -> bool {
        let last = match self.last.load(Ordering::Relaxed) {
            0 => None,
            last => Some(Time(last)),
        };
        rule::is_late(last, self.begun, now)
    }

    /// Makes one and lets go of the oldest.
    fn carry_out(&self, now: Time) -> Result<(), String> {
        let asked = Asked {
            data: &self.data,
            folder: &self.folder,
            recipients: &self.recipients,
            key: None,
        };
        make::make(&asked, now)?;
        self.last.store(now.0, Ordering::Relaxed);
        shelf::let_go(&self.folder, now)
    }
}

/// The hourly backup; nothing where none was asked for.
pub async fn carry_out(app: &App, now: Time) -> Result<(), StoreError> {
    let app = app.clone();
    let made = tokio::task::spawn_blocking(move || match app.backups.get() {
        Some(plan) => plan.carry_out(now),
        None => Ok(()),
    });
    let made = made
        .await
        .unwrap_or_else(|stopped| Err(stopped.to_string()));
    made.map_err(StoreError::Odd)
}

/// Whether a backup is missing that was asked for.
pub fn is_late(app: &App, now: Time) -> bool {
    app.backups.get().is_some_and(|plan| plan.is_late(now))
}
