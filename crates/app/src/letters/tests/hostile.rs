//! A mail server that fails in every way at every point: no letter is lost, none comes twice, and
//! a steward reads in plain words what happened.

use super::peer::{At, How, Peer};
use super::{later, something_changed, through, tick, with_mail};
use crate::testing::{TestMend, on_both};
use crate::web::policy::POLICIES;

fn page(mend: &TestMend) -> String {
    mend.as_("amara").get("/m/sample/mail").text()
}

/// Whether any sentence about a trouble stands on the page.
fn tells_a_trouble(mend: &TestMend, page: &str) -> bool {
    let all = crate::post::Trouble::ALL;
    let told = |trouble: &crate::post::Trouble| {
        page.contains(&mend.t(&format!("trouble-{}", trouble.word())))
    };
    all.iter().any(told) || page.contains(&mend.t("mail-perhaps-why"))
}

/// One letter, a server that fails in one way, and then one that works.
fn one_round(mend: &TestMend, peer: &Peer, (at, how): (At, How)) -> Result<(), String> {
    let before = peer.got().len();
    peer.fails(Some((at, how)));
    something_changed(mend, "juno");
    later(mend, 6);
    let told = page(mend);
    let arrived = peer.got().len() - before;
    let quiet = !tells_a_trouble(mend, &told);
    if quiet && (arrived == 0 || at == At::Kept) {
        return Err(format!("nobody is told: {told}"));
    }
    let perhaps = told.contains(&mend.t("mail-perhaps-why"));
    let dead = told.contains(&mend.t("mail-again")) && !perhaps;

    peer.fails(None);
    for _ in 0..6 {
        later(mend, 30);
    }
    let arrived = peer.got().len() - before;
    let ends = (arrived, perhaps, dead);
    let right = match (at, how) {
        // It kept the mail and said nothing that could be understood.
        (At::Kept, How::Hang | How::Die | How::Nonsense | How::Drip) => (1, true, false),
        // A steward sees it; nobody guesses.
        (At::Thrown, How::Hang | How::Die | How::Nonsense | How::Drip) => (0, true, false),
        (At::Address | At::Data | At::Kept | At::Thrown, How::No) => (0, false, true),
        _ => (1, false, false),
    };
    if ends != right {
        return Err(format!(
            "(arrived, perhaps, dead) is {ends:?}, not {right:?}: {told}"
        ));
    }
    clear(mend);
    Ok(())
}

fn without_quiet_hours(mend: &TestMend) {
    let loud = [
        ("evening", "nothing"),
        ("soon", "nothing"),
        ("changes", "on"),
        ("rhythm", "soon"),
    ];
    mend.as_("juno").post("/m/sample/me/letters", &loud);
}

/// A steward lets go of what waits for them.
fn clear(mend: &TestMend) {
    let sample = mend.sample;
    let all = mend.read(mend_store::Scope::Movement(sample.0), |tx| {
        crate::post::stuck(tx, sample)
    });
    for one in all {
        let id = mend_rules::id::PersonId(one.id).to_string();
        let gone = mend
            .as_("amara")
            .post("/m/sample/mail", &[("mail", &id), ("do", "let-go")]);
        gone.goes_to("/m/sample/mail?told=let-go");
    }
}

