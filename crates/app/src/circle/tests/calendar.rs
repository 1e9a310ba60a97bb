//! Calendar addresses: secret, renewable, and only one's own circles in them.
#![allow(clippy::unwrap_used)]

use super::{PLAN, answer, circle_of, invite};
use crate::testing::client::Reply;
use crate::testing::links::feed_link;
use crate::testing::{TestMend, on_both, random_id};

fn address(mend: &TestMend, key: &str) -> String {
    format!(
        "/m/sample/feed/{}",
        feed_link(mend, "sample", mend.account_of(key))
    )
}

fn feed(mend: &TestMend, key: &str) -> Reply {
    let reply = mend.visitor().get(&address(mend, key));
    assert_eq!(
        (reply.code(), reply.header("content-type")),
        (200, "text/calendar; charset=utf-8")
    );
    reply
}

#[test]
fn a_calendar_has_ones_own_circles_and_no_others() {
    on_both(|mend| {
        assert!(feed(mend, "mina").body().contains("SUMMARY:"));
        assert!(
            !feed(mend, "noor").body().contains("VEVENT"),
            "noor has no seat"
        );
        invite(mend, &[&["juno", "hana", "elif"]]);
        assert!(
            !feed(mend, "juno").body().contains("VEVENT"),
            "an invitation is not a seat"
        );
        answer(mend, "juno", "yes");
        let calendar = feed(mend, "juno");
        assert!(calendar.body().contains("SUMMARY:Birch") || calendar.body().contains("Birch\r\n"));
        assert!(
            calendar.body().contains("RRULE:FREQ=MONTHLY;BYDAY=2TU\r\n"),
            "{}",
            calendar.body()
        );
        answer(mend, "juno", "no");
        assert!(!feed(mend, "juno").body().contains("VEVENT"));
    });
}

#[test]
fn a_calendar_names_no_people() {
    on_both(|mend| {
        let body = feed(mend, "mina").body().to_owned();
        for name in [
            "Lena",
            "Hofmann",
            "Mina",
            "Sol",
            "Kofi",
            "ATTENDEE",
            "ORGANIZER",
        ] {
            assert!(!body.contains(name), "{name}: {body}");
        }
    });
}

/// The events of a calendar: the lines of each.
fn events(reply: &Reply) -> Vec<Vec<String>> {
    let all = reply.body().split("BEGIN:VEVENT\r\n").skip(1);
    all.map(|event| event.lines().map(str::to_owned).collect())
        .collect()
}

fn has(event: &[String], lines: &[&str]) {
    for line in lines {
        assert!(event.iter().any(|one| one == line), "{line}: {event:#?}");
    }
}

/// Rowan began in November and meets on second Tuesdays; its first meeting is on 8 December.
fn rowan(mend: &TestMend) -> String {
    format!("/m/sample/circles/{}", mend.circle(mend.sample, "Rowan"))
}

const FRIDAYS: [(&str, &str); 6] = [
    ("name", "Rowan"),
    ("nth", "-1"),
    ("weekday", "5"),
    ("starts", "20:30"),
    ("format", "room"),
    ("place", "Cellar"),
];

#[test]
fn a_circle_that_has_not_met_yet_is_changed_in_calendars_as_it_is() {
    on_both(|mend| {
        let before = feed(mend, "mina");
        assert!(before.body().contains("SEQUENCE:0\r\n"));
        let uid = events(&before)[0]
            .iter()
            .find(|line| line.starts_with("UID:"))
            .cloned();
        mend.minutes(5);
        mend.as_("lena")
            .post(&format!("{}/edit", rowan(mend)), &FRIDAYS);
        let after = events(&feed(mend, "mina"));
        assert_eq!(after.len(), 1);
        has(
            &after[0],
            &[
                &uid.unwrap(),
                "SEQUENCE:1",
                "RRULE:FREQ=MONTHLY;BYDAY=-1FR",
                "LOCATION:Cellar",
                "LAST-MODIFIED:20261201T100500Z",
                "DTSTART;TZID=Europe/Lisbon:20261225T203000",
            ],
        );
    });
}

#[test]
fn a_change_from_now_on_leaves_the_meetings_that_were_where_they_were() {
    on_both(|mend| {
        mend.days(20);
        mend.as_("lena")
            .post(&format!("{}/edit", rowan(mend)), &FRIDAYS);
        let after = events(&feed(mend, "mina"));
        assert_eq!(after.len(), 2);
        has(
            &after[0],
            &[
                "SEQUENCE:1",
                "DTSTART;TZID=Europe/Lisbon:20261208T190000",
                "RRULE:FREQ=MONTHLY;BYDAY=2TU;UNTIL=20261209T190000Z",
            ],
        );
        has(
            &after[1],
            &[
                "SEQUENCE:0",
                "DTSTART;TZID=Europe/Lisbon:20261225T203000",
                "RRULE:FREQ=MONTHLY;BYDAY=-1FR",
            ],
        );
    });
}

