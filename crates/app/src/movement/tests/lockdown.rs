//! Locking a movement: one steward closes it, two open it, and it opens by itself.
#![allow(clippy::unwrap_used)]

use mend_rules::movement::STEWARD_DAYS;
use mend_store::{Scope, sql};

use crate::movement;
use crate::testing::client::{Client, Reply};
use crate::testing::tables::dump_but;
use crate::testing::{TestMend, on_both};
use crate::with;

/// Three people who serve as stewards of the sample movement.
const STEWARDS: [&str; 3] = ["amara", "mina", "ravi"];

fn with_stewards(mend: &TestMend) {
    let (sample, now) = (mend.sample, mend.now());
    for key in STEWARDS {
        mend.account_of(key);
        let id = mend.id(key);
        mend.write(Scope::Movement(sample.0), move |tx| {
            movement::set_steward(tx, sample, id, now, now.days(STEWARD_DAYS))
        });
    }
}

fn lock(client: &Client<'_>) -> Reply {
    client.post("/m/sample/lock/begin", &[("sure", "on")])
}

fn open(client: &Client<'_>) -> Reply {
    client.post("/m/sample/lock/open", &[])
}

/// Time passes in a Mend that runs.
fn hours(mend: &TestMend, hours: usize) {
    for _ in 0..hours {
        mend.minutes(60);
        mend.jobs_begin();
        mend.write(Scope::Instance, |tx| {
            sql!("UPDATE job SET due_at = 0").run(tx)
        });
        mend.do_jobs();
    }
}

fn is_locked(mend: &TestMend) -> bool {
    let reply = mend.as_("mina").get("/m/sample");
    assert!(matches!(reply.code(), 200 | 503), "{}", reply.text());
    reply.code() == 503
}

#[test]
fn a_lock_signs_everybody_out_but_whoever_locks_and_shows_nothing() {
    on_both(|mend| {
        with_stewards(mend);
        let (amara, tablet, mina) = (mend.as_("amara"), mend.as_("amara"), mend.as_("mina"));
        lock(&amara).goes_to("/m/sample/lock");
        for gone in [&tablet, &mina] {
            gone.get("/m/sample").goes_to("/sign-in?next=/m/sample");
        }
        for path in ["", "/circles", "/me", "/help", "/people", "/me/export"] {
            let reply = amara.get(&format!("/m/sample{path}"));
            assert_eq!(reply.code(), 503, "{path}");
            assert_eq!(reply.header("retry-after"), "3600");
            assert!(reply.says(&mend.t("problem-locked-why")));
            assert!(reply.links().contains(&"/m/sample/lock".to_owned()));
            assert!(!reply.links().contains(&"/m/sample/circles".to_owned()));
        }
        let again = mend.as_("mina").get("/m/sample/circles");
        assert_eq!(again.code(), 503);
        assert!(again.says(&mend.tw("locked-hours", &with![hours = 24])));
        assert!(
            !again.says(&mend.name("amara")),
            "members do not read who locked"
        );
        let olu = mend.other_steward();
        assert_eq!(olu.get("/m/other").code(), 200, "elsewhere life goes on");
        olu.get("/m/sample").is_not_found();
    });
}

#[test]
fn whoever_follows_a_live_circle_is_let_go_at_once() {
    on_both(|mend| {
        with_stewards(mend);
        let rowan = mend.circle(mend.sample, "Rowan");
        let follows = mend.app.halls.enter(rowan, mend.sample).unwrap();
        lock(&mend.as_("amara"));
        assert!(follows.has_changed().is_err());
    });
}

#[test]
fn nobody_comes_back_or_is_made_a_steward_while_it_is_locked() {
    on_both(|mend| {
        with_stewards(mend);
        let (lena, amara, sample, now) =
            (mend.as_("lena"), mend.as_("amara"), mend.sample, mend.now());
        lena.post("/m/sample/me/leave", &[("sure", "on")]);
        let link = mend.write(Scope::Instance, move |tx| {
            movement::open_link(tx, Some(sample), now)
        });
        lock(&amara);
        let before = dump_but(mend, &["session"]);
        let lena = mend.as_("lena");
        let back = lena.post("/movements/return", &[("movement", "sample")]);
        assert_eq!(back.code(), 503);
        assert_eq!(
            lena.post(&format!("/begin/{}/take", *link.to_text()), &[])
                .code(),
            503
        );
        assert_eq!(dump_but(mend, &["session"]), before);
    });
}

#[test]
fn it_opens_by_itself_after_a_day_and_everybody_can_come_back() {
    on_both(|mend| {
        with_stewards(mend);
        lock(&mend.as_("amara"));
        hours(mend, 23);
        assert!(is_locked(mend));
        hours(mend, 1);
        assert!(!is_locked(mend));
        let again = lock(&mend.as_("amara"));
        assert!(again.code() == 409 && again.says(&mend.t("lock-again")));
        lock(&mend.as_("ravi")).goes_to("/m/sample/lock");
        assert!(is_locked(mend));
    });
}

