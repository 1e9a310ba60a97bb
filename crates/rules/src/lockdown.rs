//! Lockdown: closing a movement for a while, because a phone was taken or somebody came in who
//! should not have. One steward can close; only two can open early or keep it closed for longer.
//! Never: depends on one reading of a clock; asks why.

use crate::id::PersonId;
use crate::time::Time;

/// Minutes for which one person can close a movement.
pub const ALONE_MINUTES: i64 = 24 * 60;
/// Minutes, from the beginning, for which two people can.
pub const CONFIRMED_MINUTES: i64 = 7 * 24 * 60;
/// Days within which the same person does not close it again.
pub const AGAIN_DAYS: i64 = 7;
/// The most minutes that pass between two counts. A clock that jumps ahead takes no more than
/// this off the rest, and one that is set back takes nothing; a machine that stands still for
/// longer holds the lock by so much longer.
pub const STEP_MINUTES: i64 = 60;

/// A movement that is or was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lock {
    /// Who closed it; nobody of the movement when the host did, or when they erased themselves.
    pub by: Option<PersonId>,
    /// When it was closed.
    pub begun: Time,
    /// When the rest was counted for the last time.
    pub counted: Time,
    /// What had still to pass then, in microseconds; nothing when it is open again.
    pub rest: i64,
    /// Whether a second person keeps it closed for longer.
    pub confirmed: bool,
    /// Who asked first to open it early, as long as they may.
    pub opening: Option<PersonId>,
}

/// Why somebody cannot do this to a lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockTrouble {
    /// It is closed already.
    Closed,
    /// It is open.
    Open,
    /// They closed it within the last week, so now it is up to somebody else.
    Again,
    /// They closed it themselves; keeping it closed for longer takes a second person.
    Own,
    /// A second person keeps it closed already.
    Confirmed,
}

impl Lock {
    /// Closes a movement, after an earlier time if there was one.
    ///
    /// # Errors
    /// It is closed, or the same person closed it within [`AGAIN_DAYS`].
    pub fn begin(
        earlier: Option<&Self>,
        who: Option<PersonId>,
        now: Time,
    ) -> Result<Self, LockTrouble> {
        if let Some(lock) = earlier {
            if lock.holds(now) {
                return Err(LockTrouble::Closed);
            }
            let again = lock.begun <= now && now < lock.begun.days(AGAIN_DAYS);
            if again && who.is_some() && lock.by == who {
                return Err(LockTrouble::Again);
            }
        }
        Ok(Self {
            by: who,
            begun: now,
            counted: now,
            rest: Time(0).minutes(ALONE_MINUTES).0,
            confirmed: false,
            opening: None,
        })
    }

    /// Closes a movement by the host, for as long as two people could.
    pub fn by_host(now: Time) -> Self {
        Self {
            by: None,
            begun: now,
            counted: now,
            rest: Time(0).minutes(CONFIRMED_MINUTES).0,
            confirmed: true,
            opening: None,
        }
    }

    /// Whether the movement is closed now.
    pub fn holds(&self, now: Time) -> bool {
        self.rest_at(now) > 0
    }

    /// The same lock with its rest counted. To be done more often than every [`STEP_MINUTES`].
    #[must_use]
    pub fn count(self, now: Time) -> Self {
        Self {
            rest: self.rest_at(now),
            counted: now,
            ..self
        }
    }

    /// The hours that it still holds, rounded up.
    pub fn hours(&self, now: Time) -> i64 {
        let hour = Time(0).minutes(60).0;
        (self.rest_at(now) + hour - 1) / hour
    }

    fn rest_at(&self, now: Time) -> i64 {
        let most = Time(0).minutes(STEP_MINUTES).0;
        let passed = now.0.saturating_sub(self.counted.0).clamp(0, most);
        (self.rest - passed).max(0)
    }

    /// Keeps it closed for [`CONFIRMED_MINUTES`] from its beginning. Whoever asked to open it
    /// early has to ask again.
    ///
    /// # Errors
    /// It is open, it is confirmed, or it was closed by the same person.
    pub fn confirm(self, who: PersonId, now: Time) -> Result<Self, LockTrouble> {
        if !self.holds(now) {
            return Err(LockTrouble::Open);
        }
        if self.confirmed {
            return Err(LockTrouble::Confirmed);
        }
        if self.by == Some(who) {
            return Err(LockTrouble::Own);
        }
        let more = Time(0).minutes(CONFIRMED_MINUTES - ALONE_MINUTES).0;
        let counted = self.count(now);
        Ok(Self {
            rest: counted.rest + more,
            confirmed: true,
            opening: None,
            ..counted
        })
    }

    /// Somebody says that it should open early. The first who says so waits for a second.
    ///
    /// # Errors
    /// It is open.
    pub fn open(self, who: PersonId, now: Time) -> Result<Self, LockTrouble> {
        if !self.holds(now) {
            return Err(LockTrouble::Open);
        }
        let counted = self.count(now);
        Ok(match self.opening {
            Some(first) if first != who => Self {
                rest: 0,
                opening: None,
                ..counted
            },
            _ => Self {
                opening: Some(who),
                ..counted
            },
        })
    }

    /// Opened by the host, who needs nobody else.
    #[must_use]
    pub fn opened(self, now: Time) -> Self {
        Self {
            rest: 0,
            counted: now,
            opening: None,
            ..self
        }
    }
}

#[cfg(test)]
mod tests;
