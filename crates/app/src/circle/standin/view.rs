//! Stand-ins on Home, on a meeting's page, and the page of whoever stands in.

use axum::extract::Path;
use jiff::civil::Date;
use maud::{Markup, html};
use mend_rules::id::{CircleId, PersonId};
use mend_rules::meeting::Meeting;

use super::GONE;
use super::shown::{self as standins, Asked, What};
use crate::circle::pages::Shown;
use crate::meeting;
use crate::practice;
use crate::web::page::crumbs;
use crate::web::{Answer, Me, Visit, page};
use crate::with;

fn line(visit: &Visit, one: &Asked, me: PersonId) -> String {
    let args = with![
        of = one.of.as_str(),
        who = one.who.as_str(),
        day = meeting::day(visit, &one.begins)
    ];
    visit.tw(
        match one.what {
            What::Come => "standin-come",
            What::Welcome => "standin-welcome",
            What::Said => "standin-said",
            What::Wait => "standin-wait",
            What::Agreed if one.pair.who == me => "standin-you",
            What::Agreed => "standin-agreed",
        },
        &args,
    )
}

fn buttons(visit: &Visit, one: &Asked, me: PersonId) -> Markup {
    html! {
        form class="row" method="post" action=(visit.at(&one.address)) {
            input type="hidden" name="of" value=(one.pair.of);
            @match one.what {
                What::Come | What::Welcome => {
                    button class="btn go" name="say" value="yes" { (visit.t("standin-yes")) }
                    button class="btn quiet" name="say" value="no" { (visit.t("answer-say-no")) }
                }
                _ if one.pair.of == me => button class="btn quiet" name="say" value="back" { (visit.t("agreed-back")) },
                What::Agreed if one.pair.who == me => a class="btn" href=(visit.at(&one.address)) { (visit.t("standin-go")) },
                _ => button class="btn quiet" name="say" value="no" { (visit.t("standin-after-all")) },
            }
        }
    }
}

/// Those who cannot be asked here, and their yes for whoever passes it on.
fn on_paper(visit: &Visit, one: &Asked) -> Markup {
    html! {
        @if one.what != What::Agreed && !one.paper.is_empty() {
            p class="soft" { (visit.tw("standin-paper", &with![names = one.paper.join(", ")])) }
            @for (id, name) in &one.pass_on {
                form class="row" method="post" action=(visit.at(&one.address)) {
                    input type="hidden" name="of" value=(one.pair.of);
                    input type="hidden" name="whose" value=(id);
                    button class="btn" name="say" value="heard" { (visit.tw("standin-heard", &with![name = name.as_str()])) }
                }
            }
        }
    }
}

/// A card on Home.
pub fn home_card(visit: &Visit, one: &Asked, me: &Me) -> Markup {
    html! {
        li {
            (meeting::date(visit, &one.begins))
            div {
                h3 { (visit.tw("home-circle", &with![circle = one.circle.as_str()])) }
                p class="soft" { (line(visit, one, me.person)) }
                @if one.what == What::Come { p class="soft" { (visit.t("standin-come-what")) } }
            }
            (buttons(visit, one, me.person))
        }
    }
}

/// On the page of a meeting, for those who sit in the circle.
pub fn card(visit: &Visit, (shown, on): (&Shown, Date), all: &[Asked], me: &Me) -> Markup {
    let address = format!("/circles/{}/meetings/{on}/stand-in", shown.circle.id);
    let own = all.iter().any(|one| one.pair.of == me.person);
    html! {
        section class="card stack" {
            h2 { (visit.t("standin-title")) }
            @for one in all {
                p { (line(visit, one, me.person)) }
                (buttons(visit, one, me.person))
                (on_paper(visit, one))
            }
            @if shown.keepers(Some(on))[0] == Some(me.person) { p class="soft" { (visit.t("standin-keeps")) } }
            @if !own {
                details {
                    summary { (visit.t("standin-ask")) }
                    form class="stack" method="post" action=(visit.at(&address)) {
                        p class="soft" { (visit.t("standin-what")) }
                        div class="field" {
                            label for="stand-in" { (visit.t("standin-name")) }
                            input id="stand-in" name="name" required maxlength="80" autocomplete="off";
                        }
                        div class="row" { button class="btn" name="say" value="ask" { (visit.t("keeping-swap-go")) } }
                        p class="readers" { (visit.t("standin-who")) }
                    }
                }
            }
        }
    }
}

/// For whoever stands in: when and where, what the circle agreed on, and the way in.
pub async fn show(visit: Visit, Path((_, id, day)): Path<(String, String, String)>) -> Answer {
    let circle: CircleId = id.parse().map_err(|_| GONE)?;
    let on: Date = day.parse().map_err(|_| GONE)?;
    let (told, shown) = standins::own(&visit, circle, on).await?;
    let one = shown.meetings.on(on).ok_or(GONE)?;
    let body = coming(&visit, (&told, &shown), &one, visit.me()?.person);
    Ok(page(&visit, &visit.t("standin-title"), body))
}

fn coming(visit: &Visit, (told, shown): (&Asked, &Shown), one: &Meeting, me: PersonId) -> Markup {
    let [keeper, _] = shown.keepers(Some(one.on));
    html! {
        div class="narrow stack" {
            (crumbs(visit, &visit.at(""), &visit.t("nav-home")))
            h1 { (visit.tw("home-circle", &with![circle = told.circle.as_str()])) }
            p class="lead" { (line(visit, told, me)) }
            dl class="facts" {
                dt { (visit.t("fact-when")) } dd { (meeting::when(visit, &one.begins)) }
                dt { (visit.t("fact-where")) } dd { (meeting::whereabouts(visit, &shown.meetings, &one.place)) }
                dt { (visit.t("fact-keeper")) } dd { (shown.name(keeper).map_or_else(|| visit.t("fact-no-keeper"), str::to_owned)) }
            }
            div class="row" { a class="btn go" href=(visit.at(&format!("/circles/{}/live", shown.circle.id))) { (visit.t("live-go")) } }
            p class="soft" { (visit.t("standin-hour")) }
            section class="card stack" {
                h2 { (visit.t("agreements-title")) }
                ul { @for line in &shown.agreed.lines { li { (line) } } }
                p class="soft" { (practice::words().privacy.line) " " (practice::words().privacy.law) }
            }
            form class="stack" method="post" action=(visit.at(&told.address)) {
                input type="hidden" name="of" value=(told.pair.of);
                p class="soft" { (visit.t("standin-cannot")) }
                div class="row" { button class="btn quiet" name="say" value="no" { (visit.t("keeping-decline")) } }
            }
        }
    }
}
