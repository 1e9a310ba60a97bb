//! A circle's page, its sheet, its line in a list, and its cards on Home.

use maud::{Markup, html};
use mend_rules::id::DraftId;
use mend_rules::meeting::Meeting;

use super::pages::Shown;
use super::rows::Invitation;
use super::ways::{step_text, what, what_head};
use super::{agreements, seats};
use crate::meeting::{self, Meetings};
use crate::movement;
use crate::practice;
use crate::step::{self, Group, Said};
use crate::web::page::{crumbs, stitch};
use crate::web::round::{Round, SEAT};
use crate::web::{Me, Visit};
use crate::with;

/// The ring of seats: taken ones with a name, free ones without.
fn ring(visit: &Visit, shown: &Shown) -> Markup {
    let seats = (shown.circle.seats as usize).max(shown.seated.len());
    let round = Round::of(seats);
    let keeper = (0..).zip(&shown.seated);
    let keeper = keeper.filter(|(_, (id, _))| shown.circle.keeper == Some(*id));
    let label = visit.tw(
        "ring-label",
        &with![taken = shown.seated.len(), seats = seats],
    );
    html! {
        svg class="pic ring" viewBox=(round.view()) role="img" aria-label=(label) {
            (round.thread().drawn())
            @for at in 0..seats {
                @let (x, y) = round.place(at);
                @let who = shown.seated.get(at);
                g class=(if who.is_some() { "seat" } else { "seat away" }) {
                    circle cx=(x) cy=(y) r=(SEAT) {}
                    @if let Some((_, name)) = who { text x=(x) y=(y + 6.0) { (short_name(name)) } }
                }
            }
            @for (at, _) in keeper {
                @let (x, y) = round.place(at);
                text class="soft mark" x=(x) y=(y + 54.0) { (visit.t("ring-keeper")) }
            }
        }
    }
}

/// The first word of a name, so that it fits a seat.
pub fn short_name(name: &str) -> String {
    let word = name.split(' ').next().unwrap_or(name);
    if word.chars().count() > 9 {
        word.chars().take(8).chain(['…']).collect()
    } else {
        word.to_owned()
    }
}

pub fn circle(visit: &Visit, shown: &Shown, step: Option<&Said>, me: &Me) -> Markup {
    let own = visit.at(&format!("/circles/{}", shown.circle.id));
    let keeps = shown.circle.keeper == Some(me.person);
    let next = shown.meetings.next_meeting(visit.now);
    let short = next.as_ref().is_some_and(|next| shown.is_short(next));
    let sits = shown.seated.iter().any(|(id, _)| *id == me.person);
    html! {
        div class="split" {
            section class="stack" {
                (crumbs(visit, &visit.at("/circles"), &visit.t("nav-circles")))
                h1 { (shown.circle.name) }
                @if shown.lone { p class="note r" { (visit.t("safe-circle-lone")) " " a href={ (own) "/offers" } { (visit.t("offer-title")) } } }
                (cancelled(visit, shown))
                (facts(visit, shown))
                div class="row" {
                    @if sits { a class="btn go" href={ (own) "/live" } { (visit.t("live-go")) } }
                    a class="btn" href={ (own) "/meetings" } { (visit.t("meetings-title")) }
                    a class="btn" href={ (own) "/pack" } { (visit.t("pack-title")) }
                    a class="btn quiet" href={ (own) "/shared" } { (visit.t("shared-title")) }
                    @if sits { a class="btn quiet" href={ (own) "/inventory" } { (visit.t("inventory-title")) } }
                    @if keeps || me.steward { a class="btn quiet" href={ (own) "/edit" } { (visit.t("circle-edit")) } }
                }
            }
            section class="stack middle" { (ring(visit, shown)) (seats_said(visit, shown, keeps)) (seats::own_seat(visit, shown, me)) }
        }
        (stitch())
        div class="split" {
            section class="stack" {
                (agenda_head(visit, shown, next.as_ref()))
                (meeting::agenda(visit, &shown.agenda(next.as_ref())))
                @if !short { (meeting::few(visit, shown.circle.seats)) }
            }
            aside class="stack" {
                @if shown.law { p class="note o" { (visit.t("law-notice")) } }
                (movement::safeguarding::circle_note(visit, shown.care))
                @if let Some(step) = step.filter(|_| !short) { (step::view::card(visit, step, Group::Circle(shown.circle.id))) }
                (movement::help::card(visit, &shown.help))
                div class="card stack" {
                    h2 { (visit.t("agreements-title")) }
                    (agreements::card(visit, shown))
                }
            }
        }
    }
}

