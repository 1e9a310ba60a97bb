//! The frame around every page: head, navigation, what was just done, foot.

use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

use super::assets::address;
use super::{Problem, Visit};
use crate::with;

/// The places of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Here {
    Home,
    Circles,
    Steps,
    Me,
    Movement,
    Nowhere,
}

/// What belongs to the place of the steps.
const BESIDE_STEPS: [&str; 5] = ["/steps", "/practices", "/asks", "/commitments", "/care"];

impl Here {
    const ALL: [(Self, &'static str, &'static str); 5] = [
        (Self::Home, "nav-home", ""),
        (Self::Circles, "nav-circles", "/circles"),
        (Self::Steps, "nav-steps", "/steps"),
        (Self::Me, "nav-me", "/me"),
        (Self::Movement, "nav-movement", "/movement"),
    ];

    /// Which place a route belongs to.
    pub fn of(path: &str) -> Self {
        match path.strip_prefix("/m/{movement}") {
            Some("") => Self::Home,
            Some(rest) if rest.starts_with("/me") => Self::Me,
            Some(rest) if rest.starts_with("/circles") || rest.starts_with("/drafts") => {
                Self::Circles
            }
            Some(rest) if rest.starts_with("/invitations") => Self::Circles,
            Some(rest) if BESIDE_STEPS.iter().any(|it| rest.starts_with(it)) => Self::Steps,
            Some(rest) if rest.starts_with("/claim") || rest.starts_with("/i/") => Self::Nowhere,
            Some(rest) if rest.starts_with("/join/") => Self::Nowhere,
            Some(rest) if rest.starts_with("/letters") => Self::Nowhere,
            Some(_) => Self::Movement,
            None => Self::Nowhere,
        }
    }
}

/// A whole page. `title` is neutral on purpose: it stands in the browser's history.
pub fn page(visit: &Visit, title: &str, body: Markup) -> Response {
    let markup = frame(visit, title, body, &[]);
    (
        [("content-type", "text/html; charset=utf-8")],
        markup.into_string(),
    )
        .into_response()
}

/// A page that needs a script, named as the file is.
pub fn page_with(visit: &Visit, title: &str, body: Markup, scripts: &[&str]) -> Response {
    let markup = frame(visit, title, body, scripts);
    (
        [("content-type", "text/html; charset=utf-8")],
        markup.into_string(),
    )
        .into_response()
}

/// The same page again, because something in the form was not right.
pub fn again(mut response: Response) -> Response {
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    response
}

/// The page of a problem: what happened, why, what to do.
pub fn problem(visit: &Visit, problem: &Problem) -> Response {
    if let Problem::Broken(cause) = problem {
        tracing::error!(%cause, "a request broke");
    }
    if *problem == Problem::Locked {
        return locked(visit);
    }
    let (title, why) = problem.keys();
    let home = if visit.place.is_some() {
        visit.at("")
    } else {
        "/".to_owned()
    };
    let body = html! {
        div class="stack" {
            h1 { (visit.t(title)) }
            p class="lead" { (visit.t(why)) }
            div class="row" {
                @if *problem == Problem::SignIn { a class="btn go" href="/sign-in" { (visit.t("nav-sign-in")) } }
                @else { a class="btn" href=(home) { (visit.t("problem-back")) } }
            }
        }
    };
    let mut response = page(visit, &visit.t(title), body);
    *response.status_mut() = problem.status();
    response
}

/// A movement that is locked: no content, when it opens, and the way to the lock for stewards.
fn locked(visit: &Visit) -> Response {
    let me = visit.place.as_ref().and_then(|place| place.me.as_ref());
    let lock = visit.place.as_ref().and_then(|place| place.lock);
    let body = html! {
        div class="narrow stack" {
            h1 { (visit.t("problem-locked")) }
            p class="lead" { (visit.t("problem-locked-why")) }
            @if let Some(lock) = lock.filter(|_| me.is_some()) { p { (visit.tw("locked-hours", &with![hours = lock.hours(visit.now)])) } }
            p { (visit.t("problem-locked-then")) }
            div class="row" {
                @if me.is_some_and(|me| me.steward) { a class="btn go" href=(visit.at("/lock")) { (visit.t("locked-look")) } }
                @if visit.account.is_some() { a class="btn" href="/movements?all" { (visit.t("nav-movements")) } }
            }
        }
    };
    let mut response = page(visit, &visit.t("problem-locked"), body);
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    let later = HeaderValue::from_static("3600");
    response.headers_mut().insert(RETRY_AFTER, later);
    response
}

