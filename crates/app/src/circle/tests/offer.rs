//! A free seat of a circle that goes on is offered to one person.
#![allow(clippy::unwrap_used)]

use mend_rules::circle::veil;
use mend_store::{Scope, sql};

use crate::circle::acts;
use crate::testing::client::Reply;
use crate::testing::tables::dump_but;
use crate::testing::{TestMend, on_both};

/// Who sits in Rowan beside its keeper.
const OTHERS: [&str; 5] = ["mina", "tomas", "sol", "kofi", "ines"];

fn rowan(mend: &TestMend) -> String {
    format!("/m/sample/circles/{}", mend.circle(mend.sample, "Rowan"))
}

fn offers(mend: &TestMend) -> String {
    format!("{}/offers", rowan(mend))
}

/// Ines gives her seat back, and new people come in with every meeting.
fn has_a_free_seat(mend: &TestMend) {
    mend.as_("ines")
        .post(&format!("{}/leave", rowan(mend)), &[("sure", "on")]);
    joins_every(mend, 1);
}

fn joins_every(mend: &TestMend, join_every: u32) {
    let (sample, circle) = (mend.sample, mend.circle(mend.sample, "Rowan"));
    mend.write(Scope::Movement(sample.0), move |tx| {
        let ways = crate::circle::Ways {
            join_every,
            ..Default::default()
        };
        crate::circle::set_ways(tx, sample, circle, ways)
    });
}

/// Somebody without a seat whom chance keeps apart from nobody in Rowan.
fn somebody(mend: &TestMend, not: &[&str]) -> &'static str {
    let (place, now) = (mend.movement("sample"), mend.now());
    let pool = mend.read(Scope::Movement(place.id.0), |tx| {
        acts::load_pool(tx, &mend.app.key.0, &place, now)
    });
    let open = |who: &&str| {
        let here = pool.people.iter().any(|one| one.id == mend.id(who));
        let beside = OTHERS.iter().chain(&["lena", "juno", "noor"]);
        let mut beside = beside.filter(|other| *other != who);
        here && !not.contains(who)
            && !beside.any(|other| veil(pool.secret, mend.id(who), mend.id(other)))
    };
    let all = ["noor", "juno", "baptiste", "hana", "dario", "graca", "elif"];
    all.into_iter().find(open).unwrap()
}

fn offer(mend: &TestMend, by: &str, name: &str) -> Reply {
    let form = [("name", name), ("asked", "on")];
    mend.as_(by).post(&offers(mend), &form)
}

fn offer_to(mend: &TestMend, who: &str) -> Reply {
    offer(mend, "lena", &mend.name(who).to_uppercase())
}

#[test]
fn a_free_seat_is_offered_by_name_and_taken_freely() {
    on_both(|mend| {
        has_a_free_seat(mend);
        let who = somebody(mend, &[]);
        offer_to(mend, who).goes_to(&format!("{}?told=offered", offers(mend)));
        let page = mend.as_("lena").get(&offers(mend));
        assert!(
            page.says(&mend.name(who)) && page.says(&mend.t("offer-back")),
            "{}",
            page.text()
        );
        assert!(page.body().contains("/i/"), "its sheet");
        let home = mend.as_(who).get("/m/sample");
        assert!(home.says("A seat in the circle Rowan"), "{}", home.text());
        let yes = mend
            .as_(who)
            .post(&format!("{}/answer", rowan(mend)), &[("answer", "yes")]);
        yes.goes_to("/m/sample?told=answered-yes");
        assert!(mend.as_("mina").get(&rowan(mend)).says(&mend.name(who)));
        let page = mend.as_("lena").get(&offers(mend));
        assert!(!page.says(&mend.t("offer-back")) && page.says(&mend.t("offer-full")));
    });
}

#[test]
fn whoever_declined_looks_like_whoever_has_not_answered() {
    on_both(|mend| {
        has_a_free_seat(mend);
        let who = somebody(mend, &[]);
        offer_to(mend, who);
        let other = mend.name(somebody(mend, &[who]));
        let seen = || {
            let page = mend.as_("lena").get(&offers(mend)).text();
            (page, offer(mend, "lena", &other).text())
        };
        let before = seen();
        mend.as_(who)
            .post(&format!("{}/answer", rowan(mend)), &[("answer", "no")]);
        assert_eq!(seen(), before);
        assert!(before.1.contains(&mend.t("offer-full")), "{}", before.1);
    });
}

