//! Bringing in lists: look first, then confirm; what is wrong is said, and nothing is written then.
#![allow(clippy::unwrap_used)]

use mend_list::testing::{pack, parts};

use crate::movement::import::LARGEST;
use crate::testing::client::{Ask, Client, Reply, at_once};
use crate::testing::tables::{Dump, count, dump_but};
use crate::testing::{TestMend, on_both, random_id};
use crate::with;

pub const REAL: &[u8] = include_bytes!("../../../tests/data/roster-small.csv");
pub const PATH: &str = "/m/other/people/import";
pub const CONFIRM: &str = "/m/other/people/import/confirm";

/// What a list changes: not that a list waits, nor the note that somebody brought it in.
pub fn kept(mend: &TestMend) -> Dump {
    dump_but(
        mend,
        &["upload", "upload_part", "ledger", "actor", "session"],
    )
}

/// Uploads a list; the page that shows what it would change.
pub fn look(client: &Client<'_>, bytes: &[u8]) -> (String, Reply) {
    let taken = client.upload(PATH, bytes);
    assert_eq!(taken.code(), 303, "{}", taken.text());
    let path = taken.location().to_owned();
    let upload = path.rsplit_once('/').unwrap().1.to_owned();
    (upload, client.get(&path))
}

/// Uploads a list and brings it in; what the page said before.
pub fn bring_in(client: &Client<'_>, bytes: &[u8]) -> Reply {
    let (upload, shown) = look(client, bytes);
    let done = client.post(CONFIRM, &[("upload", &upload)]);
    done.goes_to("/m/other/people?told=imported");
    shown
}

/// "12 new 0 changed 3 unchanged 1 with a problem", as the page counts them.
pub fn counts(mend: &TestMend, shown: &Reply) -> [usize; 4] {
    let text = shown.text();
    let after = |key: &str| {
        let label = mend.t(key);
        let from = text
            .find(&format!(" {label} "))
            .unwrap_or_else(|| panic!("no {label}: {text}"));
        let rest = &text[from + label.len() + 2..];
        rest.split(' ').next().unwrap().parse().unwrap()
    };
    [
        "preview-new",
        "preview-changed",
        "preview-same",
        "preview-trouble",
    ]
    .map(after)
}

#[test]
fn looking_writes_nothing_but_the_list_that_waits() {
    on_both(|mend| {
        let steward = mend.other_steward();
        let before = kept(mend);
        let (_, shown) = look(&steward, REAL);
        assert_eq!(counts(mend, &shown), [40, 0, 0, 0]);
        assert!(shown.says("Shai Silva") && shown.says("Group 106"));
        assert_eq!(kept(mend), before);
        assert_eq!(count(mend, "upload"), 1);
    });
}

#[test]
fn confirming_writes_everybody_with_their_groups() {
    on_both(|mend| {
        let steward = mend.other_steward();
        let (people, seats) = (count(mend, "person"), count(mend, "membership"));
        bring_in(&steward, REAL);
        assert_eq!(count(mend, "person"), people + 40);
        let mut rows = csv::Reader::from_reader(REAL);
        let groups: usize = rows
            .records()
            .map(|row| row.unwrap()[3].split(';').count())
            .sum();
        assert_eq!(count(mend, "membership"), seats + groups);
        let list = steward.get("/m/other/people?q=quist");
        assert!(
            list.says("Aiko Quist") && list.says(&mend.t("person-not-asked")),
            "{}",
            list.text()
        );
        let all = steward.get("/m/other/people");
        assert!(all.says(&mend.tw("people-count", &with![count = 41])));
    });
}

#[test]
fn bringing_in_the_same_list_again_changes_nothing() {
    on_both(|mend| {
        let steward = mend.other_steward();
        bring_in(&steward, REAL);
        let before = kept(mend);
        let shown = bring_in(&steward, REAL);
        assert_eq!(counts(mend, &shown), [0, 0, 40, 0]);
        assert!(shown.says(&mend.t("preview-nothing")));
        assert_eq!(kept(mend), before);
    });
}

/// The bytes in a spreadsheet program's habits: another mark, another line end, a byte order mark.
#[test]
fn a_list_means_the_same_however_a_program_saved_it() {
    let text = std::str::from_utf8(REAL).unwrap();
    let unix = text.replace("\r\n", "\n");
    let tabs = unix.replace(',', "\t");
    let quoted = unix
        .lines()
        .map(|line| format!("\"{}\"", line.replace(',', "\",\"")));
    let quoted = quoted.collect::<Vec<_>>().join("\r\n");
    on_both(|mend| {
        let steward = mend.other_steward();
        bring_in(&steward, REAL);
        for bytes in [
            &unix,
            &tabs,
            &quoted,
            &format!("\u{feff}{unix}"),
            &unix.replace('\n', "\r\n"),
        ] {
            let (_, shown) = look(&steward, bytes.as_bytes());
            assert_eq!(counts(mend, &shown), [0, 0, 40, 0]);
        }
        let semicolons = b"name;email;groups\nAna;ana@example.org;North|South\n";
        let (_, shown) = look(&steward, semicolons);
        assert_eq!(counts(mend, &shown), [1, 0, 0, 0]);
    });
}

