//! Circles for those who sit in them, keep them or steward them.

use std::collections::HashMap;

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use mend_rules::help::Help;
use mend_rules::id::{CircleId, PersonId};
use mend_rules::keeping::may_keep;
use mend_rules::live::MOST_SEATS;
use mend_rules::meeting::{self as rule, Meeting, Part, Walk};
use mend_rules::movement::{NAME_LENGTH, tidy};
use mend_rules::people::{Age, may_sit};
use mend_rules::safeguarding::Care;
use mend_rules::step::Number;
use mend_rules::time::Time;
use mend_rules::wave::Wave;
use mend_store::Tx;

use super::acts::{self, Circle};
use super::agreements::Agreed;
use super::rows::Planned;
use super::ways::Ways;
use super::{change, open, rows, seats, shown_to, shown_to_keeper, view};
use crate::meeting::{self, Meetings, plan, plan_fields, plan_sent};
use crate::movement;
use crate::step::{self, Group};
use crate::web::form::Fields;
use crate::web::page::{again, crumbs, stitch};
use crate::web::{Answer, Me, Problem, Visit, page};
use crate::with;

/// A circle with everything its pages show.
pub struct Shown {
    pub circle: Circle,
    pub meetings: Meetings,
    pub ways: Ways,
    /// Who is planned to keep which meeting.
    pub planned: Vec<Planned>,
    pub agreed: Agreed,
    pub seated: Vec<(PersonId, String)>,
    /// Who stands in for somebody at the meeting that is held now.
    pub guests: Vec<(PersonId, String)>,
    pub keeper: Option<String>,
    /// What people say of themselves beside their names.
    pub more: HashMap<PersonId, movement::More>,
    /// Whom the movement says one can turn to.
    pub help: Vec<Help>,
    /// Whether legal cases are to stay out, because of the working group of somebody in it.
    pub law: bool,
    /// How safeguarding stands in the movement.
    pub care: Care,
    /// Whether somebody under 18 has a seat in it and fewer than two adults have. For stewards.
    pub lone: bool,
    /// The same for the doors of the circle; where people under 18 have a place, also with so few
    /// seats taken that a closed door would tell somebody's age.
    pub waits: bool,
    /// Whether whoever looks may keep it, as far as their own age goes.
    pub may_keep: bool,
    /// The wave in which meetings are short, be it over or not.
    pub wave: Option<Wave>,
}

/// Where people under 18 have a place, a circle is opened from so many taken seats on.
const OPENED_FROM: usize = 3;

impl Shown {
    /// Some circles with everything that is shown of them, by as many queries for many as for one.
    pub fn load(tx: &mut Tx<'_>, me: &Me, circles: Vec<Circle>) -> Result<Vec<Self>, Problem> {
        let only = if let [one] = circles.as_slice() {
            Some(one.id)
        } else {
            None
        };
        let mut series = meeting::all(tx, me.movement)?;
        let ways = rows::ways(tx, me.movement)?;
        let mut planned = rows::planned(tx, me.movement)?;
        let agreements = rows::agreements(tx, me.movement)?;
        let consents = rows::consents(tx, me.movement)?;
        let agreed = |id: CircleId| {
            let said = consents.iter().filter(|(circle, _)| *circle == id);
            let said: Vec<_> = said.map(|(_, said)| *said).collect();
            Agreed::new(agreements.get(&id), &said)
        };
        let mut seated = rows::seated(tx, me.movement, only)?;
        let names = acts::names(tx, me.movement)?;
        let more = movement::more(tx, me.movement)?;
        let help = movement::help::list(tx, me.movement)?;
        let noticed = movement::noticed(tx, me.movement)?;
        let care = movement::safeguarding::care(tx, me.movement)?;
        let minors = movement::minors(tx, me.movement)?;
        let age = |id: &PersonId| Age::of(minors.contains(id));
        let wave = movement::wave(tx, me.movement)?;
        let shown = |circle: Circle| {
            let seated = seated.remove(&circle.id).unwrap_or_default();
            let waits = !may_sit(seated.iter().map(|(id, _)| age(id)));
            Some(Self {
                meetings: series.remove(&circle.series)?,
                ways: ways.get(&circle.id).copied().unwrap_or_default(),
                planned: planned.remove(&circle.id).unwrap_or_default(),
                agreed: agreed(circle.id),
                more: more.clone(),
                help: help.clone(),
                wave,
                law: seated.iter().any(|(id, _)| noticed.contains(id)),
                care,
                lone: me.steward && waits,
                waits: waits || care != Care::Off && seated.len() < OPENED_FROM,
                may_keep: may_keep(age(&me.person)),
                seated,
                guests: Vec::new(),
                keeper: circle.keeper.and_then(|id| names.get(&id).cloned()),
                circle,
            })
        };
        Ok(circles.into_iter().filter_map(shown).collect())
    }

