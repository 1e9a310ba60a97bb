//! Somebody with a row in every table that can name a person.
#![allow(clippy::unwrap_used)]

use mend_rules::id::{AccountId, CircleId, PersonId};
use mend_store::{Scope, sql};

use crate::movement::{self, Person};
use crate::people::tests::{auth, join, proof};
use crate::testing::TestMend;
use crate::testing::client::Client;
use crate::testing::tables::hex;

/// Somebody who has left a trace in every table that can hold one.
pub struct Somebody {
    pub account: AccountId,
    pub here: PersonId,
    pub elsewhere: PersonId,
    pub circle: CircleId,
    pub cookie: String,
}

impl Somebody {
    pub fn new(mend: &TestMend) -> Self {
        let reply = join(mend, "ravi", "ravi.secret");
        let ravi = Self {
            account: mend.account_of_handle("ravi.secret"),
            here: mend.id("ravi"),
            elsewhere: PersonId(mend.app.new_id()),
            circle: mend.circle(mend.sample, "Rowan"),
            cookie: reply.session().unwrap(),
        };
        ravi.says_everything(mend);
        ravi.has_everything(mend);
        ravi.asks_and_promises(mend);
        ravi.has_a_place_elsewhere(mend);
        ravi
    }

    pub fn client<'a>(&self, mend: &'a TestMend) -> Client<'a> {
        Client::new(mend, Some(self.cookie.clone()))
    }

    /// What the front door can set up.
    fn says_everything(&self, mend: &TestMend) {
        let (ravi, amara, bram) = (self.client(mend), mend.as_("amara"), mend.as_("bram"));
        let (mine, bram_id) = (self.here.to_string(), mend.id("bram").to_string());
        let group = [("email", "ravi.hidden@example.org"), ("name", "Ravi Menon")];
        let done = [
            amara.post(&format!("/m/sample/people/{mine}"), &group),
            amara.post("/m/sample/stewards", &[("person", &mine)]),
            ravi.post("/m/sample/me/hours", &[("h", "20"), ("h", "21")]),
            ravi.post("/m/sample/me/wishes", &[("person", &bram_id)]),
            bram.post("/m/sample/me/wishes", &[("person", &mine)]),
            ravi.post("/m/sample/me/calendar", &[]),
            ravi.post(
                "/m/sample/me/letters",
                &[("evening", "mail"), ("soon", "nothing"), ("rhythm", "soon")],
            ),
            ravi.post(
                "/m/sample/movement",
                &[("name", "River"), ("zone", "UTC"), ("size", "6")],
            ),
            ravi.upload("/m/sample/people/import", b"name\nRavi Menon\n"),
        ];
        for reply in done {
            assert_eq!(reply.code(), 303, "{}", reply.text());
        }
        let wrong = mend
            .visitor()
            .post_json("/sign-in", &proof("ravi.secret", &auth(9), "words"));
        assert_eq!(wrong.code(), 422);
    }

    /// What only a story of some months would set up.
    fn has_everything(&self, mend: &TestMend) {
        let (sample, id, circle, now) = (mend.sample, self.here, self.circle, mend.now());
        let account = self.account;
        mend.write(Scope::Movement(sample.0), move |tx| {
            sql!("UPDATE circle SET keeper_id = $2 WHERE id = $1").id(circle).id(id).run(tx)?;
            sql!(
                "INSERT INTO membership (person_id, group_id, movement_id, leads)
                 SELECT $1, g.id, $2, 1 FROM working_group g WHERE g.movement_id = $2"
            )
            .id(id)
            .id(sample)
            .run(tx)?;
            sql!("UPDATE person SET external_id = 'list-number-77', paused_at = 1 WHERE id = $1")
                .id(id)
                .run(tx)?;
            sql!("INSERT INTO seat (circle_id, person_id, movement_id, taken_at) VALUES ($1, $2, $3, 1)")
                .id(circle)
                .id(id)
                .id(sample)
                .run(tx)?;
            sql!(
                "INSERT INTO invitation (id, circle_id, person_id, movement_id, made_at, ends_at, answer)
                 VALUES ($1, $2, $3, $4, $5, $6, 'yes')"
            )
            .id(INVITATION)
            .id(circle)
            .id(id)
            .id(sample)
            .int(now)
            .int(now.days(14))
            .run(tx)?;
            sql!(
                "INSERT INTO keeping (circle_id, on_day, movement_id, keeper_id, second_id)
                 VALUES ($1, '2026-12-08', $3, $2, $2)"
            )
            .id(circle)
            .id(id)
            .id(sample)
            .run(tx)?;
            sql!(
                "INSERT INTO consent (circle_id, person_id, movement_id, version)
                 VALUES ($1, $2, $3, 1)"
            )
            .id(circle)
            .id(id)
            .id(sample)
            .run(tx)?;
            sql!(
                "INSERT INTO letter (id, movement_id, person_id, kind, about, made_at)
                 VALUES ($1, $2, $3, 'invitation', $4, 1)"
            )
            .id([91; 16])
            .id(sample)
            .id(id)
            .id(INVITATION)
            .run(tx)?;
            crate::post::bundle(tx, (sample, id), &[[91; 16]], now)?;
            sql!(
                "INSERT INTO claim (digest, movement_id, person_id, made_at, ends_at)
                 VALUES ($1, $2, $3, 1, $4)"
            )
            .bytes(CLAIM)
            .id(sample)
            .id(id)
            .int(now.days(7))
            .run(tx)?;
            sql!(
                "INSERT INTO safeguarding (movement_id, text, lead_id, agreed_at)
                 VALUES ($1, 'Two adults.', $2, 1)"
            )
            .id(sample)
            .id(id)
            .run(tx)?;
            sql!(
                "INSERT INTO asking (id, movement_id, account_id, name, pronouns, languages, minor,
                        made_at, ends_at)
                 VALUES ($1, $2, $3, 'Ravi Elsewhere', '', '', 0, 1, $4)"
            )
            .id([95; 16])
            .id(sample)
            .id(account)
            .int(now.days(30))
            .run(tx)?;
            sql!(
                "INSERT INTO lockdown (movement_id, by_id, begun_at, counted_at, rest, confirmed, opening_id)
                 VALUES ($1, $2, 1, 1, 0, 0, $2)"
            )
            .id(sample)
            .id(id)
            .run(tx)?;
            sql!(
                "INSERT INTO draft (id, movement_id, seed, size, bound, reached, made_at)
                 VALUES ($1, $2, 1, 6, 0, 0, 1)"
            )
            .id([92; 16])
            .id(sample)
            .run(tx)?;
            sql!(
                "INSERT INTO draft_seat (draft_id, person_id, movement_id, ring, keeps)
                 VALUES ($1, $2, $3, 0, 1)"
            )
            .id([92; 16])
            .id(id)
            .id(sample)
            .run(tx)?;
            sql!(
                "INSERT INTO stood_in (circle_id, on_day, person_id, movement_id)
                 VALUES ($1, '2026-11-30', $2, $3)"
            )
            .id(circle)
            .id(id)
            .id(sample)
            .run(tx)
            .map(|_| ())
        });
    }

    /// What only somebody with a seat can do.
    fn asks_and_promises(&self, mend: &TestMend) {
        let (ravi, lena) = (self.client(mend), mend.as_("lena"));
        let (mine, lena_id) = (self.here.to_string(), mend.id("lena").to_string());
        let (circle, day) = (self.circle.to_string(), ("until", "2026-12-20"));
        let stand_in = format!("/m/sample/circles/{circle}/meetings/2026-12-08/stand-in");
        let ask = |to| [("what", "Tea?"), day, ("person", to)];
        let done = [
            ravi.post("/m/sample/steps", &[("here", "3"), ("source", "plain")]),
            ravi.post("/m/sample/asks", &ask(lena_id.as_str())),
            lena.post("/m/sample/asks", &ask(mine.as_str())),
            ravi.post(
                "/m/sample/commitments",
                &[("words", "Rest."), day, ("circle", &circle)],
            ),
            ravi.post("/m/sample/care", &[("this", "2")]),
            ravi.post(&stand_in, &[("say", "ask"), ("name", &mend.name("noor"))]),
            lena.post(&stand_in, &[("say", "ask"), ("name", &mend.name("bram"))]),
            ravi.post(&stand_in, &[("say", "yes"), ("of", &lena_id)]),
        ];
        for reply in done {
            assert_eq!(reply.code(), 303, "{}", reply.text());
        }
    }

    fn has_a_place_elsewhere(&self, mend: &TestMend) {
        let (other, now) = (mend.other, mend.now());
        let person = Person {
            account: Some(self.account),
            ..Person::new(self.elsewhere, "Ravi Elsewhere")
        };
        mend.write(Scope::Movement(other.0), move |tx| {
            movement::add_row(tx, other, &person, now)
        });
    }

    /// Everything by which they could be told, as it stands in the tables.
    pub fn traces(&self, mend: &TestMend) -> Vec<String> {
        let (sample, id, account) = (mend.sample, self.here, self.account);
        let sealed = mend
            .read(Scope::Movement(sample.0), |tx| {
                movement::person(tx, sample, id)
            })
            .unwrap();
        let upload = mend.read(Scope::Movement(sample.0), |tx| {
            sql!("SELECT id FROM upload").one(tx, |row| row.id(0))
        });
        let verifiers = mend.read(Scope::Instance, |tx| {
            sql!("SELECT words_verifier, code_verifier FROM account WHERE id = $1")
                .id(account)
                .one(tx, |row| Ok([row.text(0)?, row.text(1)?]))
        });
        let session = mend_seal::Token::<32>::from_text(&self.cookie)
            .unwrap()
            .digest();
        let bytes: [&[u8]; 8] = [
            &self.account.0,
            &self.here.0,
            &self.elsewhere.0,
            &upload,
            &session,
            &INVITATION,
            &CLAIM,
            sealed.email_print.as_deref().unwrap(),
        ];
        let words = [
            "ravi.secret",
            "Ravi Menon",
            "Ravi Elsewhere",
            "list-number-77",
        ];
        let mut traces: Vec<String> = bytes.into_iter().map(hex).collect();
        traces.push(hex(sealed.email_sealed.as_deref().unwrap()));
        traces.push(hex(&sealed.hours.to_bytes()));
        traces.extend(words.map(str::to_owned));
        traces.extend(verifiers);
        traces
    }
}

const INVITATION: [u8; 16] = [90; 16];
const CLAIM: [u8; 32] = [93; 32];
