//! Every route as a request: its placeholders filled with real things, its form with what a page
//! would send. A policy that is not known here does not compile or fails.
#![allow(clippy::unwrap_used)]

use base64ct::{Base64UrlUnpadded, Encoding};
use serde_json::{Value, json};

use crate::testing::cast::{Cast, Player, Side};
use crate::testing::client::Ask;
use crate::testing::links::feed_link;
use crate::testing::vault;
use crate::testing::{TestMend, random_id};
use crate::web::assets::address;
use crate::web::policy::{Action, Method, Own, Policy};

/// What the thing in an address is to whoever asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// One's own, or of one's own movement where it is nobody's.
    Own,
    /// Somebody else's in the same movement.
    Beside,
    /// Of another movement, under that movement's address.
    Elsewhere,
    /// Of another movement, under the address of one's own.
    Smuggled,
    /// Something that is not there, in one's own movement.
    Gone,
    /// In a movement that is not there.
    Nowhere,
}

impl Relation {
    const IN_MOVEMENT: [Self; 6] = [
        Self::Own,
        Self::Beside,
        Self::Elsewhere,
        Self::Smuggled,
        Self::Gone,
        Self::Nowhere,
    ];

    /// The relations that make sense for a route.
    pub fn of(policy: &Policy) -> Vec<Self> {
        let in_movement = policy.path.starts_with("/m/{movement}");
        let all = Self::IN_MOVEMENT.into_iter();
        all.filter(|relation| match relation {
            Self::Own => true,
            Self::Elsewhere | Self::Nowhere => in_movement,
            Self::Beside | Self::Smuggled => in_movement && !things(policy).is_empty(),
            Self::Gone => !things(policy).is_empty(),
        })
        .collect()
    }
}

/// The placeholders of a route but for its movement.
pub fn things(policy: &Policy) -> Vec<&'static str> {
    let parts = policy.path.split('/').filter(|part| part.starts_with('{'));
    // A day or a quarter belongs to nobody: it is one of the circle's, or it is not.
    parts
        .filter(|part| !matches!(*part, "{movement}" | "{day}" | "{quarter}"))
        .collect()
}

/// Fills routes for somebody.
pub struct Filler<'a> {
    pub mend: &'a TestMend,
    pub cast: &'a Cast,
    pub player: &'a Player,
}

