//! The pages of bringing in a list, and what their forms do.

use axum::extract::{Multipart, Path};
use axum::http::StatusCode;
use axum::http::header::REFRESH;
use axum::response::{IntoResponse, Redirect, Response};
use mend_rules::id::MovementId;
use mend_rules::roster::{Column, Head};
use mend_rules::time::Time;
use mend_seal::ColumnKey;
use mend_store::Tx;

use super::arrive::{self, Wrong};
use super::compare::{Chosen, columns, shape_of, written};
use super::file::File;
use super::view::{self, Seen};
use super::{AT_ONCE, body, carry, compare, found, planned, upload, work};
use crate::app::fresh;
use crate::ledger::{self, Deed};
use crate::movement::rows::upload::{Mapping, Upload};
use crate::web::form::Fields;
use crate::web::page::again;
use crate::web::{Answer, Me, Problem, Visit, page};
use crate::work::{Job, later_about};

/// How often a page of something under way is asked for again, in seconds.
const LOOK_EVERY: &str = "3";

pub async fn show(visit: Visit) -> Answer {
    form(&visit, None).await
}

async fn form(visit: &Visit, wrong: Option<&'static str>) -> Answer {
    let me = visit.me()?;
    let mappings = visit.app.store.read(me.scope(), move |tx| {
        Ok::<_, Problem>(upload::mappings(tx, me.movement)?)
    });
    let body = view::form(visit, wrong, &mappings.await?);
    Ok(page(visit, &visit.t("import-title"), body))
}

/// Takes a list that can be read, and keeps it sealed until it is confirmed.
pub async fn look(visit: Visit, list: Multipart) -> Answer {
    match arrive::take(&visit, list).await {
        Ok(id) => Ok(to(&visit, id)),
        Err(Wrong::List(key)) => Ok(again(form(&visit, Some(key)).await?)),
        Err(Wrong::Large) => {
            let mut page = form(&visit, Some("import-large")).await?;
            *page.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
            Ok(page)
        }
        Err(Wrong::Problem(problem)) => Err(problem),
    }
}

fn to(visit: &Visit, id: MovementId) -> Response {
    Redirect::to(&visit.at(&format!("/people/import/{id}"))).into_response()
}

fn done(visit: &Visit) -> Response {
    Redirect::to(&visit.at("/people?told=imported")).into_response()
}

/// What would change against who is here now; or how far it is, once it was confirmed.
pub async fn look_again(visit: Visit, Path((_, upload)): Path<(String, String)>) -> Answer {
    let (me, app) = (visit.me()?, visit.app.clone());
    let id: MovementId = upload.parse().map_err(|_| Problem::NotFound)?;
    let seen = visit.app.store.read(me.scope(), move |tx| {
        let waiting = found(tx, me.movement, id.0)?;
        let seen = match waiting.confirmed {
            true => None,
            false => Some(seen(tx, &app.key.0, me.movement, id.0, &waiting)?),
        };
        Ok::<_, Problem>((waiting, seen))
    });
    let (waiting, seen) = seen.await?;
    match seen {
        _ if waiting.ended => Ok(done(&visit)),
        None => {
            let body = view::under_way(&visit, id, &waiting);
            let page = page(&visit, &visit.t("import-title"), body);
            Ok(([(REFRESH, LOOK_EVERY)], page).into_response())
        }
        Some(seen) => {
            let body = view::preview(&visit, id, &seen);
            Ok(page(&visit, &visit.t("import-title"), body))
        }
    }
}

fn seen(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    movement: MovementId,
    id: [u8; 16],
    waiting: &Upload,
) -> Result<Seen, Problem> {
    let bytes = body(tx, key, movement, id)?;
    let mut file = File::open(&bytes, waiting.tab).map_err(Problem::Refused)?;
    let Chosen {
        columns,
        remembered,
    } = columns(tx, key, movement, &file, waiting)?;
    let plan = match Head::names(&columns) {
        true => {
            let roster = file.roster(&columns).map_err(Problem::Refused)?;
            Some(compare::compare(tx, key, movement, roster)?)
        }
        false => None,
    };
    Ok(Seen {
        plan,
        columns,
        remembered,
        tabs: file.tabs(),
        tab: file.tab,
        guessed_letters: file.guessed_letters(),
        head: file.head,
        first: file.first,
    })
}

