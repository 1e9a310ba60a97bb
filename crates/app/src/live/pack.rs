//! The pack: a circle's hour on paper, so that it can be held without any screen. It is put
//! together once, as a paper; the page shows it, and a build with PDFs offers it as one.

use axum::extract::Path;
use maud::html;
use mend_paper::{Block, Paper, Table};
use mend_rules::live::{SHORT, turn};
use mend_rules::meeting::{Meeting, Part, agenda, quorum};

use super::pages;
use super::words::{self, Held, Hour};
use crate::circle::{self, Shown};
use crate::meeting;
use crate::movement;
use crate::practice;
use crate::web::page::page_with;
use crate::web::{Answer, Problem, Visit, paper};
use crate::with;

pub async fn show(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let (shown, paper) = load(&visit, &id).await?;
    let own = visit.at(&format!("/circles/{}", shown.circle.id));
    let body = html! {
        div class="stack no-print" {
            h1 { (visit.t("pack-title")) }
            p class="lead" { (visit.t("pack-lead")) }
            div class="row" {
                button type="button" class="btn go" data-mend="print" hidden { (visit.t("print")) }
                @if paper::IS_PDF { a class="btn" href={ (own) "/pack.pdf" } { (visit.t("pack-pdf")) } }
                a class="btn quiet" href=(own) { (shown.circle.name) }
            }
        }
        (paper::shown(&paper, "pack"))
    };
    let title = visit.t("circle-head");
    Ok(page_with(&visit, &title, body, &["sign.js"]))
}

/// The same as a PDF, from a build that can make one.
pub async fn pdf(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let (shown, paper) = load(&visit, &id).await?;
    paper::pdf(paper, &shown.circle.name).await
}

async fn load(visit: &Visit, id: &str) -> Result<(Shown, Paper), Problem> {
    let (circle, me, now) = (pages::read(id)?, visit.me()?, visit.now);
    let (app, place) = (visit.app.clone(), visit.movement()?.clone());
    let found = visit.app.store.read(me.scope(), move |tx| {
        let shown = circle::shown_to(tx, &me, circle)?;
        let next = shown.meetings.next_meeting(now);
        let whole = next.as_ref().filter(|next| !shown.is_short(next));
        let steps = whole.and_then(|next| shown.steps(next));
        let numbers: Vec<u32> = steps.into_iter().flatten().collect();
        let on = next.map(|next| next.on);
        let hour = words::hour(tx, (&app, &place), &shown, (on, &numbers), now)?;
        Ok::<_, Problem>((shown, hour))
    });
    let (shown, hour) = found.await?;
    let paper = pack(visit, &shown, &hour);
    Ok((shown, paper))
}

fn pack(visit: &Visit, shown: &Shown, hour: &Hour) -> Paper {
    let next = shown.meetings.next_meeting(visit.now);
    let next = next.as_ref();
    let inventory = next.filter(|next| shown.is_inventory(next));
    let mut sheets = vec![
        first_sheet(visit, shown, next),
        opening(visit, shown, next, hour),
    ];
    sheets.extend(inventory.map(|_| group_inventory(visit)));
    sheets.extend([scripts(visit, shown, hour), hard_moments(visit, shown)]);
    Paper {
        title: visit.t("pack-title"),
        language: "en".into(),
        sheets,
    }
}

/// The first sheet: when, who, and a table of the hour with the length of a turn.
fn first_sheet(visit: &Visit, shown: &Shown, next: Option<&Meeting>) -> Vec<Block> {
    let seats = shown.circle.seats.max(2) as usize;
    let name = visit
        .place
        .as_ref()
        .map(|place| place.movement.name.clone());
    vec![
        Block::Soft(name.unwrap_or_default()),
        Block::Title(shown.circle.name.clone()),
        Block::Facts(facts(visit, shown, next)),
        table(visit, visit.t("pack-hour"), &shown.agenda(next)),
        Block::Text(visit.t("pack-timer")),
        Block::Head(visit.t("pack-order")),
        Block::Text(visit.t("pack-order-what")),
        Block::Lines(seats),
    ]
}

fn facts(visit: &Visit, shown: &Shown, next: Option<&Meeting>) -> Vec<(String, String)> {
    let room = next.map_or("", |next| next.place.as_str());
    let [keeper, second] = shown.keepers(next.map(|next| next.on));
    let keepers = [keeper, second].map(|who| shown.name(who)).into_iter();
    let keepers: Vec<&str> = keepers.flatten().collect();
    let when = next.map(|next| meeting::when_there(visit, &next.begins));
    let facts = [
        ("fact-next", when),
        (
            "fact-where",
            Some(meeting::whereabouts_said(visit, &shown.meetings, room)),
        ),
        (
            "fact-keeper",
            Some(match keepers.is_empty() {
                true => visit.t("fact-no-keeper"),
                false => keepers.join(", "),
            }),
        ),
    ];
    let said = |(key, what): (&str, Option<String>)| Some((visit.t(key), what?));
    facts.into_iter().filter_map(said).collect()
}

/// The timer table: parts, minutes, and how long a turn is.
fn table(visit: &Visit, caption: String, parts: &[Part]) -> Block {
    let head = ["pack-part", "pack-minutes", "pack-until", "pack-turn"];
    let row = |part: &Part| {
        let cells = vec![
            (part.to - part.from).to_string(),
            part.to.to_string(),
            turn(part).map(super::ring::clock).unwrap_or_default(),
        ];
        let (name, what) = (
            meeting::part_word(visit, part.word),
            meeting::part_what(visit, part.word),
        );
        (name, what, cells)
    };
    Block::Table(Table {
        caption,
        head: head.map(|key| visit.t(key)).to_vec(),
        rows: parts.iter().map(row).collect(),
    })
}

