//! Lists as the programs write them that groups use, each recognised and read.
#![allow(clippy::unwrap_used)]

use mend_list::testing::workbook;

use super::import::{CONFIRM, PATH, bring_in, counts, look};
use crate::testing::client::{Ask, Client, Reply};
use crate::testing::tables::{count, dump_but, tables_with};
use crate::testing::{TestMend, on_both};
use crate::with;

const ACTION_NETWORK: &[u8] =
    include_bytes!("../../../../../bench/hostile/corpus/action-network.csv");
const CIVICRM: &[u8] = include_bytes!("../../../../../bench/hostile/corpus/civicrm.csv");
const ZETKIN: &[u8] = include_bytes!("../../../../../bench/hostile/corpus/zetkin.csv");
const LOOMIO: &[u8] = include_bytes!("../../../../../bench/hostile/corpus/loomio.csv");
const ADDRESSES: &[u8] = include_bytes!("../../../../../bench/hostile/corpus/addresses.txt");
const BY_OPENPYXL: &[u8] = include_bytes!("../../../../list/tests/data/openpyxl.xlsx");
const BY_XLSXWRITER: &[u8] = include_bytes!("../../../../list/tests/data/xlsxwriter.xlsx");

/// How a person stands in the list of people.
fn in_list(client: &Client<'_>, name: &str) -> String {
    let query = name.replace(' ', "+");
    client.get(&format!("/m/other/people?q={query}")).text()
}

fn is_quiet(mend: &TestMend, client: &Client<'_>, name: &str) -> bool {
    let text = in_list(client, name);
    assert!(text.contains(name), "{name}: {text}");
    text.contains(&mend.t("person-no-contact"))
}

fn origin(mend: &TestMend, shown: &Reply, word: &str) {
    let said = mend.t(&format!("origin-{word}"));
    assert!(shown.says(&said), "{}", shown.text());
}

#[test]
fn a_report_of_action_network_keeps_everybody_and_their_wish_to_be_left_alone() {
    on_both(|mend| {
        let steward = mend.other_steward();
        let shown = bring_in(&steward, ACTION_NETWORK);
        origin(mend, &shown, "action-network");
        assert_eq!(counts(mend, &shown), [4, 0, 0, 0]);
        assert!(shown.says(&mend.tw("preview-quiet", &with![count = 2])));
        for (name, quiet) in [
            ("Ana Lima", false),
            ("Bo Berg", true),
            ("Cy Okoro", true),
            ("Di Nowak", false),
        ] {
            assert_eq!(is_quiet(mend, &steward, name), quiet, "{name}");
        }
        let again = look(&steward, ACTION_NETWORK).1;
        assert_eq!(counts(mend, &again), [0, 0, 4, 0]);
    });
}

#[test]
fn an_export_of_civicrm_is_read_with_its_flags_and_its_kinds_of_address() {
    on_both(|mend| {
        let steward = mend.other_steward();
        let shown = bring_in(&steward, CIVICRM);
        origin(mend, &shown, "civicrm");
        assert_eq!(counts(mend, &shown), [5, 0, 0, 0]);
        for (name, quiet) in [
            ("Ana Lima", false),
            ("Bo Berg", true),
            ("Cy Okoro", true),
            ("Di Nowak", true),
            ("Ed Quist", false),
        ] {
            assert_eq!(is_quiet(mend, &steward, name), quiet, "{name}");
        }
        let list = b"name,email\nBo Berg,bo@example.org\n";
        let (_, same) = look(&steward, list);
        assert_eq!(
            counts(mend, &same),
            [0, 0, 1, 0],
            "the billing address is kept"
        );
    });
}

#[test]
fn each_of_the_do_not_flags_of_civicrm_is_enough() {
    let flags = [
        "Do Not Email",
        "Do Not Phone",
        "Do Not Mail",
        "Do Not Sms",
        "Do Not Trade",
        "No Bulk Emails (User Opt Out)",
    ];
    on_both(|mend| {
        let steward = mend.other_steward();
        for (at, flag) in flags.iter().enumerate() {
            let list = format!(
                "Contact ID,Contact Type,Display Name,{flag}\n9{at},Individual,Flag {at},1\n"
            );
            bring_in(&steward, list.as_bytes());
            assert!(is_quiet(mend, &steward, &format!("Flag {at}")), "{flag}");
        }
    });
}

#[test]
fn lists_of_zetkin_and_loomio_are_recognised() {
    on_both(|mend| {
        let steward = mend.other_steward();
        let groups = count(mend, "working_group");
        let shown = bring_in(&steward, ZETKIN);
        origin(mend, &shown, "zetkin");
        assert_eq!(counts(mend, &shown), [3, 0, 0, 0]);
        assert!(in_list(&steward, "Cy Okoro").contains("North, South"));

        let shown = bring_in(&steward, LOOMIO);
        origin(mend, &shown, "loomio");
        // Two of them are here by their address already; the group's number makes no group.
        assert_eq!(counts(mend, &shown), [1, 2, 0, 0]);
        assert!(
            shown.says("name: Cy Okoro becomes Cy, called Okoro"),
            "{}",
            shown.text()
        );
        for matter in ["Soup", "Which one"] {
            assert!(!shown.says(matter), "{}", shown.text());
        }
        assert_eq!(count(mend, "working_group"), groups + 2);
    });
}

