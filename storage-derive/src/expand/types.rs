//! `#[derive(StoredType)]`.
//!
//! ```text
//! const _: () = {
//!     #[automatically_derived]
//!     impl ::storage::__private::StoredType for Point {
//!         fn shape(__shapes: &mut Shapes) -> Shape {
//!             struct_shape::<Self>(__shapes, "Point", const { &[/* schema.rs */] })
//!         }
//!     }
//!
//!     #[automatically_derived]
//!     impl ::storage::__private::FieldType for Point {
//!         type View<'__a> = Self;
//!         type Owned = Self;
//!         const INLINE: bool = false;
//!
//!         fn own(__view: Self) -> Self {
//!             __view
//!         }
//!     }
//!
//!     #[automatically_derived]
//!     impl ::storage::__private::WholeField for Point {}
//!
//!     /* with `codec`: fields.rs */
//! };
//!
//! /* with `codec = "flatbuffers"`: table.rs, fixed.rs or choice.rs */
//! ```
//!
//! An enum calls `enum_shape`. A type parameter gets the bound `T: StoredType`.

use super::{choice, fields, fixed, in_const, schema, table};
use crate::{
    ast::{Container, Data},
    path,
};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Generics, parse_quote};

pub(crate) fn stored_type(ty: &Container<'_>) -> TokenStream {
    let private = path::private(&ty.attrs);
    let ident = ty.ident();
    let name = &ty.name;
    let (define, parts) = match &ty.data {
        Data::Struct(_, fields) => (quote!(struct_shape), schema::field_schemas(&private, fields)),
        Data::Enum(_, variants) => {
            (quote!(enum_shape), schema::variant_schemas(&private, variants))
        }
        Data::Union(_) => return TokenStream::new(),
    };
    let generics = bounded(&private, &ty.original.generics);
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let whole_field = whole_field(ty);
    let (has_fields, field_set) = match ty.attrs.codec {
        Some(_) if ty.is_named_struct() => (fields::has_fields(ty), fields::field_set(ty)),
        _ => (TokenStream::new(), TokenStream::new()),
    };
    // The parts are in a const block, because a constant could not name the type's parameters.
    let impls = in_const(&quote! {
        #[automatically_derived]
        impl #impl_generics #private::StoredType for #ident #type_generics #where_clause {
            fn shape(__shapes: &mut #private::Shapes) -> #private::Shape {
                #private::#define::<Self>(__shapes, #name, const { #parts })
            }
        }

        #whole_field

        #has_fields
    });
    let flat = flat(ty);
    quote!(#impls #field_set #flat)
}

/// What FlatBuffers needs, if the type says that it is a codec of its.
pub(super) fn flat(ty: &Container<'_>) -> TokenStream {
    if !ty.is_flat() {
        return TokenStream::new();
    }
    match &ty.data {
        Data::Struct(..) if ty.attrs.fixed.is_some() => fixed::flat_struct(ty),
        Data::Struct(..) => table::flat_table(ty),
        Data::Enum(..) if ty.is_unit_enum() => choice::flat_enum(ty),
        Data::Enum(..) => choice::flat_union(ty),
        Data::Union(_) => TokenStream::new(),
    }
}

/// `FieldType` and `WholeField`: read alone, the type is read whole.
pub(crate) fn whole_field(ty: &Container<'_>) -> TokenStream {
    let private = path::private(&ty.attrs);
    let ident = ty.ident();
    let generics = bounded(&private, &ty.original.generics);
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    // A field may have bytes elsewhere; that its type has none is not known here.
    let is_inline = ty.all_fields().next().is_none();
    quote! {
        #[automatically_derived]
        impl #impl_generics #private::FieldType for #ident #type_generics #where_clause {
            type View<'__a> = Self;
            type Owned = Self;
            const INLINE: ::core::primitive::bool = #is_inline;

            fn own(__view: Self) -> Self {
                __view
            }
        }

        #[automatically_derived]
        impl #impl_generics #private::WholeField for #ident #type_generics #where_clause {}
    }
}

/// `generics` with `T: StoredType` for each type parameter.
pub(crate) fn bounded(private: &TokenStream, generics: &Generics) -> Generics {
    let mut bounded = generics.clone();
    for param in bounded.type_params_mut() {
        param.bounds.push(parse_quote!(#private::StoredType));
    }
    bounded
}
