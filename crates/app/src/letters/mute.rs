//! The link in every letter that stops all of them. It opens a page with one button; mail programs
//! press it by themselves where people ask them to (RFC 8058). It does nothing else, ever.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use maud::html;
use mend_rules::id::PersonId;
use mend_store::Scope;

use crate::app::App;
use crate::movement;
use crate::post;
use crate::web::visit::Movement;
use crate::web::{Answer, Problem, Visit, link, page};

const PURPOSE: &str = "letters";

/// The link that stops all letters of a movement to somebody.
pub fn link(app: &App, place: &Movement, person: PersonId) -> String {
    let bound = [place.id.0, person.0].concat();
    let token = link::token(&app.key.0, PURPOSE, person.0, &bound);
    format!("{}/m/{}/letters/{token}", app.base.origin, place.address)
}

/// Whose link it is, if it is one.
fn checked(visit: &Visit, token: &str) -> Result<PersonId, Problem> {
    let person = link::about(token).ok_or(Problem::NotFound)?;
    let bound = [visit.movement()?.id.0, person].concat();
    let right = link::is_signed(&visit.app.key.0, PURPOSE, token, &bound);
    right.then_some(PersonId(person)).ok_or(Problem::NotFound)
}

/// The page with the button. It looks the same before and after, so that opening it tells nothing.
pub async fn show(visit: Visit, Path((_, token)): Path<(String, String)>) -> Answer {
    checked(&visit, &token)?;
    let done = visit.told.as_deref() == Some("muted");
    let body = html! {
        div class="narrow stack" {
            @if done {
                h1 { (visit.t("mute-done")) }
                p class="lead" { (visit.t("mute-done-then")) }
            } @else {
                h1 { (visit.t("mute-title")) }
                p class="lead" { (visit.t("mute-lead")) }
                form method="post" { button class="btn go" { (visit.t("mute-go")) } }
            }
            p class="readers" { (visit.t("mute-who-reads")) }
        }
    };
    Ok(page(&visit, &visit.t("letters-head"), body))
}

/// Stops all letters. The link is the proof; who sends the form does not matter.
pub async fn mute(visit: Visit, Path((_, token)): Path<(String, String)>) -> Answer {
    let person = checked(&visit, &token)?;
    let id = visit.movement()?.id;
    let done = visit.app.store.write(Scope::Movement(id.0), move |tx| {
        // Whoever was erased has no letters, and the link stays quiet about that.
        if movement::person(tx, id, person)?.is_some() {
            post::mute(tx, id, person)?;
        }
        Ok::<_, Problem>(())
    });
    done.await?;
    Ok(Redirect::to(&visit.at(&format!("/letters/{token}?told=muted"))).into_response())
}
