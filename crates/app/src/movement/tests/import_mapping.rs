//! What columns are taken for can be changed, is remembered, seen and forgotten.
#![allow(clippy::unwrap_used)]

use super::import::{CONFIRM, PATH, counts, look};
use crate::testing::client::Client;
use crate::testing::on_both;
use crate::testing::tables::{count, dump_but, tables_with};

const LIST: &[u8] =
    b"Wie,Waar,Adres\nAna Lima,North,ana@example.org\nBo Berg,South,bo@example.org\n";
const OTHERS: &[u8] = b"wie,waar,adres\nCy Okoro,North,cy@example.org\n";

fn choose(client: &Client<'_>, upload: &str, columns: [&str; 3]) {
    let path = format!("{PATH}/{upload}");
    let fields = [("c0", columns[0]), ("c1", columns[1]), ("c2", columns[2])];
    client
        .post(&format!("{path}/columns"), &fields)
        .goes_to(&path);
}

#[test]
fn columns_that_say_nothing_wait_for_somebody_to_say_it() {
    on_both(|mend| {
        let steward = mend.other_steward();
        let (upload, shown) = look(&steward, LIST);
        assert!(
            shown.says(&mend.t("preview-nobody-named")),
            "{}",
            shown.text()
        );
        assert!(!shown.body().contains(CONFIRM));
        choose(&steward, &upload, ["name", "groups", "email"]);
        let shown = steward.get(&format!("{PATH}/{upload}"));
        assert_eq!(counts(mend, &shown), [2, 0, 0, 0]);
        steward.post(CONFIRM, &[("upload", &upload)]);
        let list = steward.get("/m/other/people?q=bo+berg");
        assert!(
            list.says("Bo Berg") && list.says("South"),
            "{}",
            list.text()
        );
    });
}

#[test]
fn a_choice_is_remembered_for_lists_with_the_same_headers_and_no_others() {
    on_both(|mend| {
        let steward = mend.other_steward();
        let (upload, _) = look(&steward, LIST);
        choose(&steward, &upload, ["name", "other", "email"]);
        let (_, shown) = look(&steward, OTHERS);
        assert!(
            shown.says(&mend.t("preview-remembered")),
            "{}",
            shown.text()
        );
        assert_eq!(counts(mend, &shown), [1, 0, 0, 0]);
        let (_, shown) = look(&steward, b"wie,adres\nCy Okoro,cy@example.org\n");
        assert!(shown.says(&mend.t("preview-nobody-named")));
        let dump = dump_but(mend, &[]);
        for hidden in ["waar", "Ana Lima"] {
            assert_eq!(tables_with(&dump, hidden), [""; 0], "{hidden}");
        }
    });
}

#[test]
fn what_is_remembered_is_seen_and_can_be_forgotten() {
    on_both(|mend| {
        let steward = mend.other_steward();
        let (upload, _) = look(&steward, LIST);
        choose(&steward, &upload, ["name", "groups", "email"]);
        choose(&steward, &upload, ["name", "other", "email"]);
        assert_eq!(count(mend, "mapping"), 1);
        let page = steward.get(PATH);
        assert!(page.says(&mend.t("mappings-title")) && page.says("name, e-mail"));
        let which = page.body().split("name=\"which\" value=\"").nth(1).unwrap();
        let which = which.split('"').next().unwrap();

        let foreign = [("which", which)];
        mend.as_("amara")
            .post("/m/sample/people/import/forget", &foreign);
        assert_eq!(count(mend, "mapping"), 1);
        let path = "/m/other/people/import/forget";
        steward
            .post(path, &foreign)
            .goes_to("/m/other/people/import?told=forgotten");
        assert_eq!(count(mend, "mapping"), 0);
        assert!(!steward.get(PATH).says(&mend.t("mappings-title")));
    });
}

#[test]
fn a_list_without_headers_is_not_remembered() {
    on_both(|mend| {
        let steward = mend.other_steward();
        let (upload, shown) = look(&steward, b"ana@example.org,Ana Lima,x\n");
        assert_eq!(counts(mend, &shown), [1, 0, 0, 0]);
        choose(&steward, &upload, ["email", "other", "name"]);
        assert_eq!(count(mend, "mapping"), 0);
        let shown = steward.get(&format!("{PATH}/{upload}"));
        assert!(counts(mend, &shown) == [1, 0, 0, 0] && shown.says("x"));
    });
}

#[test]
fn what_would_change_is_shown_before_it_changes() {
    on_both(|mend| {
        let steward = mend.other_steward();
        let list = b"name,email,groups\nAna Lima,ana@example.org,North\n";
        let (upload, _) = look(&steward, list);
        steward.post(CONFIRM, &[("upload", &upload)]);
        let list =
            b"name,email,groups,opt out,joined\nAna L. Lima,ana@example.org,South,yes,2024-01-02\n";
        let (_, shown) = look(&steward, list);
        assert_eq!(counts(mend, &shown), [0, 1, 0, 0]);
        for change in [
            "name: Ana Lima becomes Ana L. Lima",
            "working groups: North becomes South",
            "the day they joined: 2024-01-02",
            "do not contact: yes",
        ] {
            assert!(shown.says(change), "{change}: {}", shown.text());
        }
        let (_, shown) = look(&steward, b"name,email,groups\nAna Lima,ana@example.org,\n");
        assert_eq!(
            counts(mend, &shown),
            [0, 0, 1, 0],
            "an empty cell takes nothing away"
        );
    });
}
