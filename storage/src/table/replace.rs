//! The one way a row changes: the row and its index entries together, checked before anything is written.

use super::{Access, AccessMut, Extent, IndexTable, Reader, Row, Table, row::Owned};
use crate::{
    backend::{ByteWriter, all_or_nothing},
    error::{Result, StorageError, UniqueViolation},
    index::{Indexer, diff},
    key::{self, KeyBuf},
    schema::IndexSchema,
};

/// A row to be written: the value and its sealed bytes.
pub(super) struct NewRow<'a, T> {
    pub(super) value: &'a T,
    pub(super) bytes: &'a [u8],
}

/// What must change in one index.
struct IndexChange<'a> {
    table: &'a IndexTable,
    removed: Vec<KeyBuf>,
    added: Vec<KeyBuf>,
}

impl<L: Row, A: AccessMut> Table<L, A> {
    /// Runs `body`, which changes one row in one step, in a transaction in which the catalogue knows this table.
    #[track_caller]
    pub(super) fn write<T>(&self, body: impl FnOnce(&dyn ByteWriter) -> Result<T>) -> Result<T> {
        self.write_extent(Extent::Row, body)
    }

    /// The same for a `body` that takes several steps: what it did is undone when it fails, also inside a
    /// transaction that goes on.
    #[track_caller]
    pub(super) fn write_whole<T>(
        &self,
        extent: Extent,
        body: impl FnOnce(&dyn ByteWriter) -> Result<T>,
    ) -> Result<T> {
        if A::COMMITTED {
            return self.write_extent(extent, body); // The transaction itself is undone.
        }
        self.write_extent(extent, |writer| all_or_nothing(writer, || body(writer)))
    }

    #[track_caller]
    fn write_extent<T>(
        &self,
        extent: Extent,
        body: impl FnOnce(&dyn ByteWriter) -> Result<T>,
    ) -> Result<T> {
        let (generation, result) = self.access.write(extent, |writer| {
            self.shared.entry.enter(writer)?;
            Ok((writer.generation(), body(writer)?))
        })?;
        if A::COMMITTED {
            self.shared.entry.confirm(generation);
        }
        Ok(result)
    }
}

impl<L: Row, A: Access> Table<L, A> {
    /// Puts `new` in the place of what is under `key`, or removes it; `true` when there was something.
    ///
    /// Everything that can be refused is refused before the first byte is written.
    pub(super) fn replace(
        &self,
        writer: &dyn ByteWriter,
        key: &[u8],
        new: Option<&NewRow<'_, Owned<L>>>,
    ) -> Result<bool> {
        if !L::indexers().is_empty() {
            let new = new.map(|row| row.value);
            let old = writer.get(self.byte_table(), key)?.map(|bytes| self.decode(key, &bytes));
            match old.transpose() {
                Ok(old) => self.change_entries(writer, key, old.as_ref(), new).map(drop)?,
                // Its index keys cannot be known any more. It must be possible to replace or remove it all the same.
                Err(error) if error.is_of_one_row() => self.replace_entries(writer, key, new)?,
                Err(error) => return Err(error),
            }
        }
        match new {
            Some(row) => writer.put(self.byte_table(), key, row.bytes),
            None => writer.delete(self.byte_table(), key),
        }
    }

    /// Enters `row` in every index as if it were new, and gives the number of entries.
    pub(super) fn add_entries(
        &self,
        writer: &dyn ByteWriter,
        key: &[u8],
        row: &Owned<L>,
    ) -> Result<u64> {
        self.change_entries(writer, key, None, Some(row))
    }

    /// Removes the entries that only `old` has, adds those that only `new` has, and gives the number of the latter.
    fn change_entries(
        &self,
        writer: &dyn ByteWriter,
        key: &[u8],
        old: Option<&Owned<L>>,
        new: Option<&Owned<L>>,
    ) -> Result<u64> {
        let changes = self.index_changes(old, new);
        for change in &changes {
            self.check_unique(writer, change, key)?;
        }
        let mut added: u64 = 0;
        for change in &changes {
            change.apply(writer, key)?;
            added = added.saturating_add(u64::try_from(change.added.len()).unwrap_or(u64::MAX));
        }
        Ok(added)
    }

    /// Removes every entry of the record under `key`, found by reading the indexes through, and adds those of `new`.
    #[cold]
    fn replace_entries(
        &self,
        writer: &dyn ByteWriter,
        key: &[u8],
        new: Option<&Owned<L>>,
    ) -> Result<()> {
        let changes = self.index_changes(None, new);
        for change in &changes {
            self.check_unique(writer, change, key)?;
        }
        for change in &changes {
            change.table.delete_all_of(writer, key)?;
            change.apply(writer, key)?;
        }
        Ok(())
    }

    fn index_changes(
        &self,
        old: Option<&Owned<L>>,
        new: Option<&Owned<L>>,
    ) -> Vec<IndexChange<'_>> {
        let change = |(indexer, table): (&Indexer<Owned<L>>, _)| {
            let keys =
                |row: Option<&Owned<L>>| row.map(|row| indexer.keys_of(row)).unwrap_or_default();
            let change = diff(keys(old), keys(new));
            IndexChange { table, removed: change.removed, added: change.added }
        };
        L::indexers().iter().zip(&self.shared.indexes).map(change).collect()
    }

    /// Checks that no other row has a key that is added to a unique index, and that every key is short enough.
    fn check_unique(
        &self,
        writer: &dyn ByteWriter,
        change: &IndexChange<'_>,
        primary_key: &[u8],
    ) -> Result<()> {
        for index_key in &change.added {
            change.table.check_key_len(index_key)?;
            if !change.table.schema().is_unique() {
                continue;
            }
            if let Some(holder) = change.table.holder(&Reader::Writer(writer), index_key)?
                && *holder != *primary_key
            {
                return Err(self.violation(change.table.schema(), index_key, &holder, primary_key));
            }
        }
        Ok(())
    }

    #[cold]
    fn violation(
        &self,
        index: &IndexSchema,
        index_key: &[u8],
        holder: &[u8],
        refused: &[u8],
    ) -> StorageError {
        UniqueViolation {
            table: self.name().to_owned(),
            index: index.name().to_owned(),
            index_key: index.report_key(index_key),
            holder: key::report::<L::Key>(holder),
            refused: key::report::<L::Key>(refused),
        }
        .into()
    }
}

impl IndexChange<'_> {
    fn apply(&self, writer: &dyn ByteWriter, primary_key: &[u8]) -> Result<()> {
        for index_key in &self.removed {
            self.table.delete(writer, index_key, primary_key)?;
        }
        for index_key in &self.added {
            self.table.put(writer, index_key, primary_key)?;
        }
        Ok(())
    }
}
