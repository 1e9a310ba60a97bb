//! A circle that goes on: who sees it, who changes it, and its end.
#![allow(clippy::unwrap_used)]

use jiff::civil::{Date, date};
use mend_store::Scope;

use super::{PLAN, answer, circle_of, invite};
use crate::circle::{self, Planned};
use crate::testing::client::Reply;
use crate::testing::tables::{count, dump_but, hex, tables_with};
use crate::testing::{TestMend, on_both};
use crate::with;

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

const FIRST: Date = date(2026, 12, 8);
const NEXT: Date = date(2027, 1, 12);

fn plan(mend: &TestMend, on: Date, keepers: [&str; 2]) {
    let (sample, circle) = (mend.sample, mend.circle(mend.sample, "Rowan"));
    let [keeper, second] = keepers.map(|key| (!key.is_empty()).then(|| mend.id(key)));
    let planned = Planned {
        on,
        keeper,
        second,
        ..Planned::default()
    };
    mend.write(Scope::Movement(sample.0), move |tx| {
        circle::set_planned(tx, sample, circle, &planned)
    });
}

fn say(mend: &TestMend, who: &str, on: Date, fields: &[(&str, &str)]) -> Reply {
    let path = format!("{}/meetings/{on}/keeping", rowan(mend));
    mend.as_(who).post(&path, fields)
}

/// Whether everybody reads that one keeps a meeting alone.
fn keeps_alone(mend: &TestMend, who: &str, on: Date) -> bool {
    let said = mend.tw("keeping-one", &with![one = mend.name(who)]);
    let page = mend
        .as_("kofi")
        .get(&format!("{}/meetings/{on}", rowan(mend)));
    page.says(&said) && !page.says(&format!("{said},"))
}

#[test]
fn what_somebody_was_planned_to_keep_is_free_again_with_their_seat_and_their_note_goes() {
    on_both(|mend| {
        plan(mend, FIRST, ["mina", "sol"]);
        plan(mend, NEXT, ["sol", "mina"]);
        say(
            mend,
            "mina",
            FIRST,
            &[("say", "note"), ("note", "The key is under the pot.")],
        );
        let next = format!("{}/meetings/{NEXT}", rowan(mend));
        let reads = || mend.as_("sol").get(&next).says("under the pot");
        assert!(reads());
        mend.as_("mina")
            .post(&format!("{}/leave", rowan(mend)), &[("sure", "on")]);
        assert!(!reads());
        let mina = hex(&mend.id("mina").0);
        let found = tables_with(&dump_but(mend, &["session"]), &mina);
        assert!(!found.contains(&"keeping".to_owned()), "{found:?}");
        assert!(keeps_alone(mend, "sol", NEXT));
        assert!(keeps_alone(mend, "lena", FIRST), "the circle's own keeper");
        mend.as_("lena").post(&format!("{}/rota", rowan(mend)), &[]);
        assert_eq!(count(mend, "keeping"), 6, "it is planned in turn again");
    });
}

#[test]
fn nobody_keeps_a_meeting_beside_themselves() {
    on_both(|mend| {
        plan(mend, FIRST, ["", "mina"]);
        assert_eq!(say(mend, "mina", FIRST, &[("say", "take")]).code(), 303);
        assert!(keeps_alone(mend, "mina", FIRST));
        plan(mend, FIRST, ["mina", "sol"]);
        plan(mend, NEXT, ["sol", "lena"]);
        let (first, next) = (FIRST.to_string(), NEXT.to_string());
        say(mend, "mina", FIRST, &[("say", "swap"), ("other", &next)]);
        let yes = say(mend, "sol", NEXT, &[("say", "swap-yes"), ("other", &first)]);
        assert_eq!(yes.code(), 303, "{}", yes.text());
        assert!(keeps_alone(mend, "sol", FIRST));
    });
}

#[test]
fn only_meetings_that_are_still_to_come_are_swapped() {
    on_both(|mend| {
        plan(mend, FIRST, ["mina", ""]);
        plan(mend, NEXT, ["sol", ""]);
        let (first, next) = (FIRST.to_string(), NEXT.to_string());
        let asks = |other: &str| say(mend, "mina", FIRST, &[("say", "swap"), ("other", other)]);
        let answers = |word: &str| say(mend, "sol", NEXT, &[("say", word), ("other", &first)]);
        let gone = mend.t("keeping-swap-gone");
        for odd in ["2026-12-09", &first] {
            let refused = asks(odd);
            assert!(refused.code() == 409 && refused.says(&gone), "{odd}");
        }
        assert_eq!(asks(&next).code(), 303);
        let meetings = format!("{}/meetings", rowan(mend));
        let lena = mend.as_("lena");
        lena.post(&format!("{meetings}/{FIRST}/skip"), &[]);
        assert!(answers("swap-yes").says(&gone), "it is left out");
        lena.post(&format!("{meetings}/{FIRST}/undo"), &[]);
        lena.post(&format!("{meetings}/{NEXT}/skip"), &[]);
        assert!(asks(&next).says(&gone), "the other is left out");
        lena.post(&format!("{meetings}/{NEXT}/undo"), &[]);
        mend.days(8);
        assert!(answers("swap-yes").says(&gone), "it is over");
        assert!(keeps_alone(mend, "sol", NEXT));
    });
}
