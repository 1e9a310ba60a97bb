//! Stand-ins: for one meeting somebody comes in the place of somebody who cannot, when everybody
//! in the circle and the one who would come have said yes.
//! Never: shows who would rather not; keeps after the meeting who did not come.

use std::collections::HashMap;

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use mend_rules::id::{CircleId, MovementId, PersonId};
use mend_rules::meeting::Meeting;
use mend_rules::movement::tidy;
use mend_rules::people::{Age, may_sit};
use mend_rules::standin::{AROUND, StandIn, asked, is_agreed, lets_in};
use mend_rules::time::Time;
use mend_store::{StoreError, Tx};

use super::acts::{self, Circle, Seated};
use super::pages::Shown;
use super::rows::{self, Standing};
use crate::meeting::feed::Entry;
use crate::meeting::{self, Meetings, moment};
use crate::web::form::Fields;
use crate::web::{Answer, Me, Problem, Visit};
use crate::{movement, post};

type At = Path<(String, String, String)>;

pub(super) const GONE: Problem = Problem::Refused("standin-gone");

fn ids(seated: &[(PersonId, String)]) -> Vec<PersonId> {
    seated.iter().map(|(id, _)| *id).collect()
}

fn agreed(one: &Standing, seated: &[(PersonId, String)]) -> bool {
    is_agreed(one.pair, &ids(seated), &one.yes)
}

/// A circle as far as its stand-ins go.
struct Found {
    circle: Circle,
    meetings: Meetings,
    seated: Seated,
    all: Vec<Standing>,
    names: HashMap<PersonId, String>,
}

impl Found {
    fn name(&self, id: PersonId) -> &str {
        self.names.get(&id).map_or("", String::as_str)
    }

    fn of(&self, on: Date, of: PersonId) -> Option<&Standing> {
        let found = |one: &&Standing| one.on == on && one.pair.of == of;
        self.all.iter().find(found)
    }

    /// Those for a meeting in which somebody is asked or has asked.
    fn about(&self, me: PersonId, on: Date) -> impl Iterator<Item = &Standing> {
        let ids = ids(&self.seated);
        self.all.iter().filter(move |one| {
            let about = one.pair.of == me || asked(one.pair, &ids).contains(&me);
            one.on == on && about
        })
    }
}

/// Every circle in which somebody is asked for a yes or stands in, or one of them.
fn find(tx: &mut Tx<'_>, me: &Me, only: Option<CircleId>) -> Result<Vec<Found>, StoreError> {
    let mut all = rows::stand_ins(tx, me.movement)?;
    let mut series = meeting::all(tx, me.movement)?;
    let mut seated = rows::seated(tx, me.movement, None)?;
    let names = acts::names(tx, me.movement)?;
    let circles = rows::going_on(tx, me.movement)?.into_iter();
    let wanted = circles.filter(|one| only.map_or(all.contains_key(&one.id), |id| one.id == id));
    let wanted: Vec<Circle> = wanted.collect();
    let found = |circle: Circle| {
        Some(Found {
            meetings: series.remove(&circle.series)?,
            seated: seated.remove(&circle.id).unwrap_or_default(),
            all: all.remove(&circle.id).unwrap_or_default(),
            names: names.clone(),
            circle,
        })
    };
    Ok(wanted.into_iter().filter_map(found).collect())
}

/// Those who stand in at a meeting that is near enough to be let in, for one circle.
pub fn let_in(tx: &mut Tx<'_>, me: &Me, id: CircleId, now: Time) -> Result<Seated, StoreError> {
    // Almost always nobody stands in, and a live circle asks this with every deed.
    if !rows::has_stand_ins(tx, me.movement, id)? {
        return Ok(Seated::new());
    }
    let Some(found) = find(tx, me, Some(id))?.pop() else {
        return Ok(Seated::new());
    };
    let is_near = |on| {
        let one: Option<Meeting> = found.meetings.on(on);
        one.filter(|one| !one.is_cancelled()).is_some_and(|one| {
            let begins = Time::from(one.begins.timestamp());
            lets_in(begins, found.meetings.part(on).series.minutes, now)
        })
    };
    let come = found
        .all
        .iter()
        .filter(|one| agreed(one, &found.seated) && is_near(one.on));
    Ok(come
        .map(|one| (one.pair.who, found.name(one.pair.who).to_owned()))
        .collect())
}

