//! Safeguarding: a movement is for adults, unless a named person has agreed to look after those
//! who are not and it is written down how.
//! Never: asks for a birth date.

use crate::people::Age;

/// The longest safeguarding text, in characters.
pub const TEXT_LENGTH: usize = 4000;

/// How safeguarding stands in a movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Care {
    /// Nobody under 18 may join, and nothing is written.
    Off,
    /// Somebody was asked to be the lead and has not agreed yet.
    Asked,
    /// A lead has agreed.
    On,
    /// There was a lead, or one was asked, and nobody is now.
    Leaderless,
}

/// How it stands: whether a text is `written`, whether the lead has a place `here`, and whether
/// they `agreed` to this text.
pub fn care(written: bool, here: bool, agreed: bool) -> Care {
    match (written, here, agreed) {
        (false, _, _) => Care::Off,
        (true, false, _) => Care::Leaderless,
        (true, true, false) => Care::Asked,
        (true, true, true) => Care::On,
    }
}

/// Whether somebody of this age may take a place, or come back to one.
pub fn may_join(age: Age, care: Care) -> bool {
    age == Age::Adult || care == Care::On
}

/// Whether it may be switched off, with so many people under 18 here.
pub fn may_end(minors: usize) -> bool {
    minors == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_under_18_joins_only_where_a_lead_has_agreed() {
        for written in [false, true] {
            for here in [false, true] {
                for agreed in [false, true] {
                    let care = care(written, here, agreed);
                    assert_eq!(may_join(Age::Minor, care), written && here && agreed);
                    assert!(may_join(Age::Adult, care));
                }
            }
        }
    }

    #[test]
    fn a_lead_who_is_gone_is_missed() {
        assert_eq!(care(true, false, true), Care::Leaderless);
        assert_eq!(care(true, true, false), Care::Asked);
        assert!(may_end(0) && !may_end(1));
    }
}
