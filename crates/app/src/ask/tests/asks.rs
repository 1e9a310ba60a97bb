//! Asks: to a few, a no without a trace, gone on their day.
#![allow(clippy::unwrap_used)]

use super::action;
use crate::testing::client::Reply;
use crate::testing::tables::{dump, dump_but, tables_with};
use crate::testing::{TestMend, on_both};

const WHAT: &str = "Could you lend me a lamp for Thursday?";

fn ask(mend: &TestMend, of: &str, to: &[&str], until: &str) -> Reply {
    let ids: Vec<String> = to.iter().map(|key| mend.id(key).to_string()).collect();
    let mut form = vec![
        ("what", WHAT),
        ("small", "It fits into a bag"),
        ("until", until),
    ];
    form.extend(ids.iter().map(|id| ("person", id.as_str())));
    mend.as_(of).post("/m/sample/asks", &form)
}

fn asked(mend: &TestMend) {
    ask(mend, "sol", &["lena", "ines"], "2026-12-03").goes_to("/m/sample/asks?told=asked");
}

fn sees(mend: &TestMend, key: &str) -> bool {
    mend.as_(key).get("/m/sample/asks").says(WHAT)
}

/// The form that answers the ask of this test; the sample movement has asks with later days.
fn answer(mend: &TestMend, key: &str, word: &str) -> Reply {
    let page = mend.as_(key).get("/m/sample/asks");
    let path = action(&page, "/answer");
    mend.as_(key).post(&path, &[("answer", word)])
}

#[test]
fn an_ask_is_read_by_those_who_were_ticked_and_nobody_else() {
    on_both(|mend| {
        asked(mend);
        for key in ["sol", "lena", "ines"] {
            assert!(sees(mend, key), "{key}");
        }
        for key in ["mina", "kofi", "amara", "noor"] {
            assert!(!sees(mend, key), "{key}");
        }
        assert!(
            mend.as_("lena").get("/m/sample").says(WHAT),
            "it is asked of them on Home"
        );
        assert_eq!(tables_with(&dump(mend), WHAT), [""; 0], "it lies sealed");
    });
}

#[test]
fn whoever_says_yes_is_shown_to_whoever_asked() {
    on_both(|mend| {
        asked(mend);
        let told = |name: &str| mend.as_("sol").get("/m/sample/asks").says(name);
        assert!(told(&mend.t("ask-not-taken")));
        answer(mend, "ines", "yes").goes_to("/m/sample/asks?told=ask-yes");
        assert!(told(&format!(
            "{} {}",
            mend.t("ask-takers"),
            mend.name("ines")
        )));
        assert!(
            mend.as_("lena")
                .get("/m/sample/asks")
                .says(&mend.t("ask-taken"))
        );
        assert!(
            !mend.as_("ines").get("/m/sample").says(WHAT),
            "it waits for no word any more"
        );
        answer(mend, "ines", "no").goes_to("/m/sample/asks?told=ask-no");
        assert!(told(&mend.t("ask-not-taken")));
    });
}

/// Who said no, who said nothing and who was asked look the same to whoever asked.
#[test]
fn a_no_leaves_no_trace() {
    on_both(|mend| {
        asked(mend);
        let page = || {
            let page = mend.as_("sol").get("/m/sample/asks");
            let text = page.body().to_owned();
            // Each form has an id of its own, so that sending it twice asks once.
            let fresh = text
                .split("name=\"fresh\" value=\"")
                .nth(1)
                .map(|it| it[..32].to_owned());
            text.replace(&fresh.unwrap(), "")
        };
        let before = page();
        answer(mend, "lena", "no").goes_to("/m/sample/asks?told=ask-no");
        assert_eq!(page(), before);
        assert!(!sees(mend, "lena"));
        let trace = crate::testing::tables::hex(&mend.id("lena").0);
        let rows = dump(mend)["ask_to"].clone();
        let ids: Vec<_> = rows.iter().filter(|row| row[1] == trace).collect();
        assert_eq!(ids.len(), 2, "only the two asks of the sample movement");
    });
}

