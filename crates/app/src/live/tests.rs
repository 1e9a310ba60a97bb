//! A circle that is held, through the front door.
#![allow(clippy::unwrap_used)]

mod hour;
mod inventory;
mod traces;

use mend_rules::id::CircleId;
use serde_json::Value;

use crate::testing::client::{Ask, Client, Reply, at_once};
use crate::testing::{TestMend, on_both, page, random_id};

/// Those who sit in Rowan; Lena keeps it.
const ROWAN: [&str; 6] = ["lena", "mina", "tomas", "sol", "kofi", "ines"];

/// A circle of the sample movement.
struct Held<'a> {
    mend: &'a TestMend,
    circle: CircleId,
}

impl<'a> Held<'a> {
    fn new(mend: &'a TestMend) -> Self {
        let circle = mend.circle(mend.sample, "Rowan");
        Self { mend, circle }
    }

    /// Everybody came in, and Lena began.
    fn begun(mend: &'a TestMend) -> Self {
        let held = Self::new(mend);
        for who in ROWAN {
            held.comes(who);
        }
        held.does("lena", "begin");
        held
    }

    /// The same, in the first round.
    fn in_round(mend: &'a TestMend) -> Self {
        let held = Self::begun(mend);
        for _ in 0..3 {
            held.does("lena", "next");
        }
        held
    }

    fn at(&self, rest: &str) -> String {
        format!("/m/sample/circles/{}/live{rest}", self.circle)
    }

    fn comes(&self, who: &str) {
        let fields = [("deed", "come"), ("how", "line"), ("meant", "yes")];
        let reply = self.mend.as_(who).post(&self.at(""), &fields);
        reply.goes_to(&self.at(""));
    }

    fn page(&self, who: &str) -> Reply {
        let reply = self.mend.as_(who).get(&self.at(""));
        assert_eq!(reply.code(), 200, "{}", reply.text());
        reply
    }

    fn version(&self, who: &str) -> String {
        let all = page::attributes(self.page(who).body());
        let found = all.into_iter().find(|(_, name, _)| name == "data-version");
        found.unwrap_or_else(|| panic!("{who} is not in")).2
    }

    fn script(&self, who: &str) -> Client<'a> {
        let headers = [
            ("sec-fetch-site", "same-origin"),
            ("accept", "application/json"),
        ];
        self.mend.as_(who).saying(&headers)
    }

    fn sends(&self, who: &str, deed: &str, seen: &str) -> Value {
        let (word, person) = deed.split_once(' ').unwrap_or((deed, ""));
        let named = match person {
            "" => String::new(),
            person => format!(" {}", self.mend.id(person)),
        };
        let deed = format!("{word}{named}");
        let fields = [
            ("deed", deed.as_str()),
            ("seen", seen),
            ("id", &random_id()),
            ("sure", "yes"),
        ];
        let reply = self.script(who).post(&self.at(""), &fields);
        assert_eq!(reply.code(), 200, "{}", reply.body());
        reply.json()
    }

    fn does(&self, who: &str, deed: &str) -> Value {
        let said = self.sends(who, deed, &self.version(who));
        assert!(said["refused"].is_null(), "{who} {deed}: {said}");
        said["told"].clone()
    }

    /// Who has the piece, as everybody's page says.
    fn holder(&self) -> String {
        let seats = |who: &str| {
            let told = self.follows(who);
            let ring = told["ring"].as_array().unwrap().clone();
            let holds = ring.iter().find(|seat| seat["class"] == "seat holds");
            holds.map_or_else(String::new, |seat| {
                seat["name"].as_str().unwrap().to_owned()
            })
        };
        let all: Vec<_> = ROWAN.into_iter().map(seats).collect();
        assert!(all.iter().all(|one| *one == all[0]), "{all:?}");
        all[0].clone()
    }

    /// What the stream of events begins with.
    fn follows(&self, who: &str) -> Value {
        let first = self.mend.as_(who).first_of(&self.at("/follow"));
        let data = first
            .strip_prefix("data: ")
            .unwrap_or_else(|| panic!("{first}"));
        serde_json::from_str(data).unwrap()
    }

    fn name(&self, key: &str) -> String {
        self.mend.name(key).split(' ').next().unwrap().to_owned()
    }
}

#[test]
fn six_people_hold_a_circle_from_the_door_to_the_closing_words() {
    on_both(|mend| {
        let held = Held::in_round(mend);
        for who in ROWAN {
            assert_eq!(held.holder(), held.name(who));
            held.does(who, "pass");
        }
        assert_eq!(held.holder(), "");
        mend.minutes(55);
        let said = held.sends("lena", "end", &held.version("lena"));
        assert_eq!(said["over"], true);
        for who in ROWAN {
            let page = held.page(who);
            assert!(page.says(&mend.t("live-over")), "{}", page.text());
            assert!(page.says("55") && page.says(&mend.t("live-record-count")));
        }
    });
}

