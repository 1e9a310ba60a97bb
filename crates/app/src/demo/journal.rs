//! Sealed writing in the sample movement: made here as a browser would make it, with the same
//! format, so that it opens in the vault with the words that are printed.
//! Never: anything that the running server could open; the words exist on the console alone.
//! See: `mend_seal::keyring`, `mend_seal::envelope`.

use age::secrecy::ExposeSecret;
use mend_rules::id::AccountId;
use mend_rules::time::Time;
use mend_seal::{
    Auth, Code, Dice, Iterations, Pen, RingKey, Salt, Verifier, Words, derive, keyring::Way,
};
use mend_store::{Scope, Store, StoreError};
use serde::Deserialize;
use serde_json::{Value, json};

use super::WORLD;
use crate::app::{dice, fresh};
use crate::backup::sealed;
use crate::{journal, people};

const LIST: &str = include_str!("../../assets/words.txt");

#[derive(Deserialize)]
struct World {
    writing: Vec<Written>,
}

/// A piece of writing in the sample movement.
#[derive(Deserialize)]
struct Written {
    kind: String,
    days_ago: i64,
    text: Option<String>,
    #[serde(default)]
    feelings: Vec<String>,
    #[serde(default)]
    answers: toml::Table,
}

/// What opens the writing, for the console.
pub struct Opens {
    pub words: String,
    pub code: String,
}

/// Somebody's keyring while it is open.
struct Hand {
    account: String,
    ring: RingKey,
    pen: [u8; 32],
    local: [u8; 32],
    /// By journal and year.
    journals: Vec<(String, sealed::Identity)>,
}

/// Gives an account of the sample movement words, a code and sealed writing.
pub fn fill(store: &Store, account: AccountId, now: Time) -> Result<Opens, String> {
    let world: World = toml::from_str(WORLD).map_err(|e| e.to_string())?;
    let mut hand = Hand::new(account);
    let pieces = world.writing.iter().map(|one| hand.write(one, now));
    let pieces = pieces.collect::<Result<Vec<_>, _>>()?;
    let (words, code) = (chosen(), Code::make(&mut dice));
    let salt = Salt::make(&mut dice);
    let read = Words::read(&words).map_err(|e| e.to_string())?;
    let by_words = derive::from_words(&read, &salt, Iterations::LEAST);
    let by_code = derive::from_code(&code, &salt);
    let ways = [
        ("words", hand.way(&by_words.wrap, "words")),
        ("code", hand.way(&by_code.wrap, "code")),
    ];
    let keyring = (hand.ring.guard().to_vec(), hand.sealed());
    let (words_verifier, code_verifier) = (verifier(&by_words.auth), verifier(&by_code.auth));
    store
        .write_now(Scope::Instance, move |tx| {
            let (words, code) = (&words_verifier, &code_verifier);
            people::set_sample_ways(tx, account, salt.bytes(), words, code)?;
            journal::set_up_sample(tx, account, keyring.clone(), ways.clone(), &pieces)
        })
        .map_err(|e: StoreError| e.to_string())?;
    let code = code.text().to_string();
    Ok(Opens { words, code })
}

fn verifier(auth: &Auth) -> String {
    Verifier::make(auth, &mut dice).to_text()
}

/// Seven words from the list, each with the same chance.
fn chosen() -> String {
    let list: Vec<&str> = LIST.lines().collect();
    let words: Vec<&str> = (0..7).map(|_| list[below(list.len())]).collect();
    words.join(" ")
}

/// A number below `limit`; what would favour the first ones is thrown again.
fn below(limit: usize) -> usize {
    loop {
        let mut bytes = [0; 4];
        dice(&mut bytes);
        let thrown = u64::from(u32::from_le_bytes(bytes));
        let fair = (1 << 32) - (1 << 32) % limit as u64;
        if thrown < fair {
            return usize::try_from(thrown % limit as u64).unwrap_or(0);
        }
    }
}

impl Hand {
    fn new(account: AccountId) -> Self {
        let (mut pen, mut local) = ([0; 32], [0; 32]);
        dice(&mut pen);
        dice(&mut local);
        Self {
            account: account.to_string(),
            ring: RingKey::make(&mut dice),
            pen,
            local,
            journals: Vec::new(),
        }
    }

    fn way(&self, wrap: &mend_seal::Wrap, kind: &str) -> Vec<u8> {
        let way = Way {
            account: &self.account,
            kind,
            credential: "",
        };
        self.ring.for_way(wrap, way, &mut dice)
    }

    /// The keyring, sealed, as its first turn.
    fn sealed(&self) -> Vec<u8> {
        let json = self.keys().to_string();
        self.ring
            .seal(&self.account, 1, &json, &mut dice as &mut Dice)
    }

    fn keys(&self) -> Value {
        let journals = self.journals.iter().map(|(epoch, identity)| {
            let secret = identity.to_string();
            (epoch.clone(), Value::from(secret.expose_secret()))
        });
        let journals: serde_json::Map<String, Value> = journals.collect();
        let (sign, local) = (journal::signs(&self.pen), journal::signs(&self.local));
        json!({ "v": 1, "sign": sign, "local": local, "journals": journals })
    }

    /// The recipient of a journal's key in a year.
    fn journal(&mut self, epoch: &str) -> sealed::Recipient {
        if let Some((_, identity)) = self.journals.iter().find(|(name, _)| name == epoch) {
            return identity.to_public();
        }
        let identity = sealed::Identity::generate();
        let recipient = identity.to_public();
        self.journals.push((epoch.to_owned(), identity));
        recipient
    }

    /// One piece as the server keeps it: its random name and the envelope.
    fn write(&mut self, from: &Written, now: Time) -> Result<([u8; 16], Vec<u8>), String> {
        let id = fresh();
        let at = now.days(-from.days_ago).stamp();
        let year = at.to_zoned(jiff::tz::TimeZone::UTC).year();
        let epoch = format!("{}-{year}", from.kind);
        let pen = Pen::from_seed(&self.pen);
        let json = json!({
            "v": 1, "kind": from.kind, "object": AccountId(id).to_string(), "epoch": epoch,
            "seq": 1, "author": pen.author(), "time": at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            "prev": "", "body": from.body(),
        });
        let inside = pen.write(&json.to_string());
        let mut envelope = Vec::new();
        let recipient = self.journal(&epoch);
        sealed::seal(&mut inside.as_slice(), &mut envelope, &[recipient])
            .map_err(|e| e.to_string())?;
        Ok((id, envelope))
    }
}

impl Written {
    fn body(&self) -> Value {
        match &self.text {
            Some(text) => json!({ "form": "entry", "text": text, "feelings": self.feelings }),
            None => json!({ "answers": self.answers }),
        }
    }
}

#[cfg(test)]
mod tests;
