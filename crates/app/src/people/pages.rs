//! Signing in and out, the account's own page, erasing oneself.

use axum::Json;
use axum::extract::{ConnectInfo, RawQuery};
use axum::http::header::{HeaderMap, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use mend_seal::{Auth, Token};
use serde::Deserialize;
use serde_json::json;

use super::acts::{self, NewWays, NotSignedIn};
use super::rows::Which;
use super::view;
use crate::app::App;
use crate::web::form::Fields;
use crate::web::page::page_with;
use crate::web::{Answer, Problem, Visit, page};
use crate::with;

/// Where somebody comes from, as far as the server is told.
pub type From = Option<axum::Extension<ConnectInfo<std::net::SocketAddr>>>;

pub async fn sign_in_page(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let next = query.unwrap_or_default();
    let next = Fields::read(next.as_bytes()).text("next");
    let body = view::sign_in(&visit, &own_path(&next));
    Ok(page_with(
        &visit,
        &visit.t("sign-in-title"),
        body,
        &["sign.js", "pass.js"],
    ))
}

/// Only a path of our own may be where somebody goes next.
pub(super) fn own_path(next: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-_.".contains(c);
    let own = next.starts_with('/') && !next.starts_with("//") && next.chars().all(plain);
    if own {
        next.to_owned()
    } else {
        "/movements".into()
    }
}

#[derive(Deserialize)]
pub struct WhoAsks {
    handle: String,
}

pub async fn sign_in_start(visit: Visit, Json(asks): Json<WhoAsks>) -> Answer {
    let start = acts::start(&visit.app, &asks.handle).await?;
    Ok(Json(json!({ "salt": start.salt, "iterations": start.iterations })).into_response())
}

#[derive(Deserialize)]
pub struct Proof {
    handle: String,
    auth: String,
    way: String,
}

pub async fn sign_in(
    visit: Visit,
    from: From,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
    Json(proof): Json<Proof>,
) -> Answer {
    let place = crate::web::form::place_of(&visit.app, &headers, from.map(|f| f.0.0));
    let auth = Auth::from_text(&proof.auth);
    let by_code = proof.way == "code";
    match acts::sign_in(&visit.app, &proof.handle, auth, by_code, place).await {
        Ok(token) => {
            let next = Fields::read(query.unwrap_or_default().as_bytes()).text("next");
            let next = Json(json!({ "next": own_path(&next) })).into_response();
            Ok(with_session(&visit.app, next, &token))
        }
        Err(why) => not_signed_in(&visit, why),
    }
}

fn not_signed_in(visit: &Visit, why: NotSignedIn) -> Answer {
    match why {
        NotSignedIn::Wrong => Ok(refused(&visit.t("sign-in-wrong"))),
        NotSignedIn::Wait(minutes) => {
            let mut wait = refused(&visit.tw("sign-in-wait", &with![minutes = minutes]));
            *wait.status_mut() = StatusCode::TOO_MANY_REQUESTS;
            Ok(wait)
        }
        NotSignedIn::Broken(problem) => Err(problem),
    }
}

pub(super) fn refused(say: &str) -> Response {
    (
        StatusCode::UNPROCESSABLE_ENTITY,
        Json(json!({ "say": say })),
    )
        .into_response()
}

/// A refusal for a form that is sent by script: the sentence and the field it is about.
pub fn refused_field(visit: &Visit, problem: Problem) -> Answer {
    match problem {
        Problem::Refused(key) => {
            let field = match key {
                "age-unsaid" | "age-adults-only" => Some("age"),
                "person-name-wrong" => Some("name"),
                key => key.starts_with("join-handle").then_some("handle"),
            };
            let said = Json(json!({ "say": visit.t(key), "field": field }));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, said).into_response())
        }
        other => Err(other),
    }
}

/// The response with a fresh session's cookie.
pub fn with_session(app: &App, mut response: Response, token: &Token<32>) -> Response {
    let text = token.to_text();
    set_cookie(
        app,
        &mut response,
        &text,
        mend_rules::people::SESSION_DAYS * 24 * 3600,
    );
    response
}

