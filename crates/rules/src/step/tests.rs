//! The path, its texts and their order.
#![allow(clippy::unwrap_used)]

use super::*;

fn step() -> Step {
    let mut texts = vec![
        (Text::Short, "Limits".to_owned()),
        (Text::Title, "We name our limits".into()),
        (Text::Meaning, "Some things are bigger than us.".into()),
        (Text::From, "From mutual aid.".into()),
    ];
    texts.extend(Source::ALL.map(|s| (Text::Opening(s), format!("By {}.", s.word()))));
    for of in Use::ALL {
        texts.extend((1..=of.prompts()).map(|at| (Text::Prompt(of, at), format!("{at}?"))));
    }
    for of in [Reader::Everybody, Reader::Keeper] {
        texts.push((Text::Caution(of, 1), "Gently.".into()));
    }
    Step::new(Number::FIRST, 3, 1, texts)
}

fn wording(text: Text, words: &str, version: u32) -> Wording {
    Wording {
        text,
        words: words.into(),
        version,
        since: Time(0),
    }
}

#[test]
fn every_text_has_a_name_that_reads_back_and_no_other_does() {
    for (text, _) in step().texts() {
        assert_eq!(Text::read(&text.key()), Some(text));
    }
    for odd in [
        "",
        "titles",
        "title.1",
        "opening",
        "opening.god",
        "prompt.circle",
        "prompt.circle.01",
        "prompt.circle.x",
        "caution.journal.1",
        "prompt.circle.1.2",
    ] {
        assert_eq!(Text::read(odd), None, "{odd}");
    }
}

#[test]
fn numbers_are_one_to_twelve_with_the_letters_a_to_l() {
    let all: String = Number::all().map(Number::letter).collect();
    assert_eq!(all, "ABCDEFGHIJKL");
    assert_eq!("12".parse::<Number>().unwrap().get(), 12);
    for odd in ["0", "13", "01", "+1", "", "one", "-1"] {
        assert!(odd.parse::<Number>().is_err(), "{odd}");
    }
}

#[test]
fn a_whole_step_lacks_nothing_and_says_what_it_lacks_otherwise() {
    assert_eq!(step().missing(), [""; 0]);
    let without = |gone: Text| {
        let texts = step()
            .texts()
            .filter(|(t, _)| *t != gone)
            .map(|(t, w)| (t, w.to_owned()))
            .collect::<Vec<_>>();
        Step::new(Number::FIRST, 1, 1, texts).missing()
    };
    for (text, _) in step().texts() {
        assert_eq!(without(text), [text.key()]);
    }
    let early = Step {
        number: Number::new(4).unwrap(),
        ..step()
    };
    assert_eq!(early.missing().len(), 1);
}

#[test]
fn the_words_of_a_group_stand_in_place_of_the_original_and_the_rest_stays() {
    let (mine, odd) = (
        Text::Prompt(Use::Circle, 2),
        Text::Caution(Reader::Companion, 9),
    );
    let ours = [
        wording(mine, "What is too much?", 3),
        wording(odd, "Nothing.", 3),
    ];
    let said = step().reworded(&ours);
    assert_eq!(
        said.prompts(Use::Circle),
        ["1?", "What is too much?", "3?", "4?"]
    );
    assert!(!said.has(odd));
    assert_eq!(said.reworded(&[]), said);
    let changed = said
        .texts()
        .filter(|(text, words)| step().text(*text) != *words)
        .count();
    assert_eq!(changed, 1);
}

#[test]
fn a_wording_is_behind_once_the_original_has_a_newer_version() {
    assert!(!wording(Text::Title, "Ours", 3).is_behind(&step()));
    assert!(wording(Text::Title, "Ours", 2).is_behind(&step()));
}

#[test]
fn a_wording_is_one_line_that_is_neither_empty_nor_too_long() {
    assert_eq!(
        Wording::typed(Text::Title, "  We\n rest "),
        Ok("We rest".into())
    );
    assert_eq!(
        Wording::typed(Text::Title, " \n "),
        Err(WordingTrouble::Empty)
    );
    assert_eq!(
        Wording::typed(Text::Short, &"x".repeat(13)),
        Err(WordingTrouble::Long)
    );
    assert!(Wording::typed(Text::Meaning, &"é".repeat(500)).is_ok());
}
