//! The words for private writing as one file for the browser: the prompts of the steps, feelings,
//! first aid, and the questions of the inventories.
//! Never: anything about a person or a group; the same bytes for everybody.

use mend_rules::step::{Reader, Step, Text, Use};
use serde_json::{Value, json};

use super::Practice;

const PRIVATE: &str = include_str!("../../../../practice/en/feelings.toml");

impl Practice {
    /// All of it as JSON.
    ///
    /// # Panics
    /// When the file is not whole, which a test would have said before.
    pub fn writing(&self) -> Vec<u8> {
        let mut all: Value = toml::from_str(PRIVATE)
            .unwrap_or_else(|error| panic!("the words for private writing: {error}"));
        let steps = self.steps().iter().map(step);
        all["steps"] = steps.collect::<Vec<_>>().into();
        all.to_string().into_bytes()
    }
}

fn step(step: &Step) -> Value {
    json!({
        "number": step.number.get(),
        "title": step.text(Text::Title),
        "prompts": step.prompts(Use::Journal),
        "cautions": step.cautions(Reader::Everybody),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_that_the_vault_asks_for_is_there() {
        let all: Value =
            serde_json::from_slice(&Practice::english().writing()).expect("it is JSON");
        for part in [
            "feelings",
            "distress",
            "grounding",
            "inventory",
            "list",
            "amends",
            "safety",
            "check",
        ] {
            assert!(all[part].is_object(), "{part} is missing");
        }
        let steps = all["steps"].as_array().expect("there are steps");
        let numbers: Vec<_> = steps.iter().map(|step| step["number"].as_u64()).collect();
        assert_eq!(numbers, (1..=12).map(Some).collect::<Vec<_>>());
        let prompted = |step: &&Value| {
            step["prompts"]
                .as_array()
                .is_some_and(|all| !all.is_empty())
        };
        assert_eq!(steps.iter().filter(prompted).count(), 12);
    }
}