fn frame(visit: &Visit, title: &str, body: Markup, scripts: &[&str]) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · Mend" }
                link rel="stylesheet" href=(address("mend.css"));
                link rel="preload" href=(address("atkinson-latin.woff2")) as="font" type="font/woff2" crossorigin;
                link rel="preload" href=(address("fraunces-latin.woff2")) as="font" type="font/woff2" crossorigin;
                link rel="icon" href=(address("icon.svg")) type="image/svg+xml";
                @for script in scripts { script type="module" src=(address(script)) {} }
            }
            body {
                a class="skip" href="#main" { (visit.t("skip")) }
                header class="top" {
                    a class="brand" href=(if visit.place.is_some() { visit.at("") } else { "/".into() }) { "Mend" i { "·" } }
                    (places(visit))
                }
                main class="page" id="main" {
                    @if let Some(told) = told(visit) { p class="note m" role="status" { (told) } }
                    (body)
                }
                (foot(visit))
                (bar(visit))
            }
        }
    }
}

fn is_member(visit: &Visit) -> bool {
    let is_in = visit.place.as_ref().is_some_and(|place| place.me.is_some());
    is_in && !visit.is_locked()
}

fn links(visit: &Visit) -> Markup {
    html! {
        @for (place, key, rest) in Here::ALL {
            a href=(visit.at(rest)) aria-current=[(place == visit.here).then_some("page")] { (visit.t(key)) }
        }
    }
}

fn places(visit: &Visit) -> Markup {
    html! {
        @if is_member(visit) { nav class="places" aria-label=(visit.t("nav-label")) { (links(visit)) } }
        @else if visit.account.is_none() { nav class="always" aria-label=(visit.t("nav-label")) { a href="/sign-in" { (visit.t("nav-sign-in")) } } }
        @else { nav class="always" aria-label=(visit.t("nav-label")) { a href="/movements" { (visit.t("nav-movements")) } } }
    }
}

/// The same places, within reach of a thumb.
fn bar(visit: &Visit) -> Markup {
    html! {
        @if is_member(visit) { nav class="bar" aria-label=(visit.t("nav-label-bar")) { (links(visit)) } }
    }
}

fn foot(visit: &Visit) -> Markup {
    html! {
        footer class="foot" {
            @if is_member(visit) { a href=(visit.at("/help")) { (visit.t("help-title")) } }
            a href="/about" { (visit.t("foot-about")) }
            @if let Some(account) = &visit.account {
                a href="/account" { (visit.tw("foot-account", &with![handle = account.handle.as_str()])) }
                form method="post" action="/sign-out" { button class="btn quiet" { (visit.t("sign-out")) } }
            }
        }
    }
}

/// Deeds leave a word in the address; only words with a text are told.
fn told(visit: &Visit) -> Option<String> {
    let word = visit.told.as_deref()?;
    let key = TOLD
        .iter()
        .find(|key| key.strip_prefix("told-") == Some(word))?;
    Some(visit.t(key))
}

/// What deeds may tell on the next page.
pub const TOLD: &[&str] = &[
    "told-begun",
    "told-joining",
    "told-joining-ended",
    "told-asking-first",
    "told-asking-in",
    "told-asking-gone",
    "told-asking-not-now",
    "told-asking-back",
    "told-opened",
    "told-original",
    "told-asked",
    "told-ask-yes",
    "told-ask-no",
    "told-ask-ended",
    "told-released",
    "told-forgotten",
    "told-meeting-moved",
    "told-meeting-skipped",
    "told-meeting-undone",
    "told-series-ended",
    "told-live-stale",
    "told-live-not-here",
    "told-live-not-yours",
    "told-live-not-now",
    "told-live-full",
    "told-live-over",
    "told-passkey",
    "told-passkey-gone",
    "told-stepped-back",
    "told-left",
    "told-locked",
    "told-session-ended",
    "told-words",
    "told-seat-back",
    "told-keeper",
    "told-keeper-none",
    "told-freed",
    "told-draft-gone",
    "told-removed",
    "told-ended",
    "told-saved",
    "told-imported",
    "told-added",
    "told-confirmed",
    "told-started",
    "told-offered",
    "told-offer-back",
    "told-moved",
    "told-dropped",
    "told-renewed",
    "told-answered-yes",
    "told-answered-no",
    "told-erased",
    "told-welcome",
    "told-steward",
    "told-mail-again",
    "told-called",
    "told-taken-back",
    "told-call-done",
    "told-wave",
    "told-no-wave",
    "told-let-go",
];

/// The way back to the page above this one.
pub fn crumbs(visit: &Visit, to: &str, name: &str) -> Markup {
    html! {
        nav class="crumbs" aria-label=(visit.t("crumbs-label")) { ol { li { a href=(to) { (name) } } } }
    }
}

/// The red stitch.
pub fn stitch() -> Markup {
    html! { hr class="stitch"; }
}
