//! Offering a free seat of a circle that goes on to one person, who answers freely and comes in with
//! the next meeting at which new people do.
//! Never: says why a seat is not possible; tells what was answered but as a seat that is taken.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use mend_rules::circle::{ANSWER_DAYS, Pool};
use mend_rules::id::{CircleId, InvitationId, MovementId, PersonId};
use mend_rules::meeting::Meeting;
use mend_rules::movement::{folded, tidy};
use mend_rules::time::Time;
use mend_store::{StoreError, Tx};

use super::pages::Shown;
use super::rows::{self, Invitation};
use super::{acts, invitation, open, shown_to_keeper};
use crate::app::fresh;
use crate::ledger::{self, Deed};
use crate::meeting;
use crate::web::form::Fields;
use crate::web::page::{crumbs, page_with};
use crate::web::{Answer, Me, Problem, Visit};
use crate::{movement, post, with};

const NOBODY: Problem = Problem::Refused("offer-nobody");

/// A circle with the seats that are offered in it.
struct Offers {
    shown: Shown,
    /// Whoever was invited and has no seat, whatever they answered.
    asked: Vec<Invitation>,
    /// Whether whoever looks may offer a seat: somebody who keeps the circle and has a seat in it,
    /// and a steward where it is empty or its doors stay closed.
    may: bool,
}

impl Offers {
    fn load(tx: &mut Tx<'_>, me: &Me, id: CircleId, now: Time) -> Result<Self, Problem> {
        let shown = shown_to_keeper(tx, me, id)?;
        let mut asked = open::asked(tx, me.movement, now)?;
        asked.retain(|one| one.circle.id == id);
        let may = shown.says_who_comes_in(me) || me.steward && shown.waits;
        Ok(Self { shown, asked, may })
    }

    /// The meeting with which somebody would come in whose seat is offered now: the next one, where
    /// new people come in with it or where its doors stay closed until somebody does.
    fn first(&self, now: Time) -> Option<Meeting> {
        let shown = &self.shown;
        let mut coming = shown.meetings.coming(now);
        let next = coming.find(|one| !one.is_cancelled() && one.begins > meeting::moment(now));
        next.filter(|_| shown.waits || shown.takes_new(now))
    }
}

/// The seats that are offered in a circle, and the form that offers one.
pub async fn show(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let circle: CircleId = id.parse().map_err(|_| Problem::NotFound)?;
    let found = visit
        .app
        .store
        .read(me.scope(), move |tx| Offers::load(tx, &me, circle, now));
    let body = view(&visit, &found.await?);
    Ok(page_with(
        &visit,
        &visit.t("offer-title"),
        body,
        &["sign.js"],
    ))
}

fn view(visit: &Visit, offers: &Offers) -> Markup {
    let shown = &offers.shown;
    let own = visit.at(&format!("/circles/{}", shown.circle.id));
    let offered: Vec<_> = offers.asked.iter().filter(|one| one.offered).collect();
    html! {
        div class="narrow stack no-print" {
            (crumbs(visit, &own, &shown.circle.name))
            h1 { (visit.t("offer-title")) }
            p class="lead" { (visit.t("offer-lead")) }
            (form(visit, offers))
            @if !offered.is_empty() {
                h2 { (visit.t("offer-open")) }
                p class="soft" { (visit.t("offer-open-what")) }
                ul class="plain stack" { @for one in &offered { (line(visit, &own, (one, offers.may))) } }
                div class="row" { button type="button" class="btn" data-mend="print" hidden { (visit.t("offer-print")) } }
            }
        }
        @for one in offered { (invitation::sheet(visit, one, &shown.meetings)) }
    }
}

fn line(visit: &Visit, own: &str, (one, may): (&Invitation, bool)) -> Markup {
    html! {
        li class="card stack" {
            p { b { (one.name) } " " (visit.tw("offer-until", &with![day = visit.long_day(one.ends_at.day(&visit.zone()))])) }
            @if may {
                form method="post" action={ (own) "/offers/back" } {
                    button class="btn quiet" name="which" value=(one.id) aria-label=(visit.tw("offer-back-label", &with![name = one.name.as_str()])) { (visit.t("offer-back")) }
                }
            }
        }
    }
}

/// The form, or why there is none.
fn form(visit: &Visit, offers: &Offers) -> Markup {
    let (shown, now) = (&offers.shown, visit.now);
    let own = visit.at(&format!("/circles/{}", shown.circle.id));
    if !offers.may {
        return html! { p class="note i" { (visit.t("offer-not-yours")) } };
    }
    let Some(first) = offers.first(now) else {
        return html! { p class="note i" { (not_now(visit, shown)) } };
    };
    if !shown.has_free_seat(&offers.asked) {
        return html! {
            p class="note i" { (visit.t("offer-full")) }
            div class="row" { a class="btn" href={ (own) "/edit" } { (visit.t("circle-edit")) } }
        };
    }
    let day = meeting::day(visit, &first.begins);
    let then = if visit.app.writes() {
        "offer-then-mail"
    } else {
        "offer-then"
    };
    html! {
        form class="card stack" method="post" action={ (own) "/offers" } {
            div class="field" {
                label for="name" { (visit.t("offer-name")) }
                p class="hint" id="name-hint" { (visit.t("offer-name-hint")) }
                input id="name" name="name" required maxlength="80" autocomplete="off" aria-describedby="name-hint";
            }
            label class="check" { input type="checkbox" name="asked" required; span { (visit.t("offer-asked")) } }
            div class="row" { button class="btn go" { (visit.t("offer-go")) } }
            p class="readers" { (visit.tw(then, &with![day = day])) }
        }
    }
}

