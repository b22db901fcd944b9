//! The engine: redb behind ordered bytes.
//!
//! *Invariant*: only this folder names `redb`. Whatever the engine says becomes a
//! [`StorageError`](crate::StorageError) here.

mod contain;
mod disk;
mod error;
mod fixed_key;
mod maintenance;
mod range;
mod read_table;
mod rows;
mod slot;
mod snapshot;
mod write_table;
mod writer;

pub(crate) use self::writer::all_or_nothing;
pub(super) use self::{
    contain::Health,
    disk::{DiskAccess, EngineDisk, Meter},
    error::engine_error,
    fixed_key::FixedKey,
    slot::{EngineSlot, Opening},
    writer::WriterTables,
};
pub use self::{
    maintenance::CompactProgress,
    rows::{ByteRow, ByteRows},
    snapshot::{ByteReader, Snapshot},
    write_table::SortedRows,
    writer::{ByteWriter, Savepoint},
};