/// Two programs give the same number to different people.
#[test]
fn a_number_of_one_program_is_not_that_of_another() {
    let zetkin = b"ID,FIRST NAME,LAST NAME\n7,Ana,Lima\n";
    let civi = b"Contact ID,Contact Type,Display Name\n7,Individual,Bo Berg\n";
    on_both(|mend| {
        let steward = mend.other_steward();
        bring_in(&steward, zetkin);
        let shown = bring_in(&steward, civi);
        assert_eq!(counts(mend, &shown), [1, 0, 0, 0]);
        assert!(in_list(&steward, "Ana Lima").contains("Ana Lima"));
    });
}

#[test]
fn plain_lists_of_addresses_or_names_need_no_header() {
    on_both(|mend| {
        let steward = mend.other_steward();
        let shown = bring_in(&steward, ADDRESSES);
        origin(mend, &shown, "addresses");
        assert!(shown.says(&mend.t("preview-by-address")));
        assert_eq!(counts(mend, &shown), [4, 0, 0, 0]);
        for name in ["ana", "Bo Berg", "Okoro, Cy", "di"] {
            assert!(in_list(&steward, name).contains(name), "{name}");
        }
        let shown = bring_in(&steward, "Eva Blum\nFritz Ärger\n".as_bytes());
        origin(mend, &shown, "names");
        assert_eq!(counts(mend, &shown), [2, 0, 0, 0]);
    });
}

/// A form as a browser sends it when nothing was chosen and something was pasted.
fn paste(client: &Client<'_>, text: &str) -> Reply {
    let field = |name: &str, more: &str, text: &str| {
        format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"{more}\r\n\r\n{text}\r\n")
    };
    let body = field("file", "; filename=\"\"", "") + &field("pasted", "", text) + "--edge--\r\n";
    let kind = "multipart/form-data; boundary=edge";
    let taken = client.ask(Ask::raw(PATH, kind, body.into_bytes()));
    assert_eq!(taken.code(), 303, "{}", taken.text());
    client.get(taken.location())
}

#[test]
fn a_list_can_be_pasted_as_mail_programs_and_spreadsheets_give_it() {
    on_both(|mend| {
        let steward = mend.other_steward();
        let mails = "Ana Lima <ana@example.org>, \"Okoro, Cy\" <cy@example.org>; bo@example.org";
        let shown = paste(&steward, mails);
        assert_eq!(counts(mend, &shown), [3, 0, 0, 0]);
        assert!(shown.says("Okoro, Cy") && shown.says("Ana Lima"));
        let names = paste(&steward, "Ana Lima\r\nBo \"the rock\" Berg\r\n\r\n");
        assert_eq!(counts(mend, &names), [2, 0, 0, 0]);
        for table in [
            "Name\tE-mail\nAna\tana@example.org\n",
            "name,email\nAna,ana@example.org\n",
        ] {
            let shown = paste(&steward, table);
            assert_eq!(counts(mend, &shown), [1, 0, 0, 0]);
        }
    });
}

#[test]
fn letters_of_old_programs_are_guessed_and_it_is_said() {
    on_both(|mend| {
        let steward = mend.other_steward();
        let shown = bring_in(
            &steward,
            b"name,email\nJo\xe3o N\xfa\xf1ez,joao@example.org\n",
        );
        assert!(shown.says(&mend.t("preview-letters")) && shown.says("João Núñez"));
        let wide: Vec<u8> = "\u{feff}NAME\tE-MAIL\nŽofie Černá\tzofie@example.org\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let shown = bring_in(&steward, &wide);
        assert!(!shown.says(&mend.t("preview-letters")) && shown.says("Žofie Černá"));
    });
}

#[test]
fn workbooks_are_read_by_the_sheet_that_names_people_and_another_can_be_chosen() {
    on_both(|mend| {
        let steward = mend.other_steward();
        let (upload, shown) = look(&steward, BY_OPENPYXL);
        assert_eq!(counts(mend, &shown), [3, 0, 0, 0]);
        assert!(!shown.says("HYPERLINK"), "{}", shown.text());
        let path = format!("{PATH}/{upload}");
        steward
            .post(&format!("{path}/columns"), &[("tab", "0")])
            .goes_to(&path);
        assert!(!steward.get(&path).says("Zé Okoro"));
        steward.post(&format!("{path}/columns"), &[("tab", "1")]);
        steward.post(CONFIRM, &[("upload", &upload)]);
        assert!(is_quiet(mend, &steward, "Bo Berg") && !is_quiet(mend, &steward, "Ana Lima"));
        let day = dump_but(mend, &[]);
        assert_eq!(tables_with(&day, "2024-03-01"), ["person"]);

        let shown = bring_in(&steward, BY_XLSXWRITER);
        assert_eq!(counts(mend, &shown), [1, 1, 0, 0]);
    });
}

/// Names are shown as they are meant to be read: marks that turn the direction of text and signs
/// that are no letters go.
#[test]
fn names_cannot_turn_the_page_around() {
    let list = workbook(&[
        &["name", "groups"],
        &[
            "\u{202e}anA\u{2066} \u{200f}Lima\u{7}\u{1b}[31m",
            "No\u{202d}rth",
        ],
        &["=cmd|'/c calc'!A1", "=1+1"],
    ]);
    on_both(|mend| {
        let steward = mend.other_steward();
        let shown = bring_in(&steward, &list);
        assert!(shown.says("anA Lima [31m"), "{}", shown.text());
        let all = steward.get("/m/other/people");
        for turning in [
            '\u{202e}', '\u{2066}', '\u{200f}', '\u{202d}', '\u{7}', '\u{1b}',
        ] {
            assert!(!all.body().contains(turning), "{turning:?}");
        }
        assert!(all.says("=cmd|'/c calc'!A1"), "a name is only a name here");
    });
}
