//! Papers: what is meant for a printer, as plain blocks of text. A page can show them, and with the
//! feature `pdf` they become a PDF with tags, which a screen reader can follow.
//!
//! Never: knows a word of the field; reads a file, a clock or a network.

#[cfg(feature = "pdf")]
mod pdf;

use serde::Serialize;

#[cfg(feature = "pdf")]
pub use pdf::{PaperError, pdf};

/// Something to print: one sheet after the other, each beginning a page of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Paper {
    /// The name of the whole, for whoever opens the file.
    pub title: String,
    /// The language as HTML names it, such as `en`.
    pub language: String,
    /// In order.
    pub sheets: Vec<Vec<Block>>,
}

/// A block of a sheet. All text is plain: nothing in it is markup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "of", rename_all = "kebab-case")]
pub enum Block {
    /// The large heading of the first sheet; one in a paper.
    Title(String),
    /// A heading.
    Head(String),
    /// A heading under a heading.
    Under(String),
    /// A paragraph.
    Text(String),
    /// A paragraph whose first words matter most.
    Strong(String, String),
    /// A paragraph that stands back.
    Soft(String),
    /// A paragraph that stands out.
    Note(String),
    /// What is called what; what it is may have lines.
    Facts(Vec<(String, String)>),
    /// One after the other, in no order.
    Bullets(Vec<String>),
    /// One after the other, counted.
    Numbers(Vec<String>),
    /// Lines to write on, counted, in two columns.
    Lines(usize),
    /// Words to be spoken: what for, the words, and what to know beside them if anything.
    Scripts(Vec<(String, String, String)>),
    /// Names with room to write beside each.
    Blanks(Vec<String>),
    /// Names with room for some lines beside each.
    Room(Vec<String>),
    /// A table.
    Table(Table),
}

/// A table whose first column is text and whose others are numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What it is about.
    pub caption: String,
    /// What the columns are called.
    pub head: Vec<String>,
    /// Each: a name, what stands smaller beside it, and one cell for each further column.
    pub rows: Vec<(String, String, Vec<String>)>,
}
