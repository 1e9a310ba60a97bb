//! The stewards' page of mail, and trying it.

use super::peer::{At, How};
use super::{later, something_changed, with_mail};
use crate::testing::on_both;
use crate::with;

#[test]
fn without_a_way_out_letters_stay_for_paper_and_the_page_says_so() {
    on_both(|mend| {
        something_changed(mend, "juno");
        later(mend, 600);
        let page = mend.as_("amara").get("/m/sample/mail");
        assert!(page.says(&mend.t("mail-paper")), "{}", page.text());
        let tried = mend.as_("amara").post("/m/sample/mail/test", &[]);
        assert!(tried.code() == 409 && tried.says(&mend.t("mail-paper")));
        assert!(
            mend.as_("juno")
                .get("/m/sample/me/letters")
                .says(&mend.t("letters-paper"))
        );
    });
}

#[test]
fn a_steward_sends_a_letter_to_their_own_address_and_reads_the_servers_answer() {
    on_both(|mend| {
        let peer = with_mail(mend);
        let tried = mend.as_("amara").post("/m/sample/mail/test", &[]);
        assert!(tried.says(&mend.t("mail-accepted")), "{}", tried.text());
        let got = peer.got();
        assert!(got.len() == 1 && got[0].contains("To: amara@example.org"));
        peer.fails(Some((At::Address, How::No)));
        peer.says("554 5.7.1 <amara@example.org>: Relay access denied");
        let tried = mend.as_("amara").post("/m/sample/mail/test", &[]);
        assert!(tried.says(&mend.t("trouble-relay")), "{}", tried.text());
        let said = with![said = "5.7.1 <amara@example.org>: Relay access denied"];
        assert!(
            tried.says(&mend.tw("mail-server-said", &said)),
            "{}",
            tried.text()
        );
    });
}

#[test]
fn a_steward_without_an_address_is_told_where_to_write_one() {
    on_both(|mend| {
        let _peer = with_mail(mend);
        let page = mend.other_steward().get("/m/other/mail");
        assert!(page.says(&mend.t("mail-no-address")));
        let tried = mend.other_steward().post("/m/other/mail/test", &[]);
        assert!(tried.code() == 409 && tried.says(&mend.t("mail-no-address")));
    });
}

#[test]
fn stewards_see_whose_letter_did_not_arrive_and_not_what_it_was_about() {
    on_both(|mend| {
        let peer = with_mail(mend);
        peer.fails(Some((At::Address, How::No)));
        crate::circle::tests::invite(mend, &[&["juno", "samira"]]);
        later(mend, 6);
        let page = mend.as_("amara").get("/m/sample/mail");
        let text = page.text();
        let list = text.split_once(&mend.t("mail-stuck")).unwrap().1;
        let list = list.split_once(&mend.t("mail-who-reads")).unwrap().0;
        assert!(
            list.contains("Juno Castellanos") && list.contains(&mend.name("samira")),
            "{list}"
        );
        let list = list.replace(&mend.t("mail-stuck-what"), "");
        assert!(!list.contains("nvit") && !list.contains("ircle"), "{list}");
    });
}

#[test]
fn what_another_movement_holds_cannot_be_sent_again_or_let_go_of() {
    on_both(|mend| {
        let peer = with_mail(mend);
        peer.fails(Some((At::Address, How::No)));
        something_changed(mend, "juno");
        later(mend, 6);
        let sample = mend.sample;
        let all = mend.read(mend_store::Scope::Movement(sample.0), |tx| {
            crate::post::stuck(tx, sample)
        });
        let id = mend_rules::id::PersonId(all[0].id).to_string();
        for deed in ["again", "let-go"] {
            let tried = mend
                .other_steward()
                .post("/m/other/mail", &[("mail", &id), ("do", deed)]);
            assert!(
                tried.code() == 409 && tried.says(&mend.t("mail-moved-on")),
                "{}",
                tried.text()
            );
        }
        let still = mend.read(mend_store::Scope::Movement(sample.0), |tx| {
            crate::post::stuck(tx, sample)
        });
        assert_eq!(still.len(), 1);
    });
}
