//! The engine: redb behind ordered bytes.
//!
//! *Invariant*: only this folder names `redb`. Whatever the engine says becomes a
//! [`StorageError`](crate::StorageError) here.

mod chunks;
mod contain;
mod disk;
mod error;
mod file;
mod fixed_key;
mod maintenance;
mod of_length;
mod page;
mod range;
mod read_table;
mod rows;
mod slot;
mod snapshot;
mod sweep;
mod transaction;
mod undo;
mod whole_table;
mod witness;
mod write_table;
mod writer;
mod writer_reads;

pub(super) use self::{
    disk::{DiskAccess, may_be_unfinished},
    error::{io_error, io_refusal},
    file::EngineFile,
    fixed_key::FixedKey,
    page::Page,
    slot::EngineSlot,
    transaction::WriteTransaction,
    writer::WriterTables,
};
pub(crate) use self::{error::unopened, slot::UNSETTLED};
pub use self::{
    rows::{ByteKeys, ByteRows, SnapshotRows},
    snapshot::Snapshot,
};
