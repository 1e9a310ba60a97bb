//! What is tried, and how its input is made.

use mend_list::{Limits, List, testing};

use crate::change::{Dice, change};
use crate::corpus::{LISTS, SHEET, STRINGS, WORDS, XML};
use crate::mapping;

/// Small limits, so that they are met.
const LIMITS: Limits = Limits {
    rows: 300,
    columns: 40,
    cells: 2_000,
    cell: 2_000,
    part: 1024 * 1024,
    shared: 64 * 1024,
};

#[derive(Clone, Copy)]
pub enum Target {
    Csv,
    Xlsx,
    Mapping,
}

impl Target {
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            "mapping" => Some(Self::Mapping),
            _ => None,
        }
    }

    pub fn made(self, dice: &mut Dice) -> Vec<u8> {
        match self {
            Self::Csv => changed(dice.one(&LISTS), dice),
            // The first is long, and rows like its rows are in the others.
            Self::Mapping => changed(dice.one(&LISTS[1..]), dice),
            Self::Xlsx => workbook(dice),
        }
    }

    /// How many rows there were; nothing when the list was refused.
    pub fn read(self, bytes: &[u8], dice: &mut Dice) -> Option<usize> {
        match self {
            Self::Csv | Self::Xlsx => rows(bytes).map(|rows| rows.len()),
            Self::Mapping if dice.below(8) == 0 => {
                mapping::read(&rows(&mapping::pasted(bytes))?, dice)
            }
            Self::Mapping => mapping::read(&rows(bytes)?, dice),
        }
    }
}

fn changed(list: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = list.to_vec();
    change(&mut bytes, &WORDS, dice);
    bytes
}

/// Mostly the parts are changed, before they are packed; sometimes the pack, or both.
fn workbook(dice: &mut Dice) -> Vec<u8> {
    let mut parts: Vec<(&str, Vec<u8>)> = testing::parts(SHEET, STRINGS)
        .into_iter()
        .map(|(path, text)| (path, text.into_bytes()))
        .collect();
    let layer = dice.below(10);
    if layer > 0 {
        // The sheet is the last, and what most files differ in.
        let last = parts.len() - 1;
        let at = if dice.below(2) == 0 {
            last
        } else {
            dice.below(last)
        };
        change(&mut parts[at].1, &XML, dice);
    }
    let mut bytes = testing::pack(&parts, dice.below(8) == 0);
    if layer < 2 {
        change(&mut bytes, &WORDS, dice);
    }
    bytes
}

fn rows(bytes: &[u8]) -> Option<Vec<(usize, Vec<String>)>> {
    let mut list = List::open(bytes, LIMITS).ok()?;
    let mut rows = Vec::new();
    for sheet in 0..list.sheets().len().clamp(1, 2) {
        list.each(sheet, |line, cells| {
            rows.push((line, cells.to_vec()));
            true
        })
        .ok()?;
    }
    Some(rows)
}
