//! The ring of seats as a picture: who has the piece, who comes next. `assets/live.js` draws it
//! again when something moves.

use maud::{Markup, html};
use mend_rules::live::State;

use super::told::Told;
use crate::circle::short_name;

pub fn ring(told: &Told) -> Markup {
    html! {
        svg class="ring" id="ring" viewBox=(told.view) role="img" aria-label=(told.say.ring) {
            (told.thread.drawn())
            circle class="hub" r="80" {}
            text class="time" y="2" id="left" { (told.left.map_or_else(String::new, clock)) }
            text class="soft" y="32" id="hub" { (told.say.hub) }
            g id="seats" {
                @for seat in &told.ring {
                    g class=(seat.class) {
                        circle cx=(seat.x) cy=(seat.y) r=(seat.r) {}
                        text x=(seat.x) y=(seat.y + 6.0) { (seat.name) }
                    }
                }
            }
            g id="marks" {
                @for seat in &told.ring { text class="soft mark" x=(seat.x) y=(seat.y + 58.0) { (seat.mark) } }
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
    let own = short_name(name);
    let same = state
        .people
        .iter()
        .filter(|one| short_name(&one.name) == own);
    let letter = name.split(' ').nth(1).and_then(|word| word.chars().next());
    match letter.filter(|_| same.count() > 1) {
        Some(letter) => format!("{} {letter}", own.chars().take(7).collect::<String>()),
        None => own,
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