#[test]
fn a_second_steward_keeps_it_locked_for_seven_days_and_the_first_cannot() {
    on_both(|mend| {
        with_stewards(mend);
        let amara = mend.as_("amara");
        lock(&amara);
        let own = amara.post("/m/sample/lock/keep", &[]);
        assert!(own.code() == 409 && own.says(&mend.t("lock-own")));
        let page = mend.as_("ravi").get("/m/sample/lock");
        assert!(page.says(&mend.tw("locked-by", &with![name = mend.name("amara")])));
        let kept = mend.as_("ravi").post("/m/sample/lock/keep", &[]);
        kept.goes_to("/m/sample/lock");
        hours(mend, 7 * 24 - 1);
        assert!(is_locked(mend));
        hours(mend, 1);
        assert!(!is_locked(mend));
    });
}

#[test]
fn two_stewards_open_it_early_and_one_alone_never_does() {
    on_both(|mend| {
        with_stewards(mend);
        lock(&mend.as_("amara"));
        for _ in 0..3 {
            open(&mend.as_("amara")).goes_to("/m/sample/lock");
        }
        assert!(is_locked(mend));
        let noor = mend.as_("ravi");
        let asked = mend.tw("lock-open-second", &with![name = mend.name("amara")]);
        assert!(noor.get("/m/sample/lock").says(&asked));
        open(&noor).goes_to("/m/sample?told=opened");
        assert!(!is_locked(mend));
        open(&noor).goes_to("/m/sample?told=opened");
    });
}

#[test]
fn the_word_of_somebody_who_serves_no_longer_opens_nothing() {
    on_both(|mend| {
        with_stewards(mend);
        lock(&mend.as_("amara"));
        open(&mend.as_("mina"));
        let (sample, mina, now) = (mend.sample, mend.id("mina"), mend.now());
        mend.write(Scope::Movement(sample.0), move |tx| {
            movement::set_steward(tx, sample, mina, now, now)
        });
        open(&mend.as_("ravi")).goes_to("/m/sample/lock");
        assert!(is_locked(mend));
    });
}

#[test]
fn a_clock_that_is_set_neither_opens_a_lock_nor_holds_it_for_ever() {
    on_both(|mend| {
        with_stewards(mend);
        lock(&mend.as_("amara"));
        for days in [300, -600] {
            mend.clock_jumps(days);
            hours(mend, 1);
            assert!(is_locked(mend), "{days}");
        }
        // What passed around a clock that was set back is not known, so it is not counted.
        hours(mend, 23);
        assert!(!is_locked(mend));
    });
}

#[test]
fn only_stewards_lock_and_only_with_a_fresh_proof_and_a_tick() {
    on_both(|mend| {
        with_stewards(mend);
        let (amara, bram) = (mend.as_("amara"), mend.as_("bram"));
        let before = dump_but(mend, &["session", "account", "person"]);
        lock(&bram).is_not_found();
        bram.get("/m/sample/lock").is_not_found();
        let unsure = amara.post("/m/sample/lock/begin", &[]);
        assert!(unsure.code() == 409 && unsure.says(&mend.t("unsure")));
        assert_eq!(dump_but(mend, &["session", "account", "person"]), before);
        let noor = mend.as_("ravi");
        mend.minutes(61);
        lock(&noor).goes_to("/prove?next=/m/sample/lock");
        assert!(!is_locked(mend));
    });
}

#[test]
fn whoever_is_the_only_steward_is_told_before_that_only_the_host_could_open() {
    on_both(|mend| {
        let olu = mend.other_steward();
        assert!(olu.get("/m/other/lock").says(&mend.t("lock-only-steward")));
        olu.post("/m/other/lock/begin", &[("sure", "on")]);
        olu.post("/m/other/lock/open", &[]).goes_to("/m/other/lock");
        assert!(
            olu.get("/m/other/lock")
                .says(&mend.t("locked-only-steward"))
        );
        let (other, now) = (mend.other, mend.now());
        mend.write(Scope::Movement(other.0), move |tx| {
            movement::lockdown::by_host(tx, other, false, now)
        });
        assert_eq!(olu.get("/m/other").code(), 200);
        mend.write(Scope::Movement(other.0), move |tx| {
            movement::lockdown::by_host(tx, other, true, now)
        });
        olu.get("/m/other").goes_to("/sign-in?next=/m/other");
        assert_eq!(mend.other_steward().get("/m/other").code(), 503);
    });
}

#[test]
fn the_ledger_holds_what_was_done_to_a_lock() {
    on_both(|mend| {
        with_stewards(mend);
        lock(&mend.as_("amara"));
        mend.as_("ravi").post("/m/sample/lock/keep", &[]);
        open(&mend.as_("amara"));
        open(&mend.as_("mina"));
        let sample = mend.sample;
        let deeds = mend.read(Scope::Movement(sample.0), |tx| {
            sql!("SELECT deed FROM ledger WHERE movement_id = $1 AND (deed LIKE '%lock%' OR deed LIKE '%open%')")
                .id(sample)
                .all(tx, |row| row.text(0))
        });
        for deed in [
            "movement locked",
            "lock kept",
            "opening asked",
            "movement opened",
        ] {
            assert!(deeds.iter().any(|one| one == deed), "{deed}");
        }
    });
}
