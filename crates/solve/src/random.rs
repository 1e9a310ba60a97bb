//! Repeatable dice: one seed, one sequence, on every machine.
//! Never: reads entropy from anywhere; fit for keys, tokens or anything secret.
//! See: `circle`, `rotate` and `pair` for who throws them.

use rand_pcg::Pcg64;
use rand_pcg::rand_core::Rng;

/// The PCG stream in use; any odd-looking constant does, but changing it changes every plan.
const STREAM: u128 = 0x0a02_bdbf_7bb3_c0a7_ac28_fa16_a64a_bf96;

/// A sequence of random numbers that depends on its seed alone.
///
/// The generator is PCG XSL 128/64 (O'Neill 2014, "PCG: A Family of Simple Fast Space-Efficient
/// Statistically Good Algorithms for Random Number Generation", section 6).
#[derive(Clone, Debug)]
pub struct Dice(Pcg64);

impl Dice {
    /// Dice for `seed`; any value is a good one, neighbouring seeds give unrelated sequences.
    pub fn new(seed: u64) -> Dice {
        let state = u128::from(scatter(seed)) << 64 | u128::from(scatter(!seed));
        Dice(Pcg64::new(state, STREAM))
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number from 0 to `n - 1`, each equally likely; 0 when `n` is 0.
    ///
    /// Multiplication with rejection (Lemire 2019, "Fast Random Integer Generation in an
    /// Interval", ACM TOMACS 29(1), section 4).
    pub fn below(&mut self, n: u32) -> u32 {
        let n = u64::from(n);
        let mut product = (self.bits() >> 32) * n;
        if product & 0xffff_ffff < n {
            let least = (1 << 32) % n.max(1);
            while product & 0xffff_ffff < least {
                product = (self.bits() >> 32) * n;
            }
        }
        (product >> 32) as u32
    }

    /// A number drawn from the exponential distribution of mean 1, to within 6 %.
    ///
    /// It is `-ln u` for a uniform `u`, with the logarithm taken by Mitchell's straight lines
    /// between powers of two (Mitchell 1962, "Computer Multiplication and Division Using Binary
    /// Logarithms", IRE Trans. EC-11, section II): the accuracy is more than an acceptance rule
    /// needs, and plain arithmetic gives the same bits on every machine.
    pub fn exponential(&mut self) -> f64 {
        let u = self.bits() | 1;
        let halvings = u.leading_zeros();
        let fraction = ((u << halvings) << 1) >> 11;
        let fraction = fraction as f64 / (1u64 << 53) as f64;
        (f64::from(halvings) + 1.0 - fraction) * std::f64::consts::LN_2
    }

    /// Put `items` into a random order, each order equally likely (Fisher and Yates, in Knuth,
    /// TAOCP vol. 2, algorithm 3.4.2P). At most 2^32 items.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last as u32 + 1) as usize;
            items.swap(last, other);
        }
    }
}

/// The finishing step of SplitMix64 (Steele, Lea and Flood 2014, "Fast Splittable Pseudorandom
/// Number Generators", figure 16), so that seeds 1, 2, 3 start far apart.
fn scatter(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_its_sequence_and_differs_from_its_neighbour() {
        let draw = |seed| {
            let mut dice = Dice::new(seed);
            [dice.bits(), dice.bits(), dice.bits()]
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
    }

    /// Plans are kept by seed, so the sequence itself is a promise.
    #[test]
    fn the_sequence_never_changes() {
        let mut dice = Dice::new(1);
        assert_eq!(dice.bits(), 13_203_714_490_152_592_853);
    }

    #[test]
    fn numbers_stay_below_their_limit_and_all_turn_up() {
        let mut dice = Dice::new(3);
        let mut seen = [0u32; 6];
        for _ in 0..6000 {
            seen[dice.below(6) as usize] += 1;
        }
        assert!(
            seen.iter().all(|&count| (850..1150).contains(&count)),
            "{seen:?}"
        );
        assert_eq!(dice.below(1), 0);
        assert_eq!(dice.below(0), 0);
        assert!((0..1000).all(|_| dice.below(u32::MAX) < u32::MAX));
    }

    #[test]
    fn the_exponential_has_mean_one_and_the_right_tail() {
        let mut dice = Dice::new(5);
        let draws: Vec<f64> = (0..100_000).map(|_| dice.exponential()).collect();
        let mean = draws.iter().sum::<f64>() / 1e5;
        let tail = draws.iter().filter(|&&x| x > 3.0).count();
        assert!((0.95..1.08).contains(&mean), "{mean}");
        assert!((4500..5800).contains(&tail), "{tail}");
        assert!(draws.iter().all(|&x| x >= 0.0));
    }

    #[test]
    fn a_shuffle_keeps_everyone() {
        let mut items: Vec<u32> = (0..50).collect();
        Dice::new(9).shuffle(&mut items);
        assert_ne!(items, (0..50).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..50).collect::<Vec<_>>());
    }
}
