//! Letters through the front door and over a real line: what goes out, to whom, when, and what
//! happens when the mail server fails at any point.
#![allow(clippy::unwrap_used)]

mod changes;
mod choices;
mod hostile;
mod peer;
mod reminders;
mod stewards;

use lettre::message::Mailbox;
use mend_store::Scope;

use crate::post::way::{Out, Safety, Server};
use crate::post::{self, Way};
use crate::testing::TestMend;
use peer::Peer;

/// Letters of this instance go to that mail server.
fn through(mend: &TestMend, port: u16) {
    let from: Mailbox = "post@mend.example".parse().unwrap();
    let server = Server {
        host: "127.0.0.1".into(),
        port,
        safety: Safety::Plain,
        login: None,
    };
    let way = Way {
        out: Out::Smtp(server),
        from,
    };
    mend.app.post.set(way).unwrap();
}

/// A mail server that takes everything, with letters of this instance going to it.
fn with_mail(mend: &TestMend) -> Peer {
    let peer = Peer::start();
    through(mend, peer.port);
    peer
}

/// Time passes, the jobs are done, and what is due goes out.
fn later(mend: &TestMend, minutes: i64) {
    mend.minutes(minutes);
    tick(mend);
    mend.send_letters();
}

fn tick(mend: &TestMend) {
    mend.jobs_begin();
    mend.all_jobs_due();
}

/// Something changed that somebody is told of.
fn something_changed(mend: &TestMend, key: &str) {
    let (sample, person, now) = (mend.sample, mend.id(key), mend.now());
    mend.write(Scope::Movement(sample.0), move |tx| {
        post::changed(tx, sample, person, now)
    });
}
