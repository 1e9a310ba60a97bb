//! The joining link: whoever opens it may ask, two stewards look, and nobody else sees anything.
#![allow(clippy::unwrap_used)]

use mend_rules::joining::{ASKING_DAYS, LINK_DAYS, WAITING};
use mend_rules::movement::STEWARD_DAYS;
use mend_store::{Scope, sql};
use serde_json::json;

use crate::movement;
use crate::testing::cast::someone;
use crate::testing::client::{Client, Reply};
use crate::testing::links::joining_link;
use crate::testing::tables::{count, dump, tables_with};
use crate::testing::{TestMend, on_both, random_id};
use crate::web::tests::routes::joining;
use crate::with;

/// Mina serves as a steward beside Amara. Gives the joining link.
fn set_up(mend: &TestMend) -> String {
    let (sample, now, mina) = (mend.sample, mend.now(), mend.id("mina"));
    mend.account_of("mina");
    mend.write(Scope::Movement(sample.0), move |tx| {
        movement::set_steward(tx, sample, mina, now, now.days(STEWARD_DAYS))
    });
    let amara = mend.account_of("amara");
    format!("/m/sample/join/{}", joining_link(mend, "sample", amara))
}

/// Somebody makes an account by the link and asks for a place.
fn ask<'a>(mend: &'a TestMend, link: &str, name: &str) -> Client<'a> {
    let mut sent = joining(&random_id()[..12]);
    sent["name"] = name.into();
    sent["knows"] = "Tomas from the kitchen".into();
    sent["pronouns"] = "they".into();
    sent["languages"] = "pt, en".into();
    let reply = mend.visitor().post_json(link, &sent);
    assert_eq!(reply.json()["next"], "/movements", "{}", reply.text());
    mend.visitor().with_session_of(&reply)
}

fn asking(mend: &TestMend, name: &str) -> String {
    let (sample, name) = (mend.sample, name.to_owned());
    let id = mend.read(Scope::Movement(sample.0), |tx| {
        sql!("SELECT id FROM asking WHERE movement_id = $1 AND name = $2")
            .id(sample)
            .text(name.clone())
            .one(tx, |row| row.id(0))
    });
    mend_rules::id::AskingId(id).to_string()
}

fn say(client: &Client<'_>, word: &str, asking: &str) -> Reply {
    client.post(&format!("/m/sample/joining/{word}"), &[("asking", asking)])
}

#[test]
fn whoever_asks_waits_for_two_stewards_and_sees_nothing_but_the_name() {
    on_both(|mend| {
        let link = set_up(mend);
        let page = mend.visitor().get(&link);
        assert!(page.says(&mend.t("joining-ask")) && page.says("Climate Justice Collective"));
        let kim = ask(mend, &link, "Kim Duarte");
        let waits = kim.get("/movements");
        assert!(waits.says(&mend.t("joining-wait")) && waits.says("Kim Duarte"));
        for path in ["", "/circles", "/help", "/me", "/safeguarding"] {
            kim.get(&format!("/m/sample{path}")).is_not_found();
        }
        let (amara, mina, id) = (
            mend.as_("amara"),
            mend.as_("mina"),
            asking(mend, "Kim Duarte"),
        );
        assert!(
            amara
                .get("/m/sample")
                .says(&mend.tw("joining-count", &with![count = 1]))
        );
        assert!(!mend.as_("bram").get("/m/sample").says("asks for a place"));
        let seen = amara.get("/m/sample/joining");
        assert!(seen.says("Kim Duarte (they)") && seen.says("Tomas from the kitchen"));
        for _ in 0..3 {
            say(&amara, "yes", &id).goes_to("/m/sample/joining?told=asking-first");
        }
        kim.get("/m/sample").is_not_found();
        let first = mend.tw("joining-first-yes", &with![name = mend.name("amara")]);
        assert!(mina.get("/m/sample/joining").says(&first));
        say(&mina, "yes", &id).goes_to("/m/sample/joining?told=asking-in");
        kim.get("/movements").goes_to("/m/sample");
        let own = kim.get("/m/sample/me");
        assert!(own.body().contains("Kim Duarte") && own.body().contains("pt"));
        assert!(
            kim.get("/m/sample").says(&mend.t("home-nothing-new")),
            "a newcomer"
        );
        assert_eq!(count(mend, "asking"), 0, "nothing of the asking stays");
        say(&mina, "yes", &id).goes_to("/m/sample/joining?told=asking-gone");
    });
}

