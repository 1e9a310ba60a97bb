//! What was held before: the few facts that are kept of each, and practical asks.

use axum::extract::Path;
use maud::{Markup, html};

use super::held::{self, Held, ToldAsk};
use super::{after, pages, rows};
use crate::circle::{self, Shown};
use crate::web::page::{crumbs, stitch};
use crate::web::{Answer, Problem, Visit, page};
use crate::with;

/// So many are shown, the latest first: two years of a monthly circle.
const SHOWN: usize = 24;

pub async fn show(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let (circle, me, app) = (pages::read(&id)?, visit.me()?, visit.app.clone());
    let found = visit.app.store.read(me.scope(), move |tx| {
        let shown = circle::shown_to_seat(tx, &me, circle)?;
        let mut held = rows::all_held(tx, me.movement, circle)?;
        held.truncate(SHOWN);
        let asks = held::asks_told(tx, &app.key.0, &me, (circle, &shown.seated))?;
        Ok::<_, Problem>((shown, held, asks))
    });
    let (shown, held, asks) = found.await?;
    let body = body(&visit, &shown, &held, &asks);
    Ok(page(&visit, &visit.t("held-title"), body))
}

fn body(visit: &Visit, shown: &Shown, held: &[Held], asks: &[ToldAsk]) -> Markup {
    let own = visit.at(&format!("/circles/{}", shown.circle.id));
    html! {
        div class="narrow stack" {
            (crumbs(visit, &own, &shown.circle.name))
            h1 { (visit.t("held-title")) }
            p class="lead" { (visit.t(if held.is_empty() { "held-none" } else { "held-lead" })) }
            dl class="facts" { @for one in held { (line(visit, one)) } }
            @if !held.is_empty() { p class="readers" { (visit.t("held-who")) } }
            @if !asks.is_empty() {
                (stitch())
                section class="stack" {
                    h2 { (visit.t("live-asks")) }
                    (after::list(visit, &own, asks))
                    p class="readers" { (visit.t("live-ask-who")) }
                }
            }
        }
    }
}

fn line(visit: &Visit, one: &Held) -> Markup {
    let args = with![count = one.count, minutes = one.minutes];
    let step = one.step.and_then(|step| u32::try_from(step).ok());
    html! {
        dt { (one.day(visit)) }
        dd {
            (visit.tw("held-line", &args)) " " (visit.t(&format!("format-{}", one.format.word()))) "."
            @if let Some(step) = step { br; (circle::step_text(visit, Some(&(step..=step)))) }
        }
    }
}
