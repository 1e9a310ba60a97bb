//! Who keeps which meeting: planned in turn, declined without a trace, swapped between two, and
//! handed over with what is practical.
//! Never: notes who declined, or what was said.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use maud::{Markup, html};
use mend_rules::id::{CircleId, MovementId, PersonId};
use mend_rules::keeping::{Hand, next_after, rota};
use mend_rules::meeting::Meeting;
use mend_rules::movement::{NEWCOMER_DAYS, tidy};
use mend_rules::time::Time;
use mend_seal::ColumnKey;
use mend_store::Tx;

use super::acts::Circle;
use super::pages::Shown;
use super::rows::{self, Planned};
use crate::app::{App, dice};
use crate::meeting;
use crate::web::form::Fields;
use crate::web::{Answer, Me, Problem, Visit};
use crate::{movement, with};

type At = Path<(String, String, String)>;

/// So many meetings are planned at a time.
const AHEAD: usize = 6;

/// What is planned for a meeting; where nothing is, whoever keeps the circle keeps it.
pub(super) fn of(shown: &Shown, on: Date) -> Planned {
    let found = shown.planned.iter().find(|one| one.on == on).cloned();
    found.unwrap_or(Planned {
        on,
        keeper: shown.circle.keeper,
        ..Planned::default()
    })
}

/// Everybody with a seat, and when they kept or will keep for the last time, but for one day.
fn hands(
    tx: &mut Tx<'_>,
    movement: MovementId,
    (shown, but): (&Shown, Option<Date>),
    now: Time,
) -> Result<Vec<Hand>, Problem> {
    let since = now.days(-NEWCOMER_DAYS).day(&jiff::tz::TimeZone::UTC);
    let held = |one: &&Planned| {
        let meeting = shown.meetings.on(one.on);
        Some(one.on) != but && meeting.is_some_and(|meeting| !meeting.is_cancelled())
    };
    let mut hands = Vec::new();
    for (id, _) in &shown.seated {
        let Some(person) = movement::person(tx, movement, *id)? else {
            continue;
        };
        let joined: Option<Date> = person.joined_on.and_then(|day| day.parse().ok());
        let own = shown.planned.iter().filter(|one| one.keeper == Some(*id));
        hands.push(Hand {
            id: *id,
            keeps: person.keeps && person.paused_at.is_none(),
            newcomer: joined.is_some_and(|day| day > since),
            kept: own.filter(held).map(|one| one.on).max(),
        });
    }
    Ok(hands)
}

/// A circle as its pages show it, for somebody with a seat in it or a steward.
fn load(tx: &mut Tx<'_>, me: &Me, id: CircleId, kept: bool) -> Result<Shown, Problem> {
    let find = if kept { rows::kept_by } else { rows::seen_by };
    let circle: Circle = find(tx, me, id)?.ok_or(Problem::NotFound)?;
    Shown::load(tx, me, vec![circle])?
        .pop()
        .ok_or(Problem::NotFound)
}

impl Shown {
    /// Who keeps a meeting, and who keeps it beside them.
    pub fn keepers(&self, on: Option<Date>) -> [Option<PersonId>; 2] {
        match on {
            Some(on) => {
                let planned = of(self, on);
                [planned.keeper, planned.second]
            }
            None => [self.circle.keeper, None],
        }
    }

    /// Who keeps the meeting after one that is held: whoever is planned, else whoever the rota asks
    /// first.
    pub fn next_keeper(
        &self,
        tx: &mut Tx<'_>,
        movement: MovementId,
        (held, next): (Option<Date>, Date),
        now: Time,
    ) -> Result<Option<PersonId>, Problem> {
        if let Some(planned) = self.planned.iter().find(|one| one.on == next) {
            return Ok(planned.keeper);
        }
        let mut hands = hands(tx, movement, (self, None), now)?;
        let [keeper, _] = self.keepers(held);
        let today = held.unwrap_or_else(|| now.day(&self.meetings.series.zone));
        for hand in hands.iter_mut().filter(|hand| Some(hand.id) == keeper) {
            hand.kept = hand.kept.max(Some(today));
        }
        Ok(rota(&hands, 1).first().and_then(|keeping| keeping.keeper))
    }

