//! Rows as they are mapped: the head found, the meanings of columns read, rows read and compared.

use mend_rules::id::PersonId;
use mend_rules::roster::{
    Column, Entry, Head, Known, Marks, Origin, Reading, Roster, Standing, What, one_a_line, plan,
};

use crate::change::Dice;

/// Reads rows as a list that comes in, with some columns changed by hand; how many people there
/// were. The same list once more must bring in nobody.
pub fn read(rows: &[(usize, Vec<String>)], dice: &mut Dice) -> Option<usize> {
    let mut head = Head::find(rows)?;
    let words: Vec<&str> = Column::ALL.into_iter().map(Column::word).collect();
    for column in &mut head.columns {
        if dice.below(6) == 0 {
            *column = Column::read(dice.one(&words)).unwrap_or(Column::Other);
        }
    }
    let origin = Origin::read(head.origin.word()).unwrap_or(Origin::Other);
    assert_eq!(origin, head.origin, "an origin is read as it is written");
    let roster = roster(&head, rows);
    let known: Vec<Known> = roster.entries.iter().enumerate().map(known).collect();
    let again = plan(roster.clone(), &known);
    assert_eq!(again.counts().0, 0, "somebody would come in twice");
    let first = plan(roster, &known[..known.len() / 2]);
    let kept = first.outcomes.iter().filter(|one| one.what != What::New);
    Some(first.counts().0 + kept.count())
}

/// Text as somebody pastes it.
pub fn pasted(bytes: &[u8]) -> Vec<u8> {
    one_a_line(&String::from_utf8_lossy(bytes)).into_bytes()
}

fn roster(head: &Head, rows: &[(usize, Vec<String>)]) -> Roster {
    let among = || {
        let above = rows
            .iter()
            .take_while(|(line, cells)| head.standing(*line, cells) != Standing::Below);
        above.filter(|(line, cells)| head.standing(*line, cells) == Standing::Among)
    };
    let mut marks = Marks::default();
    among().for_each(|(_, cells)| marks.see(cells));
    let mut reading = Reading::new(&head.columns, &marks, head.origin);
    among().for_each(|(line, cells)| reading.row(*line, cells));
    reading.finish()
}

fn known((at, entry): (usize, &Entry)) -> Known {
    Known {
        id: PersonId((at as u128).to_be_bytes()),
        entry: entry.clone(),
        claimed: at % 3 == 0,
    }
}
