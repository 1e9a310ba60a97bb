//! Requests that another site makes in somebody's name are refused, on every route that changes
//! something.
#![allow(clippy::unwrap_used)]

use super::routes::{Filler, Relation};
use crate::testing::cast::{Cast, Role, open};
use crate::testing::tables::dump_but;
use crate::testing::{TestMend, on_both};
use crate::web::policy::{Method, POLICIES, Policy};

/// What a browser says of where a request comes from, when it does not come from here.
const FOREIGN: [&[(&str, &str)]; 9] = [
    &[],
    &[("sec-fetch-site", "cross-site")],
    &[("sec-fetch-site", "same-site")],
    &[("sec-fetch-site", "none")],
    &[("sec-fetch-site", "")],
    &[
        ("sec-fetch-site", "cross-site"),
        ("origin", "http://localhost:8600"),
    ],
    &[("origin", "http://evil.example")],
    &[("origin", "null")],
    &[("origin", "http://localhost:8600.evil.example")],
];

const OURS: [&[(&str, &str)]; 2] = [
    &[("sec-fetch-site", "same-origin")],
    &[("origin", "http://localhost:8600")],
];

fn unsafe_routes() -> impl Iterator<Item = &'static Policy> {
    let posts = POLICIES
        .iter()
        .filter(|policy| policy.method == Method::Post);
    posts.filter(|policy| !policy.is_open_to_others())
}

fn every_foreign_request_is_refused(mend: &TestMend, role: Role) {
    let cast = Cast::new(mend);
    let player = cast.player(role);
    let filler = Filler {
        mend,
        cast: &cast,
        player,
    };
    let client = open(mend, player.account);
    let before = dump_but(mend, &["session"]);
    for policy in unsafe_routes() {
        for headers in FOREIGN {
            for relation in [Relation::Own, Relation::Nowhere] {
                for ask in filler.asks(policy, relation) {
                    let reply = client.clone().saying(headers).ask(ask);
                    assert_eq!(
                        reply.code(),
                        403,
                        "{:?} {relation:?} {headers:?}",
                        policy.action
                    );
                    assert!(reply.says(&mend.t("problem-foreign-why")));
                }
            }
        }
    }
    assert_eq!(
        dump_but(mend, &["session"]),
        before,
        "a foreign request changed something"
    );
}

#[test]
fn every_unsafe_route_refuses_requests_of_other_sites_in_a_stewards_name() {
    on_both(|mend| every_foreign_request_is_refused(mend, Role::Steward));
}

#[test]
fn every_unsafe_route_refuses_requests_of_other_sites_in_nobodys_name() {
    on_both(|mend| every_foreign_request_is_refused(mend, Role::Visitor));
}

#[test]
fn our_own_pages_are_believed_with_either_header() {
    on_both(|mend| {
        for headers in OURS {
            let steward = mend.as_("amara").saying(headers);
            let saved = steward.post("/m/sample/me/hours", &[("h", "20")]);
            saved.goes_to("/m/sample/me?told=saved");
        }
    });
}

#[test]
fn a_report_of_the_browser_is_counted_wherever_it_comes_from() {
    on_both(|mend| {
        let reports = || {
            mend.app
                .policy_reports
                .load(std::sync::atomic::Ordering::Relaxed)
        };
        let before = dump_but(mend, &[]);
        for headers in FOREIGN {
            let told = mend.visitor().saying(headers).post("/csp", &[]);
            assert_eq!(told.code(), 204);
        }
        assert_eq!(reports(), FOREIGN.len() as u64);
        assert_eq!(dump_but(mend, &[]), before);
    });
}
