//! The meetings of a circle, its keeping in turn, its agreements, and how people come in.
#![allow(clippy::unwrap_used)]

use mend_store::{Scope, sql};

use crate::testing::tables::{count, dump_but};
use crate::testing::{TestMend, on_both};
use crate::with;

fn rowan(mend: &TestMend) -> String {
    format!("/m/sample/circles/{}", mend.circle(mend.sample, "Rowan"))
}

const DAY: &str = "2026-12-08";

#[test]
fn a_meeting_that_is_left_out_stays_in_the_list_and_can_be_taken_back() {
    on_both(|mend| {
        let (lena, mina, own) = (mend.as_("lena"), mend.as_("mina"), rowan(mend));
        let list = format!("{own}/meetings");
        lena.post(&format!("{list}/{DAY}/skip"), &[]);
        let page = mina.get(&list);
        assert!(page.says(&mend.t("meeting-cancelled")), "{}", page.text());
        assert!(
            !page.says(&mend.t("meeting-undo")),
            "only the keeper takes it back"
        );
        assert!(
            mina.get(&own).says("12 January 2027"),
            "the next one is in January"
        );
        lena.post(&format!("{list}/{DAY}/undo"), &[]);
        assert!(!mina.get(&list).says(&mend.t("meeting-cancelled")));
        assert!(mina.get(&own).says("8 December 2026"));
    });
}

#[test]
fn a_meeting_keeps_its_place_among_the_others_and_the_past_stays() {
    on_both(|mend| {
        let (lena, list) = (mend.as_("lena"), format!("{}/meetings", rowan(mend)));
        let before = dump_but(mend, &[]);
        for (to, at, why) in [
            ("2027-01-20", "19:00", "meeting-order"),
            ("2026-11-20", "19:00", "meeting-past"),
            ("soon", "19:00", "meeting-wrong"),
            ("2026-12-09", "late", "meeting-wrong"),
        ] {
            let reply = lena.post(&format!("{list}/{DAY}/move"), &[("to", to), ("at", at)]);
            assert!(
                reply.code() == 409 && reply.says(&mend.t(why)),
                "{to}: {}",
                reply.text()
            );
        }
        lena.post(&format!("{list}/2026-12-09/skip"), &[])
            .is_not_found();
        assert_eq!(dump_but(mend, &[]), before);
        mend.days(8);
        for deed in ["skip", "undo"] {
            let reply = lena.post(&format!("{list}/{DAY}/{deed}"), &[]);
            assert!(
                reply.code() == 409 && reply.says(&mend.t("meeting-past")),
                "{deed}"
            );
        }
    });
}

#[test]
fn somebody_in_another_zone_reads_their_own_time_and_the_circles() {
    on_both(|mend| {
        let mina = mend.as_("mina");
        mina.post(
            "/m/sample/me",
            &[("name", "Mina"), ("zone", "America/Santiago")],
        );
        let list = mina.get(&format!("{}/meetings", rowan(mend)));
        assert!(list.says("16:00 Tuesday, 8 December 2026 19:00 in Europe/Lisbon"));
        let page = mina.get(&format!("{}/meetings/2026-12-08", rowan(mend)));
        assert!(page.says("16:00 (America/Santiago) – 19:00 in Europe/Lisbon"));
    });
}

#[test]
fn the_first_meetings_hold_steps_one_two_and_three_and_another_can_be_chosen_in_time() {
    on_both(|mend| {
        let (lena, list) = (mend.as_("lena"), format!("{}/meetings", rowan(mend)));
        let page = lena.get(&list).text();
        let at = |what: &str| page.find(what).unwrap_or_else(|| panic!("{what}: {page}"));
        assert!(at("Step 1:") < at("Step 2:") && at("Step 2:") < at("Step 3:"));
        let choose =
            |day: &str, step: &str| lena.post(&format!("{list}/{day}/step"), &[("step", step)]);
        assert!(choose(DAY, "4").says(&mend.t("step-too-early")));
        assert_eq!(choose(DAY, "11").code(), 303);
        assert!(lena.get(&list).says("Step 11:"));
    });
}

