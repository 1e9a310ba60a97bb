//! Coming in by a link: the console's, the personal one of a sheet, and the doors of the demo.
#![allow(clippy::unwrap_used)]

use mend_store::Scope;

use super::{claim_link, join, joining, said};
use crate::movement;
use crate::testing::cast::someone;
use crate::testing::client::{Ask, at_once};
use crate::testing::tables::{count, dump_but};
use crate::testing::{TestMend, on_both, on_both_empty};
use crate::with;

/// The link that the console prints on an instance that nobody has begun.
fn begin_link(mend: &TestMend) -> String {
    let now = mend.now();
    let token = mend.write(Scope::Instance, move |tx| {
        movement::open_link(tx, None, now)
    });
    format!("/begin/{}", *token.to_text())
}

/// The link with which a host lets somebody be a steward again.
fn steward_link(mend: &TestMend) -> String {
    let (now, sample) = (mend.now(), mend.sample);
    let token = mend.write(Scope::Instance, move |tx| {
        movement::open_link(tx, Some(sample), now)
    });
    format!("/begin/{}", *token.to_text())
}

#[test]
fn an_instance_is_begun_once_by_the_link_of_the_console() {
    on_both_empty(|mend| {
        assert!(mend.visitor().get("/").says(&mend.t("landing-empty")));
        let link = begin_link(mend);
        assert!(mend.visitor().get(&link).says(&mend.t("open-begin")));
        let joined = mend.visitor().post_json(&link, &joining("ana"));
        assert_eq!(joined.json()["next"], "/movements/new", "{}", joined.text());
        let ana = mend.visitor().with_session_of(&joined);
        let fields = [
            ("name", "River"),
            ("by", "Ana"),
            ("zone", "Europe/Lisbon"),
            ("source", "care"),
            ("groups", "Outreach\nLitigation"),
            ("age", "adult"),
        ];
        let begun = ana.post("/movements/new", &fields);
        assert_eq!(begun.code(), 303, "{}", begun.text());
        let people = ana.get(&format!(
            "{}/people",
            begun.location().split("/help").next().unwrap()
        ));
        assert!(
            people.says(&mend.tw("people-count", &with![count = 1])),
            "{}",
            people.text()
        );
    });
}

#[test]
fn the_link_of_the_console_opens_once() {
    on_both_empty(|mend| {
        let link = begin_link(mend);
        mend.visitor().post_json(&link, &joining("ana"));
        let again = mend.visitor().get(&link);
        assert!(again.says(&mend.t("open-used-why")), "{}", again.text());
        let second = mend.visitor().post_json(&link, &joining("bo.b"));
        assert_eq!(
            (second.code(), said(&second)),
            (422, mend.t("open-used-why"))
        );
        assert_eq!(count(mend, "account"), 1, "nobody is left over");
        let ana = mend.as_account("ana");
        assert_eq!(
            ana.post(&format!("{link}/take"), &[("age", "adult")])
                .code(),
            409
        );
    });
}

#[test]
fn the_link_of_the_console_opens_within_the_hour_and_only_the_newest() {
    on_both_empty(|mend| {
        let (old, link) = (begin_link(mend), begin_link(mend));
        assert!(
            mend.visitor().get(&old).says(&mend.t("open-used-why")),
            "a newer one was made"
        );
        mend.minutes(59);
        assert!(mend.visitor().get(&link).says(&mend.t("open-begin")));
        mend.minutes(1);
        assert!(mend.visitor().get(&link).says(&mend.t("open-used-why")));
        let late = mend.visitor().post_json(&link, &joining("ana"));
        assert_eq!(late.code(), 422, "{}", late.text());
        assert_eq!(count(mend, "account"), 0);
    });
}

#[test]
fn of_many_who_open_the_link_of_the_console_at_once_one_comes_in() {
    on_both_empty(|mend| {
        let link = begin_link(mend);
        let asks = (0..8).map(|at| {
            (
                mend.visitor(),
                Ask::json(&link, &joining(&format!("person-{at}"))),
            )
        });
        let replies = at_once(mend, asks.collect());
        let codes: Vec<u16> = replies.iter().map(|reply| reply.code()).collect();
        assert_eq!(
            codes.iter().filter(|code| **code == 200).count(),
            1,
            "{codes:?}"
        );
        assert_eq!(
            codes.iter().filter(|code| **code == 422).count(),
            7,
            "{codes:?}"
        );
        assert_eq!(count(mend, "account"), 1);
    });
}

