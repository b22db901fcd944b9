//! The fields of two records, compared.
//!
//! ```text
//! #[automatically_derived]
//! impl<'__a> ::storage::__private::EqFields<'__a> for User
//! where
//!     &'__a Address: ::core::cmp::PartialEq,
//! {
//!     fn eq_fields(&'__a self, __other: &'__a Self) -> bool {
//!         self.id == __other.id && &self.address == &__other.address
//!     }
//! }
//! ```
//!
//! Bounds with a lifetime may be broken: a record with a field that cannot be compared compiles, and lacks the impl.
//! Types of the language are compared without a bound, which costs the compiler less.

use crate::{ast::Container, tokens};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{GenericArgument, PathArguments, Type};

/// `EqFields` of a record whose fields can all be compared.
pub(super) fn eq_fields(record: &Container<'_>) -> TokenStream {
    let (mut bounds, mut comparisons) = (Vec::new(), Vec::new());
    for field in record.fields() {
        let (ty, member) = (field.ty, &field.member);
        if is_of_the_language(ty) {
            comparisons.push(quote!(self.#member == __other.#member));
        } else {
            bounds.push(quote!(&'__a #ty: ::core::cmp::PartialEq));
            comparisons.push(quote!(&self.#member == &__other.#member));
        }
    }
    let bounds = if bounds.is_empty() { quote!() } else { quote!(where #(#bounds,)*) };
    eq_fields_of(record, &bounds, &quote!(#(#comparisons)&&*))
}

/// Whether `ty` is a number, a truth value, text, or a list or an option of such, by its name.
fn is_of_the_language(ty: &Type) -> bool {
    const NAMES: [&str; 15] = [
        "bool", "char", "i8", "u8", "i16", "u16", "i32", "u32", "i64", "u64", "i128", "u128",
        "f32", "f64", "String",
    ];
    let Type::Path(path) = ty else { return false };
    let (None, Some(last), 1) = (&path.qself, path.path.segments.last(), path.path.segments.len())
    else {
        return false;
    };
    match &last.arguments {
        PathArguments::None => NAMES.iter().any(|name| last.ident == name),
        PathArguments::AngleBracketed(arguments)
            if last.ident == "Option" || last.ident == "Vec" =>
        {
            let Some(GenericArgument::Type(inner)) = arguments.args.first() else { return false };
            is_of_the_language(inner)
        }
        _ => false,
    }
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
