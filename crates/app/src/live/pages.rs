//! The live circle: its page, and what is done on it.

use axum::Json;
use axum::extract::Path;
use axum::http::header::{ACCEPT, HeaderMap};
use axum::response::{IntoResponse, Redirect, Response};
use mend_rules::id::{CircleId, LiveId};
use mend_rules::live::Refusal;
use mend_rules::meeting::fits_from;
use serde_json::json;

use super::acts::{self, Asked, Coming, Outcome};
use super::told::{self, Looking, Told};
use super::view::{self, Around};
use super::words::{self, Hour};
use super::{after, beyond, door};
use crate::circle::{self, Shown, inventory};
use crate::halls::Live;
use crate::web::form::Fields;
use crate::web::page::page_with;
use crate::web::{Answer, Problem, Visit, page};

/// A circle as its live page needs it.
pub struct Found {
    pub shown: Shown,
    pub live: Option<Live>,
    pub hour: Hour,
}

pub async fn find(visit: &Visit, circle: CircleId) -> Result<Found, Problem> {
    let (me, app, place, now) = (
        visit.me()?,
        visit.app.clone(),
        visit.movement()?.clone(),
        visit.now,
    );
    let found = visit.app.store.read(me.scope(), move |tx| {
        let shown = circle::shown_to_seated(tx, &me, circle, now)?;
        let live = acts::load(tx, &app.key.0, me.movement, circle)?;
        let hour = match &live {
            Some(live) => {
                let setting = &live.state.setting;
                let of = (setting.on, &setting.steps[..]);
                words::hour(tx, (&app, &place), &shown, of, now)?
            }
            None => Hour::default(),
        };
        Ok::<_, Problem>(Found { shown, live, hour })
    });
    let found = found.await?;
    let over = |live: &Live| live.state.is_over(visit.now);
    if found.live.as_ref().is_some_and(over) {
        beyond::close_over(&visit.app, visit.movement()?.id, visit.now).await?;
        return Ok(Found {
            live: None,
            ..found
        });
    }
    Ok(found)
}

pub fn read(id: &str) -> Result<CircleId, Problem> {
    id.parse().map_err(|_| Problem::NotFound)
}

/// The live circle, the door before it, or what is there when it is over.
pub async fn show(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let circle = read(&id)?;
    let (me, found) = (visit.me()?, find(&visit, circle).await?);
    let Some(live) = &found.live else {
        if let Some(body) = after::body(&visit, &found.shown).await? {
            return Ok(page(&visit, &visit.t("circle-head"), body));
        }
        let body = door::closed(&visit, &found.shown, &me);
        return Ok(page(&visit, &visit.t("circle-head"), body));
    };
    let told = told(&visit, live, &found)?;
    let inside = live.state.somebody(me.person).is_some();
    let body = if inside {
        let parts = told::parts(&live.state, found.shown.seated.len());
        let around = Around {
            at: visit.at(&format!("/circles/{circle}/live")),
            write: visit.at(&inventory::this_quarter(&found.shown, visit.now)),
            parts: &parts,
            steps: &fitting(&visit, &found.shown, live),
            help: &found.shown.help,
            law: found.shown.law,
        };
        view::live(&visit, &told, &around)
    } else {
        door::open(&visit, &found.shown, &told)
    };
    Ok(page_with(
        &visit,
        &visit.t("circle-head"),
        body,
        &["live.js"],
    ))
}

/// The steps that fit a circle by now, for the one that it chooses.
fn fitting(visit: &Visit, shown: &Shown, live: &Live) -> Vec<(u32, String)> {
    let on = live.state.setting.on;
    let meeting = on.and_then(|on| shown.meetings.on(on));
    let meeting = meeting.or_else(|| shown.meetings.next_meeting(visit.now));
    let number = meeting.and_then(|one| one.number).unwrap_or(1);
    let title = |step: u32| (step, visit.app.practice.title(step).to_owned());
    let fit = (1..=12).filter(|step| fits_from(*step) <= number);
    fit.map(title).collect()
}

