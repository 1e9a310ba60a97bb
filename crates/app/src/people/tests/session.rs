//! Sessions: the cookie, how long it lasts, and its end.
#![allow(clippy::unwrap_used)]

use super::{auth, join, proof};
use crate::testing::tables::{count, dump, hex, tables_with};
use crate::testing::{PORT, TestMend, on_both, random_id};
use crate::web::Base;

#[test]
fn the_cookie_is_for_this_site_alone_and_out_of_reach_of_scripts() {
    on_both(|mend| {
        let reply = join(mend, "tomas", "tomas.f");
        let cookie = reply.header("set-cookie");
        let session = reply.session().unwrap();
        assert_eq!(
            cookie,
            format!("mend={session}; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000")
        );
        assert_eq!(session.len(), 52, "256 random bits");
    });
}

#[test]
fn under_https_the_cookie_is_held_to_this_host_and_to_https() {
    let base = Base::public("https://mend.example", PORT, 0).unwrap();
    let mend = TestMend::at("sqlite", base);
    let cookie = join(&mend, "tomas", "tomas.f")
        .header("set-cookie")
        .to_owned();
    assert!(cookie.starts_with("__Host-mend="), "{cookie}");
    assert!(
        cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000; Secure"),
        "{cookie}"
    );
    assert!(!cookie.to_lowercase().contains("domain"), "{cookie}");
}

#[test]
fn a_clock_that_jumps_lets_go_of_nothing_early_and_brings_no_session_back() {
    on_both(|mend| {
        let amara = mend.as_("amara");
        let over = mend.as_("mina");
        over.post("/sign-out", &[]);
        let begun = mend.now();
        mend.jobs_begin();
        for days in [3650, -3650, -20_000, 20_001, -400, 400] {
            mend.clock_jumps(days);
            let before = count(mend, "session");
            mend.do_jobs();
            assert_eq!(count(mend, "session"), before, "{days}");
            assert_eq!(over.get("/m/sample").code(), 303, "{days}");
            let age = mend.now().0.abs_diff(begun.0);
            if age > 86_400_000_000 {
                assert_eq!(amara.get("/m/sample").code(), 303, "{days}");
            }
        }
    });
}

#[test]
fn only_the_digest_of_a_session_is_kept() {
    on_both(|mend| {
        let session = join(mend, "tomas", "tomas.f").session().unwrap();
        let token = mend_seal::Token::<32>::from_text(&session).unwrap();
        let dump = dump(mend);
        assert_eq!(tables_with(&dump, &hex(&token.digest())), ["session"]);
        assert_eq!(tables_with(&dump, &session), [""; 0]);
    });
}

#[test]
fn a_session_ends_after_thirty_days_however_often_it_is_used() {
    on_both(|mend| {
        let amara = mend.as_("amara");
        for _ in 0..29 {
            mend.days(1);
            assert_eq!(amara.get("/account").code(), 200);
        }
        mend.minutes(24 * 60 - 1);
        assert_eq!(amara.get("/account").code(), 200);
        mend.minutes(1);
        amara.get("/account").goes_to("/sign-in?next=/account");
        mend.do_jobs();
    });
}

#[test]
fn signing_in_gives_a_session_of_its_own_each_time() {
    on_both(|mend| {
        let first = join(mend, "tomas", "tomas.f");
        let second = mend
            .visitor()
            .post_json("/sign-in", &proof("tomas.f", &auth(1), "words"));
        assert_ne!(first.session(), second.session());
        let (first, second) = (
            mend.visitor().with_session_of(&first),
            mend.visitor().with_session_of(&second),
        );
        first.post("/sign-out", &[]);
        assert_eq!(first.get("/account").code(), 303);
        assert_eq!(
            second.get("/account").code(),
            200,
            "another browser stays signed in"
        );
    });
}

#[test]
fn signing_out_ends_the_session_and_clears_the_browser() {
    on_both(|mend| {
        let amara = mend.as_("amara");
        let before = count(mend, "session");
        let reply = amara.post("/sign-out", &[]);
        reply.goes_to("/");
        assert_eq!(reply.header("clear-site-data"), "\"*\"");
        assert_eq!(
            reply.header("set-cookie"),
            "mend=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
        );
        assert_eq!(count(mend, "session"), before - 1);
        amara.get("/account").goes_to("/sign-in?next=/account");
        assert_eq!(amara.post("/sign-out", &[]).code(), 401);
    });
}

#[test]
fn made_up_cookies_are_nobody() {
    on_both(|mend| {
        for cookie in [
            String::new(),
            "x".into(),
            random_id(),
            "0".repeat(52),
            "%00".repeat(20),
        ] {
            let client = crate::testing::client::Client::new(mend, Some(cookie.clone()));
            assert_eq!(client.get("/account").code(), 303, "{cookie}");
        }
    });
}

/// Where somebody was going is kept, but never more than a path of ours.
#[test]
fn whoever_signs_in_comes_back_to_where_they_were_going() {
    on_both(|mend| {
        join(mend, "tomas", "tomas.f");
        let asked = mend.visitor().get("/m/sample/circles");
        asked.goes_to("/sign-in?next=/m/sample/circles");
        let links = mend.visitor().get(asked.location()).links();
        let form = links
            .iter()
            .find(|link| link.starts_with("/sign-in?next"))
            .unwrap();
        let reply = mend
            .visitor()
            .post_json(form, &proof("tomas.f", &auth(1), "words"));
        assert_eq!(reply.json()["next"], "/m/sample/circles");
        let page = mend.visitor().get("/sign-in?next=//evil.example");
        assert!(!page.body().contains("evil.example"));
    });
}
