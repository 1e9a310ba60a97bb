//! What a lockdown promises.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

const START: Time = Time(1_800_000_000_000_000);

fn who(n: u8) -> PersonId {
    PersonId([n; 16])
}

fn begun() -> Lock {
    Lock::begin(None, Some(who(1)), START).unwrap()
}

/// Time passes, and the rest is counted every ten minutes as a running Mend does.
fn later(mut lock: Lock, from: Time, minutes: i64) -> Lock {
    for passed in 1..=minutes / 10 {
        lock = lock.count(from.minutes(passed * 10));
    }
    lock.count(from.minutes(minutes))
}

#[test]
fn one_person_closes_for_a_day_and_it_opens_by_itself() {
    let lock = begun();
    let end = START.minutes(ALONE_MINUTES);
    let lock = later(lock, START, ALONE_MINUTES - 1);
    assert!(lock.holds(end.minutes(-1)));
    assert_eq!(lock.hours(end.minutes(-1)), 1);
    assert!(!lock.holds(end));
}

#[test]
fn a_second_person_keeps_it_closed_for_seven_days_from_the_beginning() {
    let lock = later(begun(), START, 600);
    let then = START.minutes(600);
    assert_eq!(lock.confirm(who(1), then), Err(LockTrouble::Own));
    let lock = lock.confirm(who(2), then).unwrap();
    assert_eq!(lock.confirm(who(3), then), Err(LockTrouble::Confirmed));
    let end = START.minutes(CONFIRMED_MINUTES);
    let lock = later(lock, then, CONFIRMED_MINUTES - 600 - 1);
    assert!(lock.holds(end.minutes(-1)) && !lock.holds(end));
}

#[test]
fn two_people_open_early_and_one_who_asks_twice_does_not() {
    let lock = begun().open(who(1), START).unwrap();
    let lock = lock.open(who(1), START).unwrap();
    assert!(lock.holds(START));
    assert!(!lock.open(who(2), START).unwrap().holds(START));
    let other = begun().open(who(2), START).unwrap();
    assert!(!other.open(who(3), START).unwrap().holds(START));
}

#[test]
fn whoever_closed_it_does_not_close_it_again_within_a_week() {
    let open = begun().opened(START);
    let soon = START.days(AGAIN_DAYS).minutes(-1);
    let again = |who, now| Lock::begin(Some(&open), who, now).map(|lock| lock.by);
    assert_eq!(again(Some(who(1)), soon), Err(LockTrouble::Again));
    assert_eq!(again(Some(who(2)), soon), Ok(Some(who(2))));
    assert_eq!(
        again(Some(who(1)), START.days(AGAIN_DAYS)),
        Ok(Some(who(1)))
    );
    assert_eq!(
        Lock::begin(Some(&begun()), Some(who(2)), START),
        Err(LockTrouble::Closed)
    );
}

#[test]
fn a_clock_that_jumps_takes_an_hour_at_most_and_adds_nothing() {
    let ahead = START.days(4000);
    let lock = begun().count(ahead);
    assert_eq!(lock.hours(ahead), 23);
    let back = START.days(-4000);
    assert_eq!(lock.count(back).hours(back), 23);
    assert!(!later(lock.count(back), back, 23 * 60).holds(back.minutes(23 * 60)));
}

#[test]
fn what_the_host_closes_only_the_host_or_two_people_open() {
    let lock = Lock::by_host(START);
    assert_eq!(lock.hours(START), 7 * 24);
    assert!(lock.open(who(1), START).unwrap().holds(START));
    assert!(!lock.opened(START).holds(START));
}

#[derive(Debug, Clone)]
enum Step {
    Close(u8),
    Confirm(u8),
    Open(u8),
    Pass(i64),
    /// The clock is set while no time passes.
    Jump(i64),
}

fn step(people: u8) -> impl Strategy<Value = Step> {
    prop_oneof![
        (1..=people).prop_map(Step::Close),
        (1..=people).prop_map(Step::Confirm),
        (1..=people).prop_map(Step::Open),
        (1..2000i64).prop_map(Step::Pass),
        (1..2000i64).prop_map(Step::Pass),
        (-3000..3000i64).prop_map(Step::Jump),
    ]
}

/// What really happened, beside what the lock knows.
#[derive(Default)]
struct World {
    lock: Option<Lock>,
    clock: i64,
    jumps: i64,
    closed_for: i64,
    closers: BTreeSet<u8>,
    openers: BTreeSet<u8>,
    confirmed: bool,
}

impl World {
    fn now(&self) -> Time {
        START.minutes(self.clock)
    }

    fn is_closed(&self) -> bool {
        self.lock.is_some_and(|lock| lock.holds(self.now()))
    }

    fn act(&mut self, step: &Step) {
        let now = self.now();
        match *step {
            Step::Close(n) => {
                if let Ok(lock) = Lock::begin(self.lock.as_ref(), Some(who(n)), now) {
                    *self = Self {
                        lock: Some(lock),
                        clock: self.clock,
                        closers: BTreeSet::from([n]),
                        ..Self::default()
                    };
                }
            }
            Step::Confirm(n) => {
                if let Some(lock) = self.lock.and_then(|lock| lock.confirm(who(n), now).ok()) {
                    assert!(!self.closers.contains(&n), "{n} confirmed their own lock");
                    self.lock = Some(lock);
                    self.confirmed = true;
                    self.openers.clear();
                }
            }
            Step::Open(n) => {
                if let Some(lock) = self.lock.and_then(|lock| lock.open(who(n), now).ok()) {
                    self.openers.insert(n);
                    assert_eq!(lock.holds(now), self.openers.len() < 2, "opened early");
                    self.lock = Some(lock);
                }
            }
            Step::Pass(minutes) => (0..minutes).step_by(10).for_each(|_| self.pass(10)),
            Step::Jump(minutes) => {
                self.clock += minutes;
                self.jumps += 1;
                self.lock = self.lock.map(|lock| lock.count(self.now()));
            }
        }
    }

    fn pass(&mut self, minutes: i64) {
        let was = self.is_closed();
        self.clock += minutes;
        self.lock = self.lock.map(|lock| lock.count(self.now()));
        if !was {
            return;
        }
        self.closed_for += minutes;
        let end = match self.confirmed {
            true => CONFIRMED_MINUTES,
            false => ALONE_MINUTES,
        };
        if self.is_closed() {
            assert!(self.closed_for < end, "closed beyond its end");
        } else {
            let jumped = self.jumps * STEP_MINUTES;
            assert!(self.closed_for >= end - jumped, "open before its end");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// Whatever two or three stewards and a clock do: nobody opens early alone, and nobody holds it
    /// beyond its end alone.
    #[test]
    fn no_single_person_opens_early_or_holds_beyond_the_end(
        (steps, people) in (2..=3u8).prop_flat_map(|people| {
            (proptest::collection::vec(step(people), 1..25), Just(people))
        })
    ) {
        let _ = people;
        let mut world = World::default();
        for step in &steps {
            world.act(step);
        }
    }
}
