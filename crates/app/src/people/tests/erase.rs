//! Erasing oneself: afterwards nothing in the database names the person.
#![allow(clippy::unwrap_used)]

use mend_rules::id::{AccountId, MovementId};
use mend_store::{Scope, sql};

mod somebody;

use somebody::Somebody;

use super::{auth, proof};
use crate::movement;
use crate::testing::tables::{Dump, dump, dump_but, hex, tables_with};
use crate::testing::{TestMend, on_both};

/// Tables that may point to a person; each of them must have been hit before.
const WITH_PEOPLE: &[&str] = &[
    "account",
    "actor",
    "ask",
    "ask_to",
    "asking",
    "care_hours",
    "circle",
    "claim",
    "commitment",
    "consent",
    "draft_seat",
    "feed",
    "invitation",
    "keeping",
    "letter",
    "letter_choice",
    "lockdown",
    "mail",
    "membership",
    "own_path",
    "person",
    "safeguarding",
    "seat",
    "session",
    "stand_in",
    "stand_in_yes",
    "stood_in",
    "steward",
    "upload",
    "upload_part",
    "wish",
    "ledger",
];

fn actor(mend: &TestMend, account: AccountId) -> String {
    let id = mend.read(Scope::Instance, |tx| {
        sql!("SELECT id FROM actor WHERE account_id = $1")
            .id(account)
            .one(tx, |row| row.id(0))
    });
    hex(&id)
}

fn hits(dump: &Dump, traces: &[String]) -> Vec<String> {
    let mut hits: Vec<String> = traces
        .iter()
        .flat_map(|trace| tables_with(dump, trace))
        .collect();
    hits.sort();
    hits.dedup();
    hits
}

#[test]
fn whoever_erases_themselves_is_in_no_table_any_more() {
    on_both(|mend| {
        let ravi = Somebody::new(mend);
        let (traces, actor) = (ravi.traces(mend), actor(mend, ravi.account));
        let before = dump(mend);
        for trace in &traces {
            assert!(
                !tables_with(&before, trace).is_empty(),
                "the scan does not see {trace}"
            );
        }
        assert_eq!(tables_with(&before, &actor), ["actor", "ledger"]);
        assert_eq!(
            tables_with(&before, "ravi.hidden@example.org"),
            [""; 0],
            "addresses are sealed"
        );
        let all = hits(&before, &[traces.clone(), vec![actor.clone()]].concat());
        let missed: Vec<_> = WITH_PEOPLE
            .iter()
            .filter(|one| !all.contains(&(**one).into()))
            .collect();
        assert!(missed.is_empty(), "nothing of theirs is in {missed:?}");

        let erased = ravi
            .client(mend)
            .post("/account/erase", &[("handle", "Ravi.Secret")]);
        erased.goes_to("/?told=erased");

        let after = dump(mend);
        for trace in &traces {
            assert_eq!(
                tables_with(&after, trace),
                [""; 0],
                "{trace} is still there"
            );
        }
        assert_eq!(
            tables_with(&after, &actor),
            ["ledger"],
            "a random name that leads nowhere"
        );
    });
}

/// On PostgreSQL what was deleted stays in the files until its vacuum has been there.
#[test]
fn whoever_erased_themselves_stands_in_no_file_either() {
    let mend = TestMend::new("sqlite");
    let ravi = Somebody::new(&mend);
    let holds = |trace: &[u8]| {
        let files = mend.files().unwrap();
        files.windows(trace.len()).any(|part| part == trace)
    };
    let traces: [&[u8]; 4] = [
        b"Ravi Menon",
        b"ravi.secret",
        b"list-number-77",
        &ravi.here.0,
    ];
    for trace in traces {
        assert!(holds(trace), "the scan does not see {trace:?}");
    }
    let erased = ravi
        .client(&mend)
        .post("/account/erase", &[("handle", "ravi.secret")]);
    erased.goes_to("/?told=erased");
    for trace in traces {
        let text = String::from_utf8_lossy(trace);
        assert!(!holds(trace), "{text} can still be read in a file");
    }
    assert!(holds(mend.name("amara").as_bytes()), "the scan still sees");
}

