//! Rows that pass: they survive the program, and go without a trace, backups included.
#![allow(clippy::unwrap_used)] // A failed step is a failed test.

use std::fs;
use std::path::Path;

use mend_store::testing::{Fresh, fresh, on_both, plain};
use mend_store::{Place, Scope, Store, StoreError, copy, sql};

const SCOPE: Scope = Scope::Movement([3; 16]);
/// What could be read of it; long enough to need pages of its own.
const BODY: &[u8] = &[0xA7; 9000];

fn add(store: &Store) {
    let added = store.write_now::<_, StoreError>(SCOPE, |tx| {
        sql!(
            "INSERT INTO live (circle_id, id, movement_id, version, body_sealed, changed_at)
             VALUES ($1, $1, $2, 1, $3, 1)"
        )
        .id([1; 16])
        .id([3; 16])
        .bytes(BODY)
        .run(tx)
    });
    added.unwrap();
}

fn remove(store: &Store) {
    let removed = store.write_now::<_, StoreError>(SCOPE, |tx| {
        sql!("DELETE FROM live WHERE circle_id = $1")
            .id([1; 16])
            .run(tx)
    });
    assert_eq!(removed, Ok(1));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(store.settle()).unwrap();
}

fn count(store: &Store) -> i64 {
    let counted = store.read_now::<_, StoreError>(SCOPE, |tx| {
        sql!("SELECT COUNT(*) FROM live").one(tx, |row| row.int(0))
    });
    counted.unwrap()
}

fn holds(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        let bytes = fs::read(&file).unwrap();
        if bytes.windows(64).any(|part| part == &BODY[..64]) {
            found.push(file.file_name().unwrap().to_string_lossy().into_owned());
        }
    }
    found
}

fn folder(fresh: &Fresh) -> &Path {
    match &fresh.place {
        Place::File(file) => file.parent().unwrap(),
        Place::Postgres(_) => panic!("asked for SQLite"),
    }
}

#[test]
fn they_survive_the_program() {
    on_both(|fresh| {
        add(&fresh.store);
        let other = Store::open(&fresh.place).unwrap();
        assert_eq!(count(&other), 1);
    });
}

#[test]
fn they_lie_in_no_backup_and_in_no_file_once_they_are_gone() {
    let fresh = fresh("sqlite");
    add(&fresh.store);
    let folder = folder(&fresh);
    let stands = holds(folder);
    assert!(!stands.is_empty(), "the scan sees them");
    assert!(
        stands.iter().all(|name| name.starts_with("live.db")),
        "{stands:?}"
    );
    let aside = tempfile::tempdir().unwrap();
    copy(&folder.join("mend.db"), &aside.path().join("copy.db")).unwrap();
    assert!(holds(aside.path()).is_empty(), "a backup holds them");
    remove(&fresh.store);
    assert!(holds(folder).is_empty());
}

#[test]
fn on_postgresql_the_table_is_not_logged_and_is_empty_again() {
    on_both(|fresh| {
        let Place::Postgres(address) = &fresh.place else {
            return;
        };
        add(&fresh.store);
        let say = "DO $$ BEGIN
             ASSERT (SELECT relpersistence FROM pg_class WHERE oid = 'live'::regclass) = 'u';
             ASSERT pg_relation_size('live') > 0; END $$";
        plain(address, say);
        remove(&fresh.store);
        plain(
            address,
            "DO $$ BEGIN ASSERT pg_relation_size('live') = 0; END $$",
        );
    });
}
