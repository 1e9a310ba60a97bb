//! Stepping back from what one took on, leaving a movement, coming back, and taking one's own
//! data along. It knows all rooms, so it stands outside of them.
//! Never: asks why; tells anybody; keeps somebody from coming back.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use mend_rules::movement::RETURN_DAYS;
use mend_rules::time::Time;
use mend_store::{Scope, Tx};
use serde_json::json;

use crate::web::form::Fields;
use crate::web::page::{crumbs, stitch};
use crate::web::{Answer, Me, Problem, Visit, page};
use crate::with;
use crate::{ask, circle, journal, letters, live, movement, post, step};

pub async fn show(visit: Visit) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let stewards = visit
        .app
        .store
        .read(me.scope(), move |tx| {
            movement::stewards(tx, me.movement, now)
        })
        .await?;
    let only = visit.me()?.steward && stewards.len() == 1;
    Ok(page(&visit, &visit.t("leave-head"), body(&visit, only)))
}

fn body(visit: &Visit, only_steward: bool) -> Markup {
    html! {
        div class="narrow stack" {
            (crumbs(visit, &visit.at("/me"), &visit.t("me-title")))
            h1 { (visit.t("leave-head")) }
            p class="lead" { (visit.t("leave-lead")) }
            @if only_steward { p class="note o" { (visit.t("leave-only-steward")) } }
            section class="stack" {
                h2 { (visit.t("export-title")) }
                p { (visit.t("export-what")) }
                div class="row" { a class="btn" href=(visit.at("/me/export")) { (visit.t("export-go")) } }
            }
            section class="stack" {
                h2 { (visit.t("step-back-title")) }
                p { (visit.t("step-back-what")) }
                form class="stack" method="post" action=(visit.at("/me/step-back")) {
                    label class="check" { input type="checkbox" name="sure" required; span { (visit.t("step-back-sure")) } }
                    div class="row" { button class="btn" { (visit.t("step-back-title")) } }
                }
            }
            (stitch())
            section class="stack" {
                h2 { (visit.t("leave-title")) }
                p { (visit.tw("leave-what", &with![days = RETURN_DAYS])) }
                form class="stack" method="post" action=(visit.at("/me/leave")) {
                    label class="check" { input type="checkbox" name="sure" required; span { (visit.t("leave-sure")) } }
                    label class="check" { input type="checkbox" name="not-again"; span { (visit.t("leave-not-again")) } }
                    div class="row" { button class="btn grave" { (visit.t("leave-title")) } }
                }
                p class="soft" { (visit.t("leave-or-erase")) " " a href="/account" { (visit.t("account-title")) } }
            }
        }
    }
}

/// Gives back the keeping of circles and the stewardship; seats stay.
pub async fn step_back(visit: Visit, fields: Fields) -> Answer {
    let me = visit.me()?;
    if !fields.has("sure") {
        return Err(Problem::Refused("unsure"));
    }
    let done = visit.app.store.write(me.scope(), move |tx| {
        circle::give_up_keeping(tx, &me)?;
        movement::step_back(tx, me.movement, me.person)
    });
    done.await?;
    Ok(Redirect::to(&visit.at("/me?told=stepped-back")).into_response())
}

/// Leaves: seats, roles, groups, wishes and all that one said of oneself go at once.
pub async fn leave(visit: Visit, fields: Fields) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    if !fields.has("sure") {
        return Err(Problem::Refused("unsure"));
    }
    let (not_again, app) = (fields.has("not-again"), visit.app.clone());
    let done = visit.app.store.write(me.scope(), move |tx| {
        circle::let_go_of(tx, &me)?;
        step::let_go_of(tx, &me)?;
        ask::let_go_of(tx, &me)?;
        circle::after::forget_calls(tx, &app.key.0, (me.movement, None), me.person)?;
        post::drop_person(tx, me.movement, me.person)?;
        let changed = live::forget(tx, &app.key.0, (me.movement, me.person), now)?;
        if not_again {
            movement::remember_not(tx, me.movement, me.person)?;
        }
        movement::leave(tx, me.movement, me.person, now)?;
        Ok::<_, Problem>(changed)
    });
    for live in done.await? {
        live::tell(&visit.app, &live);
    }
    Ok(Redirect::to("/movements?told=left").into_response())
}

