//! Keys of one length, as the engine's tree compares them: without the offsets and calls that keys of any length need.

use crate::invariant::Invariant;
use redb::TableError;
use std::cmp::Ordering;

/// What every key is to the engine: bytes, of one length or of any.
pub(crate) trait ByteKey:
    for<'k> redb::Key<SelfType<'k> = &'k [u8]> + Send + Sync + 'static
{
    /// A key that is copied into the place of another.
    type Copy: AsRef<[u8]> + Default;

    fn copy(key: &[u8], to: &mut Self::Copy);
}

impl ByteKey for &'static [u8] {
    type Copy = Vec<u8>;

    fn copy(key: &[u8], to: &mut Vec<u8>) {
        to.clear();
        to.extend_from_slice(key);
    }
}

/// Opens a table whose keys the engine knows as `K`.
pub(crate) trait OpenAs {
    /// The open table.
    type Table;

    fn open_as<K: ByteKey>(&self) -> Result<Self::Table, TableError>;
}

/// Opens a table with keys as the file has them; `key_len` is what its name is known with.
pub(crate) fn open<O: OpenAs>(key_len: Option<usize>, opener: &O) -> Result<O::Table, TableError> {
    let open = |key_len| match key_len {
        Some(4) => opener.open_as::<FixedKey<4>>(),
        Some(8) => opener.open_as::<FixedKey<8>>(),
        Some(12) => opener.open_as::<FixedKey<12>>(),
        Some(16) => opener.open_as::<FixedKey<16>>(),
        _ => opener.open_as::<&'static [u8]>(),
    };
    let opened = open(key_len);
    let is_other =
        |opened: &Result<_, _>| matches!(opened, Err(TableError::TableTypeMismatch { .. }));
    if !is_other(&opened) {
        return opened;
    }
    // The type is in the file, not in the name. If it cannot be read, that is the error to return.
    let mut others = FixedKey::LENGTHS.into_iter().map(Some).chain([None]).map(open);
    others.find(|opened| !is_other(opened)).unwrap_or(opened)
}

/// Says what the engine may know of keys that are all `LEN` bytes long.
#[derive(Debug)]
pub(crate) struct FixedKey<const LEN: usize = 0>;

impl FixedKey {
    /// The lengths that tables are made for: integers, and index entries of two of them.
    pub(crate) const LENGTHS: [usize; 4] = [4, 8, 12, 16];
}

impl<const LEN: usize> redb::Value for FixedKey<LEN> {
    type SelfType<'a> = &'a [u8];
    type AsBytes<'a> = &'a [u8];

    fn fixed_width() -> Option<usize> {
        Some(LEN)
    }

    #[inline]
    fn from_bytes<'a>(data: &'a [u8]) -> &'a [u8]
    where
        Self: 'a,
    {
        data
    }

    #[inline]
    #[expect(single_use_lifetimes, reason = "the trait has both")]
    fn as_bytes<'a, 'b: 'a>(value: &'a &'b [u8]) -> &'a [u8] {
        value
    }

    fn type_name() -> redb::TypeName {
        redb::TypeName::new(&format!("storage::key{LEN}"))
    }
}

impl<const LEN: usize> redb::Key for FixedKey<LEN> {
    #[inline]
    fn compare(a: &[u8], b: &[u8]) -> Ordering {
        match (<&[u8; LEN]>::try_from(a), <&[u8; LEN]>::try_from(b)) {
            (Ok(a), Ok(b)) => number::<LEN>(a).cmp(&number::<LEN>(b)),
            // The bound of a range may be a part of a key.
            _ => a.cmp(b),
        }
    }
}

macro_rules! fixed_keys {
    ($($len:literal),*) => {$(
        impl ByteKey for FixedKey<$len> {
            type Copy = [u8; $len];

            #[inline]
            fn copy(key: &[u8], to: &mut [u8; $len]) {
                *to = key.try_into().invariant("a key of such a table has its length");
            }
        }
    )*};
}
fixed_keys!(4, 8, 12, 16);

/// Big-endian numbers sort as their bytes do, and compare in one step.
#[inline]
fn number<const LEN: usize>(bytes: &[u8; LEN]) -> u128 {
    // Of eight bytes and fewer the compiler makes a number of 64 bits.
    const { assert!(LEN <= size_of::<u128>(), "a number holds the whole key") };
    let mut wide = [0; size_of::<u128>()];
    if let Some(end) = wide.last_chunk_mut() {
        *end = *bytes;
    }
    u128::from_be_bytes(wide)
}
