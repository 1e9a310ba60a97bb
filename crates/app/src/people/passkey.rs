//! Passkeys: a way in beside words and code, for devices that have it. They are discoverable, so
//! that no handle is typed, and the device makes sure of the person.
//! Never: the only way in; a name for the device; asked for attestation.
//! See: Web Authentication, level 3 (W3C).

use axum::Json;
use axum::extract::RawQuery;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use mend_rules::id::AccountId;
use mend_rules::time::Time;
use mend_store::Scope;
use serde::{Deserialize, Serialize};
use serde_json::json;
use webauthn_rs::prelude::{Passkey, PublicKeyCredential, RegisterPublicKeyCredential, Uuid};
use webauthn_rs_proto::ResidentKeyRequirement;

use super::pages::{own_path, refused, with_session};
use super::rows::passkey as rows;
use super::{acts, begin_session};
use crate::app::fresh;
use crate::passkeys::Waiting;
use crate::web::form::Fields;
use crate::web::visit::Account;
use crate::web::{Answer, Problem, Visit};

/// The most passkeys of one account.
const MOST: usize = 10;

#[derive(Serialize)]
struct Question<T> {
    ticket: String,
    options: T,
}

/// A device's answer when it made a key.
#[derive(Deserialize)]
pub struct Made {
    ticket: String,
    answer: RegisterPublicKeyCredential,
}

/// A device's answer when it used one.
#[derive(Deserialize)]
pub struct Used {
    ticket: String,
    answer: PublicKeyCredential,
}

/// Asks the device for a new key.
pub async fn start_new(visit: Visit) -> Answer {
    let account = visit.account()?.clone();
    let known = stored(&visit, account.id).await?;
    if known.len() >= MOST {
        return Ok(refused(&visit.t("passkey-many")));
    }
    let keys = known.iter().filter_map(|(_, body)| read(body));
    let known = keys.map(|key| key.cred_id().clone()).collect();
    let asks = visit.app.passkeys.asks()?;
    let who = Uuid::from_bytes(account.id.0);
    let (mut options, state) = asks
        .start_passkey_registration(who, &account.handle, &account.handle, Some(known))
        .map_err(|e| Problem::Broken(e.to_string()))?;
    // Signing in asks for no handle, so the key must be found by the device itself.
    if let Some(wanted) = &mut options.public_key.authenticator_selection {
        wanted.resident_key = Some(ResidentKeyRequirement::Required);
        wanted.require_resident_key = true;
    }
    let waiting = Waiting::New(account.id, Box::new(state));
    let ticket = visit.app.passkeys.keep(waiting, visit.now);
    Ok(Json(Question { ticket, options }).into_response())
}

/// Keeps the key that a device made.
pub async fn finish_new(visit: Visit, RawQuery(query): RawQuery, Json(made): Json<Made>) -> Answer {
    let account = visit.account()?.id;
    let key = match visit.app.passkeys.take(&made.ticket, visit.now) {
        Some(Waiting::New(asked, state)) if asked == account => {
            let asks = visit.app.passkeys.asks()?;
            asks.finish_passkey_registration(&made.answer, &state).ok()
        }
        _ => None,
    };
    let Some(key) = key else {
        return Ok(refused(&visit.t("passkey-wrong")));
    };
    let body = serde_json::to_string(&key).map_err(|e| Problem::Broken(e.to_string()))?;
    let (credential, now) = (key.cred_id().as_slice().to_vec(), visit.now);
    visit
        .app
        .store
        .write(Scope::Instance, move |tx| {
            rows::add(tx, fresh(), account, &credential, &body, now)
        })
        .await?;
    let next = format!("{}?told=passkey", next(query));
    Ok(Json(json!({ "next": next })).into_response())
}

/// Asks the device who is there.
pub async fn start(visit: Visit) -> Answer {
    let (options, state) = visit
        .app
        .passkeys
        .asks()?
        .start_discoverable_authentication()
        .map_err(|e| Problem::Broken(e.to_string()))?;
    let waiting = Waiting::SignIn(Box::new(state));
    let ticket = visit.app.passkeys.keep(waiting, visit.now);
    Ok(Json(Question { ticket, options }).into_response())
}

/// Whose key answered, if it is one of ours and the answer is right.
async fn answered(visit: &Visit, used: Used) -> Result<Option<AccountId>, Problem> {
    let Some(Waiting::SignIn(state)) = visit.app.passkeys.take(&used.ticket, visit.now) else {
        return Ok(None);
    };
    let credential = used.answer.get_credential_id().to_vec();
    let found = visit
        .app
        .store
        .read(Scope::Instance, move |tx| {
            rows::by_credential(tx, &credential)
        })
        .await?;
    let Some((id, account, mut key)) = found.and_then(|(id, account, body)| {
        let named = used.answer.get_user_unique_id()? == account.0;
        named.then_some((id, account, read(&body)?))
    }) else {
        return Ok(None);
    };
    let asks = visit.app.passkeys.asks()?;
    let Ok(result) = asks.finish_discoverable_authentication_v2(&used.answer, *state, &key) else {
        return Ok(None);
    };
    if key.update_credential(&result) == Some(true) {
        let body = serde_json::to_string(&key).map_err(|e| Problem::Broken(e.to_string()))?;
        let kept = visit
            .app
            .store
            .write(Scope::Instance, move |tx| rows::save(tx, id, &body));
        kept.await?;
    }
    Ok(Some(account))
}

