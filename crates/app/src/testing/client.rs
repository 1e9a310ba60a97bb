//! Clients that ask through the front door, and the replies they get.
#![allow(clippy::unwrap_used)]

use std::net::{IpAddr, SocketAddr};

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

use super::{PORT, TestMend, from, page};

/// Somebody with a browser.
#[derive(Clone)]
pub struct Client<'a> {
    mend: &'a TestMend,
    cookie: Option<String>,
    place: IpAddr,
    headers: Vec<(String, String)>,
    host: String,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// A request that is not sent yet.
pub struct Ask {
    pub method: Method,
    pub path: String,
    pub kind: Option<&'static str>,
    pub body: Vec<u8>,
}

pub const FORM: &str = "application/x-www-form-urlencoded";
pub const JSON: &str = "application/json";

impl Ask {
    pub fn get(path: &str) -> Self {
        Self {
            method: Method::GET,
            path: path.to_owned(),
            kind: None,
            body: Vec::new(),
        }
    }

    pub fn form(path: &str, fields: &[(&str, &str)]) -> Self {
        let mut text = form_urlencoded::Serializer::new(String::new());
        text.extend_pairs(fields);
        Self::raw(path, FORM, text.finish().into_bytes())
    }

    pub fn json(path: &str, value: &Value) -> Self {
        Self::raw(path, JSON, value.to_string().into_bytes())
    }

    /// A form with one file in it, as a browser sends it.
    pub fn file(path: &str, bytes: &[u8]) -> Self {
        let head = "--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"list.csv\"\r\n\
                    content-type: text/csv\r\n\r\n";
        let body = [head.as_bytes(), bytes, b"\r\n--edge--\r\n"].concat();
        Self::raw(path, "multipart/form-data; boundary=edge", body)
    }

    pub fn raw(path: &str, kind: &'static str, body: Vec<u8>) -> Self {
        Self {
            method: Method::POST,
            path: path.to_owned(),
            kind: Some(kind),
            body,
        }
    }
}

impl<'a> Client<'a> {
    pub fn new(mend: &'a TestMend, cookie: Option<String>) -> Self {
        Self {
            mend,
            cookie,
            place: from(1),
            headers: vec![("sec-fetch-site".into(), "same-origin".into())],
            host: format!("localhost:{PORT}"),
        }
    }

    /// The same browser somewhere else.
    pub fn at(mut self, place: IpAddr) -> Self {
        self.place = place;
        self
    }

    /// The same browser, with exactly these headers besides its cookie.
    pub fn saying(mut self, headers: &[(&str, &str)]) -> Self {
        self.headers = headers
            .iter()
            .map(|(k, v)| ((*k).into(), (*v).into()))
            .collect();
        self
    }

    /// The same browser, naming another host.
    pub fn naming(mut self, host: &str) -> Self {
        self.host = host.to_owned();
        self
    }

    /// The same browser with the session that a reply gave it.
    pub fn with_session_of(mut self, reply: &Reply) -> Self {
        self.cookie = Some(reply.session().unwrap());
        self
    }

    pub fn get(&self, path: &str) -> Reply {
        self.ask(Ask::get(path))
    }

    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.ask(Ask::form(path, fields))
    }

    pub fn post_json(&self, path: &str, value: &Value) -> Reply {
        self.ask(Ask::json(path, value))
    }

    pub fn upload(&self, path: &str, bytes: &[u8]) -> Reply {
        self.ask(Ask::file(path, bytes))
    }

    pub fn ask(&self, ask: Ask) -> Reply {
        let request = self.request(ask);
        self.mend
            .runtime
            .block_on(answered(self.mend.router.clone(), request))
    }

    /// The first part of an answer that has no end, and then this browser goes away.
    pub fn first_of(&self, path: &str) -> String {
        let request = self.request(Ask::get(path));
        let router = self.mend.router.clone();
        self.mend.runtime.block_on(async {
            let mut body = router.oneshot(request).await.unwrap().into_body();
            let frame = body.frame().await.unwrap().unwrap();
            String::from_utf8(frame.into_data().unwrap().to_vec()).unwrap()
        })
    }

    fn request(&self, ask: Ask) -> Request<Body> {
        let mut request = Request::builder().method(ask.method).uri(&ask.path);
        request = request.header(HOST, &self.host);
        if let Some(kind) = ask.kind {
            request = request.header(CONTENT_TYPE, kind);
        }
        if let Some(cookie) = &self.cookie {
            let name = self.mend.app.base.cookie_name();
            request = request.header(COOKIE, format!("first=1; {name}={cookie}; last=1"));
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let address = SocketAddr::new(self.place, 40_000);
        request
            .extension(ConnectInfo(address))
            .body(Body::from(ask.body))
            .unwrap()
    }
}

/// Sends many requests at once.
pub fn at_once(mend: &TestMend, asks: Vec<(Client<'_>, Ask)>) -> Vec<Reply> {
    let requests: Vec<_> = asks
        .into_iter()
        .map(|(client, ask)| client.request(ask))
        .collect();
    mend.runtime.block_on(async {
        let mut all = tokio::task::JoinSet::new();
        for request in requests {
            all.spawn(answered(mend.router.clone(), request));
        }
        all.join_all().await
    })
}

async fn answered(router: axum::Router, request: Request<Body>) -> Reply {
    let response = router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Reply {
        status: parts.status,
        headers: parts.headers,
        body: body.to_vec(),
    }
}

impl Reply {
    pub fn code(&self) -> u16 {
        self.status.as_u16()
    }

    pub fn body(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// What a person reads: no markup, one space between words.
    pub fn text(&self) -> String {
        page::text(self.body())
    }

    /// Whether a person reads this.
    pub fn says(&self, what: &str) -> bool {
        self.text().contains(&page::tidy(what))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub fn location(&self) -> &str {
        self.header(LOCATION.as_str())
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The session in the cookie that came with it.
    pub fn session(&self) -> Option<String> {
        let cookie = self.headers.get(SET_COOKIE)?.to_str().unwrap();
        let value = cookie.split(';').next()?.split_once('=')?.1;
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// The links and form targets of a page, in order.
    pub fn links(&self) -> Vec<String> {
        let addresses = page::attributes(self.body());
        let links = addresses
            .into_iter()
            .filter(|(_, name, _)| name == "href" || name == "action");
        links.map(|(_, _, value)| value).collect()
    }

    /// Fails unless it is the page for what is not there.
    pub fn is_not_found(&self) {
        assert_eq!(self.code(), 404, "{}", self.text());
    }

    /// Fails unless it leads there.
    pub fn goes_to(&self, path: &str) {
        assert_eq!(
            (self.code(), self.location()),
            (303, path),
            "{}",
            self.text()
        );
    }
}
