//! Fields of types that serde stores.

use super::converted::RkyvConversion;
use crate::{
    codec::{
        Conversion, RkyvSource,
        message_pack::{SerdeValue, from_bytes, to_bytes},
    },
    error::Damage,
    schema::{Shape, Standard},
};
use ::rkyv::{
    Place,
    rancor::{Fallible, Source},
    ser::{Allocator, Writer},
    vec::{ArchivedVec, VecResolver},
    with::{ArchiveWith, DeserializeWith, SerializeWith},
};

/// Stores a field of any type with serde's traits as one value: a foreign struct, a JSON document, flags.
///
/// `#[rkyv(with = storage::AsSerde)]` on the field is all that it takes. The value is kept as MessagePack, structs by
/// the names of their fields, and loaded, projected and filtered as the owned type, by decoding it whole. What may
/// change of the type is what serde can read: a new field with `#[serde(default)]`, an alias, a removed field. The
/// schema of the record says `serde`, and nothing of what is inside.
///
/// - A value is decoded once before it is written, so that nothing is stored that cannot be read again.
/// - One that is nested more than 64 levels deep is refused.
/// - What serde does not tell apart comes back as one: `Some(None)` as `None`, and `Some(())` as `None`. For an
///   `Option` of such a type write `#[rkyv(with = rkyv::with::Map<storage::AsSerde>)]`, which stores the option itself.
/// - Bytes that were damaged are an error, or another value of the type; they cost no more memory than their length
///   is worth.
///
/// ```
/// use rkyv::{Archive, Deserialize, Serialize};
/// use storage::{AsSerde, Storage, StoredRecord};
///
/// /// A type of another crate, without rkyv's derives.
/// #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
/// struct Settings {
///     dark: bool,
///     #[serde(default)]
///     columns: Vec<String>,
/// }
///
/// #[derive(Archive, Serialize, Deserialize, StoredRecord)]
/// #[store(codec = "rkyv", table = "users")]
/// struct User {
///     #[store(key)]
///     id: u64,
///     #[rkyv(with = AsSerde)]
///     settings: Settings,
/// }
///
/// let storage = Storage::in_memory()?;
/// let users = User::table(&storage)?;
/// let settings = Settings { dark: true, columns: vec!["name".into()] };
/// users.put(&User { id: 1, settings: settings.clone() })?;
/// assert_eq!(users.project(1, User::FIELDS.settings)?, Some(settings.clone()));
/// assert_eq!(users.iter()?.filter(User::FIELDS.settings.eq(settings)).count()?, 1);
/// # Ok::<(), storage::StorageError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct AsSerde;

type Bytes = ArchivedVec<u8>;

impl<T: SerdeValue> ArchiveWith<T> for AsSerde {
    type Archived = Bytes;
    /// Where the bytes lie, and how many they are.
    type Resolver = (VecResolver, usize);

    fn resolve_with(_: &T, (resolver, len): Self::Resolver, out: Place<Bytes>) {
        Bytes::resolve_from_len(len, resolver, out);
    }
}

impl<T: SerdeValue, S> SerializeWith<T, S> for AsSerde
where
    S: Fallible<Error: Source> + Allocator + Writer + ?Sized,
{
    fn serialize_with(value: &T, serializer: &mut S) -> Result<Self::Resolver, S::Error> {
        let bytes = to_bytes(value).map_err(Source::new)?;
        Ok((Bytes::serialize_from_slice(&bytes, serializer)?, bytes.len()))
    }
}

impl<T: SerdeValue, D: Fallible<Error: Source> + ?Sized> DeserializeWith<Bytes, T, D> for AsSerde {
    fn deserialize_with(form: &Bytes, _: &mut D) -> Result<T, D::Error> {
        from_bytes(form).map_err(Source::new)
    }
}

impl<T: SerdeValue> Conversion<T> for AsSerde {
    fn shape() -> Shape {
        Shape::Standard(Standard::Serde)
    }
}

impl<T: SerdeValue> RkyvConversion<T> for AsSerde {
    fn restore(form: &Bytes, source: &RkyvSource<'_>) -> Result<T, Damage> {
        source.verify_slice(form)?;
        Ok(from_bytes(form)?)
    }
}
