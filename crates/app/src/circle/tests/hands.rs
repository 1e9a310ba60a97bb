//! Moving seats by hand. Why a seat is not possible is told to nobody: the page and the answer are
//! the same, byte for byte, for a wish, a pause, a full circle and a seat that chance has closed.
#![allow(clippy::unwrap_used)]

use std::cell::RefCell;

use mend_rules::circle::veil;
use mend_rules::id::{DraftId, PersonId};
use mend_store::{Scope, sql};

use super::draft;
use crate::circle::acts::load_pool;
use crate::movement;
use crate::testing::client::Reply;
use crate::testing::tables::dump_but;
use crate::testing::{TestMend, on_both};
use crate::with;

/// People without a circle and without a wish.
const FREE: [&str; 26] = [
    "juno",
    "baptiste",
    "hana",
    "dario",
    "graca",
    "elif",
    "samira",
    "linnea",
    "teodoro",
    "wanjiru",
    "pilar",
    "gwen",
    "noor",
    "margaux",
    "thandiwe",
    "agnieszka",
    "emeka",
    "frida",
    "joao",
    "oya",
    "davi",
    "kenji",
    "aoife",
    "leilani",
    "ximena",
    "piotr",
];

/// Two rings of a draft. Chance closes no seat between those who are moved here, so that only what
/// a test does closes one.
struct Table {
    draft: DraftId,
    /// In the first ring.
    one: &'static str,
    first: Vec<&'static str>,
    second: Vec<&'static str>,
}

impl Table {
    fn new(mend: &TestMend, seats: usize) -> Self {
        let veil = Veil::of(mend);
        let one = FREE[0];
        let second: Vec<_> = FREE[1..]
            .iter()
            .copied()
            .filter(|key| !veil.closes(mend, one, key))
            .take(seats)
            .collect();
        let is_free = |key: &&str| !second.contains(key) && !veil.closes(mend, second[0], key);
        let others = FREE[1..].iter().copied().filter(is_free).take(4);
        let first: Vec<_> = [one].into_iter().chain(others).collect();
        no_wishes(mend);
        Self {
            draft: draft(mend, &[&first, &second]),
            one,
            first,
            second,
        }
    }

    /// Somebody in the second ring.
    fn other(&self) -> &'static str {
        self.second[0]
    }

    fn seat(&self, mend: &TestMend, key: &str) -> String {
        format!("/m/sample/drafts/{}/{}", self.draft, mend.id(key))
    }

    fn look(&self, mend: &TestMend, key: &str) -> Reply {
        let page = mend.as_("amara").get(&self.seat(mend, key));
        assert_eq!(page.code(), 200, "{}", page.text());
        page
    }

    fn move_to(&self, mend: &TestMend, key: &str, ring: &str) -> Reply {
        mend.as_("amara")
            .post(&self.seat(mend, key), &[("to", ring)])
    }

    /// What a page says of a ring, without the names of those who sit in it.
    fn said(&self, mend: &TestMend, page: &Reply, number: usize) -> String {
        let text = page.text();
        let after = text
            .split(&mend.tw("ring-title", &with![number = number]))
            .nth(1)
            .unwrap();
        let next = mend.tw("ring-title", &with![number = number + 1]);
        let mut said = after.split(&next).next().unwrap().to_owned();
        for key in self.first.iter().chain(&self.second) {
            said = said.replace(&mend.name(key), "");
        }
        said.replace([',', ' '], "")
    }
}

/// The chance of this movement.
struct Veil(u64);

impl Veil {
    fn of(mend: &TestMend) -> Self {
        let place = mend.movement("sample");
        let pool = mend.read(Scope::Movement(mend.sample.0), |tx| {
            load_pool(tx, &mend.app.key.0, &place, mend.now())
        });
        Self(pool.secret)
    }

    fn closes(&self, mend: &TestMend, one: &str, other: &str) -> bool {
        veil(self.0, mend.id(one), mend.id(other))
    }
}

fn wish(mend: &TestMend, of: &str, other: &str) {
    let (sample, of, other) = (mend.sample, mend.id(of), mend.id(other));
    mend.write(Scope::Movement(sample.0), move |tx| {
        movement::add_wish(tx, sample, of, other)
    });
}

fn no_wishes(mend: &TestMend) {
    mend.write(Scope::Movement(mend.sample.0), |tx| {
        sql!("DELETE FROM wish").run(tx)
    });
}

fn pause(mend: &TestMend, key: &str, paused: bool) {
    let (id, at) = (mend.id(key), paused.then_some(mend.now()));
    mend.write(Scope::Movement(mend.sample.0), move |tx| {
        sql!("UPDATE person SET paused_at = $2 WHERE id = $1")
            .id(id)
            .maybe_int(at)
            .run(tx)
    });
}

