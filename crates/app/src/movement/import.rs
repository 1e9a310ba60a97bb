//! Bringing in a list of people: look first, then confirm. Nothing of it is written before.
//! Between the two, the file waits sealed and goes after an hour.

use std::collections::HashMap;

use axum::extract::{Multipart, Path};
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use mend_rules::id::{GroupId, MovementId, PersonId};
use mend_rules::roster::{Column, Entry, Known, Outcome, Plan, Trouble, What, guess, plan, read};
use mend_rules::time::Time;
use mend_seal::ColumnKey;
use mend_store::Tx;

use super::acts::{email_print, open_email, seal_email};
use super::rows::{self, person::Person};
use crate::app::{dice, fresh};
use crate::ledger::{self, Deed};
use crate::web::form::Fields;
use crate::web::page::again;
use crate::web::{Answer, Me, Problem, Visit, page};
use crate::with;

/// The largest file, in bytes.
pub const LARGEST: usize = 8 * 1024 * 1024;

/// A table read from a file: what its columns hold, and its rows with their lines.
pub struct Table {
    pub headers: Vec<String>,
    pub columns: Vec<Column>,
    pub rows: Vec<(usize, Vec<String>)>,
}

/// Reads a file of comma, semicolon or tab separated values in UTF-8.
///
/// # Errors
/// The key of the text that says what is not right with the file.
pub fn table(bytes: &[u8]) -> Result<Table, &'static str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // What a spreadsheet file begins with; a header may begin with these letters too.
    if bytes.starts_with(b"PK\x03\x04") {
        return Err("import-is-sheet");
    }
    // Two bytes a letter, with a mark in front or without one.
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || bytes.contains(&0) {
        return Err("import-encoding");
    }
    let text = std::str::from_utf8(bytes).map_err(|_| "import-encoding")?;
    let head = text.lines().next().unwrap_or_default();
    let mark = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|mark| head.bytes().filter(|byte| byte == mark).count());
    let mark = mark.unwrap_or(b',');
    if breaks_off(text.as_bytes(), mark) {
        return Err("import-broken");
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(mark)
        .has_headers(true)
        .flexible(true)
        .from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|_| "import-broken")?;
    let headers: Vec<String> = headers.iter().map(str::to_owned).collect();
    let columns = guess(&headers);
    let named = |column| columns.contains(&column);
    if !named(Column::Name) && !named(Column::GivenName) && !named(Column::FamilyName) {
        return Err("import-no-name");
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| "import-broken")?;
        let line = record.position().map_or(0, |at| at.line() as usize);
        rows.push((line, record.iter().map(str::to_owned).collect()));
    }
    Ok(Table {
        headers,
        columns,
        rows,
    })
}

/// Whether the text ends inside of a quoted cell. The reader would take everything after such a
/// mark, with all its line ends, for that one cell.
fn breaks_off(text: &[u8], mark: u8) -> bool {
    let (mut quoted, mut begins) = (false, true);
    for byte in text {
        if *byte == b'"' && (quoted || begins) {
            // A doubled mark inside of a cell closes it and opens it again.
            quoted = !quoted;
            begins = !quoted;
        } else if !quoted {
            begins = *byte == mark || matches!(byte, b'\n' | b'\r');
        }
    }
    quoted
}

/// What bringing in a table would change.
pub fn compare(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    movement: MovementId,
    table: &Table,
) -> Result<Plan, Problem> {
    let groups = rows::group_names(tx, movement)?;
    let mut memberships = rows::person::memberships(tx, movement)?;
    let known: Vec<Known> = rows::person::list(tx, movement)?
        .into_iter()
        .map(|person| {
            let of = memberships.remove(&person.id).unwrap_or_default();
            known(key, movement, &person, &of, &groups)
        })
        .collect();
    let mut plan = plan(read(&table.columns, &table.rows), &known);
    leave_out(
        &mut plan,
        key,
        movement,
        &rows::own::not_again(tx, movement)?,
    );
    Ok(plan)
}

/// Nobody is brought in again who asked not to be.
fn leave_out(plan: &mut Plan, key: &ColumnKey, movement: MovementId, not_again: &[Vec<u8>]) {
    let asked = |outcome: &Outcome| {
        let print = |mail| email_print(key, movement, mail);
        let print = outcome.entry.email.as_deref().map(print);
        outcome.what == What::New && print.is_some_and(|print| not_again.contains(&print))
    };
    let (out, kept) = plan.outcomes.drain(..).partition(asked);
    plan.outcomes = kept;
    let lines = out
        .into_iter()
        .map(|one: Outcome| (one.entry.line, Trouble::NotAgain));
    plan.troubles.extend(lines);
    plan.troubles.sort_by_key(|(line, _)| *line);
}

