//! Lists as programs write them, and files that mean harm.
#![allow(clippy::unwrap_used)]

use crate::testing::{pack, parts, workbook};
use crate::{Letters, Limits, List, Trouble, plain};

const SMALL: Limits = Limits {
    part: 1024 * 1024,
    shared: 64 * 1024,
    ..Limits::USUAL
};

type Row = (usize, Vec<String>);

fn rows_in(bytes: &[u8], sheet: usize, limits: Limits) -> Result<Vec<Row>, Trouble> {
    let mut rows = Vec::new();
    List::open(bytes, limits)?.each(sheet, |line, cells| {
        rows.push((line, cells.to_vec()));
        true
    })?;
    Ok(rows)
}

fn rows(bytes: &[u8]) -> Vec<Row> {
    rows_in(bytes, 0, Limits::USUAL).unwrap()
}

fn trouble(bytes: &[u8]) -> Trouble {
    rows_in(bytes, 0, SMALL).unwrap_err()
}

fn row(line: usize, cells: &[&str]) -> Row {
    (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
}

fn sheet(rows: &str) -> Vec<u8> {
    pack(&parts(rows, "<si><t>Name</t></si>"), true)
}

#[test]
fn text_is_read_in_the_letters_that_programs_use() {
    let text = "name;note\r\nZé;\"a\r\nb\"\r\n";
    let wide = |order: fn(u16) -> [u8; 2], mark: &[u8]| {
        let units: Vec<u8> = text.encode_utf16().flat_map(order).collect();
        [mark, &units].concat()
    };
    let files = [
        (text.as_bytes().to_vec(), Letters::Utf8),
        (format!("\u{feff}{text}").into_bytes(), Letters::Utf8),
        (wide(u16::to_le_bytes, b"\xff\xfe"), Letters::Utf16),
        (wide(u16::to_be_bytes, b"\xfe\xff"), Letters::Utf16),
        (wide(u16::to_le_bytes, b""), Letters::Utf16),
        (wide(u16::to_be_bytes, b""), Letters::Utf16),
        (
            text.replace('é', "\u{1}").into_bytes(),
            Letters::Windows1252,
        ),
    ];
    for (mut bytes, letters) in files {
        if letters == Letters::Windows1252 {
            bytes
                .iter_mut()
                .filter(|b| **b == 1)
                .for_each(|b| *b = 0xe9);
        }
        let list = List::open(&bytes, Limits::USUAL).unwrap();
        assert_eq!(list.letters(), Some(letters), "{bytes:?}");
        assert_eq!(
            rows(&bytes),
            [row(1, &["name", "note"]), row(2, &["Zé", "a\r\nb"])],
            "{letters:?}"
        );
    }
}

#[test]
fn the_mark_between_cells_is_the_one_of_the_first_line_that_has_any() {
    for text in ["a,b\n1;2,3\n", "a;b\n1,2;3\n", "a\tb\n1,2;x\t3\n"] {
        assert_eq!(rows(text.as_bytes())[1].1.len(), 2, "{text}");
    }
    let empty = "name,,".to_owned() + &",".repeat(20_000) + "\nAna,,x\n";
    assert_eq!(rows(empty.as_bytes())[1], row(2, &["Ana", "", "x"]));
    let titled = rows(b"Export\n\nMembers (1)\nname,email\nAna,a@x.org\n");
    assert_eq!(titled[2], row(4, &["name", "email"]));
    assert_eq!(rows(b"Ana\n\nBo\n"), [row(1, &["Ana"]), row(3, &["Bo"])]);
}

#[test]
fn a_text_that_is_no_list_is_refused() {
    assert_eq!(trouble(b""), Trouble::Empty);
    assert_eq!(trouble(b" \n,,\n"), Trouble::Empty);
    assert_eq!(trouble(b"%PDF\x00\x01\x02\x03 and more"), Trouble::Letters);
    assert_eq!(
        trouble(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"),
        Trouble::Spreadsheet
    );
    for open in [
        "name\n\"Ana\nBo\n",
        "name,note\nAna,\"said \"\"no\nBo,yes\n",
    ] {
        assert_eq!(trouble(open.as_bytes()), Trouble::Broken, "{open}");
    }
}

#[test]
fn workbooks_of_other_programs_are_read_with_their_days() {
    let bytes = include_bytes!("../tests/data/openpyxl.xlsx");
    let list = List::open(bytes, Limits::USUAL).unwrap();
    assert_eq!(
        (list.sheets(), list.letters()),
        (vec!["Notes", "People"], None)
    );
    let people = rows_in(bytes, 1, Limits::USUAL).unwrap();
    assert_eq!(people[0].0, 1);
    assert_eq!(people[1].0, 3, "lines are those of the sheet");
    let ana = [
        "Ana",
        "Lima",
        "ana@example.org",
        "2024-03-01",
        "North; South",
        "no",
    ];
    assert_eq!(people[2].1[..6], ana);
    assert_eq!(people[3].1[3..6], ["2023-12-24", "South", "yes"]);
    assert_eq!(people[4].1[3], "1999-12-31");

    let bytes = include_bytes!("../tests/data/xlsxwriter.xlsx");
    let people = rows(bytes);
    assert_eq!(
        people[1].1,
        [
            "101",
            "Ana Lima",
            "ana@example.org",
            "2024-02-29",
            "351912000001"
        ]
    );
    assert_eq!(people[2].1[..3], ["102", "Bo Berg", "bo@example.org"]);
}

/// A program keeps what a formula came to; the formula itself is never looked at.
#[test]
fn formulas_are_not_run_and_not_read() {
    let people = rows(include_bytes!("../tests/data/openpyxl.xlsx"));
    assert!(
        people
            .iter()
            .flat_map(|row| &row.1)
            .all(|cell| !cell.contains("HYPERLINK"))
    );
    let people = rows(include_bytes!("../tests/data/xlsxwriter.xlsx"));
    assert_eq!(people[2].1[4], "+46 70");
    let made = sheet(
        "<row><c t=\"str\"><f>WEBSERVICE(\"http://example.org\")</f></c><c><v>1</v></c></row>",
    );
    assert_eq!(rows(&made), [row(1, &["", "1"])]);
}

#[test]
fn cells_of_every_kind_are_shown_as_a_person_would_write_them() {
    let made = sheet(
        "<row r=\"7\"><c r=\"A7\" t=\"s\"><v>0</v></c><c r=\"C7\" t=\"b\"><v>1</v></c><c t=\"e\"><v>#N/A</v></c>\
         <c><v>2.50</v></c><c><v>7.0</v></c><c s=\"1\"><v>45000.75</v></c><c s=\"2\"><v>60</v></c>\
         <c t=\"d\"><v>2024-01-02</v></c><c t=\"inlineStr\"><is><r><t>A &lt;</t></r><r><t>&#66;</t></r></is></c></row>",
    );
    let cells = [
        "Name",
        "",
        "yes",
        "",
        "2.50",
        "7",
        "2023-03-15",
        "60",
        "2024-01-02",
        "A <B",
    ];
    assert_eq!(rows(&made), [row(7, &cells)]);
}

#[test]
fn a_workbook_that_unpacks_to_far_more_than_it_is_is_refused() {
    let row = "<row><c><v>1</v></c></row>".repeat(60_000);
    let bomb = sheet(&row);
    assert!(bomb.len() < 20_000, "{}", bomb.len());
    assert_eq!(trouble(&bomb), Trouble::Large);
    let text = format!("<si><t>{}</t></si>", "a".repeat(100_000));
    assert_eq!(trouble(&pack(&parts("", &text), true)), Trouble::Large);
    let strings = "<si/>".repeat(150_000);
    let few = Limits {
        cells: 100_000,
        ..SMALL
    };
    let made = pack(&parts("", &strings), true);
    assert_eq!(rows_in(&made, 0, few).unwrap_err(), Trouble::Large);
}

#[test]
fn one_endless_element_is_refused_before_it_is_held() {
    let long = "a".repeat(3 * 1024 * 1024);
    for inside in [
        format!("<row><c t=\"str\"><v>{long}</v></c></row>"),
        format!("<!-- {} -->", "<".repeat(3 * 1024 * 1024)),
        format!("<row {long}=\"\"><c/></row>"),
    ] {
        let made = sheet(&inside);
        let error = rows_in(&made, 0, Limits::USUAL).unwrap_err();
        assert_eq!(error, Trouble::Large);
    }
}

#[test]
fn more_columns_rows_or_text_than_a_list_has_are_refused() {
    let wide = "a,".repeat(10_000) + "a\n";
    assert_eq!(trouble(wide.as_bytes()), Trouble::Wide);
    assert_eq!(
        trouble(&sheet("<row><c r=\"XFD1\"><v>1</v></c></row>")),
        Trouble::Wide
    );
    let styled = sheet("<row><c r=\"A1\"><v>1</v></c><c r=\"XFD1\" s=\"1\"/></row>");
    assert_eq!(rows(&styled)[0].1[0], "1");
    assert_eq!(trouble("a\n".repeat(200_001).as_bytes()), Trouble::Large);
    let long = format!("name\n\"{}\"\n", "a".repeat(100_000));
    assert_eq!(trouble(long.as_bytes()), Trouble::Large);
}

/// What a file says about its own size is never believed.
#[test]
fn claims_of_a_thousand_million_cells_reserve_nothing() {
    let mut made = parts(
        "<row><c r=\"A1\" t=\"s\"><v>0</v></c></row>",
        "<si><t>Ana</t></si>",
    );
    for (_, text) in &mut made {
        *text = text
            .replace(
                "<sst>",
                "<sst count=\"1000000000\" uniqueCount=\"1000000000000\">",
            )
            .replace(
                "<sheetData>",
                "<dimension ref=\"A1:XFD1048576\"/><sheetData>",
            )
            .replace("<cellXfs>", "<cellXfs count=\"4294967295\">");
    }
    assert_eq!(rows(&pack(&made, true)), [row(1, &["Ana"])]);
}

#[test]
fn entities_from_elsewhere_are_refused_with_the_file() {
    let mut made = parts("<row><c t=\"inlineStr\"><is><t>&x;</t></is></c></row>", "");
    let sheet = &mut made[5].1;
    *sheet = format!("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>{sheet}");
    assert_eq!(trouble(&pack(&made, true)), Trouble::Broken);
    let unknown = parts(
        "<row><c t=\"inlineStr\"><is><t>A&x;B</t></is></c></row>",
        "",
    );
    assert_eq!(rows(&pack(&unknown, true)), [row(1, &["AB"])]);
}

#[test]
fn an_archive_in_an_archive_stays_closed() {
    let inner = workbook(&[&["name"], &["Ana"]]);
    let nested = pack(&[("xl/inner.xlsx", inner)], true);
    assert_eq!(trouble(&nested), Trouble::Spreadsheet);
    let mut made: Vec<(&str, Vec<u8>)> = parts("", "")
        .into_iter()
        .map(|(path, text)| (path, text.into_bytes()))
        .collect();
    made[5].1 = workbook(&[&["name"]]);
    assert_eq!(trouble(&pack(&made, true)), Trouble::Broken);
}

#[test]
fn a_workbook_that_breaks_off_or_leads_nowhere_is_refused() {
    let whole = sheet("<row><c><v>1</v></c></row>");
    for length in [4, 30, whole.len() / 2, whole.len() - 1] {
        assert_eq!(trouble(&whole[..length]), Trouble::Broken, "{length}");
    }
    let mut away = parts("<row><c><v>1</v></c></row>", "");
    away[2].1 = away[2]
        .1
        .replace("worksheets/sheet1.xml", "../../../../etc/passwd");
    assert_eq!(trouble(&pack(&away, true)), Trouble::Broken);
    assert_eq!(rows_in(&whole, 9, SMALL).unwrap_err(), Trouble::Empty);
}

#[test]
fn reading_stops_when_it_is_told_to() {
    let mut seen = 0;
    let count = |_: usize, _: &[String]| {
        seen += 1;
        seen < 2
    };
    List::open(b"a\nb\nc\n", SMALL)
        .unwrap()
        .each(0, count)
        .unwrap();
    assert_eq!(seen, 2);
}

#[test]
fn cells_that_a_spreadsheet_would_compute_go_out_plain() {
    for cell in [
        "=1+1",
        "+1",
        "-1",
        "@sum",
        "\t=1",
        "\r=1",
        " =1",
        "\u{ff1d}1",
    ] {
        assert_eq!(plain(cell), format!("'{cell}"));
    }
    for cell in ["", "Ana", "ana@example.org", "1-2", "'=1"] {
        assert_eq!(plain(cell), cell);
    }
}
