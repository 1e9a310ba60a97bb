//! What a keeper needs besides the steps: agreements, words to say, agendas.
//! See: `practice/README.md`.

use std::sync::LazyLock;

use serde::Deserialize;

/// What a keeper needs besides the steps.
#[derive(Debug, Deserialize)]
pub struct Words {
    pub agreements: Vec<String>,
    pub credit: String,
    #[serde(rename = "script")]
    pub spoken: Vec<Spoken>,
    pub keeper: Keeper,
    pub privacy: Privacy,
    pub distress: Distress,
    pub seats: Noted,
    pub online: Noted,
    pub record: Record,
    pub first_meeting: FirstMeeting,
    pub group_inventory: GroupInventory,
    #[cfg_attr(not(test), expect(dead_code, reason = "a test holds the rule to it"))]
    pub agenda: Vec<Agenda>,
}

/// Words to say aloud, and a note for the keeper alone.
#[derive(Debug, Deserialize)]
pub struct Spoken {
    pub key: String,
    pub title: String,
    pub text: String,
    pub note: Option<String>,
}

/// What a keeper does and leaves.
#[derive(Debug, Deserialize)]
pub struct Keeper {
    pub does: Vec<String>,
    pub leaves: Vec<String>,
}

/// How far a promise of privacy goes.
#[derive(Debug, Deserialize)]
pub struct Privacy {
    pub line: String,
    pub law: String,
}

/// What to do, in order, when somebody is in distress.
#[derive(Debug, Deserialize)]
pub struct Distress {
    pub title: String,
    pub steps: Vec<String>,
}

/// Notes under a heading.
#[derive(Debug, Deserialize)]
pub struct Noted {
    pub title: String,
    pub notes: Vec<String>,
}

/// What may be written down, and what never is.
#[derive(Debug, Deserialize)]
pub struct Record {
    pub title: String,
    pub kept: Vec<String>,
    pub never: Vec<String>,
}

/// How a circle agrees, the first time.
#[derive(Debug, Deserialize)]
pub struct FirstMeeting {
    pub title: String,
    pub text: String,
    pub steps: Vec<String>,
}

/// How a circle looks at the group.
#[derive(Debug, Deserialize)]
pub struct GroupInventory {
    pub title: String,
    pub lead: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "a test holds the rule to it"))]
    pub minutes: u32,
    pub questions: Vec<String>,
    /// The question of the first round.
    pub main: String,
    parts: Vec<InventoryPart>,
    pub notes: Vec<String>,
    /// How to write.
    pub writing: String,
    #[serde(rename = "line")]
    pub lines: Vec<Line>,
}

/// A part of its agenda.
#[derive(Debug, Deserialize)]
pub struct InventoryPart {
    key: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "a test holds the rule to it"))]
    minutes: u32,
    #[serde(rename = "part")]
    pub title: String,
    pub what: String,
}

/// A line that the circle writes down.
#[derive(Debug, Deserialize)]
pub struct Line {
    pub key: String,
    pub question: String,
    pub hint: String,
}

/// An agenda for six people.
#[derive(Debug, Deserialize)]
#[cfg_attr(not(test), expect(dead_code, reason = "a test holds the rule to it"))]
pub struct Agenda {
    pub minutes: u32,
    pub parts: Vec<Part>,
}

/// A part of an agenda.
#[derive(Debug, Deserialize)]
#[cfg_attr(not(test), expect(dead_code, reason = "a test holds the rule to it"))]
pub struct Part {
    pub minutes: u32,
}

const CIRCLE: &str = include_str!("../../../../practice/en/circle.toml");

static READ: LazyLock<Words> =
    LazyLock::new(|| toml::from_str(CIRCLE).unwrap_or_else(|e| panic!("the keeper's words: {e}")));

/// What a keeper needs besides the steps.
pub fn words() -> &'static Words {
    &READ
}

impl Words {
    /// A part of a group inventory, by the word of the rule.
    pub fn inventory_part(&self, word: &str) -> Option<&InventoryPart> {
        let mut parts = self.group_inventory.parts.iter();
        parts.find(|part| part.key == word)
    }

    /// Words to say aloud, by their key.
    pub fn script(&self, key: &str) -> Option<&Spoken> {
        self.spoken.iter().find(|spoken| spoken.key == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mend_rules::meeting::{INVENTORY, LENGTHS, agenda, inventory};

    #[test]
    fn what_is_said_in_a_live_circle_is_there() {
        for key in [
            "opening",
            "turn",
            "passed",
            "care",
            "closing",
            "few",
            "no-keeper",
            "hybrid",
        ] {
            assert!(words().script(key).is_some(), "{key}");
        }
    }

    #[test]
    fn the_group_inventory_for_six_is_the_one_of_the_practice() {
        let own = &words().group_inventory;
        let ours = inventory(6);
        let ours = ours.iter().map(|part| (part.word, part.to - part.from));
        let theirs = own.parts.iter().map(|part| (&part.key[..], part.minutes));
        assert!(ours.eq(theirs));
        assert_eq!(own.minutes, INVENTORY);
    }

    #[test]
    fn every_agenda_for_six_is_the_one_of_the_practice() {
        let lengths: Vec<u32> = words().agenda.iter().map(|one| one.minutes).collect();
        assert_eq!(lengths, LENGTHS);
        for one in &words().agenda {
            let ours: Vec<u32> = agenda(one.minutes, 6)
                .iter()
                .map(|part| part.to - part.from)
                .collect();
            let theirs: Vec<u32> = one.parts.iter().map(|part| part.minutes).collect();
            assert_eq!(ours, theirs, "{} minutes", one.minutes);
        }
    }
}
