//! Small random changes to bytes, the same for the same seed.

/// A stream of numbers, after Steele, Lea and Flood's SplitMix64.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64, run: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ run.wrapping_mul(0xd134_2543_de82_ef95))
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut n = self.0;
        n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        n ^ (n >> 31)
    }

    pub fn below(&mut self, most: usize) -> usize {
        (self.next() % most.max(1) as u64) as usize
    }

    pub fn one<'t, T: ?Sized>(&mut self, of: &[&'t T]) -> &'t T {
        of[self.below(of.len())]
    }
}

/// Changes bytes in one to eight places.
pub fn change(bytes: &mut Vec<u8>, words: &[&[u8]], dice: &mut Dice) {
    for _ in 0..=dice.below(8) {
        once(bytes, words, dice);
    }
    bytes.truncate(64 * 1024);
}

fn once(bytes: &mut Vec<u8>, words: &[&[u8]], dice: &mut Dice) {
    let at = dice.below(bytes.len() + 1);
    let to = (at + dice.below(24)).min(bytes.len());
    match dice.below(9) {
        0 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
        1 if at < bytes.len() => bytes[at] = dice.next() as u8,
        2 => drop(bytes.drain(at..to)),
        3 => insert(bytes, at, &[dice.next() as u8]),
        4 => {
            let piece = bytes[at..to].to_vec();
            let at = dice.below(bytes.len() + 1);
            insert(bytes, at, &piece);
        }
        5 => bytes.truncate(at),
        6 => number(bytes, at, dice),
        7 => {
            let piece = bytes[at..to].to_vec();
            for _ in 0..dice.below(12) {
                insert(bytes, at, &piece);
            }
        }
        _ => insert(bytes, at, dice.one(words)),
    }
}

fn insert(bytes: &mut Vec<u8>, at: usize, piece: &[u8]) {
    drop(bytes.splice(at..at, piece.iter().copied()));
}

/// Puts an odd number in the place of the next one.
fn number(bytes: &mut Vec<u8>, from: usize, dice: &mut Dice) {
    let Some(at) = (from..bytes.len()).find(|at| bytes[*at].is_ascii_digit()) else {
        return;
    };
    let end = (at..bytes.len())
        .find(|at| !bytes[*at].is_ascii_digit())
        .unwrap_or(bytes.len());
    let odd = [
        "0",
        "1",
        "-1",
        "60",
        "400",
        "65536",
        "1048577",
        "4294967296",
        "18446744073709551615",
        "99999999999999999999",
        "1e308",
        "NaN",
    ];
    drop(bytes.splice(at..end, dice.one(&odd).bytes()));
}
