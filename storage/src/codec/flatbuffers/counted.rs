//! What an offset leads to, without its content: how many elements there are, and the bytes where they lie.

use super::{
    Flatbuffers,
    bytes::OFFSET_LEN,
    fields::{FlatProject, FlatSource},
};
use crate::{
    codec::{Count, ReadBytes},
    error::{Damage, DecodeError, FlatFault},
    schema::{BytesType, FieldPlace, FieldType, Length},
};

impl FlatSource<'_> {
    /// How long the field `T` at `place` of the struct `node` is.
    #[inline]
    pub(super) fn count<T: FieldType>(
        &self,
        node: usize,
        place: FieldPlace,
    ) -> Result<Count, Damage> {
        if T::LENGTH == Length::Unknown {
            return Ok(Count::Unread);
        }
        let (table, id, _) = self.find(node, place)?;
        Ok(match (table.field(id), T::LENGTH) {
            (None, _) if T::OPTIONAL => Count::Missing,
            (None, _) => Count::Unread, // What it stands for is known where it is read.
            (Some(_), Length::Fixed(len)) => Count::Of(len),
            (Some(at), _) => {
                self.cover_len(at, OFFSET_LEN)?;
                Count::Of(self.counted(at)?.1)
            }
        })
    }

    /// The bytes of the field `T` at `place` of the struct `node`.
    fn bytes<T: BytesType>(&self, node: usize, place: FieldPlace) -> Result<Option<&[u8]>, Damage> {
        let (table, id, _) = self.find(node, place)?;
        match (table.field(id), T::LENGTH) {
            (None, Length::Fixed(_)) if !T::OPTIONAL => {
                Err(DecodeError::from(FlatFault::MissingField).into())
            }
            (None, _) => Ok(None),
            (Some(at), Length::Fixed(len)) => self.slice(at, len).map(Some),
            (Some(at), _) => {
                self.cover_len(at, OFFSET_LEN)?;
                let (first, len) = self.counted(at)?;
                self.slice(first, len).map(Some)
            }
        }
    }
}

impl<T: BytesType + FlatProject> ReadBytes<Flatbuffers> for T {
    #[inline]
    fn read_bytes<'a>(
        source: &'a FlatSource<'_>,
        node: usize,
        place: FieldPlace,
    ) -> Result<Option<&'a [u8]>, Damage> {
        source.bytes::<T>(node, place)
    }
}
