//! Checked values: the only way from stored bytes to a view.

use super::{
    Codec, Seal, Trust,
    body::{AlignedCopy, Body},
};
use crate::{
    backend::Bytes,
    error::{Damage, DecodeError},
};
use std::{cell::Cell, fmt, marker::PhantomData};

/// A value that passed its checks, together with the bytes it lies in.
pub(crate) struct Checked<V, C> {
    // INVARIANT: `view` gave a view of `body.as_slice()`, at the address it has.
    body: Body,
    types: PhantomData<fn() -> (V, C)>,
}

impl<V: 'static, C: Codec<V>> Checked<V, C> {
    /// Verifies the checksum of `value`, stored under `key`, then its structure.
    pub(crate) fn new(value: Bytes, key: &[u8], seal: Seal, trust: Trust) -> Result<Self, Damage> {
        let body = seal.verified(key, &value)?;
        let len = body.len();
        let body = if view::<V, C>(body, trust)?.is_some() {
            Body::InPlace(value, len)
        } else {
            let mut copy = AlignedCopy::default();
            view_aligned::<V, C>(copy.copy(body), trust)?;
            Body::Copied(copy)
        };
        Ok(Self { body, types: PhantomData })
    }

    #[inline]
    pub(crate) fn view(&self) -> C::View<'_> {
        #[expect(unsafe_code, reason = "checked once, when the guard was made")]
        // SAFETY: INVARIANT of `body`: these bytes gave a view at this address, and neither changes while they are
        // held (INVARIANT of `Body`).
        unsafe {
            C::view_unchecked(self.body.as_slice())
        }
    }
}

impl<V, C> fmt::Debug for Checked<V, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Checked").field("body", &self.body).finish()
    }
}

/// Lends `read` the view of `value`, stored under `key`, after the same checks.
pub(crate) fn with_view<V: 'static, C: Codec<V>, T>(
    value: &[u8],
    key: &[u8],
    seal: Seal,
    trust: Trust,
    read: impl FnOnce(C::View<'_>) -> T,
) -> Result<T, Damage> {
    let body = seal.verified(key, value)?;
    match view::<V, C>(body, trust)? {
        Some(view) => Ok(read(view)),
        None => with_copy(body, |copy| Ok(read(view_aligned::<V, C>(copy, trust)?))),
    }
}

/// Checks that `body` can be read wherever it will lie.
pub(crate) fn check_body<V: 'static, C: Codec<V>>(body: &[u8]) -> Result<(), DecodeError> {
    match view::<V, C>(body, Trust::nothing())? {
        Some(_) => Ok(()),
        None => with_copy(body, |copy| C::view(copy).map(drop)),
    }
}

/// The view of `body` where it lies; `None` when it must be copied to an aligned address first.
#[inline]
fn view<V: 'static, C: Codec<V>>(
    body: &[u8],
    trust: Trust,
) -> Result<Option<C::View<'_>>, DecodeError> {
    if body.as_ptr().addr().is_multiple_of(C::ALIGNMENT) {
        return view_aligned::<V, C>(body, trust).map(Some);
    }
    // The type may need less than its codec at most does: the check tells. Damage is found again in the copy.
    if trust.skips_structure() { Ok(None) } else { Ok(C::view(body).ok()) }
}

/// The view of `body`, which lies at a multiple of the codec's alignment.
#[inline]
fn view_aligned<V: 'static, C: Codec<V>>(
    body: &[u8],
    trust: Trust,
) -> Result<C::View<'_>, DecodeError> {
    if !trust.skips_structure() {
        return C::view(body);
    }
    #[expect(unsafe_code, reason = "the structural check was given up by the caller")]
    // SAFETY: whoever made `trust` vouched that every stored value is what `encode` gave, and `body` is aligned.
    Ok(unsafe { C::view_unchecked(body) })
}

/// The longest copy whose memory a thread keeps for the next one.
const SCRATCH_LEN_MAX: usize = 64 * 1024;

/// Lends `read` a copy of `body` at an aligned address, in memory that the thread reuses.
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