#[test]
fn a_series_that_ended_leaves_the_circle_and_another_begins_without_the_time_between() {
    on_both(|mend| {
        let (lena, own) = (mend.as_("lena"), rowan(mend));
        mend.days(10);
        let path = format!("{own}/meetings/2027-01-12/end");
        assert!(lena.post(&path, &[]).says(&mend.t("series-end-unsure")));
        lena.post(&path, &[("sure", "on")]);
        assert!(
            lena.get(&format!("{own}/meetings"))
                .says(&mend.t("meetings-none"))
        );
        mend.days(90);
        let lena = mend.as_("lena");
        let plan = [
            super::PLAN.as_slice(),
            &[("name", "Rowan"), ("cadence", "weekly")],
        ]
        .concat();
        lena.post(&format!("{own}/edit"), &plan);
        let page = lena.get(&format!("{own}/meetings"));
        let second = mend.tw("meeting-number", &with![number = 2]);
        assert!(
            page.says("16 March 2027") && page.says(&second),
            "{}",
            page.text()
        );
    });
}

fn start<'a>(names: &'a str, to: &'a str) -> [(&'a str, &'a str); 6] {
    [
        ("with-me", "on"),
        ("names", names),
        ("to", to),
        ("starts", "18:30"),
        ("cadence", "eight-weeks"),
        ("format", "room"),
    ]
}

#[test]
fn a_circle_is_begun_on_one_page_with_names_alone() {
    on_both(|mend| {
        let steward = mend.other_steward();
        assert_eq!(steward.get("/m/other/circles/start").code(), 200);
        let people = "Ana Lima\nBo Park\nCleo Diaz\nDina Roy\nEmil Sand";
        let mut form = start(people, "2026-12-09").to_vec();
        let id = crate::testing::random_id();
        form.push(("fresh", &id));
        for _ in 0..2 {
            steward
                .post("/m/other/circles/start", &form)
                .goes_to("/m/other/invitations?told=started");
        }
        let circle = steward.get(&format!("/m/other/circles/{id}"));
        assert!(
            circle.says("9 December 2026") && circle.says("Step 1:"),
            "{}",
            circle.text()
        );
        assert!(circle.says("Olu Adeleke"), "whoever begins it keeps it");
        let other = mend.other;
        let open = mend.read(Scope::Movement(other.0), |tx| {
            sql!("SELECT COUNT(*) FROM invitation WHERE movement_id = $1 AND answer IS NULL")
                .id(other)
                .one(tx, |row| row.int(0))
        });
        assert_eq!(open, 5, "twice sent is begun once");
    });
}

/// A wish, a pause and a seat elsewhere are one answer, and nothing is made.
#[test]
fn a_circle_that_is_not_possible_says_only_that() {
    on_both(|mend| {
        let steward = mend.other_steward();
        steward.post(
            "/m/other/circles/start",
            &start("Ana\nBo\nCleo\nDina", "2026-12-09"),
        );
        let circles = count(mend, "circle");
        let again = steward.post(
            "/m/other/circles/start",
            &start("Ana\nFay\nGus", "2026-12-09"),
        );
        assert!(
            again.code() == 422 && again.says(&mend.t("start-not-possible")),
            "{}",
            again.text()
        );
        for (names, to, why) in [
            ("", "2026-12-09", "start-people"),
            ("Fay\nGus\nHal", "2026-11-09", "start-past"),
        ] {
            let reply = steward.post("/m/other/circles/start", &start(names, to));
            assert!(
                reply.code() == 422 && reply.says(&mend.t(why)),
                "{}",
                reply.text()
            );
            assert!(
                reply.body().contains(names),
                "what was typed stands there again"
            );
        }
        assert_eq!(count(mend, "circle"), circles);
    });
}

/// Chance closes one pair in a hundred, so among twenty people nearly always one.
#[test]
fn chance_closes_no_seat_to_people_whose_names_were_just_typed() {
    on_both(|mend| {
        for round in 0..3 {
            let names: Vec<String> = (0..20).map(|at| format!("New {round} {at}")).collect();
            let names = names.join("\n");
            let form = &start(&names, "2026-12-09")[1..];
            let made = mend.as_("amara").post("/m/sample/circles/start", form);
            made.goes_to("/m/sample/invitations?told=started");
        }
    });
}

#[test]
fn private_wishes_hold_where_a_circle_is_begun_by_hand() {
    on_both(|mend| {
        let (juno, amara) = (mend.as_("juno"), mend.as_("amara"));
        juno.post(
            "/m/sample/me/wishes",
            &[("person", &mend.id("hana").to_string())],
        );
        let names = ["juno", "hana", "elif"]
            .map(|key| mend.name(key))
            .join("\n");
        let form = &start(&names, "2026-12-09")[1..];
        let reply = amara.post("/m/sample/circles/start", form);
        assert!(
            reply.code() == 422 && reply.says(&mend.t("start-not-possible")),
            "{}",
            reply.text()
        );
    });
}

