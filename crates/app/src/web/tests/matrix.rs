//! The authorization matrix: every route of the table in every role and every relation. What is
//! expected follows from the table alone.
#![allow(clippy::unwrap_used)]

use std::collections::HashMap;

use super::routes::{Filler, Relation, things};
use crate::testing::cast::{Cast, Role, open};
use crate::testing::client::Reply;
use crate::testing::{TestMend, on_both};
use crate::web::policy::{Method, Own, POLICIES, Policy, Who};

/// How a request ends, as far as the right to ask goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    LetIn,
    SignIn,
    NotFound,
    /// Nothing that the table knows.
    Odd(u16),
}

impl End {
    fn of(reply: &Reply) -> Self {
        match reply.code() {
            303 if reply.location().starts_with("/sign-in") => Self::SignIn,
            401 => Self::SignIn,
            404 => Self::NotFound,
            200..=399 | 400 | 409 | 415 | 422 => Self::LetIn,
            other => Self::Odd(other),
        }
    }
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Visitor,
    Account,
    Member,
    Steward,
}

impl Role {
    /// What somebody is in the movement that an address names.
    fn standing(self, relation: Relation) -> Standing {
        match (self, relation) {
            (Self::Visitor, _) => Standing::Visitor,
            (Self::StewardElsewhere, Relation::Elsewhere) => Standing::Steward,
            (Self::Placeless | Self::Left | Self::StewardElsewhere, _) => Standing::Account,
            (_, Relation::Elsewhere | Relation::Nowhere) => Standing::Account,
            (Self::Steward, _) => Standing::Steward,
            (Self::Newcomer | Self::Member | Self::Keeper | Self::FormerSteward, _) => {
                Standing::Member
            }
        }
    }
}

fn expected(policy: &Policy, role: Role, relation: Relation) -> End {
    let standing = role.standing(relation);
    let enough = match policy.who {
        Who::Anyone => true,
        Who::Account | Who::Member | Who::Steward if standing == Standing::Visitor => {
            return End::SignIn;
        }
        Who::Account => true,
        Who::Member => standing >= Standing::Member,
        Who::Steward => standing == Standing::Steward,
    };
    if !enough || relation == Relation::Nowhere {
        return End::NotFound;
    }
    thing_expected(policy, role, relation, &standing)
}

fn thing_expected(policy: &Policy, role: Role, relation: Relation, standing: &Standing) -> End {
    let steward = *standing == Standing::Steward;
    let own = relation == Relation::Own;
    let right = match (policy.own, relation) {
        (_, _) if things(policy).is_empty() => true,
        (Own::Once, _) => true,
        (_, Relation::Gone | Relation::Smuggled) => false,
        (Own::Nothing, _) => true,
        (Own::Circle, _) => own || steward,
        (Own::Kept, _) => steward || own && role == Role::Keeper,
        (Own::Invited, _) => own,
    };
    if right { End::LetIn } else { End::NotFound }
}

/// Tries every route in one role. What was changed by a request that was let in does not meet
/// the next one: the cast is made anew.
fn every_route_as(mend: &TestMend, role: Role) {
    let mut cast = Cast::new(mend);
    let mut wrong = Vec::new();
    for policy in POLICIES {
        let mut absent = Absent::default();
        for relation in Relation::of(policy) {
            let asks = Filler {
                mend,
                cast: &cast,
                player: cast.player(role),
            }
            .asks(policy, relation);
            for ask in asks {
                let path = ask.path.clone();
                let reply = open(mend, cast.player(role).account).ask(ask);
                let (end, wanted) = (End::of(&reply), expected(policy, role, relation));
                if end != wanted {
                    wrong.push(format!(
                        "{:?} {relation:?} {path}: {end:?}, not {wanted:?}",
                        policy.action
                    ));
                }
                wrong.extend(absent.differs(policy, role, relation, &reply));
                if end == End::LetIn && policy.method == Method::Post {
                    cast = Cast::new(mend);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "as {role:?}:\n{}", wrong.join("\n"));
}

/// The answers of one route to somebody who may not have what they asked for. "Not there" and
/// "not yours" must be the same bytes, inside of one's movement and outside of it.
#[derive(Default)]
struct Absent(HashMap<bool, Vec<u8>>);

impl Absent {
    fn differs(
        &mut self,
        policy: &Policy,
        role: Role,
        relation: Relation,
        reply: &Reply,
    ) -> Option<String> {
        let kept_out = matches!(End::of(reply), End::NotFound) || reply.code() == 401;
        if !kept_out {
            return None;
        }
        let inside = role.standing(relation) >= Standing::Member;
        let first = self.0.entry(inside).or_insert_with(|| reply.body.clone());
        (*first != reply.body).then(|| {
            format!(
                "{:?} {relation:?} tells that it is there: {} bytes",
                policy.action,
                reply.body.len()
            )
        })
    }
}

macro_rules! roles {
    ($($name:ident $role:ident;)*) => {
        $(#[test]
        fn $name() {
            on_both(|mend| every_route_as(mend, Role::$role));
        })*

        #[test]
        fn every_role_has_a_test() {
            assert_eq!([$(Role::$role),*], Role::ALL);
        }
    };
}

roles! {
    every_route_keeps_to_the_table_for_a_visitor Visitor;
    every_route_keeps_to_the_table_for_an_account_without_a_place Placeless;
    every_route_keeps_to_the_table_for_a_newcomer Newcomer;
    every_route_keeps_to_the_table_for_a_member Member;
    every_route_keeps_to_the_table_for_a_keeper Keeper;
    every_route_keeps_to_the_table_for_a_steward Steward;
    every_route_keeps_to_the_table_for_a_steward_whose_term_is_over FormerSteward;
    every_route_keeps_to_the_table_for_somebody_who_left Left;
    every_route_keeps_to_the_table_for_a_steward_of_another_movement StewardElsewhere;
}

#[test]
fn the_table_lets_somebody_in_everywhere_and_everybody_in_nowhere_private() {
    for policy in POLICIES {
        let ends = |end| {
            let cells = Role::ALL.into_iter().flat_map(|role| {
                Relation::of(policy)
                    .into_iter()
                    .map(move |relation| (role, relation))
            });
            cells
                .filter(|(role, relation)| expected(policy, *role, *relation) == end)
                .count()
        };
        assert!(ends(End::LetIn) > 0, "{:?} lets nobody in", policy.action);
        let open = policy.who == Who::Anyone;
        assert_eq!(ends(End::SignIn) > 0, !open, "{:?}", policy.action);
    }
}
