//! Asking for a stand-in, taking it back, and answering.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use mend_rules::id::{CircleId, PersonId};
use mend_rules::movement::tidy;
use mend_rules::standin::{AHEAD_DAYS, MOST_OPEN, StandIn, asked};
use mend_rules::time::Time;
use mend_seal::ColumnKey;
use mend_store::Tx;

use super::{Found, GONE, agreed_of, find, ids, paper, tell};
use crate::circle::pages::Shown;
use crate::circle::rows::{self, Standing};
use crate::meeting::moment;
use crate::web::form::Fields;
use crate::web::{Answer, Me, Problem, Visit};

type At = Path<(String, String, String)>;

/// What somebody says about a stand-in.
#[derive(Debug, Clone)]
enum Says {
    /// Asks for somebody of this name to come.
    Ask(String),
    Back,
    Yes(PersonId),
    No(PersonId),
    /// Passes on the yes of somebody who has no account.
    Heard(PersonId, PersonId),
}

fn said(fields: &Fields) -> Option<Says> {
    match fields.text("say").as_str() {
        "ask" => Some(Says::Ask(tidy(&fields.text("name")))),
        "back" => Some(Says::Back),
        "yes" => Some(Says::Yes(fields.parse("of")?)),
        "no" => Some(Says::No(fields.parse("of")?)),
        "heard" => Some(Says::Heard(fields.parse("of")?, fields.parse("whose")?)),
        _ => None,
    }
}

/// Asks for a stand-in, takes that back, or answers.
pub async fn say(visit: Visit, Path((_, id, day)): At, fields: Fields) -> Answer {
    let (me, now, app) = (visit.me()?, visit.now, visit.app.clone());
    let circle: CircleId = id.parse().map_err(|_| GONE)?;
    let on: Date = day.parse().map_err(|_| GONE)?;
    let says = said(&fields).ok_or(Problem::Refused("keeping-what-say"))?;
    let done = visit.app.store.write(me.scope(), move |tx| {
        let found = find(tx, &me, Some(circle))?.pop().ok_or(GONE)?;
        let one = found.meetings.on(on).ok_or(GONE)?;
        if one.is_cancelled() || one.begins <= moment(now) {
            return Err(GONE);
        }
        let key = &app.key.0;
        let about = About {
            key,
            me: &me,
            found: &found,
            on,
            now,
        };
        about.decide(tx, &says)?;
        Ok(ids(&found.seated).contains(&me.person))
    });
    let there = match done.await? {
        true => format!("/circles/{id}/meetings/{day}?told=saved"),
        false => "?told=saved".into(),
    };
    Ok(Redirect::to(&visit.at(&there)).into_response())
}

/// One meeting of a circle, and who says something about those who come to it for others.
struct About<'a> {
    key: &'a ColumnKey,
    me: &'a Me,
    found: &'a Found,
    on: Date,
    now: Time,
}