fn set_cookie(app: &App, response: &mut Response, value: &str, seconds: i64) {
    let secure = if app.base.secure { "; Secure" } else { "" };
    let name = app.base.cookie_name();
    let cookie =
        format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    if let Ok(cookie) = HeaderValue::try_from(cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
}

/// Ends what the browser knows of a session, and goes somewhere.
pub fn gone(app: &App, to: &str) -> Response {
    let mut response = Redirect::to(to).into_response();
    set_cookie(app, &mut response, "", 0);
    let clear = HeaderValue::from_static("\"*\"");
    response.headers_mut().insert("clear-site-data", clear);
    response
}

pub async fn sign_out(visit: Visit) -> Answer {
    acts::sign_out(&visit.app, visit.account()?.session.clone()).await?;
    Ok(gone(&visit.app, "/"))
}

pub async fn account(visit: Visit) -> Answer {
    account_page(&visit, false).await
}

/// The account's page; `mistyped` when erasing was asked for with another handle.
pub async fn account_page(visit: &Visit, mistyped: bool) -> Answer {
    let account = visit.account()?;
    let sessions = acts::sessions(&visit.app, account.id).await?;
    let passkeys = super::passkey::section(visit, account).await?;
    let body = view::account(visit, account, (&sessions, &passkeys), mistyped);
    let title = visit.t("account-title");
    Ok(page_with(visit, &title, body, &["pass.js"]))
}

/// Ends one session, all others, or every one of them at once.
pub async fn end_session(visit: Visit, fields: Fields) -> Answer {
    let account = visit.account()?;
    let own = account.session.clone();
    let which = match fields.text("which").as_str() {
        "all" => Which::All,
        "others" => Which::AllBut(own.clone()),
        mark => {
            let all = acts::sessions(&visit.app, account.id).await?;
            let marked = all.into_iter().find(|one| view::mark(&one.digest) == mark);
            // A second click finds it ended.
            Which::One(marked.map_or_else(Vec::new, |one| one.digest))
        }
    };
    let here = matches!(&which, Which::All) || matches!(&which, Which::One(one) if *one == own);
    acts::end_sessions(&visit.app, account.id, which).await?;
    if here {
        return Ok(gone(&visit.app, "/?told=locked"));
    }
    Ok(Redirect::to("/account?told=session-ended").into_response())
}

/// Asks for words or code once more.
pub async fn prove_page(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let account = visit.account()?;
    let next = Fields::read(query.unwrap_or_default().as_bytes()).text("next");
    let body = view::prove(&visit, account, &own_path(&next));
    let title = visit.t("prove-title");
    Ok(page_with(&visit, &title, body, &["sign.js", "pass.js"]))
}

/// Takes a fresh proof for the session that goes on.
pub async fn prove(
    visit: Visit,
    from: From,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
    Json(proof): Json<Proof>,
) -> Answer {
    let place = crate::web::form::place_of(&visit.app, &headers, from.map(|f| f.0.0));
    let (auth, by_code) = (Auth::from_text(&proof.auth), proof.way == "code");
    let proved = acts::prove_again(&visit.app, visit.account()?, auth, by_code, place).await;
    if let Err(why) = proved {
        return not_signed_in(&visit, why);
    }
    let next = Fields::read(query.unwrap_or_default().as_bytes()).text("next");
    Ok(Json(json!({ "next": own_path(&next) })).into_response())
}

/// New words and a new code.
pub async fn words(visit: Visit) -> Answer {
    let body = view::new_words(&visit);
    let title = visit.t("words-title");
    Ok(page_with(&visit, &title, body, &["sign.js"]))
}

pub async fn save_words(visit: Visit, Json(sent): Json<NewWays>) -> Answer {
    match acts::change_words(&visit.app, visit.account()?, &sent).await {
        Ok(()) => Ok(Json(json!({ "next": "/account?told=words" })).into_response()),
        Err(problem) => refused_field(&visit, problem),
    }
}

/// A one-time door of the demo.
pub async fn demo_door(
    visit: Visit,
    axum::extract::Path(token): axum::extract::Path<String>,
) -> Answer {
    let demo = visit.app.demo.as_ref().ok_or(Problem::NotFound)?;
    let Some((account, next)) = demo.open(&token) else {
        let body = html! {
            div class="stack" {
                h1 { (visit.t("demo-used")) }
                p class="lead" { (visit.t("demo-used-why")) }
            }
        };
        return Ok(page(&visit, &visit.t("demo-used"), body));
    };
    let now = visit.now;
    let token = visit
        .app
        .store
        .write(mend_store::Scope::Instance, move |tx| {
            super::begin_session(tx, account, now)
        })
        .await?;
    Ok(with_session(
        &visit.app,
        Redirect::to(&next).into_response(),
        &token,
    ))
}
