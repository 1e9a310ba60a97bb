//! What every response says to the browser, errors included, and where requests may come from.

use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderMap, HeaderName, HeaderValue, ORIGIN,
    REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::{extract::State, http::StatusCode};

use crate::app::App;
use crate::web::Base;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; \
    font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'; \
    report-uri /csp; report-to csp";

/// The vault's: as strict, but for one named policy, which lets through the address of its worker
/// and nothing else (`vault/src/main.ts`).
pub const VAULT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; \
    font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types mend-worker; \
    report-uri /csp; report-to csp";

const ALWAYS: [(HeaderName, &str); 7] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-embedder-policy"),
        "require-corp",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
    (
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), fullscreen=(), geolocation=(), \
         gyroscope=(), microphone=(), midi=(), payment=(), usb=(), \
         publickey-credentials-create=(self), publickey-credentials-get=(self)",
    ),
];

/// Adds the headers to every response, and turns away requests for another host.
pub async fn harden(State(app): State<App>, request: Request, next: Next) -> Response {
    let in_vault = ["/vault", "/vault/worker.js"].contains(&request.uri().path());
    let known = names_us(request.headers(), &app.base) || request.uri().path() == "/ready";
    let mut response = if known {
        next.run(request).await
    } else {
        let text = app.tongue.say("problem-host-why");
        (StatusCode::MISDIRECTED_REQUEST, text).into_response()
    };
    let headers = response.headers_mut();
    let policy = if in_vault { VAULT_POLICY } else { POLICY };
    let policy = HeaderValue::from_static(policy);
    headers.insert(CONTENT_SECURITY_POLICY, policy);
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    headers.insert(
        HeaderName::from_static("reporting-endpoints"),
        HeaderValue::from_static("csp=\"/csp\""),
    );
    if app.base.secure {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.insert(STRICT_TRANSPORT_SECURITY, year);
    }
    response
}

/// A page of another site that points a name at this address must not get in (DNS rebinding).
fn names_us(headers: &HeaderMap, base: &Base) -> bool {
    text(headers, &HOST).is_some_and(|host| base.hosts.contains(&host.to_lowercase()))
}

/// Whether an unsafe request was made by one of our own pages. A request that says nothing about
/// where it comes from is refused.
pub fn is_ours(headers: &HeaderMap) -> bool {
    if let Some(site) = text(headers, &HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin";
    }
    let from = text(headers, &ORIGIN).and_then(|origin| origin.split_once("://"));
    match (from, text(headers, &HOST)) {
        (Some((_, from)), Some(host)) => from.eq_ignore_ascii_case(host),
        _ => false,
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