impl About<'_> {
    fn decide(&self, tx: &mut Tx<'_>, says: &Says) -> Result<(), Problem> {
        let own = self.found.of(self.on, self.me.person);
        match (says, own) {
            (Says::Ask(name), None) => self.ask(tx, name),
            (Says::Back, Some(own)) => self.end(tx, own),
            (Says::Yes(of), _) => self.yes(tx, self.of(*of)?, self.me.person),
            (Says::No(of), _) => self.end(tx, self.of(*of)?),
            (Says::Heard(of, whose), _) => self.heard(tx, self.of(*of)?, *whose),
            _ => Err(GONE),
        }
    }

    /// What somebody else asked, of those whom it is about.
    fn of(&self, of: PersonId) -> Result<&Standing, Problem> {
        let mut all = self.found.about(self.me.person);
        all.find(|one| one.on == self.on && one.pair.of == of && of != self.me.person)
            .ok_or(GONE)
    }

    fn yes(&self, tx: &mut Tx<'_>, one: &Standing, whose: PersonId) -> Result<(), Problem> {
        let (place, id) = (self.me.movement, self.found.circle.id);
        rows::set_stand_in_yes(tx, place, id, (one.on, one.pair.of), whose)?;
        let mut all = self.found.all.clone();
        let same = |other: &&mut Standing| (other.on, other.pair) == (one.on, one.pair);
        all.iter_mut()
            .filter(same)
            .for_each(|other| other.yes.push(whose));
        let agreed = agreed_of(&all, &ids(&self.found.seated), &self.found.minors);
        if agreed.contains(&(one.on, one.pair)) {
            tell(tx, self.me, &[one.pair.of, one.pair.who], self.now)?;
        }
        Ok(())
    }

    fn heard(&self, tx: &mut Tx<'_>, one: &Standing, whose: PersonId) -> Result<(), Problem> {
        let circle = self.found.circle.clone();
        let shown = Shown::one(tx, self.me, circle)?;
        if !paper::to_pass_on(tx, self.me, (self.found, &shown), one)?.contains(&whose) {
            return Err(GONE);
        }
        self.yes(tx, one, whose)
    }

    /// Taken back, or it does not suit somebody: it is gone, and is not asked again for this
    /// meeting. Whoever asked and, where it was agreed, whoever would come are told.
    fn end(&self, tx: &mut Tx<'_>, one: &Standing) -> Result<(), Problem> {
        let (place, id) = (self.me.movement, self.found.circle.id);
        rows::drop_stand_in(tx, place, id, (one.on, one.pair.of))?;
        rows::close_stand_in(tx, place, &self.print(one.pair), self.now.days(AHEAD_DAYS))?;
        let agreed = self.found.is_agreed(one) || one.pair.of == self.me.person;
        let told: &[PersonId] = match agreed {
            true => &[one.pair.of, one.pair.who],
            false => &[one.pair.of],
        };
        Ok(tell(tx, self.me, told, self.now)?)
    }

    /// Tells nothing to whoever has no key.
    fn print(&self, pair: StandIn) -> Vec<u8> {
        let (circle, day) = (self.found.circle.id, self.on);
        let text = format!("{circle}|{day}|{}|{}", pair.of, pair.who);
        self.key.fingerprint("stand-in", &text).to_vec()
    }

    /// Asks for somebody by the name they are known by. Whoever cannot be asked, for what reason
    /// ever, and whoever is not there get the same answer.
    fn ask(&self, tx: &mut Tx<'_>, name: &str) -> Result<(), Problem> {
        let (me, found) = (self.me, self.found);
        let seated = ids(&found.seated);
        if !seated.contains(&me.person) {
            return Err(GONE);
        }
        let far = found.meetings.on(self.on).map(|one| one.begins);
        if far.is_none_or(|begins| begins > moment(self.now.days(AHEAD_DAYS))) {
            return Err(Problem::Refused("standin-far"));
        }
        if rows::count_stand_ins_for(tx, me.movement, me.person)? >= MOST_OPEN {
            return Err(Problem::Refused("standin-many"));
        }
        let who = self.known(name).ok_or(Problem::Refused("standin-nobody"))?;
        let pair = StandIn { of: me.person, who };
        if rows::is_closed_stand_in(tx, me.movement, &self.print(pair))? {
            return Err(Problem::Refused("standin-nobody"));
        }
        rows::add_stand_in(tx, me.movement, found.circle.id, (self.on, pair))?;
        Ok(tell(tx, me, &asked(pair, &seated), self.now)?)
    }

    /// The one person of a name who has no seat and comes for nobody yet.
    fn known(&self, name: &str) -> Option<PersonId> {
        let found = self.found;
        let free = |who: PersonId| {
            let comes = |one: &Standing| one.on == self.on && one.pair.who == who;
            !found.all.iter().any(comes) && found.seated.iter().all(|(id, _)| *id != who)
        };
        let called = |who: PersonId| found.name(who).to_lowercase() == name.to_lowercase();
        let all = found.names.keys().copied();
        let mut all = all.filter(|who| called(*who) && free(*who));
        match (all.next(), all.next()) {
            (Some(who), None) => Some(who),
            _ => None,
        }
    }
}
