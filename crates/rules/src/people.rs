//! People as accounts of an instance: handles, how often one may try to sign in, how long a
//! session lasts; and whether somebody is grown up. Never: judges a password; there are none, only generated words and a code.

use crate::time::Time;

/// A chosen name to sign in with: 3 to 30 letters, digits, dots, dashes or underscores.
/// Capital letters make no difference.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Handle(String);

/// Why a handle cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandleTrouble {
    /// Fewer than 3 or more than 30 characters.
    Length,
    /// A character that is not a letter, a digit, a dot, a dash or an underscore.
    Character,
}

impl Handle {
    /// Reads a handle as somebody typed it.
    ///
    /// # Errors
    /// See [`HandleTrouble`].
    pub fn new(typed: &str) -> Result<Self, HandleTrouble> {
        let handle = typed.trim().to_lowercase();
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
        if !(3..=30).contains(&handle.chars().count()) {
            return Err(HandleTrouble::Length);
        }
        if !handle.chars().all(fits) {
            return Err(HandleTrouble::Character);
        }
        Ok(Self(handle))
    }

    /// The handle in small letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How many tries to sign in one place may make for one handle within [`TRY_MINUTES`].
pub const TRIES: usize = 10;
/// The minutes within which tries are counted.
pub const TRY_MINUTES: i64 = 15;

/// Whether one more try to sign in is welcome, after the earlier `tries` of the same handle from
/// the same place. If not, the minutes to wait. Tries from elsewhere never lock the owner out.
///
/// # Errors
/// The whole minutes to wait, at least 1.
pub fn may_try(tries: &[Time], now: Time) -> Result<(), i64> {
    let since = now.minutes(-TRY_MINUTES);
    let mut recent: Vec<Time> = tries.iter().copied().filter(|t| *t > since).collect();
    if recent.len() < TRIES {
        return Ok(());
    }
    recent.sort_unstable();
    let frees = recent[recent.len() - TRIES].minutes(TRY_MINUTES);
    Err(((frees.0 - now.0) / 60_000_000 + 1).max(1))
}

/// How long a session lasts from its beginning, in days. It is not prolonged by use, so nobody
/// can read from it when somebody was last here.
pub const SESSION_DAYS: i64 = 30;

/// Minutes for which a proof with words, code or passkey opens what asks for a fresh one.
pub const PROOF_MINUTES: i64 = 60;

/// Whether a proof made at `proved` is still fresh. A proof that lies ahead of `now`, because the
/// clock was set back, is not.
pub fn is_fresh(proved: Time, now: Time) -> bool {
    proved <= now && now < proved.minutes(PROOF_MINUTES)
}

/// Whether somebody is 18 or older, as they say. No birth date is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// 18 or older.
    Adult,
    /// Under 18.
    Minor,
}

impl Age {
    /// The age of somebody who is, or is not, among those who say that they are under 18.
    pub fn of(is_minor: bool) -> Self {
        match is_minor {
            true => Self::Minor,
            false => Self::Adult,
        }
    }
}

/// Days after which somebody under 18 is asked whether they still are.
pub const AGE_DAYS: i64 = 365;

/// Whether these people may sit together. Where anybody is under 18, two adults are there; so no
/// adult is ever alone with a minor, and no circle of minors is left to itself.
pub fn may_sit(ages: impl IntoIterator<Item = Age>) -> bool {
    let (mut adults, mut minors) = (0, 0);
    for age in ages {
        match age {
            Age::Adult => adults += 1,
            Age::Minor => minors += 1,
        }
    }
    minors == 0 || adults >= 2
}

/// Whether it is time to ask somebody who said then that they are under 18.
pub fn asks_age(said: Time, now: Time) -> bool {
    said.days(AGE_DAYS) <= now
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_adult_and_a_minor_are_never_alone() {
        use Age::{Adult, Minor};
        assert_eq!([false, true].map(Age::of), [Adult, Minor]);
        for adults in 0..4 {
            for minors in 0..4 {
                let ages = std::iter::repeat_n(Adult, adults);
                let ages = ages.chain(std::iter::repeat_n(Minor, minors));
                assert_eq!(may_sit(ages), minors == 0 || adults >= 2);
            }
        }
    }

    #[test]
    fn somebody_under_18_is_asked_once_a_year() {
        assert!(!asks_age(Time(0), Time(0).days(364)));
        assert!(asks_age(Time(0), Time(0).days(365)));
    }

    #[test]
    fn a_handle_is_folded_and_its_trouble_named() {
        assert_eq!(Handle::new("  Amara.O ").unwrap().as_str(), "amara.o");
        assert_eq!(Handle::new("ab"), Err(HandleTrouble::Length));
        assert_eq!(Handle::new(&"a".repeat(31)), Err(HandleTrouble::Length));
        assert_eq!(Handle::new("amara@home"), Err(HandleTrouble::Character));
        assert_eq!(Handle::new("Ýmir-2").unwrap().as_str(), "ýmir-2");
    }

    #[test]
    fn a_proof_is_fresh_for_an_hour_and_not_before_it_was_made() {
        let proved = Time(0).minutes(600);
        assert!(is_fresh(proved, proved) && is_fresh(proved, proved.minutes(59)));
        assert!(!is_fresh(proved, proved.minutes(60)));
        assert!(!is_fresh(proved, proved.minutes(-1)));
    }

    #[test]
    fn ten_tries_are_free_and_the_eleventh_waits_until_the_first_is_old() {
        let start = Time(0);
        let tries: Vec<Time> = (0..10).map(|m| start.minutes(m)).collect();
        assert_eq!(may_try(&tries[..9], start.minutes(9)), Ok(()));
        assert_eq!(may_try(&tries, start.minutes(10)), Err(6));
        assert_eq!(may_try(&tries, start.minutes(15)), Ok(()));
    }
}
