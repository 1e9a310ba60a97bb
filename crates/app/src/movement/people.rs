//! The people of a movement, for stewards: who they are, which groups they are in, and the
//! personal link with which somebody comes in. Never: hours, wishes, answers, or who was where.

use std::collections::HashSet;

use axum::extract::{Path, RawQuery};
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use mend_rules::id::{GroupId, PersonId};
use mend_rules::movement::{CLAIM_DAYS, NAME_LENGTH, folded, tidy};
use mend_seal::Token;
use mend_store::Scope;

use super::acts::{self, Told, Whom, open_email};
use super::pages::{self, field};
use super::rows::{self, Group, person::Person};
use crate::app::dice;
use crate::ledger::{self, Deed};
use crate::qr;
use crate::web::form::Fields;
use crate::web::page::{again, crumbs, stitch};
use crate::web::{Answer, Problem, Visit, page};
use crate::with;

/// How many people one page lists.
const PAGE: usize = 100;

pub async fn list(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let me = visit.me()?;
    let asked = Fields::read(query.unwrap_or_default().as_bytes());
    let (scope, movement) = (me.scope(), me.movement);
    let (people, groups, memberships, minors) = visit
        .app
        .store
        .read(scope, move |tx| {
            Ok::<_, Problem>((
                rows::person::list(tx, movement)?,
                rows::group_names(tx, movement)?,
                rows::person::memberships(tx, movement)?,
                rows::safeguarding::minors(tx, movement)?,
            ))
        })
        .await?;
    let wanted = folded(&asked.text("q"));
    let groups_of = |person: &Person| {
        let all = memberships
            .get(&person.id)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let mut names: Vec<&str> = all
            .iter()
            .filter_map(|(id, _)| groups.get(id))
            .map(String::as_str)
            .collect();
        names.sort_unstable();
        names.join(", ")
    };
    let found: Vec<(&Person, String)> = people
        .iter()
        .map(|person| (person, groups_of(person)))
        .filter(|(person, groups)| folded(&format!("{} {groups}", person.name)).contains(&wanted))
        .collect();
    let pages = found.len().div_ceil(PAGE).max(1);
    let at = asked.parse::<usize>("page").unwrap_or(1).clamp(1, pages);
    let shown = &found[(at - 1) * PAGE..(at * PAGE).min(found.len())];
    let body = html! {
        div class="stack" {
            h1 { (visit.t("people-title")) }
            p class="lead" { (visit.tw("people-count", &with![count = people.len()])) }
            div class="row" {
                a class="btn go" href=(visit.at("/people/import")) { (visit.t("movement-import")) }
                a class="btn" href=(visit.at("/people/new")) { (visit.t("people-new")) }
                a class="btn quiet" href=(visit.at("/joining")) { (visit.t("joining-title")) }
            }
            form class="row end" method="get" action=(visit.at("/people")) role="search" {
                div class="field" { label for="q" { (visit.t("people-find")) } input id="q" name="q" value=(asked.text("q")); }
                button class="btn" { (visit.t("people-find-go")) }
            }
            @if found.is_empty() { p { (visit.t("people-none")) } }
            @else { (table(&visit, shown, &minors)) (pager(&visit, &asked.text("q"), at, pages)) }
        }
    };
    Ok(page(&visit, &visit.t("people-title"), body))
}

fn table(visit: &Visit, shown: &[(&Person, String)], minors: &HashSet<PersonId>) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(visit.t("people-title")) {
            table {
                thead { tr { th scope="col" { (visit.t("person-name")) } th scope="col" { (visit.t("person-groups")) } th scope="col" { (visit.t("person-state")) } } }
                tbody {
                    @for (person, groups) in shown {
                        tr {
                            th scope="row" { a href=(visit.at(&format!("/people/{}", person.id))) { (person.name) } }
                            td { (groups) }
                            td { (state(visit, person, minors.contains(&person.id))) }
                        }
                    }
                }
            }
        }
    }
}

