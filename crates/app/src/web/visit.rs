//! A visit: who is here, in which movement, what time it is, and the texts. The one value that
//! travels with a request.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use fluent_bundle::FluentArgs;
use jiff::tz::TimeZone;
use mend_rules::id::{AccountId, MovementId, PersonId};
use mend_rules::lockdown::Lock;
use mend_rules::movement::Source;
use mend_rules::people::is_fresh;
use mend_rules::time::Time;
use mend_store::Scope;

use crate::app::App;
use crate::web::{Here, Problem};

/// Somebody asks for something.
#[derive(Clone, Debug)]
pub struct Visit {
    pub app: App,
    pub now: Time,
    /// Who is signed in.
    pub account: Option<Account>,
    /// The movement that the address names.
    pub place: Option<Place>,
    /// Which of the places in the navigation this page belongs to.
    pub here: Here,
    /// The path that was asked for.
    pub path: String,
    /// A short word that a deed left in the address, to be told on the next page.
    pub told: Option<String>,
}

/// An account of the instance, as its session tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    pub handle: String,
    /// What the session is found by.
    pub session: Vec<u8>,
    /// When it was last proved, by words, code or passkey, who is there.
    pub proved: Time,
}

/// A movement, and one's own place in it if one has any.
#[derive(Clone, Debug)]
pub struct Place {
    pub movement: Movement,
    pub me: Option<Me>,
    /// The lock that holds now.
    pub lock: Option<Lock>,
}

/// A movement as every page of it needs it.
#[derive(Clone, Debug)]
pub struct Movement {
    pub id: MovementId,
    pub address: String,
    pub name: String,
    pub zone: TimeZone,
    pub source: Source,
    pub circle_size: u32,
}

/// The one asking: every finder goes through it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    pub person: PersonId,
    pub movement: MovementId,
    pub account: AccountId,
    pub name: String,
    pub zone: Option<String>,
    pub steward: bool,
    pub newcomer: bool,
}

impl Me {
    /// Everything of one's movement.
    pub fn scope(&self) -> Scope {
        Scope::Movement(self.movement.0)
    }
}

impl Visit {
    /// A text without arguments.
    pub fn t(&self, key: &str) -> String {
        self.app.tongue.say(key)
    }

    /// A text with arguments.
    pub fn tw(&self, key: &str, args: &FluentArgs<'_>) -> String {
        self.app.tongue.say_with(key, args)
    }

    /// The one asking; the policy of the route has made sure that there is one.
    pub fn me(&self) -> Result<Me, Problem> {
        self.place
            .as_ref()
            .and_then(|place| place.me.clone())
            .ok_or(Problem::NotFound)
    }

    /// The movement of the address; the guard has made sure that there is one.
    pub fn movement(&self) -> Result<&Movement, Problem> {
        self.place
            .as_ref()
            .map(|place| &place.movement)
            .ok_or(Problem::NotFound)
    }

    /// The account that is signed in; the policy of the route has made sure that there is one.
    pub fn account(&self) -> Result<&Account, Problem> {
        self.account.as_ref().ok_or(Problem::SignIn)
    }

    /// Whether what asks for a fresh proof is open. The doors of the demo have no words to prove by.
    pub fn is_fresh(&self) -> bool {
        let demo = self.app.demo.as_ref();
        self.account.as_ref().is_some_and(|account| {
            let by_door = demo.is_some_and(|doors| doors.are_for(account.id));
            by_door || is_fresh(account.proved, self.now)
        })
    }

    /// Whether the movement of the address is locked.
    pub fn is_locked(&self) -> bool {
        self.place
            .as_ref()
            .is_some_and(|place| place.lock.is_some())
    }

    /// An address within the movement: `visit.at("/circles")`.
    pub fn at(&self, rest: &str) -> String {
        match &self.place {
            Some(place) => format!("/m/{}{rest}", place.movement.address),
            None => rest.to_owned(),
        }
    }

    /// The zone in which times are shown: one's own, else the movement's, else UTC.
    pub fn zone(&self) -> TimeZone {
        let Some(place) = &self.place else {
            return TimeZone::UTC;
        };
        let own = place.me.as_ref().and_then(|me| me.zone.as_deref());
        own.and_then(mend_rules::movement::zone)
            .unwrap_or_else(|| place.movement.zone.clone())
    }

    /// "Tuesday, 8 December 2026".
    pub fn long_day(&self, day: jiff::civil::Date) -> String {
        self.app.tongue.long_day(day)
    }
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| Problem::Broken("a route without a guard".into()))
    }
}
