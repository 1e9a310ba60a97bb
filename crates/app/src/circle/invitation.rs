//! Invitations: sheets with a QR code, a file, and answering by one signed link without an
//! account. A decline needs no reason and is shown to nobody but as a free seat.

use axum::extract::{Path, RawQuery};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use mend_list::plain;
use mend_rules::circle::ANSWER_DAYS;
use mend_rules::id::{InvitationId, MovementId};
use mend_store::Scope;

use super::rows::{self, Invitation};
use super::{acts, offer};
use crate::app::App;
use crate::meeting::{self, Meetings};
use crate::movement::email;
use crate::web::form::Fields;
use crate::web::page::{crumbs, page_with};
use crate::web::visit::Movement;
use crate::web::{Answer, Problem, Visit, link, page};
use crate::{post, qr, with};

const PURPOSE: &str = "invitation";

fn checked(app: &App, movement: MovementId, token: &str) -> Option<InvitationId> {
    let id = link::about(token)?;
    let right = link::is_signed(&app.key.0, PURPOSE, token, &[movement.0, id].concat());
    right.then_some(InvitationId(id))
}

/// The whole link that answers an invitation, for a letter or a sheet.
pub fn answer_link(app: &App, place: &Movement, id: [u8; 16]) -> String {
    let token = link::token(&app.key.0, PURPOSE, id, &[place.id.0, id].concat());
    format!("{}/m/{}/i/{token}", app.base.origin, place.address)
}

fn url(visit: &Visit, id: InvitationId) -> String {
    // The guard has made sure that there is a movement.
    let place = visit.movement();
    place.map_or_else(
        |_| String::new(),
        |place| answer_link(&visit.app, place, id.0),
    )
}

/// An invitation with its circle's series, if it can still be answered.
async fn open(visit: &Visit, token: &str) -> Result<Option<(Invitation, Meetings)>, Problem> {
    let (place, now) = (visit.movement()?.id, visit.now);
    let id = checked(&visit.app, place, token).ok_or(Problem::NotFound)?;
    visit
        .app
        .store
        .read(Scope::Movement(place.0), move |tx| {
            let Some(found) = rows::open_invitation(tx, place, id, now)? else {
                return Ok(None);
            };
            if !offer::is_open(tx, place, &found)? {
                return Ok(None);
            }
            // Where the last meeting was, there is nothing left to be invited to.
            let meetings = meeting::get(tx, place, found.circle.series)?;
            let meetings = meetings.filter(|meetings| meetings.next(now).is_some());
            Ok(meetings.map(|meetings| (found, meetings)))
        })
        .await
}

