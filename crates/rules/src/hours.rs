//! The hours of a week that somebody has free, on their own clock. Empty means unknown, not never.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// 168 bits: bit `24 * day + hour`, Monday is day 0. On whose clock is said where it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Hours(pub [u64; 3]);

/// Hours in a week.
pub const WEEK: usize = 168;

impl Hours {
    /// Marks one hour as free. `at` counts from Monday 0:00 and wraps around the week.
    pub fn set(&mut self, at: usize) {
        let at = at % WEEK;
        self.0[at / 64] |= 1 << (at % 64);
    }

    /// Whether an hour is free. `at` counts from Monday 0:00 and wraps around the week.
    pub fn has(&self, at: usize) -> bool {
        let at = at % WEEK;
        self.0[at / 64] >> (at % 64) & 1 == 1
    }

    /// Whether nothing was marked: then nothing is known.
    pub fn is_unknown(&self) -> bool {
        self.0 == [0; 3]
    }

    /// How many hours are free.
    pub fn count(&self) -> u32 {
        self.0.iter().map(|part| part.count_ones()).sum()
    }

    /// The hours that both have.
    pub fn and(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] & other.0[i]))
    }

    /// The free hours in order, each counted from Monday 0:00.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        (0..WEEK).filter(|at| self.has(*at))
    }

    /// 21 bytes for the store.
    pub fn to_bytes(self) -> Vec<u8> {
        self.0
            .iter()
            .flat_map(|part| part.to_le_bytes())
            .take(21)
            .collect()
    }

    /// Reads what [`Hours::to_bytes`] wrote; missing bytes are empty.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let mut hours = Self::default();
        for at in 0..WEEK.min(bytes.len() * 8) {
            if bytes[at / 8] >> (at % 8) & 1 == 1 {
                hours.set(at);
            }
        }
        hours
    }

    /// The same hours on another clock, with the offsets that both have at `when`. Where these
    /// differ by less than a whole hour, an hour counts as free only if all of it is.
    pub fn on_clock(&self, own: &TimeZone, other: &TimeZone, when: Timestamp) -> Self {
        let seconds = other.to_offset(when).seconds() - own.to_offset(when).seconds();
        let down = self.rolled(seconds.div_euclid(3600));
        if seconds.rem_euclid(3600) == 0 {
            return down;
        }
        down.and(&self.rolled(seconds.div_euclid(3600) + 1))
    }

    fn rolled(&self, hours: i32) -> Self {
        let by = usize::try_from(hours.rem_euclid(WEEK as i32)).unwrap_or(0);
        let mut rolled = Self::default();
        self.iter().for_each(|at| rolled.set(at + by));
        rolled
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn hours(list: &[usize]) -> Hours {
        let mut hours = Hours::default();
        list.iter().for_each(|at| hours.set(*at));
        hours
    }

    #[test]
    fn a_week_wraps_around_when_it_changes_clocks() {
        let when: Timestamp = "2026-07-01T00:00:00Z".parse().unwrap();
        let lisbon = TimeZone::get("Europe/Lisbon").unwrap();
        let utc = TimeZone::UTC;
        assert_eq!(
            hours(&[0, 19]).on_clock(&lisbon, &utc, when),
            hours(&[167, 18])
        );
        assert_eq!(
            hours(&[167, 18]).on_clock(&utc, &lisbon, when),
            hours(&[0, 19])
        );
    }

    #[test]
    fn a_half_hour_zone_keeps_only_whole_free_hours() {
        let when: Timestamp = "2026-07-01T00:00:00Z".parse().unwrap();
        let kolkata = TimeZone::get("Asia/Kolkata").unwrap();
        let utc = TimeZone::UTC;
        assert_eq!(hours(&[20]).on_clock(&kolkata, &utc, when), hours(&[]));
        assert_eq!(
            hours(&[19, 20]).on_clock(&kolkata, &utc, when),
            hours(&[14])
        );
        assert_eq!(
            hours(&[20]).on_clock(&kolkata, &kolkata, when),
            hours(&[20])
        );
    }

    #[test]
    fn bytes_read_back() {
        let some = hours(&[0, 63, 64, 127, 128, 167]);
        assert_eq!(Hours::from_bytes(&some.to_bytes()), some);
        assert_eq!(some.to_bytes().len(), 21);
        assert!(Hours::from_bytes(&[]).is_unknown());
    }
}
