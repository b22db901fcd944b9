//! Where generated code finds what it calls.

use crate::tokens::{Prefix, span_of};
use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;

/// Where the names of the FlatBuffers codec are.
pub(super) fn flat(private: &Prefix) -> Prefix {
    private.inside(&quote!(flat))
}

/// What the kind of a field or a payload has: `<<Weapon as FlatType>::Kind as TableField<Weapon>>::payload`.
pub(super) fn of_type(flat: &Prefix, ty: &Type, name: &str) -> TokenStream {
    let span = span_of(ty);
    let name = Ident::new(name, span);
    quote_spanned!(span=> <<#ty as #flat::FlatType>::Kind as #flat::TableField<#ty>>::#name)
}
