//! Commitments: one's own, shown by choice, let go of without a reason.
#![allow(clippy::unwrap_used)]

use super::{action, rowan};
use crate::testing::tables::{dump, tables_with};
use crate::testing::{TestMend, on_both};

const WORDS: &str = "I leave the office before eight.";

fn promise(mend: &TestMend, until: &str, circle: &str) -> u16 {
    let form = [("words", WORDS), ("until", until), ("circle", circle)];
    mend.as_("ines").post("/m/sample/commitments", &form).code()
}

fn shared(mend: &TestMend, key: &str) -> bool {
    mend.as_(key)
        .get(&format!("{}/shared", rowan(mend)))
        .says(WORDS)
}

#[test]
fn a_commitment_is_private_until_its_owner_shows_it_to_a_circle() {
    on_both(|mend| {
        assert_eq!(promise(mend, "2026-12-20", "nobody"), 303);
        assert!(!shared(mend, "lena") && !shared(mend, "amara"));
        assert_eq!(tables_with(&dump(mend), WORDS), [""; 0], "it lies sealed");
        let show = action(&mend.as_("ines").get("/m/sample/commitments"), "/show");
        let circle = mend.circle(mend.sample, "Rowan").to_string();
        mend.as_("lena").post(&show, &[("circle", &circle)]);
        assert!(!shared(mend, "lena"), "only its owner shows it");
        mend.as_("ines")
            .post(&show, &[("circle", &circle)])
            .goes_to("/m/sample/commitments?told=saved");
        assert!(shared(mend, "lena") && shared(mend, "mina"));
        mend.as_("noor")
            .get(&format!("{}/shared", rowan(mend)))
            .is_not_found();
        mend.as_("ines").post(&show, &[("circle", "nobody")]);
        assert!(!shared(mend, "lena"));
    });
}

#[test]
fn a_commitment_is_not_shown_where_its_owner_has_no_seat() {
    on_both(|mend| {
        let circle = mend.circle(mend.sample, "Rowan").to_string();
        assert_eq!(promise(mend, "2026-12-20", &circle), 303);
        assert!(shared(mend, "lena"));
        mend.as_("ines")
            .post(&format!("{}/leave", rowan(mend)), &[("sure", "on")]);
        assert!(
            !shared(mend, "lena"),
            "whoever left the circle shows nothing to it"
        );
        let form = [
            ("words", WORDS),
            ("until", "2026-12-20"),
            ("circle", circle.as_str()),
        ];
        mend.as_("noor").post("/m/sample/commitments", &form);
        assert!(!shared(mend, "lena"));
    });
}

#[test]
fn a_commitment_is_let_go_of_at_once_by_its_owner_alone() {
    on_both(|mend| {
        promise(mend, "2026-12-20", "nobody");
        let path = action(&mend.as_("ines").get("/m/sample/commitments"), "/release");
        let before = dump(mend)["commitment"].len();
        mend.as_("amara").post(&path, &[]);
        assert_eq!(dump(mend)["commitment"].len(), before);
        for _ in 0..2 {
            mend.as_("ines")
                .post(&path, &[])
                .goes_to("/m/sample/commitments?told=released");
        }
        assert_eq!(dump(mend)["commitment"].len(), before - 1);
    });
}

#[test]
fn a_commitment_ends_within_ninety_days_and_is_gone_then() {
    on_both(|mend| {
        for odd in ["2026-11-30", "2027-03-02", ""] {
            assert_eq!(promise(mend, odd, "nobody"), 422, "{odd}");
        }
        assert_eq!(promise(mend, "2026-12-02", "nobody"), 303);
        let holds = || mend.as_("ines").get("/m/sample/commitments").says(WORDS);
        mend.days(1);
        assert!(holds());
        mend.days(1);
        assert!(!holds());
        let before = dump(mend)["commitment"].len();
        mend.jobs_begin();
        mend.do_jobs();
        assert_eq!(dump(mend)["commitment"].len(), before - 1);
    });
}

#[test]
fn a_commitment_is_in_ones_own_file_and_gone_when_one_leaves() {
    on_both(|mend| {
        promise(mend, "2026-12-20", "nobody");
        assert!(
            mend.as_("ines")
                .get("/m/sample/me/export")
                .body()
                .contains(WORDS)
        );
        let before = dump(mend)["commitment"].len();
        mend.as_("ines")
            .post("/m/sample/me/leave", &[("sure", "on")]);
        assert_eq!(dump(mend)["commitment"].len(), before - 1);
    });
}
