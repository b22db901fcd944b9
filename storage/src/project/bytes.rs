//! The bytes of a field, borrowed where they lie.

use super::{
    Comparable, Equatable, Path, Predicate, Projection, Source, Standing, comparisons::comparisons,
};
use crate::{
    codec::{Count, ReadBytes},
    error::Damage,
    field::{Field, HasField},
    record::FieldRecord,
    schema::BytesType,
};

/// The bytes of a field, to select them and to compare them.
#[derive(Clone, Copy, Debug)]
pub struct AsBytes<F>(F);

impl<F> AsBytes<F> {
    pub(super) const fn new(field: F) -> Self {
        Self(field)
    }

    /// Matches if the bytes start with `start`.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "pictures")]
    /// # struct Picture { #[store(key)] id: u32, content: Vec<u8> }
    /// # let storage = Storage::in_memory()?;
    /// # let pictures = Picture::table(&storage)?;
    /// # pictures.put(&Picture { id: 1, content: b"GIF89a".to_vec() })?;
    /// let is_gif = Picture::FIELDS.content.as_bytes().starts_with(b"GIF8");
    /// assert_eq!(pictures.iter()?.filter(is_gif).keys()?, [1]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    pub fn starts_with(self, start: impl Into<Vec<u8>>) -> BytesStart<F> {
        BytesStart { start: start.into(), bytes: self }
    }
}

comparisons! {
    /// The predicate that there are bytes, and they equal `value`.
    [F] AsBytes<F>
}

impl<R, O, T, P, const N: usize> Projection<R> for AsBytes<Field<O, N, T, P>>
where
    R: FieldRecord,
    O: HasField<N, T>,
    T: ReadBytes<R::Codec>,
    P: Path<R, O>,
    Field<O, N, T, P>: Projection<R>,
{
    type Output<'a> = <T as BytesType>::Bytes<'a>;
    type Owned = <T as BytesType>::OwnedBytes;

    fn read<'a>(&self, source: &'a Source<'_, R>) -> Result<Self::Output<'a>, Damage> {
        let bytes = T::read_bytes(source, P::walk(source)?, P::place(O::PLACE));
        bytes.map(T::lend).map_err(|damage| damage.in_field(O::NAME))
    }

    fn count(&self, source: &Source<'_, R>) -> Result<Count, Damage> {
        self.0.count(source)
    }

    fn own(output: Self::Output<'_>) -> Self::Owned {
        T::own_bytes(output)
    }
}

/// Bytes, whoever owns them, that a field's bytes are compared with.
macro_rules! operands {
    ($([$($generics:tt)*] $ty:ty;)*) => {$(
        impl<$($generics)*> Equatable<$ty> for &[u8] {
            fn equals(&self, other: &$ty) -> Option<bool> {
                Some(*self == &other[..])
            }
        }

        impl<$($generics)*> Comparable<$ty> for &[u8] {
            fn compare(&self, other: &$ty) -> Standing {
                Standing::Ordered((*self).cmp(&other[..]))
            }
        }
    )*};
}
operands! {
    [] &[u8];
    [] Vec<u8>;
    [] &Vec<u8>;
    [const N: usize] [u8; N];
    [const N: usize] &[u8; N];
}

/// The predicate that a field's bytes begin with others.
#[derive(Clone, Debug)]
#[must_use = "a predicate does nothing until `filter` has it"]
pub struct BytesStart<F> {
    start: Vec<u8>,
    bytes: AsBytes<F>,
}

impl<R, O, T, P, const N: usize> Predicate<R> for BytesStart<Field<O, N, T, P>>
where
    R: FieldRecord,
    O: HasField<N, T>,
    T: ReadBytes<R::Codec>,
    P: Path<R, O>,
    Field<O, N, T, P>: Projection<R>,
{
    fn test(&self, source: &Source<'_, R>) -> Result<bool, Damage> {
        let found = T::found(self.bytes.read(source)?);
        Ok(found.is_some_and(|bytes| bytes.starts_with(&self.start)))
    }
}
