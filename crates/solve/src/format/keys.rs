//! What the readers of all formats do: look for keys, check numbers, ranges, lengths and pairs.
//! Never: mends what is wrong; the first thing found is said with its key and entry.
//! See: `broken` for the sentences.

use serde::Deserialize;

use super::{Broken, Wrong};

/// The highest number a file may hold where no other limit is given.
pub(super) const MOST: i64 = u32::MAX as i64;

/// Read first, so that a file of another format is called that and not a broken one.
#[derive(Deserialize)]
#[serde(expecting = "an object with the key \"format\"")]
struct Head {
    format: Option<String>,
}

/// Whether `text` is an object that says it is of the format `known`.
pub(super) fn format_is(text: &str, known: &'static str) -> Result<(), Broken> {
    let head: Head = serde_json::from_str(text)?;
    is_known(head.format, known)
}

/// Whether `found` is there and names the format `known`.
pub(super) fn is_known(found: Option<String>, known: &'static str) -> Result<(), Broken> {
    let found = there("format", found)?;
    if found == known {
        Ok(())
    } else {
        Err(Broken::Format { found, known })
    }
}

pub(super) fn there<T>(key: &'static str, value: Option<T>) -> Result<T, Broken> {
    value.ok_or(Broken::Missing { key })
}

pub(super) fn length(key: &'static str, len: usize, want: u32) -> Result<(), Broken> {
    let want = want as usize;
    if len == want {
        Ok(())
    } else {
        Err(Broken::Length { key, len, want })
    }
}

/// The highest number a member or round may have when there are `n`.
pub(super) fn last(n: u32) -> i64 {
    i64::from(n) - 1
}

pub(super) fn number(
    key: &'static str,
    entry: Option<usize>,
    found: i64,
    least: i64,
    most: i64,
) -> Result<u32, Broken> {
    let wrong = Wrong::Range { found, least, most };
    let outside = Broken::Entry { key, entry, wrong };
    if !(least..=most).contains(&found) {
        return Err(outside);
    }
    u32::try_from(found).map_err(|_| outside)
}

pub(super) fn numbers(key: &'static str, found: &[i64], most: i64) -> Result<Vec<u32>, Broken> {
    let check = |(entry, &found)| number(key, Some(entry), found, 0, most);
    found.iter().enumerate().map(check).collect()
}

/// Refuse a list that says something twice.
pub(super) fn once<T: Ord>(key: &'static str, list: &[T]) -> Result<(), Broken> {
    let mut order: Vec<usize> = (0..list.len()).collect();
    order.sort_by_key(|&entry| &list[entry]);
    match order.windows(2).find(|two| list[two[0]] == list[two[1]]) {
        Some(two) => Err(Broken::Entry {
            key,
            entry: Some(two[1]),
            wrong: Wrong::Twice { first: two[0] },
        }),
        None => Ok(()),
    }
}

/// Pairs `u < v` of members, each listed once.
pub(super) fn pairs(
    key: &'static str,
    found: impl Iterator<Item = [i64; 2]>,
    n: u32,
) -> Result<Vec<(u32, u32)>, Broken> {
    let check = |(entry, [u, v]): (usize, [i64; 2])| {
        let u = number(key, Some(entry), u, 0, last(n))?;
        let v = number(key, Some(entry), v, 0, last(n))?;
        if u < v {
            Ok((u, v))
        } else {
            Err(Broken::Entry {
                key,
                entry: Some(entry),
                wrong: Wrong::Order,
            })
        }
    };
    let pairs: Vec<(u32, u32)> = found
        .enumerate()
        .map(check)
        .collect::<Result<_, Broken>>()?;
    once(key, &pairs)?;
    Ok(pairs)
}