fn known(
    key: &ColumnKey,
    movement: MovementId,
    person: &Person,
    of: &[(GroupId, bool)],
    names: &HashMap<GroupId, String>,
) -> Known {
    let named = |leading: bool| {
        let wanted = of.iter().filter(move |(_, leads)| *leads || !leading);
        wanted
            .filter_map(|(id, _)| names.get(id).cloned())
            .collect()
    };
    let sealed = person.email_sealed.as_deref();
    Known {
        id: person.id,
        claimed: person.account.is_some(),
        entry: Entry {
            line: 0,
            name: person.name.clone(),
            email: sealed.and_then(|sealed| open_email(key, movement, sealed)),
            external_id: person.external_id.clone(),
            groups: named(false),
            leads: named(true),
            joined: person.joined_on.as_deref().and_then(|day| day.parse().ok()),
            languages: person
                .languages
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
            zone: person.zone.clone(),
            keeps: Some(person.keeps),
            do_not_contact: person.do_not_contact,
        },
    }
}

/// Writes a plan, in the transaction it is called in.
pub fn carry_out(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    movement: MovementId,
    plan: &Plan,
    now: Time,
) -> Result<(), Problem> {
    let mut groups = HashMap::new();
    for outcome in &plan.outcomes {
        let kept = match outcome.what {
            What::Unchanged(_) => continue,
            What::New => {
                let person = filled(key, movement, Person::new(PersonId(fresh()), ""), outcome);
                rows::person::add(tx, movement, &person, now)?;
                person
            }
            What::Changed(id) => {
                let found = rows::person::one(tx, movement, id)?.ok_or(Problem::NotFound)?;
                let person = filled(key, movement, found, outcome);
                rows::person::save(tx, movement, &person)?;
                person
            }
        };
        let of = group_ids(tx, movement, &outcome.entry, &mut groups)?;
        rows::person::set_groups(tx, movement, kept.id, &of)?;
    }
    Ok(())
}

fn filled(key: &ColumnKey, movement: MovementId, person: Person, outcome: &Outcome) -> Person {
    let entry = &outcome.entry;
    Person {
        name: entry.name.clone(),
        email_sealed: entry
            .email
            .as_ref()
            .map(|mail| seal_email(key, movement, mail)),
        email_print: entry
            .email
            .as_ref()
            .map(|mail| email_print(key, movement, mail)),
        external_id: entry.external_id.clone(),
        zone: entry.zone.clone(),
        languages: entry.languages.join(" "),
        keeps: entry.keeps.unwrap_or(false),
        do_not_contact: entry.do_not_contact,
        joined_on: entry.joined.map(|day| day.to_string()),
        ..person
    }
}

fn same_name(one: &str, other: &str) -> bool {
    mend_rules::movement::folded(one) == mend_rules::movement::folded(other)
}

fn group_ids(
    tx: &mut Tx<'_>,
    movement: MovementId,
    entry: &Entry,
    known: &mut HashMap<String, GroupId>,
) -> Result<Vec<(GroupId, bool)>, Problem> {
    let mut ids = Vec::with_capacity(entry.groups.len());
    for name in &entry.groups {
        let folded = mend_rules::movement::folded(name);
        let id = match known.get(&folded) {
            Some(id) => *id,
            None => rows::group_named(tx, movement, name, GroupId(fresh()))?,
        };
        known.insert(folded, id);
        let leads = entry.leads.iter().any(|led| same_name(led, name));
        ids.push((id, leads));
    }
    Ok(ids)
}

pub async fn show(visit: Visit) -> Answer {
    Ok(page(
        &visit,
        &visit.t("import-title"),
        upload_form(&visit, None),
    ))
}

