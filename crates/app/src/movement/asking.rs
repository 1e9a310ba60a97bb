//! Asking for a place by the joining link, and what whoever asks sees while they wait: the name of
//! the movement and nothing else of it.
//! See: `joining` for the stewards' side.

use axum::Json;
use axum::extract::Path;
use axum::http::header::HeaderMap;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use mend_rules::id::{AccountId, AskingId, MovementId};
use mend_rules::joining::{
    AGAIN_DAYS, ASKING_DAYS, AskTrouble, KNOWS_LENGTH, PLACE_TRIES, may_ask,
};
use mend_rules::movement::{NAME_LENGTH, tidy};
use mend_rules::people::Age;
use mend_rules::time::Time;
use mend_store::{Scope, Tx};
use serde::Deserialize;

use super::rows::joining::{self as rows, Asking, Link};
use super::safeguarding::care;
use super::{age, claim};
use crate::app::{App, dice, fresh};
use crate::people::pages::{From, refused_field};
use crate::people::{self, Enrolment, begin_session, enrol, enrolment, join_form};
use crate::web::form::{Fields, place_of};
use crate::web::page::page_with;
use crate::web::visit::Movement;
use crate::web::{Answer, Problem, Visit, link};
use crate::with;

const PURPOSE: &str = "joining";

/// What the link is bound to: the movement and the link's own mark, so that nothing by which it
/// opens is stored.
fn bound(movement: MovementId, link: Link) -> Vec<u8> {
    [movement.0, link.mark].concat()
}

/// The whole link.
pub fn url(app: &App, movement: &Movement, link: Link) -> String {
    let tag = link::tag(&app.key.0, PURPOSE, &bound(movement.id, link));
    format!("{}/m/{}/join/{tag}", app.base.origin, movement.address)
}

/// Whom somebody said they know, sealed at rest because it names others.
pub fn knows(visit: &Visit, sealed: Option<&[u8]>) -> Option<String> {
    let movement = visit.movement().ok()?.id;
    let plain = visit.app.key.0.open("knows", &movement.0, sealed?).ok()?;
    String::from_utf8(plain).ok()
}

/// What somebody types who asks for a place.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    name: String,
    knows: String,
    pronouns: String,
    languages: String,
    age: String,
}

impl Asked {
    fn of(fields: &Fields) -> Self {
        Self {
            name: fields.text("name"),
            knows: fields.text("knows"),
            pronouns: fields.text("pronouns"),
            languages: fields.text("languages"),
            age: fields.text("age"),
        }
    }
}

/// An account made here, and what is asked for with it.
#[derive(Deserialize)]
pub struct Joining {
    #[serde(flatten)]
    enrolment: Enrolment,
    #[serde(flatten)]
    asked: Asked,
}

const GONE: Problem = Problem::Refused("joining-gone-why");

/// Whether the link is good and this account, if there is one, may ask.
fn may(
    tx: &mut Tx<'_>,
    app: &App,
    movement: MovementId,
    (token, account): (&str, Option<AccountId>),
    now: Time,
) -> Result<(), Problem> {
    let link = rows::link(tx, movement, now)?.ok_or(GONE)?;
    if !link::is_tag(&app.key.0, PURPOSE, token, &bound(movement, link)) {
        return Err(GONE);
    }
    let before = match account {
        Some(account) => rows::before(tx, movement, account, now)?,
        None => None,
    };
    let wait = rows::waiting(tx, movement, now)?.len();
    may_ask(before, wait, now).map_err(|trouble| {
        Problem::Refused(match trouble {
            AskTrouble::Waits => "joining-waits-why",
            AskTrouble::Soon => "joining-soon-why",
            AskTrouble::Many => "joining-many-why",
        })
    })
}

