//! What a type that is one value of a FlatBuffers field implements.

use crate::tokens::Prefix;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The kind of such a type, and the functions it has as a leaf.
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
