//! A step of the path: its texts, which of them a group put into its own words, and when it fits.
//! Never: knows where somebody stands on the path; opens a file.
//! See: `practice/README.md` for the texts, [`crate::prompt`] for what a prompt should not do.

mod order;
mod texts;

pub use order::{FROM_MEETING, fits};
pub use texts::{Number, Reader, Text, Use};

use std::collections::BTreeMap;

use crate::movement::{Source, tidy};
use crate::time::Time;

/// One of the twelve steps, as its file tells it or as a group says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Which one it is.
    pub number: Number,
    /// Raised whenever the sense of the original changes.
    pub version: u32,
    /// From which meeting of a circle on it fits.
    pub from_meeting: u32,
    texts: BTreeMap<Text, String>,
}

/// What a group made of one text of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The text it stands for.
    pub text: Text,
    /// The group's own words.
    pub words: String,
    /// The version of the original it was made from.
    pub version: u32,
    /// Since when it is in force.
    pub since: Time,
}

/// Why a wording cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordingTrouble {
    /// There is nothing in it.
    Empty,
    /// It is longer than the text may be.
    Long,
}

impl Step {
    /// A step with its texts; [`Step::missing`] says what it lacks.
    pub fn new(
        number: Number,
        version: u32,
        from_meeting: u32,
        texts: impl IntoIterator<Item = (Text, String)>,
    ) -> Self {
        Self {
            number,
            version,
            from_meeting,
            texts: texts.into_iter().collect(),
        }
    }

    /// One text; empty when the step has none.
    pub fn text(&self, text: Text) -> &str {
        self.texts.get(&text).map_or("", String::as_str)
    }

    /// Every text with its words, in the order in which a page shows them.
    pub fn texts(&self) -> impl Iterator<Item = (Text, &str)> {
        self.texts
            .iter()
            .map(|(text, words)| (*text, words.as_str()))
    }

    /// Whether the step has this text, so that it can be reworded.
    pub fn has(&self, text: Text) -> bool {
        self.texts.contains_key(&text)
    }

    /// The line that opens it, steered by a source.
    pub fn opening(&self, source: Source) -> &str {
        self.text(Text::Opening(source))
    }

    /// Its prompts for one use.
    pub fn prompts(&self, of: Use) -> Vec<&str> {
        let all = self
            .texts()
            .filter(|(text, _)| matches!(text, Text::Prompt(it, _) if *it == of));
        all.map(|(_, words)| words).collect()
    }

    /// Its cautions for one reader.
    pub fn cautions(&self, of: Reader) -> Vec<&str> {
        let all = self
            .texts()
            .filter(|(text, _)| matches!(text, Text::Caution(it, _) if *it == of));
        all.map(|(_, words)| words).collect()
    }

    /// The step with a group's words in place of the original. Wordings of texts that the step does
    /// not have are passed over.
    #[must_use]
    pub fn reworded<'a>(&self, wordings: impl IntoIterator<Item = &'a Wording>) -> Self {
        let mut step = self.clone();
        for wording in wordings {
            if let Some(words) = step.texts.get_mut(&wording.text) {
                words.clone_from(&wording.words);
            }
        }
        step
    }

    /// What a step of the path must have and this one has not, in words for whoever edits it.
    pub fn missing(&self) -> Vec<String> {
        let mut wanted = vec![Text::Short, Text::Title, Text::Meaning, Text::From];
        wanted.extend(Source::ALL.map(Text::Opening));
        for of in Use::ALL {
            wanted.extend((1..=of.prompts()).map(|at| Text::Prompt(of, at)));
        }
        wanted.extend([
            Text::Caution(Reader::Everybody, 1),
            Text::Caution(Reader::Keeper, 1),
        ]);
        let lacks = |text: &&Text| self.text(**text).trim().is_empty();
        let mut missing: Vec<String> = wanted.iter().filter(lacks).map(|t| t.key()).collect();
        let more = self
            .texts()
            .filter(|(text, _)| matches!(text, Text::Prompt(of, at) if *at > of.prompts()));
        missing.extend(more.map(|(text, _)| format!("one too many: {}", text.key())));
        if self.from_meeting < FROM_MEETING[usize::from(self.number.get()) - 1] {
            missing.push("from_meeting is lower than it may be".into());
        }
        missing
    }
}

impl Wording {
    /// Whether the original has changed since the wording was made from it.
    pub fn is_behind(&self, original: &Step) -> bool {
        original.version > self.version
    }

    /// Words as a group typed them: on one line, without space around.
    ///
    /// # Errors
    /// [`WordingTrouble`] when nothing is left or it is too long for its text.
    pub fn typed(text: Text, words: &str) -> Result<String, WordingTrouble> {
        let words = tidy(words);
        if words.is_empty() {
            Err(WordingTrouble::Empty)
        } else if words.chars().count() > text.length() {
            Err(WordingTrouble::Long)
        } else {
            Ok(words)
        }
    }
}

#[cfg(test)]
mod tests;
