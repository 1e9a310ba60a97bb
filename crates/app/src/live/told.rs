//! What one person is told of a live circle: the same value becomes the page, and the line of data
//! that moves it on.

use mend_rules::id::PersonId;
use mend_rules::keeping::TWO_FROM;
use mend_rules::live::{Part, Somebody, State, announced};
use mend_rules::time::Time;
use serde::Serialize;

use super::words::{self, Hour};
use crate::halls::Live;
use crate::meeting;
use crate::practice;
use crate::web::Visit;
use crate::web::round::{Round, SEAT, Thread};
use crate::with;

/// The seat of whoever has the piece is larger by this.
const MORE: f64 = 8.0;

/// Parts in which the limits of privacy are named.
const OPENINGS: [&str; 4] = ["opening", "arrive", "arrive-open", "ours-opening"];

/// Parts in which questions stand with their numbers, so that one can be chosen by it.
const COUNTED: [&str; 3] = ["ours-questions", "ours-choosing", "ours-round-two"];

/// See above. Times are in seconds that are left or have gone by, so no clock of a device matters.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Told {
    pub version: i64,
    /// Pages of another shape are loaded anew: before the door, or with so many parts.
    pub shape: String,
    /// Seconds left of the turn.
    pub left: Option<i64>,
    /// Seconds since the beginning.
    pub age: Option<i64>,
    pub paused: bool,
    pub say: Say,
    /// The parts of the page that are shown.
    pub show: Vec<&'static str>,
    pub ring: Vec<Seat>,
    /// The room that the picture of the ring takes, and its thread.
    pub view: String,
    pub thread: Thread,
    /// What belongs to the part: agreements, cautions, the day of the next meeting.
    pub lines: Vec<String>,
    pub agenda: Vec<Line>,
    pub calls: Vec<Named>,
    pub here: Vec<Named>,
    pub absent: Vec<Named>,
    pub handed: Vec<Named>,
}

/// Sentences, by where they stand.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Say {
    pub turn: String,
    pub clock: String,
    pub title: String,
    pub text: String,
    pub script: String,
    pub hub: String,
    pub soon: String,
    pub late: String,
    pub order: String,
    pub next: String,
    pub extend: String,
    pub pass_for: String,
    pub skip_for: String,
    pub carer: String,
    pub keeper: String,
    pub ring: String,
    pub call: String,
    pub caution: String,
}

/// A seat in the ring.
#[derive(Debug, Clone, Serialize)]
pub struct Seat {
    pub name: String,
    pub mark: String,
    pub class: &'static str,
    pub x: f64,
    pub y: f64,
    pub r: f64,
}

/// A part of the agenda.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    pub minutes: i64,
    pub mark: String,
    pub class: &'static str,
}

/// Somebody to choose.
#[derive(Debug, Clone, Serialize)]
pub struct Named {
    pub id: String,
    pub name: String,
}

/// Who looks, and what is known of the circle besides its state.
pub struct Looking<'a> {
    pub visit: &'a Visit,
    pub me: PersonId,
    pub now: Time,
    /// Everybody with a seat.
    pub seated: &'a [(PersonId, String)],
    pub hour: &'a Hour,
}

