//! Numbers as a sheet shows them: whole ones without a point, and days as days.

use std::io::Read;

use crate::Trouble;
use crate::xml::{Node, Part, attribute, name};

/// The most styles that are looked at; programs write a few hundred at most.
const STYLES: usize = 20_000;

/// Which styles of a workbook show a number as a day.
#[derive(Debug)]
pub(super) struct Styles {
    days: Vec<bool>,
    from_1904: bool,
}

impl Styles {
    pub(super) fn none(from_1904: bool) -> Self {
        Self {
            days: Vec::new(),
            from_1904,
        }
    }

    pub(super) fn read<R: Read>(mut part: Part<R>, from_1904: bool) -> Result<Self, Trouble> {
        let mut own: Vec<(u32, bool)> = Vec::new();
        let mut styles = Self::none(from_1904);
        let mut in_cells = false;
        loop {
            match part.next()? {
                Node::Begin(tag, ends) => match name(&tag).as_str() {
                    "cellXfs" => in_cells = !ends,
                    "numFmt" if own.len() < STYLES => {
                        let id = attribute(&tag, "numFmtId").and_then(|id| id.parse().ok());
                        let code = attribute(&tag, "formatCode").unwrap_or_default();
                        own.extend(id.map(|id| (id, is_day(&code))));
                    }
                    "xf" if in_cells && styles.days.len() < STYLES => {
                        let id = attribute(&tag, "numFmtId").and_then(|id| id.parse().ok());
                        let id: u32 = id.unwrap_or(0);
                        let told = own.iter().find(|(own, _)| *own == id);
                        // Those that every program knows by number, in all its languages.
                        let known = matches!(id, 14..=17 | 22 | 27..=36 | 50..=58);
                        styles.days.push(told.map_or(known, |(_, day)| *day));
                    }
                    _ => {}
                },
                Node::End(name) if name == "cellXfs" => in_cells = false,
                Node::Over => return Ok(styles),
                _ => {}
            }
        }
    }

    /// A number in a style, as a person would write it.
    pub(super) fn shown(&self, style: usize, text: &str) -> String {
        let text = text.trim();
        let Ok(number) = text.parse::<f64>() else {
            return text.to_owned();
        };
        let is_day = self.days.get(style).copied().unwrap_or(false);
        let day = is_day.then(|| day(number, self.from_1904)).flatten();
        match day {
            Some(day) => day,
            // Longer whole numbers than a number of this kind can hold are left as they stand.
            None if number.fract() == 0.0 && number.abs() < 9e15 => format!("{number:.0}"),
            None => text.to_owned(),
        }
    }
}

/// Whether a format shows a day: it has years or days outside of quotes and brackets.
fn is_day(code: &str) -> bool {
    let (mut quoted, mut bracketed, mut skip) = (false, false, false);
    for sign in code.chars() {
        match sign {
            _ if skip => skip = false,
            '\\' | '_' | '*' => skip = true,
            '"' => quoted = !quoted,
            '[' => bracketed = true,
            ']' => bracketed = false,
            _ if quoted || bracketed => {}
            'y' | 'Y' | 'd' | 'D' => return true,
            _ => {}
        }
    }
    false
}

/// The day that a number stands for. Day 60 is 29 February 1900, which never was: the count began
/// with a mistake, and so the days before it are one off.
fn day(number: f64, from_1904: bool) -> Option<String> {
    if !(1.0..2_958_466.0).contains(&number) {
        return None;
    }
    let count = number.trunc() as i64;
    let since_1970 = match (from_1904, count) {
        (true, count) => count - 24_107,
        (false, 60) => return None,
        (false, count) if count < 60 => count - 25_568,
        (false, count) => count - 25_569,
    };
    let (year, month, day) = civil(since_1970);
    (year <= 9999).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// Year, month and day of a number of days since 1970-01-01, after Howard Hinnant's
/// "chrono-Compatible Low-Level Date Algorithms" (`civil_from_days`).
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}
