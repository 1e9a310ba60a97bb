//! Backups that come back, and those that say why not.
#![allow(clippy::unwrap_used)] // A failed step is a failed test.

use std::fs;
use std::path::{Path, PathBuf};

use mend_rules::time::Time;
use mend_seal::ColumnKey;
use mend_store::testing::{Fresh, fresh};
use mend_store::{Place, Scope};
use tempfile::TempDir;

use super::make::{Asked, make};
use super::restore::{KeyIs, drill, put_key, restore};
use super::sealed::{Identity, Recipient};
use super::{Plan, shelf};
use crate::testing::{TestMend, begin, key};
use crate::work::{self, Job};
use crate::{demo, keys};

/// The sample movement in a file, a folder for backups, and a key that opens them.
struct Kept {
    fresh: Fresh,
    folder: TempDir,
    recipient: Recipient,
    identity: PathBuf,
}

fn kept() -> Kept {
    let fresh = fresh("sqlite");
    demo::fill(
        &fresh.store,
        &key(),
        Some(demo::HalfYear::read().unwrap()),
        begin(),
    )
    .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (text, recipient) = super::sealed::generate();
    let identity = folder.path().join("key.txt");
    fs::write(&identity, text).unwrap();
    Kept {
        fresh,
        recipient: recipient.parse().unwrap(),
        identity,
        folder,
    }
}

impl Kept {
    fn data(&self) -> &Path {
        match &self.fresh.place {
            Place::File(file) => file,
            Place::Postgres(_) => panic!("asked for SQLite"),
        }
    }

    fn people(&self) -> usize {
        super::restore::count(&self.fresh.store).unwrap().1
    }

    fn make(&self, recipients: &[Recipient], key: Option<&ColumnKey>) -> PathBuf {
        let asked = Asked {
            data: self.data(),
            folder: self.folder.path(),
            recipients,
            key,
        };
        make(&asked, begin()).unwrap()
    }

    fn sealed(&self) -> PathBuf {
        self.make(std::slice::from_ref(&self.recipient), None)
    }

    fn empty(&self) -> PathBuf {
        self.folder.path().join("back")
    }
}

fn refused<T>(tried: Result<T, String>) -> String {
    tried.err().expect("it is refused")
}

#[test]
fn a_sealed_backup_comes_back_with_everybody_in_it() {
    let kept = kept();
    let made = kept.sealed();
    assert!(made.ends_with("mend-20261201T100000Z.age"), "{made:?}");
    let sealed = fs::read(&made).unwrap();
    assert!(
        !sealed.windows(6).any(|at| at == b"SQLite"),
        "nothing shows"
    );
    let back = restore(&made, Some(&kept.identity), &kept.empty()).unwrap();
    assert_eq!((back.movements, back.people), (1, kept.people()));
    let place = Place::File(kept.empty().join("mend.db"));
    let store = mend_store::Store::open(&place).unwrap();
    assert_eq!(store.check_now(), Ok(()));
    let left: Vec<_> = fs::read_dir(kept.data().parent().unwrap())
        .unwrap()
        .collect();
    let names = left.into_iter().map(|it| it.unwrap().file_name());
    assert!(!names.into_iter().any(|name| name == "backup.part"));
}

#[test]
fn a_drill_says_the_same_and_leaves_nothing() {
    let kept = kept();
    let made = kept.make(&[], None);
    let tried = drill(&made, None, None).unwrap();
    assert_eq!((tried.movements, tried.people), (1, kept.people()));
}

#[test]
fn a_backup_never_goes_over_what_is_there() {
    let kept = kept();
    let made = kept.sealed();
    let before = fs::read(kept.data()).unwrap();
    let why = refused(restore(
        &made,
        Some(&kept.identity),
        kept.data().parent().unwrap(),
    ));
    assert!(why.contains("never goes over it"), "{why}");
    assert_eq!(fs::read(kept.data()).unwrap(), before);
}

#[test]
fn the_wrong_key_and_no_key_are_said_and_leave_an_empty_folder() {
    let kept = kept();
    let made = kept.sealed();
    let other = kept.folder.path().join("other.txt");
    fs::write(&other, super::sealed::generate().0).unwrap();
    for (identity, says) in [
        (Some(&*other), "was not sealed for that key"),
        (None, "--identity"),
    ] {
        let why = refused(restore(&made, identity, &kept.empty()));
        assert!(why.contains(says), "{why}");
        assert_eq!(fs::read_dir(kept.empty()).unwrap().count(), 0);
    }
    let (text, recipient) = super::sealed::generate();
    let slip = text.replace("AGE-SECRET-KEY-1", "AGE-SECRET-KEY-1X");
    for (text, says) in [
        ("not a key", "holds no key"),
        (&recipient, "only the line that seals"),
        (&slip, "a slip of the pen"),
    ] {
        fs::write(&other, text).unwrap();
        let why = refused(restore(&made, Some(&other), &kept.empty()));
        assert!(why.contains(says) && why.contains("paper"), "{why}");
    }
}

