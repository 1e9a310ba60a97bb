//! What only shows from inside: a database that may have no more pages.
#![allow(clippy::unwrap_used)]

use crate::testing::fresh;
use crate::tx::Inner;
use crate::{Scope, Sql, Store, StoreError, Tx};

/// Lets the database have so many pages more than it has.
fn may_grow_by(store: &Store, pages: i64) {
    let set = store.write_now(Scope::Instance, move |tx| {
        let Inner::Lite(lite) = &tx.0 else {
            return Err(StoreError::Odd("another engine".into()));
        };
        let count = |name| {
            lite.0
                .pragma_query_value(None, name, |row| row.get::<_, i64>(0))
        };
        let most = count("page_count").unwrap() + pages;
        let set = lite
            .0
            .pragma_update_and_check(None, "max_page_count", most, |_| Ok(()));
        set.map_err(|e| StoreError::Odd(e.to_string()))
    });
    assert_eq!(set, Ok(()));
}

fn begin(store: &Store) {
    let begun = store.write_now(Scope::Instance, |tx| {
        Sql::new("CREATE TABLE filler (n INTEGER PRIMARY KEY, words TEXT) STRICT").run(tx)
    });
    assert!(begun.is_ok(), "{begun:?}");
}

fn add(tx: &mut Tx<'_>, n: i64) -> Result<(), StoreError> {
    Sql::new("INSERT INTO filler (n, words) VALUES ($1, $2)")
        .int(n)
        .text("long ".repeat(200))
        .run(tx)
        .map(|_| ())
}

/// Each deed writes two rows, so that a half would show.
fn add_two(store: &Store, n: i64) -> Result<(), StoreError> {
    store.write_now(Scope::Instance, move |tx| {
        add(tx, 2 * n)?;
        add(tx, 2 * n + 1)
    })
}

fn count(store: &Store) -> i64 {
    let all = store.read_now::<_, StoreError>(Scope::Instance, |tx| {
        Sql::new("SELECT count(*) FROM filler").one(tx, |row| row.int(0))
    });
    all.unwrap()
}

#[test]
fn where_no_page_is_left_a_deed_is_refused_whole_and_what_is_there_can_be_read() {
    let fresh = fresh("sqlite");
    let store = &fresh.store;
    begin(store);
    let mut kept = 0;
    for turn in 0..50 {
        may_grow_by(store, turn % 7);
        let full = (kept..).find_map(|n| Some((n, add_two(store, n).err()?)));
        let (n, why) = full.unwrap();
        assert_eq!(why, StoreError::Full, "turn {turn}");
        kept = n;
        assert_eq!(count(store), 2 * kept, "turn {turn}");
    }
    may_grow_by(store, 100);
    assert_eq!(add_two(store, kept), Ok(()));
}
