//! Care hours: one sum of many, never one person's number.
#![allow(clippy::unwrap_used)]

use crate::testing::tables::dump;
use crate::testing::{TestMend, on_both};

const SEVEN: [&str; 7] = ["lena", "mina", "tomas", "sol", "kofi", "ines", "amara"];

/// Everybody writes two hours down for November, which is the last month on 1 December.
fn november(mend: &TestMend, keys: &[&str]) {
    for key in keys {
        let saved = mend
            .as_(key)
            .post("/m/sample/care", &[("this", ""), ("before", "2")]);
        saved.goes_to("/m/sample/care?told=saved");
    }
}

fn sums_up(mend: &TestMend, days: i64) {
    mend.days(days);
    mend.jobs_begin();
    mend.do_jobs();
}

fn says(mend: &TestMend, what: &str) -> bool {
    mend.as_("noor").get("/m/sample/care").says(what)
}

#[test]
fn a_month_is_added_up_once_nobody_can_change_it_any_more() {
    on_both(|mend| {
        november(mend, &SEVEN);
        sums_up(mend, 30);
        assert!(
            !says(mend, "14 hours"),
            "in December it can still be changed"
        );
        assert_eq!(dump(mend)["care_hours"].len(), 7);
        sums_up(mend, 1);
        assert!(says(mend, "14 hours"));
        assert!(
            dump(mend)["care_hours"].is_empty(),
            "the single numbers are gone"
        );
    });
}

#[test]
fn fewer_than_seven_make_no_sum() {
    on_both(|mend| {
        november(mend, &SEVEN[..6]);
        mend.as_("amara")
            .post("/m/sample/care", &[("this", "3"), ("before", "0")]);
        sums_up(mend, 31);
        assert!(!says(mend, "12 hours") && says(mend, &mend.t("care-none")));
        assert_eq!(dump(mend)["care_hours"].len(), 1, "December goes on");
    });
}

/// Whoever erases themselves later takes nothing out of a sum, so that no difference tells of them.
#[test]
fn a_sum_does_not_change_when_somebody_leaves_later() {
    on_both(|mend| {
        november(mend, &SEVEN);
        sums_up(mend, 31);
        mend.as_("sol")
            .post("/m/sample/me/leave", &[("sure", "on")]);
        sums_up(mend, 1);
        assert!(says(mend, "14 hours"));
    });
}

#[test]
fn ones_own_number_is_seen_by_oneself_alone_and_can_be_changed() {
    on_both(|mend| {
        mend.as_("mina")
            .post("/m/sample/care", &[("this", "1,5"), ("before", "41")]);
        let page = mend.as_("mina").get("/m/sample/care");
        assert!(page.body().contains("value=\"41\"") && page.body().contains("value=\"1.5\""));
        for other in ["lena", "amara"] {
            assert!(
                !mend
                    .as_(other)
                    .get("/m/sample/care")
                    .body()
                    .contains("value=\"41\"")
            );
        }
        let file = mend.as_("mina").get("/m/sample/me/export");
        assert!(file.body().contains("2460"), "{}", file.body());
        mend.as_("mina")
            .post("/m/sample/care", &[("this", ""), ("before", "")]);
        assert!(dump(mend)["care_hours"].is_empty());
    });
}

#[test]
fn what_is_no_number_of_hours_is_shown_again() {
    on_both(|mend| {
        for odd in ["many", "-1", "999"] {
            let reply = mend.as_("mina").post("/m/sample/care", &[("this", odd)]);
            assert!(reply.code() == 422 && reply.body().contains(odd), "{odd}");
        }
        assert!(dump(mend)["care_hours"].is_empty());
    });
}
