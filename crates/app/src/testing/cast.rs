//! A small cast for trying every route in every role: two movements, and in each of them a thing
//! of every kind. Made anew as often as a test needs it, in the same instance.
#![allow(clippy::unwrap_used)]

use mend_rules::id::{
    AccountId, AskId, AskingId, CircleId, CommitmentId, DraftId, GroupId, InvitationId, MovementId,
    PersonId,
};
use mend_store::Scope;

use super::stage::Stage;
use super::{TestMend, random_id};
use crate::app::dice;
use crate::movement;
use crate::people;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Nobody is signed in.
    Visitor,
    /// An account without a place anywhere.
    Placeless,
    /// Joined ten days ago.
    Newcomer,
    /// Has a seat in a circle.
    Member,
    /// Keeps a circle.
    Keeper,
    /// Serves as a steward.
    Steward,
    /// Served as a steward until yesterday.
    FormerSteward,
    /// Left, though their term as a steward would go on.
    Left,
    /// Serves as a steward of the other movement.
    StewardElsewhere,
}

impl Role {
    pub const ALL: [Self; 9] = [
        Self::Visitor,
        Self::Placeless,
        Self::Newcomer,
        Self::Member,
        Self::Keeper,
        Self::Steward,
        Self::FormerSteward,
        Self::Left,
        Self::StewardElsewhere,
    ];
    const IN_MOVEMENT: [Self; 6] = [
        Self::Newcomer,
        Self::Member,
        Self::Keeper,
        Self::Steward,
        Self::FormerSteward,
        Self::Left,
    ];
}

/// One movement with a thing of every kind.
#[derive(Debug, Clone)]
pub struct Side {
    pub address: String,
    /// Somebody without an account, and a link to their place.
    pub unclaimed: PersonId,
    pub claim: String,
    /// The joining link, and somebody who asks for a place.
    pub joining: String,
    pub asking: AskingId,
    pub group: GroupId,
    pub draft: DraftId,
    /// A list that waits to be confirmed.
    pub upload: MovementId,
    /// A circle in which nobody of the roles sits.
    pub far: CircleId,
    /// What somebody in it asked for and promised.
    pub ask: AskId,
    pub commitment: CommitmentId,
    /// The invitation and the calendar of somebody in it.
    pub answer: String,
    pub feed: String,
    /// The link that stops letters to somebody in it.
    pub stop: String,
}

/// Somebody in a role, with what is theirs.
#[derive(Debug, Clone)]
pub struct Player {
    pub account: Option<AccountId>,
    pub person: Option<PersonId>,
    /// The circle they sit in; the keeper keeps it.
    pub circle: Option<CircleId>,
    pub invitation: Option<InvitationId>,
    /// What they asked for, of themselves too, and promised.
    pub ask: Option<AskId>,
    pub commitment: Option<CommitmentId>,
}

pub struct Cast {
    /// The movement in which the roles are held.
    pub here: Side,
    pub elsewhere: Side,
    players: Vec<(Role, Player)>,
    /// A link of the console that begins an instance.
    pub open_link: String,
}

impl Cast {
    pub fn new(mend: &TestMend) -> Self {
        let (mut here, mut players) = (Stage::new(mend, "Here"), Vec::new());
        let elsewhere = Stage::new(mend, "Elsewhere");
        for role in Role::IN_MOVEMENT {
            players.push((role, here.player(role)));
        }
        let placeless = Player {
            account: Some(mend.account(&handle())),
            ..nobody()
        };
        let away = Player {
            account: Some(elsewhere.steward),
            ..nobody()
        };
        players.push((Role::Placeless, placeless));
        players.push((Role::StewardElsewhere, away));
        players.push((Role::Visitor, nobody()));
        Self {
            here: here.side(),
            elsewhere: elsewhere.side(),
            players,
            open_link: open_link(mend),
        }
    }

    pub fn player(&self, role: Role) -> &Player {
        self.players
            .iter()
            .find(|(one, _)| *one == role)
            .map(|(_, player)| player)
            .unwrap()
    }
}

fn nobody() -> Player {
    Player {
        account: None,
        person: None,
        circle: None,
        invitation: None,
        ask: None,
        commitment: None,
    }
}

pub(super) fn handle() -> String {
    random_id()[..20].to_owned()
}

pub(super) fn fresh() -> [u8; 16] {
    let mut id = [0; 16];
    dice(&mut id);
    id
}

fn open_link(mend: &TestMend) -> String {
    let now = mend.now();
    let token = mend.write(Scope::Instance, move |tx| {
        movement::open_link(tx, None, now)
    });
    token.to_text().to_string()
}

/// Who people are when there is no account to ask for.
pub fn open(mend: &TestMend, account: Option<AccountId>) -> super::client::Client<'_> {
    match account {
        Some(account) => mend.signed_in(account),
        None => mend.visitor(),
    }
}

/// An account made past the front door, with a handle that nobody has.
pub fn someone(mend: &TestMend) -> AccountId {
    let (account, now, handle) = (mend.app.new_id(), mend.now(), handle());
    mend.write(Scope::Instance, move |tx| {
        people::add_sample(tx, account, &handle, now)
    });
    account
}
