//! Drafts: proposed, looked at by stewards alone, confirmed once.
#![allow(clippy::unwrap_used)]

use super::{PLAN, draft, invite};
use crate::circle::rows;
use crate::testing::client::{Ask, Client, Reply, at_once};
use crate::testing::tables::{count, dump_but};
use crate::testing::{TestMend, on_both};
use crate::web::Me;
use crate::with;
use mend_rules::id::DraftId;
use mend_store::Scope;

/// Proposes circles; where the draft is.
fn propose(client: &Client<'_>, address: &str, fields: &[(&str, &str)]) -> String {
    let reply = client.post(&format!("/m/{address}/circles/propose"), fields);
    assert_eq!(reply.code(), 303, "{}", reply.text());
    reply.location().to_owned()
}

fn rings(mend: &TestMend, path: &str) -> Vec<Vec<mend_rules::id::PersonId>> {
    let id: DraftId = path.rsplit_once('/').unwrap().1.parse().unwrap();
    let me = Me {
        person: mend.id("amara"),
        movement: mend.sample,
        account: mend.account_of("amara"),
        name: String::new(),
        zone: None,
        steward: true,
        newcomer: false,
    };
    let draft = mend
        .read(Scope::Movement(mend.sample.0), |tx| {
            rows::draft(tx, &me, id)
        })
        .unwrap();
    draft.rings.into_iter().map(|ring| ring.members).collect()
}

/// Everybody but the six who sit in Rowan.
const FREE: usize = 42;

#[test]
fn everybody_who_is_free_gets_one_seat_in_a_draft_that_only_stewards_see() {
    on_both(|mend| {
        let amara = mend.as_("amara");
        let path = propose(&amara, "sample", &[]);
        let rings = rings(mend, &path);
        let mut seated: Vec<_> = rings.concat();
        seated.sort();
        seated.dedup();
        assert_eq!((rings.len(), seated.len()), (7, FREE));
        assert!(rings.iter().all(|ring| (5..=7).contains(&ring.len())));
        assert!(!seated.contains(&mend.id("lena")), "she sits in Rowan");
        let page = amara.get(&path);
        assert!(page.says("Amara Okoye") && !page.says("Lena Hofmann"));
        for key in ["mina", "lena", "noor"] {
            mend.as_(key).get(&path).is_not_found();
            assert!(
                !mend
                    .as_(key)
                    .get("/m/sample/circles")
                    .body()
                    .contains("drafts"),
                "{key}"
            );
        }
    });
}

#[test]
fn no_wish_is_ever_broken_in_a_draft() {
    on_both(|mend| {
        let amara = mend.as_("amara");
        for seed in ["1", "2", "3", "4", "5"] {
            let rings = rings(mend, &propose(&amara, "sample", &[("seed", seed)]));
            for (one, other) in [
                ("mateus", "bram"),
                ("siobhan", "henrique"),
                ("yusra", "marlow"),
            ] {
                let pair = [mend.id(one), mend.id(other)];
                let together = rings
                    .iter()
                    .any(|ring| pair.iter().all(|id| ring.contains(id)));
                assert!(!together, "{one} sits with {other}");
            }
        }
    });
}

#[test]
fn the_same_people_and_the_same_seed_give_the_same_draft() {
    on_both(|mend| {
        let amara = mend.as_("amara");
        let again = || rings(mend, &propose(&amara, "sample", &[("seed", "7")]));
        let first = again();
        assert_eq!(again(), first);
        mend.minutes(5);
        assert_eq!(again(), first);
        assert_eq!(count(mend, "draft"), 1, "there is one draft at a time");
    });
}

#[test]
fn whoever_pauses_left_or_asked_to_be_left_alone_is_not_seated() {
    on_both(|mend| {
        let amara = mend.as_("amara");
        mend.as_("bram").post(
            "/m/sample/me",
            &[("name", "Bram Verhoeven"), ("pause", "on")],
        );
        let quiet = format!("/m/sample/people/{}", mend.id("graca"));
        amara.post(&quiet, &[("name", "Graça Monteiro"), ("quiet", "on")]);
        let seated = rings(mend, &propose(&amara, "sample", &[])).concat();
        assert_eq!(seated.len(), FREE - 2);
        assert!(!seated.contains(&mend.id("bram")) && !seated.contains(&mend.id("graca")));
    });
}

