//! Reminders, and what becomes one mail.

use super::{later, something_changed, tick, with_mail};
use crate::circle::tests::{answer, circle_of, invite};
use crate::testing::{TestMend, on_both};

/// Juno has a seat; the first meeting is on Tuesday, 8 December, at 19:00 in Lisbon.
fn seated(mend: &TestMend) {
    invite(mend, &[&["juno", "samira", "elif"]]);
    answer(mend, "juno", "yes");
}

fn choose(mend: &TestMend, key: &str, fields: &[(&str, &str)]) {
    let saved = mend.as_(key).post("/m/sample/me/letters", fields);
    saved.goes_to("/m/sample/me/letters?told=saved");
}

/// To whom a mail goes.
fn to(mail: &str) -> &str {
    mail.lines()
        .find_map(|line| line.strip_prefix("To: "))
        .unwrap()
}

/// A mail as it is read: lines that were too long for the line are whole again.
fn plain(mail: &str) -> String {
    mail.replace("=\r\n", "").replace("=3D", "=")
}

#[test]
fn an_invitation_can_be_answered_from_the_mail_and_opening_its_link_answers_nothing() {
    on_both(|mend| {
        let peer = with_mail(mend);
        invite(mend, &[&["juno", "samira", "elif"]]);
        later(mend, 4);
        assert!(peer.got().is_empty(), "not before five minutes");
        later(mend, 2);
        let got = peer.got();
        assert_eq!(got.len(), 3);
        let juno = got
            .iter()
            .find(|mail| to(mail) == "juno@example.org")
            .unwrap();
        let text = plain(juno);
        let (_, rest) = text.split_once("/m/sample/i/").unwrap();
        let link = format!("/m/sample/i/{}", &rest[..64]);
        for _ in 0..3 {
            let scanner = mend.visitor().get(&link);
            assert!(scanner.says(&mend.t("answer-say-no")));
        }
        let circle = mend.as_("amara").get(&circle_of(mend, "juno"));
        assert!(circle.says("0 of 3"), "{}", circle.text());
        let yes = mend.visitor().post(&link, &[("answer", "yes")]);
        assert_eq!(yes.code(), 303);
        let circle = mend.as_("amara").get(&circle_of(mend, "juno"));
        assert!(circle.says("1 of 3"), "{}", circle.text());
    });
}

#[test]
fn no_letter_names_the_movement_the_circle_a_person_or_the_matter() {
    on_both(|mend| {
        let peer = with_mail(mend);
        seated(mend);
        later(mend, 6);
        choose(
            mend,
            "juno",
            &[
                ("evening", "mail"),
                ("soon", "mail"),
                ("changes", "on"),
                ("rhythm", "soon"),
            ],
        );
        something_changed(mend, "juno");
        later(mend, 6);
        later(mend, 6 * 24 * 60 + 8 * 60);
        later(mend, 23 * 60);
        let got = peer.got();
        assert!(got.len() >= 5, "{}", got.len());
        for mail in &got {
            let mail = plain(mail);
            for word in [
                "Climate",
                "Justice",
                "Collective",
                "ircle",
                "Juno",
                "Castellanos",
                "Alder",
                "eeting",
                "seat",
            ] {
                assert!(!mail.contains(word), "{word} stands in\n{mail}");
            }
            assert!(mail.contains("Subject: Something to look at"));
        }
    });
}

#[test]
fn a_reminder_comes_at_six_the_evening_before_once_with_its_hour() {
    on_both(|mend| {
        let peer = with_mail(mend);
        seated(mend);
        later(mend, 6);
        let before = peer.got().len();
        later(mend, 6 * 24 * 60 + 7 * 60 + 53);
        assert_eq!(peer.got().len(), before, "a minute before six");
        later(mend, 1);
        for _ in 0..5 {
            later(mend, 5);
        }
        let mut new = peer.got().split_off(before);
        new.retain(|mail| to(mail) == "juno@example.org");
        assert_eq!(new.len(), 1, "{new:?}");
        assert_eq!(to(&new[0]), "juno@example.org");
        assert!(
            plain(&new[0]).contains("Tuesday, 8 December 2026, 19:00 (Europe/Lisbon)"),
            "{}",
            plain(&new[0])
        );
    });
}

#[test]
fn a_reminder_of_a_meeting_that_was_moved_stays_away() {
    on_both(|mend| {
        let peer = with_mail(mend);
        seated(mend);
        choose(
            mend,
            "juno",
            &[
                ("evening", "mail"),
                ("soon", "nothing"),
                ("changes", "on"),
                ("rhythm", "soon"),
                ("quiet-from", "18:00"),
                ("quiet-to", "20:00"),
            ],
        );
        later(mend, 6 * 24 * 60 + 8 * 60 + 10);
        let juno = || {
            peer.got()
                .iter()
                .filter(|mail| to(mail) == "juno@example.org")
                .count()
        };
        let before = juno();
        let own = circle_of_juno(mend);
        let moved = [
            ("name", "Rook"),
            ("nth", "3"),
            ("weekday", "2"),
            ("starts", "19:00"),
            ("format", "online"),
        ];
        let saved = mend.as_("amara").post(&own, &moved);
        assert_eq!(saved.code(), 303, "{}", saved.text());
        later(mend, 3 * 60);
        // Only the word that something changed.
        assert_eq!(juno(), before + 1, "{:?}", peer.got().last());
    });
}

