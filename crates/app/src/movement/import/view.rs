//! How bringing in a list looks: the form, the preview, the columns, and how far it is.

use maud::{Markup, html};
use mend_rules::id::MovementId;
use mend_rules::roster::{Column, Difference, Head, Origin, Outcome, Plan, Trouble, What};

use super::compare::read;
use crate::movement::rows::upload::{Mapping, Upload};
use crate::tongue::Tongue;
use crate::web::Visit;
use crate::web::page::crumbs;
use crate::with;

/// How many rows with a problem, and how many people, a preview names.
const TROUBLES: usize = 50;
const CHANGES: usize = 20;
const NEW: usize = 8;

/// What a preview shows.
#[derive(Debug)]
pub struct Seen {
    /// What would change; nothing when no column says who people are.
    pub plan: Option<Plan>,
    pub columns: Vec<Column>,
    pub remembered: bool,
    pub tabs: Vec<String>,
    pub tab: usize,
    pub guessed_letters: bool,
    pub head: Head,
    pub first: Vec<Vec<String>>,
}

/// The form that takes a list.
pub fn form(visit: &Visit, wrong: Option<&'static str>, mappings: &[Mapping]) -> Markup {
    html! {
        div class="narrow stack" {
            (crumbs(visit, &visit.at("/people"), &visit.t("people-title")))
            h1 { (visit.t("import-title")) }
            p class="lead" { (visit.t("import-lead")) }
            form class="card stack" method="post" enctype="multipart/form-data" action=(visit.at("/people/import")) {
                div class="field" {
                    label for="file" { (visit.t("import-file")) }
                    p class="hint" id="file-hint" { (visit.t("import-file-hint")) }
                    input id="file" name="file" type="file" accept=".csv,.tsv,.txt,.xlsx,text/csv" aria-describedby="file-hint file-error" aria-invalid=[wrong.map(|_| "true")];
                    @if let Some(wrong) = wrong { p class="error" id="file-error" { (visit.t(wrong)) } }
                }
                details {
                    summary { (visit.t("import-paste")) }
                    div class="field" {
                        label for="pasted" { (visit.t("import-pasted")) }
                        p class="hint" id="pasted-hint" { (visit.t("import-pasted-hint")) }
                        textarea id="pasted" name="pasted" rows="6" aria-describedby="pasted-hint" {}
                    }
                }
                div class="row" { button class="btn go" { (visit.t("import-look")) } }
                p class="soft" { (visit.t("import-who-reads")) }
            }
            details { summary { (visit.t("import-columns")) } p { (visit.t("import-columns-which")) } p { (visit.t("import-programs")) } }
            @if !mappings.is_empty() { (remembered(visit, mappings)) }
        }
    }
}

fn remembered(visit: &Visit, mappings: &[Mapping]) -> Markup {
    html! {
        section class="stack" {
            h2 { (visit.t("mappings-title")) }
            p class="soft" { (visit.t("mappings-what")) }
            ul class="plain stack" {
                @for mapping in mappings {
                    @let columns = read(&mapping.meanings);
                    @let kept = columns.iter().filter(|column| **column != Column::Other);
                    @let kept = kept.map(|column| visit.t(column_key(*column))).collect::<Vec<_>>().join(", ");
                    @let from = Origin::read(&mapping.origin).unwrap_or(Origin::Other);
                    li class="row" {
                        span { b { (visit.tw(&format!("mapping-{}", from.word()), &with![count = columns.len()])) } " " (kept) }
                        form method="post" action=(visit.at("/people/import/forget")) {
                            input type="hidden" name="which" value=(MovementId(mapping.id));
                            button class="btn quiet" aria-label=(visit.tw("mapping-forget-label", &with![what = kept.as_str()])) { (visit.t("mapping-forget")) }
                        }
                    }
                }
            }
        }
    }
}

/// What would change, before anything is written.
pub fn preview(visit: &Visit, id: MovementId, seen: &Seen) -> Markup {
    html! {
        div class="stack" {
            (crumbs(visit, &visit.at("/people/import"), &visit.t("import-title")))
            h1 { (visit.t("preview-title")) }
            p class="lead" { (visit.t("preview-lead")) }
            @if seen.head.origin != Origin::Other { p class="note i" { (visit.t(&format!("origin-{}", seen.head.origin.word()))) } }
            @if seen.guessed_letters { p class="note o" { (visit.t("preview-letters")) } }
            @match &seen.plan {
                Some(plan) => (counted(visit, id, seen, plan)),
                None => p class="note o" { (visit.t("preview-nobody-named")) },
            }
        }
        @if let Some(plan) = &seen.plan { (troubles(visit, plan)) (changes(visit, plan)) (new_people(visit, plan)) }
        (columns(visit, id, seen))
        @if seen.tabs.len() > 1 { (tabs(visit, id, seen)) }
    }
}

