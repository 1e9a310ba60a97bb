//! What a store promises, on both engines.
#![allow(clippy::unwrap_used)]

use mend_store::testing::{engines, fresh, on_both};
use mend_store::{Heard, OpenError, Place, Scope, Sql, Store, StoreError, Tx, sql};

const A: [u8; 16] = [1; 16];
const B: [u8; 16] = [2; 16];

fn add_movement(tx: &mut Tx<'_>, id: [u8; 16], name: &str) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO movement (id, address, name, zone, source, circle_size, made_at)
         VALUES ($1, $2, $3, 'UTC', 'plain', 6, 0)"
    )
    .id(id)
    .text(name)
    .text(name)
    .run(tx)
    .map(|_| ())
}

fn add_group(tx: &mut Tx<'_>, id: [u8; 16], movement: [u8; 16]) -> Result<(), StoreError> {
    sql!("INSERT INTO working_group (id, movement_id, name, folded) VALUES ($1, $2, $3, $3)")
        .id(id)
        .id(movement)
        .text(format!("{id:?}"))
        .run(tx)
        .map(|_| ())
}

fn names(store: &Store) -> Vec<String> {
    store
        .read_now::<_, StoreError>(Scope::Instance, |tx| {
            sql!("SELECT name FROM movement ORDER BY name").all(tx, |row| row.text(0))
        })
        .unwrap()
}

#[test]
fn a_deed_that_fails_leaves_nothing_behind() {
    on_both(|fresh| {
        let refused = fresh.store.write_now::<(), _>(Scope::Instance, |tx| {
            add_movement(tx, A, "river")?;
            Err(StoreError::Busy)
        });
        assert_eq!(refused, Err(StoreError::Busy));
        assert!(names(&fresh.store).is_empty());
    });
}

/// More rows than one statement takes, and some over.
#[test]
fn many_rows_are_written_together_or_not_at_all() {
    on_both(|fresh| {
        let rows = |last: u16| -> Vec<Sql> {
            let id = |n: u16| [n.to_be_bytes(), [0; 2]].concat().repeat(4);
            (0..620)
                .chain([last])
                .map(|n| {
                    let id: [u8; 16] = id(n).try_into().unwrap();
                    sql!("INSERT INTO working_group (id, movement_id, name, folded) VALUES ($1, $2, $3, $3)")
                        .id(id)
                        .id(A)
                        .text(format!("group {n}"))
                })
                .collect()
        };
        let scope = Scope::Movement(A);
        let count = |tx: &mut Tx<'_>| {
            sql!("SELECT count(*), count(DISTINCT name) FROM working_group WHERE name = folded")
                .one(tx, |row| Ok((row.int(0)?, row.int(1)?)))
        };
        let store = &fresh.store;
        store
            .write_now(Scope::Instance, |tx| add_movement(tx, A, "river"))
            .unwrap();
        let twice = store.write_now(scope, move |tx| Sql::run_all(&rows(619), tx));
        assert_eq!(twice, Err(StoreError::Taken));
        assert_eq!(store.read_now(scope, count), Ok((0, 0)));
        let once = store.write_now(scope, move |tx| Sql::run_all(&rows(620), tx));
        assert_eq!(once, Ok(621));
        assert_eq!(store.read_now(scope, count), Ok((621, 621)));
    });
}

#[test]
fn a_unique_clash_is_called_taken_and_a_missing_row_dangling() {
    on_both(|fresh| {
        let write = |name: &'static str, id| {
            fresh
                .store
                .write_now(Scope::Instance, move |tx| add_movement(tx, id, name))
        };
        write("river", A).unwrap();
        assert_eq!(write("river", B), Err(StoreError::Taken));
        let orphan = fresh
            .store
            .write_now(Scope::Movement(B), |tx| add_group(tx, A, B));
        assert_eq!(orphan, Err(StoreError::Dangling));
    });
}

