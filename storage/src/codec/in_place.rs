//! Reading in place: views over the stored bytes, or over a copy at an aligned address.

use super::{
    Codec, Reading, Trust,
    body::{self, AlignedCopy, Body},
};
use crate::{backend::Bytes, error::DecodeError, invariant::Invariant as _, sealed::Sealed};
use std::{cell::Cell, fmt, marker::PhantomData};

/// A codec whose values are read in place, as views over the stored bytes.
///
/// *Law*: `view(encode(v))` succeeds, at any multiple of `ALIGNMENT`, and `own` of it equals `v`.
///
/// # Safety
///
/// Readers get a view of bytes that anybody may have written, and later ones without another check. So:
///
/// - [`view`](Self::view) returns `Ok`, and [`try_view`](Self::try_view) `Some`, only for bytes in which every access
///   of the view is defined for as long as the bytes stay what and where they are. Their answer depends on nothing but
///   the bytes and their address, and is the same.
/// - [`view_unchecked`](Self::view_unchecked) is sound under the conditions that it states, and no others.
/// - A view keeps no more than the borrow of the bytes that it was made with, and changes none of them.
#[expect(unsafe_code, reason = "the guards rely on the checks of the codec")]
pub unsafe trait InPlaceCodec<V: 'static>: Codec<V> {
    /// A borrowed, checked reading of the bytes.
    type View<'a>: Copy;

    /// An address at a multiple of this many bytes suits every value. A power of two, 64 at most.
    const ALIGNMENT: usize;

    /// Checks the whole structure of `body` and returns its view.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] when `body` is not a value of type `V`, or does not lie where the type can be read. At a
    /// multiple of [`ALIGNMENT`](Self::ALIGNMENT) it always does; elsewhere it may, depending on the type.
    fn view(body: &[u8]) -> Result<Self::View<'_>, DecodeError>;

    /// Returns what [`view`](Self::view) does, or `None` where that is an error. Nobody asks why, and a body that does
    /// not lie where the type can be read is common: it is then copied.
    #[must_use]
    fn try_view(body: &[u8]) -> Option<Self::View<'_>> {
        Self::view(body).ok()
    }

    /// Returns the view of bytes that were checked before.
    ///
    /// # Safety
    ///
    /// [`view`](Self::view) returned `Ok` for these very bytes, and they did not change since: at this very address,
    /// or, if [`encode`](Codec::encode) wrote them, at any; then they lie at a multiple of
    /// [`ALIGNMENT`](Self::ALIGNMENT) now.
    #[expect(unsafe_code, reason = "the contract that the guards uphold")]
    unsafe fn view_unchecked(body: &[u8]) -> Self::View<'_>;

    /// Returns the owned value of a view.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] when the view holds something that the owned type does not have.
    fn own(view: Self::View<'_>) -> Result<Self::Owned, DecodeError>;
}

/// Values are read in place: a view lies over the stored bytes.
///
/// Bytes that lie where the type cannot be read are copied once, to an address where it can.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct InPlace;

/// Returns the owned value of `body`, which lies at any address: the [`Codec::decode`] of a codec that reads in place.
///
/// # Errors
///
/// [`DecodeError`] when `body` is not a value of type `V`.
pub fn decode_in_place<V: 'static, C: InPlaceCodec<V>>(
    body: &[u8],
) -> Result<C::Owned, DecodeError> {
    with_view::<V, C, _>(body, Trust::nothing(), C::own)?
}

/// A body that was checked, and is held.
///
/// Only [`Reading::hold`] makes one, and its types say for which codec: what reads it does not check again.
#[doc(hidden)]
#[expect(unnameable_types, reason = "only hidden items use it")]
pub struct InPlaceBody<V, C> {
    // INVARIANT: `C::view` returned `Ok` for these bytes at the address they have, or a trust vouched for that.
    body: Body,
    types: PhantomData<fn() -> (V, C)>,
}

impl<V, C> fmt::Debug for InPlaceBody<V, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InPlaceBody").field("body", &self.body).finish()
    }
}

impl Sealed for InPlace {}