/// A neutral word: whether somebody has come in, and what they asked for. Never when.
fn state(visit: &Visit, person: &Person, minor: bool) -> Markup {
    html! {
        @if person.account.is_some() { span class="tag m" { (visit.t("person-here")) } }
        @else if person.asked_at.is_some() { span class="tag" { (visit.t("person-asked")) } }
        @else { span class="tag" { (visit.t("person-not-asked")) } }
        @if minor { " " span class="tag o" { (visit.t("person-minor")) } }
        @if person.keeps { " " span class="tag i" { (visit.t("person-keeps")) } }
        @if person.do_not_contact { " " span class="tag o" { (visit.t("person-no-contact")) } }
    }
}

fn pager(visit: &Visit, wanted: &str, at: usize, pages: usize) -> Markup {
    let link = |to: usize| {
        let query: String = form_urlencoded::Serializer::new(String::new())
            .append_pair("q", wanted)
            .append_pair("page", &to.to_string())
            .finish();
        visit.at(&format!("/people?{query}"))
    };
    html! {
        @if pages > 1 {
            nav class="row" aria-label=(visit.t("pager-label")) {
                @if at > 1 { a class="btn" href=(link(at - 1)) { (visit.t("pager-back")) } }
                span { (visit.tw("pager-at", &with![page = at, pages = pages])) }
                @if at < pages { a class="btn" href=(link(at + 1)) { (visit.t("pager-on")) } }
            }
        }
    }
}

/// The person of a form that adds one.
const NOBODY: PersonId = PersonId([0; 16]);

struct Shown {
    person: Person,
    email: String,
    groups: Vec<(GroupId, bool)>,
    all: Vec<Group>,
    minor: bool,
}

impl Shown {
    /// What was typed stands in the form again.
    fn take(&mut self, told: Told, email: String) {
        self.email = email;
        self.groups = told.groups;
        self.person.do_not_contact = told.do_not_contact;
        if self.person.account.is_none() {
            self.person.name = told.name;
            self.person.keeps = told.keeps;
            self.person.languages = told.languages;
        }
    }
}

async fn load(visit: &Visit, id: Option<PersonId>) -> Result<Shown, Problem> {
    let me = visit.me()?;
    let (scope, movement) = (me.scope(), me.movement);
    let (person, all, groups, minor) = visit
        .app
        .store
        .read(scope, move |tx| {
            let person = match id {
                Some(id) => rows::person::one(tx, movement, id)?.ok_or(Problem::NotFound)?,
                None => Person::new(NOBODY, ""),
            };
            let groups = rows::person::memberships(tx, movement)?.remove(&person.id);
            let minor = rows::safeguarding::minor_at(tx, movement, person.id)?.is_some();
            Ok::<_, Problem>((
                person,
                rows::groups(tx, movement)?,
                groups.unwrap_or_default(),
                minor,
            ))
        })
        .await?;
    let sealed = person.email_sealed.as_deref();
    let email = sealed.and_then(|sealed| open_email(&visit.app.key.0, movement, sealed));
    Ok(Shown {
        person,
        email: email.unwrap_or_default(),
        groups,
        all,
        minor,
    })
}

pub async fn new(visit: Visit) -> Answer {
    let shown = load(&visit, None).await?;
    Ok(page(
        &visit,
        &visit.t("people-new"),
        new_page(&visit, &shown, &[]),
    ))
}

fn new_page(visit: &Visit, shown: &Shown, wrong: &[(&'static str, &'static str)]) -> Markup {
    html! {
        div class="narrow stack" {
            (crumbs(visit, &visit.at("/people"), &visit.t("people-title")))
            h1 { (visit.t("people-new")) }
            (person_form(visit, shown, &visit.at("/people/new"), wrong))
        }
    }
}

pub async fn show(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let id = id.parse().map_err(|_| Problem::NotFound)?;
    let shown = load(&visit, Some(id)).await?;
    Ok(page(
        &visit,
        &visit.t("people-title"),
        person_page(&visit, &shown, &[]),
    ))
}

fn person_page(visit: &Visit, shown: &Shown, wrong: &[(&'static str, &'static str)]) -> Markup {
    let own = visit.at(&format!("/people/{}", shown.person.id));
    html! {
        div class="split" {
            div class="stack" {
                (crumbs(visit, &visit.at("/people"), &visit.t("people-title")))
                h1 { (shown.person.name) }
                div class="row" { (state(visit, &shown.person, shown.minor)) }
                (person_form(visit, shown, &own, wrong))
            }
            @if shown.person.account.is_none() {
                section class="card stack" {
                    h2 { (visit.t("claim-make-title")) }
                    p { (visit.tw("claim-make-what", &with![days = CLAIM_DAYS])) }
                    form method="post" action={ (own) "/claim" } { button class="btn" { (visit.t("claim-make-go")) } }
                    (stitch())
                    p class="soft" { (visit.t("person-remove-what")) }
                    form method="post" action={ (own) "/remove" } { button class="btn grave" { (visit.t("person-remove")) } }
                }
            }
        }
    }
}

