//! Care hours: one number a month from whoever likes, one sum of everybody once the month is over.
//! Never: shows a sum of fewer than seven, or anybody's own number to somebody else.

use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use mend_rules::care::{self, FEWEST, Month};

use super::acts;
use super::asks::today;
use crate::web::form::Fields;
use crate::web::page::{again, crumbs};
use crate::web::{Answer, Problem, Visit, page};
use crate::with;

/// How many sums are shown.
const BACK: usize = 12;

struct Shown {
    mine: Vec<(Month, u32)>,
    sums: Vec<(Month, i64)>,
}

async fn load(visit: &Visit) -> Result<Shown, Problem> {
    let (me, app) = (visit.me()?, visit.app.clone());
    let load = visit.app.store.read(me.scope(), move |tx| {
        Ok::<_, Problem>(Shown {
            mine: acts::care_of(tx, &app.key.0, &me)?,
            sums: acts::care_sums(tx, me.movement)?,
        })
    });
    load.await
}

fn called(visit: &Visit, month: Month) -> String {
    let first = month.first();
    let name = visit.t(&format!("month-{}", first.month()));
    visit.tw(
        "care-month",
        &with![month = name, year = first.year().to_string()],
    )
}

pub async fn show(visit: Visit) -> Answer {
    let shown = load(&visit).await?;
    let body = body(&visit, &shown, None)?;
    Ok(page(&visit, &visit.t("care-title"), body))
}

fn body(visit: &Visit, shown: &Shown, typed: Option<&Fields>) -> Result<Markup, Problem> {
    let open = care::open(today(visit)?);
    Ok(html! {
        div class="stack" {
            (crumbs(visit, &visit.at("/steps"), &visit.t("path-title")))
            h1 { (visit.t("care-title")) }
            p class="lead" { (visit.t("care-lead")) }
        }
        div class="split" {
            form class="card stack" method="post" action=(visit.at("/care")) {
                h2 { (visit.t("care-mine")) }
                p class="soft" { (visit.t("care-mine-what")) }
                @if typed.is_some() { p class="note r" role="alert" { (visit.tw("care-wrong", &with![most = care::MOST_HOURS])) } }
                @for (name, month) in ["this", "before"].into_iter().zip(open) {
                    @let written = shown.mine.iter().find(|(it, _)| *it == month).map_or_else(String::new, |(_, minutes)| hours(*minutes));
                    div class="field short" {
                        label for=(name) { (called(visit, month)) }
                        input id=(name) name=(name) inputmode="decimal" autocomplete="off" maxlength="6" value=(typed.map_or(written, |typed| typed.text(name))) aria-describedby="care-unit";
                    }
                }
                p class="hint" id="care-unit" { (visit.t("care-unit")) }
                button class="btn go" { (visit.t("save")) }
                p class="readers" { (visit.tw("care-who", &with![fewest = FEWEST])) }
            }
            section class="stack" {
                h2 { (visit.t("care-ours")) }
                p class="soft" { (visit.tw("care-ours-what", &with![fewest = FEWEST])) }
                @if shown.sums.is_empty() { p { (visit.t("care-none")) } }
                dl class="facts" { @for (month, hours) in shown.sums.iter().take(BACK) { dt { (called(visit, *month)) } dd { (visit.tw("care-hours", &with![hours = *hours])) } } }
            }
        }
    })
}

/// "2" or "1.5".
fn hours(minutes: u32) -> String {
    let hundredths = minutes * 100 / 60;
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

pub async fn save(visit: Visit, fields: Fields) -> Answer {
    let (me, app, today) = (visit.me()?, visit.app.clone(), today(&visit)?);
    let typed = |name| care::typed(&fields.text(name));
    let (Some(this), Some(before)) = (typed("this"), typed("before")) else {
        let shown = load(&visit).await?;
        let body = body(&visit, &shown, Some(&fields))?;
        return Ok(again(page(&visit, &visit.t("care-title"), body)));
    };
    let months = care::open(today);
    let hours = [(months[0], this), (months[1], before)];
    let done = visit.app.store.write(me.scope(), move |tx| {
        acts::set_care(tx, &app.key.0, &me, &hours, today)
    });
    done.await?;
    Ok(Redirect::to(&visit.at("/care?told=saved")).into_response())
}
