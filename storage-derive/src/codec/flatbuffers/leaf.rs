//! What a type that is one value of a FlatBuffers field implements.

use crate::tokens::Prefix;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Generics;

/// The kind of such a type, and the functions it has as a leaf.
///
/// ```text
/// #[automatically_derived]
/// impl FlatType for Vec3 { type Kind = Inline; }
/// impl FlatLeaf for Vec3 { type Leaf = Struct; }
/// ```
pub(super) fn leaf(
    flat: &Prefix,
    ident: &Ident,
    generics: &Generics,
    leaf: &TokenStream,
) -> TokenStream {
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics #flat::FlatType for #ident #type_generics #where_clause {
            type Kind = #flat::Inline;
        }

        #[automatically_derived]
        impl #impl_generics #flat::FlatLeaf for #ident #type_generics #where_clause {
            type Leaf = #flat::#leaf;
        }
    }
}
