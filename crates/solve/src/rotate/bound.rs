//! Lower bounds on the highest hours and on the sum of squared hours.
//! Never: claims more than its prices prove.
//! See: `search`, which uses the first to choose a cap and reports both.
//!
//! Lagrangian relaxation (Geoffrion 1974, "Lagrangean relaxation for integer programming",
//! Mathematical Programming Study 2): every slot gets a price, and each member for themselves
//! takes the months that suit them best, keeping to training, absences, one role a month and the
//! cap on hours. The prices of all slots plus what the members make of them bounds every plan
//! from below. Prices rise where too few want a slot and fall where too many do (the subgradient
//! method of Held, Wolfe and Crowder 1974, "Validation of subgradient optimization", Mathematical
//! Programming 6, with the steps of Polyak 1969, "Minimization of unsmooth functionals", USSR
//! Computational Mathematics and Mathematical Physics 9).
//!
//! Cost of a round of prices: who may fill which slot, times the hours up to the cap; as many rounds
//! as take about a second. Memory is that of one member's months times the hours.

use super::roster::Totals;
use super::table::Table;

/// Prices are in thousandths.
const UNIT: i64 = 1000;
/// Rounds to prove that a cap cannot be kept.
const CAP_ROUNDS: u64 = 150;
/// Worse than any sum of prices.
const FAR: i64 = i64::MAX / 4;

/// Asked now and then: whether there is time to go on.
pub(super) type GoOn<'a> = &'a mut dyn FnMut() -> bool;

/// The least cap on hours that cannot be shown to be impossible, as far as there is time.
pub(super) fn least_cap(table: &Table, go_on: GoOn<'_>) -> i64 {
    let mut cap = simple_cap(table);
    let reasonable = cap * 2 + 8;
    while cap < reasonable && is_impossible(table, cap, go_on) {
        cap += 1;
    }
    cap
}

/// The mean of all hours, the most that anybody carries, and what each slot asks of the one who
/// can take it best.
pub(super) fn simple_cap(table: &Table) -> i64 {
    let slots = 0..table.slots();
    let total: i64 = slots.clone().map(|slot| table.load_of(slot)).sum();
    let carried: i64 = table.carry.iter().sum();
    let members = table.members.max(1) as i64;
    let mean = (total + carried + members - 1) / members;
    let of_slot = |slot: usize| {
        let all = table.candidates(slot).iter();
        let least = all.map(|one| table.carry[one.member as usize]).min();
        least.unwrap_or(0) + table.load_of(slot)
    };
    let slot = slots.map(of_slot).max().unwrap_or(0);
    let carry = table.carry.iter().copied().max().unwrap_or(0);
    mean.max(slot).max(carry)
}

/// Whether prices show that no plan keeps everybody's hours within `cap`: all slots are worth
/// more than the members can take within it.
fn is_impossible(table: &Table, cap: i64, go_on: GoOn<'_>) -> bool {
    let price = |slot: usize| table.load_of(slot) * UNIT;
    let mut prices = Prices((0..table.slots()).map(price).collect());
    let all: i64 = prices.0.iter().sum();
    let goal = all / 200 + UNIT;
    let mut taker = Taker::new(table, cap, false);
    for round in 0..rounds(table, cap).min(CAP_ROUNDS) {
        let value = taker.take_all(&prices);
        if value > 0 {
            return true;
        }
        if !go_on() {
            return false;
        }
        let damp = 1.0 / (1.0 + round as f64 / 40.0);
        prices.follow(&taker.wanted, (goal - value) as f64 * damp);
    }
    false
}

/// A price for every slot, in thousandths.
#[derive(Clone, Debug)]
pub(super) struct Prices(Vec<i64>);

impl Prices {
    /// The better of two plain ideas. Prices that are the same for every hour prove what pouring
    /// all hours evenly over the members would cost; the square of each load proves what it
    /// would cost if nobody held two roles.
    pub fn first(table: &Table, cap: i64) -> Prices {
        let mut taker = Taker::new(table, cap, true);
        let mut tried = |price: &dyn Fn(i64) -> i64| {
            let loads = (0..table.slots()).map(|slot| table.load_of(slot));
            let prices = Prices(loads.map(|load| UNIT * price(load)).collect());
            (taker.take_all(&prices), prices)
        };
        let mut best = tried(&|load| load * load);
        let mut last = i64::MIN;
        for hour in 0..=cap {
            let next = tried(&|load| load * (2 * hour + 1));
            if next.0 < last {
                break;
            }
            last = next.0;
            if next.0 > best.0 {
                best = next;
            }
        }
        best.1
    }

    pub fn all(&self) -> &[i64] {
        &self.0
    }

    /// Look for the prices that prove most; what they prove. `best` is of a plan within `cap`.
    pub fn raise(&mut self, table: &Table, cap: i64, best: &Totals, go_on: GoOn<'_>) -> i64 {
        let mut taker = Taker::new(table, cap, true);
        let goal = best.squares * UNIT;
        let mut most = i64::MIN;
        let mut kept = self.clone();
        let (mut scale, mut idle) = (1.0, 0);
        for _ in 0..rounds(table, cap) {
            let value = taker.take_all(self);
            if value > most {
                most = value;
                kept = self.clone();
                idle = 0;
            } else {
                idle += 1;
            }
            if idle == 12 {
                (scale, idle) = (scale * 0.6, 0);
                *self = kept.clone();
                taker.take_all(self);
            }
            let settled = taker.wanted.iter().all(|&wanted| wanted == 1);
            if goal <= value || settled || !go_on() {
                break;
            }
            self.follow(&taker.wanted, (goal - value) as f64 * scale);
        }
        *self = kept;
        whole(most, best.squares)
    }