#[test]
fn the_keeping_goes_around_and_whoever_declines_leaves_no_trace() {
    on_both(|mend| {
        let (lena, own) = (mend.as_("lena"), rowan(mend));
        let (sample, circle) = (mend.sample, mend.circle(mend.sample, "Rowan"));
        mend.write(Scope::Movement(sample.0), move |tx| {
            sql!(
                "UPDATE person SET keeps = 1, joined_on = '2020-01-01' WHERE movement_id = $1
                    AND id IN (SELECT person_id FROM seat WHERE circle_id = $2)"
            )
            .id(sample)
            .id(circle)
            .run(tx)
        });
        mend.as_("mina")
            .post(&format!("{own}/rota"), &[])
            .is_not_found();
        assert_eq!(lena.post(&format!("{own}/rota"), &[]).code(), 303);
        assert_eq!(count(mend, "keeping"), 6);
        let keeps = |day: &str| {
            let page = mend
                .as_("mina")
                .get(&format!("{own}/meetings/{day}"))
                .text();
            let all = ["lena", "mina", "tomas", "sol", "kofi", "ines"];
            let says = |key: &&&str| page.contains(&format!("{} keeps it", mend.name(key)));
            all.iter().find(says).copied()
        };
        let (first, second) = (keeps(DAY).unwrap(), keeps("2027-01-12").unwrap());
        let say = |who: &str, day: &str, fields: &[(&str, &str)]| {
            mend.as_(who)
                .post(&format!("{own}/meetings/{day}/keeping"), fields)
        };
        assert!(say(second, DAY, &[("say", "decline")]).says(&mend.t("keeping-not-yours")));
        assert_eq!(say(first, DAY, &[("say", "decline")]).code(), 303);
        assert_eq!(keeps(DAY), Some(second));
        let trace = dump_but(mend, &[])["keeping"]
            .iter()
            .filter(|row| row[0] != "-")
            .count();
        assert_eq!(trace, 6, "a row for each meeting and no other");

        assert_eq!(
            say(
                second,
                DAY,
                &[("say", "note"), ("note", "The key is under the pot.")]
            )
            .code(),
            303
        );
        let third = keeps("2027-02-09").unwrap();
        let ask = [("say", "swap"), ("other", "2027-02-09")];
        assert_eq!(say(second, DAY, &ask).code(), 303);
        let page = mend.as_(third).get(&format!("{own}/meetings/2027-02-09"));
        assert!(page.says(&mend.t("keeping-swap-yes")), "{}", page.text());
        let yes = [("say", "swap-yes"), ("other", DAY)];
        assert_eq!(say(third, "2027-02-09", &yes).code(), 303);
        assert_eq!(
            (keeps(DAY), keeps("2027-02-09")),
            (Some(third), Some(second))
        );
        assert!(say(second, "2027-02-09", &yes).says(&mend.t("keeping-swap-gone")));
    });
}

#[test]
fn what_is_handed_over_is_sealed_and_read_by_the_next_keeper_alone() {
    on_both(|mend| {
        let (lena, own) = (mend.as_("lena"), rowan(mend));
        let note = [("say", "note"), ("note", "The key is under the pot.")];
        lena.post(&format!("{own}/meetings/{DAY}/keeping"), &note);
        let next = format!("{own}/meetings/2027-01-12");
        assert!(lena.get(&next).says("The key is under the pot."));
        for path in [next, format!("{own}/meetings/{DAY}")] {
            assert!(!mend.as_("mina").get(&path).says("under the pot"));
        }
        let found = crate::testing::tables::tables_with(&dump_but(mend, &[]), "under the pot");
        assert_eq!(found, [""; 0], "it is sealed at rest");
    });
}

#[test]
fn agreements_are_asked_of_everybody_and_nobody_sees_who_waits() {
    on_both(|mend| {
        let path = format!("{}/agreements", rowan(mend));
        let yes = |key: &str, version: &str| {
            let said = [("say", "yes"), ("version", version)];
            mend.as_(key).post(&format!("{path}/consent"), &said)
        };
        for key in ["lena", "mina", "tomas", "sol", "kofi"] {
            assert_eq!(yes(key, "1").code(), 303);
        }
        let page = mend.as_("lena").get(&path);
        assert!(
            page.says(&mend.t("agreed-not-yet")) && !page.says(&mend.name("ines")),
            "{}",
            page.text()
        );
        yes("ines", "1");
        assert!(mend.as_("lena").get(&path).says(&mend.t("agreed-all")));
        mend.as_("mina")
            .post(&path, &[("lines", "Mine alone"), ("version", "1")])
            .is_not_found();
        mend.as_("lena").post(
            &path,
            &[
                ("lines", "Speak for yourself.\n\n  Tea first. "),
                ("version", "1"),
            ],
        );
        let page = mend.as_("mina").get(&path);
        assert!(page.says("Tea first.") && page.says(&mend.t("agreed-not-yet")));
        assert!(yes("mina", "1").says(&mend.t("agreed-changed")));
        assert_eq!(yes("mina", "2").code(), 303);
        assert!(yes("amara", "2").says(&mend.t("agreed-no-seat")));
    });
}

