//! How the path and a step look, on a screen and on paper.

use maud::{Markup, html};
use mend_rules::id::CircleId;
use mend_rules::movement::Source;
use mend_rules::step::{Number, Reader, Step, Text, Use};

use super::acts::{Group, Own, Said};
use super::pages::Shown;
use super::ready;
use crate::movement::help;
use crate::practice;
use crate::web::Visit;
use crate::web::page::{crumbs, stitch};
use crate::with;

/// The address of a step in the words of a group.
pub fn address(visit: &Visit, group: Group, number: Number) -> String {
    match group {
        Group::Movement => visit.at(&format!("/steps/{number}")),
        Group::Circle(id) => visit.at(&format!("/circles/{id}/steps/{number}")),
    }
}

fn circle_address(visit: &Visit, id: CircleId) -> String {
    visit.at(&format!("/circles/{id}"))
}

/// The picture of the path with the words of a movement.
fn picture(visit: &Visit, steps: &[Step], own: Own) -> Markup {
    let shorts: Vec<&str> = steps.iter().map(|step| step.text(Text::Short)).collect();
    let class = |number| if own.here == Some(number) { "now" } else { "" };
    html! {
        div class="scroll" tabindex="0" role="group" aria-label=(visit.t("path-label")) {
            (practice::path(&visit.t("path-title"), &visit.t("path-said"), &shorts, &class))
        }
    }
}

/// The path on Home, without a mark: Home is what others see over a shoulder.
pub fn home(visit: &Visit, steps: &[Step]) -> Markup {
    html! {
        section class="stack" {
            div class="row apart" {
                h2 { (visit.t("path-title")) }
                a class="btn quiet" href=(visit.at("/steps")) { (visit.t("path-go")) }
            }
            (picture(visit, steps, Own::default()))
        }
    }
}

pub fn path_page(visit: &Visit, steps: &[Step], own: Own) -> Markup {
    html! {
        div class="stack" {
            h1 { (visit.t("path-title")) }
            p class="lead" { (visit.t("steps-lead")) }
            (picture(visit, steps, own))
        }
        div class="split" {
            section class="stack" {
                h2 { (visit.t("steps-all")) }
                ol class="steps" { @for step in steps { (on_path(visit, step, own)) } }
                p class="soft" { (visit.t("steps-credit")) }
            }
            aside class="stack" {
                (own_source(visit, own, None))
                (places(visit))
            }
        }
    }
}

fn on_path(visit: &Visit, step: &Step, own: Own) -> Markup {
    let here = own.here == Some(step.number);
    html! {
        li class=(if here { "now" } else { "" }) {
            h3 { a href=(visit.at(&format!("/steps/{}", step.number))) { (step.text(Text::Title)) } }
            p { (step.text(Text::Meaning)) }
            @if here { p { span class="tag i" { (visit.t("steps-here")) } } }
            @if step.from_meeting > 1 { p class="soft" { small { (visit.tw("step-from-meeting", &with![meeting = step.from_meeting])) } } }
        }
    }
}

/// What else lies beside the path.
fn places(visit: &Visit) -> Markup {
    html! {
        @for (path, title, what) in [
            ("/practices", "short-title", "short-what"),
            ("/commitments", "commitments-title", "commitments-what"),
            ("/asks", "asks-title", "asks-what"),
            ("/care", "care-title", "care-what"),
        ] {
            div class="card stack tight" {
                h2 class="as-h3" { a href=(visit.at(path)) { (visit.t(title)) } }
                p class="soft" { (visit.t(what)) }
            }
        }
    }
}

/// By which words one reads the steps: one's own matter.
fn own_source(visit: &Visit, own: Own, shown: Option<&Shown>) -> Markup {
    let movements = || visit.movement().map(|it| it.source).ok();
    let groups = shown.map(|shown| shown.said.groups).or_else(movements);
    let groups = groups.unwrap_or(Source::Plain);
    html! {
        form class="card stack" method="post" action=(visit.at("/steps")) {
            h2 class="as-h3" { (visit.t("own-source-title")) }
            p class="soft" { (visit.t("own-source-what")) }
            @if let Some(shown) = shown { (place(shown)) }
            div class="field" {
                label for="source" { (visit.t("own-source-label")) }
                select id="source" name="source" {
                    option value="group" selected[own.source.is_none()] { (visit.tw("own-source-group", &with![source = visit.t(&format!("source-{}", groups.word()))])) }
                    @for source in Source::ALL { option value=(source.word()) selected[own.source == Some(source)] { (visit.t(&format!("source-{}", source.word()))) } }
                }
            }
            button class="btn" { (visit.t("save")) }
            p class="readers" { (visit.t("own-path-who")) }
        }
    }
}

/// Where a form stands, so that it leads back there.
fn place(shown: &Shown) -> Markup {
    html! {
        input type="hidden" name="at" value=(shown.said.step.number);
        @if let Group::Circle(id) = shown.group { input type="hidden" name="circle" value=(id); }
    }
}

/// Marks where one stands, for oneself alone.
fn own_mark(visit: &Visit, shown: &Shown) -> Markup {
    let number = shown.said.step.number;
    let here = shown.own.here == Some(number);
    html! {
        form class="card stack" method="post" action=(visit.at("/steps")) {
            h2 class="as-h3" { (visit.t("own-here-title")) }
            @if here { p { span class="tag i" { (visit.t("steps-here")) } } }
            (place(shown))
            @if here { button class="btn" name="here" value="nowhere" { (visit.t("own-here-off")) } }
            @else { button class="btn" name="here" value=(number) { (visit.t("own-here-on")) } }
            p class="readers" { (visit.t("own-path-who")) }
        }
    }
}

