//! The vault as it is served: one page and one worker, the same bytes for everybody. They name
//! everything else by addresses that carry its hash.

use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use crate::web::assets;
use crate::web::{Answer, Problem};

pub async fn page() -> Answer {
    served("vault.html", "text/html; charset=utf-8")
}

/// Keeps the page and its files for days without a line. It may serve `/vault` itself, one step
/// above its own folder.
pub async fn worker() -> Answer {
    let mut response = served("worker.js", "text/javascript; charset=utf-8")?;
    let scope = HeaderValue::from_static("/vault");
    response
        .headers_mut()
        .insert("service-worker-allowed", scope);
    Ok(response)
}

fn served(name: &str, kind: &'static str) -> Answer {
    let bytes = assets::bytes(name).ok_or(Problem::NotFound)?;
    let mut response: Response = bytes.into_response();
    let kind = HeaderValue::from_static(kind);
    response.headers_mut().insert(CONTENT_TYPE, kind);
    Ok(response)
}
