//! Workbooks (XLSX): which sheets there are, the texts that cells share, which styles are dates,
//! and the rows of one sheet. Formulas are passed over; the value that a program kept with them is
//! read as text. The format is ECMA-376, part 1, SpreadsheetML.

mod cell;
mod date;

use std::io::Cursor;

use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use crate::xml::{Node, Part, attribute, name};
use crate::{Limits, Trouble};
use cell::Rows;
use date::Styles;

/// The most sheets that are listed.
const SHEETS: usize = 64;

type Bytes<'a> = Cursor<&'a [u8]>;

/// A workbook that was opened.
#[derive(Debug)]
pub(crate) struct Book<'a> {
    zip: ZipArchive<Bytes<'a>>,
    limits: Limits,
    sheets: Vec<Sheet>,
    strings: Strings,
    styles: Styles,
}

#[derive(Debug)]
struct Sheet {
    name: String,
    path: String,
}

/// The texts that cells share, behind each other.
#[derive(Debug, Default)]
struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    fn get(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)? as usize;
        let begin = at.checked_sub(1).map_or(0, |at| self.ends[at] as usize);
        self.text.get(begin..end)
    }
}

impl<'a> Book<'a> {
    pub(crate) fn open(bytes: &'a [u8], limits: Limits) -> Result<Self, Trouble> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Trouble::Broken)?;
        let home = home(&mut zip, &limits)?;
        let folder = home.rsplit_once('/').map_or("", |(folder, _)| folder);
        let links = links(&mut zip, &links_of(&home), folder, &limits)?;
        let (named, from_1904) = workbook(&mut zip, &home, &limits)?;
        let find = |id: &str| links.iter().find(|link| link.id == id);
        let sheets = named.into_iter().filter_map(|(name, id)| {
            let path = find(&id)?.path.clone();
            Some(Sheet { name, path })
        });
        let sheets: Vec<Sheet> = sheets.collect();
        if sheets.is_empty() {
            return Err(Trouble::Broken);
        }
        let of_kind = |kind: &str| links.iter().find(|link| link.kind.ends_with(kind));
        let strings = match of_kind("/sharedStrings") {
            Some(link) => strings(&mut zip, &link.path, &limits)?,
            None => Strings::default(),
        };
        let styles = match of_kind("/styles") {
            Some(link) => match part(&mut zip, &link.path, &limits)? {
                Some(part) => Styles::read(part, from_1904)?,
                None => Styles::none(from_1904),
            },
            None => Styles::none(from_1904),
        };
        Ok(Self {
            zip,
            limits,
            sheets,
            strings,
            styles,
        })
    }

    pub(crate) fn names(&self) -> Vec<&str> {
        self.sheets
            .iter()
            .map(|sheet| sheet.name.as_str())
            .collect()
    }

    pub(crate) fn each(
        &mut self,
        sheet: usize,
        row: &mut dyn FnMut(usize, &[String]) -> bool,
    ) -> Result<(), Trouble> {
        let sheet = self.sheets.get(sheet).ok_or(Trouble::Empty)?;
        let part = part(&mut self.zip, &sheet.path, &self.limits)?.ok_or(Trouble::Broken)?;
        Rows::new(part, &self.strings, &self.styles, self.limits).each(row)
    }
}

/// A part of the archive by its path; nothing when there is none.
fn part<'z, 'a>(
    zip: &'z mut ZipArchive<Bytes<'a>>,
    path: &str,
    limits: &Limits,
) -> Result<Option<Part<ZipFile<'z, Bytes<'a>>>>, Trouble> {
    match zip.by_name(path) {
        Ok(file) => Ok(Some(Part::new(file, limits.part))),
        Err(ZipError::FileNotFound) => Ok(None),
        Err(_) => Err(Trouble::Broken),
    }
}

/// One part pointing to another.
struct Link {
    id: String,
    kind: String,
    path: String,
}