/// What is agreed: who comes for whom to which circle and on which day.
pub fn all_agreed(
    tx: &mut Tx<'_>,
    movement: MovementId,
) -> Result<Vec<(CircleId, Date, StandIn)>, StoreError> {
    let seated = rows::seated(tx, movement, None)?;
    let mut found = Vec::new();
    for (circle, all) in rows::stand_ins(tx, movement)? {
        let seats = seated.get(&circle).map_or(&[][..], Vec::as_slice);
        let agreed = all.into_iter().filter(|one| agreed(one, seats));
        found.extend(agreed.map(|one| (circle, one.on, one.pair)));
    }
    Ok(found)
}

/// Lets go of those whose meeting is over or is no more.
pub fn sweep(tx: &mut Tx<'_>, movement: MovementId, now: Time) -> Result<(), StoreError> {
    let series = meeting::all(tx, movement)?;
    let circles = rows::going_on(tx, movement)?;
    for (id, all) in rows::stand_ins(tx, movement)? {
        let circle = circles.iter().find(|circle| circle.id == id);
        let meetings = circle.and_then(|circle| series.get(&circle.series));
        for one in all {
            let meeting = meetings.and_then(|meetings| meetings.on(one.on));
            let comes = meeting.is_some_and(|one| {
                !one.is_cancelled() && one.ends() > moment(now.minutes(-AROUND))
            });
            if !comes {
                rows::drop_stand_in(tx, movement, id, (one.on, one.pair.of))?;
            }
        }
    }
    Ok(())
}

/// Lets go of those whose meeting is at another hour or place than before, or is left out: what was
/// agreed was agreed for that hour. Whoever would have come, and for whom, are told.
pub fn let_go_of_moved(
    tx: &mut Tx<'_>,
    me: &Me,
    id: CircleId,
    (before, after): (&Meetings, &Meetings),
    now: Time,
) -> Result<(), StoreError> {
    let where_and_when = |meetings: &Meetings, on| {
        let one = meetings.on(on).filter(|one| !one.is_cancelled())?;
        Some((one.begins.timestamp(), one.place))
    };
    for one in rows::stand_ins(tx, me.movement)?
        .remove(&id)
        .unwrap_or_default()
    {
        if where_and_when(before, one.on) != where_and_when(after, one.on) {
            rows::drop_stand_in(tx, me.movement, id, (one.on, one.pair.of))?;
            tell(tx, me, &[one.pair.of, one.pair.who], now)?;
        }
    }
    Ok(())
}

/// Tells whoever would have come that the circle ends.
pub fn tell_of_end(tx: &mut Tx<'_>, me: &Me, id: CircleId, now: Time) -> Result<(), StoreError> {
    let all = rows::stand_ins(tx, me.movement)?
        .remove(&id)
        .unwrap_or_default();
    let who: Vec<_> = all.iter().map(|one| one.pair.who).collect();
    tell(tx, me, &who, now)
}

/// The meetings at which somebody stands in, for their calendar.
pub fn entries(
    tx: &mut Tx<'_>,
    movement: MovementId,
    person: PersonId,
) -> Result<Vec<Entry>, StoreError> {
    let (series, wave) = (meeting::all(tx, movement)?, movement::wave(tx, movement)?);
    let circles = rows::going_on(tx, movement)?;
    let entry = |(id, on, pair): (CircleId, Date, StandIn)| {
        let circle = circles
            .iter()
            .find(|circle| circle.id == id && pair.who == person)?;
        Some(Entry {
            name: circle.name.clone(),
            meetings: series.get(&circle.series)?.only(on),
            wave,
            alarms: None,
        })
    };
    Ok(all_agreed(tx, movement)?
        .into_iter()
        .filter_map(entry)
        .collect())
}

/// What somebody says about a stand-in.
#[derive(Debug, Clone)]
enum Says {
    /// Asks for somebody of this name to come.
    Ask(String),
    Back,
    Yes(PersonId),
    No(PersonId),
}

