//! Pieces of writing: kept once, never overwritten unseen, gone when they are let go.

use serde_json::json;

use super::{ONE, TWO, index, keep, piece, save, with_keyring, word, writer};
use crate::testing::on_both;
use crate::testing::tables::{dump, dump_but, tables_with};
use crate::testing::vault::bytes;

#[test]
fn a_piece_is_given_back_as_it_was_kept_to_its_writer_alone() {
    on_both(|mend| {
        let (ana, bo) = (with_keyring(mend, "ana"), with_keyring(mend, "bola"));
        assert_eq!(keep(&ana, ONE, 0, "ciphertext"), json!({ "version": 1 }));
        assert_eq!(index(&ana)["pieces"], json!([[ONE, 1, null]]));
        let wanted = json!({ "ids": [ONE, TWO] });
        let read = ana.post_json("/api/vault/pieces/read", &wanted).json();
        assert_eq!(
            read["pieces"][0]["body"],
            piece(ONE, 0, "ciphertext")["body"]
        );
        assert_eq!(read["pieces"].as_array().map(Vec::len), Some(1));
        assert_eq!(index(&bo)["pieces"], json!([]));
        let read = bo.post_json("/api/vault/pieces/read", &wanted).json();
        assert_eq!(
            read["pieces"],
            json!([]),
            "the id of another's piece finds nothing"
        );
    });
}

#[test]
fn a_piece_that_is_sent_twice_is_kept_once() {
    on_both(|mend| {
        let ana = with_keyring(mend, "ana");
        for _ in 0..3 {
            assert_eq!(keep(&ana, ONE, 0, "first"), json!({ "version": 1 }));
        }
        for _ in 0..3 {
            assert_eq!(keep(&ana, ONE, 1, "second"), json!({ "version": 2 }));
        }
        assert_eq!(index(&ana)["pieces"], json!([[ONE, 2, null]]));
    });
}

#[test]
fn of_two_devices_that_write_at_once_the_second_is_shown_what_the_first_wrote() {
    on_both(|mend| {
        let ana = with_keyring(mend, "ana");
        keep(&ana, ONE, 0, "before");
        assert_eq!(keep(&ana, ONE, 1, "phone"), json!({ "version": 2 }));
        let clash = keep(&ana, ONE, 1, "laptop");
        assert_eq!(clash["clash"]["body"], piece(ONE, 0, "phone")["body"]);
        assert_eq!(clash["clash"]["version"], 2);
        assert_eq!(
            keep(&ana, TWO, 0, "laptop"),
            json!({ "version": 1 }),
            "it is kept beside it"
        );
    });
}

#[test]
fn two_devices_may_use_the_same_id_for_different_people() {
    on_both(|mend| {
        let (ana, bo) = (with_keyring(mend, "ana"), with_keyring(mend, "bola"));
        assert_eq!(keep(&ana, ONE, 0, "ana"), json!({ "version": 1 }));
        assert_eq!(keep(&bo, ONE, 0, "bola"), json!({ "version": 1 }));
    });
}

#[test]
fn a_session_alone_changes_and_destroys_nothing() {
    on_both(|mend| {
        let ana = with_keyring(mend, "ana");
        keep(&ana, ONE, 0, "mine");
        let before = dump_but(mend, &["session"]);
        let guard = bytes(99);
        let tries = [
            (
                "/api/vault/pieces",
                json!({ "guard": guard, "pieces": [piece(TWO, 0, "x")] }),
            ),
            (
                "/api/vault/pieces/destroy",
                json!({ "guard": guard, "ids": [ONE] }),
            ),
            (
                "/api/vault/keyring",
                json!({ "guard": guard, "turn": 2, "keyring": bytes(1) }),
            ),
            ("/api/vault/end", json!({ "guard": guard })),
        ];
        for (path, sent) in tries {
            let reply = ana.post_json(path, &sent);
            assert_eq!(
                (reply.code(), word(&reply).as_str()),
                (409, "stale"),
                "{path}"
            );
        }
        assert_eq!(dump_but(mend, &["session"]), before);
    });
}

