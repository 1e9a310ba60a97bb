//! What people chose holds, without exception.

use super::{later, something_changed, with_mail};
use crate::circle::tests::invite;
use crate::testing::client::Ask;
use crate::testing::tables::dump_but;
use crate::testing::{TestMend, on_both, random_id};

fn choose(mend: &TestMend, key: &str, fields: &[(&str, &str)]) {
    let saved = mend.as_(key).post("/m/sample/me/letters", fields);
    saved.goes_to("/m/sample/me/letters?told=saved");
}

const LOUD: [(&str, &str); 4] = [
    ("evening", "mail"),
    ("soon", "mail"),
    ("changes", "on"),
    ("rhythm", "soon"),
];

/// The link that stops letters, as the last mail to somebody carries it.
fn stop(mail: &str) -> String {
    let head = mail.replace("\r\n ", " ");
    let line = head
        .lines()
        .find(|line| line.starts_with("List-Unsubscribe: "));
    let (_, rest) = line.unwrap().split_once("/m/sample/").unwrap();
    format!("/m/sample/{}", rest.trim_end_matches('>'))
}

#[test]
fn the_link_that_stops_letters_shows_a_button_and_stops_them_when_it_is_pressed() {
    on_both(|mend| {
        let peer = with_mail(mend);
        something_changed(mend, "juno");
        later(mend, 6);
        let stop = stop(&peer.got()[0]);
        for _ in 0..2 {
            assert!(mend.visitor().get(&stop).says(&mend.t("mute-go")));
        }
        something_changed(mend, "juno");
        later(mend, 6);
        assert_eq!(peer.got().len(), 2, "opening the page stops nothing");
        // As mail programs press it: from nowhere, in either of the two forms.
        let form = b"--edge\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--edge--\r\n";
        for (kind, body) in [
            (
                "application/x-www-form-urlencoded",
                b"List-Unsubscribe=One-Click".to_vec(),
            ),
            ("multipart/form-data; boundary=edge", form.to_vec()),
        ] {
            let pressed = mend.visitor().saying(&[]).ask(Ask::raw(&stop, kind, body));
            pressed.goes_to(&format!("{stop}?told=muted"));
        }
        let told = mend.visitor().get(&format!("{stop}?told=muted"));
        assert!(told.says(&mend.t("mute-done-then")));
        something_changed(mend, "juno");
        invite(mend, &[&["juno", "samira", "elif"]]);
        later(mend, 60);
        let to_juno = |mail: &&String| mail.contains("To: juno@");
        assert_eq!(peer.got().iter().filter(to_juno).count(), 2);
    });
}

#[test]
fn a_forged_link_stops_nobodys_letters() {
    on_both(|mend| {
        let peer = with_mail(mend);
        something_changed(mend, "juno");
        something_changed(mend, "kofi");
        later(mend, 6);
        let got = peer.got();
        let (one, other) = (stop(&got[0]), stop(&got[1]));
        let before = dump_but(mend, &[]);
        for forged in [
            format!("{}{}", &one[..one.len() - 32], &other[other.len() - 32..]),
            format!("{}{}", &one[..one.len() - 32], random_id()),
            one[..one.len() - 1].to_owned(),
            one.replace("/sample/", "/other/"),
            format!("/m/sample/letters/{}", "é".repeat(32)),
        ] {
            let path: String = forged.replace('é', "%C3%A9");
            mend.visitor().get(&path).is_not_found();
            mend.visitor().post(&path, &[]).is_not_found();
        }
        assert_eq!(dump_but(mend, &[]), before);
    });
}

#[test]
fn quiet_hours_hold_letters_back_until_the_morning() {
    on_both(|mend| {
        let peer = with_mail(mend);
        // 21:30 in Lisbon.
        mend.minutes(11 * 60 + 30);
        something_changed(mend, "juno");
        later(mend, 6);
        later(mend, 9 * 60);
        assert!(
            peer.got().is_empty(),
            "06:36 is quiet for whoever chose nothing"
        );
        later(mend, 90);
        assert_eq!(peer.got().len(), 1);
    });
}

