//! The verbs that open tables: the same at each place that has tables.

use crate::{
    catalog::{self, TableInfo},
    codec::Codec,
    error::Result,
    key::Key,
    record::{Opens, StoredRecord},
    sealed::SealedPlace,
    store::Storage,
    table::{Access as _, Autocommit, Pair, Table},
    txn::{ReadTxn, WriteTxn},
};
#[cfg(feature = "flatbuffers")]
use crate::{codec::Flatbuffers, codec::FlatbuffersType};
#[cfg(feature = "rkyv")]
use crate::{codec::Rkyv, codec::RkyvValue};

/// Adds the verbs to `$place`; `$access` is where the verbs of the tables run, and `$at` makes one of the place.
macro_rules! opens_tables {
    ($place:ty, $access:ty, $at:expr) => {
        impl SealedPlace for $place {}

        impl Opens for $place {
            type Table<R: StoredRecord> = Table<R, $access>;

            fn open<R: StoredRecord>(&self) -> Result<Table<R, $access>> {
                Table::open($at(self))
            }
        }

        /// Tables.
        impl $place {
            /// Opens the table of records `R`, as `R::table` does.
            ///
            /// # Errors
            ///
            /// As [`StoredRecord::table`].
            pub fn table<R: StoredRecord>(&self) -> Result<Table<R, $access>> {
                Table::open($at(self))
            }

            /// Lists the tables that were ever written to, by name, with the number of their rows. Their record types
            /// need not be known.
            ///
            /// ```
            /// # use storage::Storage;
            /// # let storage = Storage::in_memory()?;
            /// storage.new_rkyv_table::<u64, String>("names").put(7, &"Ada".to_string())?;
            /// for table in storage.tables()? {
            ///     println!("{}: {} rows of {}", table.name, table.row_count, table.codec);
            /// }
            /// # assert_eq!(storage.tables()?[0].name, "names");
            /// # assert_eq!(storage.tables()?[0].row_count, 1);
            /// # Ok::<(), storage::StorageError>(())
            /// ```
            ///
            /// # Errors
            ///
            /// [`StorageError::Corrupt`](crate::StorageError::Corrupt) when what the catalogue knows of a table is
            /// damaged, and [`StorageError::Newer`](crate::StorageError::Newer) when only a newer release understands
            /// it.
            pub fn tables(&self) -> Result<Vec<TableInfo>> {
                $at(self).with_reader(|reader| catalog::tables(reader.bytes()))
            }

            /// Returns the table `name` of keys and values without a derived record; `C` is the codec of the values.
            ///
            /// Infallible: the name and the catalogue are checked when the table is first used. The catalogue knows
            /// such values by the name that the codec has for their type, and records field by field.
            ///
            /// ```
            /// # use storage::{Rkyv, Storage};
            /// # let storage = Storage::in_memory()?;
            /// let names = storage.pairs::<u64, String, Rkyv>("names");
            /// names.put(7, &"Ada".to_string())?;
            /// assert_eq!(names.get(7, |name| name.len())?, Some(3));
            /// # Ok::<(), storage::StorageError>(())
            /// ```
            #[must_use]
            pub fn pairs<K: Key, V: 'static, C: Codec<V>>(
                &self,
                name: &str,
            ) -> Table<Pair<K, V, C>, $access> {
                Table::unchecked($at(self), name)
            }

            /// Returns the table `name` of rkyv values: [`pairs`](Self::pairs) with the codec [`Rkyv`].
            #[cfg(feature = "rkyv")]
            #[must_use]
            pub fn new_rkyv_table<K: Key, V: RkyvValue>(
                &self,
                name: &str,
            ) -> Table<Pair<K, V, Rkyv>, $access> {
                self.pairs(name)
            }

            /// Returns the table `name` of FlatBuffers: [`pairs`](Self::pairs) with the codec [`Flatbuffers`].
            #[cfg(feature = "flatbuffers")]
            #[must_use]
            pub fn new_flatbuffers_table<K: Key, V: FlatbuffersType>(
                &self,
                name: &str,
            ) -> Table<Pair<K, V, Flatbuffers>, $access> {
                self.pairs(name)
            }
        }
    };
}
opens_tables!(Storage, Autocommit, Self::autocommit);
opens_tables!(ReadTxn, Self, Self::clone);
opens_tables!(WriteTxn<'_>, Self, |txn: &Self| *txn);
