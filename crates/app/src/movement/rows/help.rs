//! The movement's list of outside help, what it says about the law, and which groups ask that
//! legal matters stay out of circles.

use std::collections::HashSet;

use mend_rules::id::{GroupId, MovementId, PersonId};
use mend_store::{StoreError, Tx, sql};

/// As stewards typed it; both may be empty.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub help: String,
    pub law: String,
}

pub fn help(tx: &mut Tx<'_>, movement: MovementId) -> Result<Typed, StoreError> {
    sql!("SELECT help, law FROM movement WHERE id = $1")
        .id(movement)
        .one(tx, |row| {
            Ok(Typed {
                help: row.text(0)?,
                law: row.text(1)?,
            })
        })
}

pub fn set_help(tx: &mut Tx<'_>, movement: MovementId, typed: &Typed) -> Result<(), StoreError> {
    sql!("UPDATE movement SET help = $2, law = $3 WHERE id = $1")
        .id(movement)
        .text(typed.help.clone())
        .text(typed.law.clone())
        .run(tx)
        .map(|_| ())
}

/// Only the list, as the sample movement has it.
pub fn set_help_list(tx: &mut Tx<'_>, movement: MovementId, help: &str) -> Result<(), StoreError> {
    let typed = Typed {
        help: help.trim().to_owned(),
        law: String::new(),
    };
    set_help(tx, movement, &typed)
}

pub fn set_notice(
    tx: &mut Tx<'_>,
    movement: MovementId,
    group: GroupId,
    on: bool,
) -> Result<(), StoreError> {
    sql!("UPDATE working_group SET law = $3 WHERE movement_id = $1 AND id = $2")
        .id(movement)
        .id(group)
        .int(on)
        .run(tx)
        .map(|_| ())
}

/// Everybody in a working group that asks for the notice.
pub fn noticed(tx: &mut Tx<'_>, movement: MovementId) -> Result<HashSet<PersonId>, StoreError> {
    let all = sql!(
        "SELECT m.person_id FROM membership m JOIN working_group g ON g.id = m.group_id
          WHERE m.movement_id = $1 AND g.law = 1"
    )
    .id(movement)
    .all(tx, |row| row.id(0).map(PersonId))?;
    Ok(all.into_iter().collect())
}