/// Why no seat can be offered now.
fn not_now(visit: &Visit, shown: &Shown) -> String {
    match shown.before_new(visit.now) {
        None => visit.t("offer-no-meeting"),
        Some(before) => {
            let day = meeting::day(visit, &before.begins);
            visit.tw("offer-later", &with![day = day])
        }
    }
}

/// Offers a seat to the one person of a name.
pub async fn make(visit: Visit, Path((_, id)): Path<(String, String)>, fields: Fields) -> Answer {
    let (me, now, app) = (visit.me()?, visit.now, visit.app.clone());
    let (place, name) = (visit.movement()?.clone(), tidy(&fields.text("name")));
    let circle: CircleId = id.parse().map_err(|_| Problem::NotFound)?;
    let asked = fields.has("asked");
    let done = visit.app.store.write(me.scope(), move |tx| {
        let offers = Offers::load(tx, &me, circle, now)?;
        if offers.is_offered_to(&name) {
            return Ok(());
        }
        if !asked {
            return Err(Problem::Refused("offer-unasked"));
        }
        let pool = acts::load_pool(tx, &app.key.0, &place, now)?;
        let (who, until) = offers.offered_to(tx, &me, (&pool, &name), now)?;
        let which = InvitationId(fresh());
        // One that ended may wait for the broom still, and there is one row for each person.
        acts::drop_ended(tx, me.movement, now)?;
        acts::invite(tx, &place, (which, circle), who, (now, until))?;
        rows::set_offered(tx, me.movement, which)?;
        changed(tx, &me, circle, now)
    });
    done.await?;
    back(&visit, circle, "offered")
}

fn changed(tx: &mut Tx<'_>, me: &Me, circle: CircleId, now: Time) -> Result<(), Problem> {
    let about = Some(circle.0);
    Ok(ledger::note(tx, me, Deed::CircleChanged, about, now)?)
}

fn back(visit: &Visit, circle: CircleId, told: &str) -> Answer {
    let to = visit.at(&format!("/circles/{circle}/offers?told={told}"));
    Ok(Redirect::to(&to).into_response())
}

impl Offers {
    /// Whether a second click asks for what the first has done.
    fn is_offered_to(&self, name: &str) -> bool {
        let mut open = self.asked.iter().filter(|one| one.offered);
        self.may && open.any(|one| folded(&one.name) == folded(name))
    }

    /// Whom a seat is offered to, and until when. For a wish, an absence, a seat elsewhere, ages,
    /// chance, oneself and a name that nobody has there is one answer.
    fn offered_to(
        &self,
        tx: &mut Tx<'_>,
        me: &Me,
        (pool, name): (&Pool, &str),
        now: Time,
    ) -> Result<(PersonId, Time), Problem> {
        if !self.may {
            return Err(Problem::Refused("offer-not-yours"));
        }
        let first = self.first(now).ok_or(Problem::Refused("offer-not-now"))?;
        if !self.shown.has_free_seat(&self.asked) {
            return Err(Problem::Refused("offer-full"));
        }
        let called = |(_, one): &&(PersonId, String)| folded(one) == folded(name);
        let all = movement::names(tx, me.movement)?;
        let mut all = all.iter().filter(called);
        let who = match (all.next(), all.next()) {
            (Some((who, _)), None) => *who,
            _ => return Err(NOBODY),
        };
        let here = who != me.person && pool.people.iter().any(|one| one.id == who);
        let (seated, beside) = (self.shown.beside(&[]), self.shown.beside(&self.asked));
        let until = Time::from(first.begins.timestamp()).min(now.days(ANSWER_DAYS));
        let fits = here && open::possible(pool, (&seated, &beside), who);
        fits.then_some((who, until)).ok_or(NOBODY)
    }
}

/// Whether an invitation can still be answered: one that was offered ends too where a wish or an age
/// came between since then, and looks as if it had been taken back.
pub fn is_open(
    tx: &mut Tx<'_>,
    place: MovementId,
    invitation: &Invitation,
) -> Result<bool, StoreError> {
    if !invitation.offered {
        return Ok(true);
    }
    let (id, who) = (invitation.circle.id, invitation.person);
    let seated = rows::seated(tx, place, Some(id))?
        .remove(&id)
        .unwrap_or_default();
    let seated: Vec<_> = seated.iter().map(|(id, _)| *id).collect();
    if seated.contains(&who) {
        return Ok(true);
    }
    // Chance was asked when the seat was offered; without a secret it closes nothing.
    let pool = Pool {
        apart: movement::wishes_between(tx, place)?,
        minors: movement::minors(tx, place)?.into_iter().collect(),
        ..Pool::default()
    };
    Ok(open::possible(&pool, (&seated, &seated), who))
}

/// Takes an offer back that was not taken up. They are not offered a seat again until it would have
/// ended.
pub async fn take_back(
    visit: Visit,
    Path((_, id)): Path<(String, String)>,
    fields: Fields,
) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let circle: CircleId = id.parse().map_err(|_| Problem::NotFound)?;
    let gone = || Problem::Refused("offer-gone");
    let which: InvitationId = fields.parse("which").ok_or_else(gone)?;
    let done = visit.app.store.write(me.scope(), move |tx| {
        let offers = Offers::load(tx, &me, circle, now)?;
        if !offers.may {
            return Err(Problem::Refused("offer-not-yours"));
        }
        let mut open = offers.asked.iter().filter(|one| one.offered);
        if !open.any(|one| one.id == which) {
            return Err(gone());
        }
        rows::take_back(tx, me.movement, which)?;
        post::withdraw(tx, me.movement, which)?;
        changed(tx, &me, circle, now)
    });
    done.await?;
    back(&visit, circle, "offer-back")
}
