//! A type that stands by itself in a FlatBuffers field.

use crate::tokens::Prefix;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// What a type that stands by itself in a FlatBuffers field is.
///
/// ```text
/// #[automatically_derived]
/// impl FlatType for Vec3 { type Kind = Inline; }
/// impl FlatLeaf for Vec3 { type Leaf = Struct; }
/// ```
pub(super) fn leaf(flat: &Prefix, ident: &Ident, leaf: &TokenStream) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl #flat::FlatType for #ident {
            type Kind = #flat::Inline;
        }

        #[automatically_derived]
        impl #flat::FlatLeaf for #ident {
            type Leaf = #flat::#leaf;
        }
    }
}
