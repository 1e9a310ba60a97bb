//! A Rust file taken apart just far enough: code, strings, comments, and what is only for tests.
//! Never: understands Rust; it only knows where strings, comments and brackets end.

use std::ops::Range;

/// A string in the code, between its quotes.
#[derive(Debug)]
pub struct Literal {
    /// Where the opening quote stands.
    pub at: usize,
    pub text: String,
}

#[derive(Debug)]
pub struct Source {
    /// From the root of the project.
    pub path: String,
    pub text: String,
    /// The text with comments and insides of strings blanked out, byte for byte.
    pub code: String,
    pub literals: Vec<Literal>,
    pub comments: Vec<Range<usize>>,
    tests: Vec<Range<usize>>,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        let mut source = Self {
            path: path.to_owned(),
            text: text.to_owned(),
            code: String::new(),
            literals: Vec::new(),
            comments: Vec::new(),
            tests: Vec::new(),
        };
        source.take_apart();
        source.tests = words(&source.code, "cfg")
            .filter(|at| source.code[*at..].starts_with("cfg(test)"))
            .map(|at| at..item_end(&source.code, at + "cfg(test)]".len()))
            .collect();
        source
    }

    pub fn line(&self, at: usize) -> usize {
        1 + self.text[..at].matches('\n').count()
    }

    pub fn place(&self, at: usize) -> String {
        format!("{}:{}", self.path, self.line(at))
    }

    /// Marks the whole file as one that only tests see.
    pub fn is_test(&mut self) {
        self.tests.clear();
        self.tests.push(0..usize::MAX);
    }

    pub fn in_tests(&self, at: usize) -> bool {
        self.tests.iter().any(|test| test.contains(&at))
    }

    /// Strings outside of tests.
    pub fn spoken(&self) -> impl Iterator<Item = &Literal> {
        self.literals
            .iter()
            .filter(|literal| !self.in_tests(literal.at))
    }

    /// Where a word stands in the code, outside of tests.
    pub fn says<'a>(&'a self, word: &'a str) -> impl Iterator<Item = usize> + 'a {
        words(&self.code, word).filter(|at| !self.in_tests(*at))
    }

    /// Paths, without an ending, of the modules that are declared for tests only.
    pub fn test_modules(&self) -> Vec<String> {
        let own = self.path.trim_end_matches(".rs");
        let folder = match own.rsplit_once('/') {
            Some((folder, "mod" | "lib" | "main")) => folder,
            _ => own,
        };
        let declared = self.tests.iter().filter_map(|test| {
            let item = self.code[test.start..test.end.min(self.code.len())].trim_end();
            let (_, name) = item.rsplit_once("mod ")?;
            Some(format!("{folder}/{}", name.strip_suffix(';')?))
        });
        declared.collect()
    }

    fn take_apart(&mut self) {
        let bytes = self.text.as_bytes();
        let mut code = bytes.to_vec();
        let mut at = 0;
        while at < bytes.len() {
            let rest = &self.text[at..];
            let starts_word = at == 0 || !is_word(bytes[at - 1]);
            let end = if rest.starts_with("//") {
                at + rest.find('\n').unwrap_or(rest.len())
            } else if rest.starts_with("/*") {
                at + rest.find("*/").map_or(rest.len(), |length| length + 2)
            } else if let Some((quote, inside, end)) = string(rest, starts_word) {
                self.literals.push(Literal {
                    at: at + quote,
                    text: rest[quote + 1..inside].to_owned(),
                });
                blank(&mut code[at + quote + 1..at + inside]);
                at += end;
                continue;
            } else if let Some(length) = character(rest) {
                blank(&mut code[at..at + length]);
                at += length;
                continue;
            } else {
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            };
            self.comments.push(at..end);
            blank(&mut code[at..end]);
            at = end;
        }
        self.code = String::from_utf8_lossy(&code).into_owned();
    }
}

fn blank(bytes: &mut [u8]) {
    for byte in bytes {
        if *byte != b'\n' {
            *byte = b' ';
        }
    }
}

