//! Reads the files of a language; that they are whole is held by tests.

use mend_rules::movement::Source;
use mend_rules::step::{Number, Reader, Step, Text, Use};
use serde::Deserialize;

/// The steps of a language, in order.
const ENGLISH: [&str; 12] = [
    include_str!("../../../../practice/en/01-limits.toml"),
    include_str!("../../../../practice/en/02-wisdom.toml"),
    include_str!("../../../../practice/en/03-commit.toml"),
    include_str!("../../../../practice/en/04-inventory.toml"),
    include_str!("../../../../practice/en/05-name-it.toml"),
    include_str!("../../../../practice/en/06-ready.toml"),
    include_str!("../../../../practice/en/07-ask.toml"),
    include_str!("../../../../practice/en/08-list.toml"),
    include_str!("../../../../practice/en/09-amends.toml"),
    include_str!("../../../../practice/en/10-keep-on.toml"),
    include_str!("../../../../practice/en/11-attune.toml"),
    include_str!("../../../../practice/en/12-carry.toml"),
];
const ENGLISH_SHORT: &str = include_str!("../../../../practice/en/practices.toml");

/// The texts of one language.
#[derive(Debug)]
pub struct Practice {
    steps: Vec<Step>,
    pub short: ShortPractices,
}

/// Practices of one to ten minutes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShortPractices {
    /// Raised when the sense changes; for those who translate.
    #[serde(rename = "version")]
    _version: u32,
    pub title: String,
    pub lead: String,
    pub skip: String,
    pub stop: String,
    #[serde(rename = "practice")]
    pub all: Vec<Short>,
}

/// One of them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Short {
    pub key: String,
    pub title: String,
    pub minutes: u8,
    pub with: With,
    pub why: String,
    pub how: Vec<String>,
    pub moving: String,
    pub cautions: Vec<String>,
}

/// With whom it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum With {
    Alone,
    Together,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    /// Follows from the number; it stands in the file for those who edit it.
    #[serde(rename = "letter")]
    _letter: char,
    number: u8,
    from_meeting: u32,
    short: String,
    title: String,
    meaning: String,
    from: String,
    circle: Vec<String>,
    companion: Vec<String>,
    journal: Vec<String>,
    opening: Opening,
    cautions: Cautions,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Opening {
    wisdom: String,
    justice: String,
    care: String,
    plain: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cautions {
    everybody: Vec<String>,
    keeper: Vec<String>,
    #[serde(default)]
    companion: Vec<String>,
}

impl Practice {
    /// English, the first language and the one others fall back to.
    ///
    /// # Panics
    /// When a file is not whole, which tests would have said before.
    pub fn english() -> Self {
        let steps: Vec<Step> = ENGLISH.iter().map(|text| step(text)).collect();
        let short = toml::from_str(ENGLISH_SHORT)
            .unwrap_or_else(|error| panic!("the short practices: {error}"));
        Self { steps, short }
    }

    /// The steps in order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The title of a step, counted from 1; nothing for what is no step.
    pub fn title(&self, number: u32) -> &str {
        let at = usize::try_from(number).ok().and_then(|n| n.checked_sub(1));
        let step = at.and_then(|at| self.steps.get(at));
        step.map_or("", |step| step.text(Text::Title))
    }

    /// One of the steps.
    pub fn step(&self, number: Number) -> &Step {
        &self.steps[usize::from(number.get()) - 1]
    }
}

fn step(text: &str) -> Step {
    let file: File = toml::from_str(text).unwrap_or_else(|error| panic!("a step: {error}"));
    let number = Number::new(file.number).unwrap_or_else(|| panic!("no step {}", file.number));
    let (version, from_meeting) = (file.version, file.from_meeting);
    Step::new(number, version, from_meeting, texts(file))
}

fn texts(file: File) -> Vec<(Text, String)> {
    let mut texts = vec![
        (Text::Short, file.short),
        (Text::Title, file.title),
        (Text::Meaning, file.meaning),
        (Text::From, file.from),
        (Text::Opening(Source::Wisdom), file.opening.wisdom),
        (Text::Opening(Source::Justice), file.opening.justice),
        (Text::Opening(Source::Care), file.opening.care),
        (Text::Opening(Source::Plain), file.opening.plain),
    ];
    for (of, prompts) in [
        (Use::Circle, file.circle),
        (Use::Companion, file.companion),
        (Use::Journal, file.journal),
    ] {
        let counted = (1..).zip(prompts);
        texts.extend(counted.map(|(at, words)| (Text::Prompt(of, at), words)));
    }
    for (of, cautions) in [
        (Reader::Everybody, file.cautions.everybody),
        (Reader::Keeper, file.cautions.keeper),
        (Reader::Companion, file.cautions.companion),
    ] {
        let counted = (1..).zip(cautions);
        texts.extend(counted.map(|(at, words)| (Text::Caution(of, at), words)));
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_inside_of_the_program_are_whole() {
        let practice = Practice::english();
        let order: Vec<u8> = practice
            .steps()
            .iter()
            .map(|step| step.number.get())
            .collect();
        assert_eq!(order, (1..=12).collect::<Vec<u8>>());
        for step in practice.steps() {
            assert_eq!(step.missing(), [""; 0], "step {}", step.number);
        }
        assert!(practice.short.all.len() >= 10);
    }
}
