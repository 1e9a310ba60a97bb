//! The group inventory: chosen for one meeting, and the few lines that a circle writes down.
#![allow(clippy::unwrap_used)]

use crate::practice::words;
use crate::testing::client::{Client, Reply};
use crate::testing::tables::{dump, tables_with};
use crate::testing::{TestMend, begin, on_both, page};
use crate::with;

const QUARTER: &str = "2026-10-01";
const CARE: &str = "People were spoken over.";

fn rowan(mend: &TestMend) -> String {
    format!("/m/sample/circles/{}", mend.circle(mend.sample, "Rowan"))
}

fn at(mend: &TestMend) -> String {
    format!("{}/inventory/{QUARTER}", rowan(mend))
}

/// The id of what somebody has before them, as the form sends it.
fn was(client: &Client<'_>, at: &str) -> String {
    was_in(client.get(at).body())
}

fn was_in(body: &str) -> String {
    let mut tags = page::tags(body).into_iter();
    let tag = tags
        .find(|tag| tag.contains("name=\"was\""))
        .unwrap_or_default();
    let value = tag.split("value=\"").nth(1).unwrap_or_default();
    value.split('"').next().unwrap_or_default().to_owned()
}

fn writes(client: &Client<'_>, at: &str, was: &str, care: &str) -> Reply {
    let fields = [
        ("was", was),
        ("well", "We eat together."),
        ("care", care),
        ("try", ""),
        ("stop", ""),
        ("again", "2027-01-12"),
        ("months", "6"),
    ];
    client.post(at, &fields)
}

#[test]
fn everybody_with_a_seat_writes_and_reads_and_nobody_else_sees_that_there_is_anything() {
    on_both(|mend| {
        let (at, list) = (at(mend), format!("{}/inventory", rowan(mend)));
        writes(&mend.as_("mina"), &at, "", CARE).goes_to(&format!("{list}?told=saved"));
        for who in ["lena", "mina", "ines"] {
            let page = mend.as_(who).get(&list);
            assert!(page.says(CARE) && page.says("We eat together."), "{who}");
            assert!(page.says("October to December 2026"), "{}", page.text());
            assert!(page.says("Tuesday, 12 January 2027"), "looks again");
            assert!(page.says("30 June 2027"), "kept until");
            assert!(!page.says("What do we stop?"), "an empty line is not shown");
        }
        for who in ["amara", "juno"] {
            let other = mend.as_(who);
            for path in [&list, &at] {
                other.get(path).is_not_found();
            }
            writes(&other, &at, "", "mine").is_not_found();
            other
                .post(&format!("{at}/destroy"), &[("sure", "on")])
                .is_not_found();
        }
        let circle = mend.as_("amara").get(&rowan(mend));
        assert!(
            !circle.says(&mend.t("inventory-title")),
            "no link leads there"
        );
    });
}

#[test]
fn it_lies_sealed_and_names_nobody_so_that_leaving_and_erasing_change_nothing() {
    on_both(|mend| {
        let (at, list) = (at(mend), format!("{}/inventory", rowan(mend)));
        writes(&mend.as_("mina"), &at, "", CARE);
        let before = dump(mend);
        assert_eq!(before["inventory"].len(), 1);
        for text in [CARE, "We eat together.", "2027-01-12"] {
            assert_eq!(tables_with(&before, text), [""; 0], "{text}");
        }
        let named = tables_with(&before, &mend.id("mina").to_string());
        assert!(!named.contains(&"inventory".into()), "{named:?}");
        let ledger = tables_with(&before, "inventory");
        assert!(!ledger.contains(&"ledger".into()), "nothing says who wrote");
        let erased = mend
            .as_("mina")
            .post("/account/erase", &[("handle", "mina")]);
        erased.goes_to("/?told=erased");
        assert_eq!(dump(mend)["inventory"], before["inventory"]);
        assert!(mend.as_("lena").get(&list).says(CARE));
    });
}

#[test]
fn two_who_write_at_once_lose_nothing() {
    on_both(|mend| {
        let (at, mina, sol) = (at(mend), mend.as_("mina"), mend.as_("sol"));
        writes(&mina, &at, "", CARE);
        let row = dump(mend)["inventory"].clone();
        // Sol had the empty form before them.
        let late = writes(&sol, &at, "", "Hours were long.");
        assert_eq!(late.code(), 422);
        assert!(late.says(&mend.t("inventory-meanwhile")), "{}", late.text());
        assert!(
            late.says(CARE) && late.says("Hours were long."),
            "both are shown"
        );
        assert_eq!(dump(mend)["inventory"], row);
        // What was seen then is saved over with open eyes.
        let seen = was(&sol, &at);
        assert_eq!(writes(&sol, &at, &seen, "Both.").code(), 303);
        assert_eq!(writes(&mina, &at, &seen, "Again.").code(), 422);
        let same = dump(mend)["inventory"].clone();
        assert_eq!(writes(&sol, &at, &seen, "Both.").code(), 303, "sent twice");
        assert_eq!(dump(mend)["inventory"], same);
    });
}

