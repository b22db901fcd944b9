//! What the derives do for the codec FlatBuffers.

mod check;
mod enumeration;
mod fields;
mod fixed;
mod leaf;
mod table;
mod union;

pub(crate) use self::check::check;
use crate::{
    ast::{Container, Data, Field},
    tokens::Prefix,
};
use proc_macro2::TokenStream;
use quote::quote;

/// What FlatBuffers needs, if the type says that it is a codec of its.
pub(crate) fn impls(ty: &Container<'_>) -> TokenStream {
    if !ty.is_flat() {
        return TokenStream::new();
    }
    match &ty.data {
        Data::Struct(..) if ty.attrs.fixed.is_some() => fixed::flat_struct(ty),
        Data::Struct(..) => table::flat_table(ty),
        Data::Enum(..) if ty.is_unit_enum() => enumeration::flat_enum(ty),
        Data::Enum(..) => union::flat_union(ty),
        Data::Union(_) => TokenStream::new(),
    }
}

/// The schema of a field: what it is, and where FlatBuffers finds it.
pub(crate) fn field(private: &Prefix, container: &Container<'_>, field: &Field<'_>) -> TokenStream {
    if container.attrs.fixed.is_some() {
        fixed::field(private, container.fields(), field)
    } else {
        table::field(private, container, field)
    }
}

/// The shape of a type, if FlatBuffers adds to it; `parts` are the schemas of its variants.
///
/// ```text
/// flat::table_shape::<Self>(__shapes, "Weapon", <Self as FieldList>::LIST)
/// ```
pub(crate) fn shape(
    private: &Prefix,
    ty: &Container<'_>,
    parts: impl FnOnce() -> TokenStream,
) -> Option<TokenStream> {
    let flat = private.flat();
    let name = &ty.name;
    let (define, parts) = match &ty.data {
        _ if !ty.is_flat() || ty.attrs.fixed.is_some() => return None,
        Data::Struct(..) => (quote!(table_shape), quote!(<Self as #private::FieldList>::LIST)),
        Data::Enum(..) if ty.is_unit_enum() => (quote!(unit_enum_shape), parts()),
        Data::Enum(..) => (quote!(union_shape), quote!(<Self as #flat::FlatUnion>::VARIANTS)),
        Data::Union(_) => return None,
    };
    Some(quote!(#flat::#define::<Self>(__shapes, #name, #parts)))
}
