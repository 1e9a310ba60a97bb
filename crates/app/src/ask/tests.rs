//! Asks, commitments and care hours, through the front door.
#![allow(clippy::unwrap_used)]

mod asks;
mod care;
mod commitments;

use crate::testing::TestMend;

fn rowan(mend: &TestMend) -> String {
    format!("/m/sample/circles/{}", mend.circle(mend.sample, "Rowan"))
}

/// The address of the first form on a page that ends like this, where its markup says something.
fn action(page: &crate::testing::client::Reply, end: &str) -> String {
    let mut links = page.links().into_iter();
    let found = links.find(|link| link.ends_with(end));
    found.unwrap_or_else(|| panic!("no form that ends with {end}: {}", page.text()))
}
