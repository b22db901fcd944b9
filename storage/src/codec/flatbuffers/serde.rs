//! The form of values that serde restores: a `[ubyte]`.

use super::{
    bytes::{OFFSET_LEN, Table, counted, narrow, target},
    converted::forms,
    kind::{Default, Extent, Kind, Leaf, kind_of_leaf, missing, put_leaf},
    leaf::store_offset,
    verify::{Fault, Verdict, Verifier},
    wrapper::Wrapper,
    writer::{Offset, Writer},
};
use crate::{
    codec::{AsSerde, SerdeValue, from_bytes, to_bytes},
    error::DecodeError,
};
use std::{fmt, marker::PhantomData};

/// The bytes of a value that serde restores, where they lie.
pub struct FlatSerde<'a, T>(&'a [u8], PhantomData<fn() -> T>);

impl<T> Clone for FlatSerde<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for FlatSerde<'_, T> {}

impl<'a, T: SerdeValue> FlatSerde<'a, T> {
    /// The value.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Refused`] when the bytes are no `T`.
    pub fn get(&self) -> Result<T, DecodeError> {
        Ok(from_bytes(self.0)?)
    }

    /// Its bytes, MessagePack.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.0
    }
}

impl<T> fmt::Debug for FlatSerde<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

forms! {
    AsSerde<SerdeValue>: FlatSerde<'a, T>, Deep,
        |value, out| match to_bytes(value) {
            Ok(bytes) => write_bytes(&bytes, out),
            Err(refusal) => out.refuse_value(refusal),
        },
        |verifier, at| verifier.list(at, 1).map(drop),
        |bytes, at| FlatSerde(bytes_behind(bytes, at).unwrap_or_default(), PhantomData),
        |view| from_bytes(view.0);
}

fn write_bytes(bytes: &[u8], out: &mut Writer) -> Offset {
    out.align(bytes.len(), OFFSET_LEN);
    if let Some(room) = out.room(bytes.len()).get_mut(..bytes.len()) {
        room.copy_from_slice(bytes);
    }
    out.count(bytes.len())
}

/// The bytes that the offset at `at` leads to.
fn bytes_behind(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let (first, len) = counted(bytes, target(bytes, at)?)?;
    bytes.get(first..)?.get(..len)
}
