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

pub use acts::{Enrolment, begin_session, enrol, enrolment};
pub use rows::{add_sample, end_every_session, erase, sweep};
pub use view::join_form;

use mend_rules::time::Time;
use mend_store::{StoreError, Tx};

use crate::web::visit::Account;

/// Whoever the session with this digest belongs to, if it still lasts.
pub fn signed_in(tx: &mut Tx<'_>, digest: &[u8], now: Time) -> Result<Option<Account>, StoreError> {
    rows::signed_in(tx, digest, now)
}
