//! Coming in: the link that begins an instance or brings a steward back, and the personal link
//! with which somebody makes their row of a list their own place.

use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use mend_rules::id::{AccountId, MovementId, PersonId};
use mend_rules::movement::{NAME_LENGTH, STEWARD_DAYS, tidy};
use mend_rules::time::Time;
use mend_seal::Token;
use mend_store::{Scope, StoreError, Tx};
use serde::Deserialize;
use serde_json::json;

use super::rows::{self, person::Person};
use super::safeguarding::care;
use super::{age, lockdown};
use crate::app::fresh;
use crate::ledger::{self, Deed};
use crate::people::pages::{refused_field, with_session};
use crate::people::{Enrolment, begin_session, enrol, enrolment, join_form};
use crate::web::form::Fields;
use crate::web::page::page_with;
use crate::web::{Answer, Problem, Visit, page};
use crate::with;

fn digest(token: &str) -> Result<Vec<u8>, Problem> {
    Token::<16>::from_text(token)
        .map(|token| token.digest().to_vec())
        .ok_or(Problem::NotFound)
}

/// An account made here, with whatever else the form's first step asks for.
#[derive(Deserialize)]
pub struct Joining {
    #[serde(flatten)]
    enrolment: Enrolment,
    #[serde(default)]
    name: String,
    #[serde(default)]
    age: String,
}

/// The link printed by the console.
pub async fn open_link(visit: Visit, Path(token): Path<String>) -> Answer {
    let digest = digest(&token)?;
    let now = visit.now;
    let link = visit
        .app
        .store
        .read(Scope::Instance, move |tx| rows::open_link(tx, &digest, now))
        .await?;
    let Some(movement) = link else {
        return Ok(page(
            &visit,
            &visit.t("open-used"),
            dead_end(&visit, "open-used", "open-used-why"),
        ));
    };
    let action = format!("/begin/{token}");
    let body = html! {
        div class="narrow stack" {
            @if movement.is_some() {
                h1 { (visit.t("open-steward")) }
                p class="lead" { (visit.t("open-steward-why")) }
            } @else {
                h1 { (visit.t("open-begin")) }
                p class="lead" { (visit.t("open-begin-why")) }
            }
            @if visit.account.is_some() { (take_form(&visit, &format!("{action}/take"), &html! {})) }
            @else { (join_form(&visit, &action, &name_field(&visit, movement.is_some()))) (have_account(&visit)) }
        }
    };
    Ok(page_with(
        &visit,
        &visit.t("open-title"),
        body,
        &["sign.js"],
    ))
}

fn name_field(visit: &Visit, asked: bool) -> Markup {
    html! {
        @if asked {
            div class="field" {
                label for="name" { (visit.t("join-name")) }
                p class="hint" id="name-hint" { (visit.t("join-name-hint")) }
                input id="name" name="name" autocomplete="name" required maxlength="80" aria-describedby="name-hint";
            }
        }
    }
}

pub(super) fn have_account(visit: &Visit) -> Markup {
    html! {
        p class="soft" { (visit.t("join-have-account")) " " a href={ "/sign-in?next=" (visit.path) } { (visit.t("nav-sign-in")) } }
    }
}

fn take_form(visit: &Visit, action: &str, questions: &Markup) -> Markup {
    let handle = visit
        .account
        .as_ref()
        .map_or("", |account| account.handle.as_str());
    html! {
        form class="card stack" method="post" action=(action) {
            p { (visit.tw("take-as", &with![handle = handle])) }
            (questions)
            div class="row" { button class="btn go" { (visit.t("take-go")) } }
        }
    }
}

pub(super) fn dead_end(visit: &Visit, title: &str, why: &str) -> Markup {
    html! {
        div class="stack" {
            h1 { (visit.t(title)) }
            p class="lead" { (visit.t(why)) }
            div class="row" { a class="btn" href="/" { (visit.t("problem-back")) } }
        }
    }
}

