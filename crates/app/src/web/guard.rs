//! In front of every route: who is here, may they come in, and how a problem looks to them.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::Uri;
use axum::http::header::{CONTENT_TYPE, COOKIE, HeaderMap};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use mend_rules::time::Time;
use mend_seal::Token;
use mend_store::{Scope, StoreError, Tx};
use serde_json::json;

use super::headers::is_ours;
use super::policy::{Method, POLICIES, Policy, Who};
use super::visit::{Account, Visit};
use super::{Here, Place, Problem};
use crate::app::App;
use crate::{movement, people};

/// Lets a request through to its handler, or says why not.
pub async fn stand(
    State((app, policy)): State<(App, &'static Policy)>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let by_script = is_json(&parts.headers);
    let refuse = |visit: Visit, problem: &Problem| match by_script {
        true => said(&visit, problem),
        false => refuse(visit, problem),
    };
    let visit = match visit(&app, policy, &parts).await {
        Ok(visit) => visit,
        Err(problem) => return refuse(stranger(&app, &parts.uri), &problem),
    };
    let safe = policy.method == Method::Get || policy.is_open_to_others();
    if !safe && !is_ours(&parts.headers) {
        return refuse(visit, &Problem::Foreign);
    }
    match admit(&visit, policy) {
        Ok(()) => {}
        Err(Problem::SignIn) if policy.method == Method::Get => return to_sign_in(&visit),
        Err(problem) => return refuse(visit, &problem),
    }
    if visit.is_locked() && !policy.is_of_the_lock() {
        return refuse(visit, &Problem::Locked);
    }
    if policy.fresh && !visit.is_fresh() {
        return to_prove(&visit, policy);
    }
    parts.extensions.insert(visit.clone());
    let begun = std::time::Instant::now();
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let (status, took) = (response.status().as_u16(), begun.elapsed().as_millis());
    tracing::debug!(route = policy.path, status, took, "answered");
    match response.extensions_mut().remove::<Problem>() {
        Some(problem) => refuse(visit, &problem),
        None => response,
    }
}

/// The page of a problem. Whoever has no place in a movement cannot read from it whether the
/// movement is there.
fn refuse(mut visit: Visit, problem: &Problem) -> Response {
    visit.place = visit.place.filter(|place| place.me.is_some());
    super::page::problem(&visit, problem)
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"))
}

/// The same for a form that is sent by script, which shows the sentence where it stands.
fn said(visit: &Visit, problem: &Problem) -> Response {
    if let Problem::Broken(cause) = problem {
        tracing::error!(%cause, "a request broke");
    }
    let say = json!({ "say": visit.t(problem.keys().1) });
    (problem.status(), Json(say)).into_response()
}

fn admit(visit: &Visit, policy: &Policy) -> Result<(), Problem> {
    let me = visit.place.as_ref().and_then(|place| place.me.as_ref());
    // A movement that is not there looks like one that is not yours.
    let lost = policy.path.starts_with("/m/") && visit.place.is_none();
    match policy.who {
        Who::Account | Who::Member | Who::Steward if visit.account.is_none() => {
            Err(Problem::SignIn)
        }
        _ if lost => Err(Problem::NotFound),
        Who::Anyone | Who::Account => Ok(()),
        Who::Member => me.map(|_| ()).ok_or(Problem::NotFound),
        Who::Steward => me
            .filter(|me| me.steward)
            .map(|_| ())
            .ok_or(Problem::NotFound),
    }
}

fn to_sign_in(visit: &Visit) -> Response {
    Redirect::to(&format!("/sign-in?next={}", visit.path)).into_response()
}

/// Afterwards to the page that was asked for, or the nearest one above what a form was sent to.
fn to_prove(visit: &Visit, policy: &Policy) -> Response {
    let next = page_above(policy.path, &visit.path);
    Redirect::to(&format!("/prove?next={next}")).into_response()
}

fn page_above<'a>(route: &str, path: &'a str) -> &'a str {
    let is_page = |policy: &Policy| policy.method == Method::Get && policy.path == route;
    if POLICIES.iter().any(is_page) {
        return path;
    }
    match (route.rsplit_once('/'), path.rsplit_once('/')) {
        (Some((route, _)), Some((path, _))) if !path.is_empty() => page_above(route, path),
        _ => "/",
    }
}

async fn visit(app: &App, policy: &Policy, parts: &Parts) -> Result<Visit, Problem> {
    let token = session_token(app, &parts.headers);
    let address = in_movement(parts.uri.path(), policy);
    let now = app.now();
    let (account, place) = app
        .store
        .read(Scope::Instance, move |tx| {
            let account = match &token {
                Some(digest) => people::signed_in(tx, digest, now)?,
                None => None,
            };
            let place = match &address {
                Some(address) => place(tx, address, account.as_ref(), now)?,
                None => None,
            };
            Ok::<_, StoreError>((account, place))
        })
        .await?;
    Ok(Visit {
        account,
        place,
        here: Here::of(policy.path),
        ..stranger(app, &parts.uri)
    })
}

fn place(
    tx: &mut Tx<'_>,
    address: &str,
    account: Option<&Account>,
    now: Time,
) -> Result<Option<Place>, StoreError> {
    let Some(movement) = movement::at(tx, address)? else {
        return Ok(None);
    };
    tx.enter(Scope::Movement(movement.id.0))?;
    let me = match account {
        Some(account) => movement::me(tx, movement.id, account.id, now)?,
        None => None,
    };
    let lock = movement::lockdown::holding(tx, movement.id, now)?;
    Ok(Some(Place { movement, me, lock }))
}

/// A visit of which nothing is known but the address.
pub fn stranger(app: &App, uri: &Uri) -> Visit {
    let query = uri.query().unwrap_or_default();
    let told = form_urlencoded::parse(query.as_bytes())
        .find(|(key, _)| key == "told")
        .map(|(_, word)| word.into_owned());
    Visit {
        app: app.clone(),
        now: app.now(),
        account: None,
        place: None,
        here: Here::Nowhere,
        path: uri.path().to_owned(),
        told,
    }
}

fn in_movement(path: &str, policy: &Policy) -> Option<String> {
    let mut parts = path.split('/').skip(1);
    let inside = policy.path.starts_with("/m/") && parts.next() == Some("m");
    inside.then(|| parts.next().map(str::to_owned)).flatten()
}

fn session_token(app: &App, headers: &HeaderMap) -> Option<Vec<u8>> {
    let name = app.base.cookie_name();
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|cookies| cookies.split("; "))
        .find_map(|cookie| cookie.strip_prefix(name)?.strip_prefix('='))
        .and_then(Token::<32>::from_text)
        .map(|token| token.digest().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_proves_who_they_are_comes_to_a_page_that_there_is() {
        for policy in POLICIES.iter().filter(|policy| policy.fresh) {
            let next = page_above(policy.path, policy.path);
            let there = |it: &Policy| it.method == Method::Get && it.path == next;
            assert!(POLICIES.iter().any(there), "{}: {next}", policy.path);
        }
        let passkeys = "/account/passkeys";
        assert_eq!(page_above(passkeys, passkeys), "/account");
        let (route, path) = ("/m/{movement}/stewards", "/m/sample/stewards");
        assert_eq!(page_above(route, path), "/m/sample");
    }
}
