//! Small promises of step 3: a last day, a button that lets go, shown to a circle only by choice.
//! Never: asks why somebody lets go; reminds anybody of what they promised.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use mend_rules::commitment::{CommitmentTrouble, DAYS, HELD, LENGTH, furthest};
use mend_rules::id::{CircleId, CommitmentId};
use mend_rules::movement::tidy;

use super::acts::{self, Held, Promised};
use super::asks::{day, today};
use crate::circle;
use crate::web::form::Fields;
use crate::web::page::{again, crumbs, stitch};
use crate::web::{Answer, Problem, Visit, page};
use crate::with;

struct Shown {
    held: Vec<Held>,
    circles: Vec<(CircleId, String)>,
}

async fn load(visit: &Visit) -> Result<Shown, Problem> {
    let (me, app, today) = (visit.me()?, visit.app.clone(), today(visit)?);
    let load = visit.app.store.read(me.scope(), move |tx| {
        Ok::<_, Problem>(Shown {
            held: acts::held_by(tx, &app.key.0, &me, today)?,
            circles: circle::mine(tx, &me)?,
        })
    });
    load.await
}

pub async fn list(visit: Visit) -> Answer {
    let shown = load(&visit).await?;
    let body = body(&visit, &shown, &Fields::default(), None)?;
    Ok(page(&visit, &visit.t("commitments-title"), body))
}

fn body(
    visit: &Visit,
    shown: &Shown,
    typed: &Fields,
    trouble: Option<CommitmentTrouble>,
) -> Result<Markup, Problem> {
    let form = form(visit, shown, typed, trouble)?;
    Ok(html! {
        div class="stack" {
            (crumbs(visit, &visit.at("/steps"), &visit.t("path-title")))
            h1 { (visit.t("commitments-title")) }
            p class="lead" { (visit.t("commitments-lead")) }
        }
        div class="split" {
            section class="stack" {
                h2 { (visit.t("commitments-mine")) }
                @if shown.held.is_empty() { p class="soft" { (visit.t("commitments-none")) } }
                ul class="asks" { @for held in &shown.held { (line(visit, shown, held)) } }
            }
            section class="stack" { (form) }
        }
        (stitch())
        p class="soft" { (visit.t("commitments-end")) }
    })
}

fn line(visit: &Visit, shown: &Shown, held: &Held) -> Markup {
    let own = visit.at(&format!("/commitments/{}", held.id));
    let circle = shown
        .circles
        .iter()
        .find(|(id, _)| held.circle == Some(*id));
    html! {
        li {
            (day(visit, held.until))
            div class="stack tight" {
                h3 { (held.words) }
                p class="soft" {
                    @if let Some((_, name)) = circle { (visit.tw("commitment-shown", &with![circle = name.as_str()])) }
                    @else { (visit.t("commitment-private")) }
                }
                @if !shown.circles.is_empty() {
                    details {
                        summary { (visit.t("commitment-show")) }
                        form class="stack tight" method="post" action={ (own) "/show" } {
                            (show_field(visit, &shown.circles, held.circle, &held.id.to_string()))
                            button class="btn" { (visit.t("save")) }
                        }
                    }
                }
            }
            form method="post" action={ (own) "/release" } {
                button class="btn" aria-label={ (visit.t("commitment-release")) ": " (held.words) } { (visit.t("commitment-release")) }
            }
        }
    }
}

fn show_field(
    visit: &Visit,
    circles: &[(CircleId, String)],
    chosen: Option<CircleId>,
    of: &str,
) -> Markup {
    html! {
        div class="field" {
            label for={ "circle-" (of) } { (visit.t("commitment-show-label")) }
            select id={ "circle-" (of) } name="circle" {
                option value="nobody" { (visit.t("commitment-nobody")) }
                @for (id, name) in circles { option value=(id) selected[chosen == Some(*id)] { (visit.tw("commitment-circle", &with![circle = name.as_str()])) } }
            }
        }
    }
}

