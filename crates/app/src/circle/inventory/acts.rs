//! What can be done with the lines of a quarter: write them, change them, destroy them.

use std::collections::{BTreeMap, HashMap};

use jiff::ToSpan;
use jiff::civil::Date;
use mend_rules::id::{CircleId, InventoryId, MovementId};
use mend_rules::inventory::{InventoryTrouble, KEEP, KEEP_USUAL, Lines, Quarter, written};
use mend_seal::ColumnKey;
use mend_store::{StoreError, Tx};
use serde::{Deserialize, Serialize};

use crate::app::{dice, fresh};
use crate::circle::rows::{self, InventoryRow};
use crate::practice;
use crate::web::Problem;

/// What a circle wrote of a quarter, opened.
#[derive(Debug, Clone)]
pub struct Inventory {
    pub id: InventoryId,
    pub quarter: Quarter,
    /// In the order of the practice; any may be empty.
    pub lines: Vec<String>,
    /// The day on which the circle looks again.
    pub again: Option<Date>,
    pub until: Date,
}

/// What somebody typed, and what they saw there before.
#[derive(Debug, Clone)]
pub struct Typed {
    pub lines: Vec<String>,
    pub again: Option<Date>,
    /// For how many months after the quarter it is kept.
    pub months: i64,
    pub seen: Option<InventoryId>,
}

/// Why lines were not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrote {
    Wrong(InventoryTrouble),
    /// Somebody else changed or destroyed them since.
    Meanwhile,
}

impl Typed {
    /// An empty form.
    pub fn nothing() -> Self {
        Self {
            lines: vec![String::new(); practice::words().group_inventory.lines.len()],
            again: None,
            months: KEEP_USUAL,
            seen: None,
        }
    }

    /// The form of what is there.
    pub fn of(kept: &Inventory) -> Self {
        let lasts =
            |months: &i64| kept.quarter.last().saturating_add(months.months()) >= kept.until;
        Self {
            lines: kept.lines.clone(),
            again: kept.again,
            months: KEEP
                .into_iter()
                .find(|months| lasts(months))
                .unwrap_or(KEEP_USUAL),
            seen: Some(kept.id),
        }
    }

    /// Lines of the sample movement, by their keys.
    pub fn sample(lines: &HashMap<String, String>, again: Date) -> Self {
        let line = |key| lines.get(key).cloned().unwrap_or_default();
        Self {
            lines: keys().map(line).collect(),
            again: Some(again),
            ..Self::nothing()
        }
    }

    fn says(&self, kept: &Inventory, until: Date) -> bool {
        self.lines == kept.lines && self.again == kept.again && until == kept.until
    }
}

/// As it is sealed: by the keys of the practice, so that lines may be asked for in another order.
#[derive(Serialize, Deserialize)]
struct Sealed {
    lines: BTreeMap<String, String>,
    again: Option<String>,
}

fn bound(circle: CircleId, quarter: Quarter) -> Vec<u8> {
    [&circle.0[..], quarter.first().to_string().as_bytes()].concat()
}

fn keys() -> impl Iterator<Item = &'static str> {
    let lines = practice::words().group_inventory.lines.iter();
    lines.map(|line| line.key.as_str())
}

fn seal(key: &ColumnKey, of: (CircleId, Quarter), typed: &Typed) -> Result<Vec<u8>, StoreError> {
    let lines = keys().map(str::to_owned).zip(typed.lines.iter().cloned());
    let sealed = Sealed {
        lines: lines.filter(|(_, text)| !text.is_empty()).collect(),
        again: typed.again.map(|day| day.to_string()),
    };
    let plain = serde_json::to_vec(&sealed).map_err(|e| StoreError::Odd(e.to_string()))?;
    Ok(key.seal("inventory", &bound(of.0, of.1), &plain, &mut dice))
}

fn open(key: &ColumnKey, circle: CircleId, row: &InventoryRow) -> Option<Inventory> {
    let plain = key
        .open("inventory", &bound(circle, row.quarter), &row.lines_sealed)
        .ok()?;
    let mut sealed: Sealed = serde_json::from_slice(&plain).ok()?;
    Some(Inventory {
        id: row.id,
        quarter: row.quarter,
        lines: keys()
            .map(|key| sealed.lines.remove(key).unwrap_or_default())
            .collect(),
        again: sealed.again.and_then(|day| day.parse().ok()),
        until: row.keep_until,
    })
}

/// What a circle wrote, newest first.
pub fn of_circle(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    movement: MovementId,
    circle: CircleId,
) -> Result<Vec<Inventory>, StoreError> {
    let rows = rows::inventories(tx, movement, circle)?;
    Ok(rows
        .iter()
        .filter_map(|row| open(key, circle, row))
        .collect())
}

/// Writes the lines of a quarter, in place of those that were seen. The same lines twice are
/// written once.
pub fn write(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    movement: MovementId,
    (circle, quarter): (CircleId, Quarter),
    typed: &Typed,
) -> Result<Result<(), Wrote>, Problem> {
    let all = of_circle(tx, key, movement, circle)?;
    let kept = all.iter().find(|one| one.quarter == quarter);

    let texts: Vec<&str> = typed.lines.iter().map(String::as_str).collect();
    let lines = Lines {
        texts: &texts,
        again: typed.again,
        months: typed.months,
    };
    let keep_until = match written(quarter, &lines) {
        Ok(until) => until,
        Err(trouble) => return Ok(Err(Wrote::Wrong(trouble))),
    };
    if kept.is_some_and(|kept| typed.says(kept, keep_until)) {
        return Ok(Ok(()));
    }
    if kept.map(|kept| kept.id) != typed.seen {
        return Ok(Err(Wrote::Meanwhile));
    }

    let row = InventoryRow {
        quarter,
        id: InventoryId(fresh()),
        lines_sealed: seal(key, (circle, quarter), typed)?,
        keep_until,
    };
    rows::set_inventory(tx, movement, circle, &row)?;
    Ok(Ok(()))
}

/// Destroys the lines of a quarter, if they are still those that were seen.
pub fn destroy(
    tx: &mut Tx<'_>,
    movement: MovementId,
    (circle, quarter): (CircleId, Quarter),
    seen: Option<InventoryId>,
) -> Result<(), Problem> {
    let all = rows::inventories(tx, movement, circle)?;
    let kept = all.iter().find(|one| one.quarter == quarter);
    if kept.is_some_and(|kept| Some(kept.id) != seen) {
        return Err(Problem::Refused("inventory-changed"));
    }
    Ok(rows::drop_inventories(tx, movement, circle, Some(quarter))?)
}

/// Keeps lines of the sample movement. They are sealed before anything is written.
pub fn sample(
    key: &ColumnKey,
    (circle, quarter): (CircleId, Quarter),
    typed: &Typed,
) -> Result<InventoryRow, StoreError> {
    Ok(InventoryRow {
        quarter,
        id: InventoryId(fresh()),
        lines_sealed: seal(key, (circle, quarter), typed)?,
        keep_until: quarter.last().saturating_add(typed.months.months()),
    })
}
