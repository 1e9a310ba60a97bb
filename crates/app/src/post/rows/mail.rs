//! Mails: one message to one person, with one letter in it or several. Its id names it towards
//! mail servers too, so that a second copy can be told from the first.

use mend_rules::id::{MovementId, PersonId};
use mend_rules::time::Time;
use mend_store::{StoreError, Tx, sql};

use crate::post::Trouble;

/// A mail that was claimed.
#[derive(Debug, Clone, Copy)]
pub struct Mail {
    pub id: [u8; 16],
    pub person: PersonId,
    pub made: Time,
    /// How often it was claimed.
    pub tries: i64,
    /// By what whoever claimed it is known: only they may say what became of it.
    pub claim: [u8; 16],
}

/// What a steward sees of a mail that does not go on by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nobody knows whether it arrived.
    Perhaps,
    /// It did not arrive.
    Dead,
}

impl State {
    fn word(self) -> &'static str {
        match self {
            Self::Perhaps => "perhaps",
            Self::Dead => "dead",
        }
    }
}

/// A mail that waits for a steward.
#[derive(Debug, Clone)]
pub struct Stuck {
    pub id: [u8; 16],
    pub person: PersonId,
    pub state: State,
    pub trouble: Option<Trouble>,
    pub made: Time,
}

/// Puts letters into one mail that may go out from now on.
pub fn bundle(
    tx: &mut Tx<'_>,
    (movement, person): (MovementId, PersonId),
    letters: &[[u8; 16]],
    now: Time,
) -> Result<(), StoreError> {
    let id = crate::app::fresh();
    sql!(
        "INSERT INTO mail (id, movement_id, person_id, state, tries, next_at, made_at)
         VALUES ($1, $2, $3, 'ready', 0, $4, $4)"
    )
    .id(id)
    .id(movement)
    .id(person)
    .int(now)
    .run(tx)?;
    for letter in letters {
        sql!("UPDATE letter SET mail_id = $3 WHERE movement_id = $1 AND id = $2")
            .id(movement)
            .id(*letter)
            .id(id)
            .run(tx)?;
    }
    Ok(())
}

/// Takes a mail apart; its letters wait again.
pub fn unbundle(tx: &mut Tx<'_>, movement: MovementId, id: [u8; 16]) -> Result<(), StoreError> {
    sql!("UPDATE letter SET mail_id = NULL WHERE movement_id = $1 AND mail_id = $2")
        .id(movement)
        .id(id)
        .run(tx)?;
    remove(tx, movement, id)
}

fn remove(tx: &mut Tx<'_>, movement: MovementId, id: [u8; 16]) -> Result<(), StoreError> {
    sql!("DELETE FROM mail WHERE movement_id = $1 AND id = $2")
        .id(movement)
        .id(id)
        .run(tx)
        .map(|_| ())
}

/// Claims the mail that is due first. One that somebody claimed and did not begin to hand over is
/// due again when the claim is over; what lies further away than `far` was put off by a clock that
/// went wrong.
pub fn claim(
    tx: &mut Tx<'_>,
    movement: MovementId,
    (now, until, far): (Time, Time, Time),
) -> Result<Option<Mail>, StoreError> {
    let claim = crate::app::fresh();
    sql!(
        "UPDATE mail SET state = 'claimed', claim = $5, claimed_until = $3, tries = tries + 1
          WHERE movement_id = $1
            AND (state = 'ready'
                 OR state = 'claimed' AND (claimed_until <= $2 OR claimed_until > $4))
            AND id = (SELECT id FROM mail
                       WHERE movement_id = $1 AND (next_at <= $2 OR next_at > $4)
                         AND (state = 'ready'
                              OR state = 'claimed' AND (claimed_until <= $2 OR claimed_until > $4))
                       ORDER BY next_at, id LIMIT 1)
         RETURNING id, person_id, made_at, tries"
    )
    .id(movement)
    .int(now)
    .int(until)
    .int(far)
    .id(claim)
    .maybe(tx, |row| {
        Ok(Mail {
            id: row.id(0)?,
            person: PersonId(row.id(1)?),
            made: Time(row.int(2)?),
            tries: row.int(3)?,
            claim,
        })
    })
}

/// Marks that the handing over begins: from here on nobody tries it again by themselves. `false`
/// when the claim was lost.
pub fn mark_handing(
    tx: &mut Tx<'_>,
    movement: MovementId,
    mail: &Mail,
    until: Time,
) -> Result<bool, StoreError> {
    let marked = sql!(
        "UPDATE mail SET state = 'handing', claimed_until = $4
          WHERE movement_id = $1 AND id = $2 AND claim = $3 AND state = 'claimed'"
    )
    .id(movement)
    .id(mail.id)
    .id(mail.claim)
    .int(until)
    .run(tx)?;
    Ok(marked == 1)
}

/// It arrived: its letters went out, and the mail is forgotten.
pub fn handed_over(
    tx: &mut Tx<'_>,
    movement: MovementId,
    mail: &Mail,
    now: Time,
) -> Result<(), StoreError> {
    sql!(
        "UPDATE letter SET sent_at = $4
          WHERE movement_id = $1 AND sent_at IS NULL
            AND mail_id IN (SELECT id FROM mail
                             WHERE movement_id = $1 AND id = $2 AND claim = $3)"
    )
    .id(movement)
    .id(mail.id)
    .id(mail.claim)
    .int(now)
    .run(tx)?;
    sql!("DELETE FROM mail WHERE movement_id = $1 AND id = $2 AND claim = $3")
        .id(movement)
        .id(mail.id)
        .id(mail.claim)
        .run(tx)
        .map(|_| ())
}

