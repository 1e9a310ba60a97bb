//! Circles for those who sit in them, keep them or steward them.

use std::collections::HashMap;

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::{Time as Clock, Weekday};
use maud::{Markup, html};
use mend_rules::help::Help;
use mend_rules::id::{CircleId, PersonId};
use mend_rules::meeting::Nth;
use mend_rules::movement::{NAME_LENGTH, tidy};
use mend_rules::time::Time;
use mend_store::Tx;

use super::acts::{self, Circle, Plan};
use super::{rows, seats, view};
use crate::meeting::{self, Format, Meetings};
use crate::movement;
use crate::web::form::Fields;
use crate::web::page::{again, crumbs, page_with, stitch};
use crate::web::{Answer, Me, Problem, Visit, page};
use crate::with;

/// A circle with everything its pages show.
pub struct Shown {
    pub circle: Circle,
    pub meetings: Meetings,
    pub seated: Vec<(PersonId, String)>,
    pub keeper: Option<String>,
    /// What people say of themselves beside their names.
    pub more: HashMap<PersonId, movement::More>,
    /// Whom the movement says one can turn to.
    pub help: Vec<Help>,
    /// Whether legal cases are to stay out, because of the working group of somebody in it.
    pub law: bool,
}

impl Shown {
    /// Some circles with everything that is shown of them, by as many queries for many as for one.
    pub fn load(tx: &mut Tx<'_>, me: &Me, circles: Vec<Circle>) -> Result<Vec<Self>, Problem> {
        let only = if let [one] = circles.as_slice() {
            Some(one.id)
        } else {
            None
        };
        let mut series = meeting::all(tx, me.movement)?;
        let mut seated = rows::seated(tx, me.movement, only)?;
        let names = acts::names(tx, me.movement)?;
        let more = movement::more(tx, me.movement)?;
        let help = movement::help::list(tx, me.movement)?;
        let noticed = movement::noticed(tx, me.movement)?;
        let shown = |circle: Circle| {
            let seated = seated.remove(&circle.id).unwrap_or_default();
            Some(Self {
                meetings: series.remove(&circle.series)?,
                more: more.clone(),
                help: help.clone(),
                law: seated.iter().any(|(id, _)| noticed.contains(id)),
                seated,
                keeper: circle.keeper.and_then(|id| names.get(&id).cloned()),
                circle,
            })
        };
        Ok(circles.into_iter().filter_map(shown).collect())
    }
}

async fn load(visit: &Visit, id: &str, kept: bool) -> Result<Shown, Problem> {
    let id: CircleId = id.parse().map_err(|_| Problem::NotFound)?;
    let me = visit.me()?;
    visit
        .app
        .store
        .read(me.scope(), move |tx| {
            let find = if kept { rows::kept_by } else { rows::seen_by };
            let circle = find(tx, &me, id)?.ok_or(Problem::NotFound)?;
            Shown::load(tx, &me, vec![circle])?
                .pop()
                .ok_or(Problem::NotFound)
        })
        .await
}

/// My circles, and for a steward all of them and what can be done.
pub async fn list(visit: Visit) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let asking = me.clone();
    let (circles, draft, free) = visit
        .app
        .store
        .read(me.scope(), move |tx| {
            let circles = rows::circles_of(tx, &asking, true)?;
            let shown = Shown::load(tx, &asking, circles)?;
            let draft = if asking.steward {
                rows::waiting_draft(tx, &asking)?
            } else {
                None
            };
            let free = if asking.steward {
                free_people(tx, &asking, now)?
            } else {
                0
            };
            Ok::<_, Problem>((shown, draft, free))
        })
        .await?;
    let body = html! {
        div class="stack" {
            h1 { (visit.t("circles-title")) }
            p class="lead" { (visit.t("circles-lead")) }
        }
        @if me.steward { (view::steward_card(&visit, draft.map(|(id, _)| id), free)) }
        section class="stack" {
            h2 { (visit.t(if me.steward { "circles-all" } else { "circles-mine" })) }
            @if circles.is_empty() { p { (visit.t("circles-none")) } }
            ul class="asks" { @for shown in &circles { (view::line(&visit, shown)) } }
        }
    };
    Ok(page(&visit, &visit.t("circles-title"), body))
}

/// How many people a proposal could seat now.
fn free_people(tx: &mut Tx<'_>, me: &Me, now: Time) -> Result<usize, Problem> {
    let taken = rows::taken(tx, me.movement, now)?;
    let (people, _) = movement::candidates(tx, me.movement, &jiff::tz::TimeZone::UTC, now)?;
    Ok(people
        .iter()
        .filter(|person| !taken.contains(&person.id))
        .count())
}

pub async fn show(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let shown = load(&visit, &id, false).await?;
    let body = view::circle(&visit, &shown, &visit.me()?);
    Ok(page(&visit, &visit.t("circle-head"), body))
}

/// The hour on one sheet of paper, for a circle without screens.
pub async fn sheet(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let shown = load(&visit, &id, false).await?;
    let body = view::sheet(&visit, &shown);
    Ok(page_with(
        &visit,
        &visit.t("circle-head"),
        body,
        &["sign.js"],
    ))
}

/// When and where, as a form sends it.
pub fn plan(fields: &Fields) -> Option<Plan> {
    Some(Plan {
        nth: Nth::new(fields.parse("nth")?)?,
        weekday: Weekday::from_monday_one_offset(fields.parse("weekday")?).ok()?,
        starts: fields.parse::<Clock>("starts")?,
        format: Format::read(&fields.text("format"))?,
        place: tidy(&fields.text("place")).chars().take(200).collect(),
        by_hours: fields.has("by-hours"),
    })
}