#[test]
fn home_says_that_a_circle_is_being_held_to_those_who_sit_in_it() {
    on_both(|mend| {
        let (said, home) = (mend.t("live-home"), "/m/sample");
        assert!(!mend.as_("mina").get(home).says(&said));
        let held = Held::begun(mend);
        assert!(mend.as_("mina").get(home).says(&said));
        assert!(mend.as_("mina").get(home).body().contains(&held.at("")));
        assert!(!mend.as_("amara").get(home).says(&said));
        held.sends("lena", "end", &held.version("lena"));
        assert!(!mend.as_("mina").get(home).says(&said));
    });
}

#[test]
fn doors_open_for_the_keeper_early_for_members_on_time_and_else_when_it_is_meant() {
    on_both(|mend| {
        let held = Held::new(mend);
        let comes = |who: &str, more: &[(&str, &str)]| {
            let fields = [&[("deed", "come"), ("how", "line")], more].concat();
            mend.as_(who).post(&held.at(""), &fields).code()
        };
        // The second Tuesday is the eighth, at 19:00 in Lisbon.
        assert_eq!(comes("mina", &[("meant", "yes")]), 409);
        assert_eq!(comes("lena", &[]), 409);
        mend.minutes(7 * 24 * 60 + 8 * 60 + 44);
        assert_eq!(comes("lena", &[]), 409);
        mend.minutes(1);
        assert_eq!(comes("mina", &[]), 409);
        assert_eq!(comes("lena", &[]), 303);
        assert_eq!(comes("mina", &[]), 303);
    });
}

#[test]
fn whoever_has_not_come_in_sees_how_many_are_inside_and_nobody() {
    on_both(|mend| {
        let held = Held::new(mend);
        held.comes("lena");
        held.comes("tomas");
        let told = held.follows("mina");
        assert_eq!(told["shape"], "door");
        let page = held.page("mina");
        assert!(!page.says("Tomas") && !page.says("Lena"), "{}", page.text());
        assert!(!told.to_string().contains("Tomas"), "{told}");
        let outside = mend.as_("amara").get(&held.at(""));
        outside.is_not_found();
    });
}

#[test]
fn of_two_who_hand_the_piece_on_at_once_it_moves_by_one() {
    on_both(|mend| {
        let held = Held::in_round(mend);
        let seen = held.version("lena");
        let asks = ["lena", "lena"].map(|who| {
            let fields = [
                ("deed", "pass"),
                ("seen", seen.as_str()),
                ("id", &random_id()),
            ];
            (held.script(who), Ask::form(&held.at(""), &fields))
        });
        let refused = at_once(mend, asks.into())
            .iter()
            .filter(|reply| !reply.json()["refused"].is_null())
            .count();
        assert_eq!(refused, 1);
        assert_eq!(held.holder(), held.name("mina"));
    });
}

#[test]
fn a_double_click_is_one_deed() {
    on_both(|mend| {
        let held = Held::in_round(mend);
        let (seen, id) = (held.version("lena"), random_id());
        for _ in 0..2 {
            let fields = [
                ("deed", "pass"),
                ("seen", seen.as_str()),
                ("id", id.as_str()),
            ];
            let reply = mend.as_("lena").post(&held.at(""), &fields);
            reply.goes_to(&held.at(""));
        }
        assert_eq!(held.holder(), held.name("mina"));
    });
}

#[test]
fn a_call_is_on_one_page_alone_and_leaves_a_yes_without_a_name() {
    on_both(|mend| {
        let held = Held::begun(mend);
        held.does("lena", "carer tomas");
        held.does("sol", "call");
        let what = mend.t("live-calls-what");
        for who in ROWAN {
            let told = held.follows(who);
            let shown = told["show"].as_array().unwrap().contains(&"calls".into());
            let named = !told["calls"].as_array().unwrap().is_empty();
            assert_eq!(
                (shown, named),
                (who == "tomas", who == "tomas"),
                "{who}: {told}"
            );
        }
        assert!(held.page("tomas").says(&what));
        held.does("tomas", "hear sol");
        held.sends("lena", "end", &held.version("lena"));
        let page = held.page("kofi");
        assert!(
            page.says(&format!(
                "{} {}",
                mend.t("live-record-care"),
                mend.t("live-yes")
            )),
            "{}",
            page.text()
        );
    });
}

#[test]
fn the_circle_goes_on_without_its_keeper() {
    on_both(|mend| {
        let held = Held::in_round(mend);
        held.does("lena", "leave");
        let told = held.does("kofi", "keep");
        assert!(told["show"].as_array().unwrap().contains(&"lead".into()));
        held.does("kofi", "next");
        let refused = held.sends("mina", "next", &held.version("mina"));
        assert_eq!(refused["refused"], mend.t("told-live-not-yours"));
    });
}