/// Signs in by passkey.
pub async fn sign_in(visit: Visit, RawQuery(query): RawQuery, Json(used): Json<Used>) -> Answer {
    let Some(account) = answered(&visit, used).await? else {
        return Ok(refused(&visit.t("passkey-unknown")));
    };
    let now = visit.now;
    let token = visit
        .app
        .store
        .write(Scope::Instance, move |tx| begin_session(tx, account, now))
        .await?;
    let next = Json(json!({ "next": next(query) })).into_response();
    Ok(with_session(&visit.app, next, &token))
}

/// Proves anew who is there, in a session that goes on.
pub async fn prove(visit: Visit, RawQuery(query): RawQuery, Json(used): Json<Used>) -> Answer {
    let account = visit.account()?.clone();
    if answered(&visit, used).await? != Some(account.id) {
        return Ok(refused(&visit.t("passkey-unknown")));
    }
    acts::set_proved(&visit.app, account.session).await?;
    Ok(Json(json!({ "next": next(query) })).into_response())
}

fn next(query: Option<String>) -> String {
    own_path(&Fields::read(query.unwrap_or_default().as_bytes()).text("next"))
}

/// Takes a passkey away; the words and the code stay.
pub async fn remove(visit: Visit, fields: Fields) -> Answer {
    let account = visit.account()?.id;
    let which: AccountId = fields.parse("which").ok_or(Problem::NotFound)?;
    let done = visit.app.store.write(Scope::Instance, move |tx| {
        rows::remove(tx, account, which.0)
    });
    done.await?;
    Ok(Redirect::to("/account?told=passkey-gone").into_response())
}

fn read(body: &str) -> Option<Passkey> {
    serde_json::from_str(body).ok()
}

async fn stored(visit: &Visit, account: AccountId) -> Result<Vec<(rows::Row, String)>, Problem> {
    let all = visit
        .app
        .store
        .read(Scope::Instance, move |tx| rows::of(tx, account));
    Ok(all.await?)
}

/// The passkeys of an account and what can be done with them.
pub async fn section(visit: &Visit, account: &Account) -> Result<Markup, Problem> {
    let all = stored(visit, account.id).await?;
    let day = |time: Time| visit.long_day(time.day(&visit.zone()));
    Ok(html! {
        section class="stack" {
            h2 { (visit.t("passkey-title")) }
            p { (visit.t("passkey-what")) }
            @if !all.is_empty() {
                ul class="plain stack" {
                    @for (row, _) in &all {
                        li {
                            form class="row" method="post" action="/account/passkeys/remove" {
                                input type="hidden" name="which" value=(AccountId(row.id));
                                span { (visit.tw("passkey-one", &crate::with![day = day(row.made)])) }
                                button class="btn quiet" { (visit.t("passkey-remove")) }
                            }
                        }
                    }
                }
            }
            (add_button(visit, "/account"))
        }
    })
}

/// Asks the device for a new key, and goes to a page of ours when there is one.
fn add_button(visit: &Visit, next: &str) -> Markup {
    let finish = format!("/account/passkeys?next={next}");
    button(
        visit,
        "new",
        "/account/passkeys/start",
        &finish,
        "passkey-add",
    )
}

/// Offered once to whoever has just joined: the way in for every other day on this device.
pub fn offer(visit: &Visit) -> Markup {
    html! {
        section class="card stack" {
            h2 { (visit.t("passkey-offer")) }
            p class="soft" { (visit.t("passkey-what")) }
            (add_button(visit, &visit.at("")))
            p class="soft" { (visit.t("passkey-later")) " " a href="/account" { (visit.t("account-title")) } }
        }
    }
}

/// A button that asks the device; hidden until the script has found that there is one to ask.
pub fn button(visit: &Visit, kind: &str, start: &str, finish: &str, key: &str) -> Markup {
    html! {
        form class="stack" method="post" action=(finish) data-mend="passkey" data-kind=(kind) data-start=(start)
            data-busy=(visit.t("sign-in-busy")) data-wrong=(visit.t("passkey-wrong")) data-offline=(visit.t("form-offline")) hidden {
            div class="row" { button class="btn" disabled { (visit.t(key)) } }
            p class="say" data-say="" role="status" {}
        }
    }
}
