//! The FlatBuffers codec by itself: values as bytes, bytes as views, without a table.

use storage::{Codec, DecodeError, FlatTable, Flatbuffers, codec::InPlaceCodec};

/// The view of a `T`.
pub type FlatView<'a, T> = <Flatbuffers as InPlaceCodec<T>>::View<'a>;

/// The bytes of `value`.
#[must_use]
pub fn encode<T: FlatTable>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    <Flatbuffers as Codec<T>>::encode(value, &mut bytes).expect("the value can be written");
    bytes
}

/// The view of `bytes`, after all checks.
///
/// # Errors
///
/// What the codec says.
pub fn try_view<T: FlatTable>(bytes: &[u8]) -> Result<FlatView<'_, T>, DecodeError> {
    <Flatbuffers as InPlaceCodec<T>>::view(bytes)
}

/// The view of bytes that are a `T`.
#[must_use]
pub fn view<T: FlatTable>(bytes: &[u8]) -> FlatView<'_, T> {
    try_view::<T>(bytes).expect("the bytes are a value")
}

/// The value that `bytes` are.
#[must_use]
pub fn decode<T: FlatTable>(bytes: &[u8]) -> T {
    <Flatbuffers as InPlaceCodec<T>>::own(view::<T>(bytes)).expect("a checked view can be owned")
}
