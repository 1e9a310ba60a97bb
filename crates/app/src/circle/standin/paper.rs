//! The yes of those who have no account: whoever keeps the meeting asks them, and passes it on.

use mend_rules::id::{MovementId, PersonId};
use mend_rules::standin::{asked, may_pass_on};
use mend_store::{StoreError, Tx};

use super::{Found, ids};
use crate::circle::pages::Shown;
use crate::circle::rows::Standing;
use crate::movement;
use crate::web::Me;

fn has_account(tx: &mut Tx<'_>, place: MovementId, id: PersonId) -> Result<bool, StoreError> {
    let person = movement::person(tx, place, id)?;
    Ok(person.is_some_and(|one| one.account.is_some()))
}

/// Everybody who is asked and has no account to answer with, whatever they have said.
pub fn on_paper(
    tx: &mut Tx<'_>,
    me: &Me,
    (found, one): (&Found, &Standing),
) -> Result<Vec<PersonId>, StoreError> {
    let mut all = Vec::new();
    for id in asked(one.pair, &ids(&found.seated)) {
        if !has_account(tx, me.movement, id)? {
            all.push(id);
        }
    }
    Ok(all)
}

/// Those whose yes the one asking may pass on.
pub fn to_pass_on(
    tx: &mut Tx<'_>,
    me: &Me,
    (found, shown): (&Found, &Shown),
    one: &Standing,
) -> Result<Vec<PersonId>, StoreError> {
    let mut all = on_paper(tx, me, (found, one))?;
    all.retain(|id| !one.yes.contains(id));
    let [keeper, _] = shown.keepers(Some(one.on));
    let keeper = match keeper {
        Some(id) if has_account(tx, me.movement, id)? => Some(id),
        _ => None,
    };
    let may = may_pass_on(me.person, one.pair, keeper, &ids(&found.seated));
    Ok(if may { all } else { Vec::new() })
}
