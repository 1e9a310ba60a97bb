//! A program that is killed in the middle of a step: the next start finds either all of the step
//! or nothing of it, and goes on.
#![allow(clippy::unwrap_used)] // A failed step is a failed test.

use std::path::Path;
use std::process::Command;

use rusqlite::functions::FunctionFlags;

use super::{Migration, SQLITE, newest, run};
use crate::sqlite::{Lite, SYNCHRONOUS, connect};
use crate::{OpenError, look_at};

/// Where a child of this test is told to die: the number of a step and of a statement in it.
const DIES_AT: &str = "MEND_TEST_DIES_AT";

fn statements(step: &Migration) -> Vec<&'static str> {
    step.text
        .split_inclusive(';')
        .filter(|text| text.trim().ends_with(';'))
        .collect()
}

/// The steps, with one that kills the whole program after so many of its statements.
fn deadly(number: i64, after: usize) -> Vec<Migration> {
    let cut = |step: &Migration| match step.number == number {
        true => Migration {
            text: (statements(step)[..after].concat() + " SELECT die();").leak(),
            ..*step
        },
        false => *step,
    };
    SQLITE.iter().map(cut).collect()
}

/// Not a test by itself: what the child does.
#[test]
fn a_child_dies_where_it_is_told_to() {
    let Ok(told) = std::env::var(DIES_AT) else {
        return;
    };
    let (at, file) = told.split_once(' ').unwrap();
    let (number, after) = at.split_once(':').unwrap();
    let mut connection = connect(Path::new(file), SYNCHRONOUS).unwrap();
    connection
        .create_scalar_function(
            "die",
            0,
            FunctionFlags::SQLITE_UTF8,
            |_| -> rusqlite::Result<i64> { std::process::abort() },
        )
        .unwrap();
    let steps = deadly(number.parse().unwrap(), after.parse().unwrap());
    let _ = run(&mut connection, &steps);
    std::process::exit(0);
}

fn kill_at(number: i64, after: usize, file: &Path) {
    let child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "migrate::tests::a_child_dies_where_it_is_told_to",
        ])
        .env(DIES_AT, format!("{number}:{after} {}", file.display()))
        .output()
        .unwrap();
    assert!(
        child.status.code().is_none(),
        "the child was killed: {child:?}"
    );
}

#[test]
fn a_step_killed_after_any_of_its_statements_is_done_at_the_next_start() {
    let mut kills = 0;
    for step in SQLITE {
        for after in 0..=statements(step).len() {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("mend.db");
            kill_at(step.number, after, &file);
            assert_eq!(
                look_at(&file).unwrap(),
                step.number - 1,
                "nothing of it is there"
            );
            drop(Lite::open(&file, SYNCHRONOUS).unwrap());
            assert_eq!(look_at(&file).unwrap(), newest());
            kills += 1;
        }
    }
    assert!(kills > 30, "only {kills}");
}

#[test]
fn an_older_program_leaves_newer_data_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mend.db");
    drop(Lite::open(&file, SYNCHRONOUS).unwrap());
    let older = &SQLITE[..SQLITE.len() - 1];
    let refused = run(&mut connect(&file, SYNCHRONOUS).unwrap(), older);
    let (data, program) = (newest(), newest() - 1);
    assert_eq!(refused, Err(OpenError::Newer { data, program }));
    assert_eq!(look_at(&file).unwrap(), newest());
}
