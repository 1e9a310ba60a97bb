//! A day or two after a circle: the question that sends nothing, and the wish to be called.
#![allow(clippy::unwrap_used)]

use jiff::civil::date;
use mend_rules::id::{CircleId, PersonId, SeriesId};
use mend_rules::meeting::{Cadence, Ends, Nth, Series};
use mend_store::{Scope, sql};

use crate::circle::{self, Circle, Planned};
use crate::meeting::{self, Format, Meetings};
use crate::testing::client::Reply;
use crate::testing::tables::{count, dump, dump_but, tables_with};
use crate::testing::{TestMend, on_both};
use crate::with;

/// Tuesday, 8 December, 20:00 in Lisbon: Rowan's hour has just ended.
const END: i64 = 7 * 24 * 60 + 10 * 60;

fn rowan(mend: &TestMend) -> String {
    format!("/m/sample/circles/{}", mend.circle(mend.sample, "Rowan"))
}

/// Somebody who sits in Rowan and does not keep it, and its keeper.
fn two(mend: &TestMend) -> (PersonId, PersonId) {
    let (sample, circle) = (mend.sample, mend.circle(mend.sample, "Rowan"));
    mend.read(Scope::Movement(sample.0), |tx| {
        sql!(
            "SELECT s.person_id, c.keeper_id FROM seat s JOIN circle c ON c.id = s.circle_id
              WHERE s.movement_id = $1 AND c.id = $2 AND s.person_id <> c.keeper_id
              ORDER BY s.taken_at LIMIT 1"
        )
        .id(sample)
        .id(circle)
        .one(tx, |row| Ok((PersonId(row.id(0)?), PersonId(row.id(1)?))))
    })
}

fn key_of(mend: &TestMend, id: PersonId) -> &'static str {
    let keys = ["lena", "mina", "tomas", "sol", "kofi", "ines"];
    keys.into_iter().find(|key| mend.id(key) == id).unwrap()
}

struct Two {
    member: &'static str,
    keeper: &'static str,
}

impl Two {
    fn new(mend: &TestMend) -> Self {
        let (member, keeper) = two(mend);
        Self {
            member: key_of(mend, member),
            keeper: key_of(mend, keeper),
        }
    }

    fn home(&self, mend: &TestMend, key: &str) -> Reply {
        mend.as_(key).get("/m/sample")
    }

    fn ask(&self, mend: &TestMend, how: &str) {
        let asked = mend
            .as_(self.member)
            .post(&format!("{}/call", rowan(mend)), &[("how", how)]);
        asked.goes_to("/m/sample?told=called");
    }
}

#[test]
fn the_question_stands_on_home_from_one_day_to_two_days_after_and_looking_keeps_nothing() {
    on_both(|mend| {
        let two = Two::new(mend);
        let asks = || two.home(mend, two.member).says(&mend.t("after-question"));
        mend.minutes(END + 23 * 60);
        assert!(!asks(), "after 23 hours");
        mend.minutes(61);
        let before = dump_but(mend, &["session"]);
        assert!(asks(), "after a day");
        mend.minutes(23 * 60);
        assert!(asks(), "after almost two");
        assert_eq!(dump_but(mend, &["session"]), before, "looking was kept");
        mend.minutes(60);
        assert!(!asks(), "after two days");
    });
}

/// That Rowan was held on a day.
fn held(mend: &TestMend, day: &str) {
    let (movement, circle, day) = (
        mend.sample,
        mend.circle(mend.sample, "Rowan"),
        day.to_owned(),
    );
    let id = mend_rules::id::LiveId(mend.app.new_id());
    mend.write(Scope::Movement(movement.0), move |tx| {
        sql!(
            "INSERT INTO held (id, movement_id, circle_id, held_on, minutes, head_count, format, care)
             VALUES ($1, $2, $3, $4, 50, 5, 'room', 0)"
        )
        .id(id)
        .id(movement)
        .id(circle)
        .text(day.clone())
        .run(tx)
    });
}

#[test]
fn a_circle_held_on_another_day_than_its_meetings_is_asked_about_too() {
    on_both(|mend| {
        let two = Two::new(mend);
        let asks = || two.home(mend, two.member).says(&mend.t("after-question"));
        // Friday, 4 December; now it is Tuesday, 1 December, ten in the morning.
        held(mend, "2026-12-04");
        let evening = 4 * 24 * 60 + 8 * 60;
        mend.minutes(evening - 1);
        assert!(!asks(), "before the next evening");
        mend.minutes(1);
        assert!(asks(), "on the next evening");
        assert_eq!(
            two.home(mend, "bram")
                .text()
                .matches(&mend.t("after-question"))
                .count(),
            0
        );
        mend.minutes(24 * 60 - 1);
        assert!(asks(), "on the day after that");
        mend.minutes(1);
        assert!(!asks(), "on the evening after that");
    });
}