/// The second sheet: agreements, the limits of privacy, the step and its questions.
fn opening(visit: &Visit, shown: &Shown, next: Option<&Meeting>, hour: &Hour) -> Vec<Block> {
    let words = practice::words();
    let mut sheet = vec![
        Block::Head(visit.t("agreements-title")),
        Block::Numbers(hour.agreements.clone()),
        Block::Strong(words.privacy.line.clone(), visit.t("live-privacy-limits")),
        Block::Text(words.privacy.law.clone()),
    ];
    if shown.law {
        sheet.push(Block::Note(visit.t("law-notice")));
    }
    sheet.extend(movement::safeguarding::circle_said(visit, shown.care).map(Block::Note));
    sheet.extend(hour.steps.iter().flat_map(|step| one_step(visit, step)));
    let inventory = next.is_some_and(|next| shown.is_inventory(next));
    let stepless = hour.steps.is_empty() && !inventory;
    if stepless && shown.length(visit.now) <= SHORT {
        sheet.push(Block::Head(visit.t("live-few-question")));
        sheet.push(Block::Text(visit.t("live-short-question-what")));
    } else if stepless {
        sheet.push(Block::Head(visit.t("part-step-text")));
        sheet.push(Block::Text(visit.t("step-of-choice")));
    }
    sheet.extend(words::next_line(visit, hour, meeting::when_there).map(Block::Text));
    sheet.push(Block::Soft(words.credit.clone()));
    sheet
}

fn one_step(visit: &Visit, step: &Held) -> Vec<Block> {
    let args = with![number = step.number, title = step.title.as_str()];
    let for_keeper = step.for_keeper.iter();
    let for_keeper = for_keeper.map(|caution| format!("{} {caution}", visit.t("step-for-keeper")));
    vec![
        Block::Head(visit.tw("step-title", &args)),
        Block::Text(step.opening.clone()),
        Block::Text(step.meaning.clone()),
        Block::Numbers(step.prompts.clone()),
        Block::Under(visit.t("pack-cautions")),
        Block::Bullets(step.cautions.iter().cloned().chain(for_keeper).collect()),
    ]
}

/// In place of a step, on a sheet of its own: the twelve questions, and room for what is written
/// down.
fn group_inventory(visit: &Visit) -> Vec<Block> {
    let ours = &practice::words().group_inventory;
    let lines = ours.lines.iter();
    let lines = lines.map(|line| format!("{}\n{}", line.question, line.hint));
    let again = visit.t("inventory-again");
    vec![
        Block::Head(ours.title.clone()),
        Block::Text(ours.lead.clone()),
        Block::Numbers(ours.questions.clone()),
        Block::Strong(visit.t("inventory-main"), ours.main.clone()),
        Block::Bullets(ours.notes.clone()),
        Block::Head(meeting::part_word(visit, "ours-write")),
        Block::Text(ours.writing.clone()),
        Block::Room(lines.chain([again]).collect()),
    ]
}

/// The third: words for the keeper, and what a keeper does and leaves.
fn scripts(visit: &Visit, shown: &Shown, hour: &Hour) -> Vec<Block> {
    let words = practice::words();
    let spoken = words.spoken.iter().map(|spoken| {
        let note = spoken.note.clone().unwrap_or_default();
        (spoken.title.clone(), spoken.text.clone(), note)
    });
    let mut sheet = vec![
        Block::Head(visit.t("scripts-title")),
        Block::Scripts(spoken.collect()),
    ];
    if hour.first {
        let first = &words.first_meeting;
        sheet.push(Block::Head(first.title.clone()));
        sheet.push(Block::Text(format!("“{}”", first.text)));
        sheet.push(Block::Numbers(first.steps.clone()));
    }
    let few = quorum(shown.circle.seats);
    let caption = visit.tw("few-title", &with![quorum = few]);
    let short = agenda(SHORT, few.saturating_sub(1).max(2));
    sheet.extend([
        Block::Head(visit.t("keeper-does")),
        Block::Bullets(words.keeper.does.clone()),
        Block::Head(visit.t("keeper-leaves")),
        Block::Bullets(words.keeper.leaves.clone()),
        table(visit, caption, &short),
    ]);
    sheet
}

/// The fourth: when it is too much, who helps, and what may be written down.
fn hard_moments(visit: &Visit, shown: &Shown) -> Vec<Block> {
    let words = practice::words();
    let help = match shown.help.is_empty() {
        true => Block::Text(visit.t("help-none")),
        false => Block::Facts(movement::help::said(&shown.help)),
    };
    vec![
        Block::Head(words.distress.title.clone()),
        Block::Numbers(words.distress.steps.clone()),
        Block::Head(visit.t("help-title")),
        help,
        Block::Head(words.seats.title.clone()),
        Block::Bullets(words.seats.notes.clone()),
        Block::Head(words.online.title.clone()),
        Block::Bullets(words.online.notes.clone()),
        Block::Head(words.record.title.clone()),
        Block::Blanks(words.record.kept.clone()),
        Block::Under(visit.t("pack-never")),
        Block::Bullets(words.record.never.clone()),
    ]
}
