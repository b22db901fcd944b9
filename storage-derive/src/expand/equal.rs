//! The fields of two records, compared.
//!
//! ```text
//! #[automatically_derived]
//! impl<'__a> ::storage::__private::EqFields<'__a> for User
//! where
//!     &'__a u64: ::core::cmp::PartialEq,
//!     &'__a String: ::core::cmp::PartialEq,
//! {
//!     fn eq_fields(&'__a self, __other: &'__a Self) -> bool {
//!         &self.id == &__other.id && &self.name == &__other.name
//!     }
//! }
//! ```
//!
//! Bounds with a lifetime may be broken: a record with a field that cannot be compared compiles, and lacks the impl.

use crate::{ast::Container, tokens};
use proc_macro2::TokenStream;
use quote::quote;

/// `EqFields` of a record whose fields can all be compared.
pub(super) fn eq_fields(record: &Container<'_>) -> TokenStream {
    let types = record.fields().iter().map(|field| field.ty);
    let members: Vec<_> = record.fields().iter().map(|field| &field.member).collect();
    eq_fields_of(
        record,
        &quote!(where #(&'__a #types: ::core::cmp::PartialEq,)*),
        &quote!(#(&self.#members == &__other.#members)&&*),
    )
}

/// `EqFields` under the bounds `bounds`, with `body` as what it returns.
pub(crate) fn eq_fields_of(
    record: &Container<'_>,
    bounds: &TokenStream,
    body: &TokenStream,
) -> TokenStream {
    let private = tokens::private(&record.attrs);
    let ident = record.ident();
    quote! {
        #[automatically_derived]
        impl<'__a> #private::EqFields<'__a> for #ident #bounds {
            #[inline]
            fn eq_fields(&'__a self, __other: &'__a Self) -> ::core::primitive::bool {
                #body
            }
        }
    }
}
