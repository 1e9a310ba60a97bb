//! The way back: into an empty folder, or into one that goes at once to see that it works.
//! Never: writes over data or over a key.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use mend_seal::ColumnKey;
use mend_store::{OpenError, Place, Scope, Store, StoreError};

use super::make::{create, sync_folder};
use super::sealed;
use crate::{keys, movement, people};

/// SQLite writes pages of this size; what comes behind the last one is the line of a key.
const PAGE: u64 = 4096;

/// What a restored backup was.
pub struct Restored {
    pub movements: usize,
    pub people: usize,
    /// The column key, where the backup had it inside.
    pub key: Option<ColumnKey>,
}

/// Puts a backup into a folder that is empty or not there yet.
pub fn restore(file: &Path, identity: Option<&Path>, folder: &Path) -> Result<Restored, String> {
    let name = folder.display();
    let there = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if there {
        return Err(format!(
            "There is something in {name} already, and a backup never goes over it. Name an empty folder with --data."
        ));
    }
    crate::serve::make_own(folder)
        .map_err(|why| format!("The folder {name} cannot be made: {why}."))?;
    let part = folder.join("mend.db.part");
    let whole = folder.join("mend.db");
    let restored = unpack(file, identity, &part).and_then(|key| {
        fs::rename(&part, &whole)
            .and_then(|()| sync_folder(folder))
            .map_err(|why| format!("{} cannot be written: {why}.", whole.display()))?;
        open(&whole, key)
    });
    if restored.is_err() {
        for left in ["mend.db.part", "mend.db", "mend.db-wal", "mend.db-shm"] {
            let _ = fs::remove_file(folder.join(left));
        }
    }
    restored
}

/// Restores into a folder that goes again, and looks whether all is there and whether a column
/// key belongs to it.
pub fn drill(
    file: &Path,
    identity: Option<&Path>,
    column_key: Option<&Path>,
) -> Result<Restored, String> {
    let folder = tempfile::tempdir().map_err(|why| {
        format!("No temporary folder can be made: {why}. TMPDIR names another place.")
    })?;
    let restored = restore(file, identity, folder.path())?;
    if let Some(paper) = column_key {
        let key = keys::read(paper).map_err(|why| why.to_string())?;
        let store = Store::open(&Place::File(folder.path().join("mend.db")))
            .map_err(|why| why.to_string())?;
        if !keys::belongs(&store, &key).map_err(|why| why.to_string())? {
            return Err(format!(
                "The backup is whole, but the key in {} belongs to other data. Look for the paper of this instance.",
                paper.display()
            ));
        }
    }
    Ok(restored)
}

/// Opens the restored data with this program, ends the sessions in it, and counts.
fn open(whole: &Path, key: Option<ColumnKey>) -> Result<Restored, String> {
    let store = Store::open(&Place::File(whole.to_owned())).map_err(|why| why.to_string())?;
    let lost = |why: StoreError| why.to_string();
    // Who signed out after the backup was made must not be signed in by it.
    let ended = store.write_now(Scope::Instance, people::end_every_session);
    ended.map_err(lost)?;
    let (movements, people) = count(&store).map_err(lost)?;
    Ok(Restored {
        movements,
        people,
        key,
    })
}

/// How many movements and people there are.
pub fn count(store: &Store) -> Result<(usize, usize), StoreError> {
    let all = store.read_now(Scope::Instance, movement::every)?;
    let mut people = 0;
    for place in &all {
        let scope = Scope::Movement(place.id.0);
        people += store
            .read_now(scope, |tx| movement::names(tx, place.id))?
            .len();
    }
    Ok((all.len(), people))
}

/// Writes the data of a backup to a file, checks it, and takes the key from behind it.
fn unpack(file: &Path, identity: Option<&Path>, to: &Path) -> Result<Option<ColumnKey>, String> {
    let unread = |why: io::Error| {
        format!(
            "The backup {} cannot be read: {why}. Is its disk connected, and may this account read it?",
            file.display()
        )
    };
    let mut from = BufReader::new(File::open(file).map_err(unread)?);
    let head = from.fill_buf().map_err(unread)?;
    if head.is_empty() {
        return Err(not_whole(file));
    }
    let sealed = head.starts_with(sealed::MARK);
    let mut plain: Box<dyn Read> = match (sealed, identity) {
        (false, _) => Box::new(from),
        (true, Some(keys)) => sealed::open(from, &sealed::identities(keys)?)?,
        (true, None) => {
            return Err(
                "This backup is sealed. Name the file of a key that opens it with --identity."
                    .into(),
            );
        }
    };
    let mut written = || -> io::Result<Vec<u8>> {
        let mut out = create(to)?;
        io::copy(&mut plain, &mut out)?;
        let behind = cut(to)?;
        out.sync_all()?;
        Ok(behind)
    };
    let behind = written().map_err(|why| match why.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => not_whole(file),
        _ => format!(
            "The backup cannot be unpacked into {}: {why}. It needs as much room as the data had; for a drill TMPDIR names another disk.",
            to.parent().unwrap_or(to).display()
        ),
    })?;
    mend_store::look_at(to).map_err(|why| match why {
        newer @ OpenError::Newer { .. } => newer.to_string(),
        _ => not_whole(file),
    })?;
    match String::from_utf8(behind) {
        Ok(line) if line.is_empty() => Ok(None),
        line => line
            .ok()
            .and_then(|line| ColumnKey::from_text(line.trim()).ok())
            .map(Some)
            .ok_or("The key in this backup cannot be read. Take another copy of it.".into()),
    }
}

fn not_whole(file: &Path) -> String {
    format!(
        "The backup {} is damaged or not complete. Take another copy of it, or the one before.",
        file.display()
    )
}

/// Cuts off what comes behind the last page.
fn cut(file: &Path) -> io::Result<Vec<u8>> {
    let mut it = fs::OpenOptions::new().read(true).write(true).open(file)?;
    let pages = it.metadata()?.len() / PAGE * PAGE;
    it.seek(SeekFrom::Start(pages))?;
    let mut behind = Vec::new();
    it.read_to_end(&mut behind)?;
    it.set_len(pages)?;
    Ok(behind)
}

/// What became of the key.
#[derive(Debug)]
pub enum KeyIs {
    /// It came out of the backup and lies here now.
    Written(PathBuf),
    /// One lay here already and was left as it is.
    There(PathBuf),
    /// It has to be put here.
    Missing(PathBuf),
}

/// Puts the key of a backup into its folder, unless there is one.
pub fn put_key(key: Option<&ColumnKey>, folder: &Path) -> Result<KeyIs, String> {
    let file = keys::file(folder);
    if file.exists() {
        return Ok(KeyIs::There(file));
    }
    match key {
        None => crate::serve::make_own(folder)
            .map(|()| KeyIs::Missing(file))
            .map_err(|why| format!("The folder {} cannot be made: {why}.", folder.display())),
        Some(key) => keys::keep(key, &file)
            .map(|()| KeyIs::Written(file))
            .map_err(|why| why.to_string()),
    }
}
