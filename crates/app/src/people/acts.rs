//! What somebody can do as an account: enrol, sign in, sign out, erase themselves.

use mend_rules::id::AccountId;
use mend_rules::people::{self as rule, Handle, HandleTrouble};
use mend_rules::time::Time;
use mend_seal::{Auth, Iterations, Salt, Token, Verifier, salt::dummy_salt};
use mend_store::{Scope, StoreError, Tx};
use serde::Deserialize;

use super::rows::{self, Session, Ways, Which};
use crate::app::{App, dice};
use crate::web::Problem;
use crate::web::visit::Account;

/// What the browser sends when somebody makes an account: never the words or the code.
#[derive(Debug, Clone, Deserialize)]
pub struct Enrolment {
    pub handle: String,
    salt: String,
    iterations: u32,
    auth_words: String,
    auth_code: String,
}

/// New words and a new code, as the browser sends them.
#[derive(Debug, Clone, Deserialize)]
pub struct NewWays {
    salt: String,
    iterations: u32,
    auth_words: String,
    auth_code: String,
}

/// What somebody needs to know to prove that they are who they say.
pub struct Start {
    pub salt: String,
    pub iterations: u32,
}

/// Why nobody was signed in.
#[derive(Debug, PartialEq, Eq)]
pub enum NotSignedIn {
    /// The handle and the words or code do not belong together.
    Wrong,
    /// Too many tries from here; the minutes to wait.
    Wait(i64),
    /// Something broke.
    Broken(Problem),
}

impl From<StoreError> for NotSignedIn {
    fn from(error: StoreError) -> Self {
        Self::Broken(error.into())
    }
}

/// The salt and cost of a handle. For one that nobody has, a salt that stays the same.
pub async fn start(app: &App, handle: &str) -> Result<Start, StoreError> {
    let found = match Handle::new(handle) {
        Ok(handle) => {
            app.store
                .read(Scope::Instance, move |tx| rows::ways(tx, &handle))
                .await?
        }
        Err(_) => None,
    };
    let dummy = dummy_salt(&app.key.0, &handle.trim().to_lowercase());
    let known = found.and_then(|ways| {
        let salt = Salt::from_bytes(ways.salt.try_into().ok()?);
        Some((salt, u32::try_from(ways.iterations).ok()?))
    });
    let (salt, iterations) = known.unwrap_or((dummy, Iterations::LEAST.get()));
    Ok(Start {
        salt: salt.to_text(),
        iterations,
    })
}

/// Signs somebody in: `from` is a keyed print of where they try from.
pub async fn sign_in(
    app: &App,
    handle: &str,
    auth: Option<Auth>,
    by_code: bool,
    from: [u8; 32],
) -> Result<Token<32>, NotSignedIn> {
    let now = app.now();
    let (account, about) = prove(app, handle, auth, by_code, from).await?;
    let token = Token::make(&mut dice);
    let digest = token.digest();
    app.store
        .write(Scope::Instance, move |tx| {
            rows::forget_tries(tx, &about)?;
            begin(tx, &digest, account, now)
        })
        .await?;
    Ok(token)
}

/// Proves anew who is there, in a session that goes on.
pub async fn prove_again(
    app: &App,
    account: &Account,
    auth: Option<Auth>,
    by_code: bool,
    from: [u8; 32],
) -> Result<(), NotSignedIn> {
    let (now, session) = (app.now(), account.session.clone());
    let (_, about) = prove(app, &account.handle, auth, by_code, from).await?;
    app.store
        .write(Scope::Instance, move |tx| {
            rows::forget_tries(tx, &about)?;
            rows::set_proved(tx, &session, now)
        })
        .await?;
    Ok(())
}

/// Whose account it is, and under what the tries from there are counted.
async fn prove(
    app: &App,
    handle: &str,
    auth: Option<Auth>,
    by_code: bool,
    from: [u8; 32],
) -> Result<(AccountId, [u8; 32]), NotSignedIn> {
    let now = app.now();
    // Another spelling of a handle is not another ten tries.
    let folded = handle.trim().to_lowercase();
    let about = app
        .key
        .0
        .fingerprint("sign-in", &format!("{folded}|{from:?}"));
    let (tried, handle) = (app.new_id::<[u8; 16]>(), Handle::new(handle));
    let ways = app
        .store
        .write(Scope::Instance, move |tx| {
            rule::may_try(&rows::tries(tx, &about)?, now).map_err(NotSignedIn::Wait)?;
            rows::add_try(tx, tried, &about, now)?;
            match &handle {
                Ok(handle) => Ok::<_, NotSignedIn>(rows::ways(tx, handle)?),
                Err(_) => Ok(None),
            }
        })
        .await?;
    let account = proved(app, ways, auth, by_code)
        .await
        .ok_or(NotSignedIn::Wrong)?;
    Ok((account, about))
}

/// Checks a proof. It takes as long for a handle that nobody has.
async fn proved(
    app: &App,
    ways: Option<Ways>,
    auth: Option<Auth>,
    by_code: bool,
) -> Option<AccountId> {
    let stored = ways
        .as_ref()
        .map(|ways| if by_code { &ways.code } else { &ways.words });
    let verifier = stored
        .and_then(|text| Verifier::from_text(text).ok())
        .unwrap_or_else(Verifier::dummy);
    let auth = auth?;
    let _turn = app.proofs.acquire().await.ok()?;
    let accepted = tokio::task::spawn_blocking(move || verifier.accepts(&auth))
        .await
        .ok()?;
    ways.filter(|_| accepted).map(|ways| ways.account)
}

