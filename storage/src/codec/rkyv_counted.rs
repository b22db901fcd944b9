//! What an archive points to, without its content: how many elements there are, and the bytes where they lie.
//!
//! ```text
//! list, set, map, slice in a box    way to the elements, from here isize │ how many usize │ …
//! text                              short: the bytes, then 0xFF; long: how many usize │ way isize
//! option                            0 or 1 u8 │ padding │ the value
//! ```

use super::{Count, ReadBytes, RkyvField, RkyvSource};
use crate::{
    error::{Damage, DecodeError},
    schema::{BytesType, FieldPlace, FieldType, Length},
};
use ::rkyv::{
    boxed::ArchivedBox,
    collections::swiss_table::ArchivedHashMap,
    option::ArchivedOption,
    primitive::{ArchivedIsize, ArchivedUsize},
    string::{ArchivedString, repr::ArchivedStringRepr},
    tuple::ArchivedTuple2,
    vec::ArchivedVec,
};

/// The way to elements and how many they are.
type Counted = ArchivedTuple2<ArchivedIsize, ArchivedUsize>;

/// What has both begins with them, and in an option nothing is left out.
const _: () = {
    assert!(size_of::<Counted>() == size_of::<ArchivedVec<u8>>());
    assert!(size_of::<Counted>() == size_of::<ArchivedBox<[u8]>>());
    assert!(size_of::<Counted>() <= size_of::<ArchivedHashMap<u8, u8>>());
    assert!(size_of::<ArchivedStringRepr>() == size_of::<ArchivedString>());
    let padded = align_of::<Counted>() + size_of::<Counted>();
    assert!(padded == size_of::<ArchivedOption<ArchivedVec<u8>>>());
};

impl RkyvSource<'_> {
    /// How long the field `T` at `place` of the root struct is.
    #[inline]
    pub(super) fn count<T: FieldType>(&self, place: usize) -> Result<Count, Damage> {
        if T::LENGTH == Length::Unknown {
            return Ok(Count::Unread);
        }
        let Some(place) = self.value_at(place, T::LENGTH, T::OPTIONAL)? else {
            return Ok(Count::Missing);
        };
        Ok(Count::Of(match T::LENGTH {
            Length::Fixed(len) => len,
            Length::Text => self.part::<ArchivedStringRepr>(place, true)?.len(),
            _ => native(self.part::<Counted>(place, true)?.1)?,
        }))
    }

    /// The bytes of the field `T` at `place` of the root struct.
    fn bytes<T: BytesType>(&self, place: usize) -> Result<Option<&[u8]>, Damage> {
        let Some(place) = self.value_at(place, T::LENGTH, T::OPTIONAL)? else { return Ok(None) };
        let at = self.root().start.saturating_add(place);
        let (start, len) = match T::LENGTH {
            Length::Fixed(len) => (Some(at), len),
            _ => {
                let Counted { 0: way, 1: len } = *self.part(place, true)?;
                let way = isize::try_from(way.to_native()).map_err(|_| outside())?;
                (at.checked_add_signed(way), native(len)?)
            }
        };
        if len == 0 {
            return Ok(Some(&[])); // The way to nothing leads nowhere.
        }
        let range = start.and_then(|start| Some(start..start.checked_add(len)?));
        let range = range.ok_or_else(outside)?;
        let bytes = self.body().get(range.clone()).ok_or_else(outside)?;
        self.verify_range(range)?;
        Ok(Some(bytes))
    }

    /// Where the value of a field at `place` is: there, or in the option that is there.
    fn value_at(
        &self,
        place: usize,
        length: Length,
        is_optional: bool,
    ) -> Result<Option<usize>, Damage> {
        self.verify_root()?;
        if !is_optional {
            return Ok(Some(place));
        }
        let align = if matches!(length, Length::Fixed(_)) { 1 } else { align_of::<Counted>() };
        let is_some = self.part::<ArchivedOption<()>>(place, true)?.is_some();
        Ok(is_some.then(|| place.saturating_add(align)))
    }
}

/// A count as the machine has it.
fn native(count: ArchivedUsize) -> Result<usize, Damage> {
    usize::try_from(count.to_native()).map_err(|_| outside())
}

#[cold]
fn outside() -> Damage {
    let detail = "its bytes do not lie in the value".to_owned();
    Damage::Structure(DecodeError::Structure { detail })
}

impl<T: BytesType + RkyvField> ReadBytes<super::Rkyv> for T {
    #[inline]
    fn read_bytes<'a>(
        source: &'a RkyvSource<'_>,
        node: usize,
        place: FieldPlace,
    ) -> Result<Option<&'a [u8]>, Damage> {
        source.bytes::<T>(node.saturating_add(place.offset()))
    }
}
