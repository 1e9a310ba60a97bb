//! A decline needs no reason and is shown to nobody: for a steward and for the others of a circle,
//! whoever declined looks exactly like whoever has not answered yet.
#![allow(clippy::unwrap_used)]

use super::{answer, circle_of, invite};
use crate::testing::client::Client;
use crate::testing::{TestMend, on_both};
use crate::with;

const RINGS: [&[&str]; 2] = [&["juno", "hana", "elif"], &["bram", "dario", "samira"]];

/// Everything that a steward can open, byte for byte.
fn stewards_view(mend: &TestMend, steward: &Client<'_>) -> Vec<(String, Vec<u8>)> {
    let mut paths = vec![
        "/m/sample".to_owned(),
        "/m/sample/circles".into(),
        "/m/sample/invitations".into(),
        "/m/sample/invitations/sheets".into(),
        "/m/sample/people".into(),
        "/m/sample/movement".into(),
    ];
    for key in ["juno", "hana", "bram"] {
        let circle = circle_of(mend, key);
        paths.extend([
            circle.clone(),
            format!("{circle}/pack"),
            format!("{circle}/edit"),
        ]);
        paths.push(format!("/m/sample/people/{}", mend.id(key)));
    }
    let file = steward.post("/m/sample/invitations/file", &[]).body;
    let pages = paths.into_iter();
    pages
        .map(|path| (path.clone(), steward.get(&path).body))
        .chain([("the file".to_owned(), file)])
        .collect()
}

#[test]
fn a_steward_cannot_tell_who_declined() {
    on_both(|mend| {
        let amara = mend.as_("amara");
        invite(mend, &RINGS);
        answer(mend, "hana", "yes");
        // Once handed out, before anybody declines.
        stewards_view(mend, &amara);
        let before = stewards_view(mend, &amara);
        answer(mend, "juno", "no");
        answer(mend, "dario", "no");
        assert_eq!(stewards_view(mend, &amara), before);
    });
}

#[test]
fn a_new_proposal_does_not_tell_who_declined() {
    on_both(|mend| {
        invite(mend, &RINGS);
        let amara = mend.as_("amara");
        let seated = || {
            let reply = amara.post("/m/sample/circles/propose", &[("seed", "3")]);
            let page = amara.get(reply.location());
            page.text().replace(reply.location(), "")
        };
        let before = seated();
        answer(mend, "juno", "no");
        assert_eq!(
            seated(),
            before,
            "whoever declined is not asked again before the invitation ends"
        );
        assert!(!before.contains("Juno"));
    });
}

#[test]
fn others_of_the_circle_cannot_tell_who_declined() {
    on_both(|mend| {
        invite(mend, &RINGS);
        answer(mend, "hana", "yes");
        let (hana, circle) = (mend.as_("hana"), circle_of(mend, "juno"));
        let view = || {
            [
                "/m/sample",
                "/m/sample/circles",
                &circle,
                &format!("{circle}/pack"),
            ]
            .map(|path| hana.get(path).body)
        };
        let before = view();
        answer(mend, "juno", "no");
        assert_eq!(view(), before);
        hana.get("/m/sample/invitations").is_not_found();
    });
}

/// What the keeper is told: how many seats are free or wait for an answer, in one number.
#[test]
fn the_keeper_reads_how_many_seats_are_open_and_cannot_tell_who_declined() {
    on_both(|mend| {
        invite(mend, &RINGS);
        answer(mend, "hana", "yes");
        let (circle, hana) = (circle_of(mend, "juno"), mend.id("hana"));
        let id: mend_rules::id::CircleId = circle.rsplit_once('/').unwrap().1.parse().unwrap();
        mend.write(mend_store::Scope::Movement(mend.sample.0), move |tx| {
            mend_store::sql!("UPDATE circle SET keeper_id = $2 WHERE id = $1")
                .id(id)
                .id(hana)
                .run(tx)
        });
        let keeper = mend.as_("hana");
        let told = |open: u32| mend.tw("seats-keeper", &with![open = open]);
        let before = keeper.get(&circle);
        assert!(before.says(&told(2)), "{}", before.text());
        answer(mend, "juno", "no");
        assert_eq!(keeper.get(&circle).body, before.body);
        assert!(!before.says("Juno") && !before.says("Elif"));
        assert!(
            !mend.as_("amara").get(&circle).says(&told(2)),
            "a steward is not told"
        );
        answer(mend, "elif", "yes");
        assert!(keeper.get(&circle).says(&told(1)));
    });
}

/// The table itself forgets, so that nobody can read it from a copy.
#[test]
fn after_the_invitation_ended_the_answer_is_nowhere() {
    on_both(|mend| {
        invite(mend, &RINGS);
        answer(mend, "juno", "no");
        mend.jobs_begin();
        mend.days(15);
        mend.do_jobs();
        assert!(crate::testing::tables::dump(mend)["invitation"].is_empty());
    });
}
