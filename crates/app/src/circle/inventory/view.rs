//! The pages of the group inventory.

use maud::{Markup, html};
use mend_rules::id::InventoryId;
use mend_rules::inventory::{InventoryTrouble, KEEP, LENGTH, Quarter, open};
use mend_rules::meeting;

use super::acts::{Inventory, Typed, Wrote};
use crate::circle::Shown;
use crate::meeting::agenda;
use crate::movement;
use crate::practice;
use crate::web::Visit;
use crate::web::page::{crumbs, stitch};
use crate::with;

/// "October to December 2026".
fn name(visit: &Visit, quarter: Quarter) -> String {
    let month = |month: i8| visit.t(&format!("month-{month}"));
    let (first, last) = (quarter.first(), quarter.last());
    let said = with![
        from = month(first.month()),
        to = month(last.month()),
        year = last.year().to_string(),
    ];
    visit.tw("inventory-quarter", &said)
}

fn at(visit: &Visit, shown: &Shown) -> String {
    visit.at(&format!("/circles/{}/inventory", shown.circle.id))
}

/// What it is, what the circle wrote, and how the forty-five minutes go.
pub fn list(visit: &Visit, shown: &Shown, all: &[Inventory]) -> Markup {
    let ours = &practice::words().group_inventory;
    let circle = visit.at(&format!("/circles/{}", shown.circle.id));
    html! {
        div class="stack" {
            (crumbs(visit, &circle, &shown.circle.name))
            h1 { (ours.title) }
            p class="lead" { (ours.lead) }
            p class="soft" { (visit.t("inventory-hold")) " " a href={ (circle) "/meetings" } { (visit.t("meetings-title")) } }
        }
        div class="split" {
            section class="stack" {
                h2 { (visit.t("inventory-ours")) }
                @if all.is_empty() { p { (visit.t("inventory-none")) } }
                @for one in all { (written(visit, shown, one)) }
                (beginnings(visit, shown, all))
                p class="readers" { (visit.t("inventory-who")) }
            }
            section class="stack" {
                h2 { (visit.t("inventory-questions")) }
                ol { @for question in &ours.questions { li { (question) } } }
                p { (visit.t("inventory-main")) " " strong { (ours.main) } }
            }
        }
        (stitch())
        div class="split" {
            section class="stack" {
                h2 { (visit.t("inventory-agenda")) }
                (agenda(visit, &meeting::inventory(shown.circle.seats.max(2))))
            }
            aside class="stack" {
                div class="card stack" {
                    h2 { (visit.t("inventory-notes")) }
                    ul { @for note in &ours.notes { li { (note) } } }
                }
                (movement::help::card(visit, &shown.help))
            }
        }
    }
}

/// The quarters that nobody has written of yet.
fn beginnings(visit: &Visit, shown: &Shown, all: &[Inventory]) -> Markup {
    let today = visit.now.day(&shown.meetings.series.zone);
    let free = |quarter: &Quarter| all.iter().all(|one| one.quarter != *quarter);
    let [this, before] = open(today);
    let to = |quarter: Quarter| format!("{}/{}", at(visit, shown), quarter.first());
    let said = |quarter: Quarter| {
        let name = name(visit, quarter);
        visit.tw("inventory-begin", &with![quarter = name])
    };
    html! {
        div class="row" {
            @if free(&this) { a class="btn go" href=(to(this)) { (said(this)) } }
            @if free(&before) { a class="btn quiet" href=(to(before)) { (said(before)) } }
        }
    }
}

/// The lines of a quarter as they are read.
fn written(visit: &Visit, shown: &Shown, one: &Inventory) -> Markup {
    let to = format!("{}/{}", at(visit, shown), one.quarter.first());
    let label = format!(
        "{}: {}",
        visit.t("inventory-change"),
        name(visit, one.quarter)
    );
    html! {
        section class="card stack" {
            h3 { (name(visit, one.quarter)) }
            (lines(visit, one))
            p class="soft" { (visit.tw("inventory-kept", &with![day = visit.long_day(one.until)])) }
            div class="row" { a class="btn" href=(to) aria-label=(label) { (visit.t("inventory-change")) } }
        }
    }
}

fn lines(visit: &Visit, one: &Inventory) -> Markup {
    let asked = practice::words().group_inventory.lines.iter();
    html! {
        dl class="wordings answers" {
            @for (line, text) in asked.zip(&one.lines).filter(|(_, text)| !text.is_empty()) {
                dt { (line.question) }
                dd class="as-typed" { (text) }
            }
            @if let Some(day) = one.again { dt { (visit.t("inventory-again")) } dd { (visit.long_day(day)) } }
        }
    }
}

