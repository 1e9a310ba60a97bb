//! A list as a file: opened, its head found, its rows read one after the other.

use mend_list::{Letters, Limits, List, Trouble};
use mend_rules::roster::{Column, Head, Marks, Reading, Roster, Standing};

/// How many rows are looked at to find the head of a list.
const FIRST: usize = 1_000;

/// A list that was opened, with its head.
#[derive(Debug)]
pub struct File<'a> {
    list: List<'a>,
    /// The worksheet that is read, counted from 0.
    pub tab: usize,
    pub head: Head,
    /// Cells of the first few people, to be shown beside the columns.
    pub first: Vec<Vec<String>>,
}

impl<'a> File<'a> {
    /// Opens a list; of a workbook the sheet that was chosen, or else the first with headers for
    /// people, or else the first that has anything in it.
    ///
    /// # Errors
    /// The key of the text that says what is not right with the file.
    pub fn open(bytes: &'a [u8], tab: Option<usize>) -> Result<Self, &'static str> {
        let mut list = List::open(bytes, Limits::USUAL).map_err(said)?;
        let tabs = list.sheets().len().max(1);
        let mut found: Result<(usize, Head, Rows), Trouble> = Err(Trouble::Empty);
        for at in tab.map_or(0..tabs, |tab| tab..tab + 1) {
            let looked = look(&mut list, at);
            let named = |head: &Head| head.headed && Head::names(&head.columns);
            let names = matches!(&looked, Ok((head, _)) if named(head));
            if names || found.is_err() {
                found = looked.map(|(head, rows)| (at, head, rows));
            }
            if names {
                break;
            }
        }
        let (tab, head, rows) = found.map_err(said)?;
        let among = rows
            .into_iter()
            .filter(|(line, cells)| head.standing(*line, cells) == Standing::Among);
        let first = among.map(|(_, cells)| cells).take(3).collect();
        Ok(Self {
            list,
            tab,
            head,
            first,
        })
    }

    /// The names of its worksheets, if it has any.
    pub fn tabs(&self) -> Vec<String> {
        self.list.sheets().into_iter().map(str::to_owned).collect()
    }

    /// Whether nothing said which letters it is written in, so that they were guessed.
    pub fn guessed_letters(&self) -> bool {
        self.list.letters() == Some(Letters::Windows1252)
    }

    /// How many rows may be people.
    ///
    /// # Errors
    /// As [`File::open`].
    pub fn count(&mut self) -> Result<usize, &'static str> {
        let mut count = 0;
        self.each(|_, _| count += 1)?;
        Ok(count)
    }

    /// What its rows say of people.
    ///
    /// # Errors
    /// As [`File::open`].
    pub fn roster(&mut self, columns: &[Column]) -> Result<Roster, &'static str> {
        let mut marks = Marks::default();
        self.each(|_, cells| marks.see(cells))?;
        let mut reading = Reading::new(columns, &marks, self.head.origin);
        self.each(|line, cells| reading.row(line, cells))?;
        Ok(reading.finish())
    }

    fn each(&mut self, mut row: impl FnMut(usize, &[String])) -> Result<(), &'static str> {
        let head = &self.head;
        let rows = self.list.each(self.tab, |line, cells| {
            let standing = head.standing(line, cells);
            if standing == Standing::Among {
                row(line, cells);
            }
            standing != Standing::Below
        });
        rows.map_err(said)
    }
}

type Rows = Vec<(usize, Vec<String>)>;

fn look(list: &mut List<'_>, tab: usize) -> Result<(Head, Rows), Trouble> {
    let mut rows = Vec::new();
    list.each(tab, |line, cells| {
        rows.push((line, cells.to_vec()));
        rows.len() < FIRST
    })?;
    let head = Head::find(&rows).ok_or(Trouble::Empty)?;
    Ok((head, rows))
}

/// The key of the text that says it.
fn said(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Empty => "import-empty",
        Trouble::Letters => "import-letters",
        Trouble::Spreadsheet => "import-is-sheet",
        Trouble::Broken => "import-broken",
        Trouble::Large => "import-too-much",
        Trouble::Wide => "import-wide",
    }
}
