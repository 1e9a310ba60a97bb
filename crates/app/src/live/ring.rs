//! The ring of seats as a picture: who has the piece, who comes next. `assets/live.js` draws the
//! same when something moves.

use std::f64::consts::TAU;

use maud::{Markup, html};
use mend_rules::live::State;

use super::told::Told;

/// Room that a seat needs along the thread.
const ROOM: f64 = 84.0;
/// The thread of a small circle.
const RADIUS: f64 = 150.0;
const SEAT: f64 = 36.0;

pub fn ring(told: &Told) -> Markup {
    let count = told.ring.len();
    let radius = RADIUS.max((count as f64 * ROOM / TAU).round());
    let (half, high) = (radius + 90.0, radius + 62.0);
    let view = format!("{} {} {} {}", -half, -high, 2.0 * half, 2.0 * high + 28.0);
    let place = |at: usize| {
        let angle = TAU * (at as f64 / count.max(1) as f64 - 0.25);
        (
            (radius * angle.cos()).round(),
            (radius * angle.sin()).round(),
        )
    };
    html! {
        svg class="ring" id="ring" viewBox=(view) role="img" aria-label=(told.say.ring) {
            circle class="thread" r=(radius) {}
            circle class="hub" r="80" {}
            text class="time" y="2" id="left" { (told.left.map_or_else(String::new, clock)) }
            text class="soft" y="32" id="hub" { (told.say.hub) }
            g id="seats" {
                @for (at, seat) in told.ring.iter().enumerate() {
                    @let (x, y) = place(at);
                    g class=(seat.class) {
                        circle cx=(x) cy=(y) r=(if seat.class.contains("holds") { SEAT + 8.0 } else { SEAT }) {}
                        text x=(x) y=(y + 6.0) { (seat.name) }
                        text class="soft" x=(x) y=(y + 58.0) { (seat.mark) }
                    }
                }
            }
        }
    }
}

/// Minutes and seconds; nothing below none.
pub fn clock(seconds: i64) -> String {
    let left = seconds.max(0);
    format!("{}:{:02}", left / 60, left % 60)
}

/// The first word of a name, so that it fits a seat; where two share it, with the next letter of
/// their names, so that nobody is taken for another.
pub fn short(name: &str, state: &State) -> String {
    let first = |name: &str| cut(name.split(' ').next().unwrap_or(name));
    let own = first(name);
    let same = state.people.iter().filter(|one| first(&one.name) == own);
    let letter = name.split(' ').nth(1).and_then(|word| word.chars().next());
    match letter.filter(|_| same.count() > 1) {
        Some(letter) => format!("{} {letter}", own.chars().take(7).collect::<String>()),
        None => own,
    }
}

fn cut(word: &str) -> String {
    if word.chars().count() > 9 {
        word.chars().take(8).chain(['…']).collect()
    } else {
        word.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mend_rules::id::PersonId;
    use mend_rules::live::{Act, Deed, step};
    use mend_rules::time::Time;

    #[test]
    fn two_with_one_first_name_can_be_told_apart() {
        let id = |n: u8| PersonId([n; 16]);
        let mut state = State::open(
            Vec::new(),
            [None; 2],
            crate::live::testing::setting(),
            Time(0),
        );
        for (n, name) in [
            (1, "Ana Lima"),
            (2, "Ana Reis"),
            (3, "Bartholomew Oak"),
            (4, "Sol"),
        ] {
            let act = Act::Enter {
                name: name.into(),
                remote: true,
            };
            let deed = Deed {
                id: [n; 16],
                by: id(n),
                seen: 0,
                act,
            };
            state = step(&state, &deed, Time(0)).unwrap_or(state);
        }
        let shown: Vec<_> = state
            .people
            .iter()
            .map(|one| short(&one.name, &state))
            .collect();
        assert_eq!(shown, ["Ana L", "Ana R", "Bartholo…", "Sol"]);
    }
}
