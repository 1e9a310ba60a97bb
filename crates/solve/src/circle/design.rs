//! Schedules in which nobody meets twice, by arithmetic instead of search.
//! Never: knows rules about people; `rounds` compares what comes out with what it has.
//! See: `rounds`.
//!
//! Everybody stands in one of `seats` columns of `circles` people. In round `m`, circle `c` takes
//! from column `i` the person `c + m * a(i)`. Two people of different columns then meet in one
//! round only if every difference `a(i) - a(j)` can be divided by. A field has as many such
//! `a(i)` as elements (the planes and squares of Bose 1938, "On the application of the properties
//! of Galois fields to the construction of hyper-Græco-Latin squares", Sankhyā 3), a product of
//! fields as many as the smallest of them (MacNeish 1922, "Euler squares", Annals of Mathematics
//! 23). After these `circles` rounds the columns meet among themselves in the same way. Time and
//! memory are those of writing the schedule down.

/// Seats of one round: circles of people.
type Circles = Vec<Vec<u32>>;

/// `rounds` rounds of `circles` circles of `seats` people each, in which nobody meets twice;
/// `None` if this way leads to none. People are numbered from 0, column by column: those of one
/// column meet last.
pub(super) fn schedule(circles: u32, seats: u32, rounds: usize) -> Option<Vec<Circles>> {
    if rounds <= 1 {
        let row = |circle| (circle * seats..(circle + 1) * seats).collect();
        return Some(vec![(0..circles).map(row).collect(); rounds]);
    }
    let ring = Ring::of(circles);
    let columns = ring.apart(seats)?;
    let across = |m: u32| -> Circles {
        let person = |circle, (i, &a): (usize, &u32)| {
            i as u32 * circles + ring.add(circle, ring.times(m, a))
        };
        let all = 0..circles;
        all.map(|circle| {
            columns
                .iter()
                .enumerate()
                .map(|one| person(circle, one))
                .collect()
        })
        .collect()
    };
    let first = rounds.min(circles as usize);
    let mut plan: Vec<Circles> = (0..first as u32).map(across).collect();
    if rounds > first {
        plan.extend(within_columns(circles, seats, rounds - first)?);
    }
    Some(plan)
}

fn within_columns(circles: u32, seats: u32, rounds: usize) -> Option<Vec<Circles>> {
    if !circles.is_multiple_of(seats) {
        return None;
    }
    let column = schedule(circles / seats, seats, rounds)?;
    let shifted = |circle: &Vec<u32>, by: u32| circle.iter().map(|person| person + by).collect();
    let round = |one: Circles| -> Circles {
        let columns = (0..seats).flat_map(|i| one.iter().map(move |circle| (circle, i * circles)));
        columns.map(|(circle, by)| shifted(circle, by)).collect()
    };
    Some(column.into_iter().map(round).collect())
}

/// A product of finite fields; its elements are the numbers below its size.
#[derive(Clone, Debug)]
struct Ring(Vec<Field>);

impl Ring {
    /// One field for each prime that divides `size`.
    fn of(size: u32) -> Ring {
        let mut fields = Vec::new();
        let (mut rest, mut prime) = (size, 2);
        while rest > 1 {
            if prime * prime > rest {
                prime = rest;
            }
            let mut power = 0;
            while rest.is_multiple_of(prime) {
                rest /= prime;
                power += 1;
            }
            if power > 0 {
                fields.push(Field::of(prime, power));
            }
            prime += 1;
        }
        Ring(fields)
    }

    /// As many elements whose differences can all be divided by.
    fn apart(&self, count: u32) -> Option<Vec<u32>> {
        let least = self.0.iter().map(|field| field.size).min()?;
        // The same number in every field.
        let element = |number: u32| {
            self.0
                .iter()
                .rev()
                .fold(0, |all, field| all * field.size + number)
        };
        (count <= least).then(|| (0..count).map(element).collect())
    }

    fn add(&self, x: u32, y: u32) -> u32 {
        self.each(x, y, Field::add)
    }

    fn times(&self, x: u32, y: u32) -> u32 {
        self.each(x, y, Field::times)
    }

    fn each(&self, mut x: u32, mut y: u32, what: impl Fn(&Field, u32, u32) -> u32) -> u32 {
        let (mut all, mut place) = (0, 1);
        for field in &self.0 {
            all += place * what(field, x % field.size, y % field.size);
            (x, y, place) = (x / field.size, y / field.size, place * field.size);
        }
        all
    }
}

