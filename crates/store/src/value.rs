//! Values that go into a statement and rows that come out of it, the same for both engines.

use crate::StoreError;

/// One value of a statement or of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing is known or set.
    Null,
    /// A count, a flag (0 or 1) or a time in microseconds since 1970 (UTC).
    Int(i64),
    /// Text in UTF-8.
    Text(String),
    /// Bytes of any length: sealed columns, digests, bit masks.
    Bytes(Vec<u8>),
    /// A random identifier of 16 bytes (`UUID` on PostgreSQL, `BLOB` on SQLite).
    Id([u8; 16]),
}

/// One row of an answer. Columns are counted from 0, in the order of the `SELECT`.
#[derive(Debug, Clone)]
pub struct Row(pub(crate) Vec<Value>);

impl Row {
    /// The identifier in column `at`.
    pub fn id(&self, at: usize) -> Result<[u8; 16], StoreError> {
        self.maybe_id(at)?.ok_or_else(|| self.odd(at, "an id"))
    }

    /// The identifier in column `at`, if there is one.
    pub fn maybe_id(&self, at: usize) -> Result<Option<[u8; 16]>, StoreError> {
        match self.0.get(at) {
            Some(Value::Null) => Ok(None),
            Some(Value::Id(id)) => Ok(Some(*id)),
            Some(Value::Bytes(bytes)) => match bytes.as_slice().try_into() {
                Ok(id) => Ok(Some(id)),
                Err(_) => Err(self.odd(at, "an id of 16 bytes")),
            },
            _ => Err(self.odd(at, "an id")),
        }
    }

    /// The whole number in column `at`.
    pub fn int(&self, at: usize) -> Result<i64, StoreError> {
        self.maybe_int(at)?
            .ok_or_else(|| self.odd(at, "a whole number"))
    }

    /// The whole number in column `at`, if there is one.
    pub fn maybe_int(&self, at: usize) -> Result<Option<i64>, StoreError> {
        match self.0.get(at) {
            Some(Value::Null) => Ok(None),
            Some(Value::Int(n)) => Ok(Some(*n)),
            _ => Err(self.odd(at, "a whole number")),
        }
    }

    /// The text in column `at`.
    pub fn text(&self, at: usize) -> Result<String, StoreError> {
        self.maybe_text(at)?.ok_or_else(|| self.odd(at, "text"))
    }

    /// The text in column `at`, if there is one.
    pub fn maybe_text(&self, at: usize) -> Result<Option<String>, StoreError> {
        match self.0.get(at) {
            Some(Value::Null) => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text.clone())),
            _ => Err(self.odd(at, "text")),
        }
    }

    /// The bytes in column `at`.
    pub fn bytes(&self, at: usize) -> Result<Vec<u8>, StoreError> {
        self.maybe_bytes(at)?.ok_or_else(|| self.odd(at, "bytes"))
    }

    /// The bytes in column `at`, if there are any.
    pub fn maybe_bytes(&self, at: usize) -> Result<Option<Vec<u8>>, StoreError> {
        match self.0.get(at) {
            Some(Value::Null) => Ok(None),
            Some(Value::Bytes(bytes)) => Ok(Some(bytes.clone())),
            _ => Err(self.odd(at, "bytes")),
        }
    }

    /// Every value of the row, for code that does not know the columns (export, scans).
    pub fn values(&self) -> &[Value] {
        &self.0
    }

    fn odd(&self, at: usize, wanted: &str) -> StoreError {
        StoreError::Odd(format!("column {at} of a row does not hold {wanted}"))
    }
}