/// Takes another meaning for the columns, or another worksheet.
pub async fn choose(
    visit: Visit,
    Path((_, upload)): Path<(String, String)>,
    fields: Fields,
) -> Answer {
    let (me, app, now) = (visit.me()?, visit.app.clone(), visit.now);
    let id: MovementId = upload.parse().map_err(|_| Problem::NotFound)?;
    let chosen = visit.app.store.write(me.scope(), move |tx| {
        let waiting = found(tx, me.movement, id.0)?;
        let bytes = body(tx, &app.key.0, me.movement, id.0)?;
        match fields.parse::<usize>("tab") {
            Some(tab) => choose_tab(tx, &me, id.0, &bytes, tab),
            None => choose_columns(tx, &app.key.0, &me, id.0, &bytes, &waiting, &fields, now),
        }
    });
    chosen.await?;
    Ok(to(&visit, id))
}

fn choose_tab(
    tx: &mut Tx<'_>,
    me: &Me,
    id: [u8; 16],
    bytes: &[u8],
    tab: usize,
) -> Result<(), Problem> {
    File::open(bytes, Some(tab)).map_err(Problem::Refused)?;
    upload::choose(tx, me.movement, id, tab, None)?;
    Ok(())
}

// One form, one act; each of them is needed.
#[expect(clippy::too_many_arguments)]
fn choose_columns(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    me: &Me,
    id: [u8; 16],
    bytes: &[u8],
    waiting: &Upload,
    fields: &Fields,
    now: Time,
) -> Result<(), Problem> {
    if waiting.confirmed {
        return Ok(());
    }
    let file = File::open(bytes, waiting.tab).map_err(Problem::Refused)?;
    let before = columns(tx, key, me.movement, &file, waiting)?.columns;
    let told = |(at, before): (usize, &Column)| {
        Column::read(&fields.text(&format!("c{at}"))).unwrap_or(*before)
    };
    let meanings: Vec<Column> = before.iter().enumerate().map(told).collect();
    let words = written(&meanings);
    upload::choose(tx, me.movement, id, file.tab, Some(&words))?;
    if let Some(shape) = shape_of(key, me.movement, &file) {
        let mapping = Mapping {
            id: fresh(),
            origin: file.head.origin.word().to_owned(),
            meanings: words,
        };
        upload::remember(tx, me.movement, &shape, &mapping, now)?;
    }
    Ok(())
}

/// Forgets what the columns of some lists were taken for.
pub async fn forget(visit: Visit, fields: Fields) -> Answer {
    let me = visit.me()?;
    let which: MovementId = fields.parse("which").ok_or(Problem::NotFound)?;
    let forgotten = visit.app.store.write(me.scope(), move |tx| {
        Ok::<_, Problem>(upload::forget(tx, me.movement, which.0)?)
    });
    forgotten.await?;
    Ok(Redirect::to(&visit.at("/people/import?told=forgotten")).into_response())
}

/// Writes what was looked at, against who is here *now*: a short list at once, a long one as a
/// job.
pub async fn confirm(visit: Visit, fields: Fields) -> Answer {
    let (me, now, app) = (visit.me()?, visit.now, visit.app.clone());
    let id: MovementId = fields.parse("upload").ok_or(Problem::NotFound)?;
    let at_once = visit.app.store.write(me.scope(), move |tx| {
        bring_in(tx, &app.key.0, &me, id.0, now)
    });
    if at_once.await? {
        return Ok(done(&visit));
    }
    visit.app.wake.notify_one();
    Ok(to(&visit, id))
}

/// `true` when it is in already. A second click finds the list used or under way, and there is
/// nothing left to do.
fn bring_in(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    me: &Me,
    id: [u8; 16],
    now: Time,
) -> Result<bool, Problem> {
    let waiting = found(tx, me.movement, id)?;
    if waiting.confirmed {
        return Ok(waiting.ended);
    }
    upload::confirm(tx, me.movement, id, now)?;
    ledger::note(tx, me, Deed::PeopleImported, None, now)?;
    if waiting.todo > AT_ONCE {
        later_about(tx, Job::BringIn, &work::about(me.movement, id), now)?;
        return Ok(false);
    }
    let plan = planned(tx, key, me.movement, id, &waiting)?;
    carry::carry_out(tx, key, me.movement, &plan.outcomes, now)?;
    upload::end(tx, me.movement, id, now)?;
    Ok(true)
}