    /// One circle with everything that is shown of it.
    pub fn one(tx: &mut Tx<'_>, me: &Me, circle: Circle) -> Result<Self, Problem> {
        let shown = Self::load(tx, me, vec![circle])?.pop();
        shown.ok_or(Problem::NotFound)
    }

    /// Whether somebody may open the circle to new people: whoever keeps it and has a seat, and
    /// while it is empty any steward.
    pub fn says_who_comes_in(&self, me: &Me) -> bool {
        self.seated.is_empty() || self.name(Some(me.person)).is_some()
    }

    /// A circle has a seat for everybody who sits in it, and two at least.
    pub fn fewest_seats(&self) -> usize {
        self.seated.len().max(2)
    }

    /// Everybody who is let in where it is held: those with a seat, then those who stand in.
    pub fn let_in(&self) -> Vec<(PersonId, String)> {
        [&self.seated[..], &self.guests].concat()
    }

    /// Whether somebody may change the circle.
    pub fn is_kept_by(&self, me: &Me) -> bool {
        me.steward || self.circle.keeper == Some(me.person)
    }

    /// The length of the agenda of its next meeting, in minutes.
    pub fn length(&self, now: Time) -> u32 {
        match self.meetings.next_meeting(now) {
            Some(next) => self.length_of(&next),
            None => rule::length(self.meetings.series.minutes),
        }
    }

    fn length_of(&self, meeting: &Meeting) -> u32 {
        rule::length(meeting::minutes_of(meeting, self.wave))
    }

    /// The agenda of a meeting, or the usual one where none is near.
    pub fn agenda(&self, meeting: Option<&Meeting>) -> Vec<Part> {
        let seats = self.circle.seats.max(2);
        match meeting {
            Some(one) if self.is_inventory(one) => rule::inventory(seats),
            Some(one) => rule::agenda(self.length_of(one), seats),
            None => rule::agenda(rule::length(self.meetings.series.minutes), seats),
        }
    }

    /// Whether a meeting is a group inventory.
    pub fn is_inventory(&self, meeting: &Meeting) -> bool {
        self.meetings.is_inventory(meeting, self.wave)
    }

    /// Whether a meeting is a short one without a step.
    pub fn is_short(&self, meeting: &Meeting) -> bool {
        meeting::is_short(meeting, self.wave)
    }
}

pub(super) async fn load(visit: &Visit, id: &str, kept: bool) -> Result<Shown, Problem> {
    let id: CircleId = id.parse().map_err(|_| Problem::NotFound)?;
    let me = visit.me()?;
    visit
        .app
        .store
        .read(me.scope(), move |tx| match kept {
            true => shown_to_keeper(tx, &me, id),
            false => shown_to(tx, &me, id),
        })
        .await
}

