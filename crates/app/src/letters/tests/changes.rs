//! Of what changes, people are written to when they would come at a wrong hour or to a wrong
//! place, and of nothing else.

use super::peer::Peer;
use mend_store::Scope;

use super::{later, something_changed, with_mail};
use crate::circle::tests::{answer, circle_of, invite};
use crate::post;
use crate::testing::{TestMend, on_both};

/// Juno has a seat in a circle online, the second Tuesday at 19:00, an hour each.
const AS_IT_WAS: [(&str, &str); 6] = [
    ("name", "Rook"),
    ("nth", "2"),
    ("weekday", "2"),
    ("starts", "19:00"),
    ("minutes", "60"),
    ("format", "online"),
];

const MOVE: &str = "meetings/2026-12-08/move";

type Deed = fn(&Stage<'_>);

struct Stage<'a> {
    mend: &'a TestMend,
    peer: Peer,
    own: String,
}

impl<'a> Stage<'a> {
    fn new(mend: &'a TestMend) -> Self {
        let peer = with_mail(mend);
        invite(mend, &[&["juno", "samira", "elif"]]);
        answer(mend, "juno", "yes");
        let own = circle_of(mend, "juno");
        let stage = Self { mend, peer, own };
        stage.edit(&[]);
        later(mend, 60);
        stage
    }

    fn send(&self, to: &str, fields: &[(&str, &str)]) {
        let path = format!("{}/{to}", self.own);
        let sent = self.mend.as_("amara").post(&path, fields);
        assert_eq!(sent.code(), 303, "{to}: {}", sent.text());
    }

    /// Saves the circle's form again, with something in it that is different.
    fn edit(&self, different: &[(&str, &str)]) {
        let mut fields: Vec<_> = AS_IT_WAS.to_vec();
        fields.retain(|(name, _)| different.iter().all(|(other, _)| other != name));
        fields.extend(different);
        self.send("edit", &fields);
    }

    /// How many letters that something changed a deed sends to Juno.
    fn letters(&self, deed: impl Fn(&Self)) -> usize {
        let before = self.told();
        deed(self);
        later(self.mend, 6);
        self.told() - before
    }

    fn told(&self) -> usize {
        let mut got = self.peer.got();
        got.retain(|mail| mail.contains("To: juno@") && mail.contains("something has changed"));
        got.len()
    }
}

#[test]
fn a_name_a_step_or_the_same_again_brings_nobody_a_letter() {
    on_both(|mend| {
        let stage = Stage::new(mend);
        let same = [("to", "2026-12-08"), ("at", "19:00")];
        assert_eq!(stage.letters(|stage| stage.edit(&[])), 0, "the same");
        let renamed = stage.letters(|stage| stage.edit(&[("name", "Raven")]));
        assert_eq!(renamed, 0, "another name");
        let walk = stage.letters(|stage| stage.edit(&[("walk", "chosen"), ("open", "on")]));
        assert_eq!(walk, 0, "other ways");
        let step = stage.letters(|stage| stage.send("meetings/2026-12-08/step", &[("step", "1")]));
        assert_eq!(step, 0, "another step");
        let moved = stage.letters(|stage| stage.send(MOVE, &same));
        assert_eq!(moved, 0, "moved to where it was");
    });
}

#[test]
fn another_hour_another_place_or_no_meeting_brings_one_letter_each() {
    on_both(|mend| {
        let stage = Stage::new(mend);
        let deeds: [(&str, Deed); 8] = [
            ("another hour", |s| s.edit(&[("starts", "18:00")])),
            ("longer", |s| s.edit(&[("minutes", "90")])),
            ("in a room", |s| {
                s.edit(&[("format", "room"), ("place", "The hall")])
            }),
            ("online again", |s| s.edit(&[])),
            ("moved", |s| {
                s.send(MOVE, &[("to", "2026-12-09"), ("at", "19:00")])
            }),
            ("left out", |s| s.send("meetings/2026-12-08/skip", &[])),
            ("as it was", |s| s.send("meetings/2026-12-08/undo", &[])),
            ("its end", |s| s.send("end", &[("sure", "on")])),
        ];
        for (what, deed) in deeds {
            assert_eq!(stage.letters(deed), 1, "{what}");
        }
    });
}

#[test]
fn news_that_finds_no_way_out_for_a_month_is_let_go_of() {
    on_both(|mend| {
        let (sample, juno) = (mend.sample, mend.id("juno"));
        let waiting = || {
            mend.write(Scope::Movement(sample.0), move |tx| {
                post::waiting_for(tx, sample, juno)
            })
        };
        something_changed(mend, "juno");
        later(mend, 29 * 24 * 60);
        assert_eq!(waiting().len(), 1, "it still helps");
        later(mend, 2 * 24 * 60);
        assert!(waiting().is_empty());
        let peer = with_mail(mend);
        later(mend, 60);
        assert!(peer.got().iter().all(|mail| !mail.contains("To: juno@")));
    });
}
