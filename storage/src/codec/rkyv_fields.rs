//! Single fields of an rkyv archive.
//!
//! The root struct of an archive lies at its end, what it points to lies before it. So a field is at a known offset,
//! and checking it alone means checking the part of the archive that hangs on it.

use super::{
    Count, FieldCodec, Frame, InPlaceCodec, OpenFields, ReadField, Rkyv, RkyvValue,
    body::AlignedCopy,
    rkyv::{RkyvArchived, access_at, alignment},
};
use crate::{
    error::{Damage, DecodeError},
    invariant::Invariant as _,
    schema::{FieldPlace, FieldType, WholeField, for_each_scalar, for_each_text},
};
use ::rkyv::{
    Archive, option::ArchivedOption, rancor::Failure, result::ArchivedResult, vec::ArchivedVec,
};
use std::{
    cell::{Cell, OnceCell},
    fmt,
    ops::Range,
};

/// A stored archive and what of it is verified.
pub struct RkyvSource<'a> {
    frame: &'a Frame<'a>,
    root_len: usize,
    root_verified: Cell<bool>,
    // Copies at an aligned address, made only where a field does not lie at one: of the root struct, and of all.
    root_copy: OnceCell<AlignedCopy>,
    body_copy: OnceCell<AlignedCopy>,
}

impl<'s> RkyvSource<'s> {
    #[inline]
    fn new(frame: &'s Frame<'s>, root_len: usize) -> Self {
        Self {
            frame,
            root_len,
            root_verified: Cell::new(false),
            root_copy: OnceCell::new(),
            body_copy: OnceCell::new(),
        }
    }

    /// Verifies the whole value.
    pub(super) fn verify(&self) -> Result<(), Damage> {
        self.frame.verify()
    }

    /// The body.
    pub(super) const fn body(&self) -> &'s [u8] {
        self.frame.body
    }

    /// Where the root struct lies in the body.
    pub(super) fn root(&self) -> Range<usize> {
        let len = self.frame.body.len();
        len.saturating_sub(self.root_len)..len
    }

    /// Verifies the blocks that `range` of the body lies in.
    pub(super) fn verify_range(&self, range: Range<usize>) -> Result<(), Damage> {
        self.frame.verify_range(range)
    }

    /// Verifies the blocks of the root struct, once.
    pub(super) fn verify_root(&self) -> Result<(), Damage> {
        if !self.root_verified.get() {
            self.frame.verify_range(self.root())?;
            self.root_verified.set(true);
        }
        Ok(())
    }

    /// Verifies the blocks of `slice`, which lies in the body or in its copy.
    pub(super) fn verify_slice(&self, slice: &[u8]) -> Result<(), Damage> {
        let offset_in = |whole: &[u8]| {
            let offset = slice.as_ptr().addr().checked_sub(whole.as_ptr().addr())?;
            (offset < whole.len()).then_some(offset)
        };
        if self.frame.is_one_block() || slice.is_empty() {
            return Ok(()); // Verified with the root.
        }
        let copy = || self.body_copy.get().map(AlignedCopy::as_slice);
        match offset_in(self.frame.body).or_else(|| offset_in(copy()?)) {
            Some(start) => self.frame.verify_range(start..start.saturating_add(slice.len())),
            None => self.frame.verify(),
        }
    }

    /// The archived `A` at `place` of the root struct, checked with all that hangs on it: nothing if it `is_inline`.
    pub(super) fn part<A: RkyvArchived>(
        &self,
        place: usize,
        is_inline: bool,
    ) -> Result<&A, Damage> {
        self.verify_root()?;
        let body = self.frame.body;
        let position = self.root().start.saturating_add(place);
        if let Ok(field) = access_at::<A, Failure>(body, position) {
            return Ok(field);
        }
        if body.as_ptr().addr().is_multiple_of(alignment::<A>()) {
            return Err(invalid::<A>(body, position));
        }
        let (copy, position) = if is_inline {
            let root = || body.get(self.root()).invariant("the root ends where the body does");
            (self.root_copy.get_or_init(|| AlignedCopy::of(root())), place)
        } else {
            (self.body_copy.get_or_init(|| AlignedCopy::of(body)), position)
        };
        let copy = copy.as_slice();
        access_at::<A, Failure>(copy, position).map_err(|_| invalid::<A>(copy, position))
    }
}

/// Checks once more, to say what is wrong.
#[cold]
fn invalid<A: RkyvArchived>(body: &[u8], position: usize) -> Damage {
    let error = access_at::<A, ::rkyv::rancor::Error>(body, position).err();
    let detail = error.map(|error| error.to_string()).invariant("it was refused a moment ago");
    Damage::Structure(DecodeError::Structure { detail })
}

impl fmt::Debug for RkyvSource<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RkyvSource").field("len", &self.frame.body.len()).finish_non_exhaustive()
    }
}

impl FieldCodec for Rkyv {
    type Source<'a> = RkyvSource<'a>;
    /// The offset of a struct from the start of the root struct: nested structs lie inside it.
    type Node = usize;

