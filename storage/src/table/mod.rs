//! Tables: rows of one type in key order. One file a verb, or a few that belong together.

mod access;
mod add;
mod build;
mod bulk;
mod by;
mod cached;
mod change_rows;
mod delete;
mod delete_rows;
mod dry_run;
mod entries;
mod evolution;
mod find;
mod form;
mod get;
mod index_table;
mod many;
mod migrate;
mod migrate_batch;
mod older;
mod outcome;
mod page_token;
mod parallel;
pub(crate) mod passing;
mod plan;
mod project;
mod put;
mod put_async;
mod reader;
mod reading;
mod rekey;
mod renamed;
mod replace;
mod row;
mod row_change;
mod row_work;
mod rows;
mod scan;
mod select;
mod sieve;
mod sorter;
mod state;
mod stored;
mod update;
mod verify;
mod walk;
mod watch;
#[cfg(feature = "stream")]
mod watch_stream;
mod watched_rows;
mod writing;

pub(crate) use self::watch::BUFFER_LEN;
#[cfg(feature = "stream")]
pub use self::watch_stream::WatchStream;
pub(crate) use self::{
    access::WriteSize,
    reader::Reader,
    state::{SnapshotState, State},
};
pub use self::{
    access::{Access, AccessMut, Autocommit},
    by::By,
    dry_run::{DryRun, LayoutRows},
    evolution::{EvolutionReport, IndexReport, IndexStatus, LayoutReading, LayoutReport},
    migrate::{Migrate, Migrated},
    migrate_batch::MigrationProgress,
    outcome::Outcome,
    page_token::PageToken,
    rekey::Rekey,
    row::{Owned, Pair, Row, View},
    row_change::{ChangeKind, Commit, RowChange},
    rows::Rows,
    select::Selected,
    stored::{KeyAndValue, Stored},
    verify::IndexFault,
    watch::{Watch, Watcher},
};
use self::{form::Form, index_table::IndexTable};
#[cfg(feature = "flatbuffers")]
use crate::codec::Flatbuffers;
#[cfg(feature = "rkyv")]
use crate::codec::Rkyv;
use crate::{
    backend::ByteTable,
    catalog::Entry,
    codec::{Codec, Trust},
    error::{Result, StorageError},
    key::{self, Key, KeyBuf, Lookup},
    record::StoredRecord,
    schema::Description,
};
use std::{any::Any, fmt, marker::PhantomData, sync::Arc};

/// A table of `L`: a record type, or a [`Pair`] of key and value.
///
/// A handle: cheap to clone, to be kept and shared between threads. `A` says where its verbs run: each in a
/// transaction of its own ([`Autocommit`]), or all in the transaction that the handle was opened in.
pub struct Table<L, A = Autocommit> {
    access: A,
    shared: Arc<Shared>,
    trust: Trust,
    /// A `RowCache<L>`; so kept that a wrong `L` is complained of once, where a table is made.
    cache: Option<Arc<dyn Any + Send + Sync>>,
    row: PhantomData<fn() -> L>,
}

/// What all clones of a handle know.
struct Shared {
    entry: Entry,
    indexes: Vec<IndexTable>,
}

impl Shared {
    /// The index of this number, if one is meant.
    fn index(&self, number: Option<usize>) -> Option<&IndexTable> {
        self.indexes.get(number?)
    }
}

/// A table of rkyv values without a derived record: the key stands beside the value.
#[cfg(feature = "rkyv")]
pub type RkyvTable<K, V> = Table<Pair<K, V, Rkyv>>;

/// A table of FlatBuffers that flatc generated the type of: the key stands beside the value.
#[cfg(feature = "flatbuffers")]
pub type FlatbuffersTable<K, V> = Table<Pair<K, V, Flatbuffers>>;

impl<R: StoredRecord, A: Access> Table<R, A> {
    /// Opens the record's table, checks the catalogue, and builds indexes that are not.
    pub(crate) fn open(access: A) -> Result<Self> {
        let description = Self::description()?;
        let name = renamed::name(&access, R::SCHEMA)?;
        let table = Self::described(access, name, &description);
        table.settle()?;
        Ok(table)
    }

