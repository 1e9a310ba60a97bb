//! What the changes begin with: lists as the programs write them that groups use, and the words
//! that matter in them.

pub const LISTS: [&[u8]; 8] = [
    include_bytes!("../../../crates/app/tests/data/roster-small.csv"),
    include_bytes!("../corpus/action-network.csv"),
    include_bytes!("../corpus/civicrm.csv"),
    include_bytes!("../corpus/zetkin.csv"),
    include_bytes!("../corpus/loomio.csv"),
    include_bytes!("../corpus/addresses.txt"),
    b"name;email;groups\r\nAna;ana@example.org;\"North\r\nSouth\"\r\n\"Z\xc3\xa9 \"\"Zeca\"\" Brito\";;\r\n",
    b"\xff\xfen\0a\0m\0e\0\n\0A\0n\0a\0\n\0",
];

pub const WORDS: [&[u8]; 26] = [
    b",",
    b";",
    b"\t",
    b"\"",
    b"\"\"",
    b"\n",
    b"\r\n",
    b"\r",
    b"\0",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xe2\x80\xae",
    b"\xe2\x80\x8f",
    b"=1+1",
    b"@",
    b"Memberships (3)",
    b"First Name",
    b"Email (Main)",
    b"can2_subscription_status",
    b"Do Not Phone",
    b"<ana@example.org>",
    b"ID",
    b"PK\x03\x04",
    b"2024-02-30",
    b"\xc3",
];

pub const SHEET: &str = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"inlineStr\"><is><t>Email</t></is></c><c r=\"C1\" t=\"str\"><v>Joined</v></c></row>\
    <row r=\"2\" spans=\"1:4\"><c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"B2\" t=\"str\"><f>A2&amp;\"@x.org\"</f><v>ana@x.org</v></c><c r=\"C2\" s=\"1\"><v>45000.5</v></c><c r=\"D2\" s=\"2\"/></row>\
    <row><c t=\"b\"><v>1</v></c><c t=\"e\"><v>#REF!</v></c><c t=\"d\"><v>2024-01-02</v></c><c s=\"2\"><v>60</v></c><c><v>1.5e3</v></c></row>";

pub const STRINGS: &str = "<si><t>Name</t></si><si><r><t xml:space=\"preserve\">Ana </t></r><r><t>&#76;ima</t></r><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh></si><si/>";

pub const XML: [&[u8]; 22] = [
    b"<row>",
    b"</row>",
    b"<c r=\"",
    b"</c>",
    b"<v>",
    b"</v>",
    b"<is><t>",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"<?xml",
    b"<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>",
    b"&b;",
    b"&#x10ffff;",
    b"&#0;",
    b"&lt;",
    b"r=\"XFD1048576\"",
    b"s=\"999999999999\"",
    b"count=\"1000000000\"",
    b"<t",
    b"/>",
];