/// What the form shows: what was typed, what is kept, and why it was not kept yet.
pub struct Form<'a> {
    pub typed: Typed,
    pub kept: Option<&'a Inventory>,
    pub trouble: Option<Wrote>,
}

impl Form<'_> {
    /// What whoever saves this has seen: what is kept, where the page shows it to them now.
    fn was(&self) -> Option<InventoryId> {
        match self.trouble {
            Some(Wrote::Meanwhile) => self.kept.map(|kept| kept.id),
            _ => self.typed.seen,
        }
    }
}

/// The lines of one quarter, to be written.
pub fn form(visit: &Visit, shown: &Shown, quarter: Quarter, form: &Form<'_>) -> Markup {
    let ours = &practice::words().group_inventory;
    let own = format!("{}/{}", at(visit, shown), quarter.first());
    html! {
        div class="narrow stack" {
            (crumbs(visit, &at(visit, shown), &ours.title))
            h1 { (name(visit, quarter)) }
            p class="lead" { (ours.writing) }
            @if let Some(trouble) = form.trouble { (why_not(visit, trouble, form.kept)) }
            form class="stack" method="post" action=(own) {
                @if let Some(was) = form.was() { input type="hidden" name="was" value=(was); }
                @for (line, text) in ours.lines.iter().zip(&form.typed.lines) {
                    @let hint = format!("{}-hint", line.key);
                    div class="field" {
                        label for=(line.key) { (line.question) }
                        p class="hint" id=(hint) { (line.hint) }
                        textarea id=(line.key) name=(line.key) rows="3" maxlength=(LENGTH) aria-describedby=(hint) { (text) }
                    }
                }
                (days(visit, quarter, &form.typed))
                div class="row" {
                    button class="btn go" { (visit.t("save")) }
                    a class="btn quiet" href=(at(visit, shown)) { (visit.t("cancel")) }
                }
                p class="readers" { (visit.t("inventory-who")) }
            }
            (movement::help::card(visit, &shown.help))
            @if let Some(kept) = form.kept { (stitch()) (destroying(visit, &own, kept)) }
        }
    }
}

/// When the circle looks again, and how long the lines are there.
fn days(visit: &Visit, quarter: Quarter, typed: &Typed) -> Markup {
    let last = quarter.last().saturating_add(jiff::ToSpan::year(1));
    html! {
        div class="row end" {
            div class="field short" {
                label for="again" { (visit.t("inventory-again")) }
                input id="again" name="again" type="date" value=(typed.again.map(|day| day.to_string()).unwrap_or_default()) min=(quarter.first()) max=(last);
            }
            div class="field" {
                label for="months" { (visit.t("inventory-keep")) }
                select id="months" name="months" {
                    @for months in KEEP { option value=(months) selected[months == typed.months] { (visit.t(&format!("inventory-keep-{months}"))) } }
                }
            }
        }
    }
}

fn why_not(visit: &Visit, trouble: Wrote, kept: Option<&Inventory>) -> Markup {
    let said = match trouble {
        Wrote::Wrong(InventoryTrouble::Empty) => "inventory-wrong-empty",
        Wrote::Wrong(InventoryTrouble::Long) => "inventory-wrong-long",
        Wrote::Wrong(InventoryTrouble::Day) => "inventory-wrong-day",
        Wrote::Wrong(InventoryTrouble::Months) => "inventory-wrong-months",
        Wrote::Meanwhile if kept.is_none() => "inventory-meanwhile-gone",
        Wrote::Meanwhile => "inventory-meanwhile",
    };
    html! {
        div class="note r stack" role="alert" {
            p { (visit.tw(said, &with![most = LENGTH])) }
            @if let (Wrote::Meanwhile, Some(kept)) = (trouble, kept) { (lines(visit, kept)) }
        }
    }
}

fn destroying(visit: &Visit, own: &str, kept: &Inventory) -> Markup {
    html! {
        details {
            summary { (visit.t("inventory-destroy")) }
            form class="stack" method="post" action={ (own) "/destroy" } {
                input type="hidden" name="was" value=(kept.id);
                p { (visit.t("inventory-destroy-what")) }
                label class="check" { input type="checkbox" name="sure" required; span { (visit.t("inventory-sure")) } }
                div class="row" { button class="btn grave" { (visit.t("inventory-destroy")) } }
            }
        }
    }
}
