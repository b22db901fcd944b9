//! An embedded, typed, zero-copy record store.
//!
//! A *record* is a plain struct with a derive. Each record type has a *table* of its own, in which a record is found by
//! its *key* and read as a *view*: the stored bytes themselves, checked but not decoded.
//!
//! ```
//! use rkyv::{Archive, Deserialize, Serialize};
//! use storage::{Storage, StoredRecord};
//!
//! #[derive(Archive, Serialize, Deserialize, StoredRecord)]
//! #[store(codec = "rkyv", table = "readings")]
//! struct Reading {
//!     #[store(key)]
//!     station: String,
//!     #[store(key)]
//!     hour: u32,
//!     #[store(index)]
//!     wind: Option<String>,
//!     pm25: Option<f64>,
//! }
//!
//! # fn main() -> storage::Result<()> {
//! # let dir = tempfile::tempdir().unwrap();
//! # let path = dir.path().join("air.redb");
//! let storage = Storage::open(path)?;
//! let readings = Reading::table(&storage)?;
//! readings.put(&Reading { station: "Dingling".into(), hour: 7, wind: None, pm25: Some(12.5) })?;
//! readings.put(&Reading { station: "Dingling".into(), hour: 8, wind: Some("NNW".into()), pm25: None })?;
//!
//! // The closure gets a view. Keys are passed in borrowed form.
//! let seven = readings.get(("Dingling", 7), |r| r.pm25.as_ref().map(|v| v.to_native()))?;
//! assert_eq!(seven, Some(Some(12.5)));
//!
//! // Some fields of all records whose key begins with "Dingling".
//! let r = Reading::FIELDS;
//! let rows: Result<Vec<_>, _> = readings.prefix(("Dingling",))?.select((r.hour, r.pm25)).collect();
//! assert_eq!(rows?, [(7, Some(12.5)), (8, None)]);
//!
//! // By an index; `None` is not indexed.
//! assert_eq!(readings.by(Reading::INDEXES.wind).count("NNW")?, 1);
//!
//! // Several changes, all or nothing.
//! storage.write(|txn| {
//!     let readings = txn.table::<Reading>()?;
//!     readings.update(("Dingling", 8), |r| r.pm25 = Some(9.0))?;
//!     readings.delete(("Dingling", 7))?;
//!     Ok(())
//! })?;
//! # assert_eq!(readings.len()?, 1);
//! # Ok(())
//! # }
//! ```
//!
//! The guide has [recipes](guide::recipes) for a UUID key, times, blobs, optional filters and tests, and a page on
//! [services](guide::services): async code, errors of your own, HTTP answers.
//!
//! # Choosing how to read
//!
//! | I want | I call | it costs |
//! |---|---|---|
//! | a field or two | [`project`](Table::project), [`select`](Rows::select) | the fields, and the blocks they are in |
//! | the record, briefly | [`get`](Table::get), [`scan`](Table::scan) | checksum and structure, no copy, no decoding |
//! | the record, to keep | [`view`](Table::view), [`iter`](Table::iter) | the same; the snapshot's pages stay in use |
//! | an owned value | [`load`](Table::load), [`Stored::load`] | the same, plus decoding |
//! | rows by many keys | `get_many`, [`load_many`](Table::load_many), `project_many` | less than one at a time |
//! | all rows, fast | [`par_scan`](Table::par_scan), [`par_select`](Table::par_select) | a scan, on several threads |
//! | the same rows again and again | [`with_cache`](Table::with_cache), then as above | memory, and almost no time |
//!
//! # Choosing how to write
//!
//! | I want | I call |
//! |---|---|
//! | to write one record, new or not | [`put`](Table::put) |
//! | to write one record under the next number | [`add`](Table::add), with `#[store(key, auto)]` |
//! | to write one record that must be new | [`insert`](Table::insert) |
//! | to change a record | [`update`](Table::update), [`upsert`](Table::upsert): an `Err` undoes it |
//! | to change a record only if nobody else has | [`compare_and_set`](Table::compare_and_set) |
//! | to write many records | [`put_stream`](Table::put_stream), [`put_all`](Table::put_all): one commit |
//! | to write many records that must be new | [`insert_stream`](Table::insert_stream) |
//! | to change or delete the rows of a range, an index or a filter | [`Rows::update`], [`Rows::delete`]: one commit |
//! | to delete by many keys | [`delete_many`](Table::delete_many) |
//! | to delete a row and keep its value | [`remove`](Table::remove) |
//! | to queue a write and wait for it later | [`put_async`](Table::put_async): queued writes share commits |
//! | to change several tables together | [`Storage::write`]; with errors of your own, [`Storage::try_write`] |
//!
//! A commit waits for the disk: write in batches where you can. Concurrent writes of several threads share commits
//! automatically. Queued writes are not ordered with `put`: to overwrite the same key, wait for the ticket first.
//!
//! # Maintenance
//!
//! | I want | I call |
//! |---|---|
//! | a compact copy of a live store | [`Storage::backup`] |
//! | to reclaim unused space | [`Storage::compact`] |
//! | to wait for all queued writes | [`Storage::flush`] |
//! | to verify that every row is intact | [`Storage::check`]; indexes: [`Table::verify`] |
//! | to recover from a disk error | [`Storage::reopen`] |
//! | to see which layouts and indexes a table has | [`Table::evolution`] |
//! | to rewrite rows of older layouts | [`Table::migrate`] |
//! | to change the key of a record type | [`Storage::rekey`] |
//! | to be notified of changes | [`Table::watch`], [`Storage::watch`] |
//! | to find out why the file grows | [`Storage::stats`], [`OpenOptions::warn_old_reader`] |
//! | a store for a test | [`Storage::in_memory`] |
//!
//! # What is checked
//!
//! Every stored value carries a checksum bound to its key, its table and its schema, and is checked before it is
//! viewed; [`Trust`] is the only way to skip a part of this, and it is `unsafe`. The file remembers the schema of every
//! table and the format features of its codec, and a table opens only as what the file has, or as what the code says
//! that has become (see [the guide](guide::changing)).
//!
//! # Features
//!
//! - `rkyv` (default): the rkyv codec.
//! - `flatbuffers` (default): the FlatBuffers codec, for derived types ([the guide](guide::flatbuffers)) and for those
//!   that flatc generated ([`flatbuffers_type!`]).
//! - `derive` (default): the derives.
//! - `unaligned`: rkyv's format feature of that name. Views are then always made in place; without it, a value that
//!   lies at an odd address is copied once. It is global to the program, and files keep the format they were made in.
//! - `uuid`, `smol_str`: `Uuid` and `SmolStr` as fields, keys and index keys.
//! - `arrayvec`, `smallvec`, `bytes`, `indexmap`: `ArrayVec`, `SmallVec`, `Bytes`, `IndexMap` and `IndexSet` as fields.
//! - `serde`: any type with serde's traits as a field, stored as one value; see `AsSerde`.
//! - `stream`: watchers as a `Stream` of `futures-core`.
//! - `dynamic`: tables of any store by their names, with keys and rows as values; see `dynamic`.
//! - `jiff`, `chrono`, `time`: moments, days, times of day, spans and offsets of these crates as fields, keys and index
//!   keys. `chrono-clock`: `DateTime<Local>`, too, which turns `chrono`'s feature `clock` on.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod chain;
mod hash;
mod invariant;
mod sealed;

