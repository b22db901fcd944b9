//! From the model to code: one file a part of the output, each headed by the Rust that it produces.
//!
//! What comes out is data and projections of one line; every loop is in `storage`. It names nothing but `::core`, the
//! private module of `storage` and what the user wrote, calls no method that a type of the user could answer to, and
//! gives its own variables and parameters names that begin with two underscores.

mod choice;
mod fields;
mod fixed;
mod index;
mod key;
mod record;
mod schema;
mod table;
mod types;

pub(crate) use self::{
    fields::{field_set, has_fields_at},
    index::index_set_of,
    key::{indexed, key_type, stored_key},
    record::stored_record,
    types::{bounded, stored_type, whole_field},
};
use crate::path::Prefix;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::spanned::Spanned;

/// Puts `items` where their names are seen by nobody else.
///
/// ```text
/// const _: () = { … };
/// ```
pub(crate) fn in_const(items: &TokenStream) -> TokenStream {
    quote! {
        const _: () = {
            #items
        };
    }
}

/// What a type that stands by itself in a FlatBuffers field is.
///
/// ```text
/// #[automatically_derived]
/// impl FlatType for Vec3 { type Kind = Inline; }
/// impl FlatLeaf for Vec3 { type Leaf = Struct; }
/// ```
fn leaf(flat: &Prefix, ident: &Ident, leaf: &TokenStream) -> TokenStream {
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

/// Where messages about `part` point, for code of the derive that the compiler may complain about.
///
/// Only the place is the part's: one that a macro of the user wrote would take our names for that macro's.
fn span_of(part: &impl Spanned) -> Span {
    part.span().resolved_at(Span::call_site())
}
