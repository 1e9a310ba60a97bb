//! The rows of one sheet, cell by cell.

use std::io::Read;

use quick_xml::events::BytesStart;

use super::Strings;
use super::date::Styles;
use crate::xml::{Node, Part, attribute, name};
use crate::{Counted, Limits, Trouble};

/// What the text inside of a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The number of a shared text.
    Shared,
    /// A text that stands here.
    Text,
    /// A day, written out.
    Day,
    /// Yes or no, as 1 or 0.
    Flag,
    /// What a formula came to that could not be computed.
    Error,
    /// A number, which may be a day.
    Number,
}

/// A cell that is being read.
struct Open {
    column: usize,
    kind: Kind,
    style: usize,
    text: String,
}

/// Reads the rows of one sheet.
pub(super) struct Rows<'b, R: Read> {
    part: Part<R>,
    strings: &'b Strings,
    styles: &'b Styles,
    limits: Limits,
    counted: Counted,
    line: usize,
    cells: Vec<String>,
    width: usize,
    open: Option<Open>,
    /// Inside of `v`, or of `t` in `is`: the text that counts.
    listening: bool,
    aside: bool,
}

impl<'b, R: Read> Rows<'b, R> {
    pub(super) fn new(
        part: Part<R>,
        strings: &'b Strings,
        styles: &'b Styles,
        limits: Limits,
    ) -> Self {
        Self {
            part,
            strings,
            styles,
            limits,
            counted: Counted::default(),
            line: 0,
            cells: Vec::new(),
            width: 0,
            open: None,
            listening: false,
            aside: false,
        }
    }

    pub(super) fn each(
        mut self,
        row: &mut dyn FnMut(usize, &[String]) -> bool,
    ) -> Result<(), Trouble> {
        loop {
            let ended = match self.part.next()? {
                Node::Begin(tag, ends) => self.begin(&name(&tag), &tag, ends)?,
                Node::End(name) => self.end(&name)?,
                Node::Text(text) => {
                    self.hear(&text)?;
                    false
                }
                Node::Over => return self.over(),
            };
            if ended {
                let cells = &self.cells[..self.width];
                if self.counted.row(cells, &self.limits)? && !row(self.line, cells) {
                    return Ok(());
                }
            }
        }
    }

    fn over(self) -> Result<(), Trouble> {
        if self.counted.rows == 0 {
            Err(Trouble::Empty)
        } else {
            Ok(())
        }
    }

    /// `true` when a row has ended.
    fn begin(&mut self, name: &str, tag: &BytesStart<'_>, ends: bool) -> Result<bool, Trouble> {
        match name {
            "row" => {
                let told = attribute(tag, "r").and_then(|line| line.parse().ok());
                self.line = told.unwrap_or(self.line.saturating_add(1));
                self.cells.iter_mut().for_each(String::clear);
                self.width = 0;
                return Ok(ends);
            }
            "c" if ends => self.place(tag)?,
            "c" => {
                let column = self.column(tag)?;
                let style = attribute(tag, "s").and_then(|style| style.parse().ok());
                self.open = Some(Open {
                    column,
                    kind: kind(tag),
                    style: style.unwrap_or(0),
                    text: String::new(),
                });
            }
            "rPh" => self.aside = !ends,
            "v" | "t" => self.listening = !ends && !self.aside,
            _ => {}
        }
        Ok(false)
    }

    fn end(&mut self, name: &str) -> Result<bool, Trouble> {
        match name {
            "row" => return Ok(true),
            "v" | "t" => self.listening = false,
            "rPh" => self.aside = false,
            "c" => {
                if let Some(open) = self.open.take() {
                    let (column, text) = (open.column, self.shown(open));
                    self.put(column, text);
                }
            }
            _ => {}
        }
        Ok(false)
    }

    fn hear(&mut self, text: &str) -> Result<(), Trouble> {
        if let Some(open) = self.open.as_mut().filter(|_| self.listening) {
            open.text.push_str(text);
            if open.text.len() > self.limits.cell {
                return Err(Trouble::Large);
            }
        }
        Ok(())
    }

    /// A cell that has nothing in it still has its place.
    fn place(&mut self, tag: &BytesStart<'_>) -> Result<(), Trouble> {
        let told = attribute(tag, "r").and_then(|place| column(&place));
        let at = told.unwrap_or(self.width);
        // Styled empty cells go on to the last column of a sheet in many files.
        if at < self.limits.columns {
            self.width = self.width.max(at + 1);
            self.fill();
        }
        Ok(())
    }

    fn column(&self, tag: &BytesStart<'_>) -> Result<usize, Trouble> {
        let told = attribute(tag, "r").and_then(|place| column(&place));
        let at = told.unwrap_or(self.width);
        if at < self.limits.columns {
            Ok(at)
        } else {
            Err(Trouble::Wide)
        }
    }

    fn put(&mut self, column: usize, text: String) {
        self.width = self.width.max(column + 1);
        self.fill();
        self.cells[column] = text;
    }

    fn fill(&mut self) {
        if self.cells.len() < self.width {
            self.cells.resize_with(self.width, String::new);
        }
    }

    fn shown(&self, open: Open) -> String {
        let Open {
            kind, style, text, ..
        } = open;
        match kind {
            Kind::Text | Kind::Day => text,
            Kind::Error => String::new(),
            Kind::Flag => if text.trim() == "1" { "yes" } else { "no" }.to_owned(),
            Kind::Shared => {
                let at = text.trim().parse().ok();
                let shared = at.and_then(|at| self.strings.get(at));
                shared.unwrap_or_default().to_owned()
            }
            Kind::Number => self.styles.shown(style, &text),
        }
    }
}

fn kind(tag: &BytesStart<'_>) -> Kind {
    match attribute(tag, "t").as_deref() {
        Some("s") => Kind::Shared,
        Some("str" | "inlineStr") => Kind::Text,
        Some("d") => Kind::Day,
        Some("b") => Kind::Flag,
        Some("e") => Kind::Error,
        _ => Kind::Number,
    }
}

/// The column of a place such as `AB12`, counted from 0; nothing when it is no place.
fn column(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let mut column = 0_usize;
    for letter in letters {
        let at = usize::from(letter.to_ascii_uppercase() - b'A') + 1;
        column = column.checked_mul(26)?.checked_add(at)?;
    }
    column.checked_sub(1)
}
