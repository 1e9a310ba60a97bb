//! The key file: the column key lies beside the data, not in it, so that a copied database alone
//! tells no addresses. Made at first start; without it an instance with data does not start.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use mend_rules::time::Time;
use mend_seal::ColumnKey;
use mend_store::{Scope, Store, StoreError, Tx};

use crate::app::dice;

/// Where the key of a data folder lies: in a folder beside it.
pub fn folder(data: &Path) -> PathBuf {
    let name = data
        .file_name()
        .unwrap_or("mend".as_ref())
        .to_string_lossy();
    data.with_file_name(format!("{name}-keys"))
}

/// The key file in a folder.
pub fn file(folder: &Path) -> PathBuf {
    folder.join("column.key")
}

/// Why there is no key. Each is a sentence with a way on.
#[derive(Debug)]
pub enum KeyTrouble {
    Missing(PathBuf),
    Other(PathBuf),
    Damaged(PathBuf),
    Unwritable(PathBuf, std::io::Error),
    Store(StoreError),
}

impl std::fmt::Display for KeyTrouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing(file) => write!(
                f,
                "The key file {} is not there, and this data was made with one. Put the file back (it is in your backup of keys), or name its folder with --keys.",
                file.display()
            ),
            Self::Other(file) => write!(
                f,
                "The key file {} belongs to other data. Name the folder of the right key with --keys.",
                file.display()
            ),
            Self::Damaged(file) => write!(
                f,
                "The key file {} cannot be read as a key. Put back an undamaged copy.",
                file.display()
            ),
            Self::Unwritable(file, why) => write!(
                f,
                "The key file {} cannot be made or read: {why}. Give the folder to the account that runs Mend, or name another one with --keys.",
                file.display()
            ),
            Self::Store(why) => write!(f, "The database does not answer: {why}."),
        }
    }
}

/// The key of an instance; made with the instance.
pub fn open(store: &Store, folder: &Path, now: Time) -> Result<ColumnKey, KeyTrouble> {
    let file = file(folder);
    let print = store
        .read_now(Scope::Instance, rows::print)
        .map_err(KeyTrouble::Store)?;
    let Some(print) = print else {
        let key = if file.exists() {
            read(&file)?
        } else {
            make(&file)?
        };
        let fresh = print_of(&key);
        store
            .write_now(Scope::Instance, move |tx| rows::add(tx, &fresh, now))
            .map_err(KeyTrouble::Store)?;
        return Ok(key);
    };
    if !file.exists() {
        return Err(KeyTrouble::Missing(file));
    }
    let key = read(&file)?;
    if print_of(&key) != print {
        return Err(KeyTrouble::Other(file));
    }
    Ok(key)
}

fn print_of(key: &ColumnKey) -> Vec<u8> {
    key.fingerprint("instance", "this key").to_vec()
}

/// The key in a file.
pub fn read(file: &Path) -> Result<ColumnKey, KeyTrouble> {
    let damaged = || KeyTrouble::Damaged(file.to_owned());
    let bytes = fs::read(file).map_err(|why| KeyTrouble::Unwritable(file.to_owned(), why))?;
    let text = std::str::from_utf8(&bytes).map_err(|_| damaged())?;
    ColumnKey::from_text(text.trim()).map_err(|_| damaged())
}

fn make(file: &Path) -> Result<ColumnKey, KeyTrouble> {
    let key = ColumnKey::make(&mut dice);
    keep(&key, file)?;
    Ok(key)
}

/// Writes a key into a file that is not there yet, for its owner alone.
pub fn keep(key: &ColumnKey, file: &Path) -> Result<(), KeyTrouble> {
    let written = || -> std::io::Result<()> {
        if let Some(folder) = file.parent() {
            crate::serve::make_own(folder)?;
        }
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut out = options.open(file)?;
        out.write_all(key.to_text().as_bytes())?;
        out.write_all(b"\n")?;
        out.sync_all()
    };
    written().map_err(|why| KeyTrouble::Unwritable(file.to_owned(), why))
}

#[cfg(test)]
mod tests;

mod rows {
    use super::{StoreError, Time, Tx};
    use mend_store::sql;

    pub fn print(tx: &mut Tx<'_>) -> Result<Option<Vec<u8>>, StoreError> {
        sql!("SELECT key_print FROM instance").maybe(tx, |row| row.bytes(0))
    }

    pub fn add(tx: &mut Tx<'_>, print: &[u8], now: Time) -> Result<(), StoreError> {
        sql!("INSERT INTO instance (one, key_print, made_at) VALUES (1, $1, $2)")
            .bytes(print)
            .int(now)
            .run(tx)
            .map(|_| ())
    }
}
