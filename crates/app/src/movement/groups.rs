//! A working group: its name, who is in it, and taking it out. For stewards.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use mend_rules::id::GroupId;
use mend_rules::movement::{NAME_LENGTH, tidy};
use mend_store::StoreError;

use super::pages::field;
use super::rows::{self, Group};
use crate::ledger::{self, Deed};
use crate::web::form::Fields;
use crate::web::page::{again, crumbs, stitch};
use crate::web::{Answer, Problem, Visit, page};
use crate::with;

async fn load(visit: &Visit, id: &str) -> Result<Group, Problem> {
    let id: GroupId = id.parse().map_err(|_| Problem::NotFound)?;
    let me = visit.me()?;
    let groups = visit
        .app
        .store
        .read(me.scope(), move |tx| rows::groups(tx, me.movement))
        .await?;
    groups
        .into_iter()
        .find(|group| group.id == id)
        .ok_or(Problem::NotFound)
}

pub async fn show(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let group = load(&visit, &id).await?;
    Ok(page(
        &visit,
        &visit.t("group-title"),
        group_page(&visit, &group, &[]),
    ))
}

fn group_page(visit: &Visit, group: &Group, wrong: &[(&'static str, &'static str)]) -> Markup {
    let own = visit.at(&format!("/groups/{}", group.id));
    let is_wrong = (!wrong.is_empty()).then_some("true");
    html! {
        div class="narrow stack" {
            (crumbs(visit, &visit.at("/movement"), &visit.t("nav-movement")))
            h1 { (group.name) }
            p class="lead" { (visit.tw("groups-people", &with![count = group.people])) }
            form class="stack" method="post" action=(own) {
                (field(visit, "name", "group-name", wrong, &html! {
                    input id="name" name="name" value=(group.name) required maxlength="80" aria-describedby="name-hint name-error" aria-invalid=[is_wrong];
                }))
                label class="option" { input type="checkbox" name="law" checked[group.law]; span { (visit.t("group-law")) } }
                div class="row" { button class="btn go" { (visit.t("save")) } a class="btn quiet" href=(visit.at("/movement")) { (visit.t("cancel")) } }
            }
            (stitch())
            form class="stack" method="post" action={ (own) "/remove" } {
                p { (visit.t("group-remove-what")) }
                button class="btn grave" { (visit.t("group-remove")) }
            }
        }
    }
}

pub async fn save(visit: Visit, Path((_, id)): Path<(String, String)>, fields: Fields) -> Answer {
    let mut group = load(&visit, &id).await?;
    let me = visit.me()?;
    group.law = fields.has("law");
    group.name = tidy(&fields.text("name"));
    let named = !group.name.is_empty() && group.name.chars().count() <= NAME_LENGTH;
    let saved = if named {
        let (name, id, law) = (group.name.clone(), group.id, group.law);
        let rename = move |tx: &mut mend_store::Tx<'_>| {
            rows::rename_group(tx, me.movement, id, &name)?;
            rows::help::set_notice(tx, me.movement, id, law)
        };
        visit.app.store.write(visit.me()?.scope(), rename).await
    } else {
        Err(StoreError::Taken)
    };
    match saved {
        Ok(()) => Ok(Redirect::to(&visit.at("/movement?told=saved")).into_response()),
        Err(StoreError::Taken) => {
            let why = if named {
                "group-name-taken"
            } else {
                "begin-groups-wrong"
            };
            let body = group_page(&visit, &group, &[("name", why)]);
            Ok(again(page(&visit, &visit.t("group-title"), body)))
        }
        Err(other) => Err(other.into()),
    }
}

pub async fn remove(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let (me, now, group) = (visit.me()?, visit.now, load(&visit, &id).await?);
    visit
        .app
        .store
        .write(me.scope(), move |tx| {
            rows::remove_group(tx, me.movement, group.id)?;
            ledger::note(tx, &me, Deed::GroupRemoved, None, now)
        })
        .await?;
    Ok(Redirect::to(&visit.at("/movement?told=removed")).into_response())
}
