//! What every response says to the browser. The rules are written out here once more, so that a
//! slip in one place is found by the other.
#![allow(clippy::unwrap_used)]

use axum::http::Method;

use super::routes::joining;
use crate::testing::client::{Ask, FORM, JSON, Reply};
use crate::testing::{PORT, TestMend, on_both};
use crate::web::Base;
use crate::web::assets::address;

const MUST: [(&str, &str); 7] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-robots-tag", "noindex, nofollow"),
    ("reporting-endpoints", "csp=\"/csp\""),
];

/// Directives that must be there, with all the sources that they may name.
const DIRECTIVES: [(&str, &[&str]); 14] = [
    ("default-src", &["'none'"]),
    ("script-src", &["'self'"]),
    ("style-src", &["'self'"]),
    ("img-src", &["'self'", "blob:"]),
    ("font-src", &["'self'"]),
    ("connect-src", &["'self'"]),
    ("manifest-src", &["'self'"]),
    ("form-action", &["'self'"]),
    ("base-uri", &["'none'"]),
    ("frame-ancestors", &["'none'"]),
    ("require-trusted-types-for", &["'script'"]),
    ("trusted-types", &["'none'", "mend-worker"]),
    ("report-uri", &["/csp"]),
    ("report-to", &["csp"]),
];

const EVER: &str = "public, max-age=31536000, immutable";

/// What is missing or too lax in the headers of a reply.
pub fn trouble(reply: &Reply, is_asset: bool) -> Vec<String> {
    let mut trouble = Vec::new();
    for (name, value) in MUST {
        if reply.headers.get_all(name).iter().count() != 1 || reply.header(name) != value {
            trouble.push(format!("{name}: {:?}", reply.header(name)));
        }
    }
    let cached = if is_asset { EVER } else { "no-store" };
    if reply.header("cache-control") != cached {
        trouble.push(format!(
            "cache-control: {:?}",
            reply.header("cache-control")
        ));
    }
    for feature in [
        "camera",
        "microphone",
        "geolocation",
        "display-capture",
        "payment",
        "usb",
    ] {
        if !reply
            .header("permissions-policy")
            .contains(&format!("{feature}=()"))
        {
            trouble.push(format!("{feature} is not switched off"));
        }
    }
    trouble.extend(policy_trouble(reply));
    trouble
}

fn policy_trouble(reply: &Reply) -> Vec<String> {
    let all = reply.headers.get_all("content-security-policy");
    let all: Vec<&str> = all.iter().map(|value| value.to_str().unwrap()).collect();
    let [policy] = all.as_slice() else {
        return vec![format!("{} content security policies", all.len())];
    };
    let mut trouble = Vec::new();
    for directive in policy.split(';') {
        let mut words = directive.split_whitespace();
        let name = words.next().unwrap_or_default();
        let allowed = DIRECTIVES.iter().find(|(known, _)| *known == name);
        match allowed {
            Some((_, sources)) if words.clone().all(|word| sources.contains(&word)) => {}
            _ => trouble.push(format!("the policy says {directive:?}")),
        }
    }
    let said = |name: &str| {
        policy
            .split(';')
            .any(|one| one.trim().starts_with(&format!("{name} ")))
    };
    let missing = DIRECTIVES.iter().filter(|(name, _)| !said(name));
    trouble.extend(missing.map(|(name, _)| format!("the policy has no {name}")));
    trouble
}

#[track_caller]
fn is_hard(reply: &Reply, status: u16) {
    assert_eq!(reply.code(), status, "{}", reply.body());
    assert_eq!(trouble(reply, false), [""; 0], "a response with {status}");
}

#[test]
fn errors_of_every_kind_carry_all_headers() {
    on_both(|mend| {
        let (steward, visitor) = (mend.as_("amara"), mend.visitor());
        is_hard(&visitor.get("/nowhere"), 404);
        is_hard(&visitor.get("/m/sample"), 303);
        is_hard(&visitor.post("/m/sample/me", &[]), 401);
        is_hard(&steward.post("/m/sample/groups", &[("group", "")]), 409);
        is_hard(&steward.post("/m/sample/movement", &[]), 422);
        is_hard(&steward.post_json("/m/sample/me", &joining("ana")), 409);
        is_hard(&visitor.post("/sign-in", &[]), 415);
        is_hard(&visitor.ask(Ask::raw("/sign-in", JSON, b"{".to_vec())), 400);
        is_hard(
            &visitor.ask(Ask::raw("/sign-in", JSON, vec![b' '; 2_000_000])),
            413,
        );
        is_hard(
            &steward.ask(Ask::raw("/m/sample/me", FORM, vec![b'a'; 2_000_000])),
            409,
        );
        is_hard(&visitor.saying(&[]).post("/csp", &[]), 204);
    });
}

