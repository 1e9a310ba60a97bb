//! Where seats stand around a circle in a picture. A ring of more seats than fit becomes longer, not
//! wider, so that names can be read on a phone.

use std::f64::consts::TAU;

use maud::{Markup, html};
use serde::Serialize;

/// Of the seats themselves.
pub const SEAT: f64 = 36.0;
/// Of the ring, and of both ends of a long one.
const RADIUS: f64 = 150.0;
/// What a seat needs along the ring.
const ROOM: f64 = 84.0;

/// A ring for so many seats, around the middle of the picture.
#[derive(Debug, Clone, Copy)]
pub struct Round {
    seats: usize,
    /// Of each straight side; none where the ring is a circle.
    side: f64,
}

/// What a picture of the thread needs to know.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Thread {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    rx: f64,
}

impl Thread {
    pub fn drawn(&self) -> Markup {
        html! { rect class="thread" x=(self.x) y=(self.y) width=(self.width) height=(self.height) rx=(self.rx) {} }
    }
}

impl Round {
    pub fn of(seats: usize) -> Self {
        let side = ((seats as f64 * ROOM - TAU * RADIUS) / 2.0)
            .max(0.0)
            .round();
        Self { seats, side }
    }

    /// The room that the picture takes, with what stands below a seat.
    pub fn view(self) -> String {
        let (half, high) = (RADIUS + 90.0, RADIUS + self.side / 2.0 + 62.0);
        let (width, height) = (2.0 * half, 2.0 * high + 28.0);
        format!("{} {} {width} {height}", -half, -high)
    }

    /// The thread that goes through all seats.
    pub fn thread(self) -> Thread {
        let height = 2.0 * RADIUS + self.side;
        Thread {
            x: -RADIUS,
            y: -height / 2.0,
            width: 2.0 * RADIUS,
            height,
            rx: RADIUS,
        }
    }

    /// Where a seat stands, from the top and as a clock goes.
    pub fn place(self, at: usize) -> (f64, f64) {
        let quarter = TAU * RADIUS / 4.0;
        let whole = 4.0 * quarter + 2.0 * self.side;
        let way = whole * at as f64 / self.seats.max(1) as f64;
        let end = self.side / 2.0;
        let arc = |from: f64, by: f64, y: f64| {
            let angle = from + by / RADIUS;
            (RADIUS * angle.cos(), y + RADIUS * angle.sin())
        };
        let (right, bottom) = (quarter, quarter + self.side);
        let left = bottom + 2.0 * quarter;
        let (x, y) = match way {
            way if way < right => arc(-TAU / 4.0, way, -end),
            way if way < bottom => (RADIUS, way - right - end),
            way if way < left => arc(0.0, way - bottom, end),
            way if way < left + self.side => (-RADIUS, end - (way - left)),
            way => arc(TAU / 2.0, way - left - self.side, -end),
        };
        (x.round(), y.round())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seats_stand_around_and_none_lies_on_another() {
        for seats in 2..=20 {
            let round = Round::of(seats);
            let all: Vec<_> = (0..seats).map(|at| round.place(at)).collect();
            assert_eq!(all[0], (0.0, -RADIUS - (round.side / 2.0).round()));
            for (at, one) in all.iter().enumerate() {
                let next = all[(at + 1) % seats];
                let apart = (one.0 - next.0).hypot(one.1 - next.1);
                assert!(apart > 2.0 * SEAT, "{seats} seats, {at}: {apart}");
            }
        }
    }

    #[test]
    fn up_to_eleven_it_is_a_circle_and_more_make_it_longer_alone() {
        assert_eq!(Round::of(11).side, 0.0);
        assert!(Round::of(12).side > 0.0);
        let width = |seats| Round::of(seats).view().split(' ').nth(2).map(str::to_owned);
        assert_eq!(width(20), width(6));
        assert_eq!(Round::of(4).place(1), (150.0, 0.0));
        assert_eq!(Round::of(4).place(2), (0.0, 150.0));
        assert_eq!(Round::of(4).place(3), (-150.0, 0.0));
    }
}
