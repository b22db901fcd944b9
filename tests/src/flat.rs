//! The FlatBuffers codec by itself: values as bytes, bytes as views, without a table.

use storage::{
    Codec,
    codec::{FlatTable, Flatbuffers, InPlaceCodec},
    error::DecodeError,
};

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

/// The longest value of which every byte is damaged.
const DAMAGED_LEN_MAX: usize = 1_000;

/// Cuts `bytes` off at every place, and changes every byte: what is accepted is printed, and owned or refused, and what
/// is owned is written and accepted once more.
pub fn survives_damage<T: FlatTable>(bytes: &[u8]) {
    if bytes.len() > DAMAGED_LEN_MAX {
        return;
    }
    (0..bytes.len()).for_each(|len| survives::<T>(&bytes[..len]));
    let mut damaged = bytes.to_vec();
    for (place, byte) in bytes.iter().enumerate() {
        let flipped = (0..8).map(|bit| byte ^ (1 << bit));
        for with in flipped.chain([0, 1, 0x7f, 0xff]) {
            damaged[place] = with;
            survives::<T>(&damaged);
        }
        damaged[place] = *byte;
    }
}

fn survives<T: FlatTable>(bytes: &[u8]) {
    let Ok(found) = try_view::<T>(bytes) else { return };
    assert!(!format!("{found:?}").is_empty());
    if let Ok(value) = T::own(found) {
        let _ = view::<T>(&encode(&value));
    }
}