#[test]
fn a_seat_that_is_possible_is_shown_and_taken() {
    on_both(|mend| {
        let table = Table::new(mend, 5);
        let page = table.look(mend, table.one);
        assert!(
            table
                .said(mend, &page, 1)
                .starts_with(&mend.t("seat-here").replace(' ', ""))
        );
        assert!(page.says(&mend.t("seat-move")), "{}", page.text());
        let there = format!("/m/sample/drafts/{}?told=moved", table.draft);
        table.move_to(mend, table.one, "1").goes_to(&there);
        let page = table.look(mend, table.one);
        assert!(
            table
                .said(mend, &page, 2)
                .starts_with(&mend.t("seat-here").replace(' ', ""))
        );
    });
}

/// The ways in which a seat can be closed, each of them alone.
fn closed(mend: &TestMend, table: &Table, check: impl Fn(&str)) {
    wish(mend, table.one, table.other());
    check("a wish of theirs");
    no_wishes(mend);
    wish(mend, table.other(), table.one);
    check("a wish of somebody there");
    no_wishes(mend);
    pause(mend, table.one, true);
    check("a pause");
    pause(mend, table.one, false);
}

#[test]
fn a_wish_from_either_side_and_a_pause_look_the_same() {
    on_both(|mend| {
        let table = Table::new(mend, 5);
        let seen = RefCell::new(None);
        closed(mend, &table, |why| {
            let page = table.look(mend, table.one);
            let answer = table.move_to(mend, table.one, "1");
            assert!(
                page.says(&mend.t("seat-not-possible")),
                "{why}: {}",
                page.text()
            );
            assert!(
                answer.code() == 409 && answer.says(&mend.t("seat-not-possible")),
                "{why}"
            );
            let both = (page.body().to_owned(), answer.body().to_owned());
            let first = seen
                .borrow_mut()
                .get_or_insert_with(|| both.clone())
                .clone();
            assert_eq!(first, both, "{why} can be told");
        });
        let open = table.look(mend, table.one);
        assert!(
            open.says(&mend.t("seat-move")),
            "nothing closes it any more: {}",
            open.text()
        );
    });
}

#[test]
fn a_wish_closes_the_seat_for_whoever_it_is_about_too() {
    on_both(|mend| {
        let table = Table::new(mend, 5);
        wish(mend, table.one, table.other());
        let answer = table.move_to(mend, table.other(), "0");
        assert!(answer.code() == 409 && answer.says(&mend.t("seat-not-possible")));
        no_wishes(mend);
        let there = format!("/m/sample/drafts/{}?told=moved", table.draft);
        table.move_to(mend, table.other(), "0").goes_to(&there);
    });
}

/// A circle of about six has seven seats at most.
#[test]
fn a_full_circle_looks_like_a_wish() {
    on_both(|mend| {
        let full = Table::new(mend, 7);
        let by_size = full.said(mend, &full.look(mend, full.one), 2);
        let answer = full.move_to(mend, full.one, "1");
        assert_eq!(answer.code(), 409);
        let table = Table::new(mend, 5);
        wish(mend, table.one, table.other());
        assert_eq!(table.said(mend, &table.look(mend, table.one), 2), by_size);
        assert_eq!(table.move_to(mend, table.one, "1").body, answer.body);
    });
}

#[test]
fn a_seat_that_chance_has_closed_looks_like_a_wish() {
    on_both(|mend| {
        let veil = Veil::of(mend);
        let pairs = FREE
            .iter()
            .enumerate()
            .flat_map(|(at, one)| FREE[at + 1..].iter().map(move |other| (*one, *other)));
        // Of 325 pairs about three are closed; in one movement of thirty none is.
        let Some((one, other)) = pairs
            .clone()
            .find(|(one, other)| veil.closes(mend, one, other))
        else {
            return;
        };
        no_wishes(mend);
        let by_chance = Table {
            draft: draft(mend, &[&[one], &[other]]),
            one,
            first: vec![one],
            second: vec![other],
        };
        let said = by_chance.said(mend, &by_chance.look(mend, one), 2);
        let answer = by_chance.move_to(mend, one, "1");
        assert!(answer.code() == 409 && answer.says(&mend.t("seat-not-possible")));
        let table = Table::new(mend, 5);
        wish(mend, table.one, table.other());
        assert_eq!(table.said(mend, &table.look(mend, table.one), 2), said);
        assert_eq!(table.move_to(mend, table.one, "1").body, answer.body);
    });
}

