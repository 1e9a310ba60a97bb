//! How texts speak: in the movement's words, short, and without raising their voice.

use super::{Text, english};
use crate::tree::report;

/// Words that label people, make a creed of the steps, or turn care into a game or a control.
const NEVER: [&str; 48] = [
    "user",
    "users",
    "username",
    "admin",
    "admins",
    "moderator",
    "moderators",
    "victim",
    "victims",
    "offender",
    "offenders",
    "perpetrator",
    "perpetrators",
    "accused",
    "accuser",
    "confess",
    "confession",
    "confessions",
    "testimony",
    "verdict",
    "sanction",
    "sanctions",
    "powerless",
    "powerlessness",
    "higher power",
    "god",
    "prayer",
    "prayers",
    "pray",
    "sacred",
    "spirit",
    "compliance",
    "compliant",
    "engagement",
    "inactive",
    "churn",
    "churned",
    "lapsed",
    "score",
    "streak",
    "streaks",
    "ranking",
    "last seen",
    "buddy",
    "login",
    "password",
    "invalid",
    "illegal",
];

/// A sentence of more words than this is read twice.
pub const LONG: usize = 45;

fn plain(text: &str) -> String {
    let word = |c: char| if c.is_alphanumeric() { c } else { ' ' };
    let words: String = text.to_lowercase().chars().map(word).collect();
    format!(
        " {} ",
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    )
}

/// The words in a text that no page says.
pub fn unsaid(text: &str) -> Vec<&'static str> {
    let said = plain(text);
    let is_in = |word: &&&str| said.contains(&format!(" {word} "));
    NEVER.iter().filter(is_in).copied().collect()
}

fn never(text: &Text) -> Vec<String> {
    let found = unsaid(&text.value).into_iter();
    found
        .map(|word| format!("{} {} says “{word}”", text.place, text.key))
        .collect()
}

#[test]
fn texts_use_our_words() {
    report(
        english().iter().flat_map(never).collect(),
        "say it in a word of `docs/words.md`; its last column holds what we leave out, and why.",
    );
}

#[test]
fn texts_do_not_raise_their_voice() {
    let loud = english()
        .into_iter()
        .filter(|text| text.value.contains('!'));
    report(
        loud.map(|text| format!("{} {}", text.place, text.key))
            .collect(),
        "end it with a full stop.",
    );
}

fn long(text: &Text) -> Option<String> {
    // Words to be read aloud have their own rhythm, and a list of names is no sentence.
    if text.key.starts_with("script-") || text.key == "circle-names" {
        return None;
    }
    let most = text
        .sentences()
        .iter()
        .map(|sentence| sentence.split_whitespace().count())
        .max();
    let most = most.filter(|most| *most > LONG)?;
    Some(format!(
        "{} {} has {most} words in a sentence",
        text.place, text.key
    ))
}

#[test]
fn sentences_are_short() {
    report(
        english().iter().filter_map(long).collect(),
        "make two sentences of it.",
    );
}

#[test]
fn these_tests_can_fail() {
    let text = |value: &str| Text {
        key: "a-b".into(),
        value: value.into(),
        place: "a.ftl:1".into(),
    };
    assert_eq!(never(&text("Dear User, a Higher\n  Power")).len(), 2);
    assert!(never(&text("Scores of users’ musers")).len() == 1);
    assert!(long(&text(&"word ".repeat(46))).is_some());
    assert!(long(&text(&"word. ".repeat(46))).is_none());
}
