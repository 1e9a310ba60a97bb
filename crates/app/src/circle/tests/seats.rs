//! Seats that change hands while a circle goes on: given back, kept by somebody else, freed.
#![allow(clippy::unwrap_used)]

use super::{answer, circle_of, invite};
use crate::testing::tables::count;
use crate::testing::{TestMend, on_both};

fn rowan(mend: &TestMend) -> String {
    format!("/m/sample/circles/{}", mend.circle(mend.sample, "Rowan"))
}

fn sure() -> [(&'static str, &'static str); 1] {
    [("sure", "on")]
}

#[test]
fn whoever_gives_back_their_seat_leaves_the_circle_and_owes_no_reason() {
    on_both(|mend| {
        let (mina, path) = (mend.as_("mina"), rowan(mend));
        let unsure = mina.post(&format!("{path}/leave"), &[]);
        assert!(unsure.code() == 409 && unsure.says(&mend.t("seat-back-unsure")));
        assert_eq!(mina.get(&path).code(), 200);
        let gone = "/m/sample/circles?told=seat-back";
        mina.post(&format!("{path}/leave"), &sure()).goes_to(gone);
        mina.get(&path).is_not_found();
        let lena = mend.as_("lena").get(&path);
        assert!(!lena.says(&mend.name("mina")), "{}", lena.text());
        mina.post(&format!("{path}/leave"), &sure()).is_not_found();
    });
}

#[test]
fn a_keeper_who_gives_back_their_seat_leaves_the_keeping_to_whoever_takes_it() {
    on_both(|mend| {
        let (mina, path) = (mend.as_("mina"), rowan(mend));
        assert!(!mina.get(&path).says(&mend.t("keeping-take")));
        let early = mina.post(&format!("{path}/keep"), &[]);
        assert!(early.code() == 409 && early.says(&mend.t("keeping-not-yours")));
        mend.as_("lena").post(&format!("{path}/leave"), &sure());
        assert!(mina.get(&path).says(&mend.t("keeping-take")));
        let kept = format!("{path}?told=keeper");
        mina.post(&format!("{path}/keep"), &[]).goes_to(&kept);
        assert_eq!(mina.get(&format!("{path}/edit")).code(), 200);
    });
}

#[test]
fn a_keeper_hands_over_only_to_somebody_in_the_circle() {
    on_both(|mend| {
        let (lena, path) = (mend.as_("lena"), rowan(mend));
        let (mina, bram) = (mend.id("mina").to_string(), mend.id("bram").to_string());
        let outside = lena.post(&format!("{path}/keep"), &[("person", &bram)]);
        assert!(outside.code() == 409 && outside.says(&mend.t("keeping-cannot")));
        let kept = format!("{path}?told=keeper");
        lena.post(&format!("{path}/keep"), &[("person", &mina)])
            .goes_to(&kept);
        lena.get(&format!("{path}/edit")).is_not_found();
        assert_eq!(mend.as_("mina").get(&format!("{path}/edit")).code(), 200);
    });
}

#[test]
fn only_the_keeper_and_stewards_free_the_seat_of_somebody_else() {
    on_both(|mend| {
        let path = rowan(mend);
        let mina = mend.id("mina").to_string();
        let form = [("person", mina.as_str())];
        let free = format!("{path}/free");
        mend.as_("mina").post(&free, &form).is_not_found();
        mend.as_("bram").post(&free, &form).is_not_found();
        let there = format!("{path}/edit?told=freed");
        mend.as_("lena").post(&free, &form).goes_to(&there);
        mend.as_("mina").get(&path).is_not_found();
        mend.as_("amara").post(&free, &form).goes_to(&there);
    });
}

#[test]
fn a_seat_that_was_given_back_can_be_taken_again_while_the_invitation_lasts() {
    on_both(|mend| {
        invite(mend, &[&["bram", "juno", "hana"]]);
        answer(mend, "bram", "yes");
        let (bram, path) = (mend.as_("bram"), circle_of(mend, "bram"));
        bram.post(&format!("{path}/leave"), &sure());
        bram.get(&path).is_not_found();
        answer(mend, "bram", "yes");
        assert_eq!(bram.get(&path).code(), 200);
    });
}

#[test]
fn letters_go_with_their_invitations() {
    on_both(|mend| {
        invite(mend, &[&["bram", "juno", "hana"], &["elif", "dario"]]);
        assert_eq!(count(mend, "letter"), 5);
        let ended = circle_of(mend, "elif");
        mend.as_("amara").post(&format!("{ended}/end"), &sure());
        assert_eq!(count(mend, "letter"), 3);
        mend.days(15);
        mend.jobs_begin();
        mend.do_jobs();
        assert_eq!((count(mend, "letter"), count(mend, "invitation")), (0, 0));
    });
}