/// Takes one's place again, without roles and seats.
pub async fn come_back(visit: Visit, fields: Fields) -> Answer {
    let (account, now) = (visit.account()?.id, visit.now);
    let address = fields.text("movement");
    let asked = address.clone();
    let back = visit.app.store.write(Scope::Account(account.0), move |tx| {
        let Some(place) = movement::at(tx, &asked)? else {
            return Ok(false);
        };
        tx.enter(Scope::Movement(place.id.0))?;
        if movement::lockdown::holding(tx, place.id, now)?.is_some() {
            return Err(Problem::Locked);
        }
        if !movement::safeguarding::may_return(tx, place.id, account)? {
            return Ok(false);
        }
        Ok(movement::come_back(tx, place.id, account)?)
    });
    if !back.await? {
        return Err(Problem::Refused("return-gone"));
    }
    Ok(Redirect::to(&format!("/m/{address}?told=welcome")).into_response())
}

/// Everything that the movement keeps of whoever asks, as one file.
pub async fn export(visit: Visit) -> Answer {
    let (me, app, now) = (visit.me()?, visit.app.clone(), visit.now);
    let today = now.day(&visit.movement()?.zone);
    let place = visit.movement()?.name.clone();
    let handle = visit.account()?.handle.clone();
    let (own, sealed) = visit
        .app
        .store
        .read(me.scope(), move |tx| {
            let sealed = sealed_writing(journal::kept(tx, me.account)?);
            Ok::<_, Problem>((own_data(tx, &app.key.0, &me, (now, today))?, sealed))
        })
        .await?;
    let all = json!({ "mend": 1, "movement": place, "handle": handle, "person": own, "sealed writing": sealed });
    let text = serde_json::to_string_pretty(&all).map_err(|e| Problem::Broken(e.to_string()))?;
    let headers = [
        (CONTENT_TYPE, "application/json"),
        (CONTENT_DISPOSITION, "attachment; filename=\"my-data.json\""),
    ];
    Ok((headers, text).into_response())
}

/// Sealed writing belongs to the account, whatever the movement. Only the vault can open it.
fn sealed_writing(sealed: journal::Sealed) -> serde_json::Value {
    let piece = |piece: &journal::Piece| json!({ "until": piece.until, "version": piece.version, "sealed": journal::signs(&piece.body) });
    json!({
        "what": "Only the vault opens this. It gives you your writing in readable files, on its page “Keep and let go”.",
        "keyring": sealed.keyring.as_deref().map(journal::signs),
        "pieces": sealed.pieces.iter().map(piece).collect::<Vec<_>>(),
    })
}

fn own_data(
    tx: &mut Tx<'_>,
    key: &mend_seal::ColumnKey,
    me: &Me,
    (now, today): (Time, jiff::civil::Date),
) -> Result<serde_json::Value, Problem> {
    let person = movement::person(tx, me.movement, me.person)?.ok_or(Problem::NotFound)?;
    let own = movement::own_more(tx, me.movement, me.person)?;
    let (minor, lead) = movement::safeguarding::own_words(tx, me)?;
    let names: std::collections::HashMap<_, _> =
        movement::names(tx, me.movement)?.into_iter().collect();
    let groups = movement::group_names(tx, me.movement)?;
    let memberships = movement::memberships(tx, me.movement)?;
    let of = memberships.get(&me.person).map_or(&[][..], Vec::as_slice);
    let sealed = person.email_sealed.as_deref();
    Ok(json!({
        "name": person.name,
        "pronouns": own.pronouns,
        "needs": movement::needs(key, me.movement, own.needs_sealed.as_deref()),
        "email": sealed.and_then(|sealed| movement::email(key, me.movement, sealed)),
        "number in a list": person.external_id,
        "zone": person.zone,
        "languages": person.languages.split_whitespace().collect::<Vec<_>>(),
        "free hours of the week, from Monday 0:00": (0..168).filter(|at| person.hours.has(*at)).collect::<Vec<_>>(),
        "willing to keep": person.keeps,
        "not to be contacted": person.do_not_contact,
        "paused": person.paused_at.is_some(),
        "joined": person.joined_on,
        "steward": me.steward,
        "under 18": minor,
        "safeguarding lead": lead,
        "groups": of.iter().filter_map(|(id, _)| groups.get(id)).collect::<Vec<_>>(),
        "groups led": of.iter().filter(|(_, leads)| *leads).filter_map(|(id, _)| groups.get(id)).collect::<Vec<_>>(),
        "wishes not to sit with": movement::wishes(tx, me.movement, me.person)?.iter().filter_map(|id| names.get(id)).collect::<Vec<_>>(),
        "circles": circle::exported::own_data(tx, key, me, now)?,
        "steps": step::own_data(tx, key, me)?,
        "asks, commitments and care": ask::own_data(tx, key, me, today)?,
        "letters that wait": post::waiting_for(tx, me.movement, me.person)?,
        "letters": letters::choose::exported(&post::choice(tx, me.movement, me.person)?),
        "practical asks kept after circles": live::asks_of(tx, key, me)?,
    }))
}