#[test]
fn a_circle_held_on_the_day_of_its_meeting_is_asked_about_once_and_by_its_end() {
    on_both(|mend| {
        let two = Two::new(mend);
        let asks = || {
            let page = two.home(mend, two.member).text();
            page.matches(&mend.t("after-question")).count()
        };
        held(mend, "2026-12-08");
        mend.minutes(END + 23 * 60);
        assert_eq!(asks(), 0, "after 23 hours");
        mend.minutes(60);
        assert_eq!(asks(), 1, "after a day");
    });
}

#[test]
fn whoever_took_a_seat_after_the_circle_is_not_asked_how_it_left_them() {
    on_both(|mend| {
        let (sample, circle) = (mend.sample, mend.circle(mend.sample, "Rowan"));
        let (noor, now) = (mend.id("noor"), mend.now().minutes(END + 60));
        mend.write(Scope::Movement(sample.0), move |tx| {
            circle::add_seat(tx, sample, circle, noor, now)
        });
        mend.minutes(END + 25 * 60);
        let asks = |who: &str| {
            mend.as_(who)
                .get("/m/sample")
                .says(&mend.t("after-question"))
        };
        assert!(asks("mina") && !asks("noor"));
    });
}

#[test]
fn a_wish_to_be_called_reaches_the_keeper_alone_and_goes_when_it_is_done() {
    on_both(|mend| {
        let two = Two::new(mend);
        mend.minutes(END + 25 * 60);
        two.ask(mend, "after six, 0351 000");
        let name = mend.name(two.member);
        let asked = mend.tw("call-asked", &with![name = name.as_str()]);
        let keeper = two.home(mend, two.keeper);
        assert!(
            keeper.says(&asked) && keeper.says("after six, 0351 000"),
            "{}",
            keeper.text()
        );
        for other in ["amara", two.member] {
            let page = two.home(mend, other);
            assert!(
                !page.says(&asked) && !page.says("0351 000"),
                "{other}: {}",
                page.text()
            );
        }
        assert!(two.home(mend, two.member).says(&mend.t("call-mine")));
        let page = keeper.body();
        let id = page.split("name=\"call\" value=\"").nth(1).unwrap()[..32].to_owned();
        let foreign = mend
            .as_("amara")
            .post("/m/sample/calls/done", &[("call", &id)]);
        assert!(foreign.code() == 409 && foreign.says(&mend.t("call-gone")));
        let done = || {
            mend.as_(two.keeper)
                .post("/m/sample/calls/done", &[("call", &id)])
        };
        done().goes_to("/m/sample?told=call-done");
        assert!(done().says(&mend.t("call-gone")), "a second click");
        assert!(!two.home(mend, two.keeper).says(&asked));
        assert_eq!(count(mend, "call_wish"), 0);
    });
}

#[test]
fn a_wish_names_nobody_in_the_tables_and_is_over_after_a_week() {
    on_both(|mend| {
        let two = Two::new(mend);
        mend.minutes(END + 25 * 60);
        two.ask(mend, "0351 000");
        let wish = dump(mend)["call_wish"].iter().next().unwrap().concat();
        let member = crate::testing::tables::hex(&mend.id(two.member).0);
        assert!(!wish.contains(&member) && !wish.contains("0351"));
        assert_eq!(tables_with(&dump(mend), "0351 000"), [""; 0]);
        mend.days(7);
        mend.jobs_begin();
        mend.all_jobs_due();
        assert_eq!(count(mend, "call_wish"), 0);
    });
}

#[test]
fn a_wish_reaches_nobody_but_the_one_the_form_named() {
    on_both(|mend| {
        let two = Two::new(mend);
        mend.minutes(END + 25 * 60);
        let page = two.home(mend, two.member);
        let named = page.body().split("name=\"to\" value=\"").nth(1).unwrap()[..32].to_owned();
        assert_eq!(named, mend.id(two.keeper).to_string());
        let other = mend.id("amara").to_string();
        let asks = |to: &str| {
            let form = [("how", "0123"), ("to", to)];
            mend.as_(two.member)
                .post(&format!("{}/call", rowan(mend)), &form)
        };
        assert!(asks(&other).says(&mend.t("call-other")));
        assert_eq!(count(mend, "call_wish"), 0);
        asks(&named).goes_to("/m/sample?told=called");
        // Whoever has no seat there any more reads nothing of it, and the form is back.
        mend.as_("amara")
            .post(&format!("{}/free", rowan(mend)), &[("person", &named)]);
        assert!(!two.home(mend, two.keeper).says("0123"));
        assert!(!two.home(mend, two.member).says(&mend.t("call-mine")));
    });
}

#[test]
fn asking_twice_asks_once_and_can_be_taken_back() {
    on_both(|mend| {
        let two = Two::new(mend);
        mend.minutes(END + 25 * 60);
        two.ask(mend, "one");
        two.ask(mend, "two");
        assert_eq!(count(mend, "call_wish"), 1);
        let back = mend
            .as_(two.member)
            .post(&format!("{}/call", rowan(mend)), &[("back", "1")]);
        back.goes_to("/m/sample?told=taken-back");
        assert_eq!(count(mend, "call_wish"), 0);
        assert!(
            !dump(mend)["letter"]
                .iter()
                .any(|row| row.contains(&"call".to_owned()))
        );
    });
}