#[test]
fn whoever_cannot_be_offered_one_and_whoever_is_not_there_are_one_answer() {
    on_both(|mend| {
        has_a_free_seat(mend);
        let who = somebody(mend, &[]);
        let wish = [("person", &*mend.id(who).to_string())];
        mend.as_("kofi").post("/m/sample/me/wishes", &wish);
        let before = dump_but(mend, &["session"]);
        let said = |name: &str| {
            let reply = offer(mend, "lena", name);
            assert_eq!(reply.code(), 409);
            reply.text()
        };
        let nobody = said("Nobody At All");
        assert!(nobody.contains(&mend.t("offer-nobody")));
        for name in [mend.name(who), mend.name("mina"), String::new()] {
            assert_eq!(said(&name), nobody, "{name}");
        }
        assert_eq!(dump_but(mend, &["session"]), before);
    });
}

#[test]
fn it_is_offered_by_whoever_keeps_the_circle_who_asked_everybody_and_once() {
    on_both(|mend| {
        has_a_free_seat(mend);
        let who = somebody(mend, &[]);
        let name = mend.name(who);
        for stranger in ["mina", "bram", who] {
            offer(mend, stranger, &name).is_not_found();
            mend.as_(stranger).get(&offers(mend)).is_not_found();
        }
        let unasked = mend.as_("lena").post(&offers(mend), &[("name", &name)]);
        assert!(unasked.says(&mend.t("offer-unasked")));
        let twice = || {
            let form = [
                ("name", &*name),
                ("asked", "on"),
                ("fresh", "00112233445566778899aabbccddeeff"),
            ];
            mend.as_("lena").post(&offers(mend), &form)
        };
        for _ in 0..2 {
            twice().goes_to(&format!("{}?told=offered", offers(mend)));
        }
        let (sample, circle) = (mend.sample, mend.circle(mend.sample, "Rowan"));
        let open = mend.read(Scope::Movement(sample.0), move |tx| {
            sql!("SELECT COUNT(*) FROM invitation WHERE circle_id = $1 AND offered = 1")
                .id(circle)
                .one(tx, |row| row.int(0))
        });
        assert_eq!(open, 1);
    });
}

#[test]
fn it_is_taken_back_with_its_letter_and_its_link() {
    on_both(|mend| {
        has_a_free_seat(mend);
        let who = somebody(mend, &[]);
        mend.as_(who);
        let beside = ["session", "ledger", "actor"];
        let before = dump_but(mend, &beside);
        offer_to(mend, who);
        let page = mend.as_("lena").get(&offers(mend));
        let id = page.body().split("name=\"which\" value=\"").nth(1).unwrap()[..32].to_owned();
        let back = || {
            mend.as_("lena")
                .post(&format!("{}/back", offers(mend)), &[("which", &id)])
        };
        back().goes_to(&format!("{}?told=offer-back", offers(mend)));
        assert!(back().says(&mend.t("offer-gone")));
        let after = dump_but(mend, &beside);
        let changed = after
            .iter()
            .filter(|(table, rows)| before[*table] != **rows);
        let changed: Vec<_> = changed.map(|(table, _)| table.as_str()).collect();
        assert_eq!(changed, ["person"], "when they were asked first");
        assert!(
            !mend
                .as_(who)
                .get("/m/sample")
                .says(&mend.t("answer-say-no"))
        );
    });
}

#[test]
fn new_people_come_in_at_set_meetings_and_answer_before_them() {
    on_both(|mend| {
        has_a_free_seat(mend);
        // The first meeting is over; with the fourth, in March, new people come in.
        joins_every(mend, 3);
        mend.days(8);
        let who = somebody(mend, &[]);
        let refused = offer_to(mend, who);
        assert!(refused.says(&mend.t("offer-not-now")), "{}", refused.text());
        assert!(mend.as_("lena").get(&offers(mend)).says("9 February"));
        joins_every(mend, 1);
        mend.days(31);
        let who = somebody(mend, &[]);
        offer_to(mend, who).goes_to(&format!("{}?told=offered", offers(mend)));
        let asked = || {
            mend.as_(who)
                .get("/m/sample")
                .says(&mend.t("answer-say-no"))
        };
        assert!(asked());
        mend.minutes(3 * 24 * 60 + 9 * 60);
        assert!(!asked(), "the meeting has begun");
    });
}

#[test]
fn a_circle_gets_seats_and_gives_up_none_that_somebody_has() {
    on_both(|mend| {
        let edit = |seats: &str| {
            let plan = [&super::PLAN[..], &[("name", "Rowan"), ("seats", seats)]].concat();
            mend.as_("lena")
                .post(&format!("{}/edit", rowan(mend)), &plan)
        };
        for wrong in ["5", "21", "0"] {
            assert!(edit(wrong).says(&mend.t("seats-wrong")), "{wrong}");
        }
        assert_eq!(edit("8").code(), 303);
        let page = mend.as_("lena").get(&rowan(mend));
        assert!(page.says("6 of 8 seats are taken"), "{}", page.text());
        assert_eq!(edit("6").code(), 303);
        assert!(
            mend.as_("lena")
                .get(&rowan(mend))
                .says("6 of 6 seats are taken")
        );
    });
}