#[test]
fn a_backup_that_was_cut_or_changed_is_refused() {
    let kept = kept();
    let made = kept.sealed();
    let whole = fs::read(&made).unwrap();
    let bad = kept.folder.path().join("bad.age");
    for at in [250, whole.len() / 2, whole.len() - 1] {
        fs::write(&bad, &whole[..at]).unwrap();
        let why = refused(drill(&bad, Some(&kept.identity), None));
        assert!(why.contains("damaged"), "cut at {at}: {why}");
        let mut changed = whole.clone();
        changed[at] ^= 1;
        fs::write(&bad, &changed).unwrap();
        refused(drill(&bad, Some(&kept.identity), None));
    }
    fs::write(&bad, "").unwrap();
    let why = refused(drill(&bad, Some(&kept.identity), None));
    assert!(why.contains("bad.age is damaged"), "empty: {why}");
    let open = fs::read(kept.make(&[], None)).unwrap();
    let mut changed = open.clone();
    changed[5 * 4096..7 * 4096].fill(0xAB);
    fs::write(&bad, changed).unwrap();
    let why = refused(drill(&bad, None, None));
    assert!(why.contains("bad.age is damaged"), "{why}");
}

#[test]
fn a_drill_tells_whether_the_column_key_on_paper_is_the_right_one() {
    let kept = kept();
    let papers = kept.folder.path().join("papers");
    keys::open(&kept.fresh.store, &papers, begin()).unwrap();
    let (made, paper) = (kept.sealed(), keys::file(&papers));
    let tried = |paper| drill(&made, Some(&kept.identity), Some(paper));
    assert!(tried(&paper).is_ok());
    let (other, none) = (papers.join("other"), papers.join("none"));
    keys::keep(
        &ColumnKey::make(&mut |bytes: &mut [u8]| bytes.fill(3)),
        &other,
    )
    .unwrap();
    let why = refused(tried(&other));
    assert!(why.contains("belongs to other data"), "{why}");
    let why = refused(tried(&none));
    assert!(why.contains("is not there"), "{why}");
}

#[test]
fn the_key_comes_back_only_if_it_was_put_in_and_never_over_another() {
    let kept = kept();
    let without = drill(&kept.sealed(), Some(&kept.identity), None).unwrap();
    assert!(without.key.is_none());
    let made = kept.make(std::slice::from_ref(&kept.recipient), Some(&key()));
    let with = restore(&made, Some(&kept.identity), &kept.empty()).unwrap();
    let folder = kept.folder.path().join("keys");
    assert!(matches!(put_key(None, &folder).unwrap(), KeyIs::Missing(_)));
    assert!(folder.is_dir(), "a place to put it");
    let written = put_key(with.key.as_ref(), &folder).unwrap();
    assert!(matches!(written, KeyIs::Written(_)));
    let read = keys::read(&keys::file(&folder)).unwrap();
    assert_eq!(*read.to_text(), *key().to_text());
    let again = put_key(with.key.as_ref(), &folder).unwrap();
    assert!(matches!(again, KeyIs::There(_)));
}

#[test]
fn whoever_was_signed_in_is_not_signed_in_by_a_backup() {
    let mend = TestMend::new("sqlite");
    mend.as_("amara");
    let data = mend.data_file().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let asked = Asked {
        data: &data,
        folder: folder.path(),
        recipients: &[],
        key: None,
    };
    let made = make(&asked, begin()).unwrap();
    let back = folder.path().join("back");
    restore(&made, None, &back).unwrap();
    let store = mend_store::Store::open(&Place::File(back.join("mend.db"))).unwrap();
    let sessions = store.read_now::<_, mend_store::StoreError>(Scope::Instance, |tx| {
        mend_store::sql!("SELECT COUNT(*) FROM session").one(tx, |row| row.int(0))
    });
    assert_eq!(sessions, Ok(0));
}

#[test]
fn names_are_read_as_they_are_written_and_others_are_left_alone() {
    let second = Time(begin().0 / 1_000_000 * 1_000_000);
    for sealed in [true, false] {
        assert_eq!(shelf::read(&shelf::name(second, sealed)), Some(second));
    }
    for other in [
        "mend.db",
        "mend-2026.age",
        "photo.age",
        "mend-20261301T100000Z.age",
    ] {
        assert_eq!(shelf::read(other), None, "{other}");
    }
}