/// Makes an account by the console's link.
pub async fn open_link_join(
    visit: Visit,
    Path(token): Path<String>,
    Json(joining): Json<Joining>,
) -> Answer {
    let digest = digest(&token)?;
    if let Err(problem) = open_link_is_good(&visit, digest.clone()).await {
        return refused_field(&visit, problem);
    }
    let enrolled = match enrolment(&visit.app, &joining.enrolment).await {
        Ok(enrolled) => enrolled,
        Err(problem) => return refused_field(&visit, problem),
    };
    let (account, now, name) = (
        visit.app.new_id::<AccountId>(),
        visit.now,
        tidy(&joining.name),
    );
    let done = visit
        .app
        .store
        .write(Scope::Instance, move |tx| {
            enrol(tx, account, &enrolled, now)?;
            let next = use_link(tx, &digest, account, &name, now)?;
            Ok::<_, Problem>((begin_session(tx, account, now)?, next))
        })
        .await;
    answer_joined(&visit, done)
}

/// Nobody makes the server hash, or learns whether a handle is taken, without a good link.
async fn open_link_is_good(visit: &Visit, digest: Vec<u8>) -> Result<(), Problem> {
    let now = visit.now;
    let link = visit
        .app
        .store
        .read(Scope::Instance, move |tx| rows::open_link(tx, &digest, now))
        .await?;
    link.map(|_| ()).ok_or(Problem::Refused("open-used-why"))
}

async fn claim_is_good(visit: &Visit, digest: Vec<u8>) -> Result<(), Problem> {
    let (id, now) = (visit.movement()?.id, visit.now);
    let claim = visit
        .app
        .store
        .read(Scope::Movement(id.0), move |tx| {
            rows::claim(tx, id, &digest, now)
        })
        .await?;
    claim.map(|_| ()).ok_or(Problem::Refused("claim-used-why"))
}

pub(super) fn answer_joined(visit: &Visit, done: Result<(Token<32>, String), Problem>) -> Answer {
    match done {
        Ok((session, next)) => {
            let next = Json(json!({ "next": next })).into_response();
            Ok(with_session(&visit.app, next, &session))
        }
        Err(problem) => refused_field(visit, problem),
    }
}

/// Uses the console's link with the account that is signed in.
pub async fn open_link_take(visit: Visit, Path(token): Path<String>) -> Answer {
    let (digest, now) = (digest(&token)?, visit.now);
    let account = visit.account()?.clone();
    let next = visit
        .app
        .store
        .write(Scope::Instance, move |tx| {
            use_link(tx, &digest, account.id, &account.handle, now)
        })
        .await?;
    Ok(Redirect::to(&next).into_response())
}

/// Where somebody goes after using the link: to begin a movement, or into the one it is for.
fn use_link(
    tx: &mut Tx<'_>,
    digest: &[u8],
    account: AccountId,
    name: &str,
    now: Time,
) -> Result<String, Problem> {
    let used = Problem::Refused("open-used-why");
    let link = rows::open_link(tx, digest, now)?.ok_or(used.clone())?;
    if !rows::use_open_link(tx, digest)? {
        return Err(used);
    }
    let Some(id) = link else {
        return Ok("/movements/new".into());
    };
    let movement = rows::every(tx)?
        .into_iter()
        .find(|movement| movement.id == id);
    let movement = movement.ok_or(Problem::NotFound)?;
    tx.enter(Scope::Movement(id.0))?;
    if lockdown::holding(tx, id, now)?.is_some() {
        return Err(Problem::Locked);
    }
    let person = place_in(tx, id, account, name, now)?;
    rows::set_steward(tx, id, person, now, now.days(STEWARD_DAYS))?;
    ledger::note_by(tx, id, account, Deed::StewardAppointed, None, now)?;
    Ok(format!("/m/{}?told=welcome", movement.address))
}

fn place_in(
    tx: &mut Tx<'_>,
    movement: MovementId,
    account: AccountId,
    name: &str,
    now: Time,
) -> Result<PersonId, Problem> {
    if let Some(me) = rows::me(tx, movement, account, now)? {
        return Ok(me.person);
    }
    if name.is_empty() || name.chars().count() > NAME_LENGTH {
        return Err(Problem::Refused("person-name-wrong"));
    }
    let person = Person {
        account: Some(account),
        ..Person::new(PersonId(fresh()), name)
    };
    rows::person::add(tx, movement, &person, now)?;
    Ok(person.id)
}