#[test]
fn what_was_destroyed_is_in_no_table_and_does_not_come_back() {
    on_both(|mend| {
        let ana = with_keyring(mend, "ana");
        keep(&ana, ONE, 0, "canary-of-a-piece");
        assert_eq!(tables_with(&dump(mend), "canary-of-a-piece"), ["writing"]);
        let sent = json!({ "guard": bytes(3), "ids": [ONE], "turn": 2, "keyring": bytes(77) });
        assert_eq!(
            ana.post_json("/api/vault/pieces/destroy", &sent).code(),
            200
        );
        assert_eq!(tables_with(&dump(mend), "canary-of-a-piece"), [""; 0]);
        assert_eq!(
            keep(&ana, ONE, 0, "canary-of-a-piece"),
            json!({ "gone": true })
        );
        let index = index(&ana);
        assert_eq!(
            (&index["pieces"], &index["gone"]),
            (&json!([]), &json!([ONE]))
        );
        assert_eq!(index["turn"], 2, "the keyring without the key is in force");
    });
}

/// On PostgreSQL what was deleted stays in the files until its vacuum has been there.
#[test]
fn what_was_destroyed_stands_in_no_file_either() {
    let mend = crate::testing::TestMend::new("sqlite");
    let ana = with_keyring(&mend, "ana");
    keep(&ana, ONE, 0, "canary-of-a-piece");
    let holds = |trace: &[u8]| {
        let files = mend.files().unwrap_or_default();
        files.windows(trace.len()).any(|part| part == trace)
    };
    assert!(
        holds(b"canary-of-a-piece") && holds(&[5; 32]),
        "the scan sees the piece and the way"
    );
    let sent = json!({ "guard": bytes(3), "ids": [ONE] });
    assert_eq!(
        ana.post_json("/api/vault/pieces/destroy", &sent).code(),
        200
    );
    assert!(!holds(b"canary-of-a-piece"));
    assert!(holds(&[5; 32]), "the way is still there");
    assert_eq!(
        ana.post_json("/api/vault/end", &json!({ "guard": bytes(3) }))
            .code(),
        200
    );
    for wrap in [[4; 32], [5; 32], [6; 32]] {
        assert!(!holds(&wrap), "a way can still be read in a file");
    }
}

#[test]
fn a_piece_goes_by_itself_when_its_day_is_over_and_not_before() {
    on_both(|mend| {
        let ana = with_keyring(mend, "ana");
        let mut kept = piece(ONE, 0, "until");
        kept["until"] = "2026-12-07".into();
        assert_eq!(save(&ana, &[kept]).code(), 200);
        let sweep = || {
            mend.jobs_begin();
            mend.do_jobs();
        };
        mend.days(6);
        sweep();
        assert_eq!(index(&ana)["pieces"], json!([[ONE, 1, "2026-12-07"]]));
        mend.days(1);
        sweep();
        assert_eq!(index(&ana)["pieces"], json!([]));
        assert_eq!(index(&ana)["gone"], json!([ONE]));
    });
}

/// A clock that was set a year ahead must not shred anything.
#[test]
fn a_clock_that_jumped_destroys_nothing() {
    on_both(|mend| {
        let ana = with_keyring(mend, "ana");
        let mut kept = piece(ONE, 0, "until");
        kept["until"] = "2027-06-07".into();
        save(&ana, &[kept]);
        mend.clock_jumps(365);
        mend.jobs_begin();
        mend.do_jobs();
        mend.clock_jumps(-365);
        assert_eq!(index(&ana)["pieces"].as_array().map(Vec::len), Some(1));
    });
}

#[test]
fn too_much_and_nonsense_are_refused_and_change_nothing() {
    on_both(|mend| {
        let ana = with_keyring(mend, "ana");
        let before = dump_but(mend, &["session"]);
        let large = "x".repeat(600 * 1024);
        let mut odd_day = piece(ONE, 0, "x");
        odd_day["until"] = "soon".into();
        for wrong in [piece(ONE, 0, &large), odd_day, piece("no id", 0, "x")] {
            let reply = save(&ana, &[wrong]);
            assert_eq!(
                (reply.code(), reply.json().get("say").is_some()),
                (409, true)
            );
        }
        assert_eq!(dump_but(mend, &["session"]), before);
    });
}

#[test]
fn without_a_keyring_nothing_is_kept() {
    on_both(|mend| {
        let ana = writer(mend, "ana");
        assert_eq!(word(&save(&ana, &[piece(ONE, 0, "x")])), "none");
        assert_eq!(ana.get("/api/vault").json()["keyring"], json!(null));
    });
}