#[test]
fn moving_leaving_out_and_taking_back_reach_calendars_with_a_higher_sequence() {
    on_both(|mend| {
        let (lena, path) = (
            mend.as_("lena"),
            format!("{}/meetings/2026-12-08", rowan(mend)),
        );
        let there = |told: &str| format!("{}/meetings?told={told}", rowan(mend));
        lena.post(
            &format!("{path}/move"),
            &[("to", "2026-12-10"), ("at", "18:30")],
        )
        .goes_to(&there("meeting-moved"));
        let moved = events(&feed(mend, "mina"));
        has(&moved[0], &["SEQUENCE:1", "RRULE:FREQ=MONTHLY;BYDAY=2TU"]);
        has(
            &moved[1],
            &[
                "SEQUENCE:1",
                "RECURRENCE-ID;TZID=Europe/Lisbon:20261208T190000",
                "DTSTART;TZID=Europe/Lisbon:20261210T183000",
                "STATUS:CONFIRMED",
            ],
        );
        lena.post(&format!("{path}/skip"), &[])
            .goes_to(&there("meeting-skipped"));
        let skipped = events(&feed(mend, "mina"));
        has(&skipped[1], &["SEQUENCE:2", "STATUS:CANCELLED"]);
        lena.post(&format!("{path}/undo"), &[])
            .goes_to(&there("meeting-undone"));
        let undone = events(&feed(mend, "mina"));
        assert_eq!(undone.len(), 1);
        has(&undone[0], &["SEQUENCE:3"]);
    });
}

#[test]
fn a_renewed_address_stops_the_old_one_at_once() {
    on_both(|mend| {
        let old = address(mend, "mina");
        assert_eq!(address(mend, "mina"), old, "it stays the same until then");
        mend.as_("mina")
            .post("/m/sample/me/calendar", &[])
            .goes_to("/m/sample/me/calendar?told=renewed");
        mend.visitor().get(&old).is_not_found();
        let new = address(mend, "mina");
        assert_ne!(new, old);
        assert_eq!(mend.visitor().get(&new).code(), 200);
        mend.as_("mina").post("/m/sample/me/calendar", &[]);
        mend.visitor().get(&new).is_not_found();
        mend.visitor().get(&old).is_not_found();
    });
}

#[test]
fn an_address_that_was_stopped_stays_stopped_for_whoever_leaves_and_comes_back() {
    on_both(|mend| {
        let old = address(mend, "mina");
        let mina = mend.as_("mina");
        mina.post("/m/sample/me/calendar", &[]);
        let renewed = address(mend, "mina");
        mina.post("/m/sample/me/leave", &[("sure", "on")]);
        mend.visitor().get(&renewed).is_not_found();
        mina.post("/movements/return", &[("movement", "sample")])
            .goes_to("/m/sample?told=welcome");
        for stopped in [&old, &renewed] {
            mend.visitor().get(stopped).is_not_found();
        }
    });
}

#[test]
fn an_address_that_was_not_made_here_is_not_found() {
    on_both(|mend| {
        let (mina, lena) = (address(mend, "mina"), address(mend, "lena"));
        let secret = |address: &str| {
            address
                .rsplit_once('/')
                .unwrap()
                .1
                .trim_end_matches(".ics")
                .to_owned()
        };
        let (mina, lena) = (secret(&mina), secret(&lena));
        for made_up in [
            format!("{}{}", &lena[..32], &mina[32..]),
            format!("{}{}", &mina[..32], random_id()),
            mina[..32].to_owned(),
            format!("{}{}", random_id(), &mina[32..]),
            format!("{mina}0"),
            mina.to_uppercase(),
            String::from("x"),
        ] {
            for ending in ["", ".ics"] {
                mend.visitor()
                    .get(&format!("/m/sample/feed/{made_up}{ending}"))
                    .is_not_found();
            }
        }
        mend.visitor()
            .get(&format!("/m/other/feed/{mina}.ics"))
            .is_not_found();
        assert_eq!(
            mend.visitor().get(&format!("/m/sample/feed/{mina}")).code(),
            200
        );
    });
}

#[test]
fn the_calendar_of_somebody_who_erased_themselves_is_not_found() {
    on_both(|mend| {
        let mina = address(mend, "mina");
        mend.as_("mina")
            .post("/account/erase", &[("handle", "mina")]);
        mend.visitor().get(&mina).is_not_found();
    });
}

#[test]
fn a_circle_that_ended_leaves_the_calendar() {
    on_both(|mend| {
        invite(mend, &[&["juno", "hana", "elif"]]);
        let circle = circle_of(mend, "juno");
        answer(mend, "juno", "yes");
        mend.as_("amara")
            .post(&format!("{circle}/end"), &[("sure", "on")]);
        assert!(!feed(mend, "juno").body().contains("VEVENT"));
    });
}

/// The first meeting leaves a week to answer, and is on the day that the plan says.
#[test]
fn the_first_meeting_is_at_least_a_week_away() {
    on_both(|mend| {
        let plan = [
            ("nth", "1"),
            ("weekday", "2"),
            ("starts", "19:00"),
            ("format", "online"),
        ];
        assert_ne!(plan, PLAN);
        let id = super::draft(mend, &[&["hana", "elif", "noor"]]);
        let done = mend
            .as_("amara")
            .post(&format!("/m/sample/drafts/{id}/confirm"), &plan);
        assert_eq!(done.code(), 303, "{}", done.text());
        answer(mend, "hana", "yes");
        let calendar = feed(mend, "hana");
        // Today is the first Tuesday of December; that of January is the next.
        assert!(
            calendar
                .body()
                .contains("DTSTART;TZID=Europe/Lisbon:20270105T190000\r\n"),
            "{}",
            calendar.body()
        );
    });
}