/// Where the links of a part stand: `xl/_rels/workbook.xml.rels` for `xl/workbook.xml`.
fn links_of(path: &str) -> String {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let folder = if folder.is_empty() {
        String::new()
    } else {
        format!("{folder}/")
    };
    format!("{folder}_rels/{file}.rels")
}

/// The links in a file of them, each with the path it leads to from a folder.
fn links(
    zip: &mut ZipArchive<Bytes<'_>>,
    path: &str,
    folder: &str,
    limits: &Limits,
) -> Result<Vec<Link>, Trouble> {
    let mut found = Vec::new();
    let Some(mut part) = part(zip, path, limits)? else {
        return Ok(found);
    };
    loop {
        match part.next()? {
            Node::Begin(tag, _) if name(&tag) == "Relationship" && found.len() < 4 * SHEETS => {
                let told = |what| attribute(&tag, what).unwrap_or_default();
                found.push(Link {
                    id: told("Id"),
                    kind: told("Type"),
                    path: joined(folder, &told("Target")),
                });
            }
            Node::Over => return Ok(found),
            _ => {}
        }
    }
}

/// A path from a folder, or from the root where it begins with a stroke.
fn joined(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|step| !step.is_empty()).collect(),
    };
    for step in target.split('/').filter(|step| !step.is_empty()) {
        match step {
            "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// The part that is the workbook itself.
fn home(zip: &mut ZipArchive<Bytes<'_>>, limits: &Limits) -> Result<String, Trouble> {
    let links = links(zip, "_rels/.rels", "", limits)?;
    let home = links
        .into_iter()
        .find(|link| link.kind.ends_with("/officeDocument"));
    let home = home.map_or_else(|| "xl/workbook.xml".to_owned(), |link| link.path);
    // Other programs pack other things in the same way: documents, and their own spreadsheets.
    match zip.index_for_name(&home) {
        Some(_) => Ok(home),
        None => Err(Trouble::Spreadsheet),
    }
}

/// The sheets with the ids of their links, and whether days are counted from 1904.
fn workbook(
    zip: &mut ZipArchive<Bytes<'_>>,
    path: &str,
    limits: &Limits,
) -> Result<(Vec<(String, String)>, bool), Trouble> {
    let (mut sheets, mut from_1904) = (Vec::new(), false);
    let mut part = part(zip, path, limits)?.ok_or(Trouble::Broken)?;
    loop {
        match part.next()? {
            Node::Begin(tag, _) => match name(&tag).as_str() {
                "workbookPr" => {
                    let told = attribute(&tag, "date1904").unwrap_or_default();
                    from_1904 = matches!(told.as_str(), "1" | "true");
                }
                "sheet" if sheets.len() < SHEETS => {
                    let told = |what| attribute(&tag, what).unwrap_or_default();
                    sheets.push((told("name"), told("id")));
                }
                _ => {}
            },
            Node::Over => return Ok((sheets, from_1904)),
            _ => {}
        }
    }
}

/// The texts that cells share. How many there are is counted, not believed.
fn strings(
    zip: &mut ZipArchive<Bytes<'_>>,
    path: &str,
    limits: &Limits,
) -> Result<Strings, Trouble> {
    let mut strings = Strings::default();
    let Some(mut part) = part(zip, path, limits)? else {
        return Ok(strings);
    };
    // A reading aid above a text (`rPh`) is not the text.
    let (mut in_text, mut aside) = (false, false);
    loop {
        match part.next()? {
            Node::Begin(tag, ends) => match name(&tag).as_str() {
                "t" => in_text = !ends && !aside,
                "rPh" => aside = !ends,
                "si" if ends => strings.ends.push(strings.text.len() as u32),
                _ => {}
            },
            Node::End(name) => match name.as_str() {
                "t" => in_text = false,
                "rPh" => aside = false,
                "si" => strings.ends.push(strings.text.len() as u32),
                _ => {}
            },
            Node::Text(text) if in_text => strings.text.push_str(&text),
            Node::Text(_) => {}
            Node::Over => return Ok(strings),
        }
        if strings.text.len() > limits.shared || strings.ends.len() > limits.cells {
            return Err(Trouble::Large);
        }
    }
}