#[test]
fn the_shelf_lets_go_of_old_sealed_ones_only() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str| fs::write(folder.path().join(name), "").unwrap();
    for hour in 0..400 {
        put(&shelf::name(begin().minutes(-60 * hour), true));
    }
    let open = shelf::name(begin().days(-300), false);
    put(&open);
    put("letter.txt");
    put("mend-20261201T080000Z.age.part");
    shelf::clear_parts(folder.path()).unwrap();
    for _ in 0..100 {
        shelf::let_go(folder.path(), begin()).unwrap();
    }
    let left = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 24 * 14 + 1 + 2);
    assert!(folder.path().join(open).exists());
}

fn plan(mend: &TestMend, folder: &Path) -> Plan {
    let data = mend.data_file().unwrap_or_else(|| folder.join("none"));
    let recipients = vec![Identity::generate().to_public()];
    Plan::new(&data, folder, recipients, mend.now()).unwrap()
}

#[test]
fn the_server_makes_one_every_hour() {
    let mend = TestMend::new("sqlite");
    let folder = tempfile::tempdir().unwrap();
    mend.app.backups.set(plan(&mend, folder.path())).unwrap();
    let now = mend.now();
    mend.write(Scope::Instance, move |tx| work::later(tx, Job::Backup, now));
    mend.do_jobs();
    mend.minutes(59);
    mend.do_jobs();
    assert_eq!(shelf::made(folder.path()).unwrap().len(), 1);
    mend.minutes(1);
    mend.do_jobs();
    assert_eq!(shelf::made(folder.path()).unwrap().len(), 2);
}

#[test]
fn a_clock_that_was_years_ahead_does_not_keep_the_next_one_away() {
    let mend = TestMend::new("sqlite");
    let folder = tempfile::tempdir().unwrap();
    mend.app.backups.set(plan(&mend, folder.path())).unwrap();
    let ahead = mend.now().days(3650);
    mend.write(Scope::Instance, move |tx| {
        work::later(tx, Job::Backup, ahead)
    });
    mend.do_jobs();
    assert_eq!(shelf::made(folder.path()).unwrap(), [mend.now()]);
}

#[test]
fn stewards_are_told_when_there_was_no_backup_for_more_than_a_day() {
    let mend = TestMend::new("sqlite");
    let folder = tempfile::tempdir().unwrap();
    let late = mend.t("home-backup-late");
    let says = |who: &str| mend.as_(who).get("/m/sample").says(&late);
    mend.days(3);
    assert!(!says("amara"), "nobody asked for backups");
    fs::write(folder.path().join(shelf::name(mend.now(), true)), "").unwrap();
    mend.app.backups.set(plan(&mend, folder.path())).unwrap();
    mend.minutes(26 * 60);
    assert!(!says("amara"));
    mend.minutes(1);
    assert!(says("amara") && !says("mina"));
}

#[test]
fn whoever_erased_themselves_is_in_no_backup_once_the_keep_time_is_over() {
    let mend = TestMend::new("sqlite");
    let folder = tempfile::tempdir().unwrap();
    let (text, recipient) = super::sealed::generate();
    let identity = folder.path().join("key.txt");
    fs::write(&identity, text).unwrap();
    let shelf = folder.path().join("shelf");
    fs::create_dir(&shelf).unwrap();
    let data = mend.data_file().unwrap();
    let plan = Plan::new(&data, &shelf, vec![recipient.parse().unwrap()], mend.now());
    mend.app.backups.set(plan.unwrap()).unwrap();
    let begun = mend.now();
    mend.write(Scope::Instance, move |tx| {
        work::later(tx, Job::Backup, begun)
    });
    mend.do_jobs();
    let in_backups = || {
        let all = fs::read_dir(&shelf)
            .unwrap()
            .map(|file| file.unwrap().path());
        let named = all.filter(|file| {
            let back = tempfile::tempdir().unwrap();
            let back = back.path().join("back");
            restore(file, Some(&identity), &back).unwrap();
            let whole = fs::read(back.join("mend.db")).unwrap();
            whole.windows(12).any(|at| at == b"Mina Petrova")
        });
        named.count()
    };
    assert_eq!(in_backups(), 1, "the control");
    let erased = mend
        .as_("mina")
        .post("/account/erase", &[("handle", "mina")]);
    assert_eq!(erased.code(), 303, "{}", erased.text());
    for _ in 0..2 * 16 {
        mend.minutes(12 * 60);
        mend.do_jobs();
    }
    assert!(fs::read_dir(&shelf).unwrap().count() > 24);
    assert_eq!(in_backups(), 0);
}
