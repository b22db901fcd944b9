//! A table of any store, opened by its name.

use super::{
    DynamicIndex, DynamicRow, DynamicRows, encode,
    form::LayoutForm,
    open::{OpenLayout, OpenTable},
};
use crate::{
    catalog::{self, KnownLayout, KnownTable},
    error::DynamicError,
    key::ByteRange,
    schema::{Description, IndexShape, Shape, struct_of},
    table::{Access as _, SnapshotState, State as _},
    txn::ReadTxn,
    value::Value,
};
#[cfg(feature = "flatbuffers")]
use crate::{codec::fbs_of, schema::CodecId};
use std::{ops::RangeBounds, sync::Arc};

/// A table of one committed state, opened by its name. Cheap to clone.
///
/// Rows are read in the layout that they were written in. [`upcast`](Self::upcast) reads them in the newest.
#[derive(Clone, Debug)]
pub struct DynamicTable {
    open: Arc<OpenTable>,
    state: SnapshotState,
}

/// A layout that rows of a table may have.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct LayoutInfo<'t> {
    /// Its number.
    pub number: u16,
    /// Its text, as the file has it.
    pub text: &'t str,
    /// What the text says.
    pub description: &'t Description,
}

impl LayoutInfo<'_> {
    /// The code of a program that opens a table of this layout as `table`: the struct with its attributes, and the
    /// types that it is made of. What the schema does not know, such as a type behind an adapter, is left open. `None`
    /// of values that have no schema.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StoredRecord, dynamic::DynamicTable};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "readings")]
    /// # struct Reading { #[store(key)] hour: u32, wind: Option<String> }
    /// # let storage = Storage::in_memory()?;
    /// # Reading::table(&storage)?.put(&Reading { hour: 7, wind: None })?;
    /// let readings = DynamicTable::open(&storage.read()?, "readings")?;
    /// let code = readings.layouts().last().and_then(|layout| layout.rust("readings"));
    /// assert!(code.is_some_and(|code| code.contains("    wind: Option<String>,")));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn rust(&self, table: &str) -> Option<String> {
        struct_of(self.description, table)
    }

    /// The schema of its values for `flatc`; `None` unless they are FlatBuffers.
    #[cfg(feature = "flatbuffers")]
    #[must_use]
    pub fn fbs(&self) -> Option<String> {
        let types = self.description.rows.types()?;
        (self.description.codec == CodecId::Flatbuffers.to_string()).then(|| fbs_of(types))
    }
}

impl DynamicTable {
    /// Opens the table `name` of the state `txn`.
    ///
    /// # Errors
    ///
    /// [`DynamicError::NoTable`] with the names that there are; and
    /// [`StorageError::Corrupt`](crate::StorageError::Corrupt) or [`Newer`](crate::StorageError::Newer) when what the
    /// file knows of the table is damaged, or only a newer release understands it.
    pub fn open(txn: &ReadTxn, name: &str) -> Result<Self, DynamicError> {
        let state = txn.state()?;
        let open = Arc::new(OpenTable::read(state.reader().bytes(), name)?);
        Ok(Self { open, state })
    }

