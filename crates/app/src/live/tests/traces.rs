//! What is left of a circle once it is over: what may be kept, and nothing else, in no table and in
//! no file.
#![allow(clippy::unwrap_used)]

use mend_store::{Scope, sql};

use super::{Held, ROWAN};
use crate::testing::tables::{count, dump, hex, tables_with};
use crate::testing::{TestMend, on_both};

/// The sealed bytes of the live circle as they lie in the table.
fn sealed(mend: &TestMend) -> Vec<u8> {
    mend.read(Scope::Movement(mend.sample.0), |tx| {
        sql!("SELECT body_sealed FROM live").one(tx, |row| row.bytes(0))
    })
}

fn holds(mend: &TestMend, what: &[u8]) -> bool {
    let files = mend.files().unwrap();
    files.windows(what.len()).any(|part| part == what)
}

/// Everything happens that must leave no trace.
fn eventful(mend: &TestMend) -> Held<'_> {
    let held = Held::in_round(mend);
    held.does("lena", "skip");
    held.does("mina", "pass");
    held.does("tomas", "skip");
    held.does("kofi", "rest");
    held.does("sol", "call");
    held
}

#[test]
fn what_is_kept_is_the_day_the_length_the_count_the_step_the_format_and_a_yes() {
    on_both(|mend| {
        let held = eventful(mend);
        assert_eq!(dump(mend)["live"].len(), 1);
        mend.minutes(40);
        let before = dump(mend);
        held.sends("lena", "end", &held.version("lena"));
        let after = dump(mend);
        assert!(after["live"].is_empty());
        let new: Vec<_> = after
            .iter()
            .filter(|(name, rows)| before[*name] != **rows)
            .collect();
        let names: Vec<_> = new.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            ["held", "keeping", "live", "session"],
            "the test signs in anew each time"
        );
        let row = after["held"].iter().next().unwrap();
        let kept = ["2026-12-01", "40", "6", "1", "online"].map(str::to_owned);
        assert_eq!((&row[3..8], row[8].as_str()), (&kept[..], "1"));
        let people: Vec<_> = ROWAN.iter().map(|who| hex(&mend.id(who).0)).collect();
        assert!(
            row.iter().all(|cell| !people.contains(cell)),
            "nobody is named"
        );
    });
}

#[test]
fn no_file_holds_a_trace_of_it_and_no_backup_ever_did() {
    let mend = TestMend::new("sqlite");
    let held = eventful(&mend);
    let body = sealed(&mend);
    let pieces: Vec<&[u8]> = body.chunks(48).filter(|piece| piece.len() == 48).collect();
    assert!(
        pieces.iter().all(|piece| holds(&mend, piece)),
        "the scan sees it"
    );
    let aside = tempfile::tempdir().unwrap();
    let copy = aside.path().join("copy.db");
    mend_store::copy(&mend.data_file().unwrap(), &copy).unwrap();
    let backup = std::fs::read(&copy).unwrap();
    for piece in &pieces {
        assert!(
            !backup.windows(48).any(|part| part == *piece),
            "a backup holds it"
        );
    }
    held.sends("lena", "end", &held.version("lena"));
    for piece in &pieces {
        assert!(!holds(&mend, piece), "a file still holds it");
    }
}

#[test]
fn whoever_erases_themselves_in_the_middle_is_gone_from_it() {
    on_both(|mend| {
        let held = eventful(mend);
        held.does("lena", "carer sol");
        let sol = mend.id("sol");
        let reply = mend.as_("sol").post("/account/erase", &[("handle", "sol")]);
        reply.goes_to("/?told=erased");
        let told = held.follows("lena");
        assert!(!told.to_string().contains("Sol"), "{told}");
        let (circle, sample) = (held.circle, mend.sample);
        let live = mend.read(Scope::Movement(sample.0), |tx| {
            crate::live::acts::load(tx, &mend.app.key.0, sample, circle)
        });
        let kept = format!("{live:?}");
        assert!(
            !kept.contains(&format!("{:?}", sol.0)) && !kept.contains("Sol"),
            "{kept}"
        );
    });
}

#[test]
fn an_ask_and_a_name_for_next_time_go_with_their_owner() {
    on_both(|mend| {
        let held = Held::begun(mend);
        held.sends("lena", "end", &held.version("lena"));
        let sol = mend.as_("sol");
        sol.post(&held.at("/asks"), &[("ask", "A lift on Friday")]);
        let id = mend.id("sol").to_string();
        sol.post(&held.at("/kept"), &[("count", "6"), ("next", &id)]);
        assert_eq!(
            tables_with(&dump(mend), "A lift on Friday"),
            [""; 0],
            "it is sealed"
        );
        let named = tables_with(&dump(mend), &id);
        assert!(
            ["keeping", "kept_ask"]
                .iter()
                .all(|table| named.contains(&(*table).into())),
            "{named:?}"
        );
        sol.post("/account/erase", &[("handle", "sol")]);
        assert_eq!(tables_with(&dump(mend), &id), [""; 0]);
    });
}

#[test]
fn an_ask_goes_where_its_owner_has_no_seat_any_more() {
    on_both(|mend| {
        let held = Held::begun(mend);
        held.sends("lena", "end", &held.version("lena"));
        mend.as_("sol")
            .post(&held.at("/asks"), &[("ask", "A lift on Friday")]);
        let swept = || {
            mend.jobs_begin();
            mend.write(Scope::Instance, |tx| {
                sql!("UPDATE job SET due_at = 0").run(tx)
            });
            mend.do_jobs();
            count(mend, "kept_ask")
        };
        assert_eq!(swept(), 1);
        let circle = format!("/m/sample/circles/{}", held.circle);
        mend.as_("sol")
            .post(&format!("{circle}/leave"), &[("sure", "on")]);
        assert_eq!(swept(), 0);
    });
}
