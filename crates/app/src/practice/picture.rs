//! The stitched path of twelve steps as a picture. What it shows stands in its title and in a list
//! of links beside it, so it takes nothing from whoever cannot see it.

use maud::{Markup, html};
use mend_rules::step::Number;

/// How a step is drawn.
type Class<'a> = &'a dyn Fn(Number) -> &'static str;

/// The path; `shorts` are the words below and above its twelve stitches, `class` how each is drawn.
pub fn path(title: &str, said: &str, shorts: &[&str], class: Class<'_>) -> Markup {
    let drawn = || Number::all().zip(shorts);
    html! {
        svg class="path" viewBox="0 0 1100 150" role="img" aria-labelledby="path-title path-desc" {
            title id="path-title" { (title) }
            desc id="path-desc" { (said) }
            path class="thread" d=(thread()) {}
            @for (number, short) in drawn() {
                @let (x, y) = place(number);
                g class={ "step " (class(number)) } {
                    circle cx=(x) cy=(y) r="19" {}
                    text x=(x) y=(y + 6) { (number) }
                    text class="soft" x=(x) y=(if is_low(number) { y + 44 } else { y - 32 }) { (short) }
                }
            }
        }
    }
}

fn is_low(number: Number) -> bool {
    number.get() % 2 == 1
}

fn place(number: Number) -> (u32, u32) {
    let at = u32::from(number.get() - 1);
    (45 + at * 92, if is_low(number) { 92 } else { 48 })
}

fn thread() -> String {
    let places: Vec<(u32, u32)> = Number::all().map(place).collect();
    let mut thread = format!("M{},{}", places[0].0, places[0].1);
    for pair in places.windows(2) {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        thread += &format!("C{},{y0} {},{y1} {x1},{y1}", x0 + 46, x1 - 46);
    }
    thread
}
