//! Identifiers: 16 random bytes with the name of what they identify, so that a mix-up does not
//! compile. Written as 32 hexadecimal digits in addresses.

use std::fmt;
use std::str::FromStr;

/// The text is not an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnId;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 16]);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                read(text).map(Self)
            }
        }

        impl From<$name> for [u8; 16] {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl From<[u8; 16]> for $name {
            fn from(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }
        }
    )*};
}

ids! {
    /// An account of the instance.
    AccountId,
    /// A movement on the instance.
    MovementId,
    /// A person in a movement.
    PersonId,
    /// A working group of a movement.
    GroupId,
    /// A proposal of circles that nobody but stewards sees.
    DraftId,
    /// A circle.
    CircleId,
    /// A series of meetings.
    SeriesId,
    /// An invitation to a seat.
    InvitationId,
    /// The keyed print that makes a signed link hard to guess.
    Tag,
    /// Somebody who asks for a place.
    AskingId,
    /// An ask for help.
    AskId,
    /// A small promise that somebody made.
    CommitmentId,
    /// One coming together of a circle while it is held, and what is kept of it afterwards.
    LiveId,
    /// A practical ask that its owner wanted kept.
    KeptAskId,
    /// What a circle wrote down in a group inventory, as it stands; each change makes another.
    InventoryId,
}

fn read(text: &str) -> Result<[u8; 16], NotAnId> {
    let digits = text.as_bytes();
    if digits.len() != 32 {
        return Err(NotAnId);
    }
    let mut id = [0; 16];
    for (byte, pair) in id.iter_mut().zip(digits.chunks(2)) {
        *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
    }
    Ok(id)
}

fn nibble(digit: u8) -> Result<u8, NotAnId> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        _ => Err(NotAnId),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_id_reads_back_what_it_wrote_and_nothing_else() {
        let id = PersonId([0xa5; 16]);
        assert_eq!(id.to_string().parse::<PersonId>().unwrap(), id);
        for odd in [
            "",
            "a5",
            &"A5".repeat(16),
            &"zz".repeat(16),
            &"é".repeat(16),
        ] {
            assert_eq!(odd.parse::<PersonId>(), Err(NotAnId));
        }
    }
}
