//! Locking a movement for a while, keeping it locked, and opening it again.
//! Never: opens early by one person; tells members who locked it.
//! See: `mend_rules::lockdown`; the guard refuses everything else while it holds.

use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use mend_rules::id::{MovementId, PersonId};
use mend_rules::lockdown::{AGAIN_DAYS, Lock, LockTrouble};
use mend_rules::time::Time;
use mend_store::{StoreError, Tx};

use super::rows::{self, lockdown as locks};
use crate::ledger::{self, Deed};
use crate::people;
use crate::web::form::Fields;
use crate::web::page::crumbs;
use crate::web::{Answer, Me, Problem, Visit, page};
use crate::with;

/// The lock that holds now, if one does.
pub fn holding(
    tx: &mut Tx<'_>,
    movement: MovementId,
    now: Time,
) -> Result<Option<Lock>, StoreError> {
    Ok(locks::lock(tx, movement, now)?.filter(|lock| lock.holds(now)))
}

/// Counts what has passed of a lock, and forgets one that opened long ago.
pub fn count(tx: &mut Tx<'_>, movement: MovementId, now: Time) -> Result<(), StoreError> {
    match locks::lock(tx, movement, now)? {
        None => Ok(()),
        Some(lock) if !lock.holds(now) && lock.begun.days(AGAIN_DAYS) <= now => {
            locks::drop_lock(tx, movement)
        }
        Some(lock) => locks::set_lock(tx, movement, &lock.count(now)),
    }
}

/// Locks a movement. Everybody in it is signed out but whoever locks, in that one browser: a
/// session on a phone that was taken must not come back to life when the lock ends.
fn lock(tx: &mut Tx<'_>, me: &Me, session: &[u8], now: Time) -> Result<(), Problem> {
    let earlier = locks::lock(tx, me.movement, now)?;
    match Lock::begin(earlier.as_ref(), Some(me.person), now) {
        Ok(lock) => locks::set_lock(tx, me.movement, &lock)?,
        // A second click, or another steward was quicker.
        Err(LockTrouble::Closed) => return Ok(()),
        Err(_) => return Err(Problem::Refused("lock-again")),
    }
    sign_out(tx, me.movement, session)?;
    ledger::note(tx, me, Deed::MovementLocked, None, now)?;
    Ok(())
}

fn sign_out(tx: &mut Tx<'_>, movement: MovementId, but: &[u8]) -> Result<(), StoreError> {
    for account in locks::accounts(tx, movement)? {
        people::end_sessions_but(tx, account, but)?;
    }
    Ok(())
}

fn keep(tx: &mut Tx<'_>, me: &Me, now: Time) -> Result<(), Problem> {
    let Some(lock) = locks::lock(tx, me.movement, now)? else {
        return Ok(());
    };
    match lock.confirm(me.person, now) {
        Ok(lock) => locks::set_lock(tx, me.movement, &lock)?,
        Err(LockTrouble::Own) => return Err(Problem::Refused("lock-own")),
        Err(_) => return Ok(()),
    }
    ledger::note(tx, me, Deed::LockKept, None, now)?;
    Ok(())
}

/// Whether the movement is open afterwards.
fn open(tx: &mut Tx<'_>, me: &Me, now: Time) -> Result<bool, Problem> {
    let Some(lock) = locks::lock(tx, me.movement, now)? else {
        return Ok(true);
    };
    let Ok(after) = lock.open(me.person, now) else {
        return Ok(true);
    };
    locks::set_lock(tx, me.movement, &after)?;
    let open = !after.holds(now);
    let deed = match open {
        true => Deed::MovementOpened,
        false => Deed::OpeningAsked,
    };
    ledger::note(tx, me, deed, None, now)?;
    Ok(open)
}

/// What whoever runs the server can do: lock, for as long as two stewards could, or open.
pub fn by_host(
    tx: &mut Tx<'_>,
    movement: MovementId,
    locks_it: bool,
    now: Time,
) -> Result<(), StoreError> {
    let earlier = locks::lock(tx, movement, now)?;
    let deed = match (locks_it, earlier) {
        (true, _) => {
            locks::set_lock(tx, movement, &Lock::by_host(now))?;
            sign_out(tx, movement, &[])?;
            Deed::MovementLocked
        }
        (false, Some(lock)) if lock.holds(now) => {
            locks::set_lock(tx, movement, &lock.opened(now))?;
            Deed::MovementOpened
        }
        (false, _) => return Ok(()),
    };
    ledger::note_by_host(tx, movement, deed, now)
}

