//! Safeguarding: nobody under 18 without a lead who agreed, and who can see them.
#![allow(clippy::unwrap_used)]

use mend_store::{Scope, sql};

use crate::movement;
use crate::testing::cast::someone;
use crate::testing::client::{Client, Reply};
use crate::testing::tables::dump;
use crate::testing::{TestMend, on_both, random_id};
use crate::web::tests::routes::joining;

const PAGE: &str = "/m/sample/safeguarding";

fn written(mend: &TestMend, lead: &str) -> Reply {
    let lead = mend.id(lead).to_string();
    let form = [
        ("text", "Always two adults.\nTell Bram."),
        ("lead", lead.as_str()),
    ];
    mend.as_("amara").post(&format!("{PAGE}/edit"), &form)
}

/// Bram agreed to be the lead.
fn on(mend: &TestMend) {
    mend.account_of("bram");
    written(mend, "bram").goes_to(&format!("{PAGE}?told=saved"));
    lead_says(mend, "yes").goes_to(&format!("{PAGE}?told=saved"));
}

/// What stands in the form of whoever reads the page now.
fn seen(mend: &TestMend) -> String {
    let page = mend.as_("bram").get(PAGE);
    let (_, after) = page.body().split_once("name=\"seen\" value=\"").unwrap();
    after.split('"').next().unwrap().to_owned()
}

fn lead_says(mend: &TestMend, answer: &str) -> Reply {
    let form = [("answer", answer), ("seen", &seen(mend))];
    mend.as_("bram").post(&format!("{PAGE}/lead"), &form)
}

fn claim(mend: &TestMend, key: &str) -> String {
    let path = format!("/m/sample/people/{}/claim", mend.id(key));
    let sheet = mend.as_("amara").post(&path, &[]).text();
    let (_, link) = sheet.split_once(&mend.app.base.origin).unwrap();
    link.split_whitespace().next().unwrap().to_owned()
}

/// Somebody takes their place and says how old they are.
fn comes_in(mend: &TestMend, key: &str, age: &str) -> Reply {
    let mut sent = joining(&random_id()[..12]);
    sent["age"] = age.into();
    mend.visitor().post_json(&claim(mend, key), &sent)
}

/// Tomas comes in as somebody under 18.
fn tomas(mend: &TestMend) -> Client<'_> {
    let reply = comes_in(mend, "tomas", "minor");
    assert_eq!(reply.code(), 200, "{}", reply.text());
    mend.visitor().with_session_of(&reply)
}

fn sees_minor(mend: &TestMend, client: &Client<'_>, path: &str) -> bool {
    client.get(path).says(&mend.t("person-minor"))
}

#[test]
fn a_place_asks_whether_somebody_is_18_and_keeps_nothing_of_an_adult() {
    on_both(|mend| {
        let page = mend.visitor().get(&claim(mend, "tomas"));
        assert!(page.says(&mend.t("age-adult")) && !page.says(&mend.t("age-minor")));
        for (age, key) in [("", "age-unsaid"), ("minor", "age-adults-only")] {
            let refused = comes_in(mend, "tomas", age);
            assert_eq!(refused.json()["say"], mend.t(key).as_str());
            assert_eq!(refused.json()["field"], "age");
        }
        assert_eq!(comes_in(mend, "tomas", "adult").code(), 200);
        let sample = mend.sample;
        let noted = mend.read(Scope::Movement(sample.0), |tx| movement::minors(tx, sample));
        assert!(noted.is_empty());
        let taken = mend.signed_in(someone(mend));
        let refused = taken.post(&format!("{}/take", claim(mend, "ravi")), &[]);
        assert!(refused.code() == 409 && refused.says(&mend.t("age-unsaid")));
    });
}

#[test]
fn somebody_under_18_joins_only_once_a_named_lead_has_agreed() {
    on_both(|mend| {
        mend.account_of("bram");
        written(mend, "bram");
        assert!(
            mend.as_("bram")
                .get("/m/sample")
                .says(&mend.t("safe-asked"))
        );
        assert!(mend.as_("mina").get(PAGE).says(&mend.t("safe-waits")));
        assert_eq!(comes_in(mend, "tomas", "minor").code(), 422);
        let not_mine = mend
            .as_("mina")
            .post(&format!("{PAGE}/lead"), &[("answer", "yes")]);
        assert!(not_mine.code() == 409 && not_mine.says(&mend.t("safe-not-lead")));
        lead_says(mend, "yes");
        assert!(mend.as_("mina").get(PAGE).says(&mend.t("safe-on")));
        tomas(mend);
        written(mend, "bram");
        let on = mend.as_("mina").get(PAGE).says(&mend.t("safe-on"));
        assert!(on, "the same text and lead need no other yes");
        let lead = mend.id("bram").to_string();
        let other = [("text", "Always three adults."), ("lead", &*lead)];
        mend.as_("amara").post(&format!("{PAGE}/edit"), &other);
        assert_eq!(
            comes_in(mend, "ravi", "minor").code(),
            422,
            "a text that changed has to be agreed to anew"
        );
    });
}

