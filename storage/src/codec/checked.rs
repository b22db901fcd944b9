//! Checked values: the only way from stored bytes to a view or a value.

use super::{Codec, CodecView, Reading, Trust};
use crate::{
    backend::Bytes,
    error::{Damage, DecodeError},
};
use std::fmt;

/// A value that passed its checks, together with the bytes it lies in.
pub(crate) struct Checked<V: 'static, C: Codec<V>> {
    held: <C::Reading as Reading<V, C>>::Held,
}

impl<V: 'static, C: Codec<V>> Checked<V, C> {
    /// Checks the first `len` bytes of `value`, which are a verified body.
    pub(crate) fn of_body(value: Bytes, len: usize, trust: Trust) -> Result<Self, DecodeError> {
        Ok(Self { held: C::Reading::hold(value, len, trust)? })
    }

    #[inline]
    pub(crate) fn view(&self) -> CodecView<'_, V, C> {
        C::Reading::view(&self.held)
    }

    /// The owned value.
    pub(crate) fn load(&self) -> Result<C::Owned, DecodeError> {
        C::Reading::load(&self.held)
    }
}

impl<V: 'static, C: Codec<V>> fmt::Debug for Checked<V, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Checked").field("held", &self.held).finish()
    }
}

/// Calls `read` with the view of `body`, which is verified, after the checks that `trust` does not skip.
#[inline]
pub(crate) fn with_view<V: 'static, C: Codec<V>, T>(
    body: &[u8],
    trust: Trust,
    read: impl FnOnce(CodecView<'_, V, C>) -> T,
) -> Result<T, Damage> {
    Ok(C::Reading::with_view(body, trust, read)?)
}

/// Returns the owned form of `body`, which is verified, after the same checks.
#[inline]
pub(crate) fn decode<V: 'static, C: Codec<V>>(
    body: &[u8],
    trust: Trust,
) -> Result<C::Owned, Damage> {
    Ok(C::Reading::decode(body, trust)?)
}

/// Checks that `body` can be read wherever it will lie.
pub(crate) fn check_body<V: 'static, C: Codec<V>>(body: &[u8]) -> Result<(), DecodeError> {
    C::Reading::with_view(body, Trust::nothing(), |_| ())
}