pub mod error;

pub mod backend;
pub mod key;
pub mod schema;

#[cfg(feature = "dynamic")]
mod value;

pub mod codec;

pub mod index;

mod field;
mod older_type;

pub mod record;

mod catalog;
mod conversion;
pub mod project;

pub mod table;

mod txn;

mod store;

mod opens;
mod whole_tables;

mod transact;

mod commits;

#[cfg(feature = "dynamic")]
pub mod dynamic;

pub mod lock;

/// What becomes of rows whose record type has changed: reports, migrations, other keys.
///
/// The [guide](guide::changing) goes through the changes one by one.
pub mod evolution {
    pub use crate::table::{
        dry_run::{DryRun, LayoutRows},
        evolution::{EvolutionReport, IndexReport, IndexStatus, LayoutReading, LayoutReport},
        migrate::{Migrate, Migrated},
        migrate_batch::MigrationProgress,
        rekey::Rekey,
    };
}

/// The log of a table's changes, kept in the file: `#[store(feed)]` turns it on, [`Table::feed`] reads it.
pub mod feed {
    pub use crate::table::{
        feed::{Feed, FeedChanges},
        feed_entry::{FeedChange, FeedCursor},
    };
}

/// What a file is like, and what was found in it: figures, reports of checks, progress.
pub mod maintenance {
    pub use crate::{
        backend::{CacheStats, CompactProgress, OldReader, Stats, TableStats},
        catalog::{CheckReport, FORMAT_VERSION, TableInfo},
        table::verify::IndexFault,
    };
}

