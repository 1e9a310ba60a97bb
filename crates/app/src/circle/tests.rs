//! Circles, through the front door: drafts, invitations, the circle itself, its calendar.
#![allow(clippy::unwrap_used)]

mod adults;
mod after;
mod answers;
mod calendar;
mod declines;
mod drafts;
mod hands;
mod inventory;
mod keeping;
mod letters;
mod offer;
mod seats;
mod standin;
mod wave;
mod ways;

use mend_rules::circle::{Proposal, Ring};
use mend_rules::id::{DraftId, PersonId};
use mend_store::Scope;

use super::rows;
use crate::testing::TestMend;
use crate::testing::client::Reply;

/// When and where, as the form of a draft sends it: the second Tuesday at 19:00, online.
const PLAN: [(&str, &str); 4] = [
    ("nth", "2"),
    ("weekday", "2"),
    ("starts", "19:00"),
    ("format", "online"),
];

/// A draft made by hand, past the search, of people of the sample movement.
fn draft(mend: &TestMend, rings: &[&[&str]]) -> DraftId {
    let ids = |keys: &&[&str]| {
        keys.iter()
            .map(|key| mend.id(key))
            .collect::<Vec<PersonId>>()
    };
    let rings = rings.iter().map(|keys| Ring {
        members: ids(keys),
        keeper: None,
    });
    let proposal = Proposal {
        rings: rings.collect(),
        unmet: Vec::new(),
        bound: 0,
        reached: 0,
        repeats: 0,
        seed: 1,
    };
    let (id, sample, now) = (DraftId(mend.app.new_id()), mend.sample, mend.now());
    mend.write(Scope::Movement(sample.0), move |tx| {
        rows::drop_drafts(tx, sample)?;
        rows::add_draft(tx, sample, id, 6, &proposal, now)
    });
    id
}

/// A draft made by hand and confirmed: its people are invited.
pub fn invite(mend: &TestMend, rings: &[&[&str]]) {
    let id = draft(mend, rings);
    let done = mend
        .as_("amara")
        .post(&format!("/m/sample/drafts/{id}/confirm"), &PLAN);
    done.goes_to("/m/sample/invitations?told=confirmed");
}

/// The link that answers somebody's invitation, as a steward's file says it.
pub fn link(mend: &TestMend, key: &str) -> String {
    let steward = mend.account_of("amara");
    let name = mend.name(key);
    let secret = crate::testing::links::answer_link(mend, "sample", steward, &name);
    format!("/m/sample/i/{secret}")
}

/// Answers by the link.
pub fn answer(mend: &TestMend, key: &str, word: &str) -> Reply {
    mend.visitor().post(&link(mend, key), &[("answer", word)])
}

/// The circle that somebody was invited to.
pub fn circle_of(mend: &TestMend, key: &str) -> String {
    let (sample, person) = (mend.sample, mend.id(key));
    mend.read(Scope::Movement(sample.0), |tx| {
        let all = rows::invitations(tx, sample, mend.now())?;
        let mine = all
            .into_iter()
            .find(|invitation| invitation.person == person);
        Ok(format!("/m/sample/circles/{}", mine.unwrap().circle.id))
    })
}