fn upload_form(visit: &Visit, wrong: Option<&'static str>) -> Markup {
    html! {
        div class="narrow stack" {
            h1 { (visit.t("import-title")) }
            p class="lead" { (visit.t("import-lead")) }
            form class="card stack" method="post" enctype="multipart/form-data" action=(visit.at("/people/import")) {
                div class="field" {
                    label for="file" { (visit.t("import-file")) }
                    p class="hint" id="file-hint" { (visit.t("import-file-hint")) }
                    input id="file" name="file" type="file" accept=".csv,.tsv,.txt,text/csv" required aria-describedby="file-hint file-error" aria-invalid=[wrong.map(|_| "true")];
                    @if let Some(wrong) = wrong { p class="error" id="file-error" { (visit.t(wrong)) } }
                }
                div class="row" { button class="btn go" { (visit.t("import-look")) } }
                p class="soft" { (visit.t("import-who-reads")) }
            }
            details { summary { (visit.t("import-columns")) } p { (visit.t("import-columns-which")) } }
        }
    }
}

async fn file(mut form: Multipart) -> Result<Vec<u8>, &'static str> {
    while let Ok(Some(part)) = form.next_field().await {
        if part.name() == Some("file") {
            let bytes = part.bytes().await.map_err(|_| "import-large")?;
            return if bytes.is_empty() {
                Err("import-empty")
            } else {
                Ok(bytes.to_vec())
            };
        }
    }
    Err("import-large")
}

/// Takes a file that can be read, and keeps it sealed until it is confirmed.
pub async fn look(visit: Visit, form: Multipart) -> Answer {
    let me = visit.me()?;
    let read = file(form)
        .await
        .and_then(|bytes| table(&bytes).map(|_| bytes));
    let bytes = match read {
        Ok(bytes) => bytes,
        Err(wrong) => {
            let body = upload_form(&visit, Some(wrong));
            return Ok(again(page(&visit, &visit.t("import-title"), body)));
        }
    };
    let (id, now) = (fresh(), visit.now);
    let sealed = visit.app.key.0.seal("upload", &id, &bytes, &mut dice);
    visit
        .app
        .store
        .write(me.scope(), move |tx| {
            rows::drop_uploads(tx, me.movement)?;
            rows::add_upload(tx, id, me.movement, sealed.clone(), now)
        })
        .await?;
    let next = visit.at(&format!("/people/import/{}", MovementId(id)));
    Ok(Redirect::to(&next).into_response())
}

/// The table in an upload that waits; `None` when it was used already.
fn waiting(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    movement: MovementId,
    upload: [u8; 16],
) -> Result<Option<Table>, Problem> {
    let gone = Problem::Refused("import-gone");
    let sealed = rows::upload(tx, movement, upload)?.ok_or(gone.clone())?;
    if sealed.is_empty() {
        return Ok(None);
    }
    let bytes = key.open("upload", &upload, &sealed).map_err(|_| gone)?;
    table(&bytes).map(Some).map_err(Problem::Refused)
}

/// What would change, and which rows have a problem, against who is here now.
pub async fn look_again(visit: Visit, Path((_, upload)): Path<(String, String)>) -> Answer {
    let (me, app) = (visit.me()?, visit.app.clone());
    let id: MovementId = upload.parse().map_err(|_| Problem::NotFound)?;
    let seen = visit
        .app
        .store
        .read(me.scope(), move |tx| {
            let Some(table) = waiting(tx, &app.key.0, me.movement, id.0)? else {
                return Ok(None);
            };
            let plan = compare(tx, &app.key.0, me.movement, &table)?;
            Ok::<_, Problem>(Some((table, plan)))
        })
        .await?;
    let Some((table, plan)) = seen else {
        return Ok(Redirect::to(&visit.at("/people?told=imported")).into_response());
    };
    let body = preview(&visit, &plan, &table.headers, &table.columns, &upload);
    Ok(page(&visit, &visit.t("import-title"), body))
}

fn preview(
    visit: &Visit,
    plan: &Plan,
    headers: &[String],
    columns: &[Column],
    upload: &str,
) -> Markup {
    let (new, changed, same) = plan.counts();
    html! {
        div class="stack" {
            h1 { (visit.t("preview-title")) }
            p class="lead" { (visit.t("preview-lead")) }
            dl class="counts" {
                @for (key, count) in [("preview-new", new), ("preview-changed", changed), ("preview-same", same), ("preview-trouble", plan.troubles.len())] {
                    div { dt { (visit.t(key)) } dd { (count) } }
                }
            }
            @if new + changed > 0 {
                form class="row" method="post" action=(visit.at("/people/import/confirm")) {
                    input type="hidden" name="upload" value=(upload);
                    button class="btn go" { (visit.tw("preview-go", &with![count = new + changed])) }
                    a class="btn quiet" href=(visit.at("/people/import")) { (visit.t("preview-other")) }
                }
            } @else { p class="note i" { (visit.t("preview-nothing")) } }
            p class="soft" { (visit.t("preview-not-asked")) }
        }
        @if !plan.troubles.is_empty() { (troubles(visit, plan)) }
        section class="stack" {
            h2 { (visit.t("preview-columns")) }
            ul class="plain" { @for (header, column) in headers.iter().zip(columns) { li { b { (header) } ": " (visit.t(column_key(*column))) } } }
        }
        (sample(visit, plan))
    }
}

