//! Stand-ins: somebody who comes to one meeting in the place of somebody who cannot.
//! Never: tells who would rather not; takes a silence for a yes.

use crate::id::PersonId;
use crate::people::{Age, may_sit};
use crate::time::Time;

/// Minutes before and after a meeting in which its stand-ins are let in.
pub const AROUND: i64 = 60;

/// How many questions of one person are open at once.
pub const MOST_OPEN: i64 = 3;
/// Days before a meeting from which on a stand-in can be asked for.
pub const AHEAD_DAYS: i64 = 90;

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

/// Whether those who would be there at one meeting may sit together, where these come for others:
/// everybody with a seat but those who cannot come, and those who come for them. Asked of people
/// who have all been said yes to.
pub fn may_meet(pairs: &[StandIn], seated: &[PersonId], age: impl Fn(PersonId) -> Age) -> bool {
    let stays = |id: &&PersonId| pairs.iter().all(|pair| pair.of != **id);
    let stay = seated.iter().filter(stays);
    may_sit(
        stay.chain(pairs.iter().map(|pair| &pair.who))
            .map(|id| age(*id)),
    )
}

/// Whether somebody may pass on the yes of those who have no account to say it with: whoever keeps
/// the meeting, or anybody else with a seat where nobody does or where it is the keeper who cannot
/// come. Never whoever asks.
pub fn may_pass_on(
    by: PersonId,
    pair: StandIn,
    keeper: Option<PersonId>,
    seated: &[PersonId],
) -> bool {
    let keeper = keeper.filter(|id| *id != pair.of && seated.contains(id));
    by != pair.of && seated.contains(&by) && keeper.is_none_or(|id| id == by)
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
    fn nobody_under_18_is_left_with_one_adult_by_those_who_come_and_those_who_do_not() {
        let minors = [id(8), id(9)];
        let age = |who| match minors.contains(&who) {
            true => Age::Minor,
            false => Age::Adult,
        };
        let pair = |of, who| StandIn {
            of: id(of),
            who: id(who),
        };
        let seated = [id(1), id(2), id(3)];
        assert!(may_meet(&[pair(1, 9)], &seated, age));
        assert!(!may_meet(&[pair(1, 9)], &seated[..2], age));
        assert!(!may_meet(&[pair(1, 9), pair(2, 8)], &seated, age));
        assert!(may_meet(&[pair(1, 9), pair(2, 5)], &seated, age));
        assert!(may_meet(&[pair(1, 5)], &seated[..2], age));
    }

    #[test]
    fn the_keeper_passes_a_yes_on_and_never_whoever_asks() {
        let seated = [id(1), id(2), id(3)];
        let may = |by, keeper| may_pass_on(id(by), PAIR, keeper, &seated);
        assert_eq!(
            [1, 2, 3, 9].map(|by| may(by, Some(id(2)))),
            [false, true, false, false]
        );
        for keeper in [None, Some(id(1)), Some(id(7))] {
            assert_eq!(
                [1, 2, 3, 9].map(|by| may(by, keeper)),
                [false, true, true, false]
            );
        }
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
