//! The joining link and those who ask for a place by it, for stewards.
//! Never: shows members who asks; keeps why somebody was told "not now".
//! See: `mend_rules::joining`; `ask` for the other side of the link.

use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use mend_rules::id::{AskingId, PersonId};
use mend_rules::joining::{LINK_DAYS, Yes, yes};
use mend_rules::people::Age;
use mend_rules::time::Time;
use mend_store::Tx;

use super::rows::joining::{self as rows, Asking, Link};
use super::rows::{self as all, person::Person};
use super::{age, asking, safeguarding};
use crate::app::fresh;
use crate::ledger::{self, Deed};
use crate::qr;
use crate::web::form::Fields;
use crate::web::page::{crumbs, page_with, stitch};
use crate::web::{Answer, Me, Problem, Visit, page};
use crate::with;

/// How many people wait, for a steward's Home.
pub fn count(tx: &mut Tx<'_>, me: &Me, now: Time) -> Result<usize, Problem> {
    Ok(rows::waiting(tx, me.movement, now)?.len())
}

/// The card for a steward's Home: how many, and no name.
pub fn card(visit: &Visit, count: usize) -> Option<Markup> {
    (count > 0).then(|| {
        html! {
            div class="card stack" {
                h2 { (visit.t("joining-waiting")) }
                p class="soft" { (visit.tw("joining-count", &with![count = count])) }
                a class="btn" href=(visit.at("/joining")) { (visit.t("joining-look")) }
            }
        }
    })
}

struct Shown {
    link: Option<Link>,
    waiting: Vec<Asking>,
    stewards: Vec<(PersonId, String, Time)>,
}

async fn load(visit: &Visit) -> Result<Shown, Problem> {
    let (me, now) = (visit.me()?, visit.now);
    visit
        .app
        .store
        .read(me.scope(), move |tx| {
            Ok(Shown {
                link: rows::link(tx, me.movement, now)?,
                waiting: rows::waiting(tx, me.movement, now)?,
                stewards: all::stewards(tx, me.movement, now)?,
            })
        })
        .await
}

pub async fn show(visit: Visit) -> Answer {
    let shown = load(&visit).await?;
    let body = whole(&visit, &shown)?;
    Ok(page(&visit, &visit.t("joining-title"), body))
}

fn whole(visit: &Visit, shown: &Shown) -> Result<Markup, Problem> {
    let me = visit.me()?;
    let only = shown.stewards.len() < 2;
    Ok(html! {
        div class="narrow stack" {
            (crumbs(visit, &visit.at("/people"), &visit.t("people-title")))
            h1 { (visit.t("joining-title")) }
            p class="lead" { (visit.t("joining-lead")) }
            @if only { p class="note o" { (visit.t("joining-only-steward")) " " a href=(visit.at("/movement")) { (visit.t("nav-movement")) } } }
            (link_card(visit, shown.link))
            (stitch())
            h2 { (visit.t("joining-waiting")) }
            @if shown.waiting.is_empty() { p { (visit.t("joining-nobody")) } }
            @else { p class="soft" { (visit.t("joining-how")) } }
            ul class="plain stack" { @for one in &shown.waiting { li { (waits(visit, &me, shown, one)) } } }
        }
    })
}

fn link_card(visit: &Visit, link: Option<Link>) -> Markup {
    html! {
        section class="card stack" {
            @match link {
                None => {
                    p { (visit.tw("joining-none", &with![days = LINK_DAYS])) }
                    form method="post" action=(visit.at("/joining/open")) { button class="btn go" { (visit.t("joining-open")) } }
                }
                Some(link) => {
                    p { (visit.tw("joining-until", &with![day = visit.long_day(link.ends.day(&visit.zone()))])) }
                    div class="row" {
                        a class="btn go" href=(visit.at("/joining/sheet")) { (visit.t("joining-sheet")) }
                        form method="post" action=(visit.at("/joining/open")) { button class="btn" { (visit.tw("joining-renew", &with![days = LINK_DAYS])) } }
                    }
                    form class="stack" method="post" action=(visit.at("/joining/end")) {
                        label class="check" { input type="checkbox" name="all"; span { (visit.t("joining-end-all")) } }
                        div class="row" { button class="btn quiet" { (visit.t("joining-end")) } }
                    }
                }
            }
        }
    }
}

fn waits(visit: &Visit, me: &Me, shown: &Shown, one: &Asking) -> Markup {
    let own = one.first == Some(me.person);
    let first = shown
        .stewards
        .iter()
        .find(|(id, _, _)| Some(*id) == one.first);
    let knows = asking::knows(visit, one.knows_sealed.as_deref());
    let named = with![name = one.name.as_str()];
    html! {
        section class="card stack" {
            h3 { (one.name) @if !one.pronouns.is_empty() { " " small { "(" (one.pronouns) ")" } } }
            @if one.minor { p { span class="tag o" { (visit.t("person-minor")) } } }
            @if let Some(knows) = knows { p { (visit.tw("joining-knows", &with![who = knows])) } }
            @if !one.languages.is_empty() { p class="soft" { (visit.tw("joining-speaks", &with![languages = one.languages.replace(' ', ", ")])) } }
            @if own { p class="soft" { (visit.t("joining-own-yes")) } }
            @else if let Some((_, name, _)) = first { p class="soft" { (visit.tw("joining-first-yes", &with![name = name.as_str()])) } }
            div class="row" {
                @if !own {
                    form method="post" action=(visit.at("/joining/yes")) {
                        input type="hidden" name="asking" value=(one.id);
                        button class="btn go" aria-label=(visit.tw("joining-yes-to", &named)) { (visit.t("joining-yes")) }
                    }
                }
                form method="post" action=(visit.at("/joining/no")) {
                    input type="hidden" name="asking" value=(one.id);
                    button class="btn" aria-label=(visit.tw("joining-no-to", &named)) { (visit.t("joining-no")) }
                }
            }
        }
    }
}