#[test]
fn a_wish_goes_with_the_seat() {
    on_both(|mend| {
        let two = Two::new(mend);
        mend.minutes(END + 25 * 60);
        two.ask(mend, "0123");
        mend.as_(two.member)
            .post(&format!("{}/leave", rowan(mend)), &[("sure", "on")]);
        assert_eq!(count(mend, "call_wish"), 0);
        assert!(!two.home(mend, two.keeper).says("0123"));
    });
}

#[test]
fn a_wish_is_in_ones_own_file_and_goes_with_whoever_leaves_or_is_erased() {
    on_both(|mend| {
        let two = Two::new(mend);
        mend.minutes(END + 25 * 60);
        two.ask(mend, "0351 000");
        let file = mend.as_(two.member).get("/m/sample/me/export").json();
        assert_eq!(
            file["person"]["circles"]["wishes to be called"][0],
            "Rowan: 0351 000"
        );
        mend.as_(two.member)
            .post("/m/sample/me/leave", &[("sure", "yes")]);
        assert_eq!(count(mend, "call_wish"), 0);
    });
    on_both(|mend| {
        let two = Two::new(mend);
        mend.minutes(END + 25 * 60);
        two.ask(mend, "0351 000");
        let erased = mend
            .as_(two.member)
            .post("/account/erase", &[("handle", two.member)]);
        erased.goes_to("/?told=erased");
        assert_eq!(count(mend, "call_wish"), 0);
    });
}

#[test]
fn nobody_without_a_seat_asks_the_keeper_and_the_keeper_does_not_ask_themselves() {
    on_both(|mend| {
        let two = Two::new(mend);
        for who in ["amara", two.keeper] {
            let tried = mend.as_(who).post(&format!("{}/call", rowan(mend)), &[]);
            assert!(
                tried.code() == 409 && tried.says(&mend.t("call-nobody")),
                "{who}"
            );
        }
        let long = mend.as_(two.member).post(
            &format!("{}/call", rowan(mend)),
            &[("how", &"x".repeat(201))],
        );
        assert!(long.says(&mend.t("call-long")));
        assert_eq!(count(mend, "call_wish"), 0);
    });
}

#[test]
fn a_wish_reaches_whoever_kept_the_meeting_where_that_was_somebody_else() {
    on_both(|mend| {
        let (movement, circle) = (mend.sample, mend.circle(mend.sample, "Rowan"));
        let planned = Planned {
            on: date(2026, 12, 8),
            keeper: Some(mend.id("sol")),
            ..Planned::default()
        };
        mend.write(Scope::Movement(movement.0), move |tx| {
            circle::set_planned(tx, movement, circle, &planned)
        });
        mend.minutes(END + 26 * 60);
        let reply = mend
            .as_("mina")
            .post(&format!("{}/call", rowan(mend)), &[("how", "")]);
        assert_eq!(reply.code(), 303, "{}", reply.text());
        let asks = mend.tw("call-asked", &with![name = mend.name("mina")]);
        for (who, hears) in [("sol", true), ("lena", false)] {
            assert_eq!(mend.as_(who).get("/m/sample").says(&asks), hears, "{who}");
        }
    });
}

/// A second circle of the same name, in which the same two sit.
fn namesake(mend: &TestMend, two: &Two) {
    let (sample, now) = (mend.sample, mend.now());
    let first_on = date(2026, 12, 15);
    let series = Series {
        cadence: Cadence::Monthly(Nth::of(first_on)),
        weekday: first_on.weekday(),
        starts: jiff::civil::time(19, 0, 0, 0),
        minutes: 60,
        zone: jiff::tz::TimeZone::UTC,
        first_on,
        ends: Ends::Open,
    };
    let meetings = Meetings::new(SeriesId(mend.app.new_id()), series, Format::Room, now);
    let circle = Circle {
        id: CircleId(mend.app.new_id()),
        name: "Rowan".into(),
        seats: 6,
        keeper: Some(mend.id(two.keeper)),
        series: meetings.id,
    };
    let seats = [two.member, two.keeper].map(|key| mend.id(key));
    mend.write(Scope::Movement(sample.0), move |tx| {
        meeting::add(tx, sample, &meetings)?;
        circle::add_circle(tx, sample, &circle, now, None)?;
        seats
            .iter()
            .try_for_each(|who| circle::add_seat(tx, sample, circle.id, *who, now))
    });
}

#[test]
fn of_two_circles_of_one_name_the_wish_stands_at_the_one_it_was_made_in() {
    on_both(|mend| {
        let two = Two::new(mend);
        mend.minutes(END + 25 * 60);
        two.ask(mend, "");
        namesake(mend, &two);
        let page = two.home(mend, two.member).text();
        assert_eq!(page.matches(&mend.t("call-mine")).count(), 1, "{page}");
    });
}
