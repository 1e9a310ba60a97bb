//! Somebody comes to one meeting for somebody else.
#![allow(clippy::unwrap_used)]

use crate::testing::client::Reply;
use crate::testing::tables::{Dump, count, dump, dump_but, hex};
use crate::testing::{TestMend, on_both};
use crate::with;

const DAY: &str = "2026-12-08";
/// Those who sit in Rowan beside Mina, who cannot come.
const OTHERS: [&str; 5] = ["lena", "tomas", "sol", "kofi", "ines"];

fn rowan(mend: &TestMend) -> String {
    format!("/m/sample/circles/{}", mend.circle(mend.sample, "Rowan"))
}

fn at(mend: &TestMend) -> String {
    format!("{}/meetings/{DAY}/stand-in", rowan(mend))
}

/// Mina asks whether somebody may come for her.
fn asks_for(mend: &TestMend, who: &str) -> Reply {
    let name = mend.name(who).to_uppercase();
    mend.as_("mina")
        .post(&at(mend), &[("say", "ask"), ("name", &name)])
}

fn asks(mend: &TestMend) -> Reply {
    asks_for(mend, "noor")
}

fn says(mend: &TestMend, who: &str, say: &str) -> Reply {
    let of = mend.id("mina").to_string();
    mend.as_(who).post(&at(mend), &[("say", say), ("of", &of)])
}

fn all_say_yes(mend: &TestMend) {
    all_say_yes_to(mend, "noor");
}

fn all_say_yes_to(mend: &TestMend, guest: &str) {
    asks_for(mend, guest);
    for who in OTHERS.iter().chain(&[guest]) {
        assert_eq!(says(mend, who, "yes").code(), 303, "{who}");
    }
}

/// What changes beside the rows of a question: letters, and a print that tells nothing without the key.
const BESIDE: [&str; 4] = ["letter", "mail", "session", "stand_in_closed"];

/// Everything but some tables, once everybody has an account.
fn before(mend: &TestMend, but: &[&str]) -> Dump {
    for who in OTHERS.iter().chain(&["mina", "noor", "amara", "bram"]) {
        mend.as_(who);
    }
    dump_but(mend, but)
}

#[test]
fn somebody_comes_for_another_when_everybody_has_said_yes() {
    on_both(|mend| {
        let (noor, live) = (mend.as_("noor"), format!("{}/live", rowan(mend)));
        asks(mend).goes_to(&format!("{}/meetings/{DAY}?told=saved", rowan(mend)));
        for who in ["noor", "lena", "tomas", "sol", "kofi"] {
            assert!(
                mend.as_(who).get("/m/sample").says(&mend.name("mina")),
                "{who}"
            );
            says(mend, who, "yes");
            assert_eq!(noor.get(&at(mend)).code(), 409, "{who} was not the last");
        }
        says(mend, "ines", "yes");
        let page = noor.get(&at(mend));
        assert!(page.says("8 December 2026") && page.says(&mend.t("agreements-title")));
        assert!(noor.get("/m/sample").says(&mend.t("standin-go")));
        noor.get(&rowan(mend)).is_not_found();
        noor.get(&live).is_not_found();
    });
}

#[test]
fn whoever_stands_in_is_let_into_the_circle_at_its_hour_and_into_nothing_else() {
    on_both(|mend| {
        all_say_yes(mend);
        let (noor, live) = (mend.as_("noor"), format!("{}/live", rowan(mend)));
        let hours = |day: &str| {
            (day.parse::<jiff::Timestamp>().unwrap().as_microsecond() - mend.now().0) / 60_000_000
        };
        mend.minutes(hours("2026-12-08T18:50:00Z"));
        let lena = mend.as_("lena");
        lena.post(&live, &[("deed", "come"), ("how", "line")])
            .goes_to(&live);
        let noor_now = mend.as_("noor");
        noor_now
            .post(&live, &[("deed", "come"), ("how", "line")])
            .goes_to(&live);
        assert!(lena.get(&live).says(&mend.name("noor")));
        noor.get(&format!("{}/held", rowan(mend))).is_not_found();
        noor.get(&rowan(mend)).is_not_found();
        mend.minutes(3 * 60);
        noor_now.get(&live).is_not_found();
    });
}