#[test]
fn an_ask_ends_by_itself_on_its_day() {
    on_both(|mend| {
        asked(mend);
        let path = action(&mend.as_("lena").get("/m/sample/asks"), "/answer");
        mend.days(2);
        assert!(sees(mend, "lena"), "on its day it still waits");
        mend.days(1);
        assert!(!sees(mend, "lena") && !sees(mend, "sol"));
        let late = mend.as_("lena").post(&path, &[("answer", "yes")]);
        assert!(late.code() == 409 && late.says(&mend.t("ask-over")));
        let rows = dump(mend)["ask"].len();
        mend.jobs_begin();
        mend.do_jobs();
        assert_eq!(
            dump(mend)["ask"].len(),
            rows - 1,
            "and then nothing is kept of it"
        );
    });
}

#[test]
fn only_people_of_ones_circles_can_be_asked() {
    on_both(|mend| {
        let before = dump_but(mend, &["session", "account", "person"]);
        let refused = ask(mend, "sol", &["noor", "bram"], "2026-12-03");
        assert!(
            refused.code() == 422 && refused.body().contains(WHAT),
            "what was typed stays"
        );
        assert_eq!(dump_but(mend, &["session", "account", "person"]), before);
        assert!(
            mend.as_("noor")
                .get("/m/sample/asks")
                .says(&mend.t("ask-no-circle"))
        );
    });
}

#[test]
fn an_ask_is_small_and_has_a_day_and_somebody() {
    on_both(|mend| {
        for (to, until) in [
            (&["lena"][..], "2026-11-30"),
            (&["lena"], "2027-02-01"),
            (&["lena"], "soon"),
            (&[], "2026-12-03"),
        ] {
            let reply = ask(mend, "sol", to, until);
            assert_eq!(reply.code(), 422, "{to:?} {until}");
        }
        for _ in 0..5 {
            asked(mend);
        }
        assert!(ask(mend, "sol", &["lena"], "2026-12-03").says(&mend.t("ask-wrong-open")));
    });
}

#[test]
fn sending_the_form_twice_asks_once() {
    on_both(|mend| {
        let (lena, fresh) = (mend.id("lena").to_string(), crate::testing::random_id());
        let form = [
            ("what", WHAT),
            ("until", "2026-12-03"),
            ("person", lena.as_str()),
            ("fresh", fresh.as_str()),
        ];
        let before = dump(mend)["ask"].len();
        for _ in 0..2 {
            mend.as_("sol")
                .post("/m/sample/asks", &form)
                .goes_to("/m/sample/asks?told=asked");
        }
        assert_eq!(dump(mend)["ask"].len(), before + 1);
    });
}

#[test]
fn only_whoever_asked_takes_an_ask_back() {
    on_both(|mend| {
        asked(mend);
        let path = action(&mend.as_("sol").get("/m/sample/asks"), "/end");
        for other in ["lena", "amara"] {
            mend.as_(other)
                .post(&path, &[])
                .goes_to("/m/sample/asks?told=ask-ended");
            assert!(sees(mend, "sol"), "{other} took it back");
        }
        mend.as_("amara")
            .post(&path.replace("/end", "/answer"), &[("answer", "yes")]);
        assert!(
            !mend
                .as_("sol")
                .get("/m/sample/asks")
                .says(&mend.name("amara"))
        );
        for _ in 0..2 {
            mend.as_("sol")
                .post(&path, &[])
                .goes_to("/m/sample/asks?told=ask-ended");
        }
        assert!(!sees(mend, "sol") && !sees(mend, "lena"));
    });
}

#[test]
fn an_ask_is_in_ones_own_file_and_gone_when_one_leaves() {
    on_both(|mend| {
        asked(mend);
        answer(mend, "ines", "yes");
        let file = mend.as_("sol").get("/m/sample/me/export");
        assert!(file.body().contains(WHAT) && !file.body().contains(&mend.name("ines")));
        mend.as_("ines")
            .post("/m/sample/me/leave", &[("sure", "on")]);
        assert!(
            mend.as_("sol")
                .get("/m/sample/asks")
                .says(&mend.t("ask-not-taken"))
        );
        mend.as_("sol")
            .post("/m/sample/me/leave", &[("sure", "on")]);
        assert!(!sees(mend, "lena"));
    });
}
