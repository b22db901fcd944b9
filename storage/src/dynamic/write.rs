//! Writing rows of any table.

use super::{
    DynamicRow,
    encode::{self, field},
    entries::EntryChanges,
    open::{OpenLayout, OpenTable},
};
use crate::{
    backend::{ByteWriter, KeyBytes},
    catalog::{self, KnownLayout},
    error::{
        AlreadyExists, Damage, DynamicError, EncodeError, ReportedKey, StorageError, Unwritable,
    },
    key,
    schema::RowShape,
    table::FeedWriter,
    txn::WriteTxn,
    value::Value,
};
use std::{cell::RefCell, sync::Arc};

/// A table of a write transaction, opened by its name: rows are written as values, and read as they are by then.
///
/// A row is written as its own program would write it, byte for byte: under the key that its fields say, with the
/// entries of every index over fields. An index whose keys are computed by code, or that has only some of the rows,
/// loses its entries with the first write, and the program that declares it builds it when it opens the table.
///
/// A value is taken as the layout says: text for moments and addresses, an object for a struct, nothing for an option
/// that is missing. What does not fit is refused with the path of the field, and nothing is written.
///
/// - The keys of a map or a set whose type is the program's own stay in the order that they come in: that of the type,
///   which only the program knows.
/// - A hash map or a hash set of rkyv can be written if its keys are numbers, text or tuples of these.
/// - Fields of an opaque type cannot be written; [`put_bytes`](Self::put_bytes) writes whole rows.
///
/// ```
/// # use rkyv::{Archive, Deserialize, Serialize};
/// # use storage::{Storage, StoredRecord};
/// use storage::dynamic::{DynamicError, DynamicTableMut, Value};
///
/// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
/// # #[store(codec = "rkyv", table = "readings")]
/// # struct Reading { #[store(key)] hour: u32, #[store(index)] wind: Option<String> }
/// # let storage = Storage::in_memory()?;
/// # let readings = Reading::table(&storage)?;
/// # readings.put(&Reading { hour: 6, wind: None })?;
/// let (windy, wrong) = (r#"{"hour": 7, "wind": "NNW"}"#, r#"{"hour": 8, "wind": 9}"#);
/// let (windy, wrong) = (Value::parse(windy)?, Value::parse(wrong)?);
/// storage.try_write(|txn| {
///     let readings = DynamicTableMut::open(txn, "readings")?;
///     readings.put(&windy)?;
///     let refused = readings.put(&wrong).unwrap_err();
///     assert!(refused.to_string().contains("`wind`: expected a value of type `string`"));
///     readings.delete(&Value::Unsigned(6))?;
///     Ok::<(), DynamicError>(())
/// })?;
/// assert_eq!(readings.by(Reading::INDEXES.wind).get_all("NNW")?.count()?, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct DynamicTableMut<'txn> {
    writer: &'txn dyn ByteWriter,
    name: String,
    /// The layout that rows are written in; the newest, if none was chosen.
    layout: Option<u16>,
    seen: RefCell<Option<Seen>>,
}

/// What was known of the table in a state of the catalogue.
#[derive(Clone, Debug)]
struct Seen {
    generation: u64,
    open: Arc<OpenTable>,
    /// Whether the catalogue knows that rows are written.
    is_entered: bool,
}

impl<'txn> DynamicTableMut<'txn> {
    /// Opens the table `name`, to write rows of its newest layout.
    ///
    /// # Errors
    ///
    /// As [`DynamicTable::open`](super::DynamicTable::open).
    pub fn open(txn: &WriteTxn<'txn>, name: &str) -> Result<Self, DynamicError> {
        let writer = txn.writer();
        let table = Self { writer, name: name.to_owned(), layout: None, seen: RefCell::default() };
        table.seen()?;
        Ok(table)
    }

    /// Makes the table `name` as [`DynamicTable::definition`](super::DynamicTable::definition) says, with its layouts
    /// and indexes, and without rows.
    ///
    /// # Errors
    ///
    /// [`DynamicError::Definition`] when `definition` is none;
    /// [`StorageError::TableExists`](crate::StorageError::TableExists) when there is a table of this name.
    pub fn create(
        txn: &WriteTxn<'txn>,
        name: &str,
        definition: &str,
    ) -> Result<Self, DynamicError> {
        catalog::create(txn.writer(), name, definition)?;
        Self::open(txn, name)
    }

