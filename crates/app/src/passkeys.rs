//! What this instance asks of devices that hold passkeys, and the questions that wait for an
//! answer. See: `people/passkey.rs` for the pages.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use mend_rules::id::AccountId;
use mend_rules::time::Time;
use webauthn_rs::prelude::{DiscoverableAuthentication, PasskeyRegistration, Url, Uuid};
use webauthn_rs::{Webauthn, WebauthnBuilder};

use crate::app::fresh;
use crate::web::{Base, Problem};

/// Minutes in which a question to a device can be answered.
const MINUTES: i64 = 5;
/// The most questions that wait at once; beyond, the oldest are let go of.
const WAITING: usize = 2000;
/// What this instance asks devices, and the questions that wait for an answer, in memory alone.
pub struct Passkeys {
    asks: Option<Webauthn>,
    waiting: Mutex<HashMap<String, (Waiting, Time)>>,
}

/// A question that waits.
pub enum Waiting {
    New(AccountId, Box<PasskeyRegistration>),
    SignIn(Box<DiscoverableAuthentication>),
}

impl std::fmt::Debug for Passkeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passkeys")
    }
}

impl Passkeys {
    /// Passkeys belong to a name, so an instance that is reached by number has none.
    pub fn new(base: &Base) -> Self {
        let asks = Url::parse(&base.origin).ok().and_then(|origin| {
            let name = origin.domain()?.to_owned();
            let builder = WebauthnBuilder::new(&name, &origin).ok()?;
            builder.rp_name("Mend").build().ok()
        });
        Self {
            asks,
            waiting: Mutex::default(),
        }
    }

    pub fn asks(&self) -> Result<&Webauthn, Problem> {
        self.asks.as_ref().ok_or(Problem::Refused("passkey-none"))
    }

    pub fn keep(&self, waiting: Waiting, now: Time) -> String {
        let ticket = Uuid::from_bytes(fresh()).simple().to_string();
        let mut all = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, (_, until)| *until > now);
        if all.len() >= WAITING {
            let oldest = all.iter().min_by_key(|(_, (_, until))| *until);
            let oldest = oldest.map(|(ticket, _)| ticket.clone());
            oldest.map(|ticket| all.remove(&ticket));
        }
        all.insert(ticket.clone(), (waiting, now.minutes(MINUTES)));
        ticket
    }

    /// A question is answered once.
    pub fn take(&self, ticket: &str, now: Time) -> Option<Waiting> {
        let mut all = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let (waiting, until) = all.remove(ticket)?;
        (until > now).then_some(waiting)
    }
}
