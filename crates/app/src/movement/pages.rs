//! A movement's own pages: beginning one, what it is, changing it, its groups and stewards.

use axum::extract::RawQuery;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use mend_rules::id::{GroupId, MovementId};
use mend_rules::movement::{NAME_LENGTH, Source, tidy};
use mend_rules::safeguarding::Care;
use mend_rules::step::Text;
use mend_store::Scope;

use super::acts::{self, Begin};
use super::rows;
use super::{age, asking};
use crate::app::fresh;
use crate::practice;
use crate::web::form::Fields;
use crate::web::page::{again, stitch};
use crate::web::visit::Movement;
use crate::web::{Answer, Problem, Visit, page};
use crate::with;

/// The first page of the instance.
pub async fn landing(visit: Visit) -> Answer {
    let empty = visit
        .app
        .store
        .read(Scope::Instance, rows::is_empty)
        .await?;
    if visit.account.is_some() && visit.told.is_none() {
        return Ok(Redirect::to("/movements").into_response());
    }
    let body = html! {
        div class="stack" {
            h1 { (visit.t("landing-title")) }
            p class="lead" { (visit.t("landing-lead")) }
            p { (visit.t("landing-what")) }
            @if empty { p class="note i" { (visit.t("landing-empty")) } }
            @else { div class="row" { a class="btn go" href="/sign-in" { (visit.t("nav-sign-in")) } a class="btn quiet" href="/about" { (visit.t("landing-more")) } } }
        }
        (stitch())
        (path(&visit))
    };
    Ok(page(&visit, &visit.t("landing-head"), body))
}

/// The stitched path of twelve steps, and its words as a list for whoever does not see it.
fn path(visit: &Visit) -> Markup {
    let steps = visit.app.practice.steps().iter();
    let shorts: Vec<&str> = steps.map(|step| step.text(Text::Short)).collect();
    html! {
        section class="stack" {
            h2 { (visit.t("path-title")) }
            div class="scroll" tabindex="0" role="group" aria-label=(visit.t("path-label")) {
                (practice::path(&visit.t("path-title"), &visit.t("path-said"), &shorts, &|_| ""))
                ol class="visually-hidden" { @for short in &shorts { li { (short) } } }
            }
        }
    }
}

/// What Mend is and is not.
pub async fn about(visit: Visit) -> Answer {
    let body = html! {
        div class="narrow stack" {
            h1 { (visit.t("about-title")) }
            @for key in ["about-what", "about-not", "about-free", "about-server", "about-credit"] { p { (visit.t(key)) } }
            h2 { (visit.t("about-read-title")) }
            p { (visit.t("about-read")) }
            p { (visit.t("about-read-not")) }
            p class="soft" { (visit.t("about-licence")) }
        }
    };
    Ok(page(&visit, &visit.t("about-title"), body))
}

/// The movements of an account; with one only, straight into it.
pub async fn movements(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let (account, now) = (visit.account()?.id, visit.now);
    let (all, left, asked) = visit
        .app
        .store
        .read(Scope::Account(account.0), move |tx| {
            let left = rows::own::left_by(tx, account)?;
            let asked = rows::joining::own(tx, account, now)?;
            Ok::<_, Problem>((rows::of_account(tx, account)?, left, asked))
        })
        .await?;
    if let ([(address, _)], [], None) = (all.as_slice(), asked.as_slice(), query) {
        return Ok(Redirect::to(&format!("/m/{address}")).into_response());
    }
    let body = html! {
        div class="stack" {
            h1 { (visit.t("movements-title")) }
            @if all.is_empty() && asked.is_empty() { p class="lead" { (visit.t("movements-none")) } }
            ul class="plain stack" {
                @for (address, name) in &all { li class="card" { h2 class="as-h3" { a href={ "/m/" (address) } { (name) } } } }
            }
            (asking::own(&visit, &asked))
            @if !left.is_empty() {
                section class="stack" {
                    h2 { (visit.t("return-title")) }
                    ul class="plain stack" {
                        @for (address, name) in &left {
                            li {
                                form class="row" method="post" action="/movements/return" {
                                    input type="hidden" name="movement" value=(address);
                                    span { (name) }
                                    button class="btn" aria-label={ (visit.t("return-go")) ": " (name) } { (visit.t("return-go")) }
                                }
                            }
                        }
                    }
                }
            }
            div class="row" { a class="btn" href="/movements/new" { (visit.t("movements-new")) } }
        }
    };
    Ok(page(&visit, &visit.t("movements-title"), body))
}

