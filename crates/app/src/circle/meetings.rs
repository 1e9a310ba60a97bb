//! The meetings of a circle: what comes, and for those who keep it moving one, skipping one,
//! taking that back, choosing a step, and ending the series.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::{Date, Time as Clock};
use maud::{Markup, html};
use mend_rules::id::CircleId;
use mend_rules::meeting::{INVENTORY, Meeting, fits_from};
use mend_rules::movement::tidy;
use mend_rules::time::Time;
use mend_store::Tx;

use super::acts::Circle;
use super::pages::{self, Shown};
use super::ways::{what, what_head};
use super::{coming, keeping, rows, standin, view};
use crate::ledger::{self, Deed};
use crate::meeting::{self, Chosen, Meetings, moment};
use crate::web::form::Fields;
use crate::web::page::{crumbs, stitch};
use crate::web::{Answer, Me, Problem, Visit, page};
use crate::with;

type At = Path<(String, String, String)>;

/// So many coming meetings are listed.
const LISTED: usize = 8;

pub async fn list(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let shown = pages::load(&visit, &id, false).await?;
    let me = visit.me()?;
    let keeps = shown.is_kept_by(&me);
    let sits = shown.seated.iter().any(|(id, _)| *id == me.person);
    let own = visit.at(&format!("/circles/{}", shown.circle.id));
    let coming: Vec<Meeting> = shown.meetings.coming(visit.now).take(LISTED).collect();
    let body = html! {
        div class="stack" {
            (crumbs(&visit, &own, &shown.circle.name))
            h1 { (visit.t("meetings-title")) }
            p class="lead" { (meeting::cadence(&visit, &shown.meetings.series)) }
            @if keeps { p class="soft" { (visit.t("meetings-keeper")) } }
        }
        @if coming.is_empty() {
            section class="card stack" {
                p { (visit.t("meetings-none")) }
                @if keeps { div class="row" { a class="btn" href={ (own) "/edit" } { (visit.t("circle-edit")) } } }
            }
        }
        ul class="asks" { @for one in &coming { (line(&visit, &shown, one, keeps)) } }
        @if keeps && !coming.is_empty() { (keeping::plan_button(&visit, &shown)) }
        @if sits { p { a href={ (own) "/held" } { (visit.t("held-title")) } } }
    };
    Ok(page(&visit, &visit.t("meetings-title"), body))
}

/// A meeting in the list.
fn line(visit: &Visit, shown: &Shown, one: &Meeting, keeps: bool) -> Markup {
    let own = visit.at(&format!("/circles/{}/meetings/{}", shown.circle.id, one.on));
    html! {
        li {
            (meeting::date(visit, &one.begins))
            div {
                h2 class="as-h3" { a href=(own) { (meeting::day(visit, &one.begins)) } }
                @if let Some(there) = meeting::elsewhere(visit, &one.begins) { p class="soft" { (there) } }
                (state(visit, shown, one))
                @if !one.is_cancelled() {
                    p class="soft" { (what(visit, shown, one)) }
                    p class="soft" { (keeping::keeper_text(visit, shown, one.on)) }
                }
            }
            @if keeps && one.is_cancelled() { (undo(visit, shown, one)) } @else { span {} }
        }
    }
}

/// Which meeting it is, and whether it is as the series says.
fn state(visit: &Visit, shown: &Shown, one: &Meeting) -> Markup {
    let usual = shown.meetings.part(one.on).series.begins(one.on);
    html! {
        p class="looks" {
            @match one.number {
                Some(number) => span class="tag" { (visit.tw("meeting-number", &with![number = number])) },
                None => span class="tag o" { (visit.t("meeting-cancelled")) },
            }
            @if let (true, Some(usual)) = (one.moved, &usual) { " " span class="tag i" { (visit.tw("meeting-moved", &with![day = meeting::day(visit, usual)])) } }
            @if !one.place.is_empty() { " " span class="tag i" { (visit.tw("meeting-elsewhere", &with![place = one.place.as_str()])) } }
        }
    }
}

fn undo(visit: &Visit, shown: &Shown, one: &Meeting) -> Markup {
    let own = visit.at(&format!("/circles/{}/meetings/{}", shown.circle.id, one.on));
    let label = visit.tw(
        "meeting-undo-label",
        &with![day = meeting::day(visit, &one.begins)],
    );
    html! {
        form method="post" action={ (own) "/undo" } { button class="btn" aria-label=(label) { (visit.t("meeting-undo")) } }
    }
}

