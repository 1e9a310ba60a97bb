//! People under 18 in circles: two adults beside them wherever a seat is taken, and adults who keep.
#![allow(clippy::unwrap_used)]

use jiff::civil::{Date, date};
use mend_rules::circle::veil;
use mend_rules::id::{MovementId, PersonId};
use mend_store::{Scope, sql};

use super::PLAN;
use crate::circle::{self, Planned, acts};
use crate::movement::{self, Person};
use crate::testing::client::Reply;
use crate::testing::tables::{count, dump_but};
use crate::testing::{TestMend, on_both};
use crate::with;

const DAY: Date = date(2026, 12, 8);

fn rowan(mend: &TestMend) -> String {
    format!("/m/sample/circles/{}", mend.circle(mend.sample, "Rowan"))
}

/// They say that they are under 18.
fn is_minor(mend: &TestMend, place: MovementId, who: PersonId) {
    mend.write(Scope::Movement(place.0), move |tx| {
        sql!("UPDATE person SET minor_at = 1 WHERE movement_id = $1 AND id = $2")
            .id(place)
            .id(who)
            .run(tx)
    });
}

/// Everybody in Rowan but some gives their seat back.
fn alone_in_rowan(mend: &TestMend, stay: &[&str]) {
    let all = ["lena", "mina", "tomas", "sol", "kofi", "ines"];
    for who in all.iter().filter(|who| !stay.contains(who)) {
        let form = [("person", &*mend.id(who).to_string())];
        let freed = mend
            .as_("amara")
            .post(&format!("{}/free", rowan(mend)), &form);
        assert_eq!(freed.code(), 303, "{}", freed.text());
    }
}

/// Somebody has a seat in Rowan.
fn sits(mend: &TestMend, key: &str) {
    let (sample, circle) = (mend.sample, mend.circle(mend.sample, "Rowan"));
    let (who, now) = (mend.id(key), mend.now());
    mend.write(Scope::Movement(sample.0), move |tx| {
        circle::add_seat(tx, sample, circle, who, now)
    });
}

fn add(mend: &TestMend, name: &str) -> PersonId {
    let (place, now) = (mend.other, mend.now());
    let person = Person::new(PersonId(mend.app.new_id()), name);
    let id = person.id;
    mend.write(Scope::Movement(place.0), move |tx| {
        movement::add_row(tx, place, &person, now)
    });
    id
}

fn begins(mend: &TestMend, names: &str, me: bool) -> Reply {
    let own: &[_] = if me { &[("with-me", "on")] } else { &[] };
    let form = [
        ("names", names),
        ("to", "2026-12-09"),
        ("starts", "18:30"),
        ("cadence", "monthly"),
        ("format", "room"),
    ];
    let form = [own, &form].concat();
    mend.other_steward().post("/m/other/circles/start", &form)
}

#[test]
fn a_circle_begun_by_hand_has_two_adults_beside_whoever_is_under_18() {
    on_both(|mend| {
        let ana = add(mend, "Ana");
        for name in ["Bo", "Cleo"] {
            add(mend, name);
        }
        is_minor(mend, mend.other, ana);
        mend.other_steward();
        let before = dump_but(mend, &["session"]);
        for (names, me) in [("Ana\nBo", false), ("Ana", true)] {
            let refused = begins(mend, names, me);
            let why = mend.t("start-not-possible");
            assert!(
                refused.code() == 422 && refused.says(&why),
                "{}",
                refused.text()
            );
        }
        assert_eq!(dump_but(mend, &["session"]), before);
        begins(mend, "Ana\nBo\nCleo", false).goes_to("/m/other/invitations?told=started");
    });
}

/// Somebody without a seat whom chance keeps apart from neither of two people.
fn newcomer(mend: &TestMend, beside: [&str; 2]) -> &'static str {
    let (place, now) = (mend.movement("sample"), mend.now());
    let pool = mend.read(Scope::Movement(place.id.0), |tx| {
        acts::load_pool(tx, &mend.app.key.0, &place, now)
    });
    let open = |who: &&str| {
        let apart = |other| veil(pool.secret, mend.id(who), mend.id(other));
        !beside.into_iter().any(apart)
    };
    ["noor", "bram", "juno"].into_iter().find(open).unwrap()
}

#[test]
fn a_free_seat_is_taken_by_nobody_under_18_where_fewer_than_two_adults_sit() {
    on_both(|mend| {
        let own = rowan(mend);
        let open = [("name", "Rowan"), ("open", "on"), ("every", "1")];
        let open = [PLAN.as_slice(), &open].concat();
        mend.as_("lena").post(&format!("{own}/edit"), &open);
        alone_in_rowan(mend, &["lena", "mina"]);
        let who = newcomer(mend, ["lena", "mina"]);
        is_minor(mend, mend.sample, mend.id(who));
        let joins = || mend.as_(who).post(&format!("{own}/join"), &[]);
        mend.as_("mina")
            .post(&format!("{own}/leave"), &[("sure", "on")]);
        let refused = joins();
        let why = mend.t("seat-not-possible");
        assert!(
            refused.code() == 409 && refused.says(&why),
            "{}",
            refused.text()
        );
        sits(mend, "mina");
        joins().goes_to("/m/sample/circles?told=answered-yes");
    });
}