fn said(fields: &Fields) -> Option<Says> {
    match fields.text("say").as_str() {
        "ask" => Some(Says::Ask(tidy(&fields.text("name")))),
        "back" => Some(Says::Back),
        "yes" => Some(Says::Yes(fields.parse("of")?)),
        "no" => Some(Says::No(fields.parse("of")?)),
        _ => None,
    }
}

/// Asks for a stand-in, takes that back, or answers.
pub async fn say(visit: Visit, Path((_, id, day)): At, fields: Fields) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let circle: CircleId = id.parse().map_err(|_| GONE)?;
    let on: Date = day.parse().map_err(|_| GONE)?;
    let says = said(&fields).ok_or(Problem::Refused("keeping-what-say"))?;
    let done = visit.app.store.write(me.scope(), move |tx| {
        let found = find(tx, &me, Some(circle))?.pop().ok_or(GONE)?;
        let one = found.meetings.on(on).ok_or(GONE)?;
        if one.is_cancelled() || one.begins <= moment(now) {
            return Err(GONE);
        }
        let sits = ids(&found.seated).contains(&me.person);
        decide(tx, &me, (&found, on, &says), now).map(|()| sits)
    });
    let there = match done.await? {
        true => format!("/circles/{id}/meetings/{day}?told=saved"),
        false => "?told=saved".into(),
    };
    Ok(Redirect::to(&visit.at(&there)).into_response())
}

fn decide(
    tx: &mut Tx<'_>,
    me: &Me,
    (found, on, says): (&Found, Date, &Says),
    now: Time,
) -> Result<(), Problem> {
    let (place, id) = (me.movement, found.circle.id);
    let own = found.of(on, me.person);
    let of = |of: &PersonId| {
        let one = found.about(me.person, on).find(|one| one.pair.of == *of);
        one.filter(|one| one.pair.of != me.person).ok_or(GONE)
    };
    match says {
        Says::Ask(name) if own.is_none() => ask(tx, me, (found, on, name), now)?,
        Says::Back if own.is_some() => {
            rows::drop_stand_in(tx, place, id, (on, me.person))?;
            tell(tx, me, &own.map_or(vec![], |one| vec![one.pair.who]), now)?;
        }
        Says::Yes(who) => {
            let one = of(who)?;
            rows::set_stand_in_yes(tx, place, id, (on, one.pair.of), me.person)?;
            let yes = [&one.yes[..], &[me.person]].concat();
            if is_agreed(one.pair, &ids(&found.seated), &yes) {
                tell(tx, me, &[one.pair.of, one.pair.who], now)?;
            }
        }
        Says::No(who) => {
            let one = of(who)?;
            rows::drop_stand_in(tx, place, id, (on, one.pair.of))?;
            tell(tx, me, &[one.pair.of], now)?;
        }
        _ => return Err(GONE),
    }
    Ok(())
}

/// Asks for somebody by the name they are known by. Whoever cannot be asked, for what reason ever,
/// and whoever is not there get the same answer.
fn ask(
    tx: &mut Tx<'_>,
    me: &Me,
    (found, on, name): (&Found, Date, &str),
    now: Time,
) -> Result<(), Problem> {
    let seated = ids(&found.seated);
    if !seated.contains(&me.person) {
        return Err(GONE);
    }
    let minors = movement::minors(tx, me.movement)?;
    let age = |id: &PersonId| match minors.contains(id) {
        true => Age::Minor,
        false => Age::Adult,
    };
    let there = |who: PersonId| {
        seated
            .iter()
            .filter(|id| **id != me.person)
            .chain([&who])
            .map(age)
            .collect::<Vec<_>>()
    };
    let known = |one: &&PersonId| {
        let called = found.name(**one).to_lowercase() == name.to_lowercase();
        let taken = found
            .all
            .iter()
            .any(|other| other.on == on && other.pair.who == **one);
        called && !taken && !seated.contains(one) && may_sit(there(**one))
    };
    let mut all = found.names.keys().filter(known);
    let (Some(who), None) = (all.next(), all.next()) else {
        return Err(Problem::Refused("standin-nobody"));
    };
    let pair = StandIn {
        of: me.person,
        who: *who,
    };
    rows::add_stand_in(tx, me.movement, found.circle.id, (on, pair))?;
    Ok(tell(tx, me, &asked(pair, &seated), now)?)
}