#[test]
fn one_who_would_rather_not_is_enough_and_is_named_nowhere() {
    on_both(|mend| {
        let before = before(mend, &BESIDE);
        for (guest, who) in [("noor", "sol"), ("bram", "bram")] {
            asks_for(mend, guest);
            says(mend, "lena", "yes");
            assert_eq!(says(mend, who, "no").code(), 303);
            assert_eq!(dump_but(mend, &BESIDE), before, "{who}");
            // Nobody is asked the same twice, whoever said no.
            let again = asks_for(mend, guest);
            assert!(again.says(&mend.t("standin-nobody")), "{who}");
        }
        mend.days(91);
        mend.jobs_begin();
        mend.do_jobs();
        assert_eq!(count(mend, "stand_in_closed"), 0);
        assert!(says(mend, "lena", "yes").says(&mend.t("standin-gone")));
    });
}

#[test]
fn whoever_cannot_be_asked_and_whoever_is_not_there_are_one_answer() {
    on_both(|mend| {
        let before = before(mend, &["session"]);
        let mina = mend.as_("mina");
        for name in [&mend.name("lena"), &mend.name("mina"), "Nobody At All", ""] {
            let reply = mina.post(&at(mend), &[("say", "ask"), ("name", name)]);
            assert!(reply.says(&mend.t("standin-nobody")), "{name}");
        }
        // Nobody asks for a circle they do not sit in, stewards neither, or answers what is not asked.
        for who in ["amara", "bram"] {
            let name = mend.name("noor");
            let reply = mend
                .as_(who)
                .post(&at(mend), &[("say", "ask"), ("name", &name)]);
            assert!(reply.says(&mend.t("standin-gone")), "{who}");
            assert!(
                says(mend, who, "yes").says(&mend.t("standin-gone")),
                "{who}"
            );
        }
        assert_eq!(dump_but(mend, &["session"]), before);
    });
}

#[test]
fn it_is_gone_with_the_meeting_and_with_whoever_leaves() {
    on_both(|mend| {
        all_say_yes(mend);
        mend.as_("sol")
            .post("/m/sample/me/leave", &[("sure", "on")]);
        assert_eq!(count(mend, "stand_in"), 1);
        mend.as_("noor")
            .post("/m/sample/me/leave", &[("sure", "on")]);
        assert_eq!(count(mend, "stand_in") + count(mend, "stand_in_yes"), 0);
        let name = mend.name("bram");
        mend.as_("mina")
            .post(&at(mend), &[("say", "ask"), ("name", &name)]);
        assert_eq!(count(mend, "stand_in"), 1);
        mend.days(30);
        mend.jobs_begin();
        mend.do_jobs();
        assert_eq!(count(mend, "stand_in"), 0);
    });
}

#[test]
fn what_was_agreed_ends_with_the_hour_it_was_agreed_for_and_with_the_seat() {
    on_both(|mend| {
        let (lena, day) = (mend.as_("lena"), format!("{}/meetings/{DAY}", rowan(mend)));
        all_say_yes(mend);
        lena.post(
            &format!("{day}/move"),
            &[("to", "2026-12-10"), ("at", "19:00")],
        );
        assert_eq!(count(mend, "stand_in"), 0, "moved");
        all_say_yes(mend);
        lena.post(&format!("{day}/skip"), &[]);
        assert_eq!(count(mend, "stand_in"), 0, "left out");
        lena.post(&format!("{day}/undo"), &[]);
        all_say_yes(mend);
        mend.as_("mina").post(&at(mend), &[("say", "back")]);
        assert_eq!(count(mend, "stand_in"), 0, "taken back");
        all_say_yes_to(mend, "bram");
        let mina = mend.id("mina").to_string();
        lena.post(&format!("{}/free", rowan(mend)), &[("person", &mina)]);
        assert_eq!(count(mend, "stand_in"), 0, "the seat was given back");
    });
}

