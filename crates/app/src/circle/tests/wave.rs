//! A wave: circles shrink to twenty minutes on every page, sheet and calendar, and come back.
#![allow(clippy::unwrap_used)]

use crate::testing::links::feed_link;
use crate::testing::{TestMend, on_both};
use crate::with;

fn declare(mend: &TestMend, until: &str) {
    let done = mend
        .as_("amara")
        .post("/m/sample/wave", &[("until", until)]);
    done.goes_to("/m/sample/wave?told=wave");
}

fn circle(mend: &TestMend) -> String {
    format!("/m/sample/circles/{}", mend.circle(mend.sample, "Rowan"))
}

fn is_short(mend: &TestMend) -> [bool; 2] {
    ["", "/pack"].map(|page| {
        let page = mend.as_("amara").get(&format!("{}{page}", circle(mend)));
        let asks = page.says(&mend.t("part-asks"));
        // The first meeting holds the first step, and the one in January the second.
        let has_step = [1, 2].map(|step| page.says(mend.app.practice.title(step)));
        assert_eq!(asks, has_step.contains(&true), "{}", page.text());
        !asks
    })
}

fn feed(mend: &TestMend) -> String {
    let account = mend.account_of("mina");
    let link = feed_link(mend, "sample", account);
    let feed = mend.visitor().get(&format!("/m/sample/feed/{link}"));
    feed.body().replace("\r\n ", "")
}

#[test]
fn circles_shrink_until_the_last_day_and_come_back_by_themselves() {
    on_both(|mend| {
        assert_eq!(is_short(mend), [false, false]);
        declare(mend, "2026-12-10");
        assert_eq!(is_short(mend), [true, true]);
        let said = mend.tw("wave-home", &with![day = "Thursday, 10 December 2026"]);
        for who in ["amara", "mina", "juno"] {
            assert!(mend.as_(who).get("/m/sample").says(&said), "{who}");
        }
        // The next meeting, in January, lies after the wave.
        mend.days(8);
        assert_eq!(is_short(mend), [false, false]);
        assert!(mend.as_("juno").get("/m/sample").says(&said));
        mend.days(2);
        assert!(
            !mend.as_("juno").get("/m/sample").says(&said),
            "the day after"
        );
    });
}

#[test]
fn a_wave_can_be_ended_early_and_has_at_most_eight_weeks() {
    on_both(|mend| {
        for wrong in ["2026-11-30", "2027-01-27", "soon", ""] {
            let tried = mend
                .as_("amara")
                .post("/m/sample/wave", &[("until", wrong)]);
            assert!(
                tried.code() == 422 && tried.says(&mend.t("wave-wrong")),
                "{wrong}"
            );
        }
        assert_eq!(is_short(mend), [false, false]);
        declare(mend, "2027-01-26");
        let ended = mend.as_("amara").post("/m/sample/wave", &[("end", "1")]);
        ended.goes_to("/m/sample/wave?told=no-wave");
        assert_eq!(is_short(mend), [false, false]);
    });
}

#[test]
fn calendars_show_the_meetings_of_a_wave_shorter_and_the_others_as_they_were() {
    on_both(|mend| {
        assert_eq!(feed(mend).matches("RECURRENCE-ID").count(), 0);
        declare(mend, "2027-01-20");
        let text = feed(mend);
        for day in ["20261208", "20270112"] {
            assert!(
                text.contains(&format!("RECURRENCE-ID;TZID=Europe/Lisbon:{day}T190000")),
                "{text}"
            );
            assert!(
                text.contains(&format!("DTEND;TZID=Europe/Lisbon:{day}T192000")),
                "{text}"
            );
        }
        assert_eq!(text.matches("RECURRENCE-ID").count(), 2);
        assert_eq!(text.matches("RRULE").count(), 1);
    });
}

#[test]
fn a_calendar_reminds_only_where_somebody_chose_that() {
    on_both(|mend| {
        assert!(!feed(mend).contains("VALARM"));
        let chosen = [
            ("evening", "calendar"),
            ("soon", "calendar"),
            ("rhythm", "soon"),
        ];
        mend.as_("mina").post("/m/sample/me/letters", &chosen);
        let text = feed(mend);
        for trigger in ["TRIGGER:-PT1500M", "TRIGGER:-PT120M"] {
            assert_eq!(text.matches(trigger).count(), 1, "{text}");
        }
        assert!(!text.contains("X-MEND"), "{text}");
    });
}

#[test]
fn a_meeting_that_was_moved_into_a_wave_is_short_there_and_its_day_tells_so() {
    on_both(|mend| {
        declare(mend, "2026-12-10");
        let own = format!("{}/meetings/2026-12-08", circle(mend));
        let to = [("to", "2026-12-10"), ("at", "20:00")];
        assert_eq!(
            mend.as_("lena").post(&format!("{own}/move"), &to).code(),
            303
        );
        let text = feed(mend);
        assert!(
            text.contains("DTEND;TZID=Europe/Lisbon:20261210T202000"),
            "{text}"
        );
        assert_eq!(text.matches("RECURRENCE-ID").count(), 1, "{text}");
        let day = mend.as_("mina").get(&own);
        assert!(day.says(&mend.t("agenda-title-short")), "{}", day.text());
        let after = [("to", "2026-12-11"), ("at", "20:00")];
        mend.as_("lena").post(&format!("{own}/move"), &after);
        let text = feed(mend);
        assert!(
            text.contains("DTEND;TZID=Europe/Lisbon:20261211T210000"),
            "{text}"
        );
    });
}
