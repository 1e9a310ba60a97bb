//! One's own place: name, languages, zone, hours, being a keeper, a pause, and whom one would
//! rather not sit with. Each says who can read it.

use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use mend_rules::hours::Hours;
use mend_rules::id::PersonId;
use mend_rules::movement::{NAME_LENGTH, NEEDS_LENGTH, folded, tidy};
use mend_rules::time::Time;

use super::pages::{self, field, zones};
use super::rows::own::{More, own_more, set_more};
use super::rows::person::{self, Person};
use super::rows::safeguarding::minor_at;
use super::{acts, age};
use crate::web::form::Fields;
use crate::web::page::{again, crumbs, stitch};
use crate::web::{Answer, Problem, Visit, page};
use crate::with;

async fn own(visit: &Visit) -> Result<Person, Problem> {
    let me = visit.me()?;
    visit
        .app
        .store
        .read(me.scope(), move |tx| {
            person::one(tx, me.movement, me.person)?.ok_or(Problem::NotFound)
        })
        .await
}

pub async fn show(visit: Visit) -> Answer {
    let person = own(&visit).await?;
    Ok(page(
        &visit,
        &visit.t("nav-me"),
        own_page(&visit, &person, &said(&visit).await?, &[]),
    ))
}

/// What somebody says of themselves to few.
#[derive(Clone)]
struct Said {
    pronouns: String,
    needs: String,
    /// When they said that they are under 18.
    minor: Option<Time>,
}

async fn said(visit: &Visit) -> Result<Said, Problem> {
    let (me, key) = (visit.me()?, visit.app.clone());
    let (more, minor) = visit
        .app
        .store
        .read(me.scope(), move |tx| {
            let minor = minor_at(tx, me.movement, me.person)?;
            Ok::<_, Problem>((own_more(tx, me.movement, me.person)?, minor))
        })
        .await?;
    let movement = visit.movement()?.id;
    let needs = acts::needs(&key.key.0, movement, more.needs_sealed.as_deref());
    Ok(Said {
        pronouns: more.pronouns,
        needs: needs.unwrap_or_default(),
        minor,
    })
}

fn own_page(
    visit: &Visit,
    person: &Person,
    said: &Said,
    wrong: &[(&'static str, &'static str)],
) -> Markup {
    let is_wrong = |name| pages::is_wrong(wrong, name);
    html! {
        div class="split" {
            div class="stack" {
                h1 { (visit.t("me-title")) }
                p class="lead" { (visit.t("me-lead")) }
                form class="stack" method="post" action=(visit.at("/me")) {
                    (field(visit, "name", "me-name", wrong, &html! {
                        input id="name" name="name" value=(person.name) required maxlength="80" autocomplete="name" aria-describedby="name-hint name-error" aria-invalid=[is_wrong("name")];
                    }))
                    (field(visit, "pronouns", "me-pronouns", wrong, &html! {
                        input id="pronouns" name="pronouns" value=(said.pronouns) maxlength="40" autocomplete="off" aria-describedby="pronouns-hint pronouns-error";
                    }))
                    (field(visit, "languages", "me-languages", wrong, &html! {
                        input id="languages" name="languages" value=(person.languages.replace(' ', ", ")) aria-describedby="languages-hint languages-error";
                    }))
                    (field(visit, "zone", "me-zone", wrong, &html! {
                        input id="zone" name="zone" value=(person.zone.as_deref().unwrap_or_default()) list="zones" autocomplete="off" aria-describedby="zone-hint zone-error" aria-invalid=[is_wrong("zone")];
                        datalist id="zones" { @for zone in zones() { option value=(zone) {} } }
                    }))
                    (field(visit, "needs", "me-needs", wrong, &html! {
                        textarea id="needs" name="needs" rows="3" maxlength="500" aria-describedby="needs-hint needs-error" aria-invalid=[is_wrong("needs")] { (said.needs) }
                    }))
                    fieldset class="options" {
                        legend { (visit.t("me-offers")) }
                        label class="option" { input type="checkbox" name="keeps" checked[person.keeps]; span { (visit.t("me-keeps")) } }
                        label class="option" { input type="checkbox" name="pause" checked[person.paused_at.is_some()]; span { (visit.t("me-pause")) } }
                    }
                    div class="row" { button class="btn go" { (visit.t("save")) } }
                }
                p { a href=(visit.at("/me/leave")) { (visit.t("me-leave")) } }
            }
            aside class="stack" {
                (age::card(visit, said.minor, false))
                div class="card stack" {
                    h2 { (visit.t("hours-title")) }
                    p class="soft" { (hours_said(visit, &person.hours)) }
                    a class="btn" href=(visit.at("/me/hours")) { (visit.t("hours-go")) }
                }
                div class="card stack" {
                    h2 { (visit.t("wishes-title")) }
                    p class="soft" { (visit.t("wishes-short")) }
                    a class="btn" href=(visit.at("/me/wishes")) { (visit.t("wishes-go")) }
                }
                div class="card stack" {
                    h2 { (visit.t("feed-title")) }
                    p class="soft" { (visit.t("feed-short")) }
                    a class="btn" href=(visit.at("/me/calendar")) { (visit.t("feed-go")) }
                }
                div class="card stack" {
                    h2 { (visit.t("letters-title")) }
                    p class="soft" { (visit.t("letters-short")) }
                    a class="btn" href=(visit.at("/me/letters")) { (visit.t("letters-go")) }
                }
            }
        }
    }
}