#[test]
fn what_was_agreed_ends_with_the_usual_room_and_the_format_it_was_agreed_for() {
    on_both(|mend| {
        let edit = |more: &[(&'static str, &'static str)]| {
            let plan = [&super::PLAN[..3], &[("name", "Rowan")], more].concat();
            let saved = mend
                .as_("lena")
                .post(&format!("{}/edit", rowan(mend)), &plan);
            assert_eq!(saved.code(), 303, "{}", saved.text());
        };
        let hall = [("format", "room"), ("place", "Hall")];
        edit(&hall);
        all_say_yes(mend);
        edit(&hall);
        assert_eq!(count(mend, "stand_in"), 1, "nothing was changed");
        edit(&[("format", "room"), ("place", "Cellar")]);
        assert_eq!(count(mend, "stand_in"), 0, "another room");
        all_say_yes_to(mend, "bram");
        edit(&[("format", "online")]);
        assert_eq!(count(mend, "stand_in"), 0, "on the line");
    });
}

#[test]
fn whoever_keeps_passes_on_the_yes_of_those_without_an_account_and_of_nobody_else() {
    on_both(|mend| {
        let noor = mend.as_("noor");
        asks(mend);
        for who in ["lena", "tomas", "kofi"] {
            says(mend, who, "yes");
        }
        let pass_on = |who: &str, whose: &str| {
            let (of, whose) = (mend.id("mina").to_string(), mend.id(whose).to_string());
            let said = [("say", "heard"), ("of", &of), ("whose", &whose)];
            mend.as_(who).post(&at(mend), &said)
        };
        let meeting = format!("{}/meetings/{DAY}", rowan(mend));
        let button = |who: &str, whose: &str| {
            let name = with![name = mend.name(whose)];
            mend.as_(who)
                .get(&meeting)
                .says(&mend.tw("standin-heard", &name))
        };
        // Sol and Ines have no account; Noor has, and has not answered.
        assert!(button("lena", "sol") && button("lena", "ines") && !button("lena", "noor"));
        for who in ["mina", "tomas", "noor"] {
            assert!(pass_on(who, "sol").says(&mend.t("standin-gone")), "{who}");
        }
        assert!(!button("tomas", "sol"));
        for whose in ["noor", "kofi", "mina"] {
            assert!(
                pass_on("lena", whose).says(&mend.t("standin-gone")),
                "{whose}"
            );
        }
        assert_eq!(pass_on("lena", "sol").code(), 303);
        assert_eq!(pass_on("lena", "ines").code(), 303);
        assert!(!button("lena", "sol"), "said once");
        assert_eq!(noor.get(&at(mend)).code(), 409, "the one who would come");
        says(mend, "noor", "yes");
        assert_eq!(noor.get(&at(mend)).code(), 200);
    });
}

#[test]
fn a_yes_is_taken_back_before_and_after_all_have_said_it() {
    on_both(|mend| {
        let before = before(mend, &BESIDE);
        asks(mend);
        says(mend, "lena", "yes");
        says(mend, "lena", "no");
        assert_eq!(count(mend, "stand_in"), 0, "before");
        all_say_yes_to(mend, "bram");
        assert_eq!(mend.as_("bram").get(&at(mend)).code(), 200);
        says(mend, "tomas", "no");
        assert_eq!(mend.as_("bram").get(&at(mend)).code(), 409);
        assert_eq!(dump_but(mend, &BESIDE), before);
    });
}

#[test]
fn it_ends_with_the_seat_of_whoever_cannot_come_however_that_is_freed() {
    on_both(|mend| {
        all_say_yes(mend);
        let (circle, mina) = (mend.circle(mend.sample, "Rowan"), mend.id("mina"));
        let place = mend.sample;
        mend.write(mend_store::Scope::Movement(place.0), move |tx| {
            crate::circle::rows::free_seat(tx, place, circle, mina)
        });
        assert_eq!(count(mend, "stand_in") + count(mend, "stand_in_yes"), 0);
    });
}

