//! Separated values: commas, semicolons or tabs, quoted cells with line ends inside.

use csv::{ReaderBuilder, StringRecord};

use crate::{Counted, Limits, Trouble};

/// See [`crate::List::each`].
pub(crate) fn each(
    text: &str,
    limits: Limits,
    row: &mut dyn FnMut(usize, &[String]) -> bool,
) -> Result<(), Trouble> {
    let mark = mark(text);
    if breaks_off(text.as_bytes(), mark) {
        return Err(Trouble::Broken);
    }
    let mut reader = ReaderBuilder::new()
        .delimiter(mark)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let (mut record, mut cells) = (StringRecord::new(), Vec::new());
    let (mut counted, mut lines) = (Counted::default(), Lines::default());
    while reader
        .read_record(&mut record)
        .map_err(|_| Trouble::Broken)?
    {
        copy(&record, &mut cells, &limits)?;
        let from = record.position().map_or(0, |at| at.byte() as usize);
        let line = lines.at(text.as_bytes(), from);
        if counted.row(&cells, &limits)? && !row(line, &cells) {
            return Ok(());
        }
    }
    if counted.rows == 0 {
        return Err(Trouble::Empty);
    }
    Ok(())
}

/// Lines, counted as far as the reader has come.
#[derive(Default)]
struct Lines {
    ended: usize,
    to: usize,
}

impl Lines {
    /// The line of the row that begins at a byte. The reader lets a row begin with the line ends
    /// before it, and they are not its own.
    fn at(&mut self, text: &[u8], from: usize) -> usize {
        let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let rest = text.get(from..).unwrap_or_default();
        let begin = from + rest.iter().take_while(|byte| is_end(byte)).count();
        while self.to < begin {
            let pair = text[self.to] == b'\r' && text.get(self.to + 1) == Some(&b'\n');
            self.ended += usize::from(is_end(&text[self.to]) && !pair);
            self.to += 1;
        }
        self.ended + 1
    }
}

/// Copies the cells of a row into strings that are used again. Empty ones at its end count only as
/// far as a list may be wide: some programs write them to the last column they know.
fn copy(record: &StringRecord, cells: &mut Vec<String>, limits: &Limits) -> Result<(), Trouble> {
    let full = |cell: &str| !cell.trim().is_empty();
    if record.iter().skip(limits.columns).any(full) {
        return Err(Trouble::Wide);
    }
    let width = record.len().min(limits.columns);
    cells.truncate(width);
    cells.resize_with(width, String::new);
    for (cell, from) in cells.iter_mut().zip(record.iter()) {
        if from.len() > limits.cell {
            return Err(Trouble::Large);
        }
        cell.clear();
        cell.push_str(from);
    }
    Ok(())
}

/// The mark between cells: the one that the first line with any has most of, outside of quotes.
fn mark(text: &str) -> u8 {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted && counts.iter().any(|(_, count)| *count > 0) => break,
            _ if quoted => {}
            byte => {
                if let Some((_, count)) = counts.iter_mut().find(|(mark, _)| *mark == byte) {
                    *count += 1;
                }
            }
        }
    }
    // Of equal counts the first in the order above.
    let most = counts.iter().rev().max_by_key(|(_, count)| *count);
    most.map_or(b',', |(mark, _)| *mark)
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
