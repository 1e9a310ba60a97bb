//! Help at hand: filled in by stewards, seen by everybody in the movement, also without a line.
#![allow(clippy::unwrap_used)]

use crate::testing::{TestMend, on_both};

const LIST: &str =
    "Emergency: 112\nLegal aid: https://law.example/help\nDoctor Sol: Mondays at the clinic";

fn fill_in(mend: &TestMend, list: &str) -> crate::testing::client::Reply {
    let form = [("help", list), ("law", "A child at risk must be reported.")];
    mend.as_("amara").post("/m/sample/help/edit", &form)
}

fn rowan(mend: &TestMend) -> String {
    format!("/m/sample/circles/{}", mend.circle(mend.sample, "Rowan"))
}

#[test]
fn the_list_stands_on_its_page_and_where_feelings_are_asked_for() {
    on_both(|mend| {
        fill_in(mend, LIST).goes_to("/m/sample/help?told=saved");
        let mina = mend.as_("mina");
        for path in [
            "/m/sample/help".to_owned(),
            rowan(mend),
            format!("{}/pack", rowan(mend)),
        ] {
            let page = mina.get(&path);
            assert!(
                page.says("Doctor Sol") && page.says("Mondays at the clinic"),
                "{path}"
            );
            assert!(page.links().contains(&"tel:112".to_owned()), "{path}");
            assert!(
                page.links()
                    .contains(&"https://law.example/help".to_owned()),
                "{path}"
            );
        }
        assert!(
            mina.get("/m/sample/help")
                .says("A child at risk must be reported.")
        );
        assert!(
            mina.get("/m/sample")
                .links()
                .contains(&"/m/sample/help".to_owned())
        );
    });
}

#[test]
fn a_browser_may_keep_the_list_for_itself_and_no_other_page() {
    on_both(|mend| {
        let mina = mend.as_("mina");
        let kept = mina.get("/m/sample/help");
        assert_eq!(kept.header("cache-control"), "private, max-age=604800");
        assert_eq!(mina.get("/m/sample").header("cache-control"), "no-store");
        assert_eq!(
            mend.as_("noor")
                .get("/m/other/help")
                .header("cache-control"),
            "no-store"
        );
    });
}

#[test]
fn stewards_are_reminded_until_the_list_is_filled_in() {
    on_both(|mend| {
        let reminded = |key: &str| mend.as_(key).get("/m/sample").says(&mend.t("help-remind"));
        fill_in(mend, "");
        assert!(reminded("amara") && !reminded("mina"));
        fill_in(mend, LIST);
        assert!(!reminded("amara"));
    });
}

#[test]
fn a_list_that_is_too_long_is_shown_again_with_the_line() {
    on_both(|mend| {
        let reply = fill_in(mend, &format!("Emergency: 112\n{}", "x".repeat(300)));
        assert_eq!(reply.code(), 422);
        assert!(reply.says("Line 2") && reply.body().contains("Emergency: 112"));
    });
}

#[test]
fn circles_with_people_of_a_group_that_asks_for_it_are_told_to_keep_legal_cases_out() {
    on_both(|mend| {
        let told = || {
            mend.as_("mina")
                .get(&rowan(mend))
                .says(&mend.t("law-notice"))
        };
        assert!(!told());
        let amara = mend.as_("amara");
        let page = amara.get("/m/sample/movement").links();
        let groups = page.iter().filter(|link| link.contains("/groups/"));
        for group in groups {
            let name = amara.get(group).text();
            let name = ["Outreach", "Litigation", "Youth mobilisation"]
                .into_iter()
                .find(|one| name.contains(one));
            if let Some(name) = name {
                let saved = amara.post(group, &[("name", name), ("law", "on")]);
                saved.goes_to("/m/sample/movement?told=saved");
            }
        }
        assert!(told());
    });
}
