//! Long lists become a job: it can be watched, clicked twice, killed, and goes on.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use mend_store::{Scope, StoreError, sql};

use super::import::{CONFIRM, PATH, counts, look};
use crate::testing::client::{Ask, Client, at_once};
use crate::testing::tables::count;
use crate::testing::{TestMend, on_both};
use crate::with;
use crate::work;

/// Long enough to be a job of two pieces.
const ROWS: usize = 1_200;

fn list(rows: usize) -> Vec<u8> {
    let row = |at| format!("Person {at},person{at}@example.org,Group {}\n", at % 7);
    let rows: String = (0..rows).map(row).collect();
    format!("name,email,groups\n{rows}Twin,,North\nTwin,,North\n").into_bytes()
}

fn confirmed(client: &Client<'_>) -> String {
    let (upload, _) = look(client, &list(ROWS));
    let path = format!("{PATH}/{upload}");
    client.post(CONFIRM, &[("upload", &upload)]).goes_to(&path);
    path
}

#[test]
fn a_long_list_shows_how_far_it_is_and_comes_in_once() {
    on_both(|mend| {
        let steward = mend.other_steward();
        let before = count(mend, "person");
        let path = confirmed(&steward);
        let waiting = steward.get(&path);
        let far = with![done = 0, todo = ROWS + 2];
        assert!(
            waiting.says(&mend.tw("under-way-far", &far)),
            "{}",
            waiting.text()
        );
        assert_eq!(waiting.header("refresh"), "3");
        let upload = path.rsplit_once('/').unwrap().1;
        steward.post(CONFIRM, &[("upload", upload)]).goes_to(&path);
        mend.do_jobs();
        steward.get(&path).goes_to("/m/other/people?told=imported");
        assert_eq!(count(mend, "person"), before + ROWS + 2);
        assert_eq!(count(mend, "upload_part"), 0);
        steward
            .post(CONFIRM, &[("upload", upload)])
            .goes_to("/m/other/people?told=imported");
        mend.do_jobs();
        assert_eq!(count(mend, "person"), before + ROWS + 2);
        let (_, again) = look(&steward, &list(ROWS));
        assert_eq!(counts(mend, &again), [0, 0, ROWS + 2, 0]);
    });
}

/// How many rows are done, as the progress page says.
async fn done(mend: &TestMend) -> i64 {
    let read = mend.app.store.read(Scope::Movement(mend.other.0), |tx| {
        sql!("SELECT done FROM upload").one(tx, |row| row.int(0))
    });
    let done: Result<i64, StoreError> = read.await;
    done.unwrap()
}

/// Works until some rows are done, and then lets go of everything, as a kill would.
fn killed_half_way(mend: &TestMend) {
    mend.runtime.block_on(async {
        let work = work::once(&mend.app);
        tokio::pin!(work);
        while done(mend).await == 0 {
            let step = tokio::time::timeout(Duration::from_millis(1), &mut work).await;
            assert!(step.is_err(), "it was done before it could be killed");
        }
    });
}

#[test]
fn a_job_that_was_killed_does_the_rest_and_nobody_comes_in_twice() {
    on_both(|mend| {
        let steward = mend.other_steward();
        let before = count(mend, "person");
        let path = confirmed(&steward);
        killed_half_way(mend);
        mend.minutes(6);
        mend.do_jobs();
        steward.get(&path).goes_to("/m/other/people?told=imported");
        assert_eq!(count(mend, "person"), before + ROWS + 2);
    });
}

#[test]
fn whoever_erases_themselves_meanwhile_is_not_brought_in_again() {
    on_both(|mend| {
        let steward = mend.other_steward();
        confirmed(&steward);
        let steward_row = steward.get("/m/other/people?q=olu").text();
        assert!(steward_row.contains("Olu Adeleke"));
        steward.post(
            "/account/erase",
            &[("handle", "other-steward"), ("sure", "yes")],
        );
        mend.do_jobs();
        assert_eq!(count(mend, "upload"), 0);
        assert_eq!(count(mend, "upload_part"), 0);
    });
}

#[test]
fn many_clicks_at_once_begin_one_job() {
    on_both(|mend| {
        let steward = mend.other_steward();
        let before = count(mend, "person");
        let (upload, _) = look(&steward, &list(ROWS));
        let ask = || (steward.clone(), Ask::form(CONFIRM, &[("upload", &upload)]));
        for reply in at_once(mend, (0..6).map(|_| ask()).collect()) {
            reply.goes_to(&format!("{PATH}/{upload}"));
        }
        mend.do_jobs();
        assert_eq!(count(mend, "person"), before + ROWS + 2);
    });
}

#[test]
fn a_new_list_does_not_stop_one_that_is_under_way() {
    on_both(|mend| {
        let steward = mend.other_steward();
        let before = count(mend, "person");
        confirmed(&steward);
        look(&steward, b"name\nBo\n");
        mend.minutes(61);
        mend.jobs_begin();
        mend.do_jobs();
        assert_eq!(count(mend, "person"), before + ROWS + 2);
    });
}