fn person_form(
    visit: &Visit,
    shown: &Shown,
    action: &str,
    wrong: &[(&'static str, &'static str)],
) -> Markup {
    let person = &shown.person;
    let is_wrong = |name| pages::is_wrong(wrong, name);
    let own = person.account.is_some();
    html! {
        form class="stack" method="post" action=(action) {
            @if own { p class="note i" { (visit.t("person-own")) } }
            @if person.id == NOBODY { input type="hidden" name="fresh" value=(visit.app.new_id::<PersonId>()); }
            (field(visit, "name", "person-name", wrong, &html! {
                input id="name" name="name" value=(person.name) required maxlength="80" readonly[own]
                    aria-describedby="name-hint name-error" aria-invalid=[is_wrong("name")];
            }))
            (field(visit, "email", "person-email", wrong, &html! {
                input id="email" name="email" type="email" value=(shown.email) maxlength="254" autocomplete="off"
                    aria-describedby="email-hint email-error" aria-invalid=[is_wrong("email")];
            }))
            @if !own {
                (field(visit, "languages", "person-languages", wrong, &html! {
                    input id="languages" name="languages" value=(person.languages.replace(' ', ", ")) aria-describedby="languages-hint languages-error";
                }))
            }
            (group_boxes(visit, shown))
            fieldset class="options" {
                legend { (visit.t("person-more")) }
                @if !own { label class="option" { input type="checkbox" name="keeps" checked[person.keeps]; span { (visit.t("person-keeps-box")) } } }
                label class="option" { input type="checkbox" name="quiet" checked[person.do_not_contact]; span { (visit.t("person-quiet-box")) } }
            }
            div class="row" { button class="btn go" { (visit.t("save")) } a class="btn quiet" href=(visit.at("/people")) { (visit.t("cancel")) } }
            p class="soft" { (visit.t("person-who-reads")) }
        }
    }
}

fn group_boxes(visit: &Visit, shown: &Shown) -> Markup {
    let is_in = |id: GroupId| shown.groups.iter().any(|(group, _)| *group == id);
    let mut all: Vec<&Group> = shown.all.iter().collect();
    all.sort_by_key(|group| !is_in(group.id));
    html! {
        fieldset class="options" {
            legend { (visit.t("person-groups")) }
            @if all.is_empty() { p class="hint" { (visit.t("groups-none")) } }
            div class="boxes" {
                @for group in all { label class="check" { input type="checkbox" name="group" value=(group.id) checked[is_in(group.id)]; span { (group.name) } } }
            }
        }
    }
}

pub async fn add(visit: Visit, fields: Fields) -> Answer {
    keep(visit, None, fields).await
}

pub async fn save(visit: Visit, Path((_, id)): Path<(String, String)>, fields: Fields) -> Answer {
    let id = id.parse().map_err(|_| Problem::NotFound)?;
    keep(visit, Some(id), fields).await
}

async fn keep(visit: Visit, id: Option<PersonId>, fields: Fields) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let mut shown = load(&visit, id).await?;
    let whom = match id {
        Some(id) => Whom::Known(id),
        None => Whom::New(fields.parse("fresh").unwrap_or_else(|| visit.app.new_id())),
    };
    let told = told(&fields, &shown);
    let email = fields.text("email").to_lowercase();
    let mut wrong = Vec::new();
    if told.name.is_empty() || told.name.chars().count() > NAME_LENGTH {
        wrong.push(("name", "person-name-wrong"));
    }
    if !email.is_empty() && !email.contains('@') {
        wrong.push(("email", "person-email-wrong"));
    }
    let kept = if wrong.is_empty() {
        let (app, told) = (visit.app.clone(), told.clone());
        let key = move |tx: &mut mend_store::Tx<'_>| {
            acts::add_person(tx, &app.key.0, &me, whom, &told, now)
        };
        visit.app.store.write(visit.me()?.scope(), key).await
    } else {
        Err(Problem::Refused("person-name-wrong"))
    };
    match kept {
        Ok(id) => Ok(Redirect::to(&visit.at(&format!("/people/{id}?told=saved"))).into_response()),
        Err(Problem::Refused(why)) => {
            if wrong.is_empty() {
                wrong.push(("email", why));
            }
            shown.take(told, email);
            let body = match id {
                Some(_) => person_page(&visit, &shown, &wrong),
                None => new_page(&visit, &shown, &wrong),
            };
            Ok(again(page(&visit, &visit.t("people-title"), body)))
        }
        Err(other) => Err(other),
    }
}