#[test]
fn not_now_keeps_nothing_and_lets_them_ask_again_after_a_week() {
    on_both(|mend| {
        let link = set_up(mend);
        let kim = ask(mend, &link, "Kim Duarte");
        let amara = mend.as_("amara");
        say(&amara, "yes", &asking(mend, "Kim Duarte"));
        say(&mend.as_("mina"), "no", &asking(mend, "Kim Duarte"))
            .goes_to("/m/sample/joining?told=asking-not-now");
        let told = kim.get("/movements");
        assert!(told.says(&mend.t("joining-not-now")) && !told.says("Kim Duarte"));
        assert_eq!(tables_with(&dump(mend), "Kim Duarte"), [""; 0]);
        assert!(!amara.get("/m/sample/joining").says("Kim Duarte"));
        let again = [("name", "Kim Duarte"), ("age", "adult")];
        let soon = kim.post(&format!("{link}/take"), &again);
        assert!(soon.code() == 409 && soon.says(&mend.t("joining-soon-why")));
        mend.days(7);
        kim.post(&format!("{link}/take"), &again)
            .goes_to("/movements");
        assert!(amara_sees(mend, "Kim Duarte"));
    });
}

fn amara_sees(mend: &TestMend, name: &str) -> bool {
    mend.as_("amara").get("/m/sample/joining").says(name)
}

#[test]
fn a_link_ends_by_itself_or_by_a_steward_and_an_old_sheet_stays_void() {
    on_both(|mend| {
        let link = set_up(mend);
        let gone = |link: &str| mend.visitor().get(link).says(&mend.t("joining-gone-why"));
        assert!(!gone(&link));
        mend.days(LINK_DAYS - 1);
        mend.as_("amara").post("/m/sample/joining/open", &[]);
        mend.days(LINK_DAYS - 1);
        assert!(!gone(&link), "it was let go on under the same address");
        mend.days(1);
        assert!(gone(&link));
        let amara = mend.account_of("amara");
        let newer = format!("/m/sample/join/{}", joining_link(mend, "sample", amara));
        assert!(gone(&link) && !gone(&newer) && link != newer);
        ask(mend, &newer, "Kim Duarte");
        mend.as_("amara")
            .post("/m/sample/joining/end", &[("all", "on")]);
        assert!(gone(&newer) && !amara_sees(mend, "Kim Duarte"));
        let refused = mend.visitor().post_json(&newer, &joining("late.one"));
        assert_eq!(refused.code(), 422);
        assert!(gone("/m/sample/join/00000000000000000000000000000000"));
    });
}

#[test]
fn whoever_is_not_answered_is_forgotten_after_thirty_days() {
    on_both(|mend| {
        let link = set_up(mend);
        let kim = ask(mend, &link, "Kim Duarte");
        mend.jobs_begin();
        mend.do_jobs();
        mend.days(ASKING_DAYS);
        mend.write(Scope::Instance, |tx| {
            sql!("UPDATE job SET due_at = 0").run(tx)
        });
        mend.do_jobs();
        assert_eq!(
            (count(mend, "asking"), amara_sees(mend, "Kim Duarte")),
            (0, false)
        );
        drop(kim);
    });
}

#[test]
fn whoever_asks_can_take_it_back_and_a_second_click_asks_once() {
    on_both(|mend| {
        let link = set_up(mend);
        let account = someone(mend);
        let kim = mend.signed_in(account);
        assert!(kim.get(&link).says(&mend.t("joining-ask-go")));
        let sent = [("name", "Kim Duarte"), ("age", "adult")];
        for _ in 0..2 {
            kim.post(&format!("{link}/take"), &sent)
                .goes_to("/movements");
        }
        assert_eq!(count(mend, "asking"), 1);
        kim.get(&link).goes_to("/movements");
        mend.as_("bram")
            .post("/movements/asking", &[("movement", "sample")]);
        assert_eq!(count(mend, "asking"), 1, "somebody else takes nothing back");
        kim.post("/movements/asking", &[("movement", "sample")])
            .goes_to("/movements?told=asking-back");
        assert_eq!(count(mend, "asking"), 0);
        mend.as_("bram").get(&link).goes_to("/movements");
    });
}

