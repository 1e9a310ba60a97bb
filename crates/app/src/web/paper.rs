//! A paper as a page shows it, and as a PDF where this build can make one.

use maud::{Markup, html};
use mend_paper::{Block, Paper, Table};

use super::{Answer, Problem};

/// Whether this build makes PDFs.
pub const IS_PDF: bool = cfg!(feature = "pdf");

/// The sheets of a paper, one to a printed page.
pub fn shown(paper: &Paper, class: &str) -> Markup {
    html! {
        @for sheet in &paper.sheets {
            section class={ "sheet stack " (class) } { @for block in sheet { (one(block)) } }
        }
    }
}

/// Text whose lines stay apart. A line that is a number or an address opens by a touch.
fn lines(text: &str) -> Markup {
    html! { @for (at, line) in text.lines().enumerate() { @if at > 0 { br; } (reachable(line)) } }
}

fn reachable(line: &str) -> Markup {
    let digits = line.trim_start_matches('+');
    let is_number = digits.len() > 2 && digits.bytes().all(|one| one.is_ascii_digit());
    html! {
        @if line.starts_with("https://") && !line.contains(' ') { a href=(line) rel="noopener noreferrer" { (line) } }
        @else if is_number { a href={ "tel:" (line) } { (line) } }
        @else { (line) }
    }
}

fn one(block: &Block) -> Markup {
    html! {
        @match block {
            Block::Title(text) => h2 class="as-h1" { (text) },
            Block::Head(text) => h2 { (text) },
            Block::Under(text) => h3 { (text) },
            Block::Text(text) => p { (text) },
            Block::Strong(first, text) => p { strong { (first) } " " (text) },
            Block::Soft(text) => p class="soft" { (text) },
            Block::Note(text) => p class="note o" { (text) },
            Block::Facts(all) => dl class="facts" { @for (name, what) in all { dt { (name) } dd { (lines(what)) } } },
            Block::Bullets(all) => ul { @for text in all { li { (text) } } },
            Block::Numbers(all) => ol { @for text in all { li { (text) } } },
            Block::Lines(count) => ol class="lines" { @for _ in 0..*count { li {} } },
            Block::Scripts(all) => dl class="scripts" {
                @for (title, text, note) in all {
                    dt { (title) }
                    dd { p { "“" (text) "”" } @if !note.is_empty() { p class="soft" { (note) } } }
                }
            },
            Block::Blanks(all) => (by_hand("", all)),
            Block::Room(all) => (by_hand("by-hand", all)),
            Block::Table(of) => (table(of)),
        }
    }
}

/// Names, each with room to write.
fn by_hand(class: &str, all: &[String]) -> Markup {
    html! {
        table class=(class) { tbody {
            @for name in all {
                @let (first, rest) = name.split_once('\n').unwrap_or((name, ""));
                tr { th scope="row" { (first) @if !rest.is_empty() { " " br; small { (rest) } } } td class="blank" {} }
            }
        } }
    }
}

fn table(of: &Table) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(of.caption) { table {
            caption { (of.caption) }
            thead { tr { @for (at, name) in of.head.iter().enumerate() { th scope="col" class=[(at > 0).then_some("num")] { (name) } } } }
            tbody {
                @for (name, beside, cells) in &of.rows {
                    tr {
                        th scope="row" { (name) @if !beside.is_empty() { " " br; small { (beside) } } }
                        @for cell in cells { td class="num" { (cell) } }
                    }
                }
            }
        } }
    }
}

/// A paper as a PDF that the browser shows, under the name of what it is about.
#[cfg(feature = "pdf")]
pub async fn pdf(paper: Paper, name: &str) -> Answer {
    use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
    use axum::response::IntoResponse;
    use mend_paper::PaperError;

    // One at a time: setting a page takes some memory, and a moment.
    static DESK: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(1);
    let _at_the_desk = DESK.acquire().await;
    let made = tokio::task::spawn_blocking(move || mend_paper::pdf(&paper)).await;
    let made = made.map_err(|error| Problem::Broken(error.to_string()))?;
    let made = made.map_err(|why| match why {
        PaperError::Letters(_) => Problem::Refused("paper-letters"),
        PaperError::Odd(why) => Problem::Broken(format!("a paper could not be set: {why}")),
    })?;
    let plain: String = name
        .chars()
        .filter(|one| one.is_ascii_alphanumeric() || *one == ' ')
        .collect();
    let plain = if plain.trim().is_empty() {
        "mend"
    } else {
        plain.trim()
    };
    let headers = [
        (CONTENT_TYPE, "application/pdf".to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("inline; filename=\"{plain}.pdf\""),
        ),
    ];
    Ok((headers, made).into_response())
}

/// This build makes none.
#[cfg(not(feature = "pdf"))]
pub async fn pdf(_: Paper, _: &str) -> Answer {
    Err(Problem::Refused("paper-no-pdf"))
}
