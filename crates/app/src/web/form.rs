//! What a form sends: fields by name. Only names that a handler asks for are ever read.

use axum::extract::{FromRequest, Request};
use axum::http::header::{CONTENT_TYPE, HeaderMap};
use std::net::{IpAddr, SocketAddr};

use crate::app::App;
use crate::web::Problem;

/// The fields of a form, in the order they were sent.
#[derive(Debug, Clone, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    pub fn read(text: &[u8]) -> Self {
        Self(form_urlencoded::parse(text).into_owned().collect())
    }

    /// The trimmed text of a field; empty when it was not sent.
    pub fn text(&self, name: &str) -> String {
        self.all(name).next().unwrap_or_default().trim().to_owned()
    }

    /// Every value of a field that may be sent more than once.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named =
            move |(key, value): &'a (String, String)| (key == name).then_some(value.as_str());
        self.0.iter().filter_map(named)
    }

    /// Whether a box was ticked or a button pressed.
    pub fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    /// A field that must be of some kind, such as an id; `None` when it is not.
    pub fn parse<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.text(name).parse().ok()
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let kind = request.headers().get(CONTENT_TYPE);
        let is_form = kind.is_some_and(|kind| {
            kind.as_bytes()
                .starts_with(b"application/x-www-form-urlencoded")
        });
        if !is_form {
            return Err(Problem::Refused("problem-form-why"));
        }
        let body = axum::body::Bytes::from_request(request, state)
            .await
            .map_err(|_| Problem::Refused("problem-large-why"))?;
        Ok(Self::read(&body))
    }
}

/// A keyed print of where a request comes from, for counting tries; the address is not kept.
/// Only as many proxies as the host named may speak for somebody else.
pub fn place_of(app: &App, headers: &HeaderMap, from: Option<SocketAddr>) -> [u8; 32] {
    let forwarded = headers
        .get_all("x-forwarded-for")
        .iter()
        .map(|value| value.to_str().unwrap_or_default())
        .flat_map(|list| list.split(','))
        .map(|address| address.trim().parse::<IpAddr>().ok());
    // Words that are no address keep their place, or a client's own word would move up.
    let forwarded: Vec<Option<IpAddr>> = forwarded.collect();
    let behind = app.base.proxies;
    let named = (behind > 0)
        .then(|| {
            forwarded
                .len()
                .checked_sub(behind)
                .and_then(|at| forwarded[at])
        })
        .flatten();
    let place = match named.or(from.map(|from| from.ip())) {
        Some(IpAddr::V4(address)) => address.to_string(),
        // A household or a phone has a /64 of its own.
        Some(IpAddr::V6(address)) => format!("{:?}", &address.segments()[..4]),
        None => String::new(),
    };
    app.key.0.fingerprint("place", &place)
}
