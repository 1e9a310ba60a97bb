//! The page of a live circle for somebody who is in it. Everything that can move has a mark by which
//! `assets/live.js` finds it; without the script it is a page that can be loaded again.

use maud::{Markup, html};
use mend_rules::help::Help;
use mend_rules::live::Part;

use super::ring::ring;
use super::told::{Named, Told};
use crate::app::fresh;
use crate::circle::Shown;
use crate::meeting;
use crate::movement;
use crate::practice;
use crate::web::Visit;
use crate::web::page::stitch;
use crate::with;

/// What the page shows besides what moves.
pub struct Around<'a> {
    /// The address of the live circle.
    pub at: String,
    /// Where a group inventory is written down.
    pub write: String,
    pub parts: &'a [Part],
    /// The steps that fit by now.
    pub steps: &'a [(u32, String)],
    pub help: &'a [Help],
    /// Whether legal cases are to stay out.
    pub law: bool,
}

/// A mark that a deed is known by, as the form sends it.
fn mark() -> String {
    mend_rules::id::LiveId(fresh()).to_string()
}

fn hidden(told: &Told) -> Markup {
    html! {
        input type="hidden" name="seen" value=(told.version);
        input type="hidden" name="id" value=(mark());
    }
}

/// A button that is one deed.
fn button(visit: &Visit, told: &Told, word: &str, first: bool) -> Markup {
    html! {
        button class=(if first { "btn go" } else { "btn" }) name="deed" value=(word) data-show=(word) hidden[!told.show.contains(&word)] {
            (visit.t(&format!("live-do-{word}")))
        }
    }
}

/// A button whose words move.
fn said(told: &Told, word: &str, slot: &str, text: &str) -> Markup {
    html! {
        button class="btn" name="deed" value=(word) data-show=(slot) hidden[!told.show.contains(&slot)] data-say=(slot) { (text) }
    }
}

/// On Home, while a circle of one's own is being held.
pub fn home_card(visit: &Visit, shown: &Shown) -> Markup {
    let own = visit.at(&format!("/circles/{}", shown.circle.id));
    html! {
        li {
            (meeting::date(visit, &visit.now.stamp().to_zoned(visit.zone())))
            div {
                h3 { (visit.tw("home-circle", &with![circle = shown.circle.name.as_str()])) }
                p class="soft" { (visit.t("live-home")) }
            }
            div class="row" {
                a class="btn go" href={ (own) "/live" } { (visit.t("live-go")) }
                a class="btn quiet" href=(own) { (visit.t("home-circle-go")) }
            }
        }
    }
}

pub fn live(visit: &Visit, told: &Told, around: &Around<'_>) -> Markup {
    html! {
        div class="split live" data-mend="live" data-follow={ (around.at) "/follow" } data-shape=(told.shape) data-version=(told.version) {
            section class="stack middle" {
                (ring(told))
                p class="lead" id="turn" role="status" data-say="turn" { (told.say.turn) }
                (deeds(visit, told, &around.at))
                p class="note o" id="lost" role="status" hidden { (visit.t("live-lost")) }
                p class="note o" id="refused" role="status" hidden {}
                p class="soft" data-show="order" { span data-say="order" { (told.say.order) } }
                p class="soft" data-say="keeper" { (told.say.keeper) }
                p id="reload" { a href=(around.at) { (visit.t("live-reload")) } }
                (calls(visit, told, &around.at))
                (own(visit, told, &around.at))
            }
            section class="stack" {
                small data-say="clock" data-age=(told.age.unwrap_or(0)) { (told.say.clock.replace('#', &(told.age.unwrap_or(0) / 60).to_string())) }
                h1 data-say="title" { (told.say.title) }
                p class="soft" data-say="text" { (told.say.text) }
                ul id="lines" class=[told.show.contains(&"counted").then_some("counted")] hidden[told.lines.is_empty()] { @for line in &told.lines { li { (line) } } }
                p data-show="write" hidden[!told.show.contains(&"write")] { a class="btn go" href=(around.write) { (visit.t("inventory-write")) } }
                (spoken(visit, told))
                (privacy(visit, told, around.law))
                (stitch())
                (agenda(visit, told, around.parts))
            }
        }
        div class="split even" {
            section class="stack" {
                (lead(visit, told, around))
                (if_gone(visit, told, &around.at))
            }
            aside class="stack" { (movement::help::card(visit, around.help)) }
        }
    }
}

fn deeds(visit: &Visit, told: &Told, at: &str) -> Markup {
    html! {
        form class="row" id="deeds" method="post" action=(at) {
            (hidden(told))
            (button(visit, told, "begin", true))
            (button(visit, told, "few", true))
            (button(visit, told, "all", false))
            (button(visit, told, "pass", true))
            (button(visit, told, "lay", true))
            (button(visit, told, "take", false))
            (button(visit, told, "skip", false))
            (said(told, "pass", "pass-for", &told.say.pass_for))
            (said(told, "skip", "skip-for", &told.say.skip_for))
            (said(told, "extend", "extend", &told.say.extend))
            (said(told, "next", "next", &told.say.next))
            (button(visit, told, "finish", true))
            (button(visit, told, "resume", true))
        }
    }
}

/// Calls stand here for the one person that they are for.
fn calls(visit: &Visit, told: &Told, at: &str) -> Markup {
    html! {
        section class="note r stack" role="status" data-show="calls" hidden[!told.show.contains(&"calls")] {
            p { strong { (visit.t("live-calls")) } " " (visit.t("live-calls-what")) }
            form class="row" method="post" action=(at) id="calls" data-text=(visit.t("live-do-hear")) {
                (hidden(told))
                @for call in &told.calls { button class="btn" name="deed" value={ "hear " (call.id) } { (call.name) ": " (visit.t("live-do-hear")) } }
            }
        }
    }
}