#[test]
fn sixty_four_clients_that_read_and_then_write_lose_no_change() {
    on_both(|fresh| {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        fresh
            .store
            .write_now(Scope::Instance, |tx| add_movement(tx, A, "0"))
            .unwrap();
        runtime.block_on(async {
            let mut all = tokio::task::JoinSet::new();
            for _ in 0..64 {
                let store = fresh.store.clone();
                all.spawn(async move { raise_by_one(&store).await });
            }
            while let Some(done) = all.join_next().await {
                done.unwrap().unwrap();
            }
        });
        assert_eq!(names(&fresh.store), ["64"]);
    });
}

async fn raise_by_one(store: &Store) -> Result<(), StoreError> {
    loop {
        let raised = store
            .write(Scope::Instance, |tx| {
                let name = sql!("SELECT name FROM movement").one(tx, |row| row.text(0))?;
                let next = name.parse::<u32>().unwrap() + 1;
                sql!("UPDATE movement SET name = $1")
                    .text(next.to_string())
                    .run(tx)
            })
            .await;
        match raised {
            Ok(_) => return Ok(()),
            Err(StoreError::Busy) => {}
            Err(other) => return Err(other),
        }
    }
}

#[test]
fn a_deed_whose_caller_is_gone_is_done_all_the_same() {
    on_both(|fresh| {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let store = fresh.store.clone();
            let asked = tokio::spawn(async move {
                store
                    .write(Scope::Instance, |tx| {
                        std::thread::sleep(std::time::Duration::from_millis(50));
                        add_movement(tx, A, "river")
                    })
                    .await
            });
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            asked.abort();
            let after = fresh
                .store
                .write(Scope::Instance, |tx| add_movement(tx, B, "stone"))
                .await;
            assert_eq!(after, Ok(()));
        });
        std::thread::sleep(std::time::Duration::from_millis(100));
        assert_eq!(names(&fresh.store), ["river", "stone"]);
    });
}

#[test]
fn a_deed_that_panics_is_undone_and_the_store_goes_on() {
    on_both(|fresh| {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let lost = runtime.block_on(fresh.store.write::<(), _>(Scope::Instance, |tx| {
            add_movement(tx, A, "river")?;
            assert!(names_in(tx)?.is_empty(), "the planted panic");
            Err(StoreError::Busy)
        }));
        assert!(matches!(lost, Err(StoreError::Lost(_))), "{lost:?}");
        assert!(names(&fresh.store).is_empty());
        fresh
            .store
            .write_now(Scope::Instance, |tx| add_movement(tx, B, "stone"))
            .unwrap();
    });
}

fn names_in(tx: &mut Tx<'_>) -> Result<Vec<String>, StoreError> {
    sql!("SELECT name FROM movement").all(tx, |row| row.text(0))
}

#[test]
fn reading_cannot_write() {
    on_both(|fresh| {
        let refused = fresh
            .store
            .read_now(Scope::Instance, |tx| add_movement(tx, A, "river"));
        assert_eq!(refused, Err(StoreError::ReadOnly));
    });
}

#[test]
fn opening_twice_changes_nothing_and_a_newer_folder_is_refused() {
    on_both(|fresh| {
        drop(Store::open(&fresh.place).unwrap());
        fresh
            .store
            .write_now::<_, StoreError>(Scope::Instance, |tx| {
                sql!("INSERT INTO migration (number, name, print) VALUES (9999, 'later', 'x')")
                    .run(tx)
            })
            .unwrap();
        let newer = Store::open(&fresh.place).map(|_| ());
        assert!(
            matches!(newer, Err(OpenError::Newer { data: 9999, .. })),
            "{newer:?}"
        );
    });
}

#[test]
fn an_edited_old_migration_is_noticed() {
    on_both(|fresh| {
        fresh
            .store
            .write_now::<_, StoreError>(Scope::Instance, |tx| {
                sql!("UPDATE migration SET print = 'other' WHERE number = 1").run(tx)
            })
            .unwrap();
        let altered = Store::open(&fresh.place).map(|_| ());
        assert_eq!(altered, Err(OpenError::Altered("0001_people".into())));
    });
}