impl Filler<'_> {
    /// The requests for a route in a relation. Where an address names two things, each of them is
    /// tried alone too.
    pub fn asks(&self, policy: &Policy, relation: Relation) -> Vec<Ask> {
        let things = things(policy);
        let all = vec![relation; things.len()];
        let mut ways = vec![all];
        if things.len() > 1 && matches!(relation, Relation::Smuggled | Relation::Gone) {
            let alone = |at: usize| {
                let way = |other| if other == at { relation } else { Relation::Own };
                (0..things.len()).map(way).collect()
            };
            ways.extend((0..things.len()).map(alone));
        }
        ways.iter()
            .map(|way| self.ask(policy, relation, way))
            .collect()
    }

    fn ask(&self, policy: &Policy, relation: Relation, way: &[Relation]) -> Ask {
        let address = match relation {
            Relation::Elsewhere => self.cast.elsewhere.address.clone(),
            Relation::Nowhere => random_id()[..10].to_owned(),
            _ => self.cast.here.address.clone(),
        };
        let path = policy.path.replace("{movement}", &address);
        let path = path.replace("{day}", "2026-12-08");
        let mut path = path.replace("{quarter}", "2026-10-01");
        for (thing, relation) in things(policy).into_iter().zip(way) {
            path = path.replace(thing, &self.thing(policy, thing, *relation));
        }
        assert!(!path.contains('{'), "no filler for {path}");
        match policy.method {
            Method::Get => Ask::get(&path),
            Method::Post => self.post(policy.action, &path, relation),
        }
    }

    /// Whose things a relation is about; nobody's for what is not there.
    fn side(&self, relation: Relation) -> Option<&Side> {
        match relation {
            Relation::Own | Relation::Beside => Some(&self.cast.here),
            Relation::Elsewhere | Relation::Smuggled => Some(&self.cast.elsewhere),
            Relation::Gone | Relation::Nowhere => None,
        }
    }

    fn thing(&self, policy: &Policy, thing: &str, relation: Relation) -> String {
        let own = relation == Relation::Own;
        let Some(side) = self.side(relation) else {
            return gone(policy, thing);
        };
        let in_draft = policy.path.contains("{draft}");
        match thing {
            "{person}" if own && !in_draft => {
                self.player.person.unwrap_or(side.unclaimed).to_string()
            }
            "{person}" => side.unclaimed.to_string(),
            "{group}" => side.group.to_string(),
            "{upload}" => side.upload.to_string(),
            "{draft}" => side.draft.to_string(),
            "{circle}" if own => self.player.circle.unwrap_or(side.far).to_string(),
            "{circle}" => side.far.to_string(),
            "{name}" => address("mend.css")
                .trim_start_matches("/assets/")
                .to_owned(),
            "{token}" => self.token(policy, side, own),
            // Steps, their texts and practices are the same in every movement; another one's is none.
            "{step}" | "{text}" | "{practice}" if relation == Relation::Smuggled => {
                gone(policy, thing)
            }
            "{step}" => "1".into(),
            "{text}" => "prompt.circle.1".into(),
            "{practice}" => "floor".into(),
            "{ask}" if own => self.player.ask.unwrap_or(side.ask).to_string(),
            "{ask}" => side.ask.to_string(),
            "{commitment}" if own => self
                .player
                .commitment
                .unwrap_or(side.commitment)
                .to_string(),
            "{commitment}" => side.commitment.to_string(),
            other => panic!("no filler for {other} of {}", policy.path),
        }
    }

    fn token(&self, policy: &Policy, side: &Side, own: bool) -> String {
        match policy.action {
            Action::OpenLink | Action::OpenLinkJoin | Action::OpenLinkTake => {
                self.cast.open_link.clone()
            }
            Action::DemoDoor => self.mend.doors[0].1.clone(),
            Action::ClaimPage | Action::ClaimJoin | Action::ClaimTake => side.claim.clone(),
            Action::JoinPage | Action::JoinAsk | Action::JoinTake => side.joining.clone(),
            Action::AnswerPage | Action::Answer => side.answer.clone(),
            Action::StopPage | Action::Stop => side.stop.clone(),
            Action::Feed => self
                .own_feed()
                .filter(|_| own)
                .unwrap_or_else(|| side.feed.clone()),
            other => panic!("no token for {other:?}"),
        }
    }

    /// Only whoever has a place has a calendar.
    fn own_feed(&self) -> Option<String> {
        self.player.invitation?;
        let account = self.player.account?;
        let page = self
            .mend
            .signed_in(account)
            .get(&format!("/m/{}/me/calendar", self.cast.here.address));
        let is_let_in = page.code() == 200;
        is_let_in.then(|| feed_link(self.mend, &self.cast.here.address, account))
    }

    fn post(&self, action: Action, path: &str, relation: Relation) -> Ask {
        let named = self
            .side(relation)
            .map_or_else(random_id, |side| side.unclaimed.to_string());
        let upload = self
            .side(relation)
            .map_or_else(random_id, |side| side.upload.to_string());
        let asking = self
            .side(relation)
            .map_or_else(random_id, |side| side.asking.to_string());
        let form = |fields: &[(&str, &str)]| Ask::form(path, fields);
        let plan = [
            ("nth", "1"),
            ("weekday", "3"),
            ("starts", "18:00"),
            ("format", "room"),
        ];
        match action {
            Action::SignInStart => Ask::json(path, &json!({ "handle": "amara" })),
            Action::SignIn => Ask::json(
                path,
                &json!({ "handle": "amara", "auth": auth(1), "way": "words" }),
            ),
            Action::Prove => Ask::json(
                path,
                &json!({ "handle": "", "auth": auth(1), "way": "words" }),
            ),
            Action::AccountWordsSave => Ask::json(path, &joining("nobody")),
            Action::AccountSession => form(&[("which", "others")]),
            Action::OpenLinkJoin | Action::ClaimJoin | Action::JoinAsk => {
                Ask::json(path, &joining(&random_id()[..12]))
            }
            Action::PolicyReport => Ask::raw(path, "application/csp-report", b"{}".to_vec()),
            Action::ImportLook => Ask::file(path, b"name\nAna\n"),
            Action::MovementBegin => form(&[
                ("name", "Third"),
                ("by", "Bo"),
                ("zone", "UTC"),
                ("source", "plain"),
                ("age", "adult"),
            ]),
            Action::MovementSave => form(&[("name", "Here"), ("zone", "UTC"), ("size", "5")]),
            Action::MyPlaceSave => form(&[("name", "Me"), ("zone", "")]),
            Action::MyHoursSave => form(&[("h", "20")]),
            // A wish names somebody of one's own movement, or it is passed over.
            Action::MyWishesSave => form(&[("person", &named)]),
            Action::GroupAdd => form(&[("group", "Another group")]),
            Action::StewardAdd => form(&[("person", &named)]),
            Action::PersonAdd | Action::PersonSave | Action::GroupSave => form(&[("name", "Bo")]),
            Action::PasskeyNew | Action::PasskeyAsk => Ask::json(path, &json!({})),
            Action::PasskeyAdd => Ask::json(path, &json!({ "ticket": "", "answer": made_key() })),
            Action::PasskeySignIn | Action::PasskeyProve => {
                Ask::json(path, &json!({ "ticket": "", "answer": used_key() }))
            }
            Action::PasskeyRemove => form(&[("which", &random_id())]),
            Action::ClaimTake => form(&[("age", "adult")]),
            Action::JoinTake => form(&[("age", "adult"), ("name", "Ana Lima")]),
            Action::MyAge => form(&[("age", "adult")]),
            Action::AskingYes | Action::AskingNo => form(&[("asking", &asking)]),
            Action::SafeguardingSave => form(&[("text", "Two adults."), ("lead", &named)]),
            Action::SafeguardingLead => form(&[("answer", "yes")]),
            Action::VaultBegin => Ask::json(path, &vault::begin()),
            Action::VaultOpen => Ask::json(path, &json!({ "auth": auth(1), "way": "words" })),
            Action::VaultLock => Ask::json(path, &json!({ "which": "own" })),
            Action::VaultKeyring => Ask::json(path, &vault::keyring()),
            Action::VaultWords => Ask::json(path, &vault::words()),
            Action::VaultPasskeyAdd => Ask::json(
                path,
                &json!({ "guard": auth(3), "credential": auth(1), "body": auth(1) }),
            ),
            Action::VaultPasskeyDrop => {
                Ask::json(path, &json!({ "guard": auth(3), "credential": auth(1) }))
            }
            Action::VaultRead => Ask::json(path, &json!({ "ids": [random_id()] })),
            Action::VaultSave => Ask::json(path, &json!({ "guard": auth(3), "pieces": [] })),
            Action::VaultDestroy => Ask::json(path, &json!({ "guard": auth(3), "ids": [] })),
            Action::VaultEnd => Ask::json(path, &json!({ "guard": auth(3) })),
            Action::HelpSave => form(&[("help", "Emergency: 112")]),
            Action::ComeBack | Action::AskingBack => form(&[("movement", "nowhere")]),
            Action::LockBegin
            | Action::CircleEnd
            | Action::SafeguardingOff
            | Action::CircleLeave
            | Action::Leave
            | Action::StepBack => form(&[("sure", "yes")]),
            Action::OfferMake => form(&[("name", "Nobody"), ("asked", "on")]),
            Action::OfferBack => form(&[("which", &random_id())]),
            Action::CircleFree => form(&[("person", &named)]),
            Action::DraftMove => form(&[("to", "1")]),
            Action::DraftConfirm => form(&plan),
            Action::CircleSave => form(&[plan.as_slice(), &[("name", "Rook")]].concat()),
            Action::CircleRsvp | Action::Answer => form(&[("answer", "yes")]),
            Action::StepOwn => form(&[("here", "2"), ("source", "care")]),
            Action::StepReady => form(&[("ready", "4")]),
            Action::WordingSave | Action::CircleWordingSave => form(&[("words", "What rests?")]),
            Action::WordsRestart | Action::CircleWordsRestart => form(&[("sure", "yes")]),
            Action::CircleSource => form(&[("source", "justice")]),
            Action::AskMake => form(&[
                ("what", "Tea?"),
                ("until", "2026-12-02"),
                ("person", &named),
            ]),
            Action::AskAnswer => form(&[("answer", "no")]),
            Action::CommitmentMake => form(&[("words", "Rest."), ("until", "2026-12-24")]),
            Action::CommitmentShow => form(&[("circle", &random_id())]),
            Action::CareSave => form(&[("this", "2"), ("before", "")]),
            Action::CircleStartMake => form(&[
                ("names", "Ana\nBo\nCleo"),
                ("to", "2027-01-12"),
                ("starts", "19:00"),
                ("cadence", "monthly"),
                ("format", "room"),
            ]),
            Action::StandInSay => form(&[("say", "ask"), ("name", "A steward")]),
            Action::MeetingKeeping => form(&[("say", "take")]),
            Action::AgreementsSave => form(&[("lines", "Speak slowly.")]),
            Action::AgreementsConsent => form(&[("say", "yes"), ("version", "1")]),
            Action::MeetingMove => form(&[("to", "2026-12-09"), ("at", "18:00")]),
            Action::MeetingStep => form(&[("step", "2")]),
            Action::InventorySave => form(&[("well", "We eat together.")]),
            Action::InventoryDestroy => form(&[("sure", "yes")]),
            Action::SeriesEnd => form(&[("sure", "yes")]),
            Action::LiveDeed => form(&[("deed", "pass"), ("seen", "1"), ("id", &random_id())]),
            Action::LiveKeep => form(&[("count", "6")]),
            Action::LiveAsk => form(&[("ask", "A lift on Friday")]),
            Action::ImportConfirm => form(&[("upload", &upload)]),
            Action::ImportForget => form(&[("which", &random_id())]),
            Action::ImportColumns => form(&[("c0", "name")]),
            Action::MyLettersSave => {
                form(&[("evening", "nothing"), ("soon", "mail"), ("rhythm", "soon")])
            }
            Action::CircleCall => form(&[("how", "0123")]),
            Action::CallDone => form(&[("call", &random_id())]),
            Action::WaveSave => form(&[("until", "2026-12-20")]),
            Action::MailAgain => form(&[("mail", &random_id()), ("do", "again")]),
            Action::AccountErase => form(&[("handle", "somebody-else")]),
            Action::SignOut
            | Action::OpenLinkTake
            | Action::MyFeedRenew
            | Action::PersonClaim
            | Action::PersonRemove
            | Action::GroupRemove
            | Action::LockKeep
            | Action::JoiningOpen
            | Action::JoiningEnd
            | Action::LockOpen
            | Action::Propose
            | Action::InvitationHand
            | Action::InvitationFile
            | Action::CircleKeep
            | Action::WordingBack
            | Action::CircleWordingBack
            | Action::AskEnd
            | Action::CommitmentRelease
            | Action::MeetingSkip
            | Action::Rota
            | Action::CircleJoin
            | Action::MeetingUndo
            | Action::Stop
            | Action::MailTest
            | Action::DraftDrop => form(&[]),
            other => panic!("no form for {other:?}"),
        }
    }
}

