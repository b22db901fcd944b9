//! The path by which generated code reaches the crate `storage`.

use crate::attr::ContainerAttrs;
use proc_macro2::TokenStream;
use quote::quote;

/// `::storage::__private`, or what `#[store(crate = "...")]` gives in place of `::storage`.
///
/// Absolute, because a user may have a module or a type called `storage`.
pub(crate) fn private(attrs: &ContainerAttrs) -> TokenStream {
    let krate = attrs.krate.as_ref().map_or_else(|| quote!(::storage), |path| quote!(#path));
    quote!(#krate::__private)
}
