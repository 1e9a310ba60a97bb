//! What a live circle says: its own words for the step, its agreements, who keeps, and what it does
//! when only a few have come.
#![allow(clippy::unwrap_used)]

use mend_store::{Scope, sql};
use serde_json::Value;

use super::{Held, ROWAN};
use crate::circle;
use crate::testing::client::Reply;
use crate::testing::{TestMend, on_both};
use crate::with;

fn lines(told: &Value) -> Vec<&str> {
    let lines = told["lines"].as_array().unwrap();
    lines.iter().map(|line| line.as_str().unwrap()).collect()
}

fn shows(told: &Value, what: &str) -> bool {
    told["show"].as_array().unwrap().contains(&what.into())
}

/// The eighth of December, so many minutes before the meeting at 19:00.
fn minutes_before(mend: &TestMend, minutes: i64) {
    mend.minutes(7 * 24 * 60 + 9 * 60 - minutes);
}

#[test]
fn the_questions_are_those_of_the_step_in_the_circles_own_words() {
    on_both(|mend| {
        let held = Held::begun(mend);
        for _ in 0..4 {
            held.does("lena", "next");
        }
        let told = held.follows("mina");
        assert_eq!(told["say"]["title"], mend.app.practice.title(1));
        assert!(!lines(&told).is_empty(), "its cautions");
        held.does("lena", "next");
        let asked: Vec<_> = (0..4)
            .map(|_| held.does("lena", "another")["say"]["title"].clone())
            .collect();
        let ours = "Is there a limit of yours that Rowan could help you to keep?";
        assert!(asked.contains(&ours.into()), "{asked:?}");
    });
}

#[test]
fn the_circle_may_settle_on_another_step_and_every_screen_has_its_words() {
    on_both(|mend| {
        let held = Held::begun(mend);
        for _ in 0..4 {
            held.does("lena", "next");
        }
        let version = held.version("lena");
        let fields = [
            ("deed", "step"),
            ("step", "2"),
            ("seen", version.as_str()),
            ("id", &crate::testing::random_id()),
        ];
        held.script("lena").post(&held.at(""), &fields);
        for who in ROWAN {
            assert_eq!(
                held.follows(who)["say"]["title"],
                mend.app.practice.title(2)
            );
        }
        held.sends("lena", "end", &held.version("lena"));
        let step = format!("{} 2", mend.t("live-record-step"));
        assert!(held.page("sol").says(&step), "{}", held.page("sol").text());
    });
}

#[test]
fn the_agreements_of_the_circle_stand_on_every_screen_when_they_are_read() {
    on_both(|mend| {
        let circle = mend.circle(mend.sample, "Rowan");
        let address = format!("/m/sample/circles/{circle}/agreements");
        let own = "We begin with tea.\nPass at any time.";
        mend.as_("lena")
            .post(&address, &[("lines", own), ("version", "1")]);
        let held = Held::begun(mend);
        held.does("lena", "next");
        held.does("lena", "next");
        let told = held.follows("kofi");
        assert_eq!(lines(&told), ["We begin with tea.", "Pass at any time."]);
        assert!(held.page("kofi").says("We begin with tea."));
    });
}

#[test]
fn whoever_is_named_to_keep_next_opens_that_meeting_and_leads_it() {
    on_both(|mend| {
        let held = Held::begun(mend);
        held.sends("lena", "end", &held.version("lena"));
        let kofi = mend.id("kofi").to_string();
        let named = [("count", "6"), ("next", kofi.as_str())];
        mend.as_("lena").post(&held.at("/kept"), &named);
        let day = format!("/m/sample/circles/{}/meetings/2026-12-08", held.circle);
        assert!(mend.as_("sol").get(&day).says(&mend.name("kofi")));
        minutes_before(mend, 10);
        let comes = |who: &str| {
            let fields = [("deed", "come"), ("how", "line")];
            mend.as_(who).post(&held.at(""), &fields).code()
        };
        assert_eq!(comes("sol"), 409);
        assert_eq!(comes("kofi"), 303);
        assert_eq!(comes("sol"), 303);
        let leads = |who: &str| shows(&held.follows(who), "lead");
        assert!(leads("kofi") && !leads("sol"));
    });
}

#[test]
fn at_the_end_somebody_willing_is_asked_to_keep_next_and_may_decline() {
    on_both(|mend| {
        let held = Held::begun(mend);
        held.sends("lena", "end", &held.version("lena"));
        let page = held.page("tomas");
        let next = mend.t("live-keeps-next");
        let named = ROWAN
            .into_iter()
            .find(|who| page.says(&format!("{next} {}", mend.name(who))));
        let named = named.unwrap_or_else(|| panic!("nobody is named: {}", page.text()));
        let day = format!("/m/sample/circles/{}/meetings/2026-12-08", held.circle);
        assert!(mend.as_("sol").get(&day).says(&mend.name(named)));
        let declines = mend
            .as_(named)
            .post(&format!("{day}/keeping"), &[("say", "decline")]);
        assert_eq!(declines.code(), 303);
        // Nothing names them any more, and whoever only puts the number right does not name them again.
        let is_named = |page: &Reply| page.says(&format!("{next} {}", mend.name(named)));
        assert!(!is_named(&held.page("tomas")));
        let id = mend.id(named).to_string();
        let stale = [("count", "5"), ("was", &id), ("next", &id)];
        mend.as_("sol").post(&held.at("/kept"), &stale);
        assert!(!is_named(&held.page("tomas")));
    });
}