fn circle_of_juno(mend: &TestMend) -> String {
    format!("{}/edit", circle_of(mend, "juno"))
}

#[test]
fn letters_within_five_minutes_become_one_mail_with_each_thing_once() {
    on_both(|mend| {
        let peer = with_mail(mend);
        for _ in 0..3 {
            something_changed(mend, "juno");
            mend.minutes(1);
        }
        later(mend, 3);
        let got = peer.got();
        assert_eq!(got.len(), 1);
        assert_eq!(got[0].matches("something has changed").count(), 1);
        later(mend, 60);
        assert_eq!(peer.got().len(), 1);
    });
}

#[test]
fn a_second_of_the_same_job_writes_no_second_letter() {
    on_both(|mend| {
        let peer = with_mail(mend);
        seated(mend);
        later(mend, 6);
        later(mend, 6 * 24 * 60 + 8 * 60);
        let before = peer.got().len();
        tick(mend);
        tick(mend);
        mend.send_letters();
        assert_eq!(peer.got().len(), before);
    });
}

fn to_juno(peer: &super::peer::Peer) -> Vec<String> {
    let mut got = peer.got();
    got.retain(|mail| to(mail) == "juno@example.org");
    got.iter().map(|mail| plain(mail)).collect()
}

#[test]
fn a_reminder_follows_a_meeting_to_where_it_was_moved() {
    on_both(|mend| {
        let peer = with_mail(mend);
        seated(mend);
        later(mend, 6);
        choose(
            mend,
            "juno",
            &[("evening", "nothing"), ("soon", "mail"), ("rhythm", "soon")],
        );
        let one = format!("{}/meetings/2026-12-08", circle_of(mend, "juno"));
        let there = [("to", "2026-12-09"), ("at", "10:00")];
        let moved = mend.as_("amara").post(&format!("{one}/move"), &there);
        assert_eq!(moved.code(), 303, "{}", moved.text());
        let before = to_juno(&peer).len();
        later(mend, 7 * 24 * 60 + 7 * 60 - 5);
        assert_eq!(to_juno(&peer).len(), before, "its old hour is no hour");
        later(mend, 15 * 60);
        let new = to_juno(&peer).split_off(before);
        assert_eq!(new.len(), 1, "{new:?}");
        assert!(
            new[0].contains("Wednesday, 9 December 2026, 10:00 (Europe/Lisbon)"),
            "{}",
            new[0]
        );
    });
}

#[test]
fn of_a_meeting_that_is_left_out_comes_one_word_and_no_reminder() {
    on_both(|mend| {
        let peer = with_mail(mend);
        seated(mend);
        later(mend, 6);
        let before = to_juno(&peer).len();
        let one = format!("{}/meetings/2026-12-08", circle_of(mend, "juno"));
        let left_out = mend.as_("amara").post(&format!("{one}/skip"), &[]);
        assert_eq!(left_out.code(), 303, "{}", left_out.text());
        later(mend, 6);
        let new = to_juno(&peer).split_off(before);
        assert_eq!(new.len(), 1, "{new:?}");
        assert!(new[0].contains("something has changed"), "{}", new[0]);
        for minutes in [6 * 24 * 60 + 8 * 60, 23 * 60, 60] {
            later(mend, minutes);
        }
        assert_eq!(to_juno(&peer).len(), before + 1);
    });
}

#[test]
fn an_hour_that_changes_later_on_brings_no_second_reminder_of_the_meeting_before() {
    on_both(|mend| {
        let peer = with_mail(mend);
        seated(mend);
        later(mend, 6);
        choose(
            mend,
            "juno",
            &[("evening", "mail"), ("soon", "nothing"), ("rhythm", "soon")],
        );
        later(mend, 6 * 24 * 60 + 8 * 60);
        let before = to_juno(&peer).len();
        let changed = [
            ("name", "Rook"),
            ("nth", "3"),
            ("weekday", "2"),
            ("starts", "19:00"),
            ("minutes", "60"),
            ("format", "online"),
            ("from", "2027-01-12"),
        ];
        let saved = mend.as_("amara").post(&circle_of_juno(mend), &changed);
        assert_eq!(saved.code(), 303, "{}", saved.text());
        later(mend, 20);
        assert_eq!(to_juno(&peer).len(), before, "{:?}", to_juno(&peer).last());
    });
}
