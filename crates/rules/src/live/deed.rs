//! What can be done in a circle while it is held, by whom, and what becomes of it.

use super::{Call, EXTRA, MOST_SEATS, Round, SHORT, Somebody, State, announced};
use crate::id::PersonId;
use crate::time::Time;

/// How many of the latest deeds are known again.
const KNOWN: usize = 64;
/// Whoever comes after the first round listens until this one, counted from 0.
const LATE_ROUND: usize = 2;

/// Somebody does something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// Made by the page; the same deed sent twice is done once.
    pub id: [u8; 16],
    /// Who does it.
    pub by: PersonId,
    /// The version that was on their screen.
    pub seen: i64,
    /// What it is.
    pub act: Act,
}

/// What can be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Comes in, with the name that the others see.
    Enter {
        /// The name.
        name: String,
        /// On the line, and not in the room.
        remote: bool,
    },
    /// Gives a seat to somebody in the room who has no device.
    Seat {
        /// Who it is.
        who: PersonId,
        /// The name.
        name: String,
    },
    /// Somebody without a device has gone.
    Unseat(PersonId),
    /// Goes.
    Leave,
    /// Begins; the order is announced.
    Begin {
        /// With the short check-in for a few, and without a step.
        few: bool,
    },
    /// Settles which step it is, where the circle chooses.
    Step(u32),
    /// Goes on to the next part.
    Next,
    /// Goes back to the part before, which begins anew.
    Previous,
    /// Hands the piece on, or lays it into the middle where no round goes.
    Pass,
    /// Passes: no turn now, and the offer of one at the end of the round.
    Skip,
    /// Takes the piece out of the middle, where no round goes.
    Take,
    /// Gives the turn a minute more.
    Extend,
    /// Takes a break.
    Rest,
    /// Comes back from it.
    Return,
    /// Lets all of it rest.
    Pause,
    /// Goes on after that.
    Resume,
    /// Turns to another question.
    Another,
    /// Asks that somebody stays with them.
    Call,
    /// Does not need it any more.
    Recall,
    /// Answers somebody's call.
    Hear(PersonId),
    /// Keeps from here.
    Keep,
    /// Names who keeps beside them.
    CoKeep(PersonId),
    /// Names who looks after those who ask for somebody.
    Carer(PersonId),
    /// Ends the circle.
    End,
}

impl Act {
    /// Whom it would make a keeper, when somebody does it.
    pub fn makes_keeper(&self, by: PersonId) -> Option<PersonId> {
        match self {
            Self::Keep => Some(by),
            Self::CoKeep(who) => Some(*who),
            _ => None,
        }
    }
}

/// Why nothing was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It was done to what stood there before: somebody else was quicker.
    Stale,
    /// Whoever does it, or whom it is about, is not here.
    NotHere,
    /// It is not up to them.
    NotYours,
    /// There is nothing to do it to just now.
    NotNow,
    /// Every seat is taken.
    Full,
    /// Whoever would keep, or keep beside, is under 18.
    NotAnAdult,
    /// The circle is over.
    Over,
}

/// The circle after a deed. The same deed again changes nothing.
///
/// # Errors
/// See [`Refusal`]; then the circle is as it was.
pub fn step(state: &State, deed: &Deed, now: Time) -> Result<State, Refusal> {
    if state.done.contains(&deed.id) {
        return Ok(state.clone());
    }
    let must_end = state.is_over(now) && deed.act != Act::End;
    if state.ended_at.is_some() || must_end {
        return Err(Refusal::Over);
    }
    let mut next = state.clone();
    next.version += 1;
    next.carry_out(deed, now)?;
    next.done.push(deed.id);
    let old = next.done.len().saturating_sub(KNOWN);
    next.done.drain(..old);
    next.most = next.most.max(next.people.len());
    Ok(next)
}

impl State {
    fn carry_out(&mut self, deed: &Deed, now: Time) -> Result<(), Refusal> {
        let Deed { by, seen, act, .. } = deed;
        let (by, seen) = (*by, *seen);
        if let Act::Enter { name, remote } = act {
            return self.enters(by, name, (*remote, true), now);
        }
        if self.somebody(by).is_none() {
            return Err(Refusal::NotHere);
        }
        match act {
            Act::Enter { .. } => Ok(()),
            Act::Leave => {
                self.goes(by, now);
                Ok(())
            }
            Act::Take => self.takes(by, seen, now),
            Act::Pass | Act::Skip => self.hands_on(by, (seen, *act == Act::Skip), now),
            Act::Rest | Act::Return => self.rests(by, *act == Act::Rest, now),
            Act::Call | Act::Recall | Act::Hear(_) => self.cares(by, act),
            Act::Keep => self.keeps(by, seen),
            Act::End if self.is_over(now) => self.ends(now),
            _ if !self.leads(by) => Err(Refusal::NotYours),
            _ => self.leads_on(deed, now),
        }
    }