#[test]
fn stewards_alone_read_in_their_list_which_circle_needs_another_adult() {
    on_both(|mend| {
        is_minor(mend, mend.sample, mend.id("tomas"));
        let said = mend.t("circle-lone");
        let reads = |who: &str| mend.as_(who).get("/m/sample/circles").says(&said);
        assert!(!reads("amara"), "five adults are left");
        alone_in_rowan(mend, &["lena", "tomas"]);
        assert!(reads("amara"));
        assert!(!reads("lena") && !reads("tomas"));
    });
}

/// Mina is under 18 and, like everybody in Rowan, willing to keep and long here.
fn willing_mina(mend: &TestMend) {
    let sample = mend.sample;
    mend.write(Scope::Movement(sample.0), move |tx| {
        sql!("UPDATE person SET keeps = 1, joined_on = '2020-01-01' WHERE movement_id = $1")
            .id(sample)
            .run(tx)
    });
    is_minor(mend, sample, mend.id("mina"));
}

fn plan(mend: &TestMend, keeper: Option<&str>) {
    let (sample, circle) = (mend.sample, mend.circle(mend.sample, "Rowan"));
    let planned = Planned {
        on: DAY,
        keeper: keeper.map(|key| mend.id(key)),
        second: keeper.map(|key| mend.id(key)),
        ..Planned::default()
    };
    mend.write(Scope::Movement(sample.0), move |tx| {
        circle::set_planned(tx, sample, circle, &planned)
    });
}

fn set_keeper(mend: &TestMend, key: &str) {
    let (sample, circle, keeper) = (mend.sample, mend.circle(mend.sample, "Rowan"), mend.id(key));
    mend.write(Scope::Movement(sample.0), move |tx| {
        sql!("UPDATE circle SET keeper_id = $3 WHERE movement_id = $1 AND id = $2")
            .id(sample)
            .id(circle)
            .id(keeper)
            .run(tx)
    });
}

#[test]
fn the_keeping_passes_over_whoever_is_under_18_and_they_cannot_take_it() {
    on_both(|mend| {
        willing_mina(mend);
        let own = rowan(mend);
        mend.as_("lena").post(&format!("{own}/rota"), &[]);
        let kept = mend.tw("keeping-one", &with![one = mend.name("mina")]);
        let list = mend.as_("lena").get(&format!("{own}/meetings"));
        assert!(
            count(mend, "keeping") == 6 && !list.says(&kept),
            "{}",
            list.text()
        );
        plan(mend, None);
        let meeting = format!("{own}/meetings/{DAY}");
        let takes = |who: &str| {
            mend.as_(who)
                .post(&format!("{meeting}/keeping"), &[("say", "take")])
        };
        assert!(!mend.as_("mina").get(&meeting).says(&mend.t("keeping-take")));
        let refused = takes("mina");
        assert!(refused.code() == 409 && refused.says(&mend.t("keeping-cannot")));
        assert_eq!(takes("sol").code(), 303);
    });
}

#[test]
fn a_circle_is_handed_over_to_an_adult_and_taken_by_one() {
    on_both(|mend| {
        willing_mina(mend);
        let own = rowan(mend);
        let mina = mend.id("mina").to_string();
        let keeps =
            |who: &str, form: &[(&str, &str)]| mend.as_(who).post(&format!("{own}/keep"), form);
        for who in ["lena", "amara"] {
            let refused = keeps(who, &[("person", &mina)]);
            assert!(refused.code() == 409 && refused.says(&mend.t("keeping-cannot")));
        }
        mend.as_("lena")
            .post(&format!("{own}/leave"), &[("sure", "on")]);
        assert!(!mend.as_("mina").get(&own).says(&mend.t("keeping-take")));
        assert!(keeps("mina", &[]).says(&mend.t("keeping-cannot")));
        keeps("sol", &[]).goes_to(&format!("{own}?told=keeper"));
    });
}

/// A proposal draws a keeper before they take their place and say how old they are.
#[test]
fn whoever_turns_out_to_be_under_18_keeps_nothing_and_is_called_by_nobody() {
    on_both(|mend| {
        set_keeper(mend, "mina");
        plan(mend, Some("mina"));
        let own = rowan(mend);
        let edit = || mend.as_("mina").get(&format!("{own}/edit")).code();
        assert_eq!(edit(), 200);
        is_minor(mend, mend.sample, mend.id("mina"));
        assert_eq!(edit(), 404);
        let sol = mend.as_("sol");
        assert!(sol.get(&own).says(&mend.t("fact-no-keeper")));
        let meeting = sol.get(&format!("{own}/meetings/{DAY}"));
        assert!(
            meeting.says(&mend.t("keeping-nobody")),
            "{}",
            meeting.text()
        );
        mend.days(8);
        let asked = mend.as_("sol").post(&format!("{own}/call"), &[("how", "")]);
        assert!(asked.says(&mend.t("call-nobody")), "{}", asked.text());
    });
}

