//! The schemas of fields and variants as constants, as they are for every codec.

use crate::{
    ast::{Container, Field, Variant},
    tokens::Prefix,
};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// `&[FieldSchema::new("x", <f32 as StoredType>::shape), …]`
pub(crate) fn field_schemas(private: &Prefix, fields: &[Field<'_>]) -> TokenStream {
    let fields = fields.iter().map(|field| field_schema(private, field));
    quote!(&[#(#fields),*])
}

/// `FieldSchema::new("x", <f32 as StoredType>::shape)`
pub(crate) fn field_schema(private: &Prefix, field: &Field<'_>) -> TokenStream {
    let Field { name, ty, attrs, .. } = field;
    let Some(opaque) = &attrs.opaque else {
        let ty = field.stored(private);
        return quote!(#private::FieldSchema::new(#name, <#ty as #private::StoredType>::shape));
    };
    let archived = match &attrs.rkyv_with {
        Some(with) => quote!(#private::ArchivedWith::<#with, #ty>::LAYOUT),
        None => archived(private, &quote!(#ty)),
    };
    quote! {
        #private::FieldSchema::new(
            #name,
            |__shapes| #private::opaque_shape(__shapes, #opaque, #archived),
        )
    }
}

/// `ArchivedOf::<Point>::LAYOUT`: the layout that `ty` is archived in, if it can be. Beside
/// [`archived_import`].
pub(crate) fn archived(private: &Prefix, ty: &TokenStream) -> TokenStream {
    quote!(#private::ArchivedOf::<#ty>::LAYOUT)
}

/// What is asked of a type that cannot be archived, where a field of `container` may be one, or itself, if it is not
/// archived beyond doubt.
pub(crate) fn archived_import(
    private: &Prefix,
    container: &Container<'_>,
    is_archived: bool,
) -> Option<TokenStream> {
    let has_opaque = container.all_fields().any(|field| field.attrs.opaque.is_some());
    (has_opaque || !is_archived).then(|| {
        quote! {
            #[allow(unused_imports, reason = "the type can be archived, or not")]
            use #private::NotArchived as _;
        }
    })
}

/// `&[("Idle", None, &[]), ("Move", None, &[FieldSchema::new("speed", …)]), …]`
pub(crate) fn variant_schemas(private: &Prefix, variants: &[Variant<'_>]) -> TokenStream {
    let variants = variants.iter().map(|variant| {
        let fields = field_schemas(private, &variant.fields);
        variant_schema(variant, &fields)
    });
    quote!(&[#(#variants),*])
}

/// `("Idle", None, &[])`, or `Some(3)` with a discriminant: rkyv stores that, so a change of it must be a change of the
/// schema.
pub(crate) fn variant_schema(variant: &Variant<'_>, fields: &TokenStream) -> TokenStream {
    let name = &variant.name;
    let number = match variant.discriminant.map(Literal::i128_unsuffixed) {
        Some(number) => quote!(::core::option::Option::Some(#number)),
        None => quote!(::core::option::Option::None),
    };
    quote!((#name, #number, #fields))
}