/// The inputs that [`plan`] reads. What was sent before stands in them again.
pub fn plan_fields(visit: &Visit, sent: &Fields) -> Markup {
    let chosen = |name: &str, value: &str, usual: &str| {
        let sent = sent.text(name);
        if sent.is_empty() {
            value == usual
        } else {
            value == sent
        }
    };
    let starts = sent.text("starts");
    let starts = if starts.is_empty() {
        "19:00".into()
    } else {
        starts
    };
    html! {
        fieldset {
            legend { (visit.t("plan-when")) }
            div class="row" {
                div class="field short" { label for="nth" { (visit.t("plan-nth")) } select id="nth" name="nth" { @for nth in Nth::ALL { @let n = nth.number().to_string(); option value=(n) selected[chosen("nth", &n, "2")] { (visit.t(&format!("nth-{n}"))) } } } }
                div class="field short" { label for="weekday" { (visit.t("plan-weekday")) } select id="weekday" name="weekday" { @for day in 1..=7 { @let n = day.to_string(); option value=(n) selected[chosen("weekday", &n, "2")] { (visit.t(&format!("weekday-{n}"))) } } } }
                div class="field short" { label for="starts" { (visit.t("plan-starts")) } input id="starts" name="starts" type="time" value=(starts) required; }
            }
        }
        fieldset class="options" {
            legend { (visit.t("plan-format")) }
            @for format in Format::ALL { label class="option" { input type="radio" name="format" value=(format.word()) checked[chosen("format", format.word(), "online")]; span { (visit.t(&format!("format-{}", format.word()))) } } }
        }
        div class="field" {
            label for="place" { (visit.t("plan-place")) }
            p class="hint" id="place-hint" { (visit.t("plan-place-hint")) }
            input id="place" name="place" value=(sent.text("place")) maxlength="200" aria-describedby="place-hint";
        }
    }
}

fn as_fields(shown: &Shown) -> Fields {
    let series = &shown.meetings.series;
    let mut text = form_urlencoded::Serializer::new(String::new());
    text.append_pair("nth", &series.nth.number().to_string())
        .append_pair(
            "weekday",
            &series.weekday.to_monday_one_offset().to_string(),
        )
        .append_pair("starts", &series.starts.strftime("%H:%M").to_string())
        .append_pair("format", shown.meetings.format.word())
        .append_pair("place", &shown.meetings.place)
        .append_pair("name", &shown.circle.name);
    Fields::read(text.finish().as_bytes())
}

pub async fn edit(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let shown = load(&visit, &id, true).await?;
    let body = edit_form(&visit, &shown, &as_fields(&shown), None);
    Ok(page(&visit, &visit.t("circle-edit"), body))
}

fn edit_form(visit: &Visit, shown: &Shown, fields: &Fields, wrong: Option<&str>) -> Markup {
    let own = visit.at(&format!("/circles/{}", shown.circle.id));
    html! {
        div class="narrow stack" {
            (crumbs(visit, &own, &shown.circle.name))
            h1 { (visit.t("circle-edit")) }
            form class="stack" method="post" action={ (own) "/edit" } {
                @if let Some(wrong) = wrong { p class="note r" role="alert" { (visit.t(wrong)) } }
                div class="field" { label for="name" { (visit.t("circle-name")) } input id="name" name="name" value=(fields.text("name")) required maxlength="80"; }
                (plan_fields(visit, fields))
                div class="row" { button class="btn go" { (visit.t("save")) } a class="btn quiet" href=(own) { (visit.t("cancel")) } }
                p class="readers" { (visit.tw("circle-edit-then", &with![zone = shown.meetings.series.zone.iana_name().unwrap_or("UTC")])) }
            }
            (stitch())
            (seats::all_seats(visit, shown))
            form class="stack" method="post" action={ (own) "/end" } {
                h2 { (visit.t("circle-end-title")) }
                p { (visit.t("circle-end-what")) }
                label class="check" { input type="checkbox" name="sure" required; span { (visit.t("circle-end-sure")) } }
                button class="btn grave" { (visit.t("circle-end")) }
            }
        }
    }
}

pub async fn save(visit: Visit, Path((_, id)): Path<(String, String)>, fields: Fields) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let name = tidy(&fields.text("name"));
    let named = !name.is_empty() && name.chars().count() <= NAME_LENGTH;
    let Some(plan) = plan(&fields).filter(|_| named) else {
        let shown = load(&visit, &id, true).await?;
        let body = edit_form(&visit, &shown, &fields, Some("plan-wrong"));
        return Ok(again(page(&visit, &visit.t("circle-edit"), body)));
    };
    let circle: CircleId = id.parse().map_err(|_| Problem::NotFound)?;
    visit
        .app
        .store
        .write(me.scope(), move |tx| {
            acts::change(tx, &me, circle, &name, &plan, now)
        })
        .await?;
    Ok(Redirect::to(&visit.at(&format!("/circles/{id}?told=saved"))).into_response())
}

pub async fn end(visit: Visit, Path((_, id)): Path<(String, String)>, fields: Fields) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let circle: CircleId = id.parse().map_err(|_| Problem::NotFound)?;
    if !fields.has("sure") {
        return Err(Problem::Refused("circle-end-unsure"));
    }
    visit
        .app
        .store
        .write(me.scope(), move |tx| acts::end(tx, &me, circle, now))
        .await?;
    Ok(Redirect::to(&visit.at("/circles?told=ended")).into_response())
}