#[test]
fn a_changed_list_changes_only_what_it_says() {
    on_both(|mend| {
        let steward = mend.other_steward();
        bring_in(&steward, REAL);
        let text = std::str::from_utf8(REAL).unwrap();
        let text =
            text.replacen("Shai Silva", "Shai da Silva", 1)
                .replacen("maya.gomez", "maya", 1);
        let shown = bring_in(&steward, text.as_bytes());
        assert_eq!(counts(mend, &shown), [0, 2, 38, 0]);
        let list = steward.get("/m/other/people?q=da+silva");
        assert!(list.says("Shai da Silva"), "{}", list.text());
    });
}

#[test]
fn rows_with_a_problem_are_listed_and_the_others_come_in() {
    let list = "name,email,groups\nAna,ana@example.org,North\n,nobody@example.org,North\n\
                Bo,not an address,South\nCy,ANA@example.org,South\nDi,di@example.org,South,more\n";
    on_both(|mend| {
        let steward = mend.other_steward();
        let before = count(mend, "person");
        let shown = bring_in(&steward, list.as_bytes());
        assert_eq!(counts(mend, &shown), [1, 0, 0, 4]);
        let said = |line: usize, why: String| {
            let line = mend.tw("preview-line", &with![line = line]);
            assert!(shown.says(&format!("{line} {why}")), "{}", shown.text());
        };
        said(3, mend.t("trouble-no-name"));
        said(4, mend.tw("trouble-email", &with![mail = "not an address"]));
        said(5, mend.tw("trouble-same-email", &with![line = 2]));
        said(6, mend.t("trouble-too-long"));
        assert_eq!(count(mend, "person"), before + 1);
    });
}

/// The sentence for each kind of file that cannot be read.
#[test]
fn a_file_that_cannot_be_read_is_refused_with_what_to_do() {
    let wide = "a,".repeat(10_000) + "name\n";
    let bomb = pack(
        &parts(&"<row><c><v>1</v></c></row>".repeat(300_000), ""),
        true,
    );
    let files: [(&str, &[u8]); 10] = [
        ("import-empty", b""),
        ("import-empty", b"\n"),
        (
            "import-broken",
            b"PK\x03\x04\x14\x00\x06\x00xl/workbook.xml",
        ),
        (
            "import-is-sheet",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old spreadsheet",
        ),
        (
            "import-letters",
            b"\x89PNG\r\n\x1a\n\x00\x00\x01\xff a picture",
        ),
        (
            "import-broken",
            b"name,email\n\"Ana,ana@example.org\nBo,bo@example.org\n",
        ),
        ("import-broken", b"name,note\nAna,\"said \"\"no\nBo,yes\n"),
        ("import-broken", b"\"name,email\nAna,ana@example.org\n"),
        ("import-wide", wide.as_bytes()),
        ("import-too-much", &bomb),
    ];
    on_both(|mend| {
        let steward = mend.other_steward();
        let before = dump_but(mend, &[]);
        for (key, bytes) in &files {
            let reply = steward.upload(PATH, bytes);
            let told = String::from_utf8_lossy(&bytes[..bytes.len().min(80)]);
            assert_eq!(reply.code(), 422, "{key} {told:?}");
            assert!(reply.says(&mend.t(key)), "{key} {told:?}: {}", reply.text());
        }
        assert_eq!(dump_but(mend, &[]), before);
    });
}

#[test]
fn a_list_of_32_megabytes_is_read_and_a_larger_one_is_refused() {
    let mend = TestMend::new("sqlite");
    let steward = mend.other_steward();
    let row = b"Ana,".iter().chain(&[b'a'; 60_000]).chain(b"\n").copied();
    let mut list = b"name,note\n".to_vec();
    while list.len() < LARGEST - 70_000 {
        list.extend(row.clone());
    }
    assert_eq!(steward.upload(PATH, &list).code(), 303);
    list.resize(LARGEST + 1, b'a');
    let before = dump_but(&mend, &[]);
    for more in [0, LARGEST] {
        list.resize(LARGEST + 1 + more, b'a');
        let reply = steward.upload(PATH, &list);
        assert!(
            reply.code() == 413 && reply.says(&mend.t("import-large")),
            "{}",
            reply.text()
        );
    }
    assert_eq!(
        dump_but(&mend, &["upload", "upload_part"]),
        dump_of(&before, &["upload", "upload_part"])
    );
    assert_eq!(count(&mend, "upload_part"), 0);
    let no_file = Ask::raw(
        PATH,
        "multipart/form-data; boundary=edge",
        b"--edge--\r\n".to_vec(),
    );
    assert_eq!(steward.ask(no_file).code(), 422);
    let no_form = steward.post(PATH, &[("file", "x")]);
    assert!((400..500).contains(&no_form.code()), "{}", no_form.code());
}

