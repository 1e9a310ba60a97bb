//! Who keeps which meeting: planned in turn, declined without a trace, swapped between two, and
//! handed over with what is practical.
//! Never: notes who declined, or what was said.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use maud::{Markup, html};
use mend_rules::id::{CircleId, MovementId, PersonId};
use mend_rules::keeping::{Hand, may_keep, next_after, rota};
use mend_rules::meeting::Meeting;
use mend_rules::movement::{NEWCOMER_DAYS, tidy};
use mend_rules::people::Age;
use mend_rules::time::Time;
use mend_seal::ColumnKey;
use mend_store::Tx;

use super::pages::Shown;
use super::rows::{self, Planned};
use super::{shown_to, shown_to_keeper};
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
    let minors = movement::minors(tx, movement)?;
    let mut hands = Vec::new();
    for (id, _) in &shown.seated {
        let Some(person) = movement::person(tx, movement, *id)? else {
            continue;
        };
        let joined: Option<Date> = person.joined_on.and_then(|day| day.parse().ok());
        let own = shown.planned.iter().filter(|one| one.keeper == Some(*id));
        hands.push(Hand {
            id: *id,
            keeps: person.keeps
                && person.paused_at.is_none()
                && may_keep(Age::of(minors.contains(id))),
            newcomer: joined.is_some_and(|day| day > since),
            kept: own.filter(held).map(|one| one.on).max(),
        });
    }
    Ok(hands)
}

/// Whether somebody may keep a circle in which these have a seat.
///
/// # Errors
/// That they cannot, in one answer for a seat given back, a pause and an age.
pub(super) fn can_keep(
    tx: &mut Tx<'_>,
    movement: MovementId,
    (seated, who): (&[(PersonId, String)], PersonId),
) -> Result<(), Problem> {
    let sits = seated.iter().any(|(id, _)| *id == who);
    let here = movement::person(tx, movement, who)?.is_some_and(|one| one.paused_at.is_none());
    let age = Age::of(movement::minors(tx, movement)?.contains(&who));
    match sits && here && may_keep(age) {
        true => Ok(()),
        false => Err(Problem::Refused("keeping-cannot")),
    }
}

impl Planned {
    /// The same, kept by somebody else or by nobody yet: nobody keeps beside themselves, and a wish
    /// to swap was the wish of whoever kept it.
    fn given_to(self, who: Option<PersonId>) -> Self {
        Self {
            keeper: who,
            second: self.second.filter(|second| who != Some(*second)),
            swap_with: self.swap_with.filter(|_| self.keeper == who),
            ..self
        }
    }
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
        let found = self.seated.iter().find(|(one, _)| Some(*one) == id);
        found.map(|(_, name)| name.as_str())
    }
}

/// Hands the keeping of a coming meeting over to somebody who may keep it, or to nobody yet.
///
/// # Errors
/// That they cannot.
pub fn hand_over(
    tx: &mut Tx<'_>,
    me: &Me,
    shown: &Shown,
    (on, to): (Date, Option<PersonId>),
) -> Result<(), Problem> {
    if let Some(who) = to {
        can_keep(tx, me.movement, (&shown.seated, who))?;
    }
    let next = of(shown, on).given_to(to);
    Ok(rows::set_planned(tx, me.movement, shown.circle.id, &next)?)
}

/// Plans the coming meetings that nobody has been asked for yet, in turn.
pub async fn plan(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let circle: CircleId = id.parse().map_err(|_| Problem::NotFound)?;
    let done = visit.app.store.write(me.scope(), move |tx| {
        let shown = shown_to_keeper(tx, &me, circle)?;
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
        let shown = shown_to(tx, &me, circle)?;
        shown.meetings.on(on).ok_or(Problem::NotFound)?;
        let says = says.clone().ok_or(Problem::Refused("keeping-what-say"))?;
        if !comes(&shown, on, now) {
            return Err(Problem::Refused("meeting-past"));
        }
        decide(tx, &app, &me, (&shown, on, &says), now)
    });
    done.await?;
    let back = visit.at(&format!("/circles/{id}/meetings/{day}?told=keeper"));
    Ok(Redirect::to(&back).into_response())
}