/// One meeting, with what can be done with it.
pub async fn show(visit: Visit, Path((_, id, day)): At) -> Answer {
    let on: Date = day.parse().map_err(|_| Problem::NotFound)?;
    let shown = pages::load(&visit, &id, false).await?;
    let one = shown.meetings.on(on).ok_or(Problem::NotFound)?;
    let me = visit.me()?;
    let keeps = shown.is_kept_by(&me);
    let sits = shown.seated.iter().any(|(id, _)| *id == me.person);
    let asked = standin::of_meeting(&visit, &shown, on).await?;
    let own = visit.at(&format!("/circles/{}", shown.circle.id));
    let body = html! {
        div class="split" {
            section class="stack" {
                (crumbs(&visit, &format!("{own}/meetings"), &visit.t("meetings-title")))
                h1 { (meeting::day(&visit, &one.begins)) }
                (state(&visit, &shown, &one))
                (facts(&visit, &shown, &one))
                @if !one.is_cancelled() && one.ends() > moment(visit.now) { (keeping::card(&visit, &shown, &one, &me)) }
                @if sits && !one.is_cancelled() && one.begins > moment(visit.now) { (standin::view::card(&visit, (&shown, on), &asked, &me)) }
                @if keeps && one.begins > moment(visit.now) { (changes(&visit, &shown, &one)) }
            }
            aside class="stack" {
                @if !one.is_cancelled() {
                    (view::agenda_head(&visit, &shown, Some(&one)))
                    (meeting::agenda(&visit, &shown.agenda(Some(&one))))
                    @if !shown.is_short(&one) { (meeting::few(&visit, shown.circle.seats)) }
                }
            }
        }
    };
    Ok(page(&visit, &visit.t("meetings-title"), body))
}

fn facts(visit: &Visit, shown: &Shown, one: &Meeting) -> Markup {
    html! {
        dl class="facts" {
            dt { (visit.t("fact-circle")) } dd { (shown.circle.name) }
            dt { (visit.t("fact-when")) } dd { (meeting::when(visit, &one.begins)) }
            @if !one.is_cancelled() {
                dt { (visit.t("fact-where")) } dd { (meeting::whereabouts(visit, &shown.meetings, &one.place)) }
                dt { (what_head(visit, shown, one)) } dd { (what(visit, shown, one)) }
            }
        }
    }
}

/// What whoever keeps the circle can do with a meeting.
fn changes(visit: &Visit, shown: &Shown, one: &Meeting) -> Markup {
    let own = visit.at(&format!("/circles/{}/meetings/{}", shown.circle.id, one.on));
    let zone = shown
        .meetings
        .series
        .zone
        .iana_name()
        .unwrap_or("UTC")
        .replace('_', " ");
    let is_changed = one.is_cancelled() || one.moved || !one.place.is_empty();
    html! {
        @if is_changed {
            div class="card stack" {
                p { (visit.t("meeting-undo-what")) }
                div class="row" { (undo(visit, shown, one)) }
            }
        }
        @if !one.is_cancelled() {
            form class="card stack" method="post" action={ (own) "/move" } {
                h2 { (visit.t("meeting-move-title")) }
                p class="hint" id="move-hint" { (visit.tw("meeting-move-what", &with![zone = zone])) }
                div class="row" {
                    div class="field short" { label for="to" { (visit.t("meeting-to")) } input id="to" name="to" type="date" required value=(one.begins.date()) aria-describedby="move-hint"; }
                    div class="field short" { label for="at" { (visit.t("plan-starts")) } input id="at" name="at" type="time" required value=(one.begins.strftime("%H:%M")); }
                }
                @if shown.meetings.format.has_room() {
                    div class="field" { label for="place" { (visit.t("meeting-place")) } input id="place" name="place" value=(one.place) maxlength="200"; }
                }
                div class="row" { button class="btn go" { (visit.t("meeting-move")) } }
                p class="readers" { (visit.t("meeting-who")) }
            }
            (step_form(visit, shown, one))
            form class="card stack" method="post" action={ (own) "/skip" } {
                h2 { (visit.t("meeting-skip-title")) }
                p { (visit.t("meeting-skip-what")) }
                div class="row" { button class="btn" { (visit.t("meeting-skip")) } }
            }
        }
        (stitch())
        details {
            summary { (visit.t("series-end-title")) }
            form class="stack" method="post" action={ (own) "/end" } {
                p { (visit.t("series-end-what")) }
                label class="check" { input type="checkbox" name="sure" required; span { (visit.t("series-end-sure")) } }
                div class="row" { button class="btn grave" { (visit.t("series-end")) } }
            }
        }
    }
}

