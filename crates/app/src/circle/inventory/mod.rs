//! The group inventory: how a circle looks at the way the group does things, and the few lines that
//! it writes down of a quarter, which are its own.
//! Never: keeps who wrote a line; shows lines to anybody without a seat in the circle, a steward
//! included; touches anybody's private lists.
//! See: `mend_rules::inventory`, `[group_inventory]` in `practice/en/circle.toml`.

mod acts;
mod view;

pub use acts::{Typed, sample};

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use mend_rules::id::CircleId;
use mend_rules::inventory::{KEEP_USUAL, Quarter};
use mend_rules::movement::tidy;
use mend_rules::time::Time;

use self::acts::{Inventory, Wrote};
use super::pages::Shown;
use crate::practice;
use crate::web::form::Fields;
use crate::web::page::again;
use crate::web::{Answer, Problem, Visit, page};

type Two = Path<(String, String)>;
type Three = Path<(String, String, String)>;

/// The address within the movement where a circle writes of this quarter.
pub fn this_quarter(shown: &Shown, now: Time) -> String {
    let quarter = Quarter::of(now.day(&shown.meetings.series.zone));
    format!("/circles/{}/inventory/{}", shown.circle.id, quarter.first())
}

/// A circle with what it wrote, for somebody with a seat in it.
async fn load(visit: &Visit, id: &str) -> Result<(Shown, Vec<Inventory>), Problem> {
    let id: CircleId = id.parse().map_err(|_| Problem::NotFound)?;
    let (me, app) = (visit.me()?, visit.app.clone());
    let load = visit.app.store.read(me.scope(), move |tx| {
        let shown = super::shown_to_seat(tx, &me, id)?;
        let all = acts::of_circle(tx, &app.key.0, me.movement, id)?;
        Ok::<_, Problem>((shown, all))
    });
    load.await
}

/// What a group inventory is, and what the circle wrote.
pub async fn list(visit: Visit, Path((_, id)): Two) -> Answer {
    let (shown, all) = load(&visit, &id).await?;
    let body = view::list(&visit, &shown, &all);
    Ok(page(&visit, &visit.t("circle-head"), body))
}

/// The quarter of an address: one that is written, or one that can be begun.
fn quarter_of(
    visit: &Visit,
    shown: &Shown,
    all: &[Inventory],
    text: &str,
) -> Result<Quarter, Problem> {
    let quarter = Quarter::read(text).ok_or(Problem::NotFound)?;
    let today = visit.now.day(&shown.meetings.series.zone);
    let known = all.iter().any(|one| one.quarter == quarter);
    let open = mend_rules::inventory::open(today).contains(&quarter);
    (known || open).then_some(quarter).ok_or(Problem::NotFound)
}

/// The lines of one quarter, to be written.
pub async fn show(visit: Visit, Path((_, id, quarter)): Three) -> Answer {
    let (shown, all) = load(&visit, &id).await?;
    let quarter = quarter_of(&visit, &shown, &all, &quarter)?;
    let kept = all.iter().find(|one| one.quarter == quarter);
    let form = view::Form {
        typed: kept.map_or_else(Typed::nothing, Typed::of),
        kept,
        trouble: None,
    };
    let body = view::form(&visit, &shown, quarter, &form);
    Ok(page(&visit, &visit.t("circle-head"), body))
}

fn typed(fields: &Fields) -> Typed {
    let lines = practice::words().group_inventory.lines.iter();
    Typed {
        lines: lines.map(|line| plain(&fields.text(&line.key))).collect(),
        again: fields.parse("again"),
        months: fields.parse("months").unwrap_or(KEEP_USUAL),
        seen: fields.parse("was"),
    }
}

/// A text as it is kept: its lines tidied, and none of them empty.
fn plain(text: &str) -> String {
    let lines = text.lines().map(tidy).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// Keeps the lines of a quarter. Where somebody else was first, both are shown and nothing is lost.
pub async fn save(visit: Visit, Path((_, id, text)): Three, fields: Fields) -> Answer {
    let (shown, all) = load(&visit, &id).await?;
    let quarter = quarter_of(&visit, &shown, &all, &text)?;
    let (me, app, circle) = (visit.me()?, visit.app.clone(), shown.circle.id);
    let typed = typed(&fields);
    let sent = typed.clone();
    let done = visit.app.store.write(me.scope(), move |tx| {
        super::shown_to_seat(tx, &me, circle)?;
        acts::write(tx, &app.key.0, me.movement, (circle, quarter), &sent)
    });
    let trouble = match done.await? {
        Ok(()) => return Ok(back(&visit, circle, "saved")),
        Err(trouble) => trouble,
    };
    form_again(&visit, (&id, quarter), typed, trouble).await
}

async fn form_again(
    visit: &Visit,
    (id, quarter): (&str, Quarter),
    typed: Typed,
    trouble: Wrote,
) -> Answer {
    let (shown, all) = load(visit, id).await?;
    let form = view::Form {
        typed,
        kept: all.iter().find(|one| one.quarter == quarter),
        trouble: Some(trouble),
    };
    let body = view::form(visit, &shown, quarter, &form);
    Ok(again(page(visit, &visit.t("circle-head"), body)))
}

/// Destroys what the circle wrote of a quarter.
pub async fn destroy(visit: Visit, Path((_, id, text)): Three, fields: Fields) -> Answer {
    let circle: CircleId = id.parse().map_err(|_| Problem::NotFound)?;
    let quarter = Quarter::read(&text);
    let (me, seen, sure) = (visit.me()?, fields.parse("was"), fields.has("sure"));
    let done = visit.app.store.write(me.scope(), move |tx| {
        super::shown_to_seat(tx, &me, circle)?;
        let quarter = quarter.ok_or(Problem::NotFound)?;
        if !sure {
            return Err(Problem::Refused("inventory-unsure"));
        }
        acts::destroy(tx, me.movement, (circle, quarter), seen)
    });
    done.await?;
    visit.app.settle().await;
    Ok(back(&visit, circle, "removed"))
}

fn back(visit: &Visit, circle: CircleId, told: &str) -> Response {
    let to = visit.at(&format!("/circles/{circle}/inventory?told={told}"));
    Redirect::to(&to).into_response()
}
