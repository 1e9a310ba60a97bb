//! The shortest way to a circle: some people, an hour, a step, and nothing else set up.
//! Never: says why a seat is not possible.

use axum::response::{IntoResponse, Redirect};
use jiff::ToSpan;
use jiff::civil::{Date, Time as Clock};
use maud::{Markup, html};
use mend_rules::circle::{self as rule, Pool, Ring, VEILED_FROM};
use mend_rules::id::{CircleId, PersonId, SeriesId};
use mend_rules::meeting::{Cadence, Ends, Nth};
use mend_rules::movement::{NAME_LENGTH, folded, tidy};
use mend_rules::time::Time;
use mend_store::Tx;

use super::invitation::not_public;
use super::{acts, draft, rows};
use crate::app::{App, fresh};
use crate::ledger::{self, Deed};
use crate::meeting::{Format, Meetings, Plan, moment};
use crate::movement::{self, Person};
use crate::web::form::Fields;
use crate::web::page::{again, crumbs};
use crate::web::visit::Movement;
use crate::web::{Answer, Me, Problem, Visit, page};
use crate::with;

/// The fewest and the most people of a circle that is begun like this.
const PEOPLE: std::ops::RangeInclusive<usize> = 2..=20;

/// Days from today to the first meeting that the form offers.
const AHEAD: i64 = 8;

/// What the form says: names, and when the first hour is.
#[derive(Clone)]
struct Start {
    /// Made when the form was shown, so that sending it twice begins one circle.
    id: CircleId,
    names: Vec<String>,
    chosen: Vec<PersonId>,
    with_me: bool,
    on: Date,
    plan: Plan,
}

pub async fn show(visit: Visit) -> Answer {
    let sent = Fields::default();
    form(&visit, &sent, None).await
}

async fn form(visit: &Visit, sent: &Fields, wrong: Option<&str>) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let asking = me.clone();
    let (free, own) = visit
        .app
        .store
        .read(me.scope(), move |tx| {
            let all = free(tx, &asking, now)?;
            let own = all.iter().any(|(id, _)| *id == asking.person);
            Ok::<_, Problem>((all, own))
        })
        .await?;
    let others: Vec<_> = free
        .into_iter()
        .filter(|(id, _)| *id != me.person)
        .collect();
    let body = view(visit, sent, (&others, own), wrong);
    Ok(page(visit, &visit.t("start-title"), body))
}

/// People whom a circle could seat, by name.
fn free(tx: &mut Tx<'_>, me: &Me, now: Time) -> Result<Vec<(PersonId, String)>, Problem> {
    let taken = rows::taken(tx, me.movement, now)?;
    let (here, _) = movement::candidates(tx, me.movement, &jiff::tz::TimeZone::UTC, now)?;
    let free = |id: &PersonId| !taken.contains(id) && here.iter().any(|one| one.id == *id);
    let mut all = movement::names(tx, me.movement)?;
    all.retain(|(id, _)| free(id));
    Ok(all)
}

fn view(
    visit: &Visit,
    sent: &Fields,
    (others, own): (&[(PersonId, String)], bool),
    wrong: Option<&str>,
) -> Markup {
    let again = sent.has("to");
    let ticked = |id: &PersonId| sent.all("person").any(|one| one == id.to_string());
    html! {
        div class="narrow stack" {
            (crumbs(visit, &visit.at("/circles"), &visit.t("nav-circles")))
            h1 { (visit.t("start-title")) }
            p class="lead" { (visit.t("start-lead")) }
            form class="stack" method="post" action=(visit.at("/circles/start")) {
                @if let Some(wrong) = wrong { p class="note r" role="alert" { (visit.t(wrong)) } }
                (not_public(visit))
                @if others.is_empty() && !own { p class="note i" { (visit.t("start-nobody-free")) } }
                @if own { label class="check" { input type="checkbox" name="with-me" checked[!again || sent.has("with-me")]; span { (visit.t("start-me")) } } }
                div class="field" {
                    label for="names" { (visit.t("start-names")) }
                    p class="hint" id="names-hint" { (visit.t("start-names-hint")) }
                    textarea id="names" name="names" rows="6" aria-describedby="names-hint" { (sent.text("names")) }
                }
                @if !others.is_empty() {
                    details open[sent.has("person")] {
                        summary { (visit.t("start-list")) }
                        fieldset class="options" {
                            legend class="visually-hidden" { (visit.t("start-list")) }
                            @for (id, name) in others { label class="option" { input type="checkbox" name="person" value=(id) checked[ticked(id)]; span { (name) } } }
                        }
                    }
                }
                @if others.len() >= *PEOPLE.start() { label class="check" { input type="checkbox" name="fill" checked[sent.has("fill")]; span { (visit.tw("start-fill", &with![size = visit.place.as_ref().map_or(6, |place| place.movement.circle_size)])) } } }
                (when(visit, sent))
                input type="hidden" name="fresh" value=(CircleId(fresh()));
                div class="row" { button class="btn go" { (visit.t("start-go")) } a class="btn quiet" href=(visit.at("/circles")) { (visit.t("cancel")) } }
                p class="readers" { (visit.t(if visit.app.writes() { "start-then-mail" } else { "start-then" })) }
            }
        }
    }
}