fn dump_of(dump: &Dump, but: &[&str]) -> Dump {
    let mut dump = dump.clone();
    dump.retain(|name, _| !but.contains(&name.as_str()));
    dump
}

#[test]
fn only_the_newest_list_waits_and_for_an_hour() {
    on_both(|mend| {
        let steward = mend.other_steward();
        let (old, _) = look(&steward, b"name\nAna\n");
        let (new, _) = look(&steward, b"name\nBo\n");
        let gone = mend.t("import-gone");
        for upload in [&old, &random_id()] {
            let reply = steward.post(CONFIRM, &[("upload", upload)]);
            assert!(reply.code() == 409 && reply.says(&gone), "{}", reply.text());
        }
        mend.jobs_begin();
        mend.minutes(61);
        mend.do_jobs();
        let steward = mend.other_steward();
        let late = steward.post(CONFIRM, &[("upload", &new)]);
        assert!(late.code() == 409 && late.says(&gone), "{}", late.text());
        assert!(!steward.get("/m/other/people").says("Ana"));
    });
}

#[test]
fn two_clicks_at_once_bring_a_list_in_once() {
    on_both(|mend| {
        let steward = mend.other_steward();
        let before = count(mend, "person");
        let (upload, _) = look(&steward, REAL);
        let ask = || (steward.clone(), Ask::form(CONFIRM, &[("upload", &upload)]));
        for reply in at_once(mend, (0..6).map(|_| ask()).collect()) {
            reply.goes_to("/m/other/people?told=imported");
        }
        assert_eq!(count(mend, "person"), before + 40);
    });
}

#[test]
fn a_list_of_another_movement_cannot_be_brought_in() {
    on_both(|mend| {
        let (upload, _) = look(&mend.other_steward(), b"name\nAna\n");
        let before = count(mend, "person");
        let path = "/m/sample/people/import/confirm";
        let reply = mend.as_("amara").post(path, &[("upload", &upload)]);
        assert!(
            reply.code() == 409 && reply.says(&mend.t("import-gone")),
            "{}",
            reply.text()
        );
        assert_eq!(count(mend, "person"), before);
    });
}

/// Nobody can tell from the tables which addresses were on a list: they are sealed, and the list
/// itself is.
#[test]
fn addresses_and_waiting_lists_are_sealed() {
    on_both(|mend| {
        let steward = mend.other_steward();
        bring_in(&steward, REAL);
        look(&steward, b"name,email\nNew Person,new.person@example.org\n");
        let dump = dump_but(mend, &[]);
        for hidden in ["example.org", "shai.silva", "New Person"] {
            assert_eq!(
                crate::testing::tables::tables_with(&dump, hidden),
                [""; 0],
                "{hidden}"
            );
        }
    });
}

/// What people say of themselves stays theirs, and whoever asked to be left alone stays so.
#[test]
fn a_list_does_not_overwrite_what_somebody_said_of_themselves() {
    on_both(|mend| {
        let amara = mend.as_("amara");
        let mina = mend.as_("mina");
        mina.post(
            "/m/sample/me",
            &[("name", "Mina P."), ("languages", "bg"), ("zone", "")],
        );
        let quiet = format!("/m/sample/people/{}", mend.id("bram"));
        amara.post(
            &quiet,
            &[
                ("name", "Bram Verhoeven"),
                ("email", "bram@example.org"),
                ("quiet", "on"),
            ],
        );
        let list = "name,email,language,keeper,do not contact\nMina Petrova,mina@example.org,en,yes,\n\
                    Bram Verhoeven,bram@example.org,nl,,no\n";
        let taken = amara.upload("/m/sample/people/import", list.as_bytes());
        let upload = taken.location().rsplit_once('/').unwrap().1.to_owned();
        amara.post("/m/sample/people/import/confirm", &[("upload", &upload)]);
        assert!(mina.get("/m/sample/me").body().contains("Mina P."));
        let people = amara.get("/m/sample/people?q=bram");
        assert!(
            people.says(&mend.t("person-no-contact")),
            "{}",
            people.text()
        );
    });
}

#[test]
fn names_longer_than_a_name_may_be_bring_nothing_down() {
    let long = "A".repeat(85);
    let list = format!(
        "name,groups\nAna,{long}1; {long}2; {long}1\nBo,\"{}\"\n",
        "G; ".repeat(300)
    );
    on_both(|mend| {
        let shown = bring_in(&mend.other_steward(), list.as_bytes());
        assert_eq!(counts(mend, &shown), [2, 0, 0, 0]);
    });
}