/// The page behind the link of a sheet.
pub async fn answer_page(
    visit: Visit,
    Path((_, token)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let said = Fields::read(query.unwrap_or_default().as_bytes()).text("said");
    let body = match open(&visit, &token).await? {
        None => ended(&visit),
        Some((invitation, meetings)) => asked(&visit, &invitation, &meetings, &said),
    };
    Ok(page(&visit, &visit.t("answer-head"), body))
}

fn ended(visit: &Visit) -> Markup {
    html! {
        div class="narrow stack" {
            h1 { (visit.t("answer-ended")) }
            p class="lead" { (visit.t("answer-ended-why")) }
        }
    }
}

fn asked(visit: &Visit, invitation: &Invitation, meetings: &Meetings, said: &str) -> Markup {
    let name = with![name = invitation.name.as_str()];
    html! {
        div class="stack" {
            @match said {
                "yes" => { h1 { (visit.t("answer-yes")) } p class="lead" { (visit.t("answer-yes-then")) } },
                "no" => { h1 { (visit.t("answer-no")) } p class="lead" { (visit.t("answer-no-then")) } },
                _ => { h1 { (visit.tw("answer-title", &name)) } p class="lead" { (visit.t("answer-lead")) } },
            }
            (facts(visit, invitation, meetings))
            form class="row" method="post" {
                button class="btn go" name="answer" value="yes" { (visit.t("answer-say-yes")) }
                button class="btn" name="answer" value="no" { (visit.t("answer-say-no")) }
            }
            p class="readers" { (visit.t("answer-who-reads")) }
        }
    }
}

/// In the circle's own zone: whoever prints it may live in another one than whoever reads it.
fn facts(visit: &Visit, invitation: &Invitation, meetings: &Meetings) -> Markup {
    let until = invitation.ends_at.day(&meetings.series.zone);
    html! {
        dl class="facts" {
            dt { (visit.t("fact-circle")) } dd { (invitation.circle.name) ", " (visit.tw("fact-seats", &with![count = invitation.circle.seats])) }
            @if let Some(next) = meetings.next(visit.now) { dt { (visit.t("fact-first")) } dd { (meeting::when_there(visit, &next)) } }
            dt { (visit.t("fact-then")) } dd { (meeting::cadence(visit, &meetings.series)) }
            dt { (visit.t("fact-where")) } dd { (visit.t(&format!("format-{}", meetings.format.word()))) }
            dt { (visit.t("fact-answer-by")) } dd { (visit.long_day(until)) }
        }
    }
}

/// Answers by the link.
pub async fn answer(
    visit: Visit,
    Path((_, token)): Path<(String, String)>,
    fields: Fields,
) -> Answer {
    let said = fields.text("answer");
    let yes = is_yes(&said)?;
    let movement = visit.movement()?.id;
    let id = checked(&visit.app, movement, &token).ok_or(Problem::NotFound)?;
    keep(&visit, id, yes, None).await?;
    let back = visit.at(&format!("/i/{token}?said={said}"));
    Ok(Redirect::to(&back).into_response())
}

/// What a button says; a form without one answers nothing.
fn is_yes(said: &str) -> Result<bool, Problem> {
    match said {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(Problem::Refused("answer-which")),
    }
}

async fn keep(
    visit: &Visit,
    id: InvitationId,
    yes: bool,
    mine: Option<mend_rules::id::PersonId>,
) -> Result<(), Problem> {
    let (place, now, app) = (visit.movement()?.clone(), visit.now, visit.app.clone());
    visit
        .app
        .store
        .write(Scope::Movement(place.id.0), move |tx| {
            let found = rows::open_invitation(tx, place.id, id, now)?;
            let found = found.ok_or(Problem::Refused("answer-ended-why"))?;
            let meetings = meeting::get(tx, place.id, found.circle.series)?;
            if meetings.is_none_or(|meetings| meetings.next(now).is_none()) {
                return Err(Problem::Refused("answer-ended-why"));
            }
            if mine.is_some_and(|me| me != found.person) {
                return Err(Problem::NotFound);
            }
            acts::answer(tx, &place, (&app.key.0, &found), yes, now)
        })
        .await
}

/// Answers from one's own Home.
pub async fn answer_signed_in(
    visit: Visit,
    Path((_, circle)): Path<(String, String)>,
    fields: Fields,
) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let asking = me.clone();
    let mine = visit
        .app
        .store
        .read(me.scope(), move |tx| {
            Ok::<_, Problem>(rows::my_invitations(tx, &asking, now)?)
        })
        .await?;
    let found = mine.into_iter().find(|i| i.circle.id.to_string() == circle);
    let id = found.ok_or(Problem::NotFound)?.id;
    let yes = is_yes(&fields.text("answer"))?;
    keep(&visit, id, yes, Some(me.person)).await?;
    let told = if yes { "answered-yes" } else { "answered-no" };
    Ok(Redirect::to(&visit.at(&format!("?told={told}"))).into_response())
}

async fn all(visit: &Visit) -> Result<Vec<(Invitation, Meetings)>, Problem> {
    let (me, now) = (visit.me()?, visit.now);
    visit
        .app
        .store
        .read(me.scope(), move |tx| {
            let series = meeting::all(tx, me.movement)?;
            let all = rows::invitations(tx, me.movement, now)?.into_iter();
            let with_series = all.filter_map(|invitation| {
                let meetings = series.get(&invitation.circle.series)?.clone();
                Some((invitation, meetings))
            });
            Ok(with_series.collect())
        })
        .await
}

/// Links open nothing elsewhere while the program has no address that is known there.
pub fn not_public(visit: &Visit) -> Markup {
    html! { @if !visit.app.base.secure { p class="note o" { (visit.t("not-public-why")) } } }
}

