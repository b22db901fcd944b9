//! The store: one file, its catalogue, and the way to its tables.

use crate::{
    backend::{self, Durability, OpenOptions, RedbBackend},
    catalog,
    error::{Result, StorageError},
    table::Autocommit,
    txn::{ReadTxn, WriteTxn},
};
#[cfg(feature = "flatbuffers")]
use crate::{codec::FlatbuffersType, table::FlatbuffersTable};
#[cfg(feature = "rkyv")]
use crate::{codec::RkyvValue, table::RkyvTable};
#[cfg(any(feature = "rkyv", feature = "flatbuffers"))]
use crate::{key::Key, table::Table};
use std::{path::Path, sync::Arc};

/// An open store. Cheap to clone; all clones are the same store, which closes when the last one is dropped.
#[derive(Clone, Debug)]
pub struct Storage {
    backend: Arc<RedbBackend>,
}

impl Storage {
    /// Opens the store at `path`, or creates it when there is no file.
    ///
    /// # Errors
    ///
    /// [`StorageError::Open`](crate::StorageError::Open) with the path, the reason and the way out: the file is not
    /// a store, is damaged, is open already, or may not be read. It is left as it was.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        Self::open_with(path, &OpenOptions::default())
    }

    /// The same as [`open`](Self::open).
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn new(path: impl AsRef<Path>) -> Result<Self> {
        Self::open(path)
    }

    /// Opens the store at `path`; a missing file is an error.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn open_existing(path: impl AsRef<Path>) -> Result<Self> {
        Self::open_with(path, &OpenOptions::default().create(false))
    }

    /// Opens the store at `path` as `options` say.
    ///
    /// ```
    /// use storage::{OpenOptions, Storage, Verify};
    ///
    /// # let dir = tempfile::tempdir().unwrap();
    /// # let path = dir.path().join("verified.redb");
    /// let options = OpenOptions::default().verify(Verify::Always).cache_size(64 << 20);
    /// let storage = Storage::open_with(path, &options)?;
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn open_with(path: impl AsRef<Path>, options: &OpenOptions) -> Result<Self> {
        let path = path.as_ref();
        if backend::exists(path)? {
            // A file of another program is refused before it is opened for writing, which would change it.
            if let Some(snapshot) = backend::peek(path)? {
                catalog::check(&snapshot, path)?;
            }
        } else if options.creates() {
            backend::create(path, options, catalog::open)?;
        }
        let backend = RedbBackend::open(path, options)?;
        catalog::open(&backend)?;
        Ok(Self { backend: Arc::new(backend) })
    }

    /// Closes the store and says whether all went well; dropping the last handle does the same and says nothing.
    ///
    /// # Errors
    ///
    /// [`StorageError::InUse`](crate::StorageError::InUse) when another handle or table of this store is alive, which
    /// keeps it open; [`StorageError::Database`](crate::StorageError::Database) when the engine cannot finish its
    /// work. What was committed is safe all the same.
    pub fn close(self) -> Result<()> {
        match Arc::try_unwrap(self.backend) {
            Ok(backend) => backend.close(),
            Err(backend) => Err(StorageError::InUse { path: backend.path().to_owned() }),
        }
    }

    /// The path the store was opened at.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.backend.path()
    }

    /// The byte tables underneath: a way out, for what this crate does not do.
    ///
    /// Whoever writes here writes around the catalogue, the checksums and the indexes.
    #[must_use]
    pub fn backend(&self) -> &RedbBackend {
        &self.backend
    }

    /// A table of rkyv values under keys that stand beside them.
    ///
    /// Infallible: the name and the catalogue are checked when the table is first used. The catalogue knows such a
    /// value by the name of its type, its size and its alignment; a record's it knows field by field.
    #[cfg(feature = "rkyv")]
    #[must_use]
    pub fn new_rkyv_table<K: Key, V: RkyvValue>(&self, name: &str) -> RkyvTable<K, V> {
        Table::unchecked(self.autocommit(), name)
    }

    /// A table of FlatBuffers under keys that stand beside them.
    ///
    /// Infallible: the name and the catalogue are checked when the table is first used.
    #[cfg(feature = "flatbuffers")]
    #[must_use]
    pub fn new_flatbuffers_table<K: Key, V: FlatbuffersType>(
        &self,
        name: &str,
    ) -> FlatbuffersTable<K, V> {
        Table::unchecked(self.autocommit(), name)
    }

    /// The latest committed state of all tables, unchanged for as long as it is held.
    ///
    /// # Errors
    ///
    /// [`StorageError::Database`](crate::StorageError::Database) when the engine cannot begin a read.
    pub fn read(&self) -> Result<ReadTxn> {
        Ok(ReadTxn::new(self.backend.snapshot()?, Arc::clone(&self.backend)))
    }

    /// Runs `body` in one transaction over all tables: everything it writes is committed when it gives `Ok`, and
    /// gone when it gives `Err` or panics. Waits for a write of another thread to end, so `body` must not wait for a
    /// thread that writes.
    ///
    /// # Errors
    ///
    /// The error of `body`, for which [`StorageError::custom`](crate::StorageError::custom) wraps one of your own;
    /// [`StorageError::NestedWrite`](crate::StorageError::NestedWrite) inside another write of this thread;
    /// [`StorageError::CommitUnknown`](crate::StorageError::CommitUnknown) when the commit itself fails.
    #[track_caller]
    pub fn write<T>(&self, body: impl FnOnce(&WriteTxn<'_>) -> Result<T>) -> Result<T> {
        self.backend.write(|writer| body(&WriteTxn::new(writer)))
    }

    /// The same as [`write`](Self::write), with a commit as durable as `durability` says.
    ///
    /// # Errors
    ///
    /// As [`write`](Self::write).
    #[track_caller]
    pub fn write_with<T>(
        &self,
        durability: Durability,
        body: impl FnOnce(&WriteTxn<'_>) -> Result<T>,
    ) -> Result<T> {
        self.backend.write_with(durability, |writer| body(&WriteTxn::new(writer)))
    }

    pub(crate) fn autocommit(&self) -> Autocommit {
        Autocommit::new(Arc::clone(&self.backend))
    }
}