/// The field of `prime` to the `power`: polynomials whose coefficients are the digits of a number
/// in base `prime`, modulo one that has no factors.
#[derive(Clone, Debug)]
struct Field {
    prime: u32,
    power: u32,
    size: u32,
    /// The modulus less its leading term.
    tail: u32,
}

impl Field {
    fn of(prime: u32, power: u32) -> Field {
        let size = prime.pow(power);
        let with = |tail| Field {
            prime,
            power,
            size,
            tail,
        };
        let first = (0..size).find(|&tail| with(tail).is_field());
        with(first.unwrap_or(0))
    }

    /// Whether no product of two elements other than 0 is 0: then the modulus has no factors.
    /// Powers of the polynomial x alone show it in a time that grows with the size.
    fn is_field(&self) -> bool {
        if self.power == 1 {
            return true;
        }
        // x generates all elements but 0, so there is no other product that is 0.
        let mut element = self.prime;
        let mut order = 1;
        while element > 1 && order < self.size {
            element = self.times_x(element);
            order += 1;
        }
        element == 1 && order == self.size - 1
    }

    fn add(&self, x: u32, y: u32) -> u32 {
        self.digits(x, y, |x, y| x + y)
    }

    fn digits(&self, mut x: u32, mut y: u32, what: impl Fn(u32, u32) -> u32) -> u32 {
        let (mut all, mut place) = (0, 1);
        for _ in 0..self.power {
            all += place * (what(x % self.prime, y % self.prime) % self.prime);
            (x, y, place) = (x / self.prime, y / self.prime, place * self.prime);
        }
        all
    }

    fn times_x(&self, x: u32) -> u32 {
        let top = self.size / self.prime;
        let (lead, rest) = (x / top, x % top);
        // x to the power is minus the tail.
        self.digits(rest * self.prime, self.tail, |digit, tail| {
            digit + (self.prime - tail) * lead
        })
    }

    fn times(&self, x: u32, mut y: u32) -> u32 {
        if self.power == 1 {
            return (u64::from(x) * u64::from(y) % u64::from(self.prime)) as u32;
        }
        let (mut all, mut shifted) = (0, x);
        for _ in 0..self.power {
            let digit = y % self.prime;
            all = self.digits(all, shifted, |sum, one| sum + one * digit);
            y /= self.prime;
            shifted = self.times_x(shifted);
        }
        all
    }
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::unwrap_used)]

    use std::collections::BTreeSet;

    use super::*;

    /// Everybody sits once in every round, and nobody meets twice.
    pub fn is_perfect(circles: u32, seats: u32, plan: &[Circles]) {
        let mut met = BTreeSet::new();
        for round in plan {
            assert_eq!(round.len(), circles as usize);
            let mut seated = round.concat();
            seated.sort_unstable();
            assert_eq!(seated, (0..circles * seats).collect::<Vec<_>>());
            for members in round {
                assert_eq!(members.len(), seats as usize);
                for (i, u) in members.iter().enumerate() {
                    for v in &members[..i] {
                        assert!(
                            met.insert((u.min(v), u.max(v))),
                            "{circles} {seats} {u} {v}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn nobody_meets_twice_in_any_of_these() {
        let shapes = [
            (7, 7, 8),
            (8, 8, 9),
            (9, 9, 10),
            (4, 4, 5),
            (8, 4, 9),
            (12, 3, 12),
            (16, 4, 21),
            (25, 5, 31),
            (27, 10, 27),
            (11, 6, 11),
            (35, 5, 35),
            (2, 2, 3),
            (5, 1, 4),
            (1, 6, 1),
        ];
        for (circles, seats, rounds) in shapes {
            let plan =
                schedule(circles, seats, rounds).unwrap_or_else(|| panic!("{circles} {seats}"));
            assert_eq!(plan.len(), rounds);
            is_perfect(circles, seats, &plan);
        }
    }

    #[test]
    fn where_arithmetic_does_not_help_it_says_so() {
        for (circles, seats, rounds) in [(6, 6, 3), (10, 6, 2), (7, 7, 9), (8, 4, 10), (5, 6, 2)] {
            assert_eq!(schedule(circles, seats, rounds), None);
        }
    }

    #[test]
    fn every_prime_power_has_a_field() {
        for (prime, power) in [(2, 3), (2, 6), (3, 3), (5, 2), (7, 2), (13, 1)] {
            let field = Field::of(prime, power);
            for x in 1..field.size {
                let row: BTreeSet<u32> = (0..field.size).map(|y| field.times(x, y)).collect();
                assert_eq!(row.len(), field.size as usize, "{prime} {power} {x}");
                assert_eq!(field.times(x, 1), x);
            }
        }
    }
}
