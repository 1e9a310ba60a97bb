//! Declaring a wave, and ending it early. It ends by itself on its day.

use axum::response::{IntoResponse, Redirect};
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};
use mend_rules::wave::{LONGEST, Wave};

use super::pages::field;
use super::rows;
use crate::ledger::{self, Deed};
use crate::web::form::Fields;
use crate::web::page::{again, crumbs};
use crate::web::{Answer, Problem, Visit, page};
use crate::with;

/// The day on the movement's own calendar.
fn today(visit: &Visit) -> Result<Date, Problem> {
    Ok(visit.now.day(&visit.movement()?.zone))
}

pub async fn show(visit: Visit) -> Answer {
    let me = visit.me()?;
    let read = visit
        .app
        .store
        .read(me.scope(), move |tx| rows::wave(tx, me.movement));
    let today = today(&visit)?;
    let wave = read.await?.filter(|wave| wave.has(today));
    let body = body(&visit, today, wave, false);
    Ok(page(&visit, &visit.t("wave-title"), body))
}

fn body(visit: &Visit, today: Date, wave: Option<Wave>, wrong: bool) -> Markup {
    let longest = today.saturating_add(LONGEST.days());
    let errors: &[_] = if wrong {
        &[("until", "wave-wrong")]
    } else {
        &[]
    };
    html! {
        div class="narrow stack" {
            (crumbs(visit, &visit.at("/movement"), &visit.t("nav-movement")))
            h1 { (visit.t("wave-title")) }
            p class="lead" { (visit.t("wave-lead")) }
            @if let Some(wave) = wave {
                p class="note i" { (visit.tw("wave-now", &with![day = visit.long_day(wave.until)])) }
                form method="post" action=(visit.at("/wave")) { button class="btn" name="end" value="1" { (visit.t("wave-end")) } }
            } @else {
                form class="stack" method="post" action=(visit.at("/wave")) {
                    (field(visit, "until", "wave-until", errors, &html! {
                        input id="until" name="until" type="date" required min=(today.to_string()) max=(longest.to_string()) aria-describedby="until-hint until-error" aria-invalid=[wrong.then_some("true")];
                    }))
                    div class="row" { button class="btn go" { (visit.t("wave-go")) } }
                }
            }
            p class="readers" { (visit.t("wave-who-reads")) }
        }
    }
}

pub async fn save(visit: Visit, fields: Fields) -> Answer {
    let (me, now, today) = (visit.me()?, visit.now, today(&visit)?);
    let ends = fields.has("end");
    let until: Option<Date> = fields.text("until").parse().ok();
    let wave = until.and_then(|until| Wave::new(today, until));
    if wave.is_none() && !ends {
        let body = body(&visit, today, None, true);
        return Ok(again(page(&visit, &visit.t("wave-title"), body)));
    }
    let done = visit.app.store.write(me.scope(), move |tx| {
        rows::set_wave(tx, me.movement, wave.filter(|_| !ends))?;
        ledger::note(tx, &me, Deed::MovementChanged, None, now)
    });
    done.await?;
    let told = if ends { "no-wave" } else { "wave" };
    Ok(Redirect::to(&visit.at(&format!("/wave?told={told}"))).into_response())
}
