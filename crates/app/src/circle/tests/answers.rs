//! Answering an invitation by its link, or from one's own Home.
#![allow(clippy::unwrap_used)]

use mend_rules::id::InvitationId;

use super::{PLAN, answer, circle_of, draft, invite, link};
use crate::testing::client::{Ask, at_once};
use crate::testing::tables::{count, dump_but};
use crate::testing::{TestMend, on_both, random_id};
use crate::with;

fn seats(mend: &TestMend, key: &str) -> String {
    let page = mend.as_("amara").get(&circle_of(mend, key));
    let text = page.text();
    let said = |taken: usize| mend.tw("seats-taken", &with![taken = taken, seats = 3]);
    let taken = (0..4).find(|taken| text.contains(&said(*taken)));
    format!("{} of 3", taken.unwrap_or_else(|| panic!("{text}")))
}

#[test]
fn the_link_asks_by_name_and_needs_no_account() {
    on_both(|mend| {
        invite(mend, &[&["juno", "hana", "elif"]]);
        let page = mend.visitor().get(&link(mend, "juno"));
        assert!(page.says(&mend.tw("answer-title", &with![name = mend.name("juno")])));
        assert!(!page.says("Hana"), "who else was invited is not told");
    });
}

#[test]
fn yes_takes_the_seat_and_no_frees_it_for_as_long_as_the_invitation_lasts() {
    on_both(|mend| {
        invite(mend, &[&["juno", "hana", "elif"]]);
        assert_eq!(seats(mend, "juno"), "0 of 3");
        for (word, taken) in [
            ("yes", "1 of 3"),
            ("yes", "1 of 3"),
            ("no", "0 of 3"),
            ("no", "0 of 3"),
            ("yes", "1 of 3"),
        ] {
            let link = link(mend, "juno");
            answer(mend, "juno", word).goes_to(&format!("{link}?said={word}"));
            assert_eq!(seats(mend, "juno"), taken, "after {word}");
            let told = mend.visitor().get(&format!("{link}?said={word}"));
            assert!(
                told.says(&mend.t(&format!("answer-{word}-then"))),
                "{}",
                told.text()
            );
        }
    });
}

/// A sheet may lie about: whoever finds the link cannot read from it what was answered.
#[test]
fn the_page_behind_a_link_is_the_same_whatever_was_answered() {
    on_both(|mend| {
        invite(mend, &[&["juno", "hana", "elif"]]);
        let link = link(mend, "juno");
        let pages = || {
            ["", "?said=yes", "?said=no", "?said=x"]
                .map(|said| mend.visitor().get(&format!("{link}{said}")).body)
        };
        let asked = pages();
        for word in ["no", "yes"] {
            answer(mend, "juno", word);
            assert_eq!(pages(), asked, "after {word}");
        }
    });
}

#[test]
fn a_forged_or_cut_link_is_not_found() {
    on_both(|mend| {
        invite(mend, &[&["juno", "hana", "elif"]]);
        let link = link(mend, "juno");
        let (id, tag) = link.rsplit_once('/').unwrap().1.split_at(32);
        let other = super::link(mend, "hana");
        let other_tag = &other.rsplit_once('/').unwrap().1[32..];
        let before = dump_but(mend, &[]);
        for secret in [
            format!("{id}{}", random_id()),
            format!("{id}{other_tag}"),
            format!("{}{tag}", random_id()),
            id.to_owned(),
            format!("{id}{}", &tag[..31]),
            format!("{id}{tag}0"),
            format!("{id}{}", tag.to_uppercase() + "é"),
            "é".repeat(32),
        ] {
            let path: String = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
            let path = format!("/m/sample/i/{path}");
            mend.visitor().get(&path).is_not_found();
            mend.visitor()
                .post(&path, &[("answer", "yes")])
                .is_not_found();
        }
        assert_eq!(dump_but(mend, &[]), before);
    });
}

#[test]
fn a_link_used_under_the_address_of_another_movement_is_not_found() {
    on_both(|mend| {
        invite(mend, &[&["juno", "hana", "elif"]]);
        let elsewhere = link(mend, "juno").replace("/m/sample/", "/m/other/");
        mend.visitor().get(&elsewhere).is_not_found();
        mend.visitor()
            .post(&elsewhere, &[("answer", "yes")])
            .is_not_found();
        let nowhere = elsewhere.replace("/m/other/", "/m/nowhere/");
        assert_eq!(
            mend.visitor().get(&nowhere).body,
            mend.visitor().get(&elsewhere).body
        );
    });
}

#[test]
fn an_invitation_ends_after_fourteen_days() {
    on_both(|mend| {
        invite(mend, &[&["juno", "hana", "elif"]]);
        let (juno, hana) = (link(mend, "juno"), link(mend, "hana"));
        mend.days(14);
        mend.minutes(-1);
        assert_eq!(mend.visitor().post(&juno, &[("answer", "yes")]).code(), 303);
        mend.minutes(1);
        let ended = mend.visitor().get(&hana);
        assert!(
            ended.code() == 200 && ended.says(&mend.t("answer-ended-why")),
            "{}",
            ended.text()
        );
        let late = mend.visitor().post(&hana, &[("answer", "yes")]);
        assert!(
            late.code() == 409 && late.says(&mend.t("answer-ended-why")),
            "{}",
            late.text()
        );
        mend.jobs_begin();
        mend.do_jobs();
        assert_eq!(
            count(mend, "invitation"),
            0,
            "nobody can read from them who declined"
        );
        assert_eq!(
            mend.visitor().get(&hana).body,
            ended.body,
            "swept or not, it reads the same"
        );
        assert!(
            mend.as_("juno").get("/m/sample/circles").says("Birch"),
            "a seat stays taken"
        );
    });
}

