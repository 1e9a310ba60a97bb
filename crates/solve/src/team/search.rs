//! The choice of three: branch and bound over the people in order of their loads.
//! Never: stops before the best is proved; looks at somebody whose like was tried already.
//! See: `desk` for the order and the marks.
//!
//! A team needs somebody who may lead and somebody with the languages. Either one person is both
//! (the first loop), or there is one of each (the second). As people stand in order of load, the
//! first fitting third person is the best for two given ones, and a loop ends when even the next
//! person's load cannot beat the best team known.
//!
//! Somebody without ties to trained people stands for all of their group who come later and may
//! play the same part: in any team they can replace them, with no more load. So a loop takes up
//! a group again only behind people with ties.

use super::Desk;

/// How good a team is, the lower the better: its highest load, then the sum of its loads.
type Value = (u32, u64);

/// Above the value of any team.
const NONE: Value = (u32::MAX, u64::MAX);

/// The best team so far, and what it must offer.
struct Best {
    value: Value,
    team: Option<[u32; 3]>,
    langs: u64,
}

impl Best {
    fn offer(&mut self, value: Value, team: [u32; 3]) {
        self.value = value;
        self.team = Some(team);
    }
}

/// What somebody brings to a team.
#[derive(Clone, Copy)]
enum Part {
    /// May lead and has the languages.
    Both,
    /// Has the languages and may not lead.
    Speaks,
    /// May lead and lacks a language.
    Leads,
}

impl Desk {
    /// The best team for the case that was marked.
    pub(super) fn search(&mut self, langs: u64) -> Option<[u32; 3]> {
        let mut best = Best {
            value: NONE,
            team: None,
            langs,
        };
        let from = (0..self.order.len()).find(|&at| self.is_free(self.order[at]))?;
        self.firsts(from, Part::Both, &mut best);
        if langs != 0 {
            self.list_leads(langs);
            self.firsts(from, Part::Speaks, &mut best);
        }
        best.team
    }

    /// Note where those stand who may lead and lack a language: few, as a rule, while the order
    /// is long.
    fn list_leads(&mut self, langs: u64) {
        let mut leads = std::mem::take(&mut self.leads);
        leads.clear();
        leads.extend((0..self.order.len()).filter(|&at| {
            let one = self.order[at];
            self.plays(one, Part::Leads, langs) && self.is_free(one)
        }));
        self.leads = leads;
    }

    /// Try everybody who can play `part` as the first of a team.
    fn firsts(&mut self, from: usize, part: Part, best: &mut Best) {
        self.done[0].clear();
        for at in from..self.order.len() {
            let first = self.order[at];
            let load = self.load[first as usize];
            if load > best.value.0 {
                return;
            }
            if !self.plays(first, part, best.langs) || !self.is_worth_trying(first, 0) {
                continue;
            }
            self.mark_near(first, 0);
            match part {
                Part::Speaks => self.seconds_who_lead(from, first, best),
                _ => self.seconds(from, first, best),
            }
        }
    }

    /// Try everybody as the second. The third only needs to be looked for behind them.
    fn seconds(&mut self, from: usize, first: u32, best: &mut Best) {
        self.done[1].clear();
        let load = self.load[first as usize];
        for at in from..self.order.len() {
            let second = self.order[at];
            let own = self.load[second as usize];
            if value(load, own, own) >= best.value {
                return;
            }
            self.try_second(first, second, at + 1, best);
        }
    }

    /// Try those of [`Desk::list_leads`] as the second. The third may stand anywhere.
    fn seconds_who_lead(&mut self, from: usize, first: u32, best: &mut Best) {
        self.done[1].clear();
        let load = self.load[first as usize];
        let least = self.load[self.order[from] as usize];
        for at in 0..self.leads.len() {
            let second = self.order[self.leads[at]];
            if value(load, self.load[second as usize], least) >= best.value {
                return;
            }
            self.try_second(first, second, from, best);
        }
    }

    fn try_second(&mut self, first: u32, second: u32, begin: usize, best: &mut Best) {
        if self.goes_with(second, first, 0) && self.is_worth_trying(second, 1) {
            self.mark_near(second, 1);
            self.third(begin, first, second, best);
        }
    }

    /// Find the first third person who fits, from place `begin` on.
    fn third(&self, begin: usize, first: u32, second: u32, best: &mut Best) {
        let (one, two) = (self.load[first as usize], self.load[second as usize]);
        for &third in &self.order[begin..] {
            let value = value(one, two, self.load[third as usize]);
            if value >= best.value {
                return;
            }
            let fits = self.is_free(third)
                && self.goes_with(third, first, 0)
                && self.goes_with(third, second, 1);
            if fits {
                best.offer(value, [first, second, third]);
                return;
            }
        }
    }

    fn plays(&self, one: u32, part: Part, langs: u64) -> bool {
        let person = &self.people[one as usize];
        let speaks = person.langs & langs == langs;
        match part {
            Part::Both => person.lead && speaks,
            Part::Speaks => speaks && !person.lead,
            Part::Leads => person.lead && !speaks,
        }
    }

    /// Whether `one` is of another group than `other`, whose ties are marked, and not near them.
    fn goes_with(&self, one: u32, other: u32, which: usize) -> bool {
        self.people[one as usize].group != self.people[other as usize].group
            && !self.near[which].has(one)
    }

    /// Whether `one` is free and nobody like them was tried; from now on somebody was.
    fn is_worth_trying(&mut self, one: u32, which: usize) -> bool {
        let person = self.people[one as usize];
        if self.done[which].has(person.group) || !self.is_free(one) {
            return false;
        }
        if person.lone {
            self.done[which].set(person.group);
        }
        true
    }

    fn mark_near(&mut self, one: u32, which: usize) {
        self.near[which].clear();
        for at in self.tie_range(self.people[one as usize].member) {
            self.near[which].set(self.ties[at]);
        }
    }
}

fn value(one: u32, two: u32, three: u32) -> Value {
    let sum = u64::from(one) + u64::from(two) + u64::from(three);
    (one.max(two).max(three), sum)
}
