//! A small cast for trying every route in every role: two movements, and in each of them a thing
//! of every kind. Made anew as often as a test needs it, in the same instance.
#![allow(clippy::unwrap_used)]

use std::cell::RefCell;

use mend_rules::id::{
    AccountId, CircleId, DraftId, GroupId, InvitationId, MovementId, PersonId, SeriesId,
};
use mend_rules::meeting::{Nth, Series};
use mend_rules::movement::{STEWARD_DAYS, Source};
use mend_rules::time::Time;
use mend_seal::Token;
use mend_store::{Scope, StoreError, Tx, sql};

use super::{TestMend, random_id};
use crate::app::dice;
use crate::circle::{self, Circle};
use crate::meeting::{self, Format, Meetings};
use crate::movement::{self, Person};
use crate::people;
use crate::web::visit::Movement;

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
    pub group: GroupId,
    pub draft: DraftId,
    /// A list that waits to be confirmed.
    pub upload: MovementId,
    /// A circle in which nobody of the roles sits.
    pub far: CircleId,
    /// The invitation and the calendar of somebody in it.
    pub answer: String,
    pub feed: String,
}

/// Somebody in a role, with what is theirs.
#[derive(Debug, Clone)]
pub struct Player {
    pub account: Option<AccountId>,
    pub person: Option<PersonId>,
    /// The circle they sit in; the keeper keeps it.
    pub circle: Option<CircleId>,
    pub invitation: Option<InvitationId>,
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
    }
}

fn handle() -> String {
    random_id()[..20].to_owned()
}