/// A personal link: "is this you?"
pub async fn claim_page(visit: Visit, Path((_, token)): Path<(String, String)>) -> Answer {
    let (digest, now) = (digest(&token)?, visit.now);
    let movement = visit.movement()?.clone();
    let (id, scope) = (movement.id, Scope::Movement(movement.id.0));
    let found = visit
        .app
        .store
        .read(scope, move |tx| rows::claim(tx, id, &digest, now))
        .await?;
    let Some((_, name)) = found else {
        let body = dead_end(&visit, "claim-used", "claim-used-why");
        return Ok(page(&visit, &visit.t("claim-used"), body));
    };
    let question = age::question(&visit, age::asked_with(&visit).await?);
    let action = visit.at(&format!("/claim/{token}"));
    let body = html! {
        div class="narrow stack" {
            p class="soft" { (movement.name) }
            h1 { (visit.tw("claim-title", &with![name = name])) }
            p class="lead" { (visit.t("claim-lead")) }
            @if visit.account.is_some() { (take_form(&visit, &format!("{action}/take"), &question)) }
            @else { (join_form(&visit, &action, &question)) (have_account(&visit)) }
        }
    };
    Ok(page_with(
        &visit,
        &visit.t("claim-head"),
        body,
        &["sign.js"],
    ))
}

/// Makes an account and takes the place.
pub async fn claim_join(
    visit: Visit,
    Path((_, token)): Path<(String, String)>,
    Json(joining): Json<Joining>,
) -> Answer {
    let digest = digest(&token)?;
    if let Err(problem) = claim_is_good(&visit, digest.clone()).await {
        return refused_field(&visit, problem);
    }
    let enrolled = match enrolment(&visit.app, &joining.enrolment).await {
        Ok(enrolled) => enrolled,
        Err(problem) => return refused_field(&visit, problem),
    };
    let (account, now) = (visit.app.new_id::<AccountId>(), visit.now);
    let movement = visit.movement()?.id;
    let next = visit.at("?told=welcome");
    let done = visit
        .app
        .store
        .write(Scope::Movement(movement.0), move |tx| {
            enrol(tx, account, &enrolled, now)?;
            take_place(tx, movement, &digest, (account, &joining.age), now)?;
            Ok::<_, Problem>((begin_session(tx, account, now)?, next.clone()))
        })
        .await;
    answer_joined(&visit, done)
}

/// Takes the place with the account that is signed in.
pub async fn claim_take(
    visit: Visit,
    Path((_, token)): Path<(String, String)>,
    fields: Fields,
) -> Answer {
    let (digest, now, age) = (digest(&token)?, visit.now, fields.text("age"));
    let (movement, account) = (visit.movement()?.id, visit.account()?.id);
    visit
        .app
        .store
        .write(Scope::Movement(movement.0), move |tx| {
            take_place(tx, movement, &digest, (account, &age), now)
        })
        .await?;
    Ok(Redirect::to(&visit.at("?told=welcome")).into_response())
}

fn take_place(
    tx: &mut Tx<'_>,
    movement: MovementId,
    digest: &[u8],
    (account, age): (AccountId, &str),
    now: Time,
) -> Result<(), Problem> {
    let gone = Problem::Refused("claim-used-why");
    let (person, _) = rows::claim(tx, movement, digest, now)?.ok_or(gone.clone())?;
    if rows::me(tx, movement, account, now)?.is_some() {
        return Err(Problem::Refused("claim-has-place"));
    }
    let age = age::answered(age, care(tx, movement)?)?;
    let used = rows::use_claim(tx, digest)?;
    match rows::person::take_place(tx, movement, person, account) {
        Ok(true) if used => {
            age::note(tx, movement, person, age, now)?;
            ledger::note_by(tx, movement, account, Deed::PlaceTaken, None, now)?;
            Ok(())
        }
        Ok(_) => Err(gone),
        // They left once, and their old place still stands in the table.
        Err(StoreError::Taken) => Err(Problem::Refused("claim-has-place")),
        Err(other) => Err(other.into()),
    }
}
