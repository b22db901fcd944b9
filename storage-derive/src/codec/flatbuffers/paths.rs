//! Where generated code finds what it calls.

use crate::tokens::Prefix;
use quote::quote;

/// Where the names of the FlatBuffers codec are.
pub(super) fn flat(private: &Prefix) -> Prefix {
    private.inside(&quote!(flat))
}