#[test]
fn an_asking_without_a_name_or_an_age_or_too_long_is_refused_and_makes_no_account() {
    on_both(|mend| {
        let link = set_up(mend);
        let before = count(mend, "account");
        for (field, value, key) in [
            ("name", json!(""), "person-name-wrong"),
            ("name", json!("x".repeat(81)), "person-name-wrong"),
            ("age", json!(""), "age-unsaid"),
            ("age", json!("minor"), "age-adults-only"),
            ("knows", json!("x".repeat(201)), "joining-long"),
        ] {
            let mut sent = joining(&random_id()[..12]);
            sent[field] = value;
            let reply = mend.visitor().post_json(&link, &sent);
            assert_eq!(reply.code(), 422, "{field}");
            assert_eq!(reply.json()["say"], mend.t(key).as_str(), "{field}");
        }
        assert_eq!((count(mend, "account"), count(mend, "asking")), (before, 0));
    });
}

#[test]
fn a_flood_of_askings_ends_at_the_brim() {
    on_both(|mend| {
        let link = set_up(mend);
        let accounts: Vec<_> = (0..WAITING).map(|_| someone(mend)).collect();
        let sample = mend.sample;
        mend.write(Scope::Movement(sample.0), move |tx| {
            for account in &accounts {
                sql!(
                    "INSERT INTO asking (id, movement_id, account_id, name, pronouns, languages,
                            minor, made_at, ends_at)
                     VALUES ($1, $2, $3, 'Somebody', '', '', 0, 1, $4)"
                )
                .id(account.0)
                .id(sample)
                .id(*account)
                .int(i64::MAX)
                .run(tx)?;
            }
            Ok(())
        });
        let full = mend.visitor().post_json(&link, &joining("one.more"));
        assert_eq!(full.json()["say"], mend.t("joining-many-why").as_str());
        assert!(mend.visitor().get(&link).says(&mend.t("joining-many-why")));
    });
}

#[test]
fn a_yes_counts_only_from_those_who_serve_and_only_for_their_own_movement() {
    on_both(|mend| {
        let link = set_up(mend);
        ask(mend, &link, "Kim Duarte");
        let id = asking(mend, "Kim Duarte");
        let (amara, mina) = (mend.as_("amara"), mend.as_("mina"));
        say(&mina, "yes", &id);
        let (sample, who, now) = (mend.sample, mend.id("mina"), mend.now());
        mend.write(Scope::Movement(sample.0), move |tx| {
            movement::set_steward(tx, sample, who, now, now)
        });
        say(&amara, "yes", &id).goes_to("/m/sample/joining?told=asking-first");
        say(&mina, "yes", &id).is_not_found();
        let olu = mend.other_steward();
        let path = |word: &str| format!("/m/other/joining/{word}");
        olu.post(&path("yes"), &[("asking", &id)])
            .goes_to("/m/other/joining?told=asking-gone");
        olu.post(&path("no"), &[("asking", &id)]);
        assert!(amara_sees(mend, "Kim Duarte"));
        assert!(
            olu.get("/m/other/joining")
                .says(&mend.t("joining-only-steward"))
        );
        olu.get("/m/other/joining/sheet")
            .goes_to("/m/other/joining");
    });
}

/// Everybody in a meeting scans the same code from the same network; a flood from one place ends.
#[test]
fn one_place_makes_only_so_many_accounts_in_an_hour() {
    on_both(|mend| {
        let link = set_up(mend);
        let mut sent = joining("never.made");
        sent["salt"] = "".into();
        let said = || mend.visitor().post_json(&link, &sent).json()["say"].clone();
        for _ in 0..mend_rules::joining::PLACE_TRIES {
            assert_eq!(said(), mend.t("join-odd").as_str());
        }
        assert_eq!(said(), mend.t("joining-many-why").as_str());
        mend.minutes(61);
        assert_eq!(said(), mend.t("join-odd").as_str());
    });
}
