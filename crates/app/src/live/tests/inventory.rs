//! A group inventory that is held.
#![allow(clippy::unwrap_used)]

use serde_json::Value;

use super::Held;
use crate::practice::words;
use crate::testing::tables::dump;
use crate::testing::{on_both, random_id};

/// Whether the page leads to the lines now.
fn writes(told: &Value) -> bool {
    told["show"].as_array().unwrap().contains(&"write".into())
}

#[test]
fn a_group_inventory_is_held_part_by_part_and_leads_to_its_lines() {
    on_both(|mend| {
        let held = Held::new(mend);
        let own = format!("/m/sample/circles/{}", held.circle);
        let step = format!("{own}/meetings/2026-12-08/step");
        mend.as_("lena").post(&step, &[("step", "inventory")]);
        // A quarter of an hour before the meeting.
        mend.minutes(7 * 24 * 60 + 8 * 60 + 50);
        for who in super::ROWAN {
            held.comes(who);
        }
        let ours = &words().group_inventory;
        let told = held.does("lena", "begin");
        assert_eq!(told["agenda"].as_array().unwrap().len(), 8);
        assert!(held.page("sol").says(&words().privacy.line));
        let told = held.does("lena", "next");
        let lines = told["lines"].as_array().unwrap();
        assert_eq!(lines.len(), 12);
        assert_eq!(lines[11], "What could we stop?");
        for _ in 0..3 {
            held.does("lena", "next");
        }
        assert!(held.page("mina").says(&ours.main), "the first round");
        assert!(!writes(&held.does("lena", "next")));
        assert!(writes(&held.does("lena", "next")));
        let lines = format!("{own}/inventory/2026-10-01");
        let page = held.page("ines");
        assert!(page.links().contains(&lines));
        assert!(page.says(&ours.writing) && page.says(&ours.lines[3].question));
        let fields = [
            ("deed", "step"),
            ("step", "2"),
            ("seen", &held.version("lena")),
            ("id", &random_id()),
        ];
        let refused = held.script("lena").post(&held.at(""), &fields).json();
        assert!(!refused["refused"].is_null(), "there is no step in it");
        held.sends("lena", "end", &held.version("lena"));
        let row = dump(mend)["held"].iter().next().unwrap().clone();
        assert_eq!(row[6], "-", "no step is kept: {row:?}");
        let after = mend.as_("sol").get(&held.at(""));
        assert!(after.links().contains(&lines), "{}", after.text());
    });
}