    fn child(_: &RkyvSource<'_>, node: usize, place: FieldPlace) -> Result<usize, Damage> {
        Ok(node.saturating_add(place.offset()))
    }
}

impl<V: RkyvValue> OpenFields<V> for Rkyv {
    #[inline]
    fn open<'a>(frame: &'a Frame<'a>) -> RkyvSource<'a> {
        RkyvSource::new(frame, size_of::<V::Archived>())
    }

    fn root(_: &RkyvSource<'_>) -> Result<usize, Damage> {
        Ok(0)
    }
}

#[diagnostic::do_not_recommend]
impl<T: RkyvField> ReadField<Rkyv> for T {
    #[inline]
    fn read<'a>(
        source: &'a RkyvSource<'_>,
        node: usize,
        place: FieldPlace,
    ) -> Result<T::View<'a>, Damage> {
        let place = node.saturating_add(place.offset());
        T::view(source.part(place, T::INLINE)?, source)
    }

    #[inline]
    fn count(source: &RkyvSource<'_>, node: usize, place: FieldPlace) -> Result<Count, Damage> {
        source.count::<T>(node.saturating_add(place.offset()))
    }
}

/// A field type in its archived form.
pub trait RkyvField: FieldType {
    /// The archived form.
    type Form: RkyvArchived;

    /// Returns the plain value of a checked archive. Verifies the blocks that it reads through pointers.
    ///
    /// # Errors
    ///
    /// The [`Damage`] found there.
    fn view<'a>(
        archived: &'a Self::Form,
        source: &'a RkyvSource<'_>,
    ) -> Result<Self::View<'a>, Damage>;
}

macro_rules! scalars {
    ($kind:ident $ty:ident $scalar:ident $bits:ident) => {
        impl RkyvField for $ty {
            type Form = <$ty as Archive>::Archived;

            #[inline]
            fn view<'a>(archived: &'a Self::Form, _: &'a RkyvSource<'_>) -> Result<$ty, Damage> {
                Ok((*archived).into())
            }
        }
    };
}
for_each_scalar!(scalars);

macro_rules! text {
    ($ty:ty) => {
        impl RkyvField for $ty {
            type Form = <$ty as Archive>::Archived;

            #[inline]
            fn view<'a>(
                archived: &'a Self::Form,
                source: &'a RkyvSource<'_>,
            ) -> Result<&'a str, Damage> {
                let text = archived.as_str();
                source.verify_slice(text.as_bytes())?;
                Ok(text)
            }
        }
    };
}
for_each_text!(text);

impl<T: RkyvField> RkyvField for Option<T>
where
    ArchivedOption<T::Form>: RkyvArchived,
{
    type Form = ArchivedOption<T::Form>;

    #[inline]
    fn view<'a>(
        archived: &'a Self::Form,
        source: &'a RkyvSource<'_>,
    ) -> Result<Self::View<'a>, Damage> {
        archived.as_ref().map(|inner| T::view(inner, source)).transpose()
    }
}

impl<T: RkyvField, E: RkyvField> RkyvField for Result<T, E>
where
    ArchivedResult<T::Form, E::Form>: RkyvArchived,
{
    type Form = ArchivedResult<T::Form, E::Form>;

    fn view<'a>(
        archived: &'a Self::Form,
        source: &'a RkyvSource<'_>,
    ) -> Result<Self::View<'a>, Damage> {
        Ok(match archived.as_ref() {
            Ok(value) => Ok(T::view(value, source)?),
            Err(error) => Err(E::view(error, source)?),
        })
    }
}

impl<T: RkyvField> RkyvField for Vec<T>
where
    ArchivedVec<T::Form>: RkyvArchived,
{
    type Form = ArchivedVec<T::Form>;

    fn view<'a>(
        archived: &'a Self::Form,
        source: &'a RkyvSource<'_>,
    ) -> Result<Self::View<'a>, Damage> {
        source.verify()?;
        archived.iter().map(|item| T::view(item, source)).collect()
    }
}

impl<T: RkyvField, const N: usize> RkyvField for [T; N]
where
    [T::Form; N]: RkyvArchived,
{
    type Form = [T::Form; N];

    fn view<'a>(
        archived: &'a Self::Form,
        source: &'a RkyvSource<'_>,
    ) -> Result<Self::View<'a>, Damage> {
        let items: Result<Vec<_>, _> = archived.iter().map(|item| T::view(item, source)).collect();
        items?.try_into().map_err(|_| Damage::Length { len: N })
    }
}

impl<T: WholeField + RkyvValue> RkyvField for T {
    type Form = <Self as Archive>::Archived;

    fn view<'a>(archived: &'a Self::Form, source: &'a RkyvSource<'_>) -> Result<T, Damage> {
        if !<T as FieldType>::INLINE {
            source.verify()?;
        }
        Ok(<Rkyv as InPlaceCodec<T>>::own(archived)?)
    }
}