#[test]
fn with_a_few_the_keeper_is_offered_the_twenty_minutes_and_there_is_no_step() {
    on_both(|mend| {
        let held = Held::new(mend);
        for who in ["lena", "mina", "tomas"] {
            held.comes(who);
        }
        let told = held.follows("lena");
        assert!(shows(&told, "few") && !shows(&told, "begin"));
        let told = held.does("lena", "few");
        assert_eq!(told["agenda"].as_array().unwrap().len(), 5);
        held.does("lena", "next");
        let told = held.does("lena", "next");
        assert_eq!(told["say"]["title"], mend.t("live-few-question"));
        held.sends("lena", "end", &held.version("lena"));
        let page = held.page("mina");
        assert!(!page.says(&format!("{} 1", mend.t("live-record-step"))));
    });
}

#[test]
fn a_state_that_nobody_can_read_any_more_begins_anew() {
    on_both(|mend| {
        let held = Held::begun(mend);
        mend.write(Scope::Movement(mend.sample.0), |tx| {
            sql!("UPDATE live SET body_sealed = $1")
                .bytes(vec![7; 64])
                .run(tx)
        });
        held.comes("lena");
        assert_eq!(held.follows("lena")["ring"].as_array().unwrap().len(), 1);
    });
}

#[test]
fn where_nobody_who_keeps_has_come_everybody_leads_and_finds_the_words_for_it() {
    on_both(|mend| {
        let held = Held::new(mend);
        minutes_before(mend, 0);
        held.comes("mina");
        held.comes("sol");
        let told = held.follows("sol");
        let words = &crate::practice::words().script("no-keeper").unwrap().text;
        assert!(shows(&told, "lead"));
        assert_eq!(told["say"]["script"], *words);
        held.comes("lena");
        assert!(!shows(&held.follows("sol"), "lead"));
    });
}

#[test]
fn who_keeps_next_is_saved_for_the_next_meeting_where_this_one_was_moved() {
    on_both(|mend| {
        let held = Held::new(mend);
        let list = format!("/m/sample/circles/{}/meetings", held.circle);
        let early = [("to", "2026-12-03"), ("at", "19:00")];
        let moved = mend
            .as_("lena")
            .post(&format!("{list}/2026-12-08/move"), &early);
        assert_eq!(moved.code(), 303, "{}", moved.text());
        mend.minutes(2 * 24 * 60 + 9 * 60);
        for who in ROWAN {
            held.comes(who);
        }
        held.does("lena", "begin");
        held.sends("lena", "end", &held.version("lena"));
        let kofi = mend.id("kofi").to_string();
        let fields = [("count", "5"), ("next", kofi.as_str())];
        let saved = mend.as_("lena").post(&held.at("/kept"), &fields);
        assert_eq!(saved.code(), 303, "{}", saved.text());
        let keeps = mend.tw("keeping-one", &with![one = mend.name("kofi")]);
        let on = |day: &str| mend.as_("sol").get(&format!("{list}/{day}"));
        assert!(on("2027-01-12").says(&keeps), "{}", on("2027-01-12").text());
        assert!(!on("2026-12-08").says(&keeps));
        assert!(held.page("sol").says(&mend.name("kofi")));
    });
}

#[test]
fn nobody_under_18_takes_over_is_named_beside_or_keeps_next() {
    on_both(|mend| {
        let sample = mend.sample;
        let held = Held::in_round(mend);
        let mina = mend.id("mina");
        mend.write(Scope::Movement(sample.0), move |tx| {
            sql!("UPDATE person SET minor_at = 1 WHERE movement_id = $1 AND id = $2")
                .id(sample)
                .id(mina)
                .run(tx)
        });
        let refused = |who: &str, deed: &str| {
            let said = held.sends(who, deed, &held.version(who));
            assert_eq!(said["refused"], mend.t("told-live-adult"), "{who} {deed}");
        };
        refused("lena", "co-keep mina");
        held.does("lena", "leave");
        assert!(!shows(&held.follows("mina"), "keep"));
        refused("mina", "keep");
        held.does("kofi", "keep");
        held.sends("kofi", "end", &held.version("kofi"));
        let next = mina.to_string();
        let fields = [("count", "5"), ("next", next.as_str())];
        let kept = mend.as_("sol").post(&held.at("/kept"), &fields);
        assert!(kept.code() == 409 && kept.says(&mend.t("keeping-cannot")));
    });
}

#[test]
fn a_circle_ends_though_whoever_is_planned_to_keep_the_next_one_pauses() {
    on_both(|mend| {
        let (sample, sol) = (mend.sample, mend.id("sol"));
        let held = Held::begun(mend);
        let planned = circle::Planned {
            on: jiff::civil::date(2026, 12, 8),
            keeper: Some(sol),
            ..circle::Planned::default()
        };
        let circle = held.circle;
        mend.write(Scope::Movement(sample.0), move |tx| {
            circle::set_planned(tx, sample, circle, &planned)?;
            sql!("UPDATE person SET paused_at = 1 WHERE movement_id = $1 AND id = $2")
                .id(sample)
                .id(sol)
                .run(tx)
        });
        let said = held.sends("lena", "end", &held.version("lena"));
        assert_eq!(said["over"], true, "{said}");
    });
}
