//! The seven words a person keeps: how typed words become the one text that keys are derived from.
//! Never: chooses words (the browser does, from the EFF large list); judges whether a word is on the list.
//! See: `normaliseWords` in `key.js`, which is the same rule and in addition folds what a keyboard may add.
//!
//! The normal form: letters a to z in lower case, every run of anything else turned into one space, none at the ends.
//! A hyphen therefore parts a word in two. Nothing is lost by that: the list's four hyphenated words are
//! `drop-down`, `felt-tip`, `t-shirt` and `yo-yo`, and neither `drop`, `felt`, `t` nor `yo` is a word of its own there,
//! so every normal form still belongs to one choice of words. Taking the hyphen out instead would make
//! `yo-yo` and `yoyo` the same word. It also lets people join all seven words with hyphens or commas.
//!
//! The browser first takes the text apart (NFKD) and drops combining marks and invisible format characters, so that
//! an accent or a joiner that crept in does no harm. This side has no Unicode tables and refuses such text.

use core::fmt;
use zeroize::Zeroizing;

/// The fewest words that keys are derived from: 7 of 7776 make 90 bits.
pub const LEAST: usize = 7;

/// Words in their normal form. Wiped from memory when dropped; cannot be printed by accident.
pub struct Words(Zeroizing<String>);

/// Why a text cannot be used as words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotWords {
    /// The text has characters outside ASCII; only the browser can fold those.
    NotPlain,
    /// The text has fewer than [`LEAST`] words.
    TooFew,
}

impl Words {
    /// Reads words however they were spaced, cased or joined.
    ///
    /// # Errors
    /// [`NotWords`] if the text is not ASCII or has fewer than [`LEAST`] words.
    pub fn read(text: &str) -> Result<Self, NotWords> {
        if !text.is_ascii() {
            return Err(NotWords::NotPlain);
        }
        let normal = normalise(text);
        if normal.split(' ').filter(|word| !word.is_empty()).count() < LEAST {
            return Err(NotWords::TooFew);
        }
        Ok(Self(normal))
    }

    /// The normal form, with one space between words.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}

fn normalise(text: &str) -> Zeroizing<String> {
    // Never longer than what was typed, so it does not grow and leave unwiped copies behind.
    let mut normal = Zeroizing::new(String::with_capacity(text.len()));
    for word in text
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| !word.is_empty())
    {
        if !normal.is_empty() {
            normal.push(' ');
        }
        normal.extend(word.chars().map(|c| c.to_ascii_lowercase()));
    }
    normal
}

impl fmt::Display for NotWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotPlain => "the words hold characters other than plain letters",
            Self::TooFew => "there are fewer than seven words",
        })
    }
}

impl core::error::Error for NotWords {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    const LIST: &str = include_str!("../../app/assets/words.txt");

    #[test]
    fn the_list_is_whole_and_no_two_words_share_a_normal_form() {
        let normal: HashSet<_> = LIST
            .lines()
            .map(|word| normalise(word).to_string())
            .collect();
        assert_eq!(LIST.lines().count(), 7776);
        assert_eq!(normal.len(), 7776);
    }

    #[test]
    fn the_first_half_of_a_hyphenated_word_is_never_a_word() {
        let words: HashSet<_> = LIST.lines().collect();
        let hyphenated: Vec<_> = LIST
            .lines()
            .filter_map(|word| word.split_once('-'))
            .collect();
        assert_eq!(hyphenated.len(), 4);
        assert!(hyphenated.iter().all(|(first, _)| !words.contains(first)));
    }

    #[test]
    fn fewer_than_seven_words_are_refused() {
        assert_eq!(Words::read("").err(), Some(NotWords::TooFew));
        assert_eq!(Words::read("a b c d e f").err(), Some(NotWords::TooFew));
        assert!(Words::read("a b c d e f g").is_ok());
    }

    #[test]
    fn only_the_browser_folds_accents() {
        assert_eq!(Words::read("é b c d e f g").err(), Some(NotWords::NotPlain));
    }

    proptest! {
        #[test]
        fn the_normal_form_is_its_own_normal_form(text in "[ -~\t\n]{0,80}") {
            let once = normalise(&text);
            prop_assert_eq!(&*normalise(&once), &*once);
            prop_assert!(once.bytes().all(|b| b == b' ' || b.is_ascii_lowercase()));
            prop_assert!(!once.contains("  ") && once.trim() == once.as_str());
        }

        #[test]
        fn spacing_and_case_do_not_matter(words in prop::collection::vec("[a-z]{1,9}", 7), gap in "[ ,.;0-9_-]{1,4}") {
            let typed = words.join(&gap).to_uppercase();
            let read = Words::read(&typed).unwrap();
            prop_assert_eq!(read.text(), words.join(" "));
        }
    }
}