    /// The same table, to write rows of the layout of this number.
    ///
    /// # Errors
    ///
    /// [`DynamicError::NoLayout`] when the table has none of this number.
    pub fn in_layout(&self, number: u16) -> Result<Self, DynamicError> {
        let seen = RefCell::new(Some(self.seen()?));
        let name = self.name.clone();
        let table = Self { writer: self.writer, name, layout: Some(number), seen };
        table.layout(&table.seen()?.open).map(|_| ())?;
        // Another layout may have to be entered.
        table.seen.borrow_mut().iter_mut().for_each(|seen| seen.is_entered = false);
        Ok(table)
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether its rows are values without fields, of a type that the file knows by its name only.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn is_pair(&self) -> Result<bool, DynamicError> {
        Ok(self.seen()?.open.known.description.rows.types().is_none())
    }

    /// The key that a person writes so; see [`DynamicTable::parse_key`](super::DynamicTable::parse_key).
    ///
    /// # Errors
    ///
    /// [`DynamicError::Key`] when it is none of this table.
    pub fn parse_key(&self, text: &str) -> Result<Value, DynamicError> {
        self.seen()?.open.keys().parse(text)
    }

    /// The row under `key`; `None` if there is none.
    ///
    /// # Errors
    ///
    /// As [`DynamicTable::get`](super::DynamicTable::get).
    pub fn get(&self, key: &Value) -> Result<Option<DynamicRow>, DynamicError> {
        let open = self.seen()?.open;
        let key = open.keys().encode(key)?;
        match self.writer.get(&open.known.table, &key)? {
            Some(value) => DynamicRow::new(&open, KeyBytes::from(&*key), 0, value).map(Some),
            None => Ok(None),
        }
    }

    /// Writes `row` under the key that its fields say. Returns `true` if it replaced a row.
    ///
    /// # Errors
    ///
    /// [`DynamicError::Value`] when it is no record of the layout, with the path of the field that is not;
    /// [`StorageError::Unique`](crate::StorageError::Unique) when another row has its key in a unique index;
    /// [`StorageError::Key`](crate::StorageError::Key) and
    /// [`StorageError::Serialization`](crate::StorageError::Serialization) as of typed tables. Nothing is written then.
    pub fn put(&self, row: &Value) -> Result<bool, DynamicError> {
        self.write(row, false)
    }

    /// Writes `row` under the key that its fields say; fails if there is a row already.
    ///
    /// # Errors
    ///
    /// [`StorageError::AlreadyExists`](crate::StorageError::AlreadyExists) if there is one; otherwise as
    /// [`put`](Self::put).
    pub fn insert(&self, row: &Value) -> Result<(), DynamicError> {
        self.write(row, true).map(|_| ())
    }

    /// Writes `body`, which is a row's bytes as its codec has written them, under `key`: of rows whose types the schema
    /// does not know, this is the only way. Returns `true` if it replaced a row.
    ///
    /// Bytes that the schema explains are read first, and must be a record with this key.
    ///
    /// # Errors
    ///
    /// [`DynamicError::Key`] when `key` is no key of the table; [`DynamicError::OtherKey`] when the record has another;
    /// [`StorageError::Serialization`](crate::StorageError::Serialization) when the bytes are no record of the layout;
    /// otherwise as [`put`](Self::put).
    pub fn put_bytes(&self, key: &Value, body: &[u8]) -> Result<bool, DynamicError> {
        let open = self.entered()?;
        let layout = self.layout(&open)?;
        let key = open.keys().encode(key)?;
        let value = match layout.form.reading() {
            Err(_) => Value::Bytes(Vec::new()),
            Ok(()) => layout.form.value(body).map_err(|damage| {
                let cause = match damage {
                    Damage::Structure(error) => EncodeError::Unreadable(error),
                    other => EncodeError::Refused { detail: other.to_string() },
                };
                Unwritable::Bytes(cause).of_row(open.name(), open.keys().report(&key))
            })?,
        };
        // What a field has that only its type can read is no value that can be written again.
        if let Ok(record) = encode::record(layout.known, open.keys(), &value)
            && *record.key != *key
        {
            let report = |key: &[u8]| open.keys().report(key).into_text();
            let (table, found) = (open.name().to_owned(), report(&record.key));
            return Err(DynamicError::OtherKey { table, key: report(&key), found });
        }
        self.replace(&open, &layout, &key, Some((body.to_vec(), &value)), false)
    }

    /// Deletes the row under `key`. Returns `false` if there is none.
    ///
    /// # Errors
    ///
    /// [`DynamicError::Key`] when it is no key of the table.
    pub fn delete(&self, key: &Value) -> Result<bool, DynamicError> {
        let open = self.entered()?;
        let key = open.keys().encode(key)?;
        let layout = self.layout(&open)?;
        self.replace(&open, &layout, &key, None, false)
    }

    fn write(&self, row: &Value, is_new: bool) -> Result<bool, DynamicError> {
        let open = self.entered()?;
        let layout = self.layout(&open)?;
        let refused = |error: Unwritable, key: ReportedKey| error.of_row(open.name(), key);
        let record = encode::record(layout.known, open.keys(), row)
            .map_err(|error| refused(error.into(), key_of(layout.known, row)))?;
        let body = encode::body(layout.known, layout.form, &record.value)
            .map_err(|error| refused(error, open.keys().report(&record.key)))?;
        self.replace(&open, &layout, &record.key, Some((body, &record.value)), is_new)
    }

    /// Puts `new` in the place of the row under `key`, or deletes that; `true` if there was one, which fails where the
    /// row must be new. What can be refused is refused before the first byte is written.
    fn replace(
        &self,
        open: &OpenTable,
        layout: &OpenLayout<'_>,
        key: &[u8],
        new: Option<(Vec<u8>, &Value)>,
        must_be_new: bool,
    ) -> Result<bool, DynamicError> {
        let (writer, known) = (self.writer, &open.known);
        key::check_len(key)
            .map_err(|reason| StorageError::Key { table: self.name.clone(), reason })?;
        let old = writer.get(&known.table, key)?;
        if old.is_none() && new.is_none() {
            return Ok(false);
        }
        if old.is_some() && must_be_new {
            let (table, key) = (open.name().to_owned(), open.keys().report(key));
            let exists = AlreadyExists { table, key, moved_from: None };
            return Err(StorageError::from(exists).into());
        }
        let fields = new.as_ref().map(|(_, value)| *value);
        let changes = EntryChanges::new(writer, open, layout, (key, old.as_deref(), fields))?;
        changes.check(key)?;
        changes.apply(key)?;
        let is_there = new.is_some();
        let was_there = match new {
            Some((mut body, _)) => {
                layout.known.seal.close(key, &mut body);
                writer.put(&known.table, key, &body)?
            }
            None => {
                known.keep_ids(writer)?;
                writer.delete(&known.table, key)?
            }
        };
        if let Some(seal) = known.feed {
            let mut feed = FeedWriter::without_limits(writer, &self.name, seal)?;
            feed.replaced(writer, key, was_there, is_there)?;
        }
        Ok(was_there)
    }

    /// What is known of the table.
    fn seen(&self) -> Result<Seen, DynamicError> {
        let generation = self.writer.generation();
        if let Some(seen) = &*self.seen.borrow()
            && seen.generation == generation
        {
            return Ok(seen.clone());
        }
        let open = Arc::new(OpenTable::read(self.writer, &self.name)?);
        let seen = Seen { generation, open, is_entered: false };
        *self.seen.borrow_mut() = Some(seen.clone());
        Ok(seen)
    }

    /// The same, once the catalogue knows that rows are written.
    fn entered(&self) -> Result<Arc<OpenTable>, DynamicError> {
        loop {
            let Seen { open, is_entered, .. } = self.seen()?;
            if is_entered {
                return Ok(open);
            }
            let layout = self.layout(&open)?;
            let mut is_changed = open.known.disturb(self.writer, layout.known.number)?;
            for index in &open.known.indexes {
                let is_left = open.entry_keys(index, layout.known).is_none();
                if is_left && !index.is_left_to_build(self.writer)? {
                    open.known.leave_to_build(self.writer, index)?;
                    is_changed = true;
                }
            }
            if !is_changed {
                self.seen.borrow_mut().iter_mut().for_each(|seen| seen.is_entered = true);
            }
        }
    }

    /// The layout that rows are written in.
    fn layout<'o>(&self, open: &'o OpenTable) -> Result<OpenLayout<'o>, DynamicError> {
        let newest = || open.known.layouts.last().map(|layout| layout.number);
        open.layout(self.layout.or_else(newest).unwrap_or_default())
    }
}

/// The key of a row that is none, as far as it has one.
fn key_of(layout: &KnownLayout, row: &Value) -> ReportedKey {
    let parts = match &layout.description.rows {
        RowShape::Record { key_fields, .. } => {
            let part =
                |name: &String| field(layout, row, name).or_else(|| row.field(name).cloned());
            key_fields.iter().map(part).collect::<Option<Vec<_>>>()
        }
        RowShape::Value(_) => None,
    };
    let text = parts.map(|parts| Value::of_parts(parts).to_string());
    ReportedKey::new(text.unwrap_or_else(|| "`?`".to_owned()), &[])
}
