//! Checked values: the only way from stored bytes to a view or a value.

use super::{Codec, CodecView, Reading, Seal, Trust};
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
    /// Verifies the checksum of `value`, stored under `key`, then checks its structure.
    pub(crate) fn new(value: Bytes, key: &[u8], seal: Seal, trust: Trust) -> Result<Self, Damage> {
        let len = seal.verified(key, &value)?.len();
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

/// Calls `read` with the view of `value`, stored under `key`, after the same checks.
pub(crate) fn with_view<V: 'static, C: Codec<V>, T>(
    value: &[u8],
    key: &[u8],
    seal: Seal,
    trust: Trust,
    read: impl FnOnce(CodecView<'_, V, C>) -> T,
) -> Result<T, Damage> {
    Ok(C::Reading::with_view(seal.verified(key, value)?, trust, read)?)
}

/// Returns the owned form of `value`, stored under `key`, after the same checks.
pub(crate) fn decode<V: 'static, C: Codec<V>>(
    value: &[u8],
    key: &[u8],
    seal: Seal,
    trust: Trust,
) -> Result<C::Owned, Damage> {
    Ok(C::Reading::decode(seal.verified(key, value)?, trust)?)
}

/// Checks that `body` can be read wherever it will lie.
pub(crate) fn check_body<V: 'static, C: Codec<V>>(body: &[u8]) -> Result<(), DecodeError> {
    C::Reading::with_view(body, Trust::nothing(), |_| ())
}