#[test]
fn nobody_asks_more_than_three_at_once_or_long_before() {
    on_both(|mend| {
        let (mina, name) = (mend.as_("mina"), mend.name("noor"));
        let ask = |day: &str| {
            let there = format!("{}/meetings/{day}/stand-in", rowan(mend));
            mina.post(&there, &[("say", "ask"), ("name", &name)])
        };
        assert!(ask("2027-04-13").says(&mend.t("standin-far")));
        for day in ["2026-12-08", "2027-01-12", "2027-02-09"] {
            assert_eq!(ask(day).code(), 303, "{day}");
        }
        mend.days(9);
        assert!(ask("2027-03-09").says(&mend.t("standin-many")));
    });
}

#[test]
fn nobody_under_18_is_let_in_where_too_few_adults_would_be_there() {
    on_both(|mend| {
        let (place, noor, now) = (mend.sample, mend.id("noor"), mend.now());
        mend.write(mend_store::Scope::Movement(place.0), move |tx| {
            mend_store::sql!("UPDATE person SET minor_at = $3 WHERE movement_id = $1 AND id = $2")
                .id(place)
                .id(noor)
                .int(now)
                .run(tx)
        });
        all_say_yes(mend);
        let page = || mend.as_("noor").get(&at(mend)).code();
        assert_eq!(page(), 200, "five adults");
        for who in ["tomas", "sol", "kofi", "ines"] {
            let id = mend.id(who).to_string();
            mend.as_("lena")
                .post(&format!("{}/free", rowan(mend)), &[("person", &id)]);
        }
        assert_eq!(page(), 409, "one adult is left");
    });
}

#[test]
fn what_is_asked_and_said_stands_in_the_file_of_those_it_is_about_alone() {
    on_both(|mend| {
        all_say_yes(mend);
        let of = |who: &str| {
            let file = mend.as_(who).get("/m/sample/me/export").json();
            file["person"]["circles"]["stand-ins"].clone()
        };
        assert_eq!(of("mina")[0]["would come"], mend.name("noor"));
        assert_eq!(of("noor")[0]["cannot come"], mend.name("mina"));
        assert_eq!(of("sol")[0]["you said yes"], true);
        assert_eq!(of("bram").as_array().map(Vec::len), Some(0));
    });
}

#[test]
fn nobody_stands_in_for_two_at_once() {
    on_both(|mend| {
        asks(mend);
        let name = mend.name("noor");
        let second = mend
            .as_("lena")
            .post(&at(mend), &[("say", "ask"), ("name", &name)]);
        assert!(second.says(&mend.t("standin-nobody")));
    });
}

#[test]
fn the_meeting_stands_in_the_calendar_of_whoever_comes_and_stays_open_to_its_end() {
    on_both(|mend| {
        let noor = mend.as_("noor");
        let page = noor.get("/m/sample/me/calendar");
        let feed = page.text();
        let feed = feed
            .split_whitespace()
            .find(|word| word.ends_with(".ics"))
            .unwrap()
            .to_owned();
        let path = feed
            .split_once("/m/")
            .map(|(_, rest)| format!("/m/{rest}"))
            .unwrap();
        assert!(!mend.visitor().get(&path).body().contains("Rowan"));
        all_say_yes(mend);
        let events = mend
            .visitor()
            .get(&path)
            .body()
            .matches("BEGIN:VEVENT")
            .count();
        assert_eq!(events, 1, "one meeting, not the series");
        let live = format!("{}/live", rowan(mend));
        mend.minutes(7 * 24 * 60 + 10 * 60 + 20);
        mend.jobs_begin();
        mend.do_jobs();
        assert_eq!(
            mend.as_("noor").get(&live).code(),
            200,
            "twenty minutes after its end"
        );
    });
}

/// Minutes to the end of the meeting, at 20:00 in Lisbon.
const END: i64 = 7 * 24 * 60 + 10 * 60;

fn sweeps(mend: &TestMend) {
    mend.jobs_begin();
    mend.all_jobs_due();
}

