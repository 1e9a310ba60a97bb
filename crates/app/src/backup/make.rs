//! Making a backup: copy, check, seal, and only then the name that counts.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use mend_rules::time::Time;
use mend_seal::ColumnKey;

use super::sealed::{self, Recipient};
use super::shelf;

/// What is asked for.
pub struct Asked<'a> {
    /// The database.
    pub data: &'a Path,
    /// Where the backup goes.
    pub folder: &'a Path,
    /// Who can open it; without any it is open to whoever holds it.
    pub recipients: &'a [Recipient],
    /// The column key, to be put behind the data.
    pub key: Option<&'a ColumnKey>,
}

/// Makes a backup and gives its name. It is there whole, or not at all.
pub fn make(asked: &Asked<'_>, now: Time) -> Result<PathBuf, String> {
    let home = asked.data.parent().unwrap_or(Path::new("."));
    if !asked.data.is_file() {
        return Err(format!(
            "There is no data in {}. Name its folder with --data.",
            home.display()
        ));
    }
    let _lock = lock(home)?;
    shelf::clear_parts(asked.folder)?;
    // The unsealed copy stays beside the data and never lies where backups are kept.
    let plain = home.join("backup.part");
    remove(&plain)?;
    let made = copied(asked.data, &plain).and_then(|()| keep(asked, &plain, now));
    remove(&plain)?;
    made
}

/// One backup at a time; a lock goes with the program that holds it.
fn lock(home: &Path) -> Result<File, String> {
    let file = home.join("backup.lock");
    let opened = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&file);
    let lock = opened.map_err(|why| {
        format!(
            "{} cannot be made: {why}. Run this as the account that runs Mend.",
            file.display()
        )
    })?;
    lock.try_lock().map_err(|_| {
        "Another backup of this data is being made. Wait for it, and look into its folder."
            .to_owned()
    })?;
    Ok(lock)
}

fn copied(data: &Path, plain: &Path) -> Result<(), String> {
    let copied = mend_store::copy(data, plain);
    copied.map_err(|why| format!("No backup was made: {why}."))?;
    let looked = mend_store::look_at(plain);
    looked.map(|_| ()).map_err(|why| why.to_string())
}

fn keep(asked: &Asked<'_>, plain: &Path, now: Time) -> Result<PathBuf, String> {
    let file = asked
        .folder
        .join(shelf::name(now, !asked.recipients.is_empty()));
    let mut part = file.clone().into_os_string();
    part.push(shelf::PART);
    let part = PathBuf::from(part);
    let written = || -> io::Result<()> {
        let key = asked.key.map(|key| key.to_text());
        let line = key
            .as_ref()
            .map_or(String::new(), |key| format!("{}\n", **key));
        let mut content = File::open(plain)?.chain(line.as_bytes());
        let mut out = create(&part)?;
        match asked.recipients {
            [] => io::copy(&mut content, &mut out).map(|_| ())?,
            recipients => sealed::seal(&mut content, &mut out, recipients)?,
        }
        out.flush()?;
        out.sync_all()?;
        fs::rename(&part, &file)?;
        sync_folder(asked.folder)
    };
    written().map_err(|why| {
        let _ = fs::remove_file(&part);
        format!(
            "No backup was made: {} cannot be written ({why}). Make room there, or name another folder.",
            file.display()
        )
    })?;
    Ok(file)
}

/// A new file that only the account running Mend can read.
pub fn create(file: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)
}

/// Puts the names in a folder on the disk; only Unix has a way to ask for it.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

fn remove(file: &Path) -> Result<(), String> {
    match fs::remove_file(file) {
        Err(why) if why.kind() != io::ErrorKind::NotFound => {
            Err(format!("{} cannot be removed: {why}.", file.display()))
        }
        _ => Ok(()),
    }
}