/// What everybody can do for themselves.
fn own(visit: &Visit, told: &Told, at: &str) -> Markup {
    html! {
        form class="stack middle" method="post" action=(at) {
            (hidden(told))
            div class="row" {
                (button(visit, told, "rest", false))
                (button(visit, told, "return", true))
                (button(visit, told, "call", false))
                (button(visit, told, "recall", false))
                button class="btn quiet" name="deed" value="leave" { (visit.t("live-do-leave")) }
            }
            p class="readers" data-say="carer" { (told.say.carer) }
            p data-say="call" { (told.say.call) }
        }
    }
}

/// What the keeper may read aloud.
fn spoken(visit: &Visit, told: &Told) -> Markup {
    html! {
        details data-show="script" hidden[!told.show.contains(&"script")] open[told.age.is_none()] {
            summary { (visit.t("live-script")) }
            blockquote { p data-say="script" { (told.say.script) } }
            p class="soft" data-show="caution" hidden[!told.show.contains(&"caution")] { (visit.t("step-for-keeper")) " " span data-say="caution" { (told.say.caution) } }
        }
    }
}

/// The limits of privacy, named at every opening.
fn privacy(visit: &Visit, told: &Told, law: bool) -> Markup {
    let words = &practice::words().privacy;
    html! {
        section class="note i stack tight" data-show="privacy" hidden[!told.show.contains(&"privacy")] {
            p { strong { (words.line) } " " (visit.t("live-privacy-limits")) }
            p { (words.law) }
            @if law { p { (visit.t("law-notice")) } }
            p { (visit.t("live-nothing-kept")) }
        }
    }
}

fn agenda(visit: &Visit, told: &Told, parts: &[Part]) -> Markup {
    html! {
        h2 class="visually-hidden" { (visit.t("agenda-title")) }
        ol class="agenda" id="agenda" {
            @for (line, part) in told.agenda.iter().zip(parts) {
                li class=(line.class) {
                    span class="minutes" { b { (line.minutes) } " " small { (visit.t("minutes-short")) } }
                    div {
                        h3 { (meeting::part_word(visit, &part.word)) }
                        p class="soft" { (meeting::part_what(visit, &part.word)) }
                    }
                    span class=(if line.class == "done" { "tag m" } else { "tag r" }) hidden[line.mark.is_empty()] { (line.mark) }
                }
            }
        }
    }
}

/// A choice of people, sent as one deed.
fn choice(visit: &Visit, told: &Told, at: &str, (word, some): (&str, &[Named])) -> Markup {
    let id = format!("choose-{word}");
    html! {
        form class="row end" method="post" action=(at) data-choice=(word) hidden[some.is_empty()] {
            (hidden(told))
            input type="hidden" name="deed" value=(word);
            div class="field" {
                label for=(id) { (visit.t(&format!("live-choose-{word}"))) }
                select id=(id) name="person" { @for one in some { option value=(one.id) { (one.name) } } }
            }
            button class="btn" { (visit.t("live-choose")) }
        }
    }
}

/// What the keeper has at hand.
fn lead(visit: &Visit, told: &Told, around: &Around<'_>) -> Markup {
    let at = around.at.as_str();
    html! {
        details class="card" data-show="lead" hidden[!told.show.contains(&"lead")] {
            summary { (visit.t("live-lead-title")) }
            div class="stack" {
                form class="row" method="post" action=(at) {
                    (hidden(told))
                    (button(visit, told, "pause", false))
                    (button(visit, told, "another", false))
                    (button(visit, told, "previous", false))
                }
                (step(visit, told, around))
                (choice(visit, told, at, ("seat", &told.absent)))
                (choice(visit, told, at, ("unseat", &told.handed)))
                (choice(visit, told, at, ("co-keep", &told.here)))
                (choice(visit, told, at, ("carer", &told.here)))
                form class="stack" method="post" action=(at) {
                    (hidden(told))
                    label class="check" { input type="checkbox" name="sure" required; span { (visit.t("live-end-sure")) } }
                    div class="row" { button class="btn grave" name="deed" value="end" { (visit.t("live-do-end")) } }
                    p class="readers" { (visit.t("live-end-kept")) }
                }
            }
        }
    }
}

/// Which step it is, where the circle chooses or would rather have another.
fn step(visit: &Visit, told: &Told, around: &Around<'_>) -> Markup {
    html! {
        form class="row end" method="post" action=(around.at) data-show="step" hidden[!told.show.contains(&"step")] {
            (hidden(told))
            input type="hidden" name="deed" value="step";
            div class="field" {
                label for="choose-step" { (visit.t("live-choose-step")) }
                select id="choose-step" name="step" {
                    @for (number, title) in around.steps { option value=(number) { (visit.tw("step-one", &with![number = *number, title = title.as_str()])) } }
                }
            }
            button class="btn" { (visit.t("live-choose")) }
        }
    }
}

fn if_gone(visit: &Visit, told: &Told, at: &str) -> Markup {
    html! {
        details class="card" data-show="keep" hidden[!told.show.contains(&"keep")] {
            summary { (visit.t("live-gone")) }
            form class="stack" method="post" action=(at) {
                (hidden(told))
                p { (visit.t("live-gone-what")) }
                div class="row" { button class="btn" name="deed" value="keep" { (visit.t("live-do-keep")) } }
                p class="readers" { (visit.t("live-gone-who")) }
            }
        }
    }
}
