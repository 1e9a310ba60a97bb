//! Erasing oneself: the account and every row, in every movement, that names its person. It knows
//! all rooms, so it stands outside of them.

use mend_rules::id::AccountId;
use mend_store::Scope;

use crate::app::App;
use crate::people::pages::{account_page, gone};
use crate::web::form::Fields;
use crate::web::page::again;
use crate::web::{Answer, Problem, Visit};
use crate::{circle, live, movement, people};

/// Erasing asks for the handle once more, so that nobody does it by a slip.
pub async fn erase(visit: Visit, fields: Fields) -> Answer {
    let account = visit.account()?.clone();
    if fields.text("handle").to_lowercase() != account.handle {
        return Ok(again(account_page(&visit, true).await?));
    }
    all_of(&visit.app, account.id).await?;
    visit.app.settle().await;
    Ok(gone(&visit.app, "/?told=erased"))
}

async fn all_of(app: &App, account: AccountId) -> Result<(), Problem> {
    let (key, now) = (app.clone(), app.now());
    let changed = app.store.write(Scope::Account(account.0), move |tx| {
        let mut changed = Vec::new();
        for (person, movement) in movement::places(tx, account)? {
            tx.enter(Scope::Movement(movement.0))?;
            circle::after::forget_calls(tx, &key.key.0, (movement, None), person)?;
            circle::drop_notes_of(tx, movement, (None, person))?;
            changed.extend(live::forget(tx, &key.key.0, (movement, person), now)?);
            tx.enter(Scope::Account(account.0))?;
        }
        movement::let_go_of(tx, account)?;
        tx.enter(Scope::Account(account.0))?;
        people::erase(tx, account)?;
        Ok::<_, Problem>(changed)
    });
    for live in changed.await? {
        live::tell(app, &live);
    }
    Ok(())
}