#[test]
fn of_two_who_change_the_agreements_the_second_sees_what_the_first_wrote_and_loses_nothing() {
    on_both(|mend| {
        let path = format!("{}/agreements", rowan(mend));
        let writes = |who: &str, lines: &str, seen: &str| {
            let form = [("lines", lines), ("version", seen)];
            mend.as_(who).post(&path, &form)
        };
        let saved = format!("{path}?told=saved");
        writes("lena", "Tea first.", "1").goes_to(&saved);
        let late = writes("amara", "Coffee first.", "1");
        let said = late.says(&mend.t("agreed-meanwhile"));
        assert!(late.code() == 422 && said, "{}", late.text());
        assert!(late.says("Tea first.") && late.body().contains("Coffee first."));
        assert!(!mend.as_("mina").get(&path).says("Coffee first."));
        writes("amara", "Tea first.", "1").goes_to(&saved);
        writes("amara", "Tea and coffee.", "2").goes_to(&saved);
        assert!(mend.as_("mina").get(&path).says("Tea and coffee."));
    });
}

#[test]
fn a_steward_without_a_seat_does_not_open_a_circle_that_has_people() {
    on_both(|mend| {
        let (amara, own) = (mend.as_("amara"), rowan(mend));
        let ines = mend.id("ines").to_string();
        amara.post(&format!("{own}/free"), &[("person", &ines)]);
        let edit = format!("{own}/edit");
        assert!(!amara.get(&edit).says(&mend.t("open-open")));
        assert!(mend.as_("lena").get(&edit).says(&mend.t("open-open")));
        let open = [("name", "Rowan"), ("open", "on"), ("every", "1")];
        let open = [super::PLAN.as_slice(), &open].concat();
        assert_eq!(amara.post(&edit, &open).code(), 303);
        amara.post(&format!("{own}/join"), &[]).is_not_found();
    });
}

#[test]
fn a_free_seat_of_an_open_circle_is_taken_by_a_member_and_a_closed_one_is_not_there() {
    on_both(|mend| {
        let (lena, own) = (mend.as_("lena"), rowan(mend));
        lena.post(
            &format!("{own}/free"),
            &[("person", &mend.id("ines").to_string())],
        );
        let (noor, join) = (mend.as_("noor"), format!("{own}/join"));
        noor.post(&join, &[]).is_not_found();
        let open = [
            super::PLAN.as_slice(),
            &[("name", "Rowan"), ("open", "on"), ("every", "3")],
        ]
        .concat();
        lena.post(&format!("{own}/edit"), &open);
        let list = noor.get("/m/sample/circles");
        assert!(
            list.says("Rowan") && list.says("New people come in on"),
            "{}",
            list.text()
        );
        assert!(
            !list.says(&mend.name("lena")),
            "nobody outside sees who sits there"
        );
        mend.as_("noor").post(
            "/m/sample/me/wishes",
            &[("person", &mend.id("mina").to_string())],
        );
        assert!(noor.post(&join, &[]).says(&mend.t("seat-not-possible")));
        mend.as_("noor").post("/m/sample/me/wishes", &[]);
        mend.days(10);
        let (noor, lena) = (mend.as_("noor"), mend.as_("lena"));
        let list = noor.get("/m/sample/circles");
        assert!(
            list.says("A seat can be taken once the meeting of"),
            "{}",
            list.text()
        );
        assert!(noor.post(&join, &[]).says(&mend.t("open-not-now")));
        let each = open
            .iter()
            .map(|(name, value)| (*name, if *name == "every" { "1" } else { *value }));
        lena.post(&format!("{own}/edit"), &each.collect::<Vec<_>>());
        let joined = noor.post(&join, &[]);
        assert!(
            joined.code() == 303 || joined.says(&mend.t("seat-not-possible")),
            "{}",
            joined.text()
        );
        if joined.code() == 303 {
            assert_eq!(noor.get(&own).code(), 200);
            assert!(
                mend.as_("bram")
                    .post(&join, &[])
                    .says(&mend.t("seat-not-possible")),
                "it is full"
            );
        }
    });
}