/// A fresh session. Its token goes to the browser; only its digest is kept.
pub fn begin_session(
    tx: &mut Tx<'_>,
    account: AccountId,
    now: Time,
) -> Result<Token<32>, StoreError> {
    let token = Token::make(&mut dice);
    begin(tx, &token.digest(), account, now)?;
    Ok(token)
}

fn begin(tx: &mut Tx<'_>, digest: &[u8], account: AccountId, now: Time) -> Result<(), StoreError> {
    rows::add_session(tx, digest, account, now, now.days(rule::SESSION_DAYS))
}

/// An enrolment that can be kept: its proofs are hashed, which takes a moment.
#[derive(Clone)]
pub struct Enrolled {
    handle: Handle,
    salt: Vec<u8>,
    iterations: i64,
    words: String,
    code: String,
}

/// Reads an enrolment and hashes its proofs.
///
/// # Errors
/// The key of the text that says what is not right.
pub async fn enrolment(app: &App, sent: &Enrolment) -> Result<Enrolled, Problem> {
    let handle = Handle::new(&sent.handle).map_err(|trouble| {
        Problem::Refused(match trouble {
            HandleTrouble::Length => "join-handle-length",
            HandleTrouble::Character => "join-handle-character",
        })
    })?;
    let ways = NewWays {
        salt: sent.salt.clone(),
        iterations: sent.iterations,
        auth_words: sent.auth_words.clone(),
        auth_code: sent.auth_code.clone(),
    };
    hashed(app, handle, &ways).await
}

async fn hashed(app: &App, handle: Handle, sent: &NewWays) -> Result<Enrolled, Problem> {
    let odd = Problem::Refused("join-odd");
    let salt = Salt::from_text(&sent.salt).ok_or(odd.clone())?;
    let iterations = Iterations::new(sent.iterations).map_err(|_| odd.clone())?;
    let words = Auth::from_text(&sent.auth_words).ok_or(odd.clone())?;
    let code = Auth::from_text(&sent.auth_code).ok_or(odd.clone())?;
    let _turn = app.proofs.acquire().await.map_err(|_| odd.clone())?;
    let hashed = tokio::task::spawn_blocking(move || {
        let hash = |auth| Verifier::make(&auth, &mut dice).to_text();
        (hash(words), hash(code))
    });
    let (words, code) = hashed.await.map_err(|e| Problem::Broken(e.to_string()))?;
    Ok(Enrolled {
        handle,
        salt: salt.bytes().to_vec(),
        iterations: iterations.get().into(),
        words,
        code,
    })
}

/// Makes an account.
///
/// # Errors
/// That the handle is somebody's already.
pub fn enrol(
    tx: &mut Tx<'_>,
    account: AccountId,
    from: &Enrolled,
    now: Time,
) -> Result<(), Problem> {
    let ways = Ways {
        account,
        salt: from.salt.clone(),
        iterations: from.iterations,
        words: from.words.clone(),
        code: from.code.clone(),
    };
    if rows::ways(tx, &from.handle)?.is_some() {
        return Err(Problem::Refused("join-handle-taken"));
    }
    rows::add_account(tx, &from.handle, &ways, now)?;
    Ok(())
}

/// Reads new words and a new code of somebody and hashes their proofs.
pub async fn new_ways(app: &App, account: &Account, sent: &NewWays) -> Result<Enrolled, Problem> {
    let odd = |_| Problem::Refused("join-odd");
    hashed(app, Handle::new(&account.handle).map_err(odd)?, sent).await
}

/// Puts new words and a new code in force, and ends the sessions elsewhere.
pub fn replace_ways(tx: &mut Tx<'_>, account: &Account, from: &Enrolled) -> Result<(), StoreError> {
    let ways = Ways {
        account: account.id,
        salt: from.salt.clone(),
        iterations: from.iterations,
        words: from.words.clone(),
        code: from.code.clone(),
    };
    rows::set_ways(tx, &ways)?;
    rows::end_own(tx, account.id, &Which::AllBut(account.session.clone()))
}

/// Replaces somebody's words and code, and ends their sessions elsewhere.
pub async fn change_words(app: &App, account: &Account, sent: &NewWays) -> Result<(), Problem> {
    let (from, account) = (new_ways(app, account, sent).await?, account.clone());
    let done = app
        .store
        .write(Scope::Instance, move |tx| replace_ways(tx, &account, &from));
    Ok(done.await?)
}

pub async fn end_sessions(app: &App, account: AccountId, which: Which) -> Result<(), StoreError> {
    app.store
        .write(Scope::Instance, move |tx| {
            rows::end_own(tx, account, &which)
        })
        .await
}

pub async fn set_proved(app: &App, session: Vec<u8>) -> Result<(), StoreError> {
    let now = app.now();
    app.store
        .write(Scope::Instance, move |tx| {
            rows::set_proved(tx, &session, now)
        })
        .await
}

pub async fn sessions(app: &App, account: AccountId) -> Result<Vec<Session>, StoreError> {
    let now = app.now();
    app.store
        .read(Scope::Instance, move |tx| rows::sessions(tx, account, now))
        .await
}

pub async fn sign_out(app: &App, session: Vec<u8>) -> Result<(), StoreError> {
    app.store
        .write(Scope::Instance, move |tx| rows::end_session(tx, &session))
        .await
}
