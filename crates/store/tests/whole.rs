//! A file that is damaged stops the writing and not the reading; a copy is whole and to oneself.
#![allow(clippy::unwrap_used)] // A failed step is a failed test.

use std::fs;
use std::io::{Seek, SeekFrom, Write};
use std::path::PathBuf;

use mend_store::testing::{Fresh, fresh};
use mend_store::{OpenError, Place, Scope, Store, StoreError, Tx, copy, look_at, newest, sql};

const PAGE: u64 = 4096;

fn file(fresh: &Fresh) -> PathBuf {
    match &fresh.place {
        Place::File(file) => file.clone(),
        Place::Postgres(_) => panic!("asked for SQLite"),
    }
}

fn add_job(tx: &mut Tx<'_>, n: u8) -> Result<(), StoreError> {
    sql!("INSERT INTO job (id, kind, about, due_at, tries) VALUES ($1, 'test', $2, 0, 0)")
        .id([n; 16])
        .text(format!("{n} {}", "long ".repeat(400)))
        .run(tx)
        .map(|_| ())
}

fn jobs(store: &Store) -> Result<i64, StoreError> {
    store.read_now(Scope::Instance, |tx| {
        sql!("SELECT COUNT(*) FROM job").one(tx, |row| row.int(0))
    })
}

fn movements(store: &Store) -> Result<i64, StoreError> {
    store.read_now(Scope::Instance, |tx| {
        sql!("SELECT COUNT(*) FROM movement").one(tx, |row| row.int(0))
    })
}

fn filled() -> Fresh {
    let fresh = fresh("sqlite");
    for n in 0..100 {
        let added = fresh
            .store
            .write_now(Scope::Instance, move |tx| add_job(tx, n));
        added.unwrap();
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(fresh.store.settle()).unwrap();
    fresh
}

/// Overwrites the last ten pages, as a dying disk or a careless hand would.
fn damage(file: &PathBuf) {
    let long = fs::metadata(file).unwrap().len();
    let mut out = fs::OpenOptions::new().write(true).open(file).unwrap();
    out.seek(SeekFrom::Start(long - 10 * PAGE)).unwrap();
    out.write_all(&[0xAB; 10 * PAGE as usize]).unwrap();
    out.sync_all().unwrap();
}

#[test]
fn a_damaged_file_is_not_opened_and_the_sentence_names_the_guide() {
    let fresh = filled();
    let copy = file(&fresh).with_file_name("other.db");
    fs::copy(file(&fresh), &copy).unwrap();
    damage(&copy);
    let before = fs::read(&copy).unwrap();
    let refused = Store::open(&Place::File(copy.clone()))
        .map(|_| ())
        .unwrap_err();
    assert!(matches!(refused, OpenError::Damaged { .. }), "{refused:?}");
    assert!(refused.to_string().contains("docs/run/keep.md"));
    assert_eq!(fs::read(&copy).unwrap(), before, "nothing was changed");
    assert!(matches!(look_at(&copy), Err(OpenError::Damaged { .. })));
}

#[test]
fn damage_found_by_looking_stops_writing_and_leaves_what_can_be_read() {
    let fresh = filled();
    assert_eq!(fresh.store.check_now(), Ok(()));
    damage(&file(&fresh));
    assert!(matches!(
        fresh.store.check_now(),
        Err(StoreError::Damaged(_))
    ));
    let refused = fresh
        .store
        .write_now(Scope::Instance, |tx| add_job(tx, 200));
    assert!(
        matches!(refused, Err(StoreError::Damaged(_))),
        "{refused:?}"
    );
    assert_eq!(movements(&fresh.store), Ok(0), "reads go on");
    let copied = copy(&file(&fresh), &file(&fresh).with_file_name("copy.db"));
    assert!(matches!(copied, Err(StoreError::Damaged(_))), "{copied:?}");
}

#[test]
fn damage_that_a_reader_meets_stops_writing_too() {
    let fresh = filled();
    damage(&file(&fresh));
    let again = fresh
        .store
        .read_now::<_, StoreError>(Scope::Instance, |tx| {
            sql!("SELECT about FROM job").all(tx, |row| row.text(0))
        });
    assert!(matches!(again, Err(StoreError::Damaged(_))), "{again:?}");
    let refused = fresh
        .store
        .write_now(Scope::Instance, |tx| add_job(tx, 200));
    assert!(
        matches!(refused, Err(StoreError::Damaged(_))),
        "{refused:?}"
    );
}

#[test]
fn a_copy_holds_what_was_there_and_opens_by_itself() {
    let fresh = filled();
    let to = file(&fresh).with_file_name("copy.db");
    copy(&file(&fresh), &to).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(
            fs::metadata(&to).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
    assert_eq!(look_at(&to), Ok(newest()));
    let opened = Store::open(&Place::File(to.clone())).unwrap();
    assert_eq!(jobs(&opened), Ok(100));
    let twice = copy(&file(&fresh), &to);
    assert!(twice.is_err(), "a copy never goes over what is there");
}

#[test]
fn a_database_of_something_else_is_no_data_of_mend() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.db");
    fs::write(&empty, "").unwrap();
    let refused = look_at(&empty);
    assert!(matches!(refused, Err(OpenError::Failed(_))), "{refused:?}");
}