    /// The same table with its rows in the newest layout, as far as the schema alone says how they become such: a field
    /// that was added without being an option, or was renamed, is only known to the program that has it, and rows of
    /// such a layout stay as they are.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn upcast(&self) -> Result<Self, DynamicError> {
        let name = self.name();
        let known = KnownTable::read(self.state.reader().bytes(), name)?;
        let Some(known) = known else { return Ok(self.clone()) };
        #[cfg(feature = "rkyv")]
        let form = |layout: &KnownLayout| match known.layouts.last() {
            Some(newest) => LayoutForm::upcast(layout, newest),
            None => LayoutForm::new(layout),
        };
        #[cfg(not(feature = "rkyv"))]
        let form = |layout: &KnownLayout| LayoutForm::new(layout);
        let forms = known.layouts.iter().map(form).collect();
        Ok(Self { open: Arc::new(OpenTable { known, forms }), state: self.state.clone() })
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.open.name()
    }

    /// What the file has of it: the newest layout, and the indexes.
    #[must_use]
    pub fn description(&self) -> &Description {
        &self.open.known.description
    }

    /// The layouts that its rows may have, the oldest first.
    #[must_use]
    pub fn layouts(&self) -> impl DoubleEndedIterator<Item = LayoutInfo<'_>> {
        self.open.known.layouts.iter().map(|KnownLayout { number, text, description, .. }| {
            LayoutInfo { number: *number, text, description }
        })
    }

    /// The newest layout. What it says has the indexes, too, which are of no layout.
    #[must_use]
    pub fn newest(&self) -> LayoutInfo<'_> {
        let last = self.open.known.layouts.last();
        let (number, text) = last.map_or((0, ""), |layout| (layout.number, layout.text.as_str()));
        LayoutInfo { number, text, description: self.description() }
    }

    /// The layout of this number.
    ///
    /// # Errors
    ///
    /// [`DynamicError::NoLayout`] when its rows have none of this number.
    pub fn layout(&self, number: u16) -> Result<LayoutInfo<'_>, DynamicError> {
        let found = self.layouts().find(|layout| layout.number == number);
        let table = self.name().to_owned();
        found.ok_or(DynamicError::NoLayout { table, layout: number })
    }

    /// All that the file has of it but its rows, as one text: the layouts, the indexes, and whether its keys are
    /// counted. [`DynamicTableMut::create`](super::DynamicTableMut::create) makes the table by it in another file.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn definition(&self) -> Result<String, DynamicError> {
        let definition = catalog::definition(self.state.reader().bytes(), self.name())?;
        Ok(definition.unwrap_or_default())
    }

    /// The bytes that [`DynamicTableMut::put`](super::DynamicTableMut::put) writes for `row` in the layout `number`.
    ///
    /// # Errors
    ///
    /// [`DynamicError::Value`] when it is no record of the layout.
    pub fn encode(&self, number: u16, row: &Value) -> Result<Vec<u8>, DynamicError> {
        let OpenLayout { known, form } = self.open.layout(number)?;
        let keys = self.open.keys();
        let record = encode::record(known, keys, row).map_err(|reason| DynamicError::Value {
            table: self.name().to_owned(),
            key: "`?`".to_owned(),
            reason: Box::new(reason),
        })?;
        encode::body(known, form, &record.value)
            .map_err(|error| error.of_row(self.name(), keys.report(&record.key)))
    }

    /// The type of its keys.
    #[must_use]
    pub fn key_shape(&self) -> &Shape {
        &self.description().key
    }

    /// Its indexes, and whether each has the entries of all rows.
    pub fn indexes(&self) -> impl Iterator<Item = (&IndexShape, bool)> {
        self.open.known.indexes.iter().map(|index| (&index.shape, index.is_ready()))
    }

    /// The index `name`.
    ///
    /// # Errors
    ///
    /// [`DynamicError::NoIndex`] with the names that there are;
    /// [`StorageError::IndexNotBuilt`](crate::StorageError::IndexNotBuilt) when it lacks entries.
    pub fn index(&self, name: &str) -> Result<DynamicIndex, DynamicError> {
        DynamicIndex::open(&self.open, &self.state, name)
    }

    /// The number of rows.
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`](crate::StorageError::Database) when the engine cannot read.
    pub fn len(&self) -> Result<u64, DynamicError> {
        Ok(self.state.reader().bytes().len(&self.open.known.table)?)
    }

    /// Whether it has no rows.
    ///
    /// # Errors
    ///
    /// As [`len`](Self::len).
    pub fn is_empty(&self) -> Result<bool, DynamicError> {
        Ok(self.len()? == 0)
    }

    /// The key that a person writes so: a number, text with or without quotes, a day or a UUID, and for keys of several
    /// parts `(Dingling, 7)`.
    ///
    /// # Errors
    ///
    /// [`DynamicError::Key`] when it is none of this table.
    pub fn parse_key(&self, text: &str) -> Result<Value, DynamicError> {
        self.open.keys().parse(text)
    }

    /// The leading parts of a key that a person writes so: `(Dingling,)`; or how a key of text begins. It is
    /// a bound of a range, too.
    ///
    /// # Errors
    ///
    /// As [`parse_key`](Self::parse_key).
    pub fn parse_prefix(&self, text: &str) -> Result<Value, DynamicError> {
        self.open.keys().parse_prefix(text)
    }

    /// The row under `key`; `None` if there is none.
    ///
    /// # Errors
    ///
    /// [`DynamicError::Key`] when it is no key of this table;
    /// [`StorageError::Corrupt`](crate::StorageError::Corrupt) when the row is not what was written.
    pub fn get(&self, key: &Value) -> Result<Option<DynamicRow>, DynamicError> {
        let range = self.open.keys().exactly(key)?;
        self.walk(&range)?.next().transpose()
    }

    /// All rows.
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`](crate::StorageError::Database) when the engine cannot read.
    pub fn rows(&self) -> Result<DynamicRows, DynamicError> {
        self.walk(&ByteRange::ALL)
    }

    /// The rows whose keys lie in `range`. A bound of a key of several parts may be the first of them, and stands for
    /// all keys that begin so.
    ///
    /// # Errors
    ///
    /// [`DynamicError::Key`] when a bound is no key of this table; as [`rows`](Self::rows).
    pub fn range(&self, range: impl RangeBounds<Value>) -> Result<DynamicRows, DynamicError> {
        self.walk(&self.open.keys().range(range.start_bound(), range.end_bound())?)
    }

    /// The rows whose keys begin with `prefix`: a tuple of the first parts, or the beginning of a key that is text.
    ///
    /// # Errors
    ///
    /// As [`range`](Self::range).
    pub fn prefix(&self, prefix: &Value) -> Result<DynamicRows, DynamicError> {
        self.walk(&self.open.keys().prefix(prefix)?)
    }

    fn walk(&self, range: &ByteRange) -> Result<DynamicRows, DynamicError> {
        DynamicRows::new(&self.open, &self.state, None, range)
    }
}
