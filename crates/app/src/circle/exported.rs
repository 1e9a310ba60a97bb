//! What circles keep of somebody, for their own file.

use mend_rules::id::CircleId;
use mend_rules::time::Time;
use mend_seal::ColumnKey;
use mend_store::{StoreError, Tx};
use serde_json::{Value, json};

use super::{keeping, rows, standin};
use crate::web::Me;

/// Everything that circles keep of somebody, by what it is.
pub fn own_data(tx: &mut Tx<'_>, key: &ColumnKey, me: &Me, now: Time) -> Result<Value, StoreError> {
    let mine = rows::circles_of(tx, me, false)?.into_iter();
    let (kept, notes) = kept(tx, key, me)?;
    Ok(json!({
        "with a seat": mine.map(|circle| circle.name).collect::<Vec<_>>(),
        "with a seat until they ended": rows::ended_of(tx, me)?,
        "meetings kept": kept,
        "notes to whoever keeps next": notes,
        "agreements said yes to": agreed(tx, me)?,
        "invitations": invitations(tx, me, now)?,
        "stand-ins": standin::exported(tx, me)?,
        "came lately for somebody": standin::came(tx, me)?,
        "wishes to be called": super::after::exported(tx, key, me, now)?,
    }))
}

/// The meetings that somebody keeps or kept, and what they wrote for whoever keeps next.
fn kept(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    me: &Me,
) -> Result<(Vec<String>, Vec<String>), StoreError> {
    let planned = rows::planned(tx, me.movement)?;
    let (mut kept, mut notes) = (Vec::new(), Vec::new());
    for circle in rows::going_on(tx, me.movement)? {
        let all = planned.get(&circle.id).map_or(&[][..], Vec::as_slice);
        let own = |one: &&rows::Planned| [one.keeper, one.second].contains(&Some(me.person));
        for one in all.iter().filter(own) {
            let swap = one.swap_with.map(|day| format!(", to swap with {day}"));
            let swap = swap.unwrap_or_default();
            kept.push(format!("{}: {}{swap}", circle.name, one.on));
            let note = keeping::open_note(key, circle.id, one.note_sealed.as_deref());
            notes.extend(note.filter(|_| one.keeper == Some(me.person)));
        }
    }
    Ok((kept, notes))
}

/// The circles to whose agreements somebody has said yes.
fn agreed(tx: &mut Tx<'_>, me: &Me) -> Result<Vec<String>, StoreError> {
    let said = rows::consents(tx, me.movement)?;
    let yes = |id: CircleId| {
        said.iter()
            .any(|(circle, (who, _))| (*circle, *who) == (id, me.person))
    };
    let circles = rows::going_on(tx, me.movement)?.into_iter();
    Ok(circles
        .filter(|one| yes(one.id))
        .map(|one| one.name)
        .collect())
}

fn invitations(tx: &mut Tx<'_>, me: &Me, now: Time) -> Result<Vec<Value>, StoreError> {
    let open = rows::my_invitations(tx, me, now)?.into_iter();
    let told = open.map(|one| {
        let ends = one.ends_at.stamp().to_string();
        json!({ "circle": one.circle.name, "answer": one.answer, "until": ends })
    });
    Ok(told.collect())
}
