//! A struct with one unnamed field as what it holds.
//!
//! ```text
//! impl FlatNewtype for PostNr {
//!     type Content = i32;
//!
//!     fn wrap(__content: i32) -> Self {
//!         Self(__content)
//!     }
//!
//!     fn content(__value: &Self) -> &i32 {
//!         &__value.0
//!     }
//! }
//! ```

use super::{bound::bounded, fields::skipped, paths::flat};
use crate::{
    ast::{Container, Data, Field, Style},
    tokens::{self, in_const, span_of},
};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

/// The field of a struct that is stored as what it holds.
pub(super) fn content<'c, 'a>(container: &'c Container<'a>) -> Option<&'c Field<'a>> {
    match &container.data {
        Data::Struct(Style::Tuple, fields) if container.attrs.fixed.is_none() => {
            let [content] = fields.as_slice() else { return None };
            Some(content).filter(|content| !content.is_converted())
        }
        _ => None,
    }
}

pub(super) fn flat_newtype(container: &Container<'_>, content: &Field<'_>) -> TokenStream {
    let private = tokens::private();
    let flat = flat(&private);
    let ident = container.ident();
    let (ty, member) = (content.ty, &content.member);
    let generics = bounded(&private, container);
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let skipped = skipped(&container.skipped);
    let content = quote_spanned!(span_of(ty)=> type Content = #ty;);
    in_const(
        &container.attrs,
        &quote! {
            #[automatically_derived]
            impl #impl_generics #flat::FlatNewtype for #ident #type_generics #where_clause {
                #content

                #[inline]
                fn wrap(__content: #ty) -> Self {
                    Self { #member: __content, #skipped }
                }

                #[inline]
                fn content(__value: &Self) -> &#ty {
                    &__value.#member
                }
            }
        },
    )
}
