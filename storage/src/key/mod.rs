//! Keys: values as bytes that sort as the values do.
//!
//! *Law of order*: for every key type, `a < b` exactly when `bytes(a) < bytes(b)` as `memcmp` sees it.
//! *Law of identity*: two values have the same bytes only when they are equal, and `decode(encode(a)) == a`.
//! *Law of prefixes*: a part that is followed by another part never runs into it: no inner encoding is a
//! prefix of another inner encoding of the same type.
//! *Law of totality*: `decode` of any bytes is a value or a [`KeyError`], never a panic.
//!
//! Encoding version [`ENCODING_VERSION`]. One file a family of types; each draws its bytes.

mod buffer;
mod lookup;
mod place;
mod prefix;
mod range;
mod reader;

mod array;
mod auto;
#[cfg(feature = "dynamic")]
mod by_shape;
mod bytes;
#[cfg(feature = "chrono")]
mod chrono;
mod duration;
mod escape;
mod float;
mod integer;
#[cfg(feature = "jiff")]
mod jiff;
mod kept_as;
mod net;
mod nonzero;
mod option;
mod reverse;
mod text;
#[cfg(feature = "time")]
mod time;
mod tuple;
#[cfg(feature = "uuid")]
mod uuid;
mod word;

pub(crate) use self::auto::id_of;
#[cfg(feature = "dynamic")]
pub(crate) use self::by_shape::{decode_value, encode_value};
pub(crate) use self::duration::NANOS_PER_SECOND;
pub use self::{
    auto::AutoKey,
    buffer::KeyBuf,
    kept_as::KeptAs,
    lookup::Lookup,
    place::Place,
    prefix::{Prefix, PrefixEnd},
    range::{ByteRange, KeyRange},
    reader::KeyReader,
    text::StartsWith,
};
pub use crate::error::KeyError;
use crate::{
    error::ReportedKey,
    schema::{KeySchema, Shape},
};
/// Turns the order of a key around: the standard library's own `Reverse`.
pub use std::cmp::Reverse;
use std::fmt::Debug;

/// The version of the key encoding that this build reads and writes; part of every schema fingerprint.
pub const ENCODING_VERSION: u8 = 1;

/// The longest encoded key in bytes that a table accepts.
///
/// Keys are stored in the inner nodes of the tree, so long keys make every lookup slower.
pub const MAX_KEY_LEN: usize = 64 * 1024;

/// A type that can be a primary key, a part of one, or a part of an index key.
///
/// The laws in the [module documentation](self) hold for every implementation in this crate; derive
/// [`StoredKey`](macro@crate::StoredKey) for newtypes, enums and composite structs of your own.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a key",
    label = "not a key type",
    note = "keys are integers, `bool`, `char`, floats, `String`, `Vec<u8>`, `Option`, arrays and tuples \
            of these, and `std::cmp::Reverse<T>`",
    note = "also `NonZero`, `Duration`, IP addresses and, each with its feature, the types of `uuid`, `jiff`, \
            `chrono` and `time`; for a path: `String`, its text",
    note = "for a newtype, an enum or a struct of keys: `#[derive(storage::StoredKey)]`"
)]
pub trait Key: Lookup<Self> + Sized + 'static {
    /// The borrowed form that [`decode`](Self::decode) returns: `u64` for `u64`, `Cow<str>` for `String`.
    type Ref<'a>: Debug;

    /// The encoded length in bytes where it is the same for every value.
    const WIDTH: Option<usize>;

    /// The type as the schema names it: `u64`, `string`, `(string, u32)`.
    fn describe() -> Shape;

    /// Reads one value and leaves `input` after it.
    ///
    /// # Errors
    ///
    /// [`KeyError`] if the bytes are not an encoding of this type.
    fn decode<'a>(input: &mut KeyReader<'a>, place: Place) -> Result<Self::Ref<'a>, KeyError>;

    /// Converts the borrowed form to an owned value.
    fn from_ref(borrowed: Self::Ref<'_>) -> Self;
}

/// Encodes `key` as the key of a table.
#[inline]
pub fn encode<K: Key>(key: &(impl Lookup<K> + ?Sized)) -> KeyBuf {
    let mut bytes = KeyBuf::new();
    key.encode(&mut bytes, Place::Last);
    bytes
}

/// Decodes a whole key; trailing bytes are an error.
///
/// # Errors
///
/// [`KeyError`] if `bytes` are not exactly one encoded key of type `K`.
pub fn decode<K: Key>(bytes: &[u8]) -> Result<K::Ref<'_>, KeyError> {
    let mut input = KeyReader::new(bytes);
    let key = K::decode(&mut input, Place::Last)?;
    input.finish()?;
    Ok(key)
}

/// Checks that a key is short enough to be stored.
pub(crate) const fn check_len(bytes: &[u8]) -> Result<(), KeyError> {
    match bytes.len() {
        0..=MAX_KEY_LEN => Ok(()),
        len => Err(KeyError::TooLong { len, max: MAX_KEY_LEN }),
    }
}

/// The name of a key type in the text of a schema.
#[must_use]
pub fn describe<K: Key>() -> String {
    K::describe().to_string()
}

/// What a schema says of a key type.
#[must_use]
pub const fn schema<K: Key>() -> KeySchema {
    KeySchema::new(ENCODING_VERSION, K::describe)
}

/// A key as an error reports it: by its value, or by its bytes if they are not a `K`.
pub(crate) fn report<K: Key>(bytes: &[u8]) -> ReportedKey {
    report_decoded::<K>(decode::<K>(bytes), bytes)
}

/// As [`report`], for an index key, which the primary key follows.
pub(crate) fn report_inner<K: Key>(bytes: &[u8]) -> ReportedKey {
    report_decoded::<K>(K::decode(&mut KeyReader::new(bytes), Place::Inner), bytes)
}

fn report_decoded<K: Key>(decoded: Result<K::Ref<'_>, KeyError>, bytes: &[u8]) -> ReportedKey {
    match decoded {
        Ok(key) => ReportedKey::new(format!("{key:?}"), bytes),
        Err(_) => ReportedKey::untyped(bytes),
    }
}

/// Returns how many of the bytes given belong to the key at their start.
pub(crate) type KeyLen = fn(&[u8]) -> Result<usize, KeyError>;

/// The [`KeyLen`] of inner keys of type `K`.
pub(crate) fn inner_len<K: Key>(bytes: &[u8]) -> Result<usize, KeyError> {
    let mut input = KeyReader::new(bytes);
    K::decode(&mut input, Place::Inner)?;
    // A `decode` of somebody else's may leave more than it was given.
    Ok(bytes.len().saturating_sub(input.rest().len()))
}
