//! Who did what, on which day. Actors are random names whose mapping goes when somebody erases
//! themselves, so the ledger itself only ever grows.
//! Never: names a person, holds a text, tells an hour.

use mend_rules::id::{AccountId, MovementId};
use mend_rules::time::Time;
use mend_store::{StoreError, Tx};

use crate::web::Me;

/// Everything that is noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    MovementBegun,
    MovementChanged,
    StewardAppointed,
    PeopleImported,
    PlaceTaken,
    PersonRemoved,
    GroupRemoved,
    CirclesProposed,
    CirclesConfirmed,
    CircleChanged,
    CircleEnded,
    MovementLocked,
    LockKept,
    OpeningAsked,
    MovementOpened,
    JoiningOpened,
    JoiningEnded,
    PlaceGiven,
    SafeguardingWritten,
    LeadAgreed,
    LeadStopped,
    SafeguardingEnded,
    StepReworded,
}

impl Deed {
    fn word(self) -> &'static str {
        match self {
            Self::MovementBegun => "movement begun",
            Self::MovementChanged => "movement changed",
            Self::StewardAppointed => "steward appointed",
            Self::PeopleImported => "people imported",
            Self::PlaceTaken => "place taken",
            Self::PersonRemoved => "person removed",
            Self::GroupRemoved => "group removed",
            Self::CirclesProposed => "circles proposed",
            Self::CirclesConfirmed => "circles confirmed",
            Self::CircleChanged => "circle changed",
            Self::CircleEnded => "circle ended",
            Self::MovementLocked => "movement locked",
            Self::LockKept => "lock kept",
            Self::OpeningAsked => "opening asked",
            Self::MovementOpened => "movement opened",
            Self::JoiningOpened => "joining link opened",
            Self::JoiningEnded => "joining link ended",
            Self::PlaceGiven => "place given",
            Self::SafeguardingWritten => "safeguarding written",
            Self::LeadAgreed => "lead agreed",
            Self::LeadStopped => "lead stopped",
            Self::SafeguardingEnded => "safeguarding ended",
            Self::StepReworded => "step reworded",
        }
    }
}

/// Notes a deed of the one asking; `about` is a thing, never a person.
pub fn note(
    tx: &mut Tx<'_>,
    me: &Me,
    deed: Deed,
    about: Option<[u8; 16]>,
    now: Time,
) -> Result<(), StoreError> {
    note_by(tx, me.movement, me.account, deed, about, now)
}

/// Notes a deed of an account that has no place yet.
pub fn note_by(
    tx: &mut Tx<'_>,
    movement: MovementId,
    account: AccountId,
    deed: Deed,
    about: Option<[u8; 16]>,
    now: Time,
) -> Result<(), StoreError> {
    let fresh = crate::app::fresh();
    let actor = rows::actor_of(tx, account, fresh)?;
    rows::add(tx, movement, Some(actor), (deed.word(), about), now)
}

/// Notes a deed of whoever runs the server.
pub fn note_by_host(
    tx: &mut Tx<'_>,
    movement: MovementId,
    deed: Deed,
    now: Time,
) -> Result<(), StoreError> {
    rows::add(tx, movement, None, (deed.word(), None), now)
}

mod rows {
    use super::{AccountId, MovementId, StoreError, Time, Tx};
    use mend_store::sql;

    /// The random name under which the ledger knows an account; made when it is first needed.
    pub fn actor_of(
        tx: &mut Tx<'_>,
        account: AccountId,
        fresh: [u8; 16],
    ) -> Result<[u8; 16], StoreError> {
        sql!(
            "INSERT INTO actor (id, account_id) VALUES ($1, $2) ON CONFLICT (account_id) DO NOTHING"
        )
        .id(fresh)
        .id(account)
        .run(tx)?;
        sql!("SELECT id FROM actor WHERE account_id = $1")
            .id(account)
            .one(tx, |row| row.id(0))
    }

    pub fn add(
        tx: &mut Tx<'_>,
        movement: MovementId,
        actor: Option<[u8; 16]>,
        (deed, about): (&str, Option<[u8; 16]>),
        now: Time,
    ) -> Result<(), StoreError> {
        let id = crate::app::fresh();
        sql!(
            "INSERT INTO ledger (id, movement_id, actor, deed, about, day)
             VALUES ($1, $2, $3, $4, $5, $6)"
        )
        .id(id)
        .id(movement)
        .maybe_id(actor)
        .text(deed)
        .maybe_id(about)
        .text(now.day(&jiff::tz::TimeZone::UTC).to_string())
        .run(tx)
        .map(|_| ())
    }
}