#[test]
fn a_yes_to_a_text_that_changed_meanwhile_is_no_yes() {
    on_both(|mend| {
        mend.account_of("bram");
        written(mend, "bram");
        let read = seen(mend);
        let form = [
            ("text", "Another text."),
            ("lead", &mend.id("bram").to_string()),
        ];
        mend.as_("amara").post(&format!("{PAGE}/edit"), &form);
        let late = mend.as_("bram").post(
            &format!("{PAGE}/lead"),
            &[("answer", "yes"), ("seen", &read)],
        );
        assert!(late.code() == 409 && late.says(&mend.t("safe-text-changed")));
        assert!(mend.as_("mina").get(PAGE).says(&mend.t("safe-waits")));
        lead_says(mend, "yes");
        assert!(mend.as_("mina").get(PAGE).says(&mend.t("safe-on")));
    });
}

#[test]
fn who_is_under_18_is_seen_by_stewards_the_lead_and_themselves_alone() {
    on_both(|mend| {
        on(mend);
        let tomas = tomas(mend);
        let person = format!("/m/sample/people/{}", mend.id("tomas"));
        assert!(sees_minor(mend, &mend.as_("amara"), &person));
        assert!(mend.as_("amara").get(PAGE).says(&mend.name("tomas")));
        assert!(mend.as_("bram").get(PAGE).says(&mend.name("tomas")));
        assert!(tomas.get("/m/sample/me").says(&mend.t("age-own")));
        let mina = mend.as_("mina");
        let rowan = format!("/m/sample/circles/{}", mend.circle(mend.sample, "Rowan"));
        for path in ["/m/sample", PAGE, "/m/sample/circles", &rowan] {
            let page = mina.get(path);
            assert!(!page.says(&mend.t("safe-circle-lone")), "{path}");
            assert!(!page.says(&mend.t("safe-minors-who")), "{path}");
        }
        assert!(!mina.get(PAGE).says(&mend.name("tomas")));
        assert!(
            mina.get(&rowan).says(&mend.t("safe-circle")),
            "names nobody"
        );
        let file = tomas.get("/m/sample/me/export").json();
        assert_eq!(file["person"]["under 18"], true);
    });
}

#[test]
fn it_ends_by_their_own_word_and_is_asked_once_a_year() {
    on_both(|mend| {
        on(mend);
        let home = |client: &Client<'_>| client.get("/m/sample").says(&mend.t("age-not-yet"));
        assert!(!home(&tomas(mend)));
        mend.days(365);
        let account = mend.read(Scope::Movement(mend.sample.0), |tx| {
            sql!("SELECT account_id FROM person WHERE id = $1")
                .id(mend.id("tomas"))
                .one(tx, |row| row.id(0))
        });
        let tomas = mend.signed_in(account.into());
        assert!(home(&tomas));
        tomas.post("/m/sample/me/age", &[("age", "minor")]);
        assert!(!home(&tomas), "asked again in a year");
        tomas.post("/m/sample/me/age", &[("age", "adult")]);
        assert!(!tomas.get("/m/sample/me").says(&mend.t("age-own")));
        let before = dump(mend);
        mend.as_("mina")
            .post("/m/sample/me/age", &[("age", "minor")]);
        assert_eq!(
            dump(mend)["person"],
            before["person"],
            "nobody becomes a minor here"
        );
    });
}

#[test]
fn without_the_lead_stewards_are_told_and_nobody_under_18_joins_or_comes_back() {
    on_both(|mend| {
        on(mend);
        let tomas = tomas(mend);
        tomas.post("/m/sample/me/leave", &[("sure", "on")]);
        mend.as_("bram")
            .post("/m/sample/me/leave", &[("sure", "on")]);
        assert!(
            mend.as_("amara")
                .get("/m/sample")
                .says(&mend.t("safe-leaderless"))
        );
        assert!(
            !mend
                .as_("mina")
                .get("/m/sample")
                .says(&mend.t("safe-leaderless"))
        );
        assert_eq!(comes_in(mend, "ravi", "minor").code(), 422);
        let back = tomas.post("/movements/return", &[("movement", "sample")]);
        assert!(back.code() == 409 && back.says(&mend.t("return-gone")));
        mend.as_("bram")
            .post("/movements/return", &[("movement", "sample")]);
        tomas
            .post("/movements/return", &[("movement", "sample")])
            .goes_to("/m/sample?told=welcome");
        lead_says(mend, "no");
        assert!(
            mend.as_("amara")
                .get("/m/sample")
                .says(&mend.t("safe-leaderless"))
        );
    });
}

