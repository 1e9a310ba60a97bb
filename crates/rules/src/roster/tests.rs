//! Rosters as groups really keep them.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::id::PersonId;

mod head;

fn rows(text: &str) -> (Vec<Column>, Vec<(usize, Vec<String>)>) {
    let cells = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>();
    let mut lines = text.lines();
    let columns = guess(&cells(lines.next().unwrap()));
    (
        columns,
        lines
            .enumerate()
            .map(|(at, line)| (at + 2, cells(line)))
            .collect(),
    )
}

fn roster(text: &str) -> Roster {
    let (columns, rows) = rows(text);
    read(&columns, &rows)
}

fn known(roster: &Roster) -> Vec<Known> {
    let person = |(at, entry): (usize, &Entry)| Known {
        id: PersonId([at as u8; 16]),
        entry: entry.clone(),
        claimed: false,
    };
    roster.entries.iter().enumerate().map(person).collect()
}

const LIST: &str = "person_id\tname\temail\tgroups\tleads\tjoined
P1\tLena Park\tLena@Example.org\tOutreach; Youth\tYouth\t2024-03-01
P2\tRavi\t\tYouth\t\t
P3\tOya\toya@example.org\t\tLitigation\t";

#[test]
fn a_list_is_read_with_guessed_headers() {
    let list = roster(LIST);
    assert!(list.troubles.is_empty());
    let lena = &list.entries[0];
    assert_eq!(lena.email.as_deref(), Some("lena@example.org"));
    assert_eq!(lena.groups, ["Outreach", "Youth"]);
    assert_eq!(list.entries[1].email, None);
    assert_eq!(
        list.entries[2].groups,
        ["Litigation"],
        "whoever leads a group is in it"
    );
}

#[test]
fn given_and_family_names_and_other_words_for_columns_are_understood() {
    let list = roster(
        "FIRST NAME\tLast Name\tE-Mail\tChapter\tDo Not Email\nAna\tLima\tana@x.org\tNorth\tYes",
    );
    let ana = &list.entries[0];
    assert_eq!((ana.name.as_str(), ana.do_not_contact), ("Ana Lima", true));
    assert_eq!(ana.groups, ["North"]);
}

#[test]
fn rows_with_a_problem_say_which_and_the_others_go_on() {
    let list = roster(
        "name\temail\n\tx@y.org\nAna\tnot an address\nBo\tbo@y.org\nBo Two\tBO@y.org\n\t\nCy\tc@y.org\tmore",
    );
    assert_eq!(list.entries.len(), 1);
    assert_eq!(
        list.troubles,
        [
            (2, Trouble::NoName),
            (3, Trouble::Email("not an address".into())),
            (5, Trouble::SameEmail(4)),
            (7, Trouble::TooLong),
        ]
    );
}

#[test]
fn the_same_list_twice_changes_nothing() {
    let list = roster(LIST);
    let here = known(&list);
    let again = plan(list, &here);
    assert_eq!(again.counts(), (0, 0, 3));
}

#[test]
fn people_without_number_or_address_are_matched_by_name_one_by_one() {
    let twins = roster("name\tgroup\nMaria\tNorth\nMaria\tSouth");
    assert_eq!(plan(twins.clone(), &[]).counts(), (2, 0, 0));
    assert_eq!(plan(twins.clone(), &known(&twins)).counts(), (0, 0, 2));
}

#[test]
fn the_number_wins_over_the_address_and_a_clash_is_said() {
    let here = known(&roster(LIST));
    let moved = plan(
        roster("id\tname\temail\nP1\tLena Park\tlena@new.org"),
        &here,
    );
    assert_eq!(moved.counts(), (0, 1, 0));
    let clash = plan(
        roster("id\tname\temail\nP1\tLena Park\toya@example.org"),
        &here,
    );
    assert_eq!(clash.troubles, [(2, Trouble::TwoPeople)]);
}

#[test]
fn what_somebody_says_of_themselves_stays() {
    let mut here = known(&roster(
        "name\temail\tlanguage\tkeeper\nAna\ta@x.org\tpt\tyes",
    ));
    here[0].claimed = true;
    let list = roster("name\temail\tlanguage\tkeeper\tgroup\nAnna\ta@x.org\ten\tno\tNorth");
    let outcome = &plan(list, &here).outcomes[0];
    assert_eq!(outcome.what, What::Changed(here[0].id));
    assert_eq!(outcome.entry.name, "Ana");
    assert_eq!(outcome.entry.languages, ["pt"]);
    assert_eq!(outcome.entry.keeps, Some(true));
    assert_eq!(outcome.entry.groups, ["North"]);
}

#[test]
fn a_wish_not_to_be_contacted_stays() {
    let here = known(&roster("name\temail\topt out\nAna\ta@x.org\tyes"));
    let again = plan(roster("name\temail\topt out\nAna\ta@x.org\tno"), &here);
    assert!(again.outcomes[0].entry.do_not_contact);
}

proptest::proptest! {
    #[test]
    fn no_roster_brings_the_reader_down(text in "\\PC{0,300}") {
        let lines: Vec<(usize, Vec<String>)> = text.lines().enumerate()
            .map(|(at, line)| (at + 2, line.split([',', ';']).map(str::to_owned).collect()))
            .collect();
        let columns = guess(&["name".into(), "email".into(), "groups".into(), "joined".into()]);
        let list = read(&columns, &lines);
        let here = known(&list);
        let again = plan(list, &here);
        proptest::prop_assert_eq!(again.counts().0, 0);
    }
}