#[diagnostic::do_not_recommend]
impl<V: 'static, C: InPlaceCodec<V>> Reading<V, C> for InPlace {
    type View<'a> = C::View<'a>;
    type Held = InPlaceBody<V, C>;

    const ALIGNMENT: usize = {
        assert!(C::ALIGNMENT.is_power_of_two(), "an alignment is a power of two");
        assert!(C::ALIGNMENT <= body::ALIGNMENT, "a value is aligned to at most 64 bytes");
        C::ALIGNMENT
    };

    #[inline]
    fn with_view<T>(
        body: &[u8],
        trust: Trust,
        read: impl FnOnce(C::View<'_>) -> T,
    ) -> Result<T, DecodeError> {
        with_view::<V, C, T>(body, trust, read)
    }

    fn decode(body: &[u8], trust: Trust) -> Result<C::Owned, DecodeError> {
        with_view::<V, C, _>(body, trust, C::own)?
    }

    fn hold(value: Bytes, len: usize, trust: Trust) -> Result<InPlaceBody<V, C>, DecodeError> {
        let body = value.get(..len).invariant("a body is a part of its value");
        let body = if view::<V, C>(body, trust)?.is_some() {
            Body::InPlace(value, len)
        } else {
            let copy = AlignedCopy::of(body);
            view_aligned::<V, C>(copy.as_slice(), trust)?;
            Body::Copied(copy)
        };
        Ok(InPlaceBody { body, types: PhantomData })
    }

    #[inline]
    fn view(held: &InPlaceBody<V, C>) -> C::View<'_> {
        #[expect(unsafe_code, reason = "checked once, when the guard was made")]
        // SAFETY: INVARIANT of `body`: `C::view` accepted these bytes at this address, or a trust vouched for them, and
        // neither changes while they are held (INVARIANT of `Body`).
        unsafe {
            C::view_unchecked(held.body.as_slice())
        }
    }

    fn load(held: &InPlaceBody<V, C>) -> Result<C::Owned, DecodeError> {
        C::own(<Self as Reading<V, C>>::view(held))
    }
}

#[inline]
fn with_view<V: 'static, C: InPlaceCodec<V>, T>(
    body: &[u8],
    trust: Trust,
    read: impl FnOnce(C::View<'_>) -> T,
) -> Result<T, DecodeError> {
    match view::<V, C>(body, trust)? {
        Some(view) => Ok(read(view)),
        None => with_copy(body, |copy| Ok(read(view_aligned::<V, C>(copy, trust)?))),
    }
}

/// The view of `body` where it lies; `None` when it must be copied to an aligned address first.
#[inline]
fn view<V: 'static, C: InPlaceCodec<V>>(
    body: &[u8],
    trust: Trust,
) -> Result<Option<C::View<'_>>, DecodeError> {
    if body.as_ptr().addr().is_multiple_of(<InPlace as Reading<V, C>>::ALIGNMENT) {
        return view_aligned::<V, C>(body, trust).map(Some);
    }
    // The type may need less than its codec at most does: the check finds out. Damage is found again in the copy.
    if trust.skips_structure() { Ok(None) } else { Ok(C::try_view(body)) }
}

/// The view of `body`, which lies at a multiple of the codec's alignment.
#[inline]
fn view_aligned<V: 'static, C: InPlaceCodec<V>>(
    body: &[u8],
    trust: Trust,
) -> Result<C::View<'_>, DecodeError> {
    if !trust.skips_structure() {
        return C::view(body);
    }
    #[expect(unsafe_code, reason = "the structural check was given up by the caller")]
    // SAFETY: whoever made `trust` vouched that every body that is read under it is what `encode` wrote and what was
    // checked before it was stored, and this one is aligned; or that it was checked at this address, and did not
    // change since.
    Ok(unsafe { C::view_unchecked(body) })
}

/// The longest copy whose memory a thread keeps for the next one.
const SCRATCH_LEN_MAX: usize = 64 * 1024;

/// Calls `read` with a copy of `body` at an aligned address, in memory that the thread reuses.
fn with_copy<T>(body: &[u8], read: impl FnOnce(&[u8]) -> T) -> T {
    thread_local! {
        static SCRATCH: Cell<AlignedCopy> = const { Cell::new(AlignedCopy::new()) };
    }
    // Taken, not borrowed: `read` may run caller's code that reads another value.
    let mut copy = SCRATCH.take();
    let result = read(copy.copy(body));
    if copy.capacity() <= SCRATCH_LEN_MAX {
        SCRATCH.set(copy);
    }
    result
}