/// A form that comes back for another reason must not pass for one that has shown what is there now.
#[test]
fn a_line_that_is_too_long_does_not_open_the_way_to_overwrite_unseen() {
    on_both(|mend| {
        let (at, mina, sol) = (at(mend), mend.as_("mina"), mend.as_("sol"));
        writes(&mina, &at, "", CARE);
        let old = was(&sol, &at);
        writes(&mina, &at, &old, "Changed.");
        let long = writes(&sol, &at, &old, &"a".repeat(601));
        assert_eq!(long.code(), 422);
        let sent = was_in(long.body());
        assert_eq!(sent, old, "it is still what Sol has seen");
        let late = writes(&sol, &at, &sent, "Short.");
        assert!(
            late.code() == 422 && late.says("Changed."),
            "{}",
            late.text()
        );
    });
}

#[test]
fn the_circle_destroys_what_it_has_seen_and_never_by_a_slip() {
    on_both(|mend| {
        let (at, mina, sol) = (at(mend), mend.as_("mina"), mend.as_("sol"));
        writes(&mina, &at, "", CARE);
        let (destroy, old) = (format!("{at}/destroy"), was(&sol, &at));
        let slip = sol.post(&destroy, &[("was", &old)]);
        assert!(slip.code() == 409 && slip.says(&mend.t("inventory-unsure")));
        writes(&mina, &at, &old, "Changed.");
        let stale = sol.post(&destroy, &[("was", &old), ("sure", "on")]);
        assert!(stale.code() == 409 && stale.says(&mend.t("inventory-changed")));
        assert_eq!(dump(mend)["inventory"].len(), 1);
        let new = was(&sol, &at);
        let gone = sol.post(&destroy, &[("was", &new), ("sure", "on")]);
        gone.goes_to(&format!("{}/inventory?told=removed", rowan(mend)));
        assert!(dump(mend)["inventory"].is_empty());
        // Whoever had it before them is told, and may still write it.
        let late = writes(&mina, &at, &new, "Changed.");
        assert!(late.code() == 422 && late.says(&mend.t("inventory-meanwhile-gone")));
        assert_eq!(writes(&mina, &at, "", "Changed.").code(), 303);
    });
}

#[test]
fn what_was_destroyed_stands_in_no_file() {
    let mend = TestMend::new("sqlite");
    let (at, mina) = (at(&mend), mend.as_("mina"));
    writes(&mina, &at, "", CARE);
    let sealed = mend.read(mend_store::Scope::Movement(mend.sample.0), |tx| {
        mend_store::sql!("SELECT lines_sealed FROM inventory").one(tx, |row| row.bytes(0))
    });
    let holds = || {
        mend.files()
            .unwrap()
            .windows(48)
            .any(|part| part == &sealed[..48])
    };
    assert!(holds(), "the scan sees it");
    let seen = was(&mina, &at);
    mina.post(&format!("{at}/destroy"), &[("was", &seen), ("sure", "on")]);
    assert!(!holds(), "a file still holds it");
}

#[test]
fn it_goes_on_its_day_with_the_circle_and_with_the_last_seat() {
    on_both(|mend| {
        let at = at(mend);
        let rows = || dump(mend)["inventory"].len();
        writes(&mend.as_("mina"), &at, "", CARE);
        let day = |days: i64| {
            mend.days(days);
            mend.jobs_begin();
            mend.do_jobs();
        };
        // From 1 December to the last day, 30 June.
        day(211);
        assert_eq!(rows(), 1, "on its last day it is there");
        day(1);
        assert_eq!(rows(), 0, "the day after it is gone");

        let now = "/inventory/2027-07-01";
        let again = |who: &str| {
            let to = format!("{}{now}", rowan(mend));
            assert_eq!(mend.as_(who).post(&to, &[("well", "Tea.")]).code(), 303);
            assert_eq!(rows(), 1);
        };
        again("lena");
        for who in ["lena", "mina", "tomas", "sol", "kofi", "ines"] {
            let left = mend
                .as_(who)
                .post(&format!("{}/leave", rowan(mend)), &[("sure", "on")]);
            assert_eq!(left.code(), 303, "{}", left.text());
        }
        day(1);
        assert_eq!(rows(), 0, "nobody has a seat any more");
    });
    on_both(|mend| {
        writes(&mend.as_("mina"), &at(mend), "", CARE);
        let end = format!("{}/end", rowan(mend));
        mend.as_("lena").post(&end, &[("sure", "on")]);
        assert!(dump(mend)["inventory"].is_empty(), "the circle has ended");
    });
}