/// Change events: what each commit has changed, for [`Table::watch`], [`Storage::watch`].
pub mod watch {
    #[cfg(feature = "stream")]
    pub use crate::table::watch_stream::WatchStream;
    pub use crate::{
        commits::{StoreCommit, StoreWatch, StoreWatcher},
        table::{
            row_change::{ChangeKind, Commit, RowChange},
            watch::{Watch, Watcher},
        },
    };
}

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

/// Guides: recipes, and the attributes, types and formats in full.
pub mod guide {
    #[doc = include_str!("guide/attributes.md")]
    pub mod attributes {}
    #[cfg(all(feature = "flatbuffers", feature = "derive"))]
    #[doc = include_str!("guide/changing.md")]
    pub mod changing {}
    #[cfg(all(feature = "flatbuffers", feature = "derive"))]
    #[doc = include_str!("guide/flatbuffers.md")]
    pub mod flatbuffers {}
    #[doc = include_str!("guide/keys.md")]
    pub mod keys {}
    #[cfg(all(feature = "rkyv", feature = "derive"))]
    #[doc = include_str!("guide/recipes.md")]
    pub mod recipes {}
    #[cfg(all(feature = "rkyv", feature = "derive"))]
    #[doc = include_str!("guide/services.md")]
    pub mod services {}
    #[cfg(all(feature = "rkyv", feature = "derive"))]
    #[doc = include_str!("guide/types.md")]
    pub mod types {}
    #[cfg(all(feature = "dynamic", feature = "rkyv", feature = "derive"))]
    #[doc = include_str!("guide/values.md")]
    pub mod values {}
    #[cfg(all(feature = "rkyv", feature = "derive"))]
    #[doc = include_str!("guide/watching.md")]
    pub mod watching {}
}

/// The example of the README compiles.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}

// What most programs name; all else is in the modules.
#[cfg(feature = "serde")]
pub use crate::codec::AsSerde;
#[cfg(feature = "flatbuffers")]
pub use crate::table::FlatbuffersTable;
pub use crate::{
    backend::{Durability, Evolution, OpenOptions, Verify},
    codec::{AsText, Codec, Trust},
    error::{Result, StorageError},
    field::Field,
    key::Key,
    project::Predicate,
    record::StoredRecord,
    schema::StoredType,
    store::Storage,
    table::{PageToken, Rows, Stored, Table},
    txn::{ReadTxn, WriteTxn},
};
#[cfg(feature = "rkyv")]
pub use crate::{codec::AsStored, table::RkyvTable};
#[cfg(feature = "rkyv")]
pub use rkyv;
#[cfg(feature = "derive")]
pub use storage_derive::{StoredKey, StoredRecord, StoredType};