#[test]
fn a_host_lets_somebody_be_a_steward_with_a_new_account_or_their_own() {
    on_both(|mend| {
        let joined = mend
            .visitor()
            .post_json(&steward_link(mend), &joining("host.friend"));
        assert_eq!(
            joined.json()["next"],
            "/m/sample?told=welcome",
            "{}",
            joined.text()
        );
        let friend = mend.visitor().with_session_of(&joined);
        assert_eq!(friend.get("/m/sample/people").code(), 200);
        let mina = mend.as_("mina");
        mina.get("/m/sample/people").is_not_found();
        let before = count(mend, "person");
        let link = steward_link(mend);
        mina.post(&format!("{link}/take"), &[("age", "adult")])
            .goes_to("/m/sample?told=welcome");
        assert_eq!(mina.get("/m/sample/people").code(), 200);
        assert_eq!(count(mend, "person"), before, "she keeps the place she has");
    });
}

#[test]
fn a_personal_link_asks_whether_it_is_you_and_makes_the_place_yours() {
    on_both(|mend| {
        let link = claim_link(mend, "tomas");
        let page = mend.visitor().get(&link);
        assert!(page.says(&mend.tw("claim-title", &with![name = mend.name("tomas")])));
        let joined = mend.visitor().post_json(&link, &joining("tomas.f"));
        assert_eq!(
            joined.json()["next"],
            "/m/sample?told=welcome",
            "{}",
            joined.text()
        );
        let tomas = mend.visitor().with_session_of(&joined);
        assert!(tomas.get("/m/sample").says("Tomas"));
        assert!(
            tomas.get("/m/sample/circles").says("Rowan"),
            "his seat is his"
        );
    });
}

#[test]
fn a_personal_link_opens_once_and_only_the_newest() {
    on_both(|mend| {
        let (old, link) = (claim_link(mend, "tomas"), claim_link(mend, "tomas"));
        let used = mend.t("claim-used-why");
        assert!(mend.visitor().get(&old).says(&used));
        assert_eq!(
            mend.visitor().post_json(&link, &joining("tomas.f")).code(),
            200
        );
        let accounts = count(mend, "account");
        assert!(mend.visitor().get(&link).says(&used));
        for link in [old, link] {
            let again = mend.visitor().post_json(&link, &joining("another"));
            assert_eq!((again.code(), said(&again)), (422, used.clone()));
        }
        assert_eq!(count(mend, "account"), accounts, "nobody is left over");
        let path = format!("/m/sample/people/{}/claim", mend.id("tomas"));
        let refused = mend.as_("amara").post(&path, &[]);
        assert!(refused.code() == 409 && refused.says(&mend.t("claim-has-account")));
    });
}

#[test]
fn a_personal_link_opens_within_seven_days() {
    on_both(|mend| {
        let link = claim_link(mend, "tomas");
        mend.days(7);
        mend.minutes(-1);
        assert!(!mend.visitor().get(&link).says(&mend.t("claim-used-why")));
        mend.minutes(1);
        assert!(mend.visitor().get(&link).says(&mend.t("claim-used-why")));
        assert_eq!(
            mend.visitor().post_json(&link, &joining("tomas.f")).code(),
            422
        );
        mend.do_jobs();
    });
}

#[test]
fn of_thirty_two_who_use_a_personal_link_at_once_one_gets_the_place() {
    on_both(|mend| {
        let link = format!("{}/take", claim_link(mend, "tomas"));
        let asks = (0..32).map(|_| {
            (
                mend.signed_in(someone(mend)),
                Ask::form(&link, &[("age", "adult")]),
            )
        });
        let replies = at_once(mend, asks.collect());
        let codes: Vec<u16> = replies.iter().map(|reply| reply.code()).collect();
        assert_eq!(
            codes.iter().filter(|code| **code == 303).count(),
            1,
            "{codes:?}"
        );
        assert!(
            codes.iter().all(|code| matches!(code, 303 | 409)),
            "{codes:?}"
        );
        for reply in replies.iter().filter(|reply| reply.code() == 409) {
            assert!(reply.says(&mend.t("claim-used-why")), "{}", reply.text());
        }
    });
}

#[test]
fn of_many_who_join_by_a_personal_link_at_once_one_joins_and_nobody_is_left_over() {
    on_both(|mend| {
        let (link, accounts) = (claim_link(mend, "tomas"), count(mend, "account"));
        let asks = (0..8).map(|at| {
            (
                mend.visitor(),
                Ask::json(&link, &joining(&format!("person-{at}"))),
            )
        });
        let replies = at_once(mend, asks.collect());
        let codes: Vec<u16> = replies.iter().map(|reply| reply.code()).collect();
        assert_eq!(
            codes.iter().filter(|code| **code == 200).count(),
            1,
            "{codes:?}"
        );
        assert_eq!(
            codes.iter().filter(|code| **code == 422).count(),
            7,
            "{codes:?}"
        );
        assert_eq!(count(mend, "account"), accounts + 1);
    });
}