fn hours_said(visit: &Visit, hours: &Hours) -> String {
    if hours.is_unknown() {
        visit.t("hours-unknown")
    } else {
        visit.tw("hours-known", &with![count = hours.count()])
    }
}

pub async fn save(visit: Visit, fields: Fields) -> Answer {
    let me = visit.me()?;
    let (name, zone) = (tidy(&fields.text("name")), fields.text("zone"));
    let languages = mend_rules::roster::tags(&fields.text("languages")).join(" ");
    let mut wrong = Vec::new();
    if name.is_empty() || name.chars().count() > NAME_LENGTH {
        wrong.push(("name", "person-name-wrong"));
    }
    if !zone.is_empty() && mend_rules::movement::zone(&zone).is_none() {
        wrong.push(("zone", "begin-zone-wrong"));
    }
    let told = Said {
        pronouns: tidy(&fields.text("pronouns")),
        needs: fields.text("needs"),
        minor: None,
    };
    if told.pronouns.chars().count() > 40 || told.needs.chars().count() > NEEDS_LENGTH {
        wrong.push(("needs", "me-needs-wrong"));
    }
    let (keeps, pause, now) = (fields.has("keeps"), fields.has("pause"), visit.now);
    let change = move |person: &mut Person| {
        person.name.clone_from(&name);
        person.languages.clone_from(&languages);
        person.zone = (!zone.is_empty()).then(|| zone.clone());
        person.keeps = keeps;
        person.paused_at = pause.then(|| person.paused_at.unwrap_or(now));
    };
    if !wrong.is_empty() {
        let mut person = own(&visit).await?;
        change(&mut person);
        let body = own_page(&visit, &person, &told, &wrong);
        return Ok(again(page(&visit, &visit.t("nav-me"), body)));
    }
    let more = More {
        pronouns: told.pronouns,
        needs_sealed: acts::seal_needs(&visit.app.key.0, me.movement, &told.needs),
    };
    visit
        .app
        .store
        .write(me.scope(), move |tx| {
            acts::save_own(tx, &me, &change)?;
            Ok::<_, Problem>(set_more(tx, me.movement, me.person, &more)?)
        })
        .await?;
    Ok(Redirect::to(&visit.at("/me?told=saved")).into_response())
}

pub async fn hours(visit: Visit) -> Answer {
    let person = own(&visit).await?;
    let zone = visit.zone();
    let body = html! {
        div class="stack" {
            (crumbs(&visit, &visit.at("/me"), &visit.t("me-title")))
            h1 { (visit.t("hours-title")) }
            p class="lead" { (visit.t("hours-lead")) }
            p class="soft" { (visit.tw("hours-zone", &with![zone = zone.iana_name().unwrap_or("UTC")])) }
            form class="stack" method="post" action=(visit.at("/me/hours")) {
                (grid(&visit, &person.hours))
                div class="row" { button class="btn go" { (visit.t("save")) } a class="btn quiet" href=(visit.at("/me")) { (visit.t("cancel")) } }
                p class="soft" { (visit.t("hours-who-reads")) }
            }
        }
    };
    Ok(page(&visit, &visit.t("hours-title"), body))
}

/// Seven columns of hours; a box says its day and hour to whoever hears it.
fn grid(visit: &Visit, hours: &Hours) -> Markup {
    let days: Vec<String> = (1..=7)
        .map(|day| visit.t(&format!("weekday-{day}")))
        .collect();
    html! {
        div class="hours-frame" tabindex="0" role="region" aria-label=(visit.t("hours-title")) {
            table class="hours" {
                thead { tr { td {} @for day in 1..=7 { th scope="col" { (visit.t(&format!("weekday-short-{day}"))) } } } }
                tbody {
                    @for hour in (6..24).chain(0..6) {
                        tr {
                            th scope="row" { (hour) ":00" }
                            @for (day, name) in days.iter().enumerate() {
                                td { label { input type="checkbox" name="h" value=(day * 24 + hour) checked[hours.has(day * 24 + hour)] aria-label={ (name) " " (hour) ":00" }; } }
                            }
                        }
                    }
                }
            }
        }
    }
}

