//! A circle's own ways: how it goes along the steps, and how new people come in.

use std::ops::RangeInclusive;

use mend_rules::meeting::{Meeting, Walk, steps};

use super::pages::Shown;
use crate::practice;
use crate::web::Visit;
use crate::with;

/// What a circle has settled for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ways {
    /// How it goes along the steps.
    pub walk: Walk,
    /// Whether members of the movement take a free seat by themselves.
    pub open: bool,
    /// At every how many meetings new people come in.
    pub join_every: u32,
}

impl Default for Ways {
    fn default() -> Self {
        Self {
            walk: Walk::Sequence,
            open: false,
            join_every: 3,
        }
    }
}

impl Shown {
    /// The steps that a meeting holds: the one that was chosen for it, else those of the circle's
    /// way; none where the circle chooses when it meets, and in a group inventory.
    pub fn steps(&self, meeting: &Meeting) -> Option<RangeInclusive<u32>> {
        if self.is_inventory(meeting) {
            return None;
        }
        let chosen = self.meetings.chosen_step(meeting.on);
        let chosen = chosen.map(|step| step..=step);
        chosen.or_else(|| steps(self.ways.walk, meeting.number?))
    }
}

/// The step of a meeting, or that it is a short one, or a group inventory.
pub fn what(visit: &Visit, shown: &Shown, one: &Meeting) -> String {
    if shown.is_inventory(one) {
        practice::words().group_inventory.title.clone()
    } else if shown.is_short(one) {
        visit.t("home-circle-short")
    } else {
        step_text(visit, shown.steps(one).as_ref())
    }
}

/// What [`what`] stands beside.
pub fn what_head(visit: &Visit, shown: &Shown, one: &Meeting) -> String {
    let inventory = shown.is_inventory(one);
    visit.t(if inventory {
        "fact-inventory"
    } else {
        "fact-step"
    })
}

/// "Step 3: We choose to care for the whole".
pub fn step_text(visit: &Visit, steps: Option<&RangeInclusive<u32>>) -> String {
    match steps {
        None => visit.t("step-of-choice"),
        Some(steps) if steps.start() == steps.end() => {
            let (number, title) = (*steps.start(), visit.app.practice.title(*steps.start()));
            visit.tw("step-one", &with![number = number, title = title])
        }
        Some(steps) => {
            let (from, to) = (*steps.start(), *steps.end());
            visit.tw("step-block", &with![from = from, to = to])
        }
    }
}