fn counted(visit: &Visit, id: MovementId, seen: &Seen, plan: &Plan) -> Markup {
    let (new, changed, same) = plan.counts();
    let touched = |outcome: &&Outcome| !matches!(outcome.what, What::Unchanged(_));
    let quiet = plan.outcomes.iter().filter(touched);
    let quiet = quiet.filter(|outcome| outcome.entry.do_not_contact).count();
    let by_address = !seen.columns.iter().any(|column| {
        matches!(
            column,
            Column::Name | Column::GivenName | Column::FamilyName
        )
    });
    html! {
        dl class="counts" {
            @for (key, count) in [("preview-new", new), ("preview-changed", changed), ("preview-same", same), ("preview-trouble", plan.troubles.len())] {
                div { dt { (visit.t(key)) } dd { (count) } }
            }
        }
        @if by_address { p class="note i" { (visit.t("preview-by-address")) } }
        @if quiet > 0 { p { (visit.tw("preview-quiet", &with![count = quiet])) } }
        @if new + changed > 0 {
            form class="row" method="post" action=(visit.at("/people/import/confirm")) {
                input type="hidden" name="upload" value=(id);
                button class="btn go" { (visit.tw("preview-go", &with![count = new + changed])) }
                a class="btn quiet" href=(visit.at("/people/import")) { (visit.t("preview-other")) }
            }
            p class="soft" { (visit.t("preview-who-reads")) }
        } @else { p class="note i" { (visit.t("preview-nothing")) } }
        p class="soft" { (visit.t("preview-not-asked")) }
    }
}

fn troubles(visit: &Visit, plan: &Plan) -> Markup {
    html! {
        @if !plan.troubles.is_empty() {
            section class="note o stack" {
                h2 { (visit.t("preview-troubles")) }
                ul class="plain" {
                    @for (line, trouble) in plan.troubles.iter().take(TROUBLES) { li { (visit.tw("preview-line", &with![line = *line])) " " (trouble_in(&visit.app.tongue, trouble)) } }
                }
                (more(visit, plan.troubles.len(), TROUBLES))
            }
        }
    }
}

fn more(visit: &Visit, all: usize, shown: usize) -> Markup {
    html! {
        @if all > shown { p { (visit.tw("preview-more", &with![count = all - shown])) } }
    }
}

fn changes(visit: &Visit, plan: &Plan) -> Markup {
    let changed = || {
        plan.outcomes
            .iter()
            .filter(|outcome| matches!(outcome.what, What::Changed(_)))
    };
    let count = changed().count();
    html! {
        @if count > 0 {
            section class="stack" {
                h2 { (visit.t("preview-changes")) }
                ul class="plain stack" {
                    @for outcome in changed().take(CHANGES) {
                        li {
                            span class="tag i" { (visit.t("preview-is-changed")) } " " b { (outcome.entry.name) }
                            ul class="plain" { @for one in &outcome.differs { li { (difference(visit, one)) } } }
                        }
                    }
                }
                (more(visit, count, CHANGES))
            }
        }
    }
}

/// One thing that changes. A flag is a tick or nothing, and only the tick is news.
fn difference(visit: &Visit, one: &Difference) -> Markup {
    let what = visit.t(column_key(one.what));
    html! {
        span class="soft" { (what) ": " }
        @if one.to == "✓" { (visit.t("change-yes")) }
        @else if one.from == "✓" { (visit.t("change-no")) }
        @else if one.from.is_empty() { (one.to) }
        @else { (visit.tw("change-from-to", &with![from = one.from.as_str(), to = one.to.as_str()])) }
    }
}

