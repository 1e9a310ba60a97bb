//! Meetings: series in a real zone, what becomes of single meetings, agendas, and which step comes
//! when. What is kept is the wall clock and the zone, never the instant, so that 19:00 stays 19:00.

mod agenda;
mod cadence;
mod change;
mod walk;

pub use agenda::{INVENTORY, LENGTHS, Part, agenda, inventory, length, quorum};
pub use cadence::{Cadence, Ends, Nth, Series};
pub use change::{Change, ChangeTrouble, Meeting, Turn, check_move, check_undo, meetings, turn};
pub use walk::{Walk, fits_from, is_set_point, steps};

#[cfg(test)]
mod tests;
