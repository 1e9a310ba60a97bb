//! The key file: made once, kept to oneself, and missed in words.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use mend_seal::ColumnKey;
use mend_store::testing::{Fresh, on_both};

use super::{KeyTrouble, file, folder, open, print_of, renew};
use crate::testing::begin;

/// Opens the key of a store in a folder of its own.
fn opened(fresh: &Fresh, keys: &Path) -> Result<ColumnKey, KeyTrouble> {
    open(&fresh.store, keys, begin())
}

fn trouble(fresh: &Fresh, keys: &Path) -> String {
    opened(fresh, keys).map(|_| ()).unwrap_err().to_string()
}

/// Each test gets a store and an empty folder beside it.
fn on_both_with_a_folder(test: impl Fn(&Fresh, &Path)) {
    on_both(|fresh| {
        let folder = tempfile::tempdir().unwrap();
        test(fresh, &folder.path().join("keys"));
    });
}

#[test]
fn the_folder_of_keys_lies_beside_the_data_and_not_in_it() {
    assert_eq!(
        folder(Path::new("/srv/mend/data")),
        Path::new("/srv/mend/data-keys")
    );
    assert_eq!(folder(Path::new("mend-data")), Path::new("mend-data-keys"));
}

#[test]
fn the_first_start_makes_a_key_that_only_its_owner_reads() {
    on_both_with_a_folder(|fresh, keys| {
        let key = opened(fresh, keys).unwrap();
        let text = fs::read_to_string(file(keys)).unwrap();
        assert_eq!(text, format!("{}\n", *key.to_text()));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&file(keys)), mode(keys)), (0o600, 0o700));
        }
    });
}

#[test]
fn the_second_start_reads_the_same_key_and_writes_nothing() {
    on_both_with_a_folder(|fresh, keys| {
        let first = opened(fresh, keys).unwrap();
        let written = fs::metadata(file(keys)).unwrap().modified().unwrap();
        let second = opened(fresh, keys).unwrap();
        assert_eq!(print_of(&second), print_of(&first));
        assert_eq!(
            fs::metadata(file(keys)).unwrap().modified().unwrap(),
            written
        );
    });
}

#[test]
fn two_instances_get_two_keys() {
    on_both_with_a_folder(|fresh, keys| {
        let one = opened(fresh, keys).unwrap();
        on_both_with_a_folder(|fresh, keys| {
            assert_ne!(print_of(&opened(fresh, keys).unwrap()), print_of(&one));
        });
    });
}

#[test]
fn without_its_key_an_instance_with_data_does_not_start() {
    on_both_with_a_folder(|fresh, keys| {
        opened(fresh, keys).unwrap();
        fs::remove_file(file(keys)).unwrap();
        let said = trouble(fresh, keys);
        assert!(
            said.contains("is not there") && said.contains("--keys"),
            "{said}"
        );
        assert!(said.contains(&file(keys).display().to_string()), "{said}");
        assert!(!file(keys).exists(), "no other key is made in its place");
    });
}

#[test]
fn the_key_of_another_instance_is_refused() {
    on_both_with_a_folder(|fresh, keys| {
        opened(fresh, keys).unwrap();
        let other = ColumnKey::make(&mut |bytes: &mut [u8]| bytes.fill(1));
        fs::write(file(keys), other.to_text().as_bytes()).unwrap();
        let said = trouble(fresh, keys);
        assert!(
            said.contains("belongs to other data") && said.contains("--keys"),
            "{said}"
        );
    });
}

#[test]
fn a_damaged_key_is_refused_and_left_as_it_is() {
    on_both_with_a_folder(|fresh, keys| {
        let key = opened(fresh, keys).unwrap();
        let whole = key.to_text().to_string();
        let mut swapped = whole.clone().into_bytes();
        let last = swapped.len() - 1;
        swapped[last] = if swapped[last] == b'0' { b'1' } else { b'0' };
        for damaged in [
            String::new(),
            whole[..whole.len() - 1].to_owned(),
            String::from_utf8(swapped).unwrap(),
            "a shopping list".into(),
        ] {
            fs::write(file(keys), &damaged).unwrap();
            let said = trouble(fresh, keys);
            assert!(
                said.contains("cannot be read as a key"),
                "{damaged:?}: {said}"
            );
            assert_eq!(fs::read_to_string(file(keys)).unwrap(), damaged);
        }
        fs::write(file(keys), format!("  {whole}\r\n\n")).unwrap();
        assert_eq!(
            print_of(&opened(fresh, keys).unwrap()),
            print_of(&key),
            "white space does no harm"
        );
    });
}

/// Bytes that are no text at all, as a disk that fails may leave them.
#[test]
fn a_key_file_that_is_no_text_is_damaged() {
    on_both_with_a_folder(|fresh, keys| {
        opened(fresh, keys).unwrap();
        fs::write(file(keys), [0xff; 80]).unwrap();
        let said = trouble(fresh, keys);
        assert!(said.contains("cannot be read as a key"), "{said}");
    });
}

/// A folder that was prepared by hand: the key in it becomes the key of the instance.
#[test]
fn a_key_that_is_there_before_the_first_start_is_used() {
    on_both_with_a_folder(|fresh, keys| {
        let own = ColumnKey::make(&mut |bytes: &mut [u8]| bytes.fill(9));
        fs::create_dir_all(keys).unwrap();
        fs::write(file(keys), own.to_text().as_bytes()).unwrap();
        assert_eq!(print_of(&opened(fresh, keys).unwrap()), print_of(&own));
        fs::remove_file(file(keys)).unwrap();
        assert!(
            trouble(fresh, keys).contains("is not there"),
            "the instance remembers which key it was"
        );
    });
}

/// Whoever runs the tests may write everywhere, so a file stands where the folder should be.
#[test]
fn a_folder_that_cannot_be_made_is_said_and_nothing_is_remembered() {
    on_both_with_a_folder(|fresh, keys| {
        fs::write(keys, "not a folder").unwrap();
        let said = trouble(fresh, keys);
        assert!(
            said.contains("cannot be made or read") && said.contains("--keys"),
            "{said}"
        );
        let elsewhere = keys.with_file_name("other");
        opened(fresh, &elsewhere).unwrap();
    });
}

#[test]
fn a_folder_that_stands_where_the_key_should_be_is_said() {
    on_both_with_a_folder(|fresh, keys| {
        fs::create_dir_all(file(keys)).unwrap();
        assert!(trouble(fresh, keys).contains("cannot be made or read"));
    });
}

#[test]
fn a_lost_key_is_replaced_only_when_no_copy_is_there() {
    on_both_with_a_folder(|fresh, keys| {
        let lost = opened(fresh, keys).unwrap();
        let why = renew(&fresh.store, keys).unwrap_err();
        assert!(why.contains("belongs to this data"), "{why}");
        fs::write(file(keys), "scribble").unwrap();
        let why = renew(&fresh.store, keys).unwrap_err();
        assert!(why.contains("not overwritten"), "{why}");
        assert_eq!(fs::read_to_string(file(keys)).unwrap(), "scribble");

        fs::remove_file(file(keys)).unwrap();
        renew(&fresh.store, keys).unwrap();
        let new = opened(fresh, keys).unwrap();
        assert_ne!(print_of(&new), print_of(&lost));
        fs::write(file(keys), lost.to_text().as_bytes()).unwrap();
        assert!(trouble(fresh, keys).contains("belongs to other data"));
    });
}
