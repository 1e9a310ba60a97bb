//! Keeping: who hosts which meeting of a circle, fairly, and who is asked next.
//! Never: counts what somebody declined.

use jiff::civil::Date;

use crate::id::PersonId;
use crate::people::Age;

/// Somebody with a seat, and what counts for keeping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hand {
    /// Who.
    pub id: PersonId,
    /// Whether they are willing to keep.
    pub keeps: bool,
    /// Whether they are in their first ninety days: newcomers are not asked yet.
    pub newcomer: bool,
    /// When they kept, or will keep, for the last time.
    pub kept: Option<Date>,
}

/// Whether somebody of this age may keep a circle, or keep beside somebody: keepers are adults.
pub fn may_keep(age: Age) -> bool {
    age == Age::Adult
}

/// Who keeps one meeting, and with whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keeping {
    /// The keeper, if anybody is willing.
    pub keeper: Option<PersonId>,
    /// A second one, in circles of [`TWO_FROM`] people or more. They keep the meeting after it.
    pub second: Option<PersonId>,
}

/// From so many people on, two keep a circle.
pub const TWO_FROM: usize = 8;

/// In which order people are asked: whoever never kept comes first, then whoever kept longest ago;
/// of several, whoever sits in the circle longest. The unwilling and newcomers are left out.
fn order(hands: &[Hand]) -> Vec<PersonId> {
    let mut order: Vec<&Hand> = hands
        .iter()
        .filter(|hand| hand.keeps && !hand.newcomer)
        .collect();
    order.sort_by_key(|hand| hand.kept);
    order.into_iter().map(|hand| hand.id).collect()
}

/// Who keeps so many meetings, one after the other. `hands` come in the order of their seats.
pub fn rota(hands: &[Hand], meetings: usize) -> Vec<Keeping> {
    let order = order(hands);
    let at = |n: usize| (!order.is_empty()).then(|| order[n % order.len()]);
    let two = hands.len() >= TWO_FROM && order.len() > 1;
    let one = |n| Keeping {
        keeper: at(n),
        second: at(n + 1).filter(|_| two),
    };
    (0..meetings).map(one).collect()
}

/// Who is asked next when somebody would rather not keep a meeting: whoever comes after them in
/// the order, and at its end nobody, so that a meeting goes around once and no list of who
/// declined is needed.
pub fn next_after(hands: &[Hand], who: PersonId) -> Option<PersonId> {
    let order = order(hands);
    let at = order.iter().position(|id| *id == who)?;
    order.get(at + 1).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn hand(n: u8, kept: Option<Date>) -> Hand {
        Hand {
            id: PersonId([n; 16]),
            keeps: true,
            newcomer: false,
            kept,
        }
    }

    fn keepers(hands: &[Hand], meetings: usize) -> Vec<u8> {
        let all = rota(hands, meetings);
        all.iter()
            .filter_map(|one| one.keeper)
            .map(|id| id.0[0])
            .collect()
    }

    #[test]
    fn whoever_kept_longest_ago_comes_first_and_the_unwilling_and_newcomers_are_left_out() {
        let (may, june) = (Some(date(2027, 5, 4)), Some(date(2027, 6, 1)));
        let mut hands = [
            hand(1, june),
            hand(2, may),
            hand(3, None),
            hand(4, None),
            hand(5, None),
        ];
        hands[3].newcomer = true;
        hands[4].keeps = false;
        assert_eq!(keepers(&hands, 4), [3, 2, 1, 3]);
        assert_eq!(
            rota(&hands[3..], 2),
            [Keeping {
                keeper: None,
                second: None
            }; 2]
        );
    }

    #[test]
    fn keepers_are_adults() {
        assert_eq!([Age::Adult, Age::Minor].map(may_keep), [true, false]);
    }

    #[test]
    fn two_keep_from_eight_people_on_and_the_second_keeps_the_next_meeting() {
        let hands: Vec<Hand> = (1..=8).map(|n| hand(n, None)).collect();
        let plan = rota(&hands, 3);
        assert!(plan.windows(2).all(|two| two[0].second == two[1].keeper));
        assert!(rota(&hands[..7], 3).iter().all(|one| one.second.is_none()));
    }

    #[test]
    fn a_declined_meeting_goes_around_once_and_then_waits_for_anybody() {
        let hands = [hand(1, None), hand(2, None), hand(3, None)];
        let next = |n: u8| next_after(&hands, PersonId([n; 16])).map(|id| id.0[0]);
        assert_eq!(
            [next(1), next(2), next(3), next(9)],
            [Some(2), Some(3), None, None]
        );
    }

    proptest! {
        #[test]
        fn nobody_keeps_twice_before_everybody_willing_has_kept(
            willing in proptest::collection::vec(any::<bool>(), 1..15),
            meetings in 1..40_usize,
        ) {
            let hands: Vec<Hand> = (0..)
                .zip(&willing)
                .map(|(n, keeps)| Hand { keeps: *keeps, ..hand(n, None) })
                .collect();
            let kept = keepers(&hands, meetings);
            let count = |id: u8| kept.iter().filter(|one| **one == id).count();
            let counts: Vec<usize> = hands.iter().filter(|h| h.keeps).map(|h| count(h.id.0[0])).collect();
            if let (Some(most), Some(least)) = (counts.iter().max(), counts.iter().min()) {
                prop_assert!(most - least <= 1);
            }
            prop_assert!(hands.iter().filter(|h| !h.keeps).all(|h| count(h.id.0[0]) == 0));
        }
    }
}
