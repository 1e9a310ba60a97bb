//! The folder of the backups: what they are called, which are there, and which may go.
//! Never: touches a file with a name that is not a backup's.

use std::fs;
use std::path::Path;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use mend_rules::backup as rule;
use mend_rules::time::Time;

const FORM: &str = "mend-%Y%m%dT%H%M%SZ";
const SEALED: &str = ".age";
const OPEN: &str = ".db";
/// What is still being written.
pub const PART: &str = ".part";

/// The name of a backup made at this time, in UTC.
pub fn name(made: Time, sealed: bool) -> String {
    let ending = if sealed { SEALED } else { OPEN };
    format!("{}{ending}", made.stamp().strftime(FORM))
}

/// When the backup with this name was made.
pub fn read(name: &str) -> Option<Time> {
    let stem = name
        .strip_suffix(SEALED)
        .or_else(|| name.strip_suffix(OPEN))?;
    let made = DateTime::strptime(FORM, stem).ok()?;
    Some(Time::from(made.to_zoned(TimeZone::UTC).ok()?.timestamp()))
}

fn names(folder: &Path) -> Result<Vec<String>, String> {
    let listed = || -> std::io::Result<Vec<String>> {
        let entries = fs::read_dir(folder)?;
        entries
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect()
    };
    listed().map_err(|why| {
        format!(
            "The folder {} for backups cannot be read: {why}. Make the folder or connect its disk, give it to the account that runs Mend, and try again.",
            folder.display()
        )
    })
}

/// When the backups in a folder were made.
pub fn made(folder: &Path) -> Result<Vec<Time>, String> {
    Ok(names(folder)?
        .iter()
        .filter_map(|name| read(name))
        .collect())
}

/// Lets go of backups whose time is over; only sealed ones, for nobody asked the program for others.
pub fn let_go(folder: &Path, now: Time) -> Result<(), String> {
    let sealed = |name: &String| name.ends_with(SEALED);
    let names = names(folder)?.into_iter().filter(sealed);
    let made: Vec<Time> = names.filter_map(|name| read(&name)).collect();
    for time in rule::over(&made, now) {
        let file = folder.join(name(time, true));
        fs::remove_file(&file).map_err(|why| {
            format!(
                "The old backup {} cannot be removed: {why}.",
                file.display()
            )
        })?;
    }
    Ok(())
}

/// Lets go of what a program that was killed left half written.
pub fn clear_parts(folder: &Path) -> Result<(), String> {
    for name in names(folder)? {
        let stem = name.strip_suffix(PART).and_then(read);
        if stem.is_some() {
            let _ = fs::remove_file(folder.join(name));
        }
    }
    Ok(())
}