fn step_form(visit: &Visit, shown: &Shown, one: &Meeting) -> Markup {
    let own = visit.at(&format!("/circles/{}/meetings/{}", shown.circle.id, one.on));
    let inventory = shown.is_inventory(one);
    let chosen = shown.meetings.chosen_step(one.on);
    let number = one.number.unwrap_or(1);
    html! {
        form class="card stack" method="post" action={ (own) "/step" } {
            h2 { (visit.t("meeting-step-title")) }
            p class="soft" { (visit.t("meeting-step-what")) }
            div class="field" {
                label for="step" { (visit.t("meeting-step-label")) }
                select id="step" name="step" {
                    option value="" selected[chosen.is_none() && !inventory] { (visit.t("meeting-step-way")) }
                    @if one.minutes >= INVENTORY.into() { option value="inventory" selected[inventory] { (visit.t("meeting-step-inventory")) } }
                    @for step in (1..=12).filter(|step| fits_from(*step) <= number) {
                        option value=(step) selected[chosen == Some(step)] { (visit.tw("step-one", &with![number = step, title = visit.app.practice.title(step)])) }
                    }
                }
            }
            div class="row" { button class="btn" { (visit.t("save")) } }
        }
    }
}

/// Loads a circle that the one asking keeps or stewards, with its meetings.
fn kept(tx: &mut Tx<'_>, me: &Me, id: CircleId) -> Result<(Circle, Meetings), Problem> {
    let circle = rows::kept_by(tx, me, id)?.ok_or(Problem::NotFound)?;
    let meetings = meeting::get(tx, me.movement, circle.series)?;
    Ok((circle, meetings.ok_or(Problem::NotFound)?))
}

/// Does something with one meeting of a circle, and goes back to the list.
async fn deed(
    visit: &Visit,
    (id, day): (&str, &str),
    told: &str,
    act: impl Fn(&mut Tx<'_>, &Me, &Meetings, Date, Time) -> Result<(), Problem> + Send + 'static,
) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let circle: CircleId = id.parse().map_err(|_| Problem::NotFound)?;
    let on: Date = day.parse().map_err(|_| Problem::NotFound)?;
    let done = visit.app.store.write(me.scope(), move |tx| {
        let (circle, meetings) = kept(tx, &me, circle)?;
        act(tx, &me, &meetings, on, now)?;
        coming::tell_of_change(tx, &me, (&circle, &meetings), now)?;
        ledger::note(tx, &me, Deed::CircleChanged, Some(circle.id.0), now)?;
        Ok::<_, Problem>(())
    });
    done.await?;
    let told = told.trim_start_matches("told-");
    Ok(Redirect::to(&visit.at(&format!("/circles/{id}/meetings?told={told}"))).into_response())
}

pub async fn move_one(visit: Visit, Path((_, id, day)): At, fields: Fields) -> Answer {
    let wrong = Problem::Refused("meeting-wrong");
    let (to, at): (Option<Date>, Option<Clock>) = (fields.parse("to"), fields.parse("at"));
    let (Some(to), Some(at)) = (to, at) else {
        return Err(wrong);
    };
    let place: String = tidy(&fields.text("place")).chars().take(200).collect();
    deed(
        &visit,
        (&id, &day),
        "told-meeting-moved",
        move |tx, me, meetings, on, now| {
            let there = (on, to.to_datetime(at), place.as_str());
            meeting::move_one(tx, me.movement, meetings, there, now)
        },
    )
    .await
}

pub async fn skip_one(visit: Visit, Path((_, id, day)): At) -> Answer {
    deed(
        &visit,
        (&id, &day),
        "told-meeting-skipped",
        |tx, me, meetings, on, now| meeting::skip_one(tx, me.movement, meetings, on, now),
    )
    .await
}

pub async fn undo_one(visit: Visit, Path((_, id, day)): At) -> Answer {
    deed(
        &visit,
        (&id, &day),
        "told-meeting-undone",
        |tx, me, meetings, on, now| meeting::undo_one(tx, me.movement, meetings, on, now),
    )
    .await
}

pub async fn choose(visit: Visit, Path((_, id, day)): At, fields: Fields) -> Answer {
    let chosen = match fields.text("step").as_str() {
        "inventory" => Chosen::Inventory,
        _ => fields.parse("step").map_or(Chosen::Way, Chosen::Step),
    };
    deed(
        &visit,
        (&id, &day),
        "told-saved",
        move |tx, me, meetings, on, _| meeting::choose(tx, me.movement, meetings, (on, chosen)),
    )
    .await
}

/// No meeting takes place from this one on.
pub async fn end_series(visit: Visit, Path((_, id, day)): At, fields: Fields) -> Answer {
    if !fields.has("sure") {
        return Err(Problem::Refused("series-end-unsure"));
    }
    deed(
        &visit,
        (&id, &day),
        "told-series-ended",
        |tx, me, meetings, on, now| meeting::end(tx, me.movement, meetings, on, now),
    )
    .await
}
