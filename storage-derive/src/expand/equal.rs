//! The fields of two records, compared.
//!
//! ```text
//! #[automatically_derived]
//! impl<'__a> __storage::EqFields<'__a> for User
//! where
//!     (&'__a u64, &'__a String): PartialEq,
//! {
//!     fn eq_fields(&'__a self, __other: &'__a Self) -> bool {
//!         equal((&self.id, &self.name), (&__other.id, &__other.name))
//!     }
//! }
//! ```
//!
//! Bounds with a lifetime may be broken: a record with a field that cannot be compared compiles, and lacks the impl.
//! One bound for twelve fields costs the compiler less than one for each.

use crate::{ast::Container, tokens};
use proc_macro2::TokenStream;
use quote::quote;

/// The longest tuple that the standard library compares.
const LONGEST_TUPLE: usize = 12;

/// `EqFields` of a record whose fields can all be compared.
pub(super) fn eq_fields(record: &Container<'_>) -> TokenStream {
    let private = tokens::private();
    let (mut bounds, mut comparisons) = (TokenStream::new(), Vec::new());
    for fields in record.fields().chunks(LONGEST_TUPLE) {
        let types = fields.iter().map(|field| field.ty);
        let members: Vec<_> = fields.iter().map(|field| &field.member).collect();
        bounds.extend(quote!((#(&'__a #types,)*): #private::PartialEq,));
        comparisons.push(quote!(#private::equal((#(&self.#members,)*), (#(&__other.#members,)*))));
    }
    eq_fields_of(record, &quote!(where #bounds), &quote!(#(#comparisons)&&*))
}

/// `EqFields` under the bounds `bounds`, with `body` as what it returns.
pub(crate) fn eq_fields_of(
    record: &Container<'_>,
    bounds: &TokenStream,
    body: &TokenStream,
) -> TokenStream {
    let private = tokens::private();
    let ident = record.ident();
    quote! {
        #[automatically_derived]
        impl<'__a> #private::EqFields<'__a> for #ident #bounds {
            #[inline]
            fn eq_fields(&'__a self, __other: &'__a Self) -> #private::bool {
                #body
            }
        }
    }
}