    /// What the catalogue remembers of the record, which can be kept.
    fn description() -> Result<Description> {
        let (schema, description) = (R::SCHEMA, R::describe());
        R::Codec::check_layout(schema, &description).map_err(|reason| StorageError::Layout {
            table: schema.table().to_owned(),
            reason: Box::new(reason),
        })?;
        R::past().check(schema.table())?;
        Ok(description)
    }

    /// The table `name`, which is to take the place of another.
    fn hidden(access: A, name: &str, description: &Description) -> Self {
        let entry = Self::entry(&access, name, description).hidden();
        Self::of_entry(access, entry)
    }
}

impl<L: Row, A: Access> Table<L, A> {
    /// Opens the table `name`; the catalogue is checked when the table is first used.
    pub(crate) fn unchecked(access: A, name: &str) -> Self {
        Self::described(access, name, &L::describe())
    }

    fn described(access: A, name: &str, description: &Description) -> Self {
        let entry = Self::entry(&access, name, description);
        Self::of_entry(access, entry)
    }

    fn entry(access: &A, name: &str, description: &Description) -> Entry {
        let table = ByteTable::new(name, L::Key::WIDTH);
        Entry::new(table, description, L::past(), access.evolution())
    }

    fn of_entry(access: A, entry: Entry) -> Self {
        let key_len = L::Key::WIDTH;
        let indexes = L::indexers()
            .iter()
            .enumerate()
            .map(|(number, index)| IndexTable::new(index.schema(), number, &entry, key_len));
        let indexes = indexes.collect();
        let shared = Arc::new(Shared { entry, indexes });
        Self { access, shared, trust: Trust::nothing(), cache: None, row: PhantomData }
    }

    /// The same table at another place of its store.
    pub(crate) fn at<B>(&self, place: impl FnOnce(&A) -> B) -> Table<L, B> {
        Table {
            access: place(&self.access),
            shared: Arc::clone(&self.shared),
            trust: self.trust,
            cache: None,
            row: PhantomData,
        }
    }

    /// The same table, read with `trust`.
    ///
    /// ```
    /// # use storage::{Storage, Trust};
    /// # fn main() -> storage::Result<()> {
    /// # let dir = tempfile::tempdir().unwrap();
    /// # let storage = Storage::open(dir.path().join("trust.redb"))?;
    /// // SAFETY: only this program writes the file, always with this type.
    /// let trust = unsafe { Trust::structure() };
    /// let names = storage.new_rkyv_table::<u64, String>("names").with_trust(trust);
    /// # names.put(7, &"Ada".to_string())?;
    /// # assert_eq!(names.load(7)?, Some("Ada".into()));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_trust(mut self, trust: Trust) -> Self {
        self.trust = trust;
        self
    }
}

impl<L: Row, A> Table<L, A> {
    /// The table's name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.shared.entry.name()
    }

    /// The table as the engine knows it.
    fn byte_table(&self) -> &ByteTable {
        self.shared.entry.table()
    }

    /// What the bytes of its rows are made of.
    #[inline]
    fn form(&self) -> Form<'_, L> {
        Form::new(&self.shared.entry, self.trust)
    }

    /// Encodes a key and checks its length.
    #[inline]
    fn encode_key(&self, key: &(impl Lookup<L::Key> + ?Sized)) -> Result<KeyBuf> {
        let bytes = key::encode::<L::Key>(key);
        form::check_key_len(self.name(), &bytes)?;
        Ok(bytes)
    }
}

impl<R: StoredRecord, A> Table<R, A> {
    /// The key of `record`, whose length is checked.
    fn key_of(&self, record: &R) -> Result<KeyBuf> {
        let mut key = KeyBuf::new();
        record.encode_key(&mut key);
        form::check_key_len(self.name(), &key)?;
        Ok(key)
    }
}

impl<L, A: Clone> Clone for Table<L, A> {
    fn clone(&self) -> Self {
        Self {
            access: self.access.clone(),
            shared: Arc::clone(&self.shared),
            trust: self.trust,
            cache: self.cache.clone(),
            row: PhantomData,
        }
    }
}

impl<L, A> fmt::Debug for Table<L, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table")
            .field("name", &self.shared.entry.table().name())
            .finish_non_exhaustive()
    }
}
