//! Values of any type with serde's traits as MessagePack: a format that says itself what it holds.
//!
//! Of the formats that do, MessagePack keeps every float bit by bit and in its own width, is read without copying
//! text first, and is as short as CBOR; programs in other languages read it, too. Structs are maps of the names of
//! their fields, so that serde's attributes (`default`, `alias`, `rename`) do for a type that changes what they do
//! everywhere. Types that have a form for people and one for machines are stored in that for machines.
//!
//! ```text
//! value ─▶ limited: serialized ─▶ scan: one whole value ─▶ read as it will be ─▶ bytes
//! bytes ─▶ scan ─▶ deserialized
//! ```
//!
//! *Invariant*: a type's own code sees no bytes that `scan` has not seen. So each length that it is told is at most
//! the number of bytes that are there, and it calls itself at most 64 levels deep.

mod limited;
mod scan;

use self::{limited::Limited, scan::scan};
use super::Conversion;
use crate::{
    error::Refusal,
    schema::{Shape, Standard},
};
use rmp_serde::{Deserializer, Serializer};
use serde_core::{Serialize, de::DeserializeOwned};

/// A type that is stored by serde's traits: `AsSerde`, `#[store(serde)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be stored by serde",
    label = "it lacks one of serde's traits",
    note = "`{Self}` needs `serde::Serialize` and `serde::Deserialize`, and owns its data; for a type of another \
            crate, turn that crate's feature `serde` on"
)]
pub trait SerdeValue: Serialize + DeserializeOwned + 'static {}

#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned + 'static> SerdeValue for T {}

/// Stores a field of any type with serde's traits as one value: a foreign struct, a JSON document, flags.
///
/// `#[rkyv(with = storage::AsSerde)]` on the field is all that it takes. The value is kept as MessagePack, structs by
/// the names of their fields, and loaded, projected and filtered as the owned type, by decoding it whole. What may
/// change of the type is what serde can read: a new field with `#[serde(default)]`, an alias, a removed field. The
/// schema of the record says `serde`, and nothing of what is inside.
///
/// - A value is decoded once before it is written, so that nothing is stored that cannot be read again.
/// - One that is nested more than 64 levels deep is refused.
/// - Serde does not tell `Some(None)` and `Some(())` from `None`. Such a value of the field is refused: for an
///   `Option` of such a type write `#[rkyv(with = rkyv::with::Map<storage::AsSerde>)]`, which stores the option
///   itself. In a part of the value it is read as `None`, as in most formats of serde.
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

impl<T: SerdeValue> Conversion<T> for AsSerde {
    type By = Self;

    fn shape() -> Shape {
        Shape::Standard(Standard::Serde)
    }
}

/// The bytes of `value`, which are read once to see that they can be.
pub(super) fn to_bytes<T: SerdeValue>(value: &T) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::new(&mut bytes).with_struct_map();
    let written = value.serialize(Limited::new(&mut serializer));
    written.map_err(|error| Refusal::stored::<T>(error.to_string()))?;
    from_bytes::<T>(&bytes).map_err(Refusal::before_it_is_written)?;
    Ok(bytes)
}

/// The value of these bytes.
pub(super) fn from_bytes<T: SerdeValue>(bytes: &[u8]) -> Result<T, Refusal> {
    scan(bytes).map_err(|fault| Refusal::restored::<T>(fault.to_string()))?;
    T::deserialize(&mut Deserializer::from_read_ref(bytes))
        .map_err(|error| Refusal::restored::<T>(error.to_string()))
}
