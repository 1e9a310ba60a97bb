//! A paper as a PDF, set by Typst. The paper reaches the template as data, so no text in it can
//! become markup.

use std::sync::LazyLock;

use serde_json::Value;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::Paper;

const TEMPLATE: &str = include_str!("paper.typ");
const DATA: &str = "/paper.json";

/// Why a paper could not be set.
#[derive(Debug, PartialEq, Eq)]
pub enum PaperError {
    /// It has letters that no font here has, these first of all. A page in a browser can show them.
    Letters(String),
    /// In words for the log; no text of a paper should lead there.
    Odd(String),
}

/// A paper as a PDF with tags (PDF/UA-1).
///
/// # Errors
/// See [`PaperError`].
pub fn pdf(paper: &Paper) -> Result<Vec<u8>, PaperError> {
    let odd = |error: serde_json::Error| PaperError::Odd(error.to_string());
    let mut value = serde_json::to_value(paper).map_err(odd)?;
    tidy(&mut value);
    let missing = missing(&value);
    if !missing.is_empty() {
        return Err(PaperError::Letters(missing));
    }
    let data = serde_json::to_vec(&value).map_err(odd)?;
    let desk = Desk::new(data).map_err(PaperError::Odd)?;
    let set = set(&desk, paper).map_err(PaperError::Odd);
    // Otherwise every paper that was ever set would stay in memory.
    comemo::evict(0);
    set
}

/// Blanks in place of what is no letter and cannot be shown; lines stay.
fn tidy(value: &mut Value) {
    let blank = |one: char| {
        if one.is_control() && one != '\n' {
            ' '
        } else {
            one
        }
    };
    match value {
        Value::Array(all) => all.iter_mut().for_each(tidy),
        Value::Object(all) => all.values_mut().for_each(tidy),
        Value::String(text) => *text = text.chars().map(blank).collect(),
        _ => {}
    }
}

/// The letters of all texts that no font has; ten at most.
fn missing(value: &Value) -> String {
    let mut texts = vec![value];
    let mut missing = String::new();
    while let Some(value) = texts.pop() {
        match value {
            Value::Array(all) => texts.extend(all),
            Value::Object(all) => texts.extend(all.values()),
            Value::String(text) => missing.extend(text.chars().filter(|one| !is_covered(*one))),
            _ => {}
        }
    }
    missing.chars().take(10).collect()
}

/// Whether a letter can be shown, or needs not to be.
fn is_covered(letter: char) -> bool {
    let blank = letter.is_whitespace() || letter.is_control();
    blank
        || SHELF
            .fonts
            .iter()
            .any(|font| font.info().coverage.contains(letter.into()))
}

fn set(desk: &Desk, paper: &Paper) -> Result<Vec<u8>, String> {
    let document: PagedDocument = typst::compile(desk).output.map_err(said)?;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]);
    let options = PdfOptions {
        ident: Smart::Custom(paper.title.clone()),
        creator: Smart::Custom(Some("Mend".into())),
        standards: standards.map_err(|error| format!("{error:?}"))?,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(said)
}

fn said(errors: impl IntoIterator<Item = typst::diag::SourceDiagnostic>) -> String {
    let all: Vec<String> = errors
        .into_iter()
        .map(|error| error.message.to_string())
        .collect();
    all.join("; ")
}

/// All that a paper is set with: the template, the paper and some fonts. Nothing else can be read.
struct Desk {
    template: Source,
    data: FileId,
    bytes: Bytes,
}

/// What is the same for every paper.
struct Shelf {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

static SHELF: LazyLock<Shelf> = LazyLock::new(|| {
    let files = typst_assets::fonts();
    let fonts: Vec<Font> = files
        .flat_map(|file| Font::iter(Bytes::new(file)))
        .collect();
    Shelf {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
    }
});

fn file(path: &str) -> Result<FileId, String> {
    let path = VirtualPath::new(path).map_err(|error| format!("{error:?}"))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl Desk {
    fn new(data: Vec<u8>) -> Result<Self, String> {
        Ok(Self {
            template: Source::new(file("/paper.typ")?, TEMPLATE.into()),
            data: file(DATA)?,
            bytes: Bytes::new(data),
        })
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &SHELF.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHELF.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let own = id == self.template.id();
        own.then(|| self.template.clone())
            .ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let own = id == self.data;
        own.then(|| self.bytes.clone())
            .ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHELF.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
mod tests;
