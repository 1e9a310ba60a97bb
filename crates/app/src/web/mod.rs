//! The door to a browser: routes with their policies, who is here, pages, headers.
//! Never: decides a matter of the field; that is done in the rooms.

pub mod assets;
pub mod form;
pub mod guard;
pub mod headers;
pub mod link;
pub mod page;
pub mod paper;
pub mod policy;
pub mod problem;
pub mod round;
pub mod router;
pub mod seen;
#[cfg(test)]
pub mod tests;
pub mod visit;

pub use page::{Here, page};
pub use problem::{Answer, Problem};
pub use visit::{Me, Place, Visit};

/// The address under which this instance is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// Scheme, host and port, as it is written into links and QR codes.
    pub origin: String,
    /// Host and port that requests may name.
    pub hosts: Vec<String>,
    /// Reached over https from other devices.
    pub secure: bool,
    /// Proxies in front whose word about the client's address counts.
    pub proxies: usize,
}

impl Base {
    /// The name of the session cookie: browsers hold `__Host-` to https and to this host alone.
    pub fn cookie_name(&self) -> &'static str {
        if self.secure { "__Host-mend" } else { "mend" }
    }

    /// Reached from this machine only.
    pub fn local(port: u16) -> Self {
        let host = |name: &str| format!("{name}:{port}");
        Self {
            origin: format!("http://{}", host("localhost")),
            hosts: vec![host("localhost"), host("127.0.0.1"), host("[::1]")],
            secure: false,
            proxies: 0,
        }
    }

    /// Reached under a public https address, and from this machine.
    pub fn public(url: &str, port: u16, proxies: usize) -> Option<Self> {
        let rest = url.trim_end_matches('/').strip_prefix("https://")?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
        if rest.is_empty() || !rest.chars().all(plain) {
            return None;
        }
        let mut base = Self::local(port);
        base.hosts.push(rest.to_lowercase());
        Some(Self {
            origin: format!("https://{}", rest.to_lowercase()),
            secure: true,
            proxies,
            ..base
        })
    }
}