#[test]
fn whoever_has_a_place_cannot_take_another() {
    on_both(|mend| {
        let link = claim_link(mend, "tomas");
        let mina = mend.as_("mina");
        let before = dump_but(mend, &[]);
        let reply = mina.post(&format!("{link}/take"), &[("age", "adult")]);
        assert!(
            reply.code() == 409 && reply.says(&mend.t("claim-has-place")),
            "{}",
            reply.text()
        );
        assert_eq!(dump_but(mend, &[]), before, "the link stays good for Tomas");
        assert_eq!(
            mend.visitor().post_json(&link, &joining("tomas.f")).code(),
            200
        );
    });
}

#[test]
fn one_account_takes_places_in_two_movements() {
    on_both(|mend| {
        let steward = mend.other_steward();
        let link = format!("{}/take", claim_link(mend, "tomas"));
        steward
            .post(&link, &[("age", "adult")])
            .goes_to("/m/sample?told=welcome");
        assert_eq!(steward.get("/m/sample").code(), 200);
        steward.get("/m/sample/people").is_not_found();
        let all = steward.get("/movements");
        assert!(all.says("Climate Justice Collective") && all.says("Another movement"));
    });
}

#[test]
fn a_handle_that_somebody_has_is_refused_whatever_its_capitals() {
    on_both(|mend| {
        join(mend, "tomas", "tomas.f");
        let (link, before) = (claim_link(mend, "ravi"), count(mend, "account"));
        for handle in ["tomas.f", "Tomas.F", " TOMAS.F "] {
            let reply = mend.visitor().post_json(&link, &joining(handle));
            assert_eq!(
                (reply.code(), said(&reply)),
                (422, mend.t("join-handle-taken"))
            );
            assert_eq!(reply.json()["field"], "handle");
        }
        assert_eq!(count(mend, "account"), before);
        assert_eq!(
            mend.visitor().post_json(&link, &joining("ravi.m")).code(),
            200,
            "the link is still good"
        );
    });
}

#[test]
fn of_many_who_choose_one_handle_at_once_one_gets_it_and_the_others_are_told() {
    on_both(|mend| {
        let keys = ["tomas", "ravi", "bram", "oya", "sol", "davi"];
        let links: Vec<String> = keys.iter().map(|key| claim_link(mend, key)).collect();
        let asks = links
            .iter()
            .map(|link| (mend.visitor(), Ask::json(link, &joining("same"))));
        let replies = at_once(mend, asks.collect());
        let codes: Vec<u16> = replies.iter().map(|reply| reply.code()).collect();
        assert_eq!(
            codes.iter().filter(|code| **code == 200).count(),
            1,
            "{codes:?}"
        );
        for reply in replies.iter().filter(|reply| reply.code() != 200) {
            assert_eq!(
                (reply.code(), said(reply)),
                (422, mend.t("join-handle-taken"))
            );
        }
    });
}

#[test]
fn an_enrolment_that_no_browser_of_ours_makes_is_refused() {
    on_both(|mend| {
        let link = claim_link(mend, "tomas");
        for (field, value) in [
            ("salt", serde_json::json!("AAAA")),
            ("salt", serde_json::json!("not base64 at all !!!!")),
            ("iterations", serde_json::json!(599_999)),
            ("iterations", serde_json::json!(10_000_001)),
            ("auth_words", serde_json::json!("AAAA")),
            ("auth_code", serde_json::json!("")),
        ] {
            let mut sent = joining("tomas.f");
            sent[field] = value;
            let reply = mend.visitor().post_json(&link, &sent);
            assert_eq!(
                (reply.code(), said(&reply)),
                (422, mend.t("join-odd")),
                "{field}"
            );
        }
        for (handle, key) in [
            ("ab", "join-handle-length"),
            ("a b c", "join-handle-character"),
        ] {
            let reply = mend.visitor().post_json(&link, &joining(handle));
            assert_eq!((reply.code(), said(&reply)), (422, mend.t(key)), "{handle}");
        }
    });
}

#[test]
fn a_door_of_the_sample_movement_opens_once() {
    on_both(|mend| {
        assert_eq!(mend.doors.len(), 4);
        for (who, token) in &mend.doors {
            let opened = mend.visitor().get(&format!("/demo/{token}"));
            opened.goes_to("/m/sample");
            let home = mend.visitor().with_session_of(&opened).get("/m/sample");
            assert_eq!(home.code(), 200, "{who}");
            let again = mend.visitor().get(&format!("/demo/{token}"));
            assert!(again.says(&mend.t("demo-used-why")), "{who}");
            assert_eq!(again.session(), None, "{who}");
        }
    });
}

#[test]
fn an_instance_that_is_no_demo_has_no_doors() {
    on_both_empty(|mend| {
        mend.visitor()
            .get("/demo/AAAAAAAAAAAAAAAAAAAAAAAAAA")
            .is_not_found();
    });
}
