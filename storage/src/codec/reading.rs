//! How stored values are read: what a reader is called with, and what a guard holds.

use super::{Codec, Trust};
use crate::{backend::Bytes, error::DecodeError, sealed::Sealed};
use std::fmt;

/// How the values of a codec are read: [`InPlace`](super::InPlace) or [`Decoded`](super::Decoded). Sealed.
///
/// All bodies that come here are verified.
#[diagnostic::on_unimplemented(
    message = "`{C}` cannot read values of type `{V}` in place",
    note = "a codec with `type Reading = InPlace` implements `InPlaceCodec<{V}>`; one that decodes has \
            `type Reading = Decoded`"
)]
pub trait Reading<V: 'static, C: Codec<V>>: Sealed {
    /// What a reader is called with: a view over the stored bytes, or a reference to the decoded value.
    type View<'a>: Copy;
    /// What a guard holds.
    #[doc(hidden)]
    type Held: fmt::Debug;

    /// An address at a multiple of this many bytes suits every body.
    #[doc(hidden)]
    const ALIGNMENT: usize;

    /// Calls `read` with the view of `body`, which is checked as far as `trust` does not skip it.
    #[doc(hidden)]
    fn with_view<T>(
        body: &[u8],
        trust: Trust,
        read: impl FnOnce(Self::View<'_>) -> T,
    ) -> Result<T, DecodeError>;

    /// Returns the owned value of `body`, which is checked as far as `trust` does not skip it.
    #[doc(hidden)]
    fn decode(body: &[u8], trust: Trust) -> Result<C::Owned, DecodeError>;

    /// Checks the first `len` bytes of `value`, as far as `trust` does not skip it, and holds them.
    #[doc(hidden)]
    fn hold(value: Bytes, len: usize, trust: Trust) -> Result<Self::Held, DecodeError>;

    /// Returns the view of what is held.
    #[doc(hidden)]
    fn view(held: &Self::Held) -> Self::View<'_>;

    /// Returns the owned value of what is held.
    #[doc(hidden)]
    fn load(held: &Self::Held) -> Result<C::Owned, DecodeError>;
}

/// What a reader of a `V` that is stored with the codec `C` is called with.
pub(crate) type CodecView<'a, V, C> = <<C as Codec<V>>::Reading as Reading<V, C>>::View<'a>;