impl Looking<'_> {
    fn t(&self, key: &str) -> String {
        self.visit.t(key)
    }

    /// What this person is told.
    pub fn told(&self, live: &Live) -> Told {
        let state = &live.state;
        if state.somebody(self.me).is_none() {
            return self.before_the_door(state);
        }
        let leads = state.leads(self.me);
        let round = Round::of(state.people.len());
        let seats = state.people.iter().enumerate();
        Told {
            version: state.version,
            shape: state.parts.len().to_string(),
            left: state.turn_left(self.now),
            age: state
                .began_at
                .map(|began| (self.now.0 - began.0).max(0) / 1_000_000),
            paused: state.paused_at.is_some(),
            lines: words::prompt(self.visit, state, self.hour).lines,
            say: self.says(state),
            show: self.shows(state, leads),
            ring: seats
                .map(|(at, one)| self.seat(state, one, round.place(at)))
                .collect(),
            view: round.view(),
            thread: round.thread(),
            agenda: self.agenda(state),
            calls: self.calls(state),
            here: if leads {
                others(state, self.me, |_| true)
            } else {
                Vec::new()
            },
            absent: if leads {
                self.absent(state)
            } else {
                Vec::new()
            },
            handed: if leads {
                others(state, self.me, |one| !one.device)
            } else {
                Vec::new()
            },
        }
    }

    /// Whoever has not come in sees how many are here, and nobody.
    fn before_the_door(&self, state: &State) -> Told {
        let here = with![count = state.people.len()];
        Told {
            version: state.version,
            shape: "door".into(),
            show: vec!["enter"],
            say: Say {
                turn: self.visit.tw("live-door-here", &here),
                ..Say::default()
            },
            ..Told::default()
        }
    }

    fn name(&self, state: &State, id: PersonId) -> String {
        state.name(id).unwrap_or_default().to_owned()
    }

    fn seat(&self, state: &State, one: &Somebody, (x, y): (f64, f64)) -> Seat {
        let holds = state.holder == Some(one.id);
        let next = state.next() == Some(one.id);
        let (mark, class) = match () {
            () if holds => ("live-mark-holds", "seat holds"),
            () if one.resting => ("live-mark-rests", "seat away"),
            () if next => ("live-mark-next", "seat next"),
            () if state.keeper == Some(one.id) => ("ring-keeper", "seat"),
            () if state.co_keeper == Some(one.id) => ("live-mark-co", "seat"),
            () if state.setting.hybrid && one.remote => ("live-mark-line", "seat"),
            () => ("", "seat"),
        };
        Seat {
            name: super::ring::short(&one.name, state),
            mark: if mark.is_empty() {
                String::new()
            } else {
                self.t(mark)
            },
            class,
            x,
            y,
            r: if holds { SEAT + MORE } else { SEAT },
        }
    }

    fn says(&self, state: &State) -> Say {
        let (visit, me) = (self.visit, self.me);
        let holder = state.holder.map(|id| self.name(state, id));
        let of_holder = with![name = holder.clone().unwrap_or_default()];
        let prompt = words::prompt(visit, state, self.hour);
        let script = match practice::words().script("passed") {
            Some(spoken) if state.round.offering => spoken.text.clone(),
            _ => prompt.script,
        };
        let carer = state.carer_for(me).map(|id| self.name(state, id));
        let turn = self.turn(state);
        Say {
            ring: visit.tw(
                "live-ring",
                &with![count = state.people.len(), turn = turn.as_str()],
            ),
            turn,
            clock: self.clock(state),
            title: prompt.title,
            text: prompt.text,
            script,
            caution: words::for_keeper(self.hour),
            hub: self.t(if state.is_round() {
                "live-left"
            } else {
                "live-open"
            }),
            soon: self.t("live-soon"),
            late: self.t("live-late"),
            order: visit.tw("live-order", &with![names = self.order(state)]),
            next: self.next_part(state),
            extend: visit.tw("live-extend", &with![left = i64::from(state.extras_left)]),
            pass_for: visit.tw("live-pass-for", &of_holder),
            skip_for: visit.tw("live-skip-for", &of_holder),
            carer: match carer {
                Some(name) => visit.tw("live-call-who", &with![name = name]),
                None => self.t("live-call-nobody"),
            },
            keeper: self.keepers(state),
            call: self.call(state),
        }
    }

    fn turn(&self, state: &State) -> String {
        let visit = self.visit;
        let next = state.next().filter(|_| state.is_round());
        let follows = if next.is_some() { "somebody" } else { "nobody" };
        let next = next.map(|id| self.name(state, id)).unwrap_or_default();
        match state.holder {
            _ if state.paused_at.is_some() => self.t("live-turn-paused"),
            _ if state.began_at.is_none() => {
                visit.tw("live-turn-gathering", &with![count = state.people.len()])
            }
            Some(id) if id == self.me => {
                visit.tw("live-turn-yours", &with![follows = follows, next = next])
            }
            Some(id) => {
                let name = self.name(state, id);
                visit.tw(
                    "live-turn",
                    &with![follows = follows, name = name, next = next],
                )
            }
            None if state.is_round() => self.t("live-turn-round-over"),
            None => self.t("live-turn-middle"),
        }
    }

    /// "Round 2 of 4 · minute # of 55", where the page puts the minute in.
    fn clock(&self, state: &State) -> String {
        let Some(part) = state.part() else {
            return self.t("live-clock-before");
        };
        let rounds = state
            .parts
            .iter()
            .filter(|part| part.turn.is_some())
            .count();
        let whole: i64 = state.parts.iter().map(|part| part.seconds).sum();
        let name = match part.turn {
            Some(_) => self.visit.tw(
                "live-clock-round",
                &with![round = state.round_number() + 1, rounds = rounds],
            ),
            None => meeting::part_word(self.visit, &part.word),
        };
        self.visit.tw(
            "live-clock",
            &with![part = name, minute = "#", minutes = whole / 60],
        )
    }

    fn order(&self, state: &State) -> String {
        let here: Vec<_> = state
            .people
            .iter()
            .map(|one| (one.id, one.remote))
            .collect();
        let order = match state.began_at {
            Some(_) => here.iter().map(|(id, _)| *id).collect(),
            None => announced(&state.ring, &here, state.setting.hybrid),
        };
        let names: Vec<_> = order.into_iter().map(|id| self.name(state, id)).collect();
        names.join(", ")
    }

    fn next_part(&self, state: &State) -> String {
        let next = state.began_at.and_then(|_| state.parts.get(state.at + 1));
        next.map_or_else(String::new, |part| {
            let name = meeting::part_word(self.visit, &part.word);
            self.visit.tw("live-next", &with![part = name])
        })
    }

    fn keepers(&self, state: &State) -> String {
        let name = |id: Option<PersonId>| id.and_then(|id| state.name(id)).unwrap_or_default();
        let (keeper, beside) = (name(state.keeper), name(state.co_keeper));
        let keepers = match (keeper, beside) {
            ("", _) => "nobody",
            (_, "") if state.people.len() >= TWO_FROM => "alone",
            (_, "") => "one",
            _ => "two",
        };
        let said = with![keepers = keepers, keeper = keeper, beside = beside];
        self.visit.tw("live-keeper", &said)
    }

    /// What somebody who called is told.
    fn call(&self, state: &State) -> String {
        let own = state.calls.iter().find(|call| call.who == self.me);
        let name = state.carer_for(self.me).map(|id| self.name(state, id));
        match (own, name) {
            (Some(call), Some(name)) if call.heard => {
                self.visit.tw("live-call-heard", &with![name = name])
            }
            (Some(_), Some(name)) => self.visit.tw("live-call-told", &with![name = name]),
            (Some(_), None) => self.t("live-call-waits"),
            (None, _) => String::new(),
        }
    }

    fn shows(&self, state: &State, leads: bool) -> Vec<&'static str> {
        let me = self.me;
        let begun = state.began_at.is_some();
        let holds = state.holder == Some(me);
        let (round, free) = (state.is_round(), state.holder.is_none());
        let late = state.may_pass(me, self.now) && !holds;
        let resting = state.somebody(me).is_some_and(|one| one.resting);
        let called = state.calls.iter().any(|call| call.who == me);
        let word = state.part().map(|part| part.word.as_str());
        let opening = word.is_none_or(|word| OPENINGS.contains(&word));
        let all = [
            ("begin", leads && !begun && !state.is_few()),
            ("few", leads && !begun && state.is_few()),
            ("all", leads && !begun && state.is_few()),
            ("caution", leads && !self.hour.steps.is_empty()),
            (
                "step",
                leads && !state.setting.few && !state.setting.inventory,
            ),
            ("write", word == Some("ours-write")),
            ("counted", word.is_some_and(|word| COUNTED.contains(&word))),
            ("order", true),
            ("pass", holds && round),
            ("skip", holds && round),
            ("lay", holds && !round),
            ("take", begun && free && !round && !resting),
            ("pass-for", late),
            ("skip-for", late && round && leads),
            ("extend", leads && round && !free && state.extras_left > 0),
            ("next", leads && begun && state.at + 1 < state.parts.len()),
            (
                "finish",
                leads && begun && state.at + 1 >= state.parts.len(),
            ),
            ("rest", !resting),
            ("return", resting),
            ("call", !called && state.carer_for(me).is_some()),
            ("recall", called),
            ("calls", state.calls_for(me).next().is_some()),
            ("privacy", opening),
            ("script", leads),
            ("lead", leads),
            ("keep", self.hour.may_keep && state.keeper != Some(me)),
            ("pause", leads && begun && state.paused_at.is_none()),
            ("resume", leads && state.paused_at.is_some()),
            ("another", leads && begun && !state.setting.inventory),
            ("previous", leads && begun && state.at > 0),
        ];
        all.into_iter()
            .filter(|(_, shown)| *shown)
            .map(|(name, _)| name)
            .collect()
    }

    fn agenda(&self, state: &State) -> Vec<Line> {
        let parts = parts(state, self.seated.len());
        let line = |(at, part): (usize, &Part)| {
            let (mark, class) = match state.began_at {
                Some(_) if at == state.at => (self.t("live-now"), "now"),
                Some(_) if at < state.at => (self.t("live-done"), "done"),
                _ => (String::new(), ""),
            };
            Line {
                minutes: part.seconds / 60,
                mark,
                class,
            }
        };
        parts.iter().enumerate().map(line).collect()
    }

    fn calls(&self, state: &State) -> Vec<Named> {
        let open = state.calls_for(self.me).filter(|call| !call.heard);
        open.map(|call| named(call.who, &self.name(state, call.who)))
            .collect()
    }

    /// Whom the keeper can give a seat who have no device of their own.
    fn absent(&self, state: &State) -> Vec<Named> {
        let away = self
            .seated
            .iter()
            .filter(|(id, _)| state.somebody(*id).is_none());
        away.map(|(id, name)| named(*id, name)).collect()
    }
}

/// The parts of the hour, or how they would be if everybody with a seat came.
pub fn parts(state: &State, seated: usize) -> Vec<Part> {
    if state.parts.is_empty() {
        state.planned(seated)
    } else {
        state.parts.clone()
    }
}

fn named(id: PersonId, name: &str) -> Named {
    Named {
        id: id.to_string(),
        name: name.to_owned(),
    }
}

fn others(state: &State, me: PersonId, which: impl Fn(&Somebody) -> bool) -> Vec<Named> {
    let others = state.people.iter().filter(|one| one.id != me && which(one));
    others.map(|one| named(one.id, &one.name)).collect()
}
