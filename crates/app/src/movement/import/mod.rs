//! Bringing in a list of people: look first, then confirm. Nothing of it is written before.
//! Between the two, the list waits sealed and goes after an hour. A long list is brought in piece
//! by piece, and goes on where it was when the program stops in between.
//!
//! [`file`] reads, [`compare`] says what would change, [`carry`] writes it, [`arrive`] takes the
//! list in, [`pages`] and [`view`] show it, [`work`] does the long ones.
//! Never: runs a formula; contacts anybody; takes away what a list leaves empty.

pub mod arrive;
pub mod carry;
pub mod command;
pub mod compare;
pub mod file;
pub mod pages;
pub mod view;
pub mod work;

use mend_rules::id::MovementId;
use mend_rules::roster::Plan;
use mend_seal::ColumnKey;
use mend_store::{StoreError, Tx};

use super::rows::upload::{self, Upload};
use crate::web::Problem;

/// The largest list, in bytes.
pub const LARGEST: usize = 32 * 1024 * 1024;

/// So many rows are brought in at once, while somebody waits for the page; more become a job.
const AT_ONCE: usize = 500;

/// One part of a list is bound to its place, so that parts cannot change places.
fn place_of(id: [u8; 16], nth: i64) -> Vec<u8> {
    [id.as_slice(), &nth.to_be_bytes()].concat()
}

/// All parts of a list, opened and put together.
fn body(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    movement: MovementId,
    id: [u8; 16],
) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    for nth in 0.. {
        let Some(sealed) = upload::part(tx, movement, id, nth)? else {
            break;
        };
        let part = key.open("upload", &place_of(id, nth), &sealed);
        bytes.extend(part.map_err(|_| Problem::Refused("import-gone"))?);
    }
    Ok(bytes)
}

/// What bringing in a list that waits would change, against who is here now.
fn planned(
    tx: &mut Tx<'_>,
    key: &ColumnKey,
    movement: MovementId,
    id: [u8; 16],
    waiting: &Upload,
) -> Result<Plan, Problem> {
    let bytes = body(tx, key, movement, id)?;
    let mut file = file::File::open(&bytes, waiting.tab).map_err(Problem::Refused)?;
    let chosen = compare::columns(tx, key, movement, &file, waiting)?;
    let roster = file.roster(&chosen.columns).map_err(Problem::Refused)?;
    drop(file);
    drop(bytes);
    Ok(compare::compare(tx, key, movement, roster)?)
}

/// A list of this id, if it is all here.
fn found(tx: &mut Tx<'_>, movement: MovementId, id: [u8; 16]) -> Result<Upload, Problem> {
    let found = upload::one(tx, movement, id)?.filter(|upload| upload.whole);
    found.ok_or(Problem::Refused("import-gone"))
}

/// A problem on the way of a job, which has nobody to tell it to.
fn for_the_log(problem: Problem) -> StoreError {
    match problem {
        Problem::Full => StoreError::Full,
        Problem::Broken(why) => StoreError::Odd(why),
        other => StoreError::Odd(other.keys().1.to_owned()),
    }
}