fn form(
    visit: &Visit,
    shown: &Shown,
    typed: &Fields,
    trouble: Option<CommitmentTrouble>,
) -> Result<Markup, Problem> {
    let (today, wrong) = (today(visit)?, |it| (trouble == Some(it)).then_some("true"));
    Ok(html! {
        form class="card stack" method="post" action=(visit.at("/commitments")) {
            h2 { (visit.t("commitment-new")) }
            @if let Some(trouble) = trouble { p class="note r" role="alert" { (visit.tw(said(trouble), &with![days = DAYS, most = HELD])) } }
            input type="hidden" name="fresh" value=(visit.app.new_id::<CommitmentId>());
            div class="field" {
                label for="words" { (visit.t("commitment-words")) }
                p class="hint" id="words-hint" { (visit.t("commitment-words-hint")) }
                textarea id="words" name="words" rows="3" required maxlength=(LENGTH) aria-describedby="words-hint" aria-invalid=[wrong(CommitmentTrouble::Words)] { (typed.text("words")) }
            }
            div class="field half" {
                label for="until" { (visit.t("commitment-until")) }
                input id="until" name="until" type="date" required value=(typed.text("until")) min=(today.to_string()) max=(furthest(today).to_string()) aria-invalid=[wrong(CommitmentTrouble::Day)];
            }
            @if !shown.circles.is_empty() { (show_field(visit, &shown.circles, typed.parse("circle"), "new")) }
            button class="btn go" { (visit.t("commitment-go")) }
            p class="readers" { (visit.t("commitment-who")) }
        }
    })
}

fn said(trouble: CommitmentTrouble) -> &'static str {
    match trouble {
        CommitmentTrouble::Words => "commitment-wrong-words",
        CommitmentTrouble::Day => "commitment-wrong-day",
        CommitmentTrouble::Held => "commitment-wrong-held",
    }
}

pub async fn make(visit: Visit, fields: Fields) -> Answer {
    let (me, app, today) = (visit.me()?, visit.app.clone(), today(&visit)?);
    let typed = Promised {
        id: fields.parse("fresh").unwrap_or(visit.app.new_id()),
        words: tidy(&fields.text("words")),
        until: fields.parse("until"),
        circle: fields.parse("circle"),
    };
    let made = visit.app.store.write(me.scope(), move |tx| {
        acts::promise(tx, &app.key.0, &me, &typed, today)
    });
    match made.await? {
        Ok(()) => Ok(Redirect::to(&visit.at("/commitments?told=saved")).into_response()),
        Err(trouble) => {
            let shown = load(&visit).await?;
            let body = body(&visit, &shown, &fields, Some(trouble))?;
            Ok(again(page(&visit, &visit.t("commitments-title"), body)))
        }
    }
}

type Two = Path<(String, String)>;

pub async fn show(visit: Visit, Path((_, id)): Two, fields: Fields) -> Answer {
    let (me, circle) = (visit.me()?, fields.parse("circle"));
    if let Ok(id) = id.parse::<CommitmentId>() {
        let done = visit
            .app
            .store
            .write(me.scope(), move |tx| acts::show(tx, &me, id, circle));
        done.await?;
    }
    Ok(Redirect::to(&visit.at("/commitments?told=saved")).into_response())
}

pub async fn release(visit: Visit, Path((_, id)): Two) -> Answer {
    let me = visit.me()?;
    if let Ok(id) = id.parse::<CommitmentId>() {
        let done = visit
            .app
            .store
            .write(me.scope(), move |tx| acts::release(tx, &me, id));
        done.await?;
    }
    Ok(Redirect::to(&visit.at("/commitments?told=released")).into_response())
}

/// What people of a circle chose to show to it.
pub async fn shared(visit: Visit, Path((_, id)): Two) -> Answer {
    let id: CircleId = id.parse().map_err(|_| Problem::NotFound)?;
    let (me, app, today) = (visit.me()?, visit.app.clone(), today(&visit)?);
    let scope = me.scope();
    let load = visit.app.store.read(scope, move |tx| {
        let circle = circle::seen_by(tx, &me, id)?.ok_or(Problem::NotFound)?;
        Ok::<_, Problem>((
            circle,
            acts::shown_in(tx, &app.key.0, me.movement, id, today)?,
        ))
    });
    let (circle, all) = load.await?;
    let body = html! {
        div class="narrow stack" {
            (crumbs(&visit, &visit.at(&format!("/circles/{id}")), &circle.name))
            h1 { (visit.t("shared-title")) }
            p class="lead" { (visit.t("shared-lead")) }
            @if all.is_empty() { p { (visit.t("shared-none")) } }
            ul class="asks" {
                @for (name, held) in &all { li { (day(&visit, held.until)) div { h2 class="as-h3" { (name) } p { (held.words) } } span {} } }
            }
            div class="row" { a class="btn" href=(visit.at("/commitments")) { (visit.t("commitments-title")) } }
        }
    };
    Ok(page(&visit, &visit.t("circle-head"), body))
}
