//! A movement being set up for the cast, past the front door.
//! See: `cast` for who plays in it.
#![allow(clippy::unwrap_used)]

use std::cell::RefCell;

use mend_rules::id::{
    AccountId, AskId, AskingId, CircleId, CommitmentId, DraftId, GroupId, InvitationId, MovementId,
    PersonId, SeriesId,
};
use mend_rules::meeting::{Cadence, Ends, Nth, Series};
use mend_rules::movement::{STEWARD_DAYS, Source};
use mend_rules::time::Time;
use mend_seal::Token;
use mend_store::{Scope, StoreError, Tx, sql};

use super::links::{answer_link, feed_link, joining_link, stop_link};
use super::{TestMend, random_id};
use crate::app::dice;
use crate::ask::{Body, sample};
use crate::circle::{self, Circle};
use crate::meeting::{self, Format, Meetings};
use crate::movement::{self, Person};
use crate::people;
use crate::web::visit::Movement;

use super::cast::{Player, Role, Side, fresh, handle};

type Deed = Box<dyn FnMut(&mut Tx<'_>) -> Result<(), StoreError> + Send>;

/// A movement being set up. All of it is written at once: a commit waits for the disk.
pub(super) struct Stage<'a> {
    mend: &'a TestMend,
    deeds: RefCell<Vec<Deed>>,
    movement: Movement,
    pub(super) steward: AccountId,
    group: GroupId,
    draft: DraftId,
}

impl<'a> Stage<'a> {
    pub(super) fn new(mend: &'a TestMend, name: &str) -> Self {
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

    pub(super) fn account(&self, account: AccountId) {
        let (now, handle) = (self.mend.now(), handle());
        self.write(move |tx| people::add_sample(tx, account, &handle, now));
    }

    pub(super) fn person(
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
            // Open to members, so that joining it can be tried.
            sql!("UPDATE circle SET is_open = 1 WHERE movement_id = $1 AND id = $2")
                .id(movement)
                .id(id)
                .run(tx)?;
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

    pub(super) fn player(&mut self, role: Role) -> Player {
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
        let (ask, commitment) = self.beside_the_path(person, circle);
        if role == Role::Left {
            self.leave(person);
        }
        Player {
            account: Some(account),
            person: Some(person),
            circle: Some(circle),
            invitation: Some(invitation),
            ask: Some(ask),
            commitment: Some(commitment),
        }
    }

    /// An ask that goes to whoever made it too, and a commitment that their circle sees.
    fn beside_the_path(&self, person: PersonId, circle: CircleId) -> (AskId, CommitmentId) {
        let (movement, until) = (self.movement.id, self.mend.now().days(5));
        let until = until.day(&jiff::tz::TimeZone::UTC);
        let (ask, commitment) = (AskId(fresh()), CommitmentId(fresh()));
        let (key, small) = (&self.mend.app.key.0, String::new());
        let what = "Tea".to_owned();
        let tea = sample::ask(key, ask, &Body { what, small }, until);
        let rest = sample::commitment(key, commitment, "Rest", until);
        self.write(move |tx| {
            sample::add_ask(tx, (movement, person), &tea, &[person], &[])?;
            sample::add_commitment(tx, (movement, person), &rest, Some(circle))
        });
        (ask, commitment)
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

    pub(super) fn side(&self) -> Side {
        let unclaimed = self.person("Somebody unclaimed", None, "2020-01-01", None);
        self.draft_seat(unclaimed, 0);
        let account = self.mend.app.new_id();
        self.account(account);
        let far = self.person("Far Away", Some(account), "2020-01-01", None);
        let (far_circle, _) = self.circle(None, far);
        let (ask, commitment) = self.beside_the_path(far, far_circle);
        let (claim, upload) = (self.claim(unclaimed), self.upload());
        let asking = self.asking();
        self.all_written();
        Side {
            address: self.movement.address.clone(),
            unclaimed,
            claim,
            joining: joining_link(self.mend, &self.movement.address, self.steward),
            asking,
            group: self.group,
            draft: self.draft,
            upload,
            far: far_circle,
            ask,
            commitment,
            answer: answer_link(self.mend, &self.movement.address, self.steward, "Far Away"),
            stop: stop_link(self.mend, &self.movement, unclaimed),
            feed: feed_link(self.mend, &self.movement.address, account),
        }
    }

    fn asking(&self) -> AskingId {
        let (movement, now, id) = (self.movement.id, self.mend.now(), AskingId(fresh()));
        let account = self.mend.app.new_id();
        self.account(account);
        self.write(move |tx| {
            sql!(
                "INSERT INTO asking (id, movement_id, account_id, name, pronouns, languages, minor,
                        made_at, ends_at)
                 VALUES ($1, $2, $3, 'Somebody who asks', '', '', 0, $4, $5)"
            )
            .id(id)
            .id(movement)
            .id(account)
            .int(now)
            .int(now.days(30))
            .run(tx)
            .map(|_| ())
        });
        id
    }

    fn upload(&self) -> MovementId {
        let (movement, now, id) = (self.movement.id, self.mend.now(), fresh());
        let place = [id.as_slice(), &0_i64.to_be_bytes()].concat();
        let key = &self.mend.app.key.0;
        let sealed = key.seal("upload", &place, b"name\nAna\n", &mut dice);
        self.write(move |tx| {
            sql!(
                "INSERT INTO upload (id, movement_id, made_at, whole_at, todo)
                 VALUES ($1, $2, $3, $3, 1)"
            )
            .id(id)
            .id(movement)
            .int(now)
            .run(tx)?;
            sql!(
                "INSERT INTO upload_part (upload_id, nth, movement_id, body_sealed)
                 VALUES ($1, 0, $2, $3)"
            )
            .id(id)
            .id(movement)
            .bytes(sealed.clone())
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
    Meetings::new(
        SeriesId(fresh()),
        Series {
            cadence: Cadence::Monthly(Nth::ALL[1]),
            weekday: jiff::civil::Weekday::Tuesday,
            starts: jiff::civil::Time::constant(19, 0, 0, 0),
            minutes: 60,
            zone: jiff::tz::TimeZone::UTC,
            first_on: now.day(&jiff::tz::TimeZone::UTC),
            ends: Ends::Open,
        },
        Format::Online,
        now,
    )
}