#[test]
fn whatever_a_mail_server_does_nothing_is_lost_nothing_comes_twice_and_somebody_is_told() {
    on_both(|mend| {
        let peer = with_mail(mend);
        without_quiet_hours(mend);
        let mut wrong = Vec::new();
        for at in At::ALL {
            for how in How::ALL {
                if let Err(why) = one_round(mend, &peer, (at, how)) {
                    wrong.push(format!("{at:?} {how:?}: {why}"));
                    clear(mend);
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}

#[test]
fn each_way_of_failing_has_its_own_words() {
    on_both(|mend| {
        let peer = with_mail(mend);
        without_quiet_hours(mend);
        for (at, how, words, trouble) in [
            (At::Greeting, How::No, "554 not you", "unreachable"),
            (At::Greeting, How::Nonsense, "", "odd"),
            (At::Greeting, How::Die, "", "broken"),
            (At::Hello, How::Hang, "", "slow"),
            (At::Hello, How::Drip, "", "slow"),
            (At::Sender, How::No, "550 sender unknown", "sender"),
            (At::Address, How::No, "550 5.1.1 no such user", "address"),
            (
                At::Address,
                How::No,
                "554 5.7.1 Relay access denied",
                "relay",
            ),
            (At::Address, How::Later, "", "later"),
            (At::Thrown, How::No, "554 this is spam", "refused"),
        ] {
            peer.fails(Some((at, how)));
            peer.says(words);
            something_changed(mend, "juno");
            later(mend, 6);
            let told = page(mend);
            let wanted = mend.t(&format!("trouble-{trouble}"));
            assert!(told.contains(&wanted), "{at:?} {how:?} {words}: {told}");
            peer.fails(None);
            later(mend, 60);
            clear(mend);
        }
    });
}

#[test]
fn where_nobody_listens_letters_wait_and_go_out_when_somebody_does() {
    on_both(|mend| {
        // A port that was free a moment ago.
        let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = nobody.local_addr().unwrap().port();
        drop(nobody);
        through(mend, port);
        something_changed(mend, "juno");
        later(mend, 6);
        assert!(page(mend).contains(&mend.t("trouble-unreachable")));
        assert!(page(mend).contains(&mend.t("mail-goes-on")));
        let peer = Peer::at(port);
        later(mend, 60);
        assert_eq!(peer.got().len(), 1);
    });
}

/// As if the program had been killed at that very moment: the mark is set, and no word came.
#[test]
fn what_was_being_handed_over_when_the_program_stopped_is_laid_before_a_steward() {
    on_both(|mend| {
        let peer = with_mail(mend);
        something_changed(mend, "juno");
        mend.minutes(6);
        tick(mend);
        let (sample, now) = (mend.sample, mend.now());
        mend.write(mend_store::Scope::Movement(sample.0), move |tx| {
            let times = (now, now.minutes(15), now.days(3));
            let mail = crate::post::claim(tx, sample, times)?.unwrap();
            assert!(crate::post::mark_handing(
                tx,
                sample,
                &mail,
                now.minutes(15)
            )?);
            Ok(())
        });
        later(mend, 14);
        assert!(!page(mend).contains(&mend.t("mail-perhaps-why")));
        later(mend, 2);
        later(mend, 600);
        assert!(
            page(mend).contains(&mend.t("mail-perhaps-why")),
            "{}",
            page(mend)
        );
        assert!(peer.got().is_empty(), "it was sent a second time by itself");
    });
}

/// The same before the mark: nobody has got anything, so it goes out again by itself.
#[test]
fn what_was_only_claimed_when_the_program_stopped_goes_out_later() {
    on_both(|mend| {
        let peer = with_mail(mend);
        something_changed(mend, "juno");
        mend.minutes(6);
        tick(mend);
        let (sample, now) = (mend.sample, mend.now());
        mend.write(mend_store::Scope::Movement(sample.0), move |tx| {
            let times = (now, now.minutes(15), now.days(3));
            crate::post::claim(tx, sample, times).map(|mail| assert!(mail.is_some()))
        });
        later(mend, 10);
        assert!(peer.got().is_empty());
        later(mend, 6);
        assert_eq!(peer.got().len(), 1);
    });
}

#[test]
fn somebody_whose_claim_was_taken_over_hands_nothing_over() {
    on_both(|mend| {
        let _peer = with_mail(mend);
        something_changed(mend, "juno");
        mend.minutes(6);
        tick(mend);
        let (sample, now) = (mend.sample, mend.now());
        mend.write(mend_store::Scope::Movement(sample.0), move |tx| {
            let claim = |tx: &mut mend_store::Tx<'_>, from: mend_rules::time::Time| {
                crate::post::claim(tx, sample, (from, from.minutes(15), from.days(3)))
            };
            let first = claim(tx, now)?.unwrap();
            let second = claim(tx, now.minutes(16))?.unwrap();
            assert!(!crate::post::mark_handing(tx, sample, &first, now)?);
            assert!(crate::post::mark_handing(tx, sample, &second, now)?);
            crate::post::mark_later(tx, sample, &second, (now, 0, None))
        });
    });
}

#[test]
fn a_mail_sent_again_by_hand_carries_the_same_name() {
    on_both(|mend| {
        let peer = with_mail(mend);
        peer.fails(Some((At::Kept, How::Die)));
        something_changed(mend, "juno");
        later(mend, 6);
        peer.fails(None);
        let sample = mend.sample;
        let all = mend.read(mend_store::Scope::Movement(sample.0), |tx| {
            crate::post::stuck(tx, sample)
        });
        let id = mend_rules::id::PersonId(all[0].id).to_string();
        let again = mend
            .as_("amara")
            .post("/m/sample/mail", &[("mail", &id), ("do", "again")]);
        again.goes_to("/m/sample/mail?told=mail-again");
        later(mend, 1);
        let got = peer.got();
        assert_eq!(got.len(), 2);
        assert_eq!(got[0], got[1], "a receiver can tell that it is the same");
        assert!(got[0].contains(&format!("Message-ID: <{id}@mend.example>")));
    });
}

#[test]
fn the_page_of_mail_is_for_stewards() {
    let mail = POLICIES
        .iter()
        .filter(|policy| policy.path.ends_with("/mail"));
    assert!(mail.count() == 2);
}
