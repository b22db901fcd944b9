//! The one way a row changes: the row and its index entries together, checked before anything is written.

use super::{IndexTable, Reader, Row, Table, form::StoredValue, row::Owned};
use crate::{
    backend::{ByteWriter, SortedRows},
    codec::layout_number,
    error::{Result, StorageError, UniqueViolation},
    index::{IndexSchema, Indexer, diff},
    invariant::Invariant,
    key::{self, KeyBuf},
};

/// A row to be written.
pub(super) struct NewRow<'a, T> {
    /// The value, where it is at hand. It is decoded where it is not and an index needs it.
    value: Option<&'a T>,
    stored: &'a [u8],
}

impl<'a, T> NewRow<'a, T> {
    /// The row `value`, for which `stored` is stored.
    pub(super) const fn new(value: &'a T, stored: &'a [u8]) -> Self {
        Self { value: Some(value), stored }
    }

    /// The row for which `stored` is stored.
    pub(super) const fn of_stored(stored: &'a [u8]) -> Self {
        Self { value: None, stored }
    }
}

/// What must change in one index.
pub(super) struct IndexChange<'a> {
    table: &'a IndexTable,
    removed: Vec<KeyBuf>,
    added: Vec<KeyBuf>,
}

impl<L: Row, A> Table<L, A> {
    /// Puts `new` in the place of the row under `key`, or deletes that row; `true` if there was one.
    ///
    /// Everything that can be refused is refused before the first byte is written.
    pub(super) fn replace(
        &self,
        writer: &dyn ByteWriter,
        key: &[u8],
        new: Option<&NewRow<'_, Owned<L>>>,
    ) -> Result<bool> {
        if new.is_some() {
            self.check_kept(writer, key)?;
        }
        if !L::indexers().is_empty() {
            let decoded;
            let new = match new {
                Some(NewRow { value: None, stored }) => {
                    decoded = self.form().decode(key, StoredValue::InFile(stored))?;
                    Some(&decoded)
                }
                Some(row) => row.value,
                None => None,
            };
            match self.load_in(writer, key) {
                Ok(old) => self.change_entries(writer, key, old.as_ref(), new).map(drop)?,
                // Its index keys cannot be known any more. It must be possible to replace or remove it all the same.
                Err(error) if error.is_of_one_row() => self.replace_entries(writer, key, new)?,
                Err(error) => return Err(error),
            }
        }
        let was_there = match new {
            Some(row) => {
                let number = self.shared.entry.enter(writer)?;
                let stored = self.form().numbered(number, key, row.stored);
                writer.put(self.byte_table(), key, &stored)?
            }
            None => {
                self.shared.entry.keep_ids(writer, L::is_auto())?;
                writer.delete(self.byte_table(), key)?
            }
        };
        if let Some(mut feed) = self.feed_writer(writer)? {
            feed.replaced(writer, key, was_there, new.is_some())?;
        }
        Ok(was_there)
    }

    /// Fails if the row under `key` has fields that only a migration's work may take out of it.
    fn check_kept(&self, writer: &dyn ByteWriter, key: &[u8]) -> Result<()> {
        if !self.shared.entry.has_kept(writer)? {
            return Ok(());
        }
        let stored = writer.get(self.byte_table(), key)?;
        let layout = stored.and_then(|stored| layout_number(&stored));
        layout.map_or(Ok(()), |layout| self.shared.entry.check_layout(layout))
    }

    /// Puts many rows, whose keys do not descend, in the place of those that are there. Which index entries come and
    /// go is known to the caller, who writes them.
    pub(super) fn replace_sorted(
        &self,
        writer: &dyn ByteWriter,
        rows: &mut dyn SortedRows,
    ) -> Result<()> {
        let mut feed = self.feed_writer(writer)?;
        if feed.is_none() && !self.shared.entry.has_kept(writer)? {
            return writer.put_sorted(self.byte_table(), rows);
        }
        // What was there is looked at one by one.
        while let Some((key, value)) = rows.current() {
            self.check_kept(writer, key)?;
            let was_there = writer.put(self.byte_table(), key, value)?;
            if let Some(feed) = &mut feed {
                feed.replaced(writer, key, was_there, true)?;
            }
            rows.advance();
        }
        Ok(())
    }

    /// Enters `row` in every index as if it were new, and returns the number of entries.
    pub(super) fn add_entries(
        &self,
        writer: &dyn ByteWriter,
        key: &[u8],
        row: &Owned<L>,
    ) -> Result<u64> {
        self.change_entries(writer, key, None, Some(row))
    }

    /// Deletes the entries that only `old` has, puts those that only `new` has, and returns the number of the latter.
    fn change_entries(
        &self,
        writer: &dyn ByteWriter,
        key: &[u8],
        old: Option<&Owned<L>>,
        new: Option<&Owned<L>>,
    ) -> Result<u64> {
        let changes = self.index_changes(old, new);
        for change in &changes {
            self.check_unique(&Reader::Writer(writer), change, key)?;
        }
        let mut added: u64 = 0;
        for change in &changes {
            change.apply(writer, key)?;
            added =
                added.saturating_add(u64::try_from(change.added.len()).invariant("a length fits"));
        }
        Ok(added)
    }

    /// Deletes every entry of the record under `key`, found by reading the whole indexes, and puts those of `new`.
    #[cold]
    fn replace_entries(
        &self,
        writer: &dyn ByteWriter,
        key: &[u8],
        new: Option<&Owned<L>>,
    ) -> Result<()> {
        let changes = self.index_changes(None, new);
        for change in &changes {
            self.check_unique(&Reader::Writer(writer), change, key)?;
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
    pub(super) fn check_unique(
        &self,
        reader: &Reader<'_>,
        change: &IndexChange<'_>,
        primary_key: &[u8],
    ) -> Result<()> {
        for index_key in &change.added {
            change.table.check_key_len(index_key)?;
            if !change.table.schema().is_unique() {
                continue;
            }
            if let Some(holder) = change.table.holder(reader, index_key)?
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

impl<'a> IndexChange<'a> {
    /// The entries of a row with the keys `added`, of which `table` may have some.
    pub(super) const fn of_new(table: &'a IndexTable, added: Vec<KeyBuf>) -> Self {
        Self { table, removed: Vec::new(), added }
    }

    pub(super) fn apply(&self, writer: &dyn ByteWriter, primary_key: &[u8]) -> Result<()> {
        for index_key in &self.removed {
            self.table.delete(writer, index_key, primary_key)?;
        }
        for index_key in &self.added {
            self.table.put(writer, index_key, primary_key)?;
        }
        Ok(())
    }
}
