//! Stepping back, leaving, coming back, and taking one's own data along.
#![allow(clippy::unwrap_used)]

use mend_store::{Scope, sql};

use crate::testing::tables::{dump, dump_but, tables_with};
use crate::testing::{TestMend, on_both};

const SURE: (&str, &str) = ("sure", "on");

fn rowan(mend: &TestMend) -> String {
    format!("/m/sample/circles/{}", mend.circle(mend.sample, "Rowan"))
}

/// Gives somebody an e-mail address, as a steward would.
fn address(mend: &TestMend, key: &str, mail: &str) {
    let path = format!("/m/sample/people/{}", mend.id(key));
    let name = mend.name(key);
    let done = mend
        .as_("amara")
        .post(&path, &[("name", &name), ("email", mail)]);
    assert_eq!(done.code(), 303, "{}", done.text());
}

#[test]
fn whoever_is_not_sure_neither_leaves_nor_steps_back() {
    on_both(|mend| {
        let lena = mend.as_("lena");
        let before = dump_but(mend, &[]);
        for path in ["/m/sample/me/leave", "/m/sample/me/step-back"] {
            let unsure = lena.post(path, &[]);
            assert!(unsure.code() == 409 && unsure.says(&mend.t("unsure")));
        }
        assert_eq!(dump_but(mend, &[]), before);
    });
}

#[test]
fn whoever_leaves_is_seen_nowhere_and_keeps_nothing() {
    on_both(|mend| {
        let (lena, amara) = (mend.as_("lena"), mend.as_("amara"));
        let name = mend.name("lena");
        lena.post("/m/sample/me/leave", &[SURE])
            .goes_to("/movements?told=left");
        lena.get("/m/sample").is_not_found();
        for path in ["/m/sample/people", "/m/sample/circles", &rowan(mend)] {
            assert!(!amara.get(path).says(&name), "{path}");
        }
        let circle = mend.as_("mina").get(&rowan(mend));
        assert!(!circle.says(&name) && circle.says(&mend.t("fact-no-keeper")));
        let id = crate::testing::tables::hex(&mend.id("lena").0);
        let mut left = tables_with(&dump(mend), &id);
        left.sort();
        left.dedup();
        assert!(
            !left.iter().any(
                |table| ["wish", "membership", "steward", "invitation", "letter"]
                    .contains(&table.as_str())
            ),
            "{left:?}"
        );
    });
}

#[test]
fn whoever_left_can_come_back_for_ninety_days_and_their_name_goes_then() {
    on_both(|mend| {
        let lena = mend.as_("lena");
        let back = || lena.post("/movements/return", &[("movement", "sample")]);
        assert_eq!(back().code(), 409, "nobody comes back who has not left");
        lena.post("/m/sample/me/leave", &[SURE]);
        assert!(lena.get("/movements?all").says(&mend.t("return-go")));
        back().goes_to("/m/sample?told=welcome");
        assert_eq!(lena.get("/m/sample").code(), 200);
        lena.get(&rowan(mend)).is_not_found();

        lena.post("/m/sample/me/leave", &[SURE]);
        mend.days(91);
        mend.jobs_begin();
        mend.do_jobs();
        let again = mend
            .as_("lena")
            .post("/movements/return", &[("movement", "sample")]);
        assert!(again.code() == 409 && again.says(&mend.t("return-gone")));
        assert!(!mend.as_("amara").get("/m/sample/people").says("Lena"));
    });
}

#[test]
fn nobody_comes_back_into_a_movement_that_was_never_theirs() {
    on_both(|mend| {
        for address in ["other", "nowhere", ""] {
            let asked = mend
                .as_("lena")
                .post("/movements/return", &[("movement", address)]);
            assert_eq!(asked.code(), 409, "{address}");
        }
    });
}