/// It did not go out and is tried again; `tries` is how many times count as tried.
pub fn mark_later(
    tx: &mut Tx<'_>,
    movement: MovementId,
    mail: &Mail,
    (next, tries, trouble): (Time, i64, Option<Trouble>),
) -> Result<(), StoreError> {
    sql!(
        "UPDATE mail SET state = 'ready', claim = NULL, claimed_until = NULL, next_at = $4,
                tries = $5, trouble = $6
          WHERE movement_id = $1 AND id = $2 AND claim = $3"
    )
    .id(movement)
    .id(mail.id)
    .id(mail.claim)
    .int(next)
    .int(tries)
    .maybe_text(trouble.map(Trouble::word))
    .run(tx)
    .map(|_| ())
}

/// It does not go on by itself: a steward looks at it.
pub fn mark_parked(
    tx: &mut Tx<'_>,
    movement: MovementId,
    mail: &Mail,
    (state, trouble): (State, Trouble),
) -> Result<(), StoreError> {
    sql!(
        "UPDATE mail SET state = $4, trouble = $5
          WHERE movement_id = $1 AND id = $2 AND claim = $3"
    )
    .id(movement)
    .id(mail.id)
    .id(mail.claim)
    .text(state.word())
    .text(trouble.word())
    .run(tx)
    .map(|_| ())
}

/// Parks what was being handed over when the program stopped.
pub fn park_lost(tx: &mut Tx<'_>, movement: MovementId, now: Time) -> Result<(), StoreError> {
    sql!(
        "UPDATE mail SET state = 'perhaps', trouble = 'unknown'
          WHERE movement_id = $1 AND state = 'handing' AND claimed_until <= $2"
    )
    .id(movement)
    .int(now)
    .run(tx)
    .map(|_| ())
}

/// What waits for a steward, the oldest first.
pub fn stuck(tx: &mut Tx<'_>, movement: MovementId) -> Result<Vec<Stuck>, StoreError> {
    sql!(
        "SELECT id, person_id, state, trouble, made_at FROM mail
          WHERE movement_id = $1 AND state IN ('perhaps', 'dead') ORDER BY made_at, id"
    )
    .id(movement)
    .all(tx, |row| {
        Ok(Stuck {
            id: row.id(0)?,
            person: PersonId(row.id(1)?),
            state: match row.text(2)?.as_str() {
                "perhaps" => State::Perhaps,
                _ => State::Dead,
            },
            trouble: row.maybe_text(3)?.and_then(|word| Trouble::read(&word)),
            made: Time(row.int(4)?),
        })
    })
}

/// How many mails wait, and what went wrong with the one that was tried most.
pub fn count_waiting(
    tx: &mut Tx<'_>,
    movement: MovementId,
) -> Result<(i64, Option<Trouble>), StoreError> {
    let waiting = sql!(
        "SELECT trouble FROM mail
          WHERE movement_id = $1 AND state IN ('ready', 'claimed', 'handing') ORDER BY tries DESC"
    )
    .id(movement)
    .all(tx, |row| row.maybe_text(0))?;
    let trouble = waiting.iter().flatten().next();
    let trouble = trouble.and_then(|word| Trouble::read(word));
    Ok((waiting.len() as i64, trouble))
}

/// A steward sends it again; `false` when it does not wait for one.
pub fn again_by_hand(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: [u8; 16],
    now: Time,
) -> Result<bool, StoreError> {
    let again = sql!(
        "UPDATE mail SET state = 'ready', claim = NULL, claimed_until = NULL, tries = 0,
                next_at = $3, trouble = NULL
          WHERE movement_id = $1 AND id = $2 AND state IN ('perhaps', 'dead')"
    )
    .id(movement)
    .id(id)
    .int(now)
    .run(tx)?;
    Ok(again == 1)
}

/// A steward lets go of it: its letters count as gone out. `false` when it does not wait for one.
pub fn let_go(
    tx: &mut Tx<'_>,
    movement: MovementId,
    id: [u8; 16],
    now: Time,
) -> Result<bool, StoreError> {
    sql!(
        "UPDATE letter SET sent_at = $3
          WHERE movement_id = $1 AND sent_at IS NULL
            AND mail_id IN (SELECT id FROM mail
                             WHERE movement_id = $1 AND id = $2 AND state IN ('perhaps', 'dead'))"
    )
    .id(movement)
    .id(id)
    .int(now)
    .run(tx)?;
    let gone = sql!(
        "DELETE FROM mail WHERE movement_id = $1 AND id = $2 AND state IN ('perhaps', 'dead')"
    )
    .id(movement)
    .id(id)
    .run(tx)?;
    Ok(gone == 1)
}

/// Lets go of what waited for a steward for too long; its letters count as gone out.
pub fn forget_parked(
    tx: &mut Tx<'_>,
    movement: MovementId,
    before: Time,
) -> Result<(), StoreError> {
    sql!(
        "UPDATE letter SET sent_at = $2
          WHERE movement_id = $1 AND sent_at IS NULL
            AND mail_id IN (SELECT id FROM mail
                             WHERE movement_id = $1 AND state IN ('perhaps', 'dead')
                               AND made_at <= $2)"
    )
    .id(movement)
    .int(before)
    .run(tx)?;
    sql!(
        "DELETE FROM mail
          WHERE movement_id = $1 AND state IN ('perhaps', 'dead') AND made_at <= $2"
    )
    .id(movement)
    .int(before)
    .run(tx)
    .map(|_| ())
}