/// My circles, and for a steward all of them and what can be done.
pub async fn list(visit: Visit) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let asking = me.clone();
    let (circles, open, draft, free) = visit
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
            Ok::<_, Problem>((shown, open::circles(tx, &asking, now)?, draft, free))
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
        @if !open.is_empty() {
            section class="stack" {
                h2 { (visit.t("open-circles")) }
                p class="soft" { (visit.t("open-who")) }
                ul class="asks" { @for shown in &open { (open::line(&visit, shown)) } }
            }
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

/// The step of the next meeting, for one person or for everybody on paper; none where the circle
/// chooses it when it meets.
async fn step_of(
    visit: &Visit,
    shown: &Shown,
    me: Option<Me>,
) -> Result<Option<step::Said>, Problem> {
    let next = shown.meetings.next_meeting(visit.now);
    let first = next
        .and_then(|next| shown.steps(&next))
        .map(|steps| *steps.start());
    let Some(number) = first
        .and_then(|first| u8::try_from(first).ok())
        .and_then(Number::new)
    else {
        return Ok(None);
    };
    let (app, place, id) = (
        visit.app.clone(),
        visit.movement()?.clone(),
        shown.circle.id,
    );
    let said = visit.app.store.read(visit.me()?.scope(), move |tx| {
        step::said(tx, &app, &place, Group::Circle(id), me.as_ref(), number)
    });
    Ok(Some(said.await?))
}

pub async fn show(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let shown = load(&visit, &id, false).await?;
    let me = visit.me()?;
    let step = step_of(&visit, &shown, Some(me.clone())).await?;
    let body = view::circle(&visit, &shown, step.as_ref(), &me);
    Ok(page(&visit, &visit.t("circle-head"), body))
}

fn as_fields(shown: &Shown, now: Time) -> Fields {
    let mut text = form_urlencoded::Serializer::new(String::new());
    text.extend_pairs(plan_sent(&shown.meetings, now))
        .append_pair("name", &shown.circle.name)
        .append_pair("walk", shown.ways.walk.word())
        .append_pair("every", &shown.ways.join_every.to_string())
        .append_pair("seats", &shown.circle.seats.to_string());
    if shown.ways.open {
        text.append_pair("open", "on");
    }
    Fields::read(text.finish().as_bytes())
}

pub async fn edit(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let shown = load(&visit, &id, true).await?;
    let body = edit_form(&visit, &shown, &as_fields(&shown, visit.now), None);
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
                div class="field short" { label for="seats" { (visit.t("open-seats")) } input id="seats" name="seats" type="number" min=(shown.fewest_seats()) max=(MOST_SEATS) required value=(fields.text("seats")); }
                (plan_fields(visit, fields))
                (from_field(visit, shown, fields))
                (walk_field(visit, fields))
                @if visit.me().is_ok_and(|me| shown.says_who_comes_in(&me)) { (open_field(visit, fields)) }
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

/// From which meeting on a new rhythm holds.
fn from_field(visit: &Visit, shown: &Shown, fields: &Fields) -> Markup {
    let sent = fields.text("from");
    let coming: Vec<_> = shown.meetings.coming(visit.now).take(6).collect();
    html! {
        @if !coming.is_empty() {
            div class="field" {
                label for="from" { (visit.t("plan-from")) }
                p class="hint" id="from-hint" { (visit.t("plan-from-hint")) }
                select id="from" name="from" aria-describedby="from-hint" {
                    option value="" { (visit.t("plan-from-now")) }
                    @for one in &coming {
                        @let day = one.on.to_string();
                        option value=(day) selected[day == sent] { (visit.tw("plan-from-day", &with![day = visit.long_day(one.begins.date())])) }
                    }
                }
            }
        }
    }
}

/// How the circle goes along the steps.
fn walk_field(visit: &Visit, fields: &Fields) -> Markup {
    let sent = Walk::read(&fields.text("walk")).unwrap_or(Walk::Sequence);
    html! {
        fieldset class="options" {
            legend { (visit.t("walk-title")) }
            @for walk in Walk::ALL { label class="option" { input type="radio" name="walk" value=(walk.word()) checked[walk == sent]; span { (visit.t(&format!("walk-{}", walk.word()))) } } }
        }
    }
}

/// How new people come in.
fn open_field(visit: &Visit, fields: &Fields) -> Markup {
    let every = fields.parse("every").unwrap_or(Ways::default().join_every);
    html! {
        fieldset class="options" {
            legend { (visit.t("open-new")) }
            label class="option" { input type="checkbox" name="open" checked[fields.has("open")]; span { (visit.t("open-open")) } }
            div class="field short" { label for="every" { (visit.t("open-every")) } input id="every" name="every" type="number" min="1" max="12" required value=(every); }
        }
    }
}

/// What a circle settles for itself, as the form says it.
fn ways(fields: &Fields) -> Ways {
    let usual = Ways::default();
    Ways {
        walk: Walk::read(&fields.text("walk")).unwrap_or(usual.walk),
        open: fields.has("open"),
        join_every: fields
            .parse("every")
            .filter(|n| (1..=12).contains(n))
            .unwrap_or(usual.join_every),
    }
}

pub async fn save(visit: Visit, Path((_, id)): Path<(String, String)>, fields: Fields) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let name = tidy(&fields.text("name"));
    let named = !name.is_empty() && name.chars().count() <= NAME_LENGTH;
    let plan = match plan(&fields) {
        Ok(plan) if named => plan,
        wrong => {
            let shown = load(&visit, &id, true).await?;
            let wrong = wrong.err().unwrap_or("plan-wrong");
            let body = edit_form(&visit, &shown, &fields, Some(wrong));
            return Ok(again(page(&visit, &visit.t("circle-edit"), body)));
        }
    };
    let from = fields.parse("from");
    let ways = (ways(&fields), fields.parse("seats"));
    let circle: CircleId = id.parse().map_err(|_| Problem::NotFound)?;
    visit
        .app
        .store
        .write(me.scope(), move |tx| {
            change::change(tx, &me, circle, (&name, &plan, from, ways), now)
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
        .write(me.scope(), move |tx| change::end(tx, &me, circle, now))
        .await?;
    Ok(Redirect::to(&visit.at("/circles?told=ended")).into_response())
}
