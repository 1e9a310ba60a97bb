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
                "The key file {} is not there, and this data was made with one. Type it in from the paper, or name the folder it lies in with --keys. If every copy is lost: mend key new --help.",
                file.display()
            ),
            Self::Other(file) => write!(
                f,
                "The key file {} belongs to other data. Put the line from the right paper into it, or name the folder of the right key with --keys.",
                file.display()
            ),
            Self::Damaged(file) => write!(
                f,
                "The key file {} cannot be read as a key. It is one line that begins with mend-column-key-1; compare it with the paper sign by sign.",
                file.display()
            ),
            Self::Unwritable(file, why) => write!(
                f,
                "The key file {} cannot be made or read: {why}. Give it and its folder to the account that runs Mend, or name another one with --keys.",
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
    let key = read(&file)?;
    if print_of(&key) != print {
        return Err(KeyTrouble::Other(file));
    }
    Ok(key)
}

/// Whether a key is the one that this data was made with.
pub fn belongs(store: &Store, key: &ColumnKey) -> Result<bool, StoreError> {
    let print = store.read_now(Scope::Instance, rows::print)?;
    Ok(print.is_none_or(|print| print == print_of(key)))
}

/// A new key for data whose own is lost. What the lost one sealed stays closed for good, so this
/// is refused as long as the right key is there.
pub fn renew(store: &Store, folder: &Path) -> Result<PathBuf, String> {
    let file = file(folder);
    if let Some(there) = in_use(store, &file)? {
        return Err(there);
    }
    let key = make(&file).map_err(|why| why.to_string())?;
    let print = print_of(&key);
    store
        .write_now(Scope::Instance, move |tx| rows::replace(tx, &print))
        .map_err(|why: StoreError| why.to_string())?;
    Ok(file)
}

/// Why no new key may be made here.
fn in_use(store: &Store, file: &Path) -> Result<Option<String>, String> {
    let found = match read(file) {
        Err(KeyTrouble::Missing(_)) => return Ok(None),
        found => found,
    };
    let right = match &found {
        Ok(key) => belongs(store, key).map_err(|why| why.to_string())?,
        Err(_) => false,
    };
    Ok(Some(if right {
        format!(
            "The key file {} is there and belongs to this data. Nothing was changed.",
            file.display()
        )
    } else {
        format!(
            "There is a file {} already, and it is not overwritten. Move it away if it is of no use.",
            file.display()
        )
    }))
}

fn print_of(key: &ColumnKey) -> Vec<u8> {
    key.fingerprint("instance", "this key").to_vec()
}

/// The key in a file.
pub fn read(file: &Path) -> Result<ColumnKey, KeyTrouble> {
    let damaged = || KeyTrouble::Damaged(file.to_owned());
    let bytes = fs::read(file).map_err(|why| match why.kind() {
        std::io::ErrorKind::NotFound => KeyTrouble::Missing(file.to_owned()),
        _ => KeyTrouble::Unwritable(file.to_owned(), why),
    })?;
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

    pub fn replace(tx: &mut Tx<'_>, print: &[u8]) -> Result<(), StoreError> {
        sql!("UPDATE instance SET key_print = $1")
            .bytes(print)
            .run(tx)
            .map(|_| ())
    }
}
