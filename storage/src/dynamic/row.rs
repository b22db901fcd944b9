//! A row of any table.

use super::open::OpenTable;
use crate::{
    backend::{Bytes, KeyBytes},
    error::{Damage, DynamicError, StorageError},
    value::Value,
};
use std::{fmt, sync::Arc};

/// A row of any table: its bytes, compared with their checksum, and what they mean once it is asked.
pub struct DynamicRow {
    table: Arc<OpenTable>,
    key: KeyBytes,
    /// Where the primary key begins in the key: an index entry ends with it.
    key_start: usize,
    value: Bytes,
    body_len: usize,
    /// Which of the table's layouts it has.
    form: usize,
}

impl DynamicRow {
    pub(super) fn new(
        table: &Arc<OpenTable>,
        key: KeyBytes,
        key_start: usize,
        value: Bytes,
    ) -> Result<Self, DynamicError> {
        let primary_key = key.get(key_start..).unwrap_or_default();
        let opened = table.open_value(primary_key, &value);
        let (form, body_len) = opened.map_err(|damage| corrupt(table, primary_key, damage))?;
        if let Some(form) = table.forms.get(form) {
            form.reading().map_err(|reason| DynamicError::Unreadable {
                table: table.name().to_owned(),
                reason: Box::new(reason),
            })?;
        }
        Ok(Self { table: Arc::clone(table), key, key_start, value, body_len, form })
    }

    /// The bytes of its key.
    #[must_use]
    pub fn key_bytes(&self) -> &[u8] {
        self.key.get(self.key_start..).unwrap_or_default()
    }

    /// Its bytes as its codec wrote them.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.value.get(..self.body_len).unwrap_or_default()
    }

    /// The number of the layout that it was written in.
    #[must_use]
    pub fn layout(&self) -> u16 {
        self.table.forms.get(self.form).map_or(0, |form| form.number)
    }

    /// Its key.
    ///
    /// # Errors
    ///
    /// [`StorageError::Corrupt`] when the bytes are no key of the table.
    pub fn key(&self) -> Result<Value, DynamicError> {
        let key = self.key_bytes();
        let decoded = self.table.keys().decode(key);
        decoded.map(|(key, _)| key).map_err(|error| corrupt(&self.table, key, error.into()))
    }

    /// Its value: the record, or of a table of pairs the bytes that its codec wrote.
    ///
    /// # Errors
    ///
    /// [`StorageError::Corrupt`] when the bytes are no value of its layout.
    pub fn value(&self) -> Result<Value, DynamicError> {
        let form = self.table.forms.get(self.form);
        let value = form.map_or(Ok(Value::Unit), |form| form.value(self.body()));
        value.map_err(|damage| corrupt(&self.table, self.key_bytes(), damage))
    }

    /// The value at `path` in the record, as [`Value::at`] finds it; `None` if its layout has no such field. Of a field
    /// of the record itself no other is read.
    ///
    /// # Errors
    ///
    /// As [`value`](Self::value).
    pub fn field(&self, path: &str) -> Result<Option<Value>, DynamicError> {
        let Some(form) = self.table.forms.get(self.form) else { return Ok(None) };
        let (name, rest) =
            path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
        let field = form.field(self.body(), name);
        let field = field.map_err(|damage| corrupt(&self.table, self.key_bytes(), damage))?;
        Ok(match (field, rest) {
            (Some(value), Some(rest)) => value.at(rest).cloned(),
            (field, _) => field,
        })
    }
}

#[cold]
fn corrupt(table: &OpenTable, key: &[u8], damage: Damage) -> DynamicError {
    StorageError::corrupt_row(table.name(), table.keys().report(key), damage).into()
}

impl fmt::Debug for DynamicRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (key, value) = (self.key(), self.value());
        f.debug_struct("DynamicRow")
            .field("key", &key.as_ref().map_or_else(ToString::to_string, ToString::to_string))
            .field("value", &value.as_ref().map_or_else(ToString::to_string, ToString::to_string))
            .field("layout", &self.layout())
            .finish_non_exhaustive()
    }
}
