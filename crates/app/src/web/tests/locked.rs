//! Every route while the movement is locked: no content for anybody, and nothing is told to those
//! who have no place in it.
#![allow(clippy::unwrap_used)]

use mend_store::Scope;

use super::matrix::{End, expected};
use super::routes::{Filler, Relation};
use crate::movement;
use crate::testing::cast::{Cast, Role, open};
use crate::testing::tables::dump_but;
use crate::testing::{TestMend, on_both};
use crate::web::policy::POLICIES;

fn lock(mend: &TestMend, address: &str) {
    let (id, now) = (mend.movement(address).id, mend.now());
    mend.write(Scope::Movement(id.0), move |tx| {
        movement::lockdown::by_host(tx, id, true, now)
    });
}

/// Tries every route of a locked movement in one role.
fn every_locked_route_as(mend: &TestMend, role: Role) {
    let cast = Cast::new(mend);
    lock(mend, &cast.here.address);
    let player = cast.player(role);
    let filler = Filler {
        mend,
        cast: &cast,
        player,
    };
    let client = open(mend, player.account);
    let before = dump_but(mend, &["session"]);
    let (mut wrong, mut shut) = (Vec::new(), 0);
    let routes = POLICIES
        .iter()
        .filter(|policy| policy.path.starts_with("/m/"));
    for policy in routes.filter(|policy| !policy.is_of_the_lock()) {
        for ask in filler.asks(policy, Relation::Own) {
            let reply = client.ask(ask);
            let kept_out = expected(policy, role, Relation::Own);
            // Whatever is not there for somebody anyway is not there, as ever.
            let gone = matches!(End::of(&reply), End::SignIn | End::NotFound);
            let right = match kept_out {
                End::SignIn | End::NotFound => gone || reply.code() == 503,
                _ => reply.code() == 503,
            };
            shut += usize::from(reply.code() == 503);
            if !right {
                wrong.push(format!("{:?}: {}", policy.action, reply.code()));
            }
        }
    }
    assert!(wrong.is_empty(), "as {role:?}:\n{}", wrong.join("\n"));
    assert!(shut > 0, "{role:?} met no lock");
    assert_eq!(
        dump_but(mend, &["session"]),
        before,
        "{role:?} changed something"
    );
}

#[test]
fn no_route_of_a_locked_movement_shows_or_changes_anything() {
    on_both(|mend| {
        for role in Role::ALL {
            every_locked_route_as(mend, role);
        }
    });
}
