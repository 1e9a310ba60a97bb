//! One part of a workbook, as a stream of elements and texts. It is never unpacked as a whole,
//! and no single element may be larger than [`ONE`].

use std::cell::Cell;
use std::io::{self, BufReader, Read};
use std::rc::Rc;

use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::Trouble;

/// The largest single element, text or comment, in bytes as they are unpacked.
const ONE: u64 = 1024 * 1024;

/// Reads on until a limit, and stops when too much comes between two pauses.
struct Bounded<R> {
    inner: R,
    left: u64,
    since: Rc<Cell<u64>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let got = self.inner.read(into)?;
        let (count, since) = (got as u64, self.since.get() + got as u64);
        if count > self.left || since > ONE {
            return Err(io::Error::other("too large"));
        }
        self.left -= count;
        self.since.set(since);
        Ok(got)
    }
}

/// What comes next in a part.
#[derive(Debug)]
pub(crate) enum Node {
    /// An element begins; `true` when it ends at once.
    Begin(BytesStart<'static>, bool),
    /// An element ends; its name without what stands before the colon.
    End(String),
    /// A piece of text, with what its entities stand for.
    Text(String),
    /// The part ends.
    Over,
}

/// A part that is being read.
pub(crate) struct Part<R: Read> {
    reader: Reader<BufReader<Bounded<R>>>,
    since: Rc<Cell<u64>>,
    bytes: Vec<u8>,
}

impl<R: Read> Part<R> {
    pub(crate) fn new(inner: R, most: u64) -> Self {
        let since = Rc::new(Cell::new(0));
        let bounded = Bounded {
            inner,
            left: most,
            since: Rc::clone(&since),
        };
        let mut reader = Reader::from_reader(BufReader::with_capacity(16 * 1024, bounded));
        let config = reader.config_mut();
        config.check_end_names = false;
        config.check_comments = false;
        Self {
            reader,
            since,
            bytes: Vec::new(),
        }
    }

    /// The next element or text. Comments and instructions are passed over; a part that declares
    /// a document type is refused, because no workbook has one and it is where entities are made.
    pub(crate) fn next(&mut self) -> Result<Node, Trouble> {
        loop {
            self.since.set(0);
            self.bytes.clear();
            let event = self.reader.read_event_into(&mut self.bytes);
            match event.map_err(|error| trouble(&error))? {
                Event::Start(tag) => return Ok(Node::Begin(tag.into_owned(), false)),
                Event::Empty(tag) => return Ok(Node::Begin(tag.into_owned(), true)),
                Event::End(tag) => return Ok(Node::End(tag.local_name().as_ref().to_owned())),
                Event::Text(text) => return Ok(Node::Text(text.into_inner().into_owned())),
                Event::CData(text) => return Ok(Node::Text(text.into_inner().into_owned())),
                Event::GeneralRef(entity) => return Ok(Node::Text(resolved(&entity))),
                Event::DocType(_) => return Err(Trouble::Broken),
                Event::Eof => return Ok(Node::Over),
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
            }
        }
    }
}

fn trouble(error: &quick_xml::Error) -> Trouble {
    match error {
        quick_xml::Error::Io(error) if error.to_string() == "too large" => Trouble::Large,
        _ => Trouble::Broken,
    }
}

/// The few entities that XML has by itself, and signs by number; others stand for nothing.
fn resolved(entity: &BytesRef<'_>) -> String {
    match entity.resolve_char_ref() {
        Ok(Some(sign)) => sign.to_string(),
        Ok(None) => resolve_xml_entity(entity).unwrap_or_default().to_owned(),
        Err(_) => String::new(),
    }
}

/// The name of an element without what stands before the colon.
pub(crate) fn name(tag: &BytesStart<'_>) -> String {
    tag.local_name().as_ref().to_owned()
}

/// An attribute by its name without what stands before the colon; nothing when it is not there.
pub(crate) fn attribute(tag: &BytesStart<'_>, wanted: &str) -> Option<String> {
    let mut all = tag.attributes();
    let found = all
        .with_checks(false)
        .flatten()
        .find(|one| one.key.local_name().as_ref() == wanted)?;
    let text = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(text.into_owned())
}
