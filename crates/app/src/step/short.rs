//! Practices of one to ten minutes: eyes open, a moving form for each, and a way past it.
//! Never: knows who opened one, or how long somebody stayed.

use axum::extract::Path;
use maud::{Markup, html};
use mend_rules::help::Help;

use crate::movement::help;
use crate::practice::{Short, With};
use crate::web::page::{crumbs, stitch};
use crate::web::{Answer, Problem, Visit, page};
use crate::with;

async fn help_of(visit: &Visit) -> Result<Vec<Help>, Problem> {
    let me = visit.me()?;
    let found = visit
        .app
        .store
        .read(me.scope(), move |tx| help::list(tx, me.movement));
    Ok(found.await?)
}

pub async fn list(visit: Visit) -> Answer {
    let help = help_of(&visit).await?;
    let practices = &visit.app.practice.short;
    let body = html! {
        div class="stack" {
            (crumbs(&visit, &visit.at("/steps"), &visit.t("path-title")))
            h1 { (practices.title) }
            p class="lead" { (practices.lead) }
        }
        div class="split" {
            section class="stack" {
                @for with in [With::Alone, With::Together] {
                    h2 { (visit.t(said(with))) }
                    ul class="agenda" { @for short in practices.all.iter().filter(|it| it.with == with) { (line(&visit, short)) } }
                }
            }
            aside class="stack" { p class="note o" { (practices.stop) } (help::card(&visit, &help)) }
        }
    };
    Ok(page(&visit, &practices.title, body))
}

fn said(with: With) -> &'static str {
    match with {
        With::Alone => "short-alone",
        With::Together => "short-together",
    }
}

fn line(visit: &Visit, short: &Short) -> Markup {
    html! {
        li {
            span class="minutes" { b { (short.minutes) } small { (visit.t("minutes-short")) } }
            div {
                h3 { a href=(visit.at(&format!("/practices/{}", short.key))) { (short.title) } }
                p class="soft" { (short.why) }
            }
            span {}
        }
    }
}

pub async fn show(visit: Visit, Path((_, key)): Path<(String, String)>) -> Answer {
    let practices = &visit.app.practice.short;
    let at = practices
        .all
        .iter()
        .position(|it| it.key == key)
        .ok_or(Problem::NotFound)?;
    let (short, next) = (
        &practices.all[at],
        &practices.all[(at + 1) % practices.all.len()],
    );
    let help = help_of(&visit).await?;
    let body = html! {
        div class="split" {
            article class="stack" {
                (crumbs(&visit, &visit.at("/practices"), &practices.title))
                h1 { (short.title) }
                p class="lead" { (short.why) }
                p class="soft" { (visit.tw("short-facts", &with![minutes = short.minutes])) " " (visit.t(said(short.with))) "." }
                (past(&visit, &next.key))
                ol class="steps" { @for line in &short.how { li { (line) } } }
                section class="note i" { h2 class="as-h3" { (visit.t("short-moving")) } p { (short.moving) } }
                section class="note o" {
                    h2 class="as-h3" { (visit.t("caution-everybody")) }
                    @for caution in &short.cautions { p { (caution) } }
                    p { (practices.stop) }
                }
                (stitch())
                (past(&visit, &next.key))
            }
            aside class="stack" { (help::card(&visit, &help)) }
        }
    };
    Ok(page(&visit, &practices.title, body))
}

/// The way past it, at the top and at the end.
fn past(visit: &Visit, next: &str) -> Markup {
    html! {
        div class="row no-print" {
            a class="btn" href=(visit.at(&format!("/practices/{next}"))) { (visit.app.practice.short.skip) }
            a class="btn quiet" href=(visit.at("/practices")) { (visit.t("short-all")) }
        }
    }
}
