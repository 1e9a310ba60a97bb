//! Backups by command: parses, calls, and says what to do next.

use std::path::PathBuf;

use clap::Args;
use mend_rules::time::Time;
use mend_store::Place;

use super::Plan;
use super::make::{Asked, make};
use super::restore::{KeyIs, Restored, drill, put_key, restore};
use super::sealed::{self, Recipient};
use crate::keys;
use crate::serve::Home;

const ON_POSTGRES: &str = "Backups of PostgreSQL are made with its own program, pg_dump; docs/run/keep.md has the lines to copy.";

/// What `mend backup` is asked for, besides where the data is.
#[derive(Args, Debug)]
#[group(id = "backup-asked")]
pub struct Backup {
    /// The folder that the backup goes into; best on another disk.
    #[arg(long, value_name = "FOLDER")]
    to: PathBuf,
    /// Who can open it: a line that mend keygen printed. Give it again for each person.
    #[arg(long, value_name = "age1…", value_parser = sealed::recipient)]
    recipient: Vec<Recipient>,
    /// Make it without a seal: whoever has the file reads everything in it.
    #[arg(long, conflicts_with = "recipient")]
    open: bool,
    /// Put the column key inside. Without it, keep a copy of column.key yourself.
    #[arg(long)]
    with_key: bool,
}

impl Backup {
    pub fn carry_out(&self, home: &Home, now: Time) -> Result<(), String> {
        let Place::File(data) = &home.place else {
            return Err(ON_POSTGRES.into());
        };
        if self.recipient.is_empty() && !self.open {
            return Err("Say who can open the backup with --recipient age1… (mend keygen makes a key), or ask for one that everybody can read with --open.".into());
        }
        let key = match self.with_key {
            true => Some(keys::read(&keys::file(&home.keys)).map_err(|why| why.to_string())?),
            false => None,
        };
        let made = make(
            &Asked {
                data,
                folder: &self.to,
                recipients: &self.recipient,
                key: key.as_ref(),
            },
            now,
        )?;
        println!("{}", made.display());
        eprintln!("{}", self.about_key(&keys::file(&home.keys)));
        Ok(())
    }

    fn about_key(&self, key: &std::path::Path) -> String {
        match (self.with_key, self.open) {
            (true, true) => "The column key is inside, and the backup is not sealed: whoever has this file reads the e-mail addresses too.".into(),
            (true, false) => "The column key is inside.".into(),
            (false, _) => format!(
                "The column key is not inside. Keep a copy of {} in another place; without it this backup brings no e-mail addresses back.",
                key.display()
            ),
        }
    }
}

/// How `mend serve` is asked for a backup every hour.
#[derive(Args, Debug)]
pub struct Schedule {
    /// Make a backup every hour into this folder, and keep 14 days of them.
    #[arg(
        long,
        env = "MEND_BACKUP_TO",
        value_name = "FOLDER",
        requires = "backup_recipient"
    )]
    backup_to: Option<PathBuf>,
    /// Who can open them. Give it again for each person; in MEND_BACKUP_RECIPIENTS put commas between.
    #[arg(
        long,
        env = "MEND_BACKUP_RECIPIENTS",
        value_name = "age1…",
        value_delimiter = ',',
        requires = "backup_to",
        value_parser = sealed::recipient
    )]
    backup_recipient: Vec<Recipient>,
}

impl Schedule {
    /// The plan, where one was asked for.
    pub fn plan(self, home: &Home, now: Time) -> Result<Option<Plan>, String> {
        let Some(folder) = &self.backup_to else {
            return Ok(None);
        };
        match &home.place {
            Place::Postgres(_) => Err(ON_POSTGRES.into()),
            Place::File(data) => Plan::new(data, folder, self.backup_recipient, now).map(Some),
        }
    }
}

/// What `mend restore` is asked for.
#[derive(Args, Debug)]
pub struct Restore {
    /// The backup.
    file: PathBuf,
    /// The folder to put the data into; it must be empty or not there yet.
    #[arg(
        long,
        value_name = "FOLDER",
        required_unless_present = "drill",
        conflicts_with = "drill"
    )]
    data: Option<PathBuf>,
    /// The file of a key that opens the backup.
    #[arg(long, value_name = "KEYFILE")]
    identity: Option<PathBuf>,
    /// The folder of the column key; beside the data folder if not named.
    #[arg(long, value_name = "FOLDER", conflicts_with = "drill")]
    keys: Option<PathBuf>,
    /// Only try it: restore into a folder that goes again, and count what is there.
    #[arg(long)]
    drill: bool,
    /// In a drill: a file with the column key typed in from paper, to see whether it is the right one.
    #[arg(long, value_name = "KEYFILE", requires = "drill")]
    column_key: Option<PathBuf>,
}

impl Restore {
    pub fn carry_out(&self) -> Result<(), String> {
        let identity = self.identity.as_deref();
        match &self.data {
            None => {
                let paper = self.column_key.as_deref();
                let restored = drill(&self.file, identity, paper)?;
                println!("{}", counted(&restored));
                println!("{}", key_in_drill(&restored, paper.is_some()));
                println!("The drill went well. Its folder is gone again.");
            }
            Some(folder) => {
                let restored = restore(&self.file, identity, folder)?;
                let keys = self.keys.clone().unwrap_or_else(|| keys::folder(folder));
                let key = put_key(restored.key.as_ref(), &keys)?;
                println!("{}", counted(&restored));
                println!("{}", next(&key));
                println!(
                    "Then start Mend as before, with all its other options, and this folder: --data {}\nIf it says “Begin here”, the folder is a wrong one: stop it and look again.\nEverybody signs in again. Who was erased after this backup was made is back: erase them again.",
                    folder.display()
                );
            }
        }
        Ok(())
    }
}

fn counted(restored: &Restored) -> String {
    format!(
        "The backup is whole. Movements: {}. People: {}.",
        restored.movements, restored.people
    )
}

fn key_in_drill(restored: &Restored, tried: bool) -> &'static str {
    match (tried, &restored.key) {
        (true, _) => "The column key from paper belongs to this data.",
        (false, Some(_)) => "The column key is inside.",
        (false, None) => "The column key is not inside; --column-key tries the one from paper.",
    }
}

fn next(key: &KeyIs) -> String {
    match key {
        KeyIs::Written(file) => {
            format!("The column key was inside and lies in {}.", file.display())
        }
        KeyIs::There(file) => format!(
            "The key {} was there already and is left as it is; Mend says at its start if it belongs to other data.",
            file.display()
        ),
        KeyIs::Missing(file) => format!(
            "The column key is not inside. Type the line from the paper into {} before you start.",
            file.display()
        ),
    }
}

/// Prints a fresh key; the words go elsewhere, so that the key alone can be sent into a file.
pub fn keygen() {
    let (text, recipient) = sealed::generate();
    print!("{text}");
    eprintln!(
        "\nThe line that begins with AGE-SECRET-KEY-1 opens backups. Keep it off the server: print it or write it down twice,\nand put the papers into two places that only people you trust can reach. Nobody can make it again.\nGive the server only this line:\n  {recipient}"
    );
}
