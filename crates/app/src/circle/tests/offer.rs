//! A free seat of a circle that goes on is offered to one person.
#![allow(clippy::unwrap_used)]

use mend_rules::circle::veil;
use mend_store::{Scope, sql};

use crate::circle::acts;
use crate::testing::client::Reply;
use crate::testing::tables::{dump, dump_but};
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
            let circle = mend.as_("lena").get(&rowan(mend)).text();
            (page, circle, offer(mend, "lena", &other).text())
        };
        let full = seen();
        assert!(full.2.contains(&mend.t("offer-full")), "{}", full.2);
        let answer = |say: &str| {
            let there = format!("{}/answer", rowan(mend));
            mend.as_(who).post(&there, &[("answer", say)]).code()
        };
        assert_eq!(answer("no"), 303);
        assert_eq!(seen(), full);
        // The same where another seat is free still.
        seats(mend, "7");
        let one_free = || mend.as_("lena").get(&offers(mend)).text();
        let declined = one_free();
        answer("yes");
        mend.as_(who)
            .post(&format!("{}/leave", rowan(mend)), &[("sure", "on")]);
        assert_eq!(one_free(), declined);
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
        for _ in 0..2 {
            offer_to(mend, who).goes_to(&format!("{}?told=offered", offers(mend)));
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
fn no_steward_lets_anybody_into_a_circle_of_others() {
    on_both(|mend| {
        has_a_free_seat(mend);
        let before = dump_but(mend, &["session"]);
        for who in ["amara", somebody(mend, &["amara"])] {
            let refused = offer(mend, "amara", &mend.name(who));
            assert!(
                refused.says(&mend.t("offer-not-yours")),
                "{who}: {}",
                refused.text()
            );
        }
        assert!(
            mend.as_("amara")
                .get(&offers(mend))
                .says(&mend.t("offer-not-yours"))
        );
        let more = [&super::PLAN[..], &[("name", "Rowan"), ("seats", "9")]].concat();
        let refused = mend
            .as_("amara")
            .post(&format!("{}/edit", rowan(mend)), &more);
        assert!(refused.says(&mend.t("seats-wrong")));
        assert_eq!(dump_but(mend, &["session"]), before);
    });
}

#[test]
fn what_is_taken_back_opens_nothing_and_is_not_offered_again_at_once() {
    on_both(|mend| {
        has_a_free_seat(mend);
        let who = somebody(mend, &[]);
        offer_to(mend, who);
        let page = mend.as_("lena").get(&offers(mend));
        let after = |mark: &str| {
            let rest = page.body().split(mark).nth(1).unwrap();
            rest.split(['"', '<']).next().unwrap().to_owned()
        };
        let id = after("name=\"which\" value=\"");
        let link = format!("/m/sample/i/{}", after("/m/sample/i/"));
        assert!(mend.visitor().get(&link).says(&mend.t("answer-say-yes")));
        let back = || {
            let there = format!("{}/back", offers(mend));
            mend.as_("lena").post(&there, &[("which", &id)])
        };
        back().goes_to(&format!("{}?told=offer-back", offers(mend)));
        assert!(back().says(&mend.t("offer-gone")), "a second click");
        assert!(mend.visitor().get(&link).says(&mend.t("answer-ended")));
        assert!(
            !mend
                .as_(who)
                .get("/m/sample")
                .says(&mend.t("answer-say-no"))
        );
        let letters = dump(mend).remove("letter").unwrap_or_default();
        let about: Vec<_> = letters.iter().filter(|row| row.contains(&id)).collect();
        assert!(about.is_empty(), "{about:?}");
        assert!(
            offer_to(mend, who).says(&mend.t("offer-nobody")),
            "again at once"
        );
        let other = somebody(mend, &[who]);
        offer_to(mend, other).goes_to(&format!("{}?told=offered", offers(mend)));
    });
}

#[test]
fn a_wish_between_two_who_sit_there_keeps_nobody_else_out() {
    on_both(|mend| {
        has_a_free_seat(mend);
        let wish = [("person", &*mend.id("kofi").to_string())];
        mend.as_("mina").post("/m/sample/me/wishes", &wish);
        let who = somebody(mend, &[]);
        offer_to(mend, who).goes_to(&format!("{}?told=offered", offers(mend)));
    });
}

#[test]
fn a_wish_made_after_the_offer_counts_when_it_is_answered() {
    on_both(|mend| {
        has_a_free_seat(mend);
        let who = somebody(mend, &[]);
        offer_to(mend, who);
        let wish = [("person", &*mend.id(who).to_string())];
        mend.as_("kofi").post("/m/sample/me/wishes", &wish);
        let yes = mend
            .as_(who)
            .post(&format!("{}/answer", rowan(mend)), &[("answer", "yes")]);
        assert!(yes.says(&mend.t("answer-ended-why")), "{}", yes.text());
        let home = mend.as_(who).get("/m/sample");
        assert!(!home.says(&mend.t("answer-say-no")), "{}", home.text());
    });
}

#[test]
fn a_seat_that_is_offered_is_nobody_elses() {
    on_both(|mend| {
        has_a_free_seat(mend);
        let (sample, circle) = (mend.sample, mend.circle(mend.sample, "Rowan"));
        mend.write(Scope::Movement(sample.0), move |tx| {
            let ways = crate::circle::Ways {
                open: true,
                join_every: 1,
                ..Default::default()
            };
            crate::circle::set_ways(tx, sample, circle, ways)
        });
        let who = somebody(mend, &[]);
        let other = somebody(mend, &[who]);
        let joins = || mend.as_(other).post(&format!("{}/join", rowan(mend)), &[]);
        offer_to(mend, who);
        assert!(joins().says(&mend.t("seat-not-possible")));
        assert!(
            !mend
                .as_(other)
                .get("/m/sample/circles")
                .says(&mend.t("open-take"))
        );
        assert!(
            seats(mend, "5").says(&mend.t("seats-wrong")),
            "the offered one too"
        );
        seats(mend, "7");
        joins().goes_to("/m/sample/circles?told=answered-yes");
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

fn seats(mend: &TestMend, seats: &str) -> Reply {
    let own = [
        ("name", "Rowan"),
        ("seats", seats),
        ("every", "1"),
        ("open", "on"),
    ];
    let plan = [&super::PLAN[..], &own].concat();
    mend.as_("lena")
        .post(&format!("{}/edit", rowan(mend)), &plan)
}

#[test]
fn a_circle_gets_seats_and_gives_up_none_that_somebody_has() {
    on_both(|mend| {
        let edit = |wished: &str| seats(mend, wished);
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
