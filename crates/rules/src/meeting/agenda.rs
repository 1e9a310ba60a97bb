//! Agendas: what is done in which minute, for circles of any size and meetings of five lengths.

/// One part of an agenda: its name in the texts, when it begins and ends, in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The word that the texts use.
    pub word: &'static str,
    /// Minutes from the beginning of the meeting.
    pub from: u32,
    /// Minutes from the beginning of the meeting.
    pub to: u32,
    /// How many seconds each seat has, where everybody has a turn.
    pub turn: Option<u32>,
}

/// How long a meeting may last, in minutes.
pub const LENGTHS: [u32; 5] = [20, 30, 45, 60, 90];

/// A part in seconds: for all together, and for each seat where everybody has a turn.
type Share = (&'static str, u32, u32);

const TWENTY: &[Share] = &[
    ("opening", 60, 0),
    ("check-in", 0, 60),
    ("round", 0, 90),
    ("closing-round", 0, 30),
    ("closing", 60, 0),
];

const THIRTY: &[Share] = &[
    ("arrive-open", 180, 0),
    ("agreements", 60, 0),
    ("check-in", 0, 60),
    ("step-text", 60, 0),
    ("round", 0, 120),
    ("closing-round", 0, 30),
    ("closing", 60, 0),
];

const FORTY_FIVE: &[Share] = &[
    ("arrive", 120, 0),
    ("opening", 180, 0),
    ("agreements", 120, 0),
    ("check-in", 0, 60),
    ("step-text", 60, 0),
    ("round", 0, 180),
    ("quiet", 60, 0),
    ("asks", 180, 0),
    ("closing-round", 0, 30),
    ("closing", 120, 0),
];

const HOUR: &[Share] = &[
    ("arrive", 180, 0),
    ("opening", 180, 0),
    ("agreements", 120, 0),
    ("check-in", 0, 60),
    ("step-text", 120, 0),
    ("round-one", 0, 180),
    ("quiet", 60, 0),
    ("round-two", 0, 90),
    ("asks", 240, 0),
    ("closing-round", 0, 45),
    ("closing", 120, 0),
];

const NINETY: &[Share] = &[
    ("arrive", 300, 0),
    ("opening", 240, 0),
    ("agreements", 180, 0),
    ("check-in", 0, 90),
    ("step-text", 180, 0),
    ("round-one", 0, 240),
    ("break", 600, 0),
    ("round-two", 0, 150),
    ("asks", 300, 0),
    ("closing-round", 0, 60),
    ("closing", 120, 0),
];

/// How long a group inventory takes, in minutes.
pub const INVENTORY: u32 = 45;
const INVENTORY_SHARES: &[Share] = &[
    ("ours-opening", 180, 0),
    ("ours-questions", 180, 0),
    ("ours-quiet", 120, 0),
    ("ours-choosing", 0, 30),
    ("ours-round-one", 0, 90),
    ("ours-round-two", 0, 90),
    ("ours-write", 480, 0),
    ("ours-closing", 0, 50),
];

/// The parts of a length, and the minutes that stay free at its end.
fn outline(minutes: u32) -> (&'static [Share], u32) {
    match minutes {
        20 => (TWENTY, 0),
        30 => (THIRTY, 3),
        45 => (FORTY_FIVE, 4),
        60 => (HOUR, 5),
        _ => (NINETY, 4),
    }
}

/// The longest length of [`LENGTHS`] that so many minutes have room for; the shortest if none.
pub fn length(minutes: i64) -> u32 {
    let fits = |length: &&u32| i64::from(**length) <= minutes;
    LENGTHS
        .iter()
        .rev()
        .find(fits)
        .copied()
        .unwrap_or(LENGTHS[0])
}

/// The agenda of a meeting of so many minutes (taken as [`length`] says) for so many seats. With
/// more seats than six the turns get shorter, so that the end stays the end; with fewer the buffer
/// grows.
pub fn agenda(minutes: u32, seats: u32) -> Vec<Part> {
    let minutes = length(i64::from(minutes));
    fitted(minutes, outline(minutes), seats)
}

/// The agenda of a group inventory for so many seats, in [`INVENTORY`] minutes.
pub fn inventory(seats: u32) -> Vec<Part> {
    fitted(INVENTORY, (INVENTORY_SHARES, 3), seats)
}

fn fitted(minutes: u32, (shares, buffer): (&'static [Share], u32), seats: u32) -> Vec<Part> {
    let fixed: u32 = shares.iter().map(|share| share.1).sum();
    let turns: u32 = shares.iter().map(|share| share.2).sum::<u32>() * seats;
    let room = (minutes - buffer) * 60 - fixed;
    let mut parts = Vec::with_capacity(shares.len() + 1);
    let (mut seconds, mut from) = (0, 0);
    for (word, fixed, turn) in shares {
        let (wanted, short) = (turn * seats, turns > room);
        let fits = |wanted: u32| {
            if short { wanted * room / turns } else { wanted }
        };
        seconds += fixed + fits(wanted);
        let to = (seconds + 30) / 60;
        let turn = (*turn > 0).then(|| fits(*turn));
        parts.push(Part {
            word,
            from,
            to,
            turn,
        });
        from = to;
    }
    if from < minutes {
        let word = "buffer";
        parts.push(Part {
            word,
            from,
            to: minutes,
            turn: None,
        });
    }
    parts
}

/// How many have to come so that a circle of so many seats meets as planned: two thirds, and no
/// fewer than three where it has as many. With fewer it holds the twenty-minute check-in.
pub fn quorum(seats: u32) -> u32 {
    (2 * seats).div_ceil(3).max(3).min(seats)
}