fn ask(
    tx: &mut Tx<'_>,
    app: &App,
    movement: MovementId,
    (token, account, asked): (&str, AccountId, &Asked),
    now: Time,
) -> Result<(), Problem> {
    may(tx, app, movement, (token, Some(account)), now)?;
    let age = age::answered(&asked.age, care(tx, movement)?)?;
    let (name, knows) = (tidy(&asked.name), tidy(&asked.knows));
    if name.is_empty() || name.chars().count() > NAME_LENGTH {
        return Err(Problem::Refused("person-name-wrong"));
    }
    let pronouns = tidy(&asked.pronouns);
    if knows.chars().count() > KNOWS_LENGTH || pronouns.chars().count() > 40 {
        return Err(Problem::Refused("joining-long"));
    }
    let seal = || {
        app.key
            .0
            .seal("knows", &movement.0, knows.as_bytes(), &mut dice)
    };
    let asking = Asking {
        id: AskingId(fresh()),
        account,
        name,
        knows_sealed: (!knows.is_empty()).then(seal),
        pronouns,
        languages: mend_rules::roster::tags(&asked.languages).join(" "),
        minor: age == Age::Minor,
        first: None,
    };
    Ok(rows::add(
        tx,
        movement,
        &asking,
        now,
        now.days(ASKING_DAYS),
    )?)
}

/// The page behind the link.
pub async fn show(visit: Visit, Path((_, token)): Path<(String, String)>) -> Answer {
    let movement = visit.movement()?.clone();
    let (id, now, app) = (movement.id, visit.now, visit.app.clone());
    let account = visit.account.as_ref().map(|account| account.id);
    let asked = token.clone();
    let found = visit
        .app
        .store
        .read(Scope::Movement(id.0), move |tx| {
            let known = match account {
                Some(account) => rows::has_row(tx, id, account)?,
                None => false,
            };
            let may = may(tx, &app, id, (&asked, account), now);
            Ok::<_, Problem>((known, may, care(tx, id)?))
        })
        .await?;
    let body = match found {
        (_, Err(Problem::Refused("joining-gone-why")), _) => {
            claim::dead_end(&visit, "joining-gone", "joining-gone-why")
        }
        (true, _, _) | (_, Err(Problem::Refused("joining-waits-why")), _) => {
            return Ok(Redirect::to("/movements").into_response());
        }
        (_, Err(Problem::Refused(why)), _) => claim::dead_end(&visit, "problem-refused", why),
        (_, Err(problem), _) => return Err(problem),
        (_, Ok(()), care) => offer(&visit, &movement, &token, &questions(&visit, care)),
    };
    Ok(page_with(
        &visit,
        &visit.t("joining-head"),
        body,
        &["sign.js"],
    ))
}

fn offer(visit: &Visit, movement: &Movement, token: &str, questions: &Markup) -> Markup {
    let action = visit.at(&format!("/join/{token}"));
    html! {
        div class="narrow stack" {
            p class="soft" { (movement.name) }
            h1 { (visit.t("joining-ask")) }
            p class="lead" { (visit.t("joining-ask-lead")) }
            @if let Some(account) = &visit.account {
                form class="card stack" method="post" action={ (action) "/take" } {
                    p { (visit.tw("take-as", &with![handle = account.handle.as_str()])) }
                    (questions)
                    div class="row" { button class="btn go" { (visit.t("joining-ask-go")) } }
                }
            } @else { (join_form(visit, &action, questions)) (claim::have_account(visit)) }
            p class="readers" { (visit.t("joining-who-reads")) }
        }
    }
}

fn questions(visit: &Visit, care: mend_rules::safeguarding::Care) -> Markup {
    let text = |name: &str, key: &str, most: usize| {
        html! {
            div class="field" {
                label for=(name) { (visit.t(key)) }
                p class="hint" id={ (name) "-hint" } { (visit.t(&format!("{key}-hint"))) }
                input id=(name) name=(name) maxlength=(most) autocomplete="off" aria-describedby={ (name) "-hint" };
            }
        }
    };
    html! {
        div class="field" {
            label for="name" { (visit.t("join-name")) }
            p class="hint" id="name-hint" { (visit.t("join-name-hint")) }
            input id="name" name="name" autocomplete="name" required maxlength="80" aria-describedby="name-hint";
        }
        details {
            summary { (visit.t("joining-more")) }
            div class="stack" {
                (text("knows", "joining-who-knows", KNOWS_LENGTH))
                (text("pronouns", "me-pronouns", 40))
                (text("languages", "me-languages", 80))
            }
        }
        (age::question(visit, care))
    }
}

