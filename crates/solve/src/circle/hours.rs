//! Hours of a week and languages as bit sets, and how well several of them agree.
//! Never: knows a time zone or a date; the caller decides which hour is hour 0.
//! See: `cost` for what disagreement costs.

/// Which of the 168 hours of a week someone is free, as a set of numbers `0..168`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Hours([u64; 3]);

impl Hours {
    /// How many hours a week has.
    pub const WEEK: u32 = 168;

    /// The hours whose bits are set: hour `h` is bit `h % 64` of word `h / 64`. Bits from 168 on
    /// are left out.
    pub fn new(bits: [u64; 3]) -> Hours {
        Hours([bits[0], bits[1], bits[2] & ((1 << 40) - 1)])
    }

    /// These hours and `hour` as well; an hour of 168 or more changes nothing.
    #[must_use]
    pub fn with(mut self, hour: u32) -> Hours {
        if hour < Hours::WEEK {
            self.0[(hour / 64) as usize] |= 1 << (hour % 64);
        }
        self
    }

    /// Whether `hour` is among them.
    pub fn has(self, hour: u32) -> bool {
        hour < Hours::WEEK && self.0[(hour / 64) as usize] >> (hour % 64) & 1 == 1
    }

    /// The hours in both.
    #[must_use]
    pub fn and(self, other: Hours) -> Hours {
        Hours([
            self.0[0] & other.0[0],
            self.0[1] & other.0[1],
            self.0[2] & other.0[2],
        ])
    }

    /// How many hours there are, 0 to 168.
    pub fn count(self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// The words as in [`Hours::new`].
    pub fn bits(self) -> [u64; 3] {
        self.0
    }
}

/// How well several sets agree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Agreement {
    /// How many sets there were.
    pub sets: u64,
    /// How many elements all of them share.
    pub common: u64,
    /// How many sets lack even the most widely shared element; 0 when `common > 0`.
    pub short: u64,
}

/// The agreement of `sets`; the fullest element is only counted when none is common to all.
pub(super) fn agreement<const W: usize>(sets: impl Iterator<Item = [u64; W]> + Clone) -> Agreement {
    let mut all = [u64::MAX; W];
    let mut count = 0;
    for set in sets.clone() {
        count += 1;
        for word in 0..W {
            all[word] &= set[word];
        }
    }
    let common = all.iter().map(|word| u64::from(word.count_ones())).sum();
    let short = if count == 0 || common > 0 {
        0
    } else {
        count - fullest(sets)
    };
    Agreement {
        sets: count,
        common,
        short,
    }
}

/// In how many of `sets` the most frequent element is: counters of all elements at once, one
/// bit plane per binary digit ("vertical counters", Knuth, TAOCP vol. 4A, section 7.1.3).
fn fullest<const W: usize>(sets: impl Iterator<Item = [u64; W]>) -> u64 {
    let mut planes: Vec<[u64; W]> = Vec::new();
    for mut carry in sets {
        for plane in &mut planes {
            for word in 0..W {
                (plane[word], carry[word]) = (plane[word] ^ carry[word], plane[word] & carry[word]);
            }
        }
        if carry != [0; W] {
            planes.push(carry);
        }
    }
    let mut leading = [u64::MAX; W];
    let mut most = 0;
    for plane in planes.iter().rev() {
        let narrowed: [u64; W] = std::array::from_fn(|word| leading[word] & plane[word]);
        most *= 2;
        if narrowed != [0; W] {
            leading = narrowed;
            most += 1;
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_outside_the_week_are_left_out() {
        assert_eq!(Hours::new([u64::MAX; 3]).count(), 168);
        assert_eq!(Hours::default().with(168).with(4000), Hours::default());
        let some = Hours::default().with(0).with(64).with(167);
        assert_eq!(some.count(), 3);
        assert!(some.has(167) && !some.has(166) && !some.has(168));
        assert_eq!(Hours::new(some.bits()), some);
        assert_eq!(some.and(Hours::default().with(64).with(65)).count(), 1);
    }

    #[test]
    fn agreement_counts_those_who_lack_the_fullest_element() {
        let check = |sets: &[u64], sets_of, common, short| {
            let found = agreement(sets.iter().map(|&set| [set]));
            assert_eq!(
                found,
                Agreement {
                    sets: sets_of,
                    common,
                    short
                },
                "{sets:?}"
            );
        };
        check(&[0b111, 0b110, 0b011], 3, 1, 0);
        check(&[0b001, 0b010, 0b100], 3, 0, 2);
        check(&[0b011, 0b010, 0b110, 0b100], 4, 0, 1);
        check(&[0, 0], 2, 0, 2);
        check(&[0b1], 1, 1, 0);
    }

    #[test]
    fn nobody_known_is_nobody_short() {
        let found = agreement(std::iter::empty::<[u64; 3]>());
        assert_eq!((found.sets, found.short), (0, 0));
    }
}
