//! The half year of the sample movement, as its people see it.
#![allow(clippy::unwrap_used)]

use mend_store::testing::engines;

use crate::testing::{TestMend, begin};
use crate::with;

/// What the pages say, without what is drawn anew for each instance.
fn told(mend: &TestMend) -> Vec<String> {
    let steward = mend.as_("amara");
    [
        "",
        "/circles",
        "/steps",
        "/care",
        "/movement",
        "/people",
        "/joining",
    ]
    .iter()
    .map(|path| steward.get(&format!("/m/sample{path}")).text())
    .collect()
}

fn hazel(mend: &TestMend) -> String {
    format!("/m/sample/circles/{}", mend.circle(mend.sample, "Hazel"))
}

#[test]
fn the_sample_movement_has_half_a_year_behind_it() {
    for engine in engines() {
        let mend = TestMend::with_half_year(engine, begin());
        let steward = mend.as_("amara");
        let care = steward.get("/m/sample/care");
        assert!(care.says(&mend.tw("care-hours", &with![hours = 63])));
        assert!(
            steward
                .get("/m/sample")
                .says(&mend.tw("joining-count", &with![count = 1]))
        );
        let circle = hazel(&mend);
        assert!(
            steward
                .get(&circle)
                .says("The spoon from the kitchen goes round.")
        );
        let meetings = steward.get(&format!("{circle}/meetings"));
        assert!(meetings.says("Siobhán Kinsella"));
        let held = steward.get(&format!("{circle}/held"));
        let facts = with![count = 4, minutes = 55];
        assert!(held.says(&mend.tw("held-line", &facts)));
        let other = mend.as_("bram").get(&format!("{circle}/held"));
        assert_eq!(other.code(), 404, "who has no seat in it");
    }
}

#[test]
fn it_is_the_same_each_time_and_on_every_day_of_the_year() {
    let engine = engines()[0];
    for days in (0..365).step_by(61) {
        let now = begin().days(days);
        let (one, two) = (
            TestMend::with_half_year(engine, now),
            TestMend::with_half_year(engine, now),
        );
        assert_eq!(told(&one), told(&two), "{days} days on");
    }
}