#[test]
fn no_circle_outlasts_ninety_minutes_and_nobody_has_to_look_at_it() {
    on_both(|mend| {
        let held = Held::in_round(mend);
        mend.minutes(91);
        mend.jobs_begin();
        mend.do_jobs();
        assert_eq!(crate::testing::tables::count(mend, "live"), 0);
        let page = held.page("mina");
        assert!(
            page.says(&mend.t("live-over")) && page.says("90"),
            "{}",
            page.text()
        );
    });
}

#[test]
fn the_keepers_phone_serves_those_without_one() {
    on_both(|mend| {
        let held = Held::new(mend);
        held.comes("lena");
        for who in ["mina", "tomas"] {
            held.does("lena", &format!("seat {who}"));
        }
        held.does("lena", "begin");
        for _ in 0..3 {
            held.does("lena", "next");
        }
        let told = held.does("lena", "pass");
        assert!(
            told["show"]
                .as_array()
                .unwrap()
                .contains(&"pass-for".into()),
            "{told}"
        );
        let told = held.does("lena", "pass");
        assert!(
            told["say"]["pass_for"].as_str().unwrap().contains("Tomas"),
            "{told}"
        );
    });
}

#[test]
fn a_circle_survives_the_program() {
    on_both(|mend| {
        let held = Held::in_round(mend);
        held.does("lena", "pass");
        let other = mend.another();
        let (circle, sample) = (held.circle, mend.sample);
        let found = other
            .store
            .read_now(mend_store::Scope::Movement(sample.0), |tx| {
                super::acts::load(tx, &other.key.0, sample, circle)
            });
        assert_eq!(found.unwrap().unwrap().state.holder, Some(mend.id("mina")));
    });
}

/// On SQLite there is one program; on PostgreSQL several follow the same circle.
#[test]
fn another_program_hears_what_is_done_here() {
    on_both(|mend| {
        if !mend.is_postgres() {
            return;
        }
        let held = Held::in_round(mend);
        let other = mend.another();
        let mut waits = other.halls.enter(held.circle, mend.sample).unwrap();
        super::listen(&other);
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let mut hears = || {
            let wait = std::time::Duration::from_secs(10);
            let changed = async { tokio::time::timeout(wait, waits.changed()).await };
            runtime.block_on(changed).unwrap().unwrap();
            match &*waits.borrow_and_update() {
                crate::halls::Latest::Held(live) => live.state.holder,
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(hears(), Some(mend.id("lena")), "what was there before");
        held.does("lena", "pass");
        assert_eq!(hears(), Some(mend.id("mina")));
    });
}

#[test]
fn an_ask_is_kept_for_its_owner_who_can_take_it_away() {
    on_both(|mend| {
        let held = Held::begun(mend);
        held.sends("lena", "end", &held.version("lena"));
        let sol = mend.as_("sol");
        sol.post(&held.at("/asks"), &[("ask", "A lift on Friday")])
            .goes_to(&held.at("?told=saved"));
        assert!(held.page("mina").says("A lift on Friday"));
        assert!(
            sol.get("/m/sample/me/export")
                .body()
                .contains("A lift on Friday")
        );
        let buttons = page::attributes(held.page("sol").body());
        let mut drop = buttons
            .iter()
            .filter(|(tag, name, value)| tag == "button" && name == "value" && value.len() == 32);
        let id = drop.next_back().unwrap().2.clone();
        mend.as_("mina").post(&held.at("/asks"), &[("drop", &id)]);
        assert!(
            held.page("mina").says("A lift on Friday"),
            "only its owner takes it away"
        );
        sol.post(&held.at("/asks"), &[("drop", &id)]);
        assert!(!held.page("mina").says("A lift on Friday"));
    });
}

#[test]
fn what_is_written_down_can_be_put_right_on_the_day_alone() {
    on_both(|mend| {
        let held = Held::begun(mend);
        held.sends("lena", "end", &held.version("lena"));
        let next = mend.id("kofi").to_string();
        let fields = [("count", "5"), ("next", next.as_str())];
        let saves = |who: &str| mend.as_(who).post(&held.at("/kept"), &fields).code();
        assert_eq!(saves("mina"), 303);
        assert!(held.page("sol").says(&mend.name("kofi")));
        mend.days(1);
        assert_eq!(saves("mina"), 409);
    });
}

#[test]
fn the_pack_holds_the_whole_hour() {
    on_both(|mend| {
        let circle = mend.circle(mend.sample, "Rowan");
        let page = mend
            .as_("mina")
            .get(&format!("/m/sample/circles/{circle}/pack"));
        for script in &crate::practice::words().spoken {
            assert!(page.says(&script.text), "{}", script.key);
        }
        for part in mend_rules::live::hour(60, 6) {
            assert!(page.says(&mend.t(&format!("part-{}", part.word))));
        }
        assert!(page.says("3:00") && page.says("112"), "turns and help");
    });
}