fn gone(policy: &Policy, thing: &str) -> String {
    match (thing, policy.own) {
        ("{name}", _) => "mend.000000000000.css".into(),
        ("{step}", _) => "13".into(),
        ("{text}", _) => "prompt.circle.9".into(),
        ("{practice}", _) => "nothing".into(),
        ("{token}", Own::Once) => {
            let token = mend_seal::Token::<16>::make(&mut crate::app::dice);
            token.to_text().to_string()
        }
        // The right shape: an id and a tag.
        ("{token}", _) => random_id() + &random_id(),
        _ => random_id(),
    }
}

/// What a device answers when it made a key; the signature is nonsense.
pub fn made_key() -> Value {
    let response = json!({ "attestationObject": auth(1), "clientDataJSON": auth(1) });
    json!({ "id": auth(1), "rawId": auth(1), "type": "public-key", "extensions": {}, "response": response })
}

/// What a device answers when it used one; the signature is nonsense.
pub fn used_key() -> Value {
    let response = json!({
        "authenticatorData": auth(1),
        "clientDataJSON": auth(1),
        "signature": auth(1),
        "userHandle": Base64UrlUnpadded::encode_string(&[1; 16]),
    });
    json!({ "id": auth(1), "rawId": auth(1), "type": "public-key", "extensions": {}, "response": response })
}

/// A proof as a browser sends it.
pub fn auth(byte: u8) -> String {
    Base64UrlUnpadded::encode_string(&[byte; 32])
}

/// What a browser sends to make an account.
pub fn joining(handle: &str) -> Value {
    json!({
        "handle": handle,
        "name": "Ana Lima",
        "age": "adult",
        "salt": Base64UrlUnpadded::encode_string(&[3; 16]),
        "iterations": 600_000,
        "auth_words": auth(1),
        "auth_code": auth(2),
    })
}