    /// What only those who lead may do.
    fn leads_on(&mut self, deed: &Deed, now: Time) -> Result<(), Refusal> {
        match &deed.act {
            Act::Seat { who, name } => self.enters(*who, name, (false, false), now),
            Act::Unseat(who) => self.unseats(*who, now),
            Act::Begin { few } => self.begins(*few, now),
            Act::Step(step) => self.settles(*step),
            Act::Next => self.goes_to(self.at.checked_add(1), deed.seen, now),
            Act::Previous => self.goes_to(self.at.checked_sub(1), deed.seen, now),
            Act::Extend => self.extends(deed.seen),
            Act::Pause | Act::Resume => self.pauses(deed.act == Act::Pause, now),
            Act::Another => {
                self.question += 1;
                Ok(())
            }
            Act::CoKeep(who) => self.names_co_keeper(*who),
            Act::Carer(who) => {
                self.here(*who)?;
                self.carer = Some(*who);
                Ok(())
            }
            Act::End => self.ends(now),
            _ => Err(Refusal::NotNow),
        }
    }

    fn here(&self, who: PersonId) -> Result<(), Refusal> {
        self.somebody(who).map(|_| ()).ok_or(Refusal::NotHere)
    }

    fn enters(
        &mut self,
        who: PersonId,
        name: &str,
        (remote, device): (bool, bool),
        now: Time,
    ) -> Result<(), Refusal> {
        if let Some(known) = self.people.iter_mut().find(|one| one.id == who) {
            known.remote = remote;
            known.device |= device;
            return Ok(());
        }
        if self.people.len() >= MOST_SEATS {
            return Err(Refusal::Full);
        }
        let from_round = self.late_round();
        self.people.push(Somebody {
            id: who,
            name: name.to_owned(),
            remote,
            device,
            resting: false,
            from_round,
        });
        let has_turn = self.is_round() && from_round <= self.round_number();
        if has_turn && !self.round.knows(who) {
            self.round.queue.push(who);
            if self.holder.is_none() {
                self.gives_to_next(now);
            }
        }
        Ok(())
    }

    /// From which round on somebody speaks who comes in now: at the end of the first; after it,
    /// they listen until the second question.
    fn late_round(&self) -> usize {
        match self.round_number() {
            0 => 0,
            _ if self.began_at.is_none() => 0,
            number => number.max(LATE_ROUND),
        }
    }

    pub(super) fn goes(&mut self, who: PersonId, now: Time) {
        self.people.retain(|one| one.id != who);
        self.round.drop_out(who);
        if self.keeper == Some(who) {
            self.keeper = self.co_keeper.take();
            self.moved.keeper = self.version;
        }
        self.co_keeper = self.co_keeper.filter(|id| *id != who);
        self.carer = self.carer.filter(|id| *id != who);
        if self.holder == Some(who) {
            self.round.had.push(who);
            self.gives_to_next(now);
        }
        if self.people.is_empty() && self.began_at.is_some() {
            self.ended_at = Some(now);
        }
    }

    fn unseats(&mut self, who: PersonId, now: Time) -> Result<(), Refusal> {
        let somebody = self.somebody(who).ok_or(Refusal::NotHere)?;
        // Nobody is sent away: whoever has a screen goes by themselves.
        if somebody.device {
            return Err(Refusal::NotYours);
        }
        self.goes(who, now);
        Ok(())
    }

    fn begins(&mut self, few: bool, now: Time) -> Result<(), Refusal> {
        if self.began_at.is_some() {
            return Err(Refusal::Stale);
        }
        if few {
            self.setting.minutes = SHORT;
            self.setting.steps.clear();
            self.setting.few = true;
            self.setting.inventory = false;
        }
        let here: Vec<_> = self.people.iter().map(|one| (one.id, one.remote)).collect();
        let order = announced(&self.ring, &here, self.setting.hybrid);
        let place = |id: PersonId| order.iter().position(|one| *one == id);
        self.people.sort_by_key(|one| place(one.id));
        self.parts = self.planned(self.people.len());
        self.began_at = Some(now);
        self.opens_part(0, now);
        Ok(())
    }

    fn settles(&mut self, step: u32) -> Result<(), Refusal> {
        if !(1..=12).contains(&step) || self.setting.few || self.setting.inventory {
            return Err(Refusal::NotNow);
        }
        self.setting.steps = vec![step];
        self.question = 0;
        Ok(())
    }

    fn goes_to(&mut self, to: Option<usize>, seen: i64, now: Time) -> Result<(), Refusal> {
        if seen < self.moved.part {
            return Err(Refusal::Stale);
        }
        match to {
            Some(to) if to < self.parts.len() && self.began_at.is_some() => {
                self.opens_part(to, now);
                Ok(())
            }
            _ => Err(Refusal::NotNow),
        }
    }

