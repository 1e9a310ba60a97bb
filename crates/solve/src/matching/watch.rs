//! Telling the caller how far a matching is, and asking whether to go on.
//! Never: looks at a clock; how long is too long is for the caller to say.
//! See: `heaviest` in the module above.

/// How far the work on a matching is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What the matching is worth if the work stops now; not known before the second half.
    pub value: Option<i128>,
    /// No matching is worth more than this.
    pub bound: i128,
}

/// What the caller wants next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Go {
    /// Keep searching.
    On,
    /// Stop now and hand over the matching so far, with the bound that is known.
    Stop,
}

/// How many searches lie between two questions to the caller in the first half, where they are
/// small.
const SELDOM: u32 = 64;

/// The caller's answer, asked for now and then.
pub(super) struct Watch<'a> {
    ask: &'a mut dyn FnMut(Progress) -> Go,
    /// The sum of all duals, which are at twice the scale of the weights.
    bound: i128,
    searches: u32,
    stopped: bool,
}

impl<'a> Watch<'a> {
    pub(super) fn new(ask: &'a mut dyn FnMut(Progress) -> Go) -> Watch<'a> {
        Watch {
            ask,
            bound: 0,
            searches: 0,
            stopped: false,
        }
    }

    /// Say what the duals add up to.
    pub(super) fn set_bound(&mut self, sum: i128) {
        self.bound = sum;
    }

    /// Say by how much a search has lowered them.
    pub(super) fn lower_bound(&mut self, by: i64) {
        self.bound -= i128::from(by);
    }

    /// Whether to go on. `alone` is the sum of the duals of those who are alone, once there is a
    /// matching: it is what keeps the value below the bound.
    pub(super) fn goes_on(&mut self, alone: Option<i128>) -> bool {
        self.searches += 1;
        if !self.stopped && (alone.is_some() || self.searches.is_multiple_of(SELDOM)) {
            let progress = Progress {
                value: alone.map(|alone| (self.bound - alone) / 2),
                bound: self.bound / 2,
            };
            self.stopped = (self.ask)(progress) == Go::Stop;
        }
        !self.stopped
    }
}