/// Makes the link, or lets the one there is go on; its address stays the same.
pub async fn open(visit: Visit) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let done = visit.app.store.write(me.scope(), move |tx| {
        let mark = rows::link(tx, me.movement, now)?.map_or_else(fresh, |link| link.mark);
        let ends = now.days(LINK_DAYS);
        rows::set_link(tx, me.movement, Link { mark, ends })?;
        Ok::<_, Problem>(ledger::note(tx, &me, Deed::JoiningOpened, None, now)?)
    });
    done.await?;
    Ok(Redirect::to(&visit.at("/joining?told=joining")).into_response())
}

/// Ends the link; with the box ticked, everybody who waits is told "not now".
pub async fn end(visit: Visit, fields: Fields) -> Answer {
    let (me, now, all) = (visit.me()?, visit.now, fields.has("all"));
    let done = visit.app.store.write(me.scope(), move |tx| {
        rows::drop_link(tx, me.movement)?;
        if all {
            for one in rows::waiting(tx, me.movement, now)? {
                rows::not_now(tx, me.movement, one.id, now)?;
            }
        }
        Ok::<_, Problem>(ledger::note(tx, &me, Deed::JoiningEnded, None, now)?)
    });
    done.await?;
    Ok(Redirect::to(&visit.at("/joining?told=joining-ended")).into_response())
}

/// The link as a sheet to hang up or hand over.
pub async fn sheet(visit: Visit) -> Answer {
    let movement = visit.movement()?.clone();
    let Some(link) = load(&visit).await?.link else {
        return Ok(Redirect::to(&visit.at("/joining")).into_response());
    };
    let url = asking::url(&visit.app, &movement, link);
    let until = visit.long_day(link.ends.day(&visit.zone()));
    let body = html! {
        div class="stack sheet" {
            p class="soft" { (movement.name) }
            h1 { (visit.t("joining-sheet-title")) }
            p class="lead" { (visit.tw("joining-sheet-how", &with![day = until])) }
            (qr::drawing(&url, &visit.t("joining-qr")))
            p class="link" id="joining-link" { (url) }
            @if !visit.app.base.secure { p class="note o" { (visit.t("not-public-why")) } }
            div class="row no-print" {
                button type="button" class="btn" data-mend="print" hidden { (visit.t("print")) }
                button type="button" class="btn" data-mend="copy" data-of="joining-link" data-done=(visit.t("copied")) hidden { (visit.t("copy")) }
                a class="btn quiet" href=(visit.at("/joining")) { (visit.t("joining-title")) }
            }
        }
    };
    let title = visit.t("joining-title");
    Ok(page_with(&visit, &title, body, &["sign.js"]))
}

/// What became of somebody who asked.
enum Done {
    First,
    In,
    Gone,
}

fn say_yes(tx: &mut Tx<'_>, me: &Me, id: AskingId, now: Time) -> Result<Done, Problem> {
    let waiting = rows::waiting(tx, me.movement, now)?;
    let Some(one) = waiting.into_iter().find(|one| one.id == id) else {
        return Ok(Done::Gone);
    };
    match yes(one.first, me.person) {
        None => Ok(Done::First),
        Some(Yes::First) => {
            rows::set_first(tx, me.movement, id, me.person)?;
            Ok(Done::First)
        }
        Some(Yes::In) => let_in(tx, me, &one, now),
    }
}

fn let_in(tx: &mut Tx<'_>, me: &Me, one: &Asking, now: Time) -> Result<Done, Problem> {
    let age = if one.minor { Age::Minor } else { Age::Adult };
    // A lead may have stopped since they asked.
    if !mend_rules::safeguarding::may_join(age, safeguarding::care(tx, me.movement)?) {
        return Err(Problem::Refused("joining-no-lead"));
    }
    rows::drop(tx, me.movement, one.account)?;
    // They came in by a personal link meanwhile.
    if rows::has_row(tx, me.movement, one.account)? {
        return Ok(Done::Gone);
    }
    let person = Person {
        account: Some(one.account),
        languages: one.languages.clone(),
        joined_on: Some(now.day(&jiff::tz::TimeZone::UTC).to_string()),
        ..Person::new(PersonId(fresh()), &one.name)
    };
    all::person::add(tx, me.movement, &person, now)?;
    age::note(tx, me.movement, person.id, age, now)?;
    let more = all::own::More {
        pronouns: one.pronouns.clone(),
        needs_sealed: None,
    };
    all::own::set_more(tx, me.movement, person.id, &more)?;
    ledger::note(tx, me, Deed::PlaceGiven, None, now)?;
    Ok(Done::In)
}

pub async fn approve(visit: Visit, fields: Fields) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let id: AskingId = fields.parse("asking").ok_or(Problem::NotFound)?;
    let done = visit
        .app
        .store
        .write(me.scope(), move |tx| say_yes(tx, &me, id, now));
    let told = match done.await? {
        Done::First => "asking-first",
        Done::In => "asking-in",
        Done::Gone => "asking-gone",
    };
    Ok(Redirect::to(&visit.at(&format!("/joining?told={told}"))).into_response())
}

pub async fn decline(visit: Visit, fields: Fields) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let id: AskingId = fields.parse("asking").ok_or(Problem::NotFound)?;
    let done = visit.app.store.write(me.scope(), move |tx| {
        rows::not_now(tx, me.movement, id, now)
    });
    done.await?;
    Ok(Redirect::to(&visit.at("/joining?told=asking-not-now")).into_response())
}
