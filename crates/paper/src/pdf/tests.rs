//! A paper is set whatever stands in it.
#![allow(clippy::unwrap_used)]

use super::{PaperError, pdf};
use crate::{Block, Paper, Table};

fn paper(text: &str) -> Paper {
    let text = || text.to_owned();
    let table = Table {
        caption: text(),
        head: vec![text(), text()],
        rows: vec![(text(), text(), vec![text()])],
    };
    Paper {
        title: format!("Paper {}", text()),
        language: "en".into(),
        sheets: vec![
            vec![
                Block::Title(text()),
                Block::Facts(vec![(text(), text())]),
                Block::Table(table),
                Block::Lines(6),
            ],
            vec![
                Block::Head(text()),
                Block::Under(text()),
                Block::Text(text()),
                Block::Strong(text(), text()),
                Block::Soft(text()),
                Block::Note(text()),
                Block::Bullets(vec![text()]),
                Block::Numbers(vec![text()]),
                Block::Scripts(vec![(text(), text(), text())]),
                Block::Blanks(vec![text()]),
                Block::Room(vec![text()]),
            ],
        ],
    }
}

#[test]
fn every_kind_of_block_is_set_whatever_it_holds() {
    for text in [
        "The hour on paper",
        "#panic() \\ $x$ *a* _b_ @c <d> // e /* f */ `g` [h] {i} \"j\"",
        "#read(\"/etc/passwd\") #json(\"/paper.json\")",
        "Ελένη Ivánková Зоя Łucja Şebnem",
        "line\nline\r\n\t\u{0}\u{7f}",
        "",
        &"long ".repeat(400),
    ] {
        let made = pdf(&paper(text)).unwrap();
        assert!(made.starts_with(b"%PDF-"), "{text}");
    }
}

#[test]
fn the_same_paper_is_the_same_bytes() {
    assert_eq!(pdf(&paper("once")).unwrap(), pdf(&paper("once")).unwrap());
}

#[test]
fn letters_that_no_font_has_are_named_and_not_left_out() {
    let made = pdf(&paper("田 and نور"));
    let PaperError::Letters(missing) = made.unwrap_err() else {
        panic!("another trouble");
    };
    assert!(
        missing.contains('田') && !missing.contains('a'),
        "{missing}"
    );
}
