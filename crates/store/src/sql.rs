//! Statements: literals only, registered as they are declared.

use crate::{Row, StoreError, Tx, Value};

/// A statement as it was declared with [`sql!`](crate::sql), for the test that prepares them all.
#[derive(Debug)]
pub struct Declared {
    /// The text, with `$1`, `$2` … for its values.
    pub text: &'static str,
    /// Where it stands.
    pub place: &'static str,
}

inventory::collect!(Declared);

/// Declares and registers a statement: `sql!("SELECT name FROM person WHERE id = $1").id(id)`.
#[macro_export]
macro_rules! sql {
    ($text:literal) => {{
        $crate::inventory::submit! { $crate::Declared { text: $text, place: concat!(file!(), ":", line!()) } }
        $crate::Sql::new($text)
    }};
}

/// A statement with its values, in the order `$1`, `$2` …
#[derive(Debug)]
pub struct Sql {
    pub(crate) text: &'static str,
    pub(crate) values: Vec<Value>,
}

impl Sql {
    /// Only [`sql!`](crate::sql) should call this, so that no statement goes unregistered.
    pub fn new(text: &'static str) -> Self {
        Self {
            text,
            values: Vec::new(),
        }
    }

    fn with(mut self, value: Value) -> Self {
        self.values.push(value);
        self
    }

    /// Adds an identifier.
    pub fn id(self, id: impl Into<[u8; 16]>) -> Self {
        self.with(Value::Id(id.into()))
    }

    /// Adds an identifier or nothing.
    pub fn maybe_id(self, id: Option<impl Into<[u8; 16]>>) -> Self {
        self.with(id.map_or(Value::Null, |id| Value::Id(id.into())))
    }

    /// Adds a whole number, a flag (0, 1) or a time in microseconds.
    pub fn int(self, n: impl Into<i64>) -> Self {
        self.with(Value::Int(n.into()))
    }

    /// Adds a whole number or nothing.
    pub fn maybe_int(self, n: Option<impl Into<i64>>) -> Self {
        self.with(n.map_or(Value::Null, |n| Value::Int(n.into())))
    }

    /// Adds text.
    pub fn text(self, text: impl Into<String>) -> Self {
        self.with(Value::Text(text.into()))
    }

    /// Adds text or nothing.
    pub fn maybe_text(self, text: Option<impl Into<String>>) -> Self {
        self.with(text.map_or(Value::Null, |text| Value::Text(text.into())))
    }

    /// Adds bytes.
    pub fn bytes(self, bytes: impl Into<Vec<u8>>) -> Self {
        self.with(Value::Bytes(bytes.into()))
    }

    /// Adds bytes or nothing.
    pub fn maybe_bytes(self, bytes: Option<impl Into<Vec<u8>>>) -> Self {
        self.with(bytes.map_or(Value::Null, |bytes| Value::Bytes(bytes.into())))
    }

    /// Runs the statement; how many rows it touched.
    pub fn run(self, tx: &mut Tx<'_>) -> Result<u64, StoreError> {
        tx.run(&self)
    }

    /// Runs one `INSERT … VALUES (…)` for many rows, with as few ways to the database as it can;
    /// how many rows it touched. All must come from the same [`sql!`](crate::sql).
    ///
    /// # Errors
    /// As [`run`](Self::run): the first row that fails fails them all.
    pub fn run_all(all: &[Sql], tx: &mut Tx<'_>) -> Result<u64, StoreError> {
        let text = all.first().map_or("", |sql| sql.text);
        if all.iter().any(|sql| sql.text != text) {
            return Err(StoreError::Odd(format!("several statements with: {text}")));
        }
        tx.run_all(all)
    }

    /// Every row of the answer, each read by `reader`.
    pub fn all<T>(
        self,
        tx: &mut Tx<'_>,
        reader: impl Fn(&Row) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        tx.rows(&self)?.iter().map(reader).collect()
    }

    /// The first row of the answer, if there is one.
    pub fn maybe<T>(
        self,
        tx: &mut Tx<'_>,
        reader: impl Fn(&Row) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        tx.rows(&self)?.first().map(reader).transpose()
    }

    /// The one row of an answer that always has one (a count, a sum).
    pub fn one<T>(
        self,
        tx: &mut Tx<'_>,
        reader: impl Fn(&Row) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let text = self.text;
        self.maybe(tx, reader)?
            .ok_or_else(|| StoreError::Odd(format!("no row from: {text}")))
    }
}
