//! What is one's own: where one stands, and in whose words one reads.
#![allow(clippy::unwrap_used)]

use super::rowan;
use crate::testing::tables::{dump, hex};
use crate::testing::{TestMend, on_both};

fn mark(mend: &TestMend, key: &str, number: &str) {
    let sent = [("here", number), ("at", number)];
    mend.as_(key)
        .post("/m/sample/steps", &sent)
        .goes_to(&format!("/m/sample/steps/{number}?told=saved"));
}

#[test]
fn where_somebody_stands_is_seen_by_them_alone() {
    on_both(|mend| {
        mark(mend, "mina", "7");
        let here = mend.t("steps-here");
        for path in ["/m/sample/steps", "/m/sample/steps/7"] {
            assert!(mend.as_("mina").get(path).says(&here), "{path}");
            for other in ["lena", "amara", "tomas"] {
                assert!(!mend.as_(other).get(path).says(&here), "{other} {path}");
            }
        }
        assert!(
            !mend.as_("mina").get("/m/sample").says(&here),
            "Home is seen over a shoulder"
        );
    });
}

/// Everybody's row looks alike whatever stands in it, so that the tables tell nothing.
#[test]
fn where_somebody_stands_lies_sealed_and_tells_nothing_by_its_length() {
    on_both(|mend| {
        mark(mend, "mina", "7");
        mark(mend, "lena", "1");
        mend.as_("tomas")
            .post("/m/sample/steps", &[("source", "plain")])
            .goes_to("/m/sample/steps?told=saved");
        let rows = dump(mend)["own_path"].clone();
        assert_eq!(rows.len(), 3);
        let sealed: std::collections::BTreeSet<String> =
            rows.iter().map(|row| row[2].clone()).collect();
        assert_eq!(sealed.len(), 3);
        assert!(
            sealed
                .iter()
                .all(|one| one.len() == sealed.first().unwrap().len())
        );
        assert!(sealed.iter().all(|one| !one.ends_with(&hex(&[0, 7]))));
    });
}

#[test]
fn a_mark_can_be_taken_away_and_then_no_row_is_left() {
    on_both(|mend| {
        mark(mend, "mina", "7");
        mark(mend, "mina", "8");
        let export = mend.as_("mina").get("/m/sample/me/export").json();
        assert_eq!(export["person"]["steps"]["where I am"], 8);
        mend.as_("mina")
            .post("/m/sample/steps", &[("here", "nowhere")])
            .goes_to("/m/sample/steps?told=saved");
        assert!(dump(mend)["own_path"].is_empty());
    });
}

#[test]
fn a_person_reads_in_other_words_than_the_group_and_nobody_else_does() {
    on_both(|mend| {
        let step = mend.app.practice.steps()[6].clone();
        let opening = |source| step.opening(source).to_owned();
        use mend_rules::movement::Source::{Care, Justice, Wisdom};
        let reads = |key: &str, path: &str, source| mend.as_(key).get(path).says(&opening(source));
        let circle = format!("{}/steps/7", rowan(mend));
        assert!(reads("mina", "/m/sample/steps/7", Wisdom));
        mend.as_("mina")
            .post("/m/sample/steps", &[("source", "care")]);
        mend.as_("lena")
            .post(
                &format!("{}/source", rowan(mend)),
                &[("source", "justice"), ("at", "7")],
            )
            .goes_to(&format!("{circle}?told=saved"));
        assert!(reads("mina", "/m/sample/steps/7", Care) && reads("mina", &circle, Care));
        assert!(reads("lena", "/m/sample/steps/7", Wisdom) && reads("lena", &circle, Justice));
        mend.as_("mina")
            .post("/m/sample/steps", &[("source", "group")]);
        assert!(reads("mina", &circle, Justice));
        mend.as_("lena").post(
            &format!("{}/source", rowan(mend)),
            &[("source", "movement")],
        );
        assert!(reads("mina", &circle, Wisdom));
        mend.as_("mina")
            .post(&format!("{}/source", rowan(mend)), &[("source", "care")])
            .is_not_found();
    });
}

#[test]
fn choosing_words_does_not_move_the_mark_and_the_other_way_round() {
    on_both(|mend| {
        mark(mend, "mina", "3");
        mend.as_("mina")
            .post("/m/sample/steps", &[("source", "plain")]);
        let own = mend.as_("mina").get("/m/sample/me/export").json()["person"]["steps"].clone();
        assert_eq!(
            (own["where I am"].as_u64(), own["own source"].as_str()),
            (Some(3), Some("plain"))
        );
    });
}

#[test]
fn whoever_leaves_leaves_no_mark_behind() {
    on_both(|mend| {
        mark(mend, "mina", "3");
        mend.as_("mina")
            .post("/m/sample/me/leave", &[("sure", "on")])
            .goes_to("/movements?told=left");
        assert!(dump(mend)["own_path"].is_empty());
    });
}
