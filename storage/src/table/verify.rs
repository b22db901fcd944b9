//! Comparing the indexes of a table with its records, and rebuilding them: `verify`, `rebuild`.

use super::{
    Access, AccessMut, IndexTable, Reader, Table, WriteSize, entries::Entries, form::StoredValue,
};
use crate::{
    error::{Result, StorageError},
    index::{IndexKeys, Indexer},
    key::{self, ByteRange, Key},
    record::StoredRecord,
};
use std::{
    collections::BTreeSet,
    ops::{Bound, ControlFlow},
};

/// A difference between an index and the records.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IndexFault {
    /// A record is missing from the index.
    Missing {
        /// The index.
        index: String,
        /// The record's primary key, as text.
        key: String,
    },
    /// The index has an entry without a record.
    Dangling {
        /// The index.
        index: String,
        /// The entry's bytes.
        entry: Vec<u8>,
    },
    /// A record cannot be read, so its index entries are unknown. Fix it with `put` or `delete`.
    Unreadable {
        /// The index.
        index: String,
        /// The record's primary key, as text.
        key: String,
    },
    /// The index is not built; the error of [`By::len`](crate::table::By::len) says why.
    NotBuilt {
        /// The index.
        index: String,
    },
    /// The checksum of an entry does not match.
    Damaged {
        /// The index.
        index: String,
        /// The entry's bytes.
        entry: Vec<u8>,
    },
}

impl<R: StoredRecord, A: Access> Table<R, A> {
    /// Compares every index with the records and returns the differences; the list is empty if there are none.
    ///
    /// Uses memory for the entries of one index of the whole table.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// assert_eq!(airports.verify()?, []);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`] if the engine cannot read.
    pub fn verify(&self) -> Result<Vec<IndexFault>> {
        let mut faults = Vec::new();
        let Some(reader) = self.reading()? else { return Ok(faults) };
        for (indexer, index) in R::INDEXERS.iter().zip(&self.shared.indexes) {
            match self.check_built(&reader, index) {
                Err(StorageError::IndexNotBuilt { index, .. }) => {
                    faults.push(IndexFault::NotBuilt { index });
                    continue;
                }
                built => built?,
            }
            let expected = self.expected(&reader, indexer)?;
            expected.compare::<R::Key>(&reader, index, &mut faults)?;
        }
        Ok(faults)
    }

    /// What `indexer` should have of the records.
    fn expected(&self, reader: &Reader<'_>, indexer: &Indexer<R>) -> Result<Expected> {
        let (mut expected, mut index_keys) = (Expected::default(), IndexKeys::default());
        reader.for_each(self.byte_table(), &ByteRange::ALL, |key, value| {
            let record = match self.form().decode(key, StoredValue::InFile(value)) {
                Err(error) if error.is_of_one_row() => {
                    expected.unreadable.insert(key.to_vec());
                    return Ok(());
                }
                decoded => decoded?,
            };
            indexer.replace_keys(&record, &mut index_keys);
            index_keys.iter().for_each(|index_key| expected.entries.push(index_key, key, 0));
            Ok(())
        })?;
        expected.entries.store();
        Ok(expected)
    }
}

/// What an index should hold.
#[derive(Default)]
struct Expected {
    entries: Entries,
    /// The primary keys of records that cannot be read.
    unreadable: BTreeSet<Vec<u8>>,
}

impl Expected {
    /// Adds what differs in `index` from it to `faults`.
    fn compare<K: Key>(
        &self,
        reader: &Reader<'_>,
        index: &IndexTable,
        faults: &mut Vec<IndexFault>,
    ) -> Result<()> {
        let name = || index.schema().name().to_owned();
        let (mut expected, mut missing) = (self.entries.merge().peekable(), Vec::new());
        reader.walk(index.byte_table(), &ByteRange::ALL, false, |entry, value| {
            let of_unreadable =
                || index.primary_key(entry).is_ok_and(|key| self.unreadable.contains(key));
            while let Some(passed) = expected.next_if(|expected| expected.bytes < entry) {
                missing.push(passed.keys().1);
            }
            let has_record = expected.next_if(|expected| expected.bytes == entry).is_some();
            let is_expected = has_record || of_unreadable();
            let bytes = || entry.to_vec();
            if index.verify(entry, value).is_err() {
                faults.push(IndexFault::Damaged { index: name(), entry: bytes() });
            } else if !is_expected {
                faults.push(IndexFault::Dangling { index: name(), entry: bytes() });
            }
            ControlFlow::Continue(())
        })?;
        missing.extend(expected.map(|entry| entry.keys().1));
        let text = |key: &[u8]| key::report::<K>(key).into_text();
        let missing = missing.into_iter().map(text);
        faults.extend(missing.map(|key| IndexFault::Missing { index: name(), key }));
        let unreadable = self.unreadable.iter().map(|key| text(key));
        faults.extend(unreadable.map(|key| IndexFault::Unreadable { index: name(), key }));
        Ok(())
    }
}

impl<R: StoredRecord, A: AccessMut> Table<R, A> {
    /// Rebuilds every index from the records, in one transaction, and returns the number of entries. Indexes that were
    /// not built are built afterwards.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// assert_eq!(airports.rebuild()?, 7); // Four countries, three codes.
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get) for a record that cannot be read; [`StorageError::Unique`]
    /// if two records share a key of a unique index. The indexes are not changed then.
    #[track_caller]
    pub fn rebuild(&self) -> Result<u64> {
        self.write_whole(WriteSize::Rows, |writer| {
            self.shared.indexes.iter().try_for_each(|index| index.clear(writer))?;
            let mut count: u64 = 0;
            for row in writer.rows(self.byte_table(), Bound::Unbounded, Bound::Unbounded)? {
                let row = row?;
                let record = self.form().decode(&row.key, StoredValue::InFile(&row.value))?;
                count = count.saturating_add(self.add_entries(writer, &row.key, &record)?);
            }
            self.shared.entry.set_ready(writer)?;
            Ok(count)
        })
    }
}
