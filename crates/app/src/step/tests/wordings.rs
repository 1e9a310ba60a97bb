//! A group's own words: beside the original, gently warned, and back again.
#![allow(clippy::unwrap_used)]

use mend_store::{Scope, sql};

use super::rowan;
use crate::testing::client::Reply;
use crate::testing::tables::{count, dump_but};
use crate::testing::{TestMend, on_both};

const FORM: &str = "/m/sample/steps/2/words/prompt.circle.1";
const LIST: &str = "/m/sample/steps/2/words";
const ORIGINAL: &str = "When was a group you were in wiser than its loudest voice?";

fn reword(mend: &TestMend, words: &str) -> Reply {
    mend.as_("amara").post(FORM, &[("words", words)])
}

#[test]
fn a_steward_rewords_a_text_sees_it_beside_the_original_and_goes_back() {
    on_both(|mend| {
        let (amara, mina) = (mend.as_("amara"), mend.as_("mina"));
        reword(mend, "When were we wise together?").goes_to(&format!("{LIST}?told=saved"));
        let page = mina.get("/m/sample/steps/2");
        assert!(page.says("When were we wise together?") && !page.says(ORIGINAL));
        let form = amara.get(FORM);
        assert!(form.says("When were we wise together?") && form.says(ORIGINAL));
        assert!(
            form.says("Tuesday, 1 December 2026"),
            "since when: {}",
            form.text()
        );
        amara
            .post(&format!("{FORM}/back"), &[])
            .goes_to(&format!("{LIST}?told=original"));
        assert!(mina.get("/m/sample/steps/2").says(ORIGINAL));
        for path in [LIST, FORM] {
            mina.get(path).is_not_found();
        }
        mina.post(FORM, &[("words", "Mine")]).is_not_found();
    });
}

#[test]
fn what_could_hurt_is_said_gently_and_can_be_kept() {
    on_both(|mend| {
        let before = dump_but(mend, &["session"]);
        let warned = reword(mend, "Who hurt you?");
        assert_eq!(warned.code(), 422);
        assert!(
            warned.says(&mend.t("concern-choice")) && warned.says("name somebody"),
            "{}",
            warned.text()
        );
        assert!(
            warned.body().contains("Who hurt you?"),
            "what was typed stays"
        );
        assert_eq!(dump_but(mend, &["session"]), before);
        let anyway = [("words", "Who hurt you?"), ("anyway", "yes")];
        mend.as_("amara")
            .post(FORM, &anyway)
            .goes_to(&format!("{LIST}?told=saved"));
        assert!(
            mend.as_("mina")
                .get("/m/sample/steps/2")
                .says("Who hurt you?")
        );
    });
}

#[test]
fn only_nothing_and_too_much_are_refused_and_only_prompts_are_warned_about() {
    on_both(|mend| {
        for (words, why) in [("  ", "wording-empty"), (&"x".repeat(501), "wording-long")] {
            let reply = reword(mend, words);
            assert!(reply.code() == 422 && reply.says(&mend.t(why)), "{why}");
        }
        let title = "/m/sample/steps/2/words/title";
        mend.as_("amara")
            .post(title, &[("words", "Those whom we trust")])
            .goes_to(&format!("{LIST}?told=saved"));
        for odd in ["prompt.circle.5", "nothing", "prompt.circle"] {
            let path = format!("/m/sample/steps/2/words/{odd}");
            mend.as_("amara").get(&path).is_not_found();
            mend.as_("amara")
                .post(&path, &[("words", "A")])
                .is_not_found();
            mend.as_("amara")
                .post(&format!("{path}/back"), &[])
                .is_not_found();
        }
    });
}

#[test]
fn it_is_said_when_the_original_has_changed_since() {
    on_both(|mend| {
        reword(mend, "When were we wise together?");
        let behind = mend.t("wording-behind");
        assert!(!mend.as_("amara").get(LIST).says(&behind));
        let sample = mend.sample;
        mend.write(Scope::Movement(sample.0), move |tx| {
            sql!("UPDATE wording SET from_version = 0 WHERE movement_id = $1")
                .id(sample)
                .run(tx)
        });
        assert!(mend.as_("amara").get(LIST).says(&behind));
        assert!(
            mend.as_("amara")
                .get(FORM)
                .says(&mend.t("wording-behind-what"))
        );
        reword(mend, "When were we wise together?");
        assert!(
            !mend
                .as_("amara")
                .get(FORM)
                .says(&mend.t("wording-behind-what")),
            "looked at and kept"
        );
    });
}

#[test]
fn a_whole_step_starts_again_from_the_original_once_the_box_is_ticked() {
    on_both(|mend| {
        let (amara, restart) = (mend.as_("amara"), format!("{LIST}/restart"));
        reword(mend, "When were we wise together?");
        amara.post("/m/sample/steps/2/words/title", &[("words", "Together")]);
        let (others, all) = (count(mend, "wording") - 2, count(mend, "wording"));
        let unsure = amara.post(&restart, &[]);
        assert!(unsure.code() == 409 && count(mend, "wording") == all);
        amara
            .post(&restart, &[("sure", "on")])
            .goes_to(&format!("{LIST}?told=original"));
        assert_eq!(count(mend, "wording"), others);
        assert!(amara.get("/m/sample/steps/2").says(ORIGINAL));
    });
}

#[test]
fn words_that_are_those_of_the_original_are_no_wording() {
    on_both(|mend| {
        let before = count(mend, "wording");
        reword(mend, ORIGINAL);
        assert_eq!(count(mend, "wording"), before);
        for _ in 0..2 {
            reword(mend, "When were we wise together?");
        }
        assert_eq!(count(mend, "wording"), before + 1);
        reword(mend, ORIGINAL);
        assert_eq!(count(mend, "wording"), before);
    });
}

#[test]
fn a_circles_keeper_rewords_for_the_circle_alone_beside_what_the_movement_says() {
    on_both(|mend| {
        let (lena, circle) = (mend.as_("lena"), format!("{}/steps/2", rowan(mend)));
        let form = format!("{circle}/words/prompt.circle.1");
        reword(mend, "When were we wise together?");
        assert!(
            lena.get(&form).says("When were we wise together?") && lena.get(&form).says(ORIGINAL)
        );
        lena.post(&form, &[("words", "When was Rowan wise?")])
            .goes_to(&format!("{circle}/words?told=saved"));
        assert!(mend.as_("mina").get(&circle).says("When was Rowan wise?"));
        assert!(
            mend.as_("mina")
                .get("/m/sample/steps/2")
                .says("When were we wise together?")
        );
        mend.as_("mina").get(&form).is_not_found();
        mend.as_("mina")
            .post(&form, &[("words", "Mine")])
            .is_not_found();
        lena.post(&format!("{form}/back"), &[])
            .goes_to(&format!("{circle}/words?told=original"));
        assert!(
            mend.as_("mina")
                .get(&circle)
                .says("When were we wise together?")
        );
    });
}

#[test]
fn another_movement_reads_the_original() {
    on_both(|mend| {
        reword(mend, "When were we wise together?");
        let page = mend.other_steward().get("/m/other/steps/2");
        assert!(page.says(ORIGINAL) && !page.says("When were we wise together?"));
    });
}

#[test]
fn hostile_words_are_shown_as_words() {
    on_both(|mend| {
        reword(mend, "<script>alert(1)</script>\u{202e}").goes_to(&format!("{LIST}?told=saved"));
        let page = mend.as_("mina").get("/m/sample/steps/2");
        assert!(page.body().contains("&lt;script&gt;") && !page.body().contains("<script>alert"));
        assert!(!page.body().contains('\u{202e}'));
    });
}