pub async fn new(visit: Visit) -> Answer {
    let zone = jiff::tz::TimeZone::system();
    let zone = zone
        .iana_name()
        .map_or_else(String::new, |zone| format!("zone={zone}"));
    let body = begin_form(&visit, &Fields::read(zone.as_bytes()), &[]);
    Ok(page(&visit, &visit.t("begin-title"), body))
}

pub async fn begin(visit: Visit, fields: Fields) -> Answer {
    let begin = match Begin::read(&fields) {
        Ok(begin) => begin,
        Err(wrong) => {
            let body = begin_form(&visit, &fields, &wrong);
            return Ok(again(page(&visit, &visit.t("begin-title"), body)));
        }
    };
    let (account, now) = (visit.account()?.id, visit.now);
    let begun = visit
        .app
        .store
        .write(Scope::Account(account.0), move |tx| {
            acts::begin(tx, &begin, account, now)
        })
        .await;
    let (movement, _) = match begun {
        // A second click: the list leads on.
        Err(Problem::Gone(_)) => return Ok(Redirect::to("/movements").into_response()),
        begun => begun?,
    };
    // First of all whom people can turn to; it can be left for later.
    Ok(Redirect::to(&format!("/m/{}/help/edit?told=begun", movement.address)).into_response())
}

type Wrong = [(&'static str, &'static str)];

/// One labelled input with its hint and, if there is one, what is not right with it.
pub fn field(visit: &Visit, name: &str, key: &str, wrong: &Wrong, input: &Markup) -> Markup {
    let error = wrong
        .iter()
        .find(|(field, _)| *field == name)
        .map(|(_, key)| *key);
    html! {
        div class="field" {
            label for=(name) { (visit.t(key)) }
            p class="hint" id={ (name) "-hint" } { (visit.t(&format!("{key}-hint"))) }
            (input)
            @if let Some(error) = error { p class="error" id={ (name) "-error" } { (visit.t(error)) } }
        }
    }
}

/// For `aria-invalid`.
pub fn is_wrong(wrong: &Wrong, name: &str) -> Option<&'static str> {
    wrong
        .iter()
        .any(|(field, _)| *field == name)
        .then_some("true")
}

fn text_input(fields: &Fields, name: &str, wrong: &Wrong) -> Markup {
    html! {
        input id=(name) name=(name) value=(fields.text(name)) required maxlength="80"
            aria-describedby={ (name) "-hint " (name) "-error" } aria-invalid=[is_wrong(wrong, name)];
    }
}

fn begin_form(visit: &Visit, fields: &Fields, wrong: &Wrong) -> Markup {
    html! {
        div class="narrow stack" {
            h1 { (visit.t("begin-title")) }
            p class="lead" { (visit.t("begin-lead")) }
            form class="stack" method="post" action="/movements/new" {
                input type="hidden" name="fresh" value=(visit.app.new_id::<MovementId>());
                (field(visit, "name", "begin-name", wrong, &text_input(fields, "name", wrong)))
                (field(visit, "by", "begin-by", wrong, &text_input(fields, "by", wrong)))
                (zone_field(visit, &fields.text("zone"), wrong))
                (source_field(visit, Source::read(&fields.text("source")).unwrap_or(Source::Wisdom)))
                (field(visit, "groups", "begin-groups", wrong, &html! {
                    textarea id="groups" name="groups" rows="5" aria-describedby="groups-hint groups-error" aria-invalid=[is_wrong(wrong, "groups")] { (fields.text("groups")) }
                }))
                (age::question(visit, Care::Off))
                @if wrong.iter().any(|(field, _)| *field == "age") { p class="error" { (visit.t("age-unsaid")) } }
                div class="row" { button class="btn go" { (visit.t("begin-go")) } }
                p class="soft" { (visit.t("begin-who-reads")) }
            }
        }
    }
}

