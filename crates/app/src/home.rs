//! Home: what is asked of me, in time order, and where a steward stands with the first circle.

use std::slice;

use jiff::civil::Date;
use maud::{Markup, html};
use mend_rules::id::CircleId;
use mend_rules::step::Step;
use mend_rules::wave::Wave;

use crate::ask;
use crate::backup;
use crate::circle;
use crate::live;
use crate::meeting::Meetings;
use crate::movement;
use crate::movement::help::Missing;
use crate::people::passkey;
use crate::step;
use crate::web::page::{page_with, stitch};
use crate::web::{Answer, Me, Problem, Visit};
use crate::with;

struct Asked {
    home: circle::Home,
    /// Those of one's circles that are being held now.
    held: Vec<CircleId>,
    /// Circles that were held lately, and on which day.
    lately: Vec<(CircleId, Date)>,
    asks: Vec<ask::ToMe>,
    steps: Vec<Step>,
    /// The wave that was declared, be it over or not.
    wave: Option<Wave>,
    people: usize,
    circles: usize,
    hours_known: bool,
    /// What of outside help and the law still waits for a steward.
    missing: Option<Missing>,
    /// How many ask for a place.
    waiting: usize,
    safe: movement::safeguarding::News,
}

pub async fn show(visit: Visit) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let (asking, app) = (me.clone(), visit.app.clone());
    let today = now.day(&visit.movement()?.zone);
    let asked = visit
        .app
        .store
        .read(me.scope(), move |tx| {
            let own = movement::person(tx, asking.movement, asking.person)?;
            let home = circle::home(tx, &app.key.0, &asking, now)?;
            Ok::<_, Problem>(Asked {
                held: live::held_of(tx, &app.key.0, asking.movement, &home.mine, now)?,
                home,
                lately: live::held_lately(tx, asking.movement, now)?,
                wave: movement::wave(tx, asking.movement)?,
                asks: ask::to_me(tx, &app.key.0, &asking, today)?,
                steps: step::path(tx, &app, asking.movement)?,
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
                missing: match asking.steward {
                    true => movement::help::missing(tx, asking.movement)?,
                    false => None,
                },
                waiting: match asking.steward {
                    true => movement::joining::count(tx, &asking, now)?,
                    false => 0,
                },
                safe: movement::safeguarding::news(tx, &asking)?,
                hours_known: own.is_some_and(|person| !person.hours.is_unknown()),
            })
        })
        .await?;
    let body = body(&visit, &me, &asked);
    Ok(page_with(
        &visit,
        &visit.t("nav-home"),
        body,
        scripts(&visit),
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
    let asks = asked.asks.iter().filter(|ask| !ask.yes).count();
    let duties = [
        movement::safeguarding::asked(visit, me, &asked.safe),
        movement::joining::card(visit, asked.waiting),
    ];
    let duties: Vec<Markup> = duties.into_iter().flatten().collect();
    let questions = circle::after::questions(visit, me, &asked.home, &asked.lately);
    let count = asked.home.invited.len()
        + questions.len()
        + asked.home.mine.len()
        + asked.home.stand_ins.len()
        + asked.home.calls.to_me.len()
        + asks
        + duties.len();
    html! {
        div class="stack" {
            small { (visit.place.as_ref().map_or("", |place| place.movement.name.as_str())) }
            h1 { (visit.tw(greeting, &with![name = first])) }
            p class="lead" { (visit.tw("home-asks", &with![count = count])) }
            @if let Some(until) = wave_until(visit, asked.wave) { p class="soft" { (visit.tw("wave-home", &with![day = visit.long_day(until)])) } }
            @if me.steward && backup::is_late(&visit.app, visit.now) { p class="note o" { (visit.t("home-backup-late")) } }
        }
        div class="split" {
            section class="stack" {
                h2 { (visit.t("home-asked")) }
                (circle::after::asked_of_me(visit, &asked.home.calls))
                @for question in &questions { (question) }
                @if count == 0 { p class="soft" { (visit.t(if me.newcomer { "home-nothing-new" } else { "home-nothing" })) } }
                ul class="asks" { @for card in in_time_order(visit, me, asked) { (card) } }
                @for duty in &duties { (duty) }
            }
            aside class="stack" {
                @if has_joined(visit) { (passkey::offer(visit)) }
                (movement::safeguarding::age_card(visit, &asked.safe))
                (minute_card(visit))
                @if me.steward { (first_hour(visit, asked)) }
                @if let Some(missing) = asked.missing { (help_card(visit, missing)) }
                @if !asked.hours_known { (hours_card(visit)) }
            }
        }
        (stitch())
        (step::view::home(visit, &asked.steps))
    }
}

/// The last day of a wave that goes on.
fn wave_until(visit: &Visit, wave: Option<Wave>) -> Option<Date> {
    let today = visit.now.day(&visit.movement().ok()?.zone);
    wave.filter(|wave| wave.has(today)).map(|wave| wave.until)
}

/// Whether this is the first page after joining, when words and code are fresh on paper.
fn has_joined(visit: &Visit) -> bool {
    visit.told.as_deref() == Some("welcome") && visit.app.passkeys.asks().is_ok()
}

fn scripts(visit: &Visit) -> &'static [&'static str] {
    if has_joined(visit) { &["pass.js"] } else { &[] }
}

/// Invitations, next meetings and asks, the earliest first.
fn in_time_order(visit: &Visit, me: &Me, asked: &Asked) -> Vec<Markup> {
    let day = |meetings: &Meetings| meetings.next(visit.now).map(|at| at.date());
    let today = visit.now.day(&visit.zone());
    let mut cards = Vec::new();
    for invited in &asked.home.invited {
        let card = circle::home_cards(visit, slice::from_ref(invited), &[]);
        cards.push((day(&invited.1), card));
    }
    for mine in &asked.home.mine {
        if asked.held.contains(&mine.circle.id) {
            cards.push((Some(today), live::home_card(visit, mine)));
        } else {
            let card = circle::home_cards(visit, &[], slice::from_ref(mine));
            cards.push((day(&mine.meetings), card));
        }
    }
    for one in &asked.home.stand_ins {
        let card = circle::standin::view::home_card(visit, one, me);
        cards.push((Some(one.begins.date()), card));
    }
    for ask in asked.asks.iter().filter(|ask| !ask.yes) {
        cards.push((Some(ask.until), ask::home_card(visit, ask)));
    }
    // What has no day comes at the end.
    cards.sort_by_key(|(day, _)| (day.is_none(), *day));
    cards.into_iter().map(|(_, card)| card).collect()
}

/// A minute for oneself: leads to the vault, the same for everybody, and knows of nothing there.
fn minute_card(visit: &Visit) -> Markup {
    html! {
        div class="card stack" {
            h2 { (visit.t("minute-title")) }
            p class="soft" { (visit.t("minute-what")) }
            div class="row" {
                a class="btn" href="/vault#/line" { (visit.t("minute-line")) }
                a href="/vault" { (visit.t("minute-all")) }
            }
        }
    }
}

fn help_card(visit: &Visit, missing: Missing) -> Markup {
    let (title, why) = match missing {
        Missing::List => ("help-remind", "help-remind-why"),
        Missing::Law => ("law-remind", "law-remind-why"),
    };
    html! {
        div class="card stack" {
            h2 { (visit.t(title)) }
            p class="soft" { (visit.t(why)) }
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
