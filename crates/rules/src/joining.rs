//! The joining link and those who ask for a place by it: two stewards look at each.
//! Never: keeps a reason; lets one person let somebody in.

use crate::id::PersonId;
use crate::time::Time;

/// Days for which a joining link is good, from when it was made or renewed.
pub const LINK_DAYS: i64 = 14;
/// Days after which somebody who asked is not asked about any more.
pub const ASKING_DAYS: i64 = 30;
/// Days after a "not now" until the same person may ask again.
pub const AGAIN_DAYS: i64 = 7;
/// So many people may wait at once; a flood of made-up names ends here.
pub const WAITING: usize = 60;
/// So many accounts may be made by the link from one place within an hour.
pub const PLACE_TRIES: usize = 40;
/// The longest answer to "who do you know here?", in characters.
pub const KNOWS_LENGTH: usize = 200;

/// What a steward's yes does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Yes {
    /// It is the first; another steward has to look too.
    First,
    /// It is the second of another steward, so they come in.
    In,
}

/// What another yes does, after the `first` of somebody who still serves. `None` when it is the
/// same steward once more, which changes nothing.
pub fn yes(first: Option<PersonId>, who: PersonId) -> Option<Yes> {
    match first {
        None => Some(Yes::First),
        Some(first) if first == who => None,
        Some(_) => Some(Yes::In),
    }
}

/// Why somebody cannot ask for a place now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskTrouble {
    /// They ask already.
    Waits,
    /// They were told "not now" less than a week ago.
    Soon,
    /// Too many people wait.
    Many,
}

/// What somebody asked before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// They wait.
    Waits,
    /// They were told "not now" then.
    NotNow(Time),
}

/// Whether somebody may ask, when so many `wait`.
///
/// # Errors
/// See [`AskTrouble`].
pub fn may_ask(before: Option<Before>, wait: usize, now: Time) -> Result<(), AskTrouble> {
    match before {
        Some(Before::Waits) => Err(AskTrouble::Waits),
        Some(Before::NotNow(then)) if then <= now && now < then.days(AGAIN_DAYS) => {
            Err(AskTrouble::Soon)
        }
        _ if wait >= WAITING => Err(AskTrouble::Many),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_steward_twice_lets_nobody_in() {
        let (one, other) = (PersonId([1; 16]), PersonId([2; 16]));
        assert_eq!(yes(None, one), Some(Yes::First));
        assert_eq!(yes(Some(one), one), None);
        assert_eq!(yes(Some(one), other), Some(Yes::In));
    }

    #[test]
    fn a_not_now_is_for_a_week_and_a_flood_ends_at_the_brim() {
        let now = Time(0).days(100);
        assert_eq!(may_ask(None, WAITING - 1, now), Ok(()));
        assert_eq!(may_ask(None, WAITING, now), Err(AskTrouble::Many));
        assert_eq!(may_ask(Some(Before::Waits), 1, now), Err(AskTrouble::Waits));
        let said = |days: i64| may_ask(Some(Before::NotNow(now.days(-days))), 0, now);
        assert_eq!(said(6), Err(AskTrouble::Soon));
        assert_eq!((said(7), said(-1)), (Ok(()), Ok(())));
    }
}
