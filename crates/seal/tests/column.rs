//! The column key through its public door: known bytes, round trips, and what must not open.

#![allow(clippy::unwrap_used)]

use mend_seal::ColumnKey;
use mend_seal::column::{NotAKey, Unreadable};
use proptest::prelude::*;

// From another implementation, with the key 00 01 .. 1f and the nonce 00 01 .. 17.
const SEALED: &str = "01000102030405060708090a0b0c0d0e0f101112131415161793b11ea49461771a7e0f0c16a26539bb4c0328355c858e911f6dc0a6984cb4";
const FINGERPRINT: &str = "600ae0e08806a293d65ab25cf0077da40ca02f810e42287fc787d32d8ab06dc3";
const SIGNED: &str = "a918610028f62361f4e9dbc8b7d9af56";
const LINE: &str = "mend-column-key-1 000G40R40M30E209185GR38E1W8124GK2GAHC5RR34D1P70X3RFJNP9698";

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn counting(bytes: &mut [u8]) {
    for (byte, at) in bytes.iter_mut().zip(0..) {
        *byte = at;
    }
}

fn key() -> ColumnKey {
    ColumnKey::make(&mut counting)
}

fn other_key() -> ColumnKey {
    ColumnKey::make(&mut |bytes: &mut [u8]| bytes.fill(7))
}

#[test]
fn the_bytes_are_those_of_another_implementation() {
    let sealed = key().seal("person.mail", b"row 7", b"ana@example.org", &mut counting);
    assert_eq!(hex(&sealed), SEALED);
    assert_eq!(
        hex(&key().fingerprint("person.mail", "ana@example.org")),
        FINGERPRINT
    );
    assert_eq!(hex(&key().sign("answer", b"yes 7")), SIGNED);
    assert_eq!(key().to_text().as_str(), LINE);
}

#[test]
fn a_sealed_text_opens_only_as_it_was_sealed() {
    let sealed = key().seal("person.mail", b"row 7", b"ana@example.org", &mut counting);
    assert_eq!(
        key().open("person.mail", b"row 7", &sealed).unwrap(),
        b"ana@example.org"
    );
    assert_eq!(
        key().open("person.mail", b"row 8", &sealed),
        Err(Unreadable)
    );
    assert_eq!(
        key().open("person.phone", b"row 7", &sealed),
        Err(Unreadable)
    );
    assert_eq!(
        other_key().open("person.mail", b"row 7", &sealed),
        Err(Unreadable)
    );
}

#[test]
fn every_flipped_bit_and_every_cut_is_refused() {
    let sealed = key().seal("p", b"a", b"text", &mut counting);
    for bit in 0..sealed.len() * 8 {
        let mut bent = sealed.clone();
        bent[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(key().open("p", b"a", &bent), Err(Unreadable), "bit {bit}");
    }
    for end in 0..sealed.len() {
        assert_eq!(
            key().open("p", b"a", &sealed[..end]),
            Err(Unreadable),
            "{end} bytes"
        );
    }
}

#[test]
fn a_signature_holds_for_its_message_and_purpose_only() {
    let tag = key().sign("answer", b"yes 7");
    assert!(key().check("answer", b"yes 7", &tag));
    assert!(!key().check("answer", b"yes 8", &tag));
    assert!(!key().check("leave", b"yes 7", &tag));
    assert!(!key().check("answer", b"yes 7", &tag[..15]));
    assert!(!other_key().check("answer", b"yes 7", &tag));
}

#[test]
fn fingerprints_are_equal_for_equal_texts_within_a_purpose() {
    let of = |purpose, text| key().fingerprint(purpose, text);
    assert_eq!(
        of("person.mail", "ana@example.org"),
        of("person.mail", "ana@example.org")
    );
    assert_ne!(
        of("person.mail", "ana@example.org"),
        of("guest.mail", "ana@example.org")
    );
    assert_ne!(
        of("person.mail", "ana@example.org"),
        of("person.mail", "bo@example.org")
    );
}

#[test]
fn the_key_file_survives_copying_by_hand() {
    let signs = LINE.strip_prefix("mend-column-key-1 ").unwrap();
    let copied = signs.to_lowercase().replace('0', "o").replace('g', "g ");
    let read = ColumnKey::from_text(&format!(" mend-column-key-1 {copied}\n")).unwrap();
    assert_eq!(read.to_text().as_str(), LINE);
}

#[test]
fn a_damaged_or_foreign_line_is_not_a_key() {
    let refusal = |line: &str| ColumnKey::from_text(line).err();
    assert_eq!(refusal(""), Some(NotAKey::Other));
    assert_eq!(
        refusal(&LINE.replace("key-1", "key-2")),
        Some(NotAKey::Other)
    );
    assert_eq!(
        refusal(&LINE.replace("GAHC", "GACH")),
        Some(NotAKey::Damaged)
    );
    assert_eq!(refusal(&LINE[..LINE.len() - 1]), Some(NotAKey::Damaged));
    assert_eq!(refusal(&format!("{LINE}\n{LINE}")), Some(NotAKey::Damaged));
}

proptest! {
    #[test]
    fn open_of_seal_is_the_text(plain: Vec<u8>, aad: Vec<u8>, nonce: [u8; 24]) {
        let sealed = key().seal("p", &aad, &plain, &mut |bytes: &mut [u8]| bytes.copy_from_slice(&nonce));
        prop_assert_eq!(sealed.len(), plain.len() + 41);
        prop_assert_eq!(key().open("p", &aad, &sealed).unwrap(), plain);
    }

    #[test]
    fn open_never_panics(noise: Vec<u8>) {
        prop_assert_eq!(key().open("p", b"", &noise), Err(Unreadable));
    }
}