#[test]
fn stepping_back_gives_up_offices_and_keeps_the_seat() {
    on_both(|mend| {
        let lena = mend.as_("lena");
        let id = mend.id("lena").to_string();
        mend.as_("amara")
            .post("/m/sample/stewards", &[("person", &id)]);
        assert_eq!(lena.get("/m/sample/people").code(), 200);
        lena.post("/m/sample/me/step-back", &[SURE])
            .goes_to("/m/sample/me?told=stepped-back");
        lena.get("/m/sample/people").is_not_found();
        assert_eq!(lena.get(&rowan(mend)).code(), 200);
        lena.get(&format!("{}/edit", rowan(mend))).is_not_found();
    });
}

#[test]
fn a_list_brings_nobody_in_again_who_asked_not_to_be() {
    on_both(|mend| {
        let amara = mend.as_("amara");
        for (key, mail) in [("lena", "lena@example.org"), ("mina", "mina@example.org")] {
            address(mend, key, mail);
        }
        mend.as_("lena")
            .post("/m/sample/me/leave", &[SURE, ("not-again", "on")]);
        mend.as_("mina").post("/m/sample/me/leave", &[SURE]);
        let list = b"name,email\nLena P,LENA@example.org\nMina P,mina@example.org\n";
        let seen = amara.upload("/m/sample/people/import", list);
        let page = amara.get(seen.location());
        assert!(page.says(&mend.t("trouble-not-again")), "{}", page.text());
        let upload = seen.location().rsplit_once('/').unwrap().1.to_owned();
        amara.post("/m/sample/people/import/confirm", &[("upload", &upload)]);
        let people = amara.get("/m/sample/people?q=%20P").text();
        assert!(
            people.contains("Mina P") && !people.contains("Lena P"),
            "{people}"
        );
        assert_eq!(tables_with(&dump(mend), "lena@example.org"), [""; 0]);
    });
}

#[test]
fn ones_own_data_is_one_file_with_everything_and_nobody_elses() {
    on_both(|mend| {
        let lena = mend.as_("lena");
        let bram = mend.id("bram").to_string();
        lena.post("/m/sample/me/wishes", &[("person", &bram)]);
        let saved = lena.post(
            "/m/sample/me",
            &[
                ("name", "Lena P"),
                ("pronouns", "she/her"),
                ("needs", "A ramp"),
                ("zone", "Europe/Lisbon"),
                ("keeps", "on"),
            ],
        );
        assert_eq!(saved.code(), 303, "{}", saved.text());
        let file = lena.get("/m/sample/me/export");
        assert!(file.header("content-disposition").starts_with("attachment"));
        let own = &file.json()["person"];
        assert_eq!(
            (own["name"].as_str(), own["needs"].as_str()),
            (Some("Lena P"), Some("A ramp"))
        );
        assert_eq!(own["wishes not to sit with"][0], mend.name("bram"));
        assert_eq!(own["circles"]["with a seat"][0], "Rowan");
        assert!(!file.body().contains(&mend.name("mina")));
    });
}

#[test]
fn pronouns_are_for_the_circle_and_needs_for_its_keeper_alone() {
    on_both(|mend| {
        let said = [
            ("name", "Mina"),
            ("pronouns", "they/them"),
            ("needs", "Captions, please"),
        ];
        mend.as_("mina").post("/m/sample/me", &said);
        let seen = |key: &str| mend.as_(key).get(&rowan(mend));
        for key in ["lena", "mina"] {
            assert!(seen(key).says("they/them"), "{key}");
        }
        assert!(seen("lena").says("Captions, please"));
        for key in ["mina", "amara"] {
            assert!(!seen(key).says("Captions, please"), "{key}");
        }
        let people = mend
            .as_("amara")
            .get(&format!("/m/sample/people/{}", mend.id("mina")));
        assert!(!people.says("Captions") && !people.says("they/them"));
        assert_eq!(
            tables_with(&dump(mend), "Captions"),
            [""; 0],
            "needs are sealed"
        );
        let kept = mend.read(Scope::Movement(mend.sample.0), |tx| {
            sql!("SELECT COUNT(*) FROM person WHERE needs_sealed IS NOT NULL")
                .one(tx, |row| row.int(0))
        });
        assert_eq!(kept, 1);
    });
}
