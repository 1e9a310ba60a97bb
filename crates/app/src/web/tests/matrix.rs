//! The authorization matrix: every route of the table in every role and every relation. What is
//! expected follows from the table alone.
#![allow(clippy::unwrap_used)]

use std::collections::HashMap;

use super::routes::{Filler, Relation, things};
use crate::testing::cast::{Cast, Role, open};
use crate::testing::client::{Ask, Reply};
use crate::testing::tables::dump_but;
use crate::testing::{TestMend, on_both};
use crate::web::policy::{Method, Own, POLICIES, Policy, Who};

/// How a request ends, as far as the right to ask goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    LetIn,
    SignIn,
    NotFound,
    /// Nothing that the table knows.
    Odd(u16),
}

impl End {
    pub fn of(reply: &Reply) -> Self {
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

pub fn expected(policy: &Policy, role: Role, relation: Relation) -> End {
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
        (Own::Seated, _) => own && role != Role::StewardElsewhere,
        (Own::Kept, _) => steward || own && role == Role::Keeper,
        (Own::Invited, _) => own,
    };
    if right { End::LetIn } else { End::NotFound }
}

/// Tries every route in one role; what was not as the table says.
fn every_route_as(mend: &TestMend, role: Role) {
    let mut wrong = kept_out(mend, role);
    wrong.extend(let_in(mend, role));
    assert!(wrong.is_empty(), "as {role:?}:\n{}", wrong.join("\n"));
}

/// Every cell of the table that ends in one way.
fn cells(role: Role, let_in: bool) -> impl Iterator<Item = (&'static Policy, Vec<Relation>)> {
    POLICIES.iter().map(move |policy| {
        let mut relations = Relation::of(policy);
        relations.retain(|one| (expected(policy, role, *one) == End::LetIn) == let_in);
        (policy, relations)
    })
}

/// Whoever is kept out changes nothing, and learns nothing.
fn kept_out(mend: &TestMend, role: Role) -> Vec<String> {
    let cast = Cast::new(mend);
    let client = open(mend, cast.player(role).account);
    let before = dump_but(mend, &["session"]);
    let mut wrong = Vec::new();
    for (policy, relations) in cells(role, false) {
        let mut absent = Absent::default();
        for (relation, ask) in asks(mend, &cast, role, policy, &relations) {
            let reply = client.ask(ask);
            wrong.extend(differs(policy, role, relation, &reply));
            wrong.extend(absent.differs(policy, role, relation, &reply));
        }
    }
    assert_eq!(
        dump_but(mend, &["session"]),
        before,
        "{role:?} was kept out and changed something"
    );
    wrong
}

/// What was changed by a request that was let in does not meet the next one: the cast is made
/// anew.
fn let_in(mend: &TestMend, role: Role) -> Vec<String> {
    let mut cast = Cast::new(mend);
    let mut wrong = Vec::new();
    for (policy, relations) in cells(role, true) {
        let mut absent = Absent::default();
        for relation in relations {
            for (relation, ask) in asks(mend, &cast, role, policy, &[relation]) {
                let reply = open(mend, cast.player(role).account).ask(ask);
                wrong.extend(differs(policy, role, relation, &reply));
                wrong.extend(absent.differs(policy, role, relation, &reply));
                let changed = reply.status.is_success() || reply.status.is_redirection();
                if changed && policy.method == Method::Post {
                    cast = Cast::new(mend);
                }
            }
        }
    }
    wrong
}

fn asks(
    mend: &TestMend,
    cast: &Cast,
    role: Role,
    policy: &Policy,
    relations: &[Relation],
) -> Vec<(Relation, Ask)> {
    let player = cast.player(role);
    let filler = Filler { mend, cast, player };
    let each = relations.iter().flat_map(|relation| {
        let asks = filler.asks(policy, *relation);
        asks.into_iter().map(move |ask| (*relation, ask))
    });
    each.collect()
}

fn differs(policy: &Policy, role: Role, relation: Relation, reply: &Reply) -> Option<String> {
    let (end, wanted) = (End::of(reply), expected(policy, role, relation));
    (end != wanted).then(|| format!("{:?} {relation:?}: {end:?}, not {wanted:?}", policy.action))
}

/// The answers of one route to somebody who may not have what they asked for. "Not there" and
/// "not yours" must be the same bytes, inside of one's movement and outside of it.
#[derive(Default)]
struct Absent(HashMap<Where, Vec<u8>>);

/// Answers that are compared with each other.
#[derive(PartialEq, Eq, Hash)]
enum Where {
    Inside,
    Outside,
    /// What waits for a while and is over is told in words.
    Over,
}

impl Absent {
    fn differs(
        &mut self,
        policy: &Policy,
        role: Role,
        relation: Relation,
        reply: &Reply,
    ) -> Option<String> {
        let kept_out = matches!(End::of(reply), End::NotFound) || reply.code() == 401;
        let gone = matches!(relation, Relation::Smuggled | Relation::Gone);
        let place = match (kept_out, policy.own) {
            (true, _) if role.standing(relation) >= Standing::Member => Where::Inside,
            (true, _) => Where::Outside,
            (false, Own::Once) if gone => Where::Over,
            (false, _) => return None,
        };
        let first = self.0.entry(place).or_insert_with(|| reply.body.clone());
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