#[test]
fn a_wrong_address_and_a_file_that_is_no_database_get_a_sentence() {
    let nobody = Store::open(&Place::Postgres("postgres://x@127.0.0.1:1/x".into())).map(|_| ());
    assert!(matches!(nobody, Err(OpenError::Address(_))), "{nobody:?}");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mend.db");
    std::fs::write(
        &file,
        "these are not the bytes of a database, but a shopping list",
    )
    .unwrap();
    let odd = Store::open(&Place::File(file)).map(|_| ());
    assert!(matches!(odd, Err(OpenError::Damaged { .. })), "{odd:?}");
}

#[test]
fn sqlite_runs_with_the_settings_that_keep_what_was_answered() {
    let fresh = fresh("sqlite");
    let set = fresh
        .store
        .read_now::<_, StoreError>(Scope::Instance, |tx| {
            Ok([
                sql!("SELECT synchronous FROM pragma_synchronous").one(tx, |row| row.int(0))?,
                sql!("SELECT foreign_keys FROM pragma_foreign_keys").one(tx, |row| row.int(0))?,
                sql!("SELECT secure_delete FROM pragma_secure_delete").one(tx, |row| row.int(0))?,
            ])
        })
        .unwrap();
    assert_eq!(set, [2, 1, 1]);
}

#[test]
fn a_store_may_be_dropped_by_an_async_thread() {
    on_both(|fresh| {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let again = Store::open(&fresh.place).unwrap();
        runtime.block_on(async move { drop(again) });
    });
}

/// Deeds that look in one table and then add the same row to another: PostgreSQL calls that a
/// clash of the row and not a collision, and all the same the later ones must see the first.
#[test]
fn deeds_that_add_the_same_row_at_once_see_each_other() {
    on_both(|fresh| {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let begun = runtime.block_on(async {
            let mut all = tokio::task::JoinSet::new();
            for _ in 0..8 {
                let store = fresh.store.clone();
                all.spawn(async move { begin_if_nobody_did(&store).await });
            }
            all.join_all().await
        });
        let begun: Vec<bool> = begun.into_iter().map(Result::unwrap).collect();
        assert_eq!(begun.iter().filter(|one| **one).count(), 1);
        assert_eq!(names(&fresh.store), ["river"]);
    });
}

async fn begin_if_nobody_did(store: &Store) -> Result<bool, StoreError> {
    store
        .write(Scope::Instance, |tx| {
            let jobs = sql!("SELECT COUNT(*) FROM job").one(tx, |row| row.int(0))?;
            std::thread::sleep(std::time::Duration::from_millis(20));
            if jobs > 0 {
                return Ok(false);
            }
            add_movement(tx, A, "river")?;
            sql!("INSERT INTO job (id, kind, about, due_at, tries) VALUES ($1, 'begun', '', 0, 0)")
                .id(B)
                .run(tx)
                .map(|_| true)
        })
        .await
}

/// What one program says, every program on the database hears once it is committed; SQLite has one.
#[test]
fn what_a_deed_says_is_heard_after_its_commit() {
    for engine in engines().into_iter().filter(|engine| *engine == "postgres") {
        let fresh = fresh(engine);
        let (tell, told) = std::sync::mpsc::channel();
        let other = Store::open(&fresh.place).unwrap();
        other.listen(move |heard| {
            let _ = tell.send(match heard {
                Heard::Begins => "begins".to_owned(),
                Heard::Said(what) => what.to_owned(),
            });
        });
        let next = || {
            told.recv_timeout(std::time::Duration::from_secs(10))
                .unwrap()
        };
        assert_eq!(next(), "begins");
        let mark = format!("mark {}", std::process::id());
        let (lost, kept) = (format!("{mark} lost"), format!("{mark} kept"));
        let refused = fresh.store.write_now(Scope::Instance, move |tx| {
            tx.say(&lost)?;
            Err::<(), _>(StoreError::Taken)
        });
        assert_eq!(refused, Err(StoreError::Taken));
        let say = kept.clone();
        let said = fresh
            .store
            .write_now::<_, StoreError>(Scope::Instance, move |tx| tx.say(&say));
        said.unwrap();
        // Other tests may speak on the same database.
        let heard = std::iter::from_fn(|| Some(next())).find(|what| what.starts_with(&mark));
        assert_eq!(heard, Some(kept));
    }
}
