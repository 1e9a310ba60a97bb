//! Changing what opens sealed writing: new words and code together with those that sign in, and
//! passkeys that open as well.

use axum::Json;
use axum::http::header::HeaderMap;
use axum::response::{IntoResponse, Redirect};
use mend_store::Scope;
use serde::Deserialize;
use serde_json::json;

use super::acts::{self, Sent};
use super::api::{bytes, done_or_told, not_proved, prove, told};
use super::rows;
use crate::people::{self, NewWays, pages::From};
use crate::web::{Answer, Problem, Visit};

async fn has_keyring(visit: &Visit) -> Result<bool, Problem> {
    let account = visit.account()?.id;
    let found = visit.app.store.read(Scope::Instance, move |tx| {
        rows::keyring(tx, account).map(|found| found.is_some())
    });
    Ok(found.await?)
}

/// The page for new words. Whoever has sealed writing makes them in the vault, where it is open:
/// made here they would no longer open it.
pub async fn words(visit: Visit) -> Answer {
    if has_keyring(&visit).await? {
        return Ok(Redirect::to("/vault#/ways").into_response());
    }
    people::pages::words(visit).await
}

pub async fn save_words(visit: Visit, sent: Json<NewWays>) -> Answer {
    if has_keyring(&visit).await? {
        return people::pages::refused_field(&visit, Problem::Refused("words-in-vault"));
    }
    people::pages::save_words(visit, sent).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// A proof of the words or code that are still in force.
    auth: String,
    way: String,
    guard: String,
    new: NewWays,
    turn: i64,
    new_guard: String,
    keyring: String,
    words: String,
    code: String,
}

/// New words and a new code, for signing in and for sealed writing in one transaction.
pub async fn change(
    visit: Visit,
    from: From,
    headers: HeaderMap,
    Json(sent): Json<Change>,
) -> Answer {
    let by_code = sent.way == "code";
    if let Err(why) = prove(&visit, &from, &headers, &sent.auth, by_code).await {
        return not_proved(&visit, why, by_code);
    }
    let account = visit.account()?.clone();
    let enrolled = people::new_ways(&visit.app, &account, &sent.new).await?;
    let guard = bytes(&sent.guard)?;
    let (new_guard, body) = (bytes(&sent.new_guard)?, bytes(&sent.keyring)?);
    let (words, code) = (bytes(&sent.words)?, bytes(&sent.code)?);
    let done = visit.app.store.write(Scope::Instance, move |tx| {
        let sent = Sent {
            turn: sent.turn,
            guard: new_guard.clone(),
            body: body.clone(),
        };
        let ways = [("words", words.clone()), ("code", code.clone())];
        acts::renew(tx, &account, &guard, sent, ways)?;
        Ok(people::replace_ways(tx, &account, &enrolled)?)
    });
    done_or_told(&visit, done.await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPasskey {
    guard: String,
    credential: String,
    body: String,
}

/// Lets one of the account's passkeys open its writing too.
pub async fn add(visit: Visit, Json(sent): Json<NewPasskey>) -> Answer {
    let guard = bytes(&sent.guard)?;
    let (credential, body) = (bytes(&sent.credential)?, bytes(&sent.body)?);
    let account = visit.account()?.id;
    let done = visit.app.store.write(Scope::Instance, move |tx| {
        acts::add_passkey(tx, account, &guard, credential.clone(), body.clone())
    });
    done_or_told(&visit, done.await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OldPasskey {
    guard: String,
    credential: String,
}

/// The passkey opens sealed writing no more; it still signs in.
pub async fn remove(visit: Visit, Json(sent): Json<OldPasskey>) -> Answer {
    let (guard, credential) = (bytes(&sent.guard)?, bytes(&sent.credential)?);
    let account = visit.account()?.id;
    let done = visit.app.store.write(Scope::Instance, move |tx| {
        acts::drop_passkey(tx, account, &guard, &credential)
    });
    match done.await {
        Ok(()) => Ok(Json(json!({})).into_response()),
        Err(problem) => told(&visit, problem),
    }
}
