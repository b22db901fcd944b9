//! The handles of a struct's fields: `User::FIELDS.name`.
//!
//! For each field whose type tells what is stored:
//!
//! ```text
//! #[automatically_derived]
//! impl ::storage::__private::HasField<1, String> for User {
//!     const NAME: &'static str = "name";
//!     const PLACE: FieldPlace = FieldPlace::NONE.with_offset({
//!         let _: fn(&<Self as Archive>::Archived) -> *const <String as Archive>::Archived =
//!             |__archived| &raw const __archived.name;
//!         ::core::mem::offset_of!(<Self as Archive>::Archived, name)
//!     }); // FlatBuffers: .with_flat(FlatPlace::Id(1, None))
//! }
//! ```
//!
//! And for the struct:
//!
//! ```text
//! const _: () = {
//!     /// The fields of `User`, to project, select and filter by.
//!     #[allow(dead_code, unreachable_pub, reason = "…")]
//!     pub struct UserFields<__P> {
//!         /// The field `id`.
//!         pub id: Field<User, 0, u64, __P>,
//!         /// The field `name`.
//!         pub name: Field<User, 1, String, __P>,
//!     }
//!
//!     impl<__P> Clone for UserFields<__P> { … } // and Copy and Debug, whatever `__P` is
//!
//!     impl<__P: 'static> ::storage::__private::FieldSet<__P> for User {
//!         type Fields = UserFields<__P>;
//!         const FIELDS: &'static UserFields<__P> = &UserFields { id: Field::HANDLE, name: Field::HANDLE };
//!     }
//! };
//! ```
//!
//! `UserFields` has a block of its own, so that a user may have a `UserFields` too.

use super::{fixed, in_const, span_of, table};
use crate::{
    ast::{Container, Field},
    path,
};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt as _;

/// `HasField` for each field that has a handle.
pub(super) fn has_fields(container: &Container<'_>) -> TokenStream {
    let private = path::private(&container.attrs);
    has_fields_at(container, |field| place(&private, container, field))
}

/// `HasField` with the `place` of each field.
pub(crate) fn has_fields_at(
    container: &Container<'_>,
    place: impl Fn(&Field<'_>) -> TokenStream,
) -> TokenStream {
    let private = path::private(&container.attrs);
    let ident = container.ident();
    let impls = container.handles().into_iter().map(|field| {
        let Field { ty, index, name, .. } = field;
        let place = place(field);
        quote! {
            #[automatically_derived]
            impl #private::HasField<#index, #ty> for #ident {
                const NAME: &'static ::core::primitive::str = #name;
                const PLACE: #private::FieldPlace = #place;
            }
        }
    });
    quote!(#(#impls)*)
}

/// Where each codec of the struct finds the field.
fn place(private: &TokenStream, container: &Container<'_>, field: &Field<'_>) -> TokenStream {
    let offset = container.is_rkyv().then(|| {
        let offset = offset(private, field);
        quote!(.with_offset(#offset))
    });
    let flat = container.is_flat().then(|| {
        let flat = if container.attrs.fixed.is_some() {
            fixed::place(private, container.fields(), field)
        } else {
            table::place(private, container, field)
        };
        quote!(.with_flat(#flat))
    });
    quote!(#private::FieldPlace::NONE #offset #flat)
}

/// The offset of an archived field, and the proof that the field has the type that will be read there.
///
/// The proof gives a raw pointer, because a reference would also be given by a field that derefs to the type.
fn offset(private: &TokenStream, field: &Field<'_>) -> TokenStream {
    let Field { ty, member, .. } = field;
    let archived = quote!(<Self as #private::rkyv::Archive>::Archived);
    let pointer = quote_spanned!(span_of(ty)=> &raw const __archived.#member);
    quote! {{
        let _: fn(&#archived) -> *const <#ty as #private::rkyv::Archive>::Archived =
            |__archived| #pointer;
        ::core::mem::offset_of!(#archived, #member)
    }}
}

/// The struct of handles, and `FieldSet`.
pub(crate) fn field_set(container: &Container<'_>) -> TokenStream {
    let private = path::private(&container.attrs);
    let ident = container.ident();
    let handles = container.handles();
    if handles.is_empty() {
        return in_const(&quote! {
            #[automatically_derived]
            impl<__P: 'static> #private::FieldSet<__P> for #ident {
                type Fields = ();
                const FIELDS: &'static () = &();
            }
        });
    }
    let fields_ident = format_ident!("{}Fields", ident.unraw(), span = Span::call_site());
    let doc = format!(" The fields of `{}`, to project, select and filter by.", container.name);
    let fields = handles.iter().map(|field| handle(&private, ident, field));
    let members = handles.iter().map(|field| &field.member);
    let text = fields_ident.to_string();
    in_const(&quote! {
        #[doc = #doc]
        #[allow(dead_code, unreachable_pub, reason = "as visible as the struct, used at will")]
        pub struct #fields_ident<__P> {
            #(#fields,)*
        }

        #[automatically_derived]
        impl<__P> ::core::clone::Clone for #fields_ident<__P> {
            fn clone(&self) -> Self {
                *self
            }
        }

        #[automatically_derived]
        impl<__P> ::core::marker::Copy for #fields_ident<__P> {}

        #[automatically_derived]
        impl<__P> ::core::fmt::Debug for #fields_ident<__P> {
            fn fmt(&self, __formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Formatter::write_str(__formatter, #text)
            }
        }

        #[automatically_derived]
        impl<__P: 'static> #private::FieldSet<__P> for #ident {
            type Fields = #fields_ident<__P>;
            const FIELDS: &'static #fields_ident<__P> =
                &#fields_ident { #(#members: #private::Field::HANDLE,)* };
        }
    })
}

/// `pub id: Field<User, 0, u64, __P>`, as visible as the field itself.
fn handle(private: &TokenStream, ident: &Ident, field: &Field<'_>) -> TokenStream {
    let Field { original, ty, index, member, name, .. } = field;
    let doc = format!(" The field `{name}`.");
    let vis = &original.vis;
    quote! {
        #[doc = #doc]
        #vis #member: #private::Field<#ident, #index, #ty, __P>
    }
}
