//! Calendar addresses: secret, renewable, and only one's own circles in them.
#![allow(clippy::unwrap_used)]

use super::{PLAN, answer, circle_of, invite};
use crate::testing::cast::feed_link;
use crate::testing::client::Reply;
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

#[test]
fn a_changed_circle_is_changed_in_calendars() {
    on_both(|mend| {
        let uid = |reply: &Reply| {
            let line = reply
                .body()
                .lines()
                .find(|line| line.starts_with("UID:"))
                .unwrap();
            line.to_owned()
        };
        let before = feed(mend, "mina");
        assert!(before.body().contains("SEQUENCE:0\r\n"));
        mend.minutes(5);
        let path = format!(
            "/m/sample/circles/{}/edit",
            mend.circle(mend.sample, "Rowan")
        );
        let fields = [
            ("name", "Rook"),
            ("nth", "-1"),
            ("weekday", "5"),
            ("starts", "20:30"),
            ("format", "room"),
            ("place", "Cellar"),
        ];
        mend.as_("lena").post(&path, &fields);
        let after = feed(mend, "mina");
        assert_eq!(uid(&after), uid(&before));
        for line in [
            "SEQUENCE:1",
            "RRULE:FREQ=MONTHLY;BYDAY=-1FR",
            "LOCATION:Cellar",
            "LAST-MODIFIED:20261201T100500Z",
        ] {
            assert!(
                after.body().contains(&format!("{line}\r\n")),
                "{line}: {}",
                after.body()
            );
        }
        assert!(after.body().contains("T203000\r\n"), "{}", after.body());
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