pub async fn save_hours(visit: Visit, fields: Fields) -> Answer {
    let me = visit.me()?;
    let mut hours = Hours::default();
    let ticked = fields.all("h").filter_map(|at| at.parse::<usize>().ok());
    ticked.filter(|at| *at < 168).for_each(|at| hours.set(at));
    visit
        .app
        .store
        .write(me.scope(), move |tx| {
            acts::save_own(tx, &me, |person| person.hours = hours)
        })
        .await?;
    Ok(Redirect::to(&visit.at("/me?told=saved")).into_response())
}

/// How many people a search for wishes shows, and from how many letters on.
const HITS: usize = 12;
const LETTERS: usize = 2;

pub async fn wishes(visit: Visit) -> Answer {
    let me = visit.me()?;
    let (scope, asking) = (me.scope(), me.clone());
    let wished = visit
        .app
        .store
        .read(scope, move |tx| {
            person::wishes(tx, asking.movement, asking.person)
        })
        .await?;
    wishes_page(&visit, wished, None).await
}

/// Who is wished not to sit with, and whom the search found. Nobody is shown unasked: the page is
/// no list of the members.
async fn wishes_page(visit: &Visit, ticked: Vec<PersonId>, sought: Option<String>) -> Answer {
    let me = visit.me()?;
    let movement = me.movement;
    let names = visit
        .app
        .store
        .read(me.scope(), move |tx| person::names(tx, movement))
        .await?;
    let wanted = folded(sought.as_deref().unwrap_or_default());
    let long_enough = wanted.chars().count() >= LETTERS;
    let is_hit = |(id, name): &&(PersonId, String)| {
        long_enough && !ticked.contains(id) && *id != me.person && folded(name).contains(&wanted)
    };
    let hits: Vec<_> = names.iter().filter(is_hit).take(HITS).collect();
    let wished = names.iter().filter(|(id, _)| ticked.contains(id));
    let body = html! {
        div class="narrow stack" {
            (crumbs(visit, &visit.at("/me"), &visit.t("me-title")))
            h1 { (visit.t("wishes-title")) }
            p class="lead" { (visit.t("wishes-lead")) }
            p class="note i" { (visit.t("wishes-who-reads")) }
            form class="stack" method="post" action=(visit.at("/me/wishes")) {
                div class="row end" {
                    div class="field" {
                        label for="q" { (visit.t("wishes-find")) }
                        input id="q" name="q" value=(sought.as_deref().unwrap_or_default()) autocomplete="off" spellcheck="false";
                    }
                    button class="btn" name="find" value="1" { (visit.t("people-find-go")) }
                }
                @if sought.is_some() { p role="status" { (visit.tw("wishes-found", &with![count = hits.len()])) } }
                fieldset class="options" {
                    legend { (visit.t("wishes-legend")) }
                    div class="boxes" {
                        @for (id, name) in wished { (wish_box(*id, name, true)) }
                        @for (id, name) in hits { (wish_box(*id, name, false)) }
                    }
                }
                div class="row" { button class="btn go" { (visit.t("save")) } a class="btn quiet" href=(visit.at("/me")) { (visit.t("cancel")) } }
            }
            (stitch())
            p class="soft" { (visit.t("wishes-veil")) }
        }
    };
    Ok(page(visit, &visit.t("wishes-head"), body))
}

fn wish_box(id: PersonId, name: &str, ticked: bool) -> Markup {
    html! {
        label class="check" { input type="checkbox" name="person" value=(id) checked[ticked]; span { (name) } }
    }
}

/// Saves what is ticked, or looks for more people; nothing of it stands in an address, which
/// browsers remember.
pub async fn save_wishes(visit: Visit, fields: Fields) -> Answer {
    let me = visit.me()?;
    let others: Vec<PersonId> = fields
        .all("person")
        .filter_map(|id| id.parse().ok())
        .collect();
    if fields.has("find") {
        return wishes_page(&visit, others, Some(fields.text("q"))).await;
    }
    visit
        .app
        .store
        .write(me.scope(), move |tx| acts::save_wishes(tx, &me, &others))
        .await?;
    Ok(Redirect::to(&visit.at("/me?told=saved")).into_response())
}
