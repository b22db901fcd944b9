//! An embedded, typed, zero-copy record store.


pub mod backend;
mod catalog;
mod codec;
pub mod error;
pub mod key;
pub mod project;
mod index;
mod record;
pub mod schema;
#[path = "storage.rs"]
mod store;
mod table;
mod txn;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

// The public interface is:
pub use crate::{
    backend::RedbBackend,
    catalog::FORMAT_VERSION,
    codec::{Codec, CodecId, FieldCodec, OpenFields, ReadField, Trust},
    error::{DecodeError, Result, StorageError},
    key::{ByteRange, Key, KeyRange, Lookup, Prefix, Reverse, StartsWith},
    record::{Field, FieldSet, HasField, Root, StoredRecord},
    schema::{FieldType, StoredType},
    store::Storage,
    index::{HasIndex, Index, IndexSet, Indexed, UniqueIndex},
    project::{Predicate, Projection},
    table::{
        Access, AccessMut, Autocommit, By, IndexFault, Owned, PageToken, Pair, Row, Rows, Selected, Stored,
        Table, View,
    },
    txn::{ReadTxn, WriteTxn},
};
#[cfg(feature = "flatbuffers")]
pub use crate::{
    codec::{Flatbuffers, FlatbuffersType, NoOwned},
    table::FlatbuffersTable,
};
#[cfg(feature = "rkyv")]
pub use crate::{
    codec::{Rkyv, RkyvValue},
    table::RkyvTable,
};
#[cfg(feature = "rkyv")]
pub use rkyv;
#[cfg(feature = "derive")]
pub use storage_derive::{StoredKey, StoredRecord, StoredType};