    fn opens_part(&mut self, to: usize, now: Time) {
        self.at = to;
        self.part_since = now;
        self.paused_at = None;
        self.moved.part = self.version;
        let number = self.round_number();
        let speaks = |one: &&Somebody| one.from_round <= number;
        let order = self.people.iter().filter(speaks).map(|one| one.id);
        self.round = Round::new(if self.is_round() {
            order.collect()
        } else {
            Vec::new()
        });
        self.gives_to_next(now);
    }

    fn gives_to_next(&mut self, now: Time) {
        let people = &self.people;
        let rests = |id| people.iter().any(|one| one.id == id && one.resting);
        let next = self.round.take(rests);
        self.gives(next, now);
    }

    fn gives(&mut self, to: Option<PersonId>, now: Time) {
        self.holder = to;
        self.turn_since = now;
        self.extra = 0;
        self.moved.piece = self.version;
    }

    fn takes(&mut self, by: PersonId, seen: i64, now: Time) -> Result<(), Refusal> {
        if self.holder.is_some() || seen < self.moved.piece {
            return Err(Refusal::Stale);
        }
        if self.is_round() || self.began_at.is_none() {
            return Err(Refusal::NotNow);
        }
        self.gives(Some(by), now);
        Ok(())
    }

    fn hands_on(
        &mut self,
        by: PersonId,
        (seen, skips): (i64, bool),
        now: Time,
    ) -> Result<(), Refusal> {
        if seen < self.moved.piece {
            return Err(Refusal::Stale);
        }
        let holder = self.holder.ok_or(Refusal::NotNow)?;
        if !self.may_pass(by, now) {
            return Err(Refusal::NotYours);
        }
        if skips && self.is_round() {
            self.round.puts_off(holder);
        } else {
            self.round.had.push(holder);
        }
        self.gives_to_next(now);
        Ok(())
    }

    fn rests(&mut self, by: PersonId, rests: bool, now: Time) -> Result<(), Refusal> {
        for one in self.people.iter_mut().filter(|one| one.id == by) {
            one.resting = rests;
        }
        if rests && self.holder == Some(by) {
            if self.is_round() {
                self.round.puts_off(by);
            }
            self.gives_to_next(now);
        }
        Ok(())
    }

    fn extends(&mut self, seen: i64) -> Result<(), Refusal> {
        if seen < self.moved.piece {
            return Err(Refusal::Stale);
        }
        if !self.is_round() || self.holder.is_none() || self.extras_left == 0 {
            return Err(Refusal::NotNow);
        }
        self.extras_left -= 1;
        self.extra += EXTRA;
        Ok(())
    }

    fn pauses(&mut self, rests: bool, now: Time) -> Result<(), Refusal> {
        match (rests, self.paused_at) {
            (true, None) if self.began_at.is_some() => self.paused_at = Some(now),
            (false, Some(since)) => {
                // The time of the pause belongs to nobody's turn.
                let later = |at: Time| Time(at.0 + (now.0 - since.0.max(at.0)).max(0));
                self.turn_since = later(self.turn_since);
                self.part_since = later(self.part_since);
                self.paused_at = None;
            }
            _ => return Err(Refusal::NotNow),
        }
        Ok(())
    }

    fn cares(&mut self, by: PersonId, act: &Act) -> Result<(), Refusal> {
        match act {
            Act::Call if self.carer_for(by).is_none() => Err(Refusal::NotNow),
            Act::Call => {
                self.cared = true;
                self.calls.retain(|call| call.who != by);
                self.calls.push(Call {
                    who: by,
                    heard: false,
                });
                Ok(())
            }
            Act::Hear(who) => {
                let asked = self.carer_for(*who) == Some(by);
                let call = self.calls.iter_mut().find(|call| call.who == *who);
                call.filter(|_| asked).ok_or(Refusal::NotYours)?.heard = true;
                Ok(())
            }
            _ => {
                self.calls.retain(|call| call.who != by);
                Ok(())
            }
        }
    }

    fn keeps(&mut self, by: PersonId, seen: i64) -> Result<(), Refusal> {
        if self.keeper == Some(by) {
            return Ok(());
        }
        if seen < self.moved.keeper {
            return Err(Refusal::Stale);
        }
        self.keeper = Some(by);
        self.co_keeper = self.co_keeper.filter(|id| *id != by);
        self.moved.keeper = self.version;
        Ok(())
    }

    fn names_co_keeper(&mut self, who: PersonId) -> Result<(), Refusal> {
        self.here(who)?;
        if self.keeper == Some(who) {
            return Err(Refusal::NotNow);
        }
        self.co_keeper = Some(who);
        Ok(())
    }

    fn ends(&mut self, now: Time) -> Result<(), Refusal> {
        self.ended_at = Some(now);
        Ok(())
    }
}