/// What the hour of a meeting is, above its agenda.
pub fn agenda_head(visit: &Visit, shown: &Shown, meeting: Option<&Meeting>) -> Markup {
    let ours = &practice::words().group_inventory;
    let short = meeting.is_some_and(|one| shown.is_short(one));
    html! {
        @if meeting.is_some_and(|one| shown.is_inventory(one)) {
            h2 { (ours.title) }
            p class="soft" { (ours.lead) }
        } @else {
            h2 { (visit.t(if short { "agenda-title-short" } else { "agenda-title" })) }
            p class="soft" { (visit.t(if short { "agenda-lead-short" } else { "agenda-lead" })) }
        }
    }
}

/// The keeper is told how many seats are not taken: free ones and those that wait for an answer are
/// one number, so that nobody can watch an answer arrive.
fn seats_said(visit: &Visit, shown: &Shown, keeps: bool) -> Markup {
    let open = shown.circle.seats.saturating_sub(shown.seated.len() as u32);
    html! {
        p { (visit.tw("seats-taken", &with![taken = shown.seated.len(), seats = shown.circle.seats])) }
        @if keeps {
            p class="soft" { (visit.tw("seats-keeper", &with![open = open])) }
            @if open > 0 { p { a href=(visit.at(&format!("/circles/{}/offers", shown.circle.id))) { (visit.t("offer-title")) } } }
        }
        ul class="plain row names" {
            @for (id, name) in &shown.seated {
                li { (name) @if let Some(more) = shown.more.get(id) { @if !more.pronouns.is_empty() { " " small { "(" (more.pronouns) ")" } } } }
            }
        }
        @if keeps { (needs(visit, shown)) }
    }
}

/// What people of the circle need to take part, for its keeper alone.
fn needs(visit: &Visit, shown: &Shown) -> Markup {
    let place = visit.place.as_ref().map(|place| place.movement.id);
    let said = shown.seated.iter().filter_map(|(id, name)| {
        let sealed = shown.more.get(id)?.needs_sealed.as_deref();
        Some((name, movement::needs(&visit.app.key.0, place?, sealed)?))
    });
    let said: Vec<_> = said.collect();
    html! {
        @if !said.is_empty() {
            section class="card stack" {
                h2 { (visit.t("needs-title")) }
                dl class="facts" { @for (name, needs) in &said { dt { (name) } dd { (needs) } } }
                p class="readers" { (visit.t("needs-who")) }
            }
        }
    }
}

fn facts(visit: &Visit, shown: &Shown) -> Markup {
    let meetings = &shown.meetings;
    let next = meetings.next_meeting(visit.now);
    let room = next.as_ref().map_or("", |next| next.place.as_str());
    let keeper = shown.keeper.clone();
    html! {
        dl class="facts" {
            dt { (visit.t("fact-next")) }
            dd { @if let Some(next) = &next { (meeting::when(visit, &next.begins)) } @else { (visit.t("fact-no-next")) } }
            @if let Some(next) = &next { dt { (what_head(visit, shown, next)) } dd { (what(visit, shown, next)) } }
            dt { (visit.t("fact-then")) } dd { (meeting::cadence(visit, &meetings.series)) }
            dt { (visit.t("fact-where")) } dd { (meeting::whereabouts(visit, meetings, room)) }
            dt { (visit.t("fact-keeper")) } dd { (keeper.unwrap_or_else(|| visit.t("fact-no-keeper"))) }
            @if let Some(point) = shown.set_point(visit.now).filter(|_| shown.has_free_seat(&[])) { dt { (visit.t("fact-free")) } dd { (visit.tw("open-from", &with![day = meeting::day(visit, &point.begins)])) } }
        }
    }
}