    /// The name of somebody with a seat.
    pub fn name(&self, id: Option<PersonId>) -> Option<&str> {
        name_of(self, id)
    }
}

/// Hands the keeping of a coming meeting over to somebody with a seat, or to nobody yet.
pub fn hand_over(
    tx: &mut Tx<'_>,
    me: &Me,
    shown: &Shown,
    (on, to): (Date, Option<PersonId>),
) -> Result<(), Problem> {
    let mut next = of(shown, on);
    if next.keeper != to {
        next.keeper = to;
        next.swap_with = None;
    }
    next.second = next.second.filter(|second| to != Some(*second));
    Ok(rows::set_planned(tx, me.movement, shown.circle.id, &next)?)
}

/// Plans the coming meetings that nobody has been asked for yet, in turn.
pub async fn plan(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let circle: CircleId = id.parse().map_err(|_| Problem::NotFound)?;
    let done = visit.app.store.write(me.scope(), move |tx| {
        let shown = load(tx, &me, circle, true)?;
        let hands = hands(tx, me.movement, (&shown, None), now)?;
        let open = |one: &Meeting| {
            !one.is_cancelled() && !shown.planned.iter().any(|planned| planned.on == one.on)
        };
        let days: Vec<Date> = shown
            .meetings
            .coming(now)
            .take(AHEAD)
            .filter(open)
            .map(|one| one.on)
            .collect();
        let plan = rota(&hands, days.len());
        let somebody = plan.is_empty() || plan.iter().any(|one| one.keeper.is_some());
        // Where nobody is willing nothing is planned, so that it can be planned once somebody is.
        let kept = days.iter().zip(plan);
        for (on, keeping) in kept.filter(|(_, keeping)| keeping.keeper.is_some()) {
            let planned = Planned {
                on: *on,
                keeper: keeping.keeper,
                second: keeping.second,
                ..Planned::default()
            };
            rows::set_planned(tx, me.movement, circle, &planned)?;
        }
        Ok::<_, Problem>(somebody)
    });
    let there = match done.await? {
        true => format!("/circles/{id}/meetings?told=keeper"),
        false => format!("/circles/{id}/meetings?told=keeper-none"),
    };
    Ok(Redirect::to(&visit.at(&there)).into_response())
}

/// What somebody says to the keeping of a meeting.
#[derive(Debug, Clone)]
enum Says {
    Take,
    Decline,
    /// Would like to swap with the keeper of another day.
    Swap(Option<Date>),
    /// Answers the keeper of another day who would like to swap.
    Swapped(Date, bool),
    /// What the next keeper needs to know.
    Note(String),
}

fn said(fields: &Fields) -> Option<Says> {
    match fields.text("say").as_str() {
        "take" => Some(Says::Take),
        "decline" => Some(Says::Decline),
        "swap" => Some(Says::Swap(fields.parse("other"))),
        "swap-yes" => Some(Says::Swapped(fields.parse("other")?, true)),
        "swap-no" => Some(Says::Swapped(fields.parse("other")?, false)),
        "note" => Some(Says::Note(
            tidy(&fields.text("note")).chars().take(500).collect(),
        )),
        _ => None,
    }
}

/// Takes, declines, swaps or hands over the keeping of a meeting.
pub async fn say(visit: Visit, Path((_, id, day)): At, fields: Fields) -> Answer {
    let (me, now, app) = (visit.me()?, visit.now, visit.app.clone());
    let circle: CircleId = id.parse().map_err(|_| Problem::NotFound)?;
    let on: Date = day.parse().map_err(|_| Problem::NotFound)?;
    let says = said(&fields);
    let done = visit.app.store.write(me.scope(), move |tx| {
        let shown = load(tx, &me, circle, false)?;
        let meeting = shown.meetings.on(on).ok_or(Problem::NotFound)?;
        let says = says.clone().ok_or(Problem::Refused("keeping-what-say"))?;
        if meeting.is_cancelled() || meeting.ends() <= meeting::moment(now) {
            return Err(Problem::Refused("meeting-past"));
        }
        decide(tx, &app, &me, (&shown, on, &says), now)
    });
    done.await?;
    let back = visit.at(&format!("/circles/{id}/meetings/{day}?told=keeper"));
    Ok(Redirect::to(&back).into_response())
}

