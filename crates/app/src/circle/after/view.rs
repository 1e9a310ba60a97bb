//! The question after a circle and the wish to be called, as they stand on Home.

use maud::{Markup, html};
use mend_rules::id::PersonId;

use super::{Calls, HOW_LENGTH, hears};
use crate::circle::pages::Shown;
use crate::web::{Me, Visit};
use crate::with;

/// What reaches a keeper.
pub fn asked_of_me(visit: &Visit, calls: &Calls) -> Markup {
    html! {
        @for call in &calls.to_me {
            section class="card stack" {
                h2 class="as-h3" { (visit.tw("call-asked", &with![name = call.name.as_str()])) }
                p { (visit.tw("call-asked-what", &with![circle = call.circle_name.as_str()])) }
                @if !call.how.is_empty() { p { (visit.t("call-how-said")) " " b { (call.how) } } }
                p class="soft" { (visit.t("call-careful")) }
                form method="post" action=(visit.at("/calls/done")) {
                    button class="btn" name="call" value=(PersonId(call.id)) { (visit.t("call-done")) }
                }
                p class="readers" { (visit.t("call-asked-readers")) }
            }
        }
    }
}

/// The question after a circle. Opening an answer opens it on this device and nowhere else.
pub fn question(visit: &Visit, me: &Me, (shown, calls): (&Shown, &Calls)) -> Markup {
    let over = shown.meetings.is_a_day_over(visit.now, shown.wave);
    let mut mine = calls.mine.iter();
    let asked = mine.any(|call| call.circle == shown.circle.id);
    let keeper = shown.name(hears(shown, me, visit.now));
    html! {
        @if over || asked {
            section class="card stack" {
                h2 class="as-h3" { (visit.tw("after-title", &with![circle = shown.circle.name.as_str()])) }
                @if over {
                    p { (visit.t("after-question")) }
                    @for answer in ["lighter", "same", "heavier"] {
                        details name={ "after-" (shown.circle.id) } {
                            summary { (visit.t(&format!("after-{answer}"))) }
                            p { (visit.t(&format!("after-{answer}-then"))) }
                        }
                    }
                    p class="readers" { (visit.t("after-readers")) }
                }
                (ask_form(visit, shown, (keeper, asked)))
                @if !shown.help.is_empty() { p { a href=(visit.at("/help")) { (visit.t("after-help")) } } }
            }
        }
    }
}

fn ask_form(visit: &Visit, shown: &Shown, (keeper, asked): (Option<&str>, bool)) -> Markup {
    let to = visit.at(&format!("/circles/{}/call", shown.circle.id));
    let how = format!("how-{}", shown.circle.id);
    html! {
        @match keeper {
            _ if asked => {
                p { (visit.t("call-mine")) }
                form method="post" action=(to) { button class="btn quiet" name="back" value="1" { (visit.t("call-take-back")) } }
            }
            Some(keeper) => {
                details {
                    summary { (visit.t("call-offer")) }
                    form class="stack" method="post" action=(to) {
                        div class="field" {
                            label for=(how) { (visit.t("call-how")) }
                            input id=(how) name="how" maxlength=(HOW_LENGTH) autocomplete="off";
                        }
                        p class="readers" { (visit.tw("call-readers", &with![keeper = keeper])) }
                        div class="row" { button class="btn" { (visit.t("call-go")) } }
                    }
                }
            }
            None => {}
        }
    }
}