pub fn step_page(visit: &Visit, shown: &Shown, (inside, ready): (&Markup, Option<u8>)) -> Markup {
    let (step, number) = (&shown.said.step, shown.said.step.number);
    html! {
        div class="split" {
            article class="stack" {
                (back(visit, shown.group))
                p class="soft" { (visit.tw("step-number", &with![number = number.get(), letter = number.letter().to_string()])) }
                h1 { (step.text(Text::Title)) }
                @if shown.said.source != Source::Plain { p class="lead" { (step.text(Text::Meaning)) } p { em { (shown.said.opening()) } } }
                @else { p class="lead" { (step.text(Text::Meaning)) } p { (shown.said.opening()) } }
                (cautions(visit, step, Reader::Everybody))
                (inside)
                (prompts(visit, step, Use::Circle))
                (cautions(visit, step, Reader::Keeper))
                (prompts(visit, step, Use::Companion))
                (cautions(visit, step, Reader::Companion))
                (prompts(visit, step, Use::Journal))
                (beside(visit, number, ready))
                (stitch())
                h2 { (visit.t("step-from")) }
                p { (step.text(Text::From)) }
                p class="soft" { (visit.tw("step-fits", &with![meeting = step.from_meeting])) }
                (neighbours(visit, shown.group, number))
            }
            aside class="stack" {
                (help::card(visit, &shown.help))
                (own_mark(visit, shown))
                (own_source(visit, shown.own, Some(shown)))
                (own_words(visit, shown))
            }
        }
    }
}

fn back(visit: &Visit, group: Group) -> Markup {
    match group {
        Group::Movement => crumbs(visit, &visit.at("/steps"), &visit.t("path-title")),
        Group::Circle(id) => crumbs(visit, &circle_address(visit, id), &visit.t("step-circle")),
    }
}

fn cautions(visit: &Visit, step: &Step, of: Reader) -> Markup {
    let all = step.cautions(of);
    html! {
        @if !all.is_empty() {
            section class="note o" {
                h2 class="as-h3" { (visit.t(&format!("caution-{}", of.word()))) }
                @for caution in &all { p { (caution) } }
            }
        }
    }
}

fn prompts(visit: &Visit, step: &Step, of: Use) -> Markup {
    html! {
        section class="stack tight" {
            h2 { (visit.t(&format!("prompts-{}", of.word()))) }
            p class="soft" { (visit.t(&format!("prompts-{}-how", of.word()))) }
            ul class="why plain stack tight" { @for prompt in step.prompts(of) { li { (prompt) } } }
        }
    }
}

/// What Mend offers to do with a step, where it offers something.
fn beside(visit: &Visit, number: Number, ready: Option<u8>) -> Markup {
    let (path, title, what) = match number.get() {
        3 => ("/commitments", "commitments-title", "commitments-what"),
        6 => return ready::dial(visit, ready),
        7 => ("/asks", "asks-title", "asks-what"),
        11 => ("/practices", "short-title", "short-what"),
        _ => return html! {},
    };
    html! {
        section class="card stack" {
            h2 { (visit.t(title)) }
            p { (visit.t(what)) }
            a class="btn" href=(visit.at(path)) { (visit.t("step-beside-go")) }
        }
    }
}

fn neighbours(visit: &Visit, group: Group, number: Number) -> Markup {
    let (before, after) = (Number::new(number.get() - 1), Number::new(number.get() + 1));
    html! {
        nav class="row apart no-print" aria-label=(visit.t("step-neighbours")) {
            @if let Some(before) = before { a href=(address(visit, group, before)) rel="prev" { (visit.tw("step-before", &with![number = before.get()])) } } @else { span {} }
            @if let Some(after) = after { a href=(address(visit, group, after)) rel="next" { (visit.tw("step-after", &with![number = after.get()])) } }
        }
    }
}

/// The way to the group's words, for whoever may change them.
fn own_words(visit: &Visit, shown: &Shown) -> Markup {
    let steward = visit.me().is_ok_and(|me| me.steward);
    let may = steward && shown.group == Group::Movement;
    html! {
        @if may { (words_card(visit, shown.group, shown.said.step.number)) }
    }
}

/// A card that leads to where a step is reworded.
pub fn words_card(visit: &Visit, group: Group, number: Number) -> Markup {
    html! {
        div class="card stack no-print" {
            h2 class="as-h3" { (visit.t("wording-title")) }
            p class="soft" { (visit.t("wording-what")) }
            a class="btn" href={ (address(visit, group, number)) "/words" } { (visit.t("wording-go")) }
        }
    }
}

/// A step on the page of a circle, and on its sheet: what it means, how it opens, what is asked.
pub fn card(visit: &Visit, said: &Said, group: Group) -> Markup {
    let step = &said.step;
    html! {
        div class="card stack" {
            h2 { (visit.tw("step-title", &with![number = step.number.get(), title = step.text(Text::Title)])) }
            p class="lead" { (said.opening()) }
            p { (step.text(Text::Meaning)) }
            ol { @for prompt in step.prompts(Use::Circle) { li { (prompt) } } }
            @for of in [Reader::Everybody, Reader::Keeper] {
                @for caution in step.cautions(of) { p class="soft" { @if of == Reader::Keeper { (visit.t("step-for-keeper")) " " } (caution) } }
            }
            p class="no-print" { a href=(address(visit, group, step.number)) { (visit.t("step-open")) } }
        }
    }
}
