//! The table of an index: entries that are verified, split, looked up, written and removed.

use super::{Reader, form::check_key_len};
use crate::{
    backend::{ByteTable, ByteWriter, SortedRows},
    catalog::{self, Entry, TableSeals},
    error::{Damage, ReportedKey, Result, StorageError},
    index::{IndexSchema, IndexSeal, split_entry},
    invariant::Invariant,
    key::{ByteRange, Key, KeyBuf, KeyReader, Place},
};
use std::{
    ops::{Bound, ControlFlow},
    sync::Arc,
};

/// The table of an index of another table.
pub(super) struct IndexTable {
    schema: &'static IndexSchema,
    table: ByteTable,
    /// Of the table of records.
    seals: Arc<TableSeals>,
    /// Which of its indexes this is.
    number: usize,
}

impl IndexTable {
    /// The table of the index `schema`, which is the one with the number `number` of the table of `entry`, whose keys
    /// are all `key_len` bytes long, if they are.
    pub(super) fn new(
        schema: &'static IndexSchema,
        number: usize,
        entry: &Entry,
        key_len: Option<usize>,
    ) -> Self {
        let name = catalog::index_table(entry.table().name(), schema.name());
        let lens = schema.key_width().zip(key_len);
        let entry_len = lens.map(|(index_key, primary_key)| index_key.saturating_add(primary_key));
        let (table, seals) = (ByteTable::new(&name, entry_len), Arc::clone(entry.seals()));
        Self { schema, table, seals, number }
    }

    /// Which of the indexes of its table this is.
    pub(super) const fn number(&self) -> usize {
        self.number
    }

    #[inline]
    fn seal(&self) -> IndexSeal {
        self.seals.index(self.number)
    }

    pub(super) const fn schema(&self) -> &'static IndexSchema {
        self.schema
    }

    /// The table as the engine knows it.
    pub(super) const fn byte_table(&self) -> &ByteTable {
        &self.table
    }
}

/// Reading entries.
impl IndexTable {
    /// Compares a stored entry with its seal.
    pub(super) fn verify(&self, entry: &[u8], value: &[u8]) -> Result<()> {
        self.seal().verify(entry, value).map_err(|damage| self.corrupt(entry, damage))
    }

