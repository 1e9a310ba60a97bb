//! Small workbooks for tests and for the harness of hostile files: every part can be another.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The parts that a workbook with one sheet has, by path.
#[must_use]
pub fn parts(sheet: &str, strings: &str) -> Vec<(&'static str, String)> {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let links = |all: &[(&str, &str, &str)]| {
        let one = |(id, what, to): &(&str, &str, &str)| {
            format!("<Relationship Id=\"{id}\" Type=\"{kind}/{what}\" Target=\"{to}\"/>")
        };
        let all: String = all.iter().map(one).collect();
        format!("<?xml version=\"1.0\"?><Relationships>{all}</Relationships>")
    };
    vec![
        (
            "_rels/.rels",
            links(&[("a", "officeDocument", "xl/workbook.xml")]),
        ),
        (
            "xl/workbook.xml",
            "<workbook><workbookPr/><sheets><sheet name=\"People\" sheetId=\"1\" r:id=\"s1\"/></sheets></workbook>".into(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            links(&[
                ("s1", "worksheet", "worksheets/sheet1.xml"),
                ("s2", "sharedStrings", "sharedStrings.xml"),
                ("s3", "styles", "styles.xml"),
            ]),
        ),
        ("xl/sharedStrings.xml", format!("<sst>{strings}</sst>")),
        (
            "xl/styles.xml",
            "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>\
             <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>"
                .into(),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet><sheetData>{sheet}</sheetData></worksheet>"),
        ),
    ]
}

/// Packs parts; `squeeze` as programs do it, or as they are.
///
/// # Panics
/// When memory cannot be written to.
#[must_use]
pub fn pack<T: AsRef<[u8]>>(parts: &[(&str, T)], squeeze: bool) -> Vec<u8> {
    let method = if squeeze {
        CompressionMethod::Deflated
    } else {
        CompressionMethod::Stored
    };
    let options = SimpleFileOptions::default().compression_method(method);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in parts {
        zip.start_file(*path, options).expect("memory takes it");
        zip.write_all(bytes.as_ref()).expect("memory takes it");
    }
    zip.finish().expect("memory takes it").into_inner()
}

/// A workbook whose cells are texts written in place.
#[must_use]
pub fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let cell = |text: &&str| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>")
    };
    let row = |cells: &&[&str]| {
        let cells: String = cells.iter().map(cell).collect();
        format!("<row>{cells}</row>")
    };
    let sheet: String = rows.iter().map(row).collect();
    pack(&parts(&sheet, ""), true)
}
