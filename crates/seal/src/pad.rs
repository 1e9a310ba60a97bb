//! Filling texts up with spaces, so that the size of what is sealed says little about it.
//! See: Padmé, in Nikitin and others, "Reducing Metadata Leakage from Encrypted Files", PETS 2019.

/// The smallest size, in bytes.
pub const LEAST: usize = 512;

/// The size that a text of `len` bytes is filled up to: at most 12 in a hundred more, and never below [`LEAST`].
#[must_use]
pub fn padded(len: usize) -> usize {
    if len <= LEAST {
        return LEAST;
    }
    let exponent = len.ilog2();
    let kept = exponent.ilog2() + 1;
    len.next_multiple_of(1 << (exponent - kept))
}

/// The text, filled up with spaces to [`padded`].
#[must_use]
pub fn fill(text: &[u8]) -> Vec<u8> {
    let mut all = text.to_vec();
    all.resize(padded(text.len()), b' ');
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_sizes() {
        let known = [
            (0, 512),
            (512, 512),
            (513, 544),
            (1000, 1024),
            (1025, 1088),
            (9999, 10240),
            (100_000, 100_352),
        ];
        for (len, wanted) in known {
            assert_eq!(padded(len), wanted, "{len}");
        }
    }

    #[test]
    fn never_less_never_much_more_and_few_sizes() {
        let mut sizes = std::collections::BTreeSet::new();
        for len in 0..200_000 {
            let size = padded(len);
            assert!(
                size >= len && size <= (len + len * 12 / 100).max(LEAST),
                "{len}"
            );
            assert_eq!(padded(size), size);
            sizes.insert(size);
        }
        assert!(sizes.len() < 200, "{}", sizes.len());
    }
}
