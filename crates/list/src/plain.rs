//! Cells that go out: what a spreadsheet would take for a formula is made plain.

use std::borrow::Cow;

/// A cell as it may stand in a list that somebody opens in a spreadsheet: with an apostrophe in
/// front where the program would otherwise compute it, or fetch something for it.
///
/// The signs are those that OWASP names under "CSV Injection", with their wide forms.
#[must_use]
pub fn plain(cell: &str) -> Cow<'_, str> {
    let begins = cell.trim_start_matches([' ', '\u{a0}', '\u{feff}']);
    let computed = begins.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
    ]);
    if computed {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}
