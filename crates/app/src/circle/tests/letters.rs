//! Letters and the file for another mail program: whoever asked not to be contacted gets none, and
//! nothing in the file is computed by the program that opens it.
#![allow(clippy::unwrap_used)]

use super::invite;
use crate::testing::tables::dump;
use crate::testing::{TestMend, on_both};

const RING: [&[&str]; 1] = [&["juno", "hana", "elif", "dario"]];

/// Whose letters wait in the outbox, and whose names stand in the file.
fn written_to(mend: &TestMend, key: &str) -> (bool, bool) {
    let id = crate::testing::tables::hex(&mend.id(key).0);
    let letters = &dump(mend)["letter"];
    let letter = letters.iter().any(|row| row.contains(&id));
    let file = mend.as_("amara").post("/m/sample/invitations/file", &[]);
    (letter, file.body().contains(&mend.name(key)))
}

fn ask_to_be_left_alone(mend: &TestMend, key: &str) {
    let path = format!("/m/sample/people/{}", mend.id(key));
    let name = mend.name(key);
    let reply = mend
        .as_("amara")
        .post(&path, &[("name", &name), ("quiet", "on")]);
    assert_eq!(reply.code(), 303, "{}", reply.text());
}

#[test]
fn a_draft_with_somebody_who_asked_to_be_left_alone_is_not_confirmed() {
    on_both(|mend| {
        let id = super::draft(mend, &RING);
        ask_to_be_left_alone(mend, "hana");
        let path = format!("/m/sample/drafts/{id}/confirm");
        assert_eq!(mend.as_("amara").post(&path, &super::PLAN).code(), 409);
        assert_eq!(written_to(mend, "hana"), (false, false));
    });
}

#[test]
fn a_letter_that_waits_goes_when_a_person_or_a_list_says_so() {
    on_both(|mend| {
        invite(mend, &RING);
        ask_to_be_left_alone(mend, "hana");
        let amara = mend.as_("amara");
        let elif = format!("/m/sample/people/{}", mend.id("elif"));
        let named = [
            ("name", mend.name("elif")),
            ("email", "elif@example.org".into()),
        ];
        amara.post(
            &elif,
            &named
                .each_ref()
                .map(|(field, value)| (*field, value.as_str())),
        );
        let list = "email,can2_subscription_status\nelif@example.org,unsubscribed\n";
        let taken = amara.upload("/m/sample/people/import", list.as_bytes());
        let upload = taken.location().rsplit_once('/').unwrap().1.to_owned();
        amara.post("/m/sample/people/import/confirm", &[("upload", &upload)]);
        assert_eq!(written_to(mend, "hana"), (false, false));
        assert_eq!(written_to(mend, "elif"), (false, false));
        assert_eq!(written_to(mend, "dario"), (true, true));
    });
}

#[test]
fn names_that_a_spreadsheet_would_compute_go_out_plain() {
    on_both(|mend| {
        let path = format!("/m/sample/people/{}", mend.id("juno"));
        let odd = "=HYPERLINK(\"http://example.org\",\"x\")";
        let fields = [("name", odd), ("email", "+odd@example.org")];
        mend.as_("amara").post(&path, &fields);
        invite(mend, &RING);
        let file = mend.as_("amara").post("/m/sample/invitations/file", &[]);
        let mut table = csv::Reader::from_reader(file.body.as_slice());
        let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
        let juno = rows
            .iter()
            .find(|row| row[0].contains("HYPERLINK"))
            .unwrap();
        assert_eq!(juno[0], format!("'{odd}"));
        assert_eq!(&juno[1], "'+odd@example.org");
        let cells = rows.iter().flat_map(|row| row.iter());
        let mut computed = cells.filter(|cell| cell.starts_with(['=', '+', '-', '@']));
        assert_eq!(computed.next(), None);
    });
}