fn decide(
    tx: &mut Tx<'_>,
    app: &App,
    me: &Me,
    (shown, on, says): (&Shown, Date, &Says),
    now: Time,
) -> Result<(), Problem> {
    let mut own = of(shown, on);
    let seated = shown.seated.iter().any(|(id, _)| *id == me.person);
    let keeps = own.keeper == Some(me.person);
    match says {
        Says::Take if seated && own.keeper.is_none() => own.keeper = Some(me.person),
        Says::Decline if keeps => {
            let hands = hands(tx, me.movement, (shown, Some(on)), now)?;
            own.keeper = next_after(&hands, me.person);
            own.second = own.second.filter(|second| own.keeper != Some(*second));
            own.swap_with = None;
        }
        Says::Decline if own.second == Some(me.person) => own.second = None,
        Says::Swap(other) if keeps => own.swap_with = *other,
        Says::Swapped(other, yes) if keeps => return swapped(tx, me, (shown, own, *other), *yes),
        Says::Note(note) if keeps => own.note_sealed = seal(app, shown.circle.id, note),
        _ => return Err(Problem::Refused("keeping-not-yours")),
    }
    Ok(rows::set_planned(tx, me.movement, shown.circle.id, &own)?)
}

/// Answers a wish to swap: both keep the other's meeting, or all stays as it is, and nothing tells
/// that somebody asked.
fn swapped(
    tx: &mut Tx<'_>,
    me: &Me,
    (shown, mut own, other): (&Shown, Planned, Date),
    yes: bool,
) -> Result<(), Problem> {
    let mut asked = of(shown, other);
    if asked.swap_with != Some(own.on) {
        return Err(Problem::Refused("keeping-swap-gone"));
    }
    asked.swap_with = None;
    if yes {
        std::mem::swap(&mut own.keeper, &mut asked.keeper);
        own.swap_with = None;
        rows::set_planned(tx, me.movement, shown.circle.id, &own)?;
    }
    Ok(rows::set_planned(tx, me.movement, shown.circle.id, &asked)?)
}

fn seal(app: &App, circle: CircleId, note: &str) -> Option<Vec<u8>> {
    let sealed = || {
        app.key
            .0
            .seal("handover", &circle.0, note.as_bytes(), &mut dice)
    };
    (!note.is_empty()).then(sealed)
}

/// What was written for whoever keeps next.
pub fn open_note(key: &ColumnKey, circle: CircleId, sealed: Option<&[u8]>) -> Option<String> {
    let plain = key.open("handover", &circle.0, sealed?).ok()?;
    String::from_utf8(plain).ok()
}

fn opened(app: &App, circle: CircleId, sealed: Option<&[u8]>) -> String {
    open_note(&app.key.0, circle, sealed).unwrap_or_default()
}

fn name_of(shown: &Shown, id: Option<PersonId>) -> Option<&str> {
    let found = shown.seated.iter().find(|(one, _)| Some(*one) == id);
    found.map(|(_, name)| name.as_str())
}

/// Who keeps a meeting, for its line in the list.
pub fn keeper_text(visit: &Visit, shown: &Shown, on: Date) -> String {
    let planned = of(shown, on);
    match (
        name_of(shown, planned.keeper),
        name_of(shown, planned.second),
    ) {
        (Some(one), Some(two)) => visit.tw("keeping-two", &with![one = one, two = two]),
        (Some(one), None) => visit.tw("keeping-one", &with![one = one]),
        (None, _) => visit.t("keeping-nobody"),
    }
}

/// The button that plans the keeping, for whoever keeps the circle.
pub fn plan_button(visit: &Visit, shown: &Shown) -> Markup {
    html! {
        form class="stack" method="post" action=(visit.at(&format!("/circles/{}/rota", shown.circle.id))) {
            p class="soft" { (visit.t("rota-what")) }
            div class="row" { button class="btn" { (visit.t("rota-go")) } }
        }
    }
}

