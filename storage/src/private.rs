//! Every name that generated code may use. Not part of the public interface: it changes without notice.

#[cfg(feature = "serde")]
pub use crate::codec::AsSerde;
#[cfg(feature = "flatbuffers")]
pub use crate::codec::Flatbuffers;
#[cfg(feature = "flatbuffers")]
pub use crate::codec::flatbuffers as flat;
#[cfg(feature = "rkyv")]
pub use crate::codec::{Adapted, Rkyv, RkyvField, is_restored, is_written};
pub use crate::{
    codec::{ArchivedOf, ArchivedWith, AsText, Converted, Each, Maybe, NotArchived, NotStored},
    conversion::{from_older, try_from_older},
    error::KeyError,
    field::{Field, FieldList, FieldSet, HasField},
    index::{
        HasIndex, Index, IndexKeys, IndexSchema, IndexSet, Indexed, IndexedElement, Indexer,
        Indexes, KeysOf, UniqueIndex,
    },
    key::{Key, KeyBuf, KeyReader, Lookup, Place},
    lock::check_below as lock,
    older_type::OlderType,
    record::{AutoRecord, EqFields, FedRecord, StoredRecord, Trial},
    schema::{
        CodecId, FeedSchema, FieldPlace, FieldSchema, FieldType, FlatPlace, MemberPast,
        RecordSchema, Shape, Shapes, StoredType, VariantSchema, WholeField, choice_shape,
        enum_shape, opaque_shape, struct_shape,
    },
};
#[cfg(feature = "rkyv")]
pub use rkyv::{self, Archived};
pub use std::{cmp::PartialEq, mem::offset_of, primitive::bool};
pub use std::{string::String, vec::Vec};

use crate::key;
#[cfg(feature = "rkyv")]
use crate::schema::ArchivedLayout;

/// Whether `one` equals `other`: a call costs the compiler less than the operator does.
#[must_use]
pub fn equal<T: PartialEq>(one: T, other: T) -> bool {
    one == other
}

/// The schema of a field of type `T`.
#[must_use]
pub const fn field<T: StoredType>(name: &'static str, place: FieldPlace) -> FieldSchema {
    FieldSchema::new(name, T::shape).at(place)
}

/// The schema of a field of type `T` that rkyv finds at `offset`.
#[must_use]
pub const fn rkyv_field<T: StoredType>(name: &'static str, offset: usize) -> FieldSchema {
    FieldSchema::archived(name, T::shape, offset)
}

/// Defines the struct `T`, which is archived as `A`: what a function takes that is there for this. So a type that
/// cannot be archived is reported there, and not here once more.
#[cfg(feature = "rkyv")]
pub fn rkyv_shape<T: FieldList + 'static, A>(
    shapes: &mut Shapes,
    name: &'static str,
    _: fn(&A),
) -> Shape {
    struct_shape::<T>(shapes, name, T::LIST, Some(ArchivedLayout::of::<A>()))
}

/// Encodes the value that a field of type `T` has where a file has none.
#[cfg(feature = "rkyv")]
#[must_use]
pub fn default_of<T: crate::codec::RkyvValue>(value: fn() -> T) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    <Rkyv as crate::codec::Codec<T>>::encode(&value(), &mut bytes).ok().map(|()| bytes)
}

/// The schema of the record type `name`, kept in `table` under the fields `key`.
///
/// One call and no builder, because the compiler pays for each that a derive makes, and runs it for each record.
#[must_use]
pub const fn record_schema<R: StoredRecord + FieldList>(
    name: &'static str,
    table: &'static str,
    codec: CodecId,
    key: &'static [&'static str],
) -> RecordSchema {
    RecordSchema {
        name,
        table,
        table_was: &[],
        codec,
        key_fields: key,
        key: key::schema::<R::Key>(),
        fields: R::LIST,
        shape: R::shape,
        is_auto: false,
        feed: None,
    }
}

/// Appends a record's key.
#[inline]
pub fn encode_key<R: StoredRecord>(key: &R::Key, out: &mut KeyBuf) {
    key.encode(out, Place::Last);
}

/// Appends a part of a composite key.
#[inline]
pub fn encode_part<K: Key>(part: &K, out: &mut KeyBuf, place: Place) {
    part.encode(out, place);
}

/// Reads a part of a composite key.
///
/// # Errors
///
/// [`KeyError`] when the bytes are not an encoding of it.
#[inline]
pub fn decode_part<K: Key>(input: &mut KeyReader<'_>, place: Place) -> Result<K, KeyError> {
    K::decode(input, place).map(K::from_ref)
}

/// The shape of a part of a key.
#[must_use]
pub fn describe_part<K: Key>() -> Shape {
    K::describe()
}

/// Returns no width: that of an enum with data depends on the variant.
#[must_use]
pub const fn no_width<E: Encoding>() -> Option<usize> {
    None
}

/// How a derived key is encoded: as its only field, the tuple of its fields, or the ordinal of its variant.
pub trait Encoding {
    /// That field, tuple or ordinal.
    type Key: Key;
}

/// The width of a derived key.
#[must_use]
pub const fn width_as<E: Encoding>() -> Option<usize> {
    E::Key::WIDTH
}

/// The shape of what a derived key is encoded as.
#[must_use]
pub fn describe_as<E: Encoding>() -> Shape {
    E::Key::describe()
}

/// Appends what a derived key is encoded as.
#[inline]
pub fn encode_as<E: Encoding>(key: &E::Key, out: &mut KeyBuf, place: Place) {
    key.encode(out, place);
}

/// Reads what a derived key is encoded as.
///
/// # Errors
///
/// [`KeyError`] when the bytes are not an encoding of it.
#[inline]
pub fn decode_as<E: Encoding>(input: &mut KeyReader<'_>, place: Place) -> Result<E::Key, KeyError> {
    E::Key::decode(input, place).map(E::Key::from_ref)
}

/// The schema of the index number `N` of `R`.
#[must_use]
pub const fn index_schema<R: HasIndex<N>, const N: usize>(
    name: &'static str,
    unique: bool,
    source: &'static str,
) -> IndexSchema {
    IndexSchema::new::<<R as HasIndex<N>>::Key>(name, unique, source)
}

/// Appends a key of a field as a part of the key of an index over several.
#[inline]
pub fn encode_field<T: Indexed>(key: &T::Key, out: &mut KeyBuf) {
    key.encode(out, Place::Inner);
}

/// Adds the keys of the index number `N` over one field of a record.
pub fn push_field<R, const N: usize, T>(keys: &mut IndexKeys, value: &T)
where
    R: HasIndex<N>,
    T: Indexed<Key = R::Key>,
{
    value.for_each_key(&mut |key| keys.push::<R::Key>(key));
}

/// Adds the keys of the index number `N` that a function returned for a record.
pub fn push_keys<R, const N: usize, T>(keys: &mut IndexKeys, value: &T)
where
    R: HasIndex<N>,
    T: KeysOf<R::Key>,
{
    value.for_each_key_of(&mut |key| keys.push::<R::Key>(key));
}
