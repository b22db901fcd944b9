//! Schemas as constants.
//!
//! ```text
//! record_schema::<Self>("User", "users", CodecId::Rkyv, &["id"])
//! ```
//!
//! A type that is no `Key` was named before, by `type Key`. It is not named again, so that the compiler complains
//! once.

use crate::{
    ast::{Container, Field, Variant},
    tokens::{self, Prefix},
};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn record_schema(record: &Container<'_>) -> TokenStream {
    let private = tokens::private(&record.attrs);
    let name = &record.name;
    let table = &record.attrs.table;
    let parts = record.key();
    let key_names = parts.iter().map(|field| &field.name);
    let (codec, flat) = if record.is_flat() {
        (quote!(Flatbuffers), quote!(.with_flat(#private::flat::flat_schema::<Self>)))
    } else {
        (quote!(Rkyv), TokenStream::new())
    };
    let codec = quote!(#private::CodecId::#codec);
    quote!(#private::record_schema::<Self>(#name, #table, #codec, &[#(#key_names),*]) #flat)
}

/// `&[FieldSchema::new("x", <f32 as StoredType>::shape), …]`
pub(super) fn field_schemas(private: &Prefix, fields: &[Field<'_>]) -> TokenStream {
    let fields = fields.iter().map(|field| field_schema(private, field));
    quote!(&[#(#fields),*])
}

pub(super) fn field_schema(private: &Prefix, field: &Field<'_>) -> TokenStream {
    let Field { name, ty, attrs, .. } = field;
    let shape = if let Some(opaque) = &attrs.opaque {
        quote!(|_| #private::opaque_shape(#opaque))
    } else {
        quote!(<#ty as #private::StoredType>::shape)
    };
    quote!(#private::FieldSchema::new(#name, #shape))
}

/// `&[("Idle", &[]), ("Move", &[FieldSchema::new("speed", …)]), …]`
pub(super) fn variant_schemas(private: &Prefix, variants: &[Variant<'_>]) -> TokenStream {
    let variants = variants.iter().map(|variant| {
        let name = stored_name(variant);
        let fields = field_schemas(private, &variant.fields);
        quote!((#name, #fields))
    });
    quote!(&[#(#variants),*])
}

/// `Idle`, or `Idle=3` with a discriminant: rkyv stores that, so a change of it must be a change of the schema.
fn stored_name(variant: &Variant<'_>) -> String {
    let name = &variant.name;
    variant.discriminant.map_or_else(|| name.clone(), |value| format!("{name}={value}"))
}
