//! The two migration folders make the same tables.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use mend_store::testing::{engines, fresh};
use mend_store::{Scope, StoreError, sql};

fn columns_of_sqlite() -> BTreeSet<String> {
    let fresh = fresh("sqlite");
    fresh
        .store
        .read_now::<_, StoreError>(Scope::Instance, |tx| {
            sql!(
                "SELECT t.name || '.' || c.name || CASE c.\"notnull\" + c.pk WHEN 0 THEN '?' ELSE '' END
                   FROM pragma_table_list t JOIN pragma_table_info(t.name) c
                  WHERE t.schema IN ('main', 'fleeting') AND t.name NOT LIKE 'sqlite_%'"
            )
            .all(tx, |row| row.text(0))
        })
        .unwrap()
        .into_iter()
        .collect()
}

fn columns_of_postgres() -> BTreeSet<String> {
    let fresh = fresh("postgres");
    fresh
        .store
        .read_now::<_, StoreError>(Scope::Instance, |tx| {
            sql!(
                "SELECT table_name::text || '.' || column_name::text
                        || CASE is_nullable WHEN 'YES' THEN '?' ELSE '' END
                   FROM information_schema.columns WHERE table_schema = current_schema()"
            )
            .all(tx, |row| row.text(0))
        })
        .unwrap()
        .into_iter()
        .collect()
}

#[test]
fn both_folders_make_the_same_tables_and_columns() {
    if engines().len() < 2 {
        return;
    }
    assert_eq!(columns_of_sqlite(), columns_of_postgres());
}

/// No field exists that would watch people.
#[test]
fn no_column_watches_people() {
    for column in columns_of_sqlite() {
        for forbidden in [
            "seen", "last_", "score", "rank", "streak", "attend", "passed", "mood",
        ] {
            assert!(
                !column.contains(forbidden),
                "{column} looks like {forbidden}"
            );
        }
    }
}