fn troubles(visit: &Visit, plan: &Plan) -> Markup {
    html! {
        section class="note o stack" {
            h2 { (visit.t("preview-troubles")) }
            ul class="plain" {
                @for (line, trouble) in plan.troubles.iter().take(50) { li { (visit.tw("preview-line", &with![line = *line])) " " (trouble_said(visit, trouble)) } }
            }
            @if plan.troubles.len() > 50 { p { (visit.tw("preview-more", &with![count = plan.troubles.len() - 50])) } }
        }
    }
}

/// A row's trouble in words.
pub fn trouble_said(visit: &Visit, trouble: &Trouble) -> String {
    let tongue = &visit.app.tongue;
    trouble_in(tongue, trouble)
}

/// A row's trouble in words, for the console too.
pub fn trouble_in(tongue: &crate::tongue::Tongue, trouble: &Trouble) -> String {
    match trouble {
        Trouble::NoName => tongue.say("trouble-no-name"),
        Trouble::LongName => tongue.say("trouble-long-name"),
        Trouble::Email(mail) => tongue.say_with("trouble-email", &with![mail = mail.as_str()]),
        Trouble::SameEmail(line) => tongue.say_with("trouble-same-email", &with![line = *line]),
        Trouble::SameId(line) => tongue.say_with("trouble-same-id", &with![line = *line]),
        Trouble::TwoPeople => tongue.say("trouble-two-people"),
        Trouble::TooLong => tongue.say("trouble-too-long"),
        Trouble::NotAgain => tongue.say("trouble-not-again"),
    }
}

fn column_key(column: Column) -> &'static str {
    match column {
        Column::Name => "column-name",
        Column::GivenName => "column-given",
        Column::FamilyName => "column-family",
        Column::Email => "column-email",
        Column::ExternalId => "column-id",
        Column::Groups => "column-groups",
        Column::Leads => "column-leads",
        Column::Joined => "column-joined",
        Column::Languages => "column-languages",
        Column::Zone => "column-zone",
        Column::Keeps => "column-keeps",
        Column::DoNotContact => "column-quiet",
        Column::Other => "column-other",
    }
}

fn sample(visit: &Visit, plan: &Plan) -> Markup {
    let changing = plan
        .outcomes
        .iter()
        .filter(|o| !matches!(o.what, What::Unchanged(_)));
    html! {
        section class="stack" {
            h2 { (visit.t("preview-first")) }
            ul class="plain" {
                @for outcome in changing.take(8) {
                    li {
                        @if outcome.what == What::New { span class="tag m" { (visit.t("preview-is-new")) } } @else { span class="tag i" { (visit.t("preview-is-changed")) } }
                        " " b { (outcome.entry.name) } " " span class="soft" { (outcome.entry.groups.join(", ")) }
                    }
                }
            }
        }
    }
}

/// Writes what was looked at, in one transaction, against who is here *now*.
pub async fn confirm(visit: Visit, fields: Fields) -> Answer {
    let (me, now, app) = (visit.me()?, visit.now, visit.app.clone());
    let upload: MovementId = fields.parse("upload").ok_or(Problem::NotFound)?;
    visit
        .app
        .store
        .write(me.scope(), move |tx| {
            bring_in(tx, &app.key.0, &me, upload.0, now)
        })
        .await?;
    Ok(Redirect::to(&visit.at("/people?told=imported")).into_response())
}

fn bring_in(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    me: &Me,
    upload: [u8; 16],
    now: Time,
) -> Result<(), Problem> {
    // A second click finds the upload used, and there is nothing left to do.
    let Some(table) = waiting(tx, key, me.movement, upload)? else {
        return Ok(());
    };
    let plan = compare(tx, key, me.movement, &table)?;
    carry_out(tx, key, me.movement, &plan, now)?;
    rows::empty_upload(tx, me.movement, upload)?;
    ledger::note(tx, me, Deed::PeopleImported, None, now)?;
    Ok(())
}