#[test]
fn whoever_came_is_asked_a_day_later_how_it_left_them_and_for_whom_is_forgotten() {
    on_both(|mend| {
        all_say_yes(mend);
        let asks = |who: &str| {
            let home = mend.as_(who).get("/m/sample");
            home.says(&mend.t("after-question"))
        };
        mend.minutes(END + 61);
        sweeps(mend);
        assert_eq!((count(mend, "stand_in"), count(mend, "stood_in")), (0, 1));
        let row = format!("{:?}", dump(mend)["stood_in"]);
        let mina = hex(&mend.id("mina").0);
        assert!(!row.contains(&mina), "for whom is known: {row}");
        let file = mend.as_("noor").get("/m/sample/me/export").json();
        let came = &file["person"]["circles"]["came lately for somebody"];
        assert_eq!(came[0], format!("Rowan: {DAY}"));
        assert!(!asks("noor"), "an hour after");
        mend.minutes(23 * 60);
        sweeps(mend);
        assert!(asks("noor") && asks("lena") && !asks("bram"), "a day after");
        mend.minutes(23 * 60 + 30);
        sweeps(mend);
        assert!(asks("noor"), "almost two days after");
        mend.minutes(30);
        sweeps(mend);
        assert!(!asks("noor"), "two days after");
        assert_eq!(count(mend, "stood_in"), 0);
    });
}

#[test]
fn whoever_came_may_ask_its_keeper_to_call_and_take_it_back_for_as_long_as_it_waits() {
    on_both(|mend| {
        all_say_yes(mend);
        mend.minutes(END + 25 * 60);
        let call = format!("{}/call", rowan(mend));
        mend.as_("noor")
            .post(&call, &[("how", "0351")])
            .is_not_found();
        sweeps(mend);
        mend.as_("bram")
            .post(&call, &[("how", "0351")])
            .is_not_found();
        let asked = mend.as_("noor").post(&call, &[("how", "0351 000")]);
        asked.goes_to("/m/sample?told=called");
        let card = mend.tw("call-asked", &with![name = mend.name("noor")]);
        assert!(mend.as_("lena").get("/m/sample").says(&card));
        mend.days(3);
        sweeps(mend);
        assert_eq!(count(mend, "stood_in"), 0);
        let home = mend.as_("noor").get("/m/sample");
        assert!(home.says(&mend.t("call-mine")) && !home.says(&mend.t("after-question")));
        mend.as_("noor").post(&call, &[("back", "1")]);
        assert_eq!(count(mend, "call_wish"), 0);
        let again = mend.as_("noor").post(&call, &[("how", "0351 000")]);
        again.is_not_found();
    });
}

#[test]
fn where_it_was_not_agreed_or_did_not_take_place_nobody_came() {
    on_both(|mend| {
        asks(mend);
        says(mend, "noor", "yes");
        mend.minutes(END + 61);
        sweeps(mend);
        assert_eq!((count(mend, "stand_in"), count(mend, "stood_in")), (0, 0));
    });
    on_both(|mend| {
        all_say_yes(mend);
        mend.minutes(END + 61);
        sweeps(mend);
        assert_eq!(count(mend, "stood_in"), 1);
        mend.as_("noor")
            .post("/m/sample/me/leave", &[("sure", "on")]);
        assert_eq!(count(mend, "stood_in"), 0);
    });
}

#[test]
fn who_gets_or_gives_up_a_seat_after_the_meeting_began_changes_nothing_of_who_came() {
    on_both(|mend| {
        all_say_yes(mend);
        mend.minutes(END - 30);
        sweeps(mend);
        assert_eq!((count(mend, "stand_in"), count(mend, "stood_in")), (1, 1));
        mend.as_("mina")
            .post(&format!("{}/leave", rowan(mend)), &[("sure", "on")]);
        mend.minutes(30 + 25 * 60);
        sweeps(mend);
        assert!(
            mend.as_("noor")
                .get("/m/sample")
                .says(&mend.t("after-question"))
        );
    });
}
