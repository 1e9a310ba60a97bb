//! Bringing in a list by command: the same pieces as in the browser, without a list that waits.

use std::sync::Arc;

use mend_rules::id::MovementId;
use mend_rules::roster::{Plan, Roster, What};
use mend_rules::time::Time;
use mend_seal::ColumnKey;
use mend_store::{Scope, Store, StoreError};

use super::{carry, compare, work::PIECE};

/// A list that is being brought in.
pub struct Bringing {
    pub store: Store,
    pub key: Arc<ColumnKey>,
    pub movement: MovementId,
    pub roster: Roster,
}

impl Bringing {
    /// What it would change, against who is here now.
    pub fn plan(&self) -> Result<Plan, StoreError> {
        let scope = Scope::Movement(self.movement.0);
        self.store.read_now(scope, |tx| {
            compare::compare(tx, &self.key, self.movement, self.roster.clone())
        })
    }

    /// Writes what a plan changes, and says after each piece how far it is. Killed in between, the
    /// same command does the rest.
    pub fn bring_in(
        &self,
        plan: Plan,
        now: Time,
        told: impl Fn(usize, usize),
    ) -> Result<(), StoreError> {
        let mut outcomes = plan.outcomes;
        outcomes.retain(|outcome| !matches!(outcome.what, What::Unchanged(_)));
        let outcomes = Arc::new(outcomes);
        for from in (0..outcomes.len()).step_by(PIECE) {
            let (all, key, movement) = (outcomes.clone(), self.key.clone(), self.movement);
            let to = (from + PIECE).min(all.len());
            self.store
                .write_now(Scope::Movement(movement.0), move |tx| {
                    carry::carry_out(tx, &key, movement, &all[from..to], now)
                })?;
            told(to, outcomes.len());
        }
        Ok(())
    }
}