/// Brings a list into the other movement, in which nobody but its steward is, and proposes.
fn draft_of(mend: &TestMend, list: &str) -> (String, String) {
    let steward = mend.other_steward();
    let taken = steward.upload("/m/other/people/import", list.as_bytes());
    let upload = taken.location().rsplit_once('/').unwrap().1.to_owned();
    steward.post("/m/other/people/import/confirm", &[("upload", &upload)]);
    let path = propose(&steward, "other", &[]);
    let text = steward.get(&path).text();
    (path, text)
}

#[test]
fn small_and_odd_movements_get_circles_too() {
    for (list, people, circles) in [
        // The steward is one of the three.
        ("name,groups\nAna,North\nBo,South\n", 3, 1),
        ("name,groups\nAna,\nBo,\n", 3, 1),
        ("name\nAna\n", 2, 1),
        (
            "name,groups\nAna,Alone\nBo,North\nCy,North\nDi,North\nEd,North\nFi,North\nGo,North\n",
            8,
            1,
        ),
        (
            "name,groups\nA,X\nB,X\nC,X\nD,X\nE,X\nF,X\nG,X\nH,X\nI,X\nJ,X\nK,X\n",
            12,
            2,
        ),
    ] {
        on_both(|mend| {
            let (path, text) = draft_of(mend, list);
            for number in 1..=circles {
                assert!(
                    text.contains(&mend.tw("ring-title", &with![number = number])),
                    "{text}"
                );
            }
            assert!(
                !text.contains(&mend.tw("ring-title", &with![number = circles + 1])),
                "{text}"
            );
            let done = mend.other_steward().post(&format!("{path}/confirm"), &PLAN);
            done.goes_to("/m/other/invitations?told=confirmed");
            assert_eq!(count(mend, "invitation"), people, "{list}");
        });
    }
}

#[test]
fn nobody_to_seat_is_said() {
    on_both(|mend| {
        let steward = mend.other_steward();
        steward.post("/m/other/me", &[("name", "Olu"), ("pause", "on")]);
        let reply = steward.post("/m/other/circles/propose", &[]);
        assert!(
            reply.code() == 409 && reply.says(&mend.t("propose-nobody")),
            "{}",
            reply.text()
        );
    });
}

#[test]
fn odd_seeds_and_made_up_fields_are_passed_over() {
    on_both(|mend| {
        let amara = mend.as_("amara");
        for seed in ["x", "", "-1", "99999999999999999999", "4294967295", "0"] {
            let path = propose(&amara, "sample", &[("seed", seed), ("size", "4294967295")]);
            assert_eq!(rings(mend, &path).len(), 7, "{seed}");
        }
    });
}

#[test]
fn confirming_makes_circles_invitations_and_letters() {
    on_both(|mend| {
        let before = ["circle", "series", "invitation", "letter"].map(|table| count(mend, table));
        let amara = mend.as_("amara");
        let path = propose(&amara, "sample", &[]);
        amara
            .post(&format!("{path}/confirm"), &PLAN)
            .goes_to("/m/sample/invitations?told=confirmed");
        let after = ["circle", "series", "invitation", "letter"].map(|table| count(mend, table));
        let grown: Vec<usize> = after
            .iter()
            .zip(before)
            .map(|(after, before)| after - before)
            .collect();
        assert_eq!(grown, [7, 7, FREE, FREE]);
        assert_eq!(count(mend, "draft"), 0);
        amara.get(&path).is_not_found();
        let page = amara.get("/m/sample/invitations");
        let told = mend.tw("invitations-lead", &with![count = FREE, days = 14]);
        assert!(page.says(&told), "{}", page.text());
    });
}

#[test]
fn circles_get_names_that_no_circle_had() {
    on_both(|mend| {
        invite(mend, &[&["amara", "juno"], &["hana", "elif"]]);
        let (sample, amara) = (mend.sample, mend.as_("amara"));
        let names = mend.read(Scope::Movement(sample.0), |tx| {
            rows::circle_names(tx, sample)
        });
        let mut once = names.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), names.len(), "{names:?}");
        assert!(
            amara.get("/m/sample/circles").says("Birch"),
            "Alder had its time"
        );
    });
}

#[test]
fn a_second_click_makes_nothing_twice() {
    on_both(|mend| {
        let id = draft(
            mend,
            &[&["amara", "juno", "hana"], &["elif", "dario", "samira"]],
        );
        let path = format!("/m/sample/drafts/{id}/confirm");
        let amara = mend.as_("amara");
        amara
            .post(&path, &PLAN)
            .goes_to("/m/sample/invitations?told=confirmed");
        let before = dump_but(mend, &[]);
        amara.post(&path, &PLAN);
        assert_eq!(dump_but(mend, &[]), before);
    });
}

