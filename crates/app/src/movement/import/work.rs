//! Long lists are brought in piece by piece. When the program stops in between, the list is
//! compared again with who is here by then, so what is done is done and the rest goes on.

use mend_rules::id::MovementId;
use mend_rules::roster::{Outcome, What};
use mend_store::{Scope, StoreError};

use super::{carry, for_the_log, planned, upload};
use crate::app::{App, fresh};

/// So many people are written at once; others write in between.
pub const PIECE: usize = 1_000;

/// How often it is begun anew when somebody else wrote one of the same people meanwhile.
const TRIES: usize = 5;

/// How a job names a list.
pub fn about(movement: MovementId, id: [u8; 16]) -> String {
    format!("{movement}/{}", MovementId(id))
}

/// Brings in a list that was confirmed, as far as it is not done yet. It may run twice.
pub async fn carry_on(app: &App, about: &str) -> Result<(), StoreError> {
    let named = about.split_once('/');
    let ids = named.and_then(|(movement, id)| {
        Some((
            movement.parse::<MovementId>().ok()?,
            id.parse::<MovementId>().ok()?.0,
        ))
    });
    let Some((movement, id)) = ids else {
        return Err(StoreError::Odd("a list that has no name".into()));
    };
    let mut last = Ok(());
    for _ in 0..TRIES {
        last = pieces(app, movement, id).await;
        if !matches!(last, Err(StoreError::Taken)) {
            break;
        }
    }
    last
}

async fn pieces(app: &App, movement: MovementId, id: [u8; 16]) -> Result<(), StoreError> {
    let (scope, run) = (Scope::Movement(movement.0), fresh());
    let taken = app
        .store
        .write(scope, move |tx| upload::take(tx, movement, id, run));
    if !taken.await? {
        return Ok(());
    }
    let Some((outcomes, rows)) = to_do(app, movement, id).await? else {
        return Ok(());
    };
    let outcomes = std::sync::Arc::new(outcomes);
    let before = rows.saturating_sub(outcomes.len());
    for from in (0..outcomes.len()).step_by(PIECE) {
        let (all, app_of, now) = (outcomes.clone(), app.clone(), app.now());
        let to = (from + PIECE).min(all.len());
        let written = app.store.write(scope, move |tx| {
            // Whoever erases themselves meanwhile takes the list along, and it ends here.
            let ours = upload::advance(tx, movement, id, run, before + to)?;
            if ours {
                carry::carry_out(tx, &app_of.key.0, movement, &all[from..to], now)?;
            }
            Ok::<_, StoreError>(ours)
        });
        if !written.await? {
            return Ok(());
        }
    }
    let now = app.now();
    let ended = app.store.write(scope, move |tx| {
        if upload::advance(tx, movement, id, run, rows)? {
            upload::end(tx, movement, id, now)?;
        }
        Ok::<_, StoreError>(())
    });
    ended.await
}

/// What there is to write, and how many rows the list has.
async fn to_do(
    app: &App,
    movement: MovementId,
    id: [u8; 16],
) -> Result<Option<(Vec<Outcome>, usize)>, StoreError> {
    let app_of = app.clone();
    let planned = app.store.read(Scope::Movement(movement.0), move |tx| {
        let Some(waiting) = upload::one(tx, movement, id)? else {
            return Ok(None);
        };
        let plan = planned(tx, &app_of.key.0, movement, id, &waiting).map_err(for_the_log)?;
        let mut outcomes = plan.outcomes;
        outcomes.retain(|outcome| !matches!(outcome.what, What::Unchanged(_)));
        Ok::<_, StoreError>(Some((outcomes, waiting.todo)))
    });
    planned.await
}