#[test]
fn quiet_hours_hold_back_a_mail_that_is_tried_again() {
    use super::peer::{At, How};
    on_both(|mend| {
        let peer = with_mail(mend);
        // 20:50: the first try fails, the second would come at night.
        mend.minutes(10 * 60 + 45);
        peer.fails(Some((At::Sender, How::Later)));
        something_changed(mend, "juno");
        later(mend, 6);
        peer.fails(None);
        let calls = peer.calls();
        later(mend, 60);
        assert_eq!(peer.calls(), calls, "nobody is called at night");
        later(mend, 11 * 60);
        assert_eq!(peer.got().len(), 1);
    });
}

#[test]
fn one_mail_a_day_comes_at_the_hour_that_was_chosen() {
    on_both(|mend| {
        let peer = with_mail(mend);
        let daily = [
            ("evening", "nothing"),
            ("soon", "nothing"),
            ("changes", "on"),
            ("rhythm", "daily"),
            ("daily", "17:30"),
        ];
        choose(mend, "juno", &daily);
        for _ in 0..4 {
            something_changed(mend, "juno");
            later(mend, 60);
        }
        assert!(peer.got().is_empty());
        later(mend, 4 * 60);
        assert_eq!(peer.got().len(), 1);
    });
}

#[test]
fn nobody_is_written_to_who_pauses_or_is_not_to_be_contacted_or_has_left() {
    on_both(|mend| {
        let peer = with_mail(mend);
        mend.as_("juno").post(
            "/m/sample/me",
            &[("name", "Juno"), ("zone", ""), ("pause", "on")],
        );
        let kofi = mend.id("kofi");
        mend.as_("amara").post(
            &format!("/m/sample/people/{kofi}"),
            &[
                ("name", "Kofi Mensah"),
                ("email", "kofi@example.org"),
                ("quiet", "on"),
            ],
        );
        mend.as_("elif")
            .post("/m/sample/me/leave", &[("sure", "yes")]);
        for key in ["juno", "kofi", "elif"] {
            something_changed(mend, key);
        }
        later(mend, 60);
        assert!(peer.got().is_empty(), "{:?}", peer.got());
    });
}

#[test]
fn whoever_mutes_after_a_mail_was_put_together_does_not_get_it() {
    on_both(|mend| {
        let peer = with_mail(mend);
        something_changed(mend, "juno");
        mend.minutes(6);
        super::tick(mend);
        let muted = [&LOUD[..], &[("muted", "on")]].concat();
        choose(mend, "juno", &muted);
        mend.send_letters();
        later(mend, 60);
        assert!(peer.got().is_empty());
    });
}

#[test]
fn choices_are_shown_again_and_are_in_ones_own_file() {
    on_both(|mend| {
        let chosen = [
            ("evening", "calendar"),
            ("soon", "mail"),
            ("rhythm", "daily"),
            ("daily", "07:15"),
            ("quiet-from", "20:00"),
            ("quiet-to", "07:00"),
        ];
        choose(mend, "juno", &chosen);
        let page = mend.as_("juno").get("/m/sample/me/letters");
        for value in ["07:15", "20:00", "07:00"] {
            assert!(
                page.body().contains(&format!("value=\"{value}\"")),
                "{value}"
            );
        }
        let file = mend.as_("juno").get("/m/sample/me/export").json();
        let letters = &file["person"]["letters"];
        assert_eq!(letters["reminder the evening before"], "calendar");
        assert_eq!(letters["one mail a day at"], "07:15");
        assert_eq!(letters["quiet until"], "07:00");
    });
}

#[test]
fn a_choice_that_no_page_offers_changes_nothing() {
    on_both(|mend| {
        choose(mend, "juno", &LOUD);
        let before = dump_but(mend, &[]);
        for wrong in [
            vec![("evening", "shout"), ("soon", "mail")],
            vec![
                ("evening", "mail"),
                ("soon", "mail"),
                ("quiet-from", "20:00"),
            ],
            vec![
                ("evening", "mail"),
                ("soon", "mail"),
                ("rhythm", "daily"),
                ("daily", "late"),
            ],
            vec![],
        ] {
            let saved = mend.as_("juno").post("/m/sample/me/letters", &wrong);
            assert!(
                saved.code() == 422 && saved.says(&mend.t("letters-wrong")),
                "{wrong:?}"
            );
        }
        assert_eq!(dump_but(mend, &["session"]), {
            let mut b = before;
            b.remove("session");
            b
        });
    });
}
