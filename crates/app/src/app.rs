//! What every door of the program is handed: the store, the key, the texts, the clock, the dice.
//! Built once at start; nothing else is shared.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, OnceLock};

use mend_rules::id::AccountId;
use mend_rules::time::Time;
use mend_seal::{ColumnKey, Token};
use mend_store::Store;
use tokio::sync::{Notify, Semaphore};

use crate::backup;
use crate::clock::Clock;
use crate::halls::Halls;
use crate::passkeys::Passkeys;
use crate::post::Way;
use crate::practice::Practice;
use crate::tongue::Tongue;
use crate::web::Base;

/// How many sign-in proofs are checked at once; each takes 19 MiB for a moment.
const PROOFS_AT_ONCE: usize = 2;

/// The program's shared parts. Clones share them.
#[derive(Clone, Debug)]
pub struct App(Arc<Parts>);

/// See [`App`].
#[derive(Debug)]
pub struct Parts {
    pub store: Store,
    pub key: Key,
    pub tongue: Tongue,
    pub practice: Practice,
    pub clock: Clock,
    pub base: Base,
    pub demo: Option<Doors>,
    pub proofs: Semaphore,
    pub passkeys: Passkeys,
    /// Whoever looks at a circle while it is held.
    pub halls: Halls,
    /// Reports of pages that tried something the policy forbids. Counted, never kept.
    pub policy_reports: AtomicU64,
    /// The backups that are made every hour, where they were asked for.
    pub backups: OnceLock<backup::Plan>,
    /// Wakes the worker when somebody waits for a job.
    pub wake: Notify,
    /// The way out for letters, where the host named one.
    pub post: OnceLock<Way>,
}

/// The column key, which never shows itself.
pub struct Key(pub ColumnKey);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key")
    }
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    pub fn new(store: Store, key: ColumnKey, base: Base, demo: Option<Doors>) -> Self {
        let passkeys = Passkeys::new(&base);
        Self(Arc::new(Parts {
            store,
            key: Key(key),
            tongue: Tongue::english(),
            practice: Practice::english(),
            clock: Clock::default(),
            base,
            demo,
            proofs: Semaphore::new(PROOFS_AT_ONCE),
            passkeys,
            halls: Halls::default(),
            policy_reports: AtomicU64::new(0),
            backups: OnceLock::new(),
            wake: Notify::new(),
            post: OnceLock::new(),
        }))
    }

    /// Whether letters go out by themselves, or on paper alone.
    pub fn writes(&self) -> bool {
        self.post.get().is_some()
    }

    pub fn now(&self) -> Time {
        self.clock.now()
    }

    /// Takes what was deleted out of the files. Where somebody is still reading, the sweep tries
    /// again.
    pub async fn settle(&self) {
        if let Err(error) = self.store.settle().await {
            tracing::warn!(%error, "the log of the database is emptied later");
        }
    }

    /// 16 random bytes, for an identifier.
    pub fn new_id<I: From<[u8; 16]>>(&self) -> I {
        fresh().into()
    }
}

/// 16 random bytes, for an identifier.
pub fn fresh() -> [u8; 16] {
    let mut id = [0; 16];
    dice(&mut id);
    id
}

/// Fills `bytes` with randomness of the operating system.
pub fn dice(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the operating system gives random bytes");
}

/// Links of the sample movement that open once, kept in memory alone.
#[derive(Debug)]
pub struct Doors {
    open: Mutex<HashMap<[u8; 32], (AccountId, String)>>,
    accounts: HashSet<AccountId>,
}

impl Doors {
    /// By the digest of a link: who comes in, and where to.
    pub fn new(by_digest: HashMap<[u8; 32], (AccountId, String)>) -> Self {
        Self {
            accounts: by_digest.values().map(|(account, _)| *account).collect(),
            open: Mutex::new(by_digest),
        }
    }

    /// Whether somebody comes in by a door, and has no words to prove anything by.
    pub fn are_for(&self, account: AccountId) -> bool {
        self.accounts.contains(&account)
    }

    /// Who comes in by a link, and where to; the link is void afterwards.
    pub fn open(&self, token: &str) -> Option<(AccountId, String)> {
        let digest = Token::<16>::from_text(token)?.digest();
        self.open.lock().ok()?.remove(&digest)
    }
}