fn tell(tx: &mut Tx<'_>, me: &Me, all: &[PersonId], now: Time) -> Result<(), StoreError> {
    for person in all.iter().filter(|id| **id != me.person) {
        post::changed(tx, me.movement, *person, now)?;
    }
    Ok(())
}

/// What Home and a meeting's page show.
pub struct Asked {
    pub begins: jiff::Zoned,
    pub address: String,
    pub what: What,
    pub pair: StandIn,
    pub circle: String,
    pub of: String,
    pub who: String,
}

/// How a stand-in stands for the one looking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// One is asked to come.
    Come,
    /// One is asked whether somebody may come.
    Welcome,
    /// One has said yes; others are asked still.
    Said,
    /// One has asked, and waits.
    Wait,
    /// It is agreed.
    Agreed,
}

fn told(found: &Found, me: PersonId, one: &Standing, now: Time) -> Option<Asked> {
    let meeting = found.meetings.on(one.on)?;
    let comes = !meeting.is_cancelled() && meeting.ends() > moment(now);
    let what = match one.pair {
        _ if agreed(one, &found.seated) => What::Agreed,
        pair if pair.of == me => What::Wait,
        _ if one.yes.contains(&me) => What::Said,
        pair if pair.who == me => What::Come,
        _ => What::Welcome,
    };
    comes.then(|| Asked {
        begins: meeting.begins,
        address: format!("/circles/{}/meetings/{}/stand-in", found.circle.id, one.on),
        what,
        pair: one.pair,
        circle: found.circle.name.clone(),
        of: found.name(one.pair.of).to_owned(),
        who: found.name(one.pair.who).to_owned(),
    })
}

/// What is asked of somebody: to come, or whether somebody may; and where they stand in.
pub fn home(tx: &mut Tx<'_>, me: &Me, now: Time) -> Result<Vec<Asked>, StoreError> {
    let mut all = Vec::new();
    for found in find(tx, me, None)? {
        let days: Vec<Date> = found.all.iter().map(|one| one.on).collect();
        for (at, one) in found.all.iter().enumerate() {
            let first = days[..at].iter().all(|day| *day != one.on);
            let about = found.about(me.person, one.on).filter(|_| first);
            all.extend(about.filter_map(|one| told(&found, me.person, one, now)));
        }
    }
    all.retain(|one| match one.what {
        What::Come | What::Welcome => true,
        What::Agreed => one.pair.who == me.person,
        What::Said | What::Wait => false,
    });
    Ok(all)
}

/// What somebody needs who stands in at a meeting.
pub async fn own(visit: &Visit, circle: CircleId, on: Date) -> Result<(Asked, Shown), Problem> {
    let (me, now) = (visit.me()?, visit.now);
    let found = visit.app.store.read(me.scope(), move |tx| {
        let found = find(tx, &me, Some(circle))?.pop().ok_or(GONE)?;
        let comes = |one: &&Standing| {
            one.on == on && one.pair.who == me.person && agreed(one, &found.seated)
        };
        let one = found.all.iter().find(comes).ok_or(GONE)?;
        let told = told(&found, me.person, one, now).ok_or(GONE)?;
        let shown = Shown::load(tx, &me, vec![found.circle])?.pop();
        Ok::<_, Problem>((told, shown.ok_or(GONE)?))
    });
    found.await
}

/// Those of one meeting.
pub async fn of_meeting(visit: &Visit, shown: &Shown, on: Date) -> Result<Vec<Asked>, Problem> {
    let (me, now, id) = (visit.me()?, visit.now, shown.circle.id);
    let found = visit.app.store.read(me.scope(), move |tx| {
        let found = find(tx, &me, Some(id))?.pop().ok_or(Problem::NotFound)?;
        let about = found.about(me.person, on);
        Ok::<_, Problem>(
            about
                .filter_map(|one| told(&found, me.person, one, now))
                .collect(),
        )
    });
    found.await
}
