//! Reading by decoding: a view is a reference to the decoded value.

use super::{Codec, Reading, Trust, body::Body};
use crate::{backend::Bytes, error::DecodeError, sealed::Sealed};
use std::fmt;

/// Values are decoded before they are read: a view is a reference to the owned value.
///
/// Decoding is the check of the structure, so no [`Trust`] skips it. A guard holds the decoded value beside its bytes;
/// a cache holds the bytes, verified, and decodes them for each read.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Decoded;

/// A decoded value beside the bytes it came from, to decode it again: it may not be `Clone`.
#[doc(hidden)]
#[expect(unnameable_types, reason = "only hidden items use it")]
pub struct DecodedBody<T> {
    value: T,
    body: Body,
}

impl<T> fmt::Debug for DecodedBody<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodedBody").field("body", &self.body).finish_non_exhaustive()
    }
}

impl Sealed for Decoded {}

impl<V: 'static, C: Codec<V>> Reading<V, C> for Decoded {
    type View<'a> = &'a C::Owned;
    type Held = DecodedBody<C::Owned>;

    const ALIGNMENT: usize = 1;

    #[inline]
    fn with_view<T>(
        body: &[u8],
        _: Trust,
        read: impl FnOnce(&C::Owned) -> T,
    ) -> Result<T, DecodeError> {
        Ok(read(&C::decode(body)?))
    }

    fn decode(body: &[u8], _: Trust) -> Result<C::Owned, DecodeError> {
        C::decode(body)
    }

    fn hold(value: Bytes, len: usize, _: Trust) -> Result<Self::Held, DecodeError> {
        let body = Body::InPlace(value, len);
        Ok(DecodedBody { value: C::decode(body.as_slice())?, body })
    }

    fn view(held: &Self::Held) -> &C::Owned {
        &held.value
    }

    fn load(held: &Self::Held) -> Result<C::Owned, DecodeError> {
        C::decode(held.body.as_slice())
    }
}
