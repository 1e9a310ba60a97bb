//! Prompts: what a question to people should not do, and where a text does it all the same.
//! Never: forbids anything; a group may ask what it wants, after it was told what could hurt.
//! See: `practice/README.md`, which lists the same words for whoever edits or translates.

/// Why a prompt could hurt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Concern {
    /// It asks for a name, or about one person.
    Names,
    /// It asks for a whole story.
    Telling,
    /// It demands something, or asks for an owning up.
    Demands,
    /// It wants people to justify themselves.
    Reasons,
    /// It touches a wound.
    Wounds,
    /// It compares people or counts them up.
    Ranks,
    /// It names an illness.
    Diagnoses,
    /// It looks for guilt, or for pardon.
    Blames,
}

impl Concern {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Names,
        Self::Telling,
        Self::Demands,
        Self::Reasons,
        Self::Wounds,
        Self::Ranks,
        Self::Diagnoses,
        Self::Blames,
    ];

    /// The word that the texts use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Telling => "telling",
            Self::Demands => "demands",
            Self::Reasons => "reasons",
            Self::Wounds => "wounds",
            Self::Ranks => "ranks",
            Self::Diagnoses => "diagnoses",
            Self::Blames => "blames",
        }
    }

    /// The words by which it is noticed in English, whole and in any case; a star stands for any
    /// ending.
    pub fn words(self) -> &'static [&'static str] {
        match self {
            Self::Names => &[
                "who",
                "whom",
                "whose",
                "name the",
                "name a",
                "name one",
                "name somebody",
            ],
            Self::Telling => &["tell us", "tell me", "describe", "share with us"],
            Self::Demands => &[
                "confess*",
                "admit*",
                "must",
                "should",
                "shall you",
                "have to",
                "ought",
            ],
            Self::Reasons => &["why did", "why do you", "why are you"],
            Self::Wounds => &[
                "trauma*",
                "abuse*",
                "assault*",
                "violen*",
                "victim*",
                "childhood",
                "as a child",
                "parents",
                "memory",
                "memories",
                "worst",
            ],
            Self::Ranks => &[
                "best",
                "most",
                "least",
                "rank*",
                "rate",
                "score*",
                "compare*",
                "better than you",
            ],
            Self::Diagnoses => &[
                "diagnos*",
                "symptom*",
                "disorder*",
                "depress*",
                "addict*",
                "burnout",
                "burned out",
            ],
            Self::Blames => &["fault*", "blame*", "forgive*", "sin", "confront*", "prove"],
        }
    }
}

/// What could hurt in a text, with the word by which it was noticed; one finding for each concern.
pub fn concerns(text: &str) -> Vec<(Concern, &'static str)> {
    let said = words(text);
    let noticed = |concern: Concern| {
        let found = concern.words().iter().find(|wanted| is_in(&said, wanted));
        found.map(|word| (concern, word.trim_end_matches('*')))
    };
    Concern::ALL.into_iter().filter_map(noticed).collect()
}

fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn is_in(said: &[String], wanted: &str) -> bool {
    let wanted: Vec<&str> = wanted.split(' ').collect();
    let is = |said: &String, wanted: &str| match wanted.strip_suffix('*') {
        Some(begin) => said.starts_with(begin),
        None => said == wanted,
    };
    let at = |here: &[String]| {
        here.iter()
            .zip(&wanted)
            .all(|(said, wanted)| is(said, wanted))
    };
    said.windows(wanted.len()).any(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noticed(text: &str) -> Vec<Concern> {
        concerns(text)
            .into_iter()
            .map(|(concern, _)| concern)
            .collect()
    }

    #[test]
    fn a_prompt_about_now_and_needs_is_left_in_peace() {
        for text in [
            "What are you carrying this week that is too big for one person?",
            "Where could a pause prevent a mistake?",
            "What is the name for this weather?",
            "The whole of it, since Monday.",
            "",
        ] {
            assert_eq!(noticed(text), [], "{text}");
        }
    }

    #[test]
    fn each_concern_is_noticed_as_whole_words_in_any_case() {
        assert_eq!(noticed("WHO let you down?"), [Concern::Names]);
        assert_eq!(
            noticed("Please describe it, and name  a person."),
            [Concern::Names, Concern::Telling]
        );
        assert_eq!(
            noticed("You’re confessing what you should."),
            [Concern::Demands]
        );
        assert_eq!(noticed("Why did that happen?"), [Concern::Reasons]);
        assert_eq!(noticed("A violent night; abusers."), [Concern::Wounds]);
        assert_eq!(noticed("Scores, from best to least."), [Concern::Ranks]);
        assert_eq!(noticed("Are you burned out?"), [Concern::Diagnoses]);
        assert_eq!(noticed("Prove it was not your fault."), [Concern::Blames]);
    }

    #[test]
    fn the_word_that_was_noticed_is_told() {
        assert_eq!(
            concerns("Blaming nobody, why did it traumatise?"),
            [(Concern::Reasons, "why did"), (Concern::Wounds, "trauma")]
        );
        assert_eq!(
            concerns("Whose blame?"),
            [(Concern::Names, "whose"), (Concern::Blames, "blame")]
        );
    }
}
