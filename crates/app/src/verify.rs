//! Comparing what a server serves as its vault with what this program holds: for other movements,
//! from outside, best through Tor, so that the server cannot tell who is asking.
//! Never: speaks to the network itself. It asks `curl`, so that no copy of Mend can be made to open
//! a connection; and it finds nothing in a page that was altered for one person alone.

use std::process::Command;

use sha2::{Digest, Sha256};

use crate::web::assets;
use crate::web::headers::VAULT_POLICY;

/// What the vault consists of: the address under which each is served, and its name here.
fn parts() -> Vec<(String, &'static str)> {
    let files = [
        "vault.js",
        "mend.css",
        "practice.json",
        "words.txt",
        "icon.svg",
        "atkinson-latin.woff2",
        "fraunces-latin.woff2",
    ];
    let mut parts = vec![
        ("/vault".to_owned(), "vault.html"),
        ("/vault/worker.js".to_owned(), "worker.js"),
    ];
    parts.extend(files.map(|name| (assets::address(name), name)));
    parts
}

/// Compares a server's vault with this program's. `through` is a proxy, such as that of Tor.
pub fn verify(url: &str, through: Option<&str>) -> Result<(), String> {
    let origin = url.trim_end_matches('/');
    if !(origin.starts_with("https://") || origin.starts_with("http://")) {
        return Err(format!(
            "“{url}” is no address. It begins with https://, or with http:// for an onion service or this machine."
        ));
    }
    let mut differing = Vec::new();
    for (path, name) in parts() {
        let served = fetch(&format!("{origin}{path}"), through)?;
        let own = assets::bytes(name).unwrap_or_default();
        let same = served.body == *own && (path != "/vault" || served.policy == VAULT_POLICY);
        println!(
            "{}  {}  {path}",
            if same { "same   " } else { "DIFFERS" },
            sum(&served.body)
        );
        if !same {
            differing.push(path);
        }
    }
    if differing.is_empty() {
        println!(
            "\nThe vault at {origin} is the one of this program, Mend {}.",
            env!("CARGO_PKG_VERSION")
        );
        return Ok(());
    }
    Err(format!(
        "The vault at {origin} is not the one of this program: {}. It may be another release; ask its host which, and compare with that one. Until then, do not type your words there.",
        differing.join(", ")
    ))
}

fn sum(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

struct Served {
    policy: String,
    body: Vec<u8>,
}

fn fetch(address: &str, through: Option<&str>) -> Result<Served, String> {
    let mut curl = Command::new("curl");
    curl.args([
        "--silent",
        "--show-error",
        "--max-time",
        "60",
        "--include",
        "--http1.1",
    ]);
    if let Some(proxy) = through {
        curl.args(["--proxy", proxy]);
    }
    // After the two dashes an address can be no option.
    let answer = curl.arg("--").arg(address).output();
    let answer = answer
        .map_err(|why| format!("The program curl is needed and could not be started: {why}."))?;
    if !answer.status.success() {
        let why = String::from_utf8_lossy(&answer.stderr);
        return Err(format!("{address} did not answer: {}", why.trim()));
    }
    split(&answer.stdout)
        .ok_or_else(|| format!("{address} answered with something that is no page."))
}

/// Head and body of an answer; whatever a proxy put in front is passed over.
fn split(all: &[u8]) -> Option<Served> {
    let mut rest = all;
    loop {
        let end = rest.windows(4).position(|part| part == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&rest[..end]).into_owned();
        rest = &rest[end + 4..];
        if rest.starts_with(b"HTTP/") {
            continue;
        }
        let named = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            let is_policy = name.eq_ignore_ascii_case("content-security-policy");
            is_policy.then(|| value.trim().to_owned())
        });
        return Some(Served {
            policy: named.unwrap_or_default(),
            body: rest.to_vec(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_split_behind_every_head() {
        let all = b"HTTP/1.0 200 Connection established\r\n\r\nHTTP/1.1 200 OK\r\nContent-Security-Policy: strict\r\n\r\nbody\r\n\r\nmore";
        let served = split(all).expect("it is an answer");
        assert_eq!(
            (served.policy.as_str(), served.body.as_slice()),
            ("strict", &b"body\r\n\r\nmore"[..])
        );
        assert!(split(b"nothing").is_none());
    }

    #[test]
    fn every_part_of_the_vault_is_compared() {
        let page = String::from_utf8(assets::bytes("vault.html").unwrap_or_default().to_vec());
        let worker = String::from_utf8(assets::bytes("worker.js").unwrap_or_default().to_vec());
        let all = [page.unwrap_or_default(), worker.unwrap_or_default()].concat();
        let parts = parts();
        let named = all.split('"').filter(|part| part.starts_with("/assets/"));
        let named: Vec<&str> = named.collect();
        assert!(named.len() >= 7, "{named:?}");
        for address in named {
            assert!(parts.iter().any(|(path, _)| path == address), "{address}");
        }
    }
}