#[test]
fn it_is_not_switched_off_over_the_heads_of_those_under_18() {
    on_both(|mend| {
        on(mend);
        let tomas = tomas(mend);
        let off = || {
            let form = [("sure", "on")];
            mend.as_("amara").post(&format!("{PAGE}/off"), &form)
        };
        let slipped = mend.as_("amara").post(&format!("{PAGE}/off"), &[]);
        assert!(slipped.says(&mend.t("safe-off-unsure")));
        let refused = off();
        assert!(refused.code() == 409 && refused.says(&mend.t("safe-off-minors")));
        tomas.post("/m/sample/me/age", &[("age", "adult")]);
        off().goes_to(&format!("{PAGE}?told=saved"));
        assert!(mend.as_("mina").get(PAGE).says(&mend.t("safe-off")));
    });
}

#[test]
fn nobody_under_18_is_a_steward_a_lead_or_drawn_as_a_keeper() {
    on_both(|mend| {
        on(mend);
        tomas(mend);
        let amara = mend.as_("amara");
        let id = mend.id("tomas").to_string();
        let refused = amara.post("/m/sample/stewards", &[("person", &id)]);
        assert!(refused.code() == 409 && refused.says(&mend.t("steward-minor")));
        let refused = written(mend, "tomas");
        assert!(refused.code() == 409 && refused.says(&mend.t("safe-lead-wrong")));
        let unclaimed = written(mend, "ravi");
        assert!(unclaimed.code() == 409);
        let empty = amara.post(&format!("{PAGE}/edit"), &[("text", " "), ("lead", &id)]);
        assert!(empty.code() == 422 && empty.says(&mend.t("safe-text-wrong")));
        let place = mend.movement("sample");
        let (now, sample, who) = (mend.now(), mend.sample, mend.id("tomas"));
        let (here, away) = mend.read(Scope::Movement(sample.0), |tx| {
            movement::candidates(tx, sample, &place.zone, now)
        });
        let keeps = here
            .iter()
            .chain(&away)
            .find(|one| one.id == who)
            .unwrap()
            .keeps;
        assert!(!keeps);
    });
}

/// Through the front door: a draft never seats somebody under 18 with fewer than two adults, and
/// stewards read where a circle came to that because others declined.
#[test]
fn a_draft_keeps_two_adults_beside_whoever_is_under_18() {
    on_both(|mend| {
        on(mend);
        let sample = mend.sample;
        mend.write(Scope::Movement(sample.0), move |tx| {
            sql!(
                "UPDATE person SET minor_at = 1
                  WHERE movement_id = $1 AND account_id IS NULL
                    AND id NOT IN (SELECT person_id FROM seat)"
            )
            .id(sample)
            .run(tx)
        });
        let minors = mend.read(Scope::Movement(sample.0), |tx| movement::minors(tx, sample));
        assert!(minors.len() > 10);
        let draft = mend.as_("amara").post("/m/sample/circles/propose", &[]);
        assert_eq!(draft.code(), 303, "{}", draft.text());
        let seats = mend.read(Scope::Movement(sample.0), |tx| {
            sql!(
                "SELECT ring, person_id FROM draft_seat WHERE movement_id = $1 AND ring IS NOT NULL"
            )
            .id(sample)
            .all(tx, |row| {
                Ok((row.int(0)?, mend_rules::id::PersonId(row.id(1)?)))
            })
        });
        let mut rings: std::collections::HashMap<i64, (usize, usize)> = Default::default();
        for (ring, who) in seats {
            let counted = rings.entry(ring).or_default();
            match minors.contains(&who) {
                true => counted.0 += 1,
                false => counted.1 += 1,
            }
        }
        assert!(!rings.is_empty());
        let safe = |(minors, adults): &(usize, usize)| *minors == 0 || *adults >= 2;
        assert!(rings.values().all(safe), "{rings:?}");
    });
}

#[test]
fn a_movement_that_begins_is_led_to_outside_help_and_can_leave_it_for_later() {
    on_both(|mend| {
        let kim = mend.signed_in(someone(mend));
        let begun = kim.post(
            "/movements/new",
            &[
                ("name", "River"),
                ("by", "Kim"),
                ("zone", "UTC"),
                ("source", "plain"),
                ("age", "adult"),
            ],
        );
        let next = begun.location().to_owned();
        assert!(next.ends_with("/help/edit?told=begun"), "{next}");
        let page = kim.get(&next);
        assert!(page.says(&mend.t("told-begun")) && page.says(&mend.t("help-later")));
        let home = next.split("/help").next().unwrap();
        assert!(kim.get(home).says(&mend.t("help-remind")));
        kim.post(&format!("{home}/help/edit"), &[("help", "Emergency: 112")]);
        assert!(kim.get(home).says(&mend.t("law-remind")));
        let both = [
            ("help", "Emergency: 112"),
            ("law", "Nothing that we know of."),
        ];
        kim.post(&format!("{home}/help/edit"), &both);
        let done = kim.get(home);
        assert!(!done.says(&mend.t("law-remind")) && !done.says(&mend.t("help-remind")));
    });
}
