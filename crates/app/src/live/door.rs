//! Before the door: the circle is open and one has not come in, or it is not open yet.

use maud::{Markup, html};

use super::acts;
use super::told::Told;
use crate::circle::Shown;
use crate::meeting::{self, Format};
use crate::movement;
use crate::practice;
use crate::web::page::crumbs;
use crate::web::{Me, Visit};

/// Whether one takes part from the room or on the line, where both go.
fn how(visit: &Visit, format: Format) -> Markup {
    html! {
        @match format {
            Format::Hybrid => {
                fieldset class="options" {
                    legend { (visit.t("live-how")) }
                    label class="option" { input type="radio" name="how" value="line" required; span { (visit.t("live-how-line")) } }
                    label class="option" { input type="radio" name="how" value="room"; span { (visit.t("live-how-room")) } }
                }
            }
            Format::Online => { input type="hidden" name="how" value="line"; }
            Format::Room => { input type="hidden" name="how" value="room"; }
        }
    }
}

/// The circle is open.
pub fn open(visit: &Visit, shown: &Shown, told: &Told) -> Markup {
    let own = visit.at(&format!("/circles/{}", shown.circle.id));
    html! {
        div class="narrow stack live" data-mend="live" data-follow={ (own) "/live/follow" } data-shape="door" data-version=(told.version) {
            (crumbs(visit, &own, &shown.circle.name))
            h1 { (visit.t("live-door")) }
            p class="lead" role="status" data-say="turn" { (told.say.turn) }
            form class="stack" method="post" action={ (own) "/live" } {
                input type="hidden" name="deed" value="come";
                (how(visit, shown.meetings.format))
                div class="row" { button class="btn go" { (visit.t("live-come")) } }
                p class="readers" { (visit.t("live-come-who")) }
            }
            p class="note i" { (practice::words().privacy.line) " " (visit.t("live-privacy-limits")) }
            (movement::help::card(visit, &shown.help))
        }
    }
}

/// The form that opens the doors, where one may open them.
pub fn opening(visit: &Visit, shown: &Shown, me: &Me) -> Option<Markup> {
    let own = visit.at(&format!("/circles/{}", shown.circle.id));
    let opens = |meant| acts::opens(shown, me, meant, visit.now).is_some();
    (opens(true) && !shown.waits).then(|| {
        html! {
            form class="stack" method="post" action={ (own) "/live" } {
                input type="hidden" name="deed" value="come";
                (how(visit, shown.meetings.format))
                @if !opens(false) { label class="check" { input type="checkbox" name="meant" required; span { (visit.t("live-meant")) } } }
                div class="row" { button class="btn go" { (visit.t("live-open-doors")) } }
                p class="readers" { (visit.t("live-come-who")) }
            }
        }
    })
}

/// Nobody has opened it yet.
pub fn closed(visit: &Visit, shown: &Shown, me: &Me) -> Markup {
    let own = visit.at(&format!("/circles/{}", shown.circle.id));
    html! {
        div class="narrow stack" {
            (crumbs(visit, &own, &shown.circle.name))
            h1 { (visit.t("live-title")) }
            p class="lead" { (visit.t("live-lead")) }
            @if let Some(next) = shown.meetings.next(visit.now) {
                dl class="facts" { dt { (visit.t("fact-next")) } dd { (meeting::when(visit, &next)) } }
            }
            @if let Some(form) = opening(visit, shown, me) { (form) }
            @else if acts::opens(shown, me, true, visit.now).is_some() { p class="note i" { (visit.t("live-waits")) } }
            @else { p { (visit.t("live-opens-when")) } }
            div class="row" { a class="btn quiet" href={ (own) "/pack" } { (visit.t("pack-title")) } }
            p class="soft" { (visit.t("live-nothing-kept")) }
        }
    }
}