#[test]
fn a_request_for_another_host_is_turned_away() {
    on_both(|mend| {
        for host in [
            "evil.example",
            "localhost",
            "localhost:1",
            "localhost:8600.evil.example",
            "",
        ] {
            let reply = mend.as_("amara").naming(host).get("/m/sample");
            is_hard(&reply, 421);
            assert_eq!(reply.body(), mend.t("problem-host-why"), "{host}");
        }
        for host in ["LOCALHOST:8600", "127.0.0.1:8600", "[::1]:8600"] {
            assert_eq!(
                mend.visitor().naming(host).get("/about").code(),
                200,
                "{host}"
            );
        }
        // Whoever watches whether the server is up need not know its name.
        is_hard(&mend.visitor().naming("10.0.0.1").get("/ready"), 200);
    });
}

#[test]
fn a_method_that_a_route_does_not_know_gets_the_page_for_what_is_not_there() {
    on_both(|mend| {
        for method in [
            Method::DELETE,
            Method::PUT,
            Method::PATCH,
            Method::OPTIONS,
            Method::TRACE,
        ] {
            for path in [
                "/",
                "/sign-out",
                "/m/sample",
                "/m/sample/me",
                "/m/nowhere/me",
            ] {
                let ask = Ask {
                    method: method.clone(),
                    ..Ask::get(path)
                };
                let reply = mend.as_("amara").ask(ask);
                is_hard(&reply, 404);
                assert!(reply.says(&mend.t("problem-not-found-why")), "{path}");
            }
        }
        let head = Ask {
            method: Method::HEAD,
            ..Ask::get("/about")
        };
        let head = mend.visitor().ask(head);
        assert!(head.body.is_empty());
        is_hard(&head, 200);
    });
}

#[test]
fn what_breaks_inside_is_not_told_outside() {
    on_both(|mend| {
        let client = mend.as_("amara");
        mend.write(mend_store::Scope::Instance, |tx| {
            mend_store::sql!("ALTER TABLE seat RENAME TO seat_elsewhere").run(tx)
        });
        let reply = client.get("/m/sample");
        is_hard(&reply, 500);
        assert!(reply.says(&mend.t("problem-broken-why")));
        assert!(!reply.body().contains("seat_"), "{}", reply.text());
        assert!(
            !reply.body().to_lowercase().contains("sql"),
            "{}",
            reply.text()
        );
        mend.write(mend_store::Scope::Instance, |tx| {
            mend_store::sql!("ALTER TABLE seat_elsewhere RENAME TO seat").run(tx)
        });
    });
}

#[test]
fn only_assets_with_their_hash_may_be_kept() {
    on_both(|mend| {
        let visitor = mend.visitor();
        for name in [
            "mend.css",
            "sign.js",
            "icon.svg",
            "words.txt",
            "atkinson-latin.woff2",
        ] {
            let reply = visitor.get(&address(name));
            assert_eq!(
                (reply.code(), trouble(&reply, true)),
                (200, Vec::new()),
                "{name}"
            );
            let plain = visitor.get(&format!("/assets/{name}"));
            is_hard(&plain, 404);
        }
        let packed = visitor
            .saying(&[("accept-encoding", "gzip")])
            .get(&address("mend.css"));
        assert_eq!(packed.header("content-encoding"), "gzip");
        assert_eq!(trouble(&packed, true), [""; 0]);
    });
}

#[test]
fn an_https_instance_insists_on_https_and_a_local_one_does_not() {
    let base = Base::public("https://Mend.example", PORT, 1).unwrap();
    let mend = TestMend::at("sqlite", base);
    let reply = mend.visitor().naming("mend.example").get("/about");
    is_hard(&reply, 200);
    assert_eq!(
        reply.header("strict-transport-security"),
        "max-age=31536000"
    );
    drop(mend);
    let mend = TestMend::new("sqlite");
    assert_eq!(
        mend.visitor()
            .get("/about")
            .header("strict-transport-security"),
        ""
    );
}
