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
            /// Opens the table of the record type `R`, as `R::table` does.
            ///
            /// ```
            #[doc = include_str!("guide/example/airports.txt")]
            /// let airports = storage.table::<Airport>()?;
            /// assert_eq!(airports.len()?, 4);
            /// # Ok::<(), storage::StorageError>(())
            /// ```
            ///
            /// # Errors
            ///
            /// As [`StoredRecord::table`].
            pub fn table<R: StoredRecord>(&self) -> Result<Table<R, $access>> {
                Table::open($at(self))
            }

            /// Lists the tables that have been written to, by name, with their numbers of rows. Does not need their
            /// record types.
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
            /// [`StorageError::Corrupt`](crate::StorageError::Corrupt) if the catalogue's entry of a table is
            /// damaged, and [`StorageError::Newer`](crate::StorageError::Newer) if only a newer release understands it.
            pub fn tables(&self) -> Result<Vec<TableInfo>> {
                $at(self).with_reader(|reader| catalog::tables(reader.bytes()))
            }

            /// Returns a handle to the table `name` of key-value pairs, without a derived record; `C` is the codec of
            /// the values.
            ///
            /// Nothing is read or created yet: the name and the catalogue are checked when the table is first used. Of
            /// the values' type the file remembers only the codec's name for it, not each field as with records.
            ///
            /// ```
            /// # use storage::{Storage, codec::Rkyv};
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

            /// Returns a handle to the table `name` of rkyv values: [`pairs`](Self::pairs) with the codec [`Rkyv`].
            ///
            /// ```
            /// # use storage::Storage;
            /// # let storage = Storage::in_memory()?;
            /// let names = storage.new_rkyv_table::<u64, String>("names");
            /// names.put(7, &"Ada".to_string())?;
            /// assert_eq!(names.load(7)?, Some("Ada".into()));
            /// # Ok::<(), storage::StorageError>(())
            /// ```
            #[cfg(feature = "rkyv")]
            #[must_use]
            pub fn new_rkyv_table<K: Key, V: RkyvValue>(
                &self,
                name: &str,
            ) -> Table<Pair<K, V, Rkyv>, $access> {
                self.pairs(name)
            }

            /// Returns a handle to the table `name` of FlatBuffers values: [`pairs`](Self::pairs) with the codec
            /// [`Flatbuffers`].
            ///
            /// ```
            /// # use storage::{Storage, StoredType};
            /// #[derive(StoredType)]
            /// #[store(codec = "flatbuffers")]
            /// struct Monster {
            ///     name: String,
            /// }
            ///
            /// # let storage = Storage::in_memory()?;
            /// let monsters = storage.new_flatbuffers_table::<u64, Monster>("monsters");
            /// monsters.put(7, &Monster { name: "Orc".into() })?;
            /// assert_eq!(monsters.get(7, |monster| monster.name().to_string())?, Some("Orc".into()));
            /// # Ok::<(), storage::StorageError>(())
            /// ```
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
