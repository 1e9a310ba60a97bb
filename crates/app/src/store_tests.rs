//! Every statement of the program, tried on both engines.
#![allow(clippy::unwrap_used)]

use mend_store::testing::{engines, fresh};
use mend_store::{Declared, Scope, StoreError, inventory};

/// Statements of the program itself; tests ask one engine's catalogue too.
fn declared() -> Vec<&'static Declared> {
    let of_a_test = |place: &str| place.contains("test");
    inventory::iter::<Declared>
        .into_iter()
        .filter(|one| !of_a_test(one.place))
        .collect()
}

#[test]
fn every_statement_prepares_on_both_engines() {
    for engine in engines() {
        let fresh = fresh(engine);
        let mut broken = Vec::new();
        for one in declared() {
            let tried = fresh.store.read_now(Scope::Instance, |tx| tx.prepare(one));
            broken.extend(
                tried
                    .err()
                    .map(|why: StoreError| format!("{}: {why}", one.place)),
            );
        }
        assert!(broken.is_empty(), "{engine}:\n{}", broken.join("\n"));
    }
}

#[test]
fn every_room_declares_its_statements() {
    let places: Vec<&str> = declared().iter().map(|one| one.place).collect();
    for room in [
        "people", "movement", "meeting", "circle", "ledger", "post", "work", "keys",
    ] {
        let of_room = |place: &&str| place.contains(&format!("/{room}"));
        assert!(
            places.iter().any(of_room),
            "no statement of {room} is registered"
        );
    }
}

#[test]
fn no_statement_speaks_the_dialect_of_one_engine() {
    let words = [
        "BOOLEAN",
        "NUMERIC",
        "NOW()",
        "CURRENT_TIMESTAMP",
        "CURRENT_DATE",
        "DATETIME(",
        "STRFTIME(",
        "::",
        "ILIKE",
        "AUTOINCREMENT",
        "SERIAL",
        "INSERT OR",
        "RANDOM()",
    ];
    for one in declared() {
        let text = one.text.to_uppercase();
        let found: Vec<_> = words.iter().filter(|word| text.contains(**word)).collect();
        assert!(found.is_empty(), "{}: {found:?}", one.place);
    }
}
