//! Lists as programs write them, read into rows of text: separated values in any of the usual
//! letters, one line each, and XLSX workbooks. Files come from strangers, so every reader has
//! [`Limits`], reserves nothing because a file says so, and gives a plain [`Trouble`].
//!
//! Never: touches a file or a network; runs a formula; opens what lies inside of a file it opens;
//! knows what a column means (that is `mend_rules::roster`).

mod book;
mod letters;
mod plain;
mod separated;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod xml;

pub use plain::plain;

use std::borrow::Cow;

/// What a list may hold at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Rows with anything in them.
    pub rows: usize,
    /// Cells in a row, and so columns.
    pub columns: usize,
    /// Cells with anything in them, in all rows together.
    pub cells: usize,
    /// Bytes of one cell.
    pub cell: usize,
    /// Bytes that one part of a workbook may unpack to.
    pub part: u64,
    /// Bytes of text that the cells of a workbook share.
    pub shared: usize,
}

impl Limits {
    /// Far above any list of people that a group keeps, and far below what would hurt a server.
    pub const USUAL: Self = Self {
        rows: 200_000,
        columns: 400,
        cells: 4_000_000,
        cell: 64 * 1024,
        part: 256 * 1024 * 1024,
        shared: 48 * 1024 * 1024,
    };
}

/// Why a list cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// There is nothing in it.
    Empty,
    /// Bytes that are no text in letters known here.
    Letters,
    /// A spreadsheet of a kind that is not read here (XLS, ODS, or one with a password).
    Spreadsheet,
    /// It breaks off or contradicts itself.
    Broken,
    /// It has more rows, cells or text than [`Limits`] allow.
    Large,
    /// It has more columns than [`Limits`] allow.
    Wide,
}

/// How the text of a list was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letters {
    /// UTF-8, with or without a mark in front.
    Utf8,
    /// UTF-16 in either order.
    Utf16,
    /// Nothing says so, but it is no UTF-8, so it is taken for the letters of western Windows.
    Windows1252,
}

/// A list that was opened.
#[derive(Debug)]
pub struct List<'a>(Inner<'a>);

#[derive(Debug)]
enum Inner<'a> {
    Text {
        text: Cow<'a, str>,
        letters: Letters,
        limits: Limits,
    },
    Book(Box<book::Book<'a>>),
}

impl<'a> List<'a> {
    /// Opens a list, whatever kind it is.
    ///
    /// # Errors
    /// [`Trouble`] when nothing can be read from it.
    pub fn open(bytes: &'a [u8], limits: Limits) -> Result<Self, Trouble> {
        match bytes {
            [] => Err(Trouble::Empty),
            [b'P', b'K', 3 | 5 | 7, 4 | 6 | 8, ..] => {
                let book = book::Book::open(bytes, limits)?;
                Ok(Self(Inner::Book(Box::new(book))))
            }
            // What old spreadsheets and those with a password begin with.
            [0xd0, 0xcf, 0x11, 0xe0, ..] => Err(Trouble::Spreadsheet),
            _ => {
                let (text, letters) = letters::read(bytes)?;
                Ok(Self(Inner::Text {
                    text,
                    letters,
                    limits,
                }))
            }
        }
    }

    /// The names of its worksheets, in their order; none when it is a text.
    #[must_use]
    pub fn sheets(&self) -> Vec<&str> {
        match &self.0 {
            Inner::Text { .. } => Vec::new(),
            Inner::Book(book) => book.names(),
        }
    }

    /// How its text was written; nothing when it is a workbook, which says so itself.
    #[must_use]
    pub fn letters(&self) -> Option<Letters> {
        match &self.0 {
            Inner::Text { letters, .. } => Some(*letters),
            Inner::Book(_) => None,
        }
    }

    /// Gives every row that has something in it to `row`, with the line it begins in (counted from
    /// 1), until that says `false`. `sheet` is the number of the worksheet, counted from 0; a text
    /// has no other.
    ///
    /// # Errors
    /// [`Trouble`]; the rows before it were given all the same.
    pub fn each(
        &mut self,
        sheet: usize,
        mut row: impl FnMut(usize, &[String]) -> bool,
    ) -> Result<(), Trouble> {
        match &mut self.0 {
            Inner::Text { text, limits, .. } => separated::each(text, *limits, &mut row),
            Inner::Book(book) => book.each(sheet, &mut row),
        }
    }
}

/// What is counted over all rows of a list.
#[derive(Debug, Default)]
struct Counted {
    rows: usize,
    cells: usize,
}

impl Counted {
    fn row(&mut self, cells: &[String], limits: &Limits) -> Result<bool, Trouble> {
        let full = cells.iter().filter(|cell| !cell.trim().is_empty()).count();
        if full == 0 {
            return Ok(false);
        }
        self.rows += 1;
        self.cells += full;
        if self.rows > limits.rows || self.cells > limits.cells {
            return Err(Trouble::Large);
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests;
