//! Open circles: members of the movement take a free seat by themselves, and come in at the next
//! meeting at which new people do. Circles are closed unless they say otherwise.
//! Never: says why a seat is not possible; shows who sits in a circle to those who do not.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use mend_rules::circle::{Pool, is_safe, is_torn, veil};
use mend_rules::id::{CircleId, MovementId, PersonId};
use mend_rules::meeting::{Meeting, is_set_point};
use mend_rules::people::Age;
use mend_rules::time::Time;
use mend_store::{StoreError, Tx};

use super::acts;
use super::pages::Shown;
use super::rows::{self, Invitation};
use crate::meeting;
use crate::web::{Answer, Me, Problem, Visit};
use crate::with;

impl Shown {
    /// The next meeting at which new people come in.
    pub fn set_point(&self, now: Time) -> Option<Meeting> {
        let every = self.ways.join_every;
        let is_point = |one: &Meeting| one.number.is_some_and(|number| is_set_point(number, every));
        let moment = meeting::moment(now);
        let mut coming = self.meetings.coming(now).take(60);
        coming.find(|one| one.begins > moment && is_point(one))
    }

    /// Whether a seat can be taken now: new people come in at the very next meeting.
    pub fn takes_new(&self, now: Time) -> bool {
        let mut coming = self.meetings.coming(now);
        let next = coming.find(|one| !one.is_cancelled());
        let point = self.set_point(now).map(|one| one.on);
        next.is_some_and(|one| Some(one.on) == point)
    }

    /// The last meeting before new people come in.
    pub fn before_new(&self, now: Time) -> Option<Meeting> {
        let point = self.set_point(now)?;
        let before = self.meetings.coming(now);
        let before = before.take_while(|one| one.on < point.on);
        before.filter(|one| !one.is_cancelled()).last()
    }

    /// Whether a seat is free that is not offered to one of these.
    pub fn has_free_seat(&self, asked: &[Invitation]) -> bool {
        let asked = asked.iter().filter(|one| one.circle.id == self.circle.id);
        self.seated.len() + asked.count() < self.circle.seats as usize
    }

    /// Everybody with a seat and everybody who may still take one.
    pub fn beside(&self, asked: &[Invitation]) -> Vec<PersonId> {
        let asked = asked.iter().filter(|one| one.circle.id == self.circle.id);
        let seated = self.seated.iter().map(|(id, _)| *id);
        seated.chain(asked.map(|one| one.person)).collect()
    }
}

/// Whoever is invited and has no seat in that circle, whatever they answered: whoever declined looks
/// like whoever has not answered.
pub fn asked(
    tx: &mut Tx<'_>,
    movement: MovementId,
    now: Time,
) -> Result<Vec<Invitation>, StoreError> {
    let seated = rows::seated(tx, movement, None)?;
    let sits = |one: &Invitation| {
        let seats = seated.get(&one.circle.id).map_or(&[][..], Vec::as_slice);
        seats.iter().any(|(id, _)| *id == one.person)
    };
    let mut all = rows::invitations(tx, movement, now)?;
    all.retain(|one| !sits(one));
    Ok(all)
}

/// Open circles with a free seat in which one does not sit.
pub fn circles(tx: &mut Tx<'_>, me: &Me, now: Time) -> Result<Vec<Shown>, Problem> {
    let open = rows::open_circles(tx, me.movement)?;
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let asked = asked(tx, me.movement, now)?;
    let mut all = Shown::load(tx, me, open)?;
    all.retain(|one| {
        one.has_free_seat(&asked) && !one.seated.iter().any(|(id, _)| *id == me.person)
    });
    Ok(all)
}

/// An open circle as somebody sees it who has no seat in it.
pub fn line(visit: &Visit, shown: &Shown) -> Markup {
    let point = shown.set_point(visit.now);
    html! {
        li {
            @if let Some(point) = &point { (meeting::date(visit, &point.begins)) } @else { span {} }
            div {
                h3 { (shown.circle.name) }
                p class="soft" { (meeting::cadence(visit, &shown.meetings.series)) }
                @if let Some(point) = &point { p { (visit.tw("open-from", &with![day = meeting::day(visit, &point.begins)])) } }
            }
            @if let (false, Some(before)) = (shown.takes_new(visit.now), shown.before_new(visit.now)) { p class="soft" { (visit.tw("open-later", &with![day = meeting::day(visit, &before.begins)])) } }
            @else { form method="post" action=(visit.at(&format!("/circles/{}/join", shown.circle.id))) { button class="btn" aria-label=(visit.tw("open-take-label", &with![circle = shown.circle.name.as_str()])) { (visit.t("open-take")) } } }
        }
    }
}

/// Whether somebody may sit down: nobody of these would rather not, chance does not close it, and
/// whoever is under 18 finds two adults among those with a seat already. One answer for all of it.
pub fn possible(pool: &Pool, (seated, beside): (&[PersonId], &[PersonId]), who: PersonId) -> bool {
    let veiled = beside.iter().any(|one| veil(pool.secret, *one, who));
    let torn = beside.iter().any(|one| is_torn(pool, &[*one, who]));
    let young = pool.age(who) == Age::Minor;
    let safe = !young || is_safe(pool, &[seated, &[who]].concat());
    !veiled && !torn && safe
}

/// Takes a free seat of an open circle.
pub async fn join(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let (me, now, app) = (visit.me()?, visit.now, visit.app.clone());
    let place = visit.movement()?.clone();
    let circle: CircleId = id.parse().map_err(|_| Problem::NotFound)?;
    let done = visit.app.store.write(me.scope(), move |tx| {
        let open = rows::open_circles(tx, me.movement)?;
        let found = open
            .into_iter()
            .find(|one| one.id == circle)
            .ok_or(Problem::NotFound)?;
        let shown = Shown::one(tx, &me, found)?;
        if shown.seated.iter().any(|(one, _)| *one == me.person) {
            return Ok(());
        }
        if !shown.takes_new(now) {
            return Err(Problem::Refused("open-not-now"));
        }
        let pool = acts::load_pool(tx, &app.key.0, &place, now)?;
        let asked = asked(tx, me.movement, now)?;
        let others: Vec<_> = asked
            .into_iter()
            .filter(|one| one.person != me.person)
            .collect();
        let (seated, beside) = (shown.beside(&[]), shown.beside(&others));
        let safe = is_safe(&pool, &[&seated[..], &[me.person]].concat());
        let fits = safe && possible(&pool, (&seated, &beside), me.person);
        if !shown.has_free_seat(&others) || !fits {
            return Err(Problem::Refused("seat-not-possible"));
        }
        rows::set_answer_of(tx, me.movement, circle, me.person, "yes")?;
        Ok(rows::add_seat(tx, me.movement, circle, me.person, now)?)
    });
    done.await?;
    Ok(Redirect::to(&visit.at("/circles?told=answered-yes")).into_response())
}
