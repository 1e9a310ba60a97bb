//! What the vault asks of the server, as JSON: ciphertext, ids, versions, days. Bytes travel as
//! base64url without padding.

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::HeaderMap;
use axum::response::{IntoResponse, Response};
use base64ct::{Base64UrlUnpadded, Encoding};
use mend_rules::help::{Help, Reach};
use mend_rules::id::AccountId;
use mend_seal::Auth;
use mend_store::{Scope, StoreError, Tx};
use serde::Deserialize;
use serde_json::{Value, json};

use super::acts::{self, Kept, Sent};
use super::rows::{self, Piece};
use crate::movement;
use crate::people::{self, NotSignedIn, pages::From};
use crate::web::form::place_of;
use crate::web::visit::Account;
use crate::web::{Answer, Problem, Visit};
use crate::with;

/// Bytes as they travel: base64url without padding.
pub fn text(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

pub(super) fn bytes(text: &str) -> Result<Vec<u8>, Problem> {
    Base64UrlUnpadded::decode_vec(text).map_err(|_| Problem::Refused("vault-odd"))
}

fn id(text: &str) -> Result<[u8; 16], Problem> {
    let id: AccountId = text.parse().map_err(|_| Problem::Refused("vault-odd"))?;
    Ok(id.0)
}

/// A refusal that the vault tells apart by its word.
pub(super) fn no(status: StatusCode, word: &str, say: &str) -> Response {
    (status, Json(json!({ "word": word, "say": say }))).into_response()
}

/// A problem as the vault tells it apart.
pub(super) fn told(visit: &Visit, problem: Problem) -> Answer {
    match problem {
        Problem::Refused(key) if key.starts_with("vault-") => {
            let word = key.trim_start_matches("vault-");
            Ok(no(StatusCode::CONFLICT, word, &visit.t(key)))
        }
        other => Err(other),
    }
}

/// What the vault must know before anything is open: who is there, and what opens it.
pub async fn state(visit: Visit) -> Answer {
    let account = visit.account()?.clone();
    let start = people::start(&visit.app, &account.handle).await?;
    let who = account.clone();
    let found = visit.app.store.read(Scope::Account(account.id.0), move |tx| {
        Ok::<_, StoreError>(json!({
            "keyring": keyring(tx, who.id)?,
            "passkeys": rows::passkeys(tx, who.id)?.iter().map(|one| text(one)).collect::<Vec<_>>(),
            "doors": doors(tx, &who)?,
            "movements": movements(tx, who.id)?,
        }))
    });
    let mut answer = found.await?;
    answer["account"] = account.id.to_string().into();
    answer["handle"] = account.handle.into();
    answer["salt"] = start.salt.into();
    answer["iterations"] = start.iterations.into();
    answer["day"] = acts::day(visit.now).into();
    Ok(Json(answer).into_response())
}

/// A keyring and what passkeys need to open it. Words and code get theirs against a proof.
fn keyring(tx: &mut Tx<'_>, account: AccountId) -> Result<Value, StoreError> {
    let Some(keyring) = rows::keyring(tx, account)? else {
        return Ok(Value::Null);
    };
    let ways = rows::ways(tx, account)?;
    let by_passkey = ways.iter().filter_map(|way| {
        let credential = text(way.credential.as_ref()?);
        Some(json!({ "credential": credential, "body": text(&way.body) }))
    });
    let by_passkey: Vec<Value> = by_passkey.collect();
    Ok(json!({ "turn": keyring.turn, "body": text(&keyring.body), "passkeys": by_passkey }))
}

fn doors(tx: &mut Tx<'_>, account: &Account) -> Result<Vec<Value>, StoreError> {
    let doors = acts::doors(tx, account)?.into_iter();
    Ok(doors
        .map(|(door, here)| json!({ "day": door.day, "here": here }))
        .collect())
}

/// The movements one has a place in, with the outside help that each has written down.
fn movements(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<Value>, StoreError> {
    let mut all = Vec::new();
    for (address, name) in movement::of_account(tx, account)? {
        let Some(place) = movement::at(tx, &address)? else {
            continue;
        };
        tx.enter(Scope::Movement(place.id.0))?;
        let help: Vec<Value> = movement::help::list(tx, place.id)?
            .iter()
            .map(help)
            .collect();
        all.push(json!({ "address": address, "name": name, "help": help }));
    }
    Ok(all)
}

fn help(one: &Help) -> Value {
    let (kind, how) = match &one.reach {
        Reach::Call(number) => ("call", number),
        Reach::Open(page) => ("open", page),
        Reach::Read(text) => ("read", text),
    };
    json!({ "who": one.who, "kind": kind, "how": how })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Begin {
    auth_words: String,
    auth_code: String,
    guard: String,
    keyring: String,
    words: String,
    code: String,
}

/// The first keyring: only with both ways proved, so that neither was mistyped.
pub async fn begin(
    visit: Visit,
    from: From,
    headers: HeaderMap,
    Json(sent): Json<Begin>,
) -> Answer {
    for (auth, by_code) in [(&sent.auth_words, false), (&sent.auth_code, true)] {
        let proved = prove(&visit, &from, &headers, auth, by_code).await;
        if let Err(why) = proved {
            return not_proved(&visit, why, by_code);
        }
    }
    let (guard, body) = (bytes(&sent.guard)?, bytes(&sent.keyring)?);
    let (words, code) = (bytes(&sent.words)?, bytes(&sent.code)?);
    let (account, now) = (visit.account()?.clone(), visit.now);
    let done = visit.app.store.write(Scope::Instance, move |tx| {
        let sent = Sent {
            turn: 1,
            guard: guard.clone(),
            body: body.clone(),
        };
        let ways = [("words", words.clone()), ("code", code.clone())];
        acts::set_up(tx, &account, sent, ways, now)
    });
    match done.await {
        Ok(()) => Ok(Json(json!({ "turn": 1 })).into_response()),
        Err(problem) => told(&visit, problem),
    }
}

pub(super) async fn prove(
    visit: &Visit,
    from: &From,
    headers: &HeaderMap,
    auth: &str,
    by_code: bool,
) -> Result<(), NotSignedIn> {
    let place = place_of(&visit.app, headers, from.as_ref().map(|f| f.0.0));
    let account = visit.account().map_err(NotSignedIn::Broken)?;
    people::prove_again(&visit.app, account, Auth::from_text(auth), by_code, place).await
}

pub(super) fn not_proved(visit: &Visit, why: NotSignedIn, by_code: bool) -> Answer {
    match why {
        NotSignedIn::Wrong => {
            let word = if by_code { "wrong-code" } else { "wrong-words" };
            Ok(no(StatusCode::UNPROCESSABLE_ENTITY, word, ""))
        }
        NotSignedIn::Wait(minutes) => {
            let say = visit.tw("sign-in-wait", &with![minutes = minutes]);
            Ok(no(StatusCode::TOO_MANY_REQUESTS, "wait", &say))
        }
        NotSignedIn::Broken(problem) => Err(problem),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Open {
    auth: Option<String>,
    way: String,
}

/// What opens the keyring by words or code, against a proof that they are right. A passkey proves
/// itself by opening it; then only the door is noted.
pub async fn open(visit: Visit, from: From, headers: HeaderMap, Json(sent): Json<Open>) -> Answer {
    let by_code = sent.way == "code";
    if sent.way != "passkey" {
        let auth = sent.auth.unwrap_or_default();
        if let Err(why) = prove(&visit, &from, &headers, &auth, by_code).await {
            return not_proved(&visit, why, by_code);
        }
    }
    let (account, now, kind) = (visit.account()?.clone(), visit.now, sent.way);
    let found = visit.app.store.write(Scope::Instance, move |tx| {
        let keyring = rows::keyring(tx, account.id)?.ok_or(Problem::Refused("vault-none"))?;
        rows::set_door(tx, account.id, &account.session, &acts::day(now))?;
        let ways = rows::ways(tx, account.id)?;
        let way = ways
            .iter()
            .find(|way| way.kind == kind && kind != "passkey");
        Ok::<_, Problem>(json!({
            "turn": keyring.turn,
            "body": text(&keyring.body),
            "way": way.map(|way| text(&way.body)),
        }))
    });
    match found.await {
        Ok(found) => Ok(Json(found).into_response()),
        Err(problem) => told(&visit, problem),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    which: String,
}

/// Notes that it is locked here; with "others", ends every other session in which it is open.
pub async fn lock(visit: Visit, Json(sent): Json<Lock>) -> Answer {
    let account = visit.account()?.clone();
    let done = visit.app.store.write(Scope::Instance, move |tx| {
        if sent.which != "others" {
            return rows::drop_door(tx, account.id, &account.session);
        }
        let doors = acts::doors(tx, &account)?;
        doors
            .into_iter()
            .filter(|(_, here)| !here)
            .try_for_each(|(door, _)| people::end_one(tx, account.id, door.digest))
    });
    done.await?;
    Ok(Json(json!({})).into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewKeyring {
    guard: String,
    turn: i64,
    keyring: String,
}

pub async fn save_keyring(visit: Visit, Json(sent): Json<NewKeyring>) -> Answer {
    let (guard, body) = (bytes(&sent.guard)?, bytes(&sent.keyring)?);
    let account = visit.account()?.id;
    let done = visit.app.store.write(Scope::Instance, move |tx| {
        acts::save_keyring(tx, account, sent.turn, &guard, body.clone())
    });
    done_or_told(&visit, done.await)
}

pub(super) fn done_or_told(visit: &Visit, done: Result<(), Problem>) -> Answer {
    match done {
        Ok(()) => Ok(Json(json!({})).into_response()),
        Err(problem) => told(visit, problem),
    }
}

/// Ids and versions of everything, and the ids of what was destroyed.
pub async fn index(visit: Visit) -> Answer {
    let account = visit.account()?.id;
    let found = visit.app.store.read(Scope::Instance, move |tx| {
        let turn = rows::keyring(tx, account)?.map(|keyring| keyring.turn);
        Ok::<_, StoreError>((turn, rows::index(tx, account)?, rows::gone(tx, account)?))
    });
    let (turn, index, gone) = found.await?;
    let shown = |id: &[u8; 16]| AccountId(*id).to_string();
    let pieces: Vec<Value> = index
        .iter()
        .map(|(id, version, until)| json!([shown(id), version, until]))
        .collect();
    let gone: Vec<String> = gone.iter().map(shown).collect();
    let day = acts::day(visit.now);
    Ok(Json(json!({ "turn": turn, "pieces": pieces, "gone": gone, "day": day })).into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    ids: Vec<String>,
}

/// The most pieces and bytes that one answer holds; the rest is asked for again.
const AT_ONCE: (usize, usize) = (500, 4 * 1024 * 1024);

pub async fn read(visit: Visit, Json(sent): Json<Wanted>) -> Answer {
    let account = visit.account()?.id;
    let wanted = sent.ids.iter().take(AT_ONCE.0).map(|one| id(one));
    let ids = wanted.collect::<Result<Vec<_>, _>>()?;
    let found = visit.app.store.read(Scope::Instance, move |tx| {
        let (mut found, mut size) = (Vec::new(), 0);
        for id in &ids {
            if size > AT_ONCE.1 {
                break;
            }
            if let Some(piece) = rows::piece(tx, account, *id)? {
                size += piece.body.len();
                found.push(shown(&piece));
            }
        }
        Ok::<_, StoreError>(found)
    });
    Ok(Json(json!({ "pieces": found.await? })).into_response())
}

fn shown(piece: &Piece) -> Value {
    let id = AccountId(piece.id).to_string();
    json!({ "id": id, "version": piece.version, "until": piece.until, "body": text(&piece.body) })
}

/// The largest request that brings writing, in bytes.
pub const LARGEST: usize = 2 * 1024 * 1024;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Save {
    guard: String,
    pieces: Vec<SentPiece>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentPiece {
    id: String,
    base: i64,
    until: Option<String>,
    body: String,
}

pub async fn save(visit: Visit, Json(sent): Json<Save>) -> Answer {
    let guard = bytes(&sent.guard)?;
    let pieces = sent.pieces.into_iter().map(|one| {
        let piece = Piece {
            id: id(&one.id)?,
            version: 0,
            until: one.until,
            body: bytes(&one.body)?,
        };
        Ok::<_, Problem>((one.base.max(0), piece))
    });
    let pieces = pieces.collect::<Result<Vec<_>, _>>()?;
    let account = visit.account()?.id;
    let kept = visit.app.store.write(Scope::Instance, move |tx| {
        acts::save(tx, account, &guard, pieces.clone())
    });
    let kept = match kept.await {
        Ok(kept) => kept,
        Err(problem) => return told(&visit, problem),
    };
    let kept: Vec<Value> = kept
        .iter()
        .map(|one| match one {
            Kept::As(version) => json!({ "version": version }),
            Kept::Clash(piece) => json!({ "clash": shown(piece) }),
            Kept::Gone => json!({ "gone": true }),
        })
        .collect();
    Ok(Json(json!({ "kept": kept })).into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Destroy {
    guard: String,
    ids: Vec<String>,
    turn: Option<i64>,
    keyring: Option<String>,
}

/// Destroys pieces and keys, and empties the log of the database of them at once.
pub async fn destroy(visit: Visit, Json(sent): Json<Destroy>) -> Answer {
    let guard = bytes(&sent.guard)?;
    let ids = sent.ids.iter().map(|one| id(one));
    let ids = ids.collect::<Result<Vec<_>, _>>()?;
    let keyring = match (sent.turn, sent.keyring) {
        (Some(turn), Some(body)) => Some((turn, bytes(&body)?)),
        _ => None,
    };
    let (account, now) = (visit.account()?.id, visit.now);
    let done = visit.app.store.write(Scope::Instance, move |tx| {
        acts::destroy(tx, account, &guard, &ids, keyring.clone(), now)
    });
    settled(&visit, done.await).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct End {
    guard: String,
}

/// Destroys everything.
pub async fn end(visit: Visit, Json(sent): Json<End>) -> Answer {
    let guard = bytes(&sent.guard)?;
    let account = visit.account()?.id;
    let done = visit
        .app
        .store
        .write(Scope::Instance, move |tx| acts::end(tx, account, &guard));
    settled(&visit, done.await).await
}

async fn settled(visit: &Visit, done: Result<(), Problem>) -> Answer {
    if done.is_ok() {
        visit.app.settle().await;
    }
    done_or_told(visit, done)
}