#[test]
fn the_doors_stay_closed_until_another_adult_has_a_seat_and_say_to_nobody_why() {
    on_both(|mend| {
        is_minor(mend, mend.sample, mend.id("tomas"));
        alone_in_rowan(mend, &["lena", "tomas"]);
        mend.minutes(7 * 24 * 60 + 9 * 60);
        let live = format!("{}/live", rowan(mend));
        let comes = || {
            let form = [("deed", "come"), ("how", "line"), ("meant", "on")];
            mend.as_("lena").post(&live, &form)
        };
        let refused = comes();
        assert!(
            refused.code() == 409 && refused.says(&mend.t("live-waits")),
            "{}",
            refused.text()
        );
        for who in ["lena", "tomas"] {
            let page = mend.as_(who).get(&live);
            assert!(page.says(&mend.t("live-waits")), "{who}: {}", page.text());
            assert!(!page.says(&mend.t("live-open-doors")), "{who}");
        }
        sits(mend, "sol");
        comes().goes_to(&live);
    });
}

#[test]
fn a_seat_is_offered_in_it_at_any_time_by_its_keeper_and_by_stewards() {
    let offer = |mend: &TestMend, by: &str| {
        let who = newcomer(mend, ["lena", "tomas"]);
        let form = [("name", &*mend.name(who)), ("asked", "on")];
        mend.as_(by).post(&format!("{}/offers", rowan(mend)), &form)
    };
    for by in ["lena", "amara"] {
        on_both(|mend| {
            is_minor(mend, mend.sample, mend.id("tomas"));
            alone_in_rowan(mend, &["lena", "tomas", "sol"]);
            mend.days(8);
            let why = match by {
                "lena" => "offer-not-now",
                _ => "offer-not-yours",
            };
            assert!(offer(mend, by).says(&mend.t(why)), "{by}: two adults");
            alone_in_rowan(mend, &["lena", "tomas"]);
            let offered = offer(mend, by);
            offered.goes_to(&format!("{}/offers?told=offered", rowan(mend)));
        });
    }
}

#[test]
fn where_people_under_18_have_a_place_a_circle_of_two_adults_reads_the_same() {
    on_both(|mend| {
        alone_in_rowan(mend, &["lena", "tomas"]);
        mend.account_of("bram");
        let lead = mend.id("bram").to_string();
        let written = [("text", "Always two adults."), ("lead", &*lead)];
        mend.as_("amara")
            .post("/m/sample/safeguarding/edit", &written);
        mend.minutes(7 * 24 * 60 + 9 * 60);
        let live = format!("{}/live", rowan(mend));
        let adults = mend.as_("lena").get(&live).text();
        assert!(adults.contains(&mend.t("live-waits")), "{adults}");
        is_minor(mend, mend.sample, mend.id("tomas"));
        assert_eq!(mend.as_("lena").get(&live).text(), adults);
        mend.minutes(-24 * 60);
        let early = mend.as_("tomas").get(&live);
        assert!(early.says(&mend.t("live-opens-when")) && !early.says(&mend.t("live-waits")));
    });
}

#[test]
fn an_offered_seat_makes_no_adult_of_whoever_has_not_taken_it_and_adults_may_always_come() {
    on_both(|mend| {
        alone_in_rowan(mend, &["lena", "tomas"]);
        let (young, adult) = (newcomer(mend, ["lena", "tomas"]), "tomas");
        let offers = format!("{}/offers", rowan(mend));
        let offer = |by: &str, who: &str| {
            let form = [("name", &*mend.name(who)), ("asked", "on")];
            mend.as_(by).post(&offers, &form)
        };
        is_minor(mend, mend.sample, mend.id(young));
        is_minor(mend, mend.sample, mend.id(adult));
        let found = |not: &'static str| {
            let all = ["noor", "bram", "juno", "hana"];
            all.into_iter().filter(move |who| *who != not)
        };
        // Whoever was offered a seat is no adult beside them yet.
        let offered = found(young).any(|who| offer("lena", who).code() == 303);
        assert!(offered, "an adult");
        let refused = offer("lena", young);
        assert!(refused.says(&mend.t("offer-nobody")), "{}", refused.text());
        // Nobody of age is left: a steward finds one all the same.
        mend.as_("lena")
            .post(&format!("{}/leave", rowan(mend)), &[("sure", "on")]);
        let offered = found(young).any(|who| offer("amara", who).code() == 303);
        assert!(offered, "by a steward");
    });
}
