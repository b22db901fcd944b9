//! Building an index that the code has and the file lacks, in batches: each is a transaction of its own.
//!
//! How far an index is built is kept in the catalogue, in the transaction of each batch, so that a build that was cut
//! off goes on where it was. Other threads read and write between two batches; a write keeps all entries of its row
//! right, whether the build has come to it or not.

use super::{Access, IndexTable, Reader, Row, Table, form::StoredValue, replace::IndexChange};
use crate::{
    backend::ByteWriter,
    catalog::IndexState,
    error::{Result, StorageError},
    invariant::Invariant as _,
    key::{ByteRange, KeyBuf},
};

/// How many rows are read for one batch at the most,
const BATCH_ROWS: usize = 1000;
/// and how many bytes of them, but for the last.
const BATCH_BYTES: usize = 1 << 20;

/// What a batch has left to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    /// More rows.
    Rows,
    /// Nothing: the index is ready, or some row cannot be entered.
    Nothing,
}

impl<L: Row, A: Access> Table<L, A> {
    /// Checks the catalogue, and builds the indexes that are not built, where this place can write and rows may be.
    /// What a row has against it is told by whoever asks for the index; the table is of use without it.
    #[track_caller]
    pub(super) fn build(&self) -> Result<()> {
        for index in self.not_built()? {
            // Between two batches others may write, and an error of one row ends the build of one index.
            while self.access.write_apart(|writer| self.build_batch(writer, index))?
                == Some(Left::Rows)
            {}
        }
        Ok(())
    }

    /// The indexes that are not built.
    fn not_built(&self) -> Result<Vec<&IndexTable>> {
        let mut not_built = Vec::new();
        let Some(reader) = self.reading()? else { return Ok(not_built) };
        if self.shared.entry.is_confirmed(reader.bytes().generation()) {
            return Ok(not_built);
        }
        if self.shared.entry.is_only_read(reader.bytes())? {
            return Ok(not_built);
        }
        for index in &self.shared.indexes {
            let state = self.shared.entry.index_state(reader.bytes(), index.schema().name())?;
            if state != Some(IndexState::Ready) {
                not_built.push(index);
            }
        }
        Ok(not_built)
    }

    /// Enters the next rows in `index`.
    fn build_batch(&self, writer: &dyn ByteWriter, index: &IndexTable) -> Result<Left> {
        let (entry, name) = (&self.shared.entry, index.schema().name());
        entry.enter(writer)?;
        let Some(IndexState::Building(built_to)) = entry.index_state(writer, name)? else {
            return Ok(Left::Nothing);
        };
        let (mut rows, mut bytes, mut last) = (0_usize, 0_usize, None);
        let mut state = IndexState::Ready;
        let range = behind(built_to.as_deref());
        let (lower, upper) = range.bounds();
        for row in writer.rows(self.byte_table(), lower, upper)? {
            let row = row?;
            let entered = self.entries_of(&Reader::Writer(writer), index, &row.key, &row.value);
            match entered {
                Ok(entries) => entries.apply(writer, &row.key)?,
                Err(error) if is_about_the_row(&error) => {
                    let Some(last) = last else { return Ok(Left::Nothing) };
                    entry.set_index_state(writer, name, IndexState::Building(Some(last)))?;
                    return Ok(Left::Nothing);
                }
                Err(error) => return Err(error),
            }
            rows = rows.saturating_add(1);
            bytes = bytes.saturating_add(row.value.len());
            last = Some(KeyBuf::from(&*row.key));
            if rows == BATCH_ROWS || bytes >= BATCH_BYTES {
                state = IndexState::Building(last);
                break;
            }
        }
        let left = if state == IndexState::Ready { Left::Nothing } else { Left::Rows };
        entry.set_index_state(writer, name, state)?;
        Ok(left)
    }
}

impl<L: Row, A> Table<L, A> {
    /// The entries of a row in `index`, checked.
    fn entries_of<'t>(
        &self,
        reader: &Reader<'_>,
        index: &'t IndexTable,
        key: &[u8],
        value: &[u8],
    ) -> Result<IndexChange<'t>> {
        let row = self.form().decode(key, StoredValue::InFile(value))?;
        let indexer = L::indexers().get(index.number());
        let keys = indexer.map(|indexer| indexer.keys_of(&row));
        let change = IndexChange::of_new(index, keys.invariant("an index has its indexer"));
        self.check_unique(reader, &change, key)?;
        Ok(change)
    }

    /// Fails if `index` is not built, with what its next row has against it.
    #[cold]
    pub(super) fn check_built(&self, reader: &Reader<'_>, index: &IndexTable) -> Result<()> {
        let (entry, name) = (&self.shared.entry, index.schema().name());
        if entry.is_confirmed(reader.bytes().generation()) {
            return Ok(());
        }
        let reason = match entry.index_state(reader.bytes(), name)? {
            Some(IndexState::Ready) => return Ok(()),
            None => None,
            Some(IndexState::Building(built_to)) => {
                let range = behind(built_to.as_deref());
                let next = reader.first_with(self.byte_table(), &range, |key, value| {
                    self.entries_of(reader, index, key, value).err()
                })?;
                next.flatten().map(Box::new)
            }
        };
        let (table, index) = (self.name().to_owned(), name.to_owned());
        Err(StorageError::IndexNotBuilt { table, index, reason })
    }
}

/// The rows that are left when an index is built to the key `built_to`.
fn behind(built_to: Option<&[u8]>) -> ByteRange {
    built_to.map_or(ByteRange::ALL, |key| ByteRange::ALL.after(key))
}

/// Whether a row has something against being entered, and the engine has not.
const fn is_about_the_row(error: &StorageError) -> bool {
    error.is_of_one_row() || matches!(error, StorageError::Unique(_) | StorageError::Key { .. })
}
