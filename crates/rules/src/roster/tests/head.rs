//! Where a roster begins, and which program it comes from.

use super::super::*;

fn table(text: &str) -> Vec<(usize, Vec<String>)> {
    let cells = |line: &str| line.split('\t').map(str::to_owned).collect();
    let lines = text.lines().enumerate();
    let full = lines.filter(|(_, line)| !line.trim().is_empty());
    full.map(|(at, line)| (at + 1, cells(line))).collect()
}

fn head(text: &str) -> Head {
    Head::find(&table(text)).unwrap()
}

fn people(text: &str) -> Roster {
    let (rows, head) = (table(text), head(text));
    let mut reading = Reading::new(&head.columns, &Marks::default(), head.origin);
    for (line, cells) in &rows {
        match head.standing(*line, cells) {
            Standing::Above => {}
            Standing::Among => reading.row(*line, cells),
            Standing::Below => break,
        }
    }
    reading.finish()
}

fn names(text: &str) -> Vec<String> {
    let people = people(text);
    assert!(people.troubles.is_empty(), "{:?}", people.troubles);
    people.entries.into_iter().map(|one| one.name).collect()
}

#[test]
fn titles_above_the_header_are_passed_over() {
    let text = "Members of the kitchen\n\nName\tE-mail\nAna\tana@x.org";
    assert_eq!(names(text), ["Ana"]);
    assert_eq!(people(text).entries[0].line, 4);
}

#[test]
fn programs_are_told_by_their_headers() {
    for (headers, origin) in [
        ("email\tcan2_phone\tfirst_name", Origin::ActionNetwork),
        ("Contact ID\tDisplay Name\tDo Not Phone", Origin::CiviCrm),
        ("ID\tFIRST NAME\tLAST NAME\tCHAPTER", Origin::Zetkin),
        ("ID\tFirst Name\tLast Name", Origin::Zetkin),
        ("id\tfirst name\tlast name", Origin::Other),
        ("Contact ID\tName", Origin::Other),
    ] {
        assert_eq!(head(headers).origin, origin, "{headers}");
    }
}

#[test]
fn of_an_export_in_sections_only_the_members_are_read() {
    let text = "Export\nGroups (1)\nId\tName\n7\tKitchen\nMemberships (2)\nGroup\tUser\tUser name\tUser email\n\
                7\t1\tAna\tana@x.org\n7\t2\tBo\t\nPolls (1)\nId\tTitle\n1\tSoup";
    assert_eq!(names(text), ["Ana", "Bo"]);
    let ana = &people(text).entries[0];
    assert_eq!(ana.external_id.as_deref(), Some("loomio:1"));
    assert!(ana.groups.is_empty());
}

#[test]
fn lists_without_headers_are_read_by_what_stands_in_them() {
    assert_eq!(names("Ana Lima\nBo Berg"), ["Ana Lima", "Bo Berg"]);
    assert_eq!(names("ana@x.org\nBo Berg <bo@x.org>"), ["ana", "Bo Berg"]);
    assert_eq!(names("ana@x.org\tAna\nbo@x.org\tBo"), ["Ana", "Bo"]);
    let unknown = head("Wie\tWaar\nAna\tNorth");
    assert!(unknown.headed && !Head::names(&unknown.columns));
}

#[test]
fn pasted_people_stand_one_a_line() {
    for (pasted, lines) in [
        ("Ana\nBo \"B\" Berg", "\"Ana\"\n\"Bo \"\"B\"\" Berg\"\n"),
        (
            "a@x.org, Okoro, Cy <c@x.org>; d@x.org,",
            "\"a@x.org\"\n\"Okoro, Cy <c@x.org>\"\n\"d@x.org\"\n",
        ),
        ("name,email\nAna,a@x.org", "name,email\nAna,a@x.org"),
        ("Ana\ta@x.org", "Ana\ta@x.org"),
    ] {
        assert_eq!(one_a_line(pasted), lines);
    }
}

#[test]
fn whoever_is_not_said_to_be_subscribed_is_left_alone() {
    let quiet = |header: &str, cell: &str| {
        let roster = people(&format!("name\t{header}\nAna\t{cell}"));
        roster.entries[0].do_not_contact
    };
    for state in ["unsubscribed", "bouncing", "spam complaint", "no"] {
        assert!(quiet("can2_subscription_status", state), "{state}");
    }
    for state in ["subscribed", "Subscribed", ""] {
        assert!(!quiet("can2_subscription_status", state), "{state}");
    }
    for flag in ["1", "Yes", "since 2021"] {
        assert!(quiet("Do Not Trade", flag), "{flag}");
    }
    for flag in ["0", "No", "", "false"] {
        assert!(!quiet("Do Not Trade", flag), "{flag}");
    }
}

#[test]
fn a_number_is_kept_with_the_program_that_gave_it() {
    let known = |text: &str| -> Vec<Known> {
        let one = |entry: Entry| Known {
            id: crate::id::PersonId([1; 16]),
            entry,
            claimed: false,
        };
        people(text).entries.into_iter().map(one).collect()
    };
    let zetkin = known("ID\tFIRST NAME\tLAST NAME\tEMAIL\n7\tAna\tLima\tana@x.org");
    let other =
        people("Contact ID\tContact Type\tDisplay Name\tEmail\n7\tIndividual\tBo\tbo@x.org");
    assert_eq!(plan(other, &zetkin).counts(), (1, 0, 0));
    let same =
        people("Contact ID\tContact Type\tDisplay Name\tEmail\n9\tIndividual\tAna Lima\tana@x.org");
    assert_eq!(
        plan(same, &zetkin).counts(),
        (0, 0, 1),
        "her number stays the first one's"
    );
}

#[test]
fn every_meaning_and_origin_is_read_as_it_is_written() {
    for column in Column::ALL {
        assert_eq!(Column::read(column.word()), Some(column));
    }
    for origin in Origin::ALL {
        assert_eq!(Origin::read(origin.word()), Some(origin));
    }
}
