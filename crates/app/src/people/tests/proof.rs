//! Proving anew who is there, changing words, and ending sessions elsewhere.
#![allow(clippy::unwrap_used)]

use mend_store::{Scope, sql};

use super::{auth, join, joining, proof, said};
use crate::testing::tables::dump_but;
use crate::testing::{TestMend, on_both};

#[test]
fn an_hour_after_signing_in_a_grave_step_asks_for_a_proof_and_changes_nothing() {
    on_both(|mend| {
        let tomas = mend
            .visitor()
            .with_session_of(&join(mend, "tomas", "tomas.f"));
        assert_eq!(tomas.get("/account/words").code(), 200);
        mend.minutes(60);
        let before = dump_but(mend, &[]);
        tomas
            .get("/account/words")
            .goes_to("/prove?next=/account/words");
        tomas
            .post("/account/erase", &[("handle", "tomas.f")])
            .goes_to("/prove?next=/account");
        assert_eq!(dump_but(mend, &[]), before);
        let wrong = tomas.post_json("/prove", &proof("", &auth(9), "words"));
        assert_eq!((wrong.code(), said(&wrong)), (422, mend.t("sign-in-wrong")));
        tomas
            .get("/account/words")
            .goes_to("/prove?next=/account/words");
        for (byte, way) in [(1, "words"), (2, "code")] {
            mend.minutes(60);
            let path = "/prove?next=/account/words";
            let right = tomas.post_json(path, &proof("", &auth(byte), way));
            assert_eq!(right.json()["next"], "/account/words", "{way}");
            assert_eq!(tomas.get("/account/words").code(), 200);
        }
    });
}

#[test]
fn when_somebody_last_proved_who_they_are_is_known_for_an_hour() {
    on_both(|mend| {
        let tomas = mend
            .visitor()
            .with_session_of(&join(mend, "tomas", "tomas.f"));
        mend.minutes(61);
        tomas.post_json("/prove", &proof("", &auth(1), "words"));
        let later = || {
            mend.read(Scope::Instance, |tx| {
                sql!("SELECT COUNT(*) FROM session WHERE proved_at > made_at")
                    .one(tx, |row| row.int(0))
            })
        };
        let swept = |minutes| {
            mend.minutes(minutes);
            mend.jobs_begin();
            mend.write(Scope::Instance, |tx| {
                sql!("UPDATE job SET due_at = 0").run(tx)
            });
            mend.do_jobs();
            later()
        };
        assert_eq!([later(), swept(59), swept(1)], [1, 1, 0]);
        tomas
            .get("/account/words")
            .goes_to("/prove?next=/account/words");
    });
}

#[test]
fn a_proof_of_somebody_else_proves_nothing() {
    on_both(|mend| {
        let tomas = mend
            .visitor()
            .with_session_of(&join(mend, "tomas", "tomas.f"));
        let mut other = joining("ravi.m");
        other["auth_words"] = auth(7).into();
        mend.visitor()
            .post_json(&super::claim_link(mend, "ravi"), &other);
        mend.minutes(61);
        let reply = tomas.post_json("/prove", &proof("ravi.m", &auth(7), "words"));
        assert_eq!(reply.code(), 422, "the handle in a proof is passed over");
    });
}

#[test]
fn tries_to_prove_are_counted_with_those_to_sign_in() {
    on_both(|mend| {
        let tomas = mend
            .visitor()
            .with_session_of(&join(mend, "tomas", "tomas.f"));
        for _ in 0..10 {
            tomas.post_json("/prove", &proof("", &auth(9), "words"));
        }
        let late = tomas.post_json("/prove", &proof("", &auth(1), "words"));
        assert_eq!(late.code(), 429);
    });
}

#[test]
fn new_words_stop_the_old_ones_and_every_other_browser() {
    on_both(|mend| {
        let here = mend
            .visitor()
            .with_session_of(&join(mend, "tomas", "tomas.f"));
        let sign_in = |byte| {
            let sent = proof("tomas.f", &auth(byte), "words");
            mend.visitor().post_json("/sign-in", &sent)
        };
        let there = mend.visitor().with_session_of(&sign_in(1));
        let mut fresh = joining("");
        fresh["auth_words"] = auth(5).into();
        fresh["auth_code"] = auth(6).into();
        let done = here.post_json("/account/words", &fresh);
        assert_eq!(done.json()["next"], "/account?told=words");
        assert_eq!(here.get("/account").code(), 200);
        there.get("/account").goes_to("/sign-in?next=/account");
        assert_eq!((sign_in(1).code(), sign_in(5).code()), (422, 200));
    });
}

/// What the page offers to end, in the order it is shown.
fn marks(page: &str) -> Vec<String> {
    let parts = page.split("name=\"which\" value=\"").skip(1);
    parts
        .map(|part| part[..part.find('"').unwrap()].to_owned())
        .collect()
}

#[test]
fn one_browser_all_others_or_every_one_can_be_signed_out() {
    on_both(|mend: &TestMend| {
        let first = mend
            .visitor()
            .with_session_of(&join(mend, "tomas", "tomas.f"));
        let sign_in = || {
            mend.minutes(1);
            let sent = proof("tomas.f", &auth(1), "words");
            let reply = mend.visitor().post_json("/sign-in", &sent);
            mend.visitor().with_session_of(&reply)
        };
        let (second, third) = (sign_in(), sign_in());
        let offered = marks(first.get("/account").body());
        assert_eq!(offered[3..], ["others", "all"]);
        let end = |which: &str| first.post("/account/sessions", &[("which", which)]);
        end(&offered[1]).goes_to("/account?told=session-ended");
        assert_eq!(
            (second.get("/account").code(), third.get("/account").code()),
            (303, 200)
        );
        end(&offered[1]).goes_to("/account?told=session-ended");
        end("others").goes_to("/account?told=session-ended");
        assert_eq!(
            (third.get("/account").code(), first.get("/account").code()),
            (303, 200)
        );
        let fourth = sign_in();
        let locked = end("all");
        locked.goes_to("/?told=locked");
        assert_eq!(locked.header("clear-site-data"), "\"*\"");
        assert_eq!(
            (fourth.get("/account").code(), first.get("/account").code()),
            (303, 303)
        );
    });
}

#[test]
fn nobody_ends_the_session_of_somebody_else() {
    on_both(|mend| {
        let tomas = mend
            .visitor()
            .with_session_of(&join(mend, "tomas", "tomas.f"));
        let offered = marks(tomas.get("/account").body());
        mend.as_("amara")
            .post("/account/sessions", &[("which", &offered[0])]);
        assert_eq!(tomas.get("/account").code(), 200);
    });
}
