//! Row-level security as a second lock: a query that forgot its filter still sees one movement.
#![allow(clippy::unwrap_used)]

use mend_store::testing::{engines, fresh, plain};
use mend_store::{OpenError, Place, Scope, Store, StoreError, sql};

const A: [u8; 16] = [1; 16];
const B: [u8; 16] = [2; 16];

fn two_movements(store: &Store) {
    for (id, name) in [(A, "river"), (B, "stone")] {
        store
            .write_now::<_, StoreError>(Scope::Movement(id), move |tx| {
                sql!(
                    "INSERT INTO movement (id, address, name, zone, source, circle_size, made_at)
                     VALUES ($1, $2, $2, 'UTC', 'plain', 6, 0)"
                )
                .id(id)
                .text(name)
                .run(tx)?;
                sql!("INSERT INTO working_group (id, movement_id, name, folded) VALUES ($1, $1, $2, $2)")
                    .id(id)
                    .text(name)
                    .run(tx)
            })
            .unwrap();
    }
}

fn groups_without_a_filter(store: &Store, scope: Scope) -> Vec<String> {
    store
        .read_now::<_, StoreError>(scope, |tx| {
            sql!("SELECT name FROM working_group ORDER BY name").all(tx, |row| row.text(0))
        })
        .unwrap()
}

#[test]
fn a_query_that_forgot_its_filter_sees_one_movement_only() {
    for engine in engines().into_iter().filter(|engine| *engine == "postgres") {
        let fresh = fresh(engine);
        two_movements(&fresh.store);
        let seen = |scope| groups_without_a_filter(&fresh.store, scope);
        assert_eq!(seen(Scope::Movement(A)), ["river"]);
        assert_eq!(seen(Scope::Movement(B)), ["stone"]);
        assert!(seen(Scope::Instance).is_empty());
    }
}

/// The control: with the lock off, the same query sees both, so the test above can fail.
#[test]
fn with_the_lock_off_the_same_query_sees_both() {
    for engine in engines().into_iter().filter(|engine| *engine == "postgres") {
        let fresh = fresh(engine);
        two_movements(&fresh.store);
        let Place::Postgres(address) = &fresh.place else {
            panic!("this is PostgreSQL")
        };
        plain(
            address,
            "ALTER TABLE working_group DISABLE ROW LEVEL SECURITY",
        );
        let seen = groups_without_a_filter(&fresh.store, Scope::Movement(A));
        assert_eq!(seen, ["river", "stone"]);
    }
}

#[test]
fn writing_into_another_movement_is_refused() {
    for engine in engines().into_iter().filter(|engine| *engine == "postgres") {
        let fresh = fresh(engine);
        two_movements(&fresh.store);
        let refused = fresh.store.write_now(Scope::Movement(A), |tx| {
            sql!("INSERT INTO working_group (id, movement_id, name, folded) VALUES ($1, $2, 'x', 'x')")
                .id([7; 16])
                .id(B)
                .run(tx)
        });
        assert!(
            matches!(refused, Err(StoreError::Refused(_))),
            "{refused:?}"
        );
    }
}

/// Every table with a movement's id is locked, also those that later steps add.
#[test]
fn every_table_of_a_movement_is_locked() {
    for engine in engines().into_iter().filter(|engine| *engine == "postgres") {
        let fresh = fresh(engine);
        let open = fresh
            .store
            .read_now::<_, StoreError>(Scope::Instance, |tx| {
                sql!(
                    "SELECT c.relname::text FROM pg_class c
                       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'movement_id'
                      WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
                        AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"
                )
                .all(tx, |row| row.text(0))
            })
            .unwrap();
        assert_eq!(
            open,
            ["open_link"],
            "only links that start an instance lie outside"
        );
    }
}

#[test]
fn a_superuser_is_refused() {
    let Ok(mighty) = std::env::var("MEND_TEST_SUPERUSER_DB") else {
        return;
    };
    let refused = Store::open(&Place::Postgres(mighty)).map(|_| ());
    assert!(
        matches!(refused, Err(OpenError::TooMighty(_))),
        "{refused:?}"
    );
}
