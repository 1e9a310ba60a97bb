//! Files that pages use, inside the program itself. Their address carries a hash of their bytes,
//! so a browser may keep them for ever.

use std::collections::HashMap;
use std::io::Write;
use std::sync::LazyLock;

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderValue, VARY,
};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use crate::practice::Practice;
use crate::web::{Answer, Problem};

struct Asset {
    kind: &'static str,
    bytes: Bytes,
    gzip: Option<Bytes>,
}

macro_rules! files {
    ($($name:literal $kind:literal;)*) => {
        &[$(($name, $kind, include_bytes!(concat!("../../assets/", $name)) as &[u8])),*]
    };
}

/// In this order: a file may name those before it.
const FILES: &[(&str, &str, &[u8])] = files! {
    "fraunces-latin.woff2" "font/woff2";
    "fraunces-latin-ext.woff2" "font/woff2";
    "atkinson-latin.woff2" "font/woff2";
    "atkinson-latin-ext.woff2" "font/woff2";
    "words.txt" "text/plain; charset=utf-8";
    "key.js" "text/javascript; charset=utf-8";
    "sign.js" "text/javascript; charset=utf-8";
    "live.js" "text/javascript; charset=utf-8";
    "pass.js" "text/javascript; charset=utf-8";
    "mend.css" "text/css; charset=utf-8";
    "icon.svg" "image/svg+xml";
    "vault.js" "text/javascript; charset=utf-8";
    "vault.html" "text/html; charset=utf-8";
    "worker.js" "text/javascript; charset=utf-8";
};

struct Shelf {
    /// By the name with its hash.
    assets: HashMap<String, Asset>,
    /// From the plain name to the name with its hash.
    names: HashMap<&'static str, String>,
}

static SHELF: LazyLock<Shelf> = LazyLock::new(|| {
    let mut shelf = Shelf {
        assets: HashMap::new(),
        names: HashMap::new(),
    };
    let words = Bytes::from(Practice::english().writing());
    shelf.add("practice.json", "application/json", words);
    for (name, kind, bytes) in FILES {
        let bytes = shelf.linked(kind, bytes);
        shelf.add(name, kind, bytes);
    }
    shelf
});

impl Shelf {
    fn add(&mut self, name: &'static str, kind: &'static str, bytes: Bytes) {
        let hash = Sha256::digest(&bytes);
        let hash: String = hash
            .iter()
            .take(6)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let (stem, ending) = name.split_once('.').unwrap_or((name, ""));
        let full = format!("{stem}.{hash}.{ending}");
        let gzip = (kind != "font/woff2").then(|| gzipped(&bytes));
        self.assets
            .insert(full.clone(), Asset { kind, bytes, gzip });
        self.names.insert(name, full);
    }

    /// Names of other assets inside a style or a script become their hashed addresses.
    fn linked(&self, kind: &str, bytes: &'static [u8]) -> Bytes {
        let Ok(text) = std::str::from_utf8(bytes) else {
            return Bytes::from_static(bytes);
        };
        if kind.starts_with("text/plain") {
            return Bytes::from_static(bytes);
        }
        let mut text = text.to_owned();
        for (name, full) in &self.names {
            text = text
                .replace(&format!("\"{name}\""), &format!("\"/assets/{full}\""))
                .replace(&format!("\"./{name}\""), &format!("\"/assets/{full}\""));
        }
        Bytes::from(text)
    }
}

fn gzipped(bytes: &[u8]) -> Bytes {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    let done = gzip.write_all(bytes).and_then(|()| gzip.finish());
    Bytes::from(done.expect("memory takes what is written to it"))
}

/// The address of a file.
pub fn address(name: &str) -> String {
    let full = SHELF.names.get(name).map_or(name, String::as_str);
    format!("/assets/{full}")
}

/// The bytes of a file, its names of others already made addresses.
pub fn bytes(name: &str) -> Option<Bytes> {
    let asset = SHELF.assets.get(SHELF.names.get(name)?)?;
    Some(asset.bytes.clone())
}

pub async fn show(Path(name): Path<String>, headers: HeaderMap) -> Answer {
    let asset = SHELF.assets.get(&name).ok_or(Problem::NotFound)?;
    let takes_gzip = headers
        .get(ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("gzip"));
    let packed = asset.gzip.as_ref().filter(|_| takes_gzip);
    let mut response: Response = packed.unwrap_or(&asset.bytes).clone().into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    let ever = "public, max-age=31536000, immutable";
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(ever));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if packed.is_some() {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    Ok(response)
}