/// What locking does, or how the lock stands.
pub async fn show(visit: Visit) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let asking = me.clone();
    let (lock, stewards) = visit
        .app
        .store
        .read(me.scope(), move |tx| {
            let lock = holding(tx, asking.movement, now)?;
            Ok::<_, Problem>((lock, rows::stewards(tx, asking.movement, now)?))
        })
        .await?;
    let only = stewards.len() < 2;
    let name = |who: Option<PersonId>| {
        let found = stewards.iter().find(|(id, _, _)| Some(*id) == who);
        found.map(|(_, name, _)| name.as_str())
    };
    let body = match &lock {
        None => offer(&visit, only),
        Some(lock) => {
            let opening = name(lock.opening);
            stands(&visit, &me, lock, (name(lock.by), opening, only))
        }
    };
    Ok(page(&visit, &visit.t("lock-head"), body))
}

fn offer(visit: &Visit, only: bool) -> Markup {
    html! {
        div class="narrow stack" {
            (crumbs(visit, &visit.at("/movement"), &visit.t("nav-movement")))
            h1 { (visit.t("lock-title")) }
            p class="lead" { (visit.t("lock-lead")) }
            ul class="stack" {
                @for key in ["lock-does-all", "lock-does-sessions", "lock-does-end", "lock-does-open", "lock-does-not"] { li { (visit.t(key)) } }
            }
            @if only { p class="note o" { (visit.t("lock-only-steward")) " " a href=(visit.at("/movement")) { (visit.t("nav-movement")) } } }
            form class="card stack" method="post" action=(visit.at("/lock/begin")) {
                label class="check" { input type="checkbox" name="sure" required; span { (visit.t("lock-sure")) } }
                div class="row" { button class="btn grave" { (visit.t("lock-go")) } }
                p class="soft" { (visit.t("lock-who-knows")) }
            }
        }
    }
}

fn stands(
    visit: &Visit,
    me: &Me,
    lock: &Lock,
    (by, opening, only): (Option<&str>, Option<&str>, bool),
) -> Markup {
    html! {
        div class="narrow stack" {
            h1 { (visit.t("locked-title")) }
            p class="lead" { (visit.tw("locked-hours", &with![hours = lock.hours(visit.now)])) }
            @match by {
                Some(_) if lock.by == Some(me.person) => {}
                Some(name) => { p { (visit.tw("locked-by", &with![name = name])) } }
                None => { p { (visit.t("locked-by-nobody")) } }
            }
            @if lock.confirmed { p { (visit.t("locked-kept")) } }
            @else if lock.by == Some(me.person) { p { (visit.t("lock-own")) } }
            @else {
                form class="card stack" method="post" action=(visit.at("/lock/keep")) {
                    p { (visit.t("lock-keep-what")) }
                    div class="row" { button class="btn" { (visit.t("lock-keep")) } }
                }
            }
            @if only { p class="note o" { (visit.t("locked-only-steward")) } }
            @else { (opening_form(visit, me, lock, opening)) }
            p class="soft" { (visit.t("lock-who-knows")) }
        }
    }
}

fn opening_form(visit: &Visit, me: &Me, lock: &Lock, opening: Option<&str>) -> Markup {
    html! {
        form class="card stack" method="post" action=(visit.at("/lock/open")) {
            @match opening {
                Some(_) if lock.opening == Some(me.person) => { p { (visit.t("lock-open-asked")) } }
                Some(name) => {
                    p { (visit.tw("lock-open-second", &with![name = name])) }
                    div class="row" { button class="btn" { (visit.t("lock-open-now")) } }
                }
                None => {
                    p { (visit.t("lock-open-what")) }
                    div class="row" { button class="btn" { (visit.t("lock-open")) } }
                }
            }
        }
    }
}

pub async fn begin(visit: Visit, fields: Fields) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    if !fields.has("sure") {
        return Err(Problem::Refused("unsure"));
    }
    let (session, movement) = (visit.account()?.session.clone(), me.movement);
    let done = visit
        .app
        .store
        .write(me.scope(), move |tx| lock(tx, &me, &session, now));
    done.await?;
    visit.app.halls.empty(movement);
    Ok(Redirect::to(&visit.at("/lock")).into_response())
}

pub async fn keep_locked(visit: Visit) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let done = visit
        .app
        .store
        .write(me.scope(), move |tx| keep(tx, &me, now));
    done.await?;
    Ok(Redirect::to(&visit.at("/lock")).into_response())
}

pub async fn open_early(visit: Visit) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let done = visit
        .app
        .store
        .write(me.scope(), move |tx| open(tx, &me, now));
    let next = match done.await? {
        true => "?told=opened",
        false => "/lock",
    };
    Ok(Redirect::to(&visit.at(next)).into_response())
}
