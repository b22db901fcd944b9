//! The handles of a struct's fields: `User::FIELDS.name`.
//!
//! For the fields whose bytes mean what their types say:
//!
//! ```text
//! #[automatically_derived]
//! impl __storage::FieldList for User {
//!     const LIST: &'static [FieldSchema] = &[
//!         rkyv_field::<u64>("id", offset_of!(Archived<Self>, id)),
//!         // FlatBuffers: flat::slot::<String>("name", 1, None),
//!         FieldSchema::new("pass", |__shapes| opaque_shape(__shapes, "pass-v1", ArchivedOf::<Pass>::LAYOUT))
//!             .with_offset(offset_of!(Archived<Self>, pass)),
//!     ];
//! }
//!
//! impl __storage::HasField<1, String> for User {}
//!
//! fn __proof(__archived: &Archived<User>) {
//!     let _: (*const Archived<String>,) = (&raw const __archived.name,);
//! }
//! ```
//!
//! And for the struct:
//!
//! ```text
//! /// The fields of `User`, to project, select and filter by.
//! #[allow(dead_code, unreachable_pub, reason = "…")]
//! pub struct UserFields<__P> {
//!     /// The field `id`.
//!     pub id: Field<User, 0, u64, __P>,
//!     /// The field `name`.
//!     pub name: Field<User, 1, String, __P>,
//! }
//!
//! impl<__P: 'static> __storage::FieldSet<__P> for User {
//!     type Fields = UserFields<__P>;
//!     const FIELDS: &'static UserFields<__P> = &UserFields { id: Field::HANDLE, name: Field::HANDLE };
//! }
//! ```
//!
//! `UserFields` stands in a block, so that a user may have a `UserFields` too; it is called `UserFields_` where that is
//! the type of a field.

use crate::{
    ast::{Container, Field, Stored, Style},
    codec::{self, FieldAccess},
    schema,
    tokens::{self, Prefix},
};
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Index, Member};

/// `HasField` for each field that has a handle.
pub(super) fn has_fields(container: &Container<'_>) -> TokenStream {
    let private = tokens::private();
    let readers = readers(container);
    let impls = has_fields_at(container, &|field| field.stored(&private), |field| {
        entry(&private, &readers, container, field)
    });
    let proofs = readers.iter().filter_map(|reader| reader.proof);
    let proofs = proofs.map(|proof| proof(&private, container));
    quote!(#impls #(#proofs)*)
}

/// How the codecs of the struct read its fields, first the one whose schema of a field says more than a place.
fn readers(container: &Container<'_>) -> Vec<&'static FieldAccess> {
    let codecs = codec::named(container).into_iter();
    let mut readers: Vec<_> = codecs.filter_map(|codec| codec.fields.as_ref()).collect();
    readers.sort_by_key(|reader| reader.place.is_some());
    readers
}

/// What is stored of a field: the type that its handle names.
pub(crate) type StoredOf<'s> = &'s dyn for<'f> Fn(&'f Field<'_>) -> Stored<'f>;

/// `HasField` with the `entry` of each field in the list.
pub(crate) fn has_fields_at(
    container: &Container<'_>,
    stored: StoredOf<'_>,
    entry: impl Fn(&Field<'_>) -> TokenStream,
) -> TokenStream {
    let private = tokens::private();
    let ident = container.ident();
    let list = container.fields().iter().map(entry);
    let impls = container.handles().into_iter().map(|field| {
        let (index, ty) = (&field.index, stored(field));
        quote!(impl #private::HasField<#index, #ty> for #ident {})
    });
    quote! {
        #[automatically_derived]
        impl #private::FieldList for #ident {
            const LIST: &'static [#private::FieldSchema] = &[#(#list),*];
        }

        #(#impls)*
    }
}

/// What the field is, and where each codec of the struct finds it.
fn entry(
    private: &Prefix,
    readers: &[&FieldAccess],
    container: &Container<'_>,
    field: &Field<'_>,
) -> TokenStream {
    let (schema, others) = match readers {
        [first, others @ ..] if field.is_transparent() => {
            ((first.schema)(private, container, field), others)
        }
        all => (schema::field_schema(private, field), all),
    };
    let places = others.iter().filter_map(|reader| reader.place).map(|place| place(private, field));
    quote!(#schema #(#places)*)
}

/// The struct of handles, and `FieldSet`.
pub(crate) fn field_set(container: &Container<'_>, stored: StoredOf<'_>) -> TokenStream {
    let private = tokens::private();
    let ident = container.ident();
    let handles = container.handles();
    if handles.is_empty() {
        return quote! {
            #[automatically_derived]
            impl<__P: 'static> #private::FieldSet<__P> for #ident {
                type Fields = ();
                const FIELDS: &'static () = &();
            }
        };
    }
    let fields_ident = container.companion("Fields");
    let doc = format!(" The fields of `{}`, to project, select and filter by.", container.name);
    let fields = handles.iter().map(|field| handle(&private, ident, stored, field));
    let values = handles.iter().map(|field| {
        let member = &field.member;
        quote!(#member: #private::Field::HANDLE)
    });
    let gaps = gaps(container);
    let body = match container.style() {
        Style::Tuple => {
            let mut fields: Vec<_> = fields.collect();
            for gap in &gaps {
                fields.insert(*gap, quote!(()));
            }
            quote!((#(#fields,)*);)
        }
        Style::Named | Style::Unit => quote!({ #(#fields,)* }),
    };
    let gaps = gaps.into_iter().map(Index::from);
    quote! {
        #[doc = #doc]
        #[allow(
            dead_code,
            missing_copy_implementations,
            missing_debug_implementations,
            unreachable_pub,
            reason = "as visible as the struct, used at will, and by reference"
        )]
        pub struct #fields_ident<__P> #body

        #[automatically_derived]
        impl<__P: 'static> #private::FieldSet<__P> for #ident {
            type Fields = #fields_ident<__P>;
            const FIELDS: &'static #fields_ident<__P> =
                &#fields_ident { #(#values,)* #(#gaps: (),)* };
        }
    }
}

/// The numbers of the unnamed fields that have no handle; in the struct of handles something must stand there.
fn gaps(container: &Container<'_>) -> Vec<usize> {
    let has_handle = |number: &usize| {
        let is_it = |field: &&Field<'_>| match &field.member {
            Member::Unnamed(index) => usize::try_from(index.index) == Ok(*number),
            Member::Named(_) => false,
        };
        container.handles().iter().any(is_it)
    };
    match (container.style(), &container.original.data) {
        (Style::Tuple, syn::Data::Struct(data)) => {
            (0..data.fields.len()).filter(|number| !has_handle(number)).collect()
        }
        _ => Vec::new(),
    }
}

/// `pub id: Field<User, 0, u64, __P>`, as visible as the field itself.
fn handle(private: &Prefix, ident: &Ident, stored: StoredOf<'_>, field: &Field<'_>) -> TokenStream {
    let Field { original, index, name, .. } = field;
    let ty = stored(field);
    let doc = format!(" The field `{name}`.");
    let vis = &original.vis;
    let member = original.ident.iter();
    quote! {
        #[doc = #doc]
        #vis #(#member:)* #private::Field<#ident, #index, #ty, __P>
    }
}
