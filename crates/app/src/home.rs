//! Home: what is asked of me, in time order, and where a steward stands with the first circle.

use maud::{Markup, html};

use crate::backup;
use crate::circle;
use crate::movement;
use crate::web::page::stitch;
use crate::web::{Answer, Me, Problem, Visit, page};
use crate::with;

struct Asked {
    home: circle::Home,
    people: usize,
    circles: usize,
    hours_known: bool,
    /// Whether the list of outside help still waits for a steward.
    helpless: bool,
}

pub async fn show(visit: Visit) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let asking = me.clone();
    let asked = visit
        .app
        .store
        .read(me.scope(), move |tx| {
            let own = movement::person(tx, asking.movement, asking.person)?;
            Ok::<_, Problem>(Asked {
                home: circle::home(tx, &asking, now)?,
                people: if asking.steward {
                    movement::names(tx, asking.movement)?.len()
                } else {
                    0
                },
                circles: if asking.steward {
                    circle::count(tx, &asking)?
                } else {
                    0
                },
                helpless: asking.steward && movement::help::list(tx, asking.movement)?.is_empty(),
                hours_known: own.is_some_and(|person| !person.hours.is_unknown()),
            })
        })
        .await?;
    Ok(page(
        &visit,
        &visit.t("nav-home"),
        body(&visit, &me, &asked),
    ))
}

fn body(visit: &Visit, me: &Me, asked: &Asked) -> Markup {
    let hour = visit.now.stamp().to_zoned(visit.zone()).hour();
    let greeting = match hour {
        5..=11 => "home-morning",
        12..=17 => "home-day",
        _ => "home-evening",
    };
    let first = me.name.split(' ').next().unwrap_or(&me.name);
    let count = asked.home.invited.len() + asked.home.mine.len();
    html! {
        div class="stack" {
            small { (visit.place.as_ref().map_or("", |place| place.movement.name.as_str())) }
            h1 { (visit.tw(greeting, &with![name = first])) }
            p class="lead" { (visit.tw("home-asks", &with![count = count])) }
            @if me.steward && backup::is_late(&visit.app, visit.now) { p class="note o" { (visit.t("home-backup-late")) } }
        }
        div class="split" {
            section class="stack" {
                h2 { (visit.t("home-asked")) }
                @if count == 0 { p class="soft" { (visit.t(if me.newcomer { "home-nothing-new" } else { "home-nothing" })) } }
                ul class="asks" { (circle::home_cards(visit, &asked.home.invited, &asked.home.mine)) }
            }
            aside class="stack" {
                @if me.steward { (first_hour(visit, asked)) }
                @if asked.helpless { (help_card(visit)) }
                @if !asked.hours_known { (hours_card(visit)) }
            }
        }
        (stitch())
        (movement::path(visit))
    }
}

fn help_card(visit: &Visit) -> Markup {
    html! {
        div class="card stack" {
            h2 { (visit.t("help-remind")) }
            p class="soft" { (visit.t("help-remind-why")) }
            a class="btn" href=(visit.at("/help/edit")) { (visit.t("help-edit")) }
        }
    }
}

fn hours_card(visit: &Visit) -> Markup {
    html! {
        div class="card stack" {
            h2 { (visit.t("hours-title")) }
            p class="soft" { (visit.t("hours-why")) }
            a class="btn" href=(visit.at("/me/hours")) { (visit.t("hours-go")) }
        }
    }
}

/// The way to the first circle, with what is next.
fn first_hour(visit: &Visit, asked: &Asked) -> Markup {
    let step = match (asked.people, asked.circles) {
        (0..=2, _) => 1,
        (_, 0) => 2,
        _ => 3,
    };
    let (text, button, link) = match step {
        1 => ("first-people", "movement-import", "/people/import"),
        2 => ("first-circle", "propose-go", "/circles"),
        _ => ("first-done", "circles-all", "/circles"),
    };
    html! {
        div class="card stack" {
            h2 { (visit.t("first-title")) }
            p class="soft" { (visit.tw(text, &with![people = asked.people, circles = asked.circles])) }
            a class="btn" href=(visit.at(link)) { (visit.t(button)) }
        }
    }
}