fn new_people(visit: &Visit, plan: &Plan) -> Markup {
    let new = || {
        plan.outcomes
            .iter()
            .filter(|outcome| outcome.what == What::New)
    };
    let count = new().count();
    html! {
        @if count > 0 {
            section class="stack" {
                h2 { (visit.t("preview-first")) }
                ul class="plain" {
                    @for outcome in new().take(NEW) {
                        li {
                            span class="tag m" { (visit.t("preview-is-new")) } " " b { (outcome.entry.name) } " "
                            span class="soft" { (outcome.entry.groups.join(", ")) }
                            @if outcome.entry.do_not_contact { " " span class="tag o" { (visit.t("person-no-contact")) } }
                        }
                    }
                }
                (more(visit, count, NEW))
            }
        }
    }
}

/// What the columns are taken for, each to be changed.
fn columns(visit: &Visit, id: MovementId, seen: &Seen) -> Markup {
    let all: Vec<(usize, &String, Column)> = seen
        .head
        .headers
        .iter()
        .zip(&seen.columns)
        .enumerate()
        .map(|(at, (header, column))| (at, header, *column))
        .collect();
    let (out, kept): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.2 == Column::Other);
    html! {
        section class="stack" {
            h2 { (visit.t("preview-columns")) }
            @if seen.remembered { p class="soft" { (visit.t("preview-remembered")) } }
            form class="card stack" method="post" action=(visit.at(&format!("/people/import/{id}/columns"))) {
                @for (at, header, column) in &kept { (choice(visit, seen, *at, header, *column)) }
                @if !out.is_empty() {
                    details open[seen.plan.is_none()] {
                        summary { (visit.tw("preview-left-out", &with![count = out.len()])) }
                        div class="stack" { @for (at, header, column) in &out { (choice(visit, seen, *at, header, *column)) } }
                    }
                }
                div class="row" { button class="btn" { (visit.t("preview-look-again")) } }
                @if seen.head.headed { p class="soft" { (visit.t("preview-columns-kept")) } }
            }
        }
    }
}

fn choice(visit: &Visit, seen: &Seen, at: usize, header: &str, taken: Column) -> Markup {
    let short = |cell: &str| cell.chars().take(40).collect::<String>();
    let cells = seen.first.iter().filter_map(|cells| cells.get(at));
    let full = cells.filter(|cell| !cell.trim().is_empty());
    let examples = full.map(|cell| short(cell)).collect::<Vec<_>>().join(" · ");
    let called = match header.trim() {
        "" => visit.tw("preview-column-nth", &with![nth = at + 1]),
        header => short(header),
    };
    let (id, hint) = (format!("c{at}"), format!("h{at}"));
    html! {
        div class="field" {
            label for=(id) { (called) }
            @if !examples.is_empty() { p class="hint" id=(hint) { (examples) } }
            select id=(id) name=(id) aria-describedby=[(!examples.is_empty()).then_some(hint)] {
                @for column in Column::ALL { option value=(column.word()) selected[column == taken] { (visit.t(column_key(column))) } }
            }
        }
    }
}

fn tabs(visit: &Visit, id: MovementId, seen: &Seen) -> Markup {
    html! {
        section class="stack" {
            h2 { (visit.t("preview-tabs")) }
            form class="row end" method="post" action=(visit.at(&format!("/people/import/{id}/columns"))) {
                div class="field" {
                    label for="tab" { (visit.t("preview-tab")) }
                    select id="tab" name="tab" {
                        @for (at, name) in seen.tabs.iter().enumerate() { option value=(at) selected[at == seen.tab] { (name) } }
                    }
                }
                button class="btn" { (visit.t("preview-tab-go")) }
            }
        }
    }
}

/// How far a long list is.
pub fn under_way(visit: &Visit, id: MovementId, waiting: &Upload) -> Markup {
    let far = with![done = waiting.done, todo = waiting.todo];
    html! {
        div class="narrow stack" {
            h1 { (visit.t("under-way-title")) }
            p class="lead" role="status" { (visit.tw("under-way-far", &far)) }
            progress class="far" max=(waiting.todo) value=(waiting.done) aria-label=(visit.t("under-way-title")) {}
            p { (visit.t("under-way-what")) }
            div class="row" {
                a class="btn go" href=(visit.at(&format!("/people/import/{id}"))) { (visit.t("under-way-look")) }
                a class="btn quiet" href=(visit.at("/people")) { (visit.t("people-title")) }
            }
        }
    }
}

/// A row's trouble in words, for the console too.
pub fn trouble_in(tongue: &Tongue, trouble: &Trouble) -> String {
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
        Column::Subscribed => "column-subscribed",
        Column::Other => "column-other",
    }
}
