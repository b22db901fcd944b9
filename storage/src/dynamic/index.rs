//! An index of any table.

use super::{DynamicRows, open::OpenTable};
use crate::{
    error::{DynamicError, StorageError},
    key::ByteRange,
    schema::{IndexShape, Shape},
    table::SnapshotState,
    value::Value,
};
use std::{ops::RangeBounds, sync::Arc};

/// An index of any table: rows by its keys, and in their order.
#[derive(Clone, Debug)]
pub struct DynamicIndex {
    pub(super) open: Arc<OpenTable>,
    pub(super) state: SnapshotState,
    pub(super) number: usize,
}

impl DynamicIndex {
    pub(super) fn open(
        table: &Arc<OpenTable>,
        state: &SnapshotState,
        name: &str,
    ) -> Result<Self, DynamicError> {
        let indexes = &table.known.indexes;
        let Some(number) = indexes.iter().position(|index| index.shape.name == name) else {
            return Err(DynamicError::NoIndex {
                table: table.name().to_owned(),
                index: name.to_owned(),
                known: indexes.iter().map(|index| index.shape.name.clone()).collect(),
            });
        };
        if indexes.get(number).is_some_and(|index| !index.is_ready()) {
            let (table, index) = (table.name().to_owned(), name.to_owned());
            return Err(StorageError::IndexNotBuilt { table, index, reason: None }.into());
        }
        Ok(Self { open: Arc::clone(table), state: state.clone(), number })
    }

    /// What the file has of it: its name, the type of its keys, and what they are made of.
    #[must_use]
    pub fn shape(&self) -> &IndexShape {
        const NONE: &IndexShape = &IndexShape {
            name: String::new(),
            is_unique: false,
            key: Shape::Unit,
            source: String::new(),
        };
        self.open.known.indexes.get(self.number).map_or(NONE, |index| &index.shape)
    }

    /// The key that a person writes so; see [`DynamicTable::parse_key`](super::DynamicTable::parse_key).
    ///
    /// # Errors
    ///
    /// [`DynamicError::Key`] when it is none of this index.
    pub fn parse_key(&self, text: &str) -> Result<Value, DynamicError> {
        self.open.index_keys(self.number).map_or(Ok(Value::Unit), |keys| keys.parse(text))
    }

    /// What its keys begin with, as a person writes it;
    /// see [`DynamicTable::parse_prefix`](super::DynamicTable::parse_prefix).
    ///
    /// # Errors
    ///
    /// As [`parse_key`](Self::parse_key).
    pub fn parse_prefix(&self, text: &str) -> Result<Value, DynamicError> {
        let keys = self.open.index_keys(self.number);
        keys.map_or(Ok(Value::Unit), |keys| keys.parse_prefix(text))
    }

    /// All rows that are in it, in its order.
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`] when the engine cannot read.
    pub fn rows(&self) -> Result<DynamicRows, DynamicError> {
        self.walk(&ByteRange::ALL)
    }

    /// The rows whose key in it is `key`.
    ///
    /// # Errors
    ///
    /// [`DynamicError::Key`] when it is none of this index; as [`rows`](Self::rows).
    pub fn all_of(&self, key: &Value) -> Result<DynamicRows, DynamicError> {
        let keys = self.open.index_keys(self.number);
        self.walk(&keys.map_or(Ok(ByteRange::NONE), |keys| keys.exactly(key))?)
    }

    /// The rows whose key in it lies in `range`; see [`DynamicTable::range`](super::DynamicTable::range).
    ///
    /// # Errors
    ///
    /// As [`all_of`](Self::all_of).
    pub fn range(&self, range: impl RangeBounds<Value>) -> Result<DynamicRows, DynamicError> {
        let keys = self.open.index_keys(self.number);
        let range = keys
            .map_or(Ok(ByteRange::NONE), |keys| keys.range(range.start_bound(), range.end_bound()));
        self.walk(&range?)
    }

    /// The rows whose key in it begins with `prefix`; see [`DynamicTable::prefix`](super::DynamicTable::prefix).
    ///
    /// # Errors
    ///
    /// As [`all_of`](Self::all_of).
    pub fn prefix(&self, prefix: &Value) -> Result<DynamicRows, DynamicError> {
        let keys = self.open.index_keys(self.number);
        self.walk(&keys.map_or(Ok(ByteRange::NONE), |keys| keys.prefix(prefix))?)
    }

    fn walk(&self, range: &ByteRange) -> Result<DynamicRows, DynamicError> {
        DynamicRows::new(&self.open, &self.state, Some(self.number), range)
    }
}