/// How invitations go out.
pub async fn show(visit: Visit) -> Answer {
    let all = all(&visit).await?;
    let unwritten = all.iter().filter(|(i, _)| i.email_sealed.is_none()).count();
    let body = html! {
        div class="narrow stack" {
            (crumbs(&visit, &visit.at("/circles"), &visit.t("nav-circles")))
            h1 { (visit.t("invitations-title")) }
            @if all.is_empty() { p class="lead" { (visit.t("invitations-none")) } }
            @else {
                p class="lead" { (visit.tw("invitations-lead", &with![count = all.len(), days = ANSWER_DAYS])) }
                (not_public(&visit))
                @if visit.app.writes() { p class="note i" { (visit.t("invitations-mail")) } }
                section class="card stack" {
                    h2 { (visit.t("sheets-title")) }
                    p { (visit.t("sheets-what")) }
                    form method="post" action=(visit.at("/invitations/sheets")) { button class="btn go" { (visit.t("sheets-go")) } }
                }
                section class="card stack" {
                    h2 { (visit.t("file-title")) }
                    p { (visit.tw("file-what", &with![count = unwritten])) }
                    form method="post" action=(visit.at("/invitations/file")) { button class="btn" { (visit.t("file-go")) } }
                }
                p class="soft" { (visit.t("invitations-quiet")) }
            }
        }
    };
    Ok(page(&visit, &visit.t("invitations-title"), body))
}

/// Notes that the letters go out on paper, and opens the sheets.
pub async fn hand_over(visit: Visit) -> Answer {
    let all = all(&visit).await?;
    let own = all.iter().filter(|(one, _)| !one.offered);
    went_out(&visit, own.map(|(one, _)| one.id).collect()).await?;
    Ok(Redirect::to(&visit.at("/invitations/sheets")).into_response())
}

/// One sheet a person, to hand over.
pub async fn sheets(visit: Visit) -> Answer {
    let all = all(&visit).await?;
    let body = html! {
        div class="row no-print" {
            h1 { (visit.t("sheets-title")) }
            button type="button" class="btn go" data-mend="print" hidden { (visit.t("print")) }
            a class="btn quiet" href=(visit.at("/invitations")) { (visit.t("invitations-title")) }
        }
        @for (invitation, meetings) in &all { (sheet(&visit, invitation, meetings)) }
    };
    Ok(page_with(
        &visit,
        &visit.t("sheets-title"),
        body,
        &["sign.js"],
    ))
}

pub fn sheet(visit: &Visit, invitation: &Invitation, meetings: &Meetings) -> Markup {
    let link = url(visit, invitation.id);
    html! {
        section class="sheet stack" {
            p class="soft" { (visit.place.as_ref().map_or("", |place| place.movement.name.as_str())) }
            h2 class="as-h1" { (visit.tw("answer-title", &with![name = invitation.name.as_str()])) }
            p class="lead" { (visit.t("answer-lead")) }
            (facts(visit, invitation, meetings))
            (qr::drawing(&link, &visit.t("sheet-qr")))
            p { (visit.t("sheet-how")) }
            p class="link" { (link) }
            p class="soft" { (visit.t("answer-who-reads")) }
        }
    }
}

async fn went_out(visit: &Visit, about: Vec<InvitationId>) -> Result<(), Problem> {
    let (me, now) = (visit.me()?, visit.now);
    visit
        .app
        .store
        .write(me.scope(), move |tx| {
            for id in &about {
                post::went_out(tx, me.movement, *id, now)?;
            }
            Ok(())
        })
        .await
}

/// Names, addresses and links as a table for another program. Cells that a spreadsheet would take
/// for a formula are made plain.
pub async fn file(visit: Visit) -> Answer {
    let mut all = all(&visit).await?;
    all.retain(|(invitation, _)| !invitation.do_not_contact);
    let written = all
        .iter()
        .filter(|(i, _)| i.email_sealed.is_some() && !i.offered);
    went_out(&visit, written.map(|(i, _)| i.id).collect()).await?;
    let mut table = csv::Writer::from_writer(Vec::new());
    let broken = |e: csv::Error| Problem::Broken(e.to_string());
    table
        .write_record(["name", "email", "circle", "first", "link"])
        .map_err(broken)?;
    for (invitation, meetings) in &all {
        let sealed = invitation.email_sealed.as_deref();
        let mail = sealed.and_then(|s| email(&visit.app.key.0, visit.movement().ok()?.id, s));
        let next = meetings.next(visit.now);
        let first = next
            .map(|next| meeting::when_there(&visit, &next))
            .unwrap_or_default();
        let link = url(&visit, invitation.id);
        let cells = [
            plain(&invitation.name),
            plain(mail.as_deref().unwrap_or_default()),
            plain(&invitation.circle.name),
            plain(&first),
            plain(&link),
        ];
        table
            .write_record(cells.iter().map(|cell| cell.as_ref()))
            .map_err(broken)?;
    }
    let bytes = table
        .into_inner()
        .map_err(|e| Problem::Broken(e.to_string()))?;
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            CONTENT_DISPOSITION,
            "attachment; filename=\"invitations.csv\"",
        ),
    ];
    Ok((headers, bytes).into_response())
}