/// The keeping of one meeting: who, and what the one looking can do about it.
pub fn card(visit: &Visit, shown: &Shown, one: &Meeting, me: &Me) -> Markup {
    let planned = of(shown, one.on);
    let own = visit.at(&format!(
        "/circles/{}/meetings/{}/keeping",
        shown.circle.id, one.on
    ));
    let seated = shown.seated.iter().any(|(id, _)| *id == me.person);
    let (keeps, second) = (
        planned.keeper == Some(me.person),
        planned.second == Some(me.person),
    );
    html! {
        section class="card stack" {
            h2 { (visit.t("fact-keeper")) }
            p { (keeper_text(visit, shown, one.on)) }
            @if seated && planned.keeper.is_none() { form method="post" action=(own) { button class="btn" name="say" value="take" { (visit.t("keeping-take")) } } }
            @if keeps { (handed_over(visit, shown, one)) (asked(visit, shown, one, &own)) (swap(visit, shown, &planned, &own)) }
            @if keeps || second {
                form class="stack" method="post" action=(own) {
                    p class="soft" { (visit.t("keeping-decline-what")) }
                    div class="row" { button class="btn quiet" name="say" value="decline" { (visit.t("keeping-decline")) } }
                }
            }
            @if keeps {
                form class="stack" method="post" action=(own) {
                    div class="field" {
                        label for="note" { (visit.t("handover-title")) }
                        p class="hint" id="note-hint" { (visit.t("handover-what")) }
                        textarea id="note" name="note" rows="3" maxlength="500" aria-describedby="note-hint" { (opened(&visit.app, shown.circle.id, planned.note_sealed.as_deref())) }
                    }
                    div class="row" { button class="btn" name="say" value="note" { (visit.t("handover-go")) } }
                    p class="readers" { (visit.t("handover-who")) }
                }
            }
        }
    }
}

/// What the keeper of the meeting before wrote for this one.
fn handed_over(visit: &Visit, shown: &Shown, one: &Meeting) -> Markup {
    let before = shown.planned.iter().rfind(|planned| planned.on < one.on);
    let sealed = before.and_then(|planned| planned.note_sealed.as_deref());
    let note = opened(&visit.app, shown.circle.id, sealed);
    html! { @if !note.is_empty() { p class="note i" { (visit.t("handover-from")) br; (note) } } }
}

/// Somebody would like to swap with the keeper of this meeting.
fn asked(visit: &Visit, shown: &Shown, one: &Meeting, own: &str) -> Markup {
    let all = shown
        .planned
        .iter()
        .filter(|other| other.swap_with == Some(one.on));
    html! {
        @for other in all {
            @if let (Some(name), Some(meeting)) = (name_of(shown, other.keeper), shown.meetings.on(other.on)) {
                form class="note i stack" method="post" action=(own) {
                    p { (visit.tw("keeping-swap-asked", &with![name = name, day = meeting::day(visit, &meeting.begins)])) }
                    input type="hidden" name="other" value=(other.on);
                    div class="row" {
                        button class="btn go" name="say" value="swap-yes" { (visit.t("keeping-swap-yes")) }
                        button class="btn quiet" name="say" value="swap-no" { (visit.t("answer-say-no")) }
                    }
                }
            }
        }
    }
}

fn swap(visit: &Visit, shown: &Shown, planned: &Planned, own: &str) -> Markup {
    let coming: Vec<Meeting> = shown
        .meetings
        .coming(visit.now)
        .take(AHEAD)
        .filter(|one| !one.is_cancelled())
        .collect();
    let others: Vec<_> = coming
        .iter()
        .filter_map(|one| {
            let other = of(shown, one.on);
            let name = name_of(shown, other.keeper)?;
            let day = meeting::day(visit, &one.begins);
            (other.keeper != planned.keeper).then_some((
                one.on,
                visit.tw("keeping-swap-day", &with![name = name, day = day]),
            ))
        })
        .collect();
    html! {
        @if !others.is_empty() {
            form class="row end" method="post" action=(own) {
                div class="field" {
                    label for="other" { (visit.t("keeping-swap")) }
                    select id="other" name="other" {
                        option value="" { (visit.t("keeping-swap-none")) }
                        @for (on, text) in &others { option value=(on) selected[planned.swap_with == Some(*on)] { (text) } }
                    }
                }
                button class="btn" name="say" value="swap" { (visit.t("keeping-swap-go")) }
            }
        }
    }
}
