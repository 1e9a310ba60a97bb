//! Steps, through the front door: the path, the words in force, and what is one's own.
#![allow(clippy::unwrap_used)]

mod own;
mod wordings;

use crate::testing::{TestMend, on_both};

fn rowan(mend: &TestMend) -> String {
    format!("/m/sample/circles/{}", mend.circle(mend.sample, "Rowan"))
}

#[test]
fn every_step_can_be_opened_at_any_time_and_has_every_part() {
    on_both(|mend| {
        let (mina, path) = (mend.as_("mina"), mend.as_("mina").get("/m/sample/steps"));
        for step in mend.app.practice.steps() {
            let address = format!("/m/sample/steps/{}", step.number);
            assert!(path.links().contains(&address));
            let page = mina.get(&address);
            let openings = mend_rules::movement::Source::ALL.map(mend_rules::step::Text::Opening);
            let elsewhere =
                |text| openings.contains(&text) || text == mend_rules::step::Text::Short;
            for (text, words) in step.texts().filter(|(text, _)| !elsewhere(*text)) {
                let reworded = (step.number.get(), text.key().as_str()) == (1, "prompt.circle.2");
                assert_eq!(page.says(words), !reworded, "{address} {}", text.key());
            }
        }
        for odd in ["0", "13", "01", "one", "1.0"] {
            mina.get(&format!("/m/sample/steps/{odd}")).is_not_found();
        }
    });
}

#[test]
fn outside_help_stands_on_every_page_of_the_steps_that_asks_for_feelings() {
    on_both(|mend| {
        let mina = mend.as_("mina");
        let circle = format!("{}/steps/4", rowan(mend));
        for path in [
            "/m/sample/steps/4",
            "/m/sample/practices",
            "/m/sample/practices/cup",
            &circle,
        ] {
            assert!(
                mina.get(path).links().contains(&"tel:112".to_owned()),
                "{path}"
            );
        }
    });
}

#[test]
fn a_practice_says_how_long_it_is_and_can_be_skipped_at_once() {
    on_both(|mend| {
        let mina = mend.as_("mina");
        let list = mina.get("/m/sample/practices");
        for short in &mend.app.practice.short.all {
            let address = format!("/m/sample/practices/{}", short.key);
            assert!(list.links().contains(&address));
            let page = mina.get(&address);
            assert!(
                page.says(&short.moving) && page.says(&short.cautions[0]),
                "{address}"
            );
            assert!(page.says(&mend.app.practice.short.skip), "{address}");
        }
        mina.get("/m/sample/practices/nothing").is_not_found();
    });
}

#[test]
fn the_dial_asks_on_and_keeps_nothing() {
    on_both(|mend| {
        let (mina, before) = (mend.as_("mina"), crate::testing::tables::dump(mend));
        let page = mina.post("/m/sample/steps/ready", &[("ready", "6")]);
        assert!(
            page.code() == 200 && page.says(&mend.t("ready-easier")),
            "{}",
            page.text()
        );
        assert!(
            page.body().contains("value=\"6\" required checked"),
            "the box stays"
        );
        assert!(
            mina.post("/m/sample/steps/ready", &[("ready", "10")])
                .says(&mend.t("ready-full"))
        );
        for odd in ["11", "-1", "", "many"] {
            assert_eq!(
                mina.post("/m/sample/steps/ready", &[("ready", odd)]).code(),
                409
            );
        }
        assert_eq!(crate::testing::tables::dump(mend), before);
    });
}

/// The page of a circle, and its sheet, read the same texts as the page of the step.
#[test]
fn a_circle_and_its_sheet_show_the_step_in_the_words_in_force() {
    on_both(|mend| {
        let (mina, ours) = (
            mend.as_("mina"),
            "Is there a limit of yours that Rowan could help you to keep?",
        );
        for path in [
            rowan(mend),
            format!("{}/pack", rowan(mend)),
            format!("{}/steps/1", rowan(mend)),
        ] {
            let page = mina.get(&path);
            assert!(page.says(ours), "{path}");
            assert!(
                page.says(
                    "What are you carrying this week that the whole movement could help to carry?"
                ),
                "{path}"
            );
        }
        assert!(!mina.get("/m/sample/steps/1").says(ours));
    });
}