/// A meeting that was cancelled says so where people look for the next one.
fn cancelled(visit: &Visit, shown: &Shown) -> Markup {
    let next = shown.meetings.coming(visit.now).next();
    html! {
        @if let Some(next) = next.filter(Meeting::is_cancelled) {
            p class="note o" { (visit.tw("meeting-not", &with![day = meeting::day(visit, &next.begins)])) }
        }
    }
}

/// A circle in a list.
pub fn line(visit: &Visit, shown: &Shown) -> Markup {
    let next = shown.meetings.next(visit.now);
    html! {
        li {
            (date(visit, next.as_ref()))
            div {
                h3 { a href=(visit.at(&format!("/circles/{}", shown.circle.id))) { (shown.circle.name) } }
                p class="soft" { (meeting::cadence(visit, &shown.meetings.series)) }
                p class="soft" { (visit.tw("seats-taken", &with![taken = shown.seated.len(), seats = shown.circle.seats])) }
                @if shown.lone { p class="note r gap" { (visit.t("circle-lone")) } }
            }
            span {}
        }
    }
}

fn date(visit: &Visit, next: Option<&jiff::Zoned>) -> Markup {
    html! {
        @if let Some(next) = next { (meeting::date(visit, next)) } @else { span {} }
    }
}

/// What a steward can do with circles.
pub fn steward_card(visit: &Visit, draft: Option<DraftId>, free: usize) -> Markup {
    let size = visit
        .place
        .as_ref()
        .map_or(6, |place| place.movement.circle_size);
    html! {
        section class="card stack" {
            h2 { (visit.t("propose-title")) }
            p { (visit.tw("propose-free", &with![count = free, size = size])) }
            div class="row" {
                @if let Some(draft) = draft { a class="btn go" href=(visit.at(&format!("/drafts/{draft}"))) { (visit.t("propose-open")) } }
                @if free > 0 { form method="post" action=(visit.at("/circles/propose")) { button class=(if draft.is_some() { "btn" } else { "btn go" }) { (visit.t("propose-go")) } } }
                @else { a class="btn" href=(visit.at("/people/import")) { (visit.t("movement-import")) } }
                a class="btn" href=(visit.at("/circles/start")) { (visit.t("start-title")) }
                a class="btn quiet" href=(visit.at("/invitations")) { (visit.t("invitations-title")) }
            }
        }
    }
}

/// "60 minutes. Step 1: We name our limits."
fn home_line(visit: &Visit, shown: &Shown) -> String {
    let next = shown.meetings.next_meeting(visit.now);
    if next.as_ref().is_some_and(|next| shown.is_short(next)) {
        return visit.t("home-circle-short");
    }
    let step = match &next {
        Some(next) => what(visit, shown, next),
        None => step_text(visit, None),
    };
    let args = with![minutes = shown.meetings.series.minutes, step = step];
    visit.tw("home-circle-what", &args)
}

/// What circles ask of somebody, in order of time: invitations, then next meetings.
pub fn home_cards(visit: &Visit, invited: &[(Invitation, Meetings)], mine: &[Shown]) -> Markup {
    html! {
        @for (invitation, meetings) in invited {
            li {
                (date(visit, meetings.next(visit.now).as_ref()))
                div {
                    h3 { (visit.tw("home-invited", &with![circle = invitation.circle.name.as_str()])) }
                    p class="soft" { (meeting::cadence(visit, &meetings.series)) ". " (visit.t("home-invited-what")) }
                }
                form class="row" method="post" action=(visit.at(&format!("/circles/{}/answer", invitation.circle.id))) {
                    button class="btn go" name="answer" value="yes" { (visit.t("answer-say-yes")) }
                    button class="btn quiet" name="answer" value="no" { (visit.t("answer-say-no")) }
                }
            }
        }
        @for shown in mine {
            li {
                (date(visit, shown.meetings.next(visit.now).as_ref()))
                div {
                    h3 { (visit.tw("home-circle", &with![circle = shown.circle.name.as_str()])) }
                    p class="soft" { (home_line(visit, shown)) }
                }
                a class="btn" href=(visit.at(&format!("/circles/{}", shown.circle.id))) { (visit.t("home-circle-go")) }
            }
        }
    }
}
