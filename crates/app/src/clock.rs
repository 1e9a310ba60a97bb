//! The time, and whether it may be believed: a clock that jumps must not let go of anything early.
//! Never: moves by itself in a test.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use mend_rules::time::Time;

/// How far the clock may go its own way between two looks.
const SLACK: i64 = 60;
/// For how long a clock that jumped is not believed.
const DOUBT: Duration = Duration::from_secs(24 * 60 * 60);

/// The time, which tests set by hand.
#[derive(Debug)]
pub struct Clock {
    set: AtomicI64,
    begun: Instant,
    seen: Mutex<Seen>,
}

impl Default for Clock {
    fn default() -> Self {
        Self {
            set: AtomicI64::new(0),
            begun: Instant::now(),
            seen: Mutex::new(Seen::new(Time::from(jiff::Timestamp::now()))),
        }
    }
}

impl Clock {
    pub fn now(&self) -> Time {
        match self.set.load(Ordering::Relaxed) {
            0 => Time::from(jiff::Timestamp::now()),
            set => Time(set),
        }
    }

    /// Whether what is over by this clock may be let go of.
    pub fn is_believed(&self) -> bool {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.look(self.now(), self.begun.elapsed())
    }

    /// Time passes until then.
    #[cfg(test)]
    pub fn set(&self, time: Time) {
        self.jump(time);
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Seen {
            passed: self.begun.elapsed(),
            ..Seen::new(time)
        };
    }

    /// Somebody sets the clock; no time passes.
    #[cfg(test)]
    pub fn jump(&self, time: Time) {
        self.set.store(time.0, Ordering::Relaxed);
    }
}

/// What the clock said at the last look, and how long the program had run by then.
#[derive(Debug)]
struct Seen {
    time: Time,
    passed: Duration,
    doubted_until: Duration,
}

impl Seen {
    fn new(time: Time) -> Self {
        Self {
            time,
            passed: Duration::ZERO,
            doubted_until: Duration::ZERO,
        }
    }

    /// Whether the clock is believed now. After a jump it is not, for a day that really passes.
    fn look(&mut self, now: Time, passed: Duration) -> bool {
        let since = passed.saturating_sub(self.passed).as_micros();
        let due = self
            .time
            .0
            .saturating_add(since.try_into().unwrap_or(i64::MAX));
        if due.abs_diff(now.0) > Time(0).minutes(SLACK).0.unsigned_abs() {
            self.doubted_until = passed + DOUBT;
            tracing::error!(
                "the clock of this machine jumped by more than an hour; nothing is let go of for a day"
            );
        }
        (self.time, self.passed) = (now, passed);
        passed >= self.doubted_until
    }
}

#[cfg(test)]
mod tests {
    use super::{DOUBT, Duration, Seen, Time};

    const BEGIN: Time = Time(1_800_000_000_000_000);

    fn hours(n: u64) -> Duration {
        Duration::from_secs(n * 3600)
    }

    #[test]
    fn a_clock_that_goes_as_time_passes_is_believed() {
        let mut seen = Seen::new(BEGIN);
        for hour in 1..1000 {
            let drifted = BEGIN.minutes(61 * hour);
            assert!(seen.look(drifted, hours(hour.unsigned_abs())), "{hour}");
        }
    }

    #[test]
    fn a_jump_is_doubted_for_a_day_and_then_believed() {
        for jump in [1, 10 * 365, -1, -50 * 365] {
            let mut seen = Seen::new(BEGIN);
            assert!(seen.look(BEGIN.minutes(60), hours(1)));
            let new = BEGIN.days(jump);
            assert!(!seen.look(new, hours(2)), "{jump}");
            assert!(!seen.look(new.minutes(60 * 23), hours(25)), "{jump}");
            assert!(seen.look(new.minutes(60 * 24), hours(2) + DOUBT), "{jump}");
        }
    }

    #[test]
    fn a_jump_there_and_back_is_doubted_from_the_way_back() {
        let mut seen = Seen::new(BEGIN);
        assert!(!seen.look(BEGIN.days(400), hours(0)));
        assert!(!seen.look(BEGIN.minutes(60), hours(1)));
        assert!(!seen.look(BEGIN.minutes(60 * 24), hours(24)));
        assert!(seen.look(BEGIN.minutes(60 * 25), hours(25)));
    }
}
