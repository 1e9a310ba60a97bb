//! Backups: how often they are made, how long they stay, and when a missing one is worth a word.

use crate::time::Time;

/// Minutes between two backups that the program makes by itself.
pub const EVERY_MINUTES: i64 = 60;
/// Days for which a backup stays. What was erased is gone from all of them afterwards.
pub const KEPT_DAYS: i64 = 14;
/// So many stay, however old they are.
pub const AT_LEAST: usize = 24;
/// So many go at once, so that a clock that jumps cannot empty the shelf.
const AT_ONCE: usize = 2;
/// Minutes without a backup after which stewards are told.
const LATE_MINUTES: i64 = 26 * 60;
/// Minutes that a program may run before the very first backup is missed.
const FIRST_MINUTES: i64 = 60;

/// Which backups to let go of, oldest first.
///
/// What counts is how far from now a backup was made: one from the future was made while the clock
/// was wrong, and is neither the newest nor kept for ever.
pub fn over(made: &[Time], now: Time) -> Vec<Time> {
    let far = |time: Time| time.0.abs_diff(now.0);
    let mut by_distance = made.to_vec();
    by_distance.sort_by_key(|time| far(*time));
    let old = far(now.days(KEPT_DAYS));
    let over = by_distance.into_iter().skip(AT_LEAST);
    let mut over: Vec<Time> = over.filter(|time| far(*time) > old).collect();
    over.reverse();
    over.truncate(AT_ONCE);
    over
}

/// Whether a backup is missing: none for 26 hours, or none at all an hour after the program began.
pub fn is_late(last: Option<Time>, begun: Time, now: Time) -> bool {
    match last {
        Some(last) => last.0.abs_diff(now.0) > now.minutes(LATE_MINUTES).0.abs_diff(now.0),
        None => now > begun.minutes(FIRST_MINUTES),
    }
}

#[cfg(test)]
mod tests {
    use super::{AT_LEAST, KEPT_DAYS, is_late, over};
    use crate::time::Time;
    use proptest::prelude::*;

    const NOW: Time = Time(1_800_000_000_000_000);

    /// One backup an hour, the newest now.
    fn hourly(hours: i64) -> Vec<Time> {
        (0..hours).map(|n| NOW.minutes(-60 * n)).collect()
    }

    #[test]
    fn an_hourly_shelf_holds_fourteen_days() {
        let shelf = hourly(24 * KEPT_DAYS + 1);
        assert_eq!(over(&shelf, NOW), []);
        let next = over(&shelf, NOW.minutes(60));
        assert_eq!(next, [NOW.days(-KEPT_DAYS)]);
    }

    #[test]
    fn the_last_day_stays_after_a_long_pause() {
        assert_eq!(over(&hourly(24), NOW.days(400)), []);
        let one_more = over(&hourly(25), NOW.days(400));
        assert_eq!(one_more, [NOW.minutes(-60 * 24)]);
    }

    #[test]
    fn a_clock_that_jumps_ten_years_costs_two_old_ones_an_hour() {
        assert_eq!(over(&hourly(300), NOW.days(3650)).len(), 2);
        assert_eq!(over(&hourly(300), Time(0)).len(), 2);
    }

    #[test]
    fn a_backup_from_the_future_is_not_kept_for_ever() {
        let mut shelf = hourly(30);
        shelf.push(NOW.days(3650));
        assert_eq!(over(&shelf, NOW), [NOW.days(3650)]);
    }

    #[test]
    fn a_missing_backup_is_late_after_26_hours_and_a_first_one_after_one() {
        assert!(!is_late(Some(NOW), NOW, NOW.minutes(26 * 60)));
        assert!(is_late(Some(NOW), NOW, NOW.minutes(26 * 60 + 1)));
        assert!(is_late(Some(NOW.days(2)), NOW, NOW));
        assert!(!is_late(None, NOW, NOW.minutes(60)));
        assert!(is_late(None, NOW, NOW.minutes(61)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn whatever_the_clock_does_few_go_at_once_and_never_the_one_just_made(
            jumps in proptest::collection::vec((0usize..600, -5000i64..5000), 0..8),
        ) {
            let mut clock = NOW;
            let mut shelf: Vec<Time> = Vec::new();
            for hour in 0..600 {
                clock = clock.minutes(60);
                let days = jumps.iter().filter(|(at, _)| *at == hour).map(|(_, days)| days);
                clock = clock.days(days.sum());
                shelf.retain(|made| *made != clock);
                shelf.push(clock);
                let had = shelf.len();
                let gone = over(&shelf, clock);
                prop_assert!(gone.len() <= 2 && !gone.contains(&clock));
                shelf.retain(|made| !gone.contains(made));
                prop_assert!(shelf.len() >= AT_LEAST.min(had));
            }
        }
    }
}