#[test]
fn what_cannot_be_kept_is_said_and_stays_in_the_form() {
    on_both(|mend| {
        let (at, mina) = (at(mend), mend.as_("mina"));
        let long = "a".repeat(601);
        let most = with![most = 600];
        for (fields, why) in [
            (
                [("well", "  "), ("again", ""), ("months", "12")],
                "inventory-wrong-empty",
            ),
            (
                [("well", &long), ("again", ""), ("months", "12")],
                "inventory-wrong-long",
            ),
            (
                [("well", "Tea."), ("again", "2029-01-01"), ("months", "12")],
                "inventory-wrong-day",
            ),
            (
                [("well", "Tea."), ("again", ""), ("months", "7")],
                "inventory-wrong-months",
            ),
        ] {
            let reply = mina.post(&at, &fields);
            assert!(
                reply.code() == 422 && reply.says(&mend.tw(why, &most)),
                "{}",
                reply.text()
            );
            assert!(reply.says(fields[0].1.trim()), "{why} lost what was typed");
        }
        for other in ["2026-07-01", "2027-01-01", "2026-11-01", "soon"] {
            let path = format!("{}/inventory/{other}", rowan(mend));
            let open = other == "2026-07-01";
            assert_eq!(mina.get(&path).code() == 200, open, "{other}");
            let kept = mina.post(&path, &[("well", "Tea.")]);
            assert_eq!(kept.code() == 303, open, "{other}: {}", kept.text());
        }
    });
}

#[test]
fn a_meeting_becomes_one_on_every_page_and_a_step_again() {
    on_both(|mend| {
        let (lena, mina, own) = (mend.as_("lena"), mend.as_("mina"), rowan(mend));
        let ours = &words().group_inventory;
        let meeting = format!("{own}/meetings/2026-12-08");
        let choose = |step: &str| lena.post(&format!("{meeting}/step"), &[("step", step)]);
        mina.post(&format!("{meeting}/step"), &[("step", "inventory")])
            .is_not_found();
        assert_eq!(choose("inventory").code(), 303);
        for page in [
            own.as_str(),
            &meeting,
            &format!("{own}/meetings"),
            "/m/sample",
        ] {
            let reply = mina.get(page);
            assert!(reply.says(&ours.title), "{page}: {}", reply.text());
            assert!(!reply.says("Step 1:"), "{page}");
        }
        let pack = mina.get(&format!("{own}/pack"));
        for question in &ours.questions {
            assert!(pack.says(question), "{question}");
        }
        for line in &ours.lines {
            assert!(pack.says(&line.question), "{}", line.question);
        }
        assert!(pack.says("Writing it down") && !pack.says(&mend.t("step-of-choice")));
        assert!(
            !pack.says(&mend.t("part-asks")),
            "the usual hour is not shown"
        );
        assert_eq!(choose("2").code(), 303);
        let page = mina.get(&own);
        assert!(page.says("Step 2:") && !page.says("Writing it down"));
        choose("inventory");
        choose("");
        assert!(mina.get(&own).says("Step 1:"));
    });
}

#[test]
fn there_is_no_time_for_one_in_half_an_hour_or_in_a_wave() {
    on_both(|mend| {
        let (lena, own) = (mend.as_("lena"), rowan(mend));
        let ours = &words().group_inventory.title;
        let step = format!("{own}/meetings/2026-12-08/step");
        lena.post(&step, &[("step", "inventory")]);
        let wave = |until: &str| {
            mend.as_("amara")
                .post("/m/sample/wave", &[("until", until)])
        };
        wave("2026-12-10");
        let page = lena.get(&own);
        assert!(!page.says(ours) && page.says(&mend.t("agenda-title-short")));
        mend.as_("amara").post("/m/sample/wave", &[("end", "on")]);
        let plan = [
            super::PLAN.as_slice(),
            &[("name", "Rowan"), ("minutes", "30"), ("cadence", "monthly")],
        ];
        let saved = lena.post(&format!("{own}/edit"), &plan.concat());
        assert_eq!(saved.code(), 303, "{}", saved.text());
        assert!(!lena.get(&own).says(ours), "it is shorter now");
        let meeting = lena.get(&format!("{own}/meetings/2026-12-08"));
        assert!(
            !meeting.says(&mend.t("meeting-step-inventory")),
            "{}",
            meeting.text()
        );
        let short = lena.post(&step, &[("step", "inventory")]);
        assert!(short.code() == 409 && short.says(&mend.t("inventory-no-time")));
    });
}

#[test]
fn the_sample_movement_has_one_of_the_quarter_before() {
    let mend = TestMend::with_half_year(mend_store::testing::engines()[0], begin());
    let page = mend.as_("lena").get(&format!("{}/inventory", rowan(&mend)));
    assert!(page.says("July to September 2026"), "{}", page.text());
    assert!(page.says("We eat together before we talk about work."));
    for line in &words().group_inventory.lines {
        assert!(page.says(&line.question), "{}", line.question);
    }
}
