//! Drafts: proposing circles, moving seats by hand, confirming. Only stewards come here.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use mend_rules::circle as rule;
use mend_rules::id::{DraftId, PersonId};
use mend_store::Scope;

use super::acts::{self, Shown};
use super::{draft_view as view, rows};
use crate::meeting;
use crate::web::form::Fields;
use crate::web::page::again;
use crate::web::{Answer, Problem, Visit, page};

/// Proposes circles of the size that the movement wishes for, and keeps them as the draft.
pub async fn propose(visit: Visit, fields: Fields) -> Answer {
    let (me, now, app) = (visit.me()?, visit.now, visit.app.clone());
    let place = visit.movement()?.clone();
    let size = place.circle_size;
    let seed: u64 = fields
        .parse::<u32>("seed")
        .map_or_else(|| now.0 as u64 % 1_000_000, u64::from);
    let loaded = (app.clone(), place.clone(), me.clone());
    let (pool, waiting) = app
        .store
        .read(me.scope(), move |tx| {
            let pool = acts::load_pool(tx, &loaded.0.key.0, &loaded.1, now)?;
            Ok::<_, Problem>((pool, rows::waiting_draft(tx, &loaded.2)?))
        })
        .await?;
    match pool.people.len() {
        0 => return Err(Problem::Refused("propose-nobody")),
        1 => return Err(Problem::Refused("propose-one")),
        _ => {}
    }
    if let Some((waiting, true)) = waiting
        && !fields.has("sure")
    {
        let body = view::replace(&visit, waiting, seed);
        return Ok(page(&visit, &visit.t("draft-title"), body));
    }
    let proposal = tokio::task::spawn_blocking(move || acts::propose_now(&pool, size, seed))
        .await
        .map_err(|e| Problem::Broken(e.to_string()))?;
    let id = app
        .store
        .write(me.scope(), move |tx| {
            acts::keep_draft(tx, &me, size, &proposal, now)
        })
        .await?;
    Ok(Redirect::to(&visit.at(&format!("/drafts/{id}"))).into_response())
}

/// A draft that was confirmed, let go of or replaced meanwhile.
pub(super) const GONE: Problem = Problem::Gone("draft-gone");

async fn load(visit: &Visit, id: &str) -> Result<Shown, Problem> {
    let id: DraftId = id.parse().map_err(|_| GONE)?;
    let (me, now, app) = (visit.me()?, visit.now, visit.app.clone());
    let place = visit.movement()?.clone();
    visit
        .app
        .store
        .read(me.scope(), move |tx| {
            acts::show_draft(tx, &app.key.0, &place, &me, id, now)
        })
        .await
}

pub async fn show(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let shown = load(&visit, &id).await?;
    Ok(page(
        &visit,
        &visit.t("draft-title"),
        view::draft(&visit, &shown),
    ))
}

/// Where somebody could sit instead.
pub async fn seat(visit: Visit, Path((_, id, who)): Path<(String, String, String)>) -> Answer {
    let shown = load(&visit, &id).await?;
    let who: PersonId = who.parse().map_err(|_| GONE)?;
    if !shown.draft.has(who) {
        return Err(GONE);
    }
    let most = *rule::range(shown.draft.size).end();
    let moves = rule::moves(&shown.pool, &shown.draft.rings, who, most);
    Ok(page(
        &visit,
        &visit.t("draft-title"),
        view::seat(&visit, &shown, who, &moves),
    ))
}

pub async fn move_seat(
    visit: Visit,
    Path((_, id, who)): Path<(String, String, String)>,
    fields: Fields,
) -> Answer {
    let id: DraftId = id.parse().map_err(|_| GONE)?;
    let who: PersonId = who.parse().map_err(|_| GONE)?;
    let to = fields
        .parse("to")
        .ok_or(Problem::Refused("seat-not-possible"))?;
    let (me, now, app) = (visit.me()?, visit.now, visit.app.clone());
    let place = visit.movement()?.clone();
    visit
        .app
        .store
        .write(me.scope(), move |tx| {
            acts::move_seat(tx, &app.key.0, &place, &me, (id, who, to), now)
        })
        .await?;
    Ok(Redirect::to(&visit.at(&format!("/drafts/{id}?told=moved"))).into_response())
}

/// Lets go of the draft that was looked at; a newer one stays.
pub async fn drop_draft(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let id: DraftId = id.parse().map_err(|_| GONE)?;
    let me = visit.me()?;
    visit
        .app
        .store
        .write(
            Scope::Movement(me.movement.0),
            move |tx| match rows::draft(tx, &me, id)? {
                Some(_) => rows::drop_drafts(tx, me.movement),
                None => Ok(()),
            },
        )
        .await?;
    Ok(Redirect::to(&visit.at("/circles?told=dropped")).into_response())
}

pub async fn confirm_page(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let shown = load(&visit, &id).await?;
    let body = view::confirm(&visit, &shown, &Fields::default(), None);
    Ok(page(&visit, &visit.t("confirm-title"), body))
}

pub async fn confirm(
    visit: Visit,
    Path((_, id)): Path<(String, String)>,
    fields: Fields,
) -> Answer {
    let draft: DraftId = id.parse().map_err(|_| GONE)?;
    let plan = match meeting::plan(&fields) {
        Ok(plan) => plan,
        Err(wrong) => {
            let shown = load(&visit, &id).await?;
            let body = view::confirm(&visit, &shown, &fields, Some(wrong));
            return Ok(again(page(&visit, &visit.t("confirm-title"), body)));
        }
    };
    let (me, now, app) = (visit.me()?, visit.now, visit.app.clone());
    let place = visit.movement()?.clone();
    let names = names(&visit);
    let made = visit
        .app
        .store
        .write(me.scope(), move |tx| {
            // A second click finds the draft used, and there is nothing left to do.
            match rows::draft(tx, &me, draft)? {
                Some(_) => acts::confirm(tx, &app.key.0, &place, &me, (draft, &plan, &names), now),
                None => Ok(0),
            }
        })
        .await?;
    let told = if made > 0 { "confirmed" } else { "draft-gone" };
    Ok(Redirect::to(&visit.at(&format!("/invitations?told={told}"))).into_response())
}

/// Names for circles, as the texts list them.
pub(super) fn names(visit: &Visit) -> Vec<String> {
    let names = visit.t("circle-names");
    names
        .split(',')
        .map(|name| name.trim().to_owned())
        .collect()
}