pub fn zone_field(visit: &Visit, zone: &str, wrong: &Wrong) -> Markup {
    let input = html! {
        input id="zone" name="zone" value=(zone) list="zones" required autocomplete="off"
            aria-describedby="zone-hint zone-error" aria-invalid=[is_wrong(wrong, "zone")];
        datalist id="zones" { @for zone in zones() { option value=(zone) {} } }
    };
    field(visit, "zone", "begin-zone", wrong, &input)
}

/// Zones named after a place; the others are old names and offsets.
pub fn zones() -> impl Iterator<Item = String> {
    jiff::tz::db()
        .available()
        .map(|name| name.as_str().to_owned())
        .filter(|name| {
            name == "UTC"
                || name.contains('/') && !name.starts_with("Etc") && !name.starts_with("SystemV")
        })
}

fn source_field(visit: &Visit, chosen: Source) -> Markup {
    html! {
        fieldset class="options" {
            legend { (visit.t("source-title")) }
            p class="hint" { (visit.t("source-hint")) }
            @for source in Source::ALL {
                label class="option" {
                    input type="radio" name="source" value=(source.word()) checked[source == chosen];
                    span { b { (visit.t(&format!("source-{}", source.word()))) } " " span class="soft" { (visit.t(&format!("source-{}-is", source.word()))) } }
                }
            }
        }
    }
}

/// What the movement is, for everybody in it.
pub async fn show(visit: Visit) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let movement = visit.movement()?.clone();
    let (scope, id, steward) = (me.scope(), me.movement, me.steward);
    let (groups, stewards, people) = visit
        .app
        .store
        .read(scope, move |tx| {
            let people = if steward {
                rows::person::list(tx, id)?
            } else {
                Vec::new()
            };
            Ok::<_, Problem>((rows::groups(tx, id)?, rows::stewards(tx, id, now)?, people))
        })
        .await?;
    let zone = visit.zone();
    let body = html! {
        div class="stack" {
            h1 { (movement.name) }
            p class="lead" { (visit.t(&format!("source-{}-is", movement.source.word()))) }
            @if me.steward {
                div class="row" {
                    a class="btn go" href=(visit.at("/people")) { (visit.t("movement-people")) }
                    a class="btn" href=(visit.at("/people/import")) { (visit.t("movement-import")) }
                    a class="btn quiet" href=(visit.at("/movement/edit")) { (visit.t("movement-edit")) }
                    a class="btn quiet" href=(visit.at("/mail")) { (visit.t("mail-title")) }
                    a class="btn quiet" href=(visit.at("/wave")) { (visit.t("wave-title")) }
                }
            }
        }
        div class="split" {
            section class="stack" {
                h2 { (visit.t("groups-title")) }
                @if groups.is_empty() { p { (visit.t("groups-none")) } }
                @if !groups.is_empty() {
                    ul class="plain groups" { @for group in &groups { li { @if me.steward { a href=(visit.at(&format!("/groups/{}", group.id))) { (group.name) } } @else { (group.name) } " " span class="soft" { (visit.tw("groups-people", &with![count = group.people])) } } } }
                }
                @if me.steward { (add_group(&visit)) }
            }
            section class="card stack" {
                h2 { (visit.t("stewards-title")) }
                p class="soft" { (visit.t("stewards-what")) }
                ul class="plain" {
                    @for (_, name, until) in &stewards {
                        li { (name) " " span class="soft" { (visit.tw("stewards-until", &with![day = day(&visit, *until, &zone)])) } }
                    }
                }
                @if me.steward { (appoint_form(&visit, &people)) p { a href=(visit.at("/lock")) { (visit.t("lock-title")) } } }
                p { a href=(visit.at("/safeguarding")) { (visit.t("safe-title")) } }
            }
        }
    };
    Ok(page(&visit, &visit.t("nav-movement"), body))
}

fn day(visit: &Visit, time: mend_rules::time::Time, zone: &jiff::tz::TimeZone) -> String {
    visit.long_day(time.day(zone))
}

fn add_group(visit: &Visit) -> Markup {
    html! {
        form class="row end" method="post" action=(visit.at("/groups")) {
            div class="field" {
                label for="group" { (visit.t("groups-add")) }
                input id="group" name="group" required maxlength="80";
            }
            button class="btn" { (visit.t("groups-add-go")) }
        }
    }
}

