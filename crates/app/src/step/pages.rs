//! The path and its steps, and one's own way through them.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use mend_rules::help::Help;
use mend_rules::movement::Source;
use mend_rules::step::Number;
use mend_store::Tx;

use super::acts::{self, Group, Own, Said};
use super::view;
use crate::movement;
use crate::web::form::Fields;
use crate::web::{Answer, Me, Problem, Visit, page};

/// Reads a number out of an address.
pub fn number(text: &str) -> Result<Number, Problem> {
    text.parse().map_err(|()| Problem::NotFound)
}

/// The path: all twelve, whichever one likes to open.
pub async fn path(visit: Visit) -> Answer {
    let (me, app) = (visit.me()?, visit.app.clone());
    let (steps, own) = visit
        .app
        .store
        .read(me.scope(), move |tx| {
            let steps = acts::path(tx, &app, me.movement)?;
            Ok::<_, Problem>((steps, acts::own(tx, &app.key.0, &me)?))
        })
        .await?;
    let body = view::path_page(&visit, &steps, own);
    Ok(page(&visit, &visit.t("steps-title"), body))
}

/// A step with all that its page shows.
pub struct Shown {
    pub said: Said,
    pub group: Group,
    pub own: Own,
    pub help: Vec<Help>,
}

impl Shown {
    pub fn load(
        tx: &mut Tx<'_>,
        visit: &Visit,
        me: &Me,
        group: Group,
        number: Number,
    ) -> Result<Self, Problem> {
        let (app, place) = (&visit.app, visit.movement()?);
        Ok(Self {
            said: acts::said(tx, app, place, group, Some(me), number)?,
            group,
            own: acts::own(tx, &app.key.0, me)?,
            help: movement::help::list(tx, me.movement)?,
        })
    }
}

/// A step in the movement's words, as somebody of it sees it.
async fn load(visit: &Visit, number: Number) -> Result<Shown, Problem> {
    let (me, asking) = (visit.me()?, visit.clone());
    let shown = move |tx: &mut Tx<'_>| Shown::load(tx, &asking, &me, Group::Movement, number);
    visit.app.store.read(visit.me()?.scope(), shown).await
}

pub async fn show(visit: Visit, Path((_, step)): Path<(String, String)>) -> Answer {
    let shown = load(&visit, number(&step)?).await?;
    show_with(&visit, &shown, &html! {})
}

/// The page of a step, with something in its middle that belongs to this visit alone.
pub fn show_with(visit: &Visit, shown: &Shown, inside: &Markup) -> Answer {
    let body = view::step_page(visit, shown, (inside, None));
    Ok(page(visit, &visit.t("steps-title"), body))
}

/// The same page after somebody said to the dial how ready they are, which is not kept.
pub async fn show_again(visit: &Visit, step: Number, ready: u8) -> Answer {
    let shown = load(visit, step).await?;
    let body = view::step_page(visit, &shown, (&html! {}, Some(ready)));
    Ok(page(visit, &visit.t("steps-title"), body))
}

/// Marks where one stands, or chooses by which source one reads. Only what was sent is changed.
pub async fn save_own(visit: Visit, fields: Fields) -> Answer {
    let (me, app) = (visit.me()?, visit.app.clone());
    let group = fields
        .parse("circle")
        .map_or(Group::Movement, Group::Circle);
    let there = match fields.parse("at") {
        Some(at) => view::address(&visit, group, at),
        None => visit.at("/steps"),
    };
    let done = visit.app.store.write(me.scope(), move |tx| {
        let mut own = acts::own(tx, &app.key.0, &me)?;
        if fields.has("here") {
            own.here = fields.parse("here");
        }
        if fields.has("source") {
            own.source = Source::read(&fields.text("source"));
        }
        Ok::<_, Problem>(acts::set_own(tx, &app.key.0, &me, own)?)
    });
    done.await?;
    Ok(Redirect::to(&format!("{there}?told=saved")).into_response())
}
