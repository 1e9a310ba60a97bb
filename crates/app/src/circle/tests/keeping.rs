//! A circle that goes on: who sees it, who changes it, and its end.
#![allow(clippy::unwrap_used)]

use super::{PLAN, answer, circle_of, invite};
use crate::testing::tables::dump_but;
use crate::testing::{TestMend, on_both};

fn rowan(mend: &TestMend) -> String {
    format!("/m/sample/circles/{}", mend.circle(mend.sample, "Rowan"))
}

#[test]
fn a_circle_is_seen_by_those_in_it_and_stewards_alone() {
    on_both(|mend| {
        for path in [rowan(mend), format!("{}/pack", rowan(mend))] {
            for key in ["lena", "mina", "amara"] {
                assert!(mend.as_(key).get(&path).says("Rowan"), "{key}");
            }
            for key in ["noor", "bram"] {
                mend.as_(key).get(&path).is_not_found();
            }
        }
    });
}

#[test]
fn a_circle_that_ended_is_seen_by_nobody() {
    on_both(|mend| {
        let path = format!("/m/sample/circles/{}", mend.circle(mend.sample, "Alder"));
        for key in ["lena", "amara", "ravi"] {
            mend.as_(key).get(&path).is_not_found();
            mend.as_(key).get(&format!("{path}/edit")).is_not_found();
        }
    });
}

#[test]
fn the_keeper_and_stewards_change_a_circle_and_others_do_not() {
    on_both(|mend| {
        let path = format!("{}/edit", rowan(mend));
        let fields = |name: &'static str| {
            [
                &PLAN[..3],
                &[
                    ("name", name),
                    ("format", "room"),
                    ("place", "The quiet room"),
                ],
            ]
            .concat()
        };
        let there = format!("{}?told=saved", rowan(mend));
        for (key, name) in [("lena", "Rook"), ("amara", "Rowan again")] {
            mend.as_(key).post(&path, &fields(name)).goes_to(&there);
            let page = mend.as_("mina").get(&rowan_called(mend, name));
            assert!(
                page.says(name) && page.says("The quiet room"),
                "{}",
                page.text()
            );
        }
        mend.as_("mina").get(&path).is_not_found();
        mend.as_("mina").post(&path, &fields("Mine")).is_not_found();
    });
}

fn rowan_called(mend: &TestMend, name: &str) -> String {
    format!("/m/sample/circles/{}", mend.circle(mend.sample, name))
}

#[test]
fn a_change_that_misses_something_is_shown_again_and_keeps_what_was_typed() {
    on_both(|mend| {
        let (lena, path) = (mend.as_("lena"), format!("{}/edit", rowan(mend)));
        let before = dump_but(mend, &[]);
        for (name, starts) in [
            ("", "19:00"),
            ("Rook", "late"),
            ("x".repeat(81).as_str(), "19:00"),
        ] {
            let fields = [
                ("name", name),
                ("starts", starts),
                ("nth", "3"),
                ("weekday", "4"),
                ("format", "room"),
                ("place", "Cellar"),
            ];
            let reply = lena.post(&path, &fields);
            assert!(
                reply.code() == 422 && reply.says(&mend.t("plan-wrong")),
                "{}",
                reply.text()
            );
            assert!(reply.body().contains("Cellar"));
        }
        assert_eq!(dump_but(mend, &[]), before);
    });
}

#[test]
fn a_place_that_somebody_typed_is_never_markup_and_only_https_is_a_link() {
    on_both(|mend| {
        let (lena, path) = (mend.as_("lena"), format!("{}/edit", rowan(mend)));
        for place in [
            "<script>alert(1)</script>",
            "javascript:alert(1)",
            "http://plain.example",
            "\" onload=\"x",
        ] {
            let room = [("name", "Rowan"), ("format", "room"), ("place", place)];
            let fields = [&PLAN[..3], &room].concat();
            lena.post(&path, &fields)
                .goes_to(&format!("{}?told=saved", rowan(mend)));
            let page = lena.get(&rowan(mend));
            assert!(page.says(place), "{}", page.text());
            let odd = |(_, name, value): &(String, String, String)| {
                name.starts_with("on") || value.starts_with("javascript:")
            };
            assert!(
                !crate::testing::page::attributes(page.body())
                    .iter()
                    .any(odd)
            );
            assert!(!page.links().contains(&place.to_owned()), "{place}");
            assert!(!page.body().contains("<script>"));
        }
        let meet = "https://meet.example/river";
        lena.post(
            &path,
            &[PLAN.as_slice(), &[("name", "Rowan"), ("link", meet)]].concat(),
        );
        assert!(lena.get(&rowan(mend)).links().contains(&meet.to_owned()));
        for odd in ["javascript:alert(1)", "http://plain.example", "https://a b"] {
            let fields = [PLAN.as_slice(), &[("name", "Rowan"), ("link", odd)]].concat();
            let back = lena.post(&path, &fields);
            assert!(
                back.code() == 422 && back.says(&mend.t("plan-link-wrong")),
                "{odd}"
            );
        }
    });
}

#[test]
fn whoever_keeps_a_circle_ends_it_when_they_are_sure() {
    on_both(|mend| {
        let (lena, path) = (mend.as_("lena"), format!("{}/end", rowan(mend)));
        let unsure = lena.post(&path, &[]);
        assert!(unsure.code() == 409 && unsure.says(&mend.t("circle-end-unsure")));
        mend.as_("mina")
            .post(&path, &[("sure", "on")])
            .is_not_found();
        assert_eq!(lena.get(&rowan(mend)).code(), 200);
        lena.post(&path, &[("sure", "on")])
            .goes_to("/m/sample/circles?told=ended");
        lena.get(&rowan(mend)).is_not_found();
        lena.post(&path, &[("sure", "on")]).is_not_found();
    });
}

#[test]
fn the_invitations_of_a_circle_that_ended_have_ended() {
    on_both(|mend| {
        invite(mend, &[&["juno", "hana", "elif"]]);
        let (link, circle) = (super::link(mend, "juno"), circle_of(mend, "juno"));
        answer(mend, "hana", "yes");
        mend.as_("amara")
            .post(&format!("{circle}/end"), &[("sure", "on")]);
        assert!(mend.visitor().get(&link).says(&mend.t("answer-ended-why")));
        assert_eq!(mend.visitor().post(&link, &[("answer", "yes")]).code(), 409);
        assert!(
            mend.as_("amara")
                .get("/m/sample/invitations")
                .says(&mend.t("invitations-none"))
        );
    });
}