#[test]
fn two_clicks_at_once_make_nothing_twice() {
    on_both(|mend| {
        let id = draft(
            mend,
            &[&["amara", "juno", "hana"], &["elif", "dario", "samira"]],
        );
        let path = format!("/m/sample/drafts/{id}/confirm");
        let before = count(mend, "circle");
        let amara = mend.as_("amara");
        let replies = at_once(
            mend,
            (0..8)
                .map(|_| (amara.clone(), Ask::form(&path, &PLAN)))
                .collect(),
        );
        let made = |reply: &&Reply| reply.location().ends_with("told=confirmed");
        assert_eq!(replies.iter().filter(made).count(), 1);
        for reply in replies.iter().filter(|reply| !made(reply)) {
            reply.goes_to("/m/sample/invitations?told=draft-gone");
        }
        assert_eq!(
            (count(mend, "circle"), count(mend, "invitation")),
            (before + 2, 6)
        );
    });
}

#[test]
fn a_draft_whose_people_have_a_circle_by_now_is_stale() {
    on_both(|mend| {
        invite(mend, &[&["amara", "juno", "hana"]]);
        let id = draft(mend, &[&["amara", "elif", "dario"]]);
        let before = dump_but(mend, &["session"]);
        let reply = mend
            .as_("amara")
            .post(&format!("/m/sample/drafts/{id}/confirm"), &PLAN);
        assert!(
            reply.code() == 409 && reply.says(&mend.t("draft-stale")),
            "{}",
            reply.text()
        );
        assert_eq!(dump_but(mend, &["session"]), before);
    });
}

/// A wish that came after the draft is kept too, and the sentence does not tell it from a pause.
#[test]
fn a_wish_and_a_pause_after_the_draft_make_it_stale_in_the_same_words() {
    on_both(|mend| {
        let id = draft(mend, &[&["juno", "hana", "elif"]]);
        let path = format!("/m/sample/drafts/{id}/confirm");
        let hana = mend.id("hana").to_string();
        mend.as_("juno")
            .post("/m/sample/me/wishes", &[("person", &hana)]);
        let wished = mend.as_("amara").post(&path, &PLAN);
        assert!(
            wished.code() == 409 && wished.says(&mend.t("draft-stale")),
            "{}",
            wished.text()
        );
        mend.as_("juno").post("/m/sample/me/wishes", &[]);
        mend.as_("juno").post(
            "/m/sample/me",
            &[("name", "Juno Castellanos"), ("pause", "on")],
        );
        let paused = mend.as_("amara").post(&path, &PLAN);
        assert_eq!((paused.code(), &paused.body), (409, &wished.body));
        assert_eq!(count(mend, "invitation"), 0);
    });
}

#[test]
fn a_plan_that_misses_something_is_shown_again() {
    on_both(|mend| {
        let id = draft(mend, &[&["amara", "juno", "hana"]]);
        let path = format!("/m/sample/drafts/{id}/confirm");
        let before = dump_but(mend, &["session"]);
        for (field, value) in [
            ("nth", "5"),
            ("nth", "0"),
            ("weekday", "8"),
            ("weekday", ""),
            ("starts", "25:00"),
            ("starts", "soon"),
            ("format", "smoke"),
        ] {
            let mut plan = PLAN.to_vec();
            plan.retain(|(name, _)| *name != field);
            plan.push((field, value));
            let reply = mend.as_("amara").post(&path, &plan);
            assert!(
                reply.code() == 422 && reply.says(&mend.t("plan-wrong")),
                "{field}={value}"
            );
        }
        assert_eq!(dump_but(mend, &["session"]), before);
    });
}

#[test]
fn letting_go_of_a_draft_leaves_a_newer_one() {
    on_both(|mend| {
        let old = draft(mend, &[&["amara", "juno", "hana"]]);
        let new = draft(mend, &[&["elif", "dario", "samira"]]);
        let amara = mend.as_("amara");
        amara
            .post(&format!("/m/sample/drafts/{old}/drop"), &[])
            .goes_to("/m/sample/circles?told=dropped");
        assert_eq!(count(mend, "draft"), 1);
        amara
            .post(&format!("/m/sample/drafts/{new}/drop"), &[])
            .goes_to("/m/sample/circles?told=dropped");
        assert_eq!(count(mend, "draft"), 0);
    });
}