fn fresh() -> [u8; 16] {
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

type Deed = Box<dyn FnMut(&mut Tx<'_>) -> Result<(), StoreError> + Send>;

/// A movement being set up. All of it is written at once: a commit waits for the disk.
struct Stage<'a> {
    mend: &'a TestMend,
    deeds: RefCell<Vec<Deed>>,
    movement: Movement,
    steward: AccountId,
    group: GroupId,
    draft: DraftId,
}

impl<'a> Stage<'a> {
    fn new(mend: &'a TestMend, name: &str) -> Self {
        let movement = Movement {
            id: fresh().into(),
            address: random_id()[..10].to_owned(),
            name: name.to_owned(),
            zone: jiff::tz::TimeZone::UTC,
            source: Source::Plain,
            circle_size: 6,
        };
        let stage = Self {
            deeds: RefCell::default(),
            steward: mend.app.new_id(),
            group: GroupId(fresh()),
            draft: DraftId(fresh()),
            mend,
            movement,
        };
        let (movement, now, group) = (stage.movement.clone(), mend.now(), stage.group);
        stage.write(move |tx| {
            movement::add(tx, &movement, now)?;
            movement::group_named(tx, movement.id, "Outreach", group).map(|_| ())
        });
        stage.account(stage.steward);
        stage.person(
            "A steward",
            Some(stage.steward),
            "2020-01-01",
            Some(STEWARD_DAYS),
        );
        stage.add_draft();
        stage
    }

    fn write(&self, act: impl FnMut(&mut Tx<'_>) -> Result<(), StoreError> + Send + 'static) {
        self.deeds.borrow_mut().push(Box::new(act));
    }

    fn all_written(&self) {
        let mut deeds = self.deeds.take();
        self.mend
            .write(Scope::Movement(self.movement.id.0), move |tx| {
                deeds.iter_mut().try_for_each(|deed| deed(tx))
            });
    }

    fn account(&self, account: AccountId) {
        let (now, handle) = (self.mend.now(), handle());
        self.write(move |tx| people::add_sample(tx, account, &handle, now));
    }

    fn person(
        &self,
        name: &str,
        account: Option<AccountId>,
        joined: &str,
        serves: Option<i64>,
    ) -> PersonId {
        let (movement, now) = (self.movement.id, self.mend.now());
        let person = Person {
            account,
            joined_on: Some(joined.to_owned()),
            keeps: true,
            ..Person::new(PersonId(fresh()), name)
        };
        let id = person.id;
        self.write(move |tx| {
            movement::add_row(tx, movement, &person, now)?;
            match serves {
                Some(days) => movement::set_steward(tx, movement, id, now, now.days(days)),
                None => Ok(()),
            }
        });
        id
    }

    /// A draft with one ring of two people, so that a third place is possible to move to.
    fn add_draft(&self) {
        let (movement, now, draft) = (self.movement.id, self.mend.now(), self.draft);
        self.write(move |tx| {
            sql!(
                "INSERT INTO draft (id, movement_id, seed, size, bound, reached, made_at)
                 VALUES ($1, $2, 1, 6, 0, 0, $3)"
            )
            .id(draft)
            .id(movement)
            .int(now)
            .run(tx)
            .map(|_| ())
        });
        for ring in [0, 1] {
            let person = self.person("Somebody drafted", None, "2020-01-01", None);
            self.draft_seat(person, ring);
        }
    }

    fn draft_seat(&self, person: PersonId, ring: i64) {
        let (movement, draft) = (self.movement.id, self.draft);
        self.write(move |tx| {
            sql!(
                "INSERT INTO draft_seat (draft_id, person_id, movement_id, ring, keeps)
                 VALUES ($1, $2, $3, $4, 0)"
            )
            .id(draft)
            .id(person)
            .id(movement)
            .int(ring)
            .run(tx)
            .map(|_| ())
        });
    }

    /// A circle that goes on, with somebody in it who has an open invitation.
    fn circle(&self, keeper: Option<PersonId>, member: PersonId) -> (CircleId, InvitationId) {
        let (movement, now) = (self.movement.id, self.mend.now());
        let (id, invitation, series) = (CircleId(fresh()), InvitationId(fresh()), series(now));
        let circle = Circle {
            id,
            name: format!("Circle {}", &id.to_string()[..6]),
            seats: 6,
            keeper,
            series: series.id,
        };
        self.write(move |tx| {
            meeting::add(tx, movement, &series)?;
            circle::add_circle(tx, movement, &circle, now, None)?;
            circle::add_seat(tx, movement, id, member, now)?;
            sql!(
                "INSERT INTO invitation (id, circle_id, person_id, movement_id, made_at, ends_at)
                 VALUES ($1, $2, $3, $4, $5, $6)"
            )
            .id(invitation)
            .id(id)
            .id(member)
            .id(movement)
            .int(now)
            .int(now.days(14))
            .run(tx)
            .map(|_| ())
        });
        (id, invitation)
    }

    fn player(&mut self, role: Role) -> Player {
        let account = self.mend.app.new_id();
        self.account(account);
        let (joined, serves) = match role {
            Role::Newcomer => ("2026-11-21", None),
            Role::Steward | Role::Left => ("2020-01-01", Some(STEWARD_DAYS)),
            Role::FormerSteward => ("2020-01-01", Some(-1)),
            _ => ("2020-01-01", None),
        };
        let person = self.person(&format!("A {role:?}"), Some(account), joined, serves);
        let (circle, invitation) = self.circle((role == Role::Keeper).then_some(person), person);
        if role == Role::Left {
            self.leave(person);
        }
        Player {
            account: Some(account),
            person: Some(person),
            circle: Some(circle),
            invitation: Some(invitation),
        }
    }

    fn leave(&self, person: PersonId) {
        let (movement, now) = (self.movement.id, self.mend.now());
        self.write(move |tx| {
            sql!("UPDATE person SET left_at = $3 WHERE movement_id = $1 AND id = $2")
                .id(movement)
                .id(person)
                .int(now)
                .run(tx)
                .map(|_| ())
        });
    }

    fn side(&self) -> Side {
        let unclaimed = self.person("Somebody unclaimed", None, "2020-01-01", None);
        self.draft_seat(unclaimed, 0);
        let account = self.mend.app.new_id();
        self.account(account);
        let far = self.person("Far Away", Some(account), "2020-01-01", None);
        let (far_circle, _) = self.circle(None, far);
        let (claim, upload) = (self.claim(unclaimed), self.upload());
        self.all_written();
        Side {
            address: self.movement.address.clone(),
            unclaimed,
            claim,
            group: self.group,
            draft: self.draft,
            upload,
            far: far_circle,
            answer: answer_link(self.mend, &self.movement.address, self.steward, "Far Away"),
            feed: feed_link(self.mend, &self.movement.address, account),
        }
    }

    fn upload(&self) -> MovementId {
        let (movement, now, id) = (self.movement.id, self.mend.now(), fresh());
        let sealed = self
            .mend
            .app
            .key
            .0
            .seal("upload", &id, b"name\nAna\n", &mut dice);
        self.write(move |tx| {
            sql!(
                "INSERT INTO upload (id, movement_id, body_sealed, made_at) VALUES ($1, $2, $3, $4)"
            )
            .id(id)
            .id(movement)
            .bytes(sealed.clone())
            .int(now)
            .run(tx)
            .map(|_| ())
        });
        MovementId(id)
    }

    fn claim(&self, person: PersonId) -> String {
        let (movement, now) = (self.movement.id, self.mend.now());
        let token = Token::<16>::make(&mut dice);
        let digest = token.digest();
        self.write(move |tx| {
            sql!(
                "INSERT INTO claim (digest, movement_id, person_id, made_at, ends_at)
                 VALUES ($1, $2, $3, $4, $5)"
            )
            .bytes(digest)
            .id(movement)
            .id(person)
            .int(now)
            .int(now.days(7))
            .run(tx)
            .map(|_| ())
        });
        token.to_text().to_string()
    }
}

fn series(now: Time) -> Meetings {
    Meetings {
        id: SeriesId(fresh()),
        series: Series {
            nth: Nth::ALL[1],
            weekday: jiff::civil::Weekday::Tuesday,
            starts: jiff::civil::Time::constant(19, 0, 0, 0),
            minutes: 60,
            zone: jiff::tz::TimeZone::UTC,
            first_on: now.day(&jiff::tz::TimeZone::UTC),
        },
        format: Format::Online,
        place: String::new(),
        sequence: 0,
        changed_at: now,
    }
}

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