fn appoint_form(visit: &Visit, people: &[rows::person::Person]) -> Markup {
    let claimed = || people.iter().filter(|person| person.account.is_some());
    html! {
        form class="stack" method="post" action=(visit.at("/stewards")) {
            div class="field" {
                label for="steward" { (visit.t("stewards-add")) }
                select id="steward" name="person" { @for person in claimed() { option value=(person.id) { (person.name) } } }
            }
            button class="btn" { (visit.t("stewards-add-go")) }
        }
    }
}

pub async fn edit(visit: Visit) -> Answer {
    let movement = visit.movement()?.clone();
    Ok(page(
        &visit,
        &visit.t("movement-edit"),
        edit_form(&visit, &movement, &[]),
    ))
}

fn edit_form(visit: &Visit, movement: &Movement, wrong: &Wrong) -> Markup {
    html! {
        div class="narrow stack" {
            h1 { (visit.t("movement-edit")) }
            form class="stack" method="post" action=(visit.at("/movement")) {
                (field(visit, "name", "begin-name", wrong, &html! {
                    input id="name" name="name" value=(movement.name) required maxlength="80" aria-describedby="name-hint name-error" aria-invalid=[is_wrong(wrong, "name")];
                }))
                (zone_field(visit, movement.zone.iana_name().unwrap_or("UTC"), wrong))
                (source_field(visit, movement.source))
                (field(visit, "size", "begin-size", wrong, &html! {
                    input id="size" name="size" type="number" min="3" max="12" value=(movement.circle_size) required aria-describedby="size-hint size-error" aria-invalid=[is_wrong(wrong, "size")];
                }))
                div class="row" { button class="btn go" { (visit.t("save")) } a class="btn quiet" href=(visit.at("/movement")) { (visit.t("cancel")) } }
            }
        }
    }
}

pub async fn save(visit: Visit, fields: Fields) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let old = visit.movement()?.clone();
    let name = tidy(&fields.text("name"));
    let zone = mend_rules::movement::zone(&fields.text("zone"));
    let size: u32 = fields.parse("size").unwrap_or(0);
    let named = !name.is_empty() && name.chars().count() <= NAME_LENGTH;
    let mut wrong = Vec::new();
    for (right, what) in [
        (named, ("name", "begin-name-wrong")),
        (zone.is_some(), ("zone", "begin-zone-wrong")),
        ((3..=12).contains(&size), ("size", "begin-size-wrong")),
    ] {
        if !right {
            wrong.push(what);
        }
    }
    let changed = Movement {
        name,
        zone: zone.unwrap_or_else(|| old.zone.clone()),
        source: Source::read(&fields.text("source")).unwrap_or(old.source),
        circle_size: size,
        ..old
    };
    if !wrong.is_empty() {
        let body = edit_form(&visit, &changed, &wrong);
        return Ok(again(page(&visit, &visit.t("movement-edit"), body)));
    }
    visit
        .app
        .store
        .write(me.scope(), move |tx| acts::save(tx, &me, &changed, now))
        .await?;
    Ok(Redirect::to(&visit.at("/movement?told=saved")).into_response())
}

pub async fn add_group_named(visit: Visit, fields: Fields) -> Answer {
    let me = visit.me()?;
    let name = tidy(&fields.text("group"));
    if name.is_empty() || name.chars().count() > NAME_LENGTH {
        return Err(Problem::Refused("begin-groups-wrong"));
    }
    visit
        .app
        .store
        .write(me.scope(), move |tx| {
            rows::group_named(tx, me.movement, &name, GroupId(fresh()))
        })
        .await?;
    Ok(Redirect::to(&visit.at("/movement?told=added")).into_response())
}

pub async fn appoint(visit: Visit, fields: Fields) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let person = fields.parse("person").ok_or(Problem::NotFound)?;
    visit
        .app
        .store
        .write(me.scope(), move |tx| acts::appoint(tx, &me, person, now))
        .await?;
    Ok(Redirect::to(&visit.at("/movement?told=steward")).into_response())
}