    /// The primary key that `entry` ends with.
    pub(super) fn primary_key<'e>(&self, entry: &'e [u8]) -> Result<&'e [u8]> {
        match split_entry(entry, self.schema.key_len()) {
            Ok((_, primary_key)) => Ok(primary_key),
            Err(damage) => Err(self.corrupt(entry, damage)),
        }
    }

    /// The index key that `entry` begins with.
    pub(super) fn index_key<'e>(&self, entry: &'e [u8]) -> Result<&'e [u8]> {
        match split_entry(entry, self.schema.key_len()) {
            Ok((index_key, _)) => Ok(index_key),
            Err(damage) => Err(self.corrupt(entry, damage)),
        }
    }

    /// The key of type `K` that an index key is the encoding of.
    pub(super) fn decode_key<K: Key>(&self, index_key: &[u8]) -> Result<K> {
        let decoded = K::decode(&mut KeyReader::new(index_key), Place::Inner);
        decoded.map(K::from_ref).map_err(|error| self.corrupt(index_key, error.into()))
    }

    /// Returns what `get` finds under the primary key of an entry, once the entry is verified. `None` if entry and
    /// record were both deleted after the entry was read ahead, which happens inside a write.
    pub(super) fn follow<T>(
        &self,
        reader: &Reader<'_>,
        entry: &[u8],
        value: &[u8],
        get: impl FnOnce(&[u8]) -> Result<Option<T>>,
    ) -> Result<Option<T>> {
        self.verify(entry, value)?;
        match get(self.primary_key(entry)?)? {
            Some(found) => Ok(Some(found)),
            None => self.missing(reader, entry).map(|()| None),
        }
    }

    /// Fails if `entry`, which points to no record, is still there.
    #[cold]
    fn missing(&self, reader: &Reader<'_>, entry: &[u8]) -> Result<()> {
        match reader.contains(&self.table, entry)? {
            false => Ok(()),
            true => Err(self.corrupt(entry, Damage::DanglingEntry)),
        }
    }

    /// The error of an entry that points to no record.
    #[cold]
    pub(super) fn dangling(&self, index_key: &[u8], primary_key: &[u8]) -> StorageError {
        self.corrupt(&[index_key, primary_key].concat(), Damage::DanglingEntry)
    }

    /// The primary key of the first entry of `index_key`, if there is one.
    pub(super) fn holder(&self, reader: &Reader<'_>, index_key: &[u8]) -> Result<Option<KeyBuf>> {
        let range = ByteRange::prefix(KeyBuf::from(index_key));
        let holder = reader.first_with(&self.table, &range, |entry, value| {
            self.verify(entry, value)?;
            let primary_key = entry.strip_prefix(index_key).invariant("it is in the range");
            Ok(KeyBuf::from(primary_key))
        })?;
        holder.transpose()
    }

    /// Returns the number of entries in `range`, at most `limit`, each verified. All of them the engine has counted.
    pub(super) fn count(&self, reader: &Reader<'_>, range: &ByteRange, limit: u64) -> Result<u64> {
        if *range == ByteRange::ALL || limit == 0 {
            return reader.count(&self.table, range, limit);
        }
        let (mut count, mut verified) = (0_u64, Ok(()));
        reader.walk(&self.table, range, false, |entry, value| {
            verified = self.verify(entry, value);
            if verified.is_err() {
                return ControlFlow::Break(());
            }
            count = count.saturating_add(1);
            if count < limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        verified.map(|()| count)
    }

    #[cold]
    fn corrupt(&self, entry: &[u8], damage: Damage) -> StorageError {
        StorageError::corrupt_row(self.table.name(), ReportedKey::untyped(entry), damage)
    }
}

/// Writing entries.
impl IndexTable {
    /// Checks that `index_key` is short enough.
    pub(super) fn check_key_len(&self, index_key: &[u8]) -> Result<()> {
        check_key_len(catalog::visible_name(self.table.name()), index_key)
    }

    pub(super) fn put(
        &self,
        writer: &dyn ByteWriter,
        index_key: &[u8],
        primary_key: &[u8],
    ) -> Result<()> {
        let (entry, value) = self.seal().entry(index_key, primary_key);
        writer.put(&self.table, &entry, &value).map(drop)
    }

    /// Writes many entries, whose keys do not descend.
    #[expect(single_use_lifetimes, reason = "anonymous lifetimes in `impl Trait` are not stable")]
    pub(super) fn put_sorted<'e>(
        &self,
        writer: &dyn ByteWriter,
        entries: impl Iterator<Item = &'e [u8]>,
    ) -> Result<()> {
        writer.put_sorted(&self.table, &mut SealedEntries::new(entries, self.seal()))
    }

    pub(super) fn delete(
        &self,
        writer: &dyn ByteWriter,
        index_key: &[u8],
        primary_key: &[u8],
    ) -> Result<()> {
        let mut entry = KeyBuf::from(index_key);
        entry.extend(primary_key);
        writer.delete(&self.table, &entry).map(drop)
    }

    /// Deletes every entry of the record under `primary_key`. They are found by reading the whole index, for a record
    /// that cannot be read.
    #[cold]
    pub(super) fn delete_all_of(&self, writer: &dyn ByteWriter, primary_key: &[u8]) -> Result<()> {
        for entry in writer.keys(&self.table, Bound::Unbounded, Bound::Unbounded)? {
            let entry = entry?;
            if self.primary_key(&entry).is_ok_and(|of_entry| of_entry == primary_key) {
                writer.delete(&self.table, &entry)?;
            }
        }
        Ok(())
    }

    /// Deletes every entry.
    pub(super) fn clear(&self, writer: &dyn ByteWriter) -> Result<()> {
        writer.remove_table(&self.table).map(drop)
    }
}

/// Keys of entries with their seals.
struct SealedEntries<'e, I> {
    entries: I,
    current: Option<&'e [u8]>,
    seal: IndexSeal,
    sealed: Vec<u8>,
}

impl<'e, I: Iterator<Item = &'e [u8]>> SealedEntries<'e, I> {
    fn new(entries: I, seal: IndexSeal) -> Self {
        let mut sealed = Self { entries, current: None, seal, sealed: Vec::new() };
        sealed.advance();
        sealed
    }
}

impl<'e, I: Iterator<Item = &'e [u8]>> SortedRows for SealedEntries<'e, I> {
    fn current(&self) -> Option<(&[u8], &[u8])> {
        self.current.map(|entry| (entry, &*self.sealed))
    }

    fn advance(&mut self) {
        self.current = self.entries.next();
        if let Some(entry) = self.current {
            self.seal.seal(entry, &mut self.sealed);
        }
    }
}