#[test]
fn a_refused_move_changes_nothing() {
    on_both(|mend| {
        let table = Table::new(mend, 5);
        wish(mend, table.one, table.other());
        let before = dump_but(mend, &["session"]);
        for ring in ["0", "1", "7", "-1", "", "x", "18446744073709551615"] {
            let reply = table.move_to(mend, table.one, ring);
            assert!(
                reply.code() == 409 && reply.says(&mend.t("seat-not-possible")),
                "{ring}"
            );
        }
        assert_eq!(dump_but(mend, &["session"]), before);
    });
}

#[test]
fn whoever_is_not_in_a_draft_is_not_found_in_it() {
    on_both(|mend| {
        let (table, other) = (Table::new(mend, 5), mend.other);
        let elsewhere = mend.read(Scope::Movement(other.0), |tx| movement::names(tx, other))[0].0;
        for person in [mend.id("lena"), elsewhere, PersonId([1; 16])] {
            let path = format!("/m/sample/drafts/{}/{person}", table.draft);
            mend.as_("amara").get(&path).is_not_found();
            mend.as_("amara").post(&path, &[("to", "1")]).is_not_found();
        }
    });
}

/// A ring that was emptied by hand stays where it is, so the others keep their numbers.
#[test]
fn the_last_of_a_ring_can_leave_it_and_come_back() {
    on_both(|mend| {
        let table = Table::new(mend, 5);
        let alone = Table {
            draft: draft(mend, &[&[table.one], &table.second]),
            first: vec![table.one],
            ..table
        };
        let there = format!("/m/sample/drafts/{}?told=moved", alone.draft);
        alone.move_to(mend, alone.one, "1").goes_to(&there);
        alone.move_to(mend, alone.one, "0").goes_to(&there);
        let done = mend.as_("amara").post(
            &format!("/m/sample/drafts/{}/confirm", alone.draft),
            &super::PLAN,
        );
        assert!(done.code() == 409 && done.says(&mend.t("draft-alone")));
        alone.move_to(mend, alone.one, "1").goes_to(&there);
        let page = mend.as_("amara").get(&there);
        assert!(page.says(&mend.t("ring-empty")), "{}", page.text());
        let done = mend.as_("amara").post(
            &format!("/m/sample/drafts/{}/confirm", alone.draft),
            &super::PLAN,
        );
        done.goes_to("/m/sample/invitations?told=confirmed");
    });
}

#[test]
fn a_ring_that_was_emptied_stays_open_even_if_it_is_the_last() {
    on_both(|mend| {
        let table = Table::new(mend, 4);
        let last = Table {
            draft: draft(mend, &[&table.first, &[table.other()]]),
            second: vec![table.other()],
            ..table
        };
        let there = format!("/m/sample/drafts/{}?told=moved", last.draft);
        last.move_to(mend, last.other(), "0").goes_to(&there);
        last.move_to(mend, last.other(), "1").goes_to(&there);
        let seat = last.look(mend, last.other());
        assert!(
            last.said(mend, &seat, 2)
                .contains(&mend.t("seat-here").replace(' ', ""))
        );
    });
}

#[test]
fn the_look_of_a_ring_stays_the_same_when_somebody_in_it_pauses() {
    on_both(|mend| {
        let table = Table::new(mend, 5);
        let path = format!("/m/sample/drafts/{}", table.draft);
        let before = mend.as_("amara").get(&path).body;
        let pausing = mend.id(table.other());
        mend.write(Scope::Movement(mend.sample.0), move |tx| {
            sql!("UPDATE person SET paused_at = 1 WHERE id = $1")
                .id(pausing)
                .run(tx)
        });
        assert_eq!(mend.as_("amara").get(&path).body, before);
    });
}

#[test]
fn a_draft_that_was_changed_by_hand_is_not_replaced_unasked() {
    on_both(|mend| {
        let table = Table::new(mend, 4);
        let (amara, path) = (mend.as_("amara"), "/m/sample/circles/propose");
        let there = format!("/m/sample/drafts/{}?told=moved", table.draft);
        table.move_to(mend, table.one, "1").goes_to(&there);
        let asked = amara.post(path, &[]);
        assert!(asked.code() == 200 && asked.says(&mend.t("draft-replace")));
        assert_eq!(amara.get(&there).code(), 200, "it is still there");
        assert_eq!(amara.post(path, &[("sure", "1")]).code(), 303);
        let gone = amara.get(&there);
        assert!(gone.code() == 404 && gone.says(&mend.t("draft-gone")));
        assert_eq!(
            amara.post(path, &[]).code(),
            303,
            "nobody changed the new one"
        );
    });
}
