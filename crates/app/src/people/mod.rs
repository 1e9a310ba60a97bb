//! People as accounts of the instance: signing in, sessions, and erasing oneself.
//! Never: asks for an e-mail address; sees words or codes; keeps when somebody was last here.
//! See: `mend_rules::people` for limits, `mend_seal` for the derivation that the browser does.

mod acts;
pub mod pages;
pub mod passkey;
mod rows;
#[cfg(test)]
mod tests;
mod view;

pub use acts::{
    Enrolment, NewWays, NotSignedIn, begin_session, enrol, enrolment, new_ways, prove_again,
    replace_ways, start,
};
pub use rows::{add_sample, end_every_session, end_one, erase, set_sample_ways, sweep};
pub use view::join_form;

use mend_rules::id::AccountId;
use mend_rules::time::Time;
use mend_store::{StoreError, Tx};

use crate::web::visit::Account;

/// Counts a try of some kind, such as making an account by a joining link; how many there were
/// within the hour.
pub fn count_try(tx: &mut Tx<'_>, about: &[u8], now: Time) -> Result<usize, StoreError> {
    rows::add_try(tx, crate::app::fresh(), about, now)?;
    let tries = rows::tries(tx, about)?;
    Ok(tries
        .iter()
        .filter(|then| **then > now.minutes(-60))
        .count())
}

/// Ends all sessions of an account but one.
pub fn end_sessions_but(
    tx: &mut Tx<'_>,
    account: AccountId,
    session: &[u8],
) -> Result<(), StoreError> {
    rows::end_own(tx, account, &rows::Which::AllBut(session.to_vec()))
}

/// Whoever the session with this digest belongs to, if it still lasts.
pub fn signed_in(tx: &mut Tx<'_>, digest: &[u8], now: Time) -> Result<Option<Account>, StoreError> {
    rows::signed_in(tx, digest, now)
}
