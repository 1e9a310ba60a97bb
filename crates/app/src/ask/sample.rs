//! Asks and commitments of the sample movement, as if people had made them. They are sealed first,
//! because nothing that writes has the key at hand.

use jiff::civil::Date;
use mend_rules::care::Month;
use mend_rules::id::{AskId, CircleId, CommitmentId, MovementId, PersonId};
use mend_seal::ColumnKey;
use mend_store::{StoreError, Tx};

use super::acts::{Body, sealed_words};
use super::rows;

/// An ask, sealed.
pub struct SealedAsk(rows::Kept);

/// A commitment, sealed.
pub struct SealedCommitment(rows::commitment::Kept);

pub fn ask(key: &ColumnKey, id: AskId, body: &Body, until: Date) -> SealedAsk {
    let sealed = body.sealed(key, id);
    SealedAsk(rows::Kept { id, sealed, until })
}

pub fn commitment(key: &ColumnKey, id: CommitmentId, words: &str, until: Date) -> SealedCommitment {
    SealedCommitment(rows::commitment::Kept {
        id,
        sealed: sealed_words(key, id, words),
        until,
        circle: None,
    })
}

/// Adds an ask that goes to some, of whom some said yes.
pub fn add_ask(
    tx: &mut Tx<'_>,
    (movement, by): (MovementId, PersonId),
    SealedAsk(kept): &SealedAsk,
    to: &[PersonId],
    yes: &[PersonId],
) -> Result<(), StoreError> {
    rows::add(tx, movement, by, kept, to)?;
    for person in yes {
        rows::set_yes(tx, movement, *person, kept.id, kept.until)?;
    }
    Ok(())
}

/// Adds a commitment, shown to a circle or to nobody.
pub fn add_commitment(
    tx: &mut Tx<'_>,
    (movement, by): (MovementId, PersonId),
    SealedCommitment(kept): &SealedCommitment,
    circle: Option<CircleId>,
) -> Result<(), StoreError> {
    let kept = rows::commitment::Kept {
        sealed: kept.sealed.clone(),
        circle,
        ..*kept
    };
    rows::commitment::add(tx, movement, by, &kept)
}

/// The sum of a month that is over.
pub fn add_care(
    tx: &mut Tx<'_>,
    movement: MovementId,
    month: Month,
    hours: u32,
) -> Result<(), StoreError> {
    rows::care::add_up(tx, movement, month, Some(hours))
}