#[test]
fn an_invitation_ends_with_the_last_meeting_and_says_so() {
    on_both(|mend| {
        invite(mend, &[&["juno", "hana", "elif"]]);
        let (link, own) = (link(mend, "juno"), circle_of(mend, "juno"));
        let once = [("name", "Rook"), ("ends", "on"), ("last", "2026-12-08")];
        let saved = mend
            .as_("amara")
            .post(&format!("{own}/edit"), &[&PLAN[..], &once[..]].concat());
        assert_eq!(saved.code(), 303, "{}", saved.text());
        mend.days(7);
        for _ in 0..2 {
            let yes = mend.visitor().post(&link, &[("answer", "yes")]);
            assert_eq!(yes.code(), 303, "before it, and a second time");
        }
        mend.days(1);
        let ended = mend.visitor().get(&link);
        assert!(
            ended.code() == 200 && ended.says(&mend.t("answer-ended-why")),
            "{}",
            ended.text()
        );
        let late = mend.visitor().post(&link, &[("answer", "no")]);
        assert!(
            late.code() == 409 && late.says(&mend.t("answer-ended-why")),
            "{}",
            late.text()
        );
    });
}

#[test]
fn an_odd_answer_is_asked_again() {
    on_both(|mend| {
        invite(mend, &[&["juno", "hana", "elif"]]);
        let link = link(mend, "juno");
        let before = dump_but(mend, &[]);
        for fields in [
            &[][..],
            &[("answer", "")],
            &[("answer", "maybe")],
            &[("answer", "YES")],
        ] {
            let reply = mend.visitor().post(&link, fields);
            assert!(
                reply.code() == 409 && reply.says(&mend.t("answer-which")),
                "{}",
                reply.text()
            );
        }
        assert_eq!(dump_but(mend, &[]), before);
    });
}

#[test]
fn an_invitation_stands_on_home_and_is_answered_there() {
    on_both(|mend| {
        invite(mend, &[&["juno", "hana", "elif"]]);
        let (juno, path) = (
            mend.as_("juno"),
            format!("{}/answer", circle_of(mend, "juno")),
        );
        let asked = mend.tw("home-invited", &with![circle = "Birch"]);
        assert!(
            juno.get("/m/sample").says(&asked),
            "{}",
            juno.get("/m/sample").text()
        );
        juno.post(&path, &[("answer", "no")])
            .goes_to("/m/sample?told=answered-no");
        assert!(!juno.get("/m/sample").says(&asked));
        juno.post(&path, &[("answer", "yes")])
            .goes_to("/m/sample?told=answered-yes");
        assert!(
            juno.get("/m/sample")
                .says(&mend.tw("home-circle", &with![circle = "Birch"]))
        );
        for key in ["mina", "amara"] {
            mend.as_(key)
                .post(&path, &[("answer", "yes")])
                .is_not_found();
        }
    });
}

/// A word that is neither yes nor no must not take it for a no.
#[test]
fn an_odd_answer_from_home_changes_nothing() {
    on_both(|mend| {
        invite(mend, &[&["juno", "hana", "elif"]]);
        let path = format!("{}/answer", circle_of(mend, "juno"));
        let juno = mend.as_("juno");
        juno.post(&path, &[("answer", "yes")]);
        let before = dump_but(mend, &[]);
        for fields in [&[][..], &[("answer", "")], &[("answer", "maybe")]] {
            let reply = juno.post(&path, fields);
            assert!(
                reply.code() == 409 && reply.says(&mend.t("answer-which")),
                "{}",
                reply.text()
            );
        }
        assert_eq!(dump_but(mend, &[]), before);
    });
}

/// Two clicks, or a phone and a computer, at the same moment.
#[test]
fn many_answers_at_once_leave_one_seat_or_none() {
    on_both(|mend| {
        invite(mend, &[&["juno", "hana", "elif"]]);
        let link = link(mend, "juno");
        let ask = |at: usize| {
            let word = if at.is_multiple_of(2) { "yes" } else { "no" };
            (mend.visitor(), Ask::form(&link, &[("answer", word)]))
        };
        for reply in at_once(mend, (0..16).map(ask).collect()) {
            assert_eq!(reply.code(), 303, "{}", reply.text());
        }
        answer(mend, "juno", "yes");
        assert_eq!(seats(mend, "juno"), "1 of 3");
    });
}

/// Whoever erased themselves or was taken out has no invitation any more.
#[test]
fn the_link_of_somebody_who_is_gone_has_ended() {
    on_both(|mend| {
        invite(mend, &[&["juno", "hana", "elif"]]);
        let link = link(mend, "juno");
        let removed = format!("/m/sample/people/{}/remove", mend.id("juno"));
        mend.as_("amara").post(&removed, &[]);
        let ended = mend.visitor().get(&link);
        assert!(ended.says(&mend.t("answer-ended-why")), "{}", ended.text());
    });
}

/// An id that was never made and a tag that nobody signed: the two halves are checked together.
#[test]
fn the_tag_of_a_link_is_made_with_the_key() {
    on_both(|mend| {
        draft(mend, &[&["juno"]]);
        let id = InvitationId([7; 16]);
        for tag in ["invitation", "feed", "veil"] {
            let tag = InvitationId(mend.app.key.0.sign(tag, &id.0));
            mend.visitor()
                .get(&format!("/m/sample/i/{id}{tag}"))
                .is_not_found();
        }
    });
}
