//! What a table holds: a key type, a value type, the codec between value and bytes, and the indexes.

use crate::{
    codec::{self, Codec},
    conversion,
    error::KeyError,
    index::Indexer,
    key::{self, Key},
    older_type::RowPast,
    record::{StoredRecord, Trial},
    schema::{Description, FeedSchema, Hints},
};
use std::{any::TypeId, fmt, marker::PhantomData};

/// The row of a table. Every [`StoredRecord`] is one, and so is every [`Pair`].
pub trait Row: 'static {
    /// The key that finds it.
    type Key: Key;
    /// The type that the codec stores.
    type Value: 'static;
    /// How it is stored.
    type Codec: Codec<Self::Value>;
    /// A row that is read as a `T`, which has the key beside it where the value does not carry it.
    type Keyed<T>;

    /// What the catalogue remembers of it.
    fn describe() -> Description;

    /// What the code says of the past of its rows.
    #[doc(hidden)]
    fn past() -> RowPast;

    /// The field of `value` that cannot be written, if one of them is why the value cannot.
    #[doc(hidden)]
    #[must_use]
    fn not_written(_: &Owned<Self>) -> Option<&'static str> {
        None
    }

    /// The field that cannot be restored from `view`, if one of them is why the value cannot.
    #[doc(hidden)]
    #[must_use]
    fn not_restored(_: View<'_, Self>) -> Option<&'static str> {
        None
    }

    /// Its secondary indexes.
    fn indexers() -> &'static [Indexer<Owned<Self>>];

    /// Whether its table counts its keys.
    #[doc(hidden)]
    #[must_use]
    fn is_auto() -> bool {
        false
    }

    /// How much of its table's feed is kept; `None` if it has no feed.
    #[doc(hidden)]
    #[must_use]
    fn feed() -> Option<FeedSchema> {
        None
    }

    /// Returns the row under an encoded key that is read as `row`.
    ///
    /// # Errors
    ///
    /// [`KeyError`] when `key` is not the encoding of a key.
    fn keyed<T>(key: &[u8], row: T) -> Result<Self::Keyed<T>, KeyError>;
}

/// The checked, borrowed reading of a row: `&Archived<R>` with rkyv, the flatc table with FlatBuffers, `&R` with a
/// codec that decodes.
pub type View<'a, L> = codec::CodecView<'a, <L as Row>::Value, <L as Row>::Codec>;

/// The owned form of a row: the record itself, or the object type that flatc made.
pub type Owned<L> = <<L as Row>::Codec as Codec<<L as Row>::Value>>::Owned;

impl<R: StoredRecord> Row for R {
    type Key = R::Key;
    type Value = R;
    type Codec = R::Codec;
    type Keyed<T> = T;

    fn describe() -> Description {
        let indexes = R::INDEXERS.iter().map(|indexer| indexer.schema().shape());
        Description::of_record(R::SCHEMA, indexes, &<R::Codec as Codec<R>>::format())
    }

    fn past() -> RowPast {
        conversion::past::<R>()
    }

    fn not_written(value: &R) -> Option<&'static str> {
        Trial::<R>::not_written(value)
    }

    fn not_restored(view: View<'_, R>) -> Option<&'static str> {
        Trial::<R>::not_restored(view)
    }

    fn indexers() -> &'static [Indexer<R>] {
        R::INDEXERS
    }

    fn is_auto() -> bool {
        R::SCHEMA.has_auto_key()
    }

    fn feed() -> Option<FeedSchema> {
        R::SCHEMA.feed()
    }

    fn keyed<T>(_: &[u8], row: T) -> Result<T, KeyError> {
        Ok(row)
    }
}

/// A key of type `K` beside a value of type `V`, stored with the codec `C`.
pub struct Pair<K, V, C>(Types<K, V, C>);

/// Names the types without holding a value of them.
type Types<K, V, C> = PhantomData<fn() -> (K, V, C)>;

impl<K, V, C> fmt::Debug for Pair<K, V, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pair")
    }
}

impl<K: Key, V: 'static, C: Codec<V>> Row for Pair<K, V, C> {
    type Key = K;
    type Value = V;
    type Codec = C;
    type Keyed<T> = (K, T);

    fn describe() -> Description {
        let codec = C::ID.to_string();
        Description::of_pair(key::schema::<K>(), &C::type_name(), &codec, &C::format())
    }

    fn past() -> RowPast {
        RowPast {
            name: "",
            table: "",
            type_id: TypeId::of::<V>(),
            key: key::schema::<K>(),
            describe: Self::describe,
            hints: Hints::new,
            resolve: C::road,
            older: None,
        }
    }

    fn indexers() -> &'static [Indexer<C::Owned>] {
        &[]
    }

    fn keyed<T>(key: &[u8], row: T) -> Result<(K, T), KeyError> {
        Ok((K::from_ref(key::decode::<K>(key)?), row))
    }
}
