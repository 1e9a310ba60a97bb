//! The dial of step 6: how ready somebody feels to change a habit, and what would make it easier.
//! Never: keeps an answer; puts it into an address, which browsers remember.

use maud::{Markup, html};
use mend_rules::step::Number;

use super::pages::show_again;
use crate::web::form::Fields;
use crate::web::{Answer, Problem, Visit};
use crate::with;

/// The step that asks for it.
const STEP: u8 = 6;

/// Eleven boxes, from "not yet" to "now".
pub fn dial(visit: &Visit, said: Option<u8>) -> Markup {
    html! {
        section class="card stack" id="ready" {
            h2 { (visit.t("ready-title")) }
            @if let Some(said) = said { (answer(visit, said)) }
            form class="stack" method="post" action=(visit.at("/steps/ready#ready")) {
                fieldset class="stack tight" {
                    legend { (visit.t("ready-ask")) }
                    div class="readiness" {
                        @for at in 0..=10_u8 { label { input type="radio" name="ready" value=(at) required checked[said == Some(at)]; span { (at) } } }
                    }
                    p class="hint" { (visit.t("ready-ends")) }
                }
                button class="btn" { (visit.t("ready-go")) }
                p class="readers" { (visit.t("ready-who")) }
            }
        }
    }
}

/// What is asked next; nothing is written down.
fn answer(visit: &Visit, said: u8) -> Markup {
    html! {
        div class="note i" role="status" {
            h3 { (visit.tw("ready-said", &with![ready = said])) }
            p { (visit.t(if said == 0 { "ready-none" } else { "ready-not-lower" })) }
            @if said < 10 { p { (visit.t("ready-easier")) } } @else { p { (visit.t("ready-full")) } }
            p class="soft" { (visit.t("ready-gone")) }
        }
    }
}

pub async fn ask(visit: Visit, fields: Fields) -> Answer {
    let said = fields.parse::<u8>("ready").filter(|at| *at <= 10);
    let said = said.ok_or(Problem::Refused("ready-which"))?;
    let step = Number::new(STEP).ok_or(Problem::NotFound)?;
    show_again(&visit, step, said).await
}
