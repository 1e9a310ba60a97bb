//! Stand-ins: somebody who comes to one meeting in the place of somebody who cannot.
//! Never: tells who would rather not; takes a silence for a yes.

use crate::id::PersonId;
use crate::time::Time;

/// Minutes before and after a meeting in which its stand-ins are let in.
pub const AROUND: i64 = 60;

/// One who would come, and for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandIn {
    /// Who cannot come.
    pub of: PersonId,
    /// Who would come instead.
    pub who: PersonId,
}

/// Everybody who has to say yes: the one who would come, and all who have a seat but the one who
/// cannot come.
pub fn asked(pair: StandIn, seated: &[PersonId]) -> Vec<PersonId> {
    let others = seated.iter().filter(|id| ![pair.of, pair.who].contains(id));
    [pair.who].into_iter().chain(others.copied()).collect()
}

/// Whether it is agreed: whoever cannot come still has a seat, and everybody who was asked has said
/// yes. Somebody who took a seat meanwhile is asked too.
pub fn is_agreed(pair: StandIn, seated: &[PersonId], yes: &[PersonId]) -> bool {
    seated.contains(&pair.of) && asked(pair, seated).iter().all(|id| yes.contains(id))
}

/// Whether a stand-in is let in now to a meeting that begins then and takes so many minutes.
pub fn lets_in(begins: Time, minutes: i64, now: Time) -> bool {
    begins.minutes(-AROUND) <= now && now < begins.minutes(minutes + AROUND)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(n: u8) -> PersonId {
        PersonId([n; 16])
    }

    const PAIR: StandIn = StandIn {
        of: PersonId([1; 16]),
        who: PersonId([9; 16]),
    };

    proptest! {
        #[test]
        fn it_is_agreed_by_everybody_or_not_at_all(seats in 1u8..8, said in 0u16..1024) {
            let seated: Vec<_> = (1..=seats).map(id).collect();
            let yes: Vec<_> = (0..10).filter(|n| said >> n & 1 == 1).map(id).collect();
            let wanted = (2..=seats).chain([9]).all(|n| yes.contains(&id(n)));
            prop_assert_eq!(is_agreed(PAIR, &seated, &yes), wanted);
        }
    }

    #[test]
    fn whoever_takes_a_seat_meanwhile_is_asked_too_and_a_seat_given_back_ends_it() {
        let (before, yes) = ([id(1), id(2)], [id(2), id(9)]);
        assert!(is_agreed(PAIR, &before, &yes));
        assert!(!is_agreed(PAIR, &[id(1), id(2), id(3)], &yes));
        assert!(!is_agreed(PAIR, &[id(2)], &yes));
    }

    #[test]
    fn a_stand_in_is_let_in_around_the_meeting_alone() {
        let begins = Time(0).days(1);
        let at = |minutes| lets_in(begins, 60, begins.minutes(minutes));
        assert_eq!(
            [-61, -60, 0, 119, 120].map(at),
            [false, true, true, true, false]
        );
    }
}
