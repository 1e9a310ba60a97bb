//! What reaches other screens: those that wait in this program, and those of other programs on the
//! same PostgreSQL database.

use std::sync::Arc;

use mend_rules::id::{CircleId, LiveId, MovementId};
use mend_rules::time::Time;
use mend_store::{Heard, Scope, StoreError};

use super::acts;
use crate::app::App;
use crate::halls::{Latest, Live};
use crate::movement;

/// What is said to other programs: that something moved there, and nothing of it.
pub fn note(movement: MovementId, circle: CircleId) -> String {
    format!("live {movement} {circle}")
}

fn read(note: &str) -> Option<(MovementId, CircleId)> {
    let (movement, circle) = note.strip_prefix("live ")?.split_once(' ')?;
    Some((movement.parse().ok()?, circle.parse().ok()?))
}

/// Tells everybody who waits here how it stands.
pub fn tell(app: &App, live: &Live) {
    let latest = Latest::Held(Arc::new(live.clone()));
    app.halls.tell(live.circle, &latest);
}

/// Tells everybody who waits here that it is over, and takes what was deleted out of the files.
pub async fn tell_over(app: &App, circle: CircleId, id: Option<LiveId>) {
    let known = app.halls.known(circle).map(|(_, latest)| latest);
    let id = id.or(match known {
        Some(Latest::Held(live)) => Some(live.id),
        _ => None,
    });
    if let Some(id) = id {
        app.halls.tell(circle, &Latest::Over(id));
    }
    app.settle().await;
}

/// Hears what other programs do in circles that somebody follows here.
pub fn listen(app: &App) {
    let hearing = app.clone();
    app.store.listen(move |heard| match heard {
        Heard::Said(said) => {
            if let Some((movement, circle)) = read(said) {
                look(&hearing, circle, movement);
            }
        }
        // What was said before is not known; so every circle is looked at once.
        Heard::Begins => {
            for (circle, movement) in hearing.halls.all() {
                look(&hearing, circle, movement);
            }
        }
    });
}

/// Looks how a circle stands, and tells it, where somebody waits for it.
fn look(app: &App, circle: CircleId, movement: MovementId) {
    let Some((_, known)) = app.halls.known(circle) else {
        return;
    };
    let found = app.store.read_now(Scope::Movement(movement.0), |tx| {
        acts::load(tx, &app.key.0, movement, circle)
    });
    match (found, known) {
        (Ok(Some(live)), _) => tell(app, &live),
        (Ok(None), Latest::Held(live)) => app.halls.tell(circle, &Latest::Over(live.id)),
        (Ok(None), _) => {}
        (Err(error), _) => tracing::warn!(%error, "a live circle could not be read"),
    }
}

/// Ends every live circle whose time is over.
pub async fn sweep_over(app: &App, now: Time) -> Result<(), StoreError> {
    let movements = app.store.read(Scope::Instance, movement::every).await?;
    for place in movements {
        close_over(app, place.id, now).await?;
    }
    Ok(())
}

/// Ends those of one movement.
pub async fn close_over(app: &App, movement: MovementId, now: Time) -> Result<(), StoreError> {
    let closing = app.clone();
    let scope = Scope::Movement(movement.0);
    let closed = app
        .store
        .write(scope, move |tx| {
            acts::close_over(tx, &closing.key.0, movement, now)
        })
        .await?;
    for (circle, id) in closed {
        tell_over(app, circle, Some(id)).await;
    }
    Ok(())
}
