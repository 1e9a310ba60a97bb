//! The secret parts of links, read from the pages and files that give them out.
#![allow(clippy::unwrap_used)]

use mend_rules::id::{AccountId, PersonId};

use super::TestMend;
use crate::letters;
use crate::web::visit::Movement;

/// The secret part of the link that answers somebody's invitation, as a steward's file says it.
pub fn answer_link(mend: &TestMend, address: &str, steward: AccountId, name: &str) -> String {
    let file = mend
        .signed_in(steward)
        .post(&format!("/m/{address}/invitations/file"), &[]);
    let mut table = csv::Reader::from_reader(file.body.as_slice());
    let rows = table.records().map(|row| row.unwrap());
    let row = rows.into_iter().find(|row| &row[0] == name);
    let row = row.unwrap_or_else(|| panic!("no invitation for {name}"));
    row[4].rsplit_once("/i/").unwrap().1.to_owned()
}

/// The secret part of a movement's joining link, as its sheet says it.
pub fn joining_link(mend: &TestMend, address: &str, steward: AccountId) -> String {
    let steward = mend.signed_in(steward);
    steward.post(&format!("/m/{address}/joining/open"), &[]);
    let sheet = steward.get(&format!("/m/{address}/joining/sheet")).text();
    let (_, link) = sheet.split_once(&format!("/m/{address}/join/")).unwrap();
    link.split_whitespace().next().unwrap().to_owned()
}

/// The secret part of somebody's calendar address, as their own page says it.
pub fn feed_link(mend: &TestMend, address: &str, account: AccountId) -> String {
    let page = mend
        .signed_in(account)
        .get(&format!("/m/{address}/me/calendar"));
    let mark = format!("/m/{address}/feed/");
    let link = page
        .links()
        .into_iter()
        .find(|link| link.contains(&mark))
        .unwrap();
    link.split_once(&mark).unwrap().1.to_owned()
}

/// The secret part of the link that stops somebody's letters.
pub fn stop_link(mend: &TestMend, place: &Movement, person: PersonId) -> String {
    let link = letters::mute::link(&mend.app, place, person);
    link.rsplit_once('/').unwrap().1.to_owned()
}
