//! What circles wrote down in their group inventories.

use jiff::civil::Date;
use mend_rules::id::{CircleId, InventoryId, MovementId};
use mend_rules::inventory::Quarter;
use mend_store::{Row, StoreError, Tx, sql};

/// What a circle wrote of one quarter, sealed.
#[derive(Debug, Clone)]
pub struct InventoryRow {
    pub quarter: Quarter,
    /// Each change makes another, so that it tells which one somebody looked at.
    pub id: InventoryId,
    pub lines_sealed: Vec<u8>,
    /// The last day on which it is there.
    pub keep_until: Date,
}

fn read(row: &Row) -> Result<InventoryRow, StoreError> {
    let odd = || StoreError::Odd("a group inventory without a day".into());
    Ok(InventoryRow {
        quarter: Quarter::read(&row.text(0)?).ok_or_else(odd)?,
        id: InventoryId(row.id(1)?),
        lines_sealed: row.bytes(2)?,
        keep_until: row.text(3)?.parse().map_err(|_| odd())?,
    })
}

/// Those of one circle, newest first.
pub fn inventories(
    tx: &mut Tx<'_>,
    movement: MovementId,
    circle: CircleId,
) -> Result<Vec<InventoryRow>, StoreError> {
    sql!(
        "SELECT quarter, id, lines_sealed, keep_until FROM inventory
          WHERE movement_id = $1 AND circle_id = $2 ORDER BY quarter DESC"
    )
    .id(movement)
    .id(circle)
    .all(tx, read)
}

/// Keeps what a circle wrote of a quarter, in place of what was there.
pub fn set_inventory(
    tx: &mut Tx<'_>,
    movement: MovementId,
    circle: CircleId,
    from: &InventoryRow,
) -> Result<(), StoreError> {
    sql!(
        "INSERT INTO inventory (circle_id, quarter, movement_id, id, lines_sealed, keep_until)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (circle_id, quarter) DO UPDATE
            SET id = excluded.id, lines_sealed = excluded.lines_sealed,
                keep_until = excluded.keep_until"
    )
    .id(circle)
    .text(from.quarter.first().to_string())
    .id(movement)
    .id(from.id)
    .bytes(from.lines_sealed.clone())
    .text(from.keep_until.to_string())
    .run(tx)
    .map(|_| ())
}

/// Lets go of what a circle wrote, of one quarter or of all.
pub fn drop_inventories(
    tx: &mut Tx<'_>,
    movement: MovementId,
    circle: CircleId,
    quarter: Option<Quarter>,
) -> Result<(), StoreError> {
    sql!(
        "DELETE FROM inventory
          WHERE movement_id = $1 AND circle_id = $2 AND COALESCE($3, quarter) = quarter"
    )
    .id(movement)
    .id(circle)
    .maybe_text(quarter.map(|quarter| quarter.first().to_string()))
    .run(tx)
    .map(|_| ())
}

/// Lets go of what is over, and of what nobody has a seat any more to read.
pub fn drop_old_inventories(
    tx: &mut Tx<'_>,
    movement: MovementId,
    today: Date,
) -> Result<(), StoreError> {
    sql!(
        "DELETE FROM inventory
          WHERE movement_id = $1
            AND (keep_until < $2
                 OR NOT EXISTS (SELECT 1 FROM seat WHERE seat.circle_id = inventory.circle_id))"
    )
    .id(movement)
    .text(today.to_string())
    .run(tx)
    .map(|_| ())
}