fn told(visit: &Visit, live: &Live, found: &Found) -> Result<Told, Problem> {
    let looking = Looking {
        visit,
        me: visit.me()?.person,
        now: visit.app.now(),
        seated: &found.shown.let_in(),
        hour: &found.hour,
    };
    Ok(looking.told(live))
}

/// Reads a deed as a form sends it; "hear ID" names whom it is about in the word itself.
fn asked(fields: &Fields) -> Option<Asked> {
    let word = fields.text("deed");
    let (word, about) = word.split_once(' ').unwrap_or((&word, ""));
    let sent = fields.text("person");
    Some(Asked {
        id: fields.parse::<LiveId>("id")?.0,
        seen: fields.parse("seen")?,
        word: match word {
            "lay" => "pass".into(),
            "finish" => "end".into(),
            "all" => "begin".into(),
            word => word.to_owned(),
        },
        who: about.parse().or_else(|_| sent.parse()).ok(),
        remote: fields.text("how") == "line",
        step: fields.parse("step"),
    })
}

/// Does something in the circle. A form comes back to the page; a script gets what it shows next.
pub async fn carry_out(
    visit: Visit,
    Path((_, id)): Path<(String, String)>,
    headers: HeaderMap,
    fields: Fields,
) -> Answer {
    let (circle, me, now) = (read(&id)?, visit.me()?, visit.now);
    let app = visit.app.clone();
    let coming = (fields.text("deed") == "come").then(|| Coming {
        remote: fields.text("how") == "line",
        meant: fields.has("meant"),
    });
    let asked = asked(&fields);
    let unsure = fields.text("deed") == "end" && !fields.has("sure");
    let done = visit.app.store.write(me.scope(), move |tx| match coming {
        Some(coming) => acts::come(tx, &app.key.0, &me, (circle, coming), now),
        None if unsure => {
            circle::sat_in(tx, &me, circle, now)?.ok_or(Problem::NotFound)?;
            Err(Problem::Refused("live-end-unsure"))
        }
        None => {
            circle::sat_in(tx, &me, circle, now)?.ok_or(Problem::NotFound)?;
            let asked = asked.as_ref().ok_or(Problem::Refused("problem-form-why"))?;
            acts::carry_out(tx, &app.key.0, &me, (circle, asked), now)
        }
    });
    let outcome = done.await?;
    match &outcome {
        Outcome::Held(live) => beyond::tell(&visit.app, live),
        Outcome::Over(id) => beyond::tell_over(&visit.app, circle, *id).await,
        Outcome::Refused(..) => {}
    }
    answer(&visit, circle, &headers, &outcome).await
}

async fn answer(visit: &Visit, circle: CircleId, headers: &HeaderMap, outcome: &Outcome) -> Answer {
    let by_script = headers
        .get(ACCEPT)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    if !by_script {
        let told = match outcome {
            Outcome::Refused(_, why) => word(*why).replacen("told-", "?told=", 1),
            _ => String::new(),
        };
        let to = visit.at(&format!("/circles/{circle}/live{told}"));
        return Ok(Redirect::to(&to).into_response());
    }
    let (live, why) = match outcome {
        Outcome::Held(live) => (live, None),
        Outcome::Refused(live, why) => (live, Some(*why)),
        Outcome::Over(_) => return Ok(Json(json!({ "over": true })).into_response()),
    };
    let found = find(visit, circle).await?;
    let told = told(visit, live, &found)?;
    let refused = why.map(|why| visit.t(word(why)));
    Ok(script(&told, refused))
}

fn script(told: &Told, refused: Option<String>) -> Response {
    Json(json!({ "told": told, "refused": refused })).into_response()
}

fn word(why: Refusal) -> &'static str {
    match why {
        Refusal::Stale => "told-live-stale",
        Refusal::NotHere => "told-live-not-here",
        Refusal::NotYours => "told-live-not-yours",
        Refusal::NotNow => "told-live-not-now",
        Refusal::Full => "told-live-full",
        Refusal::NotAnAdult => "told-live-adult",
        Refusal::Over => "told-live-over",
    }
}