fn when(visit: &Visit, sent: &Fields) -> Markup {
    let zone = visit
        .place
        .as_ref()
        .map(|place| place.movement.zone.clone());
    let today = visit.now.day(&zone.unwrap_or(jiff::tz::TimeZone::UTC));
    let text = |name: &str, usual: String| {
        let text = sent.text(name);
        if text.is_empty() { usual } else { text }
    };
    let cadence = text("cadence", "monthly".into());
    let format = text("format", "room".into());
    html! {
        fieldset {
            legend { (visit.t("start-when")) }
            div class="row" {
                div class="field short" { label for="to" { (visit.t("meeting-to")) } input id="to" name="to" type="date" required value=(text("to", today.saturating_add(AHEAD.days()).to_string())); }
                div class="field short" { label for="starts" { (visit.t("plan-starts")) } input id="starts" name="starts" type="time" required value=(text("starts", "19:00".into())); }
                div class="field short" {
                    label for="cadence" { (visit.t("start-then-every")) }
                    select id="cadence" name="cadence" {
                        @for word in ["monthly", "four-weekly", "fortnightly", "weekly", "eight-weeks"] { option value=(word) selected[word == cadence] { (visit.t(&format!("plan-{word}"))) } }
                    }
                }
            }
        }
        fieldset class="options" {
            legend { (visit.t("plan-format")) }
            @for one in Format::ALL { label class="option" { input type="radio" name="format" value=(one.word()) checked[one.word() == format]; span { (visit.t(&format!("format-{}", one.word()))) } } }
        }
        p class="soft" { (visit.t("start-where")) }
    }
}

/// What a form says; the key of the text that says what is missing.
fn read(fields: &Fields) -> Result<Start, &'static str> {
    let on: Date = fields.parse("to").ok_or("plan-wrong")?;
    let starts: Clock = fields.parse("starts").ok_or("plan-wrong")?;
    let (cadence, ends) = match fields.text("cadence").as_str() {
        "monthly" => (Cadence::Monthly(Nth::of(on)), Ends::Open),
        "four-weekly" => (Cadence::FourWeekly, Ends::Open),
        "fortnightly" => (Cadence::Fortnightly, Ends::Open),
        "weekly" => (Cadence::Weekly, Ends::Open),
        "eight-weeks" => (Cadence::Weekly, Ends::After(8)),
        _ => return Err("plan-wrong"),
    };
    let names: Vec<String> = fields
        .text("names")
        .lines()
        .map(tidy)
        .filter(|n| !n.is_empty())
        .collect();
    if names.iter().any(|name| name.chars().count() > NAME_LENGTH) {
        return Err("start-name-long");
    }
    Ok(Start {
        id: fields.parse("fresh").unwrap_or(CircleId(fresh())),
        names,
        chosen: fields
            .all("person")
            .filter_map(|id| id.parse().ok())
            .collect(),
        with_me: fields.has("with-me"),
        on,
        plan: Plan {
            cadence,
            weekday: on.weekday(),
            starts,
            minutes: 60,
            ends,
            format: Format::read(&fields.text("format")).ok_or("plan-wrong")?,
            place: String::new(),
            link: String::new(),
            dial: String::new(),
            by_hours: false,
        },
    })
}

pub async fn make(visit: Visit, fields: Fields) -> Answer {
    let start = match read(&fields) {
        Ok(start) => start,
        Err(wrong) => return Ok(again(form(&visit, &fields, Some(wrong)).await?)),
    };
    let (me, now, app) = (visit.me()?, visit.now, visit.app.clone());
    let (place, names) = (visit.movement()?.clone(), draft::names(&visit));
    let start = if fields.has("fill") {
        filled(&visit, start).await?
    } else {
        start
    };
    let made = visit.app.store.write(me.scope(), move |tx| {
        begin(tx, (&app, &place), &me, (&start, &names), now)
    });
    match made.await {
        Ok(()) => Ok(Redirect::to(&visit.at("/invitations?told=started")).into_response()),
        Err(Problem::Refused(wrong)) => Ok(again(form(&visit, &fields, Some(wrong)).await?)),
        Err(other) => Err(other),
    }
}

