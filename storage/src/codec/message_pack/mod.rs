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
use crate::error::Refusal;
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