/// A table with people in it that the test above does not know would go unseen.
#[test]
fn every_table_that_can_point_to_a_person_is_known_here() {
    on_both(|mend| {
        let known = WITH_PEOPLE.iter().chain(&[
            // Of the instance or of a movement; nobody is in them.
            "instance",
            "migration",
            "movement",
            "working_group",
            "series",
            "agreement",
            "meeting_change",
            "meeting_step",
            "meeting_inventory",
            // Lines of a circle, sealed and of nobody; see `circle/tests/inventory.rs`.
            "inventory",
            "draft",
            "open_link",
            "joining_link",
            "job",
            "wording",
            "circle_source",
            "care_sum",
            // Both are tested in the room of circles; the asker is sealed.
            "call_wish",
            // Taken away with the account; the browser tests make one.
            "passkey",
            // What columns of lists mean, by a keyed print of their headers.
            "mapping",
            // See `live/tests/traces.rs`.
            "held",
            "kept_ask",
            "live",
            // Ciphertext, taken away with the account; `journal/tests/erase.rs` looks.
            "keyring",
            "keyring_door",
            "keyring_way",
            "writing",
            "writing_gone",
            // Only keyed prints that somebody wished for when they left.
            "farewell",
            // A keyed print of a question that has ended; see `circle/tests/standin.rs`.
            "stand_in_closed",
            // A keyed print of handle and place, for an hour; see below.
            "sign_in_try",
        ]);
        let mut known: Vec<String> = known.map(|name| (*name).to_owned()).collect();
        known.sort();
        assert_eq!(crate::testing::tables::names(mend), known);
    });
}

#[test]
fn tries_to_sign_in_are_gone_within_the_hour() {
    on_both(|mend| {
        let ravi = Somebody::new(mend);
        ravi.client(mend)
            .post("/account/erase", &[("handle", "ravi.secret")]);
        assert_eq!(dump(mend)["sign_in_try"].len(), 1);
        mend.do_jobs();
        mend.minutes(61);
        mend.jobs_begin();
        mend.do_jobs();
        assert!(dump(mend)["sign_in_try"].is_empty());
    });
}

#[test]
fn erasing_ends_every_session_and_clears_the_browser() {
    on_both(|mend| {
        let ravi = Somebody::new(mend);
        let phone = mend.signed_in(ravi.account);
        let erased = ravi
            .client(mend)
            .post("/account/erase", &[("handle", "ravi.secret")]);
        assert_eq!(erased.header("clear-site-data"), "\"*\"");
        assert_eq!(erased.session(), None);
        for client in [ravi.client(mend), phone] {
            assert_eq!(client.get("/account").code(), 303);
            assert!(client.get("/?told=erased").says(&mend.t("told-erased")));
        }
        let again = mend
            .visitor()
            .post_json("/sign-in", &proof("ravi.secret", &auth(1), "words"));
        assert_eq!(again.code(), 422);
    });
}

#[test]
fn the_circle_goes_on_without_its_keeper_and_others_stay_as_they_were() {
    on_both(|mend| {
        let ravi = Somebody::new(mend);
        let others = |dump: &Dump| {
            let people = dump["person"]
                .iter()
                .filter(|row| !row.contains(&hex(&ravi.account.0)));
            people.cloned().collect::<Vec<_>>()
        };
        let before = others(&dump(mend));
        ravi.client(mend)
            .post("/account/erase", &[("handle", "ravi.secret")]);
        assert_eq!(others(&dump(mend)), before);
        let page = mend
            .as_("mina")
            .get(&format!("/m/sample/circles/{}", ravi.circle));
        assert!(page.says(&mend.t("fact-no-keeper")), "{}", page.text());
        assert!(!page.says("Ravi"));
    });
}

#[test]
fn a_slip_erases_nobody() {
    on_both(|mend| {
        let ravi = Somebody::new(mend);
        let before = dump_but(mend, &[]);
        for typed in ["", "ravi", "ravi.secret2", "amara"] {
            let reply = ravi
                .client(mend)
                .post("/account/erase", &[("handle", typed)]);
            assert!(
                reply.code() == 422 && reply.says(&mend.t("erase-mistyped")),
                "{typed}"
            );
        }
        assert_eq!(dump_but(mend, &[]), before);
    });
}

/// The last person of a movement may go too; what is left names nobody.
#[test]
fn the_only_steward_of_a_movement_can_erase_themselves() {
    on_both(|mend| {
        let id: MovementId = mend.other;
        mend.other_steward()
            .post("/account/erase", &[("handle", "other-steward")])
            .goes_to("/?told=erased");
        let people = mend.read(Scope::Movement(id.0), |tx| movement::names(tx, id));
        assert!(people.is_empty());
        assert_eq!(tables_with(&dump(mend), "Olu Adeleke"), [""; 0]);
    });
}