/// Whether a meeting is still to come, or lasts.
fn comes(shown: &Shown, on: Date, now: Time) -> bool {
    let meeting = shown.meetings.on(on);
    meeting.is_some_and(|one| !one.is_cancelled() && one.ends() > meeting::moment(now))
}

fn decide(
    tx: &mut Tx<'_>,
    app: &App,
    me: &Me,
    (shown, on, says): (&Shown, Date, &Says),
    now: Time,
) -> Result<(), Problem> {
    let mut own = of(shown, on);
    let keeps = own.keeper == Some(me.person);
    match says {
        Says::Take if own.keeper.is_none() => {
            can_keep(tx, me.movement, (&shown.seated, me.person))?;
            own = own.given_to(Some(me.person));
        }
        Says::Decline if keeps => {
            let hands = hands(tx, me.movement, (shown, Some(on)), now)?;
            own = own.given_to(next_after(&hands, me.person));
        }
        Says::Decline if own.second == Some(me.person) => own.second = None,
        Says::Swap(other) if keeps => {
            if let Some(other) = other {
                can_swap(shown, (*other, me.person), now)?;
            }
            own.swap_with = *other;
        }
        Says::Swapped(other, yes) if keeps => {
            let mut asked = of(shown, *other);
            if asked.swap_with.take() != Some(on) {
                return Err(GONE);
            }
            if *yes {
                can_swap(shown, (*other, me.person), now)?;
                return swap_keepers(tx, me, shown, [own, asked]);
            }
            // Nothing tells that somebody asked.
            own = asked;
        }
        Says::Note(note) if keeps => own.note_sealed = seal(app, shown.circle.id, note),
        _ => return Err(Problem::Refused("keeping-not-yours")),
    }
    Ok(rows::set_planned(tx, me.movement, shown.circle.id, &own)?)
}

const GONE: Problem = Problem::Refused("keeping-swap-gone");

/// Whether a meeting is there to be swapped for: still to come, and somebody else keeps it.
fn can_swap(shown: &Shown, (on, me): (Date, PersonId), now: Time) -> Result<(), Problem> {
    let keeper = of(shown, on).keeper;
    let anothers = keeper != Some(me) && shown.name(keeper).is_some();
    let there = comes(shown, on, now) && anothers;
    there.then_some(()).ok_or(GONE)
}

/// Each keeps the other's meeting.
fn swap_keepers(
    tx: &mut Tx<'_>,
    me: &Me,
    shown: &Shown,
    [one, other]: [Planned; 2],
) -> Result<(), Problem> {
    let keepers = [one.keeper, other.keeper];
    for who in keepers.into_iter().flatten() {
        can_keep(tx, me.movement, (&shown.seated, who))?;
    }
    for (planned, keeper) in [(one, keepers[1]), (other, keepers[0])] {
        let planned = planned.given_to(keeper);
        rows::set_planned(tx, me.movement, shown.circle.id, &planned)?;
    }
    Ok(())
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

/// Who keeps a meeting, for its line in the list.
pub fn keeper_text(visit: &Visit, shown: &Shown, on: Date) -> String {
    let planned = of(shown, on);
    match (shown.name(planned.keeper), shown.name(planned.second)) {
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
    let takes = shown.may_keep && shown.name(Some(me.person)).is_some();
    let (keeps, second) = (
        planned.keeper == Some(me.person),
        planned.second == Some(me.person),
    );
    html! {
        section class="card stack" {
            h2 { (visit.t("fact-keeper")) }
            p { (keeper_text(visit, shown, one.on)) }
            @if takes && planned.keeper.is_none() { form method="post" action=(own) { button class="btn" name="say" value="take" { (visit.t("keeping-take")) } } }
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
            @if let (Some(name), Some(meeting)) = (shown.name(other.keeper), shown.meetings.on(other.on)) {
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
            let name = shown.name(other.keeper)?;
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
