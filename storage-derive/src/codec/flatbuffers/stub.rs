//! What is implemented beside errors: a table of nothing, so that no use of the type is reported again.
//!
//! ```text
//! impl FlatTable for Weapon {
//!     type View<'__a> = ();
//!
//!     fn write(_: &Self, _: &mut Writer) -> Offset {
//!         unreachable!()
//!     }
//!     // and so on
//! }
//! ```

use super::{bound::bounded, paths::flat};
use crate::{
    ast::Container,
    tokens::{self, in_const},
};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn flat_stub(container: &Container<'_>) -> TokenStream {
    let private = tokens::private();
    let flat = flat(&private);
    let ident = container.ident();
    let generics = bounded(&private, container);
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let unreachable = quote!(::core::unreachable!());
    in_const(
        &container.attrs,
        &quote! {
            impl #impl_generics #flat::FlatType for #ident #type_generics #where_clause {
                type Kind = #flat::Inline;
            }

            impl #impl_generics #flat::FlatLeaf for #ident #type_generics #where_clause {
                type Leaf = #flat::TableLeaf;
            }

            impl #impl_generics #flat::FlatTable for #ident #type_generics #where_clause {
                type View<'__a> = ();
                const FILE_IDENTIFIER: ::core::option::Option<&'static ::core::primitive::str> =
                    ::core::option::Option::None;
                const SLOTS: &'static #flat::Slots = #flat::Slots::NONE;

                fn write(_: &Self, _: &mut #flat::Writer) -> #flat::Offset {
                    #unreachable
                }

                fn verify(_: &mut #flat::Verifier<'_>, _: &#flat::Table<'_>) -> #flat::Verdict {
                    #unreachable
                }

                fn view(_: #flat::Table<'_>) {}

                fn own((): ()) -> #flat::Verdict<Self> {
                    #unreachable
                }
            }
        },
    )
}
