//! How mail fares, for stewards: whether it goes out, what waits, and what did not arrive or may
//! not have. They see whose letter it was, and never what it was about.

use std::collections::HashMap;

use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use mend_rules::id::PersonId;

use super::by_hand;
use crate::movement;
use crate::post::smtp::{Failed, WAITING};
use crate::post::way::Out;
use crate::post::{self, State, Stuck, Trouble};
use crate::web::form::Fields;
use crate::web::page::{crumbs, stitch};
use crate::web::{Answer, Problem, Visit, page};
use crate::with;

struct Fares {
    waiting: i64,
    trouble: Option<Trouble>,
    stuck: Vec<Stuck>,
    names: HashMap<PersonId, String>,
    /// The steward's own address.
    own: Option<String>,
}

async fn fares(visit: &Visit) -> Result<Fares, Problem> {
    let (me, app) = (visit.me()?, visit.app.clone());
    let read = visit.app.store.read(me.scope(), move |tx| {
        let (waiting, trouble) = post::count_waiting(tx, me.movement)?;
        let person = movement::person(tx, me.movement, me.person)?;
        let sealed = person.and_then(|person| person.email_sealed);
        Ok::<_, Problem>(Fares {
            waiting,
            trouble,
            stuck: post::stuck(tx, me.movement)?,
            names: movement::names(tx, me.movement)?.into_iter().collect(),
            own: sealed.and_then(|sealed| movement::email(&app.key.0, me.movement, &sealed)),
        })
    });
    read.await
}

pub async fn show(visit: Visit) -> Answer {
    let fares = fares(&visit).await?;
    Ok(page(
        &visit,
        &visit.t("mail-title"),
        body(&visit, &fares, None)?,
    ))
}

/// Sends a letter to the steward's own address, and says what the server answered.
pub async fn test(visit: Visit) -> Answer {
    let fares = fares(&visit).await?;
    let sent = match (visit.app.post.get(), &fares.own) {
        (None, _) => return Err(Problem::Refused("mail-paper")),
        (_, None) => return Err(Problem::Refused("mail-no-address")),
        (Some(way), Some(to)) => {
            let sample = by_hand::sample(&visit.app.tongue, visit.now);
            by_hand::send(way, to, &sample, WAITING).await
        }
    };
    let body = body(&visit, &fares, Some(&sent))?;
    Ok(page(&visit, &visit.t("mail-title"), body))
}

/// Sends something again that a steward asks for, or lets go of it.
pub async fn by_hand(visit: Visit, fields: Fields) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let id: PersonId = fields
        .parse("mail")
        .ok_or(Problem::Refused("mail-moved-on"))?;
    let again = fields.text("do") == "again";
    let done = visit.app.store.write(me.scope(), move |tx| {
        if again {
            post::again_by_hand(tx, me.movement, id.0, now)
        } else {
            post::let_go(tx, me.movement, id.0, now)
        }
    });
    if !done.await? {
        return Err(Problem::Refused("mail-moved-on"));
    }
    let told = if again { "mail-again" } else { "let-go" };
    Ok(Redirect::to(&visit.at(&format!("/mail?told={told}"))).into_response())
}

fn body(
    visit: &Visit,
    fares: &Fares,
    sent: Option<&Result<(), Failed>>,
) -> Result<Markup, Problem> {
    let me = visit.me()?;
    let way = visit.app.post.get();
    let folder = way.is_some_and(|way| matches!(way.out, Out::Folder(_)));
    let test = if folder {
        "mail-test-folder"
    } else {
        "mail-test-what"
    };
    Ok(html! {
        div class="narrow stack" {
            (crumbs(visit, &visit.at("/movement"), &visit.t("nav-movement")))
            h1 { (visit.t("mail-title")) }
            p class="lead" { (way_said(visit)) }
            @match sent {
                None => {},
                Some(Ok(())) => { p class="note m" role="status" { (visit.t(if folder { "mail-written" } else { "mail-accepted" })) } },
                Some(Err(failed)) => { p class="note r" role="alert" { (by_hand::told(&visit.app.tongue, failed)) } },
            }
            @if way.is_some() {
                p { (visit.tw("mail-waiting", &with![count = fares.waiting])) }
                @if let Some(trouble) = fares.trouble { p class="note o" { (visit.t(&format!("trouble-{}", trouble.word()))) " " (visit.t("mail-goes-on")) } }
                section class="card stack" {
                    h2 { (visit.t("mail-test")) }
                    @if let Some(own) = &fares.own {
                        p { (visit.tw(test, &with![address = own.as_str()])) }
                        form method="post" action=(visit.at("/mail/test")) { button class="btn" { (visit.t("mail-test-go")) } }
                    } @else {
                        p { (visit.t("mail-no-address")) }
                        div class="row" { a class="btn" href=(visit.at(&format!("/people/{}", me.person))) { (visit.t("mail-own-page")) } }
                    }
                }
            }
            @if !fares.stuck.is_empty() {
                section class="stack" {
                    h2 { (visit.t("mail-stuck")) }
                    p class="soft" { (visit.t("mail-stuck-what")) }
                    ul class="plain stack" { @for one in &fares.stuck { (stuck(visit, fares, one)) } }
                }
            }
            (stitch())
            p class="readers" { (visit.t("mail-who-reads")) }
        }
    })
}

fn way_said(visit: &Visit) -> String {
    match visit.app.post.get().map(|way| &way.out) {
        None => visit.t("mail-paper"),
        Some(Out::Folder(_)) => visit.t("mail-folder"),
        Some(Out::Smtp(server)) => visit.tw("mail-smtp", &with![host = server.host.as_str()]),
    }
}

fn stuck(visit: &Visit, fares: &Fares, one: &Stuck) -> Markup {
    let name = fares.names.get(&one.person);
    let name = name.map_or_else(|| visit.t("mail-somebody"), Clone::clone);
    let day = visit.long_day(one.made.day(&visit.zone()));
    let head = match one.state {
        State::Perhaps => "mail-perhaps",
        State::Dead => "mail-dead",
    };
    let trouble = one.trouble.filter(|trouble| *trouble != Trouble::Unknown);
    html! {
        li class="card stack" {
            h3 { (visit.tw(head, &with![name = name.as_str(), day = day])) }
            @if let Some(trouble) = trouble { p { (visit.t(&format!("trouble-{}", trouble.word()))) } }
            @if one.state == State::Perhaps { p { (visit.t("mail-perhaps-why")) } }
            form class="row" method="post" action=(visit.at("/mail")) {
                input type="hidden" name="mail" value=(PersonId(one.id));
                button class="btn" name="do" value="again" aria-label={ (visit.t("mail-again")) ": " (name) } { (visit.t("mail-again")) }
                button class="btn quiet" name="do" value="let-go" aria-label={ (visit.t("mail-let-go")) ": " (name) } { (visit.t("mail-let-go")) }
            }
        }
    }
}