/// Leading a group stays as it was; a form that lists groups by name has no box for it.
fn told(fields: &Fields, shown: &Shown) -> Told {
    let known = |id: &GroupId| shown.all.iter().any(|group| group.id == *id);
    let leads = |id: GroupId| shown.groups.contains(&(id, true));
    let email = fields.text("email").to_lowercase();
    Told {
        name: tidy(&fields.text("name")),
        email: (!email.is_empty()).then_some(email),
        groups: fields
            .all("group")
            .filter_map(|id| id.parse().ok())
            .filter(known)
            .map(|id| (id, leads(id)))
            .collect(),
        keeps: fields.has("keeps"),
        do_not_contact: fields.has("quiet"),
        languages: mend_rules::roster::tags(&fields.text("languages")).join(" "),
    }
}

/// A fresh personal link, as a sheet to hand over. The link before it is void.
pub async fn claim(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let me = visit.me()?;
    let id: PersonId = id.parse().map_err(|_| Problem::NotFound)?;
    let (now, movement) = (visit.now, visit.movement()?.clone());
    let (token, place) = (Token::<16>::make(&mut dice), me.movement);
    let digest = token.digest();
    let person = visit
        .app
        .store
        .write(Scope::Movement(place.0), move |tx| {
            let person = rows::person::one(tx, place, id)?.ok_or(Problem::NotFound)?;
            if person.account.is_some() {
                return Err(Problem::Refused("claim-has-account"));
            }
            rows::add_claim(tx, &digest, place, id, now, now.days(CLAIM_DAYS))?;
            Ok(person)
        })
        .await?;
    let url = visit.app.claim_url(&movement, &token);
    let body = html! {
        div class="stack sheet" {
            p class="soft" { (movement.name) }
            h1 { (visit.tw("claim-sheet-title", &with![name = person.name.as_str()])) }
            p class="lead" { (visit.tw("claim-sheet-how", &with![days = CLAIM_DAYS])) }
            (qr::drawing(&url, &visit.t("claim-qr")))
            p class="link" id="claim-link" { (url) }
            @if !visit.app.base.secure { p class="note o" { (visit.t("not-public-why")) } }
            div class="row no-print" {
                button type="button" class="btn" data-mend="print" hidden { (visit.t("print")) }
                button type="button" class="btn" data-mend="copy" data-of="claim-link" data-done=(visit.t("copied")) hidden { (visit.t("copy")) }
                a class="btn quiet" href=(visit.at("/people")) { (visit.t("people-title")) }
            }
        }
    };
    Ok(crate::web::page::page_with(
        &visit,
        &visit.t("claim-head"),
        body,
        &["sign.js"],
    ))
}

/// Takes a row out for good, as long as nobody has made it their place: then only they can.
pub async fn remove(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let (me, now) = (visit.me()?, visit.now);
    let id: PersonId = id.parse().map_err(|_| Problem::NotFound)?;
    visit
        .app
        .store
        .write(me.scope(), move |tx| {
            rows::person::one(tx, me.movement, id)?.ok_or(Problem::NotFound)?;
            rows::upload::drop_all(tx, me.movement)?;
            if !rows::person::remove_unclaimed(tx, me.movement, id)? {
                return Err(Problem::Refused("person-remove-claimed"));
            }
            Ok(ledger::note(tx, &me, Deed::PersonRemoved, None, now)?)
        })
        .await?;
    Ok(Redirect::to(&visit.at("/people?told=removed")).into_response())
}