/// The same with seats filled up by a proposal: whoever would be seated with me, or else the first
/// circle of it.
async fn filled(visit: &Visit, mut start: Start) -> Result<Start, Problem> {
    let (me, now, app) = (visit.me()?, visit.now, visit.app.clone());
    let place = visit.movement()?.clone();
    let size = place.circle_size;
    let pool = visit
        .app
        .store
        .read(me.scope(), move |tx| {
            Ok::<_, Problem>(acts::load_pool(tx, &app.key.0, &place, now)?)
        })
        .await?;
    let seed = now.0 as u64 % 1_000_000;
    let proposal = tokio::task::spawn_blocking(move || acts::propose_now(&pool, size, seed))
        .await
        .map_err(|e| Problem::Broken(e.to_string()))?;
    let with_me = |ring: &&Ring| ring.members.contains(&me.person);
    let ring = proposal
        .rings
        .iter()
        .find(with_me)
        .or(proposal.rings.first());
    start.chosen = ring.map(|ring| ring.members.clone()).unwrap_or_default();
    Ok(start)
}

/// Makes the circle: names that are not in the list yet are added, everybody is invited, and
/// whoever begins it with a seat of their own has it at once, and keeps it.
fn begin(
    tx: &mut Tx<'_>,
    (app, place): (&App, &Movement),
    me: &Me,
    (start, names): (&Start, &[String]),
    now: Time,
) -> Result<(), Problem> {
    let circle = start.id;
    if rows::seen_by(tx, me, circle)?.is_some() {
        return Ok(());
    }
    let first = start
        .on
        .to_datetime(start.plan.starts)
        .to_zoned(place.zone.clone());
    if first.is_ok_and(|first| first <= moment(now)) {
        return Err(Problem::Refused("start-past"));
    }
    let mut members = start.chosen.clone();
    members.extend(start.with_me.then_some(me.person));
    let before = movement::names(tx, me.movement)?;
    members.extend(named(tx, me, (start, &before), now)?);
    members.sort_unstable();
    members.dedup();
    if !PEOPLE.contains(&members.len()) {
        return Err(Problem::Refused("start-people"));
    }
    let pool = acts::load_pool(tx, &app.key.0, place, now)?;
    let ring = Ring {
        keeper: start.with_me.then_some(me.person),
        members,
    };
    let known = |id: &PersonId| before.iter().any(|(one, _)| one == id);
    if !possible(&pool, &ring, (place.circle_size, known)) {
        return Err(Problem::Refused("start-not-possible"));
    }
    let meetings = Meetings::new(
        SeriesId(fresh()),
        start.plan.series(&place.zone, start.on),
        start.plan.format,
        now,
    );
    let name = acts::unused(tx, place, names, 1)?
        .into_iter()
        .next()
        .unwrap_or_default();
    acts::make_circle(tx, place, &ring, &meetings, (circle, &name), now)?;
    if start.with_me {
        rows::set_answer_of(tx, place.id, circle, me.person, "yes")?;
        rows::add_seat(tx, place.id, circle, me.person, now)?;
    }
    ledger::note(tx, me, Deed::CirclesConfirmed, Some(circle.0), now)?;
    Ok(())
}

/// One answer for a wish, an absence, a seat elsewhere, ages and chance. As in a draft, chance
/// closes seats only where there are others to take; and only to those who were known before, as
/// somebody whose name was just typed has no wish that it could hide.
fn possible(pool: &Pool, ring: &Ring, (size, known): (u32, impl Fn(&PersonId) -> bool)) -> bool {
    let here = |id: &PersonId| pool.people.iter().any(|one| one.id == *id);
    let people = u32::try_from(pool.people.len()).unwrap_or(u32::MAX);
    let known: Vec<_> = ring.members.iter().filter(|id| known(id)).collect();
    let veiled = rule::how_many(people, size) >= VEILED_FROM
        && known.iter().enumerate().any(|(at, one)| {
            let rest = &known[at + 1..];
            rest.iter()
                .any(|other| rule::veil(pool.secret, **one, **other))
        });
    let fit = !rule::is_torn(pool, &ring.members) && rule::is_safe(pool, &ring.members);
    ring.members.iter().all(here) && fit && !veiled
}

/// The people of the names that were typed; who is not in the list is added to it.
fn named(
    tx: &mut Tx<'_>,
    me: &Me,
    (start, known): (&Start, &[(PersonId, String)]),
    now: Time,
) -> Result<Vec<PersonId>, Problem> {
    let mut found = Vec::new();
    for name in &start.names {
        let same: Vec<_> = known
            .iter()
            .filter(|(_, one)| folded(one) == folded(name))
            .collect();
        match same[..] {
            [(id, _)] => found.push(*id),
            [] => {
                let person = Person::new(PersonId(fresh()), name);
                found.push(person.id);
                movement::add_row(tx, me.movement, &person, now)?;
            }
            _ => return Err(Problem::Refused("start-two")),
        }
    }
    Ok(found)
}