/// Where a string's quotes stand and where it is over, if one begins here.
fn string(rest: &str, starts_word: bool) -> Option<(usize, usize, usize)> {
    if let Some(plain) = rest.strip_prefix('"') {
        let inside = 1 + plain_length(plain);
        return Some((0, inside, rest.len().min(inside + 1)));
    }
    let mark = rest.trim_start_matches(['b', 'c', 'r']);
    let hashes = mark.len() - mark.trim_start_matches('#').len();
    let quote = rest.len() - mark.len() + hashes;
    let is_raw = starts_word && rest[..rest.len() - mark.len()].ends_with('r');
    if !is_raw || quote > 260 || !rest[quote..].starts_with('"') {
        return None;
    }
    let close = format!("\"{}", "#".repeat(hashes));
    let inside = quote + 1 + rest[quote + 1..].find(&close)?;
    Some((quote, inside, inside + close.len()))
}

/// How long a string is between its quotes.
fn plain_length(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at,
            _ => {}
        }
    }
    rest.len()
}

/// The length of a character such as `'"'` or `'\''`; a lifetime is none.
fn character(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    let first = inside.chars().next()?;
    let skip = if first == '\\' { 2 } else { first.len_utf8() };
    let close = skip + inside.get(skip..)?.find('\'')?;
    (first == '\\' || close == skip).then_some(close + 2)
}

pub fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Where a word stands, not as a part of a longer one.
pub fn words<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let bytes = code.as_bytes();
    let joins =
        |inner: u8, outer: Option<&u8>| is_word(inner) && outer.is_some_and(|byte| is_word(*byte));
    let whole = move |at: &usize| {
        let (first, last) = (bytes[*at], bytes[at + word.len() - 1]);
        let before = at.checked_sub(1).and_then(|at| bytes.get(at));
        !joins(first, before) && !joins(last, bytes.get(at + word.len()))
    };
    code.match_indices(word).map(|(at, _)| at).filter(whole)
}

/// Where the bracket that opens at `open` closes; the end of the code when it does not.
pub fn closing(code: &str, open: usize) -> usize {
    let mut depth = 0;
    for (at, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    code.len()
}

/// The bracket that is open where something stands.
pub fn enclosing(code: &str, at: usize) -> Option<usize> {
    let mut depth = 0;
    for (at, byte) in code.as_bytes()[..at].iter().enumerate().rev() {
        match byte {
            b')' | b']' | b'}' => depth += 1,
            b'(' | b'[' | b'{' if depth == 0 => return Some(at),
            b'(' | b'[' | b'{' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Where the item, field or argument that begins after an attribute is over.
fn item_end(code: &str, from: usize) -> usize {
    let mut at = from;
    let is_item = |head: &str| {
        ["fn", "impl", "struct", "enum", "mod"]
            .iter()
            .any(|w| words(head, w).next().is_some())
    };
    while let Some(byte) = code.as_bytes().get(at) {
        match byte {
            b'{' if is_item(&code[from..at]) => return closing(code, at) + 1,
            b'(' | b'[' | b'{' => at = closing(code, at),
            b';' => return at + 1,
            b',' if !is_item(&code[from..at]) => return at + 1,
            b')' | b']' | b'}' => return at,
            _ => {}
        }
        at += 1;
    }
    code.len()
}

#[test]
fn strings_comments_and_tests_are_told_apart() {
    let source = Source::new(
        "a.rs",
        "let a = \"x // \\\" y\"; // say \"no\"\nlet b = r#\"{\"#; let c = '\"'; fn d<'a>() {}\n\
         #[cfg(test)]\nmod tests { fn e() { \"t\" } }\nfn f() { \"u\" }\n#[cfg(test)]\nmod g;\n",
    );
    let spoken: Vec<&str> = source
        .spoken()
        .map(|literal| literal.text.as_str())
        .collect();
    assert_eq!(spoken, ["x // \\\" y", "{", "u"]);
    assert_eq!(source.comments.len(), 1);
    assert_eq!(source.code.len(), source.text.len());
    assert_eq!(source.test_modules(), ["a/g"]);
}