/// Makes an account and asks with it. Nobody makes the server hash, or learns whether a handle is
/// taken, without a good link; and one place makes only so many accounts in an hour.
pub async fn join(
    visit: Visit,
    from: From,
    headers: HeaderMap,
    Path((_, token)): Path<(String, String)>,
    Json(joining): Json<Joining>,
) -> Answer {
    let place = place_of(&visit.app, &headers, from.map(|from| from.0.0));
    if let Err(problem) = counted(&visit, &token, place).await {
        return refused_field(&visit, problem);
    }
    let enrolled = match enrolment(&visit.app, &joining.enrolment).await {
        Ok(enrolled) => enrolled,
        Err(problem) => return refused_field(&visit, problem),
    };
    let (movement, now, app) = (visit.movement()?.id, visit.now, visit.app.clone());
    let account = visit.app.new_id::<AccountId>();
    let done = visit
        .app
        .store
        .write(Scope::Movement(movement.0), move |tx| {
            enrol(tx, account, &enrolled, now)?;
            ask(tx, &app, movement, (&token, account, &joining.asked), now)?;
            Ok::<_, Problem>((begin_session(tx, account, now)?, "/movements".to_owned()))
        })
        .await;
    claim::answer_joined(&visit, done)
}

async fn counted(visit: &Visit, token: &str, place: [u8; 32]) -> Result<(), Problem> {
    let (movement, now, app) = (visit.movement()?.id, visit.now, visit.app.clone());
    let token = token.to_owned();
    let about = app
        .key
        .0
        .fingerprint("joining", &format!("{movement}|{place:?}"));
    visit
        .app
        .store
        .write(Scope::Movement(movement.0), move |tx| {
            may(tx, &app, movement, (&token, None), now)?;
            match people::count_try(tx, &about, now)? {
                tries if tries > PLACE_TRIES => Err(Problem::Refused("joining-many-why")),
                _ => Ok(()),
            }
        })
        .await
}

/// Asks with the account that is signed in.
pub async fn take(
    visit: Visit,
    Path((_, token)): Path<(String, String)>,
    fields: Fields,
) -> Answer {
    let (movement, account) = (visit.movement()?.id, visit.account()?.id);
    let (now, app, asked) = (visit.now, visit.app.clone(), Asked::of(&fields));
    let done = visit
        .app
        .store
        .write(Scope::Movement(movement.0), move |tx| {
            if rows::has_row(tx, movement, account)? {
                return Ok(());
            }
            match ask(tx, &app, movement, (&token, account, &asked), now) {
                // A second click.
                Err(Problem::Refused("joining-waits-why")) => Ok(()),
                done => done,
            }
        });
    done.await?;
    Ok(Redirect::to("/movements").into_response())
}

/// What somebody asked for and how it stands, on the page of their movements.
pub fn own(visit: &Visit, all: &[rows::Own]) -> Markup {
    let day = |time: Time| visit.long_day(time.day(&visit.zone()));
    html! {
        @for one in all {
            section class="card stack" {
                h2 { (one.movement) }
                @match one.not_now {
                    None => {
                        p { (visit.t("joining-wait")) }
                        p class="soft" { (visit.tw("joining-wait-until", &with![day = day(one.ends)])) }
                        dl class="facts" {
                            dt { (visit.t("join-name")) } dd { (one.name) }
                            @if !one.pronouns.is_empty() { dt { (visit.t("me-pronouns")) } dd { (one.pronouns) } }
                            @if !one.languages.is_empty() { dt { (visit.t("me-languages")) } dd { (one.languages.replace(' ', ", ")) } }
                        }
                        form method="post" action="/movements/asking" {
                            input type="hidden" name="movement" value=(one.address);
                            button class="btn" { (visit.t("joining-back")) }
                        }
                    }
                    Some(then) => {
                        p { (visit.t("joining-not-now")) }
                        p class="soft" { (visit.tw("joining-again", &with![day = day(then.days(AGAIN_DAYS))])) }
                    }
                }
            }
        }
    }
}

/// Takes back what one asked for; nothing of it stays.
pub async fn take_back(visit: Visit, fields: Fields) -> Answer {
    let (account, address) = (visit.account()?.id, fields.text("movement"));
    let done = visit.app.store.write(Scope::Account(account.0), move |tx| {
        let Some(place) = super::at(tx, &address)? else {
            return Ok(());
        };
        tx.enter(Scope::Movement(place.id.0))?;
        rows::drop(tx, place.id, account)
    });
    done.await?;
    Ok(Redirect::to("/movements?told=asking-back").into_response())
}