    /// Raise the price of slots nobody wants and lower that of slots several want, so that the
    /// value would rise by `gain` if it went on as it begins.
    fn follow(&mut self, wanted: &[i64], gain: f64) {
        let norm: i64 = wanted
            .iter()
            .map(|&wanted| (1 - wanted) * (1 - wanted))
            .sum();
        let step = gain / norm.max(1) as f64;
        for (price, &wanted) in self.0.iter_mut().zip(wanted) {
            *price = (*price + ((1 - wanted) as f64 * step) as i64).max(0);
        }
    }
}

/// As many rounds as take a second or less.
fn rounds(table: &Table, cap: i64) -> u64 {
    let choices: usize = (0..table.members)
        .map(|one| table.slots_of(one).len())
        .sum();
    let work = choices as u64 * (cap as u64 + 1) + table.members as u64 * 16;
    (250_000_000 / work.max(1)).clamp(20, 2000)
}

/// The bound in whole squares: rounded up, and odd or even as all sums of squares here are, for
/// the sum of hours is the same in every plan.
fn whole(thousandths: i64, known: i64) -> i64 {
    let up = thousandths.div_euclid(UNIT) + i64::from(thousandths.rem_euclid(UNIT) > 0);
    (up + (up ^ known) % 2).min(known)
}

/// Finds what each member would take at given prices.
struct Taker<'a> {
    table: &'a Table,
    cap: i64,
    /// Whether hours cost their square; otherwise they are only capped.
    squared: bool,
    /// Per slot, how many members would take it.
    wanted: Vec<i64>,
    /// Per hours taken so far, the least cost.
    cost: Vec<i64>,
    /// Per slot of the member and hours, whether the slot is taken on the way there.
    taken: Vec<bool>,
}

impl<'a> Taker<'a> {
    fn new(table: &'a Table, cap: i64, squared: bool) -> Taker<'a> {
        Taker {
            wanted: vec![0; table.slots()],
            cost: Vec::new(),
            taken: Vec::new(),
            table,
            cap,
            squared,
        }
    }

    /// The value of the prices: a lower bound, in thousandths.
    fn take_all(&mut self, prices: &Prices) -> i64 {
        self.wanted.fill(0);
        let mut value: i64 = prices.0.iter().sum();
        for member in 0..self.table.members {
            value += self.take(member, &prices.0);
        }
        value
    }

    /// The least that hours squared, less the prices of what is taken, can be for `member`, over
    /// the months by dynamic programming on the hours taken so far; counts what they take.
    fn take(&mut self, member: usize, prices: &[i64]) -> i64 {
        let carry = self.table.carry[member];
        let slots = self.table.slots_of(member);
        let room = (self.cap - carry).max(0).min(self.most_hours(slots)) as usize;
        let width = room + 1;
        self.cost.clear();
        self.cost.resize(width, FAR);
        self.cost[0] = 0;
        self.taken.clear();
        self.taken.resize(slots.len() * width, false);
        let mut first = 0;
        while first < slots.len() {
            let month = self.table.month(slots[first] as usize);
            let same = |&&slot: &&u32| self.table.month(slot as usize) == month;
            let last = first + slots[first..].iter().take_while(same).count();
            self.take_month(slots, first..last, prices, width);
            first = last;
        }
        let total = |hours: usize| {
            let all = carry + hours as i64;
            self.cost[hours] + if self.squared { all * all * UNIT } else { 0 }
        };
        let reached = (0..width).filter(|&hours| self.cost[hours] < FAR);
        let best = reached.min_by_key(|&hours| total(hours)).unwrap_or(0);
        let value = total(best);
        self.count(slots, best, width);
        value
    }

    fn most_hours(&self, slots: &[u32]) -> i64 {
        slots
            .iter()
            .map(|&slot| self.table.load_of(slot as usize))
            .sum()
    }

    /// One month: none or one of its slots. From many hours to few, so that the lower ones are
    /// still those of the months before.
    fn take_month(
        &mut self,
        slots: &[u32],
        month: std::ops::Range<usize>,
        prices: &[i64],
        width: usize,
    ) {
        for hours in (1..width).rev() {
            let mut chosen = None;
            for at in month.clone() {
                let slot = slots[at] as usize;
                let load = self.table.load_of(slot) as usize;
                if load > hours || self.cost[hours - load] >= FAR {
                    continue;
                }
                let cost = self.cost[hours - load] - prices[slot];
                if cost < self.cost[hours] {
                    self.cost[hours] = cost;
                    chosen = Some(at);
                }
            }
            if let Some(at) = chosen {
                self.taken[at * width + hours] = true;
            }
        }
    }

    /// Count the slots on the way to `hours`.
    fn count(&mut self, slots: &[u32], mut hours: usize, width: usize) {
        let mut at = slots.len();
        while at > 0 {
            at -= 1;
            if self.taken[at * width + hours] {
                let slot = slots[at] as usize;
                self.wanted[slot] += 1;
                hours -= self.table.load_of(slot) as usize;
                // Only one slot a month: leave out the others of this one.
                let month = self.table.month(slot);
                while at > 0 && self.table.month(slots[at - 1] as usize) == month {
                    at -= 1;
                }
            }
        }
    }
}
