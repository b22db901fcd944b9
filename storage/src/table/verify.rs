//! Comparing the indexes of a table with its records, and building them anew: `verify`, `rebuild`.

use super::{Access, AccessMut, Extent, Reader, Table};
use crate::{
    backend::ByteReader,
    error::Result,
    index::Indexer,
    key::{self, ByteRange},
    record::StoredRecord,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Bound,
};

/// A difference between an index and the records.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IndexFault {
    /// A record has an index key, and the index does not know it.
    Missing {
        /// The index.
        index: String,
        /// The record's primary key, as text.
        key: String,
    },
    /// The index has an entry that no record has.
    Dangling {
        /// The index.
        index: String,
        /// The entry's bytes.
        entry: Vec<u8>,
    },
    /// A record cannot be read, so what the index should have of it is not known. `put` or `delete` mends it.
    Unreadable {
        /// The index.
        index: String,
        /// The record's primary key, as text.
        key: String,
    },
    /// An entry's own checksum does not match.
    Damaged {
        /// The index.
        index: String,
        /// The entry's bytes.
        entry: Vec<u8>,
    },
}

impl<R: StoredRecord, A: Access> Table<R, A> {
    /// Reads every record and every index entry and lists where they differ; empty when all is well.
    ///
    /// Memory: the index entries of the whole table.
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`](crate::StorageError::Database) when the engine cannot read.
    pub fn verify(&self) -> Result<Vec<IndexFault>> {
        let reader = self.access.reader()?;
        let mut faults = Vec::new();
        if !self.is_written(reader.bytes())? {
            return Ok(faults);
        }
        for (number, indexer) in R::INDEXERS.iter().enumerate() {
            self.verify_index(&reader, number, indexer, &mut faults)?;
        }
        Ok(faults)
    }

    fn verify_index(
        &self,
        reader: &Reader<'_>,
        number: usize,
        indexer: &Indexer<R>,
        faults: &mut Vec<IndexFault>,
    ) -> Result<()> {
        let Some(table) = self.shared.indexes.get(number) else { return Ok(()) };
        let index = || indexer.schema().name().to_owned();
        let Expected { mut entries, unreadable } = self.expected(reader.bytes(), indexer)?;
        let is_of_unreadable =
            |entry: &[u8]| table.primary_key(entry).is_ok_and(|key| unreadable.contains(key));
        for row in reader.rows(table.byte_table(), &ByteRange::ALL)? {
            let row = row?;
            let is_expected = entries.remove(&*row.key).is_some() || is_of_unreadable(&row.key);
            let entry = || row.key.to_vec();
            if table.verify(&row.key, &row.value).is_err() {
                faults.push(IndexFault::Damaged { index: index(), entry: entry() });
            } else if !is_expected {
                faults.push(IndexFault::Dangling { index: index(), entry: entry() });
            }
        }
        let missing = |key| IndexFault::Missing { index: index(), key };
        faults.extend(entries.into_values().map(missing));
        let unreadable = unreadable.iter().map(|key| key::report::<R::Key>(key).into_text());
        faults.extend(unreadable.map(|key| IndexFault::Unreadable { index: index(), key }));
        Ok(())
    }

    /// What the records ask for.
    fn expected(&self, reader: &dyn ByteReader, indexer: &Indexer<R>) -> Result<Expected> {
        let mut expected = Expected::default();
        for row in reader.rows(self.byte_table(), Bound::Unbounded, Bound::Unbounded)? {
            let row = row?;
            let record = match self.decode(&row.key, &row.value) {
                Err(error) if error.is_of_one_row() => {
                    expected.unreadable.insert(row.key.to_vec());
                    continue;
                }
                decoded => decoded?,
            };
            for index_key in indexer.keys_of(&record) {
                let entry = [&index_key, &*row.key].concat();
                expected.entries.insert(entry, key::report::<R::Key>(&row.key).into_text());
            }
        }
        Ok(expected)
    }
}

/// What an index should hold.
#[derive(Default)]
struct Expected {
    /// The entries, each with its primary key as text.
    entries: BTreeMap<Vec<u8>, String>,
    /// The primary keys of records that cannot be read.
    unreadable: BTreeSet<Vec<u8>>,
}

impl<R: StoredRecord, A: AccessMut> Table<R, A> {
    /// Makes every index anew from the records, in one transaction, and gives the number of entries.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get) for a record that cannot be read; [`StorageError::Unique`](crate::StorageError::Unique)
    /// when two records share a key of a unique index. The indexes are as they were then.
    #[track_caller]
    pub fn rebuild(&self) -> Result<u64> {
        self.write_whole(Extent::Rows, |writer| {
            self.shared.indexes.iter().try_for_each(|index| index.clear(writer))?;
            let mut count: u64 = 0;
            for row in writer.rows(self.byte_table(), Bound::Unbounded, Bound::Unbounded)? {
                let row = row?;
                let record = self.decode(&row.key, &row.value)?;
                count = count.saturating_add(self.add_entries(writer, &row.key, &record)?);
            }
            Ok(count)
        })
    }
}
